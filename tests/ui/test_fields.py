"""Every kind of answer: what it shows, what it brings, and that the tables of kinds agree."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldkit.domain.outcome import Mark
from fieldkit.forms.definition import Control
from fieldkit.forms.items import QuestionItem
from fieldkit.forms.supported import NOT_YET, not_yet
from fieldkit.services.shown import ShownText
from fieldkit.ui.fields.choices import AcknowledgeField, ChoiceField
from fieldkit.ui.fields.field import PAUSE, AnswerField
from fieldkit.ui.fields.nothing import NoteField, NotYetField
from fieldkit.ui.fields.place import PlaceField
from fieldkit.ui.fields.rank import RankField
from fieldkit.ui.fields.scale import RangeField
from fieldkit.ui.fields.search import SearchField
from fieldkit.ui.fields.table import FIELDS, field_for
from fieldkit.ui.fields.typed import DecimalField, IntegerField, LongTextField, TextField
from fieldkit.ui.presenters.kinds import Kind, kind_of
from fieldkit.ui.presenters.question import Both, ChoiceView, QuestionView
from tests.ui.interviewing import write

CHOICES = (("dj", "Djibouti", "جيبوتي"), ("er", "Eritrea", "إريتريا"), ("et", "Éthiopie", "إثيوبيا"))


def say(text: str, /, **data: str | int) -> str:
    return text.format(**data)


def view(kind: Kind, value: str = "", **more: Any) -> QuestionView:
    choices = tuple(
        ChoiceView(name, Both(ShownText(officer, "en"), ShownText(person, "ar")))
        for name, officer, person in CHOICES
    )
    label = Both(ShownText("Which one?", "en"), ShownText("أيها؟", "ar"))
    return QuestionView("/data/q", kind, label, choices=choices, value=value, zone="+03:00", **more)


class Heard(list[str]):
    """What a field brought."""


def shown(qtbot: QtBot, made: QuestionView) -> tuple[Any, Heard]:
    """A field in a window, and what it brings."""
    field = field_for(made, say)
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    heard = Heard()
    field.answered.connect(heard.append)
    return field, heard


# The tables


def item(control: str, kind: str, appearance: str = "", *, supported: bool = True) -> QuestionItem:
    return QuestionItem("/d/q", "q", control, kind, appearance, False, False, "", {}, {}, "", supported)


def test_every_kind_has_its_field_and_no_field_is_without_a_kind() -> None:
    assert set(FIELDS) == set(Kind)


def test_what_the_form_check_names_as_missing_is_what_has_no_field() -> None:
    """`forms/supported.py` and the fields say the same of every control, type and kind of file."""
    named: set[str] = set()
    controls = ("input", "select1", "select", "rank", "range", "trigger", "upload")
    types = (
        *(
            "string",
            "int",
            "decimal",
            "date",
            "time",
            "dateTime",
            "geopoint",
            "geotrace",
            "geoshape",
            "barcode",
        ),
        *("boolean", "binary"),
    )
    media = ("", "image/*", "audio/*", "video/*", "application/*", "osm/*")
    queries = ((None, ""), ("towns", ""), (None, "search('towns')"))
    for control, kind, medium, (query, appearance) in product(controls, types, media, queries):
        made = Control(control, 1, ("d", "q"), appearance, query=query, media_type=medium)
        missing = not_yet(made, kind)
        is_supported = query is None and "search(" not in appearance
        found = kind_of(item(control, kind, appearance, supported=is_supported), made, 3)
        assert (found is Kind.NOT_YET) == bool(missing), (control, kind, medium, appearance)
        assert (FIELDS[found] is NotYetField) == bool(missing)
        named |= {missing} - {""}
    assert named == set(NOT_YET)


@pytest.mark.parametrize(
    ("control", "kind", "appearance", "choices", "expected"),
    [
        ("select1", "string", "", 12, Kind.ONE),
        ("select1", "string", "minimal", 3, Kind.DROPPED),
        ("select1", "string", "likert", 5, Kind.ONE),
        ("select1", "string", "columns-3", 5, Kind.ONE),
        ("select1", "string", "", 13, Kind.ONE_OF_MANY),
        ("select", "string", "minimal autocomplete", 3, Kind.SEVERAL_OF_MANY),
        ("select", "string", "", 3, Kind.SEVERAL),
        ("input", "string", "multiline", 0, Kind.LONG_TEXT),
        ("input", "barcode", "", 0, Kind.BARCODE),
        ("input", "geotrace", "", 0, Kind.POINTS),
        ("upload", "binary", "signature", 0, Kind.FILE),
        ("note", "string", "", 0, Kind.NOTE),
        ("trigger", "string", "", 0, Kind.ACKNOWLEDGE),
        ("range", "int", "", 0, Kind.RANGE),
        ("rank", "string", "", 4, Kind.RANK),
    ],
)
def test_which_field_a_question_gets(
    control: str, kind: str, appearance: str, choices: int, expected: Kind
) -> None:
    made = Control(control, 1, ("d", "q"), appearance)
    assert kind_of(item(control, kind, appearance), made, choices) is expected


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.NOT_YET])
def test_what_the_program_shows_says_nothing(kind: Kind, qtbot: QtBot) -> None:
    field, heard = shown(qtbot, view(kind))
    for value in ("er", "", "2001-02-07"):
        field.show_value(value)
    field.flush()
    assert heard == []


# Chosen


def test_one_of_few_is_brought_at_once_and_pressing_it_again_keeps_it(qtbot: QtBot) -> None:
    field, heard = shown(qtbot, view(Kind.ONE))
    assert isinstance(field, ChoiceField)
    assert field.press(2)
    assert field.press(2)
    assert not field.press(4)
    assert heard == ["er", "er"]


def test_several_of_few_come_in_the_order_of_the_list(qtbot: QtBot) -> None:
    field, heard = shown(qtbot, view(Kind.SEVERAL))
    field.press(3)
    field.press(1)
    field.press(3)
    assert heard == ["et", "dj et", "dj"]


def test_a_button_says_both_languages_and_its_name_is_the_officers(qtbot: QtBot) -> None:
    field, _ = shown(qtbot, view(Kind.ONE))
    made = field.grid.buttons["er"]
    assert (made.accessibleName(), made.accessibleDescription()) == ("Eritrea", "إريتريا")


def test_acknowledging_can_be_taken_back(qtbot: QtBot) -> None:
    field, heard = shown(qtbot, view(Kind.ACKNOWLEDGE))
    assert isinstance(field, AcknowledgeField)
    field.press(1)
    field.press(1)
    assert heard == ["OK", ""]


def test_a_long_list_is_searched_in_both_languages_without_accents(qtbot: QtBot) -> None:
    field, heard = shown(qtbot, view(Kind.ONE_OF_MANY))
    assert isinstance(field, SearchField)
    write(field.line, "ethio")
    assert [field.model.row_of(value) for value in ("dj", "er", "et")] == [-1, -1, 0]
    write(field.line, "إري")
    assert field.enter()
    assert heard == ["er"]
    field.show_value("er")
    assert not field.line.isVisible()


def test_what_no_row_has_is_told(qtbot: QtBot) -> None:
    field, heard = shown(qtbot, view(Kind.SEVERAL_OF_MANY))
    write(field.line, "zzz")
    assert field._none.isVisible() and not field.list.isVisible()
    assert not field.enter()
    assert heard == []


def test_several_of_many_are_taken_and_taken_away(qtbot: QtBot) -> None:
    field, heard = shown(qtbot, view(Kind.SEVERAL_OF_MANY, "dj"))
    field.list.setCurrentIndex(field.model.index(1, 0))
    QTest.keyClick(field.list, Qt.Key.Key_Space)
    field.show_value("dj er")
    field.list.setCurrentIndex(field.model.index(0, 0))
    QTest.keyClick(field.list, Qt.Key.Key_Space)
    assert heard == ["dj er", "er"]


def test_rows_are_put_in_order(qtbot: QtBot) -> None:
    field, heard = shown(qtbot, view(Kind.RANK))
    assert isinstance(field, RankField)
    field.put("et", -1)
    field.show_value("dj et er")
    field.put("dj", -1)
    assert heard == ["dj et er", "dj et er"]


# Typed


def test_what_is_typed_is_brought_when_the_keys_rest(qtbot: QtBot) -> None:
    field, heard = shown(qtbot, view(Kind.TEXT))
    assert isinstance(field, TextField)
    typing = Heard()
    field.typing.connect(lambda: typing.append("typing"))
    write(field.line, "Amaru")
    assert heard == [] and len(typing) == len("Amaru")
    assert field._pause.interval() == PAUSE
    field._pause.timeout.emit()
    assert heard == ["Amaru"]


def test_what_is_typed_is_brought_when_the_field_is_left(qtbot: QtBot) -> None:
    field, heard = shown(qtbot, view(Kind.TEXT))
    write(field.line, " Amaru ")
    field.line.clearFocus()
    assert heard == ["Amaru"]
    field.flush()
    assert heard == ["Amaru"]


def test_nothing_is_rewritten_under_somebodys_hands(qtbot: QtBot) -> None:
    field, _ = shown(qtbot, view(Kind.DECIMAL))
    assert isinstance(field, DecimalField)
    write(field.line, "12.")
    field.flush()
    field.show_value("12.0")
    assert field.line.text() == "12."
    field.line.clearFocus()
    assert field.line.text() == "12.0"


def test_a_mark_drops_what_was_being_typed(qtbot: QtBot) -> None:
    field, heard = shown(qtbot, view(Kind.TEXT))
    write(field.line, "Am")
    field.show_value("")
    field.flush()
    assert heard == [] and field.line.text() == ""


@pytest.mark.parametrize(
    ("kind", "typed", "brought"),
    [
        (Kind.INTEGER, "٤٢", "42"),
        (Kind.INTEGER, "-7", "-7"),
        (Kind.INTEGER, "abc", "abc"),
        (Kind.DECIMAL, "3,5", "3.5"),
        (Kind.DECIMAL, "٣٫٥", "3.5"),
    ],
)
def test_numbers_are_read_in_any_digits(kind: Kind, typed: str, brought: str, qtbot: QtBot) -> None:
    field, heard = shown(qtbot, view(kind))
    assert isinstance(field, IntegerField | DecimalField)
    write(field.line, typed)
    field.flush()
    assert heard == [brought]


def test_several_lines_keep_their_lines(qtbot: QtBot) -> None:
    field, heard = shown(qtbot, view(Kind.LONG_TEXT))
    assert isinstance(field, LongTextField)
    field.lines.setFocus()
    QTest.keyClicks(field.lines, "One")
    QTest.keyClick(field.lines, Qt.Key.Key_Return)
    QTest.keyClicks(field.lines, "Two")
    field.lines.clearFocus()
    assert heard == ["One\nTwo"]


def test_a_range_says_its_bounds(qtbot: QtBot) -> None:
    field, heard = shown(qtbot, view(Kind.RANGE, options={"start": "1", "end": "10", "step": "1"}))
    assert isinstance(field, RangeField)
    assert field.line.accessibleDescription() == "From 1 to 10"
    write(field.line, "4")
    field.flush()
    assert heard == ["4"]


# Places


def test_a_place_is_two_numbers(qtbot: QtBot) -> None:
    field, heard = shown(qtbot, view(Kind.PLACE))
    assert isinstance(field, PlaceField)
    write(field.latitude, "11,5721")
    field.flush()
    assert heard[-1] == "11.5721"
    write(field.longitude, "43.1456")
    field.flush()
    assert heard[-1] == "11.5721 43.1456 0 0"
    again, _ = shown(qtbot, view(Kind.PLACE, "11.5721 43.1456 0 0"))
    assert again.longitude.text() == "43.1456"


# Nothing to answer


def test_what_cannot_be_answered_is_named(qtbot: QtBot) -> None:
    field, _ = shown(qtbot, view(Kind.NOT_YET, missing="external select", marks=(Mark.SKIPPED,)))
    assert isinstance(field, NotYetField)
    assert field.sentence == (
        "This kind of question cannot be answered in this version: the list of its answers cannot be read yet. "
        "You can leave it out."
    )


def test_a_note_shows_what_was_calculated(qtbot: QtBot) -> None:
    field, _ = shown(qtbot, view(Kind.NOTE, "17"))
    assert isinstance(field, NoteField)
    assert [part.text() for part in labels(field)] == ["17"]


def test_what_is_read_only_takes_no_answer(qtbot: QtBot) -> None:
    for kind in (Kind.ONE, Kind.TEXT, Kind.INTEGER, Kind.DATE, Kind.ONE_OF_MANY):
        field, heard = shown(
            qtbot, view(kind, "er" if kind is not Kind.DATE else "2001-02-07", readonly=True)
        )
        field.press(1)
        first = field.first()
        if first is not None and first.isEnabled():
            QTest.keyClicks(first, "5")
        field.flush()
        assert heard == [], kind


def labels(field: AnswerField) -> list[Any]:
    return [part for part in field.findChildren(QLabel) if part.isVisible() and part.text()]


def test_answers_that_the_person_cannot_read_are_named(qtbot: QtBot) -> None:
    whole = view(Kind.ONE)
    first, *rest = whole.choices
    lacking = replace(first, text=Both(first.text.officer, lacks="ar"))
    field, _ = shown(qtbot, replace(whole, choices=(lacking, *rest)))
    told = [label.accessibleName() for label in field.findChildren(QLabel)]
    assert any("Djibouti" in text and "العربية" in text for text in told)
    field, _ = shown(qtbot, whole)
    assert not any("العربية" in label.accessibleName() for label in field.findChildren(QLabel))
