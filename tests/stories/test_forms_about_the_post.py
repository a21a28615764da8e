"""A boat comes in; a monitor visits; somebody wants to complain on paper. None of it is about one person.

Forms about the post belong to no case and reach headquarters without anybody's yes, because they name nobody.
The sheet to complain on is printed blank and never opened here.
"""

import json
from dataclasses import replace

import pytest

from fieldkit.content.codebook import Sensitivity
from fieldkit.content.form_roles import FormKind
from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.outcome import Verdict
from fieldkit.services import administer, blank_form, finished, intake, refer, region
from fieldkit.services.case_file import FINISHED
from fieldkit.services.forms_held import offered_forms
from fieldkit.services.intake import Finished
from fieldkit.services.travel import SURVEY, Leave
from fieldkit.services.vault import OpenVault
from fieldkit.ui.presenters.new_interview import form_rows
from tests.forms.xlsforms import xlsx
from tests.stories.desks import Desks, only_as, text_of
from tests.stories.people import Told, answer_all, led

A_BOAT: Told = {
    "group_needs": "doctor child_alone water",
    "event_kind": "rescue",
    "event_date": "2026-03-01",
    "event_people": "60",
    "event_children_alone": "3",
    "event_missing": "2",
}


def kept(post: OpenVault, form: str, *told: Told) -> Finished:
    interview = intake.begin(post, form, officer_language="en", person_language="en")
    answer_all(interview, *told)
    return intake.finish(post, interview)


def finished_of(post: OpenVault, done: Finished) -> bool:
    """Whether what was kept may go to headquarters."""
    entries = [entry for entry, _ in post.journal.about(done.about) if entry.kind == FINISHED]
    assert [entry.subject_kind for entry in entries] == [SURVEY]
    return all(Leave(post).may_travel(entry) for entry in entries)


def test_a_boat_is_one_sheet_without_a_case_and_headquarters_may_count_it(desks: Desks) -> None:
    post = only_as(desks.training, Role.OFFICER)
    before = post.queries.case_count()
    done = kept(post, "group_event", A_BOAT)
    assert done.case == "" and post.queries.case_count() == before
    assert finished_of(post, done)


def test_what_was_done_to_people_is_counted_without_anybody_in_it(desks: Desks) -> None:
    """R-189, R-188, N-094: kind, phase, kind of place and of person; where it was in words stays here."""
    post = only_as(desks.training, Role.COUNSELLOR)
    before = post.queries.case_count()
    seen: Told = {"rights_kind": "sent_back", "rights_phase": "arrival", "rights_by": "border"}
    seen = {**seen, "rights_place": "Near the well of Testperson (invented)", "rights_wishes": "legal"}
    paid: Told = {"pay_for": "stamp", "pay_by": "border", "pay_what": "money", "pay_paid": "yes"}
    for form, told in (("rights_report", seen), ("payments_report", paid)):
        done = kept(post, form, told)
        assert done.case == "" and finished_of(post, done)
        going = [
            json.dumps(payload.value())
            for entry, _ in post.journal.about(done.about)
            if Leave(post).may_travel(entry) and (payload := post.journal.payload(entry.payload)) is not None
        ]
        assert going and not any("Testperson" in one for one in going)
    assert post.queries.case_count() == before


def test_each_of_four_ways_over_the_sea_has_steps_of_its_own(desks: Desks) -> None:
    """R-118: the sheet shows the steps of the way that was chosen, and of no other."""
    post = only_as(desks.training, Role.OFFICER)
    ways = {
        "rescue": "sea_rescue",
        "stopped": "sea_stopped",
        "stowaway": "sea_stowaway",
        "landed": "sea_landed",
    }
    interview = intake.begin(post, "group_event", officer_language="en", person_language="en")
    for way, note in (*ways.items(), ("foot", "")):
        answer_all(interview, {"event_kind": way})
        shown = {one for one in ways.values() if interview.session.is_relevant(f"/data/sea/{one}")}
        assert shown == ({note} if note else set()), way
    steps = " ".join(step.text for step in region.steps_of(post, "C23"))
    for beginning in ("After a rescue:", "Stopped by a ship", "Hidden on a ship:", "Landed without help:"):
        assert beginning in steps


