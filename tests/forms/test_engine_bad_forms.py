"""Forms that cannot be read: refused in bounded time, with every reason."""

import pytest

from fieldkit.forms.problems import FormFault
from fieldkit.forms.reader import read_form
from fieldkit.forms.recalculation import MAX_CALCULATED, MAX_ROWS
from fieldkit.forms.xml import MAX_BYTES
from tests.forms.xforms import bind, inputs, start, xform


def codes(content: bytes) -> list[str]:
    """The codes for which a form is refused."""
    with pytest.raises(FormFault) as caught:
        read_form(content)
    return [problem.code for problem in caught.value.problems]


def test_what_is_no_xml() -> None:
    assert codes(b"") == ["form.xml"]
    assert codes(b"not xml") == ["form.xml"]
    assert codes("<a>é</a>".encode("utf-16")[3:]) == ["form.xml"]
    assert codes(b"<?xml version='1.0' encoding='no-such'?><a/>") == ["form.xml"]


def test_what_is_xml_and_no_form() -> None:
    assert codes(b"<a/>") == ["form.no_model"]
    assert codes(b"<h><model/></h>") == ["form.no_instance"]


def test_bombs_entities_and_depth() -> None:
    bomb = b"<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;&x;'>]><a>&y;</a>"
    assert codes(bomb) == ["form.xml_entities"]
    outside = b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>"
    assert codes(outside) == ["form.xml_entities"]
    assert codes(b"<a>" * 5_000 + b"</a>" * 5_000) == ["form.xml"]


def test_size() -> None:
    assert codes(b" " * (MAX_BYTES + 1)) == ["form.too_large"]


def test_every_broken_expression_is_told_at_once() -> None:
    broken = (
        bind("/data/a", relevant="1 +")
        + bind("/data/b", calculate="no-such-function(1)")
        + bind("/data/c", constraint="selected(.)")
    )
    assert codes(xform("<a/><b/><c/>", broken)) == [
        "expression.syntax",
        "expression.unknown_function",
        "expression.arguments",
    ]


@pytest.mark.parametrize(
    "binds",
    [
        bind("/data/a", calculate="/data/b + 1")
        + bind("/data/b", calculate="/data/c")
        + bind("/data/c", calculate="../a"),
        bind("/data/a", calculate=". + 1"),
    ],
)
def test_a_circle_of_calculations(binds: str) -> None:
    assert codes(xform("<a/><b/><c/>", binds)) == ["expression.cycle"]


def test_two_questions_may_hide_one_another() -> None:
    binds = bind("/data/a", relevant="/data/b = ''") + bind("/data/b", relevant="/data/a = ''")
    session = start(xform("<a/><b/>", binds, inputs("/data/a", "/data/b")))
    session.set_value("/data/a", "x")
    assert not session.is_relevant("/data/b")
    session.set_value("/data/a", "")
    assert session.is_relevant("/data/b")


def test_rows_may_read_the_row_before() -> None:
    page = xform(
        "<row jr:template=''><x/><total/></row>",
        bind(
            "/data/row/total",
            calculate="../x + coalesce(/data/row[position() = position(current()/..) - 1]/total, 0)",
        ),
        "<repeat nodeset='/data/row'>" + inputs("/data/row/x") + "</repeat>",
    )
    session = start(page)
    for value in ("1", "2", "3"):
        session.set_value(session.add_row("/data/row") + "/x", value)
    assert [session.value(f"/data/row[{n}]/total") for n in (1, 2, 3)] == ["1", "3", "6"]
    session.set_value("/data/row[1]/x", "10")
    assert session.value("/data/row[3]/total") == "15"


def test_a_group_cannot_be_calculated_from_itself() -> None:
    assert codes(xform("<g><a/><b/></g>", bind("/data/g/b", calculate="concat(/data/g, 'x')"))) == [
        "expression.cycle"
    ]


def test_what_takes_in_its_own_value_by_a_search_stops_growing() -> None:
    session = start(
        xform("<a/><b/>", bind("/data/b", calculate="concat(//b, //b, /data/a)"), inputs("/data/a"))
    )
    for number in range(12):
        session.set_value("/data/a", f"{number}")
    assert len(session.value("/data/b")) <= MAX_CALCULATED


def test_texts_that_name_one_another_come_to_an_end() -> None:
    session = start(
        xform(
            "<a>x</a>",
            "",
            "<select1 ref='/data/a'><label>A</label><item><label>"
            "<output value=\"jr:choice-name('x', '/data/a')\"/>!</label><value>x</value></item></select1>",
        )
    )
    assert session.choices("/data/a")[0].label.text.endswith("!")


def test_counted_rows_are_bounded() -> None:
    page = xform(
        "<n/><row jr:template=''><x/></row>",
        "",
        inputs("/data/n")
        + "<group ref='/data/row'><label/><repeat nodeset='/data/row' jr:count='/data/n'><input ref='/data/row/x'/>"
        + "</repeat></group>",
    )
    session = start(page)
    session.set_value("/data/n", "1000000000")
    assert len(session.state.root.named["row"]) == MAX_ROWS


def test_what_is_strange_but_harmless_is_told_and_opens() -> None:
    form = read_form(xform("<a/>", bind("/data/gone", relevant="true()"), inputs("/data/a", "/data/nowhere")))
    assert [problem.code for problem in form.problems] == ["form.bind_nowhere", "form.control_nowhere"]


def test_encryption_missing_tables_and_actions_are_named() -> None:
    page = xform(
        "<a/><b/>",
        "",
        "<input ref='/data/a' query=\"instance('x')/root/item\"><label/></input>"
        "<input ref='/data/b' appearance=\"search('y')\"/>",
        model="<submission base64RsaPublicKey='abc'/><odk:setgeopoint event='odk-instance-load' ref='/data/a'/>",
    )
    form = read_form(page)
    assert form.encrypted
    assert form.unsupported == ("setgeopoint",)
    assert form.missing_files == ("itemsets.csv", "y.csv")
