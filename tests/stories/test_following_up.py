"""A counsellor registers shelters once, and visits them again later: lists that the vault itself fills, offline."""

import pytest

from fieldkit.forms import entities
from fieldkit.services import administer, correcting, finished, intake
from fieldkit.services.interview import Interview
from fieldkit.services.vault import OpenVault
from tests.forms.xlsforms import Rows, xlsx

REGISTER: Rows = (
    ("type", "name", "label", "save_to"),
    ("text", "place", "Which shelter?", ""),
    ("integer", "beds", "How many beds?", "beds"),
)
VISIT: Rows = (
    ("type", "name", "label", "calculation", "save_to"),
    ("select_one_from_file shelters.csv", "which", "Which shelter?", "", ""),
    ("calculate", "before", "", "instance('shelters')/root/item[name = ${which}]/beds", ""),
    ("integer", "beds", "How many beds now?", "", "beds"),
)
DAILY: Rows = (
    ("type", "name", "label", "default"),
    ("text", "team", "Which team?", "${last-saved#team}"),
    ("integer", "meals", "How many meals?", ""),
)


def install(vault: OpenVault, form: str, survey: Rows, *entity: tuple[str, ...]) -> None:
    settings = (("form_title", "form_id", "version"), (form.title(), form, "1"))
    report = administer.install_form(
        vault, xlsx(survey=survey, settings=settings, entities=entity or None), f"{form}.xlsx"
    )
    assert report.is_usable, report.problems


@pytest.fixture
def vault(post: OpenVault) -> OpenVault:
    install(post, "register", REGISTER, ("list_name", "label"), ("shelters", "${place}"))
    install(post, "visit", VISIT, ("list_name", "entity_id"), ("shelters", "${which}"))
    return post


def begun(vault: OpenVault, form: str) -> Interview:
    return intake.begin(vault, form, officer_language="en", person_language="en")


def fill(vault: OpenVault, form: str, **answers: str) -> intake.Finished:
    interview = begun(vault, form)
    for name, value in answers.items():
        interview.answer(f"/data/{name}", value)
    return intake.finish(vault, interview)


def offered(interview: Interview) -> dict[str, str]:
    return {choice.label.text: choice.value for choice in interview.session.choices("/data/which", "en")}


def test_what_was_registered_is_offered_to_the_next_form(vault: OpenVault) -> None:
    fill(vault, "register", place="Invented hall", beds="40")
    fill(vault, "register", place="Invented school", beds="12")
    visit = begun(vault, "visit")
    assert list(offered(visit)) == ["Invented hall", "Invented school"]
    visit.answer("/data/which", offered(visit)["Invented school"])
    assert visit.session.value("/data/before") == "12"


def test_a_visit_changes_what_the_next_visit_sees_and_nothing_else(vault: OpenVault) -> None:
    fill(vault, "register", place="Invented hall", beds="40")
    hall = offered(begun(vault, "visit"))["Invented hall"]
    fill(vault, "visit", which=hall, beds="55")
    third = begun(vault, "visit")
    third.answer("/data/which", offered(third)["Invented hall"])
    assert third.session.value("/data/before") == "55"


def test_a_talk_sees_what_stood_when_it_began(vault: OpenVault) -> None:
    fill(vault, "register", place="Invented hall", beds="40")
    visit = begun(vault, "visit")
    hall = offered(visit)["Invented hall"]
    visit.answer("/data/which", hall)
    fill(vault, "visit", which=hall, beds="55")
    fill(vault, "register", place="Invented school", beds="12")
    again = intake.resume(vault, visit.draft_id)
    assert list(offered(again)) == ["Invented hall"]
    assert again.session.value("/data/before") == "40"


def test_a_correction_counts_and_what_it_corrects_does_not(vault: OpenVault) -> None:
    fill(vault, "register", place="Invented hal", beds="40")
    (about,) = vault.queries.survey_subjects()
    (first,) = finished.of_subject(vault, about)
    draft = correcting.correct(vault, about, first.instance_id)
    draft.answer("/data/place", "Invented hall")
    draft.give_reason("/data/place", "A letter was missing.")
    intake.finish(vault, draft)
    assert list(offered(begun(vault, "visit"))) == ["Invented hall"]


def test_the_last_answer_stands_ready_and_can_be_changed(post: OpenVault) -> None:
    install(post, "daily", DAILY)
    assert begun(post, "daily").session.value("/data/team") == ""
    fill(post, "daily", team="Invented team", meals="80")
    next_day = begun(post, "daily")
    assert next_day.session.value("/data/team") == "Invented team"
    assert next_day.session.value("/data/meals") == ""
    fill(post, "daily", team="Other invented team", meals="90")
    assert intake.resume(post, next_day.draft_id).session.value("/data/team") == "Invented team"


# Rules


def said(**attributes: str) -> bytes:
    spelled = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    return f"<data><beds>7</beds><meta><entity {spelled}><label>L</label></entity></meta></data>".encode()


SAVED: dict[entities.Path, str] = {("data", "beds"): "beds"}


@pytest.mark.parametrize(
    ("attributes", "known"),
    [
        ({"dataset": "s", "id": "a", "create": "1"}, {"a"}),
        ({"dataset": "s", "id": "a", "create": "true"}, {"a"}),
        ({"dataset": "s", "id": "a", "create": "0"}, set()),
        ({"dataset": "s", "id": "a", "update": "1"}, set()),
        ({"dataset": "s", "id": "a", "create": "1", "update": "1"}, {"a"}),
        ({"dataset": "s", "id": "", "create": "1"}, set()),
        ({"id": "a", "create": "1"}, set()),
    ],
)
def test_only_what_says_that_it_creates_is_created(attributes: dict[str, str], known: set[str]) -> None:
    lists: entities.Lists = {}
    entities.take(lists, entities.declared(said(**attributes), SAVED))
    assert set(lists.get("s", {})) == known


def test_each_row_may_say_its_own(post: OpenVault) -> None:
    row = "<row><beds>{0}</beds><meta><entity dataset='s' id='{0}' create='1'/></meta></row>"
    content = f"<data>{row.format(1)}{row.format(2)}</data>".encode()
    lists: entities.Lists = {}
    entities.take(lists, entities.declared(content, {("data", "row", "beds"): "beds"}))
    assert {one.id: one.properties["beds"] for one in lists["s"].values()} == {"1": "1", "2": "2"}
    assert entities.as_csv(lists["s"].values()) == b"name,label,__version,beds\r\n1,,1,1\r\n2,,1,2\r\n"
