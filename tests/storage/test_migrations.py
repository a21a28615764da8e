"""Every schema becomes the newest, whole or not at all; old vaults open."""

import shutil
from pathlib import Path

import pytest

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.storage import migrations
from fieldkit.storage.attachments import Attachments, draft_holder, submission_holder
from fieldkit.storage.database import DATABASE_FILE, Database
from fieldkit.storage.drafts import Drafts
from fieldkit.storage.errors import StorageFault, StorageMistake
from fieldkit.storage.journal import Journal
from fieldkit.storage.migrations import m0001, upgrade
from fieldkit.storage.projections import conflict_count, rebuild, standing
from fieldkit.storage.slots import unlock
from fieldkit.storage.versions import SCHEMA
from tests.old_vaults import schema1, schema2, schema3
from tests.storage.desks import KEY, projected
from tests.worlds import CountedRandomness, HandClock


def test_there_is_a_step_for_every_schema() -> None:
    assert len(upgrade.STEPS) == SCHEMA


def test_a_new_database_gets_the_newest_schema_once(tmp_path: Path) -> None:
    database = Database.create(tmp_path / "a.db", KEY)
    assert migrations.run(database) == 0
    assert database.number("PRAGMA user_version") == SCHEMA
    assert migrations.run(database) == SCHEMA
    database.close()


def test_a_step_that_fails_leaves_the_old_schema_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade, "STEPS", ((*m0001.STATEMENTS, "CREATE NONSENSE"),))
    database = Database.create(tmp_path / "a.db", KEY)
    with pytest.raises(StorageMistake):
        migrations.run(database)
    assert database.number("PRAGMA user_version") == 0
    assert database.number("SELECT COUNT(*) FROM sqlite_master") == 0
    database.close()


def test_a_newer_schema_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database.create(tmp_path / "a.db", KEY)
    migrations.run(database)
    monkeypatch.setattr(upgrade, "SCHEMA", 0)
    with pytest.raises(StorageFault) as fault:
        migrations.run(database)
    assert fault.value.code == "vault.newer"
    database.close()


def test_the_vault_of_schema_1_opens_with_all_it_held(tmp_path: Path) -> None:
    """The files in `tests/old_vaults/schema1` were written once and are never written again."""
    folder = tmp_path / "vault"
    shutil.copytree(schema1.FOLDER, folder)
    unlocked = unlock(folder, schema1.PERSON, schema1.PHRASE, FOR_TESTS)
    assert unlocked.header.slots[0].label == "A. (invented)"
    database = Database.open(folder / DATABASE_FILE, unlocked.keys.database)
    migrations.run(database)
    journal = Journal(database, schema1.STREAM, HandClock(), CountedRandomness())
    verified = journal.verify(schema1.STREAM)
    assert verified.sound
    assert (verified.last, verified.head) == (schema1.ENTRIES, schema1.HEAD)
    assert standing(database, schema1.SERVICE, "name")[0].value == "Río Lindo legal aid (invented)"
    assert [row[0] for row in database.rows("SELECT category FROM outcomes ORDER BY category")] == [
        "C01",
        "C05",
    ]
    draft = Drafts(database, HandClock(), CountedRandomness()).list(schema1.PERSON)[0]
    assert draft.position == "/data/core"
    files = Attachments(database, CountedRandomness())
    kept = files.keep(draft.id, b"map of the well", media_type="text/plain", ending="txt")
    assert files.content(draft_holder(draft.id), kept.name) == b"map of the well", (
        "schema 2: drafts hold files"
    )
    before = projected(database)
    rebuild(database)
    assert projected(database) == before
    database.close()


def test_the_vault_of_schema_2_opens_with_the_files_it_held(tmp_path: Path) -> None:
    """The files in `tests/old_vaults/schema2` were written once and are never written again."""
    folder = tmp_path / "vault"
    shutil.copytree(schema2.FOLDER, folder)
    unlocked = unlock(folder, schema1.PERSON, schema1.PHRASE, FOR_TESTS)
    assert unlocked.header.schema == 2
    database = Database.open(folder / DATABASE_FILE, unlocked.keys.database)
    assert migrations.run(database) == 2
    verified = Journal(database, schema1.STREAM, HandClock(), CountedRandomness()).verify(schema1.STREAM)
    assert verified.sound
    assert (verified.last, verified.head) == (schema1.ENTRIES, schema1.HEAD)
    draft = Drafts(database, HandClock(), CountedRandomness()).list(schema1.PERSON)[0]
    files = Attachments(database, CountedRandomness())
    (one,) = files.of(draft_holder(draft.id))
    assert files.content(draft_holder(draft.id), one.name) == schema2.OF_THE_DRAFT
    holder = submission_holder(schema2.INSTANCE)
    assert files.content(holder, "drawing.png") == schema2.OF_THE_SUBMISSION
    before = projected(database)
    rebuild(database)
    assert projected(database) == before
    database.close()


def test_the_vault_of_schema_3_opens_with_what_differed_in_it(tmp_path: Path) -> None:
    """The files in `tests/old_vaults/schema3` were written once and are never written again."""
    folder = tmp_path / "vault"
    shutil.copytree(schema3.FOLDER, folder)
    unlocked = unlock(folder, schema1.PERSON, schema1.PHRASE, FOR_TESTS)
    assert unlocked.header.schema == 3
    database = Database.open(folder / DATABASE_FILE, unlocked.keys.database)
    assert migrations.run(database) == 3
    verified = Journal(database, schema1.STREAM, HandClock(), CountedRandomness()).verify(schema1.STREAM)
    assert verified.sound
    assert (verified.last, verified.head) == (schema3.ENTRIES, schema3.HEAD)
    names = {value.value for value in standing(database, schema1.SERVICE, "name")}
    assert names == {"Río Lindo legal aid (invented)", schema3.OTHER_NAME}
    assert conflict_count(database) == 1
    before = projected(database)
    rebuild(database)
    assert projected(database) == before
    database.close()
