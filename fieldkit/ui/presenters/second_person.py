"""What waits for a second person, in words: who asks for what, and whether this person may decide on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.locks import Lock, What
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.numbers import format_moment
from fieldkit.services import changes, finished, second_person
from fieldkit.services.case_file import read_case
from fieldkit.services.reopened import reopen
from fieldkit.storage.kinds_decided import CLOSING
from fieldkit.storage.kinds_measures import MEASURE
from fieldkit.ui.presenters.category_names import category_name
from fieldkit.ui.presenters.change_lines import change_lines
from fieldkit.ui.presenters.measures import LOCK_WORDS, WHAT_WORDS

if TYPE_CHECKING:
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.second_person import Waiting
    from fieldkit.services.vault import OpenVault


@dataclass(frozen=True, slots=True)
class ShownRequest:
    """One request: the case's number, what is asked for, what it would change, who asked and why."""

    one: Waiting
    number: str
    what: str
    lines: tuple[str, ...]
    asked: str
    may_decide: bool


class Requests:
    """Everything that waits; texts in the language of `words`."""

    def __init__(self, vault: OpenVault, words: Words) -> None:
        self.vault = vault
        self._words = words
        self.shown: tuple[ShownRequest, ...] = ()
        self.read()

    def read(self) -> None:
        """Read them as they stand now."""
        self.shown = tuple(self._shown(one) for one in second_person.waiting(self.vault))

    def agree(self, shown: ShownRequest, reason: str) -> None:
        """Let it count. Raises as `second_person.agree`."""
        second_person.agree(self.vault, shown.one.proposal, reason)
        self.read()

    def refuse(self, shown: ShownRequest, reason: str) -> None:
        """Do not let it count. Raises as `second_person.refuse`."""
        second_person.refuse(self.vault, shown.one.proposal, reason)
        self.read()

    def _shown(self, one: Waiting) -> ShownRequest:
        say, tag = self._words.say, self._words.tag
        lines: tuple[str, ...]
        if one.what == CLOSING:
            name = category_name(self.vault.codebook, one.category, tag)
            what, lines = say("Close a category that protects the person"), (name,)
        elif one.what == MEASURE:
            what = say("Plan: {what}", what=say(WHAT_WORDS[What(one.measure)]))
            lines = tuple(say(LOCK_WORDS[Lock(name)]) for name in one.shut)
        else:
            what, lines = say("Correct an interview of a closed case"), self._lines(one)
        asked = " · ".join((isolate_words(one.asked_by), format_moment(one.at, tag)))
        number = read_case(self.vault.journal, one.case).number
        may = second_person.may_decide(self.vault, one)
        return ShownRequest(one, number, what, lines, asked, may)

    def _lines(self, one: Waiting) -> tuple[str, ...]:
        try:
            one = second_person.opened(self.vault, one) if second_person.may_decide(self.vault, one) else one
            before = finished.find(self.vault, one.about, one.instance_id)
            opened = reopen(self.vault, before)
        except FieldkitError:  # who may not open the form sees none of its answers
            return ()
        return change_lines(opened, changes.of_payload({"changes": list(one.changes)}), self._words)
