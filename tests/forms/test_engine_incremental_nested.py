"""The law of recalculation for repeats inside repeats, counted rows, filtered lists and groups that come and go."""

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.forms.nodes import Node
from fieldkit.forms.recalculation import subtree
from fieldkit.forms.session import Session
from tests.forms.xforms import bind, inputs, start, xform

State = list[tuple[str, str, bool, bool, bool]]
Edit = tuple[str, str, str, int, int]

_ROOT = ("a", "n")
_ROW = ("x", "m", "y")
_KID = ("u", "v")

_LISTS = (
    "<instance id='l'><root>"
    + "".join(
        f"<item><name>{name}</name><of>{of}</of><label>{name.upper()}</label></item>"
        for name, of in (("p", "1"), ("q", "1"), ("r", "2"), ("s", "2"), ("t", "3"))
    )
    + "</root></instance>"
)

_IN_ROOT = st.sampled_from(
    [
        "count(/data/row)",
        "count(/data/row/kid)",
        "sum(/data/row/kid/u)",
        "sum(/data/row/y)",
        "join('-', /data/row/kid/v)",
        "/data/row[2]/kid[1]/u",
        "count(/data/row[count(kid) > 1])",
        "max(/data/row/x)",
        "indexed-repeat(/data/row/kid/u, /data/row, /data/a, /data/row/kid, 1)",
        "jr:choice-name(/data/pick, '/data/pick')",
        "count-selected(/data/many)",
        "string-length(/data/g/h)",
        "count(//kid)",
        "concat(/data/row/x, '.', /data/pick)",
        "count(/data/row/kid[../x = u])",
        "min(/data/row[position() != 2]/x)",
    ]
)
_IN_ROW = st.sampled_from(
    [
        "../x + 1",
        "count(../kid)",
        "sum(../kid/u)",
        "position(..)",
        "../kid[last()]/u",
        "join(',', ../kid/u)",
        "count(/data/row/kid)",
        "/data/a",
        "../preceding-sibling::row[1]/x",
        "sum(/data/row[x = current()/../x]/x)",
        "indexed-repeat(/data/row/x, /data/row, position(..) - 1)",
        "/data/g/h",
        "count(../../row)",
        "coalesce(../x, /data/a)",
    ]
)
_IN_KID = st.sampled_from(
    [
        "../u + 1",
        "position(..)",
        "position(../..)",
        "../../x",
        "/data/row/x",
        "/data/a",
        "count(../../kid)",
        "sum(../../kid[u > 1]/u)",
        "count(../../../row)",
        "concat(position(../..), '.', position(..))",
        "../preceding-sibling::kid[1]/u",
        "indexed-repeat(/data/row/kid/u, /data/row, 1, /data/row/kid, position(..))",
        "sum(/data/row/kid/u)",
        "current()/../../x",
    ]
)


def _worth(terms: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        terms,
        terms.map(lambda one: f"if({one} > 2, 'much', {one})"),
        st.tuples(terms, terms).map(lambda two: f"concat({two[0]}, '/', {two[1]})"),
        terms.map(lambda one: f"once({one})"),
    )


def _holds(terms: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        terms.map(lambda one: f"{one} > 1"),
        terms.map(lambda one: f"not({one} = '2')"),
        terms.map(lambda one: f"selected({one}, '1') or {one} = ''"),
    )


@st.composite
def forms(draw: st.DrawFn) -> bytes:
    """Rows of rows, one of them counted perhaps, around lists that follow what is answered above."""
    plain = st.sampled_from(["/data/a", "/data/g/h"])
    binds = [
        bind("/data/a", type="int"),
        bind("/data/n", type="int"),
        bind("/data/row/m", type="int"),
        bind("/data/total", calculate=draw(_worth(_IN_ROOT))),
        bind("/data/second", calculate=draw(_worth(_IN_ROOT)), relevant=draw(_holds(plain))),
        bind("/data/row/y", calculate=draw(_worth(_IN_ROW))),
        bind("/data/row/kid/v", calculate=draw(_worth(_IN_KID))),
    ]
    if draw(st.booleans()):
        binds.append(bind("/data/g", relevant=draw(_holds(st.just("/data/a")))))
    if draw(st.booleans()):
        binds.append(bind("/data/row/kid", relevant=draw(_holds(st.sampled_from(["../x", "/data/a"])))))
    if draw(st.booleans()):
        binds.append(bind("/data/row/x", required=draw(_holds(plain)), readonly="/data/g/h = '3'"))
    count = " jr:count='/data/n'" if draw(st.booleans()) else ""
    inner = " jr:count='../m'" if draw(st.booleans()) else ""
    kid = "<kid><u/><v/></kid>"
    row = f"<x/><m/><y/>{kid}"
    body = (
        inputs("/data/a", "/data/n")
        + "<group ref='/data/g'>"
        + inputs("/data/g/h")
        + "</group>"
        + f"<repeat nodeset='/data/row'{count}>"
        + inputs(*(f"/data/row/{name}" for name in _ROW))
        + f"<repeat nodeset='/data/row/kid'{inner}>"
        + inputs(*(f"/data/row/kid/{name}" for name in _KID))
        + "</repeat></repeat>"
        + _select("select1", "/data/pick", draw(st.sampled_from(["[of = /data/a]", "[of != /data/g/h]", ""])))
        + _select("select", "/data/many", "[of = /data/row/x or of = /data/a]")
    )
    page = f"<a/><n/><g><h/></g><row>{row}</row><pick/><many/><total/><second/>"
    return xform(page, "".join(binds), body, model=_LISTS)


