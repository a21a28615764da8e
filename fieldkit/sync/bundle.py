"""A bundle: `age( tar( manifest.json, manifest.json.minisig, payload files…, padding ) )`, file name `.fkb`.

1. Sign, then encrypt: the sender cannot be seen from outside, and the signature cannot be stripped.
2. The archive is padded to a power of two from 1 MiB: its size tells nobody how many cases a post has.
3. The reader believes nothing before the signature is verified, and keeps nothing before the end is reached.
   Order of its checks: size; seal; one spelling of the archive; manifest; certificate; signature;
   recipient; every file against the manifest; padding.
4. A bundle that lies in a file is read from it piece by piece: what is no bundle costs no memory, however long.
5. By hand: `age -d -i KEY FILE | tar x`, then `minisign -V -P … -m manifest.json`, then `sha256sum`.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from fieldkit.crypto.sealing import MAGIC, SealFault, SealingKey, Sink, open_into, seal_into
from fieldkit.crypto.signature import SigningKey, minisign_sign
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import Randomness
from fieldkit.sync.contents import (
    MAX_PADDED_BYTES,
    MIN_PADDED_BYTES,
    Checks,
    Contents,
    FromField,
    FromHeadquarters,
    MemoryShelf,
    OpenedBundle,
    Pieces,
    Shelf,
    archive_pieces,
    trusted_comment,
)
from fieldkit.sync.faults import BundleFault
from fieldkit.sync.format import ArchiveReader
from fieldkit.sync.manifest import (
    Direction,
    Head,
    Manifest,
    payload_files,
    read_manifest,
    recipient_fingerprint,
    write_manifest,
)
from fieldkit.sync.trust import Certificate, Trust

__all__ = [
    "SUFFIX",
    "OpenedBundle",
    "Range",
    "Sealed",
    "bundle_name",
    "open_bundle",
    "open_home",
    "seal_bundle",
    "write_bundle",
]

SUFFIX = ".fkb"

Sealed = bytes | BinaryIO
"""A bundle as it came: its bytes, or the open file they stand in."""

_AGE_CHUNK = 64 * 1024
_AGE_TAG = 16  # bytes that age adds to every chunk; its nonce is as long
_MAX_AGE_HEADER = 64 * 1024


@dataclass(frozen=True, slots=True)
class Range:
    """Which entries of which stream a bundle carries, and how far the sender's journal had come."""

    stream: str
    first: int
    last: int
    head: Head


def bundle_name(randomness: Randomness) -> str:
    """A file name that says nothing."""
    return randomness.bytes(8).hex() + SUFFIX


def write_bundle(
    into: Sink,
    content: Range,
    files: Sequence[tuple[str, bytes]],
    *,
    key: SigningKey,
    certificate: Certificate,
    recipient: str,
    versions: Mapping[str, str],
    randomness: Randomness,
    kind: Direction = Direction.TO_HEADQUARTERS,
) -> Manifest:
    """Write a bundle with these payload files, signed with `key` and sealed to `recipient`. What it says of itself.

    Raises BundleFault `bundle.too_large`, SealFault `seal.recipient`, and whatever `into` raises.
    """
    manifest = Manifest(
        bundle=new_id(randomness),
        kind=kind,
        stream=content.stream,
        first=content.first,
        last=content.last,
        head=content.head,
        recipient=recipient_fingerprint(recipient),
        versions=versions,
        files=payload_files(files),
        certificate=certificate,
    )
    written = write_manifest(manifest)
    read_manifest(written)  # nothing leaves that the other side would refuse
    signature = minisign_sign(key, written, trusted_comment(manifest))
    seal_into(Pieces(archive_pieces(written, signature, files)), into, [recipient])
    return manifest


def seal_bundle(
    content: Range,
    files: Sequence[tuple[str, bytes]],
    *,
    key: SigningKey,
    certificate: Certificate,
    recipient: str,
    versions: Mapping[str, str],
    randomness: Randomness,
    kind: Direction = Direction.TO_HEADQUARTERS,
) -> bytes:
    """The bytes of a bundle, as `write_bundle` writes it."""
    into = io.BytesIO()
    write_bundle(
        into,
        content,
        files,
        key=key,
        certificate=certificate,
        recipient=recipient,
        versions=versions,
        randomness=randomness,
        kind=kind,
    )
    return into.getvalue()


def open_bundle(
    sealed: Sealed, keys: Sequence[SealingKey], trust: Trust, shelf: Callable[[], Shelf] = MemoryShelf
) -> OpenedBundle:
    """The bundle to headquarters in these bytes, verified as far as rule 3 says; its files lie on a new `shelf`.

    Raises OSError when the file they stand in cannot be read to its end.

    Raises BundleFault: `bundle.not_a_bundle`, `bundle.too_large`, `bundle.incomplete` (cut short or
    stretched), `bundle.altered`, `bundle.not_for_us`, `bundle.other_recipient` (sealed again by somebody),
    `bundle.newer`, `bundle.other_direction`, `bundle.unknown_device`, `bundle.revoked_device`, `bundle.replayed`
    (another stream than the certificate's).
    """
    return _open(
        sealed, [(key, FromField(trust, recipient_fingerprint(key.recipient))) for key in keys], shelf
    )


def open_home(sealed: Sealed, key: SealingKey, receipt_key: bytes, certificate: Certificate) -> OpenedBundle:
    """The bundle from headquarters in these bytes, for the laptop whose `certificate` this is.

    Raises as `open_bundle`, and BundleFault `bundle.other_device`, `bundle.other_office`.
    """
    checks = FromHeadquarters(receipt_key, certificate, recipient_fingerprint(key.recipient))
    return _open(sealed, [(key, checks)], MemoryShelf)


def _open(
    sealed: Sealed, ways: Sequence[tuple[SealingKey, Checks]], shelf: Callable[[], Shelf]
) -> OpenedBundle:
    file = io.BytesIO(sealed) if isinstance(sealed, bytes) else sealed
    _check_size(file)
    for key, checks in ways:
        file.seek(0)
        contents = Contents(checks, shelf())
        archive = ArchiveReader(contents)
        try:
            open_into(file, archive, key)
        except SealFault as fault:
            if fault.code == "seal.not_for_us":
                continue
            raise BundleFault("bundle.altered") from fault
        archive.finish()
        return contents.opened()
    raise BundleFault("bundle.not_for_us")


def _check_size(file: BinaryIO) -> None:
    """Whether so many bytes can be a bundle; a copy that broke off is told without any key."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    start = file.read(_MAX_AGE_HEADER)
    if size > 2 * MAX_PADDED_BYTES:
        raise BundleFault("bundle.too_large", limit=MAX_PADDED_BYTES)
    if not start.startswith(MAGIC):
        raise BundleFault("bundle.not_a_bundle")
    mark = start.find(b"\n--- ")
    end = start.find(b"\n", mark + 1)
    if mark < 0 or end < 0 or size - end - 1 not in _SEALED_SIZES:
        raise BundleFault("bundle.incomplete")


def _sealed_size(padded: int) -> int:
    return _AGE_TAG + padded + _AGE_TAG * (padded // _AGE_CHUNK)


_SEALED_SIZES = frozenset(
    _sealed_size(MIN_PADDED_BYTES << step)
    for step in range((MAX_PADDED_BYTES // MIN_PADDED_BYTES).bit_length())
)
