"""R12: after a lock no process that is left holds a key, the phrase, or a word of what was on the screen.

    python3 run.py endure lock [--n 30] [--json]

The real program's process is signed in to a vault, canary words are typed into an interview, and it is locked: by
hand, when nobody is there, by the lid, after sleep, covered for too long, in panic, in turn. Then the memory of
every process that is left of it is read from outside and searched for the database key, the private keys of the
sealed classes and of the person, the phrase and the words; and the vault is opened again and looked through.
Control: the vault closed in a process that does not end.
"""

import os
import random
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.endure import core, desks
from benchmarks.endure.core import CannotRun, Figures
from fieldkit.crypto.primitives import STANDARD
from fieldkit.services import intake, new_vault, vault
from fieldkit.services.new_vault import NewVault
from fieldkit.services.vault import Desk
from fieldkit.ui.world import real_world
from tests.stories import people

NAME, USUAL = "lock", 30
WAYS = ("idle", "panic", "lid", "cover", "hand", "slept")
LETTERS = "bcdfghjklmnpqrstvwxz"
TOKEN = "FIELDKIT_ENDURE_LOCK"
"""A variable of the environment by which every process that comes of one run is known."""

PATIENCE = 60.0
"""Seconds until a run that hangs is given up."""

_CHUNK = 1 << 24
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def main(words: list[str]) -> int:
    """Run it as the command line asks."""
    return core.main(words, NAME, USUAL, protocol)


@dataclass
class Run:
    """One sign-in and its lock."""

    way: str
    folder: Path
    phrase: str
    words: tuple[str, ...]
    """The one that was acknowledged, and the one that the line still held."""
    ring: bytes
    person: str
    token: str = field(default_factory=lambda: secrets.token_hex(8))
    hits: set[str] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)
    processes: int = 0
    mebibytes: int = 0
    seconds: float = 0.0


def protocol(n: int, rng: random.Random, *, ways: tuple[str, ...] = WAYS) -> Figures:
    """`n` locks, then the control."""
    _demand_memory()
    asked = [*(ways[number % len(ways)] for number in range(n)), "control"]
    words = [tuple("Q" + "".join(rng.choices(LETTERS, k=11)) for _ in range(2)) for _ in asked]
    *runs, control = (_one(way, canaries) for way, canaries in zip(asked, words, strict=True))
    return {
        "hits": sum(len(run.hits) for run in runs),
        "lost": sum(len(run.lost) for run in runs),
        "what": [f"{run.way}: {found}" for run in runs for found in (*run.hits, *run.lost)][:5],
        "without_sign_in": sum(not run.processes for run in runs),
        "processes": sum(run.processes for run in runs),
        "mebibytes": sum(run.mebibytes for run in runs),
        "ended_after_ms": {
            way: round(statistics.median(run.seconds for run in runs if run.way == way) * 1000)
            for way in dict.fromkeys(run.way for run in runs)
        },
        "control_found": sorted(control.hits),
        "control_failed": {"database key", "word"} <= control.hits,
    }


def _demand_memory() -> None:
    if sys.platform != "linux":
        raise CannotRun("The memory of other processes is read through /proc, which only Linux has.")
    child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    try:
        with Path(f"/proc/{child.pid}/mem").open("rb"):
            return
    except OSError as error:
        raise CannotRun("This account may not read the memory of other processes. Run it as root.") from error
    finally:
        child.communicate()


def _one(way: str, words: tuple[str, ...]) -> Run:
    with core.scratch() as folder:
        run = _new_vault(way, folder, words)
        process = _begin(run, folder)
        try:
            _drive(run, process)
            if way != "control":
                _look_into_vault(run)
                _search(run)
        finally:
            _end_all(run, process)
        return run


def _new_vault(way: str, folder: Path, words: tuple[str, ...]) -> Run:
    world = real_world()
    phrase = vault.offer_phrase(world, "en")
    new = NewVault(Desk.POST, "Invented post", "Officer 1", "en", phrase, training=True)
    made = new_vault.create_vault(folder / "vault", new, world, STANDARD)
    run = Run(way, folder / "vault", phrase, words, made.ring.to_bytes(), made.person.id)
    made.close()
    return run


