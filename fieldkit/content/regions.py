"""What a region's content says: who does what, which definitions are in force, who moves freely, which languages.

1. A pack holds at most one region, in the folder `region/`. The program ships regions of the same form under
   `resources/regions`: samples for training, and the starting point of a headquarters' own pack.
2. Every item names its jurisdiction and source, and who reviewed it; nobody has reviewed what is shipped
   (`content.provenance`).
3. A region is complete or a skeleton; a skeleton lists what is missing and who could know it.
4. No phone number and no address stands here: contacts belong to the directory (`protection.md` 10).
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from fieldkit.content import directory, provenance, rules, steps
from fieldkit.content.codebook import Codebook
from fieldkit.content.directory import Service
from fieldkit.content.provenance import Provenance
from fieldkit.content.steps import Procedures
from fieldkit.content.tables import Row, read_table, read_text
from fieldkit.content.texts import SourceText
from fieldkit.domain.shelf import Folder, Shelf

FOLDER = "region"
ABOUT = "region/about.csv"
SHIPPED = "regions"
PARTS = (FOLDER, "codebook")
_ID = re.compile(r"[a-z][a-z0-9_]{2,39}")
_NUMBER = re.compile(r"\+?\d[\d ()-]{6,}\d")
_ABOUT = ("id", "name", "state", "countries", "form", "text")
_ACTOR = ("id", "jurisdiction", "actor", "name", "part", "categories")
_DEFINITION = ("id", "jurisdiction", "term", "text", "instrument")
_MOVEMENT = ("id", "jurisdiction", "name", "who", "text")
_LANGUAGE = ("language", "jurisdiction", "side")
_MISSING = ("id", "jurisdiction", "text", "who")
_SOURCED = ("source", "reviewed_by", "reviewed_on", "valid_until")


class State(StrEnum):
    """How far a region has come."""

    COMPLETE = "complete"
    SKELETON = "skeleton"


class Side(StrEnum):
    """Whose language it is."""

    ARRIVALS = "arrivals"
    OFFICIALS = "officials"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Actor:
    """One body: which part it has (`actor`: a name of the list `actors`), for which pathways; none for all."""

    id: str
    actor: str
    name: str
    part: str
    categories: tuple[str, ...]
    about: Provenance


@dataclass(frozen=True, slots=True)
class Definition:
    """What a word means where the instrument is in force, in words of this project."""

    id: str
    term: str
    text: str
    instrument: str
    about: Provenance


@dataclass(frozen=True, slots=True)
class Movement:
    """A rule on moving freely: who may, and what it gives (R-136, R-159). `when` is an expression over facts: it
    says when the rule fits what a person told; empty where it is only to be read."""

    id: str
    name: str
    who: str
    text: str
    about: Provenance
    when: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language that is met here, the most frequent first."""

    language: str
    side: Side
    about: Provenance


@dataclass(frozen=True, slots=True)
class Missing:
    """What nobody has written yet, and who could."""

    id: str
    text: str
    who: str
    about: Provenance


@dataclass(frozen=True, slots=True)
class Region:
    """One region, whole. `form` is the form of its own questions, or empty."""

    id: str
    name: str
    state: State
    countries: tuple[str, ...]
    form: str
    text: str
    actors: tuple[Actor, ...]
    definitions: tuple[Definition, ...]
    movement: tuple[Movement, ...]
    languages: tuple[Spoken, ...]
    missing: tuple[Missing, ...]
    procedures: Procedures

    def actors_for(self, actor: str, country: str = "", category: str = "") -> tuple[Actor, ...]:
        """Who has a part at a post in `country`: bodies of the country, then those of the whole region (R-049)."""
        found = [
            one
            for one in self.actors
            if one.actor == actor
            and (not category or not one.categories or category in one.categories)
            and one.about.jurisdiction in {country, self.id, provenance.EVERYWHERE}
        ]
        return tuple(sorted(found, key=lambda one: one.about.jurisdiction != country))

    def abouts(self) -> Iterator[Provenance]:
        """The provenance of every item, steps included."""
        for items in (self.actors, self.definitions, self.movement, self.languages, self.missing):
            for item in items:
                yield item.about
        for held in self.procedures.steps.values():
            for step in held:
                yield step.about

    def texts(self) -> Iterator[SourceText]:
        """What translators are given."""
        yield SourceText(f"region/{self.id}/name", self.name)
        yield SourceText(f"region/{self.id}/text", self.text)
        for actor in self.actors:
            yield SourceText(f"actor/{actor.id}/name", actor.name, "A body; keep its usual name.")
            yield SourceText(f"actor/{actor.id}/part", actor.part)
        for one in self.definitions:
            yield SourceText(f"definition/{one.id}/term", one.term)
            yield SourceText(f"definition/{one.id}/text", one.text, "About law; promises nothing.")
        for rule in self.movement:
            yield SourceText(f"movement/{rule.id}/name", rule.name)
            yield SourceText(f"movement/{rule.id}/who", rule.who)
            yield SourceText(f"movement/{rule.id}/text", rule.text, "About law; promises nothing.")
        for gap in self.missing:
            yield SourceText(f"missing/{gap.id}/text", gap.text)
            yield SourceText(f"missing/{gap.id}/who", gap.who)
        yield from self.procedures.texts()


def region_id(folder: Folder) -> str:
    """The id of the region that a folder of content holds; empty when it holds none. Raises ContentFault."""
    if not _has_region(folder):
        return ""
    return _about(folder)[0]


