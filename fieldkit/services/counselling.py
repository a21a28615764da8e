"""What counsellors keep of their work: talks, group sessions, people informed on the way, comments of readers.

1. A talk is kept as several entries: `counselling.held` says topics, language, through whom, leaflets with their
   versions, whether it was understood, and counts; `information.given` stands for each leaflet, as everywhere;
   `counselling.kept` has in words what was asked and what comes next: this one never travels, and the
   others of a case only when the person agreed (R-143, `protection.md` 3). A question can disclose: the words are
   sealed, always as the same class, so that the class says nothing; who is not cleared is told whom to ask.
2. "Understood" is asked, never assumed: not asked is an answer of its own, and counts as nothing else
   (`protection.md` 15).
3. A group session counts people by age and sex and names nobody (R-149); what was asked there, in words, stays.
4. People informed at a stall or on the road are counts by language, of leaflets copies by language (R-150).
5. A comment is about a leaflet, in one version and language, and says by what kind of reader, never by whom
   (R-152).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from fieldkit.domain.access import Action
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import JsonObject, JsonValue
from fieldkit.languages import catalogues
from fieldkit.leaflets import source
from fieldkit.leaflets.source import Status
from fieldkit.services import sealed
from fieldkit.services.case_file import CASE
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import Change

HELD, KEPT = "counselling.held", "counselling.kept"
SESSION, SESSION_KEPT = "group_session.held", "group_session.kept"
INFORMED = "people.informed"
COMMENTED = "leaflet.commented"
ABOUT = "information"
WORDS_SEALED = SealedClass.VIOLENCE
"""Counsellors and child protection, who lead talks, are both cleared for it; officers and supervisors are not."""
MOST_WORDS = 4_000
MOST_PEOPLE = 10_000
"""In one group or one stop; more is a slip of the key."""


class Topic(StrEnum):
    """What was talked about. Wide on purpose: a topic tells no story."""

    RIGHTS = "rights"
    NEXT = "next"
    ASYLUM = "asylum"
    DATA = "data"
    NEEDS = "needs"
    HEALTH = "health"
    CHILDREN = "children"
    FAMILY = "family"
    SAFETY = "safety"
    PAPERS = "papers"
    WORK = "work"
    LEGAL = "legal"
    RETURN = "return"
    COMPLAINT = "complaint"
    OTHER = "other"


class Understood(StrEnum):
    """What the person said when asked whether it was understood (rule 2)."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_ASKED = "not_asked"


class Through(StrEnum):
    """Through whom people talked (`protection.md` 2)."""

    NOBODY = "nobody"
    INTERPRETER = "interpreter"
    COMPANION = "companion"
    CHILD = "child"
    ARRIVAL = "arrival"


class Group(StrEnum):
    """Groups of an audience; nobody is asked anything to be counted."""

    WOMEN = "women"
    MEN = "men"
    GIRLS = "girls"
    BOYS = "boys"
    NOT_SAID = "not_said"


class Reader(StrEnum):
    """What kind of reader made a comment."""

    ARRIVAL = "arrival"
    REFUGEE = "refugee"
    COMMUNITY = "community"
    INTERPRETER = "interpreter"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Given:
    """A leaflet in one language, and how many copies."""

    leaflet: str
    language: str
    copies: int = 1


