"""Of a picture only the picture is kept: no place, no time, no device, nothing behind its end."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from fieldkit.services.errors import ContentRefused
from fieldkit.services.pictures import stripped
from tests.services.samples import SECRET, picture, points

PICTURES = [
    picture("JPEG", with_place=True),
    picture("JPEG", with_place=True, turned=True),
    picture("JPEG", with_place=True, progressive=True),
    picture("PNG", with_place=True),
]


@pytest.mark.parametrize("content", PICTURES)
def test_everything_but_the_picture_is_taken_out(content: bytes) -> None:
    clean = stripped(content)
    assert SECRET in content and SECRET not in clean
    assert b"Exif" not in clean and b"eXIf" not in clean
    with Image.open(io.BytesIO(clean)) as opened:
        assert not opened.getexif()
        assert set(opened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "dpi",
                                    "progression"}  # fmt: skip
    assert points(clean) == points(content)


def test_a_small_picture_inside_the_header_goes_too() -> None:
    plain = picture("JPEG")
    head, small = plain[:2], bytes(3) * 4
    assert plain[2:4] == b"\xff\xe0"
    with_small = (
        head
        + b"\xff\xe0"
        + (16 + len(small)).to_bytes(2, "big")
        + plain[6:18]
        + b"\x02\x02"
        + small
        + plain[20:]
    )
    assert stripped(with_small) == stripped(plain)


def test_a_picture_with_four_colours_keeps_how_they_are_read() -> None:
    buffer = io.BytesIO()
    Image.new("CMYK", (16, 16), (10, 200, 30, 40)).save(buffer, "JPEG")
    assert points(stripped(buffer.getvalue())) == points(buffer.getvalue())


@pytest.mark.parametrize("content", PICTURES)
def test_doing_it_twice_changes_nothing(content: bytes) -> None:
    assert stripped(stripped(content)) == stripped(content)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "BMP", "TIFF"])
def test_what_cannot_be_cleaned_is_refused(kind: str) -> None:
    with pytest.raises(ContentRefused) as fault:
        stripped(picture(kind))
    assert fault.value.code == "attach.picture_kind"


@given(st.sampled_from(PICTURES), st.data())
@settings(max_examples=200)
def test_half_a_picture_is_refused_and_no_bytes_are_too_strange(content: bytes, data: st.DataObject) -> None:
    """Cut off anywhere, or with a byte changed anywhere: cleaned or refused, never anything else."""
    whole = stripped(content)
    at = data.draw(st.integers(9, len(whole) - 1))
    with pytest.raises(ContentRefused):
        stripped(whole[:at])
    changed = content[:at] + bytes([data.draw(st.integers(0, 255))]) + content[at + 1 :]
    try:
        assert stripped(stripped(changed)) == stripped(changed)
    except ContentRefused as fault:
        assert fault.code in ("attach.picture_damaged", "attach.picture_kind")
