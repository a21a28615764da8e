"""The drill for new keys at both ends: nothing sealed or signed before is lost by it, and nobody is locked out.

Keys, phrases, offices and people are invented; the bundles are real.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from fieldkit.crypto.offline import OfflineFault, OfflineKeys
from fieldkit.domain.errors import FieldkitError
from fieldkit.headquarters import rotation as keys_of
from fieldkit.services import devices, enrolment, exchange, homeward, importing, receipts, report, rotation
from fieldkit.services.vault import OFFLINE_FILE, OpenVault
from fieldkit.sync import trust
from fieldkit.sync.trust import DeviceIdentity
from tests.stories import offices
from tests.stories.desks import Desks
from tests.stories.offices import Office
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, screened
from tests.worlds import world

NEW_PHRASE = "anchor velvet seven harbour willow stone"


@dataclass
class Sticks:
    """Sticks whose seal costs nothing here: what was sealed under which phrase."""

    sealed: dict[bytes, tuple[OfflineKeys, str]]

    def seal(self, keys: OfflineKeys, phrase: str) -> bytes:
        content = f"stick {len(self.sealed)}".encode()
        self.sealed[content] = (keys, phrase)
        return content

    def open(self, content: bytes, phrase: str) -> OfflineKeys:
        keys, right = self.sealed[content]
        if phrase != right:
            raise OfflineFault("offline.wrong_phrase")
        return keys


@pytest.fixture
def headquarters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A headquarters of its own; its first stick opens with `PHRASE`."""
    founded = offices.found(tmp_path / "headquarters", "Invented Drill Service")
    sticks = Sticks({b"first": (founded.offline, "first phrase")})
    for part in (devices, rotation, enrolment):
        monkeypatch.setattr(part, "open_offline", sticks.open)
    monkeypatch.setattr(rotation, "seal_offline", sticks.seal)
    yield founded
    founded.vault.close()


@pytest.fixture
def north(tmp_path: Path, headquarters: Office) -> Iterator[OpenVault]:
    yield from enrolled(tmp_path / "north", "North post (invented)", headquarters)


@pytest.fixture
def south(tmp_path: Path, headquarters: Office) -> Iterator[OpenVault]:
    yield from enrolled(tmp_path / "south", "South post (invented)", headquarters)


def enrolled(folder: Path, name: str, headquarters: Office) -> Iterator[OpenVault]:
    post = offices.open_post(folder, name)
    offices.enrol(post, headquarters)
    yield post
    post.close()


STICK = (b"first", "first phrase")


def somebody(post: OpenVault) -> str:
    return screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT).case


def cases(headquarters: Office) -> set[str]:
    return {row.case for row in report.cases(headquarters.vault)}


def statements(headquarters: Office, post: OpenVault) -> None:
    """Headquarters' statements travel to a post and are taken in, in their order."""
    device = enrolment.own_identity(post).device
    for content in devices.to_send(headquarters.vault, device):
        devices.accept(post, content)


def code(work: Callable[[], object]) -> str:
    with pytest.raises(FieldkitError) as caught:
        work()
    return caught.value.code


# --- headquarters' bundle key ---------------------------------------------------------------------------


def test_a_new_bundle_key_serves_from_now_on_and_the_old_one_until_everybody_knows(
    headquarters: Office, north: OpenVault, south: OpenVault, desks: Desks
) -> None:
    hq, before = headquarters.vault, enrolment.known_office(north).recipient
    early = somebody(north)
    stick = desks.stick
    (sealed_to_the_old,) = exchange.export(north, stick).files
    rotation.new_bundle_key(hq, *STICK)
    statements(headquarters, north)
    assert enrolment.known_office(north).recipient != before
    importing.import_bundle(hq, stick / sealed_to_the_old)  # it was on its way
    late, other = somebody(north), somebody(south)
    offices.carry(north, headquarters, desks.stick)
    offices.carry(south, headquarters, desks.stick)  # has not heard of it: still sealed to the old one
    assert cases(headquarters) == {early, late, other}
    assert rotation.waiting_for(hq) == ("South post (invented)",)
    assert code(lambda: rotation.let_go(hq)) == "rotation.still_waiting"
    statements(headquarters, south)
    somebody(south)
    offices.carry(south, headquarters, desks.stick)
    assert rotation.waiting_for(hq) == ()
    rotation.let_go(hq)
    with pytest.raises(FieldkitError, match=r"bundle\.not_for_us"):
        importing.import_bundle(hq, stick / sealed_to_the_old)
    assert code(lambda: rotation.let_go(hq)) == "rotation.nothing_former"
    somebody(north)
    assert offices.carry(north, headquarters, desks.stick).entries_new > 0


def test_a_post_that_enrols_afterwards_seals_to_the_new_key_at_once(
    headquarters: Office, tmp_path: Path, desks: Desks
) -> None:
    rotation.new_bundle_key(headquarters.vault, *STICK)
    late = next(enrolled(tmp_path / "late", "Late post (invented)", headquarters))
    assert enrolment.known_office(late).recipient == enrolment.known_office(headquarters.vault).recipient
    somebody(late)
    assert offices.carry(late, headquarters, desks.stick).cases_new == 1
    late.close()


