"""Rule 5: locks stop papers, plans and outcomes, never the recording of what happened.

Where a second person is required and none is there, protection stays on and the request waits.
"""

from collections.abc import Callable
from functools import partial

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.locks import GATE, Check, Lock, What
from fieldkit.domain.outcome import Verdict
from fieldkit.services import (
    closing,
    correcting,
    finished,
    held_people,
    intake,
    measures,
    permits,
    record,
    refer,
    second_person,
    thinking,
)
from fieldkit.services.case_file import read_case
from fieldkit.services.closing import Because
from fieldkit.services.draft_facts import says_fear
from fieldkit.services.intake import Finished
from fieldkit.services.judge import Answers
from fieldkit.services.measures import Happening
from fieldkit.services.permits import Over
from fieldkit.services.record import Copy, Wanted
from fieldkit.services.vault import OpenVault
from fieldkit.storage.drafts import Done, DraftOp
from fieldkit.storage.queries_papers import alerts_of
from tests.stories.desks import Desks, sets_days, sits_down, text_of
from tests.stories.offices import carry, clock_of, everything_held
from tests.stories.people import (
    AGREED,
    AN_ADULT,
    FEAR,
    IN_PRIVATE,
    NO_URGENT_NEED,
    NOT_AGREED,
    Told,
    answer_all,
    begin,
    led,
    ref_of,
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


# --- what is planned, and what happened ------------------------------------------------------------------

SIGNS: Told = {"control_signs": "papers_kept"}
LOOKED: Told = dict.fromkeys(GATE, "nothing_found")
TODAY = "2026-03-02"


def an_adult(vault: OpenVault, *told: Told) -> str:
    return screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, *told).case


def the_request(vault: OpenVault, case: str) -> second_person.Waiting:
    waiting = second_person.waiting(vault, subject("case", case))
    assert len(waiting) == 1
    return waiting[0]


def looked_at(patch: pytest.MonkeyPatch, **looks: str) -> None:
    """The four looks before a removal, as their form answers them; left out ones were not asked."""
    known = Answers.said
    patch.setattr(
        Answers,
        "said",
        lambda held, name: (looks[name],) if name in looks else () if name in GATE else known(held, name),
    )


NO_RIGHT = "access.not_allowed"


def stopped_by(vault: OpenVault, case: str, what: What, country: str = "") -> list[Lock]:
    return [one.lock for one in measures.shut(vault, case, what, country)]


def test_fear_that_was_ticked_away_in_the_same_talk_stands(desks: Desks) -> None:
    """Somebody says that he is afraid. The officer ticks yes, then no."""
    vault = desks.training
    case = an_adult(vault, {"fear_return": "yes"}, {"fear_return": "no"})
    found = [one.category for one in refer.suggestions(vault, case) if one.verdict is Verdict.YES]
    assert "C01" in found
    assert Lock.FEAR in stopped_by(vault, case, What.RETURN)
    refuses(lambda: measures.plan(vault, case, What.RETURN, "the flight is booked"), "lock.fear")


def test_correcting_the_answer_takes_no_fear_away(desks: Desks) -> None:
    """The officer says, with a reason, that the answer was written down wrongly."""
    vault = desks.training
    done = screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, {"fear_return": "yes"})
    interview = correcting.correct(vault, subject("case", done.case), done.instance_id)
    ref = ref_of(interview, "fear_return")
    interview.answer(ref, "no")
    interview.give_reason(ref, "written down wrongly")
    intake.finish(vault, interview)
    assert Lock.FEAR in stopped_by(vault, done.case, What.RETURN)


def test_nobody_alone_takes_fear_away(desks: Desks) -> None:
    vault = desks.training
    case = decided(vault, AN_ADULT, FEAR).case
    refer.leave_for_review(vault, case, "C01", "C01-1", "he laughed")
    assert Lock.FEAR in stopped_by(vault, case, What.RETURN), "left for review is not taken away"
    assert not closing.close_category(vault, case, "C01", Because.NOT_WISHED, "he says so now")
    clock_of(vault).turn(days=30)
    assert Lock.FEAR in stopped_by(vault, case, What.RETURN), "nobody came, and protection stays on"
    sits_down(vault, "Counsellor Two", *CLEARED)
    waits = the_request(vault, case)
    second_person.agree(vault, waits.proposal, "I asked him alone")
    assert "C01" not in measures.standing(vault, case).categories


