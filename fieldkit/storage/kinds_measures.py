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
}
