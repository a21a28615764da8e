"""Tables as they may be read out: what two of them tell together gives nothing away that one of them hides."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.domain.errors import ProgramFault
from fieldkit.domain.outcome import Mark
from fieldkit.headquarters import breakdowns, referred, unmet, whole
from fieldkit.headquarters.counting import Asked
from fieldkit.headquarters.hiding import LIMIT, Key, Sum, worked_out
from fieldkit.headquarters.journeys_counted import Question, lay_profiles
from fieldkit.headquarters.office_rows import Answer, Referred
from fieldkit.headquarters.places_compared import Check, gaps, newest
from fieldkit.headquarters.tables import ALL, Gap, Name, Page, Table, parts, word

POSTS, SERVICES = ("North (invented)", "South (invented)", "West (invented)"), ("S1", "S2")
STATES = ("", "served", "not served", "acknowledged", "declined")

one_referral = st.tuples(
    st.sampled_from(POSTS), st.sampled_from(SERVICES), st.sampled_from(STATES), st.booleans()
)


def as_rows(told: list[tuple[str, str, str, bool]]) -> tuple[list[Referred], dict[str, str], frozenset[str]]:
    rows = [
        Referred(f"r{n}", f"c{n}", "C01", service, "2026-03-01", False, state, "2026-03-03" if state else "")
        for n, (_, service, state, _) in enumerate(told)
    ]
    posts = {f"c{n}": post for n, (post, *_) in enumerate(told)}
    late = frozenset(f"r{n}" for n, (_, _, state, late) in enumerate(told) if late and not state)
    return rows, posts, late


def attack(tables: tuple[Table, ...]) -> tuple[dict[Key, int], frozenset[Key], list[Sum]]:
    """What somebody has who lays tables of the same referrals side by side: numbers, gaps, and what adds up."""
    told: dict[Key, int] = {}
    gone: set[Key] = set()
    sums: list[Sum] = []
    for table in tables:
        names = [name for name in table.columns if name in (*referred.COLUMNS, ALL)]
        rows = [line.name for line in table.lines]
        for line in table.lines:
            for column, cell in zip(table.columns, line.cells, strict=True):
                key = (line.name.key, column.key)
                if column in names and cell is Gap.HIDDEN:
                    gone.add(key)
                elif column in names and isinstance(cell, int):
                    told[key] = cell
            if ALL in names:
                sums.append(
                    Sum(
                        (line.name.key, "all"), tuple((line.name.key, one.key) for one in names if one != ALL)
                    )
                )
        sums += [
            Sum(("all", column.key), tuple((row.key, column.key) for row in rows if row != ALL))
            for column in names
        ]
    return told, frozenset(gone), sums


@given(st.lists(one_referral, max_size=60))
@settings(max_examples=60, deadline=None)
def test_pages_laid_side_by_side_give_no_hidden_number(told: list[tuple[str, str, str, bool]]) -> None:
    rows, posts, late = as_rows(told)
    page = Page()
    referred.lay(page, rows, posts, late)
    unmet.lay_open(page, rows, late)
    tables = tuple(map(referred.with_share, page.tables()))
    counted = tuple(table for table in tables if not table.id.startswith("days_"))
    shown, gone, sums = attack(counted)
    assert not gone & shown.keys(), "what one table hides no other tells"
    assert all(value == 0 or value >= LIMIT for value in shown.values())
    assert worked_out(sums, gone) == frozenset()
    for table in counted:
        for line in table.lines:
            if referred.SHARE in table.columns and Gap.HIDDEN in line.cells[:-1]:
                assert line.cells[-1] is Gap.HIDDEN, "a share with a total is a number"


persons = st.lists(
    st.tuples(
        st.sampled_from(POSTS),
        st.sampled_from(("2026-03", "2026-04")),
        st.sampled_from(("female", "male", "another", "")),
        st.sampled_from(("ER", "SO", "")),
        st.sampled_from(("", "war", "work", "war work")),
    ),
    max_size=60,
)


@given(persons)
@settings(max_examples=20, deadline=None)
def test_breakdowns_beside_each_other_and_beside_missing_answers_give_no_hidden_number(
    told: list[tuple[str, str, str, str, str]],
) -> None:
    page, cases = Page(), [f"c{n}" for n in range(len(told))]
    posts, months = dict[str, str](), dict[str, str]()
    said: dict[str, dict[str, tuple[str, ...]]] = {one.question: {} for one in breakdowns.BREAKDOWNS}
    said["sex"] = {}
    for case, (post, month, sex, country, why) in zip(cases, told, strict=True):
        posts[case], months[case] = post, month
        given_by = {"sex": sex, "nationality": country, "reasons": why}
        for question, values in given_by.items():
            said[question][case] = tuple(values.split())
    breakdowns.lay(page, posts, months, said, ("female", "male", "another"), [])
    wanted = {Name("question", name): said[name] for name in ("sex", "nationality")}
    whole.lay(page, [], {}, wanted, posts, {}, date(2026, 5, 1))
    breakdowns.link(page, posts.values())
    shown = {table.id: table for table in page.tables()}
    for table in shown.values():
        cells = [cell for line in table.lines for cell in line.cells if isinstance(cell, int)]
        assert all(cell == 0 or cell >= LIMIT for cell in cells), table.id
    missing = {line.name: line.cells for line in shown["missing"].lines}
    for line in shown["by_post"].lines:
        assert line.cells[3] == missing[line.name][0], "who did not tell their sex, on both pages"
        assert line.cells[-1] == missing[line.name][-1]
    for table in shown.values():
        if (
            not table.lines
            or table.id in ("missing", "impossible")
            or ALL not in {one.name for one in table.lines}
        ):
            continue
        total = {line.name: line for line in table.lines}[ALL]
        assert total == shown["by_post"].lines[-1] or table.id.startswith("whole"), table.id
        assert worked_out(*_grid(table)) == frozenset()


def _grid(table: Table) -> tuple[list[Sum], frozenset[Key]]:
    rows, columns = [line.name.key for line in table.lines], [one.key for one in table.columns]
    gone = frozenset(
        (line.name.key, column.key)
        for line in table.lines
        for column, cell in zip(table.columns, line.cells, strict=True)
        if cell is Gap.HIDDEN
    )
    sums = [Sum((row, "all"), tuple((row, one) for one in columns if one != "all")) for row in rows]
    sums += [Sum(("all", one), tuple((row, one) for row in rows if row != "all")) for one in columns]
    return sums, gone


def test_what_was_not_asked_stays_apart_from_0_in_every_row() -> None:
    page, yes, unasked = Page(), word("asked"), word("not_asked")
    counts = {Name("post", "a"): {yes: 9, unasked: 0}, Name("post", "b"): {yes: 0, unasked: 7}}
    parts(page, "phases", "post", (yes, unasked), counts, scope="x", unknown=frozenset({unasked}))
    (table,) = page.tables()
    assert [line.cells for line in table.lines] == [(9, 0, 9), (Gap.NOT_ASKED, 7, 7), (9, 7, 16)]


def test_who_did_not_give_an_answer_is_kept_from_being_worked_out() -> None:
    """Eleven of twelve said yes to one of several answers: the twelfth is one person."""
    said = {f"c{n}": Answer(("asia",) if n else ("africa",), Mark.ANSWERED) for n in range(12)}
    page = Page()
    lay_profiles(
        page, [(Question("transit_continents", "continents", several=True), said)], list(said), list(said)
    )
    (table,) = page.tables()
    cells = {line.name.key: line.cells[0] for line in table.lines}
    assert cells["africa"] is Gap.HIDDEN and cells["asia"] is Gap.HIDDEN and cells["all"] == 12


def test_posts_with_the_same_talks_have_the_same_total_in_every_section() -> None:
    """Were one section to hide the total of one post and another that of another, both would be known."""
    post_of = [POSTS[0] if n < 3 else POSTS[n % 2 + 1] for n in range(30)]
    ways = Counter(("a", post, Asked.ASKED) for post in post_of)
    ways += Counter(("b", post, Asked.DECLINED if n % 5 else Asked.ASKED) for n, post in enumerate(post_of))
    page = Page()
    whole.lay_sections(page, Counter(post_of), ways, ("a", "b"))
    totals = [{line.name: line.cells[-1] for line in table.lines} for table in page.tables()]
    assert totals[0] == totals[1]
    assert totals[0][Name("post", POSTS[0])] is Gap.HIDDEN
    assert sum(value is Gap.HIDDEN for value in totals[0].values()) > 1


@pytest.mark.parametrize("kinds", [("post", "list:countries"), ("place", "route"), ("post", "route")])
def test_a_nationality_never_stands_beside_a_post(kinds: tuple[str, str]) -> None:
    with pytest.raises(ProgramFault) as caught:
        Page().table("x", "post", (Name(kinds[0], "a"),), [(Name(kinds[1], "b"), [1])])
    assert caught.value.code == "figures.crossed"


def test_the_newest_sheet_of_a_place_counts_and_no_other() -> None:
    old = Check("North", "camp", "2026-02-01", {"site_gaps": frozenset({"medic"})}, {})
    new = Check("North", "camp", "2026-03-01", {"site_gaps": frozenset({"none"})}, {})
    other = Check("North", "coast", "2026-01-01", {"site_gaps": frozenset({"phone"})}, {})
    assert newest((new, old, other)) == (new, other)
    assert gaps((new, old, other)) == {Name("list:site_gaps", "phone"): 1}
