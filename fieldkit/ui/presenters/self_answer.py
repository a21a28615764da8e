"""The turned laptop: the person answers alone, in their own language, one question a page.

1. Only the section that the officer turned is asked, and of it only what has no answer yet: no earlier answer is
   shown.
2. Nothing of the officer's side stands there. "I do not want to answer" is always there.
3. An important sentence that no speaker has reviewed is not put to anybody alone: it waits for the officer and an
   interpreter. A text that stands in for a missing one says which language it is.
4. The way back asks for the number that the officer chose when turning, kept in memory for this sign-in only; after
   five wrong tries the vault is locked. Everything answered is on disk already.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from fieldkit.domain.outcome import Mark
from fieldkit.forms.items import QuestionItem
from fieldkit.languages.autonyms import autonym
from fieldkit.services import intake
from fieldkit.services.gates import SectionKind, SectionState
from fieldkit.services.refs import template
from fieldkit.services.sections import SectionView
from fieldkit.services.shown import NOTHING
from fieldkit.ui.presenters.attached import InterviewFiles
from fieldkit.ui.presenters.question import Both, QuestionView, QuestionViews

if TYPE_CHECKING:
    from fieldkit.forms.items import Item
    from fieldkit.services.vault import OpenVault

TURNED: Final = frozenset(
    {SectionKind.URGENT, SectionKind.AGREEMENT, SectionKind.CORE, SectionKind.SENSITIVE, SectionKind.PLAIN}
)
"""Sections whose questions are put to the person; whether the place is safe is the officer's to judge."""

PIN_DIGITS: Final = 6
TRIES: Final = 5
_pins: WeakKeyDictionary[OpenVault, TurnedPin] = WeakKeyDictionary()


@dataclass(slots=True)
class TurnedPin:
    """The number that brings the officer's side back. It lives as long as the person stays signed in."""

    digits: str = ""
    wrong: int = 0

    @property
    def is_set(self) -> bool:
        """Whether one was chosen."""
        return bool(self.digits)

    def choose(self, digits: str) -> bool:
        """Take a number of six digits that are not all the same; False for any other."""
        fits = len(digits) == PIN_DIGITS and digits.isascii() and digits.isdecimal() and len(set(digits)) > 1
        if fits:
            self.digits, self.wrong = digits, 0
        return fits

    def fits(self, digits: str) -> bool:
        """Whether this is the number; counts wrong tries."""
        if self.is_set and hmac.compare_digest(self.digits.encode(), digits.encode()):
            self.wrong = 0
            return True
        self.wrong += 1
        return False

    @property
    def tries_left(self) -> int:
        """How often it may be tried before the vault is locked."""
        return max(0, TRIES - self.wrong)


def pin_of(vault: OpenVault) -> TurnedPin:
    """The number of this sign-in; it goes when the vault is closed."""
    return _pins.setdefault(vault, TurnedPin())


class SelfAnswerPage:
    """One section of a draft, asked alone. Raises what `intake.resume` raises."""

    def __init__(self, vault: OpenVault, draft: str, section: str) -> None:
        self.interview = intake.resume(vault, draft)
        self.section = section
        self._views = QuestionViews(self.interview, InterviewFiles(vault, self.interview), alone=True)
        self._asked: list[str] = []
        self._place = 0
        self._known = {item.ref for item in self._questions() if self._has_end(item)}
        self.forward()

    @property
    def language(self) -> str:
        """The person's language."""
        return self.interview.person_language

    @property
    def ref(self) -> str:
        """The question that stands there; empty when nothing is left to ask."""
        return self._asked[self._place] if self._place < len(self._asked) else ""

    @property
    def is_first(self) -> bool:
        """Whether no question of this turn stands before this one."""
        return self._place == 0

    @property
    def view(self) -> QuestionView | None:
        """The question in the person's language alone; None when nothing is left to ask."""
        item = next((one for one in self._questions() if one.ref == self.ref), None)
        if item is None:
            return None
        control = self.interview.form.shapes[template(item.ref)].control
        assert control is not None, "a question has a control"
        return _alone(self._views.of(item, control, insist=False))

    def answer(self, value: str) -> None:
        """Keep an answer. Raises DeskFault, StorageFault."""
        self.interview.answer(self.ref, value)

    def decline(self) -> None:
        """Keep that the person does not want to answer, and go on. Raises as `answer`."""
        self.interview.mark(self.ref, Mark.DECLINED)
        self.forward()

    def forward(self) -> None:
        """To the next question without an answer; one that is left open is skipped by going on."""
        if self._place < len(self._asked) - 1:
            self._place += 1
            return
        following = next((item.ref for item in self._questions() if self._is_new(item)), "")
        if following:
            self._asked.append(following)
        self._place = len(self._asked) - (1 if following else 0)

    def backward(self) -> None:
        """To the question before, of this turn."""
        self._place = max(0, self._place - 1)

    def _is_new(self, item: QuestionItem) -> bool:
        return item.ref not in self._known and item.ref not in self._asked

    def _questions(self) -> Iterator[QuestionItem]:
        """What can be asked alone now, in the order of the form."""
        here = next((one for one in self.interview.sections() if one.ref == self.section), None)
        if here is None or not _is_open(here):
            return
        for item in _every(self.interview.questions(self.section)):
            put = self.interview.asks(item) and not item.attributes.get("key") and item.control != "upload"
            if put and self.interview.text(item.ref, "label", self.language).source is None:  # rule 3
                yield item

    def _has_end(self, item: QuestionItem) -> bool:
        return self.interview.mark_of(item.ref) is not Mark.NOT_ASKED


def _is_open(section: SectionView) -> bool:
    return section.gate.state is SectionState.OPEN


def _every(items: tuple[Item, ...]) -> Iterator[QuestionItem]:
    for item in items:
        if isinstance(item, QuestionItem):
            yield item
        else:
            yield from _every(item.children)


def _alone(view: QuestionView) -> QuestionView:
    """The question without what is the officer's: most hints say how to ask, and marks have one button here."""
    choices = tuple(replace(one, text=_named(one.text)) for one in view.choices)
    return replace(view, hint=Both(), guidance=NOTHING, marks=(), choices=choices)


def _named(both: Both) -> Both:
    """A choice in another language says so (rule 3)."""
    text = both.officer
    if not text.fallback:
        return both
    return Both(replace(text, text=f"{text.text} ({autonym(text.language)})"))
