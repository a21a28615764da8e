"""Readers of entries about guardians of children, and of who of child protection is on duty when.

A guardian is two entries, as a finished interview is: that one was named, on which day, may travel with the child's
agreement (`guardian.named`); name and mandate stay at the post (`guardian.kept`). See `kinds` for what a reader
is.
"""

from collections.abc import Callable, Iterator

from fieldkit.domain.entries import Entry
from fieldkit.storage.database import Value
from fieldkit.storage.kinds_names import names_of
from fieldkit.storage.shapes import Fields, Unread

Projected = tuple[str, tuple[Value, ...]]

NAMED, KEPT, ENDED = "guardian.named", "guardian.kept", "guardian.ended"
DUTY = "duty.kept"
GUARDIAN = "guardian/"
"""How the steps of a case begin that say of one designation whether it stands."""
_DAY_LENGTH = 10


def named(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """guardian, day: when it began"""
    yield _step(entry, payload, "named")


def ended(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """guardian, day, reason: the child has this guardian no more"""
    payload.text("reason")
    yield _step(entry, payload, "ended")


def kept(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """guardian, name, mandate: what stays at the post; the name is found like every other"""
    payload.text("guardian")
    payload.text("mandate")
    yield from names_of(entry.subject_id, Fields({"guardian_name": [payload.text("name")]}))


def _step(entry: Entry, payload: Fields, state: str) -> Projected:
    day = payload.text("day")
    if len(day) != _DAY_LENGTH:
        raise Unread
    return "steps", (entry.subject_id, f"{GUARDIAN}{payload.text('guardian')}", state, day)


READERS: dict[str, Callable[[Entry, Fields], Iterator[Projected]]] = {
    NAMED: named,
    KEPT: kept,
    ENDED: ended,
}
