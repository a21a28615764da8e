"""Takes out of a picture everything but the picture: where, when, with which device, and what hides behind it.

1. Only the parts that are needed to paint the picture are kept; what is not known is dropped.
2. What stands after the end of the picture is dropped too: telephones append films and second pictures there.
3. What is kept is not touched: the picture has the same points, and doing it twice changes nothing.
4. Bytes that are no whole picture raise ContentRefused `attach.picture_damaged`.

Sources: ITU-T T.81 (JPEG markers, B.1), JFIF 1.02, PNG (W3C, third edition, chapter 5).
"""

from collections.abc import Iterator
from typing import Final

from fieldkit.services.errors import ContentRefused
from fieldkit.services.media_types import JPEG, PNG, medium_of

_PNG_NEEDED: Final = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB"})
_SOI, _EOI, _SOS, _TEM = 0xD8, 0xD9, 0xDA, 0x01
_RESTARTS: Final = range(0xD0, 0xD8)
_TABLES_AND_FRAMES: Final = frozenset({*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF})
_JFIF, _ADOBE = 0xE0, 0xEE
_JFIF_BYTES: Final = 14
"""Of the JFIF segment without its length: five of its name, seven of measures, two for a small picture's size."""


def stripped(content: bytes) -> bytes:
    """A JPEG or PNG without anything but the picture. Raises ContentRefused `attach.picture_kind`, rule 4."""
    medium = medium_of(content)
    if medium == PNG:
        return content[:8] + b"".join(_png_parts(content))
    if medium == JPEG:
        return b"\xff\xd8" + b"".join(_jpeg_parts(content))
    raise ContentRefused("attach.picture_kind")


def _png_parts(content: bytes) -> Iterator[bytes]:
    at = 8
    while at + 12 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        if end > len(content):
            break
        if kind in _PNG_NEEDED:
            yield content[at:end]
        if kind == b"IEND":
            return
        at = end
    raise ContentRefused("attach.picture_damaged")


def _jpeg_parts(content: bytes) -> Iterator[bytes]:
    at = 2
    while at + 2 <= len(content):
        if content[at] != 0xFF:
            break
        marker = content[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker == _EOI:
            yield b"\xff\xd9"
            return
        if marker in _RESTARTS or marker in (_SOI, _TEM):
            break
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if end < at + 4 or end > len(content):
            break
        yield _kept_segment(marker, content[at:end])
        if marker == _SOS:
            at, end = end, _end_of_scan(content, end)
            yield content[at:end]
        at = end
    raise ContentRefused("attach.picture_damaged")


def _kept_segment(marker: int, segment: bytes) -> bytes:
    body = segment[4:]
    if marker == _JFIF and body.startswith(b"JFIF\x00") and len(body) >= _JFIF_BYTES:
        return b"\xff\xe0\x00\x10" + body[: _JFIF_BYTES - 2] + b"\x00\x00"  # without its small picture
    if marker == _ADOBE and body.startswith(b"Adobe") and len(body) >= 12:
        return b"\xff\xee\x00\x0e" + body[:12]  # how its colours are to be read
    return segment if marker in _TABLES_AND_FRAMES else b""


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands after the points of a scan; 0xFF00 and restarts belong to the points."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise ContentRefused("attach.picture_damaged")
        if content[at + 1] != 0x00 and content[at + 1] not in _RESTARTS and content[at + 1] != 0xFF:
            return at
        at += 1 if content[at + 1] == 0xFF else 2
