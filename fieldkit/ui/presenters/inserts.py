"""The lines that leaflets need from this place: what stands in them, from where, until when, and which need care.

1. Those that need care stand first: past their day, in dispute, missing, soon past, never checked.
2. A line of the directory is changed in the directory; here it is shown, or something else is written before it.
3. A phrase in the country's language is offered as L32 says it, for somebody who speaks it to look at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.languages.marking import mark
from fieldkit.languages.typed_days import as_typed, read_day
from fieldkit.services import local_inserts, sketches
from fieldkit.services.local_inserts import HOLDS_FOR, From, Insert, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldkit.services.local_inserts import Place
    from fieldkit.services.sketches import MapSketch
    from fieldkit.services.vault import OpenVault

STATE_WORDS: Mapping[State, str] = {
    State.EXPIRED: mark("Past its day: it is not printed, the paper has a line to write on"),
    State.DIFFERS: mark("Two people wrote different things: neither is printed until one is kept"),
    State.MISSING: mark("Nothing yet: the paper has a line to write on"),
    State.ENDS_SOON: mark("Ends soon: ask whether it is still so"),
    State.NEVER_CHECKED: mark("Nobody has said when this was checked"),
    State.GOOD: mark("Good"),
}
"""In the order in which they need care (rule 1)."""
FROM_WORDS: Mapping[From, str] = {
    From.DIRECTORY: mark("from the contacts of this place"),
    From.POST: mark("written here for the whole post"),
    From.PLACE: mark("written here for this place"),
}
_WHAT: Mapping[str, str] = {
    "contact": mark("Name and phone: {what}"),
    "place": mark("Where: {what}"),
    "hours": mark("Open: {what}"),
    "phone": mark("Phone: {what}"),
}
_KINDS: Mapping[str, str] = {
    "protection": mark("protection of people at risk"),
    "women": mark("help for women"),
}
_WHOLE: Mapping[str, str] = {
    "hotline": mark("Help by phone"),
    "phrase_alone": mark("In the country's language: “I want to talk alone.”"),
    "phrase_asylum": mark("In the country's language: “I ask for asylum. I am afraid to go back.”"),
    "phrase_child": mark("In the country's language: “I am under 18 and alone.”"),
    "phrase_danger": mark("In the country's language: “I am in danger.”"),
    "phrase_doctor": mark("In the country's language: “I need a doctor.”"),
    "phrase_family": mark("In the country's language: “I cannot find my family.”"),
    "phrase_food": mark("In the country's language: “I need water and food.”"),
    "phrase_help": mark("In the country's language: “Help.”"),
    "phrase_interpreter": mark("In the country's language: “I need an interpreter.”"),
    "phrase_language": mark("In the country's language: “My language is:”"),
}


@dataclass
class Line:
    """A line being written."""

    name: str
    text: str
    until: str
    seen: tuple[str, ...]


@dataclass
class Inserts:
    """The page, for one place or the whole post."""

    vault: OpenVault
    tag: str
    place: str = ""
    lines: tuple[Insert, ...] = field(init=False)
    places: tuple[Place, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.may_edit = self.vault.may(Action.EDIT_DIRECTORY)
        self.read()

    def read(self) -> None:
        """Read what stands now."""
        self.places = local_inserts.places(self.vault)
        held = local_inserts.inserts(self.vault, self.place)
        needed = (held[name] for name in local_inserts.needed_names(self.vault))
        order = list(STATE_WORDS)
        self.lines = tuple(sorted(needed, key=lambda one: (order.index(one.state), one.name)))

    def name_of(self, insert: str) -> tuple[str, str]:
        """What a line is for: a sentence with `{what}` (or a whole one), and what fills it; English source or the
        codebook's own words."""
        if insert in _WHOLE:
            return _WHOLE[insert], ""
        part, _, kind = insert.partition("_")
        if kind in _KINDS:
            return _WHAT[part], _KINDS[kind]
        return _WHAT.get(part, "{what}"), kind

    @property
    def sketch(self) -> MapSketch | None:
        """The map sketch that stands for this place."""
        return sketches.sketch(self.vault, self.place)

    def kind_label(self, kind: str) -> str:
        """A kind of service in the interface's language, or as it is written."""
        from fieldkit.languages import catalogues  # noqa: PLC0415 (loaded by then)

        book = self.vault.codebook
        known = {one.name for one in book.lists["service_kinds"]}
        return (
            book.choice_label("service_kinds", kind, catalogues.load(self.tag, "codebook"))
            if kind in known
            else kind
        )

    def open(self, insert: Insert) -> Line:
        """A line to be written: as it stands, or as it is suggested (rule 3)."""
        text = insert.text or local_inserts.suggestion(self.vault, insert.name, self.tag)
        day = insert.until or self.vault.world.today() + HOLDS_FOR
        if day < self.vault.world.today():
            day = self.vault.world.today() + timedelta(days=90)
        seen = local_inserts.seen(self.vault, insert.name, self.place)
        return Line(insert.name, text, as_typed(day), seen)

    def day_is_wrong(self, line: Line) -> bool:
        """Whether the last day is none."""
        return bool(line.text.strip()) and read_day(line.until) is None

    def keep(self, line: Line) -> None:
        """Keep a line. Raises as `local_inserts.keep`."""
        local_inserts.keep(self.vault, line.name, line.text, read_day(line.until), self.place, line.seen)
        self.read()

    def take_back(self, insert: Insert) -> None:
        """Take away what was written; the directory stands again."""
        local_inserts.keep(self.vault, insert.name, "", None, self.place)
        self.read()

    def add_place(self, name: str) -> None:
        """Another place with lines of its own. Raises as `local_inserts.add_place`."""
        self.place = local_inserts.add_place(self.vault, name).id
        self.read()
