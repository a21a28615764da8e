"""Readers of entries about who is trusted: revocations with their cut-offs, and lists that laptops acknowledged.

None of them names a person; see `kinds` for what a reader is.
"""

from collections.abc import Callable, Iterator

from fieldkit.domain.entries import Entry
from fieldkit.storage.database import Value
from fieldkit.storage.shapes import Fields

Projected = tuple[str, tuple[Value, ...]]

TRUST = "trust"
"""Under this name a bundle says, among its versions, which trust list its laptop holds."""

TABLES: dict[str, tuple[str, ...]] = {
    "revocations": ("revoked", "reason", "day"),
    "cut_offs": ("revoked", "stream", "number", "digest"),
    "acknowledgements": ("device", "number"),
    "told_versions": ("device", "name", "version", "day"),
}


def device_revoked(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """revoked (device or stream), reason, cut_offs: stream -> number, digest"""
    revoked = payload.text("revoked")
    yield "revocations", (revoked, payload.text("reason"), entry.at[:10])
    for stream, held in payload.inner("cut_offs").items():
        head = Fields(held)
        yield "cut_offs", (revoked, stream, head.count("number"), head.text("digest"))


def told(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """Which content was in force there: device?, versions? (name -> version)"""
    versions = payload.inner("versions") if payload.has("versions") else Fields({})
    device = payload.text_or_empty("device")
    for name, version in versions.items():
        if device and isinstance(version, str):
            yield "told_versions", (device, name, version, entry.at[:10])


def acknowledged(payload: Fields) -> Iterator[Projected]:
    """What an import says beside what it brought: device?, versions? (trust: the number of a list)"""
    versions = payload.inner("versions") if payload.has("versions") else Fields({})
    number = versions.text_or_empty(TRUST)
    if number.isascii() and number.isdecimal() and len(number) < 16:
        yield "acknowledgements", (payload.text("device"), int(number))


READERS: dict[str, Callable[[Entry, Fields], Iterator[Projected]]] = {
    "device.revoked": device_revoked,
}
