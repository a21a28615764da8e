"""Harm that a desk could do to somebody (requirements, section 7): each story tries to do it.

The risks whose stories stand elsewhere are named in `requirements.csv`. Nobody here exists.
"""

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date

import pytest

from fieldkit.content.codebook import FactKind
from fieldkit.domain.access import Role
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.locks import Lock, What
from fieldkit.domain.outcome import Mark, Verdict
from fieldkit.domain.waiting import Because
from fieldkit.services import (
    closing,
    events,
    follow_up,
    intake,
    measures,
    refer,
    sealed,
    search,
    training,
    waiting,
)
from fieldkit.services.case_file import read_case
from fieldkit.services.interview import Interview
from fieldkit.services.measures import Happening
from fieldkit.services.travel import Leave
from fieldkit.services.vault import OpenVault, Person
from fieldkit.services.waiting import Wanted
from tests.stories import offices
from tests.stories.desks import only_as, sits_down
from tests.stories.offices import clock_of
from tests.stories.people import (
    AGREED,
    AN_ADULT,
    HURT,
    IN_PRIVATE,
    NO_URGENT_NEED,
    Told,
    answer_all,
    begin,
    led,
    ref_of,
    screened,
    screened_again,
    somebody,
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    """A training post; everybody in these stories is a case of their own."""
    vault = offices.open_post(tmp_path_factory.mktemp("risks"), "Careful post (invented)")
    training.record(
        only_as(vault, Role.ADMINISTRATOR), vault.person.id, "children", date(2026, 1, 15), "Institute"
    )
    yield vault
    vault.close()


@pytest.fixture(scope="module")
def first(desk: OpenVault) -> Person:
    """Whoever sat there first, trained to talk with children."""
    return desk.person


@pytest.fixture
def post(desk: OpenVault, first: Person) -> OpenVault:
    """Whoever sits there now interviews and counsels."""
    desk.person = first
    return only_as(desk, Role.OFFICER, Role.COUNSELLOR)


def talked(post: OpenVault, *told: Told) -> str:
    return screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, *told, person="en").case


def found(post: OpenVault, case: str) -> set[str]:
    return {one.category for one in refer.suggestions(post, case) if one.verdict is Verdict.YES}


def is_asked(interview: Interview, name: str) -> bool:
    try:
        ref_of(interview, name)
    except AssertionError:
        return False
    return True


def what_leaves(post: OpenVault, case: str) -> bytes:
    """The content of every entry about somebody that would go to headquarters now."""
    leave = Leave(post)
    going = [entry for entry, _ in post.journal.about(subject("case", case)) if leave.may_travel(entry)]
    held = [post.journal.payload(entry.payload) for entry in going]
    return b"".join(one.content for one in held if one is not None)


# --- punished, or sent away, for how they came (K-08, K-16, K-17) ----------------------------------------


@pytest.mark.parametrize(
    "told",
    [{"smuggler_used": "yes"}, {"asks_protection": "perhaps"}, {"control_signs": "papers_kept"}],
    ids=["brought for money", "may ask for asylum", "somebody keeps the papers"],
)
@pytest.mark.parametrize("what", [What.PENALTY, What.DETENTION])
def test_one_person_alone_neither_fines_nor_holds_whoever_was_brought_or_asks_for_protection(
    post: OpenVault, told: Told, what: What
) -> None:
    """K-08."""
    case = talked(post, {"papers_now": "none", **told})
    assert Lock.NOT_PUNISHED in {one.lock for one in measures.shut(post, case, what)}
    assert not measures.plan(post, case, what, "came without papers")
    assert not measures.plans(post, case), "a second person has not been asked yet"


