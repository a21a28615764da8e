"""The vault of a laptop is destroyed on purpose: no phrase opens anything any more, whatever is left."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldkit.beside import fresh
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.errors import FieldkitError
from fieldkit.services import backup, wipe
from fieldkit.services.new_vault import NewVault, create_vault
from fieldkit.services.vault import Desk, OpenVault, at_door
from fieldkit.storage import wipe as files
from fieldkit.storage.database import DATABASE_FILE
from fieldkit.storage.slots import FIRST_COPY, NEXT_HEADER, SECOND_COPY
from tests.conftest import PHRASE
from tests.stories.accounts import ADMINISTRATOR, Laptop, people_at, screened
from tests.worlds import world


@pytest.fixture
def laptop(post: OpenVault) -> Laptop:
    screened(post, "Amaru Wipetest-Invented")
    return people_at(post)


def code(call: Callable[[], object]) -> str:
    with pytest.raises(FieldkitError) as fault:
        call()
    return fault.value.code


def test_another_word_touches_nothing(laptop: Laptop) -> None:
    before = {path.name: path.read_bytes() for path in laptop.folder.iterdir()}
    for typed in ("", "destroy it", "yes", "DESTRO"):
        assert code(lambda typed=typed: wipe.wipe(laptop.folder, typed)) == "wipe.other_word"  # type: ignore[misc]
    assert {path.name: path.read_bytes() for path in laptop.folder.iterdir()} == before


@pytest.mark.parametrize("typed", ["DESTROY", " destroy ", "détruire"])
def test_the_word_destroys_every_way_in(laptop: Laptop, typed: str) -> None:
    half = fresh(laptop.folder / FIRST_COPY)
    half.write_bytes((laptop.folder / FIRST_COPY).read_bytes())
    done = wipe.wipe(laptop.folder, typed, "DÉTRUIRE")
    assert done.left == ()
    assert at_door(laptop.folder) is None
    assert {path.name for path in laptop.folder.iterdir()} <= {"settings.json"}


def test_slots_are_overwritten_where_they_lie_before_anything_is_removed(
    laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen through a second name for the same file: what an undelete tool would find."""
    second = {}
    for name in (FIRST_COPY, SECOND_COPY, DATABASE_FILE):
        second[name] = tmp_path / f"seen {name}"
        second[name].hardlink_to(laptop.folder / name)
    (laptop.folder / NEXT_HEADER).write_bytes((laptop.folder / FIRST_COPY).read_bytes())
    order: list[str] = []
    unlink = Path.unlink

    def watched(path: Path, missing_ok: bool = False) -> None:
        if path.parent == laptop.folder and path.exists():
            order.append(path.name)
            assert path.name == DATABASE_FILE or not path.read_bytes().strip(b"\x00")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", watched)
    wipe.wipe(laptop.folder, "DESTROY")
    assert order.index(NEXT_HEADER) < order.index(DATABASE_FILE)
    for name in (FIRST_COPY, SECOND_COPY):
        assert second[name].read_bytes().strip(b"\x00") == b""
    assert second[DATABASE_FILE].read_bytes()[:4096] == bytes(4096)


def test_it_refuses_nothing_later(laptop: Laptop, tmp_path: Path) -> None:
    """The same laptop begins again, and a copy on another disk opens as ever."""
    stick = tmp_path / "stick"
    stick.mkdir()
    admin = laptop.in_as(ADMINISTRATOR)
    backup.back_up(admin, stick)
    admin.close()
    wipe.wipe(laptop.folder, "DESTROY")
    (copy,) = backup.found_in(stick)
    backup.restore(copy, tmp_path / "again", laptop.ids[ADMINISTRATOR], PHRASE, world(), policy=FOR_TESTS)
    new = NewVault(Desk.POST, "Second post (invented)", "Officer Two", "en", PHRASE)
    create_vault(laptop.folder, new, world("second"), FOR_TESTS).close()
    assert at_door(laptop.folder) is not None


def test_a_vault_that_is_damaged_open_or_half_gone_is_destroyed_all_the_same(laptop: Laptop) -> None:
    opened = laptop.in_as(ADMINISTRATOR)
    (laptop.folder / FIRST_COPY).write_bytes(b"half a head")
    (laptop.folder / SECOND_COPY).unlink()
    (laptop.folder / files.RECOVERY_KEY).write_bytes(b"{}")
    assert wipe.wipe(laptop.folder, "DESTROY").left == ()
    opened.close()
    assert at_door(laptop.folder) is None
    assert wipe.wipe(laptop.folder, "DESTROY").left == (), "a second time too"
    shutil.rmtree(laptop.folder)
    assert wipe.wipe(laptop.folder, "DESTROY").left == ()


def test_a_file_that_resists_keeps_no_other_and_is_named(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def resists(path: Path, missing_ok: bool = False) -> None:
        if path.name == SECOND_COPY:
            raise PermissionError("another program has it open")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", resists)
    assert wipe.wipe(laptop.folder, "DESTROY") == wipe.Wiped((SECOND_COPY,), ())
    assert (laptop.folder / SECOND_COPY).read_bytes().strip(b"\x00") == b"", "what was in it is gone"
    assert not (laptop.folder / FIRST_COPY).exists()


def test_a_disk_that_allows_reading_only_is_not_called_destroyed(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody flees because they were told that nothing opens any more: it must be true."""

    def refuses(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    opens = Path.open
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuses)
        patch.setattr(Path, "chmod", refuses)
        patch.setattr(
            Path,
            "open",
            lambda path, mode="r", *rest, **more: refuses() if "+" in mode else opens(path, mode, *rest),
        )
        done = wipe.wipe(laptop.folder, "DESTROY")
    assert done.still_open == (FIRST_COPY, SECOND_COPY)
    laptop.in_as(ADMINISTRATOR).close()
    assert wipe.wipe(laptop.folder, "DESTROY").still_open == ()


def test_a_link_in_its_place_leads_nowhere(laptop: Laptop, tmp_path: Path) -> None:
    other = tmp_path / "somebody's letter.txt"
    other.write_text("not ours")
    (laptop.folder / SECOND_COPY).unlink()
    (laptop.folder / SECOND_COPY).symlink_to(other)
    wipe.wipe(laptop.folder, "DESTROY")
    assert other.read_text() == "not ours"