def test_a_lost_laptop_keeps_no_old_key_alive(
    headquarters: Office, north: OpenVault, south: OpenVault, desks: Desks
) -> None:
    rotation.new_bundle_key(headquarters.vault, *STICK)
    devices.revoke(headquarters.vault, enrolment.own_identity(south).device, "left in a bus")
    statements(headquarters, north)
    somebody(north)
    offices.carry(north, headquarters, desks.stick)
    assert rotation.waiting_for(headquarters.vault) == ()


# --- headquarters' receipt key --------------------------------------------------------------------------


def test_receipts_by_either_key_are_believed_while_the_list_names_both(
    headquarters: Office, north: OpenVault, desks: Desks
) -> None:
    somebody(north)
    offices.carry(north, headquarters, desks.stick)
    device = enrolment.own_identity(north).device
    (old,) = receipts.to_send(headquarters.vault, device)
    rotation.new_receipt_key(headquarters.vault, *STICK)
    somebody(north)
    offices.carry(north, headquarters, desks.stick)
    (new,) = receipts.to_send(headquarters.vault, device)
    assert code(lambda: receipts.accept(north, new)) == "trust.not_signed", (
        "nobody told the post of the new key yet"
    )
    statements(headquarters, north)
    assert receipts.accept(north, old) is not None
    assert receipts.accept(north, new) is not None


def test_the_bundle_home_brings_all_new_keys_and_is_read_by_who_knows_only_the_old_ones(
    headquarters: Office, north: OpenVault, desks: Desks, tmp_path: Path
) -> None:
    """Every key of headquarters was replaced while the post heard of nothing."""
    hq, device = headquarters.vault, enrolment.own_identity(north).device
    somebody(north)
    offices.carry(north, headquarters, desks.stick)
    rotation.new_bundle_key(hq, *STICK)
    rotation.new_receipt_key(hq, *STICK)
    rotation.new_receipt_key(hq, *STICK)
    (tmp_path / "second stick").mkdir()
    rotation.new_stick(hq, *STICK, tmp_path / "second stick", NEW_PHRASE)
    stick = desks.stick
    (sent,) = homeward.send_back(hq, [device], stick)
    taken = homeward.take_in(north, stick / sent.file)
    assert taken.refused == ()
    ours, theirs = enrolment.known_office(north), enrolment.known_office(hq)
    assert (ours.recipient, ours.receipt_key, ours.certificate_key) == (
        theirs.recipient,
        theirs.receipt_key,
        theirs.certificate_key,
    )
    assert receipts.held(north) is not None, "also the receipt by the newest key was believed"
    somebody(north)
    offices.carry(north, headquarters, desks.stick)
    assert devices.key_for(hq, device).public == theirs.receipt_key, "now it is known to know it"
    assert rotation.waiting_for(hq) == ()


def test_a_post_that_enrols_after_a_change_reads_its_first_bundle_home(
    headquarters: Office, tmp_path: Path, desks: Desks
) -> None:
    rotation.new_receipt_key(headquarters.vault, *STICK)
    late = next(enrolled(tmp_path / "late", "Late post (invented)", headquarters))
    somebody(late)
    offices.carry(late, headquarters, desks.stick)
    stick = desks.stick
    (sent,) = homeward.send_back(headquarters.vault, [enrolment.own_identity(late).device], stick)
    assert homeward.take_in(late, stick / sent.file).refused == ()
    late.close()


# --- headquarters' certificate key ----------------------------------------------------------------------


def test_a_new_stick_is_believed_because_the_old_one_vouches_for_it(
    headquarters: Office, north: OpenVault, south: OpenVault, desks: Desks, tmp_path: Path
) -> None:
    hq, before = headquarters.vault, enrolment.known_office(north)
    somebody(north)
    offices.carry(north, headquarters, desks.stick)
    safe = tmp_path / "second stick"
    safe.mkdir()
    rotation.new_stick(hq, *STICK, safe, NEW_PHRASE)
    new_stick = ((safe / OFFLINE_FILE).read_bytes(), NEW_PHRASE)
    assert code(lambda: devices.publish(hq, *STICK)) == "headquarters.other_stick", (
        "the old one signs no more"
    )
    statements(headquarters, north)
    after = enrolment.known_office(north)
    assert after.certificate_key != before.certificate_key
    assert after.recovery != before.recovery
    assert enrolment.enrolment(north).certified, "its certificate by the old key goes on"
    late = somebody(north)
    offices.carry(north, headquarters, desks.stick)
    other = somebody(south)
    offices.carry(south, headquarters, desks.stick)  # has not heard of it yet
    assert {late, other} <= cases(headquarters)
    # A third stick, and a post that heard of neither: both steps, in their order.
    third = tmp_path / "third stick"
    third.mkdir()
    rotation.new_stick(hq, *new_stick, third, NEW_PHRASE)
    statements(headquarters, south)
    assert enrolment.known_office(south).certificate_key == enrolment.known_office(hq).certificate_key
    somebody(south)
    assert offices.carry(south, headquarters, desks.stick).entries_new > 0


