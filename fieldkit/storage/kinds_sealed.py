"""Kinds of entries about sealed classes. Who asks who read what reads the case's history; only who is cleared at
headquarters has rows, for there no role says it.

What is sealed is never projected. Of `SEALED_KINDS` nothing is ever kept open: the journal refuses to.
"""

from collections.abc import Callable, Iterator

from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import Entry
from fieldkit.storage.database import Value
from fieldkit.storage.shapes import Fields, Unread

Projected = tuple[str, tuple[Value, ...]]

ANSWERS = "submission.sealed"
SEALED_KINDS = frozenset({ANSWERS, "submission.sealed_kept"})
SOMETIMES_SEALED = frozenset(
    {
        "submission.finished",
        "outcome.suggested",
        "outcome.confirmed",
        "outcome.not_confirmed",
        "outcome.closed",
        "referral.made",
        "referral.changed",
        "referral.followed",
        "step.recorded",
    }
)
"""Kinds that are open, except where what they say would out somebody (`services.confidential`)."""
TRAVELS = SOMETIMES_SEALED | {ANSWERS}
"""The kinds of which the content may go to headquarters sealed to its class key."""
READ, GIVEN = "sealed.read", "clearance.given"
OFFICE_CLEARED, OFFICE_ENDED = "office.may_read", "office.may_read_ended"
"""Somebody at headquarters may read a class from now on, or no more (`services.office_clearance`)."""

TABLES: dict[str, tuple[str, ...]] = {"clearances": ("person", "class", "stands", "reason", "day")}


def _clearance(cleared: bool) -> Callable[[Entry, Fields], Iterator[Projected]]:
    def read(entry: Entry, payload: Fields) -> Iterator[Projected]:
        """class, reason"""
        name, reason = payload.text("class"), payload.text("reason")
        if name not in set(SealedClass):
            raise Unread
        yield "clearances", (entry.subject_id, name, int(cleared), reason, entry.at[:10])

    return read


READERS: dict[str, Callable[[Entry, Fields], Iterator[Projected]]] = {
    OFFICE_CLEARED: _clearance(True),
    OFFICE_ENDED: _clearance(False),
}
