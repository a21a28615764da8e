"""R4: bundles that were spoiled, forged, replayed, readdressed, revoked or blown up: none gets in.

    python3 run.py endure mutate [--n 20000] [--json]

Each is a file that headquarters imports. It must be refused with a sentence, within 2 s, below 256 MiB, and change
nothing. Control: with the signature believed unread, forged manifests must get in.
"""

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from benchmarks.endure import core
from benchmarks.endure.core import Figures
from benchmarks.endure.memory import Peak
from benchmarks.endure.mutants import MAKERS, MANIFEST, SIGNATURE, Material
from fieldkit.crypto.sealing import open_sealed, seal
from fieldkit.domain.errors import FieldkitError
from fieldkit.headquarters.office import OfficeKeys
from fieldkit.languages.messages import sentences
from fieldkit.services import enrolment, exchange, importing
from fieldkit.services.vault import OFFICE_KEYS, OpenVault
from fieldkit.sync import contents
from fieldkit.sync.bundle import open_bundle
from fieldkit.sync.format import ArchiveReader
from fieldkit.sync.trust import Certificate
from tests.stories import offices, people
from tests.stories.offices import Office
from tests.worlds import world

NAME, USUAL = "mutate", 20_000
SLOWEST, LARGEST = 2.0, 256  # seconds of this processor a bundle; MiB of the whole process
CONTROLS = 5
GIB = 1024**3


def main(words: list[str]) -> int:
    """Run it as the command line asks."""
    return core.main(words, NAME, USUAL, protocol)


def protocol(n: int, rng: random.Random) -> Figures:
    """`n` wrong bundles in turn, those that need a scene of their own, then the control."""
    with core.scratch() as folder, ExitStack() as closing:
        scene = Scene(folder, closing)
        gate = Gate(scene.office.vault, folder / "brought.fkb")
        for number in range(n):
            name = list(MAKERS)[number % len(MAKERS)]
            gate.bring(name, MAKERS[name](rng.choice(scene.materials), rng))
        for name, path in scene.odd_files():
            gate.bring_file(name, path)
        changed = gate.entries() != gate.before
        control = Gate(scene.office.vault, folder / "control.fkb")
        with patch.object(contents, "minisign_verify", _believe):
            for _ in range(CONTROLS):
                control.bring("forged manifest", MAKERS["forged manifest"](scene.materials[-1], rng))
        gate.revoked(scene.materials[-1])  # the last: from now on this laptop is trusted no more
    return {
        "accepted": len(gate.accepted) + changed,
        "uncaught": len(gate.uncaught),
        "what": (gate.accepted + gate.uncaught)[:5],
        "without_sentence": gate.unsaid,
        "brought": gate.brought,
        "refused": dict(gate.refused.most_common()),
        "slowest_cpu_seconds": round(gate.slowest, 3),
        "peak_mib": gate.peak.most,
        "exceeded": int(gate.slowest > SLOWEST) + int(gate.peak.most > LARGEST),
        "control_failed": bool(control.accepted),
    }


class Gate:
    """Headquarters' import, and who got through it."""

    def __init__(self, office: OpenVault, path: Path) -> None:
        self._office, self._path = office, path
        self.before = self.entries()
        self.accepted: list[str] = []
        self.uncaught: list[str] = []
        self.refused: Counter[str] = Counter()
        self.slowest = 0.0
        self.unsaid = self.brought = 0
        self.peak = Peak()

    def entries(self) -> int:
        """How much headquarters holds."""
        return self._office.database.number("SELECT COUNT(*) FROM entries")

    def bring(self, name: str, content: bytes) -> None:
        """One wrong bundle."""
        self._path.write_bytes(content)
        del content
        self.bring_file(name, self._path)

    def bring_file(self, name: str, path: Path) -> None:
        """One wrong file."""
        self.brought += 1
        self.peak.begin()
        started = time.process_time()
        try:
            imported = importing.import_bundle(self._office, path)
            if not imported.already:
                self.accepted.append(name)
        except FieldkitError as error:
            self.refused[error.code] += 1
            self.unsaid += error.code not in sentences()
        except Exception as error:
            self.uncaught.append(f"{name}: {type(error).__name__}: {error}"[:200])
        self.slowest = max(self.slowest, time.process_time() - started)
        self.peak.end()

    def revoked(self, sound: Material) -> None:
        """A sound bundle from a device that is believed no more: it may be set aside, and nothing of it merged."""
        store, person = enrolment.store(self._office), self._office.person.id
        store.revoke(sound.manifest["certificate"]["statement"]["device"], "invented", person)
        self.brought += 1
        brought = store.accept(store.look(sound.sealed), person)
        if brought.entries_new or brought.filled or brought.why is None:
            self.accepted.append("revoked")
        self.refused["set aside"] += 1


