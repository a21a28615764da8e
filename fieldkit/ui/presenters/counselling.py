"""The words of the counsellor's pages, and what they decide: a talk, a group session, people on the way, comments.

1. A talk belongs to a case when its number is given, and only then; a wrong number is told, nothing is guessed.
2. Nothing is chosen in advance but what hides nothing: "understood" begins as not asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fieldkit.languages.autonyms import LANGUAGES, autonym
from fieldkit.languages.marking import mark
from fieldkit.languages.typed_days import read_day
from fieldkit.services import counsel, counselling, local_inserts
from fieldkit.services.counselling import (
    Comment,
    Given,
    Group,
    Reader,
    Session,
    Talk,
    Through,
    Topic,
    Understood,
)

if TYPE_CHECKING:
    from fieldkit.services.counselling import Remembered
    from fieldkit.services.vault import OpenVault

TOPICS: Mapping[Topic, str] = {
    Topic.RIGHTS: mark("Rights and duties here"),
    Topic.NEXT: mark("What happens next"),
    Topic.ASYLUM: mark("Asking for asylum"),
    Topic.DATA: mark("What is kept, and who sees it"),
    Topic.NEEDS: mark("Food, sleep, clothes"),
    Topic.HEALTH: mark("Health"),
    Topic.CHILDREN: mark("Children and school"),
    Topic.FAMILY: mark("Finding family"),
    Topic.SAFETY: mark("Safety and help after harm"),
    Topic.PAPERS: mark("Papers and nationality"),
    Topic.WORK: mark("Work and staying"),
    Topic.LEGAL: mark("Lawyer, appeal, detention"),
    Topic.RETURN: mark("Going home by choice"),
    Topic.COMPLAINT: mark("Complaints"),
    Topic.OTHER: mark("Something else"),
}
UNDERSTOOD: Mapping[Understood, str] = {
    Understood.YES: mark("Yes, understood"),
    Understood.PARTLY: mark("Partly"),
    Understood.NO: mark("Not understood"),
    Understood.NOT_ASKED: mark("Not asked"),
}
THROUGH: Mapping[Through, str] = {
    Through.NOBODY: mark("Nobody: we speak one language"),
    Through.INTERPRETER: mark("An interpreter"),
    Through.COMPANION: mark("Somebody who came along"),
    Through.CHILD: mark("A child"),
    Through.ARRIVAL: mark("Another arrival"),
}
GROUPS: Mapping[Group, str] = {
    Group.WOMEN: mark("Women"),
    Group.MEN: mark("Men"),
    Group.GIRLS: mark("Girls"),
    Group.BOYS: mark("Boys"),
    Group.NOT_SAID: mark("Not said"),
}
READERS: Mapping[Reader, str] = {
    Reader.ARRIVAL: mark("Somebody who has arrived"),
    Reader.REFUGEE: mark("A refugee who lives here"),
    Reader.COMMUNITY: mark("Somebody of the host community"),
    Reader.INTERPRETER: mark("An interpreter or translator"),
    Reader.STAFF: mark("Staff"),
}


@dataclass
class _Page:
    """What all of these pages offer."""

    vault: OpenVault
    tag: str

    def __post_init__(self) -> None:
        self.leaflets = tuple((one.id, one.title) for one in counsel.leaflets(self.tag, self.vault))
        self.languages = tuple((row.tag, autonym(row.tag)) for row in LANGUAGES)
        self.places = local_inserts.places(self.vault)

    def place_name(self, place: str) -> str:
        """What stands in the record for a place; empty at the post itself."""
        return next((one.name for one in self.places if one.id == place), "")


@dataclass
class TalkPage(_Page):
    """A counselling talk being written down."""

    number: str = ""
    topics: tuple[str, ...] = ()
    language: str = ""
    through: str = ""
    understood: str = Understood.NOT_ASKED.value
    given: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    next_step: str = ""
    next_day: str = ""
    place: str = ""

    def case(self) -> str | None:
        """The case of the number that was typed (rule 1): empty for none, None when there is no such case."""
        typed = self.number.strip()
        if not typed:
            return ""
        found = self.vault.queries.numbered(typed, limit=2)
        return found[0].case if len(found) == 1 else None

    def problem(self) -> str:
        """Which part is missing or wrong; empty when it can be kept."""
        wrong = (
            ("number", self.case() is None),
            ("topics", not self.topics),
            ("language", not self.language),
            ("through", not self.through),
            ("next_day", bool(self.next_day.strip()) and read_day(self.next_day) is None),
        )
        return next((name for name, is_wrong in wrong if is_wrong), "")

    def keep(self) -> None:
        """Keep the talk. Raises as `counselling.keep_talk`."""
        talk = Talk(
            tuple(Topic(one) for one in self.topics),
            self.language,
            Through(self.through),
            Understood(self.understood),
            tuple(Given(one, self.language) for one in self.given),
            self.questions,
            self.next_step,
            read_day(self.next_day),
            self.place_name(self.place),
        )
        counselling.keep_talk(self.vault, talk, self.case() or "")

    def earlier(self) -> tuple[Remembered, ...]:
        """The talks of the case whose number was typed, the newest first."""
        case = self.case()
        return tuple(reversed(counselling.talks(self.vault, case))) if case else ()


@dataclass
class SessionPage(_Page):
    """A group session being written down."""

    topic: str = ""
    spoken: tuple[str, ...] = ()
    audience: dict[Group, int] = field(default_factory=dict)
    given: tuple[str, ...] = ()
    copies: int = 1
    questions: tuple[str, ...] = ()
    place: str = ""

    def count(self, group: Group, number: int) -> None:
        """So many of a group were there."""
        self.audience[group] = number

    def problem(self) -> str:
        """Which part is missing; empty when it can be kept."""
        missing = (
            ("topic", not self.topic),
            ("audience", not sum(self.audience.values())),
            ("spoken", not self.spoken),
        )
        return next((name for name, is_missing in missing if is_missing), "")

    def keep(self) -> None:
        """Keep the session. Raises as `counselling.keep_session`."""
        leaflets = tuple(Given(one, tag, self.copies) for one in self.given for tag in self.spoken)
        place = self.place_name(self.place)
        session = Session(
            Topic(self.topic), self.spoken, dict(self.audience), leaflets, self.questions, place
        )
        counselling.keep_session(self.vault, session)


@dataclass
class StopPage(_Page):
    """People informed at a stall or on the road: one press a person."""

    people: dict[str, int] = field(default_factory=dict)
    leaflet: str = ""
    handed: dict[tuple[str, str], int] = field(default_factory=dict)
    place: str = ""

    def add(self, language: str) -> None:
        """One more person who speaks this language, with the leaflet in hand."""
        self.people[language] = self.people.get(language, 0) + 1
        if self.leaflet:
            key = (self.leaflet, language)
            self.handed[key] = self.handed.get(key, 0) + 1

    def take_back(self, language: str) -> None:
        """One less: a slip of the finger."""
        self.people[language] = max(0, self.people.get(language, 0) - 1)
        key = (self.leaflet, language)
        if key in self.handed:
            self.handed[key] = max(0, self.handed[key] - 1)

    def problem(self) -> str:
        """Nothing can be missing but people, and then it cannot be kept."""
        return ""

    @property
    def number(self) -> int:
        """How many people so far."""
        return sum(self.people.values())

    def keep(self) -> None:
        """Keep the stop, and begin the next one. Raises as `counselling.keep_informed`."""
        given = [Given(leaflet, tag, count) for (leaflet, tag), count in self.handed.items() if count]
        counselling.keep_informed(self.vault, self.people, given, self.place_name(self.place))
        self.people, self.handed = {}, {}


@dataclass
class CommentPage(_Page):
    """What a reader says about a leaflet."""

    leaflet: str = ""
    language: str = ""
    reader: str = ""
    understood: str = Understood.NOT_ASKED.value
    text: str = ""

    def problem(self) -> str:
        """Which part is missing; empty when it can be kept."""
        missing = (
            ("leaflet", not self.leaflet),
            ("language", not self.language),
            ("reader", not self.reader),
            ("text", not self.text.strip() and self.understood == Understood.NOT_ASKED),
        )
        return next((name for name, is_missing in missing if is_missing), "")

    def keep(self) -> None:
        """Keep the comment. Raises as `counselling.keep_comment`."""
        said = (self.leaflet, self.language, Reader(self.reader), Understood(self.understood), self.text)
        counselling.keep_comment(self.vault, Comment(*said))
        self.text = ""
