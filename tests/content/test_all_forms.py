"""Every built-in form keeps the rules of protection in its very shape (`protection.md` 1, 2, 3, 4, 9, 14, 16).

`test_screening` looks closer at the first screening; here is what holds for all.
"""

import re

import pytest

from fieldkit.content import codebook, form_roles, trainings
from fieldkit.content.codebook import FactKind
from fieldkit.content.form_roles import FormKind
from fieldkit.domain.access import Role
from fieldkit.forms.authoring import convert_xlsform
from fieldkit.forms.places import Places
from fieldkit.forms.protection_findings import protection_findings
from fieldkit.forms.reader import read_form
from tests.content.shipped import RESOURCES, Line, form_ids, sections, sheet, survey

BOOK = codebook.load(RESOURCES)
KINDS = {
    **{"select_one": FactKind.CHOICE, "select_multiple": FactKind.CHOICES},
    **{"calculate": FactKind.DERIVED, "hidden": FactKind.DERIVED},
}
GATE = next(line["relevant"] for line in survey() if line["bind::fk:section"] == "sensitive")
ACCESS = form_roles.load(RESOURCES)
ALL = pytest.mark.parametrize("form", form_ids())
WITH_A_PERSON = pytest.mark.parametrize("form", [form for form in form_ids() if ACCESS[form].kind.has_case])
"""Forms about the post and for paper are looked at in `test_post_forms`."""


def asked(form: str) -> list[Line]:
    return [line for line in survey(form) if line.is_asked]


@ALL
def test_it_names_its_roles_and_that_no_lawyer_has_read_it(form: str) -> None:
    access = ACCESS[form]
    assert access.kind in FormKind and (access.kind is not FormKind.SURVEY or form == "skills")
    assert access.law_reviewed_by is None


FOR_TRAINED = (
    *("trafficking_full", "child_registration", "women_safety", "violence", "torture_trauma", "private_talk"),
    *("disability", "older_people", "stateless", "disaster_displaced", "stranded", "detained"),
    *("voluntary_return", "solutions", "best_interest_assessment", "best_interest_determination", "tracing"),
    *("family_message", "report_wish", "after_return_child", "after_return", "skills"),
)


@pytest.mark.parametrize("form", FOR_TRAINED)
def test_what_needs_training_is_never_an_officers(form: str) -> None:
    assert Role.OFFICER not in form_roles.load(RESOURCES)[form].roles


def test_the_full_interview_asks_for_a_training() -> None:
    known = {choice.name for choice in BOOK.lists["trainings"]}
    asked_for = trainings.load(RESOURCES, known)
    assert asked_for["trafficking_full"] == {"trafficking"}
    assert asked_for["violence"] == asked_for["torture_trauma"] == asked_for["women_safety"] == {"violence"}
    assert asked_for["private_talk"] == {"private_talk"}
    for form in ("best_interest_assessment", "best_interest_determination", "tracing"):
        assert asked_for[form] == {"children"}
        assert ACCESS[form].roles == {Role.CHILD_PROTECTION}


@ALL
def test_a_check_of_forms_from_elsewhere_finds_nothing_in_it(form: str) -> None:
    """No verdict word, no score, nothing of the body, a way to decline, nothing sensitive outside the gate."""
    content = (RESOURCES / "forms" / f"{form}.md").read_bytes()
    read = read_form(convert_xlsform(content, f"{form}.md").xform)
    assert [str(problem) for problem in protection_findings(read, Places({}))] == []


@ALL
def test_its_questions_are_facts_of_the_codebook(form: str) -> None:
    for line in survey(form):
        if line.is_asked or line.kind in {"calculate", "hidden"}:
            fact = BOOK.facts[line["name"]]
            assert fact.kind is (KINDS.get(line.kind) or FactKind(line.kind)), line["name"]
            is_key = line.list_name == "fear_key"
            assert fact.list == line.list_name or fact.kind is FactKind.DERIVED or is_key, line["name"]


