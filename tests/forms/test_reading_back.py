"""A finished submission put back into a fresh form: where nothing is changed, the form says the same again."""

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.forms.moving import take
from fieldkit.forms.reading_back import deprecate, read_back, values_in
from fieldkit.forms.session import Session
from tests.forms.test_engine_incremental import _EDITS, _edit, forms
from tests.forms.test_moving import choice, rows
from tests.forms.xforms import bind, inputs, start, xform


def said(session: Session) -> list[tuple[str, str]]:
    """What a submission holds, without the name that every submission has for itself."""
    return [
        (ref, value)
        for ref, value in values_in(session, session.submission().content)
        if "ID" not in ref.rpartition("/")[2]
    ]


# Stories


def test_answers_rows_and_metadata_stand_as_they_stood() -> None:
    form = xform(
        "<start/><one/><row><x/><y/></row>",
        bind("/data/start", type_="dateTime", jr__preload="timestamp", jr__preloadParams="start"),
        choice("/data/one", "a", "b") + rows("/data/row", "x", "y"),
    )
    first = start(form)
    first.set_value("/data/start", "2026-03-02T07:40:00.000+03:00")
    first.set_value("/data/one", "b")
    first.add_row("/data/row")
    first.set_value("/data/row[2]/y", "second")
    again = start(form)
    read_back(again, first.submission().content)
    assert again.value("/data/start") == "2026-03-02T07:40:00.000+03:00"
    assert again.value("/data/row[2]/y") == "second"
    assert said(again) == said(first)


def test_an_emptied_repeat_and_a_cleared_default_stay_so() -> None:
    form = xform("<a>default</a><g><row><x/></row></g>", "", inputs("/data/a") + rows("/data/g/row", "x"))
    first = start(form)
    first.set_value("/data/a", "")
    first.remove_row("/data/g/row[1]")
    again = start(form)
    read_back(again, first.submission().content)
    assert again.value("/data/a") == ""
    assert said(again) == said(first)


def test_what_was_drawn_by_chance_stays_drawn() -> None:
    form = xform("<a/><lot/>", bind("/data/lot", calculate="once(random())"), inputs("/data/a"))
    first, again = start(form), start(form)
    again.env.chance()
    content = first.submission().content
    read_back(again, content)
    assert again.value("/data/lot") == first.value("/data/lot") != ""


def test_a_correction_names_what_it_takes_the_place_of_once() -> None:
    session = start(xform("<a/>", "", inputs("/data/a")))
    deprecate(session, "uuid:first")
    deprecate(session, "uuid:second")
    content = session.submission().content
    assert content.count(b"deprecatedID>") == 2
    assert b"uuid:second" in content and b"uuid:first" not in content


# Laws


@settings(max_examples=80, deadline=None)
@given(forms(), _EDITS)
def test_reading_back_says_the_same_again(form: bytes, edits: list[tuple[str, str, str, int]]) -> None:
    first, again, replayed = start(form), start(form), start(form)
    for edit in edits:
        _edit(first, edit)
    content = first.submission().content
    steps = read_back(again, content)
    assert said(again) == said(first)
    for step in steps:
        take(replayed, step)
    assert said(replayed) == said(again)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="￾￿"), max_size=20))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    form = xform("<a/>", "", inputs("/data/a"))
    first, again = start(form), start(form)
    first.set_value("/data/a", text)
    read_back(again, first.submission().content)
    assert again.value("/data/a") == text
