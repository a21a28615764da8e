"""Finding somebody who was here before: by name in any spelling, or by number.

1. Only whoever takes interviews may look, and a name is found only where it was told: at this post.
2. A row says name, number and day, so that the right person is asked "is this you?"; never what was said.
3. What was purged, erased or sealed is not found (`storage/names`).
"""

from dataclasses import dataclass

from fieldkit.domain.access import Action
from fieldkit.services.vault import OpenVault
from fieldkit.storage import names

MOST = 30
"""Rows that are shown; whoever finds more types more."""


@dataclass(frozen=True, slots=True)
class Found:
    """A case that somebody may have meant. `name` is empty where it was found by its number."""

    case: str
    number: str
    form: str
    day: str
    name: str = ""


def look_up(vault: OpenVault, typed: str) -> tuple[Found, ...]:
    """Cases by the beginning of a number, then by name, at most MOST. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.INTERVIEW)
    numbered = [Found(row.case, row.number, row.form, row.day) for row in vault.queries.numbered(typed, MOST)]
    told = names.look_up(vault.database, typed, MOST)
    rows = {row.case: row for row in vault.queries.cases_named([one.case for one in told])}
    named = [
        Found(one.case, row.number, row.form, row.day, one.name)
        for one in told
        if (row := rows.get(one.case)) is not None
    ]
    seen = {found.case for found in numbered}
    return (*numbered, *(found for found in named if found.case not in seen))[:MOST]
