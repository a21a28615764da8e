"""The shelf: what is known of countries of origin and of areas of return, treaties, and papers of a region (R-153,
R-062).

1. Every item has a day on which it was true, a source, and who reviewed it; nobody writes one here without. An item
   without a reviewer says so, one whose last day has passed is marked and not printed (`content.provenance`).
2. What is older than a year is marked as old, whatever its last day: places change.
3. It comes with a signed pack, in the file `reference/items.csv`. The program ships none but an invented sample,
   which serves in training only (`protection.md` 10, 11).
4. It is for reading. No rule, no form and no figure reads it, and it says nothing about one person.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from fieldkit.content import provenance, regions
from fieldkit.content.codebook import Codebook
from fieldkit.content.provenance import Provenance
from fieldkit.content.tables import Row, read_table
from fieldkit.domain.shelf import Folder, Shelf

FILE = "reference/items.csv"
SAMPLE = "reference/sample.csv"
OLD_AFTER = timedelta(days=365)
"""A proposal; a pack gives an item a last day of its own."""
_COLUMNS = ("id", "kind", "jurisdiction", "language", "title", "text", "dated")
_SOURCED = ("source", "reviewed_by", "reviewed_on", "valid_until")
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Za-z]{2,8})?")


class Kind(StrEnum):
    """What an item is about, in the order in which the shelf shows it."""

    ORIGIN = "origin"
    RETURN_AREA = "return_area"
    TREATY = "treaty"
    REGIONAL = "regional"
    DECISION = "decision"
    GUIDANCE = "guidance"


@dataclass(frozen=True, slots=True)
class Item:
    """One item in the language it was written in; `dated` is the day on which it was true."""

    id: str
    kind: Kind
    title: str
    text: str
    language: str
    dated: date
    about: Provenance

    def is_old(self, today: date) -> bool:
        """Whether it has to be asked again (rule 2)."""
        return today - self.dated > OLD_AFTER

    def may_be_printed(self, today: date) -> bool:
        """Whether it may stand on paper (rule 1)."""
        return self.about.may_be_printed(today)


def load(folder: Folder, codebook: Codebook) -> tuple[Item, ...]:
    """The items of a pack, in the order of their kinds; none without a pack that has some (rule 3). Raises
    ContentFault naming row and column."""
    if not isinstance(folder, Shelf) or FILE not in folder.over:
        return ()
    return _read(folder / FILE, codebook, regions.region_id(folder))


def sample(resources: Path, codebook: Codebook) -> tuple[Item, ...]:
    """The invented items, for training only. Raises ContentFault."""
    return _read(resources / SAMPLE, codebook)


def _read(path: Folder, codebook: Codebook, region: str = "") -> tuple[Item, ...]:
    places = provenance.jurisdictions(codebook, region)
    found = [_item(row, places) for row in read_table(path, (*_COLUMNS, *_SOURCED), key=("id",))]
    order = list(Kind)
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.title)))


def _item(row: Row, places: Collection[str]) -> Item:
    dated = row.day_or_none("dated")
    if dated is None:
        raise row.fault("content.empty_cell", "dated")
    if _LANGUAGE.fullmatch(row.text("language")) is None:
        raise row.fault("content.unknown_name", "language", value=row.text("language"))
    return Item(
        row.needed("id"),
        Kind(row.name("kind", frozenset(Kind))),
        row.needed("title"),
        row.needed("text"),
        row.needed("language"),
        dated,
        provenance.read(row, places),
    )
