"""What headquarters sees: cases, and counts by category and day with their definitions (`protection.md` 15)."""

from fieldkit.domain.access import Action
from fieldkit.headquarters import queries
from fieldkit.headquarters.counting import CountTable
from fieldkit.headquarters.queries import CaseRow
from fieldkit.services.vault import OpenVault


def cases(vault: OpenVault) -> tuple[CaseRow, ...]:
    """Every case that was received, the newest day first; numbers, never names."""
    vault.demand(Action.COUNT)
    return queries.cases(vault.database)


def counts(vault: OpenVault) -> CountTable:
    """Persons by category and day: suggested, confirmed, and of how many interviews it could be known."""
    vault.demand(Action.COUNT)
    return queries.counts(vault.database, vault.codebook.categories)
