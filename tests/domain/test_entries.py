"""Laws of the entry: one spelling, one identity, nothing half-read."""

import dataclasses
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain import entries
from fieldkit.domain.entries import (
    MAX_ENTRY_BYTES,
    Entry,
    Payload,
    canonical,
    digest,
    entry_bytes,
    read_entry,
    read_object,
)
from fieldkit.domain.errors import ForeignFault

HEX64 = st.binary(min_size=32, max_size=32).map(bytes.hex)
HEX32 = st.binary(min_size=16, max_size=16).map(bytes.hex)
WORDS = st.text(min_size=1, max_size=20)

ENTRIES = st.builds(
    Entry,
    stream=HEX32,
    number=st.integers(1, 2**53 - 1),
    previous=st.one_of(st.just(""), HEX64),
    at=WORDS,
    actor=WORDS,
    subject=st.builds(lambda kind, name: f"{kind}/{name}", WORDS, WORDS),
    kind=WORDS,
    replaces=st.lists(HEX64, max_size=4).map(tuple),
    payload=HEX64,
)


@given(ENTRIES)
def test_what_is_written_is_read_back(entry: Entry) -> None:
    assert read_entry(entry_bytes(entry)) == entry


PLAIN = st.text(st.sampled_from("ab/ é\u2028\x7f\U0001f600"), max_size=5)


@given(st.builds(dataclasses.replace, ENTRIES, actor=PLAIN, at=PLAIN, kind=PLAIN, subject=PLAIN), st.data())
def test_the_quick_reader_reads_what_the_careful_one_reads(entry: Entry, data: st.DataObject) -> None:
    """A pattern reads plain entries without parsing them; it must never take what the parser would refuse."""
    content = bytearray(entry_bytes(entry))
    for _ in range(data.draw(st.integers(0, 2))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 2))] = data.draw(
            st.sampled_from([b"", b'"', b",", b"/", b"0", b"\\", b"\xc3", b"a", b'","'])
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entries, "_PLAIN_ENTRY", re.compile(rb"(?!)"))
        careful = _read(bytes(content))
    assert _read(bytes(content)) == careful


def _read(content: bytes) -> Entry | str:
    try:
        return read_entry(content)
    except ForeignFault as fault:
        return fault.code


@given(ENTRIES, st.data())
def test_a_changed_byte_is_another_entry_or_none(entry: Entry, data: st.DataObject) -> None:
    content = bytearray(entry_bytes(entry))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    try:
        changed = read_entry(bytes(content))
    except ForeignFault:
        return
    assert changed != entry
    assert digest(entry_bytes(changed)) != digest(entry_bytes(entry))


@given(st.binary(max_size=300))
def test_foreign_bytes_are_refused_with_a_code(content: bytes) -> None:
    with pytest.raises(ForeignFault):
        read_entry(content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"x" * (MAX_ENTRY_BYTES + 1), "entry.too_large"),
        (b'{"format":2}', "entry.newer"),
        (b'{"format":1}', "entry.unreadable"),
        (b"[" * 60_000, "entry.unreadable"),
    ],
)
def test_each_refusal_has_its_own_code(content: bytes, code: str) -> None:
    with pytest.raises(ForeignFault) as caught:
        read_entry(content)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "content", [b'{"a":1.5}', b'{"a":NaN}', b'{ "a":1}', b'{"b":1,"a":2}', b"[1]", b"\xff"]
)
def test_only_the_one_spelling_without_floats_is_read(content: bytes) -> None:
    with pytest.raises(ForeignFault):
        read_object(content, "some.code")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.text(st.sampled_from('a\uffff\ue000\U0001f600\u2028\x7f\x1f"\\'), max_size=4)


@given(st.dictionaries(st.text(max_size=6) | NAMES, JSON | NAMES, max_size=5))
def test_whatever_is_spelled_by_rfc_8785_is_read_and_nothing_else(value: dict[str, Any]) -> None:
    """Reading compares with a quicker writer than the one that spells: the two must never differ."""
    content = canonical(value)
    assert read_object(content, "test.code") == value
    loose = json.dumps(value).encode()
    if loose != content:
        with pytest.raises(ForeignFault):
            read_object(loose, "test.code")


@pytest.mark.parametrize(
    "content",
    [
        b'{"a":9007199254740993}',
        b'{"a":[1,-9007199254740993]}',
        b'{"\xef\xbf\xbf":1,"\xf0\x9f\x98\x80":2}',  # in the order of code points, not of UTF-16
        b'{"a":1,"a":2}',
        b'{"a":"\\u0041"}',
        b'{"a":"\\ud800"}',
        b'{"a":-0}',
        b'\xef\xbb\xbf{"a":1}',
        '{"a":1}'.encode("utf-16"),
        b'{"a":' + b"[" * 3000 + b"]" * 3000 + b"}",
    ],
)
def test_what_two_writers_might_spell_differently_is_refused(content: bytes) -> None:
    with pytest.raises(ForeignFault):
        read_object(content, "test.code")


def test_deep_nesting_is_read_by_the_writer_that_spells_it() -> None:
    value: Any = 1
    for _ in range(150):
        value = [value]
    content = canonical({"a": value})
    assert read_object(content, "test.code") == {"a": value}


def test_salt_hides_equal_payloads_from_each_other() -> None:
    content = canonical({"answer": "yes"})
    assert Payload(b"a" * 32, content).digest != Payload(b"b" * 32, content).digest


def test_an_entry_cannot_be_changed_in_place() -> None:
    entry = Entry("0" * 32, 1, "", "2026-01-01T00:00:00+00:00", "p", "case/1", "k", (), "0" * 64)
    with pytest.raises(dataclasses.FrozenInstanceError):
        entry.number = 2  # type: ignore[misc]
