"""How long a start takes: what `run.py` adds, and the sign-in window beside a bare PySide6 window.

    python3 run.py bench start [--n 7] [--json]

Every round runs each contender once, in turn, in the same minute; the last line is JSON with medians
in milliseconds. A round before them is not counted: in it Python compiles what it has not yet. `run_py_adds` is
the time from starting `run.py` to the program's first line, less that of a bare interpreter printing one line.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

BARE_WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLabel("bare"))
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""

OUR_WINDOW = """
import sys
from PySide6.QtCore import QTimer
from fieldkit.ui import application as program
app = program.make_application(sys.argv)
window = program.make_window(program.make_context(program.default_folder()))
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""


def main(words: list[str]) -> int:
    """Print a line a contender, then JSON. Returns 0 when both goals are met, else 1."""
    parser = argparse.ArgumentParser(prog="run.py bench start")
    parser.add_argument("--n", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "FIELDKIT_HOME": home,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(ROOT),
        }
        if environment.pop("PYTHONDONTWRITEBYTECODE", ""):
            environment["PYTHONPYCACHEPREFIX"] = str(
                Path(home) / "pycache"
            )  # compiled once, as for everybody else
        contenders = {
            "bare_interpreter": [sys.executable, "-c", "print(1)"],
            "run_py": [sys.executable, str(ROOT / "run.py"), "--version"],
            "program": [sys.executable, "-m", "fieldkit", "--version"],
            "bare_window": [sys.executable, "-c", BARE_WINDOW],
            "first_window": [sys.executable, "-c", OUR_WINDOW],
        }
        medians = _medians(contenders, options.n, environment)
    report = {
        **{name: {"median_ms": value} for name, value in medians.items()},
        "run_py_adds": {"median_ms": round(medians["run_py"] - medians["program"], 1), "goal_ms": 500},
        "window_ratio": {"median": round(medians["first_window"] / medians["bare_window"], 2), "goal": 1.5},
    }
    if not options.json:
        for name, value in medians.items():
            print(f"{name:18} {value:8.1f} ms")
    print(json.dumps(report))
    return 0 if report["run_py_adds"]["median_ms"] < 500 and report["window_ratio"]["median"] <= 1.5 else 1


def _medians(contenders: dict[str, list[str]], rounds: int, environment: dict[str, str]) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, command in contenders.items():
            start = time.perf_counter()
            subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            if number:  # in the first round everything is compiled
                times[name].append((time.perf_counter() - start) * 1000)
    return {name: round(statistics.median(values), 1) for name, values in times.items()}
