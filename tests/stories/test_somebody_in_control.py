"""Somebody may be under another's control. First the quick check that everybody gets, later a trained person."""

from datetime import date

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.outcome import Verdict
from fieldkit.services import intake, refer, sealed, training
from fieldkit.services.case_file import read_case
from fieldkit.services.intake import Finished
from fieldkit.services.vault import OpenVault
from tests.stories.desks import only_as
from tests.stories.people import AGREED, IN_PRIVATE, Told, answer_all, led, ref_of

NOBODY_IN_CONTROL: Told = {
    "age_years": "34",
    "control_signs": "none",
    "made_to": "none",
    "can_leave": "yes",
    "awaited": "no",
    "afraid_to_talk": "no",
    "signs_seen": "none",
}


def checked(post: OpenVault, *told: Told, case: str = "") -> Finished:
    """A finished quick check, led by an officer without training."""
    return led(only_as(post, Role.OFFICER), "trafficking_quick", *told, case=case)


def found(post: OpenVault, case: str) -> set[str]:
    """The categories that stand in the case, as an officer sees them."""
    said = refer.suggestions(post, case)
    return {suggestion.category for suggestion in said if suggestion.verdict is Verdict.YES}


def rules_of(post: OpenVault, case: str, verdict: Verdict = Verdict.YES) -> set[str]:
    """The rules that said so when an interview was finished."""
    entries = read_case(post.journal, case).of_kind("outcome.suggested")
    return {said.payload["rule"] for said in entries if said.payload["verdict"] == verdict}


def test_a_companion_who_will_not_leave_is_a_sign_and_nobody_is_asked_beside_him(post: OpenVault) -> None:
    companion = {**IN_PRIVATE, "interpreted": "companion"}
    del companion["interpreter_undertaking"]
    interview = intake.begin(post, "trafficking_quick", officer_language="en", person_language="en")
    answer_all(interview, companion, AGREED)
    with pytest.raises(AssertionError, match="is not asked now"):
        ref_of(interview, "control_signs")
    answer_all(interview, {"signs_seen": "speaks_for"})
    done = intake.finish(post, interview)
    assert {"C04", "C05", "C27"} <= found(post, done.case), "the age is not known: in doubt a child too"
    assert rules_of(post, done.case) == {"C04-4", "C05-2", "C27-2"}


@pytest.mark.parametrize(
    "sign",
    [
        {"made_to": "house"},
        {"made_to": "sexual"},
        {"can_leave": "no"},
        {"can_leave": "perhaps"},
        {"awaited": "perhaps"},
        {"afraid_to_talk": "yes"},
        {"signs_seen": "learned_words"},
    ],
)
def test_one_sign_is_enough_for_a_man_as_for_a_woman(post: OpenVault, sign: dict[str, str]) -> None:
    done = checked(post, IN_PRIVATE, AGREED, {**NOBODY_IN_CONTROL, **sign})
    assert found(post, done.case) == {"C04"}
    assert rules_of(post, done.case) == {"C04-3"}


def test_a_child_is_called_for_at_once_and_need_not_have_been_forced(post: OpenVault) -> None:
    done = checked(post, IN_PRIVATE, AGREED, {**NOBODY_IN_CONTROL, "age_years": "15", "made_to": "beg"})
    (child,) = [one for one in refer.suggestions(post, done.case) if one.category == "C05"]
    assert (child.rule, child.target_hours) == ("C05-2", 0)
    assert refer.is_handed_over(post, "C05")


def test_only_whoever_was_asked_everything_gets_a_no(post: OpenVault) -> None:
    done = checked(post, IN_PRIVATE, AGREED, NOBODY_IN_CONTROL)
    assert found(post, done.case) == set()
    assert {"C04-1", "C04-3"}.isdisjoint(rules_of(post, done.case, Verdict.CANNOT_TELL))
    asked_less = {name: said for name, said in NOBODY_IN_CONTROL.items() if name != "awaited"}
    done = checked(post, IN_PRIVATE, AGREED, asked_less)
    assert "C04-3" in rules_of(post, done.case, Verdict.CANNOT_TELL)


