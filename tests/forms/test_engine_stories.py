"""A form while it is filled in, told as an interviewer would see it."""

import pytest

from fieldkit.domain.errors import ProgramFault
from fieldkit.forms.items import GroupItem, QuestionItem, RepeatItem
from fieldkit.forms.session import Session
from tests.forms.xforms import bind, inputs, start, xform

FAMILY = xform(
    "<alone/><family jr:template=''><name/><age/><child/><place/></family>"
    "<family><name/><age/><child/><place/></family><count/><years/><note/>",
    bind("/data/family", relevant="/data/alone = 'no'")
    + bind(
        "/data/family/age", type="int", constraint=". >= 0 and . < 120", jr__constraintMsg="Between 0 and 119"
    )
    + bind("/data/family/name", required="true()", jr__requiredMsg="A name, please")
    + bind("/data/family/child", calculate="if(../age < 18, 'yes', 'no')")
    + bind("/data/family/place", calculate="position(..)")
    + bind("/data/count", calculate="count(/data/family)")
    + bind("/data/years", type="int", calculate="sum(/data/family/age)")
    + bind("/data/note", readonly="true()"),
    "<select1 ref='/data/alone'><label>Alone?</label><item><label>Yes</label><value>yes</value></item>"
    "<item><label>No</label><value>no</value></item></select1>"
    "<group ref='/data/family' appearance='field-list' fk:section='core'><label>Family</label>"
    "<repeat nodeset='/data/family'><input ref='/data/family/name'><label>Name</label></input>"
    "<input ref='/data/family/age'><label>Age of <output value=' ../name '/></label></input></repeat></group>"
    "<input ref='/data/note'><label>There are <output value='/data/count'/>.</label></input>",
)


def test_a_family_is_asked_only_when_there_is_one() -> None:
    session = start(FAMILY)
    assert [item.ref for item in session.page_tree()] == ["/data/alone", "/data/note"]
    change = session.set_value("/data/alone", "no")
    assert "/data/family[1]" in change.relevance
    repeat = session.page_tree()[1]
    assert isinstance(repeat, RepeatItem)
    assert (repeat.ref, repeat.appearance, repeat.attributes) == (
        "/data/family",
        "field-list",
        {"section": "core"},
    )
    assert [row.ref for row in repeat.rows] == ["/data/family[1]"]
    assert session.label("/data/family").text == "Family"


def test_rows_come_go_and_move_up() -> None:
    session = start(FAMILY)
    session.set_value("/data/alone", "no")
    second = session.add_row("/data/family")
    assert second == "/data/family[2]"
    third = session.add_row("/data/family")
    for row, (name, age) in zip(
        ["/data/family[1]", second, third], [("Ada", "40"), ("Bo", "7"), ("Cy", "3")], strict=True
    ):
        session.set_value(f"{row}/name", name)
        session.set_value(f"{row}/age", age)
    assert session.label("/data/family[2]/age").text == "Age of Bo"
    assert session.value("/data/years") == "50"
    change = session.remove_row("/data/family[2]")
    assert {"/data/years", "/data/count", "/data/family[2]/place"} <= change.values
    assert session.value("/data/family[2]/name") == "Cy"
    assert session.value("/data/family[2]/place") == "2"
    assert session.label("/data/note").text == "There are 2."
    with pytest.raises(ProgramFault):
        session.value("/data/family[3]/name")


def test_what_is_wrong_is_told_and_nothing_is_refused() -> None:
    session = start(FAMILY)
    assert session.faults() == ()
    session.set_value("/data/alone", "no")
    session.set_value("/data/family[1]/age", "150")
    assert [(fault.ref, fault.why) for fault in session.faults()] == [
        ("/data/family[1]/name", "required"),
        ("/data/family[1]/age", "constraint"),
    ]
    assert session.constraint_message("/data/family[1]/age").text == "Between 0 and 119"
    assert session.required_message("/data/family[1]/name").text == "A name, please"
    session.set_value("/data/family[1]/age", "seven")
    fault = session.fault("/data/family[1]/age")
    assert fault is not None
    assert fault.why == "type"
    assert (session.value("/data/family[1]/age"), session.typed("/data/family[1]/age")) == ("", "seven")


