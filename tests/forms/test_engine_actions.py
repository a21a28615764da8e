"""What a form sets by itself: at the beginning, in new rows, after answers."""

from fieldkit.forms.session import Session
from tests.forms.xforms import bind, inputs, start, xform


def _counted(count: str, inside: str) -> Session:
    return start(
        xform(
            f"<n>{count}</n><row jr:template=''><at/><kept>1.50</kept></row><row><at/><kept/></row>",
            bind("/data/n", type="int") + bind("/data/row/kept", type="decimal"),
            inputs("/data/n")
            + f"<group ref='/data/row'><label/><repeat nodeset='/data/row' jr:count='/data/n'>{inside}"
            + inputs("/data/row/at", "/data/row/kept")
            + "</repeat></group>",
        )
    )


def test_rows_that_a_count_adds_are_new_rows() -> None:
    session = _counted(
        "1", "<setvalue event='odk-new-repeat' ref='/data/row/at' value=\"concat('row ', position(..))\"/>"
    )
    assert session.value("/data/row[1]/at") == ""  # it stands in the form: it was there from the beginning
    session.set_value("/data/n", "3")
    assert [session.value(f"/data/row[{n}]/at") for n in (1, 2, 3)] == ["", "row 2", "row 3"]
    assert session.value("/data/row[3]/kept") == "1.5"


def test_a_count_at_the_start_adds_new_rows_too_and_the_first_load_is_for_the_others() -> None:
    session = _counted(
        "2",
        "<setvalue event='odk-instance-first-load' ref='/data/row/at' value=\"'first'\"/>"
        "<setvalue event='odk-new-repeat' ref='/data/row/at' value=\"'new'\"/>",
    )
    assert [session.value(f"/data/row[{n}]/at") for n in (1, 2)] == ["first", "new"]


def test_a_default_for_both_events_is_in_every_row() -> None:
    session = _counted(
        "3",
        "<setvalue event='odk-instance-first-load odk-new-repeat' ref='/data/row/at' value='position(..)'/>",
    )
    session.set_value("/data/n", "4")
    assert [session.value(f"/data/row[{n}]/at") for n in (1, 2, 3, 4)] == ["1", "2", "3", "4"]


def test_rows_inside_a_new_row_are_new_as_well() -> None:
    session = start(
        xform(
            "<row jr:template=''><name/><child><at/></child></row>",
            "",
            "<repeat nodeset='/data/row'><input ref='/data/row/name'/>"
            "<repeat nodeset='/data/row/child'>"
            "<setvalue event='odk-new-repeat' ref='/data/row/child/at'"
            " value=\"concat(../../name, '-', position(..))\"/>"
            "<input ref='/data/row/child/at'/></repeat></repeat>",
        )
    )
    row = session.add_row("/data/row")
    assert session.value(f"{row}/child[1]/at") == "-1"
    session.set_value(f"{row}/name", "Ada")
    assert session.value(session.add_row(f"{row}/child") + "/at") == "Ada-2"


def test_what_the_form_computes_to_begin_with_is_no_change() -> None:
    session = start(
        xform(
            "<sum/><times>0</times><a/>",
            bind("/data/sum", calculate="/data/a + 1") + bind("/data/times", type="int"),
            inputs("/data/a") + "<input ref='/data/sum'>"
            "<setvalue event='xforms-value-changed' ref='/data/times' value='/data/times + 1'/></input>",
        )
    )
    assert session.value("/data/times") == "0"
    session.set_value("/data/a", "4")
    assert (session.value("/data/sum"), session.value("/data/times")) == ("5", "1")


def test_an_action_answers_an_action_and_they_come_to_an_end() -> None:
    session = start(
        xform(
            "<a/><b/><c/>",
            bind("/data/b", type="int") + bind("/data/c", type="int"),
            "<input ref='/data/a'><setvalue event='xforms-value-changed' ref='/data/b' value='1'/></input>"
            "<input ref='/data/b'><setvalue event='xforms-value-changed' ref='/data/c' value='../b + 1'/></input>"
            "<input ref='/data/c'><setvalue event='xforms-value-changed' ref='/data/b' value='../c + 1'/></input>",
        )
    )
    session.set_value("/data/a", "x")
    assert int(session.value("/data/b")) > 1


def test_a_value_without_an_expression_is_text_and_an_empty_one_empties() -> None:
    session = start(
        xform(
            "<a>x</a><b>y</b><c/>",
            "",
            inputs("/data/a", "/data/b", "/data/c"),
            model="<setvalue event='odk-instance-first-load' ref='/data/a'/>"
            "<setvalue event='odk-instance-first-load' ref='/data/b'>text</setvalue>"
            "<setvalue event='odk-instance-first-load' ref='/data/c' value='no-such'/>",
        )
    )
    assert [session.value(f"/data/{name}") for name in "abc"] == ["", "text", ""]


def test_a_place_that_the_device_would_take_is_named_and_left_to_be_typed() -> None:
    session = start(
        xform(
            "<where/>",
            bind("/data/where", type="geopoint"),
            inputs("/data/where"),
            model="<odk:setgeopoint event='odk-instance-first-load' ref='/data/where'/>",
        )
    )
    assert session.form.unsupported == ("setgeopoint",)
    session.set_value("/data/where", "9.03 38.74")
    assert session.value("/data/where") == "9.03 38.74"
