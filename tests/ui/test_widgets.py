"""The small parts: keys, marks, names, room."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldkit.ui.places import RAIL
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.theme import Theme
from fieldkit.ui.tokens import TARGET, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import BigButton, button
from fieldkit.ui.widgets.card import column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.field import SENSITIVE, Field
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.footer import Footer
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import Columns, Flow, flow
from fieldkit.ui.widgets.rail import Rail
from fieldkit.ui.widgets.steps import State, Step, Steps
from fieldkit.ui.widgets.text import words, words_in

ANSWERS = [Offered("yes", "Yes"), Offered("no", "No"), Offered("unsaid", "لا أريد أن أقول", tag="ar")]


def shown(qtbot: QtBot, widget: QWidget, width: int = 700) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, 400)
    widget.show()


def test_answers_are_chosen_by_their_number(qtbot: QtBot) -> None:
    grid = ChoiceGrid(ANSWERS, name="Are you safe?")
    shown(qtbot, grid)
    heard: list[tuple[str, ...]] = []
    grid.chosen.connect(heard.append)
    grid.focus_first()
    qtbot.keyClick(grid.buttons["yes"], "2")
    qtbot.keyClick(grid.buttons["no"], "3")
    qtbot.keyClick(grid.buttons["unsaid"], "7")
    assert heard == [("no",), ("unsaid",)]
    assert grid.values == ("unsaid",)


def test_one_answer_replaces_the_other_and_several_stand_together(qtbot: QtBot) -> None:
    one, several = ChoiceGrid(ANSWERS, name="q"), ChoiceGrid(ANSWERS, name="q", several=True)
    for grid in (one, several):
        shown(qtbot, grid)
        grid.press(1)
        grid.press(2)
    assert one.values == ("no",)
    assert several.values == ("yes", "no")
    one.press(2)
    assert one.values == ("no",)
    several.press(2)
    assert list(several.values) == ["yes"]


def test_showing_an_answer_tells_nobody(qtbot: QtBot) -> None:
    grid = ChoiceGrid(ANSWERS, name="q")
    shown(qtbot, grid)
    with qtbot.assertNotEmitted(grid.chosen):
        grid.choose("yes")
    assert grid.values == ("yes",)


def test_a_chosen_answer_shows_a_mark_besides_its_colour(qtbot: QtBot) -> None:
    made = BigButton("Yes", checkable=True)
    shown(qtbot, made)
    assert not made._check.isVisible()
    made.click()
    assert made._check.isVisible()


def test_a_long_answer_wraps_and_the_button_grows(qtbot: QtBot) -> None:
    short, long = BigButton("Yes"), BigButton("Yes, and somebody who can help should be told about it today")
    for made in (short, long):
        shown(qtbot, made)
    assert long.heightForWidth(200) > short.heightForWidth(200) + 20
    assert long.heightForWidth(1000) < long.heightForWidth(200)


def test_what_is_written_is_kept_from_keyboards_that_learn(qtbot: QtBot) -> None:
    field = Field("Name", secret="Show")
    shown(qtbot, field)
    assert field.line.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData
    assert SENSITIVE & Qt.InputMethodHint.ImhNoPredictiveText
    assert field.line.echoMode() is QLineEdit.EchoMode.Password
    assert field.reveal is not None
    field.reveal.click()
    assert field.line.echoMode() is QLineEdit.EchoMode.Normal


def test_a_problem_is_said_below_the_line_and_to_the_screen_reader(qtbot: QtBot) -> None:
    field = Field("Name", hint="As others call you.")
    shown(qtbot, field)
    field.show_problem("Write a name.")
    assert field._problem.isVisible()
    assert field.line.accessibleDescription() == "Write a name."
    field.show_problem("")
    assert not field._problem.isVisible()


@pytest.mark.parametrize("tone", Tone)
def test_a_banner_has_a_shape_and_a_name(qtbot: QtBot, tone: Tone) -> None:
    pressed: list[bool] = []
    banner = Banner(tone, "The second copy was used.", action="Close", do=lambda: pressed.append(True))
    shown(qtbot, banner)
    interface = QAccessible.queryAccessibleInterface(banner)
    assert interface.text(QAccessible.Text.Name) == "The second copy was used."
    assert banner.button is not None
    banner.button.click()
    assert pressed == [True]


def test_steps_say_where_one_is_and_lead_where_one_may_go(qtbot: QtBot) -> None:
    steps = Steps(
        [
            Step("Urgent", State.DONE, "done"),
            Step("Core", State.CURRENT),
            Step("Sensitive", State.CLOSED, "closed"),
        ],
        name="Sections",
    )
    shown(qtbot, steps)
    with qtbot.waitSignal(steps.pressed) as heard:
        steps.buttons[0].click()
    assert heard.args == [0]
    assert not steps.buttons[2].isEnabled()
    assert steps.buttons[2].toolTip() == "closed"
    assert not steps.buttons[0].icon().isNull() and not steps.buttons[2].icon().isNull()


def test_a_text_starts_where_its_language_starts(qtbot: QtBot) -> None:
    french, arabic = words_in("Bonjour", "fr"), words_in("مرحبا", "ar")
    assert french.alignment() & Qt.AlignmentFlag.AlignLeft
    assert arabic.alignment() & Qt.AlignmentFlag.AlignRight
    assert french.alignment() & arabic.alignment() & Qt.AlignmentFlag.AlignAbsolute
    assert arabic.layoutDirection() is Qt.LayoutDirection.RightToLeft


def test_a_text_is_never_read_as_markup(qtbot: QtBot) -> None:
    label = words("<b>5 < 6</b>")
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.accessibleName() == "<b>5 < 6</b>"


def test_columns_are_as_many_as_fit_and_mirror(qtbot: QtBot) -> None:
    for tag, first_is_left in (("en", True), ("ar", False)):
        Theme(language=tag).apply()
        box = QWidget()
        layout = Columns(box, least=200, gap=8)
        buttons = [BigButton(str(number)) for number in range(3)]
        for made in buttons:
            layout.addWidget(made)
        shown(qtbot, box, 640)
        assert layout.columns(640) == 3
        assert (buttons[0].x() < buttons[2].x()) is first_is_left
        assert layout.columns(430) == 2
        assert layout.columns(100) == 1


def test_a_flow_wraps_and_knows_its_height(qtbot: QtBot) -> None:
    box = QWidget()
    layout = Flow(box, gap=8)
    for number in range(6):
        layout.addWidget(BigButton(f"Answer {number}"))
    shown(qtbot, box, 900)
    assert layout.heightForWidth(300) > layout.heightForWidth(900)


def test_what_has_no_room_beside_another_stands_below_it(qtbot: QtBot) -> None:
    parts = [words(text, wrap=False) for text in ("The person accepts", "The person declines")]
    box = flow(*parts)
    shown(qtbot, box, width=sum(part.sizeHint().width() for part in parts))
    assert parts[1].y() >= parts[0].geometry().bottom()
    assert parts[1].x() == parts[0].x()


@pytest.mark.parametrize("height", [160, 500])
def test_places_on_the_rail_never_cover_each_other(qtbot: QtBot, height: int) -> None:
    rail = Rail(RAIL, name="Places", say=str, go=lambda _: None)
    qtbot.addWidget(rail)
    rail.resize(rail.sizeHint().width(), height)
    rail.show()
    QApplication.processEvents()
    buttons = list(rail.buttons.values())
    assert all(one.geometry().bottom() < other.geometry().top() for one, other in pairwise(buttons))
    assert all(one.height() >= TARGET for one in buttons)
    rail.light(RAIL[-1].screen)
    QApplication.processEvents()
    assert not buttons[-1].visibleRegion().isEmpty()


def test_tab_goes_from_one_thing_to_the_next_also_where_something_came_later(qtbot: QtBot) -> None:
    above, place, other, below = button("Above", print), Holder(), Holder(), button("Below", print)
    fold = Fold("More", lambda: button("Folded out", print))
    whole = column(above, place, other, fold, below)
    shown(qtbot, whole)
    fold.turn()
    other.put(button("Third", print))
    place.put(column(button("First", print), button("Second", print)))
    place.put(column(button("First", print), button("Second", print)))
    met, after = [above.text()], above.nextInFocusChain()
    while after is not None and after is not above:
        met += [after.text()] if isinstance(after, QPushButton) and after.isVisible() else []
        after = after.nextInFocusChain()
    assert met == ["Above", "First", "Second", "Third", "More", "Folded out", "Below"]


def test_a_way_below_that_is_pressed_away_leaves_the_keyboard_below(qtbot: QtBot) -> None:
    footer = Footer(name="What to do next")
    shown(qtbot, footer)
    footer.offer(None, (), Way("Take it in", lambda: None), {})
    assert footer.main is not None
    footer.main.setFocus()
    footer.offer(Way("Back", lambda: None), (), Way("Next: people", lambda: None), {})
    assert footer.focusWidget() is footer.main and footer.main.accessibleName() == "Next: people"
