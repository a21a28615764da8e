"""Short form of the protocol about what is left in memory after a lock (R12)."""

import random

import pytest

from benchmarks.endure import core, lock


def test_after_a_lock_no_process_holds_a_key_or_a_word() -> None:
    try:
        figures = lock.protocol(1, random.Random(1), ways=("idle",))
    except core.CannotRun as reason:
        pytest.skip(str(reason))
    assert core.passes(figures), figures
    assert figures["processes"] == 1, "the one that shows sign-in"
    assert figures["control_found"] == ["class key", "database key", "phrase", "word"]


def test_the_private_half_of_a_key_is_looked_for_as_bytes_too() -> None:
    from fieldkit.crypto.sealing import SealingKey  # noqa: PLC0415

    line = SealingKey.generate().to_bytes().decode().strip()
    raw = lock._private(line)
    assert len(raw) == 32
    digits = [lock._BECH32.index(letter) for letter in line.lower().rpartition("1")[2][:-6]]
    bits = "".join(f"{digit:05b}" for digit in digits)
    assert "".join(f"{byte:08b}" for byte in raw) == bits[:256]
