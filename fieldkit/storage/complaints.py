"""The sealed records of a vault, one for each session that ended in order (`journal.md`, last rule of kinds).

1. Records are only ever added, and all at the same moment of a session: its end. Nothing rewrites one.
2. A record has a week and a content of one size. Which of them has words in it is known to nobody here.
3. A record is carried out several times, because a stick can be lost; what was carried often enough goes
   after half a year, all alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from fieldkit.storage.database import Database

CARRIED_ENOUGH = 3
"""How often a record leaves before it may go: three sticks."""


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """One record that waits to be carried out."""

    id: int
    content: bytes


class SealedRecords:
    """The records of one vault."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, week: str, content: bytes) -> None:
        """Keep one more. Raises DatabaseFault."""
        with self._database.writing():
            self._database.execute(
                "INSERT INTO sealed_records (week, carried, content) VALUES (?, 0, ?)", (week, content)
            )

    def waiting(self) -> tuple[SealedRecord, ...]:
        """Those that have not left often enough, the oldest first."""
        rows = self._database.rows(
            "SELECT id, content FROM sealed_records WHERE carried < ? ORDER BY id", (CARRIED_ENOUGH,)
        )
        return tuple(SealedRecord(*row) for row in rows)

    def carried(self, records: Iterable[SealedRecord]) -> None:
        """Note that these left once more."""
        with self._database.writing():
            for record in records:
                self._database.execute(
                    "UPDATE sealed_records SET carried = carried + 1 WHERE id = ?", (record.id,)
                )

    def forget_before(self, week: str) -> None:
        """Let go of what left often enough and is older than a week such as `2026-W20`."""
        with self._database.writing():
            self._database.execute(
                "DELETE FROM sealed_records WHERE carried >= ? AND week < ?", (CARRIED_ENOUGH, week)
            )
