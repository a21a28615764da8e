"""Any answer in a case can be asked for its history: who, when, what before and after, why, and through whom.

Nobody here exists.
"""

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.outcome import Mark, Verdict
from fieldkit.services import (
    answer_history,
    closing,
    conflicts,
    correcting,
    differences,
    finished,
    history,
    intake,
    refer,
    second_person,
)
from fieldkit.services.answer_history import AnswerHistory, Stage
from fieldkit.services.intake import Finished
from fieldkit.services.vault import OpenVault
from tests.stories.desks import only_as, sits_down
from tests.stories.offices import clock_of
from tests.stories.people import (
    AGREED,
    AN_ADULT,
    FEAR,
    IN_PRIVATE,
    NO_URGENT_NEED,
    led,
    screened,
    screened_again,
)

CLEARED = (Role.COUNSELLOR, Role.HEALTH_WORKER, Role.CHILD_PROTECTION)
NAME, FEAR_RETURN = "/data/person/name_told", "/data/why/fear_return"


def talked(vault: OpenVault) -> Finished:
    told = {**AN_ADULT, "birth_date": Mark.UNKNOWN}
    return screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, told, FEAR, {"wishes": Mark.DECLINED})


def about(done: Finished) -> str:
    return subject("case", done.case)


def asked(vault: OpenVault, done: Finished, ref: str) -> AnswerHistory:
    return answer_history.of_answer(vault, about(done), ref, "en")


def put_right(vault: OpenVault, done: Finished, value: str, why: str, *, beside: bool = False) -> Finished:
    interview = correcting.correct(vault, about(done), done.instance_id)
    interview.answer(NAME, value)
    interview.give_reason(NAME, why)
    return intake.finish(vault, interview, beside=beside)


def test_every_question_that_was_put_can_be_chosen_also_one_without_an_answer(post: OpenVault) -> None:
    done = talked(post)
    (one,) = finished.of_case(post, done.case)
    listed = {row.ref: row for row in answer_history.answers(post, one, "en")}
    assert listed[NAME].answer == "Amaru Testperson"
    ended = {ref.rpartition("/")[2]: row.mark for ref, row in listed.items()}
    assert (ended["birth_date"], ended["wishes"]) == (Mark.UNKNOWN, Mark.DECLINED)
    assert ended["smuggler_used"] is Mark.NOT_ASKED
    assert all(row.label for row in listed.values())


def test_an_answer_that_was_never_changed_has_a_history_too(post: OpenVault) -> None:
    done = talked(post)
    told = asked(post, done, FEAR_RETURN)
    ((first,),) = [talk.chain for talk in told.talks]
    assert (first.stage, first.answer, first.who, first.interpreted) == (
        Stage.GIVEN,
        "Yes",
        "Officer One",
        "interpreter",
    )
    assert first.reviewed is False  # nobody who speaks Tigrinya has reviewed the text yet
    assert first.at.startswith("2026-03-02")


def test_who_changed_it_when_from_what_to_what_and_why(post: OpenVault) -> None:
    done = talked(post)
    clock_of(post).turn(days=1)
    sits_down(post, "Counsellor Two", *CLEARED)
    put_right(post, done, "Amaru Otherperson", "written down wrongly")
    (talk,) = asked(post, done, NAME).talks
    assert [(one.stage, one.answer, one.who, one.why, one.at[:10]) for one in talk.chain] == [
        (Stage.GIVEN, "Amaru Testperson", "Officer One", "", "2026-03-02"),
        (Stage.CORRECTED, "Amaru Otherperson", "Counsellor Two", "written down wrongly", "2026-03-03"),
    ]


def test_asked_again_another_day_is_told_beside_the_first_talk(post: OpenVault) -> None:
    done = talked(post)
    clock_of(post).turn(days=2)
    screened_again(post, done.case, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, {"fear_return": "no"})
    told = asked(post, done, FEAR_RETURN)
    assert [(talk.day, talk.chain[0].answer) for talk in told.talks] == [
        ("2026-03-02", "Yes"),
        ("2026-03-04", "No"),
    ]


def test_what_was_set_aside_is_never_lost(post: OpenVault) -> None:
    done = talked(post)
    drafts = [correcting.correct(post, about(done), done.instance_id) for _ in range(2)]
    for draft, name in zip(drafts, ("Amaru Other", "Amaru Third"), strict=True):
        draft.answer(NAME, name)
        draft.give_reason(NAME, "asked once more")
    intake.finish(post, drafts[0])
    stays = intake.finish(post, drafts[1], beside=True)
    (talk,) = asked(post, done, NAME).talks
    assert [(one.stage, one.answer) for one in talk.chain] == [
        (Stage.GIVEN, "Amaru Testperson"),
        (Stage.CORRECTED, "Amaru Other"),
        (Stage.BESIDE, "Amaru Third"),
    ]
    (found,) = differences.differences(post)
    entry = next(one.entry for one in found.values if one.value == stays.instance_id)
    conflicts.settle(post, found, entry, "as in her passport")
    (talk,) = asked(post, done, NAME).talks
    assert [(one.stage, one.answer) for one in talk.chain] == [
        (Stage.GIVEN, "Amaru Testperson"),
        (Stage.CORRECTED, "Amaru Third"),
        (Stage.SET_ASIDE, "Amaru Other"),
    ]


def test_what_waits_for_a_second_person_and_who_agreed_are_told(post: OpenVault) -> None:
    done = talked(post)
    for one in refer.suggestions(post, done.case):
        if one.verdict is Verdict.YES:
            refer.confirm(post, done.case, one.category, one.rule)
    closing.close_case(post, done.case, closing.Because.HELPED, "the office has her")
    made = put_right(post, done, "Amaru Otherperson", "written down wrongly")
    (talk,) = asked(post, done, NAME).talks
    assert [one.stage for one in talk.chain] == [Stage.GIVEN, Stage.WAITS]
    sits_down(post, "Counsellor Two", *CLEARED)
    second_person.agree(post, made.proposal, "as the paper says")
    (talk,) = asked(post, done, NAME).talks
    assert [(one.stage, one.who, one.second) for one in talk.chain] == [
        (Stage.GIVEN, "Officer One", ""),
        (Stage.CORRECTED, "Officer One", "Counsellor Two"),
    ]


def test_a_colleague_s_talk_takes_nobody_s_own_talk_from_them(post: OpenVault) -> None:
    """K-09: an officer who cannot read what was said any more would ask it all again."""
    done = talked(post)
    other = led(post, "stateless", IN_PRIVATE, AGREED, case=done.case)
    only_as(post, Role.OFFICER)
    (seen,) = history.histories(post, about(done), "en")
    assert seen.newest.form == "screening"
    assert finished.find(post, about(done), done.instance_id).form == "screening"
    with pytest.raises(PersonFault, match=r"form\.not_for_role"):
        finished.find(post, about(done), other.instance_id)


def test_whoever_may_not_open_the_form_sees_none_of_it(post: OpenVault) -> None:
    done = talked(post)
    only_as(post, Role.ADMINISTRATOR)
    with pytest.raises(PersonFault, match=r"form\.not_for_role"):
        asked(post, done, NAME)