def test_a_fine_that_was_given_all_the_same_makes_nobody_an_offender_in_the_record(post: OpenVault) -> None:
    """K-08: what happened is kept, and what is told of the case names no fault of the person."""
    case = talked(post, {"papers_now": "none", "smuggler_used": "yes", "control_signs": "debt"})
    measures.record_happened(
        post, case, Happening(What.PENALTY, "2026-03-01", by="another office (invented)")
    )
    assert measures.alerted_cases(post)
    told = str(events.events(post, case, "en")) + str(refer.suggestions(post, case))
    assert not re.search(r"offen[cd]e|crimin|illegal|unlawful|guilt|suspect", told, re.IGNORECASE)
    assert {"C04", "C16"} <= found(post, case), "the help stays"


def test_five_countries_on_the_way_and_a_refusal_in_one_of_them_close_no_door(post: OpenVault) -> None:
    """K-16, K-17."""
    case = talked(
        post, {"registered_elsewhere": "refused", "registered_country": "UG", "smuggler_used": "yes"}
    )
    told = {
        "transit_countries": "ET SD KE UG TZ",
        "registered_elsewhere": "refused",
        "left_there_reasons": "work",
        "fear_mentioned": "yes",
    }
    led(post, "profile", IN_PRIVATE, AGREED, told, case=case)
    assert {"C01", "C16", "C19"} <= found(post, case)
    for what in (What.RETURN, What.REFUSAL):
        with pytest.raises(PersonFault, match=r"lock\.fear"):
            measures.plan(post, case, what, "could have stayed in Uganda")


def test_whoever_was_refused_asylum_is_still_heard_about_exploitation(post: OpenVault) -> None:
    """K-01, R-046: the other way over the bridge."""
    case = talked(post, {"registered_elsewhere": "refused", "control_signs": "forced debt"})
    assert {"C04", "C19"} <= found(post, case)


@pytest.mark.parametrize("word", ["deport", "refused", "cleared", "C99"])
def test_no_decision_can_be_written_where_an_outcome_stands(post: OpenVault, word: str) -> None:
    """K-02: somebody makes a verdict of the screening."""
    case = talked(post)
    with pytest.raises(PersonFault, match=r"refer\.unknown_category"):
        refer.choose(post, case, word, "the officer decided")
    with pytest.raises(PersonFault, match=r"refer\.unknown_category"):
        refer.confirm(post, case, word, "C01-1")
    with pytest.raises(PersonFault, match=r"refer\.no_specific_need_not_allowed"):
        refer.confirm(post, case, "C26", "C26-1")
    assert not read_case(post.journal, case).confirmed()


# --- hurt once more by questions (K-09, K-32) -------------------------------------------------------------


@pytest.mark.parametrize("form", ["screening", "trafficking_quick"])
def test_nobody_is_made_to_tell_a_story_at_the_first_desk(post: OpenVault, form: str) -> None:
    """K-09: in the private part of the first talks everything is a mark; only what the person adds is in words."""
    interview = intake.begin(post, form, officer_language="en", person_language="en")
    answer_all(interview, IN_PRIVATE, AGREED)
    private = [
        ref
        for ref in ("/" + "/".join(path) for path in interview.form.shapes if path)
        if (fact := post.codebook.facts.get(ref.rsplit("/", 1)[-1])) is not None
        and fact.sensitivity.is_sealed
        and interview.session.is_relevant(ref)
    ]
    assert private
    in_words = {ref for ref in private if post.codebook.facts[ref.rsplit("/", 1)[-1]].kind is FactKind.TEXT}
    assert in_words <= {"/data/closing/anything_else"}


def test_whoever_stops_in_the_middle_keeps_the_help_and_is_asked_nothing_more(post: OpenVault) -> None:
    """K-09: the private part is open, and the person wants to stop there."""
    interview = begin(post, person="en")
    answer_all(interview, {"urgent_medical": "yes"}, IN_PRIVATE, AGREED, AN_ADULT, {"harm": Mark.DECLINED})
    answer_all(interview, {"inconclusive": "distress", "again_when": "tomorrow"})
    case = intake.finish(post, interview).case
    assert {"C11", "C27"} <= found(post, case)
    service = refer.services_for(post, "C11")[0]
    assert refer.refer(post, case, "C11", service.id, safe_to_carry=True)


