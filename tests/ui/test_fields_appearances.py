"""What the appearance of a form changes: the look of a field and its keys, never the answer it brings."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from fieldkit.forms.definition import Control
from fieldkit.services.shown import ShownText
from fieldkit.ui.fields.choices import ChoiceField
from fieldkit.ui.fields.dropped import DropField
from fieldkit.ui.fields.scale import PickerField, RangeField, RatingField
from fieldkit.ui.fields.typed import DecimalField, IntegerField, LongTextField, TextField
from fieldkit.ui.presenters.appearances import (
    Layout,
    grouped,
    layout_of,
    leads_on,
    marks_of,
    ungrouped,
)
from fieldkit.ui.presenters.kinds import Kind, kind_of
from fieldkit.ui.presenters.question import Both, ChoiceView
from fieldkit.ui.theme import Theme
from tests.ui.interviewing import write
from tests.ui.looking import cut, nameless
from tests.ui.test_fields import Heard, item, labels, shown, view

TEN = {"start": "0", "end": "10", "step": "1"}


def field_of(
    qtbot: QtBot, kind: Kind, appearance: str = "", value: str = "", **more: Any
) -> tuple[Any, Heard]:
    field, heard = shown(qtbot, view(kind, value, appearance=frozenset(appearance.split()), **more))
    field.resize(700, 400)
    QApplication.processEvents()
    return field, heard


# Which field


@pytest.mark.parametrize(
    ("control", "appearance", "expected"),
    [
        ("select1", "minimal", Kind.DROPPED),
        ("select1", "minimal autocomplete", Kind.ONE_OF_MANY),
        ("select", "minimal", Kind.SEVERAL_OF_MANY),
        ("select1", "search", Kind.ONE_OF_MANY),
        ("select1", "quick", Kind.ONE),
        ("select", "columns-pack no-buttons", Kind.SEVERAL),
        ("select1", "likert", Kind.ONE),
        ("select1", "list-nolabel", Kind.ONE),
        ("select1", "image-map", Kind.ONE),
        ("range", "vertical no-ticks", Kind.RANGE),
        ("range", "picker", Kind.PICKER),
        ("range", "rating", Kind.RATING),
        ("input", "numbers", Kind.TEXT),
        ("input", "multiline", Kind.LONG_TEXT),
    ],
)
def test_an_appearance_chooses_the_field(control: str, appearance: str, expected: Kind) -> None:
    made = Control(control, 1, ("d", "q"), appearance)
    assert kind_of(item(control, "string", appearance), made, 5) is expected


# Choices


@pytest.mark.parametrize(
    ("appearance", "layout"),
    [
        ("", Layout()),
        ("columns", Layout()),
        ("columns-3", Layout(3, narrow=True)),
        ("compact-2", Layout(2, narrow=True)),
        ("columns-pack", Layout(packed=True)),
        ("horizontal-compact", Layout(packed=True)),
        ("likert", Layout(5, narrow=True)),
        ("horizontal", Layout(5, narrow=True)),
        ("list", Layout(5, narrow=True)),
        ("list-nolabel", Layout(5, narrow=True)),
        ("columns no-buttons", Layout(numbered=False)),
    ],
)
def test_how_choices_stand(appearance: str, layout: Layout) -> None:
    assert layout_of(frozenset(appearance.split()), 5) == layout


@pytest.mark.parametrize(("language", "ahead"), [("en", 1), ("ar", -1)])
def test_a_likert_scale_stands_in_one_row_from_the_reading_start(
    language: str, ahead: int, qtbot: QtBot
) -> None:
    Theme(language=language).apply()
    field, _ = field_of(qtbot, Kind.ONE, "likert")
    assert isinstance(field, ChoiceField)
    places = [made.pos() for made in field.grid.buttons.values()]
    assert len({place.y() for place in places}) == 1
    across = [place.x() * ahead for place in places]
    assert across == sorted(across)


def test_rows_of_a_table_stand_below_each_other_and_keep_their_words(qtbot: QtBot) -> None:
    one, _ = field_of(qtbot, Kind.ONE, "list-nolabel")
    other, _ = field_of(qtbot, Kind.ONE, "list-nolabel")
    edges = [[made.geometry() for made in field.grid.buttons.values()] for field in (one, other)]
    assert edges[0] == edges[1]
    assert any("Eritrea" in part.text() for part in labels(one))


def test_a_row_that_has_no_room_wraps(qtbot: QtBot) -> None:
    Theme(scale=200).apply()
    field, _ = field_of(qtbot, Kind.ONE, "likert")
    field.resize(420, 700)
    QApplication.processEvents()
    assert len({made.y() for made in field.grid.buttons.values()}) > 1
    assert list(cut(field)) == []


def test_packed_choices_are_as_wide_as_their_words(qtbot: QtBot) -> None:
    made = view(Kind.ONE, appearance=frozenset({"columns-pack"}))
    field, _ = shown(qtbot, replace(made, choices=_two("A", "A much longer answer than that")))
    field.resize(700, 300)
    QApplication.processEvents()
    short, long = field.grid.buttons.values()
    assert short.width() < long.width()


def _two(*texts: str) -> tuple[ChoiceView, ...]:
    return tuple(ChoiceView(str(n), Both(ShownText(text, "en"))) for n, text in enumerate(texts))


@pytest.mark.parametrize(
    ("kind", "appearance", "led"),
    [
        (Kind.ONE, "quick", True),
        (Kind.ONE, "quickcompact", True),
        (Kind.ONE, "", False),
        (Kind.SEVERAL, "quick", False),
    ],
)
def test_one_press_leads_on_where_the_form_says_so(
    kind: Kind, appearance: str, led: bool, qtbot: QtBot
) -> None:
    field, heard = field_of(qtbot, kind, appearance)
    done: list[str] = []
    field.done.connect(lambda: done.append(heard[-1]))  # the answer is brought first
    field.press(2)
    assert done == (["er"] if led else [])
    assert leads_on(frozenset({"quick"}))


def test_a_picture_that_cannot_be_pressed_has_its_list_beside_it(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot, Kind.ONE, "image-map")
    assert any("can be pressed" in part.text() for part in labels(field))
    field.press(1)
    assert heard == ["dj"]


def test_a_list_that_opens_is_chosen_from_by_keys_and_by_letters(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot, Kind.DROPPED, "minimal")
    assert isinstance(field, DropField)
    assert field.drop.itemText(0) == "Choose"
    assert "Eritrea" in field.drop.itemText(2) and "إريتريا" in field.drop.itemText(2)
    write(field.drop, "eth")
    field.flush()
    QTest.keyClick(field.drop, Qt.Key.Key_Up)
    field.flush()
    field.press(1)
    QTest.keyClick(field.drop, Qt.Key.Key_Backspace)
    field.flush()
    assert heard == ["et", "er", "dj", ""]
    field.show_value("er")
    assert field.drop.value == "er"


# Scales


def test_a_scale_has_no_handle_before_it_was_touched(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot, Kind.RANGE, options=TEN)
    assert isinstance(field, RangeField) and field.scale is not None
    steps = [(field.scale.answered, list(heard))]
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Up):
        QTest.keyClick(field.scale, key)
        field.flush()
        steps.append((field.scale.answered, list(heard)))
    assert steps == [(False, []), (True, ["0"]), (True, ["0", "1"])]
    field.show_value("")
    assert (field.scale.answered, field.line.text()) == (False, "")


@pytest.mark.parametrize(
    ("options", "key", "brought"),
    [
        (TEN, Qt.Key.Key_End, "10"),
        ({"start": "10", "end": "0", "step": "5"}, Qt.Key.Key_End, "0"),
        ({"start": "-1", "end": "1", "step": "0.5"}, Qt.Key.Key_End, "1"),
        ({"start": "-1", "end": "1", "step": "0.5"}, Qt.Key.Key_Right, "-0.5"),
        ({}, Qt.Key.Key_End, "10"),
    ],
)
def test_keys_push_the_scale(options: dict[str, str], key: Qt.Key, brought: str, qtbot: QtBot) -> None:
    field, heard = field_of(qtbot, Kind.RANGE, options=options)
    QTest.keyClick(field.scale, key)
    field.flush()
    assert heard == [brought]
    assert field.line.text() == brought


@pytest.mark.parametrize(("language", "at"), [("en", "0"), ("ar", "10")])
def test_a_scale_is_pressed_and_mirrored(language: str, at: str, qtbot: QtBot) -> None:
    Theme(language=language).apply()
    field, heard = field_of(qtbot, Kind.RANGE, options=TEN)
    QTest.mouseClick(field.scale, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    field.flush()
    assert heard == [at]


def test_a_scale_stands_upright_and_without_ticks(qtbot: QtBot) -> None:
    field, _ = field_of(qtbot, Kind.RANGE, "vertical no-ticks", options=TEN)
    assert field.scale.orientation() is Qt.Orientation.Vertical
    assert not field.scale._ticks


def test_what_is_typed_moves_the_scale_and_a_fine_scale_is_typed_only(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot, Kind.RANGE, options=TEN)
    write(field.line, "٧")
    field.flush()
    field.show_value(heard[-1])
    assert field.scale.value() == 7
    fine, _ = field_of(qtbot, Kind.RANGE, options={"start": "0", "end": "1", "step": "0.001"})
    assert fine.scale is None


def test_a_range_is_picked_or_rated(qtbot: QtBot) -> None:
    picker, heard = field_of(qtbot, Kind.PICKER, "picker", "4.0", options=TEN)
    assert isinstance(picker, PickerField)
    assert picker.drop.value == "4"
    write(picker.drop, "10")
    picker.flush()
    assert heard[-1] == "10"
    rating, heard = field_of(qtbot, Kind.RATING, "rating", options={"start": "1", "end": "5", "step": "1"})
    assert isinstance(rating, RatingField)
    assert rating.grid.buttons["3"].accessibleName() == "3 of 5"
    rating.press(3)
    assert heard == ["3"]


@given(st.integers(-50, 50), st.integers(-50, 50), st.sampled_from(["1", "2", "0.5", "0.1", "0.25", "-1"]))
def test_every_mark_of_a_range_is_found_again(start: int, end: int, step: str) -> None:
    found = marks_of({"start": str(start), "end": str(end), "step": step})
    if found is None:
        assert abs(end - start) / abs(float(step)) >= 200
        return
    values = found.values()
    assert [found.place(value) for value in values] == list(range(found.count))
    assert values[0] == str(start)
    assert found.place(str(max(start, end) + 1)) == -1


# Numbers and text


@pytest.mark.parametrize(
    ("language", "shown_as"),
    [("en", "12,345"), ("fr", "12\u202f345"), ("es", "12\u202f345")],
)
def test_thousands_stand_apart_while_nobody_types(language: str, shown_as: str, qtbot: QtBot) -> None:
    Theme(language=language).apply()
    field, heard = field_of(qtbot, Kind.INTEGER, "thousands-sep", "12345")
    assert isinstance(field, IntegerField)
    assert field.line.text() == shown_as
    write(field.line, shown_as)
    field.flush()
    assert heard[-1] == "12345"


@pytest.mark.parametrize(
    ("typed", "brought"),
    [
        ("1,234", "1234"),
        ("1 234", "1234"),
        ("١٬٢٣٤", "1234"),
        ("1,5", "1.5"),
        ("1,234.5", "1234.5"),
        ("-2", "-2"),
    ],
)
def test_a_grouped_decimal_is_read_as_it_was_meant(typed: str, brought: str, qtbot: QtBot) -> None:
    field, heard = field_of(qtbot, Kind.DECIMAL, "thousands-sep")
    assert isinstance(field, DecimalField)
    write(field.line, typed)
    field.flush()
    assert heard[-1] == brought


@given(st.integers(-(2**31), 2**31), st.sampled_from([",", "\u202f", "’"]))
def test_grouping_a_number_and_taking_it_apart_is_the_same_number(number: int, comma: str) -> None:
    assert ungrouped(grouped(str(number), comma), comma) == str(number)


def test_a_counter_counts_with_buttons_and_keys(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot, Kind.INTEGER, "counter")
    more = next(made for made in field.findChildren(type(field._counting("", "", 1))) if made.text() == "+")
    assert more.accessibleName() == "Which one?: One more"
    more.click()
    more.click()
    field.flush()
    assert heard == ["2"]
    for _ in range(4):
        QTest.keyClick(field.line, Qt.Key.Key_Down)
    field.flush()
    assert heard == ["2", "0"]


def test_a_direction_is_typed_in_degrees(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot, Kind.DECIMAL, "bearing")
    assert field.line.accessibleDescription() == "In degrees from north, 0 to 360"
    write(field.line, "271,5°")
    field.flush()
    assert heard == ["271.5"]


def test_numbers_in_a_text_are_read_in_any_digits(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot, Kind.TEXT, "numbers")
    assert isinstance(field, TextField)
    write(field.line, "٠٧٧ 12")
    field.flush()
    assert heard == ["077 12"]
    plain, heard = field_of(qtbot, Kind.TEXT)
    write(plain.line, "٠٧٧")
    plain.flush()
    assert heard == ["٠٧٧"]


def test_what_is_masked_is_not_read_over_a_shoulder(qtbot: QtBot) -> None:
    field, _ = field_of(qtbot, Kind.TEXT, "masked", "Amaru")
    assert field.line.echoMode() is QLineEdit.EchoMode.Password


def test_a_form_says_how_many_lines_there_are(qtbot: QtBot) -> None:
    small, _ = field_of(qtbot, Kind.LONG_TEXT, "multiline", options={"rows": "2"})
    large, _ = field_of(qtbot, Kind.LONG_TEXT, "multiline", options={"rows": "9"})
    assert isinstance(small, LongTextField)
    assert small.lines.height() < large.lines.height()


# For everybody

SHOWN = [
    (Kind.ONE, "likert", {}),
    (Kind.ONE, "columns-2 no-buttons", {}),
    (Kind.SEVERAL, "columns-pack", {}),
    (Kind.ONE, "image-map", {}),
    (Kind.DROPPED, "minimal", {}),
    (Kind.RANGE, "", TEN),
    (Kind.RANGE, "vertical", TEN),
    (Kind.PICKER, "picker", TEN),
    (Kind.RATING, "rating", {"start": "1", "end": "5"}),
    (Kind.INTEGER, "counter thousands-sep", {}),
    (Kind.DECIMAL, "bearing", {}),
    (Kind.RANK, "", {}),
]


@pytest.mark.parametrize(("kind", "appearance", "options"), SHOWN)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_everything_has_a_name_and_nothing_is_cut_at_twice_the_size(
    kind: Kind, appearance: str, options: dict[str, str], language: str, qtbot: QtBot
) -> None:
    Theme(scale=200, language=language).apply()
    field, _ = field_of(qtbot, kind, appearance, options=options)
    field.resize(800, 900)
    QApplication.processEvents()
    assert nameless(field) == []
    assert list(cut(field)) == []


@pytest.mark.parametrize(("kind", "appearance", "options"), SHOWN)
def test_what_is_read_only_takes_no_key(
    kind: Kind, appearance: str, options: dict[str, str], qtbot: QtBot
) -> None:
    field, heard = field_of(qtbot, kind, appearance, options=options, readonly=True)
    field.press(1)
    first = field.first()
    if first is not None and first.isEnabled():
        for key in (Qt.Key.Key_5, Qt.Key.Key_Up, Qt.Key.Key_Space):
            QTest.keyClick(first, key)
    field.flush()
    assert heard == []