def test_fear_that_is_told_again_stands_again(desks: Desks) -> None:
    vault = desks.training
    case = decided(vault, AN_ADULT, FEAR).case
    closing.close_category(vault, case, "C01", Because.MISTAKE, "a wrong key")
    sits_down(vault, "Counsellor Two", *CLEARED)
    waits = the_request(vault, case)
    second_person.agree(vault, waits.proposal, "I saw it")
    screened_again(vault, case, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, {"fear_return": "yes"})
    assert "C01" in measures.standing(vault, case).categories


def test_help_that_was_given_opens_no_lock(desks: Desks) -> None:
    vault = desks.training
    case = decided(vault, AN_ADULT, {"fear_return": "yes"}).case
    assert closing.close_category(vault, case, "C01", Because.HELPED, "the asylum office has him")
    assert Lock.FEAR in stopped_by(vault, case, What.RETURN)


def test_whoever_may_be_exploited_is_not_punished_before_another_person_agreed(desks: Desks) -> None:
    vault = desks.training
    case = an_adult(vault, SIGNS)
    assert not measures.plan(vault, case, What.PENALTY, "entered without papers")
    assert not measures.plans(vault, case)
    waits = the_request(vault, case)
    refuses(lambda: second_person.agree(vault, waits.proposal, "so it is"), "second.same_person")
    sits_down(vault, "Supervisor Two", Role.SUPERVISOR)
    second_person.agree(vault, waits.proposal, "a court has heard her")
    (plan,) = measures.plans(vault, case)
    assert plan.agreed_to and plan.what is What.PENALTY and not plan.is_stopped


def test_a_child_is_not_returned_before_child_protection_has_all_five_things(
    desks: Desks,
) -> None:
    vault = desks.training
    with pytest.MonkeyPatch.context() as patch:
        looked_at(patch, **dict(LOOKED))
        case = decided(vault, A_CHILD_ALONE).case
        for check in Check:
            refuses(lambda: measures.plan(vault, case, What.RETURN, "an uncle waits"), "lock.child_return")
            sits_down(vault, "Officer Two", Role.OFFICER)
            refuses(partial(measures.record_check, vault, case, check, done=True, reason="surely"), NO_RIGHT)
            sits_down(vault, "Child protection officer", *CLEARED)
            measures.record_check(vault, case, check, done=True, reason="seen on paper")
        assert Lock.CHILD_RETURN not in stopped_by(vault, case, What.RETURN)
        measures.record_check(vault, case, Check.ESCORT, done=False, reason="the aunt fell ill")
        assert Lock.CHILD_RETURN in stopped_by(vault, case, What.RETURN)


def test_nobody_is_turned_away_before_four_looks_have_an_outcome(desks: Desks) -> None:
    vault = desks.training
    case = an_adult(vault)
    with pytest.MonkeyPatch.context() as patch:
        for left_out in GATE:
            looked_at(patch, **{name: "nothing_found" for name in GATE if name != left_out})
            refuses(lambda: measures.plan(vault, case, What.REFUSAL, "no visa"), "lock.before_removal")
        for value in ("found", "not_asked", "not_sure"):
            looked_at(patch, **{**dict(LOOKED), GATE[0]: value})
            refuses(lambda: measures.plan(vault, case, What.RETURN, "no visa"), "lock.before_removal")
        looked_at(patch, **dict(LOOKED))
        refer.choose(vault, case, "C27", "no interpreter was there")
        refuses(lambda: measures.plan(vault, case, What.RETURN, "no visa"), "lock.before_removal")


def test_a_talk_that_has_to_be_led_again_is_led_again_and_not_closed(desks: Desks) -> None:
    """K-01: what could not be asked is no outcome, whoever says that it is enough."""
    vault = desks.training
    with pytest.MonkeyPatch.context() as patch:
        looked_at(patch, **dict(LOOKED))
        in_company = {**IN_PRIVATE, "nobody_listening": "no"}
        case = decided(vault, in_company, AN_ADULT).case
        assert closing.close_category(vault, case, "C27", Because.OTHER, "it is late")
        assert Lock.BEFORE_REMOVAL in stopped_by(vault, case, What.REFUSAL)
        led(vault, "pre_removal_gate", IN_PRIVATE, AGREED, case=case)
        assert Lock.BEFORE_REMOVAL in stopped_by(vault, case, What.REFUSAL), "looking is not asking"
        screened_again(vault, case, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT)
        assert Lock.BEFORE_REMOVAL not in stopped_by(vault, case, What.REFUSAL)


