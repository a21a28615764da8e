"""R1: a child process is killed at random moments of its work; what it was told is safe must be there.

    python3 run.py endure kill [--n 300] [--json]

Jobs take turns: autosave, finish, export, import, creation, enrolment (both headers), migration, copy, restore,
re-keying (a new key for the whole vault, also because somebody leaves).
`during` counts the kills that struck before the job had said its last word. Control: answers acknowledged before
they are committed must be found lost.
"""

import multiprocessing
import random
import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack
from multiprocessing.context import BaseContext
from pathlib import Path

from benchmarks.endure import core, desks
from benchmarks.endure.core import Figures
from benchmarks.endure.kill_jobs import (
    BUNDLE,
    CARELESS,
    COPIES,
    JOBS,
    NEW,
    OFFICE,
    OFFICE_FILE,
    OLD,
    POST,
    STICK,
    child,
    new_vault,
    put_back,
)
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.errors import FieldkitError
from fieldkit.services import backup, enrolment, exchange, importing, intake
from fieldkit.services import people as accounts
from fieldkit.services.new_vault import create_vault
from fieldkit.services.vault import OpenVault, at_door
from fieldkit.storage import rekey, slots
from tests.old_vaults import schema1
from tests.stories import offices, people
from tests.worlds import world

NAME, USUAL = "kill", 300
KILLS_A_SCENE = 45
CONTROLS = 4
LONGEST, LONGER = 0.4, {"copy": 1.5, "restore": 1.5, "rekey": 1.5}
"""Seconds until the kill, at most; for a job that has an end, a little more than it took last."""
LAST_WORDS = {"imported", "created", "migrated", "restored"}
"""After these a job only waits: a kill then hits nothing."""

Said = list[tuple[str, ...]]
Check = Callable[[Path, str, Said], list[str]]


def main(words: list[str]) -> int:
    """Run it as the command line asks."""
    return core.main(words, NAME, USUAL, protocol)


def protocol(n: int, rng: random.Random) -> Figures:
    """`n` kills, then the control."""
    killer = Killer(rng)
    lost: list[str] = []
    with core.scratch() as folder:
        scene = folder
        for number in range(n):
            if number % KILLS_A_SCENE == 0:
                shutil.rmtree(scene, ignore_errors=True) if scene != folder else None
                scene = set_scene(folder / f"scene-{number}", f"scene {number}")
            job = list(JOBS)[number % len(JOBS)]
            lost += killer.strike(job, scene, f"kill {number}")
        scene = set_scene(folder / "control", "control")
        missed = [killer.strike(CARELESS, scene, f"control {number}") for number in range(CONTROLS)]
    return {
        "lost": len(lost),
        "what": lost[:5],
        "acknowledged": killer.acknowledged,
        "during": killer.during,
        "control_failed": all(missed),
    }


class Killer:
    """Starts children, kills them, and looks at what they leave."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._context = _context()
        self._spans: dict[str, float] = {}
        self.acknowledged = 0
        self.during = dict.fromkeys(JOBS, 0)

    def strike(self, job: str, scene: Path, seed: str) -> list[str]:
        """One kill during `job`; what is wrong afterwards."""
        prepare = PREPARED.get(job)
        if prepare is not None:
            prepare(scene, seed)
        said = self._killed(job, scene, seed)
        if job in self.during:
            self.acknowledged += len(said)
            self.during[job] += not LAST_WORDS & {words[0] for words in said}
        try:
            return CHECKS[job](scene, seed + " check", said)
        except FieldkitError as error:  # it does not even open
            return [f"{job}: {error}"]

    def _killed(self, job: str, scene: Path, seed: str) -> Said:
        here, there = self._context.Pipe(duplex=False)
        process = self._context.Process(target=child, args=(job, scene, seed, there))  # type: ignore[attr-defined]
        process.start()
        there.close()
        said: Said = []
        try:
            assert here.recv() == ("ready",)
            while job == CARELESS and (not said or said[-1][0] != "answered"):
                said.append(here.recv())  # the control has to have promised something
            started = time.monotonic()
            delay = self._rng.uniform(0, self._spans.get(job, LONGER.get(job, LONGEST)))
            while (left := started + delay - time.monotonic()) > 0:
                if here.poll(left):
                    said.append(here.recv())
                    if said[-1][0] in LAST_WORDS:
                        self._spans[job] = 1.1 * (time.monotonic() - started)
                        break
            process.kill()
            while True:  # said before the kill, read after it: acknowledged all the same
                said.append(here.recv())
        except EOFError:
            pass
        finally:
            process.kill()
            process.join()
            here.close()
        return said


def _context() -> BaseContext:
    """Children that begin with everything imported, where the system can do that."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["benchmarks.endure.kill_jobs"])
    return context


