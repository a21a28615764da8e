"""Headquarters changes its stick: what the old one had erased stays erased, and nobody erases with it any more."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fieldkit.domain.entries import subject
from fieldkit.domain.errors import ForeignFault
from fieldkit.headquarters import rotation
from fieldkit.headquarters.office import OfficeKeys
from fieldkit.services import devices, enrolment, erasure, statements
from fieldkit.services.vault import OFFICE_KEYS, OpenVault
from fieldkit.storage.erasure import about as records_about
from fieldkit.storage.journal import State
from fieldkit.sync.erasures import Because, Erasure, Where, write_erasure
from fieldkit.sync.faults import TrustFault
from fieldkit.sync.succession import read_succession, write_succession
from tests.stories import offices
from tests.stories.offices import Office, carry
from tests.stories.people import AGREED, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened, somebody

DAY = date(2026, 3, 2)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = offices.found(tmp_path / "office", "Erasing Service (invented)")
    yield made
    made.vault.close()


@pytest.fixture
def post(tmp_path: Path, office: Office) -> Iterator[OpenVault]:
    made = offices.open_post(tmp_path / "post", "Erasing post (invented)")
    offices.enrol(made, office)
    yield made
    made.close()


def told(post: OpenVault, office: Office, stick: Path, name: str) -> str:
    """A case that headquarters holds too."""
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody(name), FEAR).case
    carry(post, office, stick)
    return case


def signed(office: Office, post: OpenVault, case: str, number: int, day: date = DAY) -> bytes:
    """What the first stick signs about a case."""
    about = subject("case", case)
    one = Erasure(
        office.offline.organisation,
        f"{number:032x}",
        about,
        tuple(sorted(records_about(post.database, about))),
        Because.WITHDRAWN,
        Where.EVERYWHERE,
        day,
    )
    return write_erasure(one, office.offline.certificates)


def change_stick(office: Office) -> None:
    """A new stick, and what the old one vouches for."""
    vault = office.vault
    changed, _ = rotation.new_stick(
        enrolment.office_keys(vault),
        office.offline,
        vault.world.randomness,
        day=vault.world.today().isoformat(),
        erasures=erasure.signed_here(vault),
    )
    vault.belongings.put(OFFICE_KEYS, changed.to_bytes())


def hear(post: OpenVault, office: Office) -> statements.Heard:
    device = enrolment.own_identity(post).device
    return statements.accept(post, statements.to_send(office.vault, device))


def states(vault: OpenVault, case: str) -> set[State]:
    return {vault.journal.state(entry.payload) for entry, _ in vault.journal.about(subject("case", case))}


def test_what_was_erased_before_the_change_is_erased_at_a_post_that_hears_of_both_at_once(
    office: Office, post: OpenVault, tmp_path: Path
) -> None:
    case = told(post, office, tmp_path, "Zarifa Invented-Wayfarer")
    erasure.accept(office.vault, signed(office, post, case, 1))
    change_stick(office)
    heard = hear(post, office)
    assert heard.refused == ()
    assert states(post, case) == {State.ERASED}
    assert (
        enrolment.known_office(post).certificate_key == enrolment.known_office(office.vault).certificate_key
    )


def test_who_found_the_old_stick_erases_nothing_whatever_day_they_write(
    office: Office, post: OpenVault, tmp_path: Path
) -> None:
    case = told(post, office, tmp_path, "Bilo Invented-Neighbour")
    change_stick(office)
    assert hear(post, office).refused == ()
    for vault in (post, office.vault):
        for day in (date(2020, 1, 1), DAY, date(2030, 1, 1)):
            with pytest.raises(TrustFault, match=r"trust\.not_signed"):
                erasure.accept(vault, signed(office, post, case, 7, day))
    assert State.ERASED not in states(post, case)


def test_a_restored_headquarters_believes_what_its_posts_carried_out_before_the_change(
    office: Office, post: OpenVault, tmp_path: Path
) -> None:
    case = told(post, office, tmp_path, "Talia Invented-Traveller")
    statement = signed(office, post, case, 1)
    erasure.accept(post, statement)
    erasure.accept(office.vault, statement)
    change_stick(office)
    (known,) = enrolment.former_erasures(office.vault.belongings).values()
    assert known == {f"{1:032x}"}
    assert erasure.accept(office.vault, statement) is None, "believed, and carried out already"


def test_a_succession_from_before_names_no_erasures_and_lets_none_through(
    office: Office, post: OpenVault, tmp_path: Path
) -> None:
    case = told(post, office, tmp_path, "Ibo Invented-Traveller")
    statement = signed(office, post, case, 1)
    erasure.accept(office.vault, statement)
    keys = enrolment.office_keys(office.vault)
    changed, _ = rotation.new_stick(keys, office.offline, office.vault.world.randomness)
    (old,) = changed.successions
    assert read_succession(old).erasures == frozenset()
    assert devices.accept(post, old)
    with pytest.raises(ForeignFault, match=r"trust\.not_signed"):
        erasure.accept(post, statement)


def test_a_list_that_is_not_in_order_or_not_of_ids_is_unreadable(office: Office) -> None:
    keys: OfficeKeys = enrolment.office_keys(office.vault)
    changed, _ = rotation.new_stick(keys, office.offline, office.vault.world.randomness)
    for wrong in (["not an id"], ["AB" * 16]):
        with pytest.raises(TrustFault, match=r"trust\.unreadable"):
            write_succession(
                changed.office_file, office.offline.certificates, day="2026-03-02", erasures=wrong
            )
    with pytest.raises(TrustFault, match=r"trust\.unreadable"):
        write_succession(changed.office_file, office.offline.certificates, day="yesterday")