def test_what_keeps_a_lock_shut_is_not_corrected_away_by_one_person(desks: Desks) -> None:
    """R-128, K-28: a look that found something, and pressure to go back, each a slip of the pen, one says."""
    vault = desks.training
    for form, told, name, instead in (
        ("pre_removal_gate", {**LOOKED, GATE[0]: "found"}, GATE[0], "nothing_found"),
        ("voluntary_return", {**WISHED, "return_pressure": "family"}, "return_pressure", "none"),
    ):
        case = an_adult(vault)
        done = led(vault, form, IN_PRIVATE, AGREED, told, case=case)
        interview = correcting.correct(vault, done.about, done.instance_id)
        interview.answer(ref_of(interview, name), instead)
        interview.give_reason(ref_of(interview, name), "ticked wrongly")
        made = intake.finish(vault, interview)
        assert made.proposal, "it waits"
        shut = measures.standing(vault, case)
        assert "found" in shut.looks[GATE[0]] or "family" in shut.wish["return_pressure"]
        officer = vault.person
        second_person.agree(sits_down(vault, "Counsellor Two", *CLEARED), made.proposal, "I asked her again")
        vault.person = officer
        shut = measures.standing(vault, case)
        assert "found" not in shut.looks[GATE[0]] and "family" not in shut.wish["return_pressure"]


WISHED: Told = {
    "return_own_choice": "yes",
    "return_pressure": "none",
    "return_may_withdraw": "yes",
    "return_wish_now": "yes",
}


def wishes(vault: OpenVault, case: str, told: Told) -> None:
    led(vault, "voluntary_return", IN_PRIVATE, AGREED, told, case=case)


def test_nobody_goes_back_by_choice_before_the_talk_about_it(desks: Desks) -> None:
    """R-130, K-28. "He says he wants to", writes the officer."""
    vault = desks.training
    case = an_adult(vault)
    with pytest.MonkeyPatch.context() as patch:
        looked_at(patch, **dict(LOOKED))
        refuses(lambda: measures.plan(vault, case, What.CHOSEN_RETURN, "he says so"), "lock.choice_talk")
        wishes(vault, case, WISHED)
        assert measures.plan(vault, case, What.CHOSEN_RETURN, "he wishes it")


def test_a_second_persons_yes_is_a_yes_to_what_was_known_then(desks: Desks) -> None:
    """K-08: a fine for somebody who was smuggled, to which a second person agreed; then it comes out that they were
    forced to work, in a talk or by what somebody sees."""
    vault = desks.training
    for found_later in (
        lambda case: screened_again(vault, case, NO_URGENT_NEED, IN_PRIVATE, AGREED, FORCED),
        lambda case: refer.choose(vault, case, "C04", "somebody holds his papers"),
    ):
        case = screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, {"smuggler_used": "yes"}).case
        assert not measures.plan(vault, case, What.PENALTY, "entry without papers")
        officer = vault.person
        (asked,) = second_person.waiting(vault, subject("case", case))
        second_person.agree(
            sits_down(vault, "Supervisor Two", Role.SUPERVISOR), asked.proposal, "as the law says"
        )
        vault.person = officer
        assert [plan.is_stopped for plan in measures.plans(vault, case)] == [False]
        found_later(case)
        (plan,) = measures.plans(vault, case)
        assert [one.lock for one in plan.shut] == [Lock.NOT_PUNISHED]
        refuses(partial(measures.demand_standing, vault, case, plan.measure), "lock.not_punished")


FORCED: Told = {"control_signs": "forced debt"}


def test_a_word_said_after_the_request_is_not_closed_with_it(desks: Desks) -> None:
    """R-022: one person asks to close fear, the person speaks of it again, and only then a second one agrees."""
    vault = desks.training
    done = decided(vault, AN_ADULT, FEAR)
    assert not closing.close_category(vault, done.case, "C01", Because.MISTAKE, "he did not mean it")
    screened_again(vault, done.case, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)
    officer, (waits,) = vault.person, second_person.waiting(vault, subject("case", done.case))
    sits_down(vault, "Supervisor Two", Role.SUPERVISOR)
    refuses(lambda: second_person.agree(vault, waits.proposal, "as he says"), "second.told_since")
    assert "C01" in read_case(vault.journal, done.case).confirmed()
    second_person.refuse(vault, waits.proposal, "he spoke of it again today")
    vault.person = officer
    assert not closing.close_category(vault, done.case, "C01", Because.MISTAKE, "he says it was a joke")


