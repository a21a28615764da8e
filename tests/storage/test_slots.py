"""The two copies of the header, and who gets in (R13)."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from cryptography.hazmat.primitives.kdf import argon2
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.crypto.primitives import FOR_TESTS, STANDARD, Cost
from fieldkit.domain.entries import canonical
from fieldkit.domain.errors import FieldkitError
from fieldkit.files import write_whole
from fieldkit.storage import slots
from fieldkit.storage.errors import DatabaseFault, DoorFault, StorageFault, StorageMistake
from fieldkit.storage.header import HEADQUARTERS, MAX_PEOPLE, Header, parse, signed, spell
from fieldkit.storage.slots import (
    FIRST_COPY,
    SECOND_COPY,
    copies_differ,
    exists,
    new_header,
    read_header,
    unlock,
    with_recovery,
    with_slot,
    write_header,
)
from fieldkit.storage.versions import HEADER_FORMAT
from tests.storage.doors import AMINA, BILAL, KEYS, PHRASES, header, laid
from tests.worlds import CountedRandomness


def code(call: Callable[[], object]) -> str:
    with pytest.raises(FieldkitError) as fault:
        call()
    return fault.value.code


def enter(folder: Path, person: str = AMINA, phrase: str | None = None) -> slots.Unlocked:
    return unlock(folder, person, PHRASES[person] if phrase is None else phrase, FOR_TESTS)


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_everybody_gets_in_with_their_own_phrase_only(tmp_path: Path) -> None:
    laid(tmp_path)
    for person in (AMINA, BILAL):
        assert enter(tmp_path, person).keys == KEYS
    assert code(lambda: enter(tmp_path, AMINA, PHRASES[BILAL])) == "vault.wrong_phrase"
    assert code(lambda: unlock(tmp_path, "c3" * 16, PHRASES[AMINA], FOR_TESTS)) == "vault.no_such_person"


def test_the_door_shows_labels_and_a_missing_recovery_slot(tmp_path: Path) -> None:
    laid(tmp_path)
    shown, used_copy = read_header(tmp_path)
    assert [slot.label for slot in shown.slots] == ["A.", "night desk"]
    assert (shown.name, shown.role, shown.language, used_copy) == ("River post", "post", "en", False)
    assert shown.recovery_missing
    write_header(tmp_path, with_recovery(shown, b"sealed to headquarters"), KEYS.database)
    again, _ = read_header(tmp_path)
    assert not again.recovery_missing
    assert again.recovery == b"sealed to headquarters"


@pytest.mark.parametrize("harm", [damage, Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_bad_first_copy_is_passed_over_told_and_mended(tmp_path: Path, harm: Callable[[Path], Any]) -> None:
    laid(tmp_path)
    harm(tmp_path / FIRST_COPY)
    assert read_header(tmp_path)[1] is True
    unlocked = enter(tmp_path)
    assert unlocked.used_copy
    assert copies_differ(tmp_path)
    write_header(tmp_path, unlocked.header, unlocked.keys.database)
    assert enter(tmp_path).used_copy is False
    assert not copies_differ(tmp_path)


def test_a_bad_second_copy_hinders_nobody_and_is_seen(tmp_path: Path) -> None:
    laid(tmp_path)
    assert not copies_differ(tmp_path)
    damage(tmp_path / SECOND_COPY)
    assert enter(tmp_path).used_copy is False
    assert copies_differ(tmp_path)


def test_two_bad_copies_are_told_and_a_folder_without_vault_too(tmp_path: Path) -> None:
    assert not exists(tmp_path)
    assert code(lambda: read_header(tmp_path)) == "vault.none"
    laid(tmp_path)
    for name in (FIRST_COPY, SECOND_COPY):
        damage(tmp_path / name)
    assert code(lambda: enter(tmp_path)) == "vault.header_damaged"


def test_an_older_first_copy_is_not_believed(tmp_path: Path) -> None:
    """Otherwise a phrase that was changed would open again from an old copy of one file."""
    first = laid(tmp_path)
    old = (tmp_path / FIRST_COPY).read_bytes()
    changed = with_slot(
        first,
        KEYS,
        person=AMINA,
        label="A.",
        phrase="new words that nobody knew before",
        randomness=CountedRandomness("new"),
        policy=FOR_TESTS,
    )
    written = write_header(tmp_path, changed, KEYS.database)
    assert written.sequence == first.sequence + 1
    assert [slot.person for slot in written.slots] == [AMINA, BILAL]
    (tmp_path / FIRST_COPY).write_bytes(old)
    shown, used_copy = read_header(tmp_path)
    assert (shown.sequence, used_copy) == (written.sequence, True)
    assert enter(tmp_path, phrase="New words  that nobody knew before").used_copy


def test_a_power_cut_between_the_copies_leaves_one_that_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = laid(tmp_path)

    def fails_on_second(path: Path, content: bytes) -> None:
        if path.name == SECOND_COPY:
            raise OSError(28, "No space left on device")
        write_whole(path, content)

    monkeypatch.setattr(slots, "write_whole", fails_on_second)
    with pytest.raises(DatabaseFault) as fault:
        write_header(tmp_path, first, KEYS.database)
    assert fault.value.code == "vault.disk_full"
    assert enter(tmp_path).header.sequence == first.sequence + 1
    assert copies_differ(tmp_path)


@pytest.mark.parametrize("name", [FIRST_COPY, SECOND_COPY])
def test_a_newer_vault_is_refused_untouched(tmp_path: Path, name: str) -> None:
    laid(tmp_path)
    first = b"fieldkit vault %d\n" % (HEADER_FORMAT + 1)
    body = b"whatever the next format will be"
    newer = first + hashlib.sha256(first + body).hexdigest().encode() + b"\n" + body
    (tmp_path / name).write_bytes(newer)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert code(lambda: read_header(tmp_path)) == "vault.newer"
    assert code(lambda: enter(tmp_path)) == "vault.newer"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


# --- somebody altered it on purpose ----------------------------------------------------------------------


def forge(folder: Path, names: tuple[str, ...], change: Callable[[Header], Header]) -> None:
    for name in names:
        path = folder / name
        path.write_bytes(spell(change(parse(path.read_bytes()))))


def swapped(held: Header) -> Header:
    one, other = held.slots
    return replace(held, slots=(replace(one, wrapped=other.wrapped), replace(other, wrapped=one.wrapped)))


def costing(memory: int, passes: int = 1, lanes: int = 1) -> Callable[[Header], Header]:
    def change(held: Header) -> Header:
        cost = Cost(memory, passes, lanes)
        return replace(
            held, slots=tuple(replace(s, wrapped=replace(s.wrapped, cost=cost)) for s in held.slots)
        )

    return change


FORGERIES: dict[str, Callable[[Header], Header]] = {
    "slots swapped": swapped,
    "cheaper": costing(8),
    "dearer": costing(2**40, 2**30),
    "another recovery slot": lambda held: with_recovery(held, b"sealed to somebody else"),
    "another name": lambda held: replace(held, name="Trusted post"),
    "higher sequence": lambda held: replace(held, sequence=held.sequence + 1000),
    "mac cut": lambda held: replace(held, mac=held.mac[:4]),
    "signed by another key": lambda held: signed(held, primitives_key()),
}


def primitives_key() -> Any:
    return type(KEYS.database)(bytes(32))


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_first_copy_is_passed_over(tmp_path: Path, name: str) -> None:
    laid(tmp_path)
    forge(tmp_path, (FIRST_COPY,), FORGERIES[name])
    unlocked = enter(tmp_path)
    assert unlocked.used_copy
    assert unlocked.header.name == "River post"
    assert unlocked.header.recovery is None


@pytest.mark.parametrize("name", FORGERIES)
def test_two_forged_copies_let_nobody_in(tmp_path: Path, name: str) -> None:
    laid(tmp_path)
    forge(tmp_path, (FIRST_COPY, SECOND_COPY), FORGERIES[name])
    assert code(lambda: enter(tmp_path)) in {"vault.header_altered", "vault.wrong_phrase"}


def test_a_cost_outside_the_policy_is_never_paid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid(tmp_path)
    forge(tmp_path, (FIRST_COPY, SECOND_COPY), costing(STANDARD.most.memory + 1, 3, 4))
    monkeypatch.setattr(argon2, "Argon2id", None)
    with pytest.raises(StorageFault) as fault:
        unlock(tmp_path, AMINA, PHRASES[AMINA])
    assert fault.value.code == "vault.header_altered"


def test_slots_made_for_tests_open_no_real_vault(tmp_path: Path) -> None:
    laid(tmp_path)
    with pytest.raises(StorageFault):
        unlock(tmp_path, AMINA, PHRASES[AMINA])


def test_a_real_slot_opens_at_the_real_cost(tmp_path: Path) -> None:
    made = new_header(role=HEADQUARTERS, name="HQ", language="fr", randomness=CountedRandomness())
    made = with_slot(
        made, KEYS, person=AMINA, label="A.", phrase=PHRASES[AMINA], randomness=CountedRandomness("s")
    )
    write_header(tmp_path, made, KEYS.database)
    assert made.slots[0].wrapped.cost.memory >= 64 * 1024
    assert unlock(tmp_path, AMINA, PHRASES[AMINA]).keys == KEYS


PATHS = (
    ("name",),
    ("sequence",),
    ("recovery",),
    ("vault",),
    ("slots", 0, "person"),
    ("slots", 0, "label"),
    ("slots", 0, "salt"),
    ("slots", 0, "nonce"),
    ("slots", 0, "sealed"),
    ("slots", 0, "cost", "memory"),
    ("slots", 0, "cost", "passes"),
    ("slots", 0, "cost", "lanes"),
)


@settings(max_examples=150)
@given(st.sampled_from(PATHS), st.data())
def test_no_mutation_of_both_copies_opens_or_exhausts_the_memory(
    path: tuple[str | int, ...], data: st.DataObject
) -> None:
    content = spell(signed(header(), KEYS.database))
    file = json.loads(content.split(b"\n", 2)[2])
    place: Any = file["header"]
    for step in path[:-1]:
        place = place[step]
    held = place[path[-1]]
    if isinstance(held, int):
        new: Any = data.draw(st.integers(0, 2**50).filter(lambda value: value != held))
    else:
        new = data.draw(
            st.text("0123456789abcdef", min_size=len(held or "00"), max_size=len(held or "00")).filter(
                lambda value: value != held
            )
        )
    place[path[-1]] = new
    body = canonical(file)
    first = b"fieldkit vault %d\n" % HEADER_FORMAT
    forged = first + hashlib.sha256(first + body).hexdigest().encode() + b"\n" + body
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        paid: list[int] = []
        derive: Any = argon2.Argon2id

        def derive_and_note(**given: Any) -> Any:
            paid.append(given["memory_cost"])
            return derive(**given)

        patch.setattr(argon2, "Argon2id", derive_and_note)
        for name in (FIRST_COPY, SECOND_COPY):
            (Path(folder) / name).write_bytes(forged)
        with pytest.raises((StorageFault, DoorFault)):
            enter(Path(folder))
        assert all(memory <= FOR_TESTS.most.memory for memory in paid)


# --- limits ---------------------------------------------------------------------------------------------


def test_a_vault_holds_so_many_people_and_no_more() -> None:
    made = header()
    slot = made.slots[0]
    full = replace(made, slots=tuple(replace(slot, person=f"{n:032x}") for n in range(MAX_PEOPLE)))
    with pytest.raises(StorageMistake) as fault:
        with_slot(
            full, KEYS, person=AMINA, label="x", phrase="x", randomness=CountedRandomness(), policy=FOR_TESTS
        )
    assert fault.value.code == "vault.too_many_people"
    assert parse(spell(signed(full, KEYS.database))).slots == full.slots


def test_names_have_a_length() -> None:
    with pytest.raises(StorageMistake):
        new_header(role="post", name="x" * 201, language="en", randomness=CountedRandomness())
