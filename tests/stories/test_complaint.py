"""A sealed complaint (R-187): nobody at the post can tell whether there is one, and the body can read it."""

import io
import json
import shutil
import subprocess
import tarfile
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from fieldkit.crypto.keys import Keyring
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.crypto.sealing import SealFault, SealingKey, open_sealed
from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.services import complaints, contacts, exchange
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault, SignIn, at_door
from fieldkit.storage.complaints import SealedRecords
from fieldkit.sync.complaints import RECORD_BYTES
from tests.conftest import PHRASE
from tests.stories import offices
from tests.stories.desks import Desks, only_as
from tests.stories.offices import Office, open_post
from tests.worlds import MORNING, world

WORDS = "An officer took my telephone and asked for money to give it back."
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
BODY = SealingKey.generate()


def post_with_a_body(folder: Path) -> Path:
    """A post that knows the key of the independent body, locked again."""
    post = open_post(folder / "post", "Sealing post (invented)")
    contacts.keep(post, contacts.typed("Invented Ombudsman", BODY.recipient))
    post.close()
    return folder / "post"


def sit_down(folder: Path, day: int, *roles: Role) -> OpenVault:
    """Sign in on a day, as somebody with these roles and no other."""
    door = at_door(folder)
    assert door is not None
    at = world(f"day {day}", MORNING + timedelta(days=day))
    return only_as(SignIn(folder, at, FOR_TESTS).open(door.people[0].id, PHRASE), *roles)


def sessions(folder: Path, complaining: frozenset[int], days: int = 6) -> None:
    """A counsellor signs in every day; on some days somebody complains, and the session ends with that."""
    for day in range(days):
        desk = sit_down(folder, day, Role.COUNSELLOR)
        if day in complaining:
            complaints.seal(desk, WORDS)
        desk.close()


def records(folder: Path) -> list[bytes]:
    desk = sit_down(folder, 40, Role.COUNSELLOR)
    held = [record.content for record in SealedRecords(desk.database).waiting()]
    desk.left_record = True  # looking leaves nothing
    desk.close()
    return held


def everything_but_the_seals(folder: Path) -> list[tuple[object, ...]]:
    """What somebody with the database key sees: every row of every table, and of each sealed record its length."""
    desk = sit_down(folder, 40, Role.COUNSELLOR)
    seen: list[tuple[object, ...]] = [
        ("pages", desk.database.number("PRAGMA page_count")),
        ("free", desk.database.number("PRAGMA freelist_count")),
    ]
    for (table,) in desk.database.rows(TABLES):
        rows = desk.database.rows(f"SELECT * FROM {table}")
        seen += [
            (table, *map(_size_only, row)) if table == "sealed_records" else (table, *row) for row in rows
        ]
    desk.left_record = True
    desk.close()
    return seen


