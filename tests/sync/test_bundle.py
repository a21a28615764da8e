"""Bundles: opened by hand with stock tools, built by hand with stock tools, and refused when touched."""

import json
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.crypto.sealing import SealingKey, open_sealed, seal
from fieldkit.crypto.signature import SigningKey, minisign_public_text, minisign_sign
from fieldkit.domain.entries import canonical
from fieldkit.sync.bundle import bundle_name, open_bundle
from fieldkit.sync.contents import MIN_PADDED_BYTES, padded_size, write_archive
from fieldkit.sync.faults import BundleFault
from fieldkit.sync.format import BLOCK, END
from fieldkit.sync.manifest import read_manifest, write_manifest
from tests.crypto.test_signature import stock_secret_key
from tests.sync.builder import Drawn, Office, Post
from tests.sync.test_format import STOCK, read

OFFICE = Office.founded("Invented Border Service")
POST = Post.enrolled("Invented Post North", OFFICE).write_many(3)
POST.write("private", note="not for headquarters")
BUNDLE = POST.export(private="private")
ARCHIVE = open_sealed(BUNDLE, [OFFICE.sealing])
PARTS = read(ARCHIVE)
MANIFEST = json.loads(PARTS["manifest.json"])


def code_of(bundle: bytes, key: SealingKey = OFFICE.sealing) -> str:
    with pytest.raises(BundleFault) as caught:
        open_bundle(bundle, [key], OFFICE.trust)
    return caught.value.code


def resealed(archive: bytes) -> bytes:
    return seal(archive, [OFFICE.sealing.recipient])


def signed_again(manifest: bytes, key: SigningKey = POST.identity.key, comment: str = "") -> bytes:
    """The bundle with another manifest, signed properly by whoever holds `key`."""
    comment = comment or f"fieldkit bundle {MANIFEST['bundle']}"
    files = [(name, PARTS[name]) for name in ("entries.jsonl", "payloads.jsonl")]
    return resealed(write_archive(manifest, minisign_sign(key, manifest, comment), files))


def edited(**fields: Any) -> bytes:
    return canonical({**MANIFEST, **fields})


