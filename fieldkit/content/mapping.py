"""What codebook names are called elsewhere, and which version of the codebook this is (R-171, R-172).

1. A row maps a name of the codebook to a code of a scheme: a data element or a breakdown of the requirements, or a
   public coding such as ISO 3166-1 alpha-3. It changes no answer: names stay, codes are for tables that leave.
2. Every fact belongs to exactly one data element; a name has at most one code in a scheme.
3. A name without a code stays without: no code is made up ("another answer" is none of ISO 5218).
4. Whoever may be a child is counted with the children, in these bands too (`protection.md` 9).
5. The version is a number that only grows; a pack says in its own table what it changed.
"""

import re
from collections.abc import Mapping as Map
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from fieldkit.content.codebook import Codebook
from fieldkit.content.tables import Row, read_table
from fieldkit.domain.shelf import Folder

_COLUMNS = ("scheme", "table", "name", "value", "code")
_VERSION = ("version", "day", "what")
_RECORD = frozenset({"category", "post", "day", "organisation", "leaflet_language"})
"""What the record of a talk says of itself, beside its answers."""
_BAND = re.compile(r"(\d+)-(\d+)|(\d+)\+")


class Scheme(StrEnum):
    """Where a code comes from; `ELEMENT` and `BREAKDOWN` are lists of the codebook itself."""

    ELEMENT = "data_element"
    BREAKDOWN = "breakdown"
    COUNTRY = "iso3166_1_alpha_3"
    LANGUAGE = "iso639_3"
    SEX = "iso5218"
    AGE = "age_statistics"
    FUNCTION = "function_domain"
    PURPOSE = "exploitation_purpose"


_CODE = {
    Scheme.COUNTRY: r"[A-Z]{3}",
    Scheme.LANGUAGE: r"[a-z]{3}",
    Scheme.SEX: r"[0129]",
    Scheme.AGE: _BAND.pattern,
    Scheme.FUNCTION: "seeing|hearing|mobility|cognition|self_care|communication",
    Scheme.PURPOSE: "forced_labour|servitude|sexual_exploitation|forced_offences|slavery_like|armed_recruitment"
    "|organ_removal|other",
}
"""The codes of a scheme, as a pattern for the whole of one."""
_LISTED = {Scheme.ELEMENT: "data_elements", Scheme.BREAKDOWN: "breakdowns"}


@dataclass(frozen=True, slots=True)
class Mapping:
    """The whole table. Keys are (scheme, table, name, value); `bands` are years from and to, in their order."""

    codes: Map[tuple[Scheme, str, str, str], str]
    bands: tuple[tuple[int, int, str], ...]

    def of_choice(self, scheme: Scheme, list_name: str, value: str) -> str:
        """The code of a choice; empty when it has none (rule 3)."""
        return self.codes.get((scheme, "list", list_name, value), "")

    def of_fact(self, scheme: Scheme, fact: str) -> str:
        """The code of a fact; empty when it has none."""
        return self.codes.get((scheme, "fact", fact, ""), "")

    def band(self, years: int) -> str:
        """The band of an age in years for statistics."""
        return next(code for low, high, code in self.bands if low <= years <= high)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the codebook: its number, its day, and what changed."""

    number: int
    day: date
    what: str


def load(resources: Folder, codebook: Codebook) -> Mapping:
    """The mapping table, checked against the codebook. Raises ContentFault."""
    rows = read_table(resources / "codebook" / "mapping.csv", _COLUMNS)
    codes: dict[tuple[Scheme, str, str, str], str] = {}
    for row in rows:
        key = _key(row, codebook)
        if key in codes:
            raise row.fault(
                "content.duplicate", "name", value="/".join(key), first=2 + list(codes).index(key)
            )
        codes[key] = _code(row, key[0], codebook)
    return Mapping(codes, _bands(rows))


def versions(resources: Folder) -> tuple[Version, ...]:
    """The versions of the codebook, the newest last; its number is that of the codebook. Raises ContentFault."""
    found: list[Version] = []
    for row in read_table(resources / "codebook" / "version.csv", _VERSION, key=("version",)):
        row.needed("version"), row.needed("day")
        number, day = row.number_or_none("version"), row.day_or_none("day")
        assert number is not None and day is not None, "an empty cell was refused"
        if found and number <= found[-1].number:
            raise row.fault("content.bad_number", "version", value=str(number))
        found.append(Version(number, day, row.needed("what")))
    return tuple(found)


def _key(row: Row, codebook: Codebook) -> tuple[Scheme, str, str, str]:
    scheme = Scheme(row.name("scheme", frozenset(Scheme)))
    table = row.name("table", ("fact", "list", "record", "years"))
    match table:
        case "fact" | "years":
            name = row.name("name", codebook.facts)
        case "list":
            name = row.name("name", codebook.lists)
        case _:
            name = row.name("name", _RECORD)
    if table == "list":
        row.name("value", frozenset(choice.name for choice in codebook.lists[name]))
        return scheme, table, name, row.text("value")
    sound = _BAND.fullmatch(row.text("value")) is not None if table == "years" else not row.text("value")
    if not sound:
        raise row.fault("content.unknown_name", "value", value=row.text("value"))
    return scheme, table, name, row.text("value")


def _code(row: Row, scheme: Scheme, codebook: Codebook) -> str:
    code = row.needed("code")
    if scheme in _LISTED:
        return row.name("code", frozenset(choice.name for choice in codebook.lists[_LISTED[scheme]]))
    if re.fullmatch(_CODE[scheme], code) is None:
        raise row.fault("content.unknown_name", "code", value=code)
    return code


def _bands(rows: tuple[Row, ...]) -> tuple[tuple[int, int, str], ...]:
    """The bands of years: they follow one another from 0, so that every age has exactly one."""
    found: list[tuple[int, int, str]] = []
    last: Row | None = None
    for row in rows:
        match = _BAND.fullmatch(row.text("value")) if row.text("table") == "years" else None
        if match:
            low, high = (int(match[1]), int(match[2])) if match[1] else (int(match[3]), 200)
            found.append((low, high, row.text("code")))
            last = row
    joined = all(before[1] + 1 == after[0] for before, after in pairwise(found))
    if last is not None and not (joined and found[0][0] == 0 and found[-1][1] == 200):
        raise last.fault("content.unknown_name", "value", value=last.text("value"))
    return tuple(found)