def test_what_was_told_once_is_read_by_the_next_one_who_may_and_by_nobody_else(post: OpenVault) -> None:
    """K-09: nobody has to tell it twice because it was not handed on."""
    case = talked(post, HURT)
    sits_down(post, "Counsellor Two (invented)", Role.COUNSELLOR)
    assert sealed.answers(post, read_case(post.journal, case)).said("harm") == ("held",)
    sits_down(post, "Officer Two (invented)", Role.OFFICER)
    assert sealed.answers(post, read_case(post.journal, case)).said("harm") == ()


def test_whoever_skips_everything_to_be_quick_has_found_nothing_out(post: OpenVault) -> None:
    """K-32, K-01: many wait, and the officer presses through."""
    interview = begin(post, person="en")
    answer_all(interview, AGREED)
    for name in ("fear_return", "asks_protection", "reasons", "alone", "age_years", "control_signs"):
        if is_asked(interview, name):
            interview.mark(ref_of(interview, name), Mark.SKIPPED)
    case = intake.finish(post, interview).case
    open_ = {one.category: one.verdict for one in refer.suggestions(post, case)}
    assert {open_[name] for name in ("C01", "C04", "C06")} == {Verdict.CANNOT_TELL}
    with pytest.raises(PersonFault, match=r"refer\.no_specific_need_not_allowed"):
        refer.choose(post, case, "C26", "nothing was said")
    for what in (What.RETURN, What.REFUSAL, What.DETENTION, What.CONSULATE):
        assert measures.shut(post, case, what), f"silence opens nothing: {what}"


# --- found by those whom they fled (K-14, K-15, K-29) -----------------------------------------------------


@pytest.mark.parametrize("checked", ["not_yet", "danger", "not_clear"])
def test_nobody_looks_for_a_family_that_may_be_a_danger(post: OpenVault, checked: str) -> None:
    """K-14: the child wishes it, and the safety check has not found that it is safe."""
    cared = only_as(post, Role.CHILD_PROTECTION)
    interview = intake.begin(cared, "tracing", officer_language="en", person_language="en")
    wish = {"family_afraid": "perhaps", "tracing_wish": "yes", "tracing_last_place": "Blue Well (invented)"}
    answer_all(interview, IN_PRIVATE, AGREED, wish, {"safety_check": checked})
    assert not is_asked(interview, "tracing_way")
    case = intake.finish(cared, interview).case
    assert b"Blue Well" not in what_leaves(cared, case), "headquarters does not hear of it either"
    again = intake.begin(cared, "tracing", officer_language="en", person_language="en", case=case)
    answer_all(again, IN_PRIVATE, AGREED, {"safety_check": "no_danger", "tracing_wish": "not_now"})
    assert not is_asked(again, "tracing_way"), "safe, and the child does not wish it today"


def test_nobody_finds_everybody_of_one_country_or_people(post: OpenVault) -> None:
    """K-15: the security service wants a list."""
    talked(post, somebody("Selam Testperson", nationality="ER"), {"origin_country": "ER"})
    for typed in ("ER", "Eritrea", "nationality", "C01", "*", "%", ""):
        assert search.look_up(post, typed) == (), typed
    assert {field.name for field in fields(Wanted)} == {"language", "flag"}
    for role in (Role.ADMINISTRATOR, Role.COORDINATOR):
        with pytest.raises(PersonFault, match=r"access\.not_allowed"):
            search.look_up(only_as(post, role), "Selam")


