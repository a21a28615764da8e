"""Headquarters' two keys that never lie on a laptop: a file on a stick, sealed with a phrase.

1. The certificate key (which laptops are ours) and the recovery key (which opens a laptop whose people lost
   their phrases) live only in this file; the program holds them while one job runs.
2. Stock `age -d` with the phrase shows the file's content: plain text that a person can read and type.
3. The cost of the phrase is capped before anything is derived: a forged file cannot exhaust the memory.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import pyrage

from fieldkit.crypto.phrases import spelled
from fieldkit.crypto.sealing import MAGIC, SealFault, SealingKey
from fieldkit.crypto.signature import SigningKey
from fieldkit.domain.entries import canonical, read_object
from fieldkit.domain.errors import ForeignFault, PersonFault
from fieldkit.domain.ids import is_id

FORMAT = 1
MAX_FILE_BYTES = 16 * 1024
MAX_WORK_FACTOR = 21
"""log2 of scrypt's N; 21 takes 2 GiB. rage aims at one second, which gives 18 to 21 on today's machines."""

_KIND = "offline keys"
_STANZA = re.compile(rb"-> scrypt [A-Za-z0-9+/]{22} ([1-9][0-9]?)\n")
_WRONG_PHRASE = "Decryption failed"


class OfflineFault(PersonFault):
    """The phrase for the offline keys does not open them."""


@dataclass(frozen=True, slots=True)
class OfflineKeys:
    """The certificate key and the recovery key of one organisation (its id, 32 hexadecimal digits)."""

    organisation: str
    certificates: SigningKey = field(repr=False)
    recovery: SealingKey = field(repr=False)


def seal_offline(keys: OfflineKeys, phrase: str) -> bytes:
    """The file to be written to a stick. Takes about a second, on purpose."""
    content = canonical(
        {
            "certificate key": keys.certificates.to_bytes().hex(),
            "format": FORMAT,
            "kind": _KIND,
            "organisation": keys.organisation,
            "recovery key": keys.recovery.to_bytes().decode("ascii").strip(),
        }
    )
    return seal_with_phrase(content, phrase)


def open_offline(content: bytes, phrase: str) -> OfflineKeys:
    """The keys in a file that `seal_offline` made.

    Raises OfflineFault `offline.wrong_phrase`; SealFault `seal.not_sealed`, `seal.damaged`, `seal.too_large`
    (also a phrase cost that this program does not pay), `offline.unreadable`, `offline.newer`.
    """
    return _read(open_with_phrase(content, phrase))


def seal_with_phrase(content: bytes, phrase: str) -> bytes:
    """A small secret under a phrase of its own: what `age -p` makes. Takes about a second, on purpose."""
    return bytes(pyrage.passphrase.encrypt(content, _typed(phrase)))


def open_with_phrase(content: bytes, phrase: str) -> bytes:
    """What `seal_with_phrase` sealed. Raises OfflineFault, SealFault as `open_offline`."""
    _check_cost(content)
    try:
        return bytes(pyrage.passphrase.decrypt(content, _typed(phrase)))
    except pyrage.DecryptError as error:
        if str(error) == _WRONG_PHRASE:
            raise OfflineFault("offline.wrong_phrase") from error
        raise SealFault("seal.damaged") from error


def _check_cost(content: bytes) -> None:
    if len(content) > MAX_FILE_BYTES:
        raise SealFault("seal.too_large", limit=MAX_FILE_BYTES)
    stanza = _STANZA.match(content, len(MAGIC))
    if not content.startswith(MAGIC) or stanza is None:
        raise SealFault("seal.not_sealed")
    if int(stanza[1]) > MAX_WORK_FACTOR:
        raise SealFault("seal.too_large", limit=MAX_WORK_FACTOR)


def _read(opened: bytes) -> OfflineKeys:
    fields = read_object(opened, "offline.unreadable")
    if fields.get("kind") != _KIND:
        raise SealFault("offline.unreadable")
    if fields.get("format") != FORMAT:
        raise SealFault("offline.newer")
    try:
        return OfflineKeys(
            organisation=_id(fields["organisation"]),
            certificates=SigningKey(bytes.fromhex(fields["certificate key"])),
            recovery=SealingKey(fields["recovery key"].encode("ascii")),
        )
    except (KeyError, TypeError, ValueError, AttributeError, ForeignFault) as error:
        raise SealFault("offline.unreadable") from error


def _id(value: Any) -> str:
    if not isinstance(value, str) or not is_id(value):
        raise SealFault("offline.unreadable")
    return value


def _typed(phrase: str) -> str:
    """The phrase in its one spelling; by hand it is typed so: small letters, single spaces."""
    return spelled(phrase).decode("utf-8", "replace")
