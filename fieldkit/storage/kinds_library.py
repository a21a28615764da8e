"""Readers of what counsellors keep: talks, group sessions, people informed, comments on leaflets, recorded clips.

None of them names a person. What somebody asked in a talk, and what was agreed to do next, is kept in an entry of
its own that nothing is projected from and that never travels (`services/travel.py`); see `kinds` for what a reader
is.
"""

from collections.abc import Callable, Iterator

from fieldkit.domain.entries import Entry
from fieldkit.storage.database import Value
from fieldkit.storage.shapes import Fields

Projected = tuple[str, tuple[Value, ...]]

CLIPS = "leaflet clips"
"""The holder of recorded clips among the attachments."""
_CASE = "case"

TABLES: dict[str, tuple[str, ...]] = {
    "counsellings": (
        "case_id",
        "place",
        "language",
        "interpreted",
        "understood",
        "asked",
        "goes_on",
        "day",
    ),
    "counselled_topics": ("topic",),
    "group_sessions": ("place", "topic", "languages", "audience", "people", "questions", "day"),
    "informed": ("place", "language", "people", "day"),
    "handed_out": ("leaflet", "version", "language", "copies", "day"),
    "leaflet_comments": ("leaflet", "version", "language", "reader", "understood", "text", "day"),
    "clips": ("leaflet", "section", "language", "text", "file", "seconds", "day"),
}


def counselling_held(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """topics, language, interpreted, understood, place, asked, goes_on, leaflets"""
    case = entry.subject_id if entry.subject_kind == _CASE else ""
    yield (
        "counsellings",
        (
            case,
            payload.text("place"),
            payload.text("language"),
            payload.text("interpreted"),
            payload.text("understood"),
            payload.count("asked"),
            payload.flag("goes_on"),
            entry.at[:10],
        ),
    )
    for topic in dict.fromkeys(payload.texts("topics")):
        yield "counselled_topics", (topic,)
    payload.several("leaflets")


def session_held(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """place, topic, languages, audience (group -> people), questions (how many), leaflets"""
    people = sum(_number(count) for _, count in payload.inner("audience").items())
    yield (
        "group_sessions",
        (
            payload.text("place"),
            payload.text("topic"),
            payload.json("languages"),
            payload.json("audience"),
            people,
            payload.count("questions"),
            entry.at[:10],
        ),
    )
    yield from _handed_out(entry, payload)


def people_informed(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """place, people (language -> how many), leaflets"""
    place = payload.text("place")
    for language, count in payload.inner("people").items():
        yield "informed", (place, language, _number(count), entry.at[:10])
    yield from _handed_out(entry, payload)


def leaflet_commented(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """leaflet, version, language, reader, understood, text"""
    names = ("leaflet", "version", "language", "reader", "understood", "text")
    yield "leaflet_comments", (*(payload.text(name) for name in names), entry.at[:10])


def clip_recorded(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """leaflet, section, language, text (digest of the words that were read), seconds, file (name, type, size,
    sha256)"""
    file = payload.inner("file")
    names = ("leaflet", "section", "language", "text")
    told = tuple(payload.text(name) for name in names)
    yield "clips", (*told, file.text("name"), payload.count("seconds"), entry.at[:10])
    yield (
        "files",
        (CLIPS, file.text("name"), file.text("type"), file.count("size"), file.text("sha256")),
    )


def _handed_out(entry: Entry, payload: Fields) -> Iterator[Projected]:
    for one in payload.several_or_none("leaflets"):
        given = Fields(one)
        names = ("leaflet", "version", "language")
        told = tuple(given.text(name) for name in names)
        yield "handed_out", (*told, given.count("copies"), entry.at[:10])


def _number(value: object) -> int:
    return Fields({"value": value}).count("value")


READERS: dict[str, Callable[[Entry, Fields], Iterator[Projected]]] = {
    "counselling.held": counselling_held,
    "group_session.held": session_held,
    "people.informed": people_informed,
    "leaflet.commented": leaflet_commented,
    "clip.recorded": clip_recorded,
}
