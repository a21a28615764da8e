"""Lists of answers: from tables beside a form, searched, shuffled, from rows of the form; and their names."""

import pytest

from fieldkit.forms.authoring import convert_xlsform
from fieldkit.forms.reader import read_form
from fieldkit.forms.session import Session
from tests.forms.xforms import bind, inputs, start, xform

FRUITS = b"name_key,name,name_fr,kind\nap,Apple,Pomme,tree\nba,Banana,Banane,HERB\nbe,Berry,,bush\n"
_ITEMS = (
    "<item><label ref=\"jr:itext('f-0')\"/><value>name_key</value></item>"
    "<item><label ref=\"jr:itext('f-1')\"/><value>999</value></item>"
)
_TEXTS = (
    "<itext><translation lang='en'><text id='f-0'><value>name</value></text>"
    "<text id='f-1'><value>Another</value></text></translation>"
    "<translation lang='fr'><text id='f-0'><value>name_fr</value></text>"
    "<text id='f-1'><value>Autre</value></text></translation></itext>"
)


def offered(session: Session, ref: str, tag: str | None = None) -> list[tuple[str, str]]:
    return [(choice.value, choice.label.text) for choice in session.choices(ref, tag)]


def _searching(call: str) -> Session:
    page = xform(
        "<kind/><fruit/>",
        "",
        inputs("/data/kind")
        + f'<select1 ref="/data/fruit" appearance="minimal {call}"><label/>{_ITEMS}</select1>',
        model=_TEXTS,
    )
    return start(page, {"fruits.csv": FRUITS})


def test_a_search_lists_a_table_in_the_asked_language() -> None:
    session = _searching("search('fruits')")
    assert session.form.controls[1].appearance == "minimal"
    assert offered(session, "/data/fruit") == [
        ("999", "Another"),
        ("ap", "Apple"),
        ("ba", "Banana"),
        ("be", "Berry"),
    ]
    assert offered(session, "/data/fruit", "fr") == [
        ("999", "Autre"),
        ("ap", "Pomme"),
        ("ba", "Banane"),
        ("be", "Berry"),  # nobody has said it in French: shown as it is, and told
    ]
    assert session.choices("/data/fruit", "fr")[3].label.is_fallback


@pytest.mark.parametrize(
    ("call", "kind", "values"),
    [
        ("search('fruits', 'matches', 'kind', /data/kind)", "herb", ["ba"]),
        ("search('fruits', 'matches', 'kind', /data/kind)", "her", []),
        ("search('fruits', 'contains', 'name,name_fr', /data/kind)", "om", ["ap"]),
        ("search('fruits', 'startswith', 'name', /data/kind)", "b", ["ba", "be"]),
        ("search('fruits', 'endswith', 'name', /data/kind)", "Y", ["be"]),
        ("search('fruits', 'contains', 'name', 'b', 'kind', /data/kind)", "bush", ["be"]),
        ("search('fruits', 'sounds-like', 'name', /data/kind)", "b", []),
        ("search('fruits', 'matches', 'no such column', /data/kind)", "b", []),
    ],
)
def test_a_search_follows_other_answers(call: str, kind: str, values: list[str]) -> None:
    session = _searching(call)
    session.set_value("/data/kind", kind)
    assert list(session.offered_values("/data/fruit")) == ["999", *values]


def test_an_answer_that_a_search_no_longer_offers_is_taken_back() -> None:
    session = _searching("search('fruits', 'matches', 'kind', /data/kind)")
    session.set_value("/data/kind", "bush")
    session.set_value("/data/fruit", "be")
    session.set_value("/data/kind", "tree")
    assert session.value("/data/fruit") == ""
    session.set_value("/data/fruit", "999")
    session.set_value("/data/kind", "bush")
    assert session.value("/data/fruit") == "999"


def test_search_is_a_function_of_appearances_alone() -> None:
    page = xform("<a/>", bind("/data/a", calculate="search('fruits')"), inputs("/data/a"))
    with pytest.raises(Exception, match="unknown_function"):
        read_form(page)


_EXTERNAL = """
| survey |
| | type | name | label::English (en) | label::French (fr) | choice_filter |
| | text | state | State | Région | |
| | select_one_external cities | city | City | Ville | state=${state} |
| external_choices |
| | list_name | name | label::English (en) | label::French (fr) | state |
| | cities | x | Ex | Icse | north |
| | cities | y | Why | I grec | south |
| | towns | t | Tee | Té | south |
| settings |
| | form_id | default_language |
| | external | English (en) |
"""