def test_fear_stands_also_when_the_talk_is_thrown_away(desks: Desks) -> None:
    vault, case = desks.training, an_adult(desks.training)
    again = intake.begin(vault, "screening", officer_language="en", person_language="ti", case=case)
    first = begin(vault)
    for interview in (again, first):
        answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, {"fear_return": "yes"})
        intake.discard(vault, interview.draft_id)
    assert Lock.FEAR in stopped_by(vault, case, What.REFUSAL)
    assert Lock.FEAR in stopped_by(vault, first.draft_id, What.REFUSAL), "they wait, not screened yet"
    calm = begin(vault)
    answer_all(calm, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT)
    intake.discard(vault, calm.draft_id)
    refuses(lambda: read_case(vault.journal, calm.draft_id), "case.unknown")


def test_fear_that_was_ticked_away_stands_also_when_the_talk_goes_over_to_a_newer_form(desks: Desks) -> None:
    vault, interview = desks.training, begin(desks.training)
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, {"fear_return": "yes"})
    interview.answer(ref_of(interview, "fear_return"), "no")
    history, version = vault.drafts.history(interview.draft_id), interview.form.version
    came_along = [one.op for one in history if one.op.kind is Done.SET and not says_fear(one.op)]
    steps = [DraftOp(Done.MOVED, version, version), *came_along]
    vault.drafts.move(interview.draft_id, version, steps, len(history))
    moved = intake.resume(vault, interview.draft_id)
    assert moved.fact("fear_return") == "no"
    done = intake.finish(vault, moved)
    assert Lock.FEAR in {one.lock for one in measures.shut(vault, done.case, What.REFUSAL)}


def test_a_wish_that_was_taken_back_waits_for_a_second_person(desks: Desks) -> None:
    """R-130, K-28. And whoever takes it back once more is asked again, not taken along."""
    vault = desks.training
    case = an_adult(vault)
    with pytest.MonkeyPatch.context() as patch:
        looked_at(patch, **dict(LOOKED))
        wishes(vault, case, {**WISHED, "return_wish_now": "withdrawn"})
        assert not measures.plan(vault, case, What.CHOSEN_RETURN, "he wishes it")
        assert not measures.plans(vault, case)
        waits = the_request(vault, case)
        sits_down(vault, "Supervisor Two", *Role)
        second_person.agree(vault, waits.proposal, "he thought about it, and wishes it again")
        (plan,) = measures.plans(vault, case)
        assert not plan.is_stopped
        wishes(vault, case, {**WISHED, "return_wish_now": "withdrawn"})
        (plan,) = measures.plans(vault, case)
        assert [one.lock for one in plan.shut] == [Lock.FREE_CHOICE]


def test_who_wishes_time_to_think_has_it_before_anybody_plans_a_return(desks: Desks) -> None:
    """R-130, K-28. Where no country set a number of days, the person ends it; "not sure" is a wish."""
    vault = desks.training
    case = an_adult(vault)
    with pytest.MonkeyPatch.context() as patch:
        looked_at(patch, **dict(LOOKED))
        wishes(vault, case, {**WISHED, "return_time": "perhaps"})
        clock_of(vault).turn(days=60)
        refuses(lambda: measures.plan(vault, case, What.CHOSEN_RETURN, "he wishes it"), "lock.time_to_think")
        refuses(lambda: thinking.end(vault, case, " "), "measure.reason_missing")
        thinking.end(vault, case, "he came to the desk and said it")
        assert measures.plan(vault, case, What.CHOSEN_RETURN, "he wishes it")
        thinking.wish(vault, case)
        (plan,) = measures.plans(vault, case)
        assert [one.lock for one in plan.shut] == [Lock.TIME_TO_THINK], "a plan that was made stops too"


