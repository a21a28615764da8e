"""For whom a country recognises people as a group, so that the way to protection is shorter (R-012, R-056, N-022).

1. The program ships no row: whom a State recognises at first sight is law, and changes. A signed pack brings rows,
   each with its place, its source, who reviewed it and when; one that nobody reviewed is refused
   (`protection.md` 11).
2. A row can only quicken protection. It stands for one country, without order and without a number; there is no
   row that slows anything down, and none that names people for whom nothing holds (`protection.md` 16, K-16).
3. After its last day a row is shown nowhere (K-33).
4. No rule of outcome reads this table: conditions name no country.
"""

from dataclasses import dataclass
from datetime import date

from fieldkit.content import provenance
from fieldkit.content.codebook import Codebook
from fieldkit.content.provenance import Provenance
from fieldkit.content.tables import Row, read_table
from fieldkit.domain.shelf import Folder

TABLE = "codebook/recognition.csv"
_COLUMNS = (
    *("id", "jurisdiction", "country", "area", "text"),
    *("source", "reviewed_by", "reviewed_on", "valid_until"),
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """One row: people from `country`, and of it from `area` in words (empty: all of it); `text` says what holds."""

    id: str
    country: str
    area: str
    text: str
    about: Provenance


def load(folder: Folder, codebook: Codebook, region: str = "") -> tuple[Recognised, ...]:
    """The rows that are held. Raises ContentFault, also for one that nobody reviewed (rule 1)."""
    places = provenance.jurisdictions(codebook, region)
    countries = provenance.jurisdictions(codebook) - {provenance.EVERYWHERE}
    rows = read_table(folder / "codebook" / "recognition.csv", _COLUMNS, key=("id",))
    return tuple(_row(row, places, countries) for row in rows)


def _row(row: Row, places: frozenset[str], countries: frozenset[str]) -> Recognised:
    row.needed("reviewed_by")
    return Recognised(
        row.needed("id"),
        row.name("country", countries),
        row.text("area"),
        row.needed("text"),
        provenance.read(row, places),
    )


def in_force(rows: tuple[Recognised, ...], country: str, region: str, today: date) -> tuple[Recognised, ...]:
    """The rows that hold at a post in `country` on a day (rule 3): its own, the region's, those for every place."""
    here = {country, region, provenance.EVERYWHERE} - {""}
    return tuple(row for row in rows if row.about.jurisdiction in here and not row.about.is_expired(today))
