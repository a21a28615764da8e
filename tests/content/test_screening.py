"""The first screening keeps the rules of protection in its very shape (`protection.md` 1, 2, 3, 7, 9)."""

import re

import pytest

from fieldkit.content import codebook, form_roles
from fieldkit.content.codebook import FactKind
from fieldkit.domain.outcome import Interpreted
from fieldkit.forms.authoring import convert_xlsform
from tests.content.shipped import RESOURCES, sections, sheet, survey

BOOK = codebook.load(RESOURCES)
LINES = survey()
BY_NAME = {
    line["name"]: line
    for line in LINES
    if line["name"] != "fear_mentioned" and not line.kind.startswith("end")
}
ASKED = [line for line in LINES if line.is_asked]

IDENTITY = frozenset(
    {"name_told", "birth_date", "nationality", "age_years", "origin_country", "journey_means"}
)
CRITICAL = (
    *("may_ask_asylum", "not_a_decision", "may_stop", "may_complain", "must_record", "may_refuse"),
    *("share_headquarters", "share_asylum", "share_child_protection", "share_health", "without_agreement"),
    *("child_help", "private_intro", "fear_return", "asks_protection"),
)
KINDS = {
    **{"select_one": FactKind.CHOICE, "select_multiple": FactKind.CHOICES},
    **{"calculate": FactKind.DERIVED, "hidden": FactKind.DERIVED},
}


def test_it_is_a_form_that_the_converter_takes_without_a_warning() -> None:
    converted = convert_xlsform((RESOURCES / "forms" / "screening.md").read_bytes(), "screening.md")
    assert b'fk:section="urgent"' in converted.xform
    assert [str(warning) for warning in converted.warnings] == []


def test_sections_come_in_the_order_that_protects() -> None:
    assert list(sections().values()) == [
        *("urgent", "information", "privacy", "agreement"),
        *("core", "core", "core", "core", "core"),
        *("sensitive", "closing"),
    ]


def test_urgent_needs_come_before_anything_about_identity() -> None:
    first_identity = min(LINES.index(BY_NAME[name]) for name in IDENTITY)
    urgent = [LINES.index(line) for line in LINES if line.section == "urgent"]
    assert max(urgent) < first_identity
    asked = {line["name"] for line in ASKED if line.section == "urgent"} - {"fear_mentioned"}
    assert all(BOOK.facts[name].purpose == "help_now" for name in asked)


def test_agreement_comes_before_profiling_and_asks_each_recipient() -> None:
    kinds = list(sections().values())
    assert max(i for i, kind in enumerate(kinds) if kind == "agreement") < kinds.index("core")
    asked = {line["bind::fk:recipient"]: line["name"] for line in ASKED if line["bind::fk:recipient"]}
    assert asked == {recipient.id: recipient.agreement for recipient in BOOK.recipients.values()}
    assert "headquarters" in asked
    assert {BY_NAME[name].section for name in asked.values()} == {"agreement"}


def test_the_person_is_told_what_must_be_recorded_before_being_asked_to_agree() -> None:
    names = [line["name"] for line in LINES if line.section == "agreement"]
    first_question = min(names.index(recipient.agreement) for recipient in BOOK.recipients.values())
    assert names.index("must_record") < names.index("told_record") < first_question
    assert names.index("may_refuse") < first_question


def test_nothing_is_chosen_in_advance_and_nothing_is_compulsory() -> None:
    header = set(sheet("survey")[0])
    assert header.isdisjoint({"default", "required", "trigger"})


def test_help_never_depends_on_agreement() -> None:
    agreements = {recipient.agreement for recipient in BOOK.recipients.values()}
    for line in LINES:
        for name in agreements:
            assert f"${{{name}}}" not in line["relevant"] + line["calculation"] + line["constraint"]


def test_sensitive_questions_open_only_in_private_and_through_somebody_suitable() -> None:
    (gate,) = [line["relevant"] for line in LINES if line["bind::fk:section"] == "sensitive"]
    assert gate == (
        "${private_place} = 'yes' and ${nobody_listening} = 'yes' and (${interpreted} = 'nobody' or "
        "(${interpreted} = 'interpreter' and ${interpreter_undertaking} = 'yes'))"
    )
    assert {choice.name for choice in BOOK.lists["interpreted"]} == set(Interpreted)
    for name in ("control_signs", "harm", "harm_places", "help_wanted"):
        assert sections()[BY_NAME[name].section] == "sensitive"


def test_what_stays_closed_is_planned_not_forgotten() -> None:
    gate = BY_NAME["private"]["relevant"]
    assert BY_NAME["private_planned"]["relevant"] == f"not({gate})"
    assert BY_NAME["again_when"]["relevant"].startswith(f"not({gate}) or ")


def test_fear_is_one_key_in_every_section() -> None:
    keys = [line for line in LINES if line["name"] == "fear_mentioned"]
    assert [line.section for line in keys] == list(sections())
    assert all(line["bind::fk:critical"] == "yes" and line["bind::fk:key"] == "fear" for line in keys)
    assert {line.list_name for line in keys[:-1]} == {"fear_key"}
    assert keys[-1].list_name == "yes_no"
    assert [choice.name for choice in BOOK.lists["fear_key"]] == ["yes"]


