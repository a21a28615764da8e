"""R3: the disk fills up at any step, the laptop's or the stick's: nothing is lost, nothing is half, all is said.

    python3 run.py endure full [--n 300] [--json]

Jobs take turns on disks that have a random number of pages left. What is refused must have a sentence of its own;
afterwards there is room again, and the same window must go on working. Control: a writer that writes under the
final name must leave half a file.
"""

import itertools
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from unittest.mock import patch

from benchmarks.endure import core, desks
from benchmarks.endure.core import Figures
from benchmarks.endure.kill import set_scene
from benchmarks.endure.kill_jobs import NEW, OFFICE, OFFICE_FILE, POST, STICK, new_vault
from benchmarks.endure.small_disk import SmallDisk, small_disk
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.errors import FieldkitError
from fieldkit.files import Counted
from fieldkit.languages.messages import sentences
from fieldkit.services import enrolment, exchange, importing, intake, rekey
from fieldkit.services.new_vault import create_vault
from fieldkit.services.vault import OpenVault, at_door
from tests.stories import people
from tests.worlds import world

NAME, USUAL = "full", 300
KIB, MIB = 1024, 1024 * 1024
DISK = 24 * MIB
ROUNDS_A_SCENE = 36
CONTROLS = 4

Told = list[tuple[str, str]]
"""What was acknowledged: `finished` and `exported` with what, or a draft with an answer."""


def main(words: list[str]) -> int:
    """Run it as the command line asks."""
    return core.main(words, NAME, USUAL, protocol)


def protocol(n: int, rng: random.Random) -> Figures:
    """`n` jobs on disks that are nearly full, then the control."""
    rounds = Rounds(rng)
    with core.scratch() as folder, _disks(folder) as disks:
        for number in range(n):
            if number % ROUNDS_A_SCENE == 0:
                _lay_scene(folder, disks, number)
            rounds.one(list(JOBS)[number % len(JOBS)], disks, f"full {number}")
        found = (len(rounds.lost), rounds.half)
        with _careless_writer():
            for number in range(CONTROLS):
                rounds.one("export to the stick", disks, f"control {number}", share=0.5)
    return {
        "lost": found[0],
        "what": rounds.lost[:5],
        "half": found[1],
        "without_sentence": rounds.unsaid,
        "uncaught": len(rounds.uncaught),
        "errors": rounds.uncaught[:5],
        "refused": dict(rounds.refused),
        "control_failed": rounds.half > found[1],
    }


class Disks:
    """The laptop's disk, headquarters' and the stick, with the scene on them."""

    def __init__(self, laptop: SmallDisk, office: SmallDisk, stick: SmallDisk) -> None:
        self.laptop, self.office, self.stick = laptop, office, stick
        self.office_file = b""


@contextmanager
def _disks(folder: Path) -> Iterator[Disks]:
    with ExitStack() as mounted:
        places = (folder / name for name in ("laptop-disk", "office-disk", "stick-disk"))
        yield Disks(*(mounted.enter_context(small_disk(place, DISK)) for place in places))


def _lay_scene(folder: Path, disks: Disks, number: int) -> None:
    scene = set_scene(folder / f"scene-{number}", f"full {number}")
    for disk, name in ((disks.laptop, POST), (disks.office, OFFICE), (disks.stick, STICK)):
        disk.clear()
        shutil.rmtree(disk.place / name, ignore_errors=True)
        shutil.copytree(scene / name, disk.place / name)
    disks.office_file = (scene / OFFICE_FILE).read_bytes()
    shutil.rmtree(scene)


