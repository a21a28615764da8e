"""Slots that are renewed without their phrase, slots of the first format, and rings that were slipped in."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fieldkit.crypto.keys import DatabaseKey, Keyring
from fieldkit.crypto.person_keys import openable, whole_piece
from fieldkit.crypto.primitives import FOR_TESTS, Cost, Policy
from fieldkit.crypto.sealing import SealingKey
from fieldkit.domain.errors import FieldkitError
from fieldkit.storage import slots
from fieldkit.storage.header import Header, parse, signed, spell
from fieldkit.storage.slots import FIRST_COPY, SECOND_COPY, needs_settling, rekeyed, settled, unlock
from tests.old_vaults import schema1
from tests.storage.doors import AMINA, BILAL, KEYS, PHRASES, header, laid
from tests.worlds import CountedRandomness

CHANCE = CountedRandomness("person slots")
NEW = replace(KEYS, database=DatabaseKey.new(CHANCE))


def code(call: Callable[[], object]) -> str:
    with pytest.raises(FieldkitError) as fault:
        call()
    return fault.value.code


def enter(folder: Path, person: str) -> slots.Unlocked:
    return unlock(folder, person, PHRASES[person], FOR_TESTS)


def test_a_new_key_is_given_to_everybody_without_their_phrases(tmp_path: Path) -> None:
    before = laid(tmp_path)
    after, left_out = rekeyed(before, KEYS.database, NEW, person=AMINA, randomness=CHANCE)
    slots.write_header(tmp_path, after, NEW.database)
    assert left_out == ()
    assert enter(tmp_path, AMINA).keys == NEW
    assert enter(tmp_path, BILAL).keys == NEW, "what he held, with the new database key"
    assert [slot.mark for slot in after.slots] == [slot.mark for slot in before.slots], "no phrase changed"
    again, _ = rekeyed(after, NEW.database, KEYS, person=AMINA, randomness=CHANCE)
    assert [len(slot.pieces) for slot in again.slots] == [1, 2], "however often, no more than two pieces"


def test_the_next_sign_in_makes_everything_around_the_phrase_new(tmp_path: Path) -> None:
    after, _ = rekeyed(laid(tmp_path), KEYS.database, NEW, person=AMINA, randomness=CHANCE)
    assert [needs_settling(after, person, FOR_TESTS) for person in (AMINA, BILAL)] == [False, True]
    done = settled(after, NEW, person=BILAL, phrase=PHRASES[BILAL], randomness=CHANCE, policy=FOR_TESTS)
    was, now = after.slot(BILAL), done.slot(BILAL)
    assert was is not None and now is not None
    assert (now.mark, now.label) == (was.mark, was.label)
    assert now.recipient != was.recipient and now.voucher != was.voucher
    assert not needs_settling(done, BILAL, FOR_TESTS)
    slots.write_header(tmp_path, done, NEW.database)
    assert enter(tmp_path, BILAL).keys == NEW


def test_a_cost_that_is_too_low_by_now_is_raised_at_sign_in() -> None:
    dearer = Policy(Cost(128, 1, 1), FOR_TESTS.least, FOR_TESTS.most)
    assert needs_settling(header(), AMINA, dearer)
    raised = settled(header(), KEYS, person=AMINA, phrase=PHRASES[AMINA], randomness=CHANCE, policy=dearer)
    slot = raised.slot(AMINA)
    assert slot is not None and slot.wrapped.cost.memory == 128
    assert not needs_settling(raised, AMINA, dearer)


def test_a_recovery_key_opens_what_was_sealed_since(tmp_path: Path) -> None:
    office = SealingKey.generate()
    made = slots.escrowed(laid(tmp_path), KEYS, office.recipient, AMINA)
    assert made.recovery is not None
    mine, his = made.slots
    assert openable(mine.pieces, office) and not openable(his.pieces, office)
    assert needs_settling(made, BILAL, FOR_TESTS) and not needs_settling(made, AMINA, FOR_TESTS)
    after, _ = rekeyed(made, KEYS.database, NEW, person=AMINA, randomness=CHANCE)
    assert after.recovery != made.recovery
    assert [len(openable(slot.pieces, office)) for slot in after.slots] == [1, 1]
    without, _ = rekeyed(replace(made, office=""), KEYS.database, NEW, person=AMINA, randomness=CHANCE)
    assert without.recovery_missing, "rather none than one with the old key"


# --- a vault of somebody else, slipped in ----------------------------------------------------------------


def planted(held: Header) -> tuple[Header, Keyring]:
    """Somebody with the laptop and no phrase seals a ring of their own to Amina, and signs the header with it."""
    thiefs = Keyring.new(CHANCE)
    slot = held.slots[0]
    own = replace(slot, pieces=(whole_piece(thiefs, [slot.recipient]),))
    return signed(replace(held, slots=(own, *held.slots[1:])), thiefs.database), thiefs


def test_a_ring_that_was_slipped_in_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, thiefs = planted(laid(tmp_path))
    for name in (FIRST_COPY, SECOND_COPY):
        (tmp_path / name).write_bytes(spell(made))
    assert code(lambda: enter(tmp_path, AMINA)) == "vault.header_altered"
    monkeypatch.setattr(slots, "is_vouched", lambda *_: True)
    assert enter(tmp_path, AMINA).keys == thiefs, (
        "without the voucher she would write into a stranger's vault"
    )


# --- the first format ------------------------------------------------------------------------------------


@pytest.fixture
def old(tmp_path: Path) -> Path:
    shutil.copytree(schema1.FOLDER, tmp_path / "old")
    return tmp_path / "old"


def test_a_header_of_the_first_format_is_read_and_written_as_the_present_one(old: Path) -> None:
    content = (old / FIRST_COPY).read_bytes()
    held = parse(content)
    assert held.format == 1 and held.slots[0].before_person_keys
    assert spell(held) == content
    unlocked = unlock(old, schema1.PERSON, schema1.PHRASE, FOR_TESTS)
    written = slots.write_header(old, unlocked.header, unlocked.keys.database)
    assert parse((old / FIRST_COPY).read_bytes()) == written
    again = unlock(old, schema1.PERSON, schema1.PHRASE, FOR_TESTS)
    assert again.keys == unlocked.keys
    assert again.header.slots[0].before_person_keys, "only its person can renew it"
    done = settled(
        written, again.keys, person=schema1.PERSON, phrase=schema1.PHRASE, randomness=CHANCE, policy=FOR_TESTS
    )
    assert done.slots[0].mark == held.slots[0].mark, "the same phrase, also in the list of copies"
    slots.write_header(old, done, again.keys.database)
    assert unlock(old, schema1.PERSON, schema1.PHRASE, FOR_TESTS).keys == unlocked.keys


def test_who_never_signed_in_since_has_no_way_into_a_vault_with_a_new_key(old: Path) -> None:
    unlocked = unlock(old, schema1.PERSON, schema1.PHRASE, FOR_TESTS)
    after, left_out = rekeyed(unlocked.header, unlocked.keys.database, NEW, person=AMINA, randomness=CHANCE)
    assert (left_out, after.slots) == ((schema1.PERSON,), ())
