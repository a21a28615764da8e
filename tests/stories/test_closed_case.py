"""A case is closed with a reason, opened again, and corrected while closed: then a second person has to agree.

Nobody here exists. Two people share one laptop: Officer One, and a counsellor who may be the second person.
"""

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.outcome import Verdict
from fieldkit.services import closing, correcting, events, finished, intake, refer, second_person
from fieldkit.services.case_file import CaseFile, read_case
from fieldkit.services.closing import Because
from fieldkit.services.intake import Finished
from fieldkit.services.travel import Leave
from fieldkit.services.vault import OpenVault
from tests.stories.desks import sits_down
from tests.stories.people import AGREED, AN_ADULT, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened, screened_again

NAME = "/data/person/name_told"
CLEARED = (Role.COUNSELLOR, Role.HEALTH_WORKER, Role.CHILD_PROTECTION)
"""Somebody who may read all that is sealed in a screening."""
CHILD = {
    "name_told": "Amaru Testperson",
    "sex": "male",
    "age_years": "14",
    "nationality": "ER",
    "alone": "yes",
}


def case_of(vault: OpenVault, *told: dict[str, str]) -> Finished:
    return screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR, *told)


def decided(vault: OpenVault, done: Finished) -> Finished:
    """Everything that a rule suggested is confirmed."""
    for one in refer.suggestions(vault, done.case):
        if one.verdict is Verdict.YES:
            refer.confirm(vault, done.case, one.category, one.rule)
    return done


def closed(vault: OpenVault) -> Finished:
    done = decided(vault, case_of(vault))
    closing.close_case(vault, done.case, Because.HELPED, "the asylum office has her")
    return done


def file_of(vault: OpenVault, done: Finished) -> CaseFile:
    return read_case(vault.journal, done.case)


def proposed(vault: OpenVault, done: Finished, name: str = "Amaru Otherperson") -> Finished:
    interview = correcting.correct(vault, subject("case", done.case), done.instance_id)
    interview.answer(NAME, name)
    interview.give_reason(NAME, "written down wrongly")
    return intake.finish(vault, interview)


def refused(code: str, *attempts: object) -> None:
    for attempt in attempts:
        with pytest.raises(PersonFault) as fault:
            attempt()  # type: ignore[operator]
        assert fault.value.code == code


# --- closing ------------------------------------------------------------------------------------------------


def test_a_case_is_closed_with_a_reason_when_nothing_in_it_waits(post: OpenVault) -> None:
    done = case_of(post)
    refused(
        "closing.undecided", lambda: closing.close_case(post, done.case, Because.HELPED, "the office has her")
    )
    decided(post, done)
    refused("closing.reason_missing", lambda: closing.close_case(post, done.case, Because.HELPED, "  "))
    closing.close_case(post, done.case, Because.HELPED, "the asylum office has her")
    assert file_of(post, done).is_closed
    told = [(one.told, one.why) for one in events.events(post, done.case, "en")]
    assert told[-1] == ("The case was closed.", "the asylum office has her")


def test_its_categories_stand_and_plans_wait_until_it_is_opened_again(post: OpenVault) -> None:
    done = closed(post)
    assert "C01" in file_of(post, done).confirmed()
    service = refer.services_for(post, "C01")[0].id
    refused(
        "case.closed",
        lambda: refer.choose(post, done.case, "C12", "she is 71"),
        lambda: refer.refer(post, done.case, "C01", service, safe_to_carry=True),
    )
    closing.reopen_case(post, done.case, "he came back")
    assert not file_of(post, done).is_closed
    refer.choose(post, done.case, "C12", "he is 71")


def test_another_talk_is_never_refused_and_opens_the_case(post: OpenVault) -> None:
    done = closed(post)
    screened_again(post, done.case, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT)
    assert not file_of(post, done).is_closed
    assert len(file_of(post, done).submissions()) == 2


