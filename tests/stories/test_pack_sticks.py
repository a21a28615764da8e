"""The sticks with which content packs are signed: one that is lost, a phrase that is wrong or guessed.

Keys, phrases and offices are invented.
"""

from pathlib import Path

import pytest

from fieldkit.domain.errors import FieldkitError
from fieldkit.services import (
    pack_office,
    packs,
)
from fieldkit.services.pack_office import KEY_FILE
from fieldkit.services.vault import OpenVault
from fieldkit.sync.packs.signing import key_number
from tests.stories.packs import PHRASES, Makers, makers, phrases_cost_little, post, refusal, source

__all__ = ["makers", "phrases_cost_little", "post", "source"]


def test_the_drill_of_a_lost_stick(makers: Makers, post: OpenVault, source: Path) -> None:
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    lost = pack_office.signing_keys(makers.vault)
    new = makers.new_key(3)
    numbers = {place: key_of(makers, place) for place in range(4)}
    assert numbers[3] == new
    after = pack_office.replace_key(makers.vault, numbers[0], new)
    assert set(after) == (set(lost) | {new}) - {numbers[0]}
    folder = makers.laid_out(source)
    with pytest.raises(FieldkitError) as caught:
        makers.signed(folder, 0)
    assert caught.value.code == "pack.not_our_key", "whoever found the lost stick signs nothing any more"
    makers.signed(folder, 1)
    assert refusal(post, folder) == "pack.not_signed"
    makers.signed(folder, 2)
    packs.accept(post, folder)
    third = makers.signed(makers.laid_out(source), 3, 1)
    assert packs.accept(post, third).number == 3
    assert pack_office.signing_keys(makers.vault) == after


def key_of(makers: Makers, place: int) -> str:
    return key_number(pack_office.keys(makers.vault)[place])


def test_a_stick_never_gets_a_second_key_and_no_phrase_that_is_guessed(
    makers: Makers, tmp_path: Path
) -> None:
    for stick, phrase, code in (
        (makers.stick(0), PHRASES[3], "pack.key_exists"),
        (tmp_path, "password", "pack.weak_phrase"),
    ):
        with pytest.raises(FieldkitError) as caught:
            pack_office.new_key(makers.vault, stick, phrase)
        assert caught.value.code == code


def test_a_wrong_phrase_signs_nothing(makers: Makers, source: Path) -> None:
    folder = makers.laid_out(source)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(FieldkitError) as caught:
        pack_office.sign(makers.vault, folder, (makers.stick(0) / KEY_FILE).read_bytes(), PHRASES[1])
    assert caught.value.code == "offline.wrong_phrase"
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