def load(folder: Folder, codebook: Codebook) -> Region | None:
    """The region of a folder of content, checked as it will be used; None when it holds none.

    Raises ContentFault naming file, row and column.
    """
    if not _has_region(folder):
        return None
    name, row = _about(folder)
    places = provenance.jurisdictions(codebook, name)
    actors = _values(codebook, "actors")
    at = folder / FOLDER
    return Region(
        name,
        row.needed("name"),
        State(row.name("state", frozenset(State))),
        row.names("countries", places - {provenance.EVERYWHERE, name}),
        row.text("form"),
        row.needed("text"),
        tuple(_actor(one, actors, codebook, places) for one in _rows(at / "actors.csv", _ACTOR)),
        tuple(_definition(one, places) for one in _rows(at / "definitions.csv", _DEFINITION)),
        tuple(_movement(one, codebook, places) for one in _movement_rows(at / "movement.csv")),
        tuple(_spoken(one, codebook, places) for one in _rows(at / "languages.csv", _LANGUAGE)),
        tuple(_missing(one, places) for one in _rows(at / "missing.csv", _MISSING)),
        _procedures(folder, codebook, name),
    )


def shipped(resources: Path, codebook: Codebook) -> tuple[Region, ...]:
    """The regions that come with the program, complete ones first (rule 1). Raises ContentFault."""
    found = (load(resources / SHIPPED / name, codebook) for name in shipped_ids(resources))
    return tuple(sorted((one for one in found if one), key=lambda one: (one.state, one.name)))


def shipped_ids(resources: Path) -> tuple[str, ...]:
    """The ids of the regions that come with the program."""
    return tuple(sorted(path.parents[1].name for path in (resources / SHIPPED).glob(f"*/{ABOUT}")))


def as_pack(resources: Path, region: str) -> dict[str, bytes]:
    """The files of a shipped region under the names they have in a pack: what a headquarters begins with.

    The invented directory is not among them: it serves in training only (`protection.md` 10).
    """
    at = resources / SHIPPED / region
    held = sorted(path for part in PARTS for path in (at / part).glob("*.csv"))
    return {path.relative_to(at).as_posix(): path.read_bytes() for path in held}


def sample_services(resources: Path, region: str, codebook: Codebook) -> tuple[Service, ...]:
    """The invented services of a shipped region, for training only; none when it has none. Raises ContentFault."""
    path = resources / SHIPPED / region / "training" / "services.csv"
    if region not in shipped_ids(resources) or not path.is_file():
        return ()
    return directory.read_services(path, codebook)


def own_forms(resources: Path) -> frozenset[str]:
    """The built-in forms that belong to one region: no other is offered them. Raises ContentFault."""
    found = (_about(resources / SHIPPED / name)[1].text("form") for name in shipped_ids(resources))
    return frozenset(form for form in found if form)


def _procedures(folder: Folder, codebook: Codebook, region: str) -> Procedures:
    """The region's own steps; none in a skeleton that has not written any."""
    there = isinstance(folder, Shelf) or (folder / steps.TABLE).is_file()
    return steps.load(folder, codebook, region) if there else Procedures({})


def _has_region(folder: Folder) -> bool:
    if isinstance(folder, Shelf):
        return ABOUT in folder.over
    return (folder / FOLDER / "about.csv").is_file()


def _about(folder: Folder) -> tuple[str, Row]:
    rows = read_table(folder / FOLDER / "about.csv", _ABOUT, key=("id",))
    if len(rows) != 1 or _ID.fullmatch(rows[0].text("id")) is None:
        row = rows[-1] if rows else Row("about.csv", 1, dict.fromkeys(_ABOUT, ""))
        raise row.fault("content.one_region", "id")
    return rows[0].text("id"), rows[0]


def _rows(path: Folder, columns: tuple[str, ...]) -> tuple[Row, ...]:
    rows = read_table(path, (*columns, *_SOURCED), key=(columns[0],) if columns[0] == "id" else columns[:2])
    for row in rows:
        for column in columns:
            if _NUMBER.search(row.text(column)):
                raise row.fault("content.number_in_region", column)
    return rows


def _actor(row: Row, actors: Collection[str], codebook: Codebook, places: Collection[str]) -> Actor:
    return Actor(
        row.needed("id"),
        row.name("actor", actors),
        row.needed("name"),
        row.needed("part"),
        row.names("categories", codebook.categories),
        provenance.read(row, places),
    )


def _definition(row: Row, places: Collection[str]) -> Definition:
    name, term, text, instrument = (row.needed(column) for column in ("id", "term", "text", "instrument"))
    return Definition(name, term, text, instrument, provenance.read(row, places))


def _movement_rows(path: Folder) -> tuple[Row, ...]:
    """The rules on moving; the column `when` may be left out, as in packs of before."""
    header = read_text(path).split("\n", 1)[0].strip().split(",")
    return _rows(path, (*_MOVEMENT, "when") if "when" in header else _MOVEMENT)


def _movement(row: Row, codebook: Codebook, places: Collection[str]) -> Movement:
    identifier, name, who, text = (row.needed(column) for column in ("id", "name", "who", "text"))
    when = rules.expression(row, codebook) if row.cells.get("when") else ""
    return Movement(identifier, name, who, text, provenance.read(row, places), when)


def _spoken(row: Row, codebook: Codebook, places: Collection[str]) -> Spoken:
    language = row.name("language", _values(codebook, "languages"))
    return Spoken(language, Side(row.name("side", frozenset(Side))), provenance.read(row, places))


def _missing(row: Row, places: Collection[str]) -> Missing:
    identifier, text, who = (row.needed(column) for column in ("id", "text", "who"))
    return Missing(identifier, text, who, provenance.read(row, places))


def _values(codebook: Codebook, name: str) -> frozenset[str]:
    return frozenset(choice.name for choice in codebook.lists.get(name, ()))
