"""Figures as files for databases of others: names and codes of the codebook, numbers, and why none stands there
(R-174, N-038, N-045, N-056; R-183, N-041).

1. A file holds what the pages hold, number by number, small ones hidden: nothing is counted for it.
2. Names are those of the codebook, and codes those of its table of codes (`content.mapping`): a database reads them
   in any language. What has no code has none; none is made up.
3. A file for a neighbouring office says how people arrive and nothing about the posts here: no post, no place, no
   service, no pathway and no month stands in it.
4. A file says which codebook it speaks and from which numbers on something is told. That it left is written down.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fieldkit.content import mapping
from fieldkit.content.mapping import Mapping as Codes
from fieldkit.content.mapping import Scheme
from fieldkit.headquarters.hiding import LIMIT
from fieldkit.headquarters.tables import Gap, Name, Table
from fieldkit.services.figure_words import plain
from fieldkit.services.figures import Pages
from fieldkit.services.vault import OpenVault

FORMAT = "fieldkit-figures"
VERSION = 1
COLUMNS = (
    *("page", "table", "subject", "row_kind", "row", "row_scheme", "row_code"),
    *("column_kind", "column", "column_scheme", "column_code", "number", "status"),
)
TOLD, STATUS = "told", {gap: gap.value.replace(" ", "_") for gap in Gap}
_OF_LISTS = (Scheme.COUNTRY, Scheme.LANGUAGE, Scheme.SEX, Scheme.AGE, Scheme.FUNCTION, Scheme.PURPOSE)
_OURS = frozenset({"post", "place", "service", "category", "rule", "month", "form", "sheet", "day"})
"""Kinds that say something about the posts here (rule 3)."""
_FOR_NEIGHBOURS = ("persons", "flows", "movement")


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of one table, or why there is none."""

    page: str
    table: str
    subject: str
    row: Name
    column: Name
    number: int | None
    status: str


@dataclass(frozen=True)
class Numbers:
    """The numbers of some pages, ready to be written as a file in one of two forms."""

    vault: OpenVault
    cells: tuple[Cell, ...]

    @cached_property
    def _codes(self) -> Codes:
        return mapping.load(self.vault.content[0], self.vault.codebook)

    def csv(self) -> bytes:
        """One row a number (UTF-8)."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for row in self._rows():
            writer.writerow([plain(str(value)) for value in row.values()])
        return out.getvalue().encode("utf-8")

    def json(self) -> bytes:
        """The same with what has to be known to read it (rule 4)."""
        newest = mapping.versions(self.vault.content[0])[-1]
        told = {
            "format": FORMAT,
            "version": VERSION,
            "office": self.vault.name,
            "day": self.vault.world.today().isoformat(),
            "codebook": newest.number,
            "hidden": {"from": 1, "to": LIMIT - 1},
            "columns": COLUMNS,
            "rows": list(self._rows()),
        }
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")

    def _rows(self) -> Iterator[dict[str, str | int]]:
        for one in self.cells:
            number = "" if one.number is None else one.number
            values = (
                *(one.page, one.table, one.subject),
                *self._name(one.row),
                *self._name(one.column),
                *(number, one.status),
            )
            yield dict(zip(COLUMNS, values, strict=True))

    def _name(self, name: Name) -> tuple[str, str, str, str]:
        """Kind, name, and the code with its scheme where there is one (rule 2)."""
        kind = name.kind.removeprefix("list:")
        codes = [(scheme, self._codes.of_choice(scheme, kind, name.key)) for scheme in _OF_LISTS]
        scheme, code = next(((one.value, code) for one, code in codes if code), ("", ""))
        return kind, name.key, scheme, code


def numbers(vault: OpenVault, tables: Mapping[str, Sequence[Table]]) -> Numbers:
    """The numbers of some tables, by page."""
    return Numbers(vault, tuple(cell for page, held in tables.items() for cell in _cells(page, held)))


def for_neighbour(vault: OpenVault, pages: Pages) -> Numbers:
    """How people arrive, for the focal point of a neighbouring office (rule 3)."""
    tables = {page: [one for one in pages.of(page) if not says_ours(one)] for page in _FOR_NEIGHBOURS}
    return numbers(vault, tables)


def says_ours(table: Table) -> bool:
    """Whether a table says something about the posts here."""
    names = (
        *table.columns,
        *(line.name for line in table.lines),
        *([table.subject] if table.subject else []),
    )
    return any(name.kind in _OURS for name in names)


def _cells(page: str, tables: Iterable[Table]) -> Iterator[Cell]:
    for table in tables:
        subject = table.subject.key if table.subject is not None else ""
        for line in table.lines:
            for column, value in zip(table.columns, line.cells, strict=True):
                if isinstance(value, tuple):
                    continue  # words are read on the page
                number = value if isinstance(value, int) else None
                status = STATUS[value] if isinstance(value, Gap) else TOLD
                yield Cell(page, table.id, subject, line.name, column, number, status)
