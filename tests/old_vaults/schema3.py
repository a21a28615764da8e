"""A vault of schema 3: what schema 2 held, and a field that was written differently from one screen.

Made on 2026-11-21 with `python -m tests.old_vaults.schema3 FOLDER`, when 3 was the newest schema. It was begun as
the vault of schema 2, so that its phrase, stream and first entries are those.
"""

import shutil
import sys
from pathlib import Path

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.storage import migrations
from fieldkit.storage.database import DATABASE_FILE, Database
from fieldkit.storage.journal import Journal
from fieldkit.storage.slots import unlock, write_header
from tests.old_vaults import schema1, schema2
from tests.worlds import CountedRandomness, HandClock

FOLDER = Path(__file__).parent / "schema3"
ENTRIES = schema1.ENTRIES + 1
HEAD = "feae659a44f833abac0666262aeca863dbef1f282afb2b6eedcd5c2c349ecf68"
OTHER_NAME = "Rio Lindo help desk (invented)"


def make(folder: Path) -> None:
    """Write the vault into a new folder, and print what must be noted above."""
    shutil.copytree(schema2.FOLDER, folder)
    unlocked = unlock(folder, schema1.PERSON, schema1.PHRASE, FOR_TESTS)
    write_header(folder, unlocked.header, unlocked.keys.database)
    database = Database.open(folder / DATABASE_FILE, unlocked.keys.database)
    migrations.run(database)
    journal = Journal(database, schema1.STREAM, HandClock(), CountedRandomness("schema 3"))
    differ(journal)
    sys.stdout.write(f"{journal.head(schema1.STREAM).digest}\n")
    database.checkpoint()
    database.close()


def differ(journal: Journal) -> None:
    """Somebody who had the first name on the screen writes another one, beside the second."""
    journal.append(
        actor=schema1.PERSON,
        subject=schema1.SERVICE,
        kind="service.recorded",
        payload={"fields": {"name": OTHER_NAME}},
        replaces=[journal.about(schema1.SERVICE)[0][1]],
    )


if __name__ == "__main__":
    make(Path(sys.argv[1]))
