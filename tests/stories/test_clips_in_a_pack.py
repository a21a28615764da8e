"""A counsellor at headquarters reads a leaflet aloud; posts hear it: in a pack that two people signed.

A post that has newer words than were read is told that the clip is old, and nobody plays it to an arrival.
"""

from pathlib import Path

import pytest

from fieldkit import files as shipped
from fieldkit.domain.access import Role
from fieldkit.services import clips, packs
from fieldkit.services.clips import Section
from fieldkit.services.vault import OpenVault
from tests.services.test_clips import heard
from tests.stories.desks import only_as
from tests.stories.packs import Makers, makers, phrases_cost_little, post

__all__ = ["makers", "phrases_cost_little", "post"]
READ, OTHER = "at_once", "places"


def section(vault: OpenVault, name: str = READ) -> Section:
    return next(one for one in clips.sections(vault, "L03", "fr") if one.id == name)


@pytest.fixture
def source(makers: Makers, tmp_path: Path) -> Path:
    """The folder of the next pack: what somebody at headquarters read aloud."""
    only_as(makers.vault, *Role)
    clips.keep(makers.vault, "L03", READ, "fr", heard(2))
    folder = tmp_path / "source"
    assert clips.save_all(makers.vault, folder) == 1
    return folder


def new_wording(source: Path) -> None:
    text = (shipped.resources() / "leaflets" / "L03.md").read_text(encoding="utf-8")
    (source / "leaflets").mkdir()
    changed = text.replace("you are thirsty, hungry, wet or cold", "you are thirsty, hungry or cold")
    assert changed != text
    (source / "leaflets" / "L03.md").write_text(changed, encoding="utf-8")


def test_what_was_read_at_headquarters_is_heard_at_the_post(
    makers: Makers, post: OpenVault, source: Path
) -> None:
    assert section(post).clip is None
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    clip = section(post).clip
    assert clip is not None and clip.from_pack and not clip.is_old
    assert clips.sound(post, clip) == heard(2)
    assert section(post, OTHER).clip is None
    only_as(post, Role.OFFICER)
    assert section(post).clip == clip, "whoever prints leaflets may let people listen"


def test_a_clip_of_older_words_is_told_and_read_anew(makers: Makers, post: OpenVault, source: Path) -> None:
    new_wording(source)
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    only_as(post, *Role)
    english = next(one for one in clips.sections(post, "L03", "en") if one.id == READ)
    assert "hungry or cold" in " ".join(english.said) and english.clip is None
    name = clips.pack_name("L03", READ, "en", "0" * 64)
    (source / name).write_bytes(heard(1))
    later = makers.laid_out(source, title="Later")
    packs.accept(post, makers.signed(later, 0, 1))
    old = next(one for one in clips.sections(post, "L03", "en") if one.id == READ).clip
    assert old is not None and old.is_old and old.from_pack
    clips.keep(post, "L03", READ, "en", heard(3))
    new = next(one for one in clips.sections(post, "L03", "en") if one.id == READ).clip
    assert new is not None and not new.is_old and not new.from_pack
