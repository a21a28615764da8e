"""What the shipped rules say of invented people (`protection.md` 1, 9, 16; requirements, section 4)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.content import codebook, rules
from fieldkit.content.codebook import FactKind
from fieldkit.content.rules import Rule
from fieldkit.domain.outcome import NO_SPECIFIC_NEED, Verdict
from fieldkit.forms.expressions import kleene
from tests.content import three_values
from tests.content.shipped import RESOURCES, form_ids, survey
from tests.content.three_values import Answers

BOOK = codebook.load(RESOURCES)
TABLE = rules.load(RESOURCES)
COMPILED = {rule.id: kleene.compile_rule(rule.when) for rule in TABLE.rules}

ADULT = {"age_group": ("adult",), "age_heard": ("yes",)}
CHILD = {"age_group": ("under_18",), "age_heard": ("yes",)}
PERHAPS = {"age_group": ("perhaps_child",), "age_heard": ("yes",)}
NOT_HEARD = {"age_heard": ("no",)}


def say(rule: str, *answers: Answers, **more: str) -> Verdict:
    """What a rule says of these answers; keyword answers are `name="value value"`."""
    together = {name: values for group in answers for name, values in group.items()}
    return judge(rule, together | {name: (value,) for name, value in more.items()})


def judge(rule: str, answers: Answers) -> Verdict:
    """What the forms' own engine says."""

    def lookup(name: str) -> kleene.Lookup:
        return kleene.Known(answers[name]) if name in answers else kleene.UNKNOWN

    return COMPILED[rule].verdict(lookup)


def suggested(*answers: Answers, **more: str) -> set[str]:
    """The categories that some rule suggests."""
    return {rule.category for rule in TABLE.rules if say(rule.id, *answers, **more) is Verdict.YES}


def test_no_rule_suggests_that_there_is_no_need() -> None:
    assert NO_SPECIFIC_NEED not in {rule.category for rule in TABLE.rules}


def test_most_pathways_have_a_rule() -> None:
    with_rule = {rule.category for rule in TABLE.rules}
    assert BOOK.categories.keys() - with_rule == {
        "C26",  # never suggested
    }


@pytest.mark.parametrize("rule", TABLE.rules, ids=lambda rule: rule.id)
def test_silence_is_not_safety(rule: Rule) -> None:
    """Of a person who was asked nothing no rule says yes, and none says no."""
    assert judge(rule.id, NOT_HEARD) is Verdict.CANNOT_TELL
    assert judge(rule.id, {}) is Verdict.CANNOT_TELL


@pytest.mark.parametrize("rule", TABLE.rules, ids=lambda rule: rule.id)
def test_a_rule_compares_with_answers_that_exist(rule: Rule) -> None:
    for name, value in re.findall(r"\$\{(\w+)\}(?: = |, )'(\w+)'", rule.when):
        assert value in {choice.name for choice in BOOK.lists[BOOK.facts[name].list]}
    assert "not_sure" not in rule.when, "an answer that says not known is no answer to a rule"


@pytest.mark.parametrize("rule", TABLE.rules, ids=lambda rule: rule.id)
def test_a_rule_reads_choices_only(rule: Rule) -> None:
    """Never a name, a free text or a number: nothing counts, nothing scores, nothing guesses from words."""
    kinds = {BOOK.facts[name].kind for name in rule.names}
    assert kinds <= {FactKind.CHOICE, FactKind.CHOICES, FactKind.DERIVED}
    assert not re.search(r"[+*<>]|count|sum|number|string|regex", rule.when)


def test_nationality_and_origin_never_decide() -> None:
    readers = {rule.category for rule in TABLE.rules if "nationality" in rule.names}
    assert readers == {"C14"}
    assert not re.search(r"nationality\} = '[A-Z]", "".join(rule.when for rule in TABLE.rules))
    assert all(rule.names.isdisjoint({"origin_country", "origin_region"}) for rule in TABLE.rules)


