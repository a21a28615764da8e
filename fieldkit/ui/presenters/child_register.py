"""The register of children in words: lines, counts, and which part of it is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.content.child_limits import ChildStep
from fieldkit.domain.access import Action
from fieldkit.domain.children import Item, State, counts
from fieldkit.domain.classes import SealedClass
from fieldkit.languages import catalogues
from fieldkit.languages.numbers import format_number
from fieldkit.services import child_paper, child_register, counsel, guardians, retention
from fieldkit.services.child_register import ITEM_WORDS, LATE_WORDS, STATE_WORDS, TABLE_FILE
from fieldkit.services.early_alert import BAND_WORDS
from fieldkit.services.vault import Desk
from fieldkit.ui.presenters.files import write_file
from fieldkit.ui.presenters.pages import How, Paper

if TYPE_CHECKING:
    from fieldkit.domain.children import Line
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.counsel import Printed
    from fieldkit.services.vault import OpenVault

PAGE = 25
EVERYBODY, LATE, NOT_TOLD = "", "late", "not_told"
"""Which part is looked at; beside these an item's name: children for whom nothing stands there yet."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the register that can be looked at: its name, and how many children are in it."""

    name: str
    text: str
    count: int


class ChildRegister:
    """Raises PersonFault `access.not_allowed`."""

    def __init__(self, vault: OpenVault, words: Words) -> None:
        self.vault = vault
        self._words = words
        self.at_post = vault.desk is Desk.POST
        self.names = False
        self.part = EVERYBODY
        self.shown = PAGE
        self.read()

    def read(self) -> None:
        """Read it as it stands now."""
        self._lines = child_register.register(self.vault, names=self.names)

    def show_names(self, wanted: bool) -> None:
        """Show what the children are called, or hide it again. Raises as `child_register.register`."""
        self.names = wanted
        self.read()

    @property
    def is_empty(self) -> bool:
        """Whether no child is in it."""
        return not self._lines

    @property
    def lines(self) -> tuple[Line, ...]:
        """The part that is looked at, overdue first."""
        return tuple(one for one in self._lines if self._is_in(one, self.part))

    def parts(self) -> tuple[Part, ...]:
        """What can be looked at. At headquarters what is missing was not told, and is no 0 (`protection.md` 15)."""
        say = self._words.say
        named = [(EVERYBODY, say("Children")), (LATE, say("Something is overdue"))]
        if self.at_post:
            named += [
                (Item.GUARDIAN.value, say("Without a guardian")),
                (Item.BEST_INTEREST.value, say("Without an assessment")),
                (Item.TRACING.value, say("No talk about the family yet")),
                (Item.PLACEMENT.value, say("Where the child lives is not written down")),
            ]
        else:
            named += [
                (Item.GUARDIAN.value, say("Told to be without a guardian")),
                (NOT_TOLD, say("Something was not told")),
            ]
        return tuple(
            Part(name, text, sum(self._is_in(one, name) and not one.is_closed for one in self._lines))
            for name, text in named
        )

    def _is_in(self, line: Line, part: str) -> bool:
        if part == EVERYBODY:
            return True
        if part == LATE:
            return bool(line.late)
        if part == NOT_TOLD:
            return State.NOT_TOLD in line.states.values()
        return line.states[Item(part)] in (State.NONE, State.SAID) and not line.is_closed

    def all_counts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """For each item how many open cases are at each state, in the order of `State`; what cannot be known where
        something was not told is no 0."""
        found = counts(self._lines)
        return tuple(
            (self._words.say(ITEM_WORDS[item]), tuple(self._count(found[item], state) for state in State))
            for item in Item
        )

    def _count(self, held: Mapping[State, int], state: State) -> str:
        if not held[state] and state is not State.NOT_TOLD and held[State.NOT_TOLD]:
            return self._words.say("not told")
        return self.number(held[state])

    def states(self) -> tuple[str, ...]:
        """The states in words, in the order of `State`."""
        return tuple(self._words.say(STATE_WORDS[state]) for state in State)

    # One child

    def who(self, line: Line) -> str:
        """Age band, sex and post in one line."""
        words = catalogues.load(self._words.tag, "codebook")
        sex = self.vault.codebook.choice_label("sexes", line.sex, words) if line.sex else ""
        band = self._words.say(BAND_WORDS[line.band])
        return " · ".join(part for part in (band, sex, "" if self.at_post else line.post) if part)

    def late(self, line: Line) -> tuple[str, ...]:
        """What is overdue, in words."""
        return tuple(self._words.say(LATE_WORDS[one]) for one in line.late)

    def rows(self, line: Line) -> tuple[tuple[str, str], ...]:
        """Each thing that is followed, with how far it is."""
        return child_paper.rows(self.vault, line, self._words)

    @property
    def may_read_tracing(self) -> bool:
        """Whether this person may read how far looking for families is, which is sealed."""
        return self.at_post and self.vault.cleared(SealedClass.CHILD_PROTECTION)

    def tracing(self, line: Line) -> str:
        """How far looking for the family is, in words; reading it is written down. Raises DatabaseFault."""
        name, value = child_register.tracing_state(self.vault, line.case)
        spoken = catalogues.load(self._words.tag, "codebook")
        return self.vault.codebook.value_label(name, value, spoken) if value else ""

    @property
    def guardian_limit(self) -> str:
        """How many days there may be without a guardian, and who answers for the number."""
        row = guardians.table(self.vault).of(ChildStep.GUARDIAN, retention.country(self.vault))
        return child_paper.limit_words(row, self._words)

    def number(self, count: int) -> str:
        """A number as it is written."""
        return format_number(count, self._words.tag)

    @property
    def may_name_guardian(self) -> bool:
        """Whether this person may write down a guardian, here at the post."""
        return self.at_post and self.vault.may(Action.NAME_GUARDIAN)

    # What leaves

    def save_table(self, folder: Path) -> Path:
        """Write the register as a table into `folder`. Raises DeviceFault, and as `child_register.table`."""
        return write_file(folder, TABLE_FILE, child_register.table(self.vault))

    def paper(self) -> Paper:
        """The register as pages, in the language of the interface."""
        vault, tag = self.vault, self._words.tag

        def make() -> Printed:
            return counsel.print_pages(child_paper.document(vault, tag), vault.world)

        def keep(how: How, count: int) -> None:
            what = child_register.PAPER if how is How.PRINTED else f"{child_register.PAPER} file"
            counsel.record_printed(vault, what, tag, count)

        return Paper("children.pdf", tag, make, keep, names_somebody=True)
