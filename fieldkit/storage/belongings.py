"""What belongs to this vault alone and never travels: its stream's id, its private keys, its office.

These are not entries: a journal goes to headquarters, this stays. All of it lies in the encrypted database.
"""

from fieldkit.storage.database import Database

STREAM = "stream"
"""Under this name lies the id of the stream that this vault writes."""


class Belongings:
    """Named bytes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str) -> bytes | None:
        """What lies under `name`, or None."""
        row = self._database.one("SELECT value FROM belongings WHERE name = ?", (name,))
        return None if row is None else bytes(row[0])

    def put(self, name: str, value: bytes) -> None:
        """Lay `value` under `name`, instead of what lay there."""
        with self._database.writing():
            self._database.execute(
                "INSERT INTO belongings (name, value) VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, value),
            )

    def drop(self, name: str) -> None:
        """Take away what lies under `name`, if anything does."""
        with self._database.writing():
            self._database.execute("DELETE FROM belongings WHERE name = ?", (name,))