def test_no_rule_reads_whether_the_person_agreed() -> None:
    agreements = {recipient.agreement for recipient in BOOK.recipients.values()}
    assert all(rule.names.isdisjoint(agreements) for rule in TABLE.rules)


@pytest.mark.parametrize(
    "answer",
    [
        {"asks_protection": "yes"},
        {"asks_protection": "perhaps"},
        {"fear_return": "yes"},
        {"fear_return": "perhaps"},
        {"fear_mentioned": "yes"},
        {"reasons": "work persecution"},
        {"reasons": "armed_groups"},
    ],
)
def test_any_sign_of_fear_leads_to_the_asylum_authority(answer: dict[str, str]) -> None:
    assert "C01" in suggested(ADULT, **answer)


def test_fear_in_one_section_is_not_undone_by_a_no_in_another() -> None:
    assert say("C01-1", {"fear_mentioned": ("yes", "no"), "fear_return": ("no",)}) is Verdict.YES


def test_no_fear_is_said_only_when_all_was_asked() -> None:
    asked = {"fear_return": "no", "asks_protection": "no"}
    assert say("C01-1", **asked) is Verdict.CANNOT_TELL
    assert say("C01-1", fear_mentioned="no", **asked) is Verdict.NO


def test_economic_reasons_stand_beside_others_and_cancel_none() -> None:
    found = suggested(ADULT, reasons="work poverty war")
    assert {"C01", "C03", "C21"} <= found


def test_going_through_other_countries_or_paying_closes_nothing() -> None:
    found = suggested(ADULT, smuggler_used="yes", registered_elsewhere="refused", fear_return="yes")
    assert {"C01", "C16", "C19"} <= found


@pytest.mark.parametrize("age", [CHILD, PERHAPS])
@pytest.mark.parametrize("alone", ["yes", "perhaps"])
def test_in_doubt_it_is_a_child_and_alone(age: Answers, alone: str) -> None:
    assert "C06" in suggested(age, alone=alone)


@pytest.mark.parametrize("seen", ["yes", "perhaps"])
def test_a_child_seen_alone_is_called_for_before_any_question(seen: str) -> None:
    assert suggested(urgent_child_alone=seen) == {"C06"}


def test_a_child_keeps_its_pathway_whatever_else_is_found() -> None:
    found = suggested(
        CHILD, alone="yes", wishes="return", reasons="work", smuggler_used="yes", inconclusive="no_time"
    )
    assert {"C06", "C16", "C18", "C21", "C27"} <= found


def test_a_child_with_people_met_on_the_way_counts_as_alone() -> None:
    assert {"C06", "C07"} <= suggested(CHILD, alone="no", with_whom="group")


def test_what_child_protection_saw_counts_beside_what_was_said() -> None:
    """R-083: an unclear tie, also when a parent was named; a married child is a child."""
    said = {**CHILD, "led_registration": ("yes",), "alone": ("no",), "with_whom": ("parent",)}
    assert suggested(said, care_kind="parents") == set()
    assert suggested(said, care_kind="alone") == {"C06"}
    for kind in ("relative", "tie_unclear", "married"):
        assert suggested(said, care_kind=kind) == {"C07"}


def test_a_child_with_an_aunt_is_separated_and_with_a_mother_is_neither() -> None:
    assert suggested(CHILD, alone="no", with_whom="relative") == {"C07"}
    assert suggested(CHILD, alone="no", with_whom="parent relative") == set()


def test_who_is_with_a_child_must_be_known_to_say_no() -> None:
    assert say("C07-1", CHILD, alone="no") is Verdict.CANNOT_TELL
    assert say("C06-3", CHILD, alone="no") is Verdict.CANNOT_TELL


def test_signs_of_control_lead_an_adult_and_a_child_each_their_way() -> None:
    assert {"C04"} == suggested(ADULT, control_signs="papers_kept")
    assert {"C05"} == suggested(CHILD, control_signs="papers_kept")
    assert {"C04", "C05"} == suggested(PERHAPS, control_signs="debt")


