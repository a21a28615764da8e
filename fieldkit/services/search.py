"""Finding somebody who was here before: by name in any spelling, or by number.

1. Only whoever takes interviews may look, and a name is found only where it was told: at this post.
2. A row says name, number and day, so that the right person is asked "is this you?"; never what was said.
3. What was purged, erased or sealed is not found (`storage/names`).
4. That somebody looked a name up is written down before anything is shown: who and when, never which name. Letters
   that are added to the same name belong to the same look (K-15). A number is read from a paper that somebody
   shows, and is not written down: what could be one is looked for among the numbers alone, so that a figure typed
   beside a name hides no look. What cannot be written down is not looked up.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import typed_number
from fieldkit.services.vault import OpenVault
from fieldkit.storage import names
from fieldkit.storage.journal import identity
from fieldkit.storage.kinds_names import LOOK, LOOKED_UP

SAME_LOOK = timedelta(minutes=2)
"""So long letters may be added to a name before it is another look."""
COUNTED_FOR = timedelta(days=30)
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
    is_number = any(letter.isdigit() for letter in typed) and bool(typed_number(typed))
    if not is_number:
        _write_down(vault, typed)
    numbered = [Found(row.case, row.number, row.form, row.day) for row in vault.queries.numbered(typed, MOST)]
    told = () if is_number else names.look_up(vault.database, typed, MOST)
    rows = {row.case: row for row in vault.queries.cases_named([one.case for one in told])}
    named = [
        Found(one.case, row.number, row.form, row.day, one.name)
        for one in told
        if (row := rows.get(one.case)) is not None
    ]
    seen = {found.case for found in numbered}
    return (*numbered, *(found for found in named if found.case not in seen))[:MOST]


def looks(vault: OpenVault, person: str) -> int:
    """How often somebody looked a name up lately (rule 4). Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.MANAGE_PEOPLE)
    since = vault.world.clock.now() - COUNTED_FOR
    held = (entry for entry, _ in vault.journal.about(subject(LOOK, person)) if entry.kind == LOOKED_UP)
    return sum(datetime.fromisoformat(entry.at) >= since for entry in held)


def _write_down(vault: OpenVault, typed: str) -> None:
    """Rule 4: once for a name that is being typed."""
    wanted = typed.strip().casefold()
    if not wanted:
        return
    now = vault.world.clock.now()
    if vault.looked_for is not None:
        first, at, written = vault.looked_for
        if wanted.startswith(first) and now - at <= SAME_LOOK and vault.journal.find(written) is not None:
            return
    entry = vault.journal.append(
        actor=vault.person.id, subject=subject(LOOK, vault.person.id), kind=LOOKED_UP, payload={"by": "name"}
    )
    vault.looked_for = (wanted, now, identity(entry))
