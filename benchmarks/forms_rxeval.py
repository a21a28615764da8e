"""The same measures on rxeval (PyPI), another engine for Python, where it is installed; it is no dependency.

It has no labels, so no language to switch. Everything else is done as `forms` does it: an answer is set and
everything recomputed, because that is how its callers see what follows.
"""

import importlib
import itertools
from typing import Any

NOW = "2026-11-21T12:00:00Z"


def measure(forms: dict[str, bytes]) -> dict[str, float] | None:
    """Median milliseconds by name, as far as it can do them; None when it is not installed."""
    try:
        rxeval: Any = importlib.import_module("rxeval")
    except ImportError:
        return None
    found: dict[str, float] = {}
    for name, run in (("A300", _a300), ("B1000", _b1000), ("C10k", _c10k)):
        try:
            found |= run(rxeval, forms[name].decode())
        except Exception as fault:  # another's engine may not take a form; the others are still compared
            print(f"rxeval on {name}: {type(fault).__name__}: {fault}")
    return found


def _session(rxeval: Any, xform: str) -> Any:
    session = rxeval.Session(xform, today=NOW[:10], now=NOW)
    session.recompute()
    return session


def _set(session: Any, ref: str, value: str) -> None:
    session.set(ref, value)
    session.recompute()


def _a300(rxeval: Any, xform: str) -> dict[str, float]:
    from benchmarks.forms import asked, started, timed  # noqa: PLC0415 (which imports this)
    from fieldkit.forms.reader import read_form  # noqa: PLC0415

    answers = list(asked(started(read_form(xform.encode()))))
    session = _session(rxeval, xform)
    turn = itertools.cycle(answers)
    answer = timed(lambda: _set(session, *next(turn)), len(answers) - 1)
    values = itertools.cycle(["no", "yes"])
    return {
        "a300_load": timed(lambda: _session(rxeval, xform), 5).median,
        "a300_answer": answer.median,
        "a300_fanout": timed(lambda: _set(session, answers[0][0], next(values)), 20).median,
    }


def _b1000(rxeval: Any, xform: str) -> dict[str, float]:
    """1,000 rows one by one take it long: 100 are added and counted ten times over, which flatters it."""
    from benchmarks.forms import timed  # noqa: PLC0415

    held: list[Any] = []

    def rows() -> None:
        held[:] = [_session(rxeval, xform)]
        for _ in range(100):
            held[0].add_row("/data/item")
            held[0].recompute()

    added = timed(rows, 1).median * 10
    values = itertools.count(5)
    changed = timed(lambda: _set(held[0], "/data/item[7]/a", str(next(values))), 20)
    return {"b1000_add_rows": added, "b1000_set_value": changed.median}


def _c10k(rxeval: Any, xform: str) -> dict[str, float]:
    from benchmarks.forms import timed  # noqa: PLC0415

    held: list[Any] = []

    def load() -> None:
        held[:] = [_session(rxeval, xform)]
        _set(held[0], "/data/region", "r1")
        _set(held[0], "/data/district", "d25")
        held[0].choices("/data/village")

    loaded = timed(load, 2).median
    districts = itertools.cycle(range(200))

    def choose() -> None:
        _set(held[0], "/data/district", f"d{next(districts)}")
        held[0].choices("/data/village")

    return {"c10k_load": loaded, "c10k_filter": timed(choose, 5).median}
