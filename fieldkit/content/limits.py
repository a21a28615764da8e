"""Days that a country sets: how long holding is long, how long time to think or to rest lasts, how early somebody
is reminded of a last day (R-054, R-074, R-127, R-130).

1. The program ships no number: the sources give none, and one of ours would be read as law. A pack sets them.
2. A country's row takes the place of the region's, the region's that for every place.
3. A row without a reviewer, or past its last day, says so wherever its number is shown (`protection.md` 11).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.content import provenance
from fieldkit.content.codebook import Codebook
from fieldkit.content.provenance import Provenance
from fieldkit.content.tables import Row, read_table
from fieldkit.domain.shelf import Folder

TABLE = "codebook/limits.csv"
_COLUMNS = ("limit", "jurisdiction", "days", "source", "reviewed_by", "reviewed_on", "valid_until")


class Limit(StrEnum):
    """What has a number of days."""

    HELD = "held"
    """From so many days on holding is long."""
    THINK = "think"
    """So long nobody plans the return of who wished time to think."""
    RECOVER = "recover"
    """So long nobody takes a step back against who was given time to rest, where its paper names no last day."""
    NOTICE = "notice"
    """So many days before its last day somebody is reminded of a paper."""


_TIMES = frozenset({Limit.THINK, Limit.RECOVER})
"""Times that a person is given."""


@dataclass(frozen=True, slots=True)
class Days:
    """One row."""

    limit: Limit
    days: int
    about: Provenance


@dataclass(frozen=True, slots=True)
class Limits:
    """The whole table: by limit and jurisdiction."""

    held: Mapping[tuple[Limit, str], Days]

    def of(self, limit: Limit, country: str = "") -> Days | None:
        """The row that counts at a post in `country`; None where nobody set a number (rules 1 and 2)."""
        places = {place for named, place in self.held if named is limit}
        nearest = provenance.nearest(places, country)
        return self.held[limit, nearest] if nearest is not None else None


def load(folder: Folder, codebook: Codebook, region: str = "") -> Limits:
    """The numbers that are held. Raises ContentFault."""
    places = provenance.jurisdictions(codebook, region)
    rows = read_table(folder / "codebook" / "limits.csv", _COLUMNS, key=("limit", "jurisdiction"))
    found = [_days(row, places) for row in rows]
    return Limits({(one.limit, one.about.jurisdiction): one for one in found})


def _days(row: Row, places: frozenset[str]) -> Days:
    row.needed("days")
    days = row.number_or_none("days")
    assert days is not None, "an empty cell was refused"
    limit = Limit(row.name("limit", frozenset(Limit)))
    if limit in _TIMES and days == 0:  # time that is over as it begins is none
        raise row.fault("content.bad_number", "days", value=row.text("days"))
    return Days(limit, days, provenance.read(row, places))