# --- scenes -------------------------------------------------------------------------------------------


def set_scene(folder: Path, seed: str) -> Path:
    """An enrolled post, its headquarters, a stick; all vaults closed."""
    folder.mkdir(parents=True)
    (folder / STICK).mkdir()
    with ExitStack() as closing:
        office = offices.found(folder / "headquarters", f"Invented service {seed}")
        closing.callback(office.vault.close)
        post = offices.open_post(folder / POST, "Invented post", at=world(seed))
        closing.callback(post.close)
        offices.enrol(post, office)
        (folder / OFFICE_FILE).write_bytes(enrolment.office_file(office.vault).content)
    (folder / "headquarters" / "vault").rename(folder / OFFICE)
    return folder


def _bring_bundle(scene: Path, seed: str) -> None:
    with desks.opened(scene / POST, seed + " bring") as post:
        people.screened(post, *desks.TELLS[:3])
        (name,) = exchange.export(post, scene / STICK).files
    (scene / STICK / name).replace(scene / STICK / BUNDLE)


def _clear_new(scene: Path, _seed: str) -> None:
    shutil.rmtree(scene / NEW, ignore_errors=True)


def _lay_old(scene: Path, _seed: str) -> None:
    shutil.rmtree(scene / OLD, ignore_errors=True)
    shutil.copytree(schema1.FOLDER, scene / OLD)


def _clear_copies(scene: Path, _seed: str) -> None:
    shutil.rmtree(scene / COPIES, ignore_errors=True)
    (scene / COPIES).mkdir()


def _make_copy(scene: Path, seed: str) -> None:
    _clear_new(scene, seed)
    _clear_copies(scene, seed)
    with desks.opened(scene / POST, seed + " copy") as post:
        backup.back_up(post, scene / COPIES)


PREPARED: dict[str, Callable[[Path, str], None]] = {
    "import": _bring_bundle,
    "create": _clear_new,
    "migrate": _lay_old,
    "copy": _clear_copies,
    "restore": _make_copy,
}


# --- what must be there afterwards --------------------------------------------------------------------


def _answers(scene: Path, seed: str, said: Said) -> list[str]:
    with desks.opened(scene / POST, seed) as vault:
        lost = desks.unsound(vault)
        for draft in (words[1] for words in said if words[0] == "draft"):
            if vault.drafts.read(draft) is None:
                lost.append("a draft that was begun")
                continue
            held = {(logged.op.ref, logged.op.value) for logged in vault.drafts.history(draft)}
            told = [words[2:] for words in said if words[0] == "answered"]
            lost += [f"the answer to {ref}" for ref, value in told if (ref, value) not in held]
            if told:
                interview = intake.resume(vault, draft)
                last = vault.drafts.history(draft)[-1].op
                lost += [] if interview.session.typed(last.ref) == last.value else ["a resumed answer"]
    return lost


def _finished(scene: Path, seed: str, said: Said) -> list[str]:
    with desks.opened(scene / POST, seed) as vault:
        lost = desks.unsound(vault) + desks.not_rebuilt(vault)
        cases = {row.case for row in vault.queries.cases()}
        drafts = {draft.id for draft in vault.drafts.list(vault.person.id)}
        for words in said:
            if words[0] == "finished" and words[1] not in cases:
                lost.append("a finished interview")
            if words[0] == "finishing" and (words[1] in cases) == (words[1] in drafts):
                lost.append("an interview that is neither draft nor case, or both")
    return lost


def _exported(scene: Path, seed: str, said: Said) -> list[str]:
    named = {words[1] for words in said if words[0] == "exported"}
    there = {path.name for path in (scene / STICK).glob("*.fkb") if path.name != BUNDLE}
    lost = [f"the file {name}" for name in named - there]
    with desks.opened(scene / OFFICE, seed) as office:
        for name in there:
            importing.look(office, scene / STICK / name)  # raises when half of one stands there
            (scene / STICK / name).unlink()
    with desks.opened(scene / POST, seed) as post:
        return lost + desks.unsound(post)


