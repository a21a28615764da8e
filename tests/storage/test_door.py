"""Growing delays that no clock turns into a lock-out (R15)."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.storage import door as module
from fieldkit.storage.door import COUNT_FILE, LONGEST_WAIT, Door, delay_after
from fieldkit.storage.errors import DoorFault, StorageFault
from tests.storage.doors import AMINA, KEYS, PHRASES, laid


class Ticks:
    """A clock that only goes forward, and only when told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    laid(tmp_path)
    return tmp_path


def fail(door: Door, phrase: str = "wrong words") -> DoorFault:
    with pytest.raises(DoorFault) as fault:
        door.unlock(AMINA, phrase, FOR_TESTS)
    return fault.value


def test_delays_grow_and_end_at_a_minute() -> None:
    assert [delay_after(n) for n in range(11)] == [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60]


@given(st.integers(0, 10**9))
def test_delays_never_shrink_and_never_lock_out(failures: int) -> None:
    assert 0 <= delay_after(failures) <= delay_after(failures + 1) <= LONGEST_WAIT


def test_the_right_phrase_opens_and_clears_the_count(folder: Path) -> None:
    door = Door(folder, Ticks())
    assert fail(door).data["wait_seconds"] == 0
    assert door.failures == 1
    assert door.unlock(AMINA, PHRASES[AMINA], FOR_TESTS).keys == KEYS
    assert door.failures == 0
    assert not (folder / COUNT_FILE).exists()


def test_after_several_wrong_phrases_even_the_right_one_waits(folder: Path) -> None:
    ticks = Ticks()
    door = Door(folder, ticks)
    codes = [fail(door).code for _ in range(3)]
    assert codes == ["vault.wrong_phrase"] * 3
    assert fail(door, PHRASES[AMINA]).code == "vault.wait"
    assert door.failures == 3, "a phrase that was not tried is not a failure"
    ticks.seconds += 1
    assert door.unlock(AMINA, PHRASES[AMINA], FOR_TESTS).keys == KEYS


def test_a_restart_keeps_the_count_and_starts_the_wait_again(folder: Path) -> None:
    ticks = Ticks()
    door = Door(folder, ticks)
    for _ in range(8):
        fail(door)
        ticks.seconds += LONGEST_WAIT
    later = Ticks()
    again = Door(folder, later)
    assert again.failures == 8
    assert again.wait_seconds() == 32
    later.seconds += 31.5
    assert again.wait_seconds() == 1
    later.seconds += 0.5
    assert again.unlock(AMINA, PHRASES[AMINA], FOR_TESTS).keys == KEYS


def test_ending_the_program_in_the_middle_of_a_try_counts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "unlock", ended)
    with pytest.raises(KeyboardInterrupt):
        Door(folder, Ticks()).unlock(AMINA, "x", FOR_TESTS)
    assert Door(folder, Ticks()).failures == 1


def test_a_damaged_header_or_an_unknown_person_is_no_wrong_phrase(folder: Path) -> None:
    door = Door(folder, Ticks())
    with pytest.raises(DoorFault):
        door.unlock("c3" * 16, "x", FOR_TESTS)
    for path in folder.glob("header*"):
        path.write_bytes(b"")
    with pytest.raises(StorageFault):
        door.unlock(AMINA, "x", FOR_TESTS)
    assert door.failures == 0


@given(st.binary(max_size=300))
def test_no_content_of_the_count_file_keeps_anybody_out(content: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "read_bounded", lambda *_: content)
        assert Door(Path(), Ticks()).wait_seconds() <= LONGEST_WAIT


def test_a_count_that_cannot_be_written_still_counts_here_and_keeps_nobody_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(module, "write_whole", full)
    door = Door(folder, Ticks())
    fail(door)
    assert door.failures == 1
    assert door.unlock(AMINA, PHRASES[AMINA], FOR_TESTS).keys == KEYS
