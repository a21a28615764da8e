"""Readers of entries about what is held, by whom, and what went: receipts, copies, purges, erasures, requests.

None of them names a person or repeats what anybody said; see `kinds` for what a reader is.
"""

from collections.abc import Callable, Iterator

from fieldkit.domain.entries import Entry
from fieldkit.storage.database import Value
from fieldkit.storage.shapes import Fields

Projected = tuple[str, tuple[Value, ...]]

PURGED, ERASED, ERASED_THERE = "purged", "erased", "erased there"
"""How something went: from this laptop, everywhere, or at headquarters only."""

EVERYWHERE = "everywhere"

TABLES: dict[str, tuple[str, ...]] = {
    "receipts": ("stream", "number", "digest", "safe", "day"),
    "copied_heads": ("stream", "number", "digest"),
    "removals": ("about", "how", "records", "day"),
    "erasures": ("erasure", "about", "statement", "day"),
    "asked_of_us": ("request", "case_id", "what", "answered", "day"),
    "erasures_asked": ("request", "about", "because", "place", "day"),
}


def receipt_accepted(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """statement (as headquarters signed it), stream, number, digest, safe, day"""
    payload.text("statement")
    stream, number, digest = payload.text("stream"), payload.count("number"), payload.text("digest")
    yield "receipts", (stream, number, digest, payload.count("safe"), payload.text("day"))


def backup_made(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """name, slots; elsewhere? and heads? (stream -> number, digest): what a copy on a second medium was found to
    hold"""
    payload.text("name")
    if payload.has("heads") and payload.flag("elsewhere"):
        for stream, held in payload.inner("heads").items():
            head = Fields(held)
            yield "copied_heads", (stream, head.count("number"), head.text("digest"))


def payloads_purged(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """about, payloads, files, because, rule, safe, reason?"""
    about, records = payload.text("about"), len(payload.texts("payloads"))
    yield "removals", (about, PURGED, records, entry.at[:10])


def payloads_erased(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """erasure, about, where, statement (as headquarters signed it), held, reason? and second? at headquarters"""
    about, held = payload.text("about"), payload.count("held")
    how = ERASED if payload.text("where") == EVERYWHERE else ERASED_THERE
    yield "removals", (about, how, held, entry.at[:10])
    yield "erasures", (payload.text("erasure"), about, payload.text("statement"), entry.at[:10])


def asked(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """request, what"""
    yield "asked_of_us", (payload.text("request"), entry.subject_id, payload.text("what"), 0, entry.at[:10])


def answered(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """request, what, done, not_done"""
    payload.texts("done")
    payload.texts("not_done")
    yield "asked_of_us", (payload.text("request"), entry.subject_id, payload.text("what"), 1, entry.at[:10])


def erasure_requested(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """request, about, because, where"""
    about, because, where = payload.text("about"), payload.text("because"), payload.text("where")
    yield "erasures_asked", (payload.text("request"), about, because, where, entry.at[:10])


READERS: dict[str, Callable[[Entry, Fields], Iterator[Projected]]] = {
    "receipt.accepted": receipt_accepted,
    "backup.made": backup_made,
    "payloads.purged": payloads_purged,
    "payloads.erased": payloads_erased,
    "request.made": asked,
    "request.answered": answered,
    "erasure.requested": erasure_requested,
}
