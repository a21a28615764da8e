"""Enrolment as files: who is trusted, by whose signature, and what is refused."""

import dataclasses
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.crypto.signature import minisign_public_text
from fieldkit.domain.entries import canonical
from fieldkit.sync.faults import TrustFault
from fieldkit.sync.statement import sign_statement, to_file
from fieldkit.sync.trust import (
    DeviceIdentity,
    Trust,
    accept_certificate,
    certify,
    check_certificate,
    read_certificate,
    read_office,
    read_request,
    write_office,
    write_request,
)
from tests.sync.builder import Drawn, Office, Post

OFFICE = Office.founded("Invented Border Service")
OTHER = Office.founded("Another Service")
FILE = OFFICE.file()
TRUSTED = read_office(FILE)
IDENTITY = DeviceIdentity.new("ab" * 16, Drawn("laptop"))
REQUEST = write_request(IDENTITY, TRUSTED, "Invented Post North")
CERTIFICATE = certify(read_request(REQUEST), OFFICE.organisation, OFFICE.certificates).to_bytes()

READERS: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    "office file": (FILE, read_office),
    "device request": (REQUEST, read_request),
    "certificate": (CERTIFICATE, lambda content: read_certificate(content, TRUSTED)),
}


def code_of(reader: Callable[[bytes], object], content: bytes) -> str:
    with pytest.raises(TrustFault) as caught:
        reader(content)
    return caught.value.code


def edited(content: bytes, **fields: Any) -> bytes:
    signed = json.loads(content)
    return canonical({**signed, "statement": {**signed["statement"], **fields}})


# Stories


def test_a_post_enrols_with_three_files() -> None:
    office = read_office(FILE)
    assert (office.name, office.organisation) == ("Invented Border Service", OFFICE.organisation)
    assert office.recipient == OFFICE.sealing.recipient
    request = read_request(REQUEST)
    assert (request.post, request.device, request.key) == (
        "Invented Post North",
        IDENTITY.device,
        IDENTITY.key.public,
    )
    certificate = accept_certificate(CERTIFICATE, office, IDENTITY)
    assert certificate.stream == IDENTITY.stream
    check_certificate(certificate, OFFICE.trust)


def test_the_words_of_two_offices_differ_and_those_of_one_do_not() -> None:
    assert read_office(FILE).fingerprint == read_office(OFFICE.file()).fingerprint
    assert read_office(FILE).fingerprint != read_office(OTHER.file()).fingerprint
    swapped = dataclasses.replace(TRUSTED, recipient=OTHER.sealing.recipient)
    assert read_office(write_office(swapped, OFFICE.certificates)).fingerprint != TRUSTED.fingerprint


def test_a_statement_is_verified_by_hand(tmp_path: Path) -> None:
    signed = json.loads(CERTIFICATE)
    statement = json.dumps(signed["statement"], separators=(",", ":"), sort_keys=True)
    (tmp_path / "s").write_text(statement, encoding="utf-8")
    (tmp_path / "s.minisig").write_text(signed["signature"], encoding="utf-8")
    (tmp_path / "hq.pub").write_text(minisign_public_text(OFFICE.certificates.public), encoding="utf-8")
    command = ["minisign", "-V", "-p", "hq.pub", "-m", "s"]
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert "fieldkit certificate" in checked.stdout


def test_an_identity_comes_back_from_the_vault_as_it_went_in() -> None:
    again = DeviceIdentity.from_bytes(IDENTITY.to_bytes())
    assert (again.device, again.stream, again.key.public) == (
        IDENTITY.device,
        IDENTITY.stream,
        IDENTITY.key.public,
    )
    assert IDENTITY.key.to_bytes().hex() not in repr(IDENTITY)


def test_the_wrong_file_at_a_step_is_named() -> None:
    for name, (_, reader) in READERS.items():
        for other, (content, _) in READERS.items():
            if other != name:
                assert code_of(reader, content) == "trust.other_file"
        assert code_of(reader, b"a photograph") == "trust.unreadable"


