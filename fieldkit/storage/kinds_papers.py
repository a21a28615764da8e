"""Readers of entries about papers, help that was given, steps of procedures, results of referrals, interpreters.

A paper's entry names the digest of the code that stands on it, never the code: from a projection nobody prints one.
See `kinds` for what a reader is.
"""

from collections.abc import Callable, Iterator

from fieldkit.domain.entries import Entry
from fieldkit.storage.database import Value
from fieldkit.storage.kinds_home import STATES
from fieldkit.storage.shapes import Fields, Unread, spelling

Projected = tuple[str, tuple[Value, ...]]

ISSUED, REVOKED = "document.issued", "document.revoked"
ASSISTANCE = "assistance.recorded"
STEP = "step.recorded"
FOLLOWED = "referral.followed"
INTERPRETER, TALKED = "interpreter.kept", "interpreter.agreed"
JOINED = "talk.joined"
TEAM = "team.kept"
PERMIT, PERMIT_ENDED = "permit.recorded", "permit.ended"

GIVEN = ("offered", "received", "declined")
"""What became of an offer of help (R-007)."""

TABLES: dict[str, tuple[str, ...]] = {
    "issued": ("document", "case_id", "paper", "state", "code", "valid", "day"),
    "assistance": ("case_id", "what", "state", "service", "day"),
    "steps": ("case_id", "step", "state", "day"),
    "follow_ups": ("referral", "case_id", "state", "day"),
    "interpreters": ("interpreter", "code", "languages", "undertaking", "stopped"),
}


def document_issued(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """document, paper, code (a digest, or empty), valid (the last day, or empty), languages, facts"""
    payload.texts("languages")
    payload.inner("facts")
    yield "issued", _paper(entry, payload, "issued", payload.text("code"), payload.text("valid"))


def document_revoked(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """document, paper, because, reason"""
    payload.text("reason")
    payload.text("because")
    yield "issued", _paper(entry, payload, "revoked", "", "")


def _paper(entry: Entry, payload: Fields, state: str, code: str, valid: str) -> tuple[Value, ...]:
    document, paper = payload.text("document"), payload.text("paper")
    return (document, entry.subject_id, paper, state, code, valid, entry.at[:10])


def permit(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """permit, kind (a name of `permit_kinds`), number (or empty), since (or empty), until (the last day), renews?:
    a paper that others made. The number stays in the entry."""
    payload.text("number")
    payload.text("since")
    payload.text_or_empty("renews")
    row = (payload.text("permit"), entry.subject_id, f"permit/{payload.text('kind')}", "held", "")
    yield "issued", (*row, payload.text("until"), entry.at[:10])


def permit_ended(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """permit, because: it is not reminded of any more"""
    row = (payload.text("permit"), entry.subject_id, "permit", "over", "", "")
    payload.text("because")
    yield "issued", (*row, entry.at[:10])


def assistance(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """what, state, service (or empty), day"""
    state = payload.text("state")
    if state not in GIVEN:
        raise Unread
    row = (entry.subject_id, payload.text("what"), state, payload.text("service"), payload.text("day"))
    yield "assistance", row


def step(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """category, step, jurisdiction, state, reason"""
    payload.text("reason")
    payload.text("jurisdiction")
    name = f"{payload.text('category')}/{payload.count('step')}"
    yield "steps", (entry.subject_id, name, payload.text("state"), entry.at[:10])


def followed(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """referral, state, text: what became of it, as the post heard"""
    state = payload.text("state")
    if state not in STATES:
        raise Unread
    payload.text("text")
    yield "follow_ups", (payload.text("referral"), entry.subject_id, state, entry.at[:10])


def interpreter(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """code, languages, sex, how, undertaking (the day it was signed, or empty), stopped, levels? (by language),
    dialects?, training?, trained_on?; never a name"""
    for name in ("sex", "how"):
        payload.text(name)
    for name in ("dialects", "training", "trained_on"):
        payload.text_or_empty(name)
    if payload.has("levels"):
        levels = payload.inner("levels")
        for language, _ in levels.items():
            levels.text(language)
    languages = spelling(payload.texts("languages"))
    row = (entry.subject_id, payload.text("code"), languages, payload.text("undertaking"))
    yield "interpreters", (*row, payload.flag("stopped"))


def talked(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """interpreter, agreed, stranger, instance_id?: what the person said about who interprets"""
    payload.text("interpreter")
    agreed, stranger = payload.flag("agreed"), payload.flag("stranger")
    state = "agreed" if agreed and stranger else "not agreed"
    yield "steps", (entry.subject_id, "interpreter", state, entry.at[:10])


def joined(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """mandates, function: who led the last talk together with the person who writes it"""
    payload.text("function")
    yield "steps", (entry.subject_id, "joined", " ".join(payload.texts("mandates")), entry.at[:10])


READERS: dict[str, Callable[[Entry, Fields], Iterator[Projected]]] = {
    ISSUED: document_issued,
    REVOKED: document_revoked,
    ASSISTANCE: assistance,
    STEP: step,
    FOLLOWED: followed,
    INTERPRETER: interpreter,
    TALKED: talked,
    JOINED: joined,
    PERMIT: permit,
    PERMIT_ENDED: permit_ended,
}
