"""Leaflets to listen to: a clip is of one text, and old when the text changed; never of somebody who arrived."""

import io
import re
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.content import packs
from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.shelf import Shelf
from fieldkit.files import resources
from fieldkit.leaflets import pages
from fieldkit.leaflets.pdf import compose
from fieldkit.services import clips
from fieldkit.services.vault import OpenVault
from fieldkit.storage.kinds_library import CLIPS
from tests.stories.desks import only_as, text_of
from tests.stories.offices import open_post


def heard(seconds: float) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(8000)
        writer.writeframes(b"\x01\x00" * round(8000 * seconds))
    return file.getvalue()


@pytest.fixture
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    vault = open_post(tmp_path_factory.mktemp("clips") / "vault", "Reading post (invented)")
    only_as(vault, *Role)
    yield vault
    vault.close()


def section(post: OpenVault, name: str = "at_once", language: str = "fr") -> clips.Section:
    return next(one for one in clips.sections(post, "L03", language) if one.id == name)


def with_wording(post: OpenVault, change: tuple[str, str]) -> None:
    """A pack with another wording of L03 is in force."""
    text = (resources() / "leaflets" / "L03.md").read_text(encoding="utf-8").replace(*change)
    post.__dict__["content"] = (Shelf(resources(), {"leaflets/L03.md": text.encode()}), None)


def test_a_leaflet_is_read_in_sections_that_hold_all_of_it(post: OpenVault) -> None:
    held = clips.sections(post, "L03", "fr")
    assert [one.id for one in held][:3] == ["beginning", "at_once", "places"]
    assert all(one.said and one.clip is None for one in held)
    assert not any("{{" in line or "**" in line for one in held for line in one.said)


def test_a_recording_is_kept_and_heard_again(post: OpenVault) -> None:
    clips.keep(post, "L03", "at_once", "fr", heard(2))
    clip = section(post).clip
    assert clip is not None and (clip.seconds, clip.is_old) == (2, False)
    assert clips.sound(post, clip) == heard(2)
    assert section(post, language="en").clip is None and section(post, "places").clip is None


def test_recording_again_takes_the_place_of_the_former(post: OpenVault) -> None:
    clips.keep(post, "L03", "at_once", "fr", heard(2))
    clips.keep(post, "L03", "at_once", "fr", heard(3))
    clip = section(post).clip
    assert clip is not None and clip.seconds == 3
    assert len(post.attachments.of(CLIPS)) == 1


def test_a_clip_of_a_text_that_changed_is_marked_old(post: OpenVault) -> None:
    clips.keep(post, "L03", "at_once", "en", heard(2))
    clips.keep(post, "L03", "places", "en", heard(2))
    with_wording(
        post, ("you are thirsty, hungry, wet or cold", "you are thirsty, hungry, wet, cold or tired")
    )
    changed, same = section(post, language="en").clip, section(post, "places", "en").clip
    assert changed is not None and changed.is_old and same is not None and not same.is_old


def test_clips_leave_under_names_that_a_pack_takes(post: OpenVault, tmp_path: Path) -> None:
    clips.keep(post, "L03", "at_once", "fr", heard(2))
    clips.keep(post, "L03", "places", "en", heard(1))
    with_wording(post, ("- **Water and food:**", "- **Food and water:**"))
    assert clips.save_all(post, tmp_path) == 1, "the one of the changed text stays"
    (path,) = tmp_path.rglob("*.wav")
    name = path.relative_to(tmp_path).as_posix()
    assert re.fullmatch(r"audio/L03/at_once\.fr\.[0-9a-f]{16}\.wav", name)
    packs.check({name: path.read_bytes()}, resources())


def test_a_clip_of_a_pack_is_heard_where_its_text_stands(post: OpenVault) -> None:
    one = section(post)
    name = clips.pack_name("L03", "at_once", "fr", one.digest)
    post.__dict__["content"] = (Shelf(resources(), {name: heard(4)}), None)
    clip = section(post).clip
    assert clip is not None and clip.from_pack and clips.sound(post, clip) == heard(4)
    stale = clips.pack_name("L03", "at_once", "fr", "0" * 64)
    post.__dict__["content"] = (Shelf(resources(), {stale: heard(4)}), None)
    old = section(post).clip
    assert old is not None and old.is_old and old.from_pack, (
        "of other words than stand now: told, not offered"
    )


@pytest.mark.parametrize(
    ("name", "language", "sound", "code"),
    [
        ("at_once", "wo", heard(1), "text_missing"),
        ("nothing", "fr", heard(1), "text_missing"),
        ("at_once", "fr", b"no sound", "no_sound"),
        ("at_once", "fr", heard(0), "no_sound"),
        ("at_once", "fr", heard(301), "too_long"),
    ],
)
def test_what_is_no_clip_is_refused(
    post: OpenVault, name: str, language: str, sound: bytes, code: str
) -> None:
    before = post.journal.heads()
    with pytest.raises(PersonFault, match=rf"clips\.{code}"):
        clips.keep(post, "L03", name, language, sound)
    assert post.journal.heads() == before and post.attachments.of(CLIPS) == ()


def test_an_officer_listens_and_records_nothing(post: OpenVault) -> None:
    only_as(post, Role.OFFICER)
    assert clips.sections(post, "L03", "fr")
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        clips.keep(post, "L03", "at_once", "fr", heard(1))


def test_the_script_says_when_to_pause_and_when_to_ask(post: OpenVault) -> None:
    document = clips.script(post, "L03", "fr", "en")
    said = text_of(document)
    assert "[pause]" in said and "[long pause]" in said and "[ask: was this clear?]" in said
    assert pages.page_count(compose(document, made=post.world.today())) >= 2
