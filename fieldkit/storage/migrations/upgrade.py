"""Brings a database to the newest schema.

1. A step and its mark (`PRAGMA user_version`) are one transaction: a power cut leaves the old or
   the new schema.
2. A step that has been released is never changed; the next one mends it.
3. A database of a newer schema is refused before anything is written.
4. A new schema has tables that older entries belong in: the newest step writes all projections again, and no
   step before it does, for the readers of today write into tables of today.
"""

from fieldkit.storage.database import Database
from fieldkit.storage.errors import StorageFault
from fieldkit.storage.migrations import m0001, m0002, m0003, m0004
from fieldkit.storage.projections import rebuild
from fieldkit.storage.versions import SCHEMA

STEPS: tuple[tuple[str, ...], ...] = (
    m0001.STATEMENTS,
    m0002.STATEMENTS,
    m0003.STATEMENTS,
    m0004.STATEMENTS,
)
"""What each step executes; step n brings schema n - 1 to n."""

PROJECTIONS: tuple[str, ...] = m0001.PROJECTIONS + m0002.PROJECTIONS + m0003.PROJECTIONS + m0004.PROJECTIONS
"""Every statement that makes a table which is rebuilt from the journal."""


def run(database: Database) -> int:
    """Bring `database` to the newest schema. The schema it had. Raises StorageFault `vault.newer`."""
    held = database.number("PRAGMA user_version")
    if held > SCHEMA:
        raise StorageFault("vault.newer")
    for number, statements in enumerate(STEPS[held:], start=held + 1):
        with database.transaction():
            for statement in statements:
                database.execute(statement)
            if held and number == SCHEMA:
                rebuild(database)
            database.execute(f"PRAGMA user_version = {number}")
    return held
