"""Letters, contact files and sealed records as bytes: one spelling, one size, refused when anything is off."""

import io
import json
import tarfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.crypto.sealing import SealingKey, open_sealed, seal
from fieldkit.crypto.signature import SigningKey
from fieldkit.domain.errors import PersonFault, ProgramFault
from fieldkit.sync import complaints
from fieldkit.sync.contact_file import LetterKeys, read_contact, typed_contact, write_contact
from fieldkit.sync.shares import (
    MAX_SEALED_BYTES,
    MIN_PADDED_BYTES,
    Kind,
    LetterFault,
    open_letter,
    seal_letter,
)
from tests.worlds import CountedRandomness

OURS, OTHERS = SealingKey.generate(), SealingKey.generate()
KEY = SigningKey(b"k" * 32)
RECEIPT = {"id": "5a" * 16, "by": "Lake post (invented)", "day": "2026-03-02"}
LETTER = seal_letter(Kind.RECEIPT, RECEIPT, "Taken over.\n", key=KEY, recipient=OURS.recipient)
PLAIN = open_sealed(LETTER, [OURS])


def test_a_letter_comes_back_as_it_was_written() -> None:
    letter = open_letter(LETTER, [OTHERS, OURS])
    letter.check(KEY.public)
    assert (letter.kind, dict(letter.fields), letter.text) == (Kind.RECEIPT, RECEIPT, "Taken over.\n")
    with pytest.raises(LetterFault, match=r"letter\.unknown_sender"):
        letter.check(SigningKey(b"x" * 32).public)


def test_its_size_tells_nothing_of_what_is_in_it() -> None:
    longer = seal_letter(Kind.RECEIPT, RECEIPT, "x" * 9_000, key=KEY, recipient=OURS.recipient)
    assert len(PLAIN) == len(open_sealed(longer, [OURS])) == MIN_PADDED_BYTES


def test_what_was_sealed_again_for_somebody_else_is_refused() -> None:
    """Whoever receives a letter cannot pass it on as if it had been written to the next one."""
    with pytest.raises(LetterFault, match=r"letter\.not_for_us"):
        open_letter(seal(PLAIN, [OTHERS.recipient]), [OTHERS])


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(PLAIN) - 1), st.integers(1, 255))
def test_no_byte_of_the_archive_can_be_changed(place: int, change: int) -> None:
    altered = bytearray(PLAIN)
    altered[place] ^= change
    with pytest.raises(LetterFault):
        open_letter(seal(bytes(altered), [OURS.recipient]), [OURS]).check(KEY.public)


@pytest.mark.parametrize("plain", [b"", b"x", PLAIN[:-512], PLAIN + bytes(512), bytes(len(PLAIN))])
def test_what_is_no_letter_is_refused(plain: bytes) -> None:
    with pytest.raises(LetterFault, match=r"letter\.unreadable"):
        open_letter(seal(plain, [OURS.recipient]), [OURS])


def test_what_is_too_large_is_not_opened() -> None:
    with pytest.raises(LetterFault, match=r"letter\.too_large"):
        open_letter(b"x" * (MAX_SEALED_BYTES + 1), [OURS])


@pytest.mark.parametrize(
    "wrong",
    [
        {**RECEIPT, "more": "x"},
        {"id": "5a" * 16, "by": "x"},
        {**RECEIPT, "by": "x\x1b[2J"},
        {**RECEIPT, "by": 7},
        {**RECEIPT, "by": "x" * 5_000},
    ],
)
def test_nothing_leaves_that_the_other_side_would_refuse(wrong: dict[str, str | int]) -> None:
    with pytest.raises(LetterFault, match=r"letter\.unreadable"):
        seal_letter(Kind.RECEIPT, wrong, "x", key=KEY, recipient=OURS.recipient)


def test_a_newer_letter_is_told_as_that() -> None:
    newer = PLAIN.replace(b'"format":1', b'"format":2')
    with pytest.raises(LetterFault, match=r"letter\.newer"):
        open_letter(seal(newer, [OURS.recipient]), [OURS])


# --- contact files --------------------------------------------------------------------------------------


def test_a_contact_file_names_a_place_and_its_keys_and_is_signed_by_them() -> None:
    keys = LetterKeys.new(CountedRandomness("contact"))
    content = write_contact(keys, "Lake post (invented)")
    read = read_contact(content)
    assert (read.name, read.recipient, read.key) == (
        "Lake post (invented)",
        keys.sealing.recipient,
        keys.signing.public,
    )
    for place in range(0, len(content), 7):
        altered = bytearray(content)
        altered[place] ^= 1
        with pytest.raises(LetterFault, match=r"contact\.unreadable"):
            read_contact(bytes(altered))


def test_renewed_keys_still_open_what_was_sealed_to_the_former_ones() -> None:
    keys = LetterKeys.new(CountedRandomness("contact"))
    letter = seal_letter(Kind.RECEIPT, RECEIPT, "x", key=KEY, recipient=keys.sealing.recipient)
    renewed = LetterKeys.from_bytes(keys.renewed().to_bytes())
    assert renewed.sealing.recipient != keys.sealing.recipient
    assert renewed.signing.public == keys.signing.public
    assert dict(open_letter(letter, renewed.opening).fields) == RECEIPT


@pytest.mark.parametrize(
    ("name", "recipient", "code"),
    [
        ("Invented", "age1nothing", "contact.key"),
        ("Invented", OURS.recipient.upper(), "contact.key"),
        ("", OURS.recipient, "contact.name"),
        ("Two\nlines", OURS.recipient, "contact.name"),
    ],
    ids=["no key", "capitals", "no name", "two lines"],  # keys differ from process to process
)
def test_a_typed_key_or_name_that_cannot_be_is_refused(name: str, recipient: str, code: str) -> None:
    with pytest.raises(LetterFault, match=code):
        typed_contact(name, recipient)


# --- sealed records -------------------------------------------------------------------------------------


def test_a_complaint_and_a_blank_have_the_same_size_and_the_body_tells_them_apart() -> None:
    told = complaints.seal_record(complaints.written("He hit me.", "Post", "2026-W10"), OURS.recipient)
    blank = complaints.seal_record(complaints.blank(), OURS.recipient)
    assert len(told) == len(blank) == complaints.RECORD_BYTES
    opened = [json.loads(open_sealed(one, [OURS])) for one in (told, blank)]
    assert [one["text"] for one in opened] == ["He hit me.", ""]
    assert opened[0].keys() == opened[1].keys()


@given(st.text(min_size=1, max_size=3000).filter(str.strip))
def test_every_text_fills_a_record_exactly_or_is_too_long(text: str) -> None:
    try:
        plain = complaints.written(text, "Post", "2026-W10")
    except PersonFault as fault:
        assert fault.code == "complaint.too_long"
        assert len(text.encode("utf-8", "surrogatepass")) * 6 > complaints.room("Post")
        return
    assert len(plain) == complaints.PLAIN_BYTES
    assert json.loads(plain)["text"] == text.strip()


def test_a_stack_is_a_plain_tar_of_32_records() -> None:
    record = bytes(complaints.RECORD_BYTES)
    with tarfile.open(fileobj=io.BytesIO(complaints.stack([record] * complaints.STACK))) as stack:
        assert stack.getnames() == [f"{place:02}.age" for place in range(1, complaints.STACK + 1)]
    with pytest.raises(ProgramFault):
        complaints.stack([record] * (complaints.STACK - 1))
