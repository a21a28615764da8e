"""A walk finds answers that real forms accept: patterns, lengths, answers beside, notices that others call up."""

import re

import pytest

from benchmarks.recordings import FixedClock
from fieldkit.forms.reader import read_form
from fieldkit.forms.walk import SeededBytes, walk
from fieldkit.forms.walk_patterns import matching
from fieldkit.forms.walk_steering import Steering
from fieldkit.forms.walk_values import Dice
from tests.forms.xforms import NOON, bind, inputs, xform

PATTERNS = [
    "^[0-9]{10,12}$",
    r"^\+?\d{3}-\d{4}$",
    "^(UNHCR|MSF)-[A-Z]{2}[0-9]{4}(/[a-z]+)?$",
    "^[A-Za-z ]+$",
    "^[^0-9]{3,5}$",
    r"^(?:\w+\.)*x?$",
    "^.{2}$",
    "^a*b+c?$",
    r"^[\d-]{4}$",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_text_made_of_a_pattern_fits_it(pattern: str) -> None:
    dice = Dice(SeededBytes(7))
    assert all(re.fullmatch(pattern, matching(pattern, dice)) for _ in range(40))


@pytest.mark.parametrize("pattern", ["(", "[", "a{", "\\", "[a-", "(?:", "*", ")", "a{2"])
def test_a_pattern_that_is_none_gives_some_text_and_no_fault(pattern: str) -> None:
    assert isinstance(matching(pattern, Dice(SeededBytes(1))), str)


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("string", "regex(., '^[A-Z]{3}[0-9]{5}$')"),
        ("string", "string-length(.) = 13"),
        ("int", ". = /data/n + 1"),
        ("int", ". <= /data/n and . >= 0"),
        ("string", ". = /data/t"),
        ("date", ". >= date('2019-05-01') and . <= today()"),
    ],
)
def test_required_answers_with_usual_rules_are_found(kind: str, rule: str) -> None:
    binds = bind("/data/n", type="int", constraint=". < 1000", required="true()")
    binds += bind("/data/t", required="true()")
    binds += bind("/data/a", type=kind, constraint=rule, required="true()")
    page = xform("<n/><t/><a/>", binds, inputs("/data/n", "/data/t", "/data/a"))
    for seed in range(6):
        report = walk(read_form(page), seed, clock=FixedClock(NOON))
        assert (report.finished, report.answered) == (True, 3)


def test_a_notice_that_stands_in_the_way_goes_when_other_answers_are_given() -> None:
    binds = bind("/data/a", type="int", constraint=". < 4", required="true()")
    binds += bind("/data/twice", calculate="/data/a * 2")
    binds += bind("/data/stop", relevant="/data/twice != 6", required="true()", readonly="true()")
    page = xform("<a/><twice/><stop/>", binds, inputs("/data/a", "/data/stop"))
    form = read_form(page)
    assert Steering(form).deciders(("data", "stop")) >= {("data", "a"), ("data", "twice")}
    reports = [walk(form, seed, clock=FixedClock(NOON)) for seed in range(5)]
    assert all(report.finished for report in reports)
    assert any(b"<a>3</a>" in report.submission.content for report in reports)
