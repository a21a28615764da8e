"""What a laptop was before: the streams it continues, and the signing key it had (`journal.md`, rule 1).

1. A stream that continues another names it: its id, the number and the digest at which it left off. Headquarters
   certifies that with the new stream, so that what the old one still has to tell may come from the new one.
2. A new signing key for the same stream is vouched for by the old one. Nobody who lacks the old key can take a
   stream over; whoever stole it can, once: then the laptop's own certificate no longer serves, and it is noticed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from fieldkit.crypto.signature import SignatureFault, SigningKey, minisign_sign, minisign_verify
from fieldkit.domain.entries import canonical
from fieldkit.domain.ids import is_id
from fieldkit.domain.ports import JsonValue
from fieldkit.sync.faults import TrustFault

MOST_PARENTS = 16
"""Streams that one may continue: a laptop that was put back so often is set up anew."""

_MAX_NUMBER = 2**53 - 1  # the largest whole number of canonical JSON
_COMMENT = "fieldkit next key"


@dataclass(frozen=True, slots=True)
class Parent:
    """A stream that is continued: its id, and the number and digest of the entry after which the new one begins."""

    stream: str
    number: int
    digest: str

    def to_fields(self) -> dict[str, JsonValue]:
        """As it stands in a statement."""
        return {"digest": self.digest, "number": self.number, "stream": self.stream}

    @classmethod
    def from_fields(cls, value: Any) -> Self:
        """What `to_fields` wrote. Raises TrustFault `trust.unreadable`."""
        if not isinstance(value, dict) or set(value) != {"digest", "number", "stream"}:
            raise TrustFault("trust.unreadable")
        parent = cls(value["stream"], value["number"], value["digest"])
        if not parent._is_sound():
            raise TrustFault("trust.unreadable")
        return parent

    def _is_sound(self) -> bool:
        stream: Any = self.stream
        return (
            isinstance(stream, str)
            and is_id(stream)
            and type(self.number) is int
            and 1 <= self.number <= _MAX_NUMBER
            and is_digest(self.digest)
        )


def read_parents(value: Any) -> tuple[Parent, ...]:
    """The parents in a statement, the nearest first. Raises TrustFault `trust.unreadable`."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST_PARENTS:
        raise TrustFault("trust.unreadable")
    parents = tuple(Parent.from_fields(one) for one in value)
    if len({parent.stream for parent in parents}) != len(parents):
        raise TrustFault("trust.unreadable")
    return parents


def write_parents(parents: Sequence[Parent]) -> list[JsonValue]:
    """As they stand in a statement."""
    return [parent.to_fields() for parent in parents]


def endorse(former: SigningKey, *, device: str, stream: str, key: bytes) -> str:
    """The old key's word that `key` signs for its stream from now on."""
    return minisign_sign(former, _endorsed(device, stream, key), _COMMENT).decode("ascii")


def check_endorsement(endorsement: str, former: bytes, *, device: str, stream: str, key: bytes) -> None:
    """Return when `former` vouched for `key`; else raise TrustFault `trust.not_signed`."""
    try:
        minisign_verify(former, _endorsed(device, stream, key), endorsement.encode("ascii"))
    except (SignatureFault, UnicodeEncodeError) as error:
        raise TrustFault("trust.not_signed") from error


def is_digest(value: Any) -> bool:
    """Whether `value` spells 32 bytes as 64 lower-case hexadecimal digits."""
    return isinstance(value, str) and len(value) == 64 and all(c in "0123456789abcdef" for c in value)


def _endorsed(device: str, stream: str, key: bytes) -> bytes:
    return canonical({"device": device, "key": key.hex(), "kind": "next key", "stream": stream})