def run(folder: Path, *command: str, content: bytes | None = None) -> bytes:
    done = subprocess.run(command, cwd=folder, input=content, capture_output=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


# Stories of work by hand


def test_a_bundle_opens_by_hand_with_age_tar_and_minisign(tmp_path: Path) -> None:
    (tmp_path / "headquarters.key").write_bytes(OFFICE.sealing.to_bytes())
    (tmp_path / "post.pub").write_text(minisign_public_text(POST.identity.key.public))
    run(tmp_path, "tar", "-x", content=run(tmp_path, "age", "-d", "-i", "headquarters.key", content=BUNDLE))
    checked = run(tmp_path, "minisign", "-V", "-p", "post.pub", "-m", "manifest.json")
    assert f"fieldkit bundle {MANIFEST['bundle']}".encode() in checked
    listed = "".join(f"{file['digest']}  {file['name']}\n" for file in MANIFEST["files"])
    run(tmp_path, "sha256sum", "-c", "--strict", content=listed.encode())
    entries = (tmp_path / "entries.jsonl").read_bytes().splitlines()
    payloads = [json.loads(line) for line in (tmp_path / "payloads.jsonl").read_bytes().splitlines()]
    assert [sha256(line).hexdigest() for line in entries][-1] == MANIFEST["head"]["digest"]
    assert [json.loads(line)["payload"] for line in entries][:3] == [each["digest"] for each in payloads]
    for each in payloads:
        content = json.dumps(each["content"], separators=(",", ":"), sort_keys=True).encode()
        assert sha256(bytes.fromhex(each["salt"]) + content).hexdigest() == each["digest"]
    assert b"not for headquarters" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_a_bundle_built_by_hand_from_the_same_parts_opens(tmp_path: Path) -> None:
    for name in ("manifest.json", "entries.jsonl", "payloads.jsonl", "padding"):
        (tmp_path / name).write_bytes(PARTS[name])
    (tmp_path / "post.key").write_text(stock_secret_key(POST.identity.key))
    comment = f"fieldkit bundle {MANIFEST['bundle']}"
    run(
        tmp_path, "minisign", "-S", "-W", "-s", "post.key", "-m", "manifest.json", "-t", comment,
        "-c", "signed by fieldkit",
    )  # fmt: skip
    archive = run(tmp_path, "tar", "-c", *STOCK, *PARTS)
    assert archive == ARCHIVE
    bundle = run(tmp_path, "age", "-r", OFFICE.sealing.recipient, content=archive)
    assert open_bundle(bundle, [OFFICE.sealing], OFFICE.trust) == open_bundle(
        BUNDLE, [OFFICE.sealing], OFFICE.trust
    )


# Stories of what it says and hides


def test_the_manifest_has_exactly_the_fields_of_the_design() -> None:
    assert set(MANIFEST) == {
        "bundle", "certificate", "files", "first", "format", "head", "kind", "last", "recipient", "stream",
        "versions",
    }  # fmt: skip
    assert (MANIFEST["first"], MANIFEST["last"], MANIFEST["head"]["number"]) == (1, 4, 4)
    assert MANIFEST["recipient"] == sha256(OFFICE.sealing.recipient.encode()).hexdigest()
    assert MANIFEST["versions"] == {"rules": "2026-11"}


def test_neither_size_nor_name_nor_bytes_tell_anything() -> None:
    few, many = Post.enrolled("Few", OFFICE).write_many(1), Post.enrolled("Many", OFFICE).write_many(500)
    sizes = {len(open_sealed(post.export(), [OFFICE.sealing])) for post in (few, many)}
    assert sizes == {MIN_PADDED_BYTES}
    assert len(bundle_name(Drawn("name"))) == len("0123456789abcdef.fkb")
    assert bundle_name(Drawn("one")) != bundle_name(Drawn("two"))
    assert b"Invented" not in BUNDLE
    assert POST.identity.stream.encode() not in BUNDLE


def test_an_old_and_a_new_key_of_headquarters_both_open() -> None:
    new = SealingKey.generate()
    assert open_bundle(BUNDLE, [new, OFFICE.sealing], OFFICE.trust).sender.post == "Invented Post North"


# Stories of what is refused


def test_for_somebody_else() -> None:
    assert code_of(BUNDLE, SealingKey.generate()) == "bundle.not_for_us"


def test_another_file() -> None:
    assert code_of(b"") == "bundle.not_a_bundle"
    assert code_of(b"PK\x03\x04 a spreadsheet") == "bundle.not_a_bundle"


@pytest.mark.parametrize("kept", [30, 100, 300, 70_000, pytest.param(len(BUNDLE) - 1, id="one byte")])
def test_truncated(kept: int) -> None:
    assert code_of(BUNDLE[:kept]) == "bundle.incomplete"


def test_stretched() -> None:
    assert code_of(BUNDLE + b"\0") == "bundle.incomplete"


def test_forwarded_to_another_office() -> None:
    other = Office.founded("Other")
    forwarded = seal(ARCHIVE, [other.sealing.recipient])
    with pytest.raises(BundleFault, match=r"bundle\.other_recipient"):
        open_bundle(forwarded, [other.sealing], OFFICE.trust)


def test_from_a_laptop_of_another_organisation() -> None:
    stranger = Post.enrolled("Stranger", Office.founded("Other")).write_many(1)
    stranger.office = POST.office
    assert code_of(stranger.export()) == "bundle.unknown_device"


def test_from_a_laptop_that_certified_itself() -> None:
    stranger = Post.enrolled("Stranger", Office(**{**vars(OFFICE), "certificates": SigningKey(bytes(32))}))
    stranger.office = POST.office
    assert code_of(stranger.write_many(1).export()) == "bundle.unknown_device"


@pytest.mark.parametrize("what", ["device", "stream"])
def test_from_a_revoked_laptop(what: str) -> None:
    revoking = Office(**{**vars(OFFICE), "revoked": frozenset({getattr(POST.certificate, what)})})
    with pytest.raises(BundleFault, match=r"bundle\.revoked_device") as caught:
        revoking.open(BUNDLE)
    assert caught.value.data["post"] == "Invented Post North"


def test_under_another_stream_name() -> None:
    assert code_of(signed_again(edited(stream="cd" * 16))) == "bundle.replayed"


def test_with_somebody_elses_certificate() -> None:
    other = Post.enrolled("Other", OFFICE)
    stolen = edited(certificate=other.certificate.signed, stream=other.identity.stream)
    assert code_of(signed_again(stolen)) == "bundle.altered"


def test_with_its_signature_exchanged_or_dropped() -> None:
    assert code_of(signed_again(PARTS["manifest.json"], SigningKey(bytes(32)))) == "bundle.altered"
    assert code_of(signed_again(PARTS["manifest.json"], comment="something else")) == "bundle.altered"
    assert code_of(resealed(write_archive(PARTS["manifest.json"], b"", []))) == "bundle.altered"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda: {"format": 2}, "bundle.newer"),
        (lambda: {"format": 2, "unheard": "of"}, "bundle.newer"),
        (lambda: {"format": 0}, "bundle.altered"),
        (lambda: {"format": "1"}, "bundle.altered"),
        (lambda: {"unheard": "of"}, "bundle.altered"),
        (lambda: {"kind": "field to anybody"}, "bundle.altered"),
        (lambda: {"bundle": 7}, "bundle.altered"),
        (lambda: {"first": 0}, "bundle.altered"),
        (lambda: {"first": True}, "bundle.altered"),
        (lambda: {"first": 5}, "bundle.altered"),
        (lambda: {"last": 2**53 - 1}, "bundle.altered"),
        (lambda: {"head": {"digest": "", "number": 4}}, "bundle.altered"),
        (lambda: {"head": []}, "bundle.altered"),
        (lambda: {"recipient": None}, "bundle.altered"),
        (lambda: {"versions": {"rules": 1}}, "bundle.altered"),
        (lambda: {"versions": {str(number): "1" for number in range(17)}}, "bundle.altered"),
        (lambda: {"files": []}, "bundle.altered"),
        (lambda: {"files": [*MANIFEST["files"], MANIFEST["files"][0]]}, "bundle.altered"),
        (lambda: {"files": [{**MANIFEST["files"][0], "name": "../up"}]}, "bundle.altered"),
        (lambda: {"files": [{**MANIFEST["files"][0], "length": 10**12}]}, "bundle.altered"),
        (lambda: {"files": MANIFEST["files"][::-1]}, "bundle.altered"),
        (lambda: {"certificate": {}}, "bundle.altered"),
        (lambda: {"certificate": "none"}, "bundle.altered"),
    ],
)
def test_a_manifest_that_one_of_ours_should_not_have_signed(
    change: Callable[[], dict[str, object]], code: str
) -> None:
    assert code_of(signed_again(edited(**change()))) == code