def test_signs_of_control_are_never_lost_because_the_age_was_not_asked() -> None:
    assert {"C04", "C05"} == suggested(NOT_HEARD, control_signs="watched none")


def test_a_closed_private_part_leaves_its_pathways_open() -> None:
    """Nobody asked about control or harm: every rule that reads them cannot tell, and the talk is planned."""
    answers = dict(ADULT, interpreted=("companion",), private_place=("yes",), nobody_listening=("yes",))
    for rule in ("C04-1", "C09-1", "C10-1", "C25-1"):
        assert say(rule, answers) is Verdict.CANNOT_TELL
    assert "C27" in suggested(answers)


def test_an_interpreter_who_promised_nothing_is_not_suitable() -> None:
    here = {"private_place": "yes", "nobody_listening": "yes", "interpreted": "interpreter"}
    assert "C27" in suggested(ADULT, interpreter_undertaking="no", **here)
    assert say("C27-2", interpreter_undertaking="yes", **here) is Verdict.NO


def test_all_that_hinders_a_talk_leads_to_another_talk() -> None:
    hindrances = {choice.name for choice in BOOK.lists["inconclusive"]} - {"finished"}
    assert all("C27" in suggested(inconclusive=name) for name in hindrances)
    assert say("C27-1", inconclusive="finished") is Verdict.NO


@pytest.mark.parametrize(
    ("category", "answer"),
    [
        ("C02", {"registered_elsewhere": "refugee"}),
        ("C02", {"papers_now": "passport refugee_paper"}),
        ("C02", {"led_profile": "yes", "safe_there": "perhaps"}),
        ("C01", {"led_assessment": "yes", "child_worries": "back"}),
        ("C05", {"led_assessment": "yes", "child_worries": "alone arms"}),
        ("C08", {"children_needs": "birth_paper school"}),
        ("C08", {"led_assessment": "yes", "goes_to_school": "no"}),
        ("C16", {"led_far": "yes", "travel_group": "led"}),
        ("C20", {"papers_now": "region_paper"}),
        ("C24", {"phase": "back"}),
        ("C28", {"led_lost": "yes", "lost_state": "perhaps"}),
        ("C09", {"harm": "sexual"}),
        ("C09", {"sex": "female", "urgent_safety": "yes", "reasons": "work"}),
        ("C10", {"harm": "hurt saw"}),
        ("C11", {"urgent_medical": "yes"}),
        ("C11", {"urgent_labour": "perhaps"}),
        ("C11", {"health_needs": "pregnant"}),
        ("C11", {"difficulties": "hearing"}),
        ("C12", {"age_group": "older"}),
        ("C14", {"nationality": "none"}),
        ("C14", {"nationality": "unclear"}),
        ("C15", {"reasons": "disaster"}),
        ("C18", {"wishes": "go_on return"}),
        ("C22", {"other_continent": "yes"}),
        ("C23", {"journey_means": "road sea"}),
        ("C25", {"harm": "robbed"}),
        ("C25", {"harm": "hurt", "harm_places": "border"}),
        ("C25", {"urgent_safety": "yes"}),
        ("C28", {"died_or_missing": "perhaps"}),
        ("C29", {"registered_elsewhere": "refused", "reasons": "disaster"}),
        ("C29", {"led_gate": "yes", "gate_asylum_refused": "perhaps", "fear_mentioned": "yes"}),
        ("C29", {"led_stranded": "yes", "gate_asylum_refused": "yes", "way_back": "perhaps"}),
        ("C25", {"led_report": "yes", "witness_in_danger": "perhaps"}),
        ("C25", {"led_report": "yes", "report_lawyer_first": "yes"}),
        ("C24", {"led_after": "yes", "after_safe": "no"}),
        ("C08", {"led_after_child": "yes", "after_child_lives": "not_met"}),
    ],
)
def test_an_answer_opens_its_pathway(category: str, answer: dict[str, str]) -> None:
    assert category in suggested(**answer)


