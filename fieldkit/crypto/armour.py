"""Sealed bytes as text, in the armour that stock `age -d` reads: for what stands inside a readable file.

One spelling: 64 characters a line, one end of line at the end. https://age-encryption.org/v1 (ASCII armor)
"""

import base64
import binascii

from fieldkit.crypto.sealing import SealFault

_BEGIN, _END = "-----BEGIN AGE ENCRYPTED FILE-----", "-----END AGE ENCRYPTED FILE-----"
_COLUMNS = 64


def armoured(sealed: bytes) -> str:
    """A sealed file as text."""
    text = base64.b64encode(sealed).decode("ascii")
    lines = [text[place : place + _COLUMNS] for place in range(0, len(text), _COLUMNS)]
    return "\n".join((_BEGIN, *lines, _END)) + "\n"


def unarmoured(text: str) -> bytes:
    """The sealed file in `text`. Raises SealFault `seal.damaged` unless it is spelled as `armoured` does."""
    lines = text.split("\n")
    try:
        sealed = base64.b64decode("".join(lines[1:-2]), validate=True)
    except (binascii.Error, ValueError) as error:
        raise SealFault("seal.damaged") from error
    if armoured(sealed) != text:
        raise SealFault("seal.damaged")
    return sealed


def is_armoured(content: bytes) -> bool:
    """Whether a file begins like armour."""
    return content.startswith(_BEGIN.encode("ascii"))
