"""Sealing: stock age agrees both ways; altered, cut, foreign and oversized bytes are refused by name."""

import io
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.crypto.sealing import SealFault, SealingKey, is_recipient, open_into, open_sealed, seal

OURS = SealingKey.generate()
THEIRS = SealingKey.generate()
TEXT = b"an invented note " * 5000
SEALED = seal(TEXT, [OURS.recipient])


def code_of(sealed: bytes, key: SealingKey = OURS, limit: int = 1 << 20) -> str:
    with pytest.raises(SealFault) as caught:
        open_sealed(sealed, [key], limit)
    return caught.value.code


# Stories


def test_stock_age_opens_what_we_seal(tmp_path: Path) -> None:
    (tmp_path / "note.age").write_bytes(SEALED)
    (tmp_path / "identity").write_bytes(OURS.to_bytes())
    opened = subprocess.run(["age", "-d", "-i", "identity", "note.age"], cwd=tmp_path, capture_output=True)
    assert opened.returncode == 0, opened.stderr
    assert opened.stdout == TEXT


def test_we_open_what_stock_age_seals(tmp_path: Path) -> None:
    subprocess.run(["age-keygen", "-o", "identity"], cwd=tmp_path, capture_output=True, check=True)
    *_, line = (tmp_path / "identity").read_bytes().splitlines()
    key = SealingKey(line)
    sealed = subprocess.run(["age", "-r", key.recipient], input=TEXT, capture_output=True, check=True)
    assert open_sealed(sealed.stdout, [THEIRS, key]) == TEXT


def test_each_of_several_recipients_can_open() -> None:
    sealed = seal(TEXT, [OURS.recipient, THEIRS.recipient])
    assert open_sealed(sealed, [OURS]) == open_sealed(sealed, [THEIRS]) == TEXT


def test_what_is_wrong_is_named() -> None:
    assert code_of(SEALED, THEIRS) == "seal.not_for_us"
    assert code_of(SEALED[:-1]) == "seal.damaged"
    assert code_of(SEALED[:100]) == "seal.damaged"
    assert code_of(SEALED + b"x") == "seal.damaged"
    assert code_of(b"PK\x03\x04 a spreadsheet") == "seal.not_sealed"
    assert code_of(SEALED, limit=len(SEALED) - 1) == "seal.too_large"


def test_a_large_file_is_opened_piece_by_piece_and_told_when_cut() -> None:
    opened = io.BytesIO()
    open_into(io.BytesIO(SEALED), opened, OURS)
    assert opened.getvalue() == TEXT
    for broken in (SEALED[:-1], SEALED[:-70000], SEALED[:50]):
        with pytest.raises(SealFault, match=r"seal\.damaged"):
            open_into(io.BytesIO(broken), io.BytesIO(), OURS)
    with pytest.raises(SealFault, match=r"seal\.not_for_us"):
        open_into(io.BytesIO(SEALED), io.BytesIO(), THEIRS)


def test_a_stick_that_is_pulled_is_not_called_a_damaged_file() -> None:
    class Pulled:
        def read(self, _: int = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        open_into(Pulled(), io.BytesIO(), OURS)


def test_what_the_sink_refuses_reaches_the_caller_as_it_is() -> None:
    refusals: list[SealFault] = []

    class Refusing(io.BytesIO):
        def write(self, _: object, /) -> int:
            refusals.append(SealFault("test.refused"))
            raise refusals[-1]

    with pytest.raises(SealFault) as caught:
        open_into(io.BytesIO(SEALED), Refusing(), OURS)
    assert [caught.value] == refusals, "asked once, and its own words come back"


def test_only_recipients_are_sealed_to() -> None:
    assert is_recipient(OURS.recipient)
    for text in ("", "age1", OURS.recipient.upper(), OURS.recipient + " ", "ssh-ed25519 AAAA"):
        assert not is_recipient(text)
    for recipients in ([], ["age1nobody"], [OURS.recipient, ""]):
        with pytest.raises(SealFault, match=r"seal\.recipient"):
            seal(TEXT, recipients)


def test_a_key_is_kept_and_never_shown() -> None:
    assert SealingKey(OURS.to_bytes()).recipient == OURS.recipient
    assert "SECRET" not in repr(OURS)
    for text in (b"", b"AGE-SECRET-KEY-1", b"\xff", OURS.recipient.encode()):
        with pytest.raises(SealFault, match=r"seal\.key_unreadable"):
            SealingKey(text)


# Laws


@given(st.binary(max_size=1000))
@settings(deadline=None)
def test_what_is_sealed_is_opened(plaintext: bytes) -> None:
    assert open_sealed(seal(plaintext, [OURS.recipient]), [OURS]) == plaintext


@given(st.data())
@settings(deadline=None)
def test_any_changed_byte_is_refused(data: st.DataObject) -> None:
    sealed = bytearray(SEALED)
    place = data.draw(st.one_of(st.integers(0, 300), st.integers(0, len(sealed) - 1)))
    sealed[place] ^= data.draw(st.integers(1, 255))
    assert code_of(bytes(sealed)).startswith("seal.")


@given(st.binary(max_size=300), st.booleans())
@settings(deadline=None)
def test_any_bytes_are_refused_with_a_known_fault(content: bytes, with_magic: bool) -> None:
    start = b"age-encryption.org/v1\n" if with_magic else b""
    assert code_of(start + content).startswith("seal.")
