"""Content packs by TUF: two of three sign, one number for all, nothing changed is believed."""

import json
import os
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fieldkit.crypto.signature import SigningKey
from fieldkit.domain.errors import DeviceFault
from fieldkit.sync.packs import layout, signing
from fieldkit.sync.packs.anchor import Anchor, read_anchor, write_anchor
from fieldkit.sync.packs.faults import PackFault
from fieldkit.sync.packs.stick import Stick
from fieldkit.sync.packs.verified import Held, Verified, fetch, verify
from fieldkit.sync.trust import read_office
from tests.sync.builder import Office
from tests.sync.pack_builder import (
    ANCHOR,
    EXPIRES,
    FILES,
    KEYS,
    ORGANISATION,
    PUBLIC,
    ROOT,
    Disk,
    laid_out,
    reads,
    signed,
)

MUTATIONS = 1500


def taken(disk: Disk, known: Anchor | Held = ANCHOR) -> tuple[Verified, dict[str, bytes]]:
    """The pack with all its files, as a post takes it."""
    verified = verify(reads(disk), known)
    return verified, {name: fetch(reads(disk), file) for name, file in verified.files.items()}


def refusal(disk: Disk, known: Anchor | Held = ANCHOR) -> str:
    with pytest.raises(PackFault) as caught:
        taken(disk, known)
    return caught.value.code


def after(number: int, **files: bytes) -> Disk:
    """A later pack, on the root of the first one as it was signed."""
    first = taken(signed(laid_out(), 0, 1))[0]
    content = {**FILES, "pack.json": json.dumps({"number": number}).encode(), **files}
    return signed(laid_out(number, first.held.roots, content), 1, 2)


# What is believed


@pytest.mark.parametrize("keys", [(0, 1), (1, 0), (0, 2), (2, 1)])
def test_any_two_of_three_people_make_a_pack_that_is_believed(keys: tuple[int, int]) -> None:
    verified, files = taken(signed(laid_out(), *keys))
    assert (verified.number, files) == (1, FILES)


@pytest.mark.parametrize("keys", [(), (0,), (2,)])
def test_less_than_two_signatures_are_not_enough(keys: tuple[int, ...]) -> None:
    assert refusal(signed(laid_out(), *keys)) == "pack.not_signed"


def test_one_stick_signs_once_and_a_strange_one_never() -> None:
    disk = signed(laid_out(), 0)
    for key, code in ((KEYS[0], "pack.signed_already"), (KEYS[4], "pack.not_our_key")):
        with pytest.raises(PackFault) as caught:
            signing.sign(reads(disk), key)
        assert caught.value.code == code
    with pytest.raises(PackFault) as caught:
        signing.sign(reads(signed(disk, 1)), KEYS[2])
    assert caught.value.code == "pack.complete"


def test_whoever_signs_second_does_not_sign_what_was_changed_after_the_first() -> None:
    disk = signed(laid_out(), 0)
    name = next(name for name in disk if name.startswith(layout.TARGETS_FOLDER))
    with pytest.raises(PackFault) as caught:
        signed({**disk, name: disk[name] + b"x"}, 1)
    assert caught.value.code == "pack.altered"


def test_a_later_pack_is_taken_and_the_same_one_twice_is_told() -> None:
    held = taken(signed(laid_out(), 0, 1))[0].held
    assert taken(after(2), held)[0].number == 2
    assert refusal(signed(laid_out(), 0, 1), held) == "pack.held"


def test_a_new_post_takes_the_newest_pack_at_once() -> None:
    assert taken(after(7))[0].number == 7


# What is refused


def test_rollback_is_refused() -> None:
    held = taken(after(3))[0].held
    assert refusal(after(2), held) == "pack.older"
    assert refusal(signed(laid_out(), 0, 1), held) == "pack.older"


def test_a_second_pack_with_the_same_number_is_refused() -> None:
    held = taken(after(2))[0].held
    assert refusal(after(2, **{"leaflets.csv": b"other"}), held) == "pack.forked"


@pytest.mark.parametrize("part", [layout.snapshot_file, layout.targets_file])
def test_parts_of_two_packs_do_not_mix(part: Callable[[int], str]) -> None:
    one, two, same = after(2), after(3), after(2, **{"more.csv": b"more"})
    assert refusal({**two, part(3): one[part(2)]}) == "pack.mixed"
    assert refusal({**one, part(2): same[part(2)]}) == "pack.mixed"


def test_a_timestamp_of_another_pack_is_refused() -> None:
    one, two = after(2), after(3)
    assert refusal({**two, layout.TIMESTAMP: one[layout.TIMESTAMP]}) == "pack.incomplete"


def test_keys_that_headquarters_never_named_are_refused() -> None:
    root = signing.first_root([key.public for key in KEYS[2:5]], EXPIRES)
    assert refusal(signed(laid_out(roots=(root,)), 2, 3)) == "pack.other_root"


