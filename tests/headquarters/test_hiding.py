"""Laws of hiding: whoever has all that is told, and adds and subtracts as they like, never has a hidden number."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.headquarters.hiding import LIMIT, Key, Sum, hidden, worked_out

ALL = ""
numbers = st.one_of(st.integers(0, 6), st.integers(0, 60))


def grid(cells: Sequence[Sequence[int]]) -> tuple[dict[Key, int], list[Sum]]:
    """A table with its totals along both sides and in the corner."""
    rows, columns = [f"r{n}" for n in range(len(cells))], [f"c{n}" for n in range(len(cells[0]))]
    values: dict[Key, int] = {
        (row, column): cells[i][j] for i, row in enumerate(rows) for j, column in enumerate(columns)
    }
    sums = []
    for row in rows:
        values[row, ALL] = sum(values[row, column] for column in columns)
        sums.append(Sum((row, ALL), tuple((row, column) for column in columns)))
    for column in (*columns, ALL):
        values[ALL, column] = sum(values[row, column] for row in rows)
        sums.append(Sum((ALL, column), tuple((row, column) for row in rows)))
    sums.append(Sum((ALL, ALL), tuple((ALL, column) for column in columns)))
    return values, sums


def tables(most: int) -> st.SearchStrategy[list[list[int]]]:
    return st.integers(1, most).flatmap(
        lambda wide: st.lists(st.lists(numbers, min_size=wide, max_size=wide), min_size=1, max_size=most)
    )


def others(
    values: Mapping[Key, int], gone: frozenset[Key], rows: int, columns: int
) -> Iterator[dict[Key, int]]:
    """Every table of whole numbers that looks the same once the hidden numbers are taken out: the attack by trying
    everything. Cells reach no further than the largest hidden number and a little."""
    free = [key for key in values if key in gone and ALL not in key]
    most = max((values[key] for key in free), default=0) + 1
    for tried in product(range(most + 1), repeat=len(free)):
        cells = {key: values[key] for key in values if ALL not in key} | dict(zip(free, tried, strict=True))
        made, _ = grid([[cells[f"r{i}", f"c{j}"] for j in range(columns)] for i in range(rows)])
        if all(made[key] == values[key] for key in values if key not in gone):
            yield made


@given(tables(5))
@settings(max_examples=60, deadline=None)
def test_no_small_number_is_told_and_no_sum_gives_a_hidden_one(cells: list[list[int]]) -> None:
    values, sums = grid(cells)
    gone = hidden(values, sums)
    assert all(key in gone for key, value in values.items() if 0 < value < LIMIT)
    assert worked_out(sums, gone) == frozenset()
    for one in sums:
        unknown = [key for key in one.parts if key in gone]
        if unknown and one.total not in gone:
            assert len(unknown) > 1 and sum(values[key] for key in unknown) >= LIMIT


@given(st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=2, max_size=2))
@settings(max_examples=25, deadline=None)
def test_trying_every_table_finds_another_value_for_each_hidden_number(cells: list[list[int]]) -> None:
    values, sums = grid(cells)
    gone = hidden(values, sums, limit=3)
    seen: dict[Key, set[int]] = {key: set() for key in gone}
    for made in others(values, gone, len(cells), len(cells[0])):
        for key in gone:
            seen[key].add(made[key])
    assert all(len(found) > 1 for found in seen.values()), (cells, gone)


@given(tables(4))
@settings(max_examples=25, deadline=None)
def test_what_is_large_alone_is_told(cells: list[list[int]]) -> None:
    large = [[value + LIMIT if value else 0 for value in row] for row in cells]
    values, sums = grid(large)
    assert hidden(values, sums) == frozenset()


def test_two_tables_of_one_page_do_not_give_each_other_away() -> None:
    """The same seven people by post and by service: what one table hides, the other may not tell in its total."""
    values: dict[Key, int] = {
        ("post", "a"): 9, ("post", "b"): 8, ("service", "x"): 14, ("service", "y"): 3, ("all", ""): 17,
    }  # fmt: skip
    sums = [
        Sum(("all", ""), (("post", "a"), ("post", "b"))),
        Sum(("all", ""), (("service", "x"), ("service", "y"))),
    ]
    gone = hidden(values, sums)
    assert gone == {("service", "y"), ("service", "x")}
    assert worked_out(sums, gone) == frozenset()


def test_a_number_that_only_two_sums_together_give_away_is_noticed() -> None:
    """No line has a single hidden number, and still their difference is one."""
    a, b, c, total, other = ("a",), ("b",), ("c",), ("t",), ("u",)
    sums = [Sum(total, (a, b)), Sum(other, (a, b, c))]
    assert worked_out(sums, {a, b, c}) == {c}
    values: dict[Key, int] = {a: 2, b: 9, c: 4, total: 11, other: 15}
    gone = hidden(values, sums)
    assert c in gone and worked_out(sums, gone) == frozenset()
