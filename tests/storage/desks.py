"""Vaults for tests: a database, its journal and its drafts, in a world that stands still."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from fieldkit.crypto.keys import DatabaseKey
from fieldkit.domain.entries import Payload
from fieldkit.domain.ids import new_id
from fieldkit.storage import migrations
from fieldkit.storage.attachments import Attachments
from fieldkit.storage.database import Database
from fieldkit.storage.drafts import Drafts
from fieldkit.storage.journal import Journal
from fieldkit.storage.kinds import TABLES
from tests.worlds import CountedRandomness, HandClock

KEY = DatabaseKey(bytes(range(32)))
OFFICER = "0f" * 16
CASE = "case/" + "c1" * 16


class Desk:
    """One vault's insides."""

    def __init__(self, database: Database, seed: str = "desk") -> None:
        self.clock = HandClock()
        self.randomness = CountedRandomness(seed)
        self.database = database
        self.journal = Journal(database, new_id(self.randomness), self.clock, self.randomness)
        self.drafts = Drafts(database, self.clock, self.randomness)
        self.attachments = Attachments(database, self.randomness)

    def carried(self, stream: str | None = None, after: int = 0) -> list[tuple[bytes, Payload | None]]:
        """What a bundle would carry of a stream."""
        stream = stream or self.journal.stream
        return [
            (content, self.journal.payload(entry.payload))
            for entry, content in self.journal.entries(stream, after)
        ]

    def take(self, stream: str, items: Sequence[tuple[bytes, Payload | None]]) -> int:
        """Accept what a bundle brought."""
        with self.database.transaction():
            return self.journal.accept(stream, items).new


def fresh(folder: Path, seed: str = "desk") -> Desk:
    """A new vault in `folder`."""
    path = folder / f"{seed}.db"
    path.write_bytes(_template())
    return Desk(Database.open(path, KEY), seed)


@cache
def _template() -> bytes:
    """A migrated, empty database: copying it is quicker than making it again for every example."""
    with TemporaryDirectory() as folder:
        database = Database.create(Path(folder) / "template.db", KEY)
        migrations.run(database)
        database.close()
        return (Path(folder) / "template.db").read_bytes()


@contextmanager
def desks(*seeds: str) -> Iterator[list[Desk]]:
    """New vaults in a folder that goes away: for laws, which cannot use pytest's folder."""
    with TemporaryDirectory() as folder:
        made = [fresh(Path(folder), seed) for seed in seeds]
        try:
            yield made
        finally:
            for desk in made:
                desk.database.close()


def projected(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """All projections with digests in place of row numbers, so that two vaults can be compared."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for table, columns in {**TABLES, "unread": (), "replacements": ("replaced",)}.items():
        chosen = ", ".join(["entries.digest", *(f"{table}.{column}" for column in columns)])
        rows = database.rows(f"SELECT {chosen} FROM {table} JOIN entries ON entries.id = {table}.entry")
        found[table] = sorted(rows, key=repr)
    found["disputes"] = sorted(database.rows("SELECT subject, field FROM disputes"))
    return found
