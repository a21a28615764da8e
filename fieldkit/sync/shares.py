"""A letter: one document to one named recipient, who opens it with stock tools and can read it.

1. `age( tar( letter.json, letter.json.minisig, letter.txt, padding ) )`: by hand `age -d -i KEY FILE | tar x`, then
   `minisign -V -P KEY -m letter.json`. The text says the same for people; its digest stands in the signed part.
2. The fingerprint of the recipient stands inside: a letter that somebody seals again for another is refused.
3. Never journal entries of the sender: a letter is a new document of the allowed fields (journal rule 9).
4. Padded to a power of two from 16 KiB, so that its size tells nobody how many people it is about.
5. Reading is strict: one order, one spelling, exactly the fields of the kind. Who must have signed is the
   caller's to say, before it believes a word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

from fieldkit.crypto.sealing import SealFault, SealingKey, open_sealed, seal
from fieldkit.crypto.signature import (
    MAX_MINISIG_BYTES,
    SignatureFault,
    SigningKey,
    minisign_sign,
    minisign_verify,
)
from fieldkit.domain.entries import canonical, read_object
from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.ports import JsonObject, Randomness
from fieldkit.sync.format import BLOCK, END, ArchiveReader, file_in_archive, size_in_archive
from fieldkit.sync.manifest import recipient_fingerprint

SUFFIX = ".fkl"
FORMAT = 1
LETTER, SIGNATURE, TEXT, PADDING = "letter.json", "letter.json.minisig", "letter.txt", "padding"
MIN_PADDED_BYTES = 16 * 1024
MAX_PADDED_BYTES = 8 * 1024 * 1024
MAX_SEALED_BYTES = MAX_PADDED_BYTES + 64 * 1024
MAX_TEXT = 4_000
"""Characters of one value: an answer in somebody's own words."""

_HEAD = frozenset({"format", "kind", "text", "to"})


class Kind(StrEnum):
    """What a letter is."""

    SHARE = "share"
    HAND_OVER = "hand-over"
    RECEIPT = "hand-over receipt"
    ALERT = "child alert"


FIELDS: Mapping[Kind, frozenset[str]] = {
    Kind.SHARE: frozenset(
        {"agreement", "basis", "cases", "day", "expires", "from", "id", "protocol", "purpose"}
    ),
    Kind.HAND_OVER: frozenset(
        {"agreement", "basis", "cases", "day", "expires", "from", "id", "protocol", "purpose"}
    ),
    Kind.RECEIPT: frozenset({"by", "day", "id"}),
    Kind.ALERT: frozenset({"age_band", "call", "number", "sex"}),
}
"""What stands in a letter of each kind, beside format, kind, recipient and the digest of the text."""

_CASE = frozenset({"answers", "categories", "number"})
_ANSWER = frozenset({"name", "question", "values", "words"})


class LetterFault(ForeignFault):
    """A letter or a contact file is not what it should be; nothing was taken from it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it was read; its fields are not to be believed before `check`."""

    kind: Kind
    fields: Mapping[str, Any]
    text: str
    content: bytes = field(repr=False)
    signature: bytes = field(repr=False)

    def check(self, public: bytes) -> None:
        """Return when `public` signed it; else raise LetterFault `letter.unknown_sender`."""
        try:
            comment = minisign_verify(public, self.content, self.signature)
        except SignatureFault as error:
            raise LetterFault("letter.unknown_sender") from error
        if comment != _comment(self.kind):
            raise LetterFault("letter.unreadable")


def letter_name(randomness: Randomness) -> str:
    """A file name that says nothing."""
    return randomness.bytes(8).hex() + SUFFIX


def seal_letter(kind: Kind, fields: JsonObject, text: str, *, key: SigningKey, recipient: str) -> bytes:
    """A letter signed by `key` and sealed to `recipient` alone. Raises LetterFault, SealFault `seal.recipient`."""
    readable = text.encode("utf-8")
    head = {"format": FORMAT, "kind": kind.value, "text": sha256(readable).hexdigest()}
    content = canonical({**fields, **head, "to": recipient_fingerprint(recipient)})
    _read_fields(content)  # nothing leaves that the other side would refuse
    signature = minisign_sign(key, content, _comment(kind))
    return seal(_archive(((LETTER, content), (SIGNATURE, signature), (TEXT, readable))), [recipient])


def open_letter(sealed: bytes, keys: Sequence[SealingKey]) -> Letter:
    """The letter in these bytes, for one of `keys`; its signature is not checked yet.

    Raises LetterFault `letter.unreadable`, `letter.newer`, `letter.not_for_us`, `letter.too_large`.
    """
    for key in keys:
        try:
            plain = open_sealed(sealed, [key], MAX_SEALED_BYTES)
        except SealFault as fault:
            if fault.code == "seal.not_for_us":
                continue
            code = "letter.too_large" if fault.code == "seal.too_large" else "letter.unreadable"
            raise LetterFault(code) from fault
        return _letter(plain, recipient_fingerprint(key.recipient))
    raise LetterFault("letter.not_for_us")


