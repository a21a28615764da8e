"""The submission: what it holds, and that it says the same state again."""

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from fieldkit.forms.nodes import Node, plain_tree
from fieldkit.forms.xml import parse_xml
from tests.forms.xforms import bind, inputs, start, xform

_FORM = xform(
    "<a/><g><b/></g><row jr:template=''><x/><y/></row><row><x/><y/></row>"
    "<orx:meta><orx:instanceID/><entity dataset='people' id='' create='1'><label/></entity></orx:meta>",
    bind("/data/g", relevant="/data/a != 'hide'")
    + bind("/data/row/y", relevant="../x != ''")
    + bind("/data/orx:meta/orx:instanceID", jr__preload="uid")
    + bind("/data/orx:meta/entity/@id", calculate="/data/a")
    + bind("/data/orx:meta/entity/label", calculate="concat('Person ', /data/a)"),
    inputs("/data/a", "/data/g/b")
    + "<repeat nodeset='/data/row'>"
    + inputs("/data/row/x", "/data/row/y")
    + "</repeat>",
)
_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12
)


def _relevant(node: Node) -> object:
    """What a tree says, without what is not relevant."""
    attributes = {one.tag: one.value for one in node.attributes if one.active}
    if node.children:
        return (
            node.namespace,
            node.name,
            attributes,
            [_relevant(one) for one in node.children if one.active],
        )
    return (node.namespace, node.name, attributes, node.value)


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.just("hide"), _TEXT), _TEXT, st.lists(st.tuples(_TEXT, _TEXT), max_size=4))
def test_a_submission_reads_back_as_the_same_state(a: str, b: str, rows: list[tuple[str, str]]) -> None:
    session = start(_FORM)
    session.set_value("/data/a", a)
    session.set_value("/data/g/b", b)
    for x, y in rows:
        row = session.add_row("/data/row")
        session.set_value(f"{row}/x", x)
        session.set_value(f"{row}/y", y)
    submission = session.submission()
    assert _relevant(plain_tree(parse_xml(submission.content))) == _relevant(session.state.root)


def test_names_attributes_and_namespaces_are_the_forms_own() -> None:
    session = start(_FORM)
    session.set_value("/data/a", "Ada")
    submission = session.submission()
    root = etree.fromstring(submission.content)
    assert root.get("id") == "t"
    assert root.get("version") == "1"
    assert (submission.form_id, submission.form_version) == ("t", "1")
    assert (
        root.findtext("{http://openrosa.org/xforms}meta/{http://openrosa.org/xforms}instanceID")
        == submission.instance_id
    )
    entity = root.find("{http://openrosa.org/xforms}meta/{*}entity")
    assert entity is not None
    assert (entity.get("dataset"), entity.get("id"), entity.findtext("{*}label")) == (
        "people",
        "Ada",
        "Person Ada",
    )
    assert b"template" not in submission.content


def test_a_form_without_meta_gets_an_instance_id() -> None:
    submission = start(xform("<a/>", "", inputs("/data/a"))).submission()
    assert submission.instance_id.startswith("uuid:")
    assert b"instanceID>uuid:" in submission.content


def test_control_characters_do_not_break_the_xml() -> None:
    session = start(_FORM)
    session.set_value("/data/a", "a\x00b\x0bc\nd")
    root = etree.fromstring(session.submission().content)
    assert root.findtext("{*}a") == "abc\nd"


def test_meta_stands_in_the_openrosa_namespace_also_where_the_form_left_that_out() -> None:
    form = xform(
        "<a/><meta><instanceID/></meta>", bind("/data/meta/instanceID", jr__preload="uid"), inputs("/data/a")
    )
    session = start(form)
    submission = session.submission()
    root = etree.fromstring(submission.content)
    found = root.findtext("{http://openrosa.org/xforms}meta/{http://openrosa.org/xforms}instanceID")
    assert found == submission.instance_id == session.value("/data/meta/instanceID")
