"""Automatic walks finish forms, say what they left, and are the same for the same seed."""

import json
from pathlib import Path

import pytest

from benchmarks.recordings import VECTORS, FixedClock
from fieldkit.forms.authoring import convert_xlsform
from fieldkit.forms.reader import read_form
from fieldkit.forms.walk import walk
from tests.forms.xforms import NOON, bind, inputs, xform

CLOCK = FixedClock(NOON)
FORMS = [
    "bench/A300.xlsx",
    "bench/B1000.xlsx",
    "bench/C10k.xlsx",
    "real/kobo-examples.xlsx",
    "real/eimci.xml",
    "real/all-widgets.xml",
]


@pytest.mark.skipif(not VECTORS.is_dir(), reason="the shared vectors are not beside this checkout")
@pytest.mark.parametrize("name", FORMS)
def test_forms_in_use_are_walked_to_their_end(name: str) -> None:
    path = VECTORS / name
    form = read_form(_xform(path))
    for seed in (1, 2):
        report = walk(form, seed, clock=CLOCK)
        assert report.finished, report.line()
        assert report.questions > 0


def _xform(path: Path) -> bytes:
    return path.read_bytes() if path.suffix == ".xml" else convert_xlsform(path.read_bytes(), path.name).xform


def test_the_same_seed_takes_the_same_way() -> None:
    page = xform(
        "<age/><name/><row jr:template=''><x/></row>",
        bind("/data/age", type="int", constraint=". > 17 and . < 20", required="true()"),
        inputs("/data/age", "/data/name")
        + "<repeat nodeset='/data/row'>"
        + inputs("/data/row/x")
        + "</repeat>",
    )
    form = read_form(page)
    once = walk(form, 5, clock=CLOCK)
    assert walk(form, 5, clock=CLOCK) == once
    assert once.finished
    assert json.loads(once.line())["unanswered"] == []


def test_what_takes_no_value_is_listed_and_stops_only_when_it_is_required() -> None:
    def report(**rules: str) -> dict[str, object]:
        page = xform("<a/><b/>", bind("/data/a", constraint="false()", **rules), inputs("/data/a", "/data/b"))
        found: dict[str, object] = json.loads(walk(read_form(page), 1, clock=CLOCK).line())
        return found

    assert report() == {
        "questions": 2,
        "answered": 1,
        "unanswered": ["/data/a"],
        "finished": True,
    }
    assert report(required="true()")["finished"] is False
