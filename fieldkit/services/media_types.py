"""What a file is, by its bytes: the name somebody gave it is believed only for kinds of plain text.

1. Only the first bytes and the boxes of a container are looked at; nothing is decoded here.
2. What is not known is `application/octet-stream`, ending `bin`.

Signatures: the formats' own specifications, as collected in the WHATWG's MIME Sniffing standard; boxes of MP4:
ISO/IEC 14496-12.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Medium:
    """A kind of file: its media type and the ending its names get."""

    media_type: str
    ending: str

    @property
    def kind(self) -> str:
        """The part before the slash: image, audio, video, text or application."""
        return self.media_type.partition("/")[0]


PNG: Final = Medium("image/png", "png")
JPEG: Final = Medium("image/jpeg", "jpg")
SVG: Final = Medium("image/svg+xml", "svg")
PDF: Final = Medium("application/pdf", "pdf")
UNKNOWN: Final = Medium("application/octet-stream", "bin")
TEXT: Final = Medium("text/plain", "txt")

_STARTS: Final[tuple[tuple[bytes, Medium], ...]] = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", Medium("image/gif", "gif")),
    (b"GIF89a", Medium("image/gif", "gif")),
    (b"BM", Medium("image/bmp", "bmp")),
    (b"II*\x00", Medium("image/tiff", "tif")),
    (b"MM\x00*", Medium("image/tiff", "tif")),
    (b"%PDF-", PDF),
    (b"fLaC", Medium("audio/flac", "flac")),
    (b"#!AMR", Medium("audio/amr", "amr")),
    (b"ID3", Medium("audio/mpeg", "mp3")),
)
_RIFF: Final = {
    b"WEBP": Medium("image/webp", "webp"),
    b"WAVE": Medium("audio/wav", "wav"),
    b"AVI ": Medium("video/x-msvideo", "avi"),
}
_STILL_BRANDS: Final = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"})
_SOUND_BRANDS: Final = frozenset({b"M4A ", b"M4B ", b"M4P "})
_ROOTS: Final = {
    b"svg": SVG,
    b"osm": Medium("application/xml", "osm"),
    b"gpx": Medium("application/gpx+xml", "gpx"),
    b"kml": Medium("application/vnd.google-earth.kml+xml", "kml"),
}
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_IN_ZIP: Final = (
    (b"word/document.xml", Medium(_OFFICE + "wordprocessingml.document", "docx")),
    (b"xl/workbook.xml", Medium(_OFFICE + "spreadsheetml.sheet", "xlsx")),
    (b"ppt/presentation.xml", Medium(_OFFICE + "presentationml.presentation", "pptx")),
)
_OPEN_DOCUMENTS: Final = {b"text": "odt", b"spreadsheet": "ods", b"presentation": "odp"}
_TEXT_ENDINGS: Final = {"csv": "text/csv", "json": "application/json", "geojson": "application/geo+json"}
_HEAD: Final = 64 * 1024
_ROOT: Final = re.compile(rb"<(?:\w+:)?([A-Za-z]\w*)[\s/>]")


def medium_of(content: bytes, name: str = "") -> Medium:
    """What `content` is. `name` only tells kinds of plain text apart."""
    for start, medium in _STARTS:
        if content.startswith(start):
            return medium
    if content.startswith(b"RIFF") and content[8:12] in _RIFF:
        return _RIFF[content[8:12]]
    if content[4:8] == b"ftyp":
        return _container(content)
    if content.startswith(b"OggS"):
        is_film = b"theora" in content[:_HEAD]
        return Medium("video/ogg", "ogv") if is_film else Medium("audio/ogg", "ogg")
    if content.startswith(b"\x1a\x45\xdf\xa3"):
        is_film = b"V_" in content[:_HEAD] or b"A_" not in content[:_HEAD]
        return Medium("video/webm", "webm") if is_film else Medium("audio/webm", "weba")
    if content.startswith(b"PK\x03\x04"):
        return _archive(content)
    if _is_mpeg_sound(content):
        return Medium("audio/mpeg", "mp3")
    return _written(content, name)


def _is_mpeg_sound(content: bytes) -> bool:
    """A frame of MPEG sound or AAC: eleven set bits, then a layer and a rate that exist."""
    if len(content) < 4 or content[0] != 0xFF or content[1] & 0xE0 != 0xE0:
        return False
    is_aac = content[1] & 0xF6 == 0xF0
    return is_aac or (content[1] & 0x06 != 0 and content[2] & 0xF0 != 0xF0 and content[1] & 0x18 != 0x08)


def _container(content: bytes) -> Medium:
    brand = content[8:12]
    if brand in _STILL_BRANDS:
        return Medium("image/heic", "heic") if brand[:2] != b"av" else Medium("image/avif", "avif")
    handlers = set(_handlers(content))
    if b"vide" in handlers:
        return Medium("video/3gpp", "3gp") if brand.startswith(b"3gp") else Medium("video/mp4", "mp4")
    if b"soun" in handlers or brand in _SOUND_BRANDS:
        return Medium("audio/mp4", "m4a")
    return Medium("video/mp4", "mp4")


def _handlers(content: bytes) -> Iterator[bytes]:
    """What the tracks of an MP4 hold, such as `vide` and `soun`."""
    for movie in _boxes(content, 0, len(content), b"moov"):
        for track in _boxes(content, *movie, b"trak"):
            for media in _boxes(content, *track, b"mdia"):
                for start, _ in _boxes(content, *media, b"hdlr"):
                    yield content[start + 8 : start + 12]


def _boxes(content: bytes, start: int, end: int, wanted: bytes) -> Iterator[tuple[int, int]]:
    """Where the boxes called `wanted` begin and end inside a box."""
    while start + 8 <= end:
        size, head = int.from_bytes(content[start : start + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(content[start + 8 : start + 16], "big"), 16
        size = size or end - start
        if size < head:
            return
        if content[start + 4 : start + 8] == wanted:
            yield start + head, min(start + size, end)
        start += size


def _archive(content: bytes) -> Medium:
    if content[30:38] == b"mimetype":
        kind = content[38:120].partition(b"PK")[0]
        for part, ending in _OPEN_DOCUMENTS.items():
            if kind.startswith(b"application/vnd.oasis.opendocument." + part):
                return Medium(f"application/vnd.oasis.opendocument.{part.decode()}", ending)
    for inside, medium in _IN_ZIP:
        if inside in content:
            return medium
    return Medium("application/zip", "zip")


def _written(content: bytes, name: str) -> Medium:
    """Text, or what is not known. The tail of a letter that the head cut off is no fault."""
    head = content[:_HEAD]
    if not head or b"\x00" in head:
        return UNKNOWN
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as fault:
        if len(content) <= _HEAD or fault.start < len(head) - 4:
            return UNKNOWN
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        root = _ROOT.search(head)
        return _ROOTS.get(root[1].lower() if root else b"", Medium("application/xml", "xml"))
    ending = name.rpartition(".")[2].lower()
    return Medium(_TEXT_ENDINGS[ending], ending) if ending in _TEXT_ENDINGS else TEXT
