"""The functions, family by family, against values worked out by hand or given by their standards."""

import base64
import math
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.recordings import CountedBytes, FixedClock
from fieldkit.crypto.signature import SigningKey
from fieldkit.forms.expressions.compile import compile_text
from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.faults import ExpressionFault
from fieldkit.forms.expressions.functions import FUNCTIONS
from fieldkit.forms.expressions.functions.shuffle import shuffled
from fieldkit.forms.expressions.scope import Scope
from fieldkit.forms.expressions.values import Value, number_text, text_value
from fieldkit.forms.nodes import DOCUMENT, Node
from tests.forms.xforms import bind, start, xform

BERLIN = ZoneInfo("Europe/Berlin")


def worth(text: str, at: str = "2026-11-21T12:00:00") -> Value:
    """What an expression without any node is worth in Berlin."""
    top = Node(DOCUMENT, "")
    clock = FixedClock(datetime.fromisoformat(at).replace(tzinfo=BERLIN))
    return compile_text(text, Scope()).run(top, 1, 1, Environment(top, clock, CountedBytes()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", "7"),
        ("7 mod -3", "1"),
        ("-7 mod 3", "-1"),
        ("1 div 0", "Infinity"),
        ("0 div 0", "NaN"),
        ("'a' + 1", "NaN"),
        ("round(-1.5)", "-1"),
        ("round(2.675, 2)", "2.68"),
        ("round(1234, -2)", "1200"),
        ("int(-2.9)", "-2"),
        ("pow(2, 10)", "1024"),
        ("sqrt(-1)", "NaN"),
        ("log10(0)", "-Infinity"),
        ("1000000000000 * 1000000000000", "1000000000000000000000000"),
        ("0.1 div 100000", "0.000001"),
        ("min(3, 1, 2)", "1"),
        ("max('', 1)", "1"),
        ("min('', 'x')", "NaN"),
        ("round(-1.25, 1)", "-1.2"),
        ("round(1.25, 1)", "1.3"),
        ("round(5, 40)", "NaN"),
        ("decimal-time('18:00')", "0.75"),
        ("decimal-time('2026-11-21T18:00:00.000+01:00')", "0.75"),
        ("decimal-time(date-time('2026-11-21T06:00:00.000+01:00'))", "0.25"),
        ("decimal-time(2.5)", "0.5"),
        ("decimal-time('late')", "NaN"),
        ("depend('a', 'b')", "a"),
        ("intersects('0 0; 2 2; 2 0; 0 2')", "true"),
        ("intersects('0 0; 2 0; 2 2; 0 2; 0 0')", "false"),
        ("intersects('0 0; 2 0; 1 0')", "true"),
        ("intersects('0 0; 1 1; 2 2')", "false"),
        ("intersects('nowhere')", "false"),
        ("extract-signed('AAAA', 'AAAA')", ""),
        ("if(1 > 2, 'yes', 'no')", "no"),
        ("coalesce('', 'b')", "b"),
        ("substr('hello', -2)", "lo"),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("translate('bar', 'abc', 'AB')", "BAr"),
        ("regex('abc', 'b')", "false"),
        ("regex('abc', '.b.')", "true"),
        ("normalize-space('  a   b ')", "a b"),
        ("selected('war family', 'family')", "true"),
        ("selected('warfare', 'war')", "false"),
        ("selected-at('a b c', 1)", "b"),
        ("count-selected(' a  b ')", "2"),
        ("checklist(1, 2, true(), false(), true())", "true"),
        ("weighted-checklist(3, -1, true(), 2, true(), 2)", "true"),
        ("digest('abc', 'SHA-1', 'hex')", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ("base64-decode('w6k=')", "é"),
        ("distance('0 0;0 90')", "10018696.05"),
        ("geofence('0.5 0.5', '0 0;0 1;1 1;1 0;0 0')", "true"),
        ("today()", "2026-11-21"),
        ("now()", "2026-11-21T12:00:00.000+01:00"),
        ("date(today() + 1)", "2026-11-22"),
        ("format-date('2026-03-05', '%e.%n.%Y %a %b')", "5.3.2026 Thu Mar"),
        ("format-date-time('2026-03-05T04:05:06.078', '%H:%M:%S.%3')", "04:05:06.078"),
        ("format-date('never', '%Y')", ""),
        ("decimal-time('06:00:00.000+01:00')", "0.25"),
        ("date('2026-02-30')", ""),
        ("'2026-01-01' < today()", "true"),
        ("boolean-from-string('1')", "true"),
        ("boolean('0')", "true"),
        ("string-length(uuid())", "36"),
        ("string-length(uuid(8))", "8"),
    ],
)
def test_worth(text: str, expected: str) -> None:
    assert text_value(worth(text)) == expected


@given(st.dates(), st.integers(min_value=-20_000, max_value=20_000))
def test_days_stay_whole_whatever_the_clocks_do(day: object, count: int) -> None:
    """Over the changes to and from summer time: so many days later is so many days later."""
    later = worth(f"date(date('{day}') + {count}) - date('{day}')")
    assert text_value(later) in (str(count), "NaN")  # NaN: beyond the year 1 or 9999


def test_nothing_of_the_second_branch_is_asked() -> None:
    assert worth("if(true(), 'a', no-such-function())") == "a"
    assert worth("true() or no-such-function()") is True
    with pytest.raises(ExpressionFault, match="unknown_function"):
        worth("false() or no-such-function()")


def test_chance_comes_from_the_randomness_that_was_handed_in() -> None:
    assert worth("uuid()") == worth("uuid()")
    drawn = worth("random()")
    assert isinstance(drawn, float)
    assert 0 <= drawn < 1


@given(st.lists(st.integers(), max_size=40), st.integers(min_value=-(2**62), max_value=2**62))
def test_a_shuffle_keeps_every_item_and_depends_on_the_seed_alone(items: list[int], seed: int) -> None:
    once = shuffled(items, seed)
    assert sorted(once) == sorted(items)
    assert shuffled(items, seed) == once


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_as_text_is_the_same_number_without_exponent(number: float) -> None:
    text = number_text(number)
    assert "e" not in text.lower()
    assert math.isclose(float(text), number)


def test_every_row_of_the_table_is_sound() -> None:
    for name, function in FUNCTIONS.items():
        assert name == function.name
        assert 0 <= function.least <= function.most
        assert set(function.takes) <= set("snbvN")


SPECIFIED = """
    string concat join substr substring-before substring-after translate string-length normalize-space contains
    starts-with ends-with uuid digest pulldata if coalesce once true false boolean boolean-from-string not regex
    checklist weighted-checklist number random int sum max min round pow log log10 abs sin cos tan asin acos atan
    atan2 sqrt exp exp10 pi count count-non-empty position instance current randomize today now format-date
    format-date-time date decimal-date-time decimal-time selected selected-at count-selected jr:choice-name jr:itext
    indexed-repeat area distance geofence intersects base64-decode extract-signed
"""
ONLY_JAVAROSA = "date-time is-selected enclosed-area version property depend"
ONLY_XPATH = "substring floor ceiling last local-name name namespace-uri id lang"


def test_every_function_of_the_specification_is_there() -> None:
    """ODK XForms, "XPath Functions"; those that JavaRosa has besides; the rest of XPath 1.0."""
    names = f"{SPECIFIED} {ONLY_JAVAROSA} {ONLY_XPATH}".split()
    assert not set(names) - set(FUNCTIONS)
    assert set(FUNCTIONS) - set(names) == {
        "fk:search"
    }  # what an appearance asks for, by no name a form can mean


def test_a_row_without_a_number_does_not_blank_the_others() -> None:
    rows = "<row><x>2</x></row><row><x/></row><row><x>none</x></row><row><x>-3.5</x></row>"
    rules = {
        "s": "sum(/data/row/x)",
        "l": "min(/data/row/x)",
        "m": "max(/data/row/x, 1)",
        "e": "min(/data/no/x)",
    }
    binds = "".join(bind(f"/data/{name}", calculate=rule) for name, rule in rules.items())
    session = start(xform(f"{rows}<no><x/></no><s/><l/><m/><e/>", binds))
    assert [session.value(f"/data/{name}") for name in rules] == ["-1.5", "-3.5", "2", ""]


def test_a_form_knows_its_version_and_what_is_told_of_the_device() -> None:
    binds = bind("/data/v", calculate="version()") + bind("/data/d", calculate="property('deviceid')")
    binds += bind("/data/n", calculate="property('no such')")
    session = start(xform("<v/><d/><n/>", binds), deviceid="post-7")
    assert [session.value(f"/data/{name}") for name in "vdn"] == ["1", "post-7", ""]


def test_a_signed_message_is_taken_from_its_signature() -> None:
    key = SigningKey.generate(CountedBytes())
    message = b"Household 12, Post 7"
    signed = base64.b64encode(key.sign(message) + message).decode()
    public = base64.b64encode(key.public).decode()
    assert worth(f"extract-signed('{signed}', '{public}')") == message.decode()
    assert worth(f"extract-signed('{'B' + signed[1:]}', '{public}')") == ""
    assert worth(f"extract-signed('{signed}', 'none')") == ""


def test_a_rule_cannot_ask_what_only_a_form_knows() -> None:
    with pytest.raises(ExpressionFault, match="not_in_rules"):
        worth("version()")
