"""What a file is: its bytes say so, not its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.services.media_types import medium_of
from tests.services.samples import archive, mp4, picture, sound

KINDS = [
    (picture("PNG"), "image/png", "png"),
    (picture("JPEG"), "image/jpeg", "jpg"),
    (picture("GIF"), "image/gif", "gif"),
    (picture("WEBP"), "image/webp", "webp"),
    (picture("BMP"), "image/bmp", "bmp"),
    (picture("TIFF"), "image/tiff", "tif"),
    (b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "svg"),
    (mp4(brand=b"heic"), "image/heic", "heic"),
    (sound(), "audio/wav", "wav"),
    (b"ID3\x04" + bytes(20), "audio/mpeg", "mp3"),
    (b"\xff\xfb\x90\x64" + bytes(20), "audio/mpeg", "mp3"),
    (b"\xff\xf1\x50\x80" + bytes(20), "audio/mpeg", "mp3"),
    (b"#!AMR\n" + bytes(20), "audio/amr", "amr"),
    (b"OggS" + bytes(24) + b"\x01vorbis", "audio/ogg", "ogg"),
    (b"OggS" + bytes(24) + b"\x80theora", "video/ogg", "ogv"),
    (mp4(b"soun", b"M4A "), "audio/mp4", "m4a"),
    (mp4(b"soun"), "audio/mp4", "m4a"),
    (mp4(), "video/mp4", "mp4"),
    (mp4(b"vide", b"3gp4"), "video/3gpp", "3gp"),
    (b"\x1a\x45\xdf\xa3" + bytes(30) + b"V_VP9", "video/webm", "webm"),
    (b"\x1a\x45\xdf\xa3" + bytes(30) + b"A_OPUS", "audio/webm", "weba"),
    (b"%PDF-1.7\n", "application/pdf", "pdf"),
    (archive("a.txt"), "application/zip", "zip"),
    (
        archive("[Content_Types].xml", "xl/workbook.xml"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
    (b"<osm version='0.6'><node/></osm>", "application/xml", "osm"),
    (b"<?xml version='1.0'?><!-- c --><data id='x'/>", "application/xml", "xml"),
    ("Wasser für alle\n".encode(), "text/plain", "txt"),
    (b"\x00\x01\x02", "application/octet-stream", "bin"),
    (b"\xfe\xff\xfe\xff", "application/octet-stream", "bin"),
    (b"", "application/octet-stream", "bin"),
]


@pytest.mark.parametrize(("content", "media_type", "ending"), KINDS)
def test_a_file_is_what_its_bytes_say(content: bytes, media_type: str, ending: str) -> None:
    for name in ("", "holiday.jpg", "list.csv" if ending != "txt" else "note.exe"):
        found = medium_of(content, name)
        assert (found.media_type, found.ending) == (media_type, ending)


def test_kinds_of_plain_text_are_told_apart_by_their_name() -> None:
    assert medium_of(b"name,label\na,b\n", "Liste.CSV").media_type == "text/csv"
    assert medium_of(b"{}", "places.geojson").ending == "geojson"


def test_a_letter_cut_off_by_the_look_at_the_head_is_no_fault() -> None:
    assert medium_of(b"a" * (64 * 1024 - 1) + "é".encode() + b"a").ending == "txt"


@given(st.binary(max_size=300), st.sampled_from([content for content, _, _ in KINDS]))
def test_no_bytes_are_too_strange_to_look_at(tail: bytes, head: bytes) -> None:
    for content in (tail, head[: len(tail)] + tail, b"\x00\x00\x00\x10ftyp" + tail, head[:60] + tail):
        assert medium_of(content).ending.isalnum()
