"""Figures: each person once, what was not asked never 0, and a definition for each."""

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.headquarters.counting import (
    DEFINITIONS,
    Asked,
    Base,
    Cell,
    InterviewRow,
    OutcomeRow,
    asked_for,
    count,
)
from fieldkit.languages.messages import headquarters

MONDAY, TUESDAY = "2026-11-16", "2026-11-17"
ASKED = {"health": Asked.ASKED, "fear": Asked.ASKED}
NOT_ASKED = {"health": Asked.ASKED, "fear": Asked.NOT_ASKED}
DECLINED = {"health": Asked.NOT_ASKED, "fear": Asked.DECLINED}


def outcome(case: str, category: str = "C01", day: str = MONDAY, *, confirmed: bool = True) -> OutcomeRow:
    return OutcomeRow(case, day, category, suggested=not confirmed, confirmed=confirmed)


def values(cell: Cell) -> tuple[int | None, int | None]:
    return cell.confirmed.value, cell.suggested.value


# Stories


def test_a_day_on_which_nobody_was_asked_has_no_figure_and_not_zero() -> None:
    interviews = [InterviewRow("a", MONDAY, NOT_ASKED), InterviewRow("b", TUESDAY, ASKED)]
    table = count(interviews, [], categories=["C01"])
    assert values(table.cells[MONDAY, "C01"]) == (None, None)
    assert values(table.cells[TUESDAY, "C01"]) == (0, 0)
    assert table.cells[MONDAY, "C01"].base == Base(asked=0, not_asked=1, declined=0)


def test_what_was_confirmed_counts_even_where_nothing_was_asked() -> None:
    table = count([InterviewRow("a", MONDAY, NOT_ASKED)], [outcome("a")])
    assert values(table.cells[MONDAY, "C01"]) == (1, None)


def test_a_person_counts_once_however_many_rules_and_interviews_spoke() -> None:
    interviews = [InterviewRow("a", MONDAY, ASKED), InterviewRow("a", MONDAY, ASKED)]
    outcomes = [outcome("a", confirmed=False), outcome("a", confirmed=False), outcome("a"), outcome("a")]
    table = count(interviews, outcomes)
    assert values(table.cells[MONDAY, "C01"]) == (1, 1)
    assert table.cases.value == 1
    assert table.cells[MONDAY, "C01"].base.asked == 2


def test_a_person_on_two_days_counts_once_in_the_total() -> None:
    interviews = [InterviewRow("a", MONDAY, ASKED), InterviewRow("a", TUESDAY, ASKED)]
    table = count(interviews, [outcome("a"), outcome("a", day=TUESDAY)])
    assert [values(table.cells[day, "C01"])[0] for day in table.days] == [1, 1]
    assert table.totals["C01"].confirmed.value == 1


def test_a_category_rests_on_the_sections_it_needs() -> None:
    interviews = [InterviewRow("a", MONDAY, NOT_ASKED)]
    needs = {"C01": frozenset({"health"}), "C02": frozenset({"fear"}), "C03": frozenset({"unheard of"})}
    table = count(interviews, [], categories=needs, needs=needs)
    assert [values(table.cells[MONDAY, category])[0] for category in table.categories] == [0, None, None]


def test_sections_are_shown_as_asked_not_asked_and_declined() -> None:
    interviews = [
        InterviewRow(name, MONDAY, ways)
        for name, ways in zip("abc", (ASKED, NOT_ASKED, DECLINED), strict=True)
    ]
    sections = count([*interviews, InterviewRow("d", MONDAY, {})], []).sections
    assert sections["fear"] == Base(asked=1, not_asked=2, declined=1, definition="figure.section")
    assert sections["health"] == Base(asked=2, not_asked=2, declined=0, definition="figure.section")


def test_declined_weighs_more_than_not_asked() -> None:
    assert asked_for(DECLINED, None) is Asked.DECLINED
    assert asked_for({}, None) is Asked.NOT_ASKED


def test_an_empty_headquarters_counts_nothing() -> None:
    table = count([], [], categories=["C01"], withheld=0)
    assert (table.days, table.cells, table.cases.value) == ((), {}, 0)
    assert values(table.totals["C01"]) == (None, None)


def test_every_figure_has_a_definition_that_can_be_shown() -> None:
    table = count([InterviewRow("a", MONDAY, ASKED)], [outcome("a")], withheld=3)
    cell = table.cells[MONDAY, "C01"]
    figures = [table.cases, table.withheld, cell.confirmed, cell.suggested]
    named = {figure.definition for figure in figures} | {
        cell.base.definition,
        table.sections["fear"].definition,
    }
    assert named == set(table.definitions) == set(DEFINITIONS)
    assert set(headquarters.DEFINITIONS) == set(DEFINITIONS)
    assert not any("victim" in text for text in headquarters.DEFINITIONS.values())


# Laws

CASES = st.sampled_from("abcde")
DAYS = st.sampled_from([MONDAY, TUESDAY, "2026-11-18"])
CATEGORIES = st.sampled_from(["C01", "C02", "C26"])
WAYS = st.dictionaries(st.sampled_from(["health", "fear", "work"]), st.sampled_from(Asked), max_size=3)
INTERVIEWS = st.lists(st.builds(InterviewRow, CASES, DAYS, WAYS), max_size=12)
OUTCOMES = st.lists(st.builds(OutcomeRow, CASES, DAYS, CATEGORIES, st.booleans(), st.booleans()), max_size=12)


@given(INTERVIEWS, OUTCOMES)
def test_no_cell_is_zero_where_nobody_was_asked(
    interviews: list[InterviewRow], outcomes: list[OutcomeRow]
) -> None:
    table = count(interviews, outcomes, categories=["C01"])
    for cell in [*table.cells.values(), *table.totals.values()]:
        confirmed, suggested = values(cell)
        assert suggested != 0 or cell.base.asked > 0
        assert confirmed != 0 or cell.base.asked > 0 or suggested, (
            "a rule spoke, and nobody confirmed: that is 0"
        )
        assert None not in (confirmed, suggested) or cell.base.asked == 0


@given(INTERVIEWS, OUTCOMES)
def test_every_interview_is_in_exactly_one_part_of_each_base(
    interviews: list[InterviewRow], outcomes: list[OutcomeRow]
) -> None:
    table = count(interviews, outcomes)
    for (day, _), cell in table.cells.items():
        whole = sum(row.day == day for row in interviews)
        assert cell.base.asked + cell.base.not_asked + cell.base.declined == whole
    for base in table.sections.values():
        assert base.asked + base.not_asked + base.declined == len(interviews)


@given(INTERVIEWS, OUTCOMES)
def test_the_order_in_which_posts_arrive_changes_no_figure(
    interviews: list[InterviewRow], outcomes: list[OutcomeRow]
) -> None:
    assert count(interviews[::-1], outcomes[::-1]) == count(interviews, outcomes)


@given(INTERVIEWS, OUTCOMES)
def test_a_figure_never_exceeds_the_number_of_persons(
    interviews: list[InterviewRow], outcomes: list[OutcomeRow]
) -> None:
    table = count(interviews, outcomes)
    assert table.cases.value is not None
    for cell in table.totals.values():
        assert all((value or 0) <= table.cases.value for value in values(cell))
