"""Looks for what breaks a parser of bytes from outside (protocol R5).

    python3 run.py fuzz [TARGET …] [--seconds 60] [--seed 1] [--own]

Each target is fuzzed for so many seconds, guided by the lines that inputs reach: with atheris (libFuzzer) where it
is installed (`.venv/bin/python -m pip install atheris`; Linux and macOS, in no lock), else with a small fuzzer of
our own. An input that breaks something is kept in `build/fuzz`. The last line is JSON; the exit code is 1 when
anything was found. `run.py endure fuzz` is the same.
"""

import argparse
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.fuzz.coverage import fuzz
from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "fuzz"
TIMEOUT = 10
"""Seconds that one input may take."""


def main(words: list[str]) -> int:
    """Fuzz each target in turn. Returns 0 when nothing was found, else 1."""
    parser = argparse.ArgumentParser(prog="run.py fuzz")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all when none is named"
    )
    parser.add_argument("--json", action="store_true", help="nothing but the last line")
    parser.add_argument("--own", action="store_true", help="the small fuzzer even where atheris is installed")
    options = parser.parse_args(words)
    unknown = sorted(set(options.targets) - TARGETS.keys())
    if unknown:
        parser.error(f"no such target: {', '.join(unknown)}")
    tell = (lambda *_: None) if options.json else print
    guided = importlib.util.find_spec("atheris") is not None and not options.own
    if not guided and not options.own:
        tell("atheris is not installed (.venv/bin/python -m pip install atheris); using the small fuzzer.")
    report: dict[str, dict[str, Any]] = {}
    for name in options.targets or TARGETS:
        run = _with_atheris if guided else _with_own
        report[name] = run(name, options.seconds, options.seed)
        tell(f"{name}: {report[name]}")
        sys.stdout.flush()
    print(json.dumps(report))
    return 1 if any(found["findings"] for found in report.values()) else 0


def _with_own(name: str, seconds: float, seed: int) -> dict[str, Any]:
    found = fuzz(name, seconds, seed)
    for number, (content, what) in enumerate(found.findings):
        print(f"{what}\n    kept as {_keep(name, number, content)}")
    return {"by": "own", "inputs": found.inputs, "kept": found.kept, "findings": len(found.findings)}


def _keep(name: str, number: int, content: bytes) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    place = KEPT / f"{name}-{number}"
    place.write_bytes(content)
    return place


def _with_atheris(name: str, seconds: float, seed: int) -> dict[str, Any]:
    """In a process of its own: libFuzzer ends the process it runs in."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        command = [sys.executable, "-m", "tests.fuzz.guided", name, corpus]
        limits = [f"-max_total_time={max(1, int(seconds))}", f"-seed={seed}", f"-timeout={TIMEOUT}"]
        places = ["-rss_limit_mb=2048", f"-artifact_prefix={KEPT}/{name}-"]
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        }
        run = subprocess.run(
            [*command, *limits, *places], cwd=ROOT, env=environment, capture_output=True, text=True
        )
    counted = re.findall(r"#(\d+)\s", run.stderr)
    if run.returncode != 0:
        print(run.stdout[-2000:], run.stderr[-4000:], f"kept in {KEPT}", sep="\n")
    inputs = int(counted[-1]) if counted else 0
    return {"by": "atheris", "inputs": inputs, "findings": int(run.returncode != 0)}