def test_every_fact_of_the_codebook_is_asked_somewhere() -> None:
    assert (
        BOOK.facts.keys()
        == {line["name"] for form in form_ids() for line in survey(form)} & BOOK.facts.keys()
    )


@ALL
def test_its_choices_are_those_of_the_codebook(form: str) -> None:
    written = [(row["list_name"], row["name"], row["label"], row["parent"]) for row in sheet("choices", form)]
    assert {row[0] for row in written} == {line.list_name for line in asked(form) if line.list_name}
    for name in {row[0] for row in written}:
        expected = [(name, choice.name, choice.label, choice.parent) for choice in BOOK.lists[name]]
        assert [row for row in written if row[0] == name] == expected


@WITH_A_PERSON
def test_urgent_needs_come_first_and_nothing_is_compulsory_or_chosen_in_advance(form: str) -> None:
    assert next(iter(sections(form).values())) == "urgent"
    assert set(sheet("survey", form)[0]).isdisjoint({"default", "required", "trigger"})


@ALL
def test_what_was_said_in_private_is_asked_behind_the_gate_only(form: str) -> None:
    """Every question of a sealed class about what happened stands where the gate is; what an officer saw, and
    what a form shares with the first screening's open parts, does not."""
    open_there = {line["name"] for line in asked("screening") if sections()[line.section] != "sensitive"}
    seen_not_asked = {
        "signs_seen",
        "care_wishes",
        "child_held",
        "held_instead",
        "child_view",
        "anything_else",
        # Grades of daily life, as `difficulties` in the first screening: a helper may have to be there.
        *("func_seeing", "func_hearing", "func_walking", "func_remembering", "func_self_care"),
        "func_communicating",
    }
    for group in (line for line in survey(form) if line["bind::fk:section"] == "sensitive"):
        assert group["relevant"] == GATE, group["name"]
    for line in asked(form):
        fact = BOOK.facts[line["name"]]
        if fact.sensitivity.is_sealed and line["name"] not in open_there | seen_not_asked:
            assert sections(form)[line.section] == "sensitive", line["name"]


@ALL
def test_help_stands_beside_every_private_question(form: str) -> None:
    """R-030: a line for the interviewer, or a hint, beside each question behind the gate."""
    for line in asked(form):
        if sections(form)[line.section] == "sensitive" and BOOK.facts[line["name"]].sensitivity.is_sealed:
            beside = line["guidance_hint"] or line["hint"] or line["relevant"]
            assert beside, line["name"]


@ALL
def test_profiling_asks_first_who_may_receive_what(form: str) -> None:
    kinds = list(sections(form).values())
    if {"core", "sensitive"} & set(kinds):
        first = min(kinds.index(kind) for kind in ("core", "sensitive") if kind in kinds)
        before = list(dict.fromkeys(kinds[:first]))  # what already happened is recorded beside urgent needs
        assert before == ["urgent", "information", "privacy", "agreement"]
        told = {
            line["bind::fk:recipient"]: line["name"] for line in asked(form) if line["bind::fk:recipient"]
        }
        assert told == {recipient.id: recipient.agreement for recipient in BOOK.recipients.values()}


@WITH_A_PERSON
def test_fear_is_one_key_in_every_section(form: str) -> None:
    keys = [line for line in survey(form) if line["name"] == "fear_mentioned"]
    assert [line.section for line in keys] == list(sections(form))
    assert {line.list_name for line in keys[:-1]} == {"fear_key"} and keys[-1].list_name == "yes_no"
    assert all(line["bind::fk:critical"] == "yes" for line in keys)


