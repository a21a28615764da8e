"""How long records stay on a laptop: a row a category and country (R-184).

1. `*` stands for every category, or every country; `survey` for answers that belong to no case; `household` and
   `group` for who came together, and without such a row what counts for everybody. The row that names more comes
   before the one that names less, and of two the one that names the country.
2. Somebody to whom several rows apply is kept as long as the longest says: what has gone cannot be brought back.
3. No row means that nothing is ever due.
4. An empty review means that no lawyer has read the number, and the program says so (`protection.md` 11).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fieldkit.content.codebook import Codebook
from fieldkit.content.tables import Row, read_table
from fieldkit.domain.shelf import Folder

ANY, SURVEY = "*", "survey"
TOGETHER = ("household", "group")
_COLUMNS = ("category", "country", "days", "source", "reviewed_by", "reviewed_on")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: records of `category` in `country` are due after so many days. None: no lawyer has read it."""

    category: str
    country: str
    days: int
    source: str
    reviewed_by: str | None
    reviewed_on: date | None

    @property
    def name(self) -> str:
        """What the row is called in the journal: `C06/*`."""
        return f"{self.category}/{self.country}"


@dataclass(frozen=True, slots=True)
class Retention:
    """The whole table."""

    rules: tuple[Rule, ...]

    def longest(self, categories: Iterable[str], country: str) -> Rule | None:
        """The rule that counts for somebody with these categories, at a post in `country` (rules 1 to 3)."""
        others = self._of(ANY, country)
        found = [self._of(category, country) or others for category in categories] or [others]
        return max((rule for rule in found if rule is not None), key=lambda rule: rule.days, default=None)

    def survey(self, country: str) -> Rule | None:
        """The rule for answers that belong to no case."""
        return self._of(SURVEY, country)

    def together(self, kind: str, country: str) -> Rule | None:
        """The rule for a household or a group; a pack that names none has that for everybody."""
        return self._of(kind, country) or self._of(ANY, country)

    def _of(self, category: str, country: str) -> Rule | None:
        for place in (country, ANY):
            for rule in self.rules:
                if (rule.category, rule.country) == (category, place):
                    return rule
        return None


def load(resources: Folder, codebook: Codebook) -> Retention:
    """The rules that are held. Raises ContentFault."""
    rows = read_table(resources / "codebook" / "retention.csv", _COLUMNS, key=("category", "country"))
    categories = {*codebook.categories, ANY, SURVEY, *TOGETHER}
    countries = {one.name for one in codebook.lists["countries"] if one.parent == "country"} | {ANY}
    return Retention(tuple(_rule(row, categories, countries) for row in rows))


def _rule(row: Row, categories: set[str], countries: set[str]) -> Rule:
    row.needed("days")
    days, reviewed_on = row.number_or_none("days"), row.day_or_none("reviewed_on")
    assert days is not None, "an empty cell was refused"
    if (reviewed_on is None) != (not row.text("reviewed_by")):
        raise row.fault("content.half_review", "reviewed_on")
    return Rule(
        row.name("category", categories),
        row.name("country", countries),
        days,
        row.needed("source"),
        row.text("reviewed_by") or None,
        reviewed_on,
    )
