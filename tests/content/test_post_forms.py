"""Forms about the post count and describe and name nobody; a form for paper is never opened (`form_roles` 3, 4).

What such a form holds goes to headquarters without anybody's yes: so it asks for nothing that belongs to a person.
"""

import re

import pytest

from fieldkit.content import codebook, form_roles
from fieldkit.content.codebook import FactKind, Sensitivity
from fieldkit.content.form_roles import FormKind
from tests.content.shipped import RESOURCES, Line, form_ids, sheet, survey

BOOK = codebook.load(RESOURCES)
ACCESS = form_roles.load(RESOURCES)
POST = [form for form in form_ids() if ACCESS[form].kind is FormKind.POST]
WITH_A_PERSON = {line["name"] for form in form_ids() if ACCESS[form].kind.has_case for line in survey(form)}


def asked(form: str) -> list[Line]:
    return [line for line in survey(form) if line.is_asked]


def test_which_forms_are_about_the_post() -> None:
    assert set(POST) == {
        *("group_event", "movement", "monitoring_visit", "awareness_session", "site_checklist"),
        *("rights_report", "payments_report", "legal_advice", "country_tools"),
    }
    assert [form for form in form_ids() if ACCESS[form].kind is FormKind.PAPER] == ["complaint_paper"]


@pytest.mark.parametrize("form", POST)
def test_it_shares_no_question_with_a_form_about_a_person(form: str) -> None:
    """So that no answer of a person can come to stand in it, and no rule reads it."""
    assert {line["name"] for line in asked(form)}.isdisjoint(WITH_A_PERSON)
    assert {line["bind::fk:section"] for line in survey(form)} == {""}


@pytest.mark.parametrize("form", POST)
def test_what_it_asks_is_ordinary_and_for_counting(form: str) -> None:
    for line in asked(form):
        fact = BOOK.facts[line["name"]]
        assert fact.sensitivity is Sensitivity.ORDINARY, line["name"]
        assert fact.purpose == "count", line["name"]
        assert fact.kind is FactKind.TEXT or fact.recipients == ("headquarters",), line["name"]


@pytest.mark.parametrize("form", POST)
def test_no_question_asks_who_somebody_is(form: str) -> None:
    who = re.compile(
        r"\b(what is your|your name|passport|born|birth|how old|which nationality|religion)\b", re.I
    )
    for line in asked(form):
        assert not who.search(line["label"]), line["name"]
    notes = [line for line in asked(form) if line.kind == "text" and line["name"].endswith("_notes")]
    assert all("no names" in line["hint"].lower() for line in notes)


@pytest.mark.parametrize("form", [*POST, "complaint_paper"])
def test_nothing_is_compulsory_or_chosen_in_advance(form: str) -> None:
    assert set(sheet("survey", form)[0]).isdisjoint({"default", "required", "trigger"})


def test_a_number_left_empty_is_never_nobody() -> None:
    """Figures show what was not counted (`protection.md` 15): no count begins at 0."""
    for form in POST:
        for line in asked(form):
            if line.kind == "integer":
                assert line["constraint"] == ". >= 0 and . <= 100000" and not line["calculation"], line[
                    "name"
                ]


def test_only_monitors_count_on_the_way_and_visit_places() -> None:
    for form in (
        "movement",
        "monitoring_visit",
        "rights_report",
        "payments_report",
        "legal_advice",
        "country_tools",
    ):
        assert {role.value for role in ACCESS[form].roles} == {"counsellor", "coordinator"}


def test_whoever_died_is_counted_here_and_written_down_elsewhere() -> None:
    names = {line["name"]: line for line in asked("group_event")}
    for name in ("event_died", "event_missing"):
        assert names[name]["hint"] == "Leave it empty when nobody knows."


def test_the_first_sheet_for_a_child_asks_at_most_seven_things() -> None:
    """`protection.md` 7: fifteen inputs to the handover, with call and alert; fear is noted, never asked about."""
    first = [line for line in asked("child_first") if line.section == "urgent"]
    needed = [line["name"] for line in first if line["name"] not in {"fear_mentioned", "age_band"}]
    assert needed == [
        *("urgent_child_alone", "urgent_medical", "urgent_safety"),
        *("name_told", "sex", "age_years", "languages_spoken"),
    ]
    asks = {line["name"] for line in asked("child_first")}
    assert asks.isdisjoint(
        {"fear_return", "asks_protection", "reasons", "journey_means", "nationality", "harm"}
    )