@pytest.mark.parametrize("name", CRITICAL)
def test_a_critical_sentence_is_marked(name: str) -> None:
    assert BY_NAME[name]["bind::fk:critical"] == "yes"


def test_questions_and_facts_are_the_same_names_and_kinds() -> None:
    asked = {
        line["name"]: (KINDS.get(line.kind) or FactKind(line.kind), line.list_name)
        for line in LINES
        if line.is_asked or line.kind in {"calculate", "hidden"}
    }
    assert asked.keys() <= BOOK.facts.keys()
    for name, (kind, list_name) in asked.items():
        fact = BOOK.facts[name]
        assert fact.kind is kind
        assert fact.list == list_name or kind is FactKind.DERIVED


def test_the_choices_of_the_form_are_those_of_the_codebook() -> None:
    written = [(row["list_name"], row["name"], row["label"], row["parent"]) for row in sheet("choices")]
    used = list(dict.fromkeys(row[0] for row in written))
    assert set(used) == {line.list_name for line in ASKED if line.list_name}
    for name in used:
        expected = [(name, choice.name, choice.label, choice.parent) for choice in BOOK.lists[name]]
        assert [row for row in written if row[0] == name] == expected


def test_the_cascade_leads_from_country_to_region_to_place() -> None:
    countries = {choice.name for choice in BOOK.lists["countries"] if choice.parent == "country"}
    regions = {choice.name: choice.parent for choice in BOOK.lists["regions"]}
    places = {choice.name: choice.parent for choice in BOOK.lists["places"]}
    assert set(regions.values()) - {"any"} < countries
    assert set(places.values()) - {"any"} < set(regions)
    opened = re.fullmatch(
        r"selected\('([A-Z ]+)', \$\{origin_country\}\)", BY_NAME["origin_region"]["relevant"]
    )
    assert opened
    assert set(opened[1].split()) == set(regions.values()) - {"any"}
    # Both lists have a way out for a place nobody listed.
    assert regions["other"] == places["other"] == "any"


def test_only_answers_that_exist_are_compared() -> None:
    for line in LINES:
        for column in ("relevant", "calculation", "constraint"):
            for name, value in re.findall(r"\$\{(\w+)\} = '(\w+)'", line[column]):
                assert value in {choice.name for choice in BOOK.lists[BOOK.facts[name].list]}, line["name"]
            for value in re.findall(r"selected\(\., '(\w+)'\)", line[column]):
                assert value in {choice.name for choice in BOOK.lists[line.list_name]}, line["name"]


def test_every_none_of_these_goes_alone() -> None:
    for line in ASKED:
        values = {choice.name for choice in BOOK.lists.get(line.list_name, ())}
        if line.kind == "select_multiple" and "none" in values:
            assert "selected(., 'none')" in line["constraint"]
            assert line["constraint_message"]


def test_dates_to_come_and_impossible_ages_are_found() -> None:
    for line in ASKED:
        if line.kind == "date":
            assert line["constraint"] == ". <= today()"
        if line.kind == "integer":
            assert line["constraint"] == ". >= 0 and . <= 120"


def test_there_is_no_way_to_call_somebody_an_adult_by_looks() -> None:
    """An estimate only moves towards child (`protection.md` 9)."""
    assert not any("looks" in choice.label.lower() for choice in BOOK.lists["age_bands"])
    assert "'perhaps_child'" in BY_NAME["age_group"]["calculation"]
    assert BY_NAME["age_group"]["calculation"].index("'under_18'") < BY_NAME["age_group"][
        "calculation"
    ].index("'adult'")


def test_it_is_short_enough_for_a_tired_officer() -> None:
    asked = [line for line in ASKED if line["name"] != "fear_mentioned"]
    assert len(asked) <= 64
    for section in sections():
        assert sum(line.section == section for line in asked) <= 12


def test_nothing_is_asked_that_no_decision_needs() -> None:
    """No pictures, no fingerprints, no voices, no place by satellite (`protection.md` 9)."""
    assert {line.kind for line in ASKED} <= {"text", "integer", "date", "select_one", "select_multiple"}


def test_whoever_may_open_it_is_named() -> None:
    roles = form_roles.load(RESOURCES)
    assert roles["screening"].kind is form_roles.FormKind.PROTECTION
    trained = {"counsellor", "child_protection", "health_worker"}
    assert {role.value for role in roles["screening"].roles} == {"officer", *trained}
    assert set(roles) == {path.stem for path in (RESOURCES / "forms").glob("*.md")}


def test_what_was_disclosed_in_private_goes_to_nobody_by_itself() -> None:
    for name in ("control_signs", "harm", "harm_places", "help_wanted", "anything_else"):
        assert BOOK.facts[name].recipients == ()
        assert BOOK.facts[name].sensitivity.is_sealed
    assert BOOK.facts["urgent_safety"].recipients == ()
    assert not BOOK.facts["urgent_safety"].sensitivity.is_sealed, (
        "whoever is at the desk must be able to help"
    )


def test_every_class_of_sensitivity_has_its_word() -> None:
    assert [choice.name for choice in BOOK.lists["sensitivity"]] == list(codebook.Sensitivity)