def test_a_pack_of_another_root_is_refused_by_a_post_that_has_one() -> None:
    root = signing.first_root([key.public for key in KEYS[2:5]], EXPIRES)
    held = taken(signed(laid_out(), 0, 1))[0].held
    assert refusal(signed(laid_out(5, (root,)), 2, 3), held) == "pack.not_signed"


def test_a_file_that_was_altered_cut_or_is_missing_is_refused() -> None:
    disk = signed(laid_out(), 0, 1)
    name = next(name for name in disk if name.startswith(layout.TARGETS_FOLDER))
    for content in (disk[name][:-1], disk[name] + b"\n", b"\x00" * len(disk[name])):
        assert refusal({**disk, name: content}) == "pack.altered"
    for gone in disk:
        if gone != layout.ANCHOR:
            assert refusal({other: content for other, content in disk.items() if other != gone}) in (
                "pack.incomplete",
                "pack.not_a_pack",
            )


@pytest.mark.parametrize(
    "name", ["../x", "/etc/x", "a/../b", "a\\b", "C:x", "a//b", ".x", "a/b/c/d/e", "x\x00", ""]
)
def test_names_that_point_elsewhere_are_neither_made_nor_taken(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(PackFault) as caught:
        laid_out(files={name: b"x"})
    assert caught.value.code == "pack.name"
    monkeypatch.setattr(layout, "is_name", lambda text: True)
    try:
        disk = signed(laid_out(files={name: b"x"}), 0, 1)  # two people at headquarters signed it all the same
    except ValueError:
        return  # the library itself writes no such name
    monkeypatch.undo()
    assert refusal(disk) == "pack.name"


def test_what_is_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    disk = signed(laid_out(), 0, 1)
    monkeypatch.setattr(layout, "MAX_TOTAL", 20)
    assert refusal(disk) == "pack.too_large"
    monkeypatch.undo()
    monkeypatch.setattr(layout, "MAX_FILES", 2)
    assert refusal(disk) == "pack.too_large"


# Expiry


def test_an_expired_pack_is_taken_and_says_since_when() -> None:
    long_ago = datetime(2001, 1, 1, tzinfo=UTC)
    root = signing.first_root(PUBLIC[:3], EXPIRES)
    assert root == ROOT
    verified, files = taken(signed(laid_out(expires=long_ago), 0, 1))
    assert (verified.expires, files) == (long_ago, FILES)


def test_an_expired_root_locks_nobody_out() -> None:
    held = taken(signed(laid_out(), 0, 1))[0].held
    old = signing.next_root(held.roots[-1], PUBLIC[:3], EXPIRES - timedelta(days=9000))
    verified = taken(signed(laid_out(2, (*held.roots, old)), 0, 1), held)[0]
    assert verified.expires == EXPIRES - timedelta(days=9000)


# A key is lost, another takes its place


def test_the_drill_of_a_lost_key() -> None:
    first = taken(signed(laid_out(), 0, 1))[0].held
    # The first key is lost. Whoever keeps the fourth joins the two that are left.
    second = signing.next_root(first.roots[-1], [PUBLIC[1], PUBLIC[2], PUBLIC[3]], EXPIRES)
    disk = laid_out(2, (*first.roots, second))
    assert refusal(signed(dict(disk), 3, 1), first) == "pack.not_signed", "two of the old keys must agree"
    verified = taken(signed(disk, 1, 2), first)[0]
    assert signing.root_keys(verified.held.roots[-1]) == signing.root_keys(second)
    # From now on the lost key, whoever found it, signs nothing.
    with pytest.raises(PackFault) as caught:
        signed(laid_out(3, verified.held.roots), 0)
    assert caught.value.code == "pack.not_our_key"
    forged = signed(laid_out(3, first.roots), 0, 1)  # made on the old root, with the lost key
    assert refusal(forged, verified.held) == "pack.not_signed"
    # The new key works, at posts that know the new root and at posts that know nothing yet.
    third = signed(laid_out(3, verified.held.roots), 3, 2)
    assert (
        taken(third, verified.held)[0].number == taken(third)[0].number == taken(third, first)[0].number == 3
    )


def test_two_keys_are_never_replaced_at_once() -> None:
    for keys in ([PUBLIC[0], PUBLIC[3], PUBLIC[4]], [PUBLIC[0], PUBLIC[1]], [PUBLIC[0]] * 3):
        with pytest.raises(PackFault) as caught:
            signing.next_root(ROOT, keys, EXPIRES)
        assert caught.value.code == "pack.keys"


def test_a_root_that_its_predecessor_did_not_sign_is_refused() -> None:
    first = taken(signed(laid_out(), 0, 1))[0].held
    other = signing.first_root([key.public for key in KEYS[2:5]], EXPIRES)
    forged = json.loads(other)
    forged["signed"]["version"] = 2
    disk = signed(laid_out(2, first.roots), 0, 1)
    disk[layout.root_file(2)] = json.dumps(forged, indent=1, separators=(",", ": "), sort_keys=True).encode()
    assert refusal(disk, first) in ("pack.not_signed", "pack.altered")


# The anchor


def test_the_anchor_is_believed_only_from_the_office_whose_words_were_compared() -> None:
    ours, theirs = Office.founded("Invented Border Service"), Office.founded("Another Service")
    office = read_office(ours.file())
    anchor = Anchor(ours.organisation, ANCHOR.root)
    assert read_anchor(write_anchor(anchor, ours.certificates), office) == anchor
    for content in (
        write_anchor(anchor, theirs.certificates),
        write_anchor(Anchor(ORGANISATION, ANCHOR.root), ours.certificates),
    ):
        with pytest.raises(PackFault) as caught:
            read_anchor(content, office)
        assert caught.value.code == "pack.other_office"
    whole = bytearray(write_anchor(anchor, ours.certificates))
    for place in range(0, len(whole), 7):
        changed = bytes([*whole[:place], whole[place] ^ 1, *whole[place + 1 :]])
        with pytest.raises(PackFault):
            read_anchor(changed, office)


# The stick


def test_links_pipes_and_folders_on_the_stick_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(b"secret")
    folder = tmp_path / "fieldkit-pack-1"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path / "secret.txt")
    (folder / "targets").symlink_to(tmp_path, target_is_directory=True)
    (folder / "folder").mkdir()
    names = ["link", "targets/secret.txt", "folder"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe")
        names.append("pipe")
    for name in names:
        with pytest.raises(PackFault) as caught:
            Stick(folder).read(name, 1000)
        assert caught.value.code == "pack.link", name


def test_a_file_of_a_hundred_gigabytes_that_holds_nothing_is_not_begun(tmp_path: Path) -> None:
    with (tmp_path / "timestamp.json").open("wb") as file:
        file.truncate(100 * 1024**3)
    with pytest.raises(PackFault) as caught:
        verify(Stick(tmp_path).read, taken(signed(laid_out(), 0, 1))[0].held)
    assert caught.value.code == "pack.too_large"


def test_a_stick_that_is_gone_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PackFault) as caught:
        Stick(tmp_path / "gone").read("timestamp.json", 10)
    assert caught.value.code == "pack.not_a_pack"

    def pulled(*_: object) -> int:
        raise OSError(5, "input/output error")

    (tmp_path / "timestamp.json").write_bytes(b"{}")
    monkeypatch.setattr("fieldkit.sync.packs.stick.os.open", pulled)
    with pytest.raises(DeviceFault) as failed:
        Stick(tmp_path).read("timestamp.json", 10)
    assert failed.value.code == "pack.unreadable"


