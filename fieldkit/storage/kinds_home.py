"""Readers of entries that go from headquarters to a post, and of the post's word that they came; see `kinds`.

Headquarters writes them into the outbox of one laptop (`journal.md`, rule 9): both sides project the same.
"""

from collections.abc import Callable, Iterator

from fieldkit.domain.entries import Entry
from fieldkit.storage.database import Value
from fieldkit.storage.shapes import Fields, Unread

Projected = tuple[str, tuple[Value, ...]]

SETTLED = "difference.settled"
"""What two posts wrote differently was decided at headquarters (`services.conflicts`)."""
SETTLED_ABOUT = frozenset({"service", "setting"})
"""Of these subjects only: over a case nobody but its post decides."""

STATES = ("acknowledged", "served", "not served", "declined")
"""What became of a referral (R-040)."""

TABLES: dict[str, tuple[str, ...]] = {
    "outboxes": ("device", "stream"),
    "tasks": ("task", "case_id", "text", "due", "day"),
    "tasks_done": ("task", "day"),
    "results": ("referral", "case_id", "state", "text", "day"),
    "messages": ("case_id", "text", "day"),
    "received": ("stream", "number", "digest", "day"),
}


def outbox_opened(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """device, stream: from now on this stream is written for that laptop"""
    yield "outboxes", (payload.text("device"), payload.text("stream"))


def task_given(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """task, text, due (a day, or empty)"""
    text, due = payload.text("text"), payload.text("due")
    yield "tasks", (payload.text("task"), _case(entry), text, due, entry.at[:10])


def task_done(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """task"""
    yield "tasks_done", (payload.text("task"), entry.at[:10])


def referral_result(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """referral, state, text"""
    state = payload.text("state")
    if state not in STATES:
        raise Unread
    yield "results", (payload.text("referral"), _case(entry), state, payload.text("text"), entry.at[:10])


def message_sent(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """text"""
    yield "messages", (_case(entry), payload.text("text"), entry.at[:10])


def bundle_received(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """bundle, stream, number, digest: how far a post holds its outbox; new, statements"""
    payload.text("bundle")
    stream, number, digest = payload.text("stream"), payload.count("number"), payload.text("digest")
    yield "received", (stream, number, digest, entry.at[:10])


def _case(entry: Entry) -> str:
    return entry.subject_id if entry.subject_kind == "case" else ""


READERS: dict[str, Callable[[Entry, Fields], Iterator[Projected]]] = {
    "outbox.opened": outbox_opened,
    "task.given": task_given,
    "task.done": task_done,
    "referral.result": referral_result,
    "message.sent": message_sent,
    "bundle.received": bundle_received,
}

BEGAN = "outbox.began"
"""The first entry of an outbox, so that there is always something to send. It says nothing and has no rows."""

HOME = frozenset({BEGAN, "task.given", "referral.result", "message.sent", SETTLED})
"""The kinds that headquarters may send home: it tells, it never changes what a post wrote down."""
