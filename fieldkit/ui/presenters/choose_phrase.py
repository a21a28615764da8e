"""A phrase being chosen: six words are offered first, own ones are judged, and it is written once more.

1. A phrase that nobody can repeat would lock somebody out, so it is repeated before it is used. It is never shown
   again.
2. Where a third person writes it down for somebody (`to_hand_over`), it is not repeated but handed over on paper:
   it lets in once.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from fieldkit.languages.marking import mark
from fieldkit.ui.presenters.first_start import Phrase


class Page(StrEnum):
    """What is asked."""

    CHOOSE = "choose"
    REPEAT = "repeat"


class ChoosePhrase:
    """`offer` makes six words in a language, `judge` gives the code of why a phrase is weak, empty when it is not;
    `about` are words others know."""

    def __init__(
        self,
        offer: Callable[[str], str],
        judge: Callable[[str, tuple[str, ...]], str],
        language: str,
        *,
        about: tuple[str, ...] = (),
        to_hand_over: bool = False,
    ) -> None:
        self.page = Page.CHOOSE
        self.about = about
        self.to_hand_over = to_hand_over
        self._offer, self._judge, self._language = offer, judge, language
        self.phrase = Phrase(offer(language))

    @property
    def chosen(self) -> str:
        """The phrase as it would be used."""
        return self.phrase.chosen

    @property
    def is_last(self) -> bool:
        """Whether nothing more is asked before it can be used."""
        return self.to_hand_over or self.page is Page.REPEAT

    @property
    def back_leads_somewhere(self) -> bool:
        """Whether a page stands before this one."""
        return self.page is Page.REPEAT

    def offer_another(self) -> None:
        """Another six words."""
        self.phrase = Phrase(self._offer(self._language))

    def problem(self) -> str:
        """Why one cannot go on: a sentence (English source) or a code; empty when one can."""
        phrase = self.phrase
        if self.page is Page.REPEAT:
            if not phrase.repeated.strip():
                return _NOT_REPEATED
            return "" if phrase.repeated.casefold().split() == phrase.chosen.casefold().split() else _DIFFERS
        if phrase.own and not phrase.typed.strip():
            return _NO_PHRASE
        return self._judge(phrase.chosen, self.about) if phrase.own else ""

    def forward(self) -> bool:
        """Go on to the repeating; False when something is missing or nothing follows."""
        if self.problem() or self.is_last:
            return False
        self.page = Page.REPEAT
        return True

    def back(self) -> bool:
        """Go back to the choosing; False when one is there."""
        if self.page is Page.CHOOSE:
            return False
        self.page, self.phrase.repeated = Page.CHOOSE, ""
        return True


_NO_PHRASE = mark("Write a phrase.")
_NOT_REPEATED = mark("Write the phrase once more.")
_DIFFERS = mark(
    "This is not the same phrase. Look at what you wrote down, or go back and choose another phrase."
)
