"""Pictures in memory: what they are, how large they may be, upright, with nothing else in them."""

import io
import struct
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtGui import QColor, QImage

from fieldkit.services.errors import ContentRefused
from fieldkit.services.media_types import medium_of
from fieldkit.services.pictures import stripped
from fieldkit.services.uploads import prepared
from fieldkit.ui.pictures import LONGEST, encoded, prepared_picture, read_picture
from tests.services.samples import SECRET, picture, points


@pytest.fixture(autouse=True)
def no_stray_warnings() -> Iterator[None]:
    """Decoders of damaged pictures say so on Qt's way of warning; here that is no fault of the program."""
    before = qInstallMessageHandler(lambda *_: None)
    yield
    qInstallMessageHandler(before)


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><rect width='40' height='20'/></svg>"


def bomb(width: int, height: int) -> bytes:
    """A PNG of a hundred bytes that says it is enormous."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def refused(content: bytes, *, drawn: bool = False) -> str:
    with pytest.raises(ContentRefused) as fault:
        read_picture(content, drawn=drawn)
    return fault.value.code


def test_a_small_upright_picture_is_kept_point_for_point() -> None:
    for kind in ("JPEG", "PNG"):
        content = picture(kind)
        assert prepared_picture(content) == content


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "BMP", "TIFF"])
def test_other_kinds_become_one_that_can_be_cleaned(kind: str) -> None:
    made = prepared_picture(picture(kind))
    assert medium_of(made).media_type in ("image/png", "image/jpeg")
    assert stripped(made) == made


def test_a_turned_picture_stands_upright_and_says_nothing_else() -> None:
    made = prepared(
        prepared_picture(picture("JPEG", (64, 48), with_place=True, turned=True)), "image/*", survey=True
    )
    with Image.open(io.BytesIO(made.content)) as opened:
        assert opened.size == (48, 64)
        assert not opened.getexif()
    assert SECRET not in made.content


@pytest.mark.parametrize(("asked", "size"), [(40, (40, 30)), (4000, (64, 48)), (None, (64, 48))])
def test_a_form_says_how_large_a_picture_may_be(asked: int | None, size: tuple[int, int]) -> None:
    with Image.open(io.BytesIO(prepared_picture(picture("JPEG", (64, 48)), asked))) as opened:
        assert opened.size == size


def test_a_very_large_picture_is_made_smaller() -> None:
    made = prepared_picture(picture("PNG", (LONGEST + 100, 8)))
    assert read_picture(made).width() == LONGEST


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    assert refused(bomb(60_000, 60_000)) == "attach.picture_huge"
    assert refused(bomb(6000, 6000)) in ("attach.picture_damaged",)
    assert refused(picture("BMP")[:18] + struct.pack("<ii", 50_000, 50_000) + picture("BMP")[26:]) in (
        "attach.picture_huge",
        "attach.picture_damaged",
    )


def test_a_drawing_is_read_only_where_a_form_brought_it() -> None:
    assert refused(SVG) == "attach.picture_kind"
    assert read_picture(SVG, drawn=True).width() == 40
    assert refused(SVG.replace(b"<rect", b"<!--" + bytes(1024 * 1024) + b"--><rect"), drawn=True)


def test_what_is_no_picture_is_refused() -> None:
    assert refused(b"%PDF-1.7") == "attach.picture_kind"
    assert refused(b"\x89PNG\r\n\x1a\n") == "attach.picture_damaged"
    assert refused(b"\xff\xd8\xff\xe0") == "attach.picture_damaged"


def test_texts_inside_a_picture_do_not_come_out_again() -> None:
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    image.fill(QColor("#0B5FA5"))
    image.setText("Location", SECRET.decode())
    assert SECRET not in encoded(image)


@given(st.sampled_from(["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"]), st.data())
@settings(max_examples=120, deadline=None)
def test_a_damaged_picture_is_refused_or_painted(kind: str, data: st.DataObject) -> None:
    content = bytearray(picture(kind))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.integers(1, len(content)))]
    try:
        made = prepared(prepared_picture(bytes(content)), "image/*", survey=True)
    except ContentRefused:
        return
    assert points(made.content)
