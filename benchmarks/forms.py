"""How fast the form engine is, and how much memory it takes, on three forms (`bench_shapes`).

    python3 run.py bench forms [--json] [--vectors DIR] [--seed N]

The forms are made from a seed, or taken from DIR (`A300.xlsx` …, there or in its folder `bench`), and converted
before any clock starts. Loading starts from the bytes of the XForm, and nothing is kept between samples.
Every figure stands beside the time of a fixed Python loop in the same minute, so that a slow hour of the machine is
told from a slow engine. The last line is JSON; before it (on standard error with `--json`) a table with the figures
to reach, which `design/forms.md` sets.
"""

import argparse
import gc
import itertools
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import forms_memory, forms_rxeval
from benchmarks.bench_shapes import xforms
from benchmarks.recordings import CountedBytes, FixedClock
from fieldkit.forms.definition import Form
from fieldkit.forms.reader import read_form
from fieldkit.forms.session import Session

CLOCK = FixedClock(datetime(2026, 11, 21, 12, tzinfo=UTC))
FINE = 1e-5
"""Seconds a clock must tell apart to be of use here."""
now = time.process_time if time.get_clock_info("process_time").resolution < FINE else time.perf_counter
"""The processor's time: nothing here waits for anything but the processor, and what other programs take is not the
engine's. Where that clock is coarse, the one on the wall."""
LOOP = 300_000
"""Rounds of the fixed loop: some 13 ms on a laptop of 2024."""
ROWS = 1_000
ANSWERS = {"int": "30", "decimal": "2.5", "date": "2026-02-03", "select1": "yes", "select": "a b"}

GOALS = {
    "a300_load": ("median", 40.0),
    "a300_answer": ("p95", 2.0),
    "a300_fanout": ("median", 2.0),
    "a300_language": ("median", 8.0),
    "b1000_add_rows": ("median", 300.0),
    "b1000_set_value": ("median", 0.3),
    "c10k_load": ("median", 200.0),
    "c10k_filter": ("median", 0.5),
}
"""Milliseconds to stay within, and of which figure."""


@dataclass(frozen=True)
class Figure:
    """Milliseconds of all samples, and of the fixed loop beside them."""

    samples: tuple[float, ...]
    loop: float

    @property
    def median(self) -> float:
        return statistics.median(self.samples)

    @property
    def p95(self) -> float:
        return sorted(self.samples)[min(len(self.samples) - 1, int(len(self.samples) * 0.95))]

    def as_json(self) -> dict[str, float]:
        return {"median_ms": round(self.median, 3), "p95_ms": round(self.p95, 3)}


def main(words: list[str]) -> int:
    """Print a table and JSON. Returns 0 when every figure reaches its goal, else 1."""
    parser = argparse.ArgumentParser(prog="run.py bench forms")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(words)
    forms = xforms(options.seed, options.vectors)
    figures = measure(forms)
    out = sys.stderr if options.json else sys.stdout
    for line in _table(figures, forms_rxeval.measure(forms)):
        print(line, file=out)
    for line in forms_memory.lines(forms):
        print(line, file=out)
    print(json.dumps({name: figure.as_json() for name, figure in figures.items()}))
    return 0 if all(_reached(name, figure) for name, figure in figures.items()) else 1


def measure(forms: dict[str, bytes]) -> dict[str, Figure]:
    """All figures, in the order of `GOALS`."""
    a300, b1000, c10k = forms["A300"], forms["B1000"], forms["C10k"]
    return {
        "a300_load": timed(lambda: started(read_form(a300)), 15),
        "a300_answer": _answers(a300),
        "a300_fanout": _fanout(a300),
        "a300_language": _language(a300),
        "b1000_add_rows": timed(lambda: _with_rows(b1000), 5),
        "b1000_set_value": _set_value(b1000),
        "c10k_load": timed(lambda: _first_villages(c10k), 7),
        "c10k_filter": _filter(c10k),
    }


# ---- the clock -------------------------------------------------------------------------------------------


def timed(sample: Callable[[], object], count: int, prepare: Callable[[], object] | None = None) -> Figure:
    """`count` samples after one that does not count; `prepare` runs before each, outside the clock.

    What earlier samples left behind is collected before each one: a program loads a form once, not after fifteen.
    """
    loop = fixed_loop()
    found: list[float] = []
    for number in range(count + 1):
        if prepare is not None:
            prepare()
        if number < 20:
            gc.collect()
        begun = now()
        sample()
        took = (now() - begun) * 1000
        if number:
            found.append(took)
    return Figure(tuple(found), loop)


def fixed_loop() -> float:
    """Milliseconds of the fixed loop: the best of three."""
    times = []
    for _ in range(3):
        begun = now()
        total = 0
        for number in range(LOOP):
            total += number * number % 7
        times.append((now() - begun) * 1000)
    return min(times)


