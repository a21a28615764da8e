"""A short walk of each fuzzer (`run.py fuzz`): the same inputs every time, and what they once found."""

import random
from dataclasses import replace

import pytest

from tests.fuzz.coverage import fuzz
from tests.fuzz.forms import expression, form
from tests.fuzz.targets import TARGETS

FEWER = {"reader": 60, "archives": 60, "statements": 40, "workbooks": 40, "catalogues": 60}


@pytest.mark.parametrize("name", TARGETS)
def test_neighbours_of_what_is_known_break_nothing(name: str) -> None:
    chance = random.Random(f"fieldkit {name}")
    target = TARGETS[name]
    seeds = list(target.seeds())[:80]
    for _ in range(FEWER.get(name, 300)):
        target.run(target.neighbour(chance.choice(seeds), chance.choice(seeds), chance))


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_are_what_the_parser_is_for(name: str) -> None:
    for content in list(TARGETS[name].seeds())[:20]:
        TARGETS[name].run(content)


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


def test_what_they_found_in_catalogues_and_statements() -> None:
    TARGETS["catalogues"].run(
        b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=nothing\\n"\nmsgid "a"\n'
    )
    where = _replaced("statements", b'"where":"', b'"where":{},"w":"')
    assert where
    for content in where:
        TARGETS["statements"].run(content)


def _replaced(name: str, was: bytes, now: bytes) -> list[bytes]:
    return [content.replace(was, now) for content in TARGETS[name].seeds() if was in content]


def test_it_finds_what_is_there_to_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(content: bytes) -> None:
        expression(content)
        if b"and" in content:
            raise ValueError("found")

    monkeypatch.setitem(TARGETS, "expressions", replace(TARGETS["expressions"], run=breaks))
    found = fuzz("expressions", 30, 1)
    assert [what for _, what in found.findings] == ["ValueError: found"]
