"""R2: the power is cut between two system calls; what was acknowledged must be on the disk.

    python3 run.py endure power [--n 2000] [--json]

A morning's work (`power_work`) is traced; from the trace come images of what may lie on the disk after a cut
(`disk`), and each is opened as a vault. Controls: the same with `synchronous` NORMAL and OFF must lose.
"""

import hashlib
import random
import shutil
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from benchmarks.endure import core, desks
from benchmarks.endure.core import Figures
from benchmarks.endure.disk import WAYS, Disk
from benchmarks.endure.power_work import ACKS, OFFICE, POST, STICK
from benchmarks.endure.trace import Call, traced
from fieldkit.domain.errors import FieldkitError
from fieldkit.services.vault import OpenVault, at_door

NAME, USUAL = "power", 2000
INTERVIEWS = 6
REAL = "FULL"
CONTROLS = ("NORMAL", "OFF")
IMAGES_A_CONTROL = 40

Ack = tuple[str, ...]


def main(words: list[str]) -> int:
    """Run it as the command line asks."""
    return core.main(words, NAME, USUAL, protocol)


def protocol(n: int, rng: random.Random, interviews: int = INTERVIEWS) -> Figures:
    """`n` images of the real setting, then some of each control."""
    with core.scratch() as folder:
        (folder / "work").mkdir()
        told = ["-m", "benchmarks.endure.power_work", str(folder / "work"), str(interviews)]
        calls = traced([*told, REAL, *CONTROLS], folder / "work", folder / "trace")
        (folder / "trace").unlink()
        lost = cut(calls, folder / "work" / REAL, n, rng)
        few = min(n, IMAGES_A_CONTROL)
        controls = {setting: cut(calls, folder / "work" / setting, few, rng) for setting in CONTROLS}
    return {
        "lost": len(lost.images),
        "what": lost.what[:5],
        "calls": lost.calls,
        "acknowledged": lost.acknowledged,
        "controls": {setting: f"{len(found.images)} lost" for setting, found in controls.items()},
        "control_failed": all(found.images for found in controls.values()),
    }


@dataclass(frozen=True, slots=True)
class Lost:
    """Which images lost something, and what."""

    images: list[int]
    what: list[str]
    calls: int
    acknowledged: int


def cut(traced_calls: Sequence[Call], work: Path, n: int, rng: random.Random) -> Lost:
    """Look at `n` images of the morning that was traced in the folder `work`."""
    images, what = [], []
    calls = [call for call in traced_calls if call.path == str(work) or call.path.startswith(f"{work}/")]
    moments = sorted(rng.randrange(len(calls) + 1) for _ in range(n))
    acks = list(_acks(calls, work))
    image = work.parent.parent / "image"
    for number, (moment, disk) in enumerate(_moments(calls, work, moments)):
        image.mkdir()
        way = WAYS[number % len(WAYS)]
        disk.image(str(work), image, way, rng)
        told = [ack for _, ack in acks[: bisect_left(acks, moment, key=itemgetter(0))]]
        wrong = looked_at(image, told)
        if wrong:
            images.append(number)
            what += [f"{way} at call {moment}: {thing}" for thing in wrong]
        shutil.rmtree(image)
    return Lost(images, what, len(calls), len(acks))


def _moments(calls: Sequence[Call], work: Path, moments: Sequence[int]) -> Iterator[tuple[int, Disk]]:
    """The disk before each of these calls."""
    disk, taken = Disk({str(work), str(work / STICK), str(work / OFFICE)}), 0
    for moment in moments:
        for call in calls[taken:moment]:
            if call.path != str(work / ACKS):
                disk.take(call)
        taken = moment
        yield moment, disk


def _acks(calls: Sequence[Call], work: Path) -> Iterator[tuple[int, Ack]]:
    for place, call in enumerate(calls):
        if call.what == "write" and call.path == str(work / ACKS):
            yield place, tuple(call.content.decode().rstrip("\n").split("\t"))


# --- what must be on the disk -------------------------------------------------------------------------


def looked_at(image: Path, acks: Sequence[Ack]) -> list[str]:
    """What of that which was acknowledged is not in an image, and what is broken in it."""
    made = {ack[1] for ack in acks if ack[0] == "made"}
    wrong = []
    with ExitStack() as closing:
        vaults: dict[str, OpenVault] = {}
        for name in (POST, f"{OFFICE}/vault"):
            try:
                if not (image / name).is_dir() or at_door(image / name) is None:
                    wrong += [f"the vault {name}"] if name in made else []
                    continue
                vaults[name] = closing.enter_context(desks.opened(image / name, "after"))
                wrong += desks.unsound(vaults[name])
            except (FieldkitError, UnicodeDecodeError) as error:
                wrong.append(f"{name} does not open: {error}")
        if POST in vaults:
            wrong += _of_post(vaults[POST], acks)
        if f"{OFFICE}/vault" in vaults:
            wrong += _of_office(vaults[f"{OFFICE}/vault"], acks)
    return wrong + list(_of_stick(image / STICK, acks))


def _of_post(post: OpenVault, acks: Sequence[Ack]) -> Iterator[str]:
    cases = {row.case for row in post.queries.cases()}
    drafts = {draft.id: post.drafts.history(draft.id) for draft in post.drafts.list(post.person.id)}
    held = {(draft, logged.op.ref, logged.op.value) for draft, log in drafts.items() for logged in log}
    if ("enrolled",) in acks and post.recovery_missing:
        yield "the recovery slot"
    for what, *words in acks:
        if what == "answered" and words[0] not in cases and tuple(words) not in held:
            yield "an answer"
        if what == "finished" and words[0] not in cases:
            yield "a finished interview"


def _of_office(office: OpenVault, acks: Sequence[Ack]) -> Iterator[str]:
    for what, *words in acks:
        if what == "imported" and office.journal.head(words[0]).number < int(words[1]):
            yield "an import"


def _of_stick(stick: Path, acks: Sequence[Ack]) -> Iterator[str]:
    for what, *words in acks:
        if what == "exported":
            path = stick / words[0]
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != words[1]:
                yield "an exported file"
