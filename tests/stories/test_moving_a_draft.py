"""A coordinator sends a newer version of a form while somebody is in the middle of an interview with the older."""

import json

import pytest

from fieldkit.domain.errors import PersonFault
from fieldkit.domain.outcome import Mark
from fieldkit.domain.ports import JsonObject
from fieldkit.forms.moving import Outcome, Reason
from fieldkit.services import administer, entered, intake, moving
from fieldkit.services.interview import Interview
from fieldkit.services.vault import OpenVault
from fieldkit.storage.drafts import Done
from tests.forms.xlsforms import Rows, xlsx

HEADER = ("type", "name", "label", "relevant")
OLDER: Rows = (
    HEADER,
    ("text", "who", "Who are you?", ""),
    ("select_one where", "sleeps", "Where do you sleep?", ""),
    ("text", "street", "Which street?", ""),
    ("integer", "people", "How many people?", ""),
)
NEWER: Rows = (
    HEADER,
    ("text", "who", "Who are you?", ""),
    ("select_one where", "sleeps", "Where do you sleep?", ""),
    ("integer", "people", "How many people?", "${who} = 'nobody'"),
    ("text", "wish", "What do you wish?", ""),
)
PLACES: Rows = (("list_name", "name", "label"), ("where", "tent", "Tent"), ("where", "house", "House"))
FEWER: Rows = (("list_name", "name", "label"), ("where", "house", "House"))


def install(vault: OpenVault, version: str, survey: Rows, choices: Rows) -> None:
    settings = (("form_title", "form_id", "version"), ("Shelter", "shelter", version))
    report = administer.install_form(
        vault, xlsx(survey=survey, choices=choices, settings=settings), "shelter.xlsx"
    )
    assert report.xform is not None, report.problems


def begun(vault: OpenVault) -> Interview:
    install(vault, "1", OLDER, PLACES)
    interview = intake.begin(vault, "shelter", officer_language="en", person_language="en")
    for name, value in (("who", "Amaru Testperson"), ("sleeps", "tent"), ("people", "4")):
        interview.answer(f"/data/{name}", value)
    interview.mark("/data/street", Mark.DECLINED)
    return interview


def test_a_draft_stays_on_its_version_until_somebody_moves_it(post: OpenVault) -> None:
    interview = begun(post)
    assert moving.offered_to(post, interview) == ""
    install(post, "2", NEWER, FEWER)
    again = intake.resume(post, interview.draft_id)
    assert again.form.version == "1"
    assert moving.offered_to(post, again) == "2"


def test_the_report_says_of_every_answer_what_becomes_of_it_and_looking_changes_nothing(
    post: OpenVault,
) -> None:
    interview = begun(post)
    install(post, "2", NEWER, FEWER)
    before = post.drafts.history(interview.draft_id)
    plan = moving.plan(post, interview.draft_id)
    assert [(line.label, line.answer, line.outcome, line.reason) for line in plan.lines] == [
        ("Who are you?", "Amaru Testperson", Outcome.MOVED, Reason.NONE),
        ("Where do you sleep?", "Tent", Outcome.LEFT, Reason.CHOICE_GONE),
        ("Which street?", "", Outcome.LEFT, Reason.GONE),
        ("How many people?", "4", Outcome.LOOK, Reason.NOT_RELEVANT),
    ]
    assert plan.lines[2].mark is Mark.DECLINED
    assert post.drafts.history(interview.draft_id) == before
    assert intake.resume(post, interview.draft_id).form.version == "1"


def test_a_moved_draft_goes_on_with_the_newer_version_also_after_the_laptop_was_closed(
    post: OpenVault,
) -> None:
    interview = begun(post)
    install(post, "2", NEWER, FEWER)
    moving.move(post, moving.plan(post, interview.draft_id))
    moved = intake.resume(post, interview.draft_id)
    assert moved.form.version == "2"
    assert moved.session.value("/data/who") == "Amaru Testperson"
    assert moved.session.value("/data/sleeps") == ""
    assert moved.mark_of("/data/wish") is Mark.NOT_ASKED
    moved.answer("/data/wish", "a roof")
    assert intake.resume(post, interview.draft_id).session.value("/data/wish") == "a roof"
    with pytest.raises(PersonFault, match=r"move\.nothing_newer"):
        moving.plan(post, interview.draft_id)


def test_nothing_is_thrown_away_the_log_keeps_all_and_the_finished_interview_lists_what_was_left(
    post: OpenVault,
) -> None:
    interview = begun(post)
    install(post, "2", NEWER, FEWER)
    moving.move(post, moving.plan(post, interview.draft_id))
    logged = [held.op for held in post.drafts.history(interview.draft_id)]
    assert [op.value for op in logged if op.kind is Done.SET][:3] == ["Amaru Testperson", "tent", "4"]
    moved = intake.resume(post, interview.draft_id)
    finished = intake.finish(post, moved)
    (entry, _) = next(
        (entry, digest)
        for entry, digest in post.journal.entries(post.stream)
        if entry.kind == "submission.finished"
    )
    payload = post.journal.payload(entry.payload)
    assert payload is not None
    value = payload.value()
    assert value["instance_id"] == finished.instance_id
    assert [(one["label"], one["answer"], one["mark"], one["reason"]) for one in value["left"]] == [
        ("Where do you sleep?", "Tent", "", "choice gone"),
        ("Which street?", "", "declined", "gone"),
        ("How many people?", "4", "", "not relevant"),
    ]
    assert "<people>" not in value["xml"]


def test_what_came_along_unasked_stands_again_when_its_question_is_asked(post: OpenVault) -> None:
    interview = begun(post)
    install(post, "2", NEWER, FEWER)
    moving.move(post, moving.plan(post, interview.draft_id))
    moved = intake.resume(post, interview.draft_id)
    moved.answer("/data/who", "nobody")
    assert moved.session.value("/data/people") == "4"
    assert [one.label for one in moved.left_behind()] == ["Where do you sleep?", "Which street?"]


def test_a_draft_that_changed_since_it_was_looked_at_is_not_moved(post: OpenVault) -> None:
    interview = begun(post)
    install(post, "2", NEWER, FEWER)
    plan = moving.plan(post, interview.draft_id)
    interview.answer("/data/people", "5")
    with pytest.raises(PersonFault, match=r"draft\.changed"):
        moving.move(post, plan)
    assert intake.resume(post, interview.draft_id).form.version == "1"


def test_what_was_left_never_travels(post: OpenVault) -> None:
    payload: JsonObject = {
        "instance_id": "uuid:1",
        "facts": {},
        "marks": {},
        "xml": "<x/>",
        "travel": [],
        "left": [{"value": "secret"}],
    }
    shared, kept = entered.part(payload, frozenset())
    assert "secret" not in json.dumps(shared)
    assert kept["left"] == [{"value": "secret"}]