def test_who_has_the_old_stick_certifies_nobody_any_more(
    headquarters: Office, tmp_path: Path, desks: Desks
) -> None:
    """The old stick was stolen: what it signs after the change is for a laptop that is not on the record."""
    hq, old_keys = headquarters.vault, enrolment.office_keys(headquarters.vault)
    safe = tmp_path / "second stick"
    safe.mkdir()
    rotation.new_stick(hq, *STICK, safe, NEW_PHRASE)
    stranger = offices.open_post(tmp_path / "stranger", "Bridge post (invented)", at=world("a thief"))
    enrolment.trust_office(stranger, old_keys.office_file)

    asked = trust.read_request(enrolment.device_request(stranger).content)
    forged = trust.certify(asked, headquarters.offline.organisation, headquarters.offline.certificates)
    enrolment.accept_certificate(stranger, forged.to_bytes())
    somebody(stranger)
    stick = desks.stick
    (name,) = exchange.export(stranger, stick).files
    assert code(lambda: importing.import_bundle(hq, stick / name)) == "bundle.unknown_device"
    stranger.close()


def test_a_stick_is_not_written_over_another_and_not_under_a_weak_phrase(
    headquarters: Office, tmp_path: Path
) -> None:
    before = enrolment.office_keys(headquarters.vault).to_bytes()
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / OFFLINE_FILE).write_bytes(b"somebody's")
    hq = headquarters.vault
    assert code(lambda: rotation.new_stick(hq, *STICK, taken, NEW_PHRASE)) == "rotation.same_stick"
    assert code(lambda: rotation.new_stick(hq, *STICK, tmp_path, "password")) == "rotation.weak_phrase"
    assert (
        code(lambda: rotation.new_stick(hq, b"first", "wrong", tmp_path, NEW_PHRASE))
        == "offline.wrong_phrase"
    )
    assert enrolment.office_keys(hq).to_bytes() == before
    assert (taken / OFFLINE_FILE).read_bytes() == b"somebody's"


def test_a_new_office_that_nobody_vouched_for_is_refused(
    headquarters: Office, north: OpenVault, other_office: Office
) -> None:

    stolen = replace(other_office.offline)
    changed, _ = keys_of.new_stick(enrolment.office_keys(other_office.vault), stolen, world("x").randomness)
    assert code(lambda: devices.accept(north, changed.successions[0])) == "succession.not_ours"
    assert enrolment.known_office(north).organisation == headquarters.offline.organisation


# --- a post's signing key -------------------------------------------------------------------------------


def test_a_post_changes_its_signing_key_and_its_record_goes_on(
    headquarters: Office, north: OpenVault, desks: Desks
) -> None:
    hq, stream = headquarters.vault, north.stream
    first = somebody(north)
    stick = desks.stick
    (before,) = exchange.export(north, stick).files
    importing.import_bundle(hq, stick / before)
    request = rotation.new_signing_key(north).content
    assert rotation.new_signing_key(north).content == request, "asked again, it is the same key"
    asked = enrolment.read_request(request)
    assert asked.changes_key
    assert asked == enrolment.own_words(north)
    second = somebody(north)
    offices.carry(north, headquarters, desks.stick)  # the present key serves until the certificate is here
    left_behind = desks.stick
    somebody(north)
    (overtaken,) = exchange.export(north, left_behind).files
    old_key = enrolment.own_identity(north).key.public
    enrolment.accept_certificate(north, enrolment.certify(hq, request, *STICK).content)
    assert enrolment.own_identity(north).key.public != old_key
    assert north.stream == stream
    third = somebody(north)
    offices.carry(north, headquarters, desks.stick)
    assert {first, second, third} <= cases(headquarters)
    assert code(lambda: importing.import_bundle(hq, left_behind / overtaken)) == "bundle.former_key"
    assert hq.journal.verify(stream).sound


def test_a_key_that_the_present_one_did_not_vouch_for_takes_no_stream_over(
    headquarters: Office, north: OpenVault, tmp_path: Path
) -> None:
    thief = offices.open_post(tmp_path / "thief", "North post (invented)", at=world("a thief"))
    enrolment.trust_office(thief, enrolment.office_file(headquarters.vault).content)
    theirs, real = enrolment.own_identity(thief), enrolment.own_identity(north)

    taking = DeviceIdentity(real.device, real.stream, theirs.key)
    office = enrolment.known_office(thief)
    store, person = enrolment.store(headquarters.vault), headquarters.vault.person.id
    for former in (None, theirs.key):
        request = trust.read_request(trust.write_request(taking, office, "North post", former=former))
        with pytest.raises(FieldkitError, match=r"headquarters\.stream_taken"):
            store.certify(request, headquarters.offline, person)
    thief.close()