def test_an_adult_with_fear_and_a_medical_need_gets_both() -> None:
    assert suggested(ADULT, urgent_medical="yes", fear_return="yes") == {"C01", "C11"}


def test_a_woman_at_ease_who_was_asked_everything_is_told_no() -> None:
    assert say("C09-2", sex="female", urgent_safety="no", reasons="work") is Verdict.NO
    assert say("C11-2", health_needs="none") is Verdict.NO
    assert say("C04-1", ADULT, control_signs="none") is Verdict.NO


def test_what_is_at_once_is_at_once() -> None:
    assert {rule.category for rule in TABLE.rules if rule.target_hours == 0} >= {"C05", "C06", "C07", "C11"}
    assert {rule.target_hours for rule in TABLE.rules} == {0, None}


def test_every_suggestion_offers_something_to_read_or_to_hear() -> None:
    """R-072, R-142; requirements, table 6: which leaflet serves whom."""
    assert [rule.id for rule in TABLE.rules if not rule.leaflets] == []
    serves = {
        **{"C01": "L01", "C02": "L16", "C03": "L01", "C05": "L08", "C06": "L08", "C07": "L25", "C08": "L30"},
        **{"C16": "L07", "C20": "L18", "C21": "L17", "C22": "L02", "C23": "L29", "C24": "L21", "C28": "L33"},
    }
    for category, leaflet in serves.items():
        assert any(leaflet in rule.leaflets for rule in TABLE.of(category)), category
    for category in ("C05", "C06", "C07"):
        assert all("L08" in rule.leaflets for rule in TABLE.of(category)), "a child gets words for children"


def test_a_child_alone_is_a_call() -> None:
    for category in ("C05", "C06", "C07"):
        rules_of = TABLE.of(category)
        assert rules_of and all("child_alert" in rule.documents for rule in rules_of)


def test_what_a_rule_reads_is_asked_or_derived_in_the_form() -> None:
    in_forms = {form: {line["name"] for line in survey(form)} for form in form_ids()}
    for rule in TABLE.rules:
        assert any(rule.names <= names for names in in_forms.values()), "one talk is enough for it"


def values_of(fact: str) -> st.SearchStrategy[str | None]:
    """Any answer a fact can have, or none."""
    names = [choice.name for choice in BOOK.lists[BOOK.facts[fact].list]]
    one = st.sampled_from(names)
    if BOOK.facts[fact].kind is FactKind.CHOICES:
        several = st.lists(one, min_size=1, max_size=3, unique=True).map(" ".join)
        return st.none() | several
    return st.none() | one


@pytest.mark.parametrize("rule", TABLE.rules, ids=lambda rule: rule.id)
def test_a_rule_means_the_same_read_twice(rule: Rule) -> None:
    """Law: the engine and a second, independent reading agree on all answers a person can give."""

    @given(st.fixed_dictionaries({name: values_of(name) for name in sorted(rule.names)}))
    def agree(drawn: dict[str, str | None]) -> None:
        answers = {name: (value,) for name, value in drawn.items() if value is not None}
        assert judge(rule.id, answers) is three_values.verdict(rule.when, answers)

    agree()


@given(st.data())
def test_more_answers_never_turn_a_yes_into_silence(data: st.DataObject) -> None:
    """Law: what already gives yes stays yes, whatever else is answered (`protection.md` 1)."""
    rule = data.draw(st.sampled_from(TABLE.rules))
    names = sorted(rule.names)
    drawn = {name: data.draw(values_of(name)) for name in names}
    answers = {name: (value,) for name, value in drawn.items() if value is not None}
    if judge(rule.id, answers) is Verdict.YES:
        for name in set(names) - set(answers):
            value = data.draw(values_of(name).filter(bool))
            assert judge(rule.id, {**answers, name: (value or "",)}) is Verdict.YES
