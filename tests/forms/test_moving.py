"""Moving an interview to a newer version of its form: every answer moves, or is told with the reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.forms.moving import Outcome, Reason, Report, move, take
from fieldkit.forms.recalculation import subtree
from fieldkit.forms.session import Session
from tests.forms.xforms import bind, inputs, start, xform


def choice(path: str, *values: str, several: bool = False) -> str:
    """A question with written-out choices."""
    kind = "select" if several else "select1"
    items = "".join(f"<item><label>{value}</label><value>{value}</value></item>" for value in values)
    return f'<{kind} ref="{path}"><label>{path}</label>{items}</{kind}>'


def rows(path: str, *names: str) -> str:
    """A repeat of plain questions."""
    return f"<repeat nodeset='{path}'>{inputs(*(f'{path}/{name}' for name in names))}</repeat>"


def moved(
    old: bytes, new: bytes, told: dict[str, str], marks: dict[str, str] | None = None
) -> tuple[Report, Session]:
    """What becomes of these answers, and the newer form."""
    session, newer = start(old), start(new)
    for ref, value in told.items():
        session.set_value(ref, value)
    return move(session, marks or {}, newer), newer


def reasons(report: Report) -> dict[str, Reason]:
    return {
        one.ref.rpartition("/")[2]: one.reason for one in report.answers if one.outcome is not Outcome.MOVED
    }


OLD = xform(
    "<name/><age/><town/>", bind("/data/age", type_="int"), inputs("/data/name", "/data/age", "/data/town")
)


# Stories


def test_what_stands_in_both_versions_moves_and_a_question_that_is_gone_is_told_with_its_answer() -> None:
    new = xform(
        "<intro/><name/><age/>",
        bind("/data/age", type_="int"),
        inputs("/data/intro", "/data/name", "/data/age"),
    )
    report, newer = moved(OLD, new, {"/data/name": "Ada", "/data/age": "34", "/data/town": "Nowhere"})
    assert [one.kept for one in report.of(Outcome.MOVED)] == ["Ada", "34"]
    assert newer.value("/data/name") == "Ada"
    (left,) = report.of(Outcome.LEFT)
    assert (left.ref, left.value, left.reason, left.to) == ("/data/town", "Nowhere", Reason.GONE, "")


def test_a_question_with_another_name_is_another_question_and_nothing_is_guessed() -> None:
    new = xform(
        "<name/><age/><city/>",
        bind("/data/age", type_="int"),
        inputs("/data/name", "/data/age", "/data/city"),
    )
    report, newer = moved(OLD, new, {"/data/town": "Nowhere"})
    assert reasons(report) == {"town": Reason.GONE}
    assert newer.value("/data/city") == ""


def test_an_answer_of_another_kind_is_left() -> None:
    new = xform("<name/><age/><town/>", bind("/data/age", type_="date"), inputs("/data/name", "/data/age"))
    report, _ = moved(OLD, new, {"/data/age": "34", "/data/name": "Ada"})
    assert reasons(report) == {"age": Reason.OTHER_KIND}


def test_a_choice_that_is_not_offered_any_more_is_left_and_the_others_of_its_question_stay() -> None:
    old = xform(
        "<one/><more/>", "", choice("/data/one", "a", "b") + choice("/data/more", "x", "y", "z", several=True)
    )
    new = xform(
        "<one/><more/>", "", choice("/data/one", "b", "c") + choice("/data/more", "z", "x", several=True)
    )
    report, newer = moved(old, new, {"/data/one": "a", "/data/more": "x y z"})
    assert reasons(report) == {"one": Reason.CHOICE_GONE, "more": Reason.CHOICE_GONE}
    assert newer.value("/data/one") == ""
    assert set(newer.value("/data/more").split()) == {"x", "z"}
    assert [one.value for one in report.answers] == ["a", "x y z"]


def test_an_answer_that_the_newer_version_refuses_is_moved_and_wants_to_be_looked_at() -> None:
    new = xform(
        "<name/><age/><town/>", bind("/data/age", type_="int", constraint=". < 18"), inputs("/data/age")
    )
    report, newer = moved(OLD, new, {"/data/age": "34"})
    (look,) = report.of(Outcome.LOOK)
    assert (look.reason, newer.value("/data/age")) == (Reason.REFUSED, "34")


def test_an_answer_to_what_is_not_asked_any_more_is_told_and_comes_back_when_it_is_asked() -> None:
    new = xform(
        "<name/><age/><town/>",
        bind("/data/age", type_="int") + bind("/data/town", relevant="/data/name = 'Ada'"),
        inputs("/data/name", "/data/age", "/data/town"),
    )
    report, newer = moved(OLD, new, {"/data/name": "Bo", "/data/town": "Nowhere"})
    assert reasons(report) == {"town": Reason.NOT_RELEVANT}
    newer.set_value("/data/name", "Ada")
    assert newer.is_relevant("/data/town") and newer.value("/data/town") == "Nowhere"


def test_a_question_moved_into_another_group_keeps_its_answer_and_one_moved_into_a_repeat_does_not() -> None:
    new = xform(
        "<g><name/></g><row><town/></row><age/>",
        bind("/data/age", type_="int"),
        inputs("/data/g/name", "/data/age") + rows("/data/row", "town"),
    )
    report, newer = moved(OLD, new, {"/data/name": "Ada", "/data/town": "Nowhere"})
    assert reasons(report) == {"name": Reason.OTHER_PLACE, "town": Reason.OTHER_REPEAT}
    assert newer.value("/data/g/name") == "Ada"


def test_rows_move_with_their_numbers_also_those_without_an_answer() -> None:
    old = xform("<row><x/><y/></row>", "", rows("/data/row", "x", "y"))
    new = xform("<row><y/><x/></row>", "", rows("/data/row", "y", "x"))
    session, newer = start(old), start(new)
    session.add_row("/data/row")
    session.add_row("/data/row")
    session.set_value("/data/row[3]/x", "third")
    report = move(session, {"/data/row[2]/y": "declined"}, newer)
    assert newer.value("/data/row[3]/x") == "third"
    assert [(one.ref, one.mark, one.outcome) for one in report.answers] == [
        ("/data/row[2]/y", "declined", Outcome.MOVED),
        ("/data/row[3]/x", "", Outcome.MOVED),
    ]


def test_a_repeat_that_somebody_emptied_stays_empty() -> None:
    form = xform(
        "<g><row><x/></row></g><a/>",
        "",
        "<group ref='/data/g'>" + rows("/data/g/row", "x") + "</group>" + inputs("/data/a"),
    )
    session, newer = start(form), start(form)
    session.remove_row("/data/g/row[1]")
    move(session, {}, newer)
    assert len(newer.node("/data/g").children) == 0


def test_rows_that_the_form_counts_come_with_the_count() -> None:
    counted = (
        "<group><repeat nodeset='/data/row' jr:count='/data/n'>" + inputs("/data/row/x") + "</repeat></group>"
    )
    form = xform(
        "<n/><row jr:template=''><x/></row>", bind("/data/n", type_="int"), inputs("/data/n") + counted
    )
    session, newer = start(form), start(form)
    session.set_value("/data/n", "2")
    session.set_value("/data/row[2]/x", "second")
    report = move(session, {}, newer)
    assert newer.value("/data/row[2]/x") == "second"
    assert not report.of(Outcome.LEFT)


def test_a_default_of_the_newer_version_does_not_answer_what_was_left_open() -> None:
    new = xform(
        "<name>Somebody</name><age/><town/>",
        bind("/data/age", type_="int"),
        inputs("/data/name", "/data/age", "/data/town"),
    )
    _, newer = moved(OLD, new, {"/data/age": "34"})
    assert newer.value("/data/name") == ""


def test_what_the_newer_version_works_out_itself_is_not_put_in() -> None:
    new = xform(
        "<name/><age/><town/>",
        bind("/data/age", type_="int", calculate="1 + 1"),
        inputs("/data/name", "/data/town"),
    )
    report, newer = moved(OLD, new, {"/data/age": "34"})
    assert reasons(report) == {"age": Reason.GONE}
    assert newer.value("/data/age") == "2"


# Laws


NAMES = ["a", "b", "c", "d"]


@st.composite
def versions(draw: st.DrawFn) -> bytes:
    """A form of some of the questions, some in a repeat, of random kinds and with random rules."""
    outer = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1))
    inner = [name for name in ("x", "y") if draw(st.booleans())] + ["z"]
    binds, body = [], ""
    for place, name in enumerate(outer):
        kind = draw(st.sampled_from(["text", "int", "choice"]))
        rules = {"type_": "int"} if kind == "int" else {}
        if place and draw(st.booleans()):
            rules["relevant"] = f"/data/{outer[place - 1]} != '{draw(st.sampled_from(['', '1', '2']))}'"
        if draw(st.booleans()):
            rules["constraint"] = draw(st.sampled_from([". != '1'", ". < 2", ". = '2'"]))
        binds.append(bind(f"/data/{name}", **rules))
        offered = draw(st.lists(st.sampled_from(["1", "2", "3"]), unique=True, min_size=1))
        body += choice(f"/data/{name}", *offered) if kind == "choice" else inputs(f"/data/{name}")
    instance = (
        "".join(f"<{name}/>" for name in outer) + "<row>" + "".join(f"<{name}/>" for name in inner) + "</row>"
    )
    return xform(instance, "".join(binds), body + rows("/data/row", *inner))


EDITS = st.lists(
    st.tuples(st.sampled_from([*NAMES, "x", "y", "z", "+"]), st.sampled_from(["", "1", "2", "3"])),
    max_size=12,
)


def answered(form: bytes, edits: list[tuple[str, str]]) -> Session:
    """A running form in which these things were done, as far as it has them."""
    session = start(form)
    for name, value in edits:
        if name == "+":
            session.add_row("/data/row")
        elif ("data", name) in session.form.shapes:
            offered = session.offered_values(f"/data/{name}")
            session.set_value(f"/data/{name}", value if not offered or value in offered else offered[0])
        elif ("data", "row", name) in session.form.shapes:
            session.set_value(f"/data/row[1]/{name}", value)
    return session


def state(session: Session) -> list[tuple[str, str, bool]]:
    return [
        (session.ref(node), session.typed(session.ref(node)), node.active)
        for node in subtree(session.state.root)
        if node.shape is not None and not node.shape.children and "meta" not in node.shape.path
    ]


def questions(session: Session) -> list[tuple[str, str]]:
    return [(ref, value) for ref, value, _ in state(session) if value and not ref.startswith("/data/@")]


@settings(max_examples=80, deadline=None)
@given(versions(), EDITS)
def test_moving_to_the_same_form_moves_everything(form: bytes, edits: list[tuple[str, str]]) -> None:
    session, newer = answered(form, edits), start(form)
    report = move(session, {}, newer)
    assert state(newer) == state(session)
    assert all(one.outcome is Outcome.MOVED for one in report.answers)


@settings(max_examples=150, deadline=None)
@given(versions(), versions(), EDITS)
def test_every_answer_moves_or_is_told_with_its_value_and_a_reason(
    old: bytes, new: bytes, edits: list[tuple[str, str]]
) -> None:
    session, newer = answered(old, edits), start(new)
    report = move(session, {}, newer)
    assert [(one.ref, one.value) for one in report.answers] == questions(session)
    for one in report.answers:
        assert (one.outcome is Outcome.MOVED) == (one.reason is Reason.NONE)
        if one.outcome is not Outcome.LEFT:
            assert newer.typed(one.to) == one.value


@settings(max_examples=80, deadline=None)
@given(versions(), versions(), EDITS)
def test_doing_the_steps_again_gives_the_same_form(
    old: bytes, new: bytes, edits: list[tuple[str, str]]
) -> None:
    newer, again = start(new), start(new)
    report = move(answered(old, edits), {}, newer)
    for step in report.steps:
        take(again, step)
    assert state(again) == state(newer)


@pytest.mark.parametrize("value", ["7", "", "no number"])
def test_what_was_typed_wrongly_moves_as_it_was_typed(value: str) -> None:
    report, newer = moved(OLD, OLD, {"/data/age": value})
    assert newer.typed("/data/age") == value
    assert all(one.outcome is Outcome.MOVED for one in report.answers)
