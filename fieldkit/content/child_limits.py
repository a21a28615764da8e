"""Within how many days a child who is alone is handed over, assessed, and given a guardian: a row a step and
country (R-085, R-086, R-099).

1. `*` stands for every country; the row that names the country comes before it. 0 days is the same day.
2. No row means no limit, and the program says so: the sources give no number.
3. An empty review means that nobody has answered for the number, and the program says so (`protection.md` 11).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fieldkit.content.codebook import Codebook
from fieldkit.content.tables import Row, read_table
from fieldkit.domain.shelf import Folder

ANY = "*"
_COLUMNS = ("step", "country", "days", "source", "reviewed_by", "reviewed_on")


class ChildStep(StrEnum):
    """What a limit counts to, from the day on which the child was registered."""

    HAND_OVER = "hand_over"
    ASSESSMENT = "assessment"
    GUARDIAN = "guardian"


@dataclass(frozen=True, slots=True)
class ChildLimit:
    """One row. `reviewed_on` None: nobody has answered for the number."""

    step: ChildStep
    country: str
    days: int
    source: str
    reviewed_by: str | None
    reviewed_on: date | None


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """The whole table."""

    rows: tuple[ChildLimit, ...]

    def of(self, step: ChildStep, country: str = "") -> ChildLimit | None:
        """The row that counts at a post in `country` (rules 1 and 2)."""
        for place in (country, ANY):
            for row in self.rows:
                if (row.step, row.country) == (step, place):
                    return row
        return None


def load(resources: Folder, codebook: Codebook) -> ChildLimits:
    """The limits that are held. Raises ContentFault."""
    rows = read_table(resources / "codebook" / "child_limits.csv", _COLUMNS, key=("step", "country"))
    countries = {one.name for one in codebook.lists["countries"] if one.parent == "country"} | {ANY}
    return ChildLimits(tuple(_limit(row, countries) for row in rows))


def _limit(row: Row, countries: set[str]) -> ChildLimit:
    row.needed("days")
    days, reviewed_on = row.number_or_none("days"), row.day_or_none("reviewed_on")
    assert days is not None, "an empty cell was refused"
    if (reviewed_on is None) != (not row.text("reviewed_by")):
        raise row.fault("content.half_review", "reviewed_on")
    return ChildLimit(
        ChildStep(row.name("step", frozenset(ChildStep))),
        row.name("country", countries),
        days,
        row.needed("source"),
        row.text("reviewed_by") or None,
        reviewed_on,
    )
