"""Packs of an invented office, laid out in memory: a folder is a mapping from names to bytes."""

from collections.abc import Mapping
from datetime import UTC, datetime

from fieldkit.crypto.signature import SigningKey
from fieldkit.sync.packs import signing
from fieldkit.sync.packs.anchor import Anchor, write_anchor
from fieldkit.sync.packs.layout import Read
from fieldkit.sync.packs.verified import signed_digest

EXPIRES = datetime(2027, 3, 1, tzinfo=UTC)
ORGANISATION = "ab" * 16
CERTIFICATES = SigningKey(b"c" * 32)
KEYS = tuple(SigningKey(bytes([place]) * 32) for place in range(1, 6))
PUBLIC = tuple(key.public for key in KEYS)
ROOT = signing.first_root(PUBLIC[:3], EXPIRES)
ANCHOR = Anchor(ORGANISATION, signed_digest(ROOT))
FILES = {
    "pack.json": b'{"number":1}',
    "forms/roles.csv": b"form,kind\n",
    "codebook/rules.csv": b"rule\n" * 40,
}

Disk = dict[str, bytes]


def reads(disk: Mapping[str, bytes]) -> Read:
    """A folder as `verify` reads it."""

    def read(name: str, limit: int) -> bytes | None:
        content = disk.get(name)
        return content if content is None or len(content) <= limit else content[: limit + 1]

    return read


def laid_out(
    number: int = 1,
    roots: tuple[bytes, ...] = (ROOT,),
    files: Mapping[str, bytes] = FILES,
    expires: datetime = EXPIRES,
) -> Disk:
    """A pack nobody has signed yet."""
    return signing.lay_out(number, files, roots, write_anchor(ANCHOR, CERTIFICATES), expires)


def signed(disk: Disk, *keys: int) -> Disk:
    """The pack with the signatures of the keys at these places of KEYS."""
    for key in keys:
        disk.update(signing.sign(reads(disk), KEYS[key]))
    return disk