def test_what_is_hidden_keeps_its_answer_reads_as_empty_and_is_not_sent() -> None:
    session = start(FAMILY)
    session.set_value("/data/alone", "no")
    session.set_value("/data/family[1]/name", "Ada")
    session.set_value("/data/family[1]/age", "40")
    session.set_value("/data/alone", "yes")
    assert session.value("/data/family[1]/name") == "Ada"
    assert session.facts(["name", "alone"]) == {"alone": ("yes",)}
    assert (session.value("/data/count"), session.value("/data/years")) == ("0", "0")
    assert b"<family>" not in session.submission().content
    session.set_value("/data/alone", "no")
    assert session.facts(["name"]) == {"name": ("Ada",)}


def test_an_absolute_path_in_a_row_means_the_same_row() -> None:
    session = start(
        xform(
            "<row><a/><b/></row><row><a/><b/></row>",
            bind("/data/row/b", calculate="concat(/data/row/a, '!')"),
            "<repeat nodeset='/data/row'>" + inputs("/data/row/a") + "</repeat>",
        )
    )
    session.set_value("/data/row[2]/a", "x")
    assert (session.value("/data/row[1]/b"), session.value("/data/row[2]/b")) == ("!", "x!")


def test_counted_rows_follow_their_count() -> None:
    session = start(
        xform(
            "<n>2</n><row jr:template=''><a/></row>",
            bind("/data/n", type="int"),
            inputs("/data/n")
            + "<group ref='/data/row'><label/><repeat nodeset='/data/row' jr:count='/data/n'>"
            + inputs("/data/row/a")
            + "</repeat></group>",
        )
    )
    repeat = session.page_tree()[1]
    assert isinstance(repeat, RepeatItem)
    assert (len(repeat.rows), repeat.fixed) == (2, True)
    session.set_value("/data/row[2]/a", "kept")
    session.set_value("/data/n", "")
    assert len(repeat.rows) == 2, "a count that is blank for a moment takes no rows away"
    session.set_value("/data/n", "1")
    assert len(repeat.rows) == 1


CASCADE = xform(
    "<region/><place/><towns/>",
    "",
    "<select1 ref='/data/region'><label>Region</label><itemset nodeset=\"instance('r')/root/item\">"
    "<value ref='name'/><label ref='label'/></itemset></select1>"
    "<select1 ref='/data/place'><label>Place</label><itemset nodeset=\"instance('p')/root/item[in=/data/region]\">"
    "<value ref='name'/><label ref='jr:itext(itextId)'/></itemset></select1>",
    model="<itext><translation lang='English (en)'><text id='p-0'><value>North Town</value></text>"
    "<text id='p-1'><value>South Town</value></text></translation>"
    "<translation lang='French (fr)'><text id='p-0'><value>Ville du Nord</value></text>"
    "<text id='p-1'><value>-</value></text></translation></itext>"
    "<instance id='r'><root><item><name>n</name><label>North</label></item>"
    "<item><name>s</name><label>South</label></item></root></instance>"
    "<instance id='p'><root><item><name>nt</name><in>n</in><itextId>p-0</itextId></item>"
    "<item><name>st</name><in>s</in><itextId>p-1</itextId></item></root></instance>",
)


def test_a_list_follows_the_answer_above_it_and_brings_the_answer_back() -> None:
    session = start(CASCADE)
    assert session.choices("/data/place") == ()
    session.set_value("/data/region", "n")
    session.set_value("/data/place", "nt")
    change = session.set_value("/data/region", "s")
    assert "/data/place" in change.values
    assert session.value("/data/place") == ""
    session.set_value("/data/region", "n")
    assert session.value("/data/place") == "nt"


def test_texts_come_in_the_asked_language_or_visibly_in_another() -> None:
    session = start(CASCADE)
    assert session.form.languages == ("en", "fr")
    session.set_value("/data/region", "n")
    (choice,) = session.choices("/data/place", "fr")
    assert (choice.label.text, choice.label.language, choice.label.is_fallback) == (
        "Ville du Nord",
        "fr",
        False,
    )
    session.set_value("/data/region", "s")
    (choice,) = session.choices("/data/place", "fr")
    assert (choice.label.text, choice.label.language, choice.label.is_fallback) == ("South Town", "en", True)
    (choice,) = session.choices("/data/place", "ti")
    assert (choice.label.language, choice.label.is_fallback) == ("en", True)


def test_a_missing_file_is_named_and_the_interview_goes_on() -> None:
    session = start(
        xform(
            "<town/>",
            "",
            "<select1 ref='/data/town'><label>Town</label><itemset nodeset=\"instance('towns')/root/item\">"
            "<value ref='name'/><label ref='label'/></itemset></select1>",
            model="<instance id='towns' src='jr://file-csv/towns.csv'/>",
        )
    )
    assert session.form.missing_files == ("towns.csv",)
    assert [problem.code for problem in session.form.problems] == ["form.file_missing"]
    (choice,) = session.choices("/data/town")
    assert choice.placeholder


