"""Protection rule 6: a child's alert. Other posts receive four things; somebody tries to learn a fifth."""

import json

import pytest

from fieldkit.services import contacts, duty, early_alert, letters, refer
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.sync.shares import LetterFault, open_letter
from tests.stories.desks import Desks
from tests.stories.letters import A_CHILD, ABROAD, ALONE, a_body, a_child_alone, know_each_other
from tests.stories.offices import clock_of, everything_held
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, screened

CALL = "+44 1632 960104"


def alerted(desks: Desks) -> tuple[str, bytes]:
    """The river post alerts the lake post to a child; the case here and the letter."""
    river, lake = desks.training, desks.lake
    know_each_other(river, lake)
    case = a_child_alone(river)
    done = early_alert.raise_alert(river, case, CALL, desks.stick)
    assert done.posts == (lake.name,)
    (name,) = done.files
    return case, letters.read_file(desks.stick / name)


def test_other_posts_receive_four_things_and_no_byte_more(desks: Desks) -> None:
    case, sealed = alerted(desks)
    letter = open_letter(sealed, contacts.own_keys(desks.lake).opening)
    (row,) = [one for one in desks.training.queries.cases() if one.case == case]
    assert json.loads(letter.content).keys() == {
        *("age_band", "call", "number", "sex"),
        *("format", "kind", "text", "to"),
    }
    assert dict(letter.fields) == {
        "number": row.number,
        "age_band": "12-14",
        "sex": "female",
        "call": CALL,
    }
    assert letter.text.splitlines() == [
        f"A child. Call: {CALL}",
        f"Number {row.number}",
        "12 to 14 years",
        "Woman or girl",
    ]
    for told in ("Saba", "ER", "Eritrea", "2026", "invented", "river", "C06", "yes"):
        assert told.encode() not in letter.content and told not in letter.text, told


def test_the_same_four_things_go_to_headquarters_without_any_agreement(desks: Desks) -> None:
    case, _ = alerted(desks)
    (entry,) = [
        entry
        for entry, _ in desks.training.journal.entries(desks.training.stream)
        if entry.kind == "alert.raised"
    ]
    payload = desks.training.journal.payload(entry.payload)
    assert payload is not None
    assert payload.value().keys() == {"number", "age_band", "sex", "call"}
    assert case not in entry.subject


def test_the_other_post_keeps_it_and_learns_nothing_else(desks: Desks) -> None:
    case, sealed = alerted(desks)
    lake = desks.lake
    row = early_alert.receive(lake, sealed)
    assert (row.age_band, row.sex, row.call, row.way) == ("12-14", "female", CALL, "received")
    with pytest.raises(DeskFault, match=r"alert\.already"):
        early_alert.receive(lake, sealed)
    held = everything_held(lake)
    assert case.encode() not in held and b"Saba" not in held
    assert lake.queries.case_count() == 0


def test_a_band_is_no_age_and_the_youngest_that_was_said_counts(desks: Desks) -> None:
    post = desks.training
    for years, band in (("0", "0-5"), ("6", "6-11"), ("17", "15-17")):
        case = screened(post, ALONE, IN_PRIVATE, AGREED, {**A_CHILD, "age_years": years}).case
        assert early_alert.four_things(post, case, CALL).age_band == band
    unknown = {name: value for name, value in A_CHILD.items() if name != "age_years"}
    case = screened(post, ALONE, IN_PRIVATE, AGREED, unknown).case
    assert early_alert.four_things(post, case, CALL).age_band == early_alert.UNDER_18


def test_there_is_no_alert_of_an_adult_and_none_without_a_number(desks: Desks) -> None:
    post = desks.training
    adult = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT).case
    with pytest.raises(DeskFault, match=r"alert\.no_child"):
        early_alert.raise_alert(post, adult, CALL, None)
    child = a_child_alone(post)
    for call in ("", "call Hana", "1; rm"):
        with pytest.raises(DeskFault, match=r"alert\.no_number"):
            early_alert.raise_alert(post, child, call, None)


def test_a_body_that_is_no_post_gets_no_alert_and_a_post_abroad_only_past_the_block(desks: Desks) -> None:
    river, lake = desks.training, desks.lake
    know_each_other(river, lake, ABROAD)
    a_body(river, ABROAD)
    case = a_child_alone(river)
    done = early_alert.raise_alert(river, case, CALL, desks.stick)
    assert (done.files, done.left_out) == ((), (lake.name,))
    assert list(desks.stick.iterdir()) == []


def test_an_alert_waits_for_no_stick_and_no_agreement(desks: Desks) -> None:
    post = desks.training
    case = a_child_alone(post)
    done = early_alert.raise_alert(post, case, CALL, None)
    assert done.files == ()
    assert [row.number for row in early_alert.alerts(post)] == [_number(post, case)]


def test_a_call_is_kept_with_its_time_and_where_the_child_waits(desks: Desks) -> None:
    """Nobody answers, then the next number does; the child's name is not in what is kept of it."""
    post = desks.training
    case = a_child_alone(post)
    first, second = [one.id for one in refer.services_for(post, "C06")][:2]
    early_alert.record_call(post, case, first)
    clock_of(post).turn(minutes=5)
    for who, where in (("Duty officer Invented", ""), ("", "in room 2")):
        with pytest.raises(DeskFault, match=r"alert\.call_incomplete"):
            early_alert.record_call(post, case, second, who, where)
    early_alert.record_call(post, case, second, "Duty officer Invented", "in room 2, with the counsellor")
    calls = early_alert.calls(post, case)
    assert [(one.service, bool(one.answered_by)) for one in calls] == [(first, False), (second, True)]
    assert calls[0].at < calls[1].at


def test_a_letter_of_another_kind_is_no_alert(desks: Desks) -> None:
    _, sealed = alerted(desks)
    with pytest.raises(LetterFault, match=r"letter\.not_for_us"):
        early_alert.receive(desks.training, sealed)


def _number(vault: OpenVault, case: str) -> str:
    (found,) = [row.number for row in vault.queries.cases() if row.case == case]
    return found


def test_whoever_is_on_duty_now_is_called_first_and_no_number_is_left_out(desks: Desks) -> None:
    """A list that is out of date hides nobody (R-084)."""
    vault = desks.training
    numbers = duty.services(vault)
    assert len(numbers) > 1
    duty.keep(vault, numbers[-1].id, range(7), "00:00", "00:00")
    duty.keep(vault, numbers[0].id, range(7), "08:00", "20:00", until="2020-01-01")
    called = [one.service.id for one in duty.to_call(vault)]
    assert called[0] == numbers[-1].id
    assert sorted(called) == sorted(one.id for one in numbers)