def test_time_to_think_lasts_as_long_as_the_country_says(desks: Desks) -> None:
    """R-130. Seven days are the (invented) number of a pack; a new wish begins them anew."""
    vault = desks.training
    case = an_adult(vault)
    with pytest.MonkeyPatch.context() as patch:
        looked_at(patch, **dict(LOOKED))
        sets_days(vault, "think,*,7,Invented decree,,,")
        wishes(vault, case, {**WISHED, "return_time": "yes"})
        clock_of(vault).turn(days=6)
        refuses(lambda: measures.plan(vault, case, What.CHOSEN_RETURN, "he wishes it"), "lock.time_to_think")
        thinking.wish(vault, case)
        clock_of(vault).turn(days=6)
        refuses(lambda: measures.plan(vault, case, What.CHOSEN_RETURN, "he wishes it"), "lock.time_to_think")
        clock_of(vault).turn(days=1)
        assert measures.plan(vault, case, What.CHOSEN_RETURN, "he wishes it")


def test_a_later_talk_without_the_wish_ends_it(desks: Desks) -> None:
    vault = desks.training
    case = an_adult(vault)
    with pytest.MonkeyPatch.context() as patch:
        looked_at(patch, **dict(LOOKED))
        wishes(vault, case, {**WISHED, "return_time": "yes"})
        refuses(lambda: measures.plan(vault, case, What.CHOSEN_RETURN, "he wishes it"), "lock.time_to_think")
        wishes(vault, case, {**WISHED, "return_time": "no"})
        assert measures.plan(vault, case, What.CHOSEN_RETURN, "he wishes it")


def test_nobody_steps_back_while_somebody_recovers(desks: Desks) -> None:
    """R-074. An authority gave time to rest until 31 March; what happened all the same is kept, and is an alert."""
    vault = desks.training
    case = an_adult(vault)
    with pytest.MonkeyPatch.context() as patch:
        looked_at(patch, **dict(LOOKED))
        wishes(vault, case, WISHED)
        assert measures.plan(vault, case, What.CHOSEN_RETURN, "he wishes it")
        rest = permits.record(vault, case, permits.Told("recovery_time", "2026-03-31"))
        for what in (What.RETURN, What.REFUSAL, What.CHOSEN_RETURN):
            refuses(partial(measures.plan, vault, case, what, "a seat is free"), "lock.recovering")
        (plan,) = measures.plans(vault, case)
        assert [one.lock for one in plan.shut] == [Lock.RECOVERING], "a plan that was made stops too"
        permits.end(vault, case, rest, Over.LOST)
        refuses(lambda: measures.plan(vault, case, What.RETURN, "no paper"), "lock.recovering")
        clock_of(vault).turn(days=29)  # 31 March
        kept = measures.record_happened(vault, case, Happening(What.RETURN, "2026-03-31"))
        assert Lock.RECOVERING in kept.past and kept.is_alert
        clock_of(vault).turn(days=1)
        assert measures.plan(vault, case, What.RETURN, "the time is over")


def test_time_to_rest_without_a_last_day_lasts_as_the_country_says_or_until_it_is_ended(desks: Desks) -> None:
    vault = desks.training
    case = an_adult(vault)
    with pytest.MonkeyPatch.context() as patch:
        looked_at(patch, **dict(LOOKED))
        rest = permits.record(vault, case, permits.Told("recovery_time", ""))
        clock_of(vault).turn(days=60)
        refuses(lambda: measures.plan(vault, case, What.RETURN, "long ago"), "lock.recovering")
        refuses(lambda: permits.end(vault, case, rest, Over.NOT_NEEDED, " "), "measure.reason_missing")
        refuses(lambda: permits.end(vault, case, rest, Over.MISTAKE, "a slip"), "permit.second_person")
        sets_days(vault, "recover,*,61,Invented decree,,,")
        refuses(lambda: measures.plan(vault, case, What.RETURN, "long ago"), "lock.recovering")
        clock_of(vault).turn(days=1)
        assert measures.plan(vault, case, What.RETURN, "the days are over")
        permits.record(vault, case, permits.Told("recovery_time", ""))
        (plan,) = measures.plans(vault, case)
        assert plan.is_stopped
        sits_down(vault, "Counsellor Two", *Role)
        (one,) = [held for held in permits.permits(vault, case) if not held.over and held.id != rest]
        permits.end(vault, case, one.id, Over.MISTAKE, "it was another person's")
        (plan,) = measures.plans(vault, case)
        assert not plan.is_stopped


