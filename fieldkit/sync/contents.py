"""What lies in a bundle's archive, in which order, and what is believed when.

1. Order: manifest, its signature, the payload files as the manifest lists them, padding. Nothing else.
2. Nothing is believed before the signature: certificate first, then signature, then recipient; only then are
   the payload files read, each against its length and digest.
3. What is read lies on a shelf until the end is reached: in memory, or encrypted where it is much.
4. The padding is zeros, exactly as many as the rule of sizes demands: nothing can hide in it.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from fieldkit.crypto.signature import MAX_MINISIG_BYTES, SignatureFault, minisign_verify
from fieldkit.sync.faults import BundleFault, TrustFault
from fieldkit.sync.format import BLOCK, END, file_in_archive, header, is_zero, size_in_archive
from fieldkit.sync.manifest import MAX_MANIFEST_BYTES, Direction, Manifest, read_manifest
from fieldkit.sync.trust import Certificate, Trust, check_certificate

MANIFEST = "manifest.json"
SIGNATURE = "manifest.json.minisig"
PADDING = "padding"

MIN_PADDED_BYTES = 1024 * 1024
MAX_PADDED_BYTES = 512 * 1024 * 1024
_ZEROS = bytes(1024 * 1024)


class Shelf(Protocol):
    """Where the files of a bundle lie while it is verified."""

    def write(self, name: str, piece: bytes) -> None:
        """The next bytes of the file `name`."""
        ...

    def read(self, name: str) -> Iterator[bytes]:
        """The bytes of a file in pieces; none when nothing was written under `name`."""
        ...


class MemoryShelf:
    """For what is small."""

    def __init__(self) -> None:
        self._files: dict[str, list[bytes]] = {}

    def write(self, name: str, piece: bytes) -> None:
        self._files.setdefault(name, []).append(piece)

    def read(self, name: str) -> Iterator[bytes]:
        yield from self._files.get(name, ())


@dataclass(frozen=True, slots=True)
class OpenedBundle:
    """A bundle whose seal, signature, certificate, recipient and files are verified; not yet its entries."""

    manifest: Manifest
    shelf: Shelf = field(compare=False)

    @property
    def sender(self) -> Certificate:
        """Who sealed it."""
        return self.manifest.certificate

    @property
    def names(self) -> tuple[str, ...]:
        """Its files in their order."""
        return tuple(file.name for file in self.manifest.files)

    @property
    def files(self) -> Mapping[str, bytes]:
        """All its files in memory: for what is known to be small."""
        return {name: self.content(name) for name in self.names}

    def content(self, name: str) -> bytes:
        """One file in memory."""
        return b"".join(self.shelf.read(name))


def trusted_comment(manifest: Manifest) -> str:
    """The signed comment: it names the bundle to a person who opens one by hand."""
    return f"fieldkit bundle {manifest.bundle}"


def write_archive(manifest: bytes, signature: bytes, files: Sequence[tuple[str, bytes]]) -> bytes:
    """The padded archive. Raises BundleFault `bundle.too_large`."""
    return b"".join(archive_pieces(manifest, signature, files))


def archive_pieces(manifest: bytes, signature: bytes, files: Sequence[tuple[str, bytes]]) -> Iterator[bytes]:
    """The padded archive in pieces, so that it never lies in memory a second time.

    Raises BundleFault `bundle.too_large` before the first of them.
    """
    parts = [(MANIFEST, manifest), (SIGNATURE, signature), *files]
    used = sum(size_in_archive(len(data)) for _, data in parts)
    padded = padded_size(used)
    if padded > MAX_PADDED_BYTES:
        raise BundleFault("bundle.too_large", limit=MAX_PADDED_BYTES)
    for name, data in parts:
        yield from file_in_archive(name, data)
    padding = padded - used - BLOCK - len(END)
    yield header(PADDING, padding)
    for start in range(0, padding, len(_ZEROS)):
        yield _ZEROS[: padding - start]
    yield bytes(-padding % BLOCK) + END


class Pieces(io.RawIOBase):
    """Pieces of bytes, to be read like a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = memoryview(b"")

    def read(self, size: int = -1, /) -> bytes:
        while not self._held:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._held = memoryview(piece)
        taken, self._held = self._held[:size], self._held[size:]
        return bytes(taken)


def padded_size(used: int) -> int:
    """The power of two, 1 MiB at least, that holds `used` bytes, the padding's header and the end."""
    needed = used + BLOCK + len(END)
    return max(MIN_PADDED_BYTES, 1 << (needed - 1).bit_length())


