"""Fifty random bundles, both ways, with the `age` and `minisign` of the distribution."""

import json
import random
import subprocess
from hashlib import sha256
from pathlib import Path

from fieldkit.crypto.both import opening_key, recipient_of
from fieldkit.crypto.sealing import open_sealed
from fieldkit.crypto.signature import minisign_public_text
from fieldkit.sync.bundle import Range, open_bundle, seal_bundle
from fieldkit.sync.contents import write_archive
from fieldkit.sync.manifest import Direction, Head
from tests.crypto.test_signature import stock_secret_key
from tests.sync.builder import Drawn, Office, Post
from tests.sync.test_format import read

OFFICE = Office.founded("Invented Border Service")
POST = Post.enrolled("Invented Post North", OFFICE)
BUNDLES = 50
EACH = "for f in *.fkb; do mkdir d-$f; age -d -i key $f | tar -x -C d-$f; done"
CHECKED = "for d in d-*; do minisign -V -q -p post.pub -m $d/manifest.json || exit 1; done"
SIGNED = (
    'for d in s-*; do minisign -S -W -s post.key -m $d/manifest.json -t "$(cat $d/comment)" '
    '-c "signed by fieldkit" >/dev/null || exit 1; done'
)
SEALED = "for a in *.tar; do age -r $(cat recipient) -o $a.age $a || exit 1; done"


def sh(folder: Path, script: str) -> None:
    done = subprocess.run(["sh", "-c", script], cwd=folder, capture_output=True)
    assert done.returncode == 0, done.stderr


def some_files(rng: random.Random) -> list[tuple[str, bytes]]:
    names = rng.sample(["entries.jsonl", "payloads.jsonl", "later.jsonl", "gone.jsonl", "files/ab", "x"], 3)
    return [(name, rng.randbytes(rng.choice((0, 1, 511, 512, 513, 70_000)))) for name in names]


def sealed(rng: random.Random, files: list[tuple[str, bytes]], home: bool) -> bytes:
    last = rng.randrange(1, 10**5)
    return seal_bundle(
        Range(POST.identity.stream, rng.randrange(1, last + 1), last, Head(last, rng.randbytes(32).hex())),
        files,
        key=OFFICE.receipts if home else POST.identity.key,
        certificate=POST.certificate,
        recipient=recipient_of(POST.identity.key.public) if home else OFFICE.sealing.recipient,
        versions={"rules": str(rng.randrange(9))},
        randomness=Drawn(str(rng.random())),
        kind=Direction.TO_FIELD if home else Direction.TO_HEADQUARTERS,
    )


def test_fifty_bundles_of_ours_open_by_hand(tmp_path: Path) -> None:
    rng = random.Random(20261121)
    made: dict[str, list[tuple[str, bytes]]] = {}
    for home in (False, True):
        folder = tmp_path / str(home)
        folder.mkdir()
        key = opening_key(POST.identity.key) if home else OFFICE.sealing
        signer = OFFICE.receipts if home else POST.identity.key
        (folder / "key").write_bytes(key.to_bytes())
        (folder / "post.pub").write_text(minisign_public_text(signer.public))
        for number in range(BUNDLES // 2):
            name = f"{number}.fkb"
            made[f"{home}/d-{name}"] = files = some_files(rng)
            (folder / name).write_bytes(sealed(rng, files, home))
        sh(folder, EACH)
        sh(folder, CHECKED)
    for place, files in made.items():
        for name, content in files:
            assert (tmp_path / place / name).read_bytes() == content
        listed = json.loads((tmp_path / place / "manifest.json").read_bytes())["files"]
        assert [one["digest"] for one in listed] == [sha256(content).hexdigest() for _, content in files]


def test_fifty_bundles_signed_and_sealed_by_hand_open_here(tmp_path: Path) -> None:
    rng = random.Random(20261122)
    (tmp_path / "post.key").write_text(stock_secret_key(POST.identity.key))
    (tmp_path / "recipient").write_text(OFFICE.sealing.recipient)
    made = []
    for number in range(BUNDLES):
        files = some_files(rng)
        ours = sealed(rng, files, home=False)
        opened = open_bundle(ours, [OFFICE.sealing], OFFICE.trust)
        folder = tmp_path / f"s-{number}"
        folder.mkdir()
        (folder / "comment").write_text(f"fieldkit bundle {opened.manifest.bundle}")
        archive = open_sealed(ours, [OFFICE.sealing])
        (folder / "manifest.json").write_bytes(read(archive)["manifest.json"])
        made.append((number, files, archive))
    sh(tmp_path, SIGNED)
    for number, files, archive in made:
        folder = tmp_path / f"s-{number}"
        manifest, signature = (folder / "manifest.json", folder / "manifest.json.minisig")
        by_hand = write_archive(manifest.read_bytes(), signature.read_bytes(), files)
        assert by_hand == archive, "stock minisign signs to the same byte"
        (tmp_path / f"{number}.tar").write_bytes(by_hand)
    sh(tmp_path, SEALED)
    for number, files, _ in made:
        with (tmp_path / f"{number}.tar.age").open("rb") as file:
            assert dict(open_bundle(file, [OFFICE.sealing], OFFICE.trust).files) == dict(files)
