"""A child's guardian: who is one, how long there was none, and writing down a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.content.child_limits import ChildStep
from fieldkit.domain.access import Action
from fieldkit.domain.children import Late
from fieldkit.languages.numbers import format_date
from fieldkit.services import child_paper, child_register, guardians, retention
from fieldkit.services.case_file import read_case
from fieldkit.services.guardians import Designation

if TYPE_CHECKING:
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.vault import OpenVault


class GuardianPage:
    """One child. Raises PersonFault `case.unknown`."""

    def __init__(self, vault: OpenVault, case: str, words: Words) -> None:
        self.vault = vault
        self.case = case
        self._words = words
        self.may = vault.may(Action.NAME_GUARDIAN)
        self.read()

    def read(self) -> None:
        """Read the case as it stands now."""
        self.number = read_case(self.vault.journal, self.case).number
        self.line = child_register.of_case(self.vault, self.case)
        self.all = guardians.guardians(self.vault, self.case)
        self.today = self.vault.world.today().isoformat()

    @property
    def days(self) -> str:
        """How long the child has had no guardian, in words; empty when one is named."""
        if self.line is None or self.line.days is None:
            return ""
        return self._words.say("Guardian: {state}", state=child_paper.without(self.line, self._words))

    @property
    def is_late(self) -> bool:
        """Whether the limit of days is over."""
        return self.line is not None and Late.GUARDIAN in self.line.late

    @property
    def limit(self) -> str:
        """How many days there may be, and who answers for the number."""
        row = guardians.table(self.vault).of(ChildStep.GUARDIAN, retention.country(self.vault))
        return child_paper.limit_words(row, self._words)

    def day(self, day: str) -> str:
        """A day in words."""
        return format_date(day, self._words.tag)

    def name(self, name: str, day: str, mandate: str) -> None:
        """Keep a guardian. Raises as `guardians.name`."""
        guardians.name(self.vault, self.case, Designation(name, day, mandate))
        self.read()

    def end(self, guardian: str, reason: str) -> None:
        """Keep that a task ended today. Raises as `guardians.end`."""
        guardians.end(self.vault, self.case, guardian, self.today, reason)
        self.read()