def test_whoever_was_brought_for_money_gets_the_quick_check(post: OpenVault) -> None:
    done = led(post, "screening", IN_PRIVATE, AGREED, {"smuggler_used": "perhaps"})
    (brought,) = [one for one in refer.suggestions(post, done.case) if one.category == "C16"]
    what_to_do = next(one.text for one in post.rules.texts if one.id == brought.procedure)
    assert "quick check" in what_to_do


def test_what_was_told_is_kept_from_the_officer_who_wrote_it_down(post: OpenVault) -> None:
    done = checked(
        post, IN_PRIVATE, AGREED, {**NOBODY_IN_CONTROL, "made_to": "house", "signs_seen": "no_idea"}
    )
    for name in ("made_to", "signs_seen"):
        assert sealed.answers(post, read_case(post.journal, done.case)).said(name) == ()
    counsellor = only_as(post, Role.COUNSELLOR)
    assert sealed.answers(counsellor, read_case(post.journal, done.case)).said("made_to") == ("house",)


def test_a_later_no_in_the_long_talk_takes_nothing_back_and_fear_leads_to_asylum_too(post: OpenVault) -> None:
    """R-046: both ways stand open. R-070: dangers are noted as told, and again when things change."""
    done = checked(post, IN_PRIVATE, AGREED, {**NOBODY_IN_CONTROL, "can_leave": "perhaps"})
    training.record(
        post_as_keeper(post), post.person.id, "trafficking", date(2026, 1, 15), "Invented Institute"
    )
    counsellor = only_as(post, Role.COUNSELLOR)
    first = {
        "assessment_reason": "first",
        "dangers": "near family",
        "control_signs": "none",
        "made_to": "none",
    }
    led(counsellor, "trafficking_full", IN_PRIVATE, AGREED, {**first, "fear_return": "yes"}, case=done.case)
    assert found(counsellor, done.case) == {"C01", "C04"}
    again = {"assessment_reason": "changed", "dangers": "none", "protective_needs": "safe_place lawyer"}
    led(counsellor, "trafficking_full", IN_PRIVATE, AGREED, again, case=done.case)
    answers = sealed.answers(counsellor, read_case(counsellor.journal, done.case))
    assert answers.said("dangers") == ("near family", "none")
    assert found(counsellor, done.case) == {"C01", "C04"}


def test_the_police_are_a_question_only_after_help_and_no_help_depends_on_it(post: OpenVault) -> None:
    training.record(
        post_as_keeper(post), post.person.id, "trafficking", date(2026, 1, 15), "Invented Institute"
    )
    counsellor = only_as(post, Role.COUNSELLOR)
    interview = intake.begin(counsellor, "trafficking_full", officer_language="en", person_language="en")
    answer_all(interview, IN_PRIVATE, AGREED, {"protective_needs": "doctor", "help_arranged": "no"})
    with pytest.raises(AssertionError, match="is not asked now"):
        ref_of(interview, "police_wish")
    answer_all(interview, {"help_arranged": "yes", "police_wish": "no", "control_signs": "forced"})
    done = intake.finish(counsellor, interview)
    refer.confirm(counsellor, done.case, "C04", "C04-4")
    service = refer.services_for(counsellor, "C04")[0]
    assert refer.refer(counsellor, done.case, "C04", service.id, safe_to_carry=False)


def test_without_the_training_the_long_talk_stays_closed_to_a_counsellor(post: OpenVault) -> None:
    with pytest.raises(PersonFault, match=r"form\.not_trained"):
        led(only_as(post, Role.COUNSELLOR), "trafficking_full")


def post_as_keeper(post: OpenVault) -> OpenVault:
    """The same desk with whoever looks after its accounts."""
    return only_as(post, Role.ADMINISTRATOR)
