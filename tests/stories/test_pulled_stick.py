"""More than one stick holds, sticks that are pulled out or full, and sticks that arrive in any order."""

import errno
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from io import BufferedReader
from pathlib import Path

import pytest

from fieldkit import files
from fieldkit.domain.errors import FieldkitError
from fieldkit.services import enrolment, exchange, importing, journeys, statements
from fieldkit.services.vault import OpenVault
from fieldkit.sync import outgoing
from tests.stories import offices
from tests.stories.offices import Office
from tests.stories.people import AGREED, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened, somebody


@pytest.fixture
def post(tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenVault]:
    """A post whose day fits into a handful of files."""
    monkeypatch.setattr(outgoing, "BATCH_ENTRIES", 5)
    made = offices.open_post(tmp_path / "vault", f"Long Bank {tmp_path.name} (invented)"[:100])
    offices.enrol(made, office)
    screened(made, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Amaru Testperson"), FEAR)
    yield made
    made.close()


class Pulled:
    """A stick that takes some files and is pulled out, or is full, while the next one is written."""

    def __init__(self, whole: int, number: int = errno.EIO) -> None:
        self.whole, self.number = whole, number

    def __call__(self, descriptor: int) -> None:
        if self.whole == 0:
            raise OSError(self.number, "gone")
        self.whole -= 1


def stick(tmp_path: Path, number: int) -> Path:
    made = tmp_path / f"stick {number}"
    made.mkdir(exist_ok=True)
    return made


def on(folder: Path) -> list[Path]:
    assert not list(folder.glob("*.part")), "nothing half"
    return sorted(folder.glob("*.fkb"))


def pulled(post: OpenVault, folder: Path, whole: int) -> FieldkitError:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "sync_folder", lambda folder: None)
        patch.setattr(os, "fsync", Pulled(whole))
        with pytest.raises(FieldkitError) as caught:
            exchange.export(post, folder)
    return caught.value


def held(office: Office, post: OpenVault) -> int:
    return office.vault.journal.head(post.stream).number


def test_what_was_written_and_read_back_counts_and_the_rest_goes_on(
    post: OpenVault, office: Office, tmp_path: Path
) -> None:
    one, two = stick(tmp_path, 1), stick(tmp_path, 2)
    fault = pulled(post, one, whole=2)
    assert (fault.code, fault.data["written"]) == ("exchange.stick_gone", 2)
    left = fault.data["left"]
    assert isinstance(left, int) and left > 0
    assert len(on(one)) == 2

    rest = exchange.export(post, two)
    assert (len(on(two)), rest.left) == (left, 0)
    assert journeys.under_way(post) is None
    taken = importing.import_sticks(office.vault, [*on(one), *on(two)])
    assert taken.waiting == ()
    assert held(office, post) == sum(bundle.entries_new for bundle in taken.imported)
    assert office.vault.journal.verify(post.stream).sound


def test_the_plan_outlives_the_program(post: OpenVault, tmp_path: Path) -> None:
    pulled(post, stick(tmp_path, 1), whole=1)
    before = journeys.under_way(post)
    assert before is not None
    screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Dao Testperson"))
    after = journeys.under_way(post)
    assert after == before, "who came meanwhile goes with the next export"
    rest = exchange.export(post, stick(tmp_path, 2))
    assert rest.entries == before.legs[-1].last - before.left[0].first + 1


def test_a_full_stick_asks_for_the_next(post: OpenVault, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "sync_folder", lambda folder: None)
        patch.setattr(os, "fsync", Pulled(1, errno.ENOSPC))
        first = exchange.export(post, stick(tmp_path, 1))
    assert len(first.files) == 1
    assert first.left > 0
    assert exchange.export(post, stick(tmp_path, 2)).left == 0


