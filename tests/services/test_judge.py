"""Laws of the rules in three values: what more silence, more answers and more interviews may change."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.content import codebook as codebooks
from fieldkit.content import rules as rule_tables
from fieldkit.content.rules import Rule
from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.outcome import Mark, Verdict
from fieldkit.files import resources
from fieldkit.services import judge
from fieldkit.services.judge import HEARD, NOT_KNOWN, Answers

BOOK = codebooks.load(resources())
RULES = rule_tables.load(resources()).rules
READ = sorted({name for rule in RULES for name in rule.names})
HOW_FAR = {Verdict.NO: 0, Verdict.CANNOT_TELL: 1, Verdict.YES: 2}


def values_of(name: str) -> st.SearchStrategy[str]:
    """Any answer that the codebook allows for a name that rules read."""
    fact = BOOK.facts[name]
    listed = [choice.name for choice in BOOK.lists.get(fact.list, ())] or ["yes", "no", "adult", "under_18"]
    if fact.kind is codebooks.FactKind.CHOICES:
        return st.lists(st.sampled_from(listed), min_size=1, max_size=3, unique=True).map(" ".join)
    return st.sampled_from(listed)


def one_interview() -> st.SearchStrategy[dict[str, tuple[str, ...]]]:
    one = {name: values_of(name).map(lambda value: (value,)) for name in READ}
    return st.fixed_dictionaries({}, optional=one)


def verdicts(values: dict[str, tuple[str, ...]]) -> dict[str, Verdict]:
    return {said.rule: said.verdict for said in judge.suggest(RULES, Answers(values, {}))}


def together(
    one: dict[str, tuple[str, ...]], other: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    return {name: tuple(dict.fromkeys((*one.get(name, ()), *other.get(name, ())))) for name in one | other}


@settings(max_examples=60, deadline=None)
@given(one_interview(), st.data())
def test_taking_an_answer_away_never_turns_a_yes_or_a_cannot_tell_into_a_no(
    answers: dict[str, tuple[str, ...]], data: st.DataObject
) -> None:
    kept = data.draw(st.sets(st.sampled_from(sorted(answers)))) if answers else set()
    all_said, less_said = verdicts(answers), verdicts({name: answers[name] for name in kept})
    for rule in RULES:
        if all_said[rule.id] is not Verdict.NO:
            assert less_said[rule.id] is not Verdict.NO, rule.id


@settings(max_examples=60, deadline=None)
@given(one_interview(), one_interview())
def test_another_interview_withdraws_no_yes(
    first: dict[str, tuple[str, ...]], second: dict[str, tuple[str, ...]]
) -> None:
    """Rules for "the age was not heard yet" give way once it is: the same signs then stand under C04 or C05."""
    first, second = with_age(first), with_age(second)
    before, after = verdicts(first), verdicts(together(first, second))
    for rule in RULES:
        if before[rule.id] is Verdict.YES and after[rule.id] is not Verdict.YES:
            assert any(f"${{{name}}} = 'no'" in rule.when for name in HEARD), rule.id
            assert any(after[one.id] is Verdict.YES for one in RULES if one.category in ("C04", "C05"))


def with_age(answers: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """As a form works it out: the age was heard exactly when there is a group for it."""
    heard = any(value not in NOT_KNOWN for value in answers.get("age_group", ()))
    return {**answers, "age_heard": ("yes" if heard else "no",)}


@settings(max_examples=40, deadline=None)
@given(one_interview(), one_interview())
def test_the_order_of_interviews_does_not_matter(
    first: dict[str, tuple[str, ...]], second: dict[str, tuple[str, ...]]
) -> None:
    assert verdicts(together(first, second)) == verdicts(together(second, first))


@settings(max_examples=40, deadline=None)
@given(one_interview(), st.sampled_from(sorted(NOT_KNOWN)), st.sampled_from(READ))
def test_an_answer_that_says_not_known_rules_nothing_out(
    answers: dict[str, tuple[str, ...]], said: str, name: str
) -> None:
    silent = {held: values for held, values in answers.items() if held != name}
    with_silence, with_not_known = verdicts(silent), verdicts({**silent, name: (said,)})
    for rule in RULES:
        assert HOW_FAR[with_not_known[rule.id]] >= HOW_FAR[with_silence[rule.id]], rule.id


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_rule_says_no_to_silence(rule: Rule) -> None:
    (said,) = judge.suggest([rule], Answers({}, dict.fromkeys(rule.names, Mark.DECLINED)))
    assert said.verdict is Verdict.CANNOT_TELL
    assert {answer.name for answer in said.answers} == set(rule.names)
    assert {answer.mark for answer in said.answers} == {Mark.DECLINED}


def test_what_was_read_is_shown_with_how_it_was_given() -> None:
    answers = Answers({"fear_return": ("yes",)}, {"asks_protection": Mark.DECLINED})
    said = next(one for one in judge.suggest(RULES, answers) if one.rule == "C01-1")
    assert [(read.name, read.value, read.mark) for read in said.answers] == [
        ("fear_return", "yes", Mark.ANSWERED)
    ]
    unsure = next(
        one
        for one in judge.suggest(RULES, Answers({"fear_return": ("no",)}, answers.marks))
        if one.rule == "C01-1"
    )
    assert unsure.verdict is Verdict.CANNOT_TELL
    assert [read.mark for read in unsure.answers] == [Mark.DECLINED, Mark.NOT_ASKED, Mark.ANSWERED]


def test_a_foreign_table_that_suggests_c26_is_not_evaluated() -> None:
    foreign = Rule("X1", "C26", RULES[0].when, "", "", "", None, (), ())
    with pytest.raises(ForeignFault, match=r"rules\.never_suggested"):
        judge.suggest([foreign], Answers({}, {}))
