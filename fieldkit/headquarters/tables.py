"""Tables of figures as they may be read out: numbers, and what stands where no number may or can.

1. Asked, not asked and declined are told apart; what was not asked is never 0 (`protection.md` 15).
2. What the posts do not send is "not told"; nothing is guessed.
3. Small numbers are hidden over all tables of a page together (`hiding`). The screen, the file and the paper show
   the same table: what is on the screen can be read out.
4. A table that crosses a category, a nationality and a post is refused here, whoever makes it; also one that
   crosses a nationality and a post.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.domain.errors import ProgramFault
from fieldkit.headquarters.hiding import LIMIT, Key, Sum, hidden


class Gap(StrEnum):
    """What stands in a cell that has nothing to tell."""

    HIDDEN = "hidden"
    NOT_TOLD = "not told"
    NOT_ASKED = "not asked"
    EMPTY = "empty"
    """Nothing is meant to stand here: a sum that makes no sense."""


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """What a row or column is, or a word in a cell: `kind` says whose word `key` is (a post, a service, a list of
    the codebook, one of the fixed words of these pages), so that it can be said in any language."""

    kind: str
    key: str


Value = int | Gap | tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it is, and its cells."""

    name: Name
    cells: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `id` names title and meaning, `rows_are` the heading of its first column; `subject` is what
    the title is filled with where there are several of a kind."""

    id: str
    rows_are: str
    columns: tuple[Name, ...]
    lines: tuple[Line, ...]
    subject: Name | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it counts nothing at all."""
        nothing = {0, Gap.NOT_ASKED, Gap.EMPTY}
        return all(cell in nothing for line in self.lines if line.name != ALL for cell in line.cells)

    @property
    def has_words(self) -> bool:
        """Whether words stand in its cells."""
        return any(isinstance(cell, tuple) for line in self.lines for cell in line.cells)


ALL = Name("word", "all")
COUNTRIES = frozenset({"list:countries", "route"})
_POSTS = frozenset({"post", "place"})
_CROSSED = ((_POSTS, frozenset({"category"}), COUNTRIES), (_POSTS, COUNTRIES))
"""Kinds that do not stand in one table (rule 4)."""


def word(key: str) -> Name:
    """One of the fixed words of these pages."""
    return Name("word", key)


@dataclass(frozen=True, slots=True)
class Put:
    """A number that was put on a page, by what it counts."""

    key: Key


Cell = Put | Value


class Page:
    """Tables while they are made. Every number is put once, under what it counts: tables that share a number share
    whether it is hidden. So all tables that may be laid side by side are made on one `Page`."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._values: dict[Key, int] = {}
        self._sums: list[Sum] = []
        self._tables: list[tuple[Table, tuple[tuple[Cell, ...], ...]]] = []

    @property
    def count(self) -> int:
        """How many tables were made so far."""
        return len(self._tables)

    def put(self, key: Key, value: int) -> "Put":
        """A number of persons, or of something that stands for persons."""
        assert self._values.get(key, value) == value, key
        self._values[key] = value
        return Put(key)

    def has(self, key: Key) -> bool:
        """Whether a number was put under this key."""
        return key in self._values

    def adds(self, total: "Put", parts: Iterable["Put"]) -> None:
        """Say that these numbers add up."""
        self._sums.append(Sum(total.key, tuple(part.key for part in parts)))

    def table(
        self,
        name: str,
        rows_are: str,
        columns: Sequence[Name],
        rows: Sequence[tuple[Name, Sequence["Cell"]]],
        subject: Name | None = None,
    ) -> None:
        """A table; a cell is a key of `put` (wrapped in `Put`), a gap, words, or a number that is none of persons.

        Raises ProgramFault `figures.crossed` (rule 4)."""
        _refuse_crossing({*columns, *(row for row, _ in rows), *([subject] if subject else [])})
        lines = tuple(Line(row, ()) for row, _ in rows)
        cells = tuple(tuple(held) for _, held in rows)
        self._tables.append((Table(name, rows_are, tuple(columns), lines, subject), cells))

    def tables(self) -> tuple[Table, ...]:
        """All tables, small numbers hidden (rule 3)."""
        gone = hidden(self._values, self._sums, self._limit)

        def shown(cell: Cell) -> Value:
            if isinstance(cell, Put):
                return Gap.HIDDEN if cell.key in gone else self._values[cell.key]
            return cell

        return tuple(
            Table(
                table.id,
                table.rows_are,
                table.columns,
                tuple(
                    Line(line.name, tuple(map(shown, held)))
                    for line, held in zip(table.lines, cells, strict=True)
                ),
                table.subject,
            )
            for table, cells in self._tables
        )


Spot = tuple[Name, Name]
"""A row and a column."""


def cell(at: str, row: Name, column: Name) -> Key:
    """What a number of `parts` counts: `at` is the scope for a total, else the table's name and its scope."""
    return (at, row.kind, row.key, column.kind, column.key)