def test_lists_from_files_and_pulldata() -> None:
    page = xform(
        "<town/><people/>",
        bind("/data/people", type="int", calculate="pulldata('towns', 'people', 'name', /data/town)"),
        "<select1 ref='/data/town'><label>Town</label><itemset nodeset=\"instance('towns')/root/item\">"
        "<value ref='name'/><label ref='label'/></itemset></select1>",
        model="<instance id='towns' src='jr://file-csv/towns.csv'/>",
    )
    table = 'name,label,people\nnt,North Town,120\nst,"South, Town",80\n'.encode("utf-8-sig")
    session = start(page, {"towns.csv": table})
    assert [(c.value, c.label.text) for c in session.choices("/data/town")] == [
        ("nt", "North Town"),
        ("st", "South, Town"),
    ]
    session.set_value("/data/town", "st")
    assert session.value("/data/people") == "80"


def test_actions_at_the_start_in_new_rows_and_after_answers() -> None:
    session = start(
        xform(
            "<asked/><row jr:template=''><at/></row><a/><copy/>",
            bind("/data/asked", type="date"),
            "<repeat nodeset='/data/row'>"
            "<setvalue event='odk-new-repeat' ref='/data/row/at' value=\"concat('row ', position(..))\"/>"
            + inputs("/data/row/at")
            + "</repeat><input ref='/data/a'>"
            "<setvalue event='xforms-value-changed' ref='/data/copy' value='/data/a'/></input>",
            model="<setvalue event='odk-instance-first-load' ref='/data/asked' value='now()'/>",
        )
    )
    assert session.value("/data/asked") == "2026-11-21"
    session.add_row("/data/row")
    session.add_row("/data/row")
    assert session.value("/data/row[2]/at") == "row 2"
    session.set_value("/data/a", "x")
    assert session.value("/data/copy") == "x"


def test_metadata_comes_from_the_caller() -> None:
    session = start(
        xform(
            "<begun/><day/><device/><meta><instanceID/></meta>",
            bind("/data/begun", type="dateTime", jr__preload="timestamp", jr__preloadParams="start")
            + bind("/data/day", type="date", jr__preload="date", jr__preloadParams="today")
            + bind("/data/device", jr__preload="property", jr__preloadParams="deviceid")
            + bind("/data/meta/instanceID", jr__preload="uid"),
        ),
        deviceid="post-7",
    )
    assert session.value("/data/begun") == "2026-11-21T12:00:00.000+03:00"
    assert (session.value("/data/day"), session.value("/data/device")) == ("2026-11-21", "post-7")
    assert session.value("/data/meta/instanceID").startswith("uuid:")


def test_groups_without_a_node_of_their_own_have_labels_too() -> None:
    session = start(
        xform("<a/>", "", "<group fk:section='urgent'><label>Now</label>" + inputs("/data/a") + "</group>")
    )
    (group,) = session.page_tree()
    assert isinstance(group, GroupItem)
    assert session.label(group.ref).text == "Now"
    assert group.attributes == {"section": "urgent"}
    (question,) = group.children
    assert isinstance(question, QuestionItem)
    assert question.ref == "/data/a"


def replayed(operations: list[tuple[str, str, str]]) -> Session:
    """A draft, restored."""
    session = start(FAMILY)
    for what, ref, value in operations:
        match what:
            case "set":
                session.set_value(ref, value)
            case "add":
                session.add_row(ref)
            case _:
                session.remove_row(ref)
    return session


def test_a_draft_is_restored_by_replaying_it() -> None:
    operations = [
        ("set", "/data/alone", "no"),
        ("set", "/data/family[1]/name", "Ada"),
        ("add", "/data/family", ""),
        ("set", "/data/family[2]/age", "9"),
        ("remove", "/data/family[1]", ""),
    ]
    assert replayed(operations).submission() == replayed(operations).submission()


def test_an_expression_that_fails_decides_nothing() -> None:
    session = start(
        xform("<a/><b/>", bind("/data/b", relevant="regex(/data/a, '(')"), inputs("/data/a", "/data/b"))
    )
    session.set_value("/data/a", "x")
    assert session.is_relevant("/data/b")
    assert session.state.troubles == {(("data", "b"), "relevant"): "expression.pattern"}