# Mutation


def test_bytes_changed_anywhere_are_never_believed_and_never_crash() -> None:
    first = taken(signed(laid_out(), 0, 1))[0].held
    root = signing.next_root(first.roots[-1], [PUBLIC[1], PUBLIC[2], PUBLIC[3]], EXPIRES)
    disk = signed(laid_out(2, (*first.roots, root)), 1, 3, 2)
    disk.pop(layout.ANCHOR)  # read by `read_anchor`, which has its own test
    assert taken(disk)[0].number == 2, "the control: unchanged, it is believed"
    draw = random.Random(20261121)
    for _ in range(MUTATIONS):
        name = draw.choice(sorted(disk))
        content = mutated(disk[name], draw)
        if content != disk[name]:
            with pytest.raises(PackFault):
                taken({**disk, name: content})


def mutated(content: bytes, draw: random.Random) -> bytes:
    place = draw.randrange(len(content))
    match draw.randrange(5):
        case 0:
            return content[:place] + bytes([draw.randrange(256)]) + content[place + 1 :]
        case 1:
            return content[:place] + content[place + 1 + draw.randrange(9) :]
        case 2:
            return content[:place] + draw.randbytes(1 + draw.randrange(9)) + content[place:]
        case 3:
            return content[:place] + b" " + content[place:]
        case _:
            other = draw.randrange(len(content))
            return content[:place] + content[other : other + 20] + content[place + 20 :]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"signatures":[],"signed":{}}',
        b'{"signatures":[],"signed":{"_type":"root","version":' + b"9" * 5000 + b"}}",
        b"\xff\xfe",
    ],
)
def test_what_is_no_metadata_at_all_is_a_sentence(content: bytes) -> None:
    disk = signed(laid_out(), 0, 1)
    for name in (layout.root_file(1), layout.TIMESTAMP, layout.snapshot_file(1), layout.targets_file(1)):
        with pytest.raises(PackFault):
            taken({**disk, name: content})
        with pytest.raises(PackFault):
            signing.sign(reads({**disk, name: content}), SigningKey(b"\x01" * 32))