def _begin(run: Run, folder: Path) -> "subprocess.Popen[str]":
    path = os.pathsep.join(filter(None, (str(core.ROOT), os.environ.get("PYTHONPATH", ""))))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "DBUS_"))}
    more = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": path, "HOME": str(folder), TOKEN: run.token}
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.endure.lock_work", str(run.folder), run.way],
        cwd=core.ROOT,
        env={**kept, **more},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _drive(run: Run, process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write("\n".join((run.phrase, *run.words)) + "\n")
    process.stdin.flush()
    said = [process.stdout.readline().strip() for _ in range(2)]
    if said[0] != "kept" or not said[1].startswith("locks"):
        raise RuntimeError(f"the program did not come to its lock: {said}")
    if run.way == "control":
        process.stdout.readline()
        _search(run)
        return
    code = process.wait(PATIENCE)
    run.seconds = time.monotonic() - float(said[1].split()[1])
    if code != 0:
        raise RuntimeError(f"the program ended with {code}")
    _search(run)
    if not run.processes:
        run.lost.append("no sign-in is shown")


# --- looking into memory ------------------------------------------------------------------------------


def wanted(run: Run) -> Mapping[bytes, str]:
    """Everything that must not be found, as it may stand in memory, and what it is."""
    from fieldkit.crypto.keys import Keyring  # noqa: PLC0415

    ring = Keyring.from_bytes(run.ring)
    raw = ring.database.raw
    found = {
        raw: "database key",
        raw.hex().encode(): "database key",
        raw.hex().upper().encode(): "database key",
    }
    for key in (*ring.classes.values(), *([ring.own] if ring.own else [])):
        line = key.to_bytes().strip()
        found[line] = found[_private(line.decode())] = "class key"
    for text, what in ((run.phrase, "phrase"), (run.words[0], "word"), (run.words[1], "word")):
        found[text.encode()] = found[text.encode("utf-16-le")] = what
    return found


def _private(line: str) -> bytes:
    """The 32 bytes in an age identity (Bech32, BIP 173)."""
    number = 0
    digits = line.lower().rpartition("1")[2][:-6]
    for letter in digits:
        number = number << 5 | _BECH32.index(letter)
    return (number >> (len(digits) * 5 - 256)).to_bytes(32, "big")


def _search(run: Run) -> None:
    patterns = wanted(run)
    here = list(_left(run.token))
    run.processes = max(run.processes, len(here))
    for process in here:
        for chunk in _memory(process):
            run.mebibytes += len(chunk) >> 20
            run.hits |= {what for pattern, what in patterns.items() if pattern in chunk}


def _left(token: str) -> Iterator[int]:
    """Every process that has the token in its environment."""
    wanted = f"{TOKEN}={token}".encode()
    for place in Path("/proc").iterdir():
        if place.name.isdecimal():
            with suppress(OSError):
                if wanted in (place / "environ").read_bytes().split(b"\0"):
                    yield int(place.name)


def _memory(process: int) -> Iterator[bytes]:
    """What a process can write to, in pieces: what it holds lies there. Empty pages are left out."""
    with suppress(OSError), Path(f"/proc/{process}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text(encoding="utf-8", errors="replace").splitlines():
            span, rights = line.split()[:2]
            if rights.startswith("rw"):
                first, end = (int(part, 16) for part in span.split("-"))
                yield from _read(memory.fileno(), first, end)


def _read(memory: int, first: int, end: int) -> Iterator[bytes]:
    overlap = 256  # a pattern may lie across two pieces
    for start in range(first, end, _CHUNK):
        with suppress(OSError, OverflowError):
            chunk = os.pread(memory, min(_CHUNK + overlap, end - start), start)
            if chunk.strip(b"\0"):
                yield chunk


# --- what is in the vault -----------------------------------------------------------------------------


def _look_into_vault(run: Run) -> None:
    """What was acknowledged must be there; what the line still held too, but after a panic lock."""
    opened = vault.SignIn(run.folder, real_world()).open(run.person, run.phrase)
    try:
        drafts = opened.drafts.list(opened.person.id)
        if len(drafts) != 1:
            run.lost.append("the interview")
            return
        interview = intake.resume(opened, drafts[0].id)
        value = interview.session.value(people.ref_of(interview, "name_told"))
        kept = f"{run.words[0]} {run.words[1]}"
        if value != kept and not (run.way == "panic" and value == run.words[0]):
            run.lost.append("an answer" if run.words[0] not in value else "what the line held")
        run.lost += desks.unsound(opened)
    finally:
        opened.close()


def _end_all(run: Run, process: "subprocess.Popen[str]") -> None:
    for left in _left(run.token):
        with suppress(OSError):
            os.kill(left, 9)
    with suppress(OSError, ValueError):
        process.communicate(timeout=PATIENCE)
