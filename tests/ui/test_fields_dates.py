"""Days and times in their boxes: typed, picked and pointed at, in every calendar, whole and in part."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldkit.forms.supported import APPEARANCES_NOT_YET
from fieldkit.languages.calendars import APPEARANCES, Calendar
from fieldkit.ui.fields.day_boxes import DayBoxes
from fieldkit.ui.fields.day_grid import DayGrid
from fieldkit.ui.fields.moments import DateField, DateTimeField, MomentField, TimeField
from fieldkit.ui.presenters.kinds import Kind
from fieldkit.ui.theme import Theme
from tests.ui.interviewing import write
from tests.ui.looking import cut, nameless
from tests.ui.test_fields import Heard, labels, shown, view

PERSIAN = frozenset({"persian"})


def field_of(qtbot: QtBot, value: str = "", kind: Kind = Kind.DATE, **more: Any) -> tuple[MomentField, Heard]:
    more = {"today": date(2026, 11, 21), **more}
    field, heard = shown(qtbot, view(kind, value, **more))
    assert isinstance(field, MomentField)
    return field, heard


def days_of(field: MomentField) -> DayBoxes:
    assert field.days is not None
    return field.days


def type_moment(field: MomentField, **parts: str) -> None:
    boxes = field.boxes()
    for name, text in parts.items():
        write(boxes[name], text)
    field.flush()


def standing(field: MomentField) -> tuple[str, str, str, str]:
    days = days_of(field)
    return days.day.text(), days.month.value, days.year.text(), days.calendars.value


def pick(field: MomentField, calendar: Calendar) -> None:
    """As a person picks a row."""
    chooser = days_of(field).calendars
    chooser.setCurrentIndex(chooser.findData(calendar.value))
    chooser.chosen.emit(calendar.value)


# A day


def test_a_day_is_typed_in_three_boxes(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot)
    assert isinstance(field, DateField)
    type_moment(field, day="7", month="٢", year="2001")
    assert heard[-1] == "2001-02-07"
    field.show_value("2001-02-07")
    assert days_of(field).in_words.text() == "7 February 2001"


@pytest.mark.parametrize("typed", ["2", "02", "۲", "feb", "FÉ"])
def test_a_month_is_found_by_number_or_name(typed: str, qtbot: QtBot) -> None:
    field, _ = field_of(qtbot)
    type_moment(field, month=typed)
    assert days_of(field).month.value == "2"


def test_twelve_is_typed_as_two_digits_and_backspace_takes_it_away(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot)
    month = days_of(field).month
    write(month, "12")
    assert month.value == "12"
    QTest.keyClick(month, Qt.Key.Key_Backspace)
    field.flush()
    assert (month.value, heard[-1]) == ("", "")


def test_scrolling_the_page_changes_no_month(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot, "2001-02-07")
    month = days_of(field).month
    month.wheelEvent(_wheel())
    assert month.value == "2" and heard == []


def _wheel() -> Any:
    from PySide6.QtCore import QPoint, QPointF  # noqa: PLC0415
    from PySide6.QtGui import QWheelEvent  # noqa: PLC0415

    no_buttons, no_keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    phase = Qt.ScrollPhase.NoScrollPhase
    return QWheelEvent(
        QPointF(), QPointF(), QPoint(0, -120), QPoint(0, -120), no_buttons, no_keys, phase, False
    )


def test_arrow_keys_count_days_and_years(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot, "2001-02-27")
    days = days_of(field)
    QTest.keyClick(days.day, Qt.Key.Key_Up)
    field.flush()
    assert heard[-1] == "2001-02-28"
    QTest.keyClick(days.year, Qt.Key.Key_Down)
    field.flush()
    assert heard[-1] == "2000-02-28"


def test_a_day_half_filled_in_is_kept_as_it_stands(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot)
    type_moment(field, year="1999")
    assert heard[-1] == "1999--"
    again, _ = field_of(qtbot, "1999--")
    assert standing(again) == ("", "", "1999", "gregorian")
    assert days_of(again).in_words.text() == ""


def test_an_impossible_day_is_said_kindly_and_kept(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot)
    type_moment(field, day="31", month="4", year="2001")
    assert heard[-1] == "2001-04-31"
    assert days_of(field).trouble.text() == "There is no such day: April 2001 has 30 days."
    again, _ = field_of(qtbot, "2001-04-31")
    assert standing(again) == ("31", "4", "2001", "gregorian")


@pytest.mark.parametrize(
    ("appearance", "parts", "brought"),
    [
        ("year", {"year": "1980"}, "1980-01-01"),
        ("month-year", {"month": "4", "year": "1980"}, "1980-04-01"),
        ("year persian", {"year": "1360"}, "1981-03-21"),
        ("month-year ethiopian", {"month": "13", "year": "2001"}, "2009-09-06"),
        ("no-calendar", {"day": "1", "month": "4", "year": "1980"}, "1980-04-01"),
    ],
)
def test_less_than_a_day_is_asked_where_the_form_says_so(
    appearance: str, parts: dict[str, str], brought: str, qtbot: QtBot
) -> None:
    field, heard = field_of(qtbot, appearance=frozenset(appearance.split()))
    assert set(field.boxes()) == set(parts)
    type_moment(field, **parts)
    assert heard[-1] == brought
    again, _ = field_of(qtbot, brought, appearance=frozenset(appearance.split()))
    assert days_of(again).parts() == days_of(field).parts()
    assert days_of(again).grid_button is None


# Calendars


@pytest.mark.parametrize(
    ("appearance", "day", "month", "year", "brought"),
    [
        ("persian", "30", "8", "1405", "2026-11-21"),
        ("islamic", "11", "6", "1448", "2026-11-21"),
        ("ethiopian", "12", "3", "2019", "2026-11-21"),
        ("coptic", "12", "3", "1743", "2026-11-21"),
        ("buddhist", "21", "11", "2569", "2026-11-21"),
    ],
)
def test_a_form_may_ask_in_another_calendar_and_gets_the_gregorian_day(
    appearance: str, day: str, month: str, year: str, brought: str, qtbot: QtBot
) -> None:
    field, heard = field_of(qtbot, appearance=frozenset({appearance}))
    assert days_of(field).calendars.value == APPEARANCES[appearance].value
    type_moment(field, day=day, month=month, year=year)
    assert heard[-1] == brought
    assert days_of(field).in_words.text() == "21 November 2026"
    again, _ = field_of(qtbot, brought, appearance=frozenset({appearance}))
    assert standing(again) == (day, month, year, APPEARANCES[appearance].value)


def test_another_calendar_shows_the_same_day_and_is_no_answer(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot, "2001-02-07", person_language="fa_AF")
    assert days_of(field).in_words.text() == "7 February 2001 · 19 Bahman 1379 (Persian Calendar)"
    pick(field, Calendar.PERSIAN)
    assert standing(field) == ("19", "11", "1379", "persian")
    assert days_of(field).in_words.text() == "7 February 2001"
    pick(field, Calendar.ETHIOPIC)
    assert standing(field) == ("30", "5", "1993", "ethiopic")
    pick(field, Calendar.GREGORIAN)
    assert standing(field) == ("7", "2", "2001", "gregorian")
    assert heard == []


def test_the_persons_calendars_are_offered_first(qtbot: QtBot) -> None:
    field, _ = field_of(qtbot, person_language="fa_AF")
    chooser = days_of(field).calendars
    offered = [chooser.itemData(row) for row in range(chooser.count())]
    assert offered[:3] == ["gregorian", "persian", "islamic"]
    assert len(offered) == len(set(offered)) == len(Calendar)


def test_a_year_typed_before_its_calendar_was_chosen_stays(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot)
    type_moment(field, day="19", month="11", year="1379")
    assert days_of(field).trouble.text() == (
        "This is the year 1379 of the Gregorian calendar. Is the right calendar chosen?"
    )
    pick(field, Calendar.PERSIAN)
    assert standing(field) == ("19", "11", "1379", "persian")
    assert heard[-1] == "2001-02-07"
    assert days_of(field).trouble.text() == ""


def test_half_a_day_of_another_calendar_is_found_again(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot, appearance=PERSIAN)
    type_moment(field, year="1404", month="7", day="31")
    assert heard[-1] == "1404-07-31 persian"
    assert days_of(field).trouble.text() == "There is no such day: Mehr 1404 has 30 days."
    again, _ = field_of(qtbot, "1404-07-31 persian")
    assert standing(again) == ("31", "7", "1404", "persian")


def test_a_calendar_that_has_no_name_for_the_day_is_not_taken(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot, "1900-01-01")
    pick(field, Calendar.ISLAMIC)
    assert standing(field) == ("1", "1", "1900", "gregorian") and heard == []
    other, _ = field_of(qtbot, appearance=frozenset({"islamic"}))
    type_moment(other, day="1", month="1", year="1318")
    assert "1343 to 1500" in days_of(other).trouble.text()


@pytest.mark.parametrize("appearance", ["bikram-sambat", "myanmar"])
def test_a_calendar_that_is_not_there_is_named_and_a_day_can_be_given(appearance: str, qtbot: QtBot) -> None:
    assert appearance in APPEARANCES_NOT_YET
    field, heard = field_of(qtbot, appearance=frozenset({appearance}))
    assert any("not there yet" in part.text() for part in labels(field))
    type_moment(field, day="7", month="2", year="2001")
    assert heard[-1] == "2001-02-07"


def test_no_appearance_is_both_there_and_missing() -> None:
    assert not set(APPEARANCES) & APPEARANCES_NOT_YET


# The month on the wall


def opened(field: MomentField) -> DayGrid:
    days = days_of(field)
    assert days.grid_button is not None
    days.grid_button.click()
    assert days.grid is not None
    return days.grid


def test_a_day_can_be_pointed_at(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot, "2001-02-07")
    grid = opened(field)
    assert grid.day == date(2001, 2, 7)
    place = next(place for place, day in grid._cells.items() if day == date(2001, 2, 9))
    grid.table.cellClicked.emit(*place)
    assert heard == ["2001-02-09"]


@pytest.mark.parametrize(
    ("calendar", "keys", "brought"),
    [
        ("gregorian", [Qt.Key.Key_Right, Qt.Key.Key_Down], "2001-03-08"),
        ("gregorian", [Qt.Key.Key_PageDown], "2001-03-28"),
        ("gregorian", [Qt.Key.Key_PageUp], "2001-01-28"),
        ("persian", [Qt.Key.Key_PageDown], "2001-03-30"),  # 10 Esfand -> 10 Farvardin, over the year's end
        ("ethiopian", [Qt.Key.Key_Left, Qt.Key.Key_Up], "2001-02-20"),
    ],
)
def test_keys_walk_over_the_wall_and_take_a_day(
    calendar: str, keys: list[Qt.Key], brought: str, qtbot: QtBot
) -> None:
    field, heard = field_of(qtbot, "2001-02-28", appearance=frozenset({calendar}))
    grid = opened(field)
    for key in keys:
        QTest.keyClick(grid.table, key)
    QTest.keyClick(grid.table, Qt.Key.Key_Return)
    assert heard == [brought]


def test_escape_takes_no_day(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot, "2001-02-28")
    grid = opened(field)
    QTest.keyClick(grid.table, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert heard == [] and days_of(field).grid is None


def test_the_wall_is_mirrored_with_its_keys(qtbot: QtBot) -> None:
    Theme(language="ar").apply()
    field, heard = field_of(qtbot, "2001-02-27")
    grid = opened(field)
    assert grid.table.layoutDirection() == Qt.LayoutDirection.RightToLeft
    QTest.keyClick(grid.table, Qt.Key.Key_Left)
    QTest.keyClick(grid.table, Qt.Key.Key_Space)
    assert heard == ["2001-02-28"]


def test_every_day_on_the_wall_says_both_calendars_to_a_screen_reader(qtbot: QtBot) -> None:
    field, _ = field_of(qtbot, "2026-11-21", appearance=PERSIAN)
    grid = opened(field)
    place = next(place for place, day in grid._cells.items() if day == date(2026, 11, 21))
    item = grid.table.item(*place)
    assert item is not None
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "30 Aban 1405 = 21 November 2026"


# In part


@pytest.mark.parametrize(
    ("appearance", "parts", "brought", "words"),
    [
        ("", {"year": "2009"}, "2009", "Known in part: 2009"),
        ("", {"year": "2009", "month": "5"}, "2009-05", "Known in part: May 2009"),
        ("", {"year": "2009", "month": "5", "day": "3"}, "2009-05-03", "3 May 2009"),
        (
            "persian",
            {"year": "۱۳۸۸"},
            "1388 persian",
            "Known in part: 1388 (Persian Calendar) = 21 March 2009 – 20 March 2010",
        ),
        ("", {"age": "١٧"}, "age 17", ""),
        ("", {"year": "2009", "day": "3"}, "2009--03", ""),
    ],
)
def test_as_much_of_a_day_as_is_known(
    appearance: str, parts: dict[str, str], brought: str, words: str, qtbot: QtBot
) -> None:
    field, heard = field_of(qtbot, partly=True, appearance=frozenset(appearance.split()))
    type_moment(field, **parts)
    assert heard[-1] == brought
    assert days_of(field).in_words.text() == words
    again, _ = field_of(qtbot, brought, partly=True)
    assert days_of(again).read() == brought


def test_an_estimated_age_and_a_day_take_each_others_place(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot, "2009-05-03", partly=True)
    days = days_of(field)
    type_moment(field, age="17")
    assert (days.year.text(), days.month.value, days.day.text()) == ("", "", "")
    days.about.click()
    field.flush()
    assert heard[-1] == "about 17"
    type_moment(field, year="2009")
    assert heard[-1] == "2009"
    assert (days.age.text(), days.about.isChecked()) == ("", False)


def test_a_day_that_is_asked_whole_offers_no_age(qtbot: QtBot) -> None:
    field, _ = field_of(qtbot)
    assert "age" not in field.boxes() and not days_of(field).about.isVisible()


# Times


def test_times_carry_the_offset_of_the_place(qtbot: QtBot) -> None:
    time, heard = field_of(qtbot, kind=Kind.TIME)
    assert isinstance(time, TimeField)
    type_moment(time, hour="9", minute="5")
    assert heard[-1] == "09:05:00.000+03:00"
    both, heard = field_of(qtbot, "2001-02-07T09:05:00.000+03:00", Kind.DATE_TIME)
    assert isinstance(both, DateTimeField)
    assert standing(both)[:3] == ("7", "2", "2001")
    type_moment(both, minute="30")
    assert heard[-1] == "2001-02-07T09:30:00.000+03:00"


def test_a_time_is_counted_within_the_day(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot, "23:59:00.000+03:00", Kind.TIME)
    assert field.times is not None
    for box, text in ((field.times.hour, "23"), (field.times.minute, "59")):
        QTest.keyClick(box, Qt.Key.Key_Up)
        assert box.text() == text
    QTest.keyClick(field.times.hour, Qt.Key.Key_Down)
    field.flush()
    assert heard[-1] == "22:59:00.000+03:00"


# For everybody


def test_what_is_read_only_takes_no_answer(qtbot: QtBot) -> None:
    field, heard = field_of(qtbot, "2001-02-07", readonly=True, partly=True)
    days = days_of(field)
    assert not days.month.isEnabled() and not days.about.isEnabled() and days.grid_button is None
    QTest.keyClicks(days.day, "5")
    QTest.keyClick(days.day, Qt.Key.Key_Up)
    pick(field, Calendar.PERSIAN)
    field.flush()
    assert heard == []


@pytest.mark.parametrize("kind", [Kind.DATE, Kind.TIME, Kind.DATE_TIME])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_keyboard_reaches_every_box_and_each_has_a_name(kind: Kind, language: str, qtbot: QtBot) -> None:
    Theme(language=language).apply()
    field, _ = field_of(qtbot, kind=kind, partly=kind is Kind.DATE, person_language="fa")
    assert nameless(field) == []
    reached: set[QWidget | None] = set()
    first = field.first()
    assert first is not None
    first.setFocus()
    for _ in range(12):
        reached.add(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget() or field, Qt.Key.Key_Tab)
    assert set(field.boxes().values()) <= reached


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_cut_at_twice_the_size(language: str, qtbot: QtBot) -> None:
    Theme(scale=200, language=language).apply()
    field, _ = field_of(qtbot, "2001-02-07", Kind.DATE, partly=True, person_language="fa")
    field.resize(900, 700)
    QApplication.processEvents()
    assert list(cut(field)) == []
