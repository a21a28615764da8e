"""Laws of the header's bytes."""

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.crypto.keys import DatabaseKey
from fieldkit.domain.entries import canonical
from fieldkit.storage.errors import StorageFault
from fieldkit.storage.header import Header, is_authentic, parse, signed, spell
from fieldkit.storage.versions import HEADER_FORMAT, SCHEMA
from tests.storage.doors import KEYS, header

SIGNED = signed(header(), KEYS.database)
CONTENT = spell(SIGNED)


def framed(body: bytes, form: int = HEADER_FORMAT) -> bytes:
    """Bytes with a right checksum, as somebody who wants to get in would make them."""
    first = b"fieldkit vault %d\n" % form
    return first + hashlib.sha256(first + body).hexdigest().encode() + b"\n" + body


def changed(change: dict[str, Any]) -> bytes:
    file = json.loads(CONTENT.split(b"\n", 2)[2])
    file["header"].update(change)
    return framed(canonical(file))


def refused(content: bytes) -> str:
    with pytest.raises(StorageFault) as fault:
        parse(content)
    return fault.value.code


def test_a_header_survives_its_bytes() -> None:
    assert parse(CONTENT) == SIGNED
    assert spell(parse(CONTENT)) == CONTENT


@given(st.integers(0, len(CONTENT) - 1), st.integers(1, 255))
def test_any_changed_byte_is_damage(place: int, change: int) -> None:
    content = bytearray(CONTENT)
    content[place] ^= change
    assert refused(bytes(content)) == "vault.header_damaged"


@given(st.integers(0, len(CONTENT) - 1))
def test_any_header_cut_short_is_damage(length: int) -> None:
    assert refused(CONTENT[:length]) == "vault.header_damaged"


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    assert refused(content) == "vault.header_damaged"
    assert refused(framed(content)) == "vault.header_damaged"


@given(st.recursive(st.none() | st.integers(-5, 5) | st.text(max_size=3), lambda v: st.lists(v, max_size=3)))
def test_no_value_in_any_field_breaks_the_reader(value: Any) -> None:
    for field in ("vault", "role", "schema", "slots", "sequence", "recovery"):
        try:
            parse(changed({field: value}))
        except StorageFault as fault:
            assert fault.code in {"vault.header_damaged", "vault.newer"}


def test_a_newer_format_is_told_as_newer_whatever_it_holds() -> None:
    assert refused(framed(b"what no version of today knows", HEADER_FORMAT + 1)) == "vault.newer"


def test_a_newer_schema_is_told_as_newer() -> None:
    assert refused(changed({"schema": SCHEMA + 1})) == "vault.newer"


@pytest.mark.parametrize(
    "change",
    [
        {"unknown": 1},
        {"slots": [{}]},
        {"slots": [json.loads(CONTENT.split(b"\n", 2)[2])["header"]["slots"][0]] * 2},
        {"role": "embassy"},
        {"name": "x" * 201},
        {"recovery": "0G"},
        {"sequence": -1},
        {"sequence": True},
    ],
)
def test_what_is_no_header_is_refused_even_with_a_right_checksum(change: dict[str, Any]) -> None:
    assert refused(changed(change)) == "vault.header_damaged"


def test_salt_and_nonce_have_one_length() -> None:
    slots = json.loads(CONTENT.split(b"\n", 2)[2])["header"]["slots"]
    for field in ("salt", "nonce"):
        assert refused(changed({"slots": [slots[0] | {field: "00"}]})) == "vault.header_damaged"


@pytest.mark.parametrize(
    "other",
    [
        replace(SIGNED, name="Other post"),
        replace(SIGNED, sequence=SIGNED.sequence + 1),
        replace(SIGNED, slots=SIGNED.slots[:1]),
        replace(SIGNED, slots=SIGNED.slots[::-1]),
        replace(SIGNED, recovery=b"another office's"),
        replace(SIGNED, role="headquarters"),
        replace(SIGNED, language="fr"),
        replace(SIGNED, schema=0),
    ],
)
def test_the_mac_covers_every_field(other: Header) -> None:
    assert is_authentic(SIGNED, KEYS.database)
    assert not is_authentic(other, KEYS.database)


def test_another_vaults_key_does_not_sign() -> None:
    assert not is_authentic(signed(header(), DatabaseKey(bytes(32))), KEYS.database)


def test_no_key_and_no_phrase_is_in_the_header() -> None:
    assert KEYS.database.raw.hex().encode() not in CONTENT
    assert b"vessel" not in CONTENT
