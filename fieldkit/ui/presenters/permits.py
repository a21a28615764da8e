"""Papers of authorities that a person has: which kind, until when, and what took their place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.domain.locks import RECOVERY_TIME
from fieldkit.languages import catalogues
from fieldkit.languages.marking import mark
from fieldkit.languages.typed_days import day_of
from fieldkit.services import permits
from fieldkit.services.case_file import read_case
from fieldkit.services.permits import Over, Told

if TYPE_CHECKING:
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.permits import Permit
    from fieldkit.services.vault import OpenVault

OVER_WORDS: Mapping[str, str] = {
    Over.RENEWED: mark("A newer one took its place"),
    Over.LOST: mark("It was lost"),
    Over.NOT_NEEDED: mark("It is not needed any more"),
    Over.MISTAKE: mark("It was written down by mistake"),
}
ENDS_HERE = (Over.NOT_NEEDED, Over.LOST, Over.MISTAKE)
"""What can be said of a paper here; that it was renewed follows from the newer one."""


class PermitsPage:
    """One case. Raises PersonFault `case.unknown`."""

    def __init__(self, vault: OpenVault, case: str, words: Words) -> None:
        self.vault, self.case = vault, case
        self._words = words
        self.may = vault.may(Action.RECORD_PERMIT)
        self.read()

    def read(self) -> None:
        """Read the case as it stands now."""
        self.number = read_case(self.vault.journal, self.case).number
        self.permits = permits.permits(self.vault, self.case)
        self.due = {one.document: one for one in permits.of_case(self.vault, self.case)}
        self.notice = permits.notice_days(self.vault)

    def kinds(self) -> list[tuple[str, str]]:
        """The kinds that can be chosen, in words."""
        held = self.vault.codebook.lists.get(permits.KINDS, ())
        return [(one.name, self.kind(one.name)) for one in held]

    def kind(self, name: str) -> str:
        """A kind in words."""
        spoken = catalogues.load(self._words.tag, "codebook")
        return self.vault.codebook.choice_label(permits.KINDS, name, spoken)

    def record(self, kind: str, until: str, since: str, number: str, renews: str = "") -> None:
        """Keep a paper; days as they were typed. Raises as `permits.record`."""
        first, last = day_of(since) or since.strip(), day_of(until) or until.strip()
        permits.record(self.vault, self.case, Told(kind, last, first, number), renews)
        self.read()

    def needs_reason(self, one: Permit, because: Over) -> bool:
        """Whether it has to be said why: time to rest protects while it lasts (`recovering`, rule 3)."""
        return one.told.kind == RECOVERY_TIME and because is not Over.LOST

    def end(self, one: Permit, because: Over, reason: str = "") -> None:
        """Keep that nobody is to be reminded of it any more. Raises as `permits.end`."""
        permits.end(self.vault, self.case, one.id, because, reason)
        self.read()