def _select(kind: str, ref: str, test: str) -> str:
    return (
        f"<{kind} ref='{ref}'><itemset nodeset=\"instance('l')/root/item{test}\"><value ref='name'/>"
        f"<label ref='label'/></itemset></{kind}>"
    )


_VALUES = st.sampled_from(["", "0", "1", "2", "3", "x"])
_PLACE = st.integers(0, 3)
_EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("root"), st.sampled_from([*_ROOT, "g/h"]), _VALUES, st.just(0), st.just(0)),
        st.tuples(
            st.just("root"), st.just("pick"), st.sampled_from(["", "p", "r", "t"]), st.just(0), st.just(0)
        ),
        st.tuples(
            st.just("root"), st.just("many"), st.sampled_from(["", "p q", "r t", "q"]), st.just(0), st.just(0)
        ),
        st.tuples(st.just("row"), st.sampled_from(["x", "m"]), _VALUES, _PLACE, st.just(0)),
        st.tuples(st.just("kid"), st.just("u"), _VALUES, _PLACE, _PLACE),
        st.tuples(st.sampled_from(["add", "remove"]), st.just(""), st.just(""), _PLACE, st.just(0)),
        st.tuples(st.sampled_from(["add kid", "remove kid"]), st.just(""), st.just(""), _PLACE, _PLACE),
    ),
    max_size=16,
)


def _edit(session: Session, edit: Edit) -> None:
    what, name, value, place, inner = edit
    rows = session.state.root.named.get("row", [])
    if what == "root":
        offered = session.offered_values(f"/data/{name}")
        chosen = [one for one in value.split() if one in offered or name not in ("pick", "many")]
        session.set_value(f"/data/{name}", " ".join(chosen))
    elif what == "add":
        if not _counted(session, ("data", "row")):
            session.add_row("/data/row")
    elif rows:
        row = rows[place % len(rows)]
        _edit_row(session, row, what, name, value, inner)


def _edit_row(session: Session, row: Node, what: str, name: str, value: str, inner: int) -> None:
    kids = row.named.get("kid", [])
    ref = session.ref(row)
    if what == "row":
        session.set_value(f"{ref}/{name}", value)
    elif what == "remove":
        if not _counted(session, ("data", "row")):
            session.remove_row(ref)
    elif "kid" in what and what != "kid" and _counted(session, ("data", "row", "kid")):
        pass  # nobody adds rows to those that are counted
    elif what == "add kid":
        session.add_row(f"{ref}/kid")
    elif kids and what == "remove kid":
        session.remove_row(f"{ref}/kid[{inner % len(kids) + 1}]")
    elif kids and what == "kid":
        session.set_value(f"{ref}/kid[{inner % len(kids) + 1}]/{name}", value)


def _counted(session: Session, path: tuple[str, ...]) -> bool:
    control = session.form.shapes[path].control
    return control is not None and control.fixed


def _state(session: Session) -> State:
    return [
        (session.ref(node), node.value, node.relevant, node.active, node.required or node.readonly)
        for node in subtree(session.state.root)
    ]


@settings(max_examples=150, deadline=None)
@given(forms(), _EDITS)
def test_recalculating_what_changed_equals_recalculating_everything(form: bytes, edits: list[Edit]) -> None:
    session = start(form)
    for edit in edits:
        _edit(session, edit)
        incremental = _state(session)
        session.state.compute_all()
        assert _state(session) == incremental, edit


@settings(max_examples=60, deadline=None)
@given(forms(), _EDITS)
def test_the_same_answers_make_the_same_form_again(form: bytes, edits: list[Edit]) -> None:
    """A draft is restored by doing it again."""
    first, second = start(form), start(form)
    for edit in edits:
        _edit(first, edit)
    for edit in edits:
        _edit(second, edit)
    assert _state(first) == _state(second)


@settings(max_examples=40, deadline=None)
@given(forms(), _EDITS)
def test_another_language_changes_no_value(form: bytes, edits: list[Edit]) -> None:
    session = start(form)
    for edit in edits:
        _edit(session, edit)
    before = _state(session)
    for tag in ("ar", "en", None):
        session.set_language(tag)
        for question in session.all_questions():
            session.label(question.ref, tag)
            session.choices(question.ref, tag)
        assert _state(session) == before


@settings(max_examples=60, deadline=None)
@given(forms(), _EDITS)
def test_what_a_change_tells_is_all_that_changed(form: bytes, edits: list[Edit]) -> None:
    """Every node whose value differs afterwards is told, so that no page stays old."""
    session = start(form)
    for edit in edits:
        before = {node: (node.value, node.active) for node in subtree(session.state.root)}
        _edit(session, edit)
        change = session.last_change()
        told = change.values | change.relevance | change.structure
        for node in subtree(session.state.root):
            held = before.get(node)
            if held is not None and held != (node.value, node.active):
                assert session.ref(node) in told, (edit, session.ref(node))


def test_rows_that_go_are_not_computed_any_more() -> None:
    """Rows that a count takes away while what stands in them still waits to be computed."""
    session = start(
        xform(
            "<row><m/><kid><u/><v/></kid></row><all/>",
            bind("/data/row/kid/v", calculate="count(../../kid)")
            + bind("/data/all", calculate="join('-', //v)"),
            "<repeat nodeset='/data/row'><input ref='/data/row/m'/><repeat nodeset='/data/row/kid' jr:count='../m'>"
            "<input ref='/data/row/kid/u'/></repeat></repeat>",
        )
    )
    session.set_value("/data/row[1]/m", "3")
    assert session.value("/data/all") == "3-3-3"
    session.set_value("/data/row[1]/m", "0")
    assert session.value("/data/all") == ""
