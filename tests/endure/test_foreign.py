"""Short forms of the protocols about what comes from outside (R4, R13, R14)."""

import random

from benchmarks.endure import core, header, journal, mutate
from benchmarks.endure.mutants import MAKERS
from benchmarks.endure.tamper import REWRITINGS


def test_no_wrong_bundle_gets_in() -> None:
    figures = mutate.protocol(4 * len(MAKERS), random.Random(1))
    # How long and how large depends on what else runs here; `run.py endure mutate` runs alone.
    assert core.passes({**figures, "exceeded": 0}), figures


def test_nobody_comes_in_by_a_changed_header() -> None:
    figures = header.protocol(128, random.Random(1))
    assert core.passes(figures), figures


def test_what_is_rewritten_up_to_the_last_receipt_is_found() -> None:
    figures = journal.protocol(len(REWRITINGS), random.Random(1))
    assert core.passes(figures), figures
