"""What lies in a bundle's archive, in which order, and what is believed when.

1. Order: manifest, its signature, the payload files as the manifest lists them, padding. Nothing else.
2. Nothing is believed before the signature: certificate first, then signature, then recipient; only then are
   the payload files read, each against its length and digest.
3. The padding is zeros, exactly as many as the rule of sizes demands: nothing can hide in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from fieldkit.crypto.signature import MAX_MINISIG_BYTES, SignatureFault, minisign_verify
from fieldkit.sync.faults import BundleFault, TrustFault
from fieldkit.sync.format import BLOCK, END, file_in_archive, size_in_archive
from fieldkit.sync.manifest import MAX_MANIFEST_BYTES, Manifest, read_manifest
from fieldkit.sync.trust import Certificate, Trust, check_certificate

MANIFEST = "manifest.json"
SIGNATURE = "manifest.json.minisig"
PADDING = "padding"

MIN_PADDED_BYTES = 1024 * 1024
MAX_PADDED_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class OpenedBundle:
    """A bundle whose seal, signature, certificate, recipient and files are verified; not yet its entries."""

    manifest: Manifest
    files: Mapping[str, bytes]

    @property
    def sender(self) -> Certificate:
        """Who sealed it."""
        return self.manifest.certificate


def trusted_comment(manifest: Manifest) -> str:
    """The signed comment: it names the bundle to a person who opens one by hand."""
    return f"fieldkit bundle {manifest.bundle}"


def write_archive(manifest: bytes, signature: bytes, files: Sequence[tuple[str, bytes]]) -> bytes:
    """The padded archive. Raises BundleFault `bundle.too_large`."""
    parts = [(MANIFEST, manifest), (SIGNATURE, signature), *files]
    used = sum(size_in_archive(len(data)) for _, data in parts)
    padded = padded_size(used)
    if padded > MAX_PADDED_BYTES:
        raise BundleFault("bundle.too_large", limit=MAX_PADDED_BYTES)
    filled = [*parts, (PADDING, bytes(padded - used - BLOCK - len(END)))]
    pieces = [piece for name, data in filled for piece in file_in_archive(name, data)]
    return b"".join([*pieces, END])  # copied once: an archive may be half a gigabyte


def padded_size(used: int) -> int:
    """The power of two, 1 MiB at least, that holds `used` bytes, the padding's header and the end."""
    needed = used + BLOCK + len(END)
    return max(MIN_PADDED_BYTES, 1 << (needed - 1).bit_length())


@dataclass(slots=True)
class Contents:
    """Receives the files of an archive and checks each as it comes (an `ArchiveReader`'s visitor)."""

    trust: Trust
    recipient: str
    manifest: Manifest | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    _name: str = ""
    _size: int = 0
    _used: int = 0
    _begun: int = 0
    _held: bytearray = field(default_factory=bytearray)

    def begin(self, name: str, size: int) -> None:
        expected, limit = self._expected()
        exact = self._begun >= 2
        if name != expected or size > limit or (exact and size != limit):
            raise BundleFault("bundle.altered")
        self._name, self._size, self._begun = name, size, self._begun + 1
        self._used += size_in_archive(size)
        self._held.clear()

    def content(self, piece: bytes) -> None:
        if self._name != PADDING:
            self._held += piece
        elif any(piece):
            raise BundleFault("bundle.altered")

    def end(self) -> None:
        if self._name == PADDING:
            return
        self.files[self._name] = data = bytes(self._held)
        if self._name == SIGNATURE:
            self.manifest = self._believed(self.files[MANIFEST], data)
        elif self.manifest is not None:
            file = self.manifest.files[self._begun - 3]
            if sha256(data).hexdigest() != file.digest:
                raise BundleFault("bundle.altered")

    def opened(self) -> OpenedBundle:
        if self.manifest is None or self._name != PADDING:
            raise BundleFault("bundle.altered")
        return OpenedBundle(self.manifest, {file.name: self.files[file.name] for file in self.manifest.files})

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

    def _believed(self, content: bytes, signature: bytes) -> Manifest:
        manifest = read_manifest(content)
        _check_sender(manifest, self.trust)
        try:
            comment = minisign_verify(manifest.certificate.key, content, signature)
        except SignatureFault as fault:
            raise BundleFault("bundle.altered") from fault
        if comment != trusted_comment(manifest):
            raise BundleFault("bundle.altered")
        if manifest.recipient != self.recipient:
            raise BundleFault("bundle.other_recipient")
        return manifest


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
