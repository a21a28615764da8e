"""Readers of entries about sharing, handing over and early alerts.

None of their rows repeats what anybody said: of a child's alert the four things that other posts receive too, of a
hand-over the number it has at the other post. See `kinds` for what a reader is.
"""

from collections.abc import Callable, Iterator

from fieldkit.domain.entries import Entry
from fieldkit.domain.waiting import Step
from fieldkit.storage import kinds_desk
from fieldkit.storage.database import Value
from fieldkit.storage.shapes import Fields, spelling

Projected = tuple[str, tuple[Value, ...]]

SENT, RECEIVED = "sent", "received"
"""Which way an alert went."""

TABLES: dict[str, tuple[str, ...]] = {
    "shares": ("share", "case_id", "contact", "protocol", "how", "fields", "agreement", "told", "day"),
    "hand_over_receipts": ("share", "case_id", "by", "day"),
    "taken_over": ("share", "case_id", "contact", "number", "day"),
    "alerts": ("alert", "way", "contact", "number", "age_band", "sex", "call", "day"),
}


def case_shared(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """share, contact, protocol, how, fields, agreement, told, recipient, reason?: that it left, without content"""
    payload.text("recipient")
    yield (
        "shares",
        (
            payload.text("share"),
            entry.subject_id,
            payload.text("contact"),
            payload.text("protocol"),
            payload.text("how"),
            spelling(payload.texts("fields")),
            payload.text("agreement"),
            payload.flag("told"),
            entry.at[:10],
        ),
    )


def hand_over_confirmed(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """share, by, day: the other post took the case over"""
    yield (
        "hand_over_receipts",
        (payload.text("share"), entry.subject_id, payload.text("by"), payload.text("day")),
    )
    yield kinds_desk.step(entry, Step.ENDED)  # they wait there now


def case_taken_over(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """share, contact, number (at the other post), categories, answers, agreement, day"""
    payload.texts("categories")
    payload.several("answers")
    yield (
        "taken_over",
        (
            payload.text("share"),
            entry.subject_id,
            payload.text("contact"),
            payload.text("number"),
            payload.text("day"),
        ),
    )


def alert_raised(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """number, age_band, sex, call: what other posts receive of a child, and nothing else"""
    yield "alerts", _alert(entry, payload, SENT, "")


def alert_received(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """number, age_band, sex, call, contact"""
    yield "alerts", _alert(entry, payload, RECEIVED, payload.text("contact"))


def _alert(entry: Entry, payload: Fields, way: str, contact: str) -> tuple[Value, ...]:
    told = tuple(payload.text(name) for name in ("number", "age_band", "sex", "call"))
    return (entry.subject_id, way, contact, *told, entry.at[:10])


READERS: dict[str, Callable[[Entry, Fields], Iterator[Projected]]] = {
    "case.shared": case_shared,
    "hand_over.confirmed": hand_over_confirmed,
    "case.taken_over": case_taken_over,
    "alert.raised": alert_raised,
    "alert.received": alert_received,
}
