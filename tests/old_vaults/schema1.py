"""A vault of schema 1: how it was made, and what it must still say when a newer program opens it.

Made on 2026-11-21 with `python -m tests.old_vaults.schema1 FOLDER`, from a world that stands still; all people
and places in it are invented. The slot is quick (`FOR_TESTS`). The database differs in every making, for
SQLCipher draws a salt of its own; what it holds does not.
"""

import sys
from pathlib import Path

from fieldkit.crypto.keys import DatabaseKey, Keyring
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.storage import migrations
from fieldkit.storage.database import DATABASE_FILE, Database
from fieldkit.storage.drafts import Done, DraftOp, Drafts
from fieldkit.storage.header import POST
from fieldkit.storage.journal import Journal
from fieldkit.storage.slots import new_header, with_slot, write_header
from tests.worlds import CountedRandomness, HandClock

FOLDER = Path(__file__).parent / "schema1"
PHRASE = "vessel room friend occur push shock"
PERSON = "a1" * 16
STREAM = "07c8a9abc7ce90e147b6541050b5b191"
SERVICE = subject("service", "5e" * 16)
CASE = subject("case", "c1" * 16)
ENTRIES = 5
HEAD = "9bc5a67bf4f46669076c66f9df2eb6c355bcc536dc0b2c56b2d003b5bd46b6f2"


def make(folder: Path) -> None:
    """Write the vault into a new folder, and print what must be noted above."""
    folder.mkdir()
    randomness, clock = CountedRandomness("schema 1"), HandClock()
    ring = Keyring(DatabaseKey.new(randomness))
    header = new_header(role=POST, name="River post (invented)", language="en", randomness=randomness)
    header = with_slot(
        header,
        ring,
        person=PERSON,
        label="A. (invented)",
        phrase=PHRASE,
        randomness=randomness,
        policy=FOR_TESTS,
    )
    write_header(folder, header, ring.database)
    database = Database.create(folder / DATABASE_FILE, ring.database)
    migrations.run(database)
    journal = Journal(database, new_id(randomness), clock, randomness)
    fill(journal, Drafts(database, clock, randomness))
    sys.stdout.write(f"{journal.stream}\n{journal.head(journal.stream)}\n")
    database.close()


def fill(journal: Journal, drafts: Drafts) -> None:
    """Two interviews' worth, in short."""
    journal.append(actor=PERSON, subject=CASE, kind="case.opened", payload={"number": "7KQ2-M0XD"})
    first = journal.append(
        actor=PERSON,
        subject=SERVICE,
        kind="service.recorded",
        payload={"fields": {"name": "Rio Lindo legal aid (invented)", "languages": ["es", "ti"]}},
    )
    for category in ("C01", "C05"):
        journal.append(
            actor=PERSON,
            subject=CASE,
            kind="outcome.confirmed",
            payload={"category": category, "rule": "r1", "reason": None, "rules_version": "1"},
        )
    journal.append(
        actor=PERSON,
        subject=SERVICE,
        kind="service.recorded",
        payload={"fields": {"name": "Río Lindo legal aid (invented)"}},
        replaces=[journal.about(SERVICE)[0][1]],
    )
    assert first.number == 2
    draft = drafts.start(
        person=PERSON, form="screening", version="1", officer_language="en", person_language="ti"
    )
    drafts.log_all(draft, [DraftOp(Done.POSITION, "/data/core"), DraftOp(Done.SET, "/data/core/q", "yes")])


if __name__ == "__main__":
    make(Path(sys.argv[1]))
