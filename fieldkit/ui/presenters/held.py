"""What the pages of people who are held decide: the register of a post, and one time that somebody is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.services import held_people
from fieldkit.services.held_words import HeldLines

if TYPE_CHECKING:
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.vault import OpenVault


class HeldPage(HeldLines):
    """The register of a post. Raises PersonFault `access.not_allowed`."""

    def __init__(self, vault: OpenVault, words: Words) -> None:
        super().__init__(vault, words)
        self.may_write = vault.may(Action.RECORD_MEASURE)
        self.read()

    def read(self) -> None:
        """Read it as it stands now."""
        self.register = held_people.register(self.vault)

    @property
    def children(self) -> int:
        """How many of those who are held are, or may be, children."""
        return sum(one.child for one in self.register.held)


class HoldingPage(HeldLines):
    """One time that somebody is or was held, to be written on. Raises as `held_people.of_case`."""

    def __init__(self, vault: OpenVault, case: str, measure: str, words: Words) -> None:
        super().__init__(vault, words)
        self.case, self.measure = case, measure
        self.may_write = vault.may(Action.RECORD_MEASURE)
        self.read()

    def read(self) -> None:
        """Read it as it stands now."""
        found = held_people.of_case(self.vault, self.case)
        self.held = next(one for one in found if one.measure == self.measure)

    def keep_why(self, ground: str, body: str) -> None:
        """Keep why, and who answers for it. Raises as `held_people.describe`."""
        held_people.describe(self.vault, self.case, self.measure, ground, body)
        self.read()

    def keep_place(self, day: str, where: str) -> None:
        """Keep where. Raises as `held_people.place`."""
        held_people.place(self.vault, self.case, self.measure, day, where)
        self.read()

    def keep_review(self, day: str, by: str, result: str) -> None:
        """Keep a look at it. Raises as `held_people.review`."""
        held_people.review(self.vault, self.case, self.measure, day, by, result)
        self.read()

    def keep_visit(self, day: str, whom: str, *, given: bool) -> None:
        """Keep whom they could speak to. Raises as `held_people.visit`."""
        held_people.visit(self.vault, self.case, self.measure, day, whom, given=given)
        self.read()

    def keep_end(self, day: str, how: str) -> None:
        """Keep that it ended. Raises as `held_people.end`."""
        held_people.end(self.vault, self.case, self.measure, day, how)
        self.read()