def test_a_request_signed_by_somebody_else_is_refused() -> None:
    other = DeviceIdentity.new("cd" * 16, Drawn("other"))
    forged = sign_statement("device request", _fields(REQUEST), other.key)
    assert code_of(read_request, to_file(forged)) == "trust.not_signed"


def test_an_office_file_that_names_a_key_it_cannot_sign_with_is_refused() -> None:
    forged = sign_statement("office", _fields(FILE), OTHER.certificates)
    assert code_of(read_office, to_file(forged)) == "trust.not_signed"


def test_a_certificate_of_another_office_or_laptop_is_refused() -> None:
    post = Post.enrolled("Elsewhere", OTHER)
    assert code_of(READERS["certificate"][1], post.certificate.to_bytes()) == "trust.other_office"
    with pytest.raises(TrustFault, match=r"trust\.other_office"):
        certify(read_request(REQUEST), OTHER.organisation, OTHER.certificates)
    with pytest.raises(TrustFault, match=r"trust\.not_ours"):
        accept_certificate(CERTIFICATE, TRUSTED, DeviceIdentity.new("ab" * 16, Drawn("third")))


def test_a_certificate_signed_with_any_other_key_is_refused() -> None:
    forged = certify(read_request(REQUEST), OFFICE.organisation, OFFICE.receipts)
    assert code_of(READERS["certificate"][1], forged.to_bytes()) == "trust.not_signed"


def test_a_revoked_laptop_is_named() -> None:
    certificate = read_certificate(CERTIFICATE, TRUSTED)
    for revoked in (certificate.device, certificate.stream):
        trust = Trust(OFFICE.organisation, OFFICE.certificates.public, frozenset({revoked}))
        with pytest.raises(TrustFault, match=r"trust\.revoked"):
            check_certificate(certificate, trust)


@pytest.mark.parametrize(
    "post", ["", " ", "two\nlines", "x" * 121, "turned\u202eround", "end ", "No\u200brth", "\ufeffNorth"]
)
def test_a_name_that_could_disguise_itself_is_not_used(post: str) -> None:
    with pytest.raises(TrustFault, match=r"trust\.name"):
        write_request(IDENTITY, TRUSTED, post)
    forged = sign_statement("device request", {**_fields(REQUEST), "post": post}, IDENTITY.key)
    assert code_of(read_request, to_file(forged)) == "trust.unreadable"


def test_names_in_every_script_are_used() -> None:
    for post in ("Poste frontière", "نقطة الحدود", "ኬላ", "پاسگاه می‌شود", "अस्थायी"):
        assert read_request(write_request(IDENTITY, TRUSTED, post)).post == post


@pytest.mark.parametrize("name", READERS)
def test_a_newer_format_is_told_apart_from_damage(name: str) -> None:
    content, reader = READERS[name]
    assert code_of(reader, edited(content, format=2, unheard="of")) == "trust.newer"
    assert code_of(reader, edited(content, format=0)) == "trust.unreadable"
    assert code_of(reader, edited(content, format=True)) == "trust.unreadable"
    assert code_of(reader, edited(content, unheard="of")) == "trust.unreadable"


# Laws


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
def test_any_changed_byte_is_refused(name: str, data: st.DataObject) -> None:
    content, reader = READERS[name]
    changed = bytearray(content)
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    assert code_of(reader, bytes(changed)).startswith("trust.")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
def test_any_value_in_any_field_is_refused_with_a_known_fault(name: str, data: st.DataObject) -> None:
    content, reader = READERS[name]
    field = data.draw(st.sampled_from(sorted(_fields(content))))
    assert code_of(reader, edited(content, **{field: data.draw(JSON)})).startswith("trust.")


@given(st.binary(max_size=100), JSON)
def test_any_bytes_are_refused_with_a_known_fault(content: bytes, value: Any) -> None:
    for _, reader in READERS.values():
        assert code_of(reader, content).startswith("trust.")
        assert code_of(reader, canonical({"signature": "", "statement": value})).startswith("trust.")


def _fields(content: bytes) -> dict[str, Any]:
    statement: dict[str, Any] = json.loads(content)["statement"]
    return {name: value for name, value in statement.items() if name not in {"format", "kind"}}