class Scene:
    """Headquarters that holds the first of two bundles; all that a forger may have."""

    def __init__(self, folder: Path, closing: ExitStack) -> None:
        self._folder = folder
        self.office = self._office("Invented service", closing)
        stranger = self._office("Another invented service", closing)
        first, other, foreign = (self._post(name, closing) for name in ("first", "other", "foreign"))
        for post, office in ((first, self.office), (other, self.office), (foreign, stranger)):
            offices.enrol(post, office)
        bundles = [self._bundle(post) for post in (first, other, foreign)]
        importing.import_bundle(self.office.vault, self._write("held.fkb", bundles[0]))
        later = self._bundle(first)
        certificates = [enrolment.held_certificate(post)[2] for post in (other, foreign)]
        self.materials = [
            _taken_apart(sealed, bundles[1], first, self.office, stranger, certificates[0], certificates[1])
            for sealed in (bundles[0], later)
        ]
        self._replayed, self._foreign = bundles[0], bundles[2]
        self._stranger = stranger

    def odd_files(self) -> Iterator[tuple[str, Path]]:
        """Files that are wrong as a whole: brought again, readdressed, empty, huge, no file at all."""
        yield "replayed", self._write("again.fkb", self._replayed)
        yield "another office's", self._write("foreign.fkb", self._foreign)
        archive = open_sealed(self._foreign, [_keys(self._stranger).bundles])
        yield "readdressed", self._write("readdressed.fkb", seal(archive, [self.materials[0].recipient]))
        yield "empty", self._write("empty.fkb", b"")
        yield "nothing but its first line", self._write("line.fkb", self._replayed[:22])
        yield "a folder", self._folder
        yield "nowhere", self._folder / "nowhere.fkb"
        for size in (100 * GIB, GIB, 512 * 1024 * 1024 + 512 * 1024 * 1024 // 4096 + 16):
            yield f"{size} bytes of nothing", self._sparse(size, b"")
            yield f"{size} bytes that begin well", self._sparse(size, self._replayed[:400])
        link = self._folder / "link.fkb"
        if sys.platform != "win32":
            link.symlink_to(self._folder / "again.fkb")
            yield "a link", link

    def _sparse(self, size: int, start: bytes) -> Path:
        path = self._folder / "sparse.fkb"
        with path.open("wb") as file:
            file.write(start)
            file.truncate(size)
        return path

    def _write(self, name: str, content: bytes) -> Path:
        (self._folder / name).write_bytes(content)
        return self._folder / name

    def _office(self, name: str, closing: ExitStack) -> Office:
        office = offices.found(self._folder / name, name)
        closing.callback(office.vault.close)
        return office

    def _post(self, name: str, closing: ExitStack) -> OpenVault:
        post = offices.open_post(self._folder / f"post {name}", f"Invented post {name}", at=world(name))
        closing.callback(post.close)
        return post

    def _bundle(self, post: OpenVault) -> bytes:
        people.screened(
            post, people.NO_URGENT_NEED, people.IN_PRIVATE, people.AGREED, people.AN_ADULT, people.FEAR
        )
        people.screened(post, people.NO_URGENT_NEED, people.IN_PRIVATE, people.NOT_AGREED)
        stick = self._folder / "stick"
        stick.mkdir(exist_ok=True)
        (name,) = exchange.export(post, stick).files
        return (stick / name).read_bytes()


def _taken_apart(
    sealed: bytes,
    other_bundle: bytes,
    post: OpenVault,
    office: Office,
    stranger: Office,
    other: Certificate,
    foreign: Certificate,
) -> Material:
    identity, trusted, _ = enrolment.held_certificate(post)
    keys = _keys(office)
    archive = open_sealed(sealed, [keys.bundles])
    opened = open_bundle(sealed, [keys.bundles], keys.trust())
    reader = contents.Contents(contents.FromField(keys.trust(), opened.manifest.recipient))
    ArchiveReader(reader).write(archive)
    return Material(
        sealed=sealed,
        archive=archive,
        manifest=json.loads(reader.head[MANIFEST]),
        signature=reader.head[SIGNATURE],
        files=dict(opened.files),
        key=identity.key,
        recipient=trusted.recipient,
        other_bundle=other_bundle,
        other_recipient=_keys(stranger).office.recipient,
        other_certificate=other,
        stranger_certificate=foreign,
    )


def _keys(office: Office) -> OfficeKeys:
    return OfficeKeys.from_bytes(office.vault.belongings.get(OFFICE_KEYS) or b"")


def _believe(public: bytes, content: bytes, signature: bytes) -> str:
    """The control: what is written is believed."""
    return f"fieldkit bundle {json.loads(content)['bundle']}"
