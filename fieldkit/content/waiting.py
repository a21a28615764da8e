"""How long somebody may wait for the next step at a post: a row a step, category and country (R-019).

1. `*` stands for every category, or every country. The row that names the category comes before the one that does
   not, and of two the one that names the country. Somebody to whom several rows apply waits as long as the shortest
   says.
2. No row means no limit, and the program says so: the sources give no number.
3. An empty review means that nobody has answered for the number, and the program says so (`protection.md` 11).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fieldkit.content.codebook import Codebook
from fieldkit.content.tables import Row, read_table
from fieldkit.domain.shelf import Folder
from fieldkit.domain.waiting import Limit

ANY = "*"
_COLUMNS = ("step", "category", "country", "hours", "source", "reviewed_by", "reviewed_on")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: so many hours until the end of `step`. `reviewed_on` None: nobody has answered for it."""

    step: Limit
    category: str
    country: str
    hours: int
    source: str
    reviewed_by: str | None
    reviewed_on: date | None


@dataclass(frozen=True, slots=True)
class Limits:
    """The whole table."""

    rules: tuple[Rule, ...]

    def shortest(self, step: Limit, categories: Iterable[str], country: str) -> Rule | None:
        """The rule that counts for somebody with these categories at a post in `country` (rules 1 and 2)."""
        others = self._of(step, ANY, country)
        found = [self._of(step, category, country) or others for category in categories] or [others]
        return min((rule for rule in found if rule is not None), key=lambda rule: rule.hours, default=None)

    def _of(self, step: Limit, category: str, country: str) -> Rule | None:
        for place in (country, ANY):
            for rule in self.rules:
                if (rule.step, rule.category, rule.country) == (step, category, place):
                    return rule
        return None


def load(resources: Folder, codebook: Codebook) -> Limits:
    """The limits that are held. Raises ContentFault."""
    rows = read_table(resources / "codebook" / "waiting.csv", _COLUMNS, key=("step", "category", "country"))
    categories = {*codebook.categories, ANY}
    countries = {one.name for one in codebook.lists["countries"] if one.parent == "country"} | {ANY}
    return Limits(tuple(_rule(row, categories, countries) for row in rows))


def _rule(row: Row, categories: set[str], countries: set[str]) -> Rule:
    row.needed("hours")
    hours, reviewed_on = row.number_or_none("hours"), row.day_or_none("reviewed_on")
    assert hours is not None, "an empty cell was refused"
    if (reviewed_on is None) != (not row.text("reviewed_by")):
        raise row.fault("content.half_review", "reviewed_on")
    return Rule(
        Limit(row.name("step", frozenset(Limit))),
        row.name("category", categories),
        row.name("country", countries),
        hours,
        row.needed("source"),
        row.text("reviewed_by") or None,
        reviewed_on,
    )