@ALL
def test_only_answers_that_exist_are_compared_and_none_goes_alone(form: str) -> None:
    for line in survey(form):
        for name, value in re.findall(r"\$\{(\w+)\} = '(\w+)'", line["relevant"] + line["calculation"]):
            assert value in {choice.name for choice in BOOK.lists[BOOK.facts[name].list]}, line["name"]
        values = {choice.name for choice in BOOK.lists.get(line.list_name, ())}
        if line.kind == "select_multiple" and "none" in values:
            assert "selected(., 'none')" in line["constraint"] and line["constraint_message"], line["name"]


@ALL
def test_it_asks_for_no_picture_voice_or_place(form: str) -> None:
    kinds = {line.kind for line in asked(form)}
    assert kinds <= {"text", "integer", "date", "select_one", "select_multiple"}
    assert max(sum(line.section == name for line in asked(form)) for name in sections(form)) <= 14


def test_the_arrival_page_asks_nobody_for_nationality_papers_or_status() -> None:
    """R-003."""
    names = {line["name"] for line in asked("arrival")}
    assert names.isdisjoint(
        {"nationality", "name_told", "birth_date", "papers_where", "origin_country", "reasons"}
    )


def test_dangers_and_needs_are_lists_of_facts_and_nothing_is_added_up() -> None:
    """R-070, `protection.md` 16: the only calculations are about age."""
    worked_out = {line["name"] for form in form_ids() for line in survey(form) if line.kind == "calculate"}
    led = {name for name in worked_out if name.startswith("led_")}
    assert worked_out - led == {"age_by_birth_date", "age_margin", "age_group", "age_heard"}
    for form in form_ids():
        for line in survey(form):
            assert line["name"] not in led or line["calculation"] == "'yes'", "that a talk was led, no more"


def test_the_police_come_last_and_only_after_help_was_arranged() -> None:
    """R-075."""
    lines = asked("trafficking_full")
    police = next(line for line in lines if line["name"] == "police_wish")
    assert police["relevant"] == "${help_arranged} = 'yes'"
    assert [line["name"] for line in lines if line.section == "needs"][-2:] == [
        "police_wish",
        "fear_mentioned",
    ]
    others = {line["name"] for line in lines if "police_wish" in line["relevant"]}
    assert others == set(), "no help depends on it"


def test_what_is_said_of_exploitation_or_tracing_goes_to_no_office_by_itself() -> None:
    """How somebody was recruited is counted at headquarters (R-078): sealed, for people cleared for it, no more."""
    for fact in BOOK.facts.values():
        if fact.sensitivity in {codebook.Sensitivity.TRAFFICKING} or fact.name.startswith("tracing"):
            assert set(fact.recipients) <= {"headquarters"}, fact.name
            assert fact.purpose == "count" or fact.recipients == (), fact.name


def test_who_died_or_is_missing_is_counted_and_their_name_goes_where_the_person_said_alone() -> None:
    """R-011, K-14: `lost_tell` decides, so no recipient of other answers gets it; no picture, no home authority."""
    told = {name: fact for name, fact in BOOK.facts.items() if name.startswith("lost_")}
    counted = {name for name, fact in told.items() if fact.recipients}
    assert counted == {*("lost_state", "lost_relation", "lost_sex", "lost_age", "lost_country", "lost_wish")}
    assert all(told[name].recipients == ("headquarters",) for name in counted)
    home = next(line for line in asked("deceased_missing") if line["name"] == "lost_home")
    assert home["bind::fk:critical"] == "yes"


def test_whom_a_child_looks_for_and_what_is_best_stay_with_child_protection() -> None:
    """`protection.md` 14: neither a name that is sought nor a plan leaves by itself."""
    forms = ("tracing", "best_interest_determination", "best_interest_assessment")
    behind = {
        line["name"]
        for form in forms
        for line in asked(form)
        if sections(form)[line.section] == "sensitive"
        and line["name"] not in {"fear_mentioned", "look_again"}
    }
    leaving = {name for name in behind if BOOK.facts[name].recipients}
    assert leaving <= {"needs_determination"}, "that several people have to decide is all that is told"
