"""A bundle home is taken in whole or not at all, wherever the power goes out on the way."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.services import devices, enrolment, exchange, homeward, importing, receipts, statements
from fieldkit.services.vault import OpenVault, SignIn
from fieldkit.storage.errors import DatabaseFault
from fieldkit.storage.journal import Journal
from fieldkit.sync.faults import TrustFault
from tests.conftest import PHRASE
from tests.stories import offices
from tests.stories.offices import Office
from tests.stories.people import AGREED, IN_PRIVATE, NO_URGENT_NEED, screened, somebody
from tests.worlds import world

TEXT = "Please ask whether the family (invented) has arrived."


@pytest.fixture
def headquarters(tmp_path: Path) -> Iterator[Office]:
    made = offices.found(tmp_path / "hq", "Whole Service (invented)")
    yield made
    made.vault.close()


@pytest.fixture
def post(tmp_path: Path, headquarters: Office) -> Iterator[OpenVault]:
    made = offices.open_post(tmp_path / "post", "Whole post (invented)")
    offices.enrol(made, headquarters)
    yield made
    made.close()


@pytest.fixture
def home(headquarters: Office, post: OpenVault, tmp_path: Path) -> Path:
    """A task, a receipt and a trust list in one file."""
    done = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Amaru Testperson"))
    offices.carry(post, headquarters, tmp_path)
    hq = headquarters.vault
    with hq.database.transaction():
        devices.publish_with(hq, enrolment.office_keys(hq), headquarters.offline)
    homeward.give_task(hq, TEXT, case=done.case)
    device = enrolment.held_certificate(post)[2].device
    (sent,) = homeward.send_back(hq, [device], tmp_path)
    return tmp_path / sent.file


def came(post: OpenVault) -> tuple[bool, bool, bool]:
    """Whether the task, the receipt, the trust list are here."""
    return bool(homeward.open_tasks(post)), receipts.held(post) is not None, bool(enrolment.held_list(post))


def killed(post: OpenVault, copy: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """At this step the files lie on the disk as they do when the power goes out: they are copied then and there."""
    real = getattr(Journal, where)

    def power_goes_out(journal: Journal, *asked: object, **more: object) -> object:
        done = real(journal, *asked, **more)
        if post.database.inside and not copy.exists():
            shutil.copytree(post.folder, copy)
        return done

    monkeypatch.setattr(Journal, where, power_goes_out)


@pytest.mark.parametrize("where", ["append", "accept"])
def test_after_a_power_cut_between_statements_and_entries_nothing_of_it_is_there(
    post: OpenVault, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    copy = tmp_path / "as it lay on the disk"
    killed(post, copy, monkeypatch, where)
    homeward.take_in(post, home)
    assert came(post) == (True, True, True)
    assert copy.exists(), "the power went out in the middle of it"
    monkeypatch.undo()
    (copy / "vault.lock").unlink(missing_ok=True)
    again = SignIn(copy, world("the next morning"), FOR_TESTS).open(post.person.id, PHRASE)
    assert came(again) == (False, False, False)
    homeward.take_in(again, home)
    assert came(again) == (True, True, True)
    assert again.journal.verify(again.stream).sound
    again.close()


def test_when_the_disk_is_full_at_the_entries_no_statement_stays(
    post: OpenVault, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DatabaseFault("vault.disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "accept", full)
        with pytest.raises(DatabaseFault, match=r"vault\.disk_full"):
            homeward.take_in(post, home)
    assert came(post) == (False, False, False)
    assert homeward.take_in(post, home).refused == ()
    assert came(post) == (True, True, True)


def test_a_statement_that_is_refused_keeps_the_rest_in(
    post: OpenVault, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(_: OpenVault, content: bytes) -> None:
        raise TrustFault("trust.not_signed")

    part = statements.PARTS["trust list"]
    monkeypatch.setitem(statements.PARTS, "trust list", statements.Part(refuses, part.to_send))
    taken = homeward.take_in(post, home)
    assert [fault.code for fault in taken.refused] == ["trust.not_signed"]
    assert came(post) == (True, True, False)


def test_an_export_goes_on_after_it(
    post: OpenVault, home: Path, headquarters: Office, tmp_path: Path
) -> None:
    homeward.take_in(post, home)
    for name in exchange.export(post, tmp_path).files:
        assert not importing.import_bundle(headquarters.vault, tmp_path / name).already