class Rounds:
    """Does jobs on disks that are nearly full, and counts what went wrong."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self.lost: list[str] = []
        self.uncaught: list[str] = []
        self.refused: Counter[str] = Counter()
        self.half = self.unsaid = 0

    def one(self, job: str, disks: Disks, seed: str, share: float | None = None) -> None:
        """One job: nearly full, then again with room, then everything is looked at."""
        disk, work, most = JOBS[job]
        told: Told = []
        for path in (disks.stick.place / STICK).iterdir():
            path.unlink()
        with ExitStack() as closing:
            desk = closing.enter_context(Desk.at(disks, seed))
            getattr(disks, disk).leave(int(most * (self._rng.random() if share is None else share)))
            self._try(job, lambda: work(desk, told))
            self.half += _halves(disks.stick.place / STICK, desk.office)
            getattr(disks, disk).clear()
            self._again(job, lambda: work(desk, told))
        shutil.rmtree(disks.laptop.place / NEW, ignore_errors=True)
        with Desk.at(disks, seed + " after") as desk:
            self.lost += [f"{job}: {thing}" for thing in _lost(desk, told)]

    def _try(self, job: str, work: Callable[[], None]) -> None:
        try:
            work()
        except FieldkitError as error:
            self.refused[error.code] += 1
            self.unsaid += error.code not in sentences()
        except Exception as error:
            self.uncaught.append(f"{job}: {type(error).__name__}")

    def _again(self, job: str, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            self.lost.append(f"{job}: with room again it still failed: {type(error).__name__} {error}")


class Desk:
    """A post and its headquarters, both signed in, and where their disks are."""

    def __init__(self, disks: Disks, post: OpenVault, office: OpenVault, seed: str) -> None:
        self.disks, self.post, self.office, self.seed = disks, post, office, seed
        self.stick = disks.stick.place / STICK

    @classmethod
    @contextmanager
    def at(cls, disks: Disks, seed: str) -> Iterator["Desk"]:
        with (
            desks.opened(disks.laptop.place / POST, seed) as post,
            desks.opened(disks.office.place / OFFICE, seed + " office") as office,
        ):
            yield cls(disks, post, office, seed)


def _halves(stick: Path, office: OpenVault) -> int:
    """How many files under a final name on the stick are not whole; they are taken away. Leftovers count."""
    found = 0
    for path in stick.iterdir():
        try:
            importing.look(office, path)
        except FieldkitError:
            found += 1
            path.unlink()
    return found


def _lost(desk: Desk, told: Told) -> Iterator[str]:
    yield from desks.unsound(desk.post)
    yield from desks.unsound(desk.office)
    cases = {row.case for row in desk.post.queries.cases()}
    drafts = {draft.id for draft in desk.post.drafts.list(desk.post.person.id)}
    held = {(draft, logged.op.value) for draft in drafts for logged in desk.post.drafts.history(draft)}
    for what, name in told:
        if what == "finished" and name not in cases:
            yield "a finished interview"
        if what == "exported" and not (desk.stick / name).is_file():
            yield "an exported file"
        if what not in ("finished", "exported") and what not in cases and (what, name) not in held:
            yield "an answer"
    if told and cases & drafts:
        yield "an interview that is draft and case"


# --- the jobs -----------------------------------------------------------------------------------------


def _autosave(desk: Desk, told: Told) -> None:
    interview = people.begin(desk.post)
    people.answer_all(interview, *desks.TELLS[:3])
    ref = people.ref_of(interview, "name_told")
    for number in range(12):
        interview.answer(ref, f"Amaru Testperson {number}")
        told.append((interview.draft_id, f"Amaru Testperson {number}"))


def _finish(desk: Desk, told: Told) -> None:
    for draft in desk.post.drafts.list(desk.post.person.id)[:2]:
        told.append(("finished", intake.finish(desk.post, intake.resume(desk.post, draft.id)).case))
    told.append(("finished", people.screened(desk.post, *desks.TELLS[:3]).case))


def _export(desk: Desk, told: Told) -> None:
    told[:] = [("exported", name) for name in exchange.export(desk.post, desk.stick).files]


def _import(desk: Desk, told: Told) -> None:
    people.screened(desk.post, *desks.TELLS[:3])
    (name,) = exchange.export(desk.post, desk.stick).files
    importing.import_bundle(desk.office, desk.stick / name)
    (desk.stick / name).unlink()


def _create(desk: Desk, told: Told) -> None:
    folder = desk.disks.laptop.place / NEW
    if at_door(folder) is None:
        create_vault(folder, new_vault(), world(desk.seed), FOR_TESTS).close()
    desks.sign_in(folder, desk.seed).close()


def _enrol(desk: Desk, told: Told) -> None:
    enrolment.trust_office(desk.post, desk.disks.office_file)


_tries = itertools.count()
"""A second try draws other numbers than the first."""


def _rekey(desk: Desk, told: Told) -> None:
    desk.post.close()
    vault = desks.sign_in(desk.disks.laptop.place / POST, f"{desk.seed} new key {next(_tries)}")
    try:
        rekey.rekey(vault, rekey.SUSPECTED)
    finally:
        vault.close()


JOBS: dict[str, tuple[str, Callable[[Desk, Told], None], int]] = {
    "autosave": ("laptop", _autosave, 320 * KIB),
    "finish": ("laptop", _finish, 320 * KIB),
    "export": ("laptop", _export, 64 * KIB),
    "export to the stick": ("stick", _export, 2 * MIB),
    "import": ("office", _import, 600 * KIB),
    "create": ("laptop", _create, 800 * KIB),
    "enrol": ("laptop", _enrol, 64 * KIB),
    "rekey": ("laptop", _rekey, 3 * MIB),
}
"""Each with the disk that is nearly full and the most bytes left on it: about what the job needs."""


@contextmanager
def _careless_writer() -> Iterator[None]:
    def write(path: Path, content: bytes) -> None:
        path.write_bytes(content)

    def write_with(path: Path, writer: Callable[[Counted], object]) -> None:
        with path.open("wb") as file:
            writer(Counted(file))

    with (
        patch.object(exchange, "write_whole", write),
        patch.object(exchange, "write_whole_with", write_with),
        patch.object(exchange, "_all_or_none", lambda *_: nullcontext()),
    ):
        yield
