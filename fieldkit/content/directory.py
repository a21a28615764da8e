"""Services that people are referred to (R-042).

1. An invented entry never reaches a person: it is flagged `sample`, loads only for training and the tour, and
   whoever prints asks `may_be_printed` (`protection.md` 10).
2. On paper a service has its neutral `name_on_paper`; a hidden address is never on paper (`protection.md` 8).
3. A phone number of an invented entry is one that no network gives to anybody.
4. An entry that nobody has verified for a while is still offered, and says so (R-042, K-26).
5. A consulate is listed by its country and for no need: nobody is referred there (R-131, N-088). Whether it hears
   of somebody is a plan, which the country-of-origin block stops (`domain.locks`).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from fieldkit.content.codebook import Codebook
from fieldkit.content.tables import Row, parse_table, read_text
from fieldkit.domain.shelf import Folder

CONSULATE = "consulate"
"""The kind of help of a consulate (rule 5)."""
STALE_AFTER = timedelta(days=180)
"""A proposal; a country's pack sets its own."""

_COLUMNS = (
    *("id", "name", "name_on_paper", "kinds", "categories", "languages"),
    *("hours", "place", "hidden_address", "phone", "verified", "sample"),
)
_LATER = ("mandate", "groups", "ask_for", "nationals", "country")
"""Columns that tables of older packs do not have."""


@dataclass(frozen=True, slots=True)
class Service:
    """One provider. `verified` is the day somebody last asked whether all this is still so; None: never.

    `mandate` says who they are and by what right they help, `groups` whom they serve, `ask_for` whom to ask for (a
    function, or a name that may be told on the phone); `nationals` whether people of this country with the same
    need are served too (R-043), None: nobody asked. `country` is that of a consulate.
    """

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
    mandate: str = ""
    groups: str = ""
    ask_for: str = ""
    nationals: bool | None = None
    country: str = ""

    @property
    def place_on_paper(self) -> str:
        """Where to go, or nothing when the address must not be on paper (rule 2)."""
        return "" if self.hidden_address else self.place

    @property
    def is_consulate(self) -> bool:
        """Whether it belongs to another State (rule 5)."""
        return CONSULATE in self.kinds

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
    text = read_text(path)
    is_older = text.partition("\n")[0] == ",".join(_COLUMNS)
    columns = _COLUMNS if is_older else (*_COLUMNS, *_LATER)
    return tuple(_service(row, codebook) for row in parse_table(text, path.name, columns, key=("id",)))


def _service(row: Row, codebook: Codebook) -> Service:
    if row.yes("hidden_address") and row.text("place"):
        raise row.fault("content.hidden_place", "place")
    later = {name: row.cells.get(name, "") for name in _LATER}
    if (CONSULATE in row.text("kinds").split()) != bool(later["country"]):
        raise row.fault("content.consulate", "country")
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
        later["mandate"],
        later["groups"],
        later["ask_for"],
        row.yes("nationals") if later["nationals"] else None,
        row.name("country", _values(codebook, "countries")) if later["country"] else "",
    )


def _values(codebook: Codebook, name: str) -> frozenset[str]:
    return frozenset(choice.name for choice in codebook.lists.get(name, ()))
