"""The law of recalculation: after any edits the form is what computing everything anew would make of it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.forms.recalculation import subtree
from fieldkit.forms.session import Session
from tests.forms.xforms import bind, inputs, start, xform

_OUTER = ["a", "b", "c", "d"]
_INNER = ["x", "y", "z"]
State = list[tuple[str, str, bool, bool, bool]]


def _outer_terms(before: int) -> st.SearchStrategy[str]:
    """What a rule of the outer form may read: questions before it (no cycles), and the rows."""
    plain = [f"/data/{name}" for name in _OUTER[:before]]
    rows = [
        "count(/data/row)",
        "sum(/data/row/x)",
        "/data/row[1]/y",
        "count(/data/row[x > 2])",
        "join('-', /data/row/x)",
    ]
    return st.sampled_from(plain + rows)


def _inner_terms(before: int) -> st.SearchStrategy[str]:
    own = [f"../{name}" for name in _INNER[:before]] + [f"/data/row/{name}" for name in _INNER[:before]]
    return st.sampled_from(
        [
            *own,
            "position(..)",
            "/data/a",
            "count(../../row)",
            "current()/../../a",
            "count(../../row[x > current()/../x])",
            "sum(/data/row[x = 2]/x)",
            "../preceding-sibling::row[1]/x",
            "../../row[position() < 3]/x",
            "indexed-repeat(/data/row/x, /data/row, position(..) - 1)",
            "count(..//x)",
        ]
    )


def _value(terms: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        terms.map(lambda one: f"{one} + 1"),
        st.tuples(terms, terms).map(lambda two: f"concat({two[0]}, '/', {two[1]})"),
        terms.map(lambda one: f"if({one} > 2, 'much', {one})"),
    )


def _truth(terms: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        terms.map(lambda one: f"{one} > 1"),
        terms.map(lambda one: f"not({one} = '')"),
        st.tuples(terms, terms).map(lambda two: f"{two[0]} = '2' or {two[1]} != ''"),
    )


@st.composite
def forms(draw: st.DrawFn) -> bytes:
    """A form of four questions around a repeat of three, with random rules and no cycles."""
    binds = []
    for place, name in enumerate(_OUTER):
        rules = {}
        if place and draw(st.booleans()):
            rules["relevant"] = draw(_truth(st.sampled_from([f"/data/{one}" for one in _OUTER[:place]])))
        if place > 1 and draw(st.booleans()):
            rules["calculate"] = draw(_value(_outer_terms(place)))
        if place and draw(st.booleans()):
            rules["required"] = draw(_truth(st.sampled_from([f"/data/{one}" for one in _OUTER[:place]])))
        binds.append(bind(f"/data/{name}", **rules))
    for place, name in enumerate(_INNER):
        rules = {}
        if place and draw(st.booleans()):
            rules["relevant"] = draw(_truth(_inner_terms(place)))
        if place and draw(st.booleans()):
            rules["calculate"] = draw(_value(_inner_terms(place)))
        binds.append(bind(f"/data/row/{name}", **rules))
    if draw(st.booleans()):
        binds.append(
            bind("/data/row", relevant=draw(st.sampled_from(["/data/a != '0'", "../a > 1", "/data/a = ''"])))
        )
    row = "".join(f"<{name}/>" for name in _INNER)
    repeat = "<repeat nodeset='/data/row'>" + inputs(*(f"/data/row/{name}" for name in _INNER)) + "</repeat>"
    return xform(
        f"<a/><b/><row jr:template=''>{row}</row><row>{row}</row><c/><d/>",
        "".join(binds),
        inputs("/data/a", "/data/b") + repeat + inputs("/data/c", "/data/d"),
    )


_VALUES = st.sampled_from(["", "0", "1", "2", "3", "word"])
_EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.sampled_from(_OUTER), _VALUES, st.just(0)),
        st.tuples(st.just("row"), st.sampled_from(_INNER), _VALUES, st.integers(0, 5)),
        st.tuples(st.just("add"), st.just(""), st.just(""), st.just(0)),
        st.tuples(st.just("remove"), st.just(""), st.just(""), st.integers(0, 5)),
    ),
    max_size=14,
)


def _edit(session: Session, edit: tuple[str, str, str, int]) -> None:
    what, name, value, number = edit
    rows = len(session.env.root.children[0].named.get("row", []))
    if what == "set":
        _answer(session, f"/data/{name}", value)
    elif what == "add":
        session.add_row("/data/row")
    elif rows and what == "row":
        _answer(session, f"/data/row[{number % rows + 1}]/{name}", value)
    elif rows:
        session.remove_row(f"/data/row[{number % rows + 1}]")


def _answer(session: Session, ref: str, value: str) -> None:
    """Answer a question; one that is calculated keeps what was typed only until it is calculated again."""
    shape = session.node(ref).shape
    if shape is not None and (shape.bind is None or shape.bind.calculate is None):
        session.set_value(ref, value)


def _state(session: Session) -> State:
    return [
        (session.ref(node), node.value, node.relevant, node.active, node.required)
        for node in subtree(session.state.root)
    ]


@settings(max_examples=150, deadline=None)
@given(forms(), _EDITS)
def test_recalculating_what_changed_equals_recalculating_everything(
    form: bytes, edits: list[tuple[str, str, str, int]]
) -> None:
    session = start(form)
    for edit in edits:
        _edit(session, edit)
        incremental = _state(session)
        session.state.compute_all()
        assert _state(session) == incremental, edit


@settings(max_examples=40, deadline=None)
@given(forms(), _EDITS)
def test_painting_in_another_language_changes_no_value(
    form: bytes, edits: list[tuple[str, str, str, int]]
) -> None:
    session = start(form)
    for edit in edits:
        _edit(session, edit)
    before = _state(session)
    for question in session.all_questions():
        session.label(question.ref, "ar")
        session.hint(question.ref, "fr")
    assert _state(session) == before