@pytest.fixture(scope="module")
def quiet_and_not(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[tuple[Path, Path]]:
    """Two copies of one vault that live through the same days; in one of them two people complain."""
    place = tmp_path_factory.mktemp("complaints")
    quiet = post_with_a_body(place)
    told = place / "told"
    shutil.copytree(quiet, told)
    sessions(quiet, frozenset())
    sessions(told, frozenset({1, 4}))
    yield quiet, told


def test_whoever_holds_the_database_key_sees_the_same_with_and_without(
    quiet_and_not: tuple[Path, Path],
) -> None:
    quiet, told = quiet_and_not
    assert everything_but_the_seals(quiet) == everything_but_the_seals(told)
    sizes = [sum(file.stat().st_size for file in folder.glob("vault.db*")) for folder in quiet_and_not]
    assert sizes[0] == sizes[1]


def test_the_records_are_of_one_size_one_a_session_and_look_alike(quiet_and_not: tuple[Path, Path]) -> None:
    quiet, told = (records(folder) for folder in quiet_and_not)
    assert len(quiet) == len(told) == 7  # the founding session and six days
    assert {len(one) for one in (*quiet, *told)} == {RECORD_BYTES}
    for held in (quiet, told):
        bodies = b"".join(one[-8192:] for one in held)
        counted = Counter(bodies)
        expected = len(bodies) / 256
        spread = sum((counted[value] - expected) ** 2 / expected for value in range(256))
        assert spread < 400  # chi-square with 255 degrees of freedom: above that once in 10^7
    assert not any(WORDS.encode() in one for one in told)


def test_the_post_has_no_key_that_opens_one(quiet_and_not: tuple[Path, Path]) -> None:
    _, told = quiet_and_not
    desk = sit_down(told, 40, Role.COUNSELLOR)
    ring: Keyring = desk._keys
    keys = [*contacts.own_keys(desk).opening, *ring.classes.values()]
    for record in SealedRecords(desk.database).waiting():
        with pytest.raises(SealFault, match=r"seal\.not_for_us"):
            open_sealed(record.content, keys)
    desk.left_record = True
    desk.close()


def test_the_body_reads_the_words_and_not_who_or_when(
    quiet_and_not: tuple[Path, Path], tmp_path: Path
) -> None:
    """With stock `age`, one record after the other."""
    _, told = quiet_and_not
    (tmp_path / "key").write_bytes(BODY.to_bytes())
    read = []
    for record in records(told):
        opened = subprocess.run(
            ["age", "-d", "-i", str(tmp_path / "key")], input=record, capture_output=True, check=True
        )
        assert len(opened.stdout) == 8192
        read.append(json.loads(opened.stdout))
    assert all(one.keys() == {"format", "post", "text", "week"} for one in read)
    assert [one["text"] for one in read if one["text"]] == [WORDS, WORDS]
    assert {one["week"] for one in read if one["text"]} == {"2026-W10"}
    assert {one["post"] for one in read if one["text"]} == {"Sealing post (invented)"}


@pytest.fixture
def small_stacks(monkeypatch: pytest.MonkeyPatch) -> int:
    """Four records a stack, so that fewer blanks have to be sealed; their real number is a matter of size only."""
    for module in ("services", "sync"):
        monkeypatch.setattr(f"fieldkit.{module}.complaints.STACK", 4)
    return 4


def test_every_export_carries_stacks_of_one_shape(tmp_path: Path, office: Office, small_stacks: int) -> None:
    """As many and as large with complaints as without; the body opens them by hand."""
    shapes = []
    for name, complaining in (("quiet", frozenset[int]()), ("told", frozenset({2}))):
        post = open_post(tmp_path / name, "Carrying post (invented)", at=world(f"carrying {name}"))
        offices.enrol(post, office)
        contacts.keep(post, contacts.typed("Invented Ombudsman", BODY.recipient))
        post.close()
        sessions(tmp_path / name, complaining, days=3)
        desk = sit_down(tmp_path / name, 3, *Role)
        stick = tmp_path / f"stick {name}"
        stick.mkdir()
        exported = exchange.export(desk, stick)
        shapes.append(sorted((file.suffix, file.stat().st_size) for file in stick.glob("*.fks")))
        assert {path.name for path in stick.iterdir()} == set(exported.files)
        texts = [_read(one) for file in stick.glob("*.fks") for one in _stacked(file)]
        assert len(texts) == small_stacks and sum(bool(text) for text in texts) == len(complaining)
        desk.close()
    assert shapes[0] == shapes[1] and len(shapes[0]) == 1


@pytest.mark.usefixtures("small_stacks")
def test_a_record_leaves_three_times_and_is_then_let_go(tmp_path: Path) -> None:
    folder = post_with_a_body(tmp_path)
    sessions(folder, frozenset({0}), days=2)
    desk = sit_down(folder, 3, Role.COUNSELLOR)
    files, left = complaints.stacks(desk)
    assert len(files) == 1 and len(left) == 3
    for _ in range(3):
        assert len(SealedRecords(desk.database).waiting()) == 3
        complaints.carried(desk, left)
    files, left = complaints.stacks(desk)
    assert len(files) == 1 and not left  # a stack of blanks: the shape stays
    held = desk.database.number("SELECT COUNT(*) FROM sealed_records")
    desk.close()
    late = sit_down(folder, 400, Role.COUNSELLOR)
    complaints.carried(late, ())
    assert late.database.number("SELECT COUNT(*) FROM sealed_records") == held + 1 - 3
    late.close()


def test_none_is_taken_in_an_officers_session(tmp_path: Path) -> None:
    folder = post_with_a_body(tmp_path)
    for roles in ((Role.OFFICER,), (Role.OFFICER, Role.COUNSELLOR), tuple(Role), (Role.ADMINISTRATOR,)):
        desk = sit_down(folder, 1, *roles)
        assert complaints.offer(desk).why_not == "complaint.officers_session"
        with pytest.raises(PersonFault):
            complaints.seal(desk, WORDS)
        assert complaints.offer(desk).services  # the hotline is offered to everybody
        desk.close()


def test_nothing_is_written_anywhere_before_it_is_sealed(tmp_path: Path) -> None:
    folder = post_with_a_body(tmp_path)
    desk = sit_down(folder, 1, Role.COUNSELLOR)
    entries = desk.journal.head(desk.stream)
    for wrong in ("", " \n ", "x" * 9000, "ቃል" * 1500):
        with pytest.raises(PersonFault, match=r"complaint\.(empty|too_long)"):
            complaints.seal(desk, wrong)
    assert not desk.left_record
    complaints.seal(desk, "ቃል" * 900)
    with pytest.raises(DeskFault, match=r"complaint\.session_has_one"):
        complaints.seal(desk, WORDS)
    assert desk.journal.head(desk.stream) == entries
    assert desk.database.number("SELECT COUNT(*) FROM drafts") == 0
    desk.close()


def test_without_the_bodys_key_nothing_is_sealed_and_no_record_is_made(desks: Desks) -> None:
    post = desks.training
    only_as(post, Role.COUNSELLOR)
    assert complaints.offer(post).why_not == "complaint.no_body"
    with pytest.raises(DeskFault, match=r"complaint\.no_body"):
        complaints.seal(post, WORDS)
    complaints.end_session(post)
    assert post.database.number("SELECT COUNT(*) FROM sealed_records") == 0
    assert complaints.stacks(post) == ((), ())


def _size_only(value: object) -> object:
    return len(value) if isinstance(value, bytes) else value


def _stacked(file: Path) -> Iterator[bytes]:
    with tarfile.open(fileobj=io.BytesIO(file.read_bytes())) as stack:
        for member in stack:
            held = stack.extractfile(member)
            assert held is not None
            yield held.read()


def _read(record: bytes) -> str:
    return str(json.loads(open_sealed(record, [BODY]))["text"])
