"""How fast bundles are, beside stock `age` on the same bytes in the same run, and how much memory one takes.

    python3 run.py bench bundle [--json] [--mib 64] [--n 5] [--entries 20000] [--large 512]

- `seal` / `age_seal`: a bundle of so many MiB from payload bytes in memory to sealed bytes on the disk, and `age`
  on the same archive, both with an output file. `seal_ratio` is age's median by ours: 1 is as fast as `age`;
  `cpu` is the same by processor time.
- `open` / `age_open`: decrypt *and verify* the whole bundle, beside `age -d`, which only decrypts.
- `import`: entries with facts from a sealed file into headquarters' store, per second; every second one is a
  finished interview with 24 facts and five sections. `cpu_entries_s`: by processor time, for a busy machine.
- `memory`: the most that a process held which opened a bundle of `--large` MiB (entries, and attached files of
  24 MiB), verified it and took it into headquarters' vault, in MiB.

Needs Debian's `age`; without it the ratios are left out and said so. The last line is JSON.
"""

import argparse
import io
import multiprocessing
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from multiprocessing.connection import Connection
from pathlib import Path
from typing import BinaryIO

from benchmarks.figures import Goal, Report, in_turn, tell
from fieldkit.crypto.keys import DatabaseKey
from fieldkit.crypto.offline import OfflineKeys
from fieldkit.crypto.sealing import open_into
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import JsonValue
from fieldkit.headquarters.office import OfficeKeys, certify_device, found_office
from fieldkit.headquarters.store import Store
from fieldkit.storage import migrations
from fieldkit.storage.database import Database
from fieldkit.storage.journal import Change, Journal
from fieldkit.storage.staging import Staging
from fieldkit.sync.bundle import Range, open_bundle, write_bundle
from fieldkit.sync.manifest import Head
from fieldkit.sync.outgoing import gather, seal_outgoing, write_outgoing
from fieldkit.sync.trust import Certificate, DeviceIdentity, read_office, read_request, write_request
from fieldkit.ui.world import SystemClock, SystemRandomness

MIB = 1024 * 1024
PART = 24 * MIB
"""Bytes of one payload file."""
RANDOM = SystemRandomness()
ACTOR = "a1" * 16
KEY = DatabaseKey.new(RANDOM)

GOALS = (
    Goal("seal_ratio", "median", 0.45, least=True),
    Goal("open_ratio", "median", 0.6, least=True),
    Goal("import", "entries_s", 5000, least=True),
    Goal("memory", "mib", 256),
)


def main(words: list[str]) -> int:
    """Print a table and JSON. Returns 0 when every goal is met, else 1."""
    parser = argparse.ArgumentParser(prog="run.py bench bundle")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--mib", type=int, default=64)
    parser.add_argument("--n", type=int, default=5)
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--large", type=int, default=512)
    options = parser.parse_args(words)
    place = Path(tempfile.mkdtemp())
    try:
        report = Sealing(place).measure(options.mib, options.n)
        report |= _importing(place, options.entries)
        report |= _memory(place, options.large)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return tell(report, GOALS, as_json=options.json)


