"""Damage to a vault's file, of any kind: what lies on sound pages is found again, and nothing else."""

import hashlib
import os
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fieldkit.crypto.keys import DatabaseKey
from fieldkit.crypto.pages import PAGE_BYTES, PageKey
from fieldkit.domain.errors import FieldkitError
from fieldkit.storage import migrations, projections
from fieldkit.storage.database import Database
from fieldkit.storage.drafts import Done, DraftOp
from fieldkit.storage.journal import Journal
from fieldkit.storage.migrations import PROJECTIONS
from fieldkit.storage.migrations.m0003 import conflicts
from fieldkit.storage.migrations.m0004 import desk as queue
from fieldkit.storage.rescue import _OF_TABLES, _WITHOUT_ROWID, KEPT, Salvaged, salvage
from tests.storage.desks import CASE, KEY, OFFICER, Desk, fresh, projected
from tests.storage.payloads import SUBMISSION
from tests.worlds import CountedRandomness, HandClock

ENTRIES = 90


@cache
def original() -> tuple[bytes, dict[str, set[tuple[Any, ...]]]]:
    """A vault's file with entries, long payloads, files and drafts, and all its kept rows."""
    with TemporaryDirectory() as folder:
        desk = fresh(Path(folder), "rescue")
        _fill(desk)
        rows = {table: set(desk.database.rows(f"SELECT * FROM {table}")) for table in KEPT}
        desk.database.close()
        return (Path(folder) / "rescue.db").read_bytes(), rows


def _fill(desk: Desk) -> None:
    for number in range(ENTRIES):
        about = f"case/{hashlib.sha256(bytes([number])).hexdigest()[:32]}"
        if number % 3 == 0:
            payload = {
                **SUBMISSION,
                "instance_id": f"uuid:{number}",
                "xml": "<a>invented</a>" * 40 * (number % 10),
            }
            desk.journal.append(actor=OFFICER, subject=about, kind="submission.finished", payload=payload)
        else:
            told = {"number": f"7KQ2-{number:04}", "form": "screening"}
            desk.journal.append(actor=OFFICER, subject=about, kind="case.opened", payload=told)
    desk.journal.erase([entry.payload for entry, _ in desk.journal.entries(desk.journal.stream, 5, 1)])
    for number in range(3):
        draft = desk.drafts.start(
            person=OFFICER, form="f", version="1", officer_language="en", person_language="ti"
        )
        for step in range(40):
            desk.drafts.log(draft, DraftOp(Done.SET, f"/data/q{step}", f"answer {number}/{step}"))
        desk.attachments.keep(draft, bytes([number]) * 30_000, media_type="image/png", ending="png")
    with desk.database.transaction():
        desk.database.execute("INSERT INTO belongings VALUES ('stream', ?)", (desk.journal.stream.encode(),))


def rescued(content: bytes, log: bytes = b"") -> tuple[Salvaged, dict[str, set[tuple[Any, ...]]], bool]:
    """What is found in a file of these bytes, all rows of it, and whether rebuilding its projections changes
    them."""
    with TemporaryDirectory() as folder:
        damaged = Path(folder) / "damaged.db"
        damaged.write_bytes(content)
        if log:
            damaged.with_name("damaged.db-wal").write_bytes(log)
        before = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
        new = Database.create(Path(folder) / "new.db", KEY)
        try:
            migrations.run(new)
            found = salvage(damaged, KEY, new, lambda done, total: None)
            rows = {table: set(new.rows(f"SELECT * FROM {table}")) for table in KEPT}
            written = projected(new)
            projections.rebuild(new)
            same = written == projected(new)
            assert new.rows("PRAGMA foreign_key_check") == []
        finally:
            new.close()
        assert {name: (Path(folder) / name).read_bytes() for name in before} == before, "only read"
        return found, rows, same


@cache
def pages_as_written() -> tuple[bytes, ...]:
    content = original()[0]
    key = PageKey(KEY, content[:16])
    cut = range(0, len(content), PAGE_BYTES)
    opened = [key.open(n, content[at : at + PAGE_BYTES]) for n, at in enumerate(cut, start=1)]
    return tuple(page or b"" for page in opened)


@cache
def count() -> int:
    return len(original()[0]) // PAGE_BYTES