# ---- what is measured ------------------------------------------------------------------------------------


def started(form: Form) -> Session:
    """A session at its first question."""
    return Session(form, clock=CLOCK, randomness=CountedBytes())


def asked(session: Session) -> Iterator[tuple[str, str]]:
    """Every question that can be answered, with an answer for it; relevant or not, in the order of the body."""
    for control in session.form.controls:
        if control.path is None or control.kind in ("group", "repeat"):
            continue
        bind = session.form.binds.get(control.path)
        kind = control.kind if control.kind != "input" else bind.type if bind is not None else "string"
        yield "/" + "/".join(control.path), ANSWERS.get(kind, "word")


def _answers(xform: bytes) -> Figure:
    """One answer: every question of A300 in turn, three times."""
    found: list[float] = []
    loop = fixed_loop()
    for _ in range(3):
        session = started(read_form(xform))
        gc.collect()
        for ref, answer in list(asked(session)):
            begun = now()
            session.set_value(ref, answer)
            found.append((now() - begun) * 1000)
    return Figure(tuple(found), loop)


def _filled(xform: bytes) -> Session:
    session = started(read_form(xform))
    for ref, answer in list(asked(session)):
        session.set_value(ref, answer)
    return session


def _fanout(xform: bytes) -> Figure:
    """The first question of A300, which most others hang on, changed to and fro in a form that is filled in."""
    session = _filled(xform)
    answers = itertools.cycle(["no", "yes"])
    first = next(asked(session))[0]
    return timed(lambda: session.set_value(first, next(answers)), 60)


def _language(xform: bytes) -> Figure:
    """Every label, hint and choice of A300 in a language that nobody has looked at yet."""
    held: list[Session] = []

    def prepare() -> None:
        held[:] = [_filled(xform)]
        paint(held[0], held[0].form.languages[0])

    return timed(lambda: paint(held[0], held[0].form.languages[1]), 12, prepare)


def paint(session: Session, tag: str) -> None:
    """Switch the language and paint all texts."""
    session.set_language(tag)
    for control in session.form.controls:
        if control.path is None or control.path not in session.form.shapes:
            continue
        ref = "/" + "/".join(control.path)
        session.label(ref, tag)
        session.hint(ref, tag)
        if control.kind in ("select", "select1"):
            session.choices(ref, tag)


def _with_rows(xform: bytes) -> Session:
    """B1000 with 1,000 rows more, added one by one."""
    session = started(read_form(xform))
    for _ in range(ROWS):
        session.add_row("/data/item")
    return session


def _set_value(xform: bytes) -> Figure:
    """A number in one of 1,000 full rows; the calculation in its row and the sum outside follow."""
    session = _with_rows(xform)
    for number in range(1, ROWS + 1):
        session.set_value(f"/data/item[{number}]/b", "2.5")
        session.set_value(f"/data/item[{number}]/a", "4")
    places = itertools.cycle(range(1, ROWS, 7))
    values = itertools.count(5)
    return timed(lambda: session.set_value(f"/data/item[{next(places)}]/a", str(next(values))), 300)


def _first_villages(xform: bytes) -> Session:
    """C10k until the first list of villages stands on the page: all 10,000 are read and indexed by then."""
    session = started(read_form(xform))
    session.set_value("/data/region", "r1")
    session.set_value("/data/district", "d25")
    session.choices("/data/village")
    return session


def _filter(xform: bytes) -> Figure:
    """Another district chosen, and its villages listed with their labels."""
    session = _first_villages(xform)
    districts = itertools.cycle(range(200))

    def sample() -> None:
        session.set_value("/data/district", f"d{next(districts)}")
        session.choices("/data/village")

    return timed(sample, 200)


# ---- printing --------------------------------------------------------------------------------------------


def _reached(name: str, figure: Figure) -> bool:
    which, goal = GOALS[name]
    return (figure.p95 if which == "p95" else figure.median) <= goal


def _table(figures: dict[str, Figure], others: dict[str, float] | None) -> Iterator[str]:
    yield f"{'milliseconds':18} {'median':>9} {'p95':>9} {'to reach':>14} {'fixed loop':>11} {'rxeval':>9}"
    for name, figure in figures.items():
        which, goal = GOALS[name]
        mark = "" if _reached(name, figure) else " !"
        other = f"{others[name]:9.3f}" if others and name in others else f"{'-':>9}"
        yield (
            f"{name:18} {figure.median:9.3f} {figure.p95:9.3f} {f'{which} {goal:g}':>14}"
            f" {figure.loop:11.1f} {other}{mark}"
        )
    if others is None:
        yield "rxeval is not installed; `pip install rxeval` beside fieldkit compares with it in the same run."
