"""Services that people are referred to (R-042).

1. An invented entry never reaches a person: it is flagged `sample`, loads only for training and the tour, and
   whoever prints asks `may_be_printed` (`protection.md` 10).
2. On paper a service has its neutral `name_on_paper`; a hidden address is never on paper (`protection.md` 8).
3. A phone number of an invented entry is one that no network gives to anybody.
4. An entry that nobody has verified for a while is still offered, and says so (R-042, K-26).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from fieldkit.content.codebook import Codebook
from fieldkit.content.tables import Row, read_table
from fieldkit.domain.shelf import Folder

STALE_AFTER = timedelta(days=180)
"""A proposal; a country's pack sets its own."""

_COLUMNS = (
    *("id", "name", "name_on_paper", "kinds", "categories", "languages"),
    *("hours", "place", "hidden_address", "phone", "verified", "sample"),
)


@dataclass(frozen=True, slots=True)
class Service:
    """One provider. `verified` is the day somebody last asked whether all this is still so; None: never."""

    id: str
    name: str
    name_on_paper: str
    kinds: tuple[str, ...]
    categories: tuple[str, ...]
    languages: tuple[str, ...]
    hours: str
    place: str
    hidden_address: bool
    phone: str
    verified: date | None
    sample: bool = False

    @property
    def place_on_paper(self) -> str:
        """Where to go, or nothing when the address must not be on paper (rule 2)."""
        return "" if self.hidden_address else self.place

    def serves(self, category: str) -> bool:
        """Whether people on this pathway can be referred here."""
        return category in self.categories

    def may_be_printed(self, training: bool) -> bool:
        """Whether it may stand on paper: an invented entry only in training (rule 1)."""
        return training or not self.sample

    def is_stale(self, today: date) -> bool:
        """Whether it should be verified again (rule 4)."""
        return self.verified is None or today - self.verified > STALE_AFTER


def load_sample(resources: Path, codebook: Codebook) -> tuple[Service, ...]:
    """The invented services, for training and the tour only (rule 1). Raises ContentFault."""
    return read_services(resources / "directory" / "sample.csv", codebook)


def read_services(path: Folder, codebook: Codebook) -> tuple[Service, ...]:
    """The services of a table, such as one that a country's pack brings. Raises ContentFault."""
    return tuple(_service(row, codebook) for row in read_table(path, _COLUMNS, key=("id",)))


def _service(row: Row, codebook: Codebook) -> Service:
    if row.yes("hidden_address") and row.text("place"):
        raise row.fault("content.hidden_place", "place")
    return Service(
        row.needed("id"),
        row.needed("name"),
        row.needed("name_on_paper"),
        row.names("kinds", _values(codebook, "service_kinds")),
        row.names("categories", codebook.categories),
        row.names("languages", _values(codebook, "languages")),
        row.text("hours"),
        row.text("place"),
        row.yes("hidden_address"),
        row.needed("phone"),
        row.day_or_none("verified"),
        row.yes("sample"),
    )


def _values(codebook: Codebook, name: str) -> frozenset[str]:
    return frozenset(choice.name for choice in codebook.lists.get(name, ()))
