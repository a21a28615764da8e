"""What a person said in the full trafficking interview reaches headquarters sealed, and only who is cleared
reads it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.outcome import Mark
from fieldkit.services import (
    asking_again,
    clearance,
    devices,
    enrolment,
    exchange,
    for_office,
    importing,
    office_answers,
    office_clearance,
    people,
    receipts,
    travel,
)
from fieldkit.services.intake import Finished
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import State
from fieldkit.storage.kinds_sealed import READ
from fieldkit.sync.faults import BundleFault
from tests.stories import sealed_office
from tests.stories.desks import only_as
from tests.stories.people import AGREED, IN_PRIVATE, NOT_AGREED, Told, led, screened
from tests.stories.sealed_office import NOOR, ODA, Headquarters, counsellor_at, everybody_at
from tests.stories.test_sealed_classes import everything_in, with_the_database_key_alone

TRAFFICKING = SealedClass.TRAFFICKING
RECRUITED: Told = {"recruit_acts": "passed_on", "recruit_by": "internet", "recruit_promises": "marriage"}
WORDS = (b"recruit_by", b"internet", b"passed_on", b"recruit_promises")
STAYS = "Sandoval-Invented waits at the bridge"


@pytest.fixture
def post(tmp_path: Path, headquarters: Headquarters) -> Iterator[OpenVault]:
    made = sealed_office.post_of(headquarters, tmp_path / "post", "Sealing post (invented)")
    yield made
    made.close()


def talk(post: OpenVault, agreed: Told = AGREED, **more: str | Mark) -> Finished:
    """Somebody tells a trained counsellor how it began."""
    told = {"danger_words": STAYS, **RECRUITED, **more}
    done = led(counsellor_at(post), "trafficking_full", IN_PRIVATE, agreed, told)
    everybody_at(post)
    return done


def told_of(vault: OpenVault, case: str) -> dict[str, tuple[str, ...]]:
    return {one.fact: one.values for one in office_answers.of_case(vault, case).told}


def test_what_was_said_in_the_full_interview_reaches_only_the_cleared_coordinator(
    headquarters: Headquarters, post: OpenVault, tmp_path: Path
) -> None:
    headquarters.clear(NOOR, TRAFFICKING)
    headquarters.publish()
    headquarters.tell(post)
    done = talk(post)
    sealed_office.carry(post, headquarters, tmp_path)

    coordinator = headquarters.in_as("Coordinator")  # administrator too, and cleared for nothing
    seen = office_answers.of_case(coordinator, done.case)
    assert seen.told == ()
    assert {one.name: one.ask for one in seen.hidden}[TRAFFICKING] == (NOOR,)
    opened = with_the_database_key_alone(coordinator)
    held = b"\n".join(everything_in(opened))
    opened.close()
    assert done.number.encode() in held, "what is open is found: the search looks where it should"
    for word in (*WORDS, STAYS.encode()):
        assert word not in held

    noor = headquarters.in_as(NOOR)
    told = told_of(noor, done.case)
    assert told["recruit_by"] == ("internet",)
    assert told["recruit_promises"] == ("marriage",)
    assert "danger_words" not in told, "what headquarters is no recipient of stays at the post"
    reads = [entry for entry, _ in noor.journal.about(f"case/{done.case}") if entry.kind == READ]
    assert [entry.actor for entry in reads] == [noor.person.id]
    assert noor.journal.verify(post.stream).sound


def test_nobody_at_headquarters_is_cleared_at_first_and_no_class_has_a_key(
    headquarters: Headquarters, post: OpenVault, tmp_path: Path
) -> None:
    vault = headquarters.vault
    assert vault.ring.classes == {}
    assert devices.class_keys(vault) == {}
    assert not any(vault.cleared(name) for name in SealedClass)
    assert {one.is_cleared for one in office_clearance.overview(vault)} == {False}
    done = talk(post)
    sealed_office.carry(post, headquarters, tmp_path)
    assert sealed_office.states(vault, done.case) == {State.WITHHELD}
    assert office_answers.of_case(vault, done.case).withheld > 0


def test_an_administrator_clears_one_coordinator_with_a_reason_and_never_themselves(
    headquarters: Headquarters,
) -> None:
    vault, noor = headquarters.vault, headquarters.ids[NOOR]
    for person, reason, code in (
        (noor, " ", "clearance.reason_missing"),
        (vault.person.id, "I need it", "clearance.not_yourself"),
        ("0" * 32, "who?", "clearance.not_coordinator"),
    ):
        with pytest.raises(PersonFault, match=code):
            office_clearance.clear(vault, person, TRAFFICKING, reason)
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        office_clearance.clear(only_as(vault, Role.COORDINATOR), noor, TRAFFICKING, "follows up")
    only_as(vault, Role.COORDINATOR, Role.ADMINISTRATOR)
    assert office_clearance.clear(vault, noor, TRAFFICKING, "follows up")
    with pytest.raises(PersonFault, match=r"clearance\.already"):
        office_clearance.clear(vault, noor, TRAFFICKING, "again")
    assert vault.ring.classes == {}, "whoever clears keeps no key"
    (given,) = [one for one in office_clearance.overview(vault) if one.is_cleared]
    assert (given.label, given.name, given.reason, given.holds) == (NOOR, TRAFFICKING, "follows up", True)


def test_the_next_one_gets_the_key_from_who_holds_it(headquarters: Headquarters) -> None:
    headquarters.clear(NOOR, TRAFFICKING)
    oda = headquarters.ids[ODA]
    assert not office_clearance.clear(headquarters.vault, oda, TRAFFICKING, "on leave weeks")
    assert not headquarters.in_as(ODA).cleared(TRAFFICKING)
    with pytest.raises(PersonFault, match=r"keys\.not_held"):
        clearance.give(headquarters.vault, oda, TRAFFICKING)
    clearance.give(headquarters.in_as(NOOR), oda, TRAFFICKING)
    assert headquarters.in_as(ODA).cleared(TRAFFICKING)
    with pytest.raises(PersonFault, match=r"keys\.not_cleared"):
        clearance.give(headquarters.vault, headquarters.ids["Coordinator"], TRAFFICKING)


def test_somebody_who_said_no_sends_nothing_sealed_either(
    headquarters: Headquarters, post: OpenVault, tmp_path: Path
) -> None:
    headquarters.clear(NOOR, TRAFFICKING)
    headquarters.publish()
    headquarters.tell(post)
    done = talk(post, NOT_AGREED)
    assert post.database.number("SELECT COUNT(*) FROM sealed_for_office") == 0
    sealed_office.carry(post, headquarters, tmp_path)
    assert sealed_office.states(headquarters.vault, done.case) == {State.WITHHELD}

    asking_again.agrees_now(post, done.case, "headquarters")
    sealed_office.carry(post, headquarters, tmp_path)
    assert State.SEALED in sealed_office.states(headquarters.vault, done.case)
    assert told_of(headquarters.in_as(NOOR), done.case)["recruit_by"] == ("internet",)


@pytest.mark.parametrize("confirmed", [False, True], ids=["no receipt yet", "after a receipt"])
def test_what_was_said_before_headquarters_had_a_key_comes_later_through_who_may_read_it(
    headquarters: Headquarters, post: OpenVault, tmp_path: Path, confirmed: bool
) -> None:
    done = talk(post)
    sealed_office.carry(post, headquarters, tmp_path)
    if confirmed:
        headquarters.tell(post)
    headquarters.clear(NOOR, TRAFFICKING)
    headquarters.publish()
    headquarters.tell(post)
    only_as(post, Role.OFFICER)
    screened(post, IN_PRIVATE, AGREED)
    sealed_office.carry(post, headquarters, tmp_path)
    assert sealed_office.states(headquarters.vault, done.case) == {State.WITHHELD}, (
        "an officer cannot open it"
    )

    only_as(post, Role.COUNSELLOR)
    screened(post, IN_PRIVATE, AGREED)
    (lost, *_) = exchange.export(post, tmp_path).files  # this stick fell into the river
    sealed_office.carry(post, headquarters, tmp_path)
    assert State.SEALED in sealed_office.states(headquarters.vault, done.case)
    assert importing.import_bundle(headquarters.vault, tmp_path / lost).already
    headquarters.tell(post)
    screened(post, IN_PRIVATE, AGREED)
    (name, *_) = exchange.export(post, tmp_path).files
    assert all(
        line.number >= receipts.first_to_send(post)
        for line in importing.look(headquarters.vault, tmp_path / name).sealed_lines()
    ), "what is there is not sent again"
    assert told_of(headquarters.in_as(NOOR), done.case)["recruit_by"] == ("internet",)


def test_persons_are_counted_by_who_is_cleared_once_each_and_never_as_zero(
    headquarters: Headquarters, post: OpenVault, tmp_path: Path
) -> None:
    headquarters.clear(NOOR, TRAFFICKING)
    headquarters.publish()
    headquarters.tell(post)
    first = talk(post)
    talk(post, recruit_fee=Mark.DECLINED, recruit_by="stranger")
    led(counsellor_at(post), "trafficking_full", IN_PRIVATE, AGREED, RECRUITED, case=first.case)
    everybody_at(post)
    sealed_office.carry(post, headquarters, tmp_path)
    assert office_answers.counts(headquarters.in_as("Coordinator")) == {}
    noor = headquarters.in_as(NOOR)
    figures = {one.name: one for one in office_answers.counts(noor)[TRAFFICKING]}
    assert {value: figure.value for value, figure in figures["recruit_by"].persons} == {
        "internet": 1,
        "stranger": 1,
    }
    fee = figures["recruit_fee"]
    assert (fee.persons, fee.base.asked, fee.base.declined) == ((), 0, 1)
    (written,) = [entry for entry, _ in noor.journal.about(office_answers.FIGURES)]
    assert (written.kind, written.actor) == (READ, noor.person.id)


def test_a_new_key_of_a_class_goes_out_with_the_trust_list_and_the_old_one_still_opens(
    headquarters: Headquarters, post: OpenVault, tmp_path: Path
) -> None:
    headquarters.clear(NOOR, TRAFFICKING)
    clearance_of_oda = headquarters.ids[ODA]
    headquarters.clear(ODA, TRAFFICKING)
    clearance.give(headquarters.in_as(NOOR), clearance_of_oda, TRAFFICKING)
    headquarters.publish()
    headquarters.tell(post)
    before = for_office.keys(post)[TRAFFICKING]
    early = talk(post)
    sealed_office.carry(post, headquarters, tmp_path)

    admin = headquarters.in_as("Coordinator")
    assert not devices.is_due(admin)
    office_clearance.end(admin, headquarters.ids[NOOR], TRAFFICKING, "other work")
    assert not headquarters.in_as(NOOR).cleared(TRAFFICKING)
    assert told_of(headquarters.vault, early.case) == {}
    oda = headquarters.in_as(ODA)  # holds it, and makes a new one
    assert devices.class_keys(oda)[TRAFFICKING] != before
    assert devices.is_due(oda)
    late = talk(post)  # the post has not heard yet
    sealed_office.carry(post, headquarters, tmp_path)
    for done in (early, late):
        assert told_of(headquarters.vault, done.case)["recruit_by"] == ("internet",)
    headquarters.publish()
    headquarters.tell(post)
    assert for_office.keys(post)[TRAFFICKING] == devices.class_keys(headquarters.vault)[TRAFFICKING]
    after = talk(post)
    sealed_office.carry(post, headquarters, tmp_path)
    assert told_of(headquarters.in_as(ODA), after.case)["recruit_by"] == ("internet",)
    assert told_of(headquarters.in_as(NOOR), after.case) == {}


def test_when_the_last_one_goes_nothing_more_is_sealed_for_headquarters(
    headquarters: Headquarters, post: OpenVault, tmp_path: Path
) -> None:
    headquarters.clear(NOOR, TRAFFICKING)
    headquarters.publish()
    headquarters.tell(post)
    done = talk(post)
    sealed_office.carry(post, headquarters, tmp_path)
    people.change(
        headquarters.in_as("Coordinator"), headquarters.ids[NOOR], NOOR, frozenset({Role.SUPERVISOR})
    )
    assert {one.is_cleared for one in office_clearance.overview(headquarters.vault)} == {False}
    headquarters.publish()
    headquarters.tell(post)
    assert for_office.keys(post) == {}
    later = talk(post)
    sealed_office.carry(post, headquarters, tmp_path)
    assert sealed_office.states(headquarters.vault, later.case) == {State.WITHHELD}
    assert State.SEALED in sealed_office.states(headquarters.vault, done.case), "and opens for nobody now"
    headquarters.clear(ODA, TRAFFICKING)
    oda = headquarters.in_as(ODA)
    assert oda.cleared(TRAFFICKING)
    seen = office_answers.of_case(oda, done.case)
    assert seen.told == ()
    assert seen.lost > 0


def test_a_post_that_enrols_later_reads_the_keys_in_the_office_file(
    headquarters: Headquarters, tmp_path: Path
) -> None:
    headquarters.clear(NOOR, TRAFFICKING)
    headquarters.publish()
    late = sealed_office.post_of(headquarters, tmp_path / "late", "Late post (invented)")
    assert enrolment.held_list(late) is None
    done = talk(late)
    sealed_office.carry(late, headquarters, tmp_path)
    assert told_of(headquarters.in_as(NOOR), done.case)["recruit_by"] == ("internet",)
    late.close()


def test_what_was_erased_does_not_come_back_sealed(
    headquarters: Headquarters, post: OpenVault, tmp_path: Path
) -> None:
    headquarters.clear(NOOR, TRAFFICKING)
    headquarters.publish()
    headquarters.tell(post)
    done = talk(post)
    (name, *_) = exchange.export(post, tmp_path).files
    payloads = [entry.payload for entry, _ in post.journal.about(f"case/{done.case}")]
    headquarters.vault.journal.erase(payloads)
    importing.import_bundle(headquarters.vault, tmp_path / name)
    assert sealed_office.states(headquarters.vault, done.case) == {State.ERASED}


def test_a_sealed_line_for_another_entry_is_refused_with_the_whole_bundle(
    headquarters: Headquarters, post: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    headquarters.clear(NOOR, TRAFFICKING)
    headquarters.publish()
    headquarters.tell(post)
    done = talk(post)
    real = travel._line
    monkeypatch.setattr(travel, "_line", lambda number, *more: real(number + 1, *more))
    (name, *_) = exchange.export(post, tmp_path).files
    with pytest.raises(BundleFault, match=r"bundle\.unsound"):
        importing.import_bundle(headquarters.vault, tmp_path / name)
    assert sealed_office.states(headquarters.vault, done.case) == set()
