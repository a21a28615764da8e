"""Readers of entries about what is planned for people, and what happened to them (`services.measures`).

`measure.told` says that something happened past a lock, of which kind, on which day, and of whom not: it is kept
under an identifier of its own, so that headquarters hears of it whatever the person agreed to. See `kinds` for what
a reader is.
"""

from collections.abc import Callable, Iterator

from fieldkit.domain.entries import Entry
from fieldkit.storage.database import Value
from fieldkit.storage.kinds_decided import ACCEPTED, REFUSED
from fieldkit.storage.kinds_decided import ASKED as WAITS
from fieldkit.storage.shapes import Fields

Projected = tuple[str, tuple[Value, ...]]

MEASURE = "measure"
"""What needs a second person, and the kind of subject of what headquarters is told."""
HAPPENED, TOLD = "measure.happened", "measure.told"
PLANNED, DROPPED = "measure.planned", "measure.dropped"
ASKED, NOT_AGREED = "measure.asked", "measure.refused"
CHECKED = "check.recorded"
THOUGHT = "thinking.recorded"
DESCRIBED, PLACED = "holding.described", "holding.placed"
REVIEWED, VISITED = "holding.reviewed", "holding.visited"
RELEASED = "holding.ended"
HELD = "held"
"""How a step is named that belongs to somebody's being held: `held/`, and what happened."""

TABLES: dict[str, tuple[str, ...]] = {"measures": ("measure", "case_id", "what", "state", "shut", "day")}
"""`state` is the second word of the kind; `shut` counts the locks that something went past."""


def happened(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """measure, what, day, by, tried, shut"""
    yield _row(entry, payload, payload.text("measure"), "happened", payload.text("day"))


def told(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """what, day, shut: nothing of whom"""
    yield _row(entry, payload, entry.subject_id, "told", payload.text("day"))


def planned(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """measure, what, country, reason, shut, proposal?"""
    payload.text("reason")
    yield _row(entry, payload, payload.text("measure"), "planned", entry.at[:10])
    if payload.has("proposal"):
        yield _proposal(entry, payload, ACCEPTED)


def dropped(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """measure, reason"""
    payload.text("reason")
    case = entry.subject_id
    yield "measures", (payload.text("measure"), case, "", "dropped", 0, entry.at[:10])


def asked(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """proposal, what, country, reason, shut"""
    payload.text("what")
    yield _proposal(entry, payload, WAITS)


def refused(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """proposal, reason"""
    yield _proposal(entry, payload, REFUSED)


def checked(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """check, done, reason"""
    payload.text("reason")
    state = "done" if payload.flag("done") else "not done"
    yield "steps", (entry.subject_id, f"check/{payload.text('check')}", state, entry.at[:10])


def thought(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """wants, reason, told (the entries with the wishes that it ends): a wish for time to think"""
    payload.text("reason")
    payload.texts("told")
    state = "wished" if payload.flag("wants") else "over"
    yield "steps", (entry.subject_id, "thinking", state, entry.at[:10])


def described(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """measure, ground (a name of `held_grounds`, or empty), body: who answers for it, a function or empty"""
    payload.text("ground")
    payload.text("body")
    yield _held(entry, payload, "described", entry.at[:10])


def placed(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """measure, day, place: where somebody is held from that day on"""
    payload.text("place")
    yield _held(entry, payload, "placed", payload.text("day"))


def reviewed(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """measure, day, by, result (a name of `held_reviews`): who looked at whether the holding may go on"""
    payload.text("by")
    payload.text("result")
    yield _held(entry, payload, "reviewed", payload.text("day"))


def visited(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """measure, day, whom (a name of `held_visitors`), given: whether they could speak"""
    payload.text("whom")
    payload.flag("given")
    yield _held(entry, payload, "visited", payload.text("day"))


def released(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """measure, day, how (a name of `held_ends`)"""
    payload.text("how")
    yield _held(entry, payload, "ended", payload.text("day"))


def _held(entry: Entry, payload: Fields, state: str, day: str) -> Projected:
    return "steps", (entry.subject_id, f"{HELD}/{payload.text('measure')}", state, day)


def _row(entry: Entry, payload: Fields, measure: str, state: str, day: str) -> Projected:
    case = entry.subject_id if entry.subject_kind == "case" else ""
    return "measures", (measure, case, payload.text("what"), state, len(payload.texts("shut")), day)


def _proposal(entry: Entry, payload: Fields, state: str) -> Projected:
    return "proposals", (payload.text("proposal"), entry.subject, MEASURE, state, entry.at[:10])


READERS: dict[str, Callable[[Entry, Fields], Iterator[Projected]]] = {
    HAPPENED: happened,
    TOLD: told,
    PLANNED: planned,
    DROPPED: dropped,
    ASKED: asked,
    NOT_AGREED: refused,
    CHECKED: checked,
    THOUGHT: thought,
    DESCRIBED: described,
    PLACED: placed,
    REVIEWED: reviewed,
    VISITED: visited,
    RELEASED: released,
}
