"""The manifest: what a bundle says about itself, signed before it is sealed.

1. Exactly these fields, in the one spelling of RFC 8785; a newer format is refused as such, never guessed at.
2. The recipient's fingerprint stands inside: one office's bundle, sealed again for another, is not accepted.
3. No bundle numbers: a lost stick is no alarm, the next bundle carries what no receipt covers.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from fieldkit.domain.entries import canonical, read_object
from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.ids import is_id
from fieldkit.sync.faults import BundleFault
from fieldkit.sync.format import MAX_FILE_BYTES, is_name
from fieldkit.sync.statement import is_label
from fieldkit.sync.trust import Certificate, certificate_from

FORMAT = 1
MAX_MANIFEST_BYTES = 64 * 1024
MAX_ENTRIES = 100_000
MAX_PAYLOAD_FILES = 256
MAX_VERSIONS = 16
_MAX_NUMBER = 2**53 - 1  # the largest whole number of canonical JSON

_TEXTS = ("bundle", "kind", "recipient", "stream")
_NUMBERS = ("first", "format", "last")
_FIELDS = frozenset({*_TEXTS, *_NUMBERS, "certificate", "files", "head", "versions"})


class Direction(StrEnum):
    """From whom to whom a bundle goes."""

    TO_HEADQUARTERS = "field to headquarters"
    TO_FIELD = "headquarters to field"


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of a stream that somebody holds: its number and digest."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class PayloadFile:
    """A file of the bundle: length in bytes, SHA-256 as 64 hexadecimal digits."""

    name: str
    length: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle carries: entries `first` to `last` of `stream`, whose journal reached `head` when sealed.

    `recipient` is the fingerprint of the recipient; `versions` names the packs and rules in force.
    """

    bundle: str
    kind: Direction
    stream: str
    first: int
    last: int
    head: Head
    recipient: str
    versions: Mapping[str, str]
    files: tuple[PayloadFile, ...]
    certificate: Certificate


def recipient_fingerprint(recipient: str) -> str:
    """SHA-256 of an `age1…` recipient, as 64 hexadecimal digits."""
    return sha256(recipient.encode("ascii")).hexdigest()


def payload_files(files: Sequence[tuple[str, bytes]]) -> tuple[PayloadFile, ...]:
    """The lines that the manifest has for these files."""
    with ThreadPoolExecutor(2) as hashing:  # hashing lets other threads run
        digests = hashing.map(lambda file: sha256(file[1]).hexdigest(), files)
        return tuple(
            PayloadFile(name, len(content), digest)
            for (name, content), digest in zip(files, digests, strict=True)
        )


def write_manifest(manifest: Manifest) -> bytes:
    """The exact bytes that are signed."""
    return canonical(
        {
            "bundle": manifest.bundle,
            "certificate": manifest.certificate.signed,
            "files": [
                {"digest": file.digest, "length": file.length, "name": file.name} for file in manifest.files
            ],
            "first": manifest.first,
            "format": FORMAT,
            "head": {"digest": manifest.head.digest, "number": manifest.head.number},
            "kind": manifest.kind.value,
            "last": manifest.last,
            "recipient": manifest.recipient,
            "stream": manifest.stream,
            "versions": dict(manifest.versions),
        }
    )


def read_manifest(content: bytes) -> Manifest:
    """The manifest in these bytes; its signature and certificate are still to be checked.

    Raises BundleFault `bundle.newer` (a format this version does not know) or `bundle.altered`.
    """
    fields = _object(content)
    number = fields.get("format")
    if type(number) is int and number > FORMAT:
        raise BundleFault("bundle.newer")
    try:
        manifest = _from_fields(fields)
    except (ForeignFault, KeyError, TypeError, ValueError) as error:
        raise BundleFault("bundle.altered") from error
    if number != FORMAT or not _is_sound(manifest) or write_manifest(manifest) != content:
        raise BundleFault("bundle.altered")
    return manifest


def _object(content: bytes) -> dict[str, Any]:
    try:
        return read_object(content, "bundle.altered")
    except ForeignFault as error:
        raise BundleFault("bundle.altered") from error


def _from_fields(fields: dict[str, Any]) -> Manifest:
    if set(fields) != _FIELDS:
        raise ValueError("fields")
    return Manifest(
        bundle=fields["bundle"],
        kind=Direction(fields["kind"]),
        stream=fields["stream"],
        first=fields["first"],
        last=fields["last"],
        head=Head(**fields["head"]),
        recipient=fields["recipient"],
        versions=dict(fields["versions"]),
        files=tuple(PayloadFile(**file) for file in fields["files"]),
        certificate=certificate_from(fields["certificate"]),
    )


def _is_sound(manifest: Manifest) -> bool:
    names = [file.name for file in manifest.files]
    numbers = (manifest.first, manifest.last, manifest.head.number)
    return (
        all(map(_is_id, (manifest.bundle, manifest.stream)))
        and all(type(number) is int and 1 <= number <= _MAX_NUMBER for number in numbers)
        and manifest.first <= manifest.last <= manifest.head.number
        and manifest.last - manifest.first < MAX_ENTRIES
        and _is_digest(manifest.head.digest)
        and _is_digest(manifest.recipient)
        and all(map(_is_sound_file, manifest.files))
        and len(set(names)) == len(names) <= MAX_PAYLOAD_FILES
        and len(manifest.versions) <= MAX_VERSIONS
        and all(map(_is_version, manifest.versions.values()))
    )


def _is_sound_file(file: PayloadFile) -> bool:
    name: Any = file.name
    return (
        isinstance(name, str)
        and is_name(name)
        and type(file.length) is int
        and 0 <= file.length <= MAX_FILE_BYTES
        and _is_digest(file.digest)
    )


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and is_id(value)


def _is_version(value: Any) -> bool:
    return isinstance(value, str) and is_label(value)


def _is_digest(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 64 and all(c in "0123456789abcdef" for c in value)
