"""The drill for a laptop that was lost: what headquarters does, what it stops, what everybody else learns of it.

Keys, phrases, offices and people are invented; the bundles are real.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.errors import FieldkitError
from fieldkit.services import devices, enrolment, exchange, importing, report, restored
from fieldkit.services.restored import What
from fieldkit.services.vault import OpenVault
from fieldkit.storage.quarantine import Why
from fieldkit.sync import trust
from fieldkit.sync.continuing import Parent
from tests.stories import offices
from tests.stories.desks import Desks, only_as
from tests.stories.offices import Office
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, screened
from tests.worlds import world


@pytest.fixture
def headquarters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A headquarters of its own, whose stick is in and opened."""
    founded = offices.found(tmp_path / "headquarters", "Invented Drill Service")
    monkeypatch.setattr(devices, "open_offline", lambda content, phrase: founded.offline)
    yield founded
    founded.vault.close()


@pytest.fixture
def lost(tmp_path: Path, headquarters: Office) -> Iterator[OpenVault]:
    """A laptop that will be lost."""
    yield from enrolled(tmp_path / "lost", "Bridge post (invented)", headquarters)


@pytest.fixture
def other(tmp_path: Path, headquarters: Office) -> Iterator[OpenVault]:
    """A laptop at another post that stays."""
    yield from enrolled(tmp_path / "other", "Harbour post (invented)", headquarters)


def enrolled(folder: Path, name: str, headquarters: Office) -> Iterator[OpenVault]:
    post = offices.open_post(folder, name)
    offices.enrol(post, headquarters)
    yield post
    post.close()


def somebody(post: OpenVault) -> str:
    return screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT).case


def cases(headquarters: Office) -> set[str]:
    return {row.case for row in report.cases(headquarters.vault)}


def revoke(headquarters: Office, post: OpenVault, reason: str = "left in a bus") -> bytes:
    """A coordinator takes the trust away, then makes the list with the stick in."""
    devices.revoke(headquarters.vault, enrolment.own_identity(post).device, reason)
    return devices.publish(headquarters.vault, b"", "").content


def code(work: Callable[[], object]) -> str:
    with pytest.raises(FieldkitError) as caught:
        work()
    return caught.value.code


def test_a_lost_laptop_is_stopped_at_once_and_what_it_sent_before_stays(
    headquarters: Office, lost: OpenVault, desks: Desks
) -> None:
    before = somebody(lost)
    offices.carry(lost, headquarters, desks.stick)
    devices.revoke(headquarters.vault, enrolment.own_identity(lost).device, "left in a bus")
    (shown,) = devices.overview(headquarters.vault)
    assert (shown.trusted, shown.why) == (False, "left in a bus")
    assert not devices.may_seal_to(headquarters.vault, shown.device)
    assert list(devices.to_send(headquarters.vault, shown.device)) == []
    later = somebody(lost)  # whoever found it goes on
    brought = offices.carry(lost, headquarters, desks.stick)
    assert (brought.why, brought.entries_new) == (Why.REVOKED, 0)
    assert brought.set_aside > 0
    assert cases(headquarters) == {before}
    (aside,) = devices.set_aside(headquarters.vault)
    assert (aside.post, aside.what.first) == ("Bridge post (invented)", shown.held + 1)
    assert later not in cases(headquarters)


def test_everybody_else_learns_it_from_the_list_and_no_older_list_undoes_it(
    headquarters: Office, lost: OpenVault, other: OpenVault
) -> None:
    assert devices.is_due(headquarters.vault), "two laptops, and no list yet"
    first = devices.publish(headquarters.vault, b"", "").content
    assert devices.accept(other, first)
    assert not devices.is_due(headquarters.vault)
    second = revoke(headquarters, lost)
    assert devices.accept(other, second)
    assert not devices.accept(other, second), "the same again is no news"
    assert code(lambda: devices.accept(other, first)) == "trust.list_older"
    held = enrolment.held_list(other)
    assert held is not None
    assert not held.trusts(enrolment.own_identity(lost).device)
    assert held.trusts(enrolment.own_identity(other).device)
    (revoked,) = held.revoked
    assert [cut.stream for cut in revoked.cut_offs] == []
    assert b"bus" not in second
    assert b"post" not in second, "the list names no place and no reason"


