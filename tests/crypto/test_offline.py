"""The offline keys: opened by their phrase and nothing else, at a cost that no file can raise."""

import json
import shutil
import subprocess
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.crypto.offline import (
    MAX_FILE_BYTES,
    MAX_WORK_FACTOR,
    OfflineFault,
    OfflineKeys,
    open_offline,
    seal_offline,
)
from fieldkit.crypto.sealing import SealFault, SealingKey, seal
from fieldkit.crypto.signature import SigningKey
from tests import quick_seal

KEYS = OfflineKeys("ab" * 16, SigningKey(bytes(range(32))), SealingKey.generate())
PHRASE = "copper lantern river walnut seven quiet"


@pytest.fixture(scope="module")
def stick() -> bytes:
    """Sealed at the cost that the program pays."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pyrage.passphrase, "encrypt", quick_seal.dear_encrypt)
        return seal_offline(KEYS, PHRASE)


@pytest.fixture(scope="module")
def quick() -> bytes:
    """The same at the cost of tests."""
    return seal_offline(KEYS, PHRASE)


def code_of(content: bytes) -> str:
    with pytest.raises(SealFault) as caught:
        open_offline(content, PHRASE)
    return caught.value.code


def test_the_phrase_opens_the_file_however_it_is_spaced(quick: bytes) -> None:
    opened = open_offline(quick, "  Copper lantern river\twalnut SEVEN quiet ")
    assert opened.organisation == KEYS.organisation
    assert opened.certificates.public == KEYS.certificates.public
    assert opened.recovery.recipient == KEYS.recovery.recipient


@pytest.mark.skipif(shutil.which("script") is None, reason="age asks for a phrase only at a terminal")
def test_stock_age_shows_the_keys_as_text(stick: bytes, tmp_path: Path) -> None:
    (tmp_path / "stick.age").write_bytes(stick)
    command = ["script", "-qec", "age -d -o opened stick.age", "/dev/null"]
    subprocess.run(command, cwd=tmp_path, input=PHRASE.encode() + b"\n", capture_output=True, check=True)
    opened = json.loads((tmp_path / "opened").read_bytes())
    assert SealingKey(opened["recovery key"].encode()).recipient == KEYS.recovery.recipient
    assert bytes.fromhex(opened["certificate key"]) == KEYS.certificates.to_bytes()


def test_the_cost_is_a_real_one(stick: bytes, quick: bytes) -> None:
    costs = [int(content.split(b"\n")[1].rpartition(b" ")[2]) for content in (stick, quick)]
    assert costs[0] >= 10 and costs[1] == quick_seal.LOG_N


def test_what_tests_seal_is_opened_like_any_other(quick: bytes) -> None:
    assert open_offline(quick, PHRASE).recovery.recipient == KEYS.recovery.recipient


@pytest.mark.parametrize("length", [0, 1, quick_seal.CHUNK, quick_seal.CHUNK + 1])
def test_what_tests_seal_has_the_right_chunks(length: int) -> None:
    assert pyrage.passphrase.decrypt(quick_seal.encrypt(bytes(length), PHRASE), PHRASE) == bytes(length)


def test_a_wrong_phrase_is_the_persons_to_put_right(quick: bytes) -> None:
    with pytest.raises(OfflineFault, match=r"offline\.wrong_phrase"):
        open_offline(quick, "copper lantern river walnut seven loud")


def test_the_file_shows_no_key(stick: bytes) -> None:
    assert KEYS.certificates.to_bytes().hex().encode() not in stick
    assert "SECRET" not in repr(KEYS)
    assert len(stick) < MAX_FILE_BYTES


def test_a_forged_cost_is_refused_before_it_is_paid(stick: bytes) -> None:
    lines = stick.split(b"\n", 2)
    forged = lines[1].rsplit(b" ", 1)[0] + b" %d" % (MAX_WORK_FACTOR + 1)
    assert code_of(b"\n".join((lines[0], forged, lines[2]))) == "seal.too_large"


def test_another_kind_of_file_is_named(stick: bytes, quick: bytes) -> None:
    assert code_of(b"a photograph") == "seal.not_sealed"
    assert code_of(seal(b"sealed to a key", [KEYS.recovery.recipient])) == "seal.not_sealed"
    assert code_of(stick + bytes(MAX_FILE_BYTES)) == "seal.too_large"
    assert code_of(quick[:-1]) == "seal.damaged"


@given(st.binary(max_size=200), st.booleans())
@settings(deadline=None)
def test_any_bytes_are_refused_with_a_known_fault(content: bytes, with_magic: bool) -> None:
    start = b"age-encryption.org/v1\n" if with_magic else b""
    assert code_of(start + content).startswith("seal.")