class Sealing:
    """One office and one device, and bundles between them."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self.office, self._offline = _office()
        self.identity, self.certificate = _device(self.office, self._offline)

    def large(self, path: Path, mib: int) -> None:
        """Write a sealed bundle whose archive is padded to `mib` MiB: an entry a file, three quarters of it."""
        contents = [RANDOM.bytes(PART) for _ in range(max(1, mib * MIB * 3 // 4 // PART))]
        database, post = _journal(path.with_suffix(".post"), self.identity.stream)
        for content in contents:
            digest = sha256(content).hexdigest()
            named: JsonValue = {
                "name": "a.pdf",
                "type": "application/pdf",
                "size": len(content),
                "sha256": digest,
            }
            payload = {**_submission(), "instance_id": f"uuid:{digest}", "attachments": [named]}
            post.append_many(ACTOR, [Change(subject("case", digest[:32]), "submission.finished", payload)])
        stored = [(content, post.payload(e.payload)) for e, content in post.entries(self.identity.stream)]
        database.close()
        by_digest = {sha256(content).hexdigest(): content for content in contents}
        named_by = {entry: [digest] for entry, digest in enumerate(by_digest, start=1)}
        [batch] = gather(
            stored,
            lambda entry: True,
            attached=lambda entry: [(digest, PART) for digest in named_by[entry.number]],
            room=mib * MIB,
        )
        with path.open("wb") as file:
            write_outgoing(
                file,
                batch,
                by_digest.__getitem__,
                key=self.identity.key,
                certificate=self.certificate,
                recipient=self.office.office.recipient,
                versions={},
                randomness=RANDOM,
            )

    def write(self, file: BinaryIO, files: list[tuple[str, bytes]]) -> None:
        """These files as a bundle."""
        write_bundle(
            file,
            Range(self.identity.stream, 1, 1, Head(1, "ab" * 32)),
            files,
            key=self.identity.key,
            certificate=self.certificate,
            recipient=self.office.office.recipient,
            versions={},
            randomness=RANDOM,
        )

    def measure(self, mib: int, rounds: int) -> Report:
        """Sealing and opening beside `age`."""
        ours, theirs, plain, key = (self._place / name for name in ("ours", "theirs", "plain", "key"))
        files = [(f"part-{place:02}", RANDOM.bytes(mib * MIB // 4)) for place in range(3)]
        with ours.open("wb") as file:
            self.write(file, files)
        archive = io.BytesIO()
        open_into(io.BytesIO(ours.read_bytes()), archive, self.office.bundles)
        plain.write_bytes(archive.getvalue())
        key.write_bytes(self.office.bundles.to_bytes())
        trust = self.office.trust(frozenset())

        def opening() -> None:
            with ours.open("rb") as file:
                open_bundle(file, [self.office.bundles], trust)

        def sealing() -> None:
            with ours.open("wb") as file:
                self.write(file, files)

        contenders: dict[str, Callable[[], object]] = {
            "seal": sealing,
            "open": opening,
        }
        age = shutil.which("age")
        if age is None:
            print("age is not installed: no ratios", file=sys.stderr)
        else:
            to = self.office.office.recipient
            seal_words = [age, "-r", to, "-o", str(theirs), str(plain)]
            open_words = [age, "-d", "-i", str(key), "-o", str(self._place / "opened"), str(theirs)]
            contenders["age_seal"] = lambda: subprocess.run(seal_words, check=True)
            contenders["age_open"] = lambda: subprocess.run(open_words, check=True)
            subprocess.run(seal_words, check=True)
        samples = in_turn(rounds, contenders)
        report = {name: taken.as_json() for name, taken in samples.items()}
        for job in ("seal", "open") if age else ():
            peer, own = samples[f"age_{job}"], samples[job]
            report[f"{job}_ratio"] = {
                "median": round(peer.median / own.median, 2),
                "cpu": round(report[f"age_{job}"]["cpu_ms"] / report[job]["cpu_ms"], 2),
            }
        return report


def _importing(place: Path, entries: int) -> Report:
    """Entries with facts and sections, sealed at a post, taken in at headquarters."""
    office, offline = _office()
    identity, certificate = _device(office, offline)
    post = _journal(place / "post.db", identity.stream)
    submission = _submission()
    for first in range(0, entries, 1000):
        changes = []
        for number in range(first, min(first + 1000, entries), 2):
            about = subject("case", f"{number:032x}")
            changes += [
                Change(about, "case.opened", {"number": f"7KQ2-{number:06}", "form": "screening"}),
                Change(about, "submission.finished", {**submission, "instance_id": f"uuid:{number}"}),
            ]
        post[1].append_many(ACTOR, changes)
    stored = ((content, post[1].payload(e.payload)) for e, content in post[1].entries(identity.stream))
    sealed = [
        seal_outgoing(
            batch,
            key=identity.key,
            certificate=certificate,
            recipient=office.office.recipient,
            versions={},
            randomness=RANDOM,
        )
        for batch in gather(stored, lambda entry: True)
    ]
    post[0].close()
    database, journal = _journal(place / "office.db", new_id(RANDOM))
    store = Store(database, journal, office)
    start, cpu, looking = time.perf_counter(), time.process_time(), 0.0
    for one in sealed:
        begun = time.perf_counter()
        verified = store.look(one)
        looking += time.perf_counter() - begun
        store.accept(verified, ACTOR)
    taken, cpu = time.perf_counter() - start, time.process_time() - cpu
    facts = database.number("SELECT COUNT(*) FROM facts")
    database.close()
    return {
        "import": {
            "entries_s": round(entries / taken),
            "median_ms": round(taken * 1000, 1),
            "cpu_entries_s": round(entries / cpu),
            "looking_ms": round(looking * 1000, 1),
            "facts": facts,
        }
    }


def _memory(place: Path, mib: int) -> Report:
    """What a process of its own holds at most while it opens a bundle, less what it held before."""
    if not Path("/proc/self/status").exists():
        print("memory is measured on Linux only", file=sys.stderr)
        return {}
    sealing = Sealing(place)
    sealing.large(place / "large", mib)
    database, journal = _journal(place / "large.db", new_id(RANDOM))
    database.close()
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    known = (KEY.raw, journal.stream, sealing.office.to_bytes())
    child = context.Process(target=_take_one, args=(place, known, sending))
    child.start()
    held, files = receiving.recv()
    child.join()
    return {"memory": {"mib": held, "bundle_mib": mib, "files": files}}


def _take_one(place: Path, known: tuple[bytes, str, bytes], sending: Connection) -> None:
    key, stream, office = known
    database = Database.open(place / "large.db", DatabaseKey(key))
    journal = Journal(database, stream, SystemClock(), RANDOM)
    store = Store(database, journal, OfficeKeys.from_bytes(office), staging=partial(Staging, place, RANDOM))
    with (place / "large").open("rb") as file:
        verified = store.look(file)
    taken = store.accept(verified, ACTOR)
    # Not `ru_maxrss`: a process that was just begun inherits its parent's.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    held = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) // 1024
    sending.send((held, taken.files))
    database.close()


def _office() -> tuple[OfficeKeys, OfflineKeys]:
    return found_office("Invented Border Service", RANDOM)


def _device(office: OfficeKeys, offline: OfflineKeys) -> tuple[DeviceIdentity, Certificate]:
    identity = DeviceIdentity.new(new_id(RANDOM), RANDOM)
    trusted = read_office(office.office_file)
    request = read_request(write_request(identity, trusted, "River post (invented)"))
    return identity, certify_device(request, office, offline)


def _journal(path: Path, stream: str) -> tuple[Database, Journal]:
    database = Database.create(path, KEY)
    migrations.run(database)
    return database, Journal(database, stream, SystemClock(), RANDOM)


def _submission() -> dict[str, JsonValue]:
    sections = [
        {
            "name": name,
            "asked": True,
            "in_private": True,
            "interpreted": "interpreter",
            "reviewed_text": True,
            "declined": 0,
            "not_asked": 1,
        }
        for name in ("urgent", "information", "core", "sensitive", "closing")
    ]
    facts = {f"fact_{number:02}": [f"value {number}"] for number in range(24)}
    return {
        "form": "screening",
        "version": "3",
        "xml": "<data id='screening'>" + "<a>invented</a>" * 60 + "</data>",
        "facts": facts,
        "marks": {},
        "sections": sections,
        "interpreted": "interpreter",
        "languages": {"officer": "en", "person": "ti"},
        "survey": False,
        "travel": [],
    }
