"""Small files of many kinds, made here: invented places, no person."""

import io
import struct
import wave
import zipfile
from functools import cache
from itertools import chain

from PIL import Image
from PIL.PngImagePlugin import PngInfo

SECRET = b"11.5721 43.1456 Invented Telephone"
"""What a device writes into a picture, and what must not be found in a vault."""


@cache
def picture(
    kind: str = "JPEG",
    size: tuple[int, int] = (64, 48),
    *,
    with_place: bool = False,
    turned: bool = False,
    progressive: bool = False,
) -> bytes:
    """A picture with a pattern in it; `with_place` adds what telephones add, in every place they add it."""
    pattern = ((x * 5 % 256, y * 3 % 256, x * y % 256) for y in range(size[1]) for x in range(size[0]))
    made = Image.frombytes("RGB", size, bytes(chain.from_iterable(pattern)))
    exif = made.getexif()
    more: dict[str, object] = {}
    if turned:
        exif[0x0112] = 6  # to be turned by a quarter
    if with_place:
        exif[0x010F] = SECRET.decode()
        exif.get_ifd(0x8825)[2] = (11.0, 34.0, 20.0)
        more = {"comment": SECRET} if kind == "JPEG" else {}
        if kind == "PNG":
            info = PngInfo()
            info.add_text("Location", SECRET.decode())
            more["pnginfo"] = info
    buffer = io.BytesIO()
    if with_place or turned:
        more["exif"] = exif
    if progressive:
        more["progressive"] = True
    made.save(buffer, kind, **more)  # each format has its own words
    return buffer.getvalue() + (SECRET if with_place else b"")


def points(content: bytes) -> bytes:
    """What a picture looks like, as bytes to compare."""
    with Image.open(io.BytesIO(content)) as opened:
        return opened.convert("RGB").tobytes()


def sound(seconds: float = 0.1) -> bytes:
    """A sound of silence (WAV)."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(int(8000 * seconds) * 2))
    return buffer.getvalue()


def box(name: bytes, *inside: bytes) -> bytes:
    """A box of an MP4."""
    content = b"".join(inside)
    return struct.pack(">I", len(content) + 8) + name + content


def mp4(handler: bytes = b"vide", brand: bytes = b"isom") -> bytes:
    """The frame of an MP4 with one track."""
    handled = box(b"hdlr", bytes(8), handler, bytes(12))
    return box(b"ftyp", brand, bytes(8)) + box(b"moov", box(b"trak", box(b"mdia", handled)))


def archive(*names: str) -> bytes:
    """A ZIP with empty files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name in names:
            made.writestr(name, b"")
    return buffer.getvalue()
