"""How much memory the form engine takes: resident memory of a child process, above a bare interpreter."""

import json
import os
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOALS = {"a300_above_bare": 30.0, "b1000_1000_rows": 40.0}
"""Megabytes to stay within."""


def lines(forms: dict[str, bytes]) -> Iterator[str]:
    """A line a figure, in megabytes."""
    for name, megabytes in measure(forms).items():
        mark = "" if megabytes <= GOALS[name] else " !"
        yield f"{name:18} {megabytes:9.1f} MB, to stay within {GOALS[name]:g}{mark}"


def measure(forms: dict[str, bytes]) -> dict[str, float]:
    """Megabytes by name, from a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in forms.items():
            (Path(folder) / f"{name}.xml").write_bytes(content)
        command = [sys.executable, "-m", "benchmarks.forms_memory", folder]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        run = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    found: dict[str, float] = json.loads(run.stdout)
    return found


def resident() -> float:
    """Megabytes this process holds; where the system does not say, those that Python has asked for."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return tracemalloc.get_traced_memory()[0] / 1024 / 1024


def child(folder: Path) -> dict[str, float]:
    """In the child: bare, after loading A300, after 1,000 rows of B1000."""
    if not Path("/proc/self/status").is_file():
        tracemalloc.start()
    bare = resident()
    from benchmarks.forms import ROWS, started  # noqa: PLC0415 (its memory counts)
    from fieldkit.forms.reader import read_form  # noqa: PLC0415

    held = [started(read_form((folder / "A300.xml").read_bytes()))]
    loaded = resident()
    held.append(started(read_form((folder / "B1000.xml").read_bytes())))
    before = resident()
    for _ in range(ROWS):
        held[-1].add_row("/data/item")
    rows = resident()
    return {"a300_above_bare": round(loaded - bare, 1), "b1000_1000_rows": round(rows - before, 1)}


if __name__ == "__main__":
    print(json.dumps(child(Path(sys.argv[1]))))
