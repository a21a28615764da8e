"""What a hostile or broken file can do to the engine: be refused or be worked around, within bounds."""

import pytest

from fieldkit.forms.problems import FormFault
from fieldkit.forms.reader import read_form
from fieldkit.forms.secondary import MAX_CELLS
from fieldkit.forms.xml import MAX_TAGS, parse_xml
from tests.forms.test_engine_bad_forms import codes
from tests.forms.xforms import bind, inputs, start, xform


def test_a_file_of_a_hundred_megabytes_is_refused_unread() -> None:
    assert codes(b"<a>" + b" " * (100 * 1024 * 1024) + b"</a>") == ["form.too_large"]
    page = xform("<a/>", "", "", model="<instance id='l' src='jr://file-csv/l.csv'/>")
    with pytest.raises(FormFault, match="too_large"):
        read_form(page, {"l.csv": b"a\n" * (50 * 1024 * 1024)})


def test_a_file_of_very_many_very_small_parts_is_refused_unread() -> None:
    assert codes(b"<a>" + b"<b/>" * (MAX_TAGS + 1) + b"</a>") == ["form.too_many_parts"]
    page = xform("<a/>", "", "", model="<instance id='l' src='jr://file-csv/l.csv'/>")
    with pytest.raises(FormFault, match="too_many_parts"):
        read_form(page, {"l.csv": b"a\n" * (MAX_CELLS + 1)})


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;'><!ENTITY d '&c;&c;'>]>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'http://localhost:9/'>]>",
        "<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///etc/hostname'> %p;]>",
        "<!DOCTYPE a [<!ENTITY b '" + "x" * 100_000 + "'>]>",
    ],
)
def test_entities_are_refused_whatever_they_stand_for(doctype: str) -> None:
    page = doctype + "<a>&b;&b;&b;</a>"
    assert codes(page.encode())[0] in ("form.xml_entities", "form.xml")


def test_a_doctype_from_elsewhere_is_not_fetched_and_nothing_is_included() -> None:
    outside = b"<!DOCTYPE a SYSTEM 'http://localhost:9/none.dtd'><a/>"
    assert parse_xml(outside).tag == "a"
    included = (
        b"<a xmlns:x='http://www.w3.org/2001/XInclude'><x:include href='/etc/hostname' parse='text'/></a>"
    )
    assert parse_xml(included)[0].text is None


@pytest.mark.parametrize("depth", [100, 240])
def test_deep_groups_open_and_deeper_ones_are_refused(depth: int) -> None:
    names = [f"g{number}" for number in range(depth)]
    instance = "".join(f"<{name}>" for name in names) + "<q/>" + "".join(f"</{name}>" for name in names[::-1])
    path = "/data/" + "/".join(names) + "/q"
    page = xform(instance, bind(path, calculate="1 + 1"), inputs(path))
    session = start(page)
    assert session.value(path) == "2"
    assert session.submission().content.count(b"<g") == depth
    session.facts(["q"])
    assert codes(xform("<g>" * 400 + "</g>" * 400)) == ["form.xml"]


def test_an_expression_of_a_hundred_thousand_characters_is_refused() -> None:
    long = "1" + " + 1" * 25_000
    assert codes(xform("<a/>", bind("/data/a", calculate=long))) == ["expression.too_long"]
    assert codes(xform("<a/>", bind("/data/a", relevant="(" * 5_000 + "1" + ")" * 5_000))) == [
        "expression.too_deep"
    ]
    wide = " or ".join(f"/data/a = '{number}'" for number in range(2_500))
    session = start(xform("<a/><b/>", bind("/data/b", relevant=wide), inputs("/data/a", "/data/b")))
    session.set_value("/data/a", "2499")
    assert session.is_relevant("/data/b")


def test_searches_inside_searches_come_to_an_end() -> None:
    within = "count(//x[count(//x[count(//x[. != '']) > 0]) > 0])"
    rows = "<row><x>1</x></row>" * 400
    session = start(xform(f"{rows}<n/>", bind("/data/n", calculate=within), inputs("/data/n")))
    assert session.value("/data/n") == ""
    assert "expression.too_much_work" in session.state.troubles.values()


def test_long_lists_against_long_lists_are_compared_without_trying_every_pair() -> None:
    rows = "".join(f"<row><x>{number}</x><y>-{number}</y></row>" for number in range(3_000))
    rules = ["//x = //y", "//x != //y", "//x &lt; //y", "//y &lt;= //x"]
    binds = "".join(f'<bind nodeset="/data/r{n}" calculate="{rule}"/>' for n, rule in enumerate(rules))
    session = start(xform(f"{rows}<r0/><r1/><r2/><r3/>", binds))
    assert [session.value(f"/data/r{n}") for n in range(4)] == ["false", "true", "false", "true"]


def test_a_pattern_that_tries_everything_does_not_hold_up_an_answer() -> None:
    page = xform("<name/>", bind("/data/name", constraint="regex(., '([a-z]+ ?)+')"), inputs("/data/name"))
    session = start(page)
    session.set_value("/data/name", "a" * 500 + "1")
    fault = session.fault("/data/name")
    assert fault is not None
    assert fault.why == "constraint"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1", "windows-1256"])
def test_a_declared_encoding_is_read(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    page = f"<?xml version='1.0' encoding='{declared}'?>" + xform("<a>é</a>", "", inputs("/data/a")).decode()
    assert start(page.encode(encoding, "xmlcharrefreplace")).value("/data/a") == "é"


def test_bytes_that_are_not_what_they_declare_are_refused() -> None:
    page = xform("<a>é</a>", "", inputs("/data/a")).decode()
    assert codes(page.encode("iso-8859-1")) == ["form.xml"]
    assert codes(page.encode() + b"\x00") == ["form.xml"]
    assert codes(page.encode()[:-20]) == ["form.xml"]


@pytest.mark.parametrize(
    "table",
    [
        b"{",
        b"[]",
        b'{"features": 3}',
        b'{"features": [3, {"geometry": {"type": "Point"}}]}',
        b'{"features": [{"geometry": {"type": "Point", "coordinates": ["a"]}, "properties": {"id": 1}}]}',
        b"[" * 100_000,
        b'{"features": [{"properties": {"id": NaN, "title": {"a": [1]}}}]}',
        b"\xff\xfe\x00\x01",
    ],
)
def test_a_map_of_places_that_is_none_is_an_empty_list(table: bytes) -> None:
    page = xform(
        "<a/>",
        "",
        "<select1 ref='/data/a'><itemset nodeset=\"instance('l')/root/item\"><value ref='id'/>"
        "<label ref='title'/></itemset></select1>",
        model="<instance id='l' src='jr://file/l.geojson'/>",
    )
    session = start(page, {"l.geojson": table})
    assert len(session.choices("/data/a")) <= 1
    session.set_value("/data/a", "x")
    assert session.submission().content


def test_pictures_that_are_not_there_are_names_and_nothing_more() -> None:
    page = xform(
        "<a/>",
        "",
        "<input ref='/data/a'><label ref=\"jr:itext('a')\"/></input>",
        model="<itext><translation lang='en'><text id='a'><value>A</value>"
        "<value form='image'>jr://images/../../etc/a.png</value></text></translation></itext>",
    )
    label = start(page).label("/data/a")
    assert (label.text, label.image) == ("A", "a.png")