def whole(scope: str) -> Key:
    """Where everybody of a scope stands."""
    return cell(scope, ALL, ALL)


def parts(
    page: Page,
    name: str,
    rows_are: str,
    columns: Sequence[Name],
    counts: Mapping[Name, Mapping[Name, int]],
    *,
    scope: str,
    of_columns: str = "",
    unknown: frozenset[Name] = frozenset(),
    instead: Mapping[Spot, Gap] | None = None,
    subject: Name | None = None,
    down: bool = True,
) -> None:
    """A table in which every person of a row stands in exactly one column; unless `down` is off, in one row too.

    `scope` says who is counted: tables of one scope have the same totals by row, and those with the same
    `of_columns` (by default the scope) the same totals by column. `unknown` are the columns of persons of whom it
    is not known: in a row where all are such, the others were not asked, which is not 0. `instead` says where a
    gap stands, whatever was counted there.
    """
    gaps, below = dict(instead or {}), of_columns or scope
    asked = [column for column in columns if column not in unknown]

    def put(row: Name, column: Name, value: int) -> Put:
        at = scope if column == ALL else below if row == ALL else f"{name} {below}"
        return page.put(cell(at, row, column), value)

    def cells(row: Name, found: Mapping[Name, int]) -> list[Cell]:
        held = {column: put(row, column, found.get(column, 0)) for column in columns}
        total = put(row, ALL, sum(found.get(column, 0) for column in columns))
        page.adds(total, held.values())
        known = not unknown or any(found.get(column, 0) for column in asked)
        shown: list[Cell] = [
            gaps.get((row, column)) or _known(held[column], known or column in unknown) for column in columns
        ]
        return [*shown, gaps.get((row, ALL)) or total]

    rows: list[tuple[Name, Sequence[Cell]]] = [(row, cells(row, found)) for row, found in counts.items()]
    if down:
        summed = {column: sum(found.get(column, 0) for found in counts.values()) for column in columns}
        for column in (*columns, ALL):
            nowhere = {gaps.get((row, column)) for row in counts}
            gap = nowhere.pop() if len(nowhere) == 1 else None
            gaps.update({(ALL, column): gap} if gap else {})
        rows.append((ALL, cells(ALL, summed)))
        for column in columns:
            page.adds(
                put(ALL, column, summed[column]),
                [put(row, column, found.get(column, 0)) for row, found in counts.items()],
            )
        totals = {row: sum(found.get(column, 0) for column in columns) for row, found in counts.items()}
        page.adds(
            put(ALL, ALL, sum(totals.values())), [put(row, ALL, total) for row, total in totals.items()]
        )
    page.table(name, rows_are, (*columns, ALL), rows, subject)


def answers(
    page: Page,
    name: str,
    question: Name,
    persons: Mapping[Name, int],
    *,
    answered: int,
    ends: Mapping[Name, int],
    several: bool,
    everybody: Key | None = None,
    told_as: Name | None = None,
) -> None:
    """One question, row by row: persons by answer, then how it ended for the others, then all.

    Where `several` answers can be given, the rows add up to nothing; who did *not* give an answer is a number too,
    and is kept from being worked out. `everybody`: where all of them stand as a number of another table;
    `told_as`: what those are called who are in one of the rows.
    """
    scope = (name, question.key)
    told = page.put((*scope, "answered"), answered)
    held = {row: page.put((*scope, row.kind, row.key), value) for row, value in persons.items()}
    if several:
        for row, value in persons.items():
            page.adds(told, (held[row], page.put((*scope, row.kind, row.key, "not"), answered - value)))
    else:
        page.adds(told, held.values())
    ended = {row: page.put((*scope, row.kind, row.key), value) for row, value in ends.items()}
    asked = page.put(everybody or (*scope, "all"), answered + sum(ends.values()))
    page.adds(asked, (told, *ended.values()))
    rows: list[tuple[Name, Sequence[Cell]]] = [
        (row, [_known(one, bool(answered))]) for row, one in held.items()
    ]
    rows += [(told_as or word("answered"), [told])] if several else []
    rows += [(row, [one]) for row, one in ended.items()]
    page.table(name, "answer", (word("persons"),), [*rows, (ALL, [asked])], question)


def _known(held: Put, known: bool) -> Cell:
    return held if known else Gap.NOT_ASKED


def _refuse_crossing(names: Iterable[Name]) -> None:
    kinds = {name.kind for name in names}
    if any(all(not kinds.isdisjoint(each) for each in together) for together in _CROSSED):
        raise ProgramFault("figures.crossed")
