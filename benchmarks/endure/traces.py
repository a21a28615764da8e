"""R10: words typed in a talk are looked for wherever a program leaves traces: none outside vault and chosen files.

    python3 run.py endure traces [--n 6] [--json]

A child process with a home, a temporary folder and a working folder of its own types canary words into the real
window, copies them to the clipboard (which the cover, the minute and the lock must empty), looks at the record as
pages, keeps it and prints it, exports, makes a backup, logs, and crashes. Then every file is searched, and every
write of it that the system saw, also to files that are gone by now. Only the record that somebody chose to keep may
show a word, and only what the printer was given may be pages. Control: a temporary file with a word in it, taken
away again.
"""

import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.endure import core
from benchmarks.endure.core import Figures
from benchmarks.endure.trace import Call, traced
from benchmarks.endure.traces_work import CHOSEN, LEFT_IN_CLIPBOARD, PRINTED_FILE

NAME, USUAL = "traces", 6
WAYS = ("kill", "abort", "close")
RECORD = f"{CHOSEN}/record.pdf"
PAGES = (RECORD, f"{CHOSEN}/{PRINTED_FILE}")
"""What may be pages: kept, and given to a printer (here one that writes to a file)."""
PLACES = ("home", "temp", "here", CHOSEN, "run")
WORDS, LETTERS = 3, "bcdfghjklmnpqrstvwxz"


def main(words: list[str]) -> int:
    """Run it as the command line asks."""
    return core.main(words, NAME, USUAL, protocol)


def protocol(n: int, rng: random.Random) -> Figures:
    """`n` talks, each with words of its own, then the control."""
    hits: list[str] = []
    outside: set[str] = set()
    for number in range(n):
        found, made = talk(WAYS[number % len(WAYS)], rng)
        hits += found
        outside |= made
    control, _ = talk("careless", rng)
    return {
        "hits": len(hits),
        "what": hits[:5],
        "files_outside": sorted(outside)[:20],
        "control_failed": bool(control),
    }


def talk(way: str, rng: random.Random) -> tuple[list[str], set[str]]:
    """Where a word was found; and the files made outside vaults and chosen folder, by the end of their names."""
    canaries = ["Q" + "".join(rng.choices(LETTERS, k=11)) for _ in range(WORDS)]
    with core.scratch() as folder:
        root = folder / "laptop"
        for place in PLACES:
            (root / place).mkdir(parents=True)
        words = ["-m", "benchmarks.endure.traces_work", str(root), way, *canaries]
        calls = traced(words, root, folder / "trace", _environment(root), here=root / "here", may_crash=True)
        if not all((root / name).is_file() for name in PAGES):
            raise RuntimeError("the talk did not come to its end")
        if (root / CHOSEN / LEFT_IN_CLIPBOARD).is_file():
            return [f"the clipboard: {(root / CHOSEN / LEFT_IN_CLIPBOARD).read_text()}"], set()
        hits = [*_in_files(root, canaries), *_in_writes(calls, root, canaries)]
        return sorted(set(hits)), {path for path in _made(calls, root) if path.split("/")[0] in PLACES}


def _environment(root: Path) -> dict[str, str]:
    here = {"HOME": root / "home", "TMPDIR": root / "temp", "XDG_RUNTIME_DIR": root / "run"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    path = os.pathsep.join(filter(None, (str(core.ROOT), os.environ.get("PYTHONPATH", ""))))
    more = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    return {**kept, **{name: str(value) for name, value in here.items()}, **more}


def _spellings(canaries: Sequence[str]) -> list[bytes]:
    """As text and as the two-byte characters in which Qt and dumps of memory have it."""
    return [word.encode(code) for word in canaries for code in ("utf-8", "utf-16-le", "utf-16-be")]


def _in_files(root: Path, canaries: Sequence[str]) -> Iterator[str]:
    wanted = _spellings(canaries)
    for path in root.rglob("*"):
        name = path.relative_to(root).as_posix()
        if any(word in name for word in canaries):
            yield f"a name: {name}"
        if path.is_file() and name != RECORD and any(word in path.read_bytes() for word in wanted):
            yield f"a file: {name}"
        if path.name == "core" or path.name.startswith("core."):
            yield f"a picture of the memory: {name}"


def _in_writes(calls: Sequence[Call], root: Path, canaries: Sequence[str]) -> Iterator[str]:
    """Also in files that are gone; a page outside the chosen folder hides its words, and is a hit as it is."""
    wanted = _spellings(canaries)
    for call in calls:
        name = call.path.removeprefix(f"{root}/")
        if call.what == "write" and name != RECORD:
            if any(word in call.content for word in wanted):
                yield f"a write: {name}"
            if call.content.startswith((b"%PDF", b"\x89PNG", b"%!PS")) and name not in PAGES:
                yield f"a page written: {name}"


def _made(calls: Sequence[Call], root: Path) -> Iterator[str]:
    for call in calls:
        name = call.path.removeprefix(f"{root}/")
        if call.what == "make" and not name.startswith(f"{CHOSEN}/"):
            yield name