def test_another_order_of_files() -> None:
    files = [(name, PARTS[name]) for name in ("payloads.jsonl", "entries.jsonl")]
    archive = write_archive(PARTS["manifest.json"], PARTS["manifest.json.minisig"], files)
    assert code_of(resealed(archive)) == "bundle.altered"


def test_something_hidden_in_the_padding() -> None:
    archive = bytearray(ARCHIVE)
    archive[-len(END) - 5] = 1
    assert code_of(resealed(bytes(archive))) == "bundle.altered"


def test_a_padding_of_another_length() -> None:
    doubled = ARCHIVE + bytes(len(ARCHIVE))
    assert code_of(resealed(doubled)) == "bundle.altered"
    assert code_of(resealed(ARCHIVE[: -len(END) - BLOCK] + END)) == "bundle.incomplete"


# Laws


@given(st.integers(0, 1 << 28))
def test_an_archive_is_padded_to_the_next_power_of_two(used: int) -> None:
    padded = padded_size(used)
    assert padded.bit_count() == 1
    assert padded >= max(MIN_PADDED_BYTES, used + BLOCK + len(END))
    assert padded == MIN_PADDED_BYTES or padded // 2 < used + BLOCK + len(END)


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_any_changed_byte_of_a_bundle_is_refused(data: st.DataObject) -> None:
    bundle = bytearray(BUNDLE)
    place = data.draw(st.one_of(st.integers(0, 400), st.integers(0, len(bundle) - 1)))
    bundle[place] ^= data.draw(st.integers(1, 255))
    assert code_of(bytes(bundle)).startswith("bundle.")


@given(st.data())
@settings(deadline=None, max_examples=250)
def test_any_changed_byte_of_the_archive_is_refused(data: st.DataObject) -> None:
    archive = bytearray(ARCHIVE)
    full = sum(len(content) for name, content in PARTS.items() if name != "padding")
    place = data.draw(st.one_of(st.integers(0, full + 6 * BLOCK), st.integers(0, len(archive) - 1)))
    archive[place] ^= data.draw(st.integers(1, 255))
    assert code_of(resealed(bytes(archive))).startswith("bundle.")


@given(st.data())
def test_a_changed_byte_of_the_manifest_is_another_manifest_or_none(data: st.DataObject) -> None:
    manifest = bytearray(PARTS["manifest.json"])
    manifest[data.draw(st.integers(0, len(manifest) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        assert write_manifest(read_manifest(bytes(manifest))) == manifest
    except BundleFault as fault:
        assert fault.code in {"bundle.altered", "bundle.newer"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(st.sampled_from(sorted(MANIFEST)), JSON)
def test_any_value_in_any_field_of_the_manifest_is_read_or_refused(name: str, value: object) -> None:
    try:
        read_manifest(edited(**{name: value}))
    except BundleFault as fault:
        assert fault.code in {"bundle.altered", "bundle.newer"}