def test_a_child_is_never_planned_to_be_held(desks: Desks) -> None:
    vault = desks.training
    case = decided(vault, A_CHILD_ALONE).case
    refuses(lambda: measures.plan(vault, case, What.DETENTION, "no bed elsewhere"), "lock.child_held")


def test_no_consulate_hears_of_somebody_who_may_need_protection(desks: Desks) -> None:
    vault = desks.training
    case = an_adult(vault, FEAR)
    refuses(lambda: measures.plan(vault, case, What.CONSULATE, "a paper is needed", "ER"), "lock.country")
    nobody_asked = an_adult(vault)
    refuses(
        lambda: measures.plan(vault, nobody_asked, What.CONSULATE, "a paper is needed", "KE"), "lock.country"
    )


def test_who_is_held_is_written_on_whatever_the_case_says(desks: Desks) -> None:
    """R-125: a child, in a closed case, held past a rule; where, who looked at it, whom they could speak to."""
    vault = desks.training
    case = decided(vault, A_CHILD_ALONE).case
    measure = measures.record_happened(vault, case, Happening(What.DETENTION, TODAY)).measure
    closing.close_case(vault, case, Because.MOVED_ON, "nobody knows where")
    held_people.describe(vault, case, measure, "not_told", "Border office (invented)")
    held_people.place(vault, case, measure, TODAY, "Harbour room (invented)")
    held_people.visit(vault, case, measure, TODAY, "lawyer", given=False)
    held_people.review(vault, case, measure, TODAY, "Court (invented)", "open")
    (one,) = held_people.register(vault).held
    assert (one.child, one.past_a_lock, one.visits[0].given, one.reviews[0].result) == (
        True,
        True,
        False,
        "open",
    )
    held_people.end(vault, case, measure, TODAY, "child_protection")
    assert not held_people.register(vault).held


def test_what_happened_is_written_down_at_once_and_is_an_alert(desks: Desks) -> None:
    """Whatever the locks say: a child was sent back yesterday, in a closed case."""
    vault = desks.training
    case = decided(vault, A_CHILD_ALONE).case
    closing.close_case(vault, case, Because.MOVED_ON, "he is gone")
    for what in What:
        measures.record_happened(vault, case, Happening(what, TODAY, by="another service (invented)"), "ER")
    held = measures.happened(vault, case)
    assert [one.told.what for one in held] == list(What)
    assert measures.alerted_cases(vault) == (case,), "it stands on the first screen, the case open again"
    assert {one.told.what for one in measures.alerts(vault, case)} >= {What.RETURN, What.DETENTION}


def test_what_the_form_before_a_removal_says_happened_is_an_alert_too(desks: Desks) -> None:
    """Nothing else was asked: the return is written down in the form's first page, and nowhere a second time."""
    vault = desks.training
    told = {"gate_done": "returned", "gate_done_on": "2026-03-01", "gate_done_office": "another service"}
    case = led(vault, "pre_removal_gate", told).case
    held = measures.alerts(vault, case)
    assert [(one.told.what, one.told.day) for one in held] == [(What.RETURN, "2026-03-01")]


def test_headquarters_hears_that_it_happened_and_not_to_whom(desks: Desks) -> None:
    """The person said no to headquarters. That it happened at this post is counted there all the same."""
    post = desks.enrolled
    done = screened(post, NO_URGENT_NEED, IN_PRIVATE, NOT_AGREED, AN_ADULT, FEAR)
    case, number = done.case, done.number
    measures.record_happened(post, case, Happening(What.RETURN, TODAY))
    carry(post, desks.office, desks.stick)
    told = [one for one in alerts_of(desks.office.vault.database) if one.stream == post.stream]
    assert [(one.what, one.day) for one in told] == [("return", TODAY)]
    assert number.encode() not in everything_held(desks.office.vault)


def test_a_plan_of_yesterday_stops_when_fear_is_told_today(desks: Desks) -> None:
    vault = desks.training
    case = an_adult(vault)
    with pytest.MonkeyPatch.context() as patch:
        looked_at(patch, **dict(LOOKED))
        assert measures.plan(vault, case, What.RETURN, "no visa")
        (plan,) = measures.plans(vault, case)
        assert not plan.is_stopped
        screened_again(vault, case, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)
        (plan,) = measures.plans(vault, case)
        assert plan.is_stopped
        refuses(lambda: measures.demand_standing(vault, case, plan.measure), "lock.fear")
