"""A laptop that was put back to an earlier day, and one of which there are two: noticed, told, and nothing is lost.

Offices, posts and people are invented; the bundles and the copies are real.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.errors import FieldkitError
from fieldkit.services import backup, devices, enrolment, exchange, importing, receipts, report, restored
from fieldkit.services.restored import What
from fieldkit.services.vault import OpenVault, SignIn
from fieldkit.storage.quarantine import Why
from tests.conftest import PHRASE
from tests.stories import offices
from tests.stories.desks import Desks
from tests.stories.offices import Office
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, screened
from tests.worlds import world


@pytest.fixture
def headquarters(tmp_path: Path) -> Iterator[Office]:
    founded = offices.found(tmp_path / "headquarters", "Invented Copy Service")
    yield founded
    founded.vault.close()


@pytest.fixture
def post(tmp_path: Path, headquarters: Office) -> Iterator[OpenVault]:
    made = offices.open_post(tmp_path / "post", "Ferry post (invented)")
    offices.enrol(made, headquarters)
    yield made
    made.close()


def somebody(post: OpenVault) -> str:
    return screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT).case


def cases(headquarters: Office) -> set[str]:
    return {row.case for row in report.cases(headquarters.vault)}


def told(post: OpenVault, headquarters: Office) -> None:
    """Receipts travel to the post and are taken in, or remembered as not fitting."""
    device = enrolment.own_identity(post).device
    for content in receipts.to_send(headquarters.vault, device):
        try:
            receipts.accept(post, content)
        except FieldkitError as fault:
            assert fault.code in ("receipt.put_back", "receipt.copied")


def image_of(post: OpenVault, folder: Path) -> OpenVault:
    """A copy of the whole disk, opened as another laptop would: nothing in it tells that it is one."""
    post.database.checkpoint()
    shutil.copytree(post.folder, folder, ignore=shutil.ignore_patterns("lock"))
    return SignIn(folder, world(folder.name), FOR_TESTS).open(post.person.id, PHRASE)


def bring(post: OpenVault, headquarters: Office, stick: Path) -> list[Why | None]:
    files = exchange.export(post, stick).files
    return [importing.import_bundle(headquarters.vault, stick / name).why for name in files]


def code(work: Callable[[], object]) -> str:
    with pytest.raises(FieldkitError) as caught:
        work()
    return caught.value.code


def test_a_laptop_put_back_by_its_copy_sends_also_what_it_had_not_sent(
    headquarters: Office, post: OpenVault, desks: Desks, tmp_path: Path
) -> None:
    """The laptop broke before its last bundle was made; the copy on the stick had it all."""
    first = somebody(post)
    bring(post, headquarters, desks.stick)
    second = somebody(post)  # never exported
    safe = desks.stick
    backup.back_up(post, safe)
    old = post.stream
    post.close()
    (copy,) = backup.found_in(safe)
    person = copy.header.slots[0].person
    backup.restore(copy, tmp_path / "again", person, PHRASE, world("put back"), policy=FOR_TESTS)
    again = SignIn(tmp_path / "again", world("after"), FOR_TESTS).open(person, PHRASE)
    assert code(lambda: exchange.export(again, desks.stick)) == "exchange.not_enrolled"
    offices.enrol(again, headquarters)
    third = somebody(again)
    (left,) = restored.leftovers(again)
    assert left.stream == old
    stick = desks.stick
    exported = exchange.export(again, stick)
    assert len(exported.files) >= 2, "what the old stream still had to tell, and the new one"
    for name in exported.files:
        importing.import_bundle(headquarters.vault, stick / name)
    assert cases(headquarters) == {first, second, third}
    told(again, headquarters)
    assert restored.leftovers(again) == (), "the old stream is confirmed and goes no more"
    fourth = somebody(again)
    assert bring(again, headquarters, desks.stick) == [None]
    assert fourth in cases(headquarters)
    assert headquarters.vault.journal.verify(old).sound
    again.close()


def test_a_disk_put_back_behind_its_receipt_is_noticed_and_begins_again(
    headquarters: Office, post: OpenVault, desks: Desks, tmp_path: Path
) -> None:
    first = somebody(post)
    bring(post, headquarters, desks.stick)
    image = tmp_path / "image"
    put_back = image_of(post, image)
    lost = somebody(post)
    bring(post, headquarters, desks.stick)
    told(put_back, headquarters)
    found = restored.finding(put_back)
    assert found is not None
    assert found.what is What.PUT_BACK
    assert found.number > found.here
    late = somebody(put_back)  # work goes on; nobody is locked out
    assert code(lambda: exchange.export(put_back, desks.stick)) == "exchange.put_back"
    restored.begin_again(put_back)
    assert restored.finding(put_back) is None
    assert code(lambda: restored.begin_again(put_back)) == "restored.nothing_wrong"
    offices.enrol(put_back, headquarters)
    bring(put_back, headquarters, desks.stick)
    assert cases(headquarters) == {first, lost, late}
    put_back.close()


def test_of_a_copied_laptop_both_branches_are_kept_and_neither_is_renumbered(
    headquarters: Office, post: OpenVault, desks: Desks, tmp_path: Path
) -> None:
    common = somebody(post)
    bring(post, headquarters, desks.stick)
    twin = image_of(post, tmp_path / "twin")
    here, there = somebody(post), somebody(twin)
    bring(post, headquarters, desks.stick)
    assert bring(twin, headquarters, desks.stick) == [Why.FORKED]
    assert cases(headquarters) == {common, here}
    (aside,) = devices.set_aside(headquarters.vault)
    assert aside.what.why is Why.FORKED
    stream, head = post.stream, headquarters.vault.journal.head(post.stream)
    told(post, headquarters)
    told(twin, headquarters)
    assert restored.finding(post) is None, "the one whose entries came first goes on"
    found = restored.finding(twin)
    assert found is not None
    assert found.what is What.COPIED
    restored.begin_again(twin)
    later = somebody(twin)
    offices.enrol(twin, headquarters)
    bring(twin, headquarters, desks.stick)
    assert cases(headquarters) == {common, here, there, later}
    journal = headquarters.vault.journal
    assert journal.head(stream) == head
    (branch,) = [name for name in journal.heads() if name.startswith(f"{stream}~")]
    assert journal.verify(branch).sound
    assert devices.set_aside(headquarters.vault) == (), "what was set aside has found its place"
    assert headquarters.vault.examine(lambda *_: None).sound
    told(twin, headquarters)
    assert restored.leftovers(twin) == ()
    more = somebody(post)
    assert bring(post, headquarters, desks.stick) == [None], "both go on, each under its own name"
    assert more in cases(headquarters)
    twin.close()


def test_a_copy_of_headquarters_with_two_branches_comes_back_whole(
    headquarters: Office, post: OpenVault, desks: Desks, tmp_path: Path
) -> None:
    somebody(post)
    bring(post, headquarters, desks.stick)
    twin = image_of(post, tmp_path / "twin")
    somebody(post)
    somebody(twin)
    bring(post, headquarters, desks.stick)
    bring(twin, headquarters, desks.stick)
    assert devices.admit(headquarters.vault, post.stream, "two laptops, both ours") > 0
    safe = desks.stick
    backup.back_up(headquarters.vault, safe)
    (copy,) = backup.found_in(safe)
    person = copy.header.slots[0].person
    backup.restore(copy, tmp_path / "again", person, PHRASE, world("again"), policy=FOR_TESTS)
    again = SignIn(tmp_path / "again", world("after"), FOR_TESTS).open(person, PHRASE)
    assert {row.case for row in report.cases(again)} == cases(headquarters)
    assert set(headquarters.vault.journal.heads()) < set(again.journal.heads())
    again.close()
    twin.close()
