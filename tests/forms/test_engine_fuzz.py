"""A short walk of the fuzzer (`run.py endure fuzz`): the same inputs every time, and what it once found."""

import random

import pytest

from benchmarks.fuzz_coverage import fuzz
from benchmarks.fuzz_targets import SEEDS, TARGETS, expression, form, mutated


@pytest.mark.parametrize(("name", "count"), [("expressions", 600), ("reader", 60)])
def test_neighbours_of_what_is_known_break_nothing(name: str, count: int) -> None:
    chance = random.Random(f"fieldkit {name}")
    seeds = SEEDS[name]()[:80]
    for _ in range(count):
        TARGETS[name](mutated(name, chance.choice(seeds), chance.choice(seeds), chance))


@pytest.mark.parametrize(
    "text", ["0 div1e9", "1 mod2abc", "'a' or1.2.3", "-" * 300 + "1", "a[" * 200, "\ud7ff", "${"]
)
def test_what_it_found_in_expressions(text: str) -> None:
    expression(text.encode())


def test_what_it_found_in_forms() -> None:
    counted = b"""<h xmlns:jr="http://openrosa.org/javarosa"><head><model><instance><data><c>1<a>2</a></c>
        <g><n/></g><g><n/></g></data></instance></model></head><body><group ref="/data/g"><repeat nodeset="/data/g"
        jr:count="current()/../c"><input ref="n"/></repeat></group></body></h>"""
    form(counted)
    form(counted.replace(b"1<a>2</a>", b"10000"))  # ten thousand rows go as quickly as they come


def test_it_finds_what_is_there_to_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(content: bytes) -> None:
        expression(content)
        if b"and" in content:
            raise ValueError("found")

    monkeypatch.setitem(TARGETS, "expressions", breaks)
    found = fuzz("expressions", 30, 1)
    assert [what for _, what in found.findings] == ["ValueError: found"]