def test_external_choices_come_from_the_table_that_the_converter_makes() -> None:
    made = convert_xlsform(_EXTERNAL.encode(), "external.md")
    session = start(made.xform, made.resources)
    assert session.form.unsupported == ()
    session.set_value("/data/state", "south")
    assert offered(session, "/data/city") == [("y", "Why")]
    assert offered(session, "/data/city", "fr") == [("y", "I grec")]
    session.set_value("/data/city", "y")
    session.set_value("/data/state", "north")
    assert (session.value("/data/city"), offered(session, "/data/city")) == ("", [("x", "Ex")])


def test_external_choices_without_their_table_offer_one_placeholder() -> None:
    made = convert_xlsform(_EXTERNAL.encode(), "external.md")
    session = start(made.xform)
    assert session.form.missing_files == ("itemsets.csv",)
    assert [choice.placeholder for choice in session.choices("/data/city")] == [True]


_ROWS = xform(
    "<seed>4</seed><row><name>Ada</name></row><row><name>Bo</name></row><row><name>Cy</name></row><who/><named/>",
    bind("/data/named", calculate="jr:choice-name(/data/who, '/data/who')"),
    "<repeat nodeset='/data/row'>"
    + inputs("/data/row/name")
    + "</repeat>"
    + inputs("/data/seed")
    + "<select1 "
    "ref='/data/who'><itemset nodeset=\"randomize(/data/row[name != ''], /data/seed)\"><value ref='name'/>"
    "<label ref='name'/></itemset></select1>",
)


def test_rows_of_the_form_are_choices_in_an_order_that_the_seed_decides() -> None:
    session = start(_ROWS)
    first = session.offered_values("/data/who")
    assert sorted(first) == ["Ada", "Bo", "Cy"]
    assert session.offered_values("/data/who") == first
    orders = set()
    for seed in range(12):
        session.set_value("/data/seed", str(seed))
        orders.add(session.offered_values("/data/who"))
    assert len(orders) > 2
    session.set_value("/data/seed", "4")
    assert session.offered_values("/data/who") == first


def test_the_name_of_a_choice_follows_the_row_it_comes_from() -> None:
    page = _ROWS.replace(b"<value ref='name'/>", b"<value ref='position()'/>")
    session = start(page.replace(b"randomize(/data/row[name != ''], /data/seed)", b"/data/row"))
    session.set_value("/data/who", "1")
    assert session.value("/data/named") == "Ada"
    session.set_value("/data/row[1]/name", "Ida")
    assert session.value("/data/named") == "Ida"


def test_a_list_without_the_columns_it_names_offers_what_there_is() -> None:
    page = xform(
        "<a/>",
        "",
        "<select1 ref='/data/a'><itemset nodeset=\"instance('l')/root/item[gone = 'x' or true()]\">"
        "<value ref='code'/><label ref='title'/></itemset></select1>",
        model="<instance id='l' src='jr://file-csv/l.csv'/>",
    )
    session = start(page, {"l.csv": b"name,label\na,A\n"})
    assert offered(session, "/data/a") == [("", "")]
    assert [(one.code, dict(one.data)) for one in session.form.problems] == [
        ("form.list_column_missing", {"list": "l", "wanted": "code"})
    ]
    assert offered(start(page, {"l.csv": b""}), "/data/a") == []
    assert offered(start(page, {"l.csv": b"\xff\xfe\x00code"}), "/data/a") == []
    assert offered(start(page, {"l.csv": b"code;title\r\na;A, or B\r\n"}), "/data/a") == [("a", "A, or B")]
    assert offered(start(page, {"l.csv": b'code,title\na\nb,"B\nand more",x\n'}), "/data/a") == [
        ("a", ""),
        ("b", "B\nand more"),
    ]


def test_what_was_saved_last_is_asked_and_is_nothing_before_the_first_time() -> None:
    page = xform(
        "<state/>",
        "",
        inputs("/data/state"),
        model="<instance id='__last-saved' src='jr://instance/last-saved'/><setvalue ref='/data/state'"
        " event='odk-instance-first-load' value=\"instance('__last-saved')/data/state\"/>",
    )
    first = start(page)
    assert (first.value("/data/state"), first.form.missing_files) == ("", ())
    first.set_value("/data/state", "north")
    again = start(page, {"jr://instance/last-saved": first.submission().content})
    assert again.value("/data/state") == "north"
