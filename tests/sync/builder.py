"""An invented organisation with two posts, played in memory."""

import hashlib
from dataclasses import dataclass, field

from fieldkit.crypto.sealing import SealingKey
from fieldkit.crypto.signature import SigningKey
from fieldkit.domain.entries import Entry, Payload, canonical, digest, entry_bytes
from fieldkit.sync.incoming import Verified, verify_bundle
from fieldkit.sync.manifest import Head
from fieldkit.sync.outgoing import Stored, gather, seal_outgoing
from fieldkit.sync.trust import (
    Certificate,
    DeviceIdentity,
    OfficeFile,
    Trust,
    certify,
    read_office,
    read_request,
    write_office,
    write_request,
)


class Drawn:
    """Randomness from a seed: the same test draws the same bytes."""

    def __init__(self, seed: str) -> None:
        self._seed = seed.encode()
        self._drawn = 0

    def bytes(self, count: int) -> bytes:
        self._drawn += 1
        return hashlib.shake_256(self._seed + self._drawn.to_bytes(4, "big")).digest(count)


@dataclass
class Office:
    """Headquarters with all its keys. Sealing keys cannot be drawn from a seed."""

    name: str
    organisation: str
    sealing: SealingKey
    recovery: SealingKey
    certificates: SigningKey
    receipts: SigningKey
    revoked: frozenset[str] = frozenset()

    @classmethod
    def founded(cls, name: str) -> "Office":
        draw = Drawn(name)
        return cls(
            name,
            draw.bytes(16).hex(),
            SealingKey.generate(),
            SealingKey.generate(),
            SigningKey.generate(draw),
            SigningKey.generate(draw),
        )

    def file(self) -> bytes:
        public = OfficeFile(
            organisation=self.organisation,
            name=self.name,
            recipient=self.sealing.recipient,
            recovery=self.recovery.recipient,
            certificate_key=self.certificates.public,
            receipt_key=self.receipts.public,
        )
        return write_office(public, self.certificates)

    @property
    def trust(self) -> Trust:
        return Trust(self.organisation, self.certificates.public, self.revoked)

    def open(self, bundle: bytes, held: "Shelf | None" = None) -> Verified:
        return verify_bundle(bundle, [self.sealing], self.trust, held or Shelf())


@dataclass
class Shelf:
    """What headquarters holds: the digests of each stream."""

    streams: dict[str, list[str]] = field(default_factory=dict)

    def head(self, stream: str) -> Head | None:
        held = self.streams.get(stream)
        return Head(len(held), held[-1]) if held else None

    def digest(self, stream: str, number: int) -> str | None:
        held = self.streams.get(stream, [])
        return held[number - 1] if 1 <= number <= len(held) else None

    def keep(self, verified: Verified) -> None:
        held = self.streams.setdefault(verified.stream, [])
        for item in verified.items:
            if item.entry.number == len(held) + 1:
                held.append(digest(item.content))


@dataclass
class Post:
    """A field post that writes one stream."""

    name: str
    identity: DeviceIdentity
    office: OfficeFile
    certificate: Certificate
    draw: Drawn
    journal: list[Stored] = field(default_factory=list)

    @classmethod
    def enrolled(cls, name: str, office: Office) -> "Post":
        draw = Drawn(name)
        identity = DeviceIdentity.new(draw.bytes(16).hex(), draw)
        trusted = read_office(office.file())
        request = read_request(write_request(identity, trusted, name))
        certificate = certify(request, office.organisation, office.certificates)
        return cls(name, identity, trusted, certificate, draw)

    def write(self, kind: str = "note", subject: str = "case/aa", **content: str) -> Entry:
        payload = Payload(self.draw.bytes(32), canonical({**content, "kind": kind}))
        entry = Entry(
            stream=self.identity.stream,
            number=len(self.journal) + 1,
            previous=digest(self.journal[-1][0]) if self.journal else "",
            at="2026-11-21T03:10:00+03:00",
            actor="bb",
            subject=subject,
            kind=kind,
            replaces=(),
            payload=payload.digest,
        )
        self.journal.append((entry_bytes(entry), payload))
        return entry

    def write_many(self, count: int) -> "Post":
        for number in range(count):
            self.write(note=f"invented {number}")
        return self

    def export(self, after: int = 0, until: int | None = None, *, private: str = "") -> bytes:
        """A bundle of the entries above `after`; those of the kind `private` are not for headquarters."""
        [outgoing] = gather(self.journal[after:until], lambda entry: entry.kind != private)
        return seal_outgoing(
            outgoing,
            key=self.identity.key,
            certificate=self.certificate,
            recipient=self.office.recipient,
            versions={"rules": "2026-11"},
            randomness=self.draw,
        )
