"""R14: somebody with the vault's key rewrites the journal; up to what headquarters holds it is always found.

    python3 run.py endure journal [--n 200] [--json]

After each rewriting the post goes on as if nothing were: it verifies, finishes a talk, exports, twice;
headquarters imports. Somewhere on that way it must be refused. What headquarters holds stands for the last
receipt. Control: what lies above it can be rewritten unseen, and that is said (journal rule 10); whoever finds it
is lying.
"""

import random
import shutil
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from benchmarks.endure import core, desks
from benchmarks.endure.core import Figures
from benchmarks.endure.kill import set_scene
from benchmarks.endure.kill_jobs import OFFICE, POST, STICK
from benchmarks.endure.tamper import REWRITINGS, Forger, Rewriting
from fieldkit.crypto.keys import DatabaseKey
from fieldkit.domain.errors import FieldkitError
from fieldkit.headquarters.store import Imported
from fieldkit.services import exchange, importing
from fieldkit.services.errors import ExchangeFault
from fieldkit.services.vault import OpenVault
from tests.stories import people

NAME, USUAL = "journal", 200
CONTROLS = 5
TALKS, TALKS_ABOVE = 3, 2


def main(words: list[str]) -> int:
    """Run it as the command line asks."""
    return core.main(words, NAME, USUAL, protocol)


def protocol(n: int, rng: random.Random) -> Figures:
    """`n` rewritings, each of a journal of its own, then the control."""
    with core.scratch() as folder:
        written = Written(folder)
        missed: list[str] = []
        found: Counter[str] = Counter()
        for number in range(n):
            name = list(REWRITINGS)[number % len(REWRITINGS)]
            where = written.found(REWRITINGS[name], rng)
            found[f"{name}: {where}"] += 1
            missed += [] if where else [name]
        sound = written.found(_nothing, rng)
        above = [written.found(_above, rng) for _ in range(CONTROLS)]
    return {
        "missed": len(missed),
        "what": missed[:5],
        "false_alarms": int(bool(sound)),
        "found": dict(sorted(found.items())),
        "unprotected_above_the_last_receipt": above.count(""),
        "control_failed": not any(above) and not sound,
    }


def _nothing(forger: Forger, rng: random.Random) -> None:
    """Nothing is rewritten: nothing may be found."""


def _above(forger: Forger, rng: random.Random) -> None:
    """The first entry that headquarters does not hold is rewritten, and all after it."""
    forger.rewrite_from(forger.covered, rng)


class Written:
    """A post of whose journal headquarters holds the first part."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._scene = set_scene(folder / "scene", "journal")
        with ExitStack() as closing:
            post = closing.enter_context(desks.opened(self._scene / POST, "written"))
            office = closing.enter_context(desks.opened(self._scene / OFFICE, "written office"))
            for _ in range(TALKS):
                people.screened(post, *desks.TELLS)
            self._carry(post, office, self._scene)
            self._covered = office.journal.head(post.stream).number
            for _ in range(TALKS_ABOVE):
                people.screened(post, *desks.TELLS)
            self._key: DatabaseKey = post._keys.database
            self._stream = post.stream

    def found(self, rewrite: Rewriting, rng: random.Random) -> str:
        """Where a rewriting was found; empty when it never was."""
        scene = self._folder / "rewritten"
        shutil.copytree(self._scene, scene)
        try:
            forger = Forger(scene / POST, self._key, self._stream, self._covered)
            rewrite(forger, rng)
            forger.database.close()
            return self._goes_on(scene)
        finally:
            shutil.rmtree(scene)

    def _goes_on(self, scene: Path) -> str:
        with (
            desks.opened(scene / POST, "goes on") as post,
            desks.opened(scene / OFFICE, "goes on office") as office,
        ):
            if not post.journal.verify(post.stream).sound:
                self._must_not_export(post, scene)
                return "verified"
            for number in (1, 2):
                try:
                    people.screened(post, *desks.TELLS[:3])
                    brought = self._carry(post, office, scene)
                except FieldkitError as error:
                    return f"bundle {number}, {error.code}"
                if brought.why is not None:
                    return f"bundle {number}, set aside: {brought.why}"
        return ""

    def _must_not_export(self, post: OpenVault, scene: Path) -> None:
        try:
            exchange.export(post, scene / STICK)
        except ExchangeFault as fault:
            if fault.code == "exchange.journal_broken":
                return
        raise AssertionError("a journal that is not sound was exported")

    def _carry(self, post: OpenVault, office: OpenVault, scene: Path) -> Imported:
        (name,) = exchange.export(post, scene / STICK).files
        return importing.import_bundle(office, scene / STICK / name)