@dataclass(slots=True)
class Contents:
    """Receives the files of an archive and checks each as it comes (an `ArchiveReader`'s visitor)."""

    checks: "Checks"
    shelf: Shelf = field(default_factory=MemoryShelf)
    manifest: Manifest | None = None
    head: dict[str, bytes] = field(default_factory=dict)
    """The manifest's bytes and its signature's."""
    _name: str = ""
    _used: int = 0
    _begun: int = 0
    _held: bytearray = field(default_factory=bytearray)
    _digest: "_Hash" = field(default_factory=sha256)

    def begin(self, name: str, size: int) -> None:
        expected, limit = self._expected()
        exact = self._begun >= 2
        if name != expected or size > limit or (exact and size != limit):
            raise BundleFault("bundle.altered")
        self._name, self._begun = name, self._begun + 1
        self._used += size_in_archive(size)
        self._held.clear()
        self._digest = sha256()

    def content(self, piece: bytes) -> None:
        if self._name == PADDING:
            if not is_zero(piece):
                raise BundleFault("bundle.altered")
        elif self.manifest is None:
            self._held += piece
        else:
            self._digest.update(piece)
            self.shelf.write(self._name, piece)

    def end(self) -> None:
        if self._name == PADDING:
            return
        if self.manifest is None:
            self.head[self._name] = bytes(self._held)
            if self._name == SIGNATURE:
                self.manifest = self._believed()
        elif self._digest.hexdigest() != self.manifest.files[self._begun - 3].digest:
            raise BundleFault("bundle.altered")

    def opened(self) -> OpenedBundle:
        if self.manifest is None or self._name != PADDING:
            raise BundleFault("bundle.altered")
        return OpenedBundle(self.manifest, self.shelf)

    def _believed(self) -> Manifest:
        content = self.head[MANIFEST]
        manifest = read_manifest(content)
        key = self.checks.signer(manifest)
        try:
            comment = minisign_verify(key, content, self.head[SIGNATURE])
        except SignatureFault as fault:
            raise BundleFault("bundle.altered") from fault
        if comment != trusted_comment(manifest):
            raise BundleFault("bundle.altered")
        if manifest.recipient != self.checks.recipient:
            raise BundleFault("bundle.other_recipient")
        return manifest

    def _expected(self) -> tuple[str, int]:
        """The name that must come now and its size: the largest of the first two, else the exact one."""
        if self._begun == 0:
            return MANIFEST, MAX_MANIFEST_BYTES
        if self.manifest is None:
            return SIGNATURE, MAX_MINISIG_BYTES
        place = self._begun - 2
        if place < len(self.manifest.files):
            return self.manifest.files[place].name, self.manifest.files[place].length
        if place > len(self.manifest.files):
            raise BundleFault("bundle.altered")
        return PADDING, padded_size(self._used) - self._used - BLOCK - len(END)


class _Hash(Protocol):
    def update(self, content: bytes, /) -> None: ...

    def hexdigest(self) -> str: ...


class Checks(Protocol):
    """Whom the reader believes."""

    @property
    def recipient(self) -> str:
        """The fingerprint of the key with which the bundle was opened."""
        ...

    def signer(self, manifest: Manifest) -> bytes:
        """The public key that must have signed this manifest. Raises BundleFault."""
        ...


@dataclass(frozen=True, slots=True)
class FromField:
    """A bundle to headquarters: its certificate is headquarters' own word for the key that signed."""

    trust: Trust
    recipient: str

    def signer(self, manifest: Manifest) -> bytes:
        if manifest.kind is not Direction.TO_HEADQUARTERS:
            raise BundleFault("bundle.other_direction")
        _check_sender(manifest, self.trust)
        return manifest.certificate.key


@dataclass(frozen=True, slots=True)
class FromHeadquarters:
    """A bundle home: signed with headquarters' receipt key, for the laptop whose certificate stands in it."""

    receipt_key: bytes
    certificate: Certificate
    recipient: str

    def signer(self, manifest: Manifest) -> bytes:
        if manifest.kind is not Direction.TO_FIELD:
            raise BundleFault("bundle.other_direction")
        if manifest.certificate.organisation != self.certificate.organisation:
            raise BundleFault("bundle.other_office")
        if manifest.certificate.device != self.certificate.device:
            raise BundleFault("bundle.other_device", post=manifest.certificate.post)
        return self.receipt_key


def _check_sender(manifest: Manifest, trust: Trust) -> None:
    try:
        check_certificate(manifest.certificate, trust)
    except TrustFault as fault:
        if fault.code == "trust.revoked":
            raise BundleFault("bundle.revoked_device", post=manifest.certificate.post) from fault
        raise BundleFault("bundle.unknown_device") from fault
    if not _may_carry(manifest):
        raise BundleFault("bundle.replayed")


def _may_carry(manifest: Manifest) -> bool:
    """Whether the certificate is for this stream, or for one that continues it: then up to where it left off."""
    if manifest.certificate.stream == manifest.stream:
        return True
    parent = manifest.certificate.parent(manifest.stream)
    return parent is not None and (parent.number, parent.digest) == (
        manifest.head.number,
        manifest.head.digest,
    )
