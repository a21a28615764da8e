"""Map sketches: greys and words, with a last day; nothing else of a picture is kept, nothing stale is printed."""

import struct
import zlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.access import Role
from fieldkit.domain.document import Sketch
from fieldkit.domain.errors import PersonFault
from fieldkit.leaflets.pages import page_image
from fieldkit.services import counsel, local_inserts, sketches
from fieldkit.services.local_inserts import From, State
from fieldkit.services.vault import OpenVault
from tests.leaflets.tagged import tags
from tests.stories.desks import only_as, text_of
from tests.stories.offices import clock_of, open_post

WAY = "From the pier, past the water tower, second gate (invented)"


def png(
    width: int = 40, height: int = 20, *, colour: int = 0, extra: bytes = b"", rows: bytes | None = None
) -> bytes:
    """A picture: black above, white below."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    dark = b"\0" + b"\0" * width
    light = b"\0" + b"\xff" * width
    packed = zlib.compress(dark * (height // 2) + light * (height - height // 2) if rows is None else rows)
    head = struct.pack(">2I5B", width, height, 8, colour, 0, 0, 0)
    parts = (
        chunk(b"IHDR", head),
        extra and chunk(b"tEXt", extra),
        chunk(b"IDAT", packed),
        chunk(b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    vault = open_post(tmp_path_factory.mktemp("sketches") / "vault", "Harbour post (invented)")
    yield vault
    vault.close()


@pytest.fixture(autouse=True)
def none_is_held(post: OpenVault) -> None:
    only_as(post, *Role)
    sketches.take_away(post)


def kept(post: OpenVault, picture: bytes = png(), days: int = 60, place: str = "") -> None:
    sketches.keep(post, picture, WAY, post.world.today() + timedelta(days), "en", place)


def drawn(post: OpenVault, leaflet: str = "L03", place: str = "") -> list[Sketch]:
    document = counsel.edition(post, counsel.Edition(leaflet, "en", place=place))
    return [block for block in document.blocks if isinstance(block, Sketch)]


def test_a_sketch_is_printed_with_its_words_where_a_leaflet_says_where(post: OpenVault) -> None:
    assert drawn(post) == []
    kept(post)
    (block,) = drawn(post)
    assert (block.alt, block.width, block.height) == (WAY, 40, 20)
    document = counsel.edition(post, counsel.Edition("L03", "en"))
    assert text_of(document).count(WAY) == 2, "for eyes below it, and for a reader of the screen"
    made = counsel.print_pages(document, post.world)
    figures = [tag for page in range(made.pages) for top in tags(made.pdf, page) for tag in top.all()]
    assert WAY in {tag.alt for tag in figures if tag.kind == "Figure"}
    assert drawn(post, "L32") == [], "no line of it says where something is"
    assert drawn(post, place="") == drawn(post)


def test_what_is_dark_in_it_is_dark_on_paper(post: OpenVault) -> None:
    def ink() -> int:
        made = counsel.print_pages(counsel.edition(post, counsel.Edition("L03", "en")), post.world)
        pages = [page_image(made.pdf, number, 0.5).pixels[::4] for number in range(made.pages)]
        return sum(level < 32 for page in pages for level in page)

    before = ink()
    kept(post)
    half = 340 * 170 / 2 * 0.25
    assert 0.9 * half < ink() - before < 1.15 * half


def test_past_its_day_it_is_not_printed_and_before_it_somebody_is_told(post: OpenVault) -> None:
    kept(post, days=10)
    held = sketches.sketch(post)
    assert held is not None and held.state is State.ENDS_SOON and drawn(post)
    clock_of(post).turn(days=11)
    held = sketches.sketch(post)
    assert held is not None and held.state is State.EXPIRED and drawn(post) == []
    clock_of(post).turn(days=-11)


def test_that_of_a_place_stands_before_that_of_the_post(post: OpenVault) -> None:
    place = local_inserts.add_place(post, "Market stall (invented)").id
    kept(post)
    assert drawn(post, place=place) == drawn(post)
    kept(post, png(20, 20), place=place)
    (there,), (here,) = drawn(post, place=place), drawn(post)
    assert (there.width, here.width) == (20, 40)
    held = sketches.sketch(post, place)
    assert held is not None and held.comes_from is From.PLACE
    assert len(post.attachments.of(sketches.HOLDER)) == 2
    kept(post)
    assert len(post.attachments.of(sketches.HOLDER)) == 2, "a new one takes the place of the former"


def test_what_a_camera_wrote_beside_the_picture_is_not_kept(post: OpenVault) -> None:
    kept(post, png(extra=b"Comment\0Amaru Testperson was here"))
    held = sketches.sketch(post)
    assert held is not None and b"Testperson" not in sketches.content(post, held)


@pytest.mark.parametrize(
    "picture",
    [
        png(colour=2),
        png(width=1001),
        png(height=1001),
        png(rows=b"\0" * 7),
        png(rows=bytes(41 * 20 + 1)),
        png(rows=b"\7" * 41 * 20),
        png()[:-20],
        b"\xff\xd8\xff\xe0 no PNG",
        b"",
    ],
    ids=range(9),
)
def test_any_other_picture_is_refused_and_nothing_changes(post: OpenVault, picture: bytes) -> None:
    before = post.journal.heads(), post.attachments.of(sketches.HOLDER)
    with pytest.raises(PersonFault, match=r"sketches\.picture"):
        kept(post, picture)
    assert (post.journal.heads(), post.attachments.of(sketches.HOLDER)) == before


@given(st.binary(max_size=300))
def test_bytes_that_are_cut_or_changed_never_do_more_than_be_refused(noise: bytes) -> None:
    for picture in (noise, png()[:8] + noise, png()[: len(noise)] + noise):
        with pytest.raises(PersonFault, match=r"sketches\.picture"):
            sketches._greys(picture)


def test_words_and_a_day_are_needed_and_not_everybody_may(post: OpenVault) -> None:
    today = post.world.today()
    for says, until, code in (
        ("", today, r"sketches\.no_words"),
        (WAY, None, r"inserts\.no_day"),
        (WAY, today - timedelta(1), r"inserts\.past_day"),
        (WAY * 9, today, r"inserts\.too_long"),
    ):
        with pytest.raises(PersonFault, match=code):
            sketches.keep(post, png(), says, until, "en")
    only_as(post, Role.MONITOR)
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        kept(post)