def test_a_list_from_somebody_else_is_refused(
    headquarters: Office, other: OpenVault, other_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "open_offline", lambda content, phrase: other_office.offline)
    foreign = devices.publish(other_office.vault, b"", "").content
    assert code(lambda: devices.accept(other, foreign)) == "trust.other_office"
    forged = devices.publish(other_office.vault, b"", "").content.replace(
        other_office.offline.organisation.encode(), headquarters.offline.organisation.encode()
    )
    assert code(lambda: devices.accept(other, forged)) == "trust.not_signed"
    assert enrolment.held_list(other) is None


def test_a_laptop_that_is_found_again_begins_anew_with_its_data_kept(
    headquarters: Office, lost: OpenVault, desks: Desks
) -> None:
    before = somebody(lost)
    offices.carry(lost, headquarters, desks.stick)
    later = somebody(lost)
    offices.carry(lost, headquarters, desks.stick)
    last = somebody(lost)
    devices.accept(lost, revoke(headquarters, lost))
    found = restored.finding(lost)
    assert found is not None
    assert found.what is What.NOT_TRUSTED
    assert code(lambda: exchange.export(lost, desks.stick)) == "exchange.not_trusted"
    old = lost.stream
    restored.begin_again(lost)
    assert lost.stream != old
    assert restored.finding(lost) is None
    assert code(lambda: exchange.export(lost, desks.stick)) == "exchange.not_enrolled"
    asked = enrolment.read_request(enrolment.device_request(lost).content)
    assert [parent.stream for parent in asked.continues] == [old]
    offices.enrol(lost, headquarters)
    stick = desks.stick
    for name in exchange.export(lost, stick).files:
        importing.import_bundle(headquarters.vault, stick / name)
    assert cases(headquarters) == {before, later, last}, "nothing that was written on it is lost"
    trusted = {shown.trusted for shown in devices.overview(headquarters.vault)}
    assert trusted == {True, False}, "the old identity stays revoked"


def test_a_thief_without_the_laptop_s_key_continues_nobody_s_record(
    headquarters: Office, lost: OpenVault, tmp_path: Path, desks: Desks
) -> None:
    """Somebody with a certificate of their own says that they continue another laptop's record."""
    somebody(lost)
    offices.carry(lost, headquarters, desks.stick)
    thief = offices.open_post(tmp_path / "thief", "Bridge post (invented)", at=world("a thief"))
    enrolment.trust_office(thief, enrolment.office_file(headquarters.vault).content)
    head = headquarters.vault.journal.head(lost.stream)
    identity = enrolment.own_identity(thief)
    office = enrolment.known_office(thief)
    parents = [Parent(lost.stream, head.number, head.digest)]
    store, person = enrolment.store(headquarters.vault), headquarters.vault.person.id
    for former in (None, identity.key):
        request = trust.read_request(
            trust.write_request(identity, office, "Bridge post (invented)", parents=parents, former=former)
        )
        certify = partial(store.certify, request, headquarters.offline, person)
        assert code(certify) == "headquarters.not_its_record"
    thief.close()


def test_a_person_may_admit_what_was_set_aside_with_a_reason(
    headquarters: Office, lost: OpenVault, desks: Desks
) -> None:
    before = somebody(lost)
    offices.carry(lost, headquarters, desks.stick)
    devices.revoke(headquarters.vault, enrolment.own_identity(lost).device, "left in a bus")
    later = somebody(lost)
    offices.carry(lost, headquarters, desks.stick)
    assert code(lambda: devices.admit(headquarters.vault, lost.stream, " ")) == "admit.reason_missing"
    assert devices.admit(headquarters.vault, lost.stream, "the officer brought it back herself") > 0
    assert cases(headquarters) == {before, later}
    assert devices.set_aside(headquarters.vault) == ()
    assert code(lambda: devices.admit(headquarters.vault, lost.stream, "again")) == "quarantine.empty"


def test_only_a_coordinator_takes_trust_away(headquarters: Office, lost: OpenVault) -> None:
    administrator = only_as(headquarters.vault, Role.ADMINISTRATOR)
    device = enrolment.own_identity(lost).device
    assert code(lambda: devices.revoke(administrator, device, "lost")) == "access.not_allowed"
    assert code(lambda: devices.publish(administrator, b"", "")) == "access.not_allowed"
