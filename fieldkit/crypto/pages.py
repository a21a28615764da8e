"""Pages of a SQLCipher 4 file, opened one by one: for a file that the library itself cannot read any more.

1. A page is 4096 bytes: content, then a random IV of 16 bytes and an HMAC-SHA-512 of 64. The code covers content,
   IV and the page's number, so a page that opens is the one that was written at that place.
2. The content is AES-256-CBC under the raw key; the HMAC's key is PBKDF2-HMAC-SHA-512 (2 rounds) of that key with
   the salt, each byte of it XOR 0x3a. The salt stands in the clear in the first 16 bytes of page 1, in place of
   content.
3. What does not authenticate is not returned, not even in part.

Format: SQLCipher 4, `sqlcipher_page_hmac`, `sqlcipher_page_cipher`. `tests/crypto/test_pages.py` holds it to the
library."""

import hashlib
import hmac
from dataclasses import dataclass, field

from fieldkit.crypto.keys import DatabaseKey

PAGE_BYTES = 4096
SALT_BYTES = 16
IV_BYTES = 16
HMAC_BYTES = 64
USABLE_BYTES = PAGE_BYTES - IV_BYTES - HMAC_BYTES
"""What is left of a page for SQLite: 4016 bytes."""

_MASK = 0x3A
_ROUNDS = 2
_HEAD = b"SQLite format 3\x00"


@dataclass(frozen=True)
class PageKey:
    """Opens the pages of one file: the database's key with the file's salt."""

    key: DatabaseKey
    salt: bytes
    _mac: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        masked = bytes(byte ^ _MASK for byte in self.salt)
        derived = hashlib.pbkdf2_hmac("sha512", self.key.raw, masked, _ROUNDS, len(self.key.raw))
        object.__setattr__(self, "_mac", derived)

    def open(self, number: int, page: bytes) -> bytes | None:
        """The 4016 bytes of page `number` (from 1) as SQLite knows them, or None when it is not as it was
        written."""
        if len(page) != PAGE_BYTES:
            return None
        start = SALT_BYTES if number == 1 else 0
        covered, code = page[start:-HMAC_BYTES], page[-HMAC_BYTES:]
        found = hmac.digest(self._mac, covered + number.to_bytes(4, "little"), "sha512")
        if not hmac.compare_digest(found, code):
            return None
        content = _decrypt(self.key.raw, covered[-IV_BYTES:], covered[:-IV_BYTES])
        return (_HEAD if number == 1 else b"") + content


def _decrypt(key: bytes, iv: bytes, sealed: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes  # noqa: PLC0415

    decryptor = Cipher(algorithms.AES256(key), modes.CBC(iv)).decryptor()
    return decryptor.update(sealed) + decryptor.finalize()
