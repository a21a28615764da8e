"""Bundles that must not be accepted: damaged, forged, or signed by one of ours that went bad.

Three depths: the sealed bytes, as a stick or a stranger may spoil them; the archive inside, sealed again by
somebody who knows the recipient; and bundles with a true signature whose content breaks a rule.
"""

import json
import random
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from fieldkit.crypto.sealing import seal
from fieldkit.crypto.signature import SigningKey, minisign_sign
from fieldkit.domain.entries import MAX_ENTRY_BYTES, Payload, canonical, digest, entry_bytes, read_entry
from fieldkit.sync.contents import MANIFEST, SIGNATURE, write_archive
from fieldkit.sync.lines import ENTRIES, PAYLOADS, payload_line
from fieldkit.sync.trust import Certificate

Maker = Callable[["Material", random.Random], bytes]


@dataclass(frozen=True, slots=True)
class Material:
    """A sound bundle taken apart, and what a forger may lay his hands on."""

    sealed: bytes
    archive: bytes
    manifest: dict[str, Any]
    signature: bytes
    files: dict[str, bytes]
    key: SigningKey
    recipient: str
    other_bundle: bytes
    """Sealed to the same office, by another post."""
    other_recipient: str
    other_certificate: Certificate
    stranger_certificate: Certificate

    def signed(self, manifest: dict[str, Any], files: dict[str, bytes]) -> bytes:
        """A bundle with a true signature over this manifest."""
        content = canonical(manifest)
        signature = minisign_sign(self.key, content, f"fieldkit bundle {manifest.get('bundle')}")
        return seal(write_archive(content, signature, list(files.items())), [self.recipient])

    def with_files(self, files: dict[str, bytes]) -> bytes:
        """A bundle with these files, truly listed and signed."""
        listed = [
            {"digest": sha256(data).hexdigest(), "length": len(data), "name": name}
            for name, data in files.items()
        ]
        return self.signed({**self.manifest, "files": listed}, files)


def spoiled(content: bytes, rng: random.Random) -> bytes:
    """Other bytes than `content`."""
    while (made := _changed(content, rng)) == content:
        pass
    return made


def _changed(content: bytes, rng: random.Random) -> bytes:
    at, length = rng.randrange(len(content)), rng.randint(1, 40)
    before, run, after = content[:at], content[at : at + length], content[at + length :]
    instead = (
        bytes([run[0] ^ 1 << rng.randrange(8)]) + run[1:],
        rng.choice((b"0", b"9", b"f", b"\n", b'"', b"\0")) + run[1:],
        rng.randbytes(len(run)),
        run + run,
        b"",
        bytes(len(run)),
        run[::-1],
    )
    choice = rng.randrange(len(instead) + 1)
    return before if choice == len(instead) else before + instead[choice] + after


def of_the_same_length(content: bytes, rng: random.Random) -> bytes:
    """Other bytes, as many."""
    while True:
        made = spoiled(content, rng)[: len(content)]
        made += content[len(made) :]
        if made != content:
            return made


# --- the sealed bytes ---------------------------------------------------------------------------------


def sealed_spoiled(held: Material, rng: random.Random) -> bytes:
    return of_the_same_length(held.sealed, rng)


def sealed_header_spoiled(held: Material, rng: random.Random) -> bytes:
    end = held.sealed.index(b"\n--- ") + 60
    return spoiled(held.sealed[:end], rng) + held.sealed[end:]


def sealed_cut_or_stretched(held: Material, rng: random.Random) -> bytes:
    if rng.random() < 0.5:
        return held.sealed[: rng.randrange(len(held.sealed))]
    return held.sealed + rng.randbytes(rng.choice((1, 16, 65536, len(held.sealed))))


