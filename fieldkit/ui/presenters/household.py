"""What the page of a household decides: its members by number, and entering one more.

Of a member it says the number, the tie and how far they are. Categories, answers and seals stand on their own page
only (`protection.md` 8).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.domain.waiting import HOUSEHOLD, Because
from fieldkit.languages import catalogues
from fieldkit.languages.marking import mark
from fieldkit.services import households, intake, waiting
from fieldkit.ui.presenters.waiting import BECAUSE_WORDS, CHILD

if TYPE_CHECKING:
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.households import Household, Member
    from fieldkit.services.interview import Interview
    from fieldkit.services.vault import OpenVault

NOT_SCREENED = mark("not screened yet")
NOT_REFERRED = mark("screened, not referred yet")
REFERRED = mark("referred")
THIS_ONE = mark("this person")


@dataclass(frozen=True, slots=True)
class Line:
    """One member."""

    case: str
    number: str
    told: str


class HouseholdPage:
    """A household by its id, or the one of `case`. Raises as `households.household_of`."""

    def __init__(self, vault: OpenVault, household: str, case: str, words: Words) -> None:
        self.vault = vault
        self.id = household
        self.case = case
        self._words = words
        self.read()

    def read(self) -> None:
        """Read it as it stands now."""
        self.id = self.id or households.household_of_case(self.vault, self.case)
        self.household: Household | None = households.household_of(self.vault, self.id) if self.id else None
        held = self.household
        self.members = tuple(self._line(one) for one in held.entered) if held else ()
        self.waits = bool(self.id) and waiting.find(self.vault, self.about) is not None
        self.may_begin_child = any(
            form.id == CHILD and form.allowed for form in intake.offered_forms(self.vault)
        )

    @property
    def about(self) -> str:
        """What its entries are kept under."""
        return f"{HOUSEHOLD}/{self.id}"

    def relations(self) -> tuple[tuple[str, str], ...]:
        """What people can be to each other."""
        words = catalogues.load(self._words.tag, "codebook")
        book = self.vault.codebook
        return tuple(
            (one.name, book.choice_label("relations", one.name, words)) for one in book.lists["relations"]
        )

    def becauses(self) -> tuple[tuple[Because, str], ...]:
        """Why a household waits no more."""
        return tuple((because, self._words.say(told)) for because, told in BECAUSE_WORDS.items())

    def enter(self, flag: str = "") -> str:
        """Enter one more person; their case. Raises as `households.promote`."""
        case = households.promote(self.vault, self.id, flag=flag)
        self.read()
        return case

    def begin_child(self, case: str, side: str) -> Interview:
        """Begin the first sheet for a child who is alone. Raises as `intake.begin`."""
        spoken = self.household.row.languages if self.household else ()
        language = spoken[0] if spoken else "en"
        return intake.begin(self.vault, CHILD, officer_language=side, person_language=language, case=case)

    def settle(self, flag: str) -> None:
        """An emergency of the household was dealt with. Raises as `households.settle`."""
        households.settle(self.vault, self.id, flag)
        self.read()

    def found(self, typed: str) -> str | None:
        """Who has this number, a person or a household; None when nobody, or more than one."""
        found = waiting.with_number(self.vault, typed, 2)
        return found[0] if len(found) == 1 else None

    def join(self, other: str, relation: str) -> None:
        """Put the person of this page together with another. Raises as `households.join`."""
        self.id = households.join(self.vault, self.case, other, relation)
        self.read()

    def end(self, because: Because) -> None:
        """The household waits no more. Raises as `waiting.end`."""
        waiting.end(self.vault, self.about, because)
        self.read()

    def _line(self, one: Member) -> Line:
        words = catalogues.load(self._words.tag, "codebook")
        standing = NOT_SCREENED
        if one.screened:
            standing = REFERRED if one.referred else NOT_REFERRED
        parts = [self._words.say(standing)]
        if one.relation:
            parts.insert(0, self.vault.codebook.choice_label("relations", one.relation, words))
        if one.case == self.case:
            parts.insert(0, self._words.say(THIS_ONE))
        return Line(one.case, one.number, " · ".join(parts))
