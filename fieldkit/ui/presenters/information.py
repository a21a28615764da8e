"""What the library shows of each leaflet, and what it offers to somebody in whose language there is no text.

1. A leaflet stands there in every language it has, with how far its text can be trusted, and its date (R-141).
2. In a language without text nothing is printed as if there were one: the page says so, and offers the nearest
   language that the person also reads, the version in pictures, and the card that calls for an interpreter.
3. Lines of the leaflet that are past their day are told before it is printed (K-26, K-33).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.languages.autonyms import LANGUAGES, autonym
from fieldkit.languages.catalogues import load
from fieldkit.languages.marking import mark
from fieldkit.leaflets.source import Status
from fieldkit.services import counsel, library, local_inserts, sketches
from fieldkit.services.library import Index, Instead
from fieldkit.services.local_inserts import Insert, State

if TYPE_CHECKING:
    from fieldkit.services.counsel import OfferedLeaflet
    from fieldkit.services.vault import OpenVault

STATUS_WORDS: dict[Status, str] = {
    Status.SOURCE: mark("the text as it was written"),
    Status.REVIEWED: mark("reviewed by a speaker"),
    Status.DRAFT: mark("draft: no speaker has reviewed it"),
    Status.PARTLY: mark("partly translated, the rest in English"),
    Status.MISSING: mark("not translated, in English"),
}
MARKED, LATELY = "marked", "lately"
"""Lists beside the groups: leaflets that were marked here, and those that were printed lately."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A leaflet in one language; `status` in words (English source)."""

    language: str
    autonym: str
    status: str


@dataclass(frozen=True, slots=True)
class Row:
    """A leaflet of the library; `date` is ISO; `editions` those in which there is text."""

    id: str
    title: str
    version: int
    date: str
    groups: tuple[str, ...]
    editions: tuple[Edition, ...]

    def by_status(self) -> tuple[tuple[str, tuple[Edition, ...]], ...]:
        """The editions under what is said of them, in the order of the languages."""
        found: dict[str, list[Edition]] = {}
        for one in self.editions:
            found.setdefault(one.status, []).append(one)
        return tuple((status, tuple(rows)) for status, rows in found.items())


@dataclass
class Wanted:
    """What was chosen above the list: group or list, the person's language, what they read as well, the place, and
    how it is put on paper."""

    group: str = ""
    language: str = ""
    also: tuple[str, ...] = ()
    place: str = ""
    beside: str = ""
    large: bool = False
    copies: int = 1


@dataclass
class Library:
    """The leaflets, titles in the language `tag`."""

    vault: OpenVault
    tag: str
    wanted: Wanted = field(default_factory=Wanted)

    def __post_init__(self) -> None:
        self.may_edit_contacts = self.vault.may(Action.EDIT_DIRECTORY)
        self.may_counsel = self.vault.may(Action.COUNSEL)
        self.may_review = self.vault.may(Action.REVIEW)
        self._held = {one.id: one for one in counsel.leaflets(self.tag, self.vault)}
        self.rows = tuple(self._row(one) for one in self._held.values())
        self.groups = library.groups(self._held.values())
        self.places = local_inserts.places(self.vault)
        self.marked = library.favourites(self.vault)
        self.lately = tuple(dict.fromkeys(one.leaflet for one in library.recent(self.vault, self._held)))
        self._words = load(self.tag, "interface")

    @cached_property
    def index(self) -> Index:
        """Every word of every leaflet; made when somebody first searches."""
        return Index(self.vault)

    def group_name(self, group: str) -> str:
        """A group in the interface's language; one that a pack brings stands as it is written."""
        return self._words.say(group)

    def languages(self) -> tuple[tuple[str, str], ...]:
        """The languages that can be chosen: tag and own name, those with leaflets first, then by need."""
        have = counsel.leaflet_languages()
        rest = (one.tag for one in LANGUAGES if one.tag not in have)
        return tuple((tag, autonym(tag)) for tag in (*have, *rest))

    def found(self, typed: str) -> frozenset[str]:
        """The leaflets of the chosen group or list that have every word of `typed`, in any language."""
        shown = self.index.found(typed) if typed.strip() else frozenset(self._held)
        return shown & self._chosen()

    def mark(self, leaflet: str, *, on: bool) -> None:
        """Mark a leaflet at this laptop, or take the mark away."""
        library.mark_favourite(self.vault, leaflet, on=on)
        self.marked = library.favourites(self.vault)

    def status(self, leaflet: str) -> str:
        """What is said of a leaflet in the chosen language (English source); empty where there is no text."""
        state = self._held[leaflet].languages.get(self.wanted.language, Status.MISSING)
        return "" if state is Status.MISSING else STATUS_WORDS[state]

    def instead(self, leaflet: str) -> Instead:
        """What there is for somebody in whose language this leaflet has no text (rule 2)."""
        return library.instead(self._held[leaflet], self.wanted.language, self.wanted.also)

    def has_pictures(self, leaflet: str) -> bool:
        """Whether there is a version in pictures."""
        return self.instead(leaflet).pictures

    def edition(
        self, leaflet: str, language: str, *, pictures: bool = False, card: bool = False
    ) -> counsel.Edition:
        """A leaflet as it is wanted now."""
        wanted = self.wanted
        there = library.has_text(self._held[leaflet].languages, wanted.beside)
        beside = wanted.beside if there and not pictures and not card else ""
        return counsel.Edition(leaflet, language, beside, wanted.large, pictures, wanted.place, card)

    def left_out(self, leaflet: str) -> tuple[Insert, ...]:
        """Lines of a leaflet that are past their day (rule 3)."""
        return (
            *local_inserts.left_out(self.vault, leaflet, self.wanted.place),
            *self._sketch(leaflet, State.EXPIRED, State.DIFFERS),
        )

    def to_check(self, leaflet: str) -> tuple[Insert, ...]:
        """Lines of a leaflet that are printed and whose day is near, or that nobody ever checked (rule 3)."""
        return (
            *local_inserts.to_check(self.vault, leaflet, self.wanted.place),
            *self._sketch(leaflet, State.ENDS_SOON),
        )

    def _sketch(self, leaflet: str, *states: State) -> tuple[Insert, ...]:
        """The map sketch of a leaflet, when it stands so."""
        held = sketches.sketch(self.vault, self.wanted.place)
        if held is None or held.state not in states or not sketches.asks_where(self.vault, leaflet):
            return ()
        return (Insert(sketches.FIELD, held.says, held.state, held.comes_from, held.until),)

    def choose(self, **changed: object) -> None:
        """Change what was chosen above the list."""
        self.wanted = replace(self.wanted, **changed)  # type: ignore[arg-type]  # names are Wanted's own

    def _chosen(self) -> frozenset[str]:
        group = self.wanted.group
        if group == MARKED:
            return self.marked
        if group == LATELY:
            return frozenset(self.lately)
        return frozenset(row.id for row in self.rows if not group or group in row.groups)

    def _row(self, held: OfferedLeaflet) -> Row:
        there = tuple(
            Edition(language, autonym(language), STATUS_WORDS[status])
            for language, status in held.languages.items()
            if status is not Status.MISSING
        )
        return Row(held.id, held.title, held.version, held.date, held.groups, there)
