"""Signed statements, letters, archives, manifests, headers, entries: what comes on a stick or lies on the disk.

1. A signature would keep nearly every change out: so each statement is tried as it is, and signed anew.
2. Nothing may come of it but what was meant, or a `ForeignFault` or `StorageFault` with its code.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from fieldkit.crypto.keys import DatabaseKey, Keyring
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.crypto.sealing import SealingKey, open_sealed, seal
from fieldkit.crypto.signature import SigningKey, minisign_sign
from fieldkit.domain.entries import canonical, read_entry, read_object
from fieldkit.domain.errors import ForeignFault
from fieldkit.storage import header
from fieldkit.storage.errors import StorageFault
from fieldkit.storage.slots import new_header, with_slot
from fieldkit.sync import contact_file, erasures, lines, receipts, succession, trust, trust_list
from fieldkit.sync.contents import Contents, FromField
from fieldkit.sync.erasures import Because, Erasure, Where
from fieldkit.sync.format import ArchiveReader
from fieldkit.sync.manifest import read_manifest, recipient_fingerprint
from fieldkit.sync.packs import anchor
from fieldkit.sync.packs.anchor import Anchor
from fieldkit.sync.packs.verified import read_part
from fieldkit.sync.receipts import Receipt
from fieldkit.sync.shares import Kind, open_letter, seal_letter
from fieldkit.sync.trust_list import ListedDevice, TrustList
from tests.fuzz.inputs import Run, Target, of_bytes, of_json
from tests.sync.builder import Drawn, Office, Post
from tests.sync.pack_builder import laid_out, signed

OFFICE, ADDRESSEE = Office.founded("fuzzed office (invented)"), SealingKey.generate()
POST = Post.enrolled("fuzzed post (invented)", OFFICE)
KEY = SigningKey.generate(Drawn("fuzz"))
DAY = date(2026, 11, 21)
_PIECE = 777
_WORDS = (
    b'"',
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"null",
    b"\\u0000",
    b"1e9",
    b"-0",
    b"\xff",
    b"ustar",
    b"\0" * 512,
)


def refused_or_read(run: Callable[[bytes], object]) -> Run:
    """`run` where a fault that is meant for bytes from outside is an answer too."""

    def both(content: bytes) -> None:
        try:
            run(content)
        except (ForeignFault, StorageFault) as fault:
            if not fault.code:
                raise AssertionError("refused without a code") from fault

    return both


# --- statements ---------------------------------------------------------------------------------------


@cache
def _statements() -> Mapping[str, bytes]:
    office = trust.read_office(OFFICE.file())
    stream, digest = POST.identity.stream, "ab" * 32
    newer = Office("fuzzed office (invented)", OFFICE.organisation, OFFICE.sealing, OFFICE.recovery, KEY, KEY)
    about = f"case/{'c1' * 16}"
    erasure = Erasure(
        office.organisation, "e1" * 16, about, (digest,), next(iter(Because)), next(iter(Where)), DAY
    )
    device = ListedDevice(POST.identity.device, stream, POST.identity.key.public)
    listed = TrustList(
        office.organisation, 3, DAY.isoformat(), (device,), (), (office.recipient,), (office.receipt_key,)
    )
    return {
        "office": OFFICE.file(),
        "request": trust.write_request(POST.identity, office, POST.name),
        "certificate": POST.certificate.to_bytes(),
        "receipt": receipts.write_receipt(
            Receipt(office.organisation, stream, 7, digest, 5, DAY), OFFICE.receipts
        ),
        "erasure": erasures.write_erasure(erasure, OFFICE.receipts),
        "trust list": trust_list.write_trust_list(listed, OFFICE.certificates),
        "contact": contact_file.write_contact(contact_file.LetterKeys.new(Drawn("letters")), POST.name),
        "succession": succession.write_succession(newer.file(), OFFICE.certificates),
        "anchor": anchor.write_anchor(Anchor(office.organisation, KEY.public), OFFICE.certificates),
    }


def _readers() -> tuple[Callable[[bytes], object], ...]:
    office = trust.read_office(OFFICE.file())
    return (
        trust.read_office,
        trust.read_request,
        lambda content: trust.read_certificate(content, office),
        lambda content: receipts.read_receipt(content, OFFICE.receipts.public),
        lambda content: erasures.read_erasure(content, [OFFICE.receipts.public, OFFICE.certificates.public]),
        lambda content: trust_list.read_trust_list(content, office),
        contact_file.read_contact,
        succession.read_succession,
        lambda content: anchor.read_anchor(content, office),
    )


def statement(content: bytes) -> None:
    """A statement for every reader, as it is and signed anew by each key (rule 1)."""
    for made in (content, *_signed_anew(content)):
        for reader in _readers():
            refused_or_read(reader)(made)


def _signed_anew(content: bytes) -> list[bytes]:
    try:
        said = json.loads(content)["statement"]
        plain = canonical(said)
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    if not isinstance(said, dict):
        return []
    keys = (OFFICE.certificates, OFFICE.receipts, POST.identity.key)
    comment = f"fieldkit {str(said.get('kind'))[:40]!r}".encode("ascii", "replace").decode()
    return [
        canonical({"signature": minisign_sign(key, plain, comment).decode("ascii"), "statement": said})
        for key in keys
    ]


# --- bundles and letters ------------------------------------------------------------------------------


@cache
def _archive() -> bytes:
    return open_sealed(POST.write_many(3).export(), [OFFICE.sealing])


def archive(content: bytes) -> None:
    """What stands inside the seal of a bundle, pushed in as it would be: in pieces."""
    contents = Contents(FromField(OFFICE.trust, recipient_fingerprint(OFFICE.sealing.recipient)))
    reader = ArchiveReader(contents)
    for start in range(0, len(content), _PIECE):
        reader.write(content[start : start + _PIECE])
    reader.finish()
    contents.opened()


def bundle_lines(content: bytes) -> None:
    """The lines of entries and payloads in a bundle."""
    for line in lines.read_lines([content]):
        for read in (lines.read_payload, read_entry):
            refused_or_read(read)(line)


@cache
def _letter() -> bytes:
    alert = {"age_band": "child", "call": "+999 000", "number": "7KQ2-M0XD", "sex": "female"}
    sealed = seal_letter(Kind.ALERT, alert, "text", key=KEY, recipient=ADDRESSEE.recipient)
    return open_sealed(sealed, [ADDRESSEE])


def letter(content: bytes) -> None:
    """What stands inside the seal of a letter from another place."""
    open_letter(seal(content, [ADDRESSEE.recipient]), [ADDRESSEE])


# --- what lies on the disk ----------------------------------------------------------------------------


@cache
def _header() -> bytes:
    empty = new_header(
        role=header.POST, name="River post (invented)", language="en", randomness=Drawn("header")
    )
    ring = Keyring(DatabaseKey.new(Drawn("ring")))
    made = with_slot(
        empty,
        ring,
        person="a1" * 16,
        label="A. (invented)",
        phrase="vessel room friend occur push shock",
        randomness=Drawn("slot"),
        policy=FOR_TESTS,
    )
    return header.spell(header.signed(made, ring.database))


def vault_header(content: bytes) -> None:
    """A header as it lies there, and with the checksum that fits what was changed in it."""
    refused_or_read(header.parse)(content)
    first, _, rest = content.partition(b"\n")
    _, _, body = rest.partition(b"\n")
    refused_or_read(header.parse)(first + b"\n" + header._checksum(first + b"\n", body) + b"\n" + body)


def _entries() -> list[bytes]:
    POST.write_many(1)
    return [content for content, _ in POST.journal[:3]]


def _pack_files() -> list[bytes]:
    disk = signed(laid_out(), 0, 1)
    return [content for name, content in sorted(disk.items()) if name.endswith(".json")]


@cache
def _manifest() -> bytes:
    plain = _archive()
    return plain[512 : 512 + int(plain[124:135], 8)]


TARGETS = {
    "statements": Target(statement, lambda: tuple(_statements().values()), of_json(_WORDS)),
    "archives": Target(
        refused_or_read(archive), lambda: [_archive()[:8192], _archive()], of_bytes(_WORDS), 1 << 21
    ),
    "manifests": Target(refused_or_read(read_manifest), lambda: [_manifest()], of_json(_WORDS)),
    "lines": Target(
        refused_or_read(bundle_lines), lambda: [b"\n".join(_entries()) + b"\n"], of_bytes(_WORDS)
    ),
    "letters": Target(refused_or_read(letter), lambda: [_letter()], of_bytes(_WORDS)),
    "headers": Target(vault_header, lambda: [_header()], of_bytes(_WORDS)),
    "entries": Target(refused_or_read(read_entry), _entries, of_json(_WORDS)),
    "payloads": Target(refused_or_read(lambda content: read_object(content, "x")), _entries, of_json(_WORDS)),
    "packs": Target(refused_or_read(read_part), _pack_files, of_json(_WORDS)),
}