def _imported(scene: Path, seed: str, said: Said) -> list[str]:
    with desks.opened(scene / OFFICE, seed) as office:
        lost = desks.unsound(office) + desks.not_rebuilt(office)
        bundle = importing.look(office, scene / STICK / BUNDLE)
        if any(words[0] == "imported" for words in said) and not bundle.already_held:
            lost.append("an import")
        if bundle.known not in (len(bundle.items), _held_before(office, bundle.stream)):
            lost.append("a whole import, or nothing of it")
        importing.import_bundle(office, scene / STICK / BUNDLE)
        return lost + desks.unsound(office)


def _held_before(office: OpenVault, stream: str) -> int:
    """How far the last import of this stream went that was recorded."""
    return office.database.number("SELECT COALESCE(MAX(last), 0) FROM imports WHERE stream = ?", (stream,))


def _created(scene: Path, seed: str, said: Said) -> list[str]:
    if at_door(scene / NEW) is None:
        made = create_vault(scene / NEW, new_vault(), world(seed), FOR_TESTS)
        made.close()
        return ["a created vault"] if said else []
    with desks.opened(scene / NEW, seed) as vault:
        return desks.unsound(vault)


def _enrolled(scene: Path, seed: str, said: Said) -> list[str]:
    with desks.opened(scene / POST, seed) as vault:
        lost = desks.unsound(vault)
        if vault.recovery_missing or slots.copies_differ(scene / POST):
            lost.append("the recovery slot, or the second header")
        return lost


def _migrated(scene: Path, seed: str, said: Said) -> list[str]:
    with desks.opened(scene / OLD, seed, phrase=schema1.PHRASE) as vault:
        lost = desks.unsound(vault)
        # The vault was made before identities were kept in it, so its stream is named by its maker.
        head = vault.journal.head(schema1.STREAM)
        if (head.number, head.digest) != (schema1.ENTRIES, schema1.HEAD):
            lost.append("entries of the old vault")
        if len(vault.drafts.list(schema1.PERSON)) != 1:
            lost.append("the draft of the old vault")
        return lost


def _copied(scene: Path, seed: str, said: Said) -> list[str]:
    found = [copy.path.name for copy in backup.found_in(scene / COPIES)]
    lost = [f"the copy {words[1]}" for words in said if words[0] == "copied" and words[1] not in found]
    for which in range(len(found)):
        _clear_new(scene, seed)
        put_back(scene, scene / NEW, f"{seed} {which}", which)  # raises when half of one stands there
        with desks.opened(scene / NEW, f"{seed} {which} open") as vault:
            lost += desks.unsound(vault)
    with desks.opened(scene / POST, seed) as post:
        return lost + desks.unsound(post)


def _rekeyed(scene: Path, seed: str, said: Said) -> list[str]:
    """The old vault or the new one, whole; who was told to have left is gone, and nothing lies about."""
    with desks.opened(scene / POST, seed) as vault:
        lost = desks.unsound(vault)
        here = {slot.person for slot in vault.header.slots}
        gone = {words[1] for words in said if words[0] == "left" and words[1]}
        lost += ["an account that was ended came back"] if gone & here else []
        if vault.recovery_missing or slots.copies_differ(scene / POST):
            lost.append("the recovery slot, or the second header")
        lost += ["the former vault was left"] if rekey.waits(scene / POST) else []
        lost += [f"the answer to {ref}" for ref in _unheld(vault, said)]
        for person in here - {vault.person.id}:  # cut off before it came to that
            accounts.end(vault, person)
            break
    with desks.opened(scene / POST, seed + " after") as vault:
        return lost + desks.unsound(vault) + [f"then the answer to {ref}" for ref in _unheld(vault, said)]


def _unheld(vault: OpenVault, said: Said) -> list[str]:
    """The answers that were acknowledged and are not there."""
    told = [words[1:] for words in said if words[0] == "answered"]
    held = {
        (draft, logged.op.ref, logged.op.value)
        for draft in {words[0] for words in told}
        for logged in vault.drafts.history(draft)
    }
    return [words[1] for words in told if tuple(words) not in held]


def _restored(scene: Path, seed: str, said: Said) -> list[str]:
    if at_door(scene / NEW) is None:
        if said:
            return ["a restored vault"]
        _clear_new(scene, seed)  # what was cut off is no vault; restoring asks for an empty folder
        put_back(scene, scene / NEW, seed)
    with desks.opened(scene / NEW, seed + " open") as vault:
        return desks.unsound(vault)


CHECKS: dict[str, Check] = {
    "autosave": _answers,
    CARELESS: _answers,
    "finish": _finished,
    "export": _exported,
    "import": _imported,
    "create": _created,
    "enrol": _enrolled,
    "migrate": _migrated,
    "copy": _copied,
    "restore": _restored,
    "rekey": _rekeyed,
}