@dataclass(frozen=True, slots=True)
class Talk:
    """A counselling session as it was held. `place` is empty at the post itself."""

    topics: tuple[Topic, ...]
    language: str
    through: Through
    understood: Understood
    leaflets: tuple[Given, ...] = ()
    questions: tuple[str, ...] = ()
    next_step: str = ""
    next_day: date | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A group session: how many of which group were there."""

    topic: Topic
    languages: tuple[str, ...]
    audience: Mapping[Group, int]
    leaflets: tuple[Given, ...] = ()
    questions: tuple[str, ...] = ()
    place: str = ""

    @property
    def people(self) -> int:
        """How many people there were."""
        return sum(self.audience.values())


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader said about a leaflet."""

    leaflet: str
    language: str
    reader: Reader
    understood: Understood
    text: str = ""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A talk of a case as it is read back; words only where they are held here."""

    day: str
    who: str
    topics: tuple[str, ...]
    language: str
    through: str
    understood: str
    leaflets: tuple[str, ...]
    questions: tuple[str, ...] = field(default=())
    next_step: str = ""
    next_day: str = ""
    ask: tuple[str, ...] | None = None
    """Where words are sealed to this person: the labels of those who can read them; else None."""


def keep_talk(vault: OpenVault, talk: Talk, case: str = "") -> None:
    """Keep a talk, of a case or of nobody in particular (rule 1).

    Raises DeskFault `counselling.no_topic`, `counselling.no_language`, `counselling.too_long`; LeafletFault;
    PersonFault `access.not_allowed`.
    """
    vault.demand(Action.COUNSEL)
    if not talk.topics:
        raise DeskFault("counselling.no_topic")
    if not talk.language:
        raise DeskFault("counselling.no_language")
    _demand_short(*talk.questions, talk.next_step)
    about = subject(CASE, case) if case else subject(ABOUT, new_id(vault.world.randomness))
    held: JsonObject = {
        "topics": [topic.value for topic in talk.topics],
        "language": talk.language,
        "interpreted": talk.through.value,
        "understood": talk.understood.value,
        "place": talk.place,
        "asked": len(talk.questions),
        "goes_on": bool(talk.next_step.strip()),
        "leaflets": [_given(vault, one, count=False) for one in talk.leaflets],
    }
    changes = [Change(about, HELD, held)]
    for one in talk.leaflets:
        changes.append(
            Change(about, "information.given", {**_given(vault, one, count=False), "how": "counselling"})
        )
    if talk.questions or talk.next_step.strip():
        kept: JsonObject = {
            "questions": list(talk.questions),
            "next_step": talk.next_step.strip(),
            "next_day": talk.next_day.isoformat() if talk.next_day else "",
        }
        changes.append(Change(about, KEPT, kept, seal=WORDS_SEALED))
    vault.journal.append_many(vault.person.id, changes)


def talks(vault: OpenVault, case: str) -> tuple[Remembered, ...]:
    """The talks of a case, the oldest first; that sealed words were read is written down. Raises PersonFault
    `access.not_allowed`."""
    vault.demand(Action.COUNSEL)
    found: list[Remembered] = []
    for entry, _ in vault.journal.about(subject(CASE, case)):
        if entry.kind not in (HELD, KEPT):
            continue
        said = sealed.payload(vault, entry)
        if entry.kind == HELD and said is not None:
            found.append(_remembered(entry.at[:10], vault.queries.person(entry.actor)[0], said))
        elif entry.kind == KEPT and found and said is not None:
            found[-1] = _with_words(found[-1], said)
        elif entry.kind == KEPT and found and vault.sealed.class_of(entry.payload) is not None:
            found[-1] = replace(found[-1], ask=sealed.who_reads(vault, WORDS_SEALED))
    return tuple(found)


def _remembered(day: str, who: str, said: Mapping[str, Any]) -> Remembered:
    leaflets = tuple(f"{one['leaflet']} {one['version']} {one['language']}" for one in said["leaflets"])
    return Remembered(
        day,
        who,
        tuple(map(str, said["topics"])),
        str(said["language"]),
        str(said["interpreted"]),
        str(said["understood"]),
        leaflets,
    )


def _with_words(talk: Remembered, said: Mapping[str, Any]) -> Remembered:
    questions = tuple(map(str, said["questions"]))
    return replace(
        talk, questions=questions, next_step=str(said["next_step"]), next_day=str(said["next_day"])
    )


def keep_session(vault: OpenVault, session: Session) -> None:
    """Keep a group session (rule 3).

    Raises DeskFault `counselling.nobody_there`, `counselling.too_many`, `counselling.no_language`,
    `counselling.too_long`; LeafletFault; PersonFault `access.not_allowed`.
    """
    vault.demand(Action.COUNSEL)
    _demand_number(session.people)
    if not session.languages:
        raise DeskFault("counselling.no_language")
    _demand_short(*session.questions)
    about = subject(ABOUT, new_id(vault.world.randomness))
    audience: dict[str, JsonValue] = {
        group.value: count for group, count in session.audience.items() if count
    }
    held: JsonObject = {
        "place": session.place,
        "topic": session.topic.value,
        "languages": list(session.languages),
        "audience": audience,
        "questions": len(session.questions),
        "leaflets": [_given(vault, one) for one in session.leaflets],
    }
    changes = [Change(about, SESSION, held)]
    if session.questions:
        changes.append(Change(about, SESSION_KEPT, {"questions": list(session.questions)}))
    vault.journal.append_many(vault.person.id, changes)


def keep_informed(
    vault: OpenVault, people: Mapping[str, int], leaflets: Sequence[Given] = (), place: str = ""
) -> None:
    """Keep how many people were informed at one stop, by language (rule 4).

    Raises DeskFault `counselling.nobody_there`, `counselling.too_many`; LeafletFault; PersonFault
    `access.not_allowed`.
    """
    vault.demand(Action.PRINT_LEAFLET)
    _demand_number(sum(people.values()))
    counted: dict[str, JsonValue] = {language: count for language, count in people.items() if count}
    vault.journal.append(
        actor=vault.person.id,
        subject=subject(ABOUT, new_id(vault.world.randomness)),
        kind=INFORMED,
        payload={"place": place, "people": counted, "leaflets": [_given(vault, one) for one in leaflets]},
    )


def keep_comment(vault: OpenVault, comment: Comment) -> None:
    """Keep what a reader said about a leaflet (rule 5).

    Raises DeskFault `counselling.no_comment`, `counselling.too_long`; LeafletFault; PersonFault
    `access.not_allowed`.
    """
    vault.demand(Action.PRINT_LEAFLET)
    text = comment.text.strip()
    if not text and comment.understood is Understood.NOT_ASKED:
        raise DeskFault("counselling.no_comment")
    _demand_short(text)
    held = source.read_leaflet(comment.leaflet, vault.content[0])
    vault.journal.append(
        actor=vault.person.id,
        subject=subject("leaflet", comment.leaflet),
        kind=COMMENTED,
        payload={
            "leaflet": comment.leaflet,
            "version": str(held.version),
            "language": comment.language,
            "reader": comment.reader.value,
            "understood": comment.understood.value,
            "text": text,
        },
    )


def _given(vault: OpenVault, one: Given, *, count: bool = True) -> JsonObject:
    """A leaflet as an entry says it: with its version, and whether the text was a draft (R-203)."""
    held = source.read_leaflet(one.leaflet, vault.content[0])
    status = source.status(held, one.language, catalogues.load(one.language, "leaflets"))
    told: JsonObject = {
        "leaflet": one.leaflet,
        "version": str(held.version),
        "language": one.language,
        "draft": status not in (Status.SOURCE, Status.REVIEWED),
    }
    return {**told, "copies": one.copies} if count else told


def _demand_short(*texts: str) -> None:
    if sum(map(len, texts)) > MOST_WORDS:
        raise DeskFault("counselling.too_long", limit=MOST_WORDS)


def _demand_number(people: int) -> None:
    if people < 1:
        raise DeskFault("counselling.nobody_there")
    if people > MOST_PEOPLE:
        raise DeskFault("counselling.too_many", limit=MOST_PEOPLE)
