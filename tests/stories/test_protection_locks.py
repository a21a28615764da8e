"""Rule 5: locks stop papers, plans and outcomes, never the recording of what happened.

Where a second person is required and none is there, protection stays on and the request waits.
"""

from collections.abc import Callable

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.outcome import Verdict
from fieldkit.services import closing, correcting, finished, intake, record, refer, second_person
from fieldkit.services.case_file import read_case
from fieldkit.services.closing import Because
from fieldkit.services.intake import Finished
from fieldkit.services.record import Copy, Wanted
from fieldkit.services.vault import OpenVault
from tests.stories.desks import Desks, sits_down, text_of
from tests.stories.offices import clock_of
from tests.stories.people import (
    AGREED,
    AN_ADULT,
    FEAR,
    IN_PRIVATE,
    NO_URGENT_NEED,
    Told,
    screened,
    screened_again,
)

A_CHILD_ALONE: Told = {
    "name_told": "Amaru Testperson",
    "sex": "male",
    "age_years": "14",
    "nationality": "ER",
    "alone": "yes",
}
ALONE = "C06"
NAME = "/data/person/name_told"
CLEARED = (Role.COUNSELLOR, Role.HEALTH_WORKER, Role.CHILD_PROTECTION)
"""Somebody who may be a second person, and may read all that is sealed in a screening."""


def decided(vault: OpenVault, *told: Told) -> Finished:
    done = screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, *told)
    for one in refer.suggestions(vault, done.case):
        if one.verdict is Verdict.YES:
            refer.confirm(vault, done.case, one.category, one.rule)
    return done


def closed(vault: OpenVault) -> Finished:
    done = decided(vault, AN_ADULT, FEAR)
    closing.close_case(vault, done.case, Because.HELPED, "the asylum office has her")
    return done


def refuses(attempt: Callable[[], object], code: str) -> None:
    with pytest.raises(PersonFault) as fault:
        attempt()
    assert fault.value.code == code


def test_what_protects_a_child_is_closed_by_two_people(desks: Desks) -> None:
    vault = desks.training
    done = decided(vault, A_CHILD_ALONE)
    assert not closing.close_category(vault, done.case, ALONE, Because.HELPED, "an aunt came")
    clock_of(vault).turn(days=30)
    assert ALONE in read_case(vault.journal, done.case).confirmed(), "nobody came, and protection stays on"
    (waits,) = second_person.waiting(vault, subject("case", done.case))
    refuses(lambda: second_person.agree(vault, waits.proposal, "I saw the aunt"), "second.same_person")
    sits_down(vault, "Child protection officer", *CLEARED)
    second_person.agree(vault, waits.proposal, "I saw the aunt and her papers")
    assert ALONE in read_case(vault.journal, done.case).closed_categories()


def test_a_correction_of_a_closed_case_changes_nothing_until_another_person_agrees(desks: Desks) -> None:
    vault = desks.training
    done = closed(vault)
    interview = correcting.correct(vault, subject("case", done.case), done.instance_id)
    interview.answer(NAME, "Amaru Otherperson")
    interview.give_reason(NAME, "written down wrongly")
    made = intake.finish(vault, interview)
    (stands,) = [one for one in finished.of_case(vault, done.case) if one.stands]
    assert stands.instance_id == done.instance_id
    refuses(lambda: second_person.agree(vault, made.proposal, "as I said"), "second.same_person")
    sits_down(vault, "Counsellor Two", *CLEARED)
    second_person.agree(vault, made.proposal, "as the paper says")
    (stands,) = [one for one in finished.of_case(vault, done.case) if one.stands]
    assert stands.instance_id == made.instance_id


def test_a_closed_case_stops_plans_and_never_the_recording_of_what_was_said(desks: Desks) -> None:
    vault = desks.training
    done = closed(vault)
    service = refer.services_for(vault, "C01")[0].id
    refuses(lambda: refer.choose(vault, done.case, "C12", "she is 71"), "case.closed")
    refuses(lambda: refer.refer(vault, done.case, "C01", service, safe_to_carry=True), "case.closed")
    screened_again(vault, done.case, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT)
    assert len(read_case(vault.journal, done.case).submissions()) == 2


def test_nothing_that_is_printed_says_that_somebody_is_cleared(desks: Desks) -> None:
    vault = desks.training
    done = closed(vault)
    closing.reopen_case(vault, done.case, "a paper is needed")
    closing.close_category(vault, done.case, "C01", Because.HELPED, "the asylum office has her")
    closing.close_case(vault, done.case, Because.HELPED, "the asylum office has her")
    paper = record.record(
        vault, subject("case", done.case), done.instance_id, Wanted(Copy.FOR_THE_FILE, ("en", "fr"))
    )
    said = text_of(paper).lower()
    assert not [
        word for word in ("cleared", "case is closed", "no risk", "asylum office has her") if word in said
    ]
