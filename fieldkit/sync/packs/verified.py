"""Whether a content pack may be believed: The Update Framework, by its reference implementation.

1. The first root is the one headquarters named (`anchor`); each later one is signed by two keys of the one before
   and two of its own.
2. Root, list of files, snapshot and timestamp are each signed by two of three keys.
3. One number names the whole pack. It only goes up, and everything in the folder belongs to it: what was signed
   for two packs is refused together.
4. Expiry is told and locks nobody out: the laptop's clock may be wrong, and old content is better than none.
5. One spelling: what is read is written again and compared, and every signature in a file must be right. A changed
   byte is refused even where it would change nothing.

This is the one door to `tuf` for reading (`signing` is the one for writing). Only its verifying core is used:
bytes in, values out. Its updater would keep files beside the vault and could speak to a network.
The core lies in a private module, therefore the narrow pin in `pyproject.toml`. Inside it Ed25519 is verified by
OpenSSL; rule 5 leaves no second spelling of a signature that another verifier would see differently.
"""

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from tuf.api.exceptions import (
    BadVersionNumberError,
    EqualVersionNumberError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.api.metadata import Metadata, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.ngclient._internal.trusted_metadata_set import TrustedMetadataSet
from tuf.ngclient.config import EnvelopeType

from fieldkit.crypto.primitives import sha256
from fieldkit.sync.packs import layout
from fieldkit.sync.packs.anchor import Anchor
from fieldkit.sync.packs.faults import PackFault
from fieldkit.sync.packs.layout import Read

BELONGS_TO = "x-fieldkit-of"
"""In snapshot and timestamp: the digest of the signed part below it, so that two packs of one number do not mix."""

_NOTHING_IS_EXPIRED_YET = datetime(1970, 1, 1, tzinfo=UTC)

_SIGNATURE, _SHA256 = re.compile("[0-9a-f]{128}"), re.compile("[0-9a-f]{64}")

_Role = TypeVar("_Role", Root, Timestamp, Snapshot, Targets)


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file of a pack: its length in bytes, and the SHA-256 of them in hexadecimal."""

    name: str
    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Held:
    """What a vault keeps of the pack it accepted last, to know what comes after it. Bytes as they were read."""

    number: int
    roots: tuple[bytes, ...]
    timestamp: bytes
    snapshot: bytes


@dataclass(frozen=True, slots=True)
class Verified:
    """A pack that may be believed; its files are still to be fetched (`fetch`)."""

    files: Mapping[str, PackFile]
    expires: datetime
    held: Held

    @property
    def number(self) -> int:
        """The number of the pack."""
        return self.held.number


def verify(read: Read, known: Anchor | Held) -> Verified:
    """The pack in a folder, against the anchor or against what was accepted last.

    Raises PackFault: `pack.not_a_pack`, `pack.incomplete`, `pack.altered`, `pack.not_signed`, `pack.other_root`,
    `pack.older`, `pack.held`, `pack.forked`, `pack.mixed`, `pack.too_large`, `pack.name`; and what `read` raises.
    """
    check = _Check(read, known)
    check.follow_roots()
    check.timestamp()
    check.snapshot()
    return check.targets()


def fetch(read: Read, file: PackFile) -> bytes:
    """The bytes of a file that a verified pack lists. Raises PackFault `pack.incomplete`, `pack.altered`."""
    content = _needed(read, layout.content_file(file.sha256), file.length)
    if len(content) != file.length or sha256(content).hex() != file.sha256:
        raise PackFault("pack.altered", file=file.name)
    return content


def signed_digest(content: bytes) -> bytes:
    """SHA-256 of the signed part of any of the four. Raises PackFault `pack.altered`."""
    return sha256(read_part(content).signed_bytes)


class _Check:
    """One pack being verified, step by step, in the order of the specification (5.3 to 5.6)."""

    def __init__(self, read: Read, known: Anchor | Held) -> None:
        self.read = read
        self.before = known if isinstance(known, Held) else None
        self.roots = list(known.roots) if isinstance(known, Held) else [_first_root(read, known)]
        with _told():
            self.trusted = TrustedMetadataSet(self.roots[-1], EnvelopeType.METADATA)
        # The one place (rule 4): for the library it is always long ago; `Verified.expires` says what it is.
        self.trusted.reference_time = _NOTHING_IS_EXPIRED_YET
        self.timestamp_bytes = self.snapshot_bytes = b""

    def follow_roots(self) -> None:
        for _ in range(layout.MAX_ROTATIONS):
            before = self.trusted.root
            content = self.read(layout.root_file(before.version + 1), layout.MAX_ROLE)
            if content is None:
                return
            with _told():
                _demand_one_spelling(content, Root, (before, read_role(content, Root)))
                self.trusted.update_root(content)
            self.roots.append(content)
        raise PackFault("pack.too_large", limit=layout.MAX_ROTATIONS)

    def timestamp(self) -> None:
        content = self.read(layout.TIMESTAMP, layout.MAX_ROLE)
        if content is None:
            raise PackFault("pack.not_a_pack")
        if self.before is not None:
            with contextlib.suppress(RepositoryError):  # signed with keys that have been replaced since
                self.trusted.update_timestamp(self.before.timestamp)
        number = read_role(content, Timestamp).version
        try:
            with _told():
                _demand_one_spelling(content, Timestamp, (self.trusted.root,))
                self._demand_newer(number, content)
                self.trusted.update_timestamp(content)
        except EqualVersionNumberError as error:
            raise PackFault("pack.forked", number=number) from error
        except BadVersionNumberError as error:
            raise PackFault("pack.older", number=number) from error
        self.timestamp_bytes = content

    def _demand_newer(self, number: int, content: bytes) -> None:
        if self.before is None or number > self.before.number:
            return
        if number < self.before.number:
            raise PackFault("pack.older", number=number)
        raise PackFault("pack.held" if content == self.before.timestamp else "pack.forked", number=number)

    def snapshot(self) -> None:
        number = self.trusted.timestamp.version
        content = _needed(self.read, layout.snapshot_file(number), layout.MAX_ROLE)
        if self.before is not None:
            with contextlib.suppress(RepositoryError):
                self.trusted.update_snapshot(self.before.snapshot, trusted=True)
        with self._one_pack(content, Snapshot):
            _demand_one_spelling(content, Snapshot, (self.trusted.root,))
            self.trusted.update_snapshot(content)
        self._demand_belongs(self.trusted.timestamp, content)
        self.snapshot_bytes = content

    def targets(self) -> Verified:
        number = self.trusted.timestamp.version
        content = _needed(self.read, layout.targets_file(number), layout.MAX_TARGETS)
        with self._one_pack(content, Targets):
            _demand_one_spelling(content, Targets, (self.trusted.root,))
            self.trusted.update_targets(content)
        self._demand_belongs(self.trusted.snapshot, content)
        roles = (self.trusted.root, self.trusted.timestamp, self.trusted.snapshot, self.trusted.targets)
        if {role.version for role in roles[1:]} != {number}:
            raise PackFault("pack.mixed")
        held = Held(number, tuple(self.roots), self.timestamp_bytes, self.snapshot_bytes)
        return Verified(_files(self.trusted.targets), min(role.expires for role in roles), held)

    def _demand_belongs(self, above: Timestamp | Snapshot, content: bytes) -> None:
        if above.unrecognized_fields.get(BELONGS_TO) != signed_digest(content).hex():
            raise PackFault("pack.mixed")

    @contextlib.contextmanager
    def _one_pack(self, content: bytes, role: type[Snapshot] | type[Targets]) -> Iterator[None]:
        """What is rightly signed and does not fit comes from another pack; anything else was altered."""
        try:
            with _told():
                yield
        except (LengthOrHashMismatchError, BadVersionNumberError) as error:
            with _told():
                self.trusted.root.verify_delegate(
                    role.type, read_part(content).signed_bytes, read_part(content).signatures
                )
            raise PackFault("pack.mixed") from error


def _first_root(read: Read, anchor: Anchor) -> bytes:
    content = read(layout.root_file(1), layout.MAX_ROLE)
    if content is None:
        raise PackFault("pack.not_a_pack")
    if signed_digest(content) != anchor.root:
        raise PackFault("pack.other_root")
    with _told():
        _demand_one_spelling(content, Root, (read_role(content, Root),))
    return content


def _needed(read: Read, name: str, limit: int) -> bytes:
    content = read(name, limit)
    if content is None:
        raise PackFault("pack.incomplete", file=name)
    return content


def read_part(content: bytes) -> Metadata[Any]:
    try:
        return Metadata.from_bytes(content)
    except RepositoryError as error:
        raise PackFault("pack.altered") from error


def read_role(content: bytes, role: type[_Role]) -> _Role:
    signed = read_part(content).signed
    if not isinstance(signed, role):
        raise PackFault("pack.mixed")
    return signed


def _demand_one_spelling(
    content: bytes,
    role: type[Root] | type[Timestamp] | type[Snapshot] | type[Targets],
    signers: tuple[Root, ...],
) -> None:
    """Rule 5. `signers` are the roots one of which names whoever signed."""
    read = read_part(content)
    plain = not read.unrecognized_fields and list(read.signatures) == sorted(read.signatures)
    if not plain or read.to_bytes() != content:
        raise PackFault("pack.altered")
    right: set[str] = set()
    for root in signers:
        right |= set(root.get_verification_result(role.type, read.signed_bytes, read.signatures).signed)
    strange = set(read.signatures) - right
    # Python reads "AB", "ab" and "a b" as the same bytes: only one of them is the spelling.
    if any(_SIGNATURE.fullmatch(one.signature) is None for one in read.signatures.values()):
        raise PackFault("pack.altered")
    if any(one.unrecognized_fields for one in read.signatures.values()):
        raise PackFault("pack.altered")
    if strange:
        raise PackFault("pack.not_signed")


def _files(targets: Targets) -> Mapping[str, PackFile]:
    if targets.delegations is not None:
        raise PackFault("pack.newer")
    if len(targets.targets) > layout.MAX_FILES:
        raise PackFault("pack.too_large", limit=layout.MAX_FILES)
    found = {name: _file(name, one) for name, one in targets.targets.items()}
    if sum(file.length for file in found.values()) > layout.MAX_TOTAL:
        raise PackFault("pack.too_large", limit=layout.MAX_TOTAL)
    return found


def _file(name: str, listed: TargetFile) -> PackFile:
    if not layout.is_name(name):
        raise PackFault("pack.name")
    digest = listed.hashes.get("sha256", "")
    if set(listed.hashes) != {"sha256"} or _SHA256.fullmatch(digest) is None:
        raise PackFault("pack.altered")
    if listed.length > layout.MAX_FILE:
        raise PackFault("pack.too_large", limit=layout.MAX_FILE)
    return PackFile(name, listed.length, digest)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """The library's refusals in our words; numbers that do not fit are left to the caller."""
    try:
        yield
    except UnsignedMetadataError as error:
        raise PackFault("pack.not_signed") from error
    except (BadVersionNumberError, LengthOrHashMismatchError):
        raise
    except (RepositoryError, ValueError) as error:
        raise PackFault("pack.altered") from error