DAMAGE = st.lists(
    st.tuples(
        st.deferred(lambda: st.integers(1, count())),
        st.integers(0, PAGE_BYTES - 1),
        st.sampled_from(["flip", "zero", "noise"]),
    ),
    max_size=12,
)


def damaged_by(what: list[tuple[int, int, str]]) -> tuple[bytes, set[int]]:
    content = bytearray(original()[0])
    touched = set()
    for page, place, how in what:
        start = (page - 1) * PAGE_BYTES
        if how == "flip":
            content[start + place] ^= 1
        elif how == "zero":
            content[start : start + PAGE_BYTES] = bytes(PAGE_BYTES)
        else:
            content[start : start + PAGE_BYTES] = hashlib.shake_256(bytes([page % 251])).digest(PAGE_BYTES)
        touched.add(page)
    return bytes(content), touched


@given(DAMAGE)
@example([(1, 0, "flip")])
@example([(1, 5, "zero"), (2, 0, "zero"), (3, 0, "noise")])
@settings(max_examples=40)
def test_what_lies_on_sound_pages_is_found_and_nothing_is_invented(what: list[tuple[int, int, str]]) -> None:
    content, touched = damaged_by(what)
    found, rows, same = rescued(content)
    whole = original()[1]
    assert same, "the new vault's projections are those of its entries"
    for table in set(KEPT) - {"streams"}:
        assert rows[table] <= whole[table], f"{table}: nothing that was not there"
    sound = b"\x00".join(page for n, page in enumerate(pages_as_written(), start=1) if n not in touched)
    kept = {row[3] for row in rows["entries"]}
    for row in whole["entries"]:
        assert row[3] in kept or row[4] not in sound, (
            "an entry whose bytes lie whole on a sound page is there"
        )
    held = {row[0] for row in rows["payloads"]}
    for digest, salt, payload in whole["payloads"]:
        lies_whole = salt + payload in sound
        assert digest in held or not lies_whole
    numbers = {row[2] for row in rows["entries"]}
    told = {n for hole in found.entries_missing for n in range(hole.first, hole.last + 1)}
    assert told == set(range(1, max(numbers, default=0))) - numbers, "every hole below the newest is told"


FULL = bool(os.environ.get("FIELDKIT_ALL_PAGES"))
PARTS = 200 if FULL else 33
"""Each page takes a vault of its own: about all of them with the variable, else the first ones and every eighth."""


@pytest.mark.parametrize("part", range(PARTS))
def test_one_broken_page_costs_only_what_it_held(part: int) -> None:
    """Broken pages one at a time: roots, inner pages, the first page; the rest of the vault is found."""
    page = part + 1 if part < 8 else 1 + part * count() // PARTS
    content, _ = damaged_by([(page, 1000, "zero")])
    found, rows, _ = rescued(content)
    whole = original()[1]
    lost = {table: len(whole[table] - rows[table]) for table in KEPT}
    held_here = sum(row[4] in pages_as_written()[page - 1] for row in whole["entries"])
    assert lost["entries"] == held_here
    assert found.broken_pages == 1
    assert lost["belongings"] in (0, 1)
    if held_here:
        assert lost["payloads"] == 0, "entries and their payloads lie on different pages"


def test_a_sound_file_is_copied_whole() -> None:
    found, rows, same = rescued(original()[0])
    assert found.whole
    assert same
    assert {table: len(found_rows) for table, found_rows in rows.items()} == {
        table: len(held) for table, held in original()[1].items()
    }
    assert (found.entries, found.files, found.drafts, found.broken_pages) == (ENTRIES, 3, 3, 0)