def test_a_category_stands_until_a_person_closes_it_with_a_reason(post: OpenVault) -> None:
    done = decided(post, case_of(post))
    screened_again(post, done.case, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, {"fear_return": "no"})
    assert "C01" in file_of(post, done).confirmed()
    refused(
        "closing.reason_missing", lambda: closing.close_category(post, done.case, "C01", Because.HELPED, "")
    )
    assert closing.close_category(post, done.case, "C01", Because.HELPED, "she is with the asylum office")
    file = file_of(post, done)
    assert "C01" not in file.confirmed()
    assert file.closed_categories()["C01"].payload["reason"] == "she is with the asylum office"
    shown = next(one for one in refer.suggestions(post, done.case) if one.category == "C01")
    assert (shown.verdict, shown.standing) == (Verdict.YES, refer.Standing.CLOSED)
    refer.confirm(post, done.case, "C01", shown.rule)
    assert "C01" in file_of(post, done).confirmed()


# --- a second person ----------------------------------------------------------------------------------------


def test_a_correction_of_a_closed_case_counts_when_a_second_person_agreed(post: OpenVault) -> None:
    done = closed(post)
    made = proposed(post, done)
    assert made.proposal
    assert [one.instance_id for one in finished.of_case(post, done.case) if one.stands] == [done.instance_id]
    assert file_of(post, done).answers().values["name_told"] == ("Amaru Testperson",)
    refused("second.same_person", lambda: second_person.agree(post, made.proposal, "as the paper says"))
    sits_down(post, "Counsellor Two", *CLEARED)
    (waits,) = second_person.waiting(post, subject("case", done.case))
    assert (waits.asked_by, waits.reason, waits.instance_id) == (
        "Officer One",
        "written down wrongly",
        done.instance_id,
    )
    assert [(one["from"], one["to"]) for one in waits.changes] == [("Amaru Testperson", "Amaru Otherperson")]
    second_person.agree(post, made.proposal, "as the paper says")
    assert second_person.waiting(post) == ()
    (stands,) = [one for one in finished.of_case(post, done.case) if one.stands]
    assert (stands.by, stands.second) == ("Officer One", "Counsellor Two")
    assert file_of(post, done).answers().values["name_told"] == ("Amaru Otherperson",)
    assert file_of(post, done).is_closed


def test_a_second_person_may_say_no_and_nothing_changed(post: OpenVault) -> None:
    done = closed(post)
    made = proposed(post, done)
    sits_down(post, "Counsellor Two", *CLEARED)
    refused("second.reason_missing", lambda: second_person.refuse(post, made.proposal, " "))
    second_person.refuse(post, made.proposal, "the paper says otherwise")
    assert second_person.waiting(post) == ()
    assert file_of(post, done).answers().values["name_told"] == ("Amaru Testperson",)
    refused("second.unknown", lambda: second_person.agree(post, made.proposal, "after all"))
    assert [one.why for one in events.events(post, done.case, "en")][-1] == "the paper says otherwise"


def test_whoever_may_not_be_the_second_person_is_told_so(post: OpenVault) -> None:
    done = closed(post)
    made = proposed(post, done)
    sits_down(post, "Officer Two", Role.OFFICER)
    refused("access.not_allowed", lambda: second_person.agree(post, made.proposal, "as the paper says"))
    assert len(second_person.waiting(post)) == 1


def test_whoever_may_not_read_all_of_it_cannot_agree(post: OpenVault) -> None:
    """What is sealed of a correction is sealed in the proposal too."""
    done = closed(post)
    made = proposed(post, done)
    sits_down(post, "Counsellor Two", Role.COUNSELLOR)
    refused("second.not_readable", lambda: second_person.agree(post, made.proposal, "as the paper says"))
    assert len(second_person.waiting(post)) == 1


def test_what_was_proposed_never_leaves_the_post_before_it_counts(post: OpenVault) -> None:
    done = closed(post)
    proposed(post, done)
    leave = Leave(post)
    kinds = {entry.kind for entry, _ in post.journal.entries(post.stream) if leave.may_travel(entry)}
    assert "case.closed" in kinds
    assert not kinds & {"correction.proposed", "correction.kept", "submission.kept"}


def test_what_somebody_else_settled_meanwhile_stands_beside_what_is_agreed_to(post: OpenVault) -> None:
    """Two proposals from the same screen: the second one replaces only what its proposer saw."""
    done = closed(post)
    made = [proposed(post, done, "Amaru Otherperson"), proposed(post, done, "Amaru Thirdperson")]
    sits_down(post, "Counsellor Two", *CLEARED)
    for one in made:
        second_person.agree(post, one.proposal, "as the paper says")
    assert sorted(file_of(post, done).answers().values["name_told"]) == [
        "Amaru Otherperson",
        "Amaru Thirdperson",
    ]
