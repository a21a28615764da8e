"""What is looked at lies beside the vault for a while, encrypted, and leaves nothing."""

from pathlib import Path

import pytest

from fieldkit.storage import staging
from fieldkit.storage.staging import Staging
from tests.worlds import CountedRandomness

CANARY = b"Zarifa Invented-Wayfarer was here"


@pytest.mark.parametrize("most", [0, 100, 10_000])
def test_what_was_laid_down_comes_back_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(staging, "IN_MEMORY", most)
    monkeypatch.setattr(staging, "SPILLED_AT_ONCE", 50)
    shelf = Staging(tmp_path, CountedRandomness())
    for number in range(20):
        shelf.write("one", b"%d " % number)
        shelf.write("other", CANARY)
    assert b"".join(shelf.read("one")) == b"".join(b"%d " % number for number in range(20))
    assert list(shelf.read("other")) == [CANARY] * 20
    assert list(shelf.read("never written")) == []
    on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert bool(on_disk) == (most < 10_000)
    assert CANARY not in on_disk
    shelf.close()
    assert list(tmp_path.iterdir()) == []


def test_it_goes_with_whoever_held_it_and_leftovers_go_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "IN_MEMORY", 0)
    (tmp_path / "staging-0123.db").write_bytes(b"of a process that died")
    (tmp_path / "vault.db").write_bytes(b"stays")
    shelf = Staging(tmp_path, CountedRandomness())
    shelf.write("one", CANARY)
    assert len(list(tmp_path.glob("staging-*"))) == 1
    del shelf
    assert [path.name for path in tmp_path.iterdir()] == ["vault.db"]
