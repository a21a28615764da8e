"""A referral leaves the river on a stick, and what became of it comes back the same way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest

from fieldkit.crypto.both import opening_key
from fieldkit.crypto.sealing import open_sealed, seal
from fieldkit.domain.access import Role
from fieldkit.domain.entries import read_entry
from fieldkit.domain.errors import FieldkitError, ForeignFault, PersonFault
from fieldkit.services import enrolment, exchange, homeward, importing, refer
from fieldkit.services.intake import Finished
from fieldkit.services.vault import OpenVault
from fieldkit.storage.projections import rebuild
from fieldkit.sync.homeward import write_home
from fieldkit.sync.manifest import Head
from fieldkit.sync.trust import DeviceIdentity, read_request, write_request
from tests.storage.desks import projected
from tests.stories import offices
from tests.stories.desks import only_as
from tests.stories.offices import Office, carry
from tests.stories.people import AGREED, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened, somebody

CLINIC = "The lawyer (invented) met her on Tuesday and comes again."
CALL = "Please ask whether the family (invented) has arrived."


@dataclass
class River:
    """A post with one referral that headquarters knows of, and another post."""

    office: Office
    north: OpenVault
    south: OpenVault
    case: Finished
    referral: str
    stick: Path

    @property
    def device(self) -> str:
        return enrolment.held_certificate(self.north)[2].device

    def send(self, *posts: OpenVault) -> list[Path]:
        """Headquarters writes its files."""
        devices = [enrolment.held_certificate(post)[2].device for post in posts or (self.north,)]
        sent = homeward.send_back(self.office.vault, devices, self.stick)
        return [self.stick / one.file for one in sent]


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[River]:
    office = offices.found(tmp_path_factory.mktemp("office"), "Invented River Service")
    north = offices.open_post(tmp_path_factory.mktemp("north") / "vault", "North Bank (invented)")
    south = offices.open_post(tmp_path_factory.mktemp("south") / "vault", "South Bank (invented)")
    for post in (north, south):
        offices.enrol(post, office)
    case = screened(north, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Amaru Testperson"), FEAR)
    service = next(one for one in refer.services_for(north, "C01"))
    referral = refer.refer(north, case.case, "C01", service.id, safe_to_carry=True)
    carry(north, office, tmp_path_factory.mktemp("first stick"))
    yield River(office, north, south, case, referral, tmp_path_factory.mktemp("stick"))
    for vault in (office.vault, north, south):
        vault.close()


@pytest.fixture
def river(founded: River, tmp_path: Path) -> River:
    founded.stick = tmp_path
    return founded


def refused(step: Callable[[], object]) -> FieldkitError:
    with pytest.raises(FieldkitError) as caught:
        step()
    return caught.value


def test_a_result_a_task_and_a_message_come_back_and_are_read_where_they_are_needed(river: River) -> None:
    hq = river.office.vault
    homeward.tell_result(hq, river.case.case, river.referral, "served", CLINIC)
    task = homeward.give_task(hq, CALL, case=river.case.case, due="2026-03-09")
    homeward.send_message(hq, river.case.case, "Her papers (invented) are with the court.")
    (waiting,) = (one for one in homeward.waiting(hq) if one.total)
    assert waiting.device.certificate.post == river.north.name
    assert waiting.kinds == {"referral.result": 1, "task.given": 1, "message.sent": 1}

    (file,) = river.send()
    brought = homeward.look(river.north, file)
    assert (brought.office, brought.missing, brought.already) == ("Invented River Service", None, False)
    assert brought.kinds["referral.result"] == 1
    assert homeward.results(river.north, river.case.case) == (), "looking changes nothing"

    homeward.take_in(river.north, file)
    (result,) = homeward.results(river.north, river.case.case)
    assert (result.referral, result.state, result.text) == (river.referral, "served", CLINIC)
    (held,) = homeward.open_tasks(river.north)
    assert (held.id, held.number, held.text, held.due) == (task, river.case.number, CALL, "2026-03-09")
    assert [one.text for one in homeward.messages(river.north, river.case.case)] == [
        "Her papers (invented) are with the court."
    ]
    told = {entry.kind for entry, _ in river.north.journal.about(f"case/{river.case.case}")}
    assert {"referral.result", "task.given", "message.sent"} <= told

    homeward.task_done(river.north, task)
    assert homeward.open_tasks(river.north) == ()
    assert refused(lambda: homeward.task_done(river.north, task)).code == "home.no_task"
    carry(river.north, river.office, river.stick)
    assert all(one.total == 0 for one in homeward.waiting(hq)), "the post said that it came"
    assert homeward.open_tasks(hq) == (), "headquarters hears that it was done"


def test_until_the_post_says_that_it_came_it_is_sent_again(river: River) -> None:
    homeward.send_message(river.office.vault, river.case.case, "First (invented).")
    lost = river.send()[0]
    homeward.send_message(river.office.vault, river.case.case, "Second (invented).")
    (file,) = river.send()
    before = len(homeward.messages(river.north, river.case.case))
    homeward.take_in(river.north, file)
    assert len(homeward.messages(river.north, river.case.case)) == before + 2
    head = river.north.journal.heads()
    for again in (file, lost):
        assert homeward.look(river.north, again).already
        assert homeward.take_in(river.north, again).new == 0
    assert river.north.journal.heads() == head, "what came twice leaves no second mark"


def test_receipts_ride_along(river: River) -> None:
    (file,) = river.send()
    brought = homeward.look(river.north, file)
    assert brought.statements["receipt"] >= 1
    assert homeward.take_in(river.north, file).refused == ()


def test_another_laptops_file_is_refused_and_nobody_reads_it(river: River) -> None:
    homeward.send_message(river.office.vault, river.case.case, "For the north only (invented).")
    (file,) = river.send()
    assert refused(lambda: homeward.look(river.south, file)).code == "bundle.not_for_us"
    assert refused(lambda: importing.look(river.office.vault, file)).code == "bundle.not_for_us"
    north, _, _ = enrolment.held_certificate(river.north)
    south, _, _ = enrolment.held_certificate(river.south)
    opened = open_sealed(file.read_bytes(), [opening_key(north.key)])
    readdressed = river.stick / "readdressed.fkb"
    readdressed.write_bytes(seal(opened, [opening_key(south.key).recipient]))
    assert refused(lambda: homeward.look(river.south, readdressed)).code == "bundle.other_device"


def test_a_bundle_from_a_post_is_not_taken_for_one_from_headquarters(river: River) -> None:
    screened(river.south, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Bilo Testperson"))
    (name,) = exchange.export(river.south, river.stick).files
    assert refused(lambda: homeward.look(river.north, river.stick / name)).code == "bundle.not_for_us"


def test_a_file_that_somebody_else_signed_is_refused(river: River, other_office: Office) -> None:
    """Whoever has the certificate of a laptop can seal to it. It is believed by headquarters' key alone."""
    box = homeward.outboxes(river.office.vault)
    stored, head = box.to_send(river.device, river.office.vault.person.id)
    identity, _, certificate = enrolment.held_certificate(river.north)
    for key in (enrolment.office_keys(other_office.vault).receipts, identity.key):
        forged = BytesIO()
        write_home(
            forged,
            stored,
            [],
            head,
            key=key,
            certificate=certificate,
            randomness=river.north.world.randomness,
        )
        (river.stick / "forged.fkb").write_bytes(forged.getvalue())
        assert (
            refused(lambda: homeward.look(river.north, river.stick / "forged.fkb")).code == "bundle.altered"
        )


