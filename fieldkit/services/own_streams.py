"""The streams that were written in this vault: the present one, and those it continues.

A restored, rescued or re-enrolled vault writes a stream of its own whose first entry names the one before
(`journal.md`, rule 1). All of them are this vault's own.
"""

from fieldkit.domain.entries import subject
from fieldkit.services.vault import OpenVault

BEGAN, STREAM = "stream.began", "stream"


def own_streams(vault: OpenVault) -> tuple[str, ...]:
    """The present stream first, then each that it continues."""
    found = [vault.stream]
    while (before := _parent(vault, found[-1])) and before not in found:
        found.append(before)
    return tuple(found)


def _parent(vault: OpenVault, stream: str) -> str:
    """The stream that one continues; empty for a first one."""
    for entry, _ in vault.journal.about(subject(STREAM, stream)):
        payload = vault.journal.payload(entry.payload) if entry.kind == BEGAN else None
        if payload is not None and entry.stream == stream:
            return str(payload.value()["stream"])
    return ""