def test_a_file_that_is_cut_off_anywhere_gives_what_it_has() -> None:
    content = original()[0]
    for size in range(PAGE_BYTES, len(content), len(content) // 9):
        found, rows, _ = rescued(content[: size + 17])
        assert rows["entries"] <= original()[1]["entries"]
        assert found.broken_pages >= 1


def test_what_stands_only_in_the_log_is_found(tmp_path: Path) -> None:
    desk = fresh(tmp_path, "log")
    _fill(desk)
    main, log = (tmp_path / name for name in ("log.db", "log.db-wal"))
    assert log.stat().st_size > 10 * PAGE_BYTES
    found, rows, _ = rescued(main.read_bytes(), log.read_bytes())
    assert found.whole
    assert found.entries == ENTRIES
    # A broken frame in the middle costs its page's newest rows, not all that was written after it.
    broken = bytearray(log.read_bytes())
    broken[len(broken) // 2] ^= 1
    again, fewer, _ = rescued(main.read_bytes(), bytes(broken))
    assert all(fewer[table] <= rows[table] for table in ("entries", "payloads", "attachments", "belongings"))
    assert again.entries > ENTRIES // 2
    desk.database.close()


def test_an_uncommitted_end_of_the_log_is_no_entry(tmp_path: Path) -> None:
    desk = fresh(tmp_path, "cut")
    _fill(desk)
    main, log = (tmp_path / name for name in ("cut.db", "cut.db-wal"))
    content = log.read_bytes()
    frame = 24 + PAGE_BYTES
    for frames in range(0, len(content) // frame, 37):
        _, rows, _ = rescued(main.read_bytes(), content[: 32 + frames * frame + 100])
        held = set(desk.database.rows("SELECT * FROM entries"))
        assert rows["entries"] <= held
    desk.database.close()


def test_what_was_erased_does_not_come_back_from_an_old_page(tmp_path: Path) -> None:
    """The newest version of its page is broken, and an older one still has it."""
    desk = fresh(tmp_path, "old")
    entry = desk.journal.append(
        actor=OFFICER, subject=CASE, kind="case.opened", payload={"number": "7KQ2-M0XD", "form": "x"}
    )
    desk.database.checkpoint()
    desk.journal.erase([entry.payload])
    main, log = (tmp_path / name for name in ("old.db", "old.db-wal"))
    frames = (len(log.read_bytes()) - 32) // (24 + PAGE_BYTES)
    for frame in range(frames):
        content = bytearray(log.read_bytes())
        content[32 + frame * (24 + PAGE_BYTES) + 24 + 50] ^= 1
        _, rows, _ = rescued(main.read_bytes(), bytes(content))
        erased = any(row[1] == "erased" for row in rows["absences"])
        assert not (erased and rows["payloads"])
    desk.database.close()


def test_another_key_finds_nothing(tmp_path: Path) -> None:
    damaged = tmp_path / "d.db"
    damaged.write_bytes(original()[0])
    new = Database.create(tmp_path / "n.db", KEY)
    migrations.run(new)
    for content in (original()[0], b"", os.urandom(5 * PAGE_BYTES + 3), b"short"):
        damaged.write_bytes(content)
        with pytest.raises(FieldkitError) as caught:
            salvage(damaged, DatabaseKey(bytes(32)), new, lambda done, total: None)
        assert caught.value.code == "rescue.nothing_readable"
    new.close()


def test_a_stopped_rescue_writes_nothing(tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stop

    damaged = tmp_path / "d.db"
    damaged.write_bytes(original()[0])
    new = Database.create(tmp_path / "n.db", KEY)
    migrations.run(new)
    with pytest.raises(Stop):
        salvage(damaged, KEY, new, stop)
    assert Journal(new, "0" * 32, HandClock(), CountedRandomness()).heads() == {}
    new.close()


def test_every_table_is_kept_or_a_projection_and_is_known_by_its_shape(desk: Desk) -> None:
    """A table that somebody adds and forgets here would be lost in a rescue; a new column would change its
    shape."""
    made = {row[0] for row in desk.database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    derived = {
        name
        for statement in PROJECTIONS + conflicts.DERIVED + queue.QUEUE
        for name in re.findall(r"CREATE TABLE (\w+)", statement)
    }
    made = {
        name for name in made if not name.startswith("names_found")
    }  # an index of `names`, kept by triggers
    assert made - derived - {"sqlite_sequence", "sqlite_stat1", "sqlite_stat4"} == set(KEPT)
    shapes = {}
    for table in set(KEPT) - {"streams"}:
        columns = desk.database.rows(f"PRAGMA table_info({table})")
        has_rowid = "WITHOUT ROWID" not in str(
            desk.database.rows("SELECT sql FROM sqlite_master WHERE name = ?", (table,))
        )
        letters = [
            "n" if has_rowid and kind == "INTEGER" and key else kind[0].lower()
            for _, _, kind, _, _, key in columns
        ]
        shapes[table] = "".join(letters)
    assert set(shapes.values()) == (set(_OF_TABLES) | set(_WITHOUT_ROWID)) - {"ntnttib"}