def _letter(plain: bytes, recipient: str) -> Letter:
    files = _files(plain)
    fields = _read_fields(files[LETTER])
    if fields["to"] != recipient:
        raise LetterFault("letter.not_for_us")
    if fields["text"] != sha256(files[TEXT]).hexdigest():
        raise LetterFault("letter.unreadable")
    told = {name: value for name, value in fields.items() if name not in _HEAD}
    try:
        text = files[TEXT].decode("utf-8")
    except UnicodeDecodeError as error:
        raise LetterFault("letter.unreadable") from error
    return Letter(Kind(fields["kind"]), told, text, files[LETTER], files[SIGNATURE])


def _comment(kind: Kind) -> str:
    return f"fieldkit {kind.value}"


# --- the archive --------------------------------------------------------------------------------------


def _archive(parts: Sequence[tuple[str, bytes]]) -> bytes:
    used = sum(size_in_archive(len(data)) for _, data in parts)
    padded = _padded_size(used)
    if padded > MAX_PADDED_BYTES:
        raise LetterFault("letter.too_large")
    filled = (*parts, (PADDING, bytes(padded - used - BLOCK - len(END))))
    return b"".join([*(piece for name, data in filled for piece in file_in_archive(name, data)), END])


def _padded_size(used: int) -> int:
    needed = used + BLOCK + len(END)
    return max(MIN_PADDED_BYTES, 1 << (needed - 1).bit_length())


@dataclass(slots=True)
class _Collected:
    """Takes the files of a small archive; they all fit into memory."""

    files: dict[str, bytes] = field(default_factory=dict)
    _name: str = ""
    _held: bytearray = field(default_factory=bytearray)

    def begin(self, name: str, size: int) -> None:
        if size > MAX_PADDED_BYTES:
            raise LetterFault("letter.unreadable")
        self._name, self._held = name, bytearray()

    def content(self, piece: bytes) -> None:
        self._held += piece

    def end(self) -> None:
        self.files[self._name] = bytes(self._held)


def _files(plain: bytes) -> dict[str, bytes]:
    found = _Collected()
    archive = ArchiveReader(found)
    try:
        archive.write(plain)
        archive.finish()
    except ForeignFault as error:
        raise LetterFault("letter.unreadable") from error
    files = found.files
    sound = (
        list(files) == [LETTER, SIGNATURE, TEXT, PADDING]
        and len(files[SIGNATURE]) <= MAX_MINISIG_BYTES
        and not any(files[PADDING])
        and _archive([(name, files[name]) for name in (LETTER, SIGNATURE, TEXT)]) == plain
    )
    if not sound:
        raise LetterFault("letter.unreadable")
    return files


# --- the fields ---------------------------------------------------------------------------------------


def _read_fields(content: bytes) -> dict[str, Any]:
    """The fields of a letter, each of the right kind. Raises LetterFault."""
    try:
        fields = read_object(content, "letter.unreadable")
    except ForeignFault as error:
        raise LetterFault("letter.unreadable") from error
    number = fields.get("format")
    if type(number) is int and number > FORMAT:
        raise LetterFault("letter.newer")
    kind = fields.get("kind")
    sound = (
        type(number) is int
        and isinstance(kind, str)
        and kind in set(Kind)
        and set(fields) == FIELDS[Kind(kind)] | _HEAD
        and all(_is_text(value) for name, value in fields.items() if name not in {"format", "cases"})
        and _are_cases(fields.get("cases", []))
    )
    if not sound:
        raise LetterFault("letter.unreadable")
    return fields


def _is_text(value: Any) -> bool:
    """A text without signs that steer a terminal; a line feed may stand in somebody's own words."""
    return (
        isinstance(value, str)
        and len(value) <= MAX_TEXT
        and all(sign in "\n\t" or (sign >= " " and not "\x7f" <= sign <= "\x9f") for sign in value)
    )


def _are_cases(value: Any) -> bool:
    return isinstance(value, list) and all(_is_case(case) for case in value)


def _is_case(case: Any) -> bool:
    return (
        isinstance(case, dict)
        and set(case) == _CASE
        and _is_text(case["number"])
        and _are_texts(case["categories"])
        and isinstance(case["answers"], list)
        and all(_is_answer(answer) for answer in case["answers"])
    )


def _is_answer(answer: Any) -> bool:
    return (
        isinstance(answer, dict)
        and set(answer) == _ANSWER
        and _are_texts(answer["values"])
        and all(_is_text(answer[name]) for name in ("name", "question", "words"))
    )


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(_is_text(one) for one in value)