def test_free_words_of_a_sheet_stay_at_the_post(desks: Desks) -> None:
    """ "Write no names of people" is a request; that headquarters is no recipient of what was written is kept."""
    post = only_as(desks.training, Role.OFFICER)
    done = kept(
        post, "site_checklist", {"site_place": "Hall of Testperson (invented)", "site_places": "private"}
    )
    assert finished_of(post, done)
    going = [
        payload.value()
        for entry, _ in post.journal.about(done.about)
        if Leave(post).may_travel(entry) and (payload := post.journal.payload(entry.payload)) is not None
    ]
    assert len(going) == 1 and "<site_places>private</site_places>" in going[0]["xml"]
    assert "Testperson" not in json.dumps(going)
    assert b"Hall of Testperson (invented)" in finished.of_subject(post, done.about)[0].xml


def test_a_form_that_a_pack_calls_one_about_the_post_stays_when_it_holds_answers_of_a_person(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = only_as(desks.training, Role.OFFICER)
    done = kept(post, "group_event", A_BOAT)
    book = post.codebook
    personal = replace(book.facts["event_people"], sensitivity=Sensitivity.PERSONAL)
    changed = replace(book, facts={**book.facts, "event_people": personal})
    monkeypatch.setitem(post.__dict__, "codebook", changed)
    assert not finished_of(post, done)


def test_a_survey_from_elsewhere_still_waits_for_a_yes(desks: Desks) -> None:
    post = only_as(desks.training, Role.ADMINISTRATOR, Role.OFFICER)
    administer.install_form(post, xlsx(), "small.xlsx")
    done = kept(post, "small")
    assert not finished_of(post, done)


def test_each_of_the_people_is_heard_on_their_own(desks: Desks) -> None:
    """What the sheet says of a group is no answer of anybody: a case begins with nothing known."""
    post = only_as(desks.training, Role.OFFICER)
    kept(post, "group_event", A_BOAT)
    done = led(post, "arrival", {"people_together": "4"})
    assert all(one.verdict is not Verdict.YES for one in refer.suggestions(post, done.case))


def test_an_officer_counts_boats_and_a_monitor_visits(desks: Desks) -> None:
    post = desks.training
    allowed = {
        role: {
            one.id for one in offered_forms(only_as(post, role)) if one.allowed and one.kind is FormKind.POST
        }
        for role in (Role.OFFICER, Role.COUNSELLOR)
    }
    assert allowed[Role.OFFICER] == {"group_event", "awareness_session", "site_checklist"}
    assert allowed[Role.COUNSELLOR] == allowed[Role.OFFICER] | {
        *("movement", "monitoring_visit", "rights_report", "payments_report", "legal_advice", "country_tools")
    }


def test_a_complaint_on_paper_is_printed_for_whoever_asks_and_never_opened(desks: Desks) -> None:
    post = only_as(desks.training, Role.OFFICER)
    assert "complaint_paper" not in {row.id for row in form_rows(post, "en")}
    with pytest.raises(PersonFault, match=r"form\.on_paper_only"):
        intake.begin(post, "complaint_paper", officer_language="en", person_language="en")
    printed = text_of(blank_form.blank_form(post, "complaint_paper", ("en", "fr")))
    assert "Do not leave it at this post." in printed
    assert "(invented)" in printed, "where to bring it"
    for said in ("Who led the talk", "Who interpreted", post.name):
        assert said not in printed, "nothing says who gave it, where or when"


def test_the_first_sheet_for_a_child_needs_no_training_and_asks_for_no_fear(desks: Desks) -> None:
    """`protection.md` 4, 7: what is noted leads at once to child protection."""
    post = only_as(desks.training, Role.OFFICER)
    interview = intake.begin(post, "child_first", officer_language="en", person_language="so")
    answer_all(interview, {"urgent_child_alone": "yes", "age_band": "not_sure", "fear_mentioned": "yes"})
    done = intake.finish(post, interview)
    found = {one.category for one in refer.suggestions(post, done.case) if one.verdict is Verdict.YES}
    assert found == {"C01", "C06"}


def test_best_interest_and_tracing_open_to_trained_child_protection_alone(desks: Desks) -> None:
    post = desks.training
    for form in ("best_interest_assessment", "best_interest_determination", "tracing"):
        for role in (Role.OFFICER, Role.COUNSELLOR, Role.HEALTH_WORKER, Role.CHILD_PROTECTION):
            with pytest.raises(PersonFault, match=r"form\.not_(for_role|trained)"):
                intake.begin(only_as(post, role), form, officer_language="en", person_language="en")