def test_what_is_told_of_a_smuggler_names_nobody_and_leaves_with_nobody(post: OpenVault) -> None:
    """K-29: informants are in danger when it is learned who told."""
    assert [name for name in post.codebook.facts if "smuggl" in name] == ["smuggler_used"]
    case = talked(post, {"smuggler_used": "yes", "anything_else": "Omar Driver (invented) took the money"})
    assert b"Omar" not in what_leaves(post, case)
    assert b'"smuggler_used"' in what_leaves(post, case), "that it happened may be counted"


# --- money and favours (K-23), lost cases (K-26, K-27) ----------------------------------------------------


def test_nobody_is_put_first_in_the_queue_for_money(post: OpenVault) -> None:
    """K-23: only what somebody needs changes the order, and whoever wrote it down stands beside it."""
    calm = waiting.enter(post, "so")
    clock_of(post).turn(hours=1)
    pays = waiting.enter(post, "so")
    both = {f"case/{calm}", f"case/{pays}"}

    def order() -> list[str]:
        return [one.about for one in waiting.queue(post, Wanted(language="so")) if one.about in both]

    assert order() == [f"case/{calm}", f"case/{pays}"]
    waiting.end(post, f"case/{calm}", Because.LEFT)
    waiting.again(post, f"case/{calm}")
    assert order() == [f"case/{calm}", f"case/{pays}"], "who was sent out of the queue keeps their place"
    led(post, "arrival", {"urgent_medical": "yes"}, case=pays)
    assert order() == [f"case/{pays}", f"case/{calm}"]
    ((said, _), *_) = [
        one for one in post.journal.about(f"case/{pays}") if one[0].kind == "submission.finished"
    ]
    assert said.actor == post.person.id, "an emergency that was none has an author"


def test_a_service_that_did_not_help_leaves_the_need_open(post: OpenVault) -> None:
    """K-26, K-27: the house was closed; nobody is counted as helped because a paper was printed."""
    case = talked(post, {"health_needs": "medicine"})
    service = refer.services_for(post, "C11")[0]
    refer.confirm(
        post, case, "C11", next(o.rule for o in refer.suggestions(post, case) if o.category == "C11")
    )
    referral = refer.refer(post, case, "C11", service.id, safe_to_carry=True)
    follow_up.record(post, case, referral, "not served", "closed since May (invented)")
    assert "C11" in found(post, case)
    assert [one.state for one in follow_up.heard(post, case)] == ["not served"]
    assert refer.refer(post, case, "C11", service.id, safe_to_carry=True) != referral, "somebody tries again"


# --- a free wish (K-28), doubt about age (K-13) -----------------------------------------------------------


def test_whoever_changes_their_mind_about_going_back_is_not_taken_along(post: OpenVault) -> None:
    """K-28: the wish was free, and fear is told on the last day."""
    case = talked(post)
    free = {"return_own_choice": "yes", "return_pressure": "none", "return_may_withdraw": "yes"}
    led(post, "voluntary_return", IN_PRIVATE, AGREED, free, {"return_wish_now": "yes"}, case=case)
    screened_again(post, case, IN_PRIVATE, AGREED, {"fear_mentioned": "yes"}, person="en")
    assert Lock.FEAR in {one.lock for one in measures.shut(post, case, What.CHOSEN_RETURN)}


def test_a_later_talk_that_says_adult_takes_no_protection_from_a_child(post: OpenVault) -> None:
    """K-13: another officer writes 19 the next day."""
    case = screened(post, IN_PRIVATE, AGREED, {"age_years": "16", "alone": "yes"}, person="en").case
    screened_again(post, case, IN_PRIVATE, AGREED, {"age_years": "19", "alone": "no"}, person="en")
    assert "C06" in found(post, case)
    assert Lock.CHILD_HELD in {one.lock for one in measures.shut(post, case, What.DETENTION)}
    refer.confirm(
        post, case, "C06", next(o.rule for o in refer.suggestions(post, case) if o.category == "C06")
    )
    assert not closing.close_category(post, case, "C06", closing.Because.MISTAKE, "looks older")
