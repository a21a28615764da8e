"""The sheets of a form while they are repaired, and the list of what was changed.

1. Every change goes through `View.put`, `View.rename` or `Bench.note`: nothing is changed that is not listed.
2. A line keeps the number that the author's spreadsheet shows, so that the list can be followed there.
3. A row is emptied, never taken out: what stands below keeps its place.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from fieldkit.domain.errors import Datum, FieldkitError
from fieldkit.forms.columns import MEDIA_PARTS, SHEETS, TEXT_PARTS, Column, Table
from fieldkit.forms.workbook import Row, Sheet

_T = TypeVar("_T")

MAX_SHOWN: Final = 200
"""Characters of a cell that the list of changes shows."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was changed: where it stood, what it was, what it is now."""

    code: str
    sheet: str
    row: int
    column: str
    was: str
    now: str
    data: Mapping[str, Datum] = field(default_factory=dict, hash=False)

    def as_error(self) -> FieldkitError:
        """The same for whoever turns codes into sentences."""
        return FieldkitError(self.code, **{"was": self.was, "now": self.now, **self.data})


@dataclass(slots=True, eq=False)
class Line:
    """One row below the header. `number` as the author sees it; a row put in has that of the row before it."""

    number: int
    cells: list[str]
    is_new: bool = False

    def text(self, index: int) -> str:
        """The cell as it stands; empty beyond the end."""
        return self.cells[index] if index < len(self.cells) else ""

    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(text.strip() for text in self.cells)


@dataclass(slots=True, eq=False)
class Page:
    """One sheet: `found` is its name in the file, empty for a sheet that is put in."""

    name: str
    header: list[str]
    lines: list[Line]
    found: str = ""

    def sheet(self) -> Sheet:
        """The same as the checks read it."""
        rows = (Row(line.number, tuple(line.cells)) for line in self.lines if not line.is_empty())
        return Sheet(self.name, tuple(" ".join(text.split()) for text in self.header), tuple(rows))


class View:
    """A page read by the meaning of its columns. Made anew after headers change."""

    def __init__(self, bench: "Bench", page: Page) -> None:
        self.bench, self.page = bench, page
        self.table = Table(Sheet(page.name, tuple(" ".join(text.split()) for text in page.header), ()))
        self.columns = self.table.columns
        self._first: dict[str, Column] = {}
        for column in self.columns:
            self._first.setdefault(column.part, column)

    @property
    def lines(self) -> Iterator[Line]:
        """The lines that hold something."""
        return (line for line in list(self.page.lines) if not line.is_empty())

    def column(self, part: str) -> Column | None:
        """The first column for it."""
        return self._first.get(part)

    def of(self, parts: Iterable[str]) -> tuple[Column, ...]:
        """All columns for any of these."""
        wanted = frozenset(parts)
        return tuple(column for column in self.columns if column.part in wanted)

    def get(self, line: Line, part: str) -> str:
        """The text in the first column for it, blanks at the ends and runs of them taken out."""
        column = self._first.get(part)
        return " ".join(line.text(column.index).split()) if column else ""

    def says(self, line: Line) -> bool:
        """Whether the row has something for people to read, hear or see."""
        return any(line.text(column.index).strip() for column in self.of((*TEXT_PARTS, *MEDIA_PARTS)))

    def put(self, line: Line, part: str | Column, now: str, code: str, **data: Datum) -> None:
        """Change a cell, and list it. A column that is not there is added at the end."""
        column = part if isinstance(part, Column) else self._first.get(part) or self.add(part)
        was = line.text(column.index)
        if was == now:
            return
        line.cells += [""] * (column.index + 1 - len(line.cells))
        line.cells[column.index] = now
        self.bench.note(code, self.page, line.number, column.header, was, now, **data)

    def rename(self, column: Column, now: str, code: str, **data: Datum) -> None:
        """Change a header, and list it; the view is of no use afterwards."""
        was = self.page.header[column.index]
        if was != now:
            self.page.header[column.index] = now
            self.bench.note(code, self.page, 1, column.header, was, now, **data)

    def add(self, part: str) -> Column:
        """A new column behind the others."""
        width = max([len(self.page.header), *(len(line.cells) for line in self.page.lines)])
        self.page.header += [""] * (width - len(self.page.header)) + [part]
        column = self._first[part] = Column(width, part, part)
        self.columns = (*self.columns, column)
        return column

    def clear(self, line: Line, code: str, **data: Datum) -> None:
        """Empty a line, and list it."""
        was = " | ".join(text.strip() for text in line.cells if text.strip())
        line.cells[:] = []
        self.bench.note(code, self.page, line.number, "", was, "", **data)

    def insert(self, after: Line, texts: Mapping[str, str], code: str, **data: Datum) -> None:
        """Put a line in behind another, and list it."""
        line = Line(after.number, [], is_new=True)
        for part, text in texts.items():
            column = self._first[part]
            line.cells += [""] * (column.index + 1 - len(line.cells))
            line.cells[column.index] = text
        self.page.lines.insert(self.page.lines.index(after) + 1, line)
        self.bench.note(code, self.page, after.number, "", "", " ".join(texts.values()), **data)


class Bench:
    """The workbook on the bench. `types` are the converter's question types, `stem` the file's name."""

    def __init__(self, pages: list[Page], types: Mapping[str, bool], stem: str = "") -> None:
        self.pages, self.types, self.stem = pages, types, stem
        self.changes: list[Change] = []
        self.remembered: dict[str, dict[str, Any]] = {}
        """What was counted in a sheet, by the sheet's kind; forgotten when the sheet is changed."""

    def page(self, kind: str) -> Page | None:
        """The sheet of that name, however it is capitalised."""
        return next((page for page in self.pages if page.name.strip().lower() == kind), None)

    def view(self, kind: str) -> View | None:
        """The same, read by its columns."""
        page = self.page(kind)
        return View(self, page) if page is not None else None

    def remember(self, kind: str, what: str, count: Callable[[], _T]) -> _T:
        """What `count` gives, counted again only after the sheet was changed."""
        held = self.remembered.setdefault(kind, {})
        if what not in held:
            held[what] = count()
        found: _T = held[what]
        return found

    def views(self) -> Iterator[tuple[str, View]]:
        """All sheets of the form that are there."""
        for kind in SHEETS:
            view = self.view(kind)
            if view is not None:
                yield kind, view

    def note(self, code: str, page: Page, row: int, column: str, was: str, now: str, **data: Datum) -> None:
        """List a change."""
        self.remembered.pop(page.name.strip().lower(), None)
        self.changes.append(Change(code, page.name, row, column, was[:MAX_SHOWN], now[:MAX_SHOWN], data))

    def listed(self) -> tuple[Change, ...]:
        """The changes as an author goes through the sheets; of one row in the order in which they were made."""
        order = {page.name: at for at, page in enumerate(self.pages)}
        return tuple(sorted(self.changes, key=lambda change: (order.get(change.sheet, 0), change.row)))

    def sheets(self) -> tuple[Sheet, ...]:
        """All sheets as the checks read them."""
        return tuple(page.sheet() for page in self.pages)
