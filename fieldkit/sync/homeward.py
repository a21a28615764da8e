"""A bundle home: what headquarters sends to one laptop (`journal.md`, rule 9).

1. It is signed with headquarters' receipt key, sealed to the key that the laptop's certificate names, and carries
   that certificate: whose it is stands inside, and no other laptop takes it.
2. It carries entries of the laptop's outbox, at least one, and signed statements, one a line.
3. It is verified like every other, to the last byte, before anything of it is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldkit.crypto.both import opening_key, recipient_of
from fieldkit.crypto.sealing import Sink
from fieldkit.crypto.signature import SigningKey
from fieldkit.domain.ports import Randomness
from fieldkit.sync.bundle import Range, Sealed, open_home, write_bundle
from fieldkit.sync.faults import BundleFault
from fieldkit.sync.incoming import Held, Verified, verify_opened
from fieldkit.sync.lines import STATEMENTS, read_lines, write_lines
from fieldkit.sync.manifest import Direction, Head, Manifest
from fieldkit.sync.outgoing import Stored, gather
from fieldkit.sync.trust import Certificate, DeviceIdentity

MAX_STATEMENT_BYTES = 1024 * 1024
MAX_STATEMENTS = 10_000


@dataclass(frozen=True, slots=True)
class Home:
    """A bundle home that was verified; nothing of it is kept yet."""

    verified: Verified
    statements: tuple[bytes, ...]


def write_home(
    into: Sink,
    entries: Sequence[Stored],
    statements: Sequence[bytes],
    head: Head,
    *,
    key: SigningKey,
    certificate: Certificate,
    randomness: Randomness,
) -> Manifest:
    """Write the bundle home for the laptop of `certificate`, signed with the receipt key `key`.

    Raises BundleFault `bundle.too_large`; NothingToSend; and whatever `into` raises.
    """
    batch = gather(entries, lambda _: True)[0]
    files = batch.files()
    if statements:
        files.append((STATEMENTS, write_lines(statements)))
    return write_bundle(
        into,
        Range(batch.stream, batch.first, batch.last, head),
        files,
        key=key,
        certificate=certificate,
        recipient=recipient_of(certificate.key),
        versions={},
        randomness=randomness,
        kind=Direction.TO_FIELD,
    )


def read_home(
    sealed: Sealed, identity: DeviceIdentity, certificate: Certificate, receipt_key: bytes, held: Held
) -> Home:
    """The bundle home in these bytes, for the laptop with this `identity`.

    Raises BundleFault as `sync.bundle.open_home` and `sync.incoming.verify_opened`.
    """
    opened = open_home(sealed, opening_key(identity.key), receipt_key, certificate)
    verified = verify_opened(opened, held, besides=(STATEMENTS,))
    if verified.forked is not None:
        raise BundleFault("bundle.replayed")
    statements = tuple(read_lines(opened.shelf.read(STATEMENTS), MAX_STATEMENT_BYTES))
    if len(statements) > MAX_STATEMENTS:
        raise BundleFault("bundle.unsound")
    return Home(verified, statements)