def test_no_laptop_is_certified_to_write_an_outbox(river: River) -> None:
    """Else a laptop could speak to another one in headquarters' name."""
    homeward.send_message(river.office.vault, river.case.case, "So that there is one (invented).")
    stored, _ = homeward.outboxes(river.office.vault).to_send(river.device, river.office.vault.person.id)
    outbox = read_entry(stored[0][0]).stream
    taker = DeviceIdentity.new(outbox, river.south.world.randomness)
    trusted = enrolment.known_office(river.office.vault)
    asked = read_request(write_request(taker, trusted, "Taker (invented)"))
    store = enrolment.store(river.office.vault)
    fault = refused(lambda: store.certify(asked, river.office.offline, river.office.vault.person.id))
    assert fault.code == "headquarters.stream_taken"


def test_headquarters_was_put_back_and_begins_another_outbox(
    river: River, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers that a post holds cannot be used again for other words."""
    box = homeward.outboxes(river.office.vault)
    before, _ = box.to_send(river.device, river.office.vault.person.id)
    monkeypatch.setattr(type(box), "_acknowledged", lambda self, stream, certificate: Head(10**6, "ab" * 32))
    _, head = box.to_send(river.device, river.office.vault.person.id)
    monkeypatch.undo()
    assert head.number == 1
    after, _ = homeward.outboxes(river.office.vault).to_send(river.device, river.office.vault.person.id)
    assert read_entry(after[0][0]).stream != read_entry(before[0][0]).stream
    (file,) = river.send()
    assert homeward.take_in(river.north, file).refused == ()


def test_headquarters_tells_and_never_changes_what_a_post_wrote(river: River) -> None:
    """Whoever took over headquarters' laptop cannot make a person agree to anything."""
    about = f"case/{river.case.case}"
    box = homeward.outboxes(river.office.vault)
    box.write(
        river.device,
        river.office.vault.person.id,
        about,
        "agreement.recorded",
        {"recipient": "asylum_authority", "agreed": True},
    )
    (file,) = river.send()
    assert refused(lambda: homeward.look(river.north, file)).code == "bundle.unsound"


def test_who_may_send_back_and_who_may_take_in(river: River) -> None:
    (file,) = river.send()
    officer = only_as(river.office.vault, Role.OFFICER)
    assert refused(lambda: homeward.waiting(officer)).code == "access.not_allowed"
    only_as(river.office.vault, Role.COORDINATOR, Role.ADMINISTRATOR)
    doctor = river.north.person
    only_as(river.north, Role.HEALTH_WORKER)
    assert refused(lambda: homeward.look(river.north, file)).code == "access.not_allowed"
    river.north.person = doctor


def test_what_is_projected_is_the_same_when_it_is_written_again(river: River) -> None:
    for vault in (river.north, river.office.vault):
        before = projected(vault.database)
        rebuild(vault.database)
        assert projected(vault.database) == before


def test_nothing_is_written_without_words_or_for_a_case_that_no_post_has(river: River) -> None:
    hq = river.office.vault
    assert refused(lambda: homeward.send_message(hq, river.case.case, "  ")).code == "outbox.no_text"
    assert refused(lambda: homeward.send_message(hq, "ab" * 16, "Text")).code == "outbox.no_post"
    unknown = refused(lambda: homeward.tell_result(hq, river.case.case, "ab" * 16, "served"))
    assert unknown.code == "outbox.no_referral"
    assert isinstance(unknown, (PersonFault, ForeignFault))