def sealed_chunks_mixed(held: Material, rng: random.Random) -> bytes:
    """Chunks of two bundles, or of one in another order."""
    chunk, start = 64 * 1024 + 16, len(held.sealed) % (64 * 1024 + 16)
    one, other = (start + chunk * rng.randrange(len(held.sealed) // chunk) for _ in range(2))
    source = rng.choice((held.sealed, held.other_bundle))
    made = held.sealed[:one] + source[other : other + chunk] + held.sealed[one + chunk :]
    return made if made != held.sealed else held.sealed[:-1]


# --- the archive inside -------------------------------------------------------------------------------


def archive_spoiled(held: Material, rng: random.Random) -> bytes:
    used = held.archive.rindex(b"ustar") + 512
    part = of_the_same_length(held.archive[:used], rng)
    return seal(part + held.archive[used:], [held.recipient])


def padding_spoiled(held: Material, rng: random.Random) -> bytes:
    used = held.archive.rindex(b"ustar") + 512
    at = rng.randrange(used, len(held.archive))
    return seal(held.archive[:at] + b"\1" + held.archive[at + 1 :], [held.recipient])


def manifest_forged(held: Material, rng: random.Random) -> bytes:
    """A sound manifest that nobody signed: the old signature stands beside it."""
    forged = {**held.manifest, "bundle": rng.randbytes(16).hex()}
    archive = write_archive(canonical(forged), held.signature, list(held.files.items()))
    return seal(archive, [held.recipient])


def manifest_spoiled(held: Material, rng: random.Random) -> bytes:
    content = spoiled(canonical(held.manifest), rng)
    return seal(write_archive(content, held.signature, list(held.files.items())), [held.recipient])


# --- with a true signature ----------------------------------------------------------------------------

_HUGE = 2**53


def signed_manifest(held: Material, rng: random.Random) -> bytes:
    """A statement that cannot be true, signed."""
    fields = deepcopy(held.manifest)
    last, files = fields["last"], fields["files"]
    wrong: list[tuple[str, Any]] = [
        ("first", rng.choice((0, -1, fields["first"] + 1, last + 1, "1", None, True))),
        ("last", rng.choice((last - 1, last + 1, _HUGE - 1, "x"))),
        ("head", {"digest": "ab" * 32, "number": last}),
        ("head", {"digest": fields["head"]["digest"], "number": rng.choice((last - 1, 0, "1"))}),
        ("kind", rng.choice(("headquarters to field", "field", "", None))),
        ("format", rng.choice((0, 2, "1", True, None))),
        ("stream", rng.randbytes(16).hex()),
        ("stream", "../" + fields["stream"]),
        ("recipient", sha256(held.other_recipient.encode()).hexdigest()),
        ("certificate", held.other_certificate.signed),
        ("certificate", held.stranger_certificate.signed),
        ("certificate", _with_another_post(fields["certificate"])),
        ("files", files[::-1]),
        ("files", files[:1]),
        ("files", files + files),
        (
            "files",
            [{**files[0], "name": rng.choice(("../up", "/etc/x", "a//b", "", "A", "x" * 101))}, files[1]],
        ),
        ("files", [{**files[0], "length": rng.choice((files[0]["length"] - 1, _HUGE - 1, 0))}, files[1]]),
        ("files", [{**files[0], "digest": sha256(rng.randbytes(4)).hexdigest()}, files[1]]),
        ("versions", {f"v{number}": "1" for number in range(40)}),
        ("versions", {"rules": "a\u202eb"}),
        ("bundle", rng.choice(("", "x" * 32, None, 7))),
        ("more", "x"),
    ]
    name, value = rng.choice(wrong)
    fields[name] = value
    if rng.random() < 0.05:
        del fields[rng.choice(sorted(set(fields) - {"more"}))]
    return held.signed(fields, held.files)


def _with_another_post(certificate: dict[str, Any]) -> dict[str, Any]:
    return {**certificate, "statement": {**certificate["statement"], "post": "Another post"}}


def signed_files_spoiled(held: Material, rng: random.Random) -> bytes:
    """Entries or payloads spoiled, and truly listed."""
    name = rng.choice((ENTRIES, PAYLOADS))
    if name == PAYLOADS and rng.random() < 0.5:
        return held.with_files({**held.files, name: _lines_mixed(held.files[name], rng)})
    content = held.files[name]
    made = spoiled(content, rng)
    while made in content and content.endswith(
        b"\n"
    ):  # whole lines cut off the end: that would be another thing
        made = spoiled(content, rng)
    return held.with_files({**held.files, name: made})


def _lines_mixed(content: bytes, rng: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    one, other = sorted(rng.sample(range(len(lines)), 2))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def signed_entries_mixed(held: Material, rng: random.Random) -> bytes:
    """Entries in another order, twice, or with one left out."""
    lines = held.files[ENTRIES].splitlines(keepends=True)
    one, other = sorted(rng.sample(range(len(lines)), 2))
    match rng.randrange(3):
        case 0:
            lines[one], lines[other] = lines[other], lines[one]
        case 1:
            lines.insert(one, lines[other])
        case _:
            del lines[one]
    return held.with_files({**held.files, ENTRIES: b"".join(lines)})


def signed_hostile_payload(held: Material, rng: random.Random) -> bytes:
    """A payload that is no canonical JSON object, under its true digest, in a chain that holds."""
    content = rng.choice(
        (
            b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
            b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
            b'{"a":1.5}',
            b'{"a":1e3}',
            b'{"a":NaN}',
            b'{"a":' + b"9" * 10_000 + b"}",
            b'{"a":"\\ud800"}',
            b'{"a":1,"a":2}',
            b'{"b":1,"a":2}',
            b'{ "a":1}',
            b"[]",
            b'"text"',
            b"",
            b"\xff\xfe",
            b'{"a":"' + b"x" * (16 * 1024 * 1024) + b'"}',
        )
    )
    return _with_last(held, Payload(rng.randbytes(32), content), {})


def signed_hostile_entry(held: Material, rng: random.Random) -> bytes:
    """A last entry that is none, in a chain that would hold."""
    wrong: dict[str, Any] = rng.choice(
        (
            {"number": _HUGE - 1},
            {"number": 0},
            {"number": True},
            {"stream": rng.randbytes(16).hex()},
            {"replaces": ["x"]},
            {"replaces": "ab" * 32},
            {"subject": "no slash"},
            {"subject": None},
            {"at": 5},
            {"payload": "AB" * 32},
            {"previous": "ab" * 32},
            {"format": 2},
            {"format": "1"},
            {"extra": 1},
            {"kind": "x" * MAX_ENTRY_BYTES},
        )
    )
    return _with_last(held, None, wrong)


def _with_last(held: Material, payload: Payload | None, wrong: dict[str, Any]) -> bytes:
    lines = held.files[ENTRIES].splitlines()
    last = read_entry(lines[-1])
    if payload is not None:
        last = replace(last, payload=payload.digest)
    content = canonical({**json.loads(entry_bytes(last)), **wrong})
    files = {**held.files, ENTRIES: b"".join(line + b"\n" for line in (*lines[:-1], content))}
    if payload is not None:
        ends = held.files[PAYLOADS].splitlines(keepends=True)
        if _is_of(ends[-1], read_entry(lines[-1]).payload):
            ends.pop()
        files[PAYLOADS] = b"".join((*ends, payload_line(payload), b"\n"))
    head = {"digest": digest(content), "number": held.manifest["last"]}
    stated = replace(held, manifest={**held.manifest, "head": head})
    return stated.with_files(files)


def _is_of(line: bytes, name: str) -> bool:
    return f'"digest":"{name}"'.encode() in line


MAKERS: dict[str, Maker] = {
    "sealed bytes": sealed_spoiled,
    "seal's header": sealed_header_spoiled,
    "cut or stretched": sealed_cut_or_stretched,
    "chunks mixed": sealed_chunks_mixed,
    "archive": archive_spoiled,
    "padding": padding_spoiled,
    "forged manifest": manifest_forged,
    "spoiled manifest": manifest_spoiled,
    "signed: manifest": signed_manifest,
    "signed: files": signed_files_spoiled,
    "signed: order": signed_entries_mixed,
    "signed: payload": signed_hostile_payload,
    "signed: entry": signed_hostile_entry,
}
"""Every way in which a bundle is made wrong."""

__all__ = ["MAKERS", "MANIFEST", "SIGNATURE", "Material"]
