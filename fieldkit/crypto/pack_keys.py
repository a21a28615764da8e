"""The keys that sign content packs: three, each in a file on a stick of its own, each under its own phrase.

1. One key signs nothing alone: a pack needs two. So no two of them lie on one stick, and none on a laptop.
2. Stock `age -d` with the phrase shows the file's content: plain text that a person can read and type.
"""

from dataclasses import dataclass, field

from fieldkit.crypto.offline import open_with_phrase, seal_with_phrase
from fieldkit.crypto.sealing import SealFault
from fieldkit.crypto.signature import SigningKey
from fieldkit.domain.entries import canonical, read_object
from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.ids import is_id

FORMAT = 1
_KIND = "pack key"


@dataclass(frozen=True, slots=True)
class PackKey:
    """One of the keys of an organisation (its id, 32 hexadecimal digits)."""

    organisation: str
    key: SigningKey = field(repr=False)


def seal_pack_key(key: PackKey, phrase: str) -> bytes:
    """The file to be written to a stick."""
    seed = key.key.to_bytes().hex()
    content = canonical({"format": FORMAT, "key": seed, "kind": _KIND, "organisation": key.organisation})
    return seal_with_phrase(content, phrase)


def open_pack_key(content: bytes, phrase: str) -> PackKey:
    """The key in a file that `seal_pack_key` made.

    Raises OfflineFault `offline.wrong_phrase`; SealFault as `open_offline`, and `pack.key_unreadable`.
    """
    opened = open_with_phrase(content, phrase)
    try:
        fields = read_object(opened, "pack.key_unreadable")
        if fields["kind"] != _KIND or fields["format"] != FORMAT or not is_id(fields["organisation"]):
            raise SealFault("pack.key_unreadable")
        return PackKey(fields["organisation"], SigningKey(bytes.fromhex(fields["key"])))
    except (KeyError, TypeError, ValueError, ForeignFault) as error:
        raise SealFault("pack.key_unreadable") from error
