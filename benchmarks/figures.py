"""Figures of a harness: samples in milliseconds, a table with goals, and JSON on the last line."""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Report = dict[str, dict[str, float]]


@dataclass
class Samples:
    """Milliseconds of one contender."""

    taken: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    """Milliseconds of processor time, of programs that were started too: what a busy machine does not change."""

    def time(self, work: Callable[[], object]) -> None:
        """Do `work` once and keep how long it took."""
        start, before = time.perf_counter(), _processor()
        work()
        self.taken.append((time.perf_counter() - start) * 1000)
        self.processor.append((_processor() - before) * 1000)

    @property
    def median(self) -> float:
        return statistics.median(self.taken)

    @property
    def p95(self) -> float:
        return sorted(self.taken)[min(len(self.taken) - 1, int(len(self.taken) * 0.95))]

    def as_json(self) -> dict[str, float]:
        return {
            "median_ms": round(self.median, 3),
            "p95_ms": round(self.p95, 3),
            "cpu_ms": round(statistics.median(self.processor), 3),
            "n": len(self.taken),
        }


def _processor() -> float:
    spent = os.times()
    return time.process_time() + spent.children_user + spent.children_system


def in_turn(rounds: int, contenders: Mapping[str, Callable[[], object]]) -> dict[str, Samples]:
    """Each contender once a round, in the same minute, the order turned each round."""
    samples = {name: Samples() for name in contenders}
    names = list(contenders)
    for number in range(rounds):
        for place in range(len(names)):
            name = names[(place + number) % len(names)]
            samples[name].time(contenders[name])
    return samples


@dataclass(frozen=True)
class Goal:
    """What a figure must reach: at most `limit`, or at least it when `least`."""

    name: str
    key: str
    limit: float
    least: bool = False

    def met(self, report: Report) -> bool:
        value = report[self.name][self.key]
        return value >= self.limit if self.least else value <= self.limit


def tell(report: Report, goals: Sequence[Goal], *, as_json: bool) -> int:
    """Print a line a goal and the JSON; 0 when all are met, else 1."""
    missed = 0
    for goal in goals:
        if goal.name not in report:
            continue
        met = goal.met(report)
        missed += not met
        sign = ">=" if goal.least else "<="
        line = f"{goal.name:24} {goal.key:12} {report[goal.name][goal.key]:10.3f} {sign} {goal.limit:<8g}"
        print(f"{line} {'met' if met else 'MISSED'}", file=sys.stderr if as_json else sys.stdout)
        report[goal.name]["goal"] = goal.limit
    print(json.dumps(report))
    return 1 if missed else 0
