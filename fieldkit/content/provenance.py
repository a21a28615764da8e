"""Where an item of content comes from, for which place it is meant, who reviewed it, and until when it may be used.

1. Every item names its jurisdiction and its source. Without a reviewer nobody has read it as a lawyer or as the
   office in charge, and whoever shows it says so (`protection.md` 11).
2. After `valid_until` an item is still shown, marked, and is not printed (K-33).
3. `*` stands for every place. A country's own item comes before the region's, the region's before that of every
   place.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fieldkit.content.codebook import Codebook
from fieldkit.content.tables import Row

EVERYWHERE = "*"
COLUMNS = ("jurisdiction", "source", "reviewed_by", "reviewed_on", "valid_until")
"""The cells that say all this; each table has them, in its own order."""


class Mark(StrEnum):
    """What has to be said beside an item."""

    UNREVIEWED = "unreviewed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the cells say. `reviewed_by` and `reviewed_on` are None while nobody has reviewed the item."""

    jurisdiction: str
    source: str
    reviewed_by: str | None = None
    reviewed_on: date | None = None
    valid_until: date | None = None

    def is_expired(self, today: date) -> bool:
        """Whether its last day has passed (rule 2)."""
        return self.valid_until is not None and self.valid_until < today

    def marks(self, today: date) -> tuple[Mark, ...]:
        """What has to be said beside the item, on screen and on paper."""
        expired = (Mark.EXPIRED,) if self.is_expired(today) else ()
        return expired if self.reviewed_by else (*expired, Mark.UNREVIEWED)

    def may_be_printed(self, today: date) -> bool:
        """Whether it may stand on paper; an item that nobody has reviewed may, and says so there (rules 1, 2)."""
        return not self.is_expired(today)


def read(row: Row, places: Collection[str]) -> Provenance:
    """The cells of a row; `places` are the jurisdictions there are. Raises ContentFault."""
    reviewed_on = row.day_or_none("reviewed_on")
    if (reviewed_on is None) != (not row.text("reviewed_by")):
        raise row.fault("content.half_review", "reviewed_on")
    return Provenance(
        row.name("jurisdiction", places),
        row.needed("source"),
        row.text("reviewed_by") or None,
        reviewed_on,
        row.day_or_none("valid_until"),
    )


def jurisdictions(codebook: Codebook, region: str = "") -> frozenset[str]:
    """Every place an item can be meant for: all, a country of the codebook, and the region of the content."""
    countries = {one.name for one in codebook.lists["countries"] if one.parent == "country"}
    return frozenset({EVERYWHERE, *countries, *([region] if region else [])})


def nearest(found: Collection[str], country: str) -> str | None:
    """Of the jurisdictions that have something, the one that counts at a post in `country` (rule 3)."""
    if country in found:
        return country
    regions = sorted(one for one in found if one != EVERYWHERE and not one.isupper())
    return regions[0] if regions else EVERYWHERE if EVERYWHERE in found else None