def test_a_stick_that_forgets_what_was_written_is_found_out(
    post: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, real = stick(tmp_path, 1), files._digest
    monkeypatch.setattr(files, "_digest", lambda path: real(path)[::-1])
    with pytest.raises(FieldkitError, match=r"exchange\.disk_failed"):
        exchange.export(post, folder)
    assert list(folder.iterdir()) == []


def test_sticks_may_come_in_any_order_and_what_is_missing_is_told(
    post: OpenVault, office: Office, tmp_path: Path
) -> None:
    names = exchange.export(post, stick(tmp_path, 1)).files
    paths = [stick(tmp_path, 1) / name for name in names]
    assert len(paths) >= 3

    last = importing.import_sticks(office.vault, paths[-1:])
    assert last.imported == ()
    (waits,) = last.waiting
    assert waits.post == post.name
    assert (waits.missing_first, waits.missing_last) == (1, waits.first - 1)
    assert held(office, post) == 0

    paths[-1].unlink()  # that stick went home again: headquarters kept what it brought
    middle = importing.import_sticks(office.vault, paths[1:-1][::-1])
    assert middle.imported == ()
    assert middle.waiting[0].missing_first == 1
    first = importing.import_sticks(office.vault, paths[:1])
    assert len(first.imported) == len(names)
    assert first.waiting == ()
    assert held(office, post) == waits.last
    assert importing.import_sticks(office.vault, paths[:1]).already == 1


def test_one_bad_file_on_a_stick_keeps_no_other_out(post: OpenVault, office: Office, tmp_path: Path) -> None:
    folder = stick(tmp_path, 1)
    names = exchange.export(post, folder).files
    (folder / "a.fkb").write_bytes(b"holiday pictures")
    (folder / "notes.txt").write_bytes(b"somebody's")
    (folder / "b.fkb").symlink_to(folder / "notes.txt")
    found = importing.bundles_on(folder)
    assert {path.name for path in found} == {*names, "a.fkb", "b.fkb"}
    taken = importing.import_sticks(office.vault, found)
    assert len(taken.imported) == len(names)
    assert {(path.name, fault.code) for path, fault in taken.refused} == {
        ("a.fkb", "bundle.not_a_bundle"),
        ("b.fkb", "bundle.not_a_file"),
    }


def test_a_file_that_the_stick_cannot_read_keeps_no_other_out(
    post: OpenVault, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, real = stick(tmp_path, 1), files.open_regular
    last = sorted(exchange.export(post, folder).files)[-1]

    def worn_out(path: Path) -> AbstractContextManager[BufferedReader | None]:
        if path.name == last:
            raise OSError(errno.EIO, "a bad sector")
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(importing, "open_regular", worn_out)
        taken = importing.import_sticks(office.vault, on(folder))
    assert {(path.name, fault.code) for path, fault in taken.refused} == {(last, "exchange.disk_failed")}
    assert taken.imported or taken.waiting
    assert not importing.import_sticks(office.vault, on(folder)).waiting


def test_a_stick_that_comes_twice_waits_once(post: OpenVault, office: Office, tmp_path: Path) -> None:
    paths = [stick(tmp_path, 1) / name for name in exchange.export(post, stick(tmp_path, 1)).files]
    for _ in range(2):
        assert len(importing.import_sticks(office.vault, paths[-1:]).waiting) == 1
    assert len(list((office.vault.folder / importing.WAITING).iterdir())) == 1
    assert importing.import_sticks(office.vault, paths[:-1]).waiting == ()


def test_what_a_receipt_covers_meanwhile_is_not_written_again(
    post: OpenVault, office: Office, tmp_path: Path
) -> None:
    pulled(post, stick(tmp_path, 1), whole=1)
    importing.import_sticks(office.vault, on(stick(tmp_path, 1)))
    device = enrolment.held_certificate(post)[2].device
    assert statements.accept(post, statements.to_send(office.vault, device)).refused == ()
    journey = journeys.under_way(post)
    assert journey is not None
    assert all(leg.last > held(office, post) for leg in journey.legs)
    exchange.export(post, stick(tmp_path, 2))
    assert importing.import_sticks(office.vault, on(stick(tmp_path, 2))).waiting == ()
