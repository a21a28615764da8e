"""Readers of what happens at the desk between arrival and referral, and of who came together.

An entry tells a step (`arrival_steps`) and what is known of whoever waits (`arrival_said`): flags, how many people,
languages, household, group. Moments are kept in one zone, so that they can be put in order. See `kinds` for what a
reader is, `domain.waiting` for what the rows mean.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from fieldkit.domain.entries import Entry
from fieldkit.domain.ids import is_id, spoken_number
from fieldkit.domain.waiting import FLAG_OF_FACT, RAISING, SCREENING_FORMS, Flag, Step
from fieldkit.storage.database import Value
from fieldkit.storage.shapes import Fields, Unread

Projected = tuple[str, tuple[Value, ...]]

TABLES: dict[str, tuple[str, ...]] = {
    "arrival_steps": ("about", "step", "at"),
    "arrival_said": ("place", "about", "what", "value"),
}

CORE = "core"
_OF_FACTS = {
    "people_together": "people",
    "children_together": "children",
    "languages_spoken": "language",
    "with_whom": "with",
    "alone": "alone",
}
"""Answers of an interview that the queue shows, and what they are called there."""


def moment(at: str) -> str:
    """A moment in the one zone of these tables. Raises Unread."""
    try:
        read = datetime.fromisoformat(at)
        return (
            read.astimezone(UTC).isoformat(timespec="seconds") if read.tzinfo else f"{read.isoformat()}+00:00"
        )
    except (ValueError, OverflowError) as fault:
        raise Unread from fault


def step(entry: Entry, what: Step, at: str = "") -> Projected:
    """A step of whoever the entry is about."""
    return "arrival_steps", (entry.subject, what.value, moment(at or entry.at))


def said(entry: Entry, pairs: Iterable[tuple[str, str]]) -> Iterator[Projected]:
    """What is known of whoever the entry is about."""
    for place, (what, value) in enumerate(pairs):
        yield "arrival_said", (place, entry.subject, what, value)


def opened(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """arrived?, language?; a case from before this was kept waits for nothing"""
    if payload.has("arrived"):
        yield step(entry, Step.ARRIVED, payload.text("arrived"))
    if payload.has("language"):
        yield from said(entry, [("language", payload.text("language"))])


def talked(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """What a finished interview says of whoever waits; whether it was a screening."""
    asked = [Fields(section) for section in payload.several("sections")]
    core = any(one.text_or_empty("kind") == CORE and one.flag("asked") for one in asked)
    if payload.text("form") in SCREENING_FORMS or core:
        yield step(entry, Step.SCREENED, _talk(entry, payload))
    language = payload.inner("languages").text("person")
    yield from said(entry, [("language", language), *_of_answers(payload.inner("facts"))])


def _talk(entry: Entry, payload: Fields) -> str:
    """When the talk took place: day and hour of its paper (noon without an hour), else the moment of the entry."""
    if not payload.has("on_paper"):
        return entry.at
    paper = payload.inner("on_paper")
    try:
        zone = datetime.fromisoformat(entry.at).tzinfo
        read = datetime.fromisoformat(f"{paper.text('day')}T{paper.text_or_empty('hour') or '12:00'}")
    except ValueError as fault:
        raise Unread from fault
    return read.replace(tzinfo=zone).isoformat()


def kept(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """The same of the answers that stay at the post."""
    yield from said(entry, _of_answers(payload.inner("facts")))


def _of_answers(facts: Fields) -> Iterator[tuple[str, str]]:
    for name, values in facts.items():
        if name in FLAG_OF_FACT and not RAISING.isdisjoint(_texts(values)):
            yield "flag", FLAG_OF_FACT[name].value
        elif name in _OF_FACTS:
            for value in _texts(values):
                yield _OF_FACTS[name], value


def _texts(values: Any) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise Unread
    return values


def household_recorded(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """at, people, children, children_alone, languages, flags, group?: one row of a surge"""
    counts = [(name, str(payload.count(name))) for name in ("people", "children", "children_alone")]
    languages = [("language", tag) for tag in payload.texts("languages")]
    alone = [Flag.CHILD_ALONE.value] if payload.count("children_alone") else []
    flags = [("flag", flag) for flag in sorted({*payload.texts("flags"), *alone})]
    group = [("group", payload.text("group"))] if payload.has("group") else []
    yield step(entry, Step.ARRIVED, payload.text("at"))
    number = [("number", spoken_number(entry.subject_id))] if is_id(entry.subject_id) else []
    yield from said(entry, [*counts, *languages, *flags, *group, *number])


def group_recorded(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """at, how, people?: people who came together, by boat, by vehicle, on foot"""
    people = [("people", str(payload.count("people")))] if payload.has("people") else []
    came = [("came", moment(payload.text("at"))), ("how", payload.text("how"))]
    yield from said(entry, [*came, *people])


def group_informed(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """languages, how: what everybody has to know was told to the whole group"""
    payload.text("how")
    yield from said(entry, [("informed", tag) for tag in payload.texts("languages")])


def group_routed(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """row: the whole group was passed on by a shorter way to protection; nobody of it is screened by that"""
    yield from said(entry, [("routed", payload.text("row"))])


def household_joined(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """household, relation?, group?, flags?: somebody belongs to a household"""
    known = [(name, payload.text(name)) for name in ("relation", "group") if payload.has(name)]
    flags = [("flag", flag) for flag in _texts(payload.several_or_none("flags"))]
    yield from said(entry, [("household", payload.text("household")), *known, *flags])


def need_settled(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """need, done, told (the entries that told it), flag?, service?, reason?

    The entries are named here and not in `replaces`: what somebody said still stands, only the emergency is over.
    """
    need, done, flag = payload.text("need"), payload.flag("done"), payload.text_or_empty("flag")
    settled = [("settled", f"{flag} {digest}") for digest in payload.texts("told")] if done and flag else []
    yield from said(entry, [("met" if done else "unmet", need), *settled])


def child_called(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """service, answered_by, waits: the call that somebody answers is a child's referral (`protection.md` 6)"""
    payload.text("waits")
    yield from said(entry, [("called", payload.text("service"))])
    if payload.text("answered_by"):
        yield step(entry, Step.REFERRED)


def waiting_ended(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """because: somebody waits no more"""
    payload.text("because")
    yield step(entry, Step.ENDED)


def waiting_again(entry: Entry, _payload: Fields) -> Iterator[Projected]:
    """What ended is replaced: somebody waits again"""
    yield step(entry, Step.AGAIN)


READERS: dict[str, Callable[[Entry, Fields], Iterator[Projected]]] = {
    "household.recorded": household_recorded,
    "household.joined": household_joined,
    "group.recorded": group_recorded,
    "group.informed": group_informed,
    "group.routed": group_routed,
    "need.settled": need_settled,
    "child.called": child_called,
    "waiting.ended": waiting_ended,
    "waiting.again": waiting_again,
}
