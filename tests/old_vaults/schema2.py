"""A vault of schema 2: what schema 1 held, and two files, one of a draft and one of a finished interview.

Made on 2026-11-21 with `python -m tests.old_vaults.schema2 FOLDER`, when 2 was the newest schema. It was begun as
the vault of schema 1, so that its phrase, stream and entries are those.
"""

import shutil
import sys
from pathlib import Path

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.storage import migrations
from fieldkit.storage.attachments import Attachments, submission_holder
from fieldkit.storage.database import DATABASE_FILE, Database
from fieldkit.storage.drafts import Drafts
from fieldkit.storage.slots import unlock, write_header
from tests.old_vaults import schema1
from tests.worlds import CountedRandomness, HandClock

FOLDER = Path(__file__).parent / "schema2"
INSTANCE = "uuid:5a5a5a5a-0000-4000-8000-5a5a5a5a5a5a"
OF_THE_DRAFT, OF_THE_SUBMISSION = b"map of the well (invented)", b"a drawing (invented)"


def make(folder: Path) -> None:
    """Write the vault into a new folder."""
    shutil.copytree(schema1.FOLDER, folder)
    unlocked = unlock(folder, schema1.PERSON, schema1.PHRASE, FOR_TESTS)
    write_header(folder, unlocked.header, unlocked.keys.database)
    database = Database.open(folder / DATABASE_FILE, unlocked.keys.database)
    migrations.run(database)
    fill(database)
    database.checkpoint()
    database.close()


def fill(database: Database) -> None:
    """The two files."""
    randomness = CountedRandomness("schema 2")
    draft = Drafts(database, HandClock(), randomness).list(schema1.PERSON)[0].id
    files = Attachments(database, randomness)
    files.keep(draft, OF_THE_DRAFT, media_type="text/plain", ending="txt")
    files.put(submission_holder(INSTANCE), "drawing.png", OF_THE_SUBMISSION, media_type="image/png")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
