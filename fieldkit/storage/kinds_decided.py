"""Readers of what people decide after the interview: closing, correcting with a second person, settling.

Each sets the field it is about (`projections`, rule 5), so that what two people decided without seeing each other's
decision stands side by side. See `kinds` for what a reader is.
"""

from collections.abc import Callable, Iterator

from fieldkit.domain.conflicts import CLOSED_CASE, CLOSED_CATEGORY, OPEN_CASE
from fieldkit.domain.entries import Entry
from fieldkit.domain.waiting import Step
from fieldkit.storage import kinds_desk
from fieldkit.storage.database import Value
from fieldkit.storage.shapes import Fields, Unread, spelling

Projected = tuple[str, tuple[Value, ...]]

STATE = "state"
ASKED, ACCEPTED, REFUSED = "asked", "accepted", "refused"
"""Where something stands that needs a second person."""
CORRECTION, CLOSING = "correction", "closing"
"""What needs one."""
MISTAKE = "mistake"
"""Why a category is closed that never was one: then it counts no more."""

TABLES: dict[str, tuple[str, ...]] = {"proposals": ("proposal", "about", "what", "state", "day")}

_DAY_LENGTH = len("2026-11-21")


def value_of(entry: Entry, field: str, value: object) -> Projected:
    """A row that sets one field of the subject."""
    return "field_values", (entry.subject, field, spelling(value))  # type: ignore[arg-type]


def interview_field(payload: Fields) -> str:
    """The field that says which of an interview's versions stands: named after the first one."""
    name = payload.text_or_empty("line") or payload.text_or_empty("corrects") or payload.text("instance_id")
    return f"interview/{name}"


def case_closed(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """because, reason"""
    payload.text("because")
    payload.text("reason")
    yield value_of(entry, STATE, CLOSED_CASE)
    yield kinds_desk.step(entry, Step.ENDED)


def case_reopened(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """reason"""
    payload.text("reason")
    yield value_of(entry, STATE, OPEN_CASE)
    yield kinds_desk.step(entry, Step.AGAIN)


def outcome_closed(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """category, because, reason, proposal?

    A category that was closed because help was given stays in the figures; only a mistake takes it out of them.
    """
    category, because, reason = payload.text("category"), payload.text("because"), payload.text("reason")
    yield value_of(entry, f"outcome/{category}", CLOSED_CATEGORY)
    if because == MISTAKE:
        yield "outcomes", (entry.subject_id, category, CLOSED_CATEGORY, "", "", "", reason, "", _day(entry))
    if payload.has("proposal"):
        yield _proposal(entry, payload, CLOSING, ACCEPTED)


def interview_settled(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """line, chosen (instance ids), reason"""
    payload.text("reason")
    yield value_of(entry, f"interview/{payload.text('line')}", payload.text("chosen"))


def referral_changed(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """referral, fields: declined and safe_to_carry, one or both; reason"""
    referral = payload.text("referral")
    for name, value in payload.inner("fields").items():
        yield value_of(entry, f"referral/{referral}/{name}", value)


def difference_settled(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """fields: the one that was decided on; reason. Headquarters' decision as it comes home"""
    payload.text("reason")
    for name, value in payload.inner("fields").items():
        yield value_of(entry, name, value)


def proposal(what: str, state: str) -> Callable[[Entry, Fields], Iterator[Projected]]:
    """A reader of one step of what needs a second person."""

    def read(entry: Entry, payload: Fields) -> Iterator[Projected]:
        """proposal; what is proposed, or why it is refused"""
        yield _proposal(entry, payload, what, state)

    return read


def _proposal(entry: Entry, payload: Fields, what: str, state: str) -> Projected:
    return "proposals", (payload.text("proposal"), entry.subject, what, state, _day(entry))


def _day(entry: Entry) -> str:
    if len(entry.at) < _DAY_LENGTH:
        raise Unread
    return entry.at[:_DAY_LENGTH]


READERS: dict[str, Callable[[Entry, Fields], Iterator[Projected]]] = {
    "case.closed": case_closed,
    "case.reopened": case_reopened,
    "outcome.closed": outcome_closed,
    "outcome.closing_asked": proposal(CLOSING, ASKED),
    "outcome.closing_refused": proposal(CLOSING, REFUSED),
    "correction.proposed": proposal(CORRECTION, ASKED),
    "correction.kept": proposal(CORRECTION, ASKED),
    "correction.accepted": proposal(CORRECTION, ACCEPTED),
    "correction.refused": proposal(CORRECTION, REFUSED),
    "difference.settled": difference_settled,
    "interview.settled": interview_settled,
    "referral.changed": referral_changed,
}
