"""Leading an interview in the window: finding cards and answering them with keys and presses, as a person does."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEvent, QEventLoop, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from fieldkit.domain.outcome import Mark
from fieldkit.languages.isolates import without_isolates
from fieldkit.services import administer, intake
from fieldkit.services.interview import Interview
from fieldkit.services.vault import OpenVault
from fieldkit.ui.fields.choices import AcknowledgeField, ChoiceField
from fieldkit.ui.fields.drawing import DrawingField
from fieldkit.ui.fields.dropped import DropField
from fieldkit.ui.fields.field import AnswerField
from fieldkit.ui.fields.line_on_map import PointsField
from fieldkit.ui.fields.moments import MomentField
from fieldkit.ui.fields.place import PlaceField
from fieldkit.ui.fields.rank import RankField
from fieldkit.ui.fields.scale import PickerField, RangeField, RatingField
from fieldkit.ui.fields.search import SearchField
from fieldkit.ui.fields.typed import DecimalField, IntegerField, LongTextField, TextField
from fieldkit.ui.fields.upload import FileField
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.interview import InterviewScreen
from fieldkit.ui.widgets.question_card import QuestionCard
from fieldkit.ui.widgets.repeat_list import RepeatList
from tests.forms.xlsforms import Rows, xlsx
from tests.services.samples import mp4, picture, sound
from tests.stories.people import AGREED, IN_PRIVATE, NO_URGENT_NEED, answer_all, begin
from tests.ui import looking
from tests.ui.looking import texts

Act = Callable[[AnswerField], None]


def interviewing(
    window: MainWindow, form: str = "screening", *, person: str = "ti", officer: str = "en"
) -> InterviewScreen:
    """A new interview on the screen."""
    vault = window.context.open_vault
    begun = intake.begin(vault, form, officer_language=officer, person_language=person)
    return at_draft(window, begun.draft_id)


def at_draft(window: MainWindow, draft: str) -> InterviewScreen:
    """An interview on the screen, gone on with."""
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    window.context.go("interview", draft=draft)
    return screen_of(window)


def screen_of(window: MainWindow) -> InterviewScreen:
    """The interview that stands in the window."""
    QApplication.processEvents()
    assert isinstance(window.screen_shown, InterviewScreen)
    return window.screen_shown


def led(screen: InterviewScreen) -> Interview:
    """The interview behind the screen."""
    assert screen.page is not None
    return screen.page.interview


def on_disk(vault: OpenVault, screen: InterviewScreen) -> Interview:
    """The interview as somebody would find it who opened the laptop after a power cut."""
    return intake.resume(vault, led(screen).draft_id)


def go(screen: InterviewScreen, section: str) -> None:
    """Press the step of a section."""
    assert screen._steps is not None
    screen._steps.pressed.emit(section)
    QApplication.processEvents()


def cards(screen: InterviewScreen) -> list[QuestionCard]:
    """The questions on the page."""
    return screen.questions


def card(screen: InterviewScreen, name: str) -> QuestionCard:
    """The card of the question called `name`."""
    found = [one for one in cards(screen) if one.view.ref.rpartition("/")[2] == name]
    assert found, f"{name} is not among {[one.view.ref for one in cards(screen)]}"
    return found[0]


def names(screen: InterviewScreen) -> list[str]:
    """The questions on the page by name."""
    return [one.view.ref.rpartition("/")[2] for one in cards(screen)]


def line_of(one: QuestionCard) -> QLineEdit:
    """The line of a card that is typed into."""
    assert isinstance(one.field, TextField | SearchField)
    return one.field.line


def chosen(one: QuestionCard) -> tuple[str, ...]:
    """What is chosen on a card with buttons."""
    assert isinstance(one.field, ChoiceField)
    return one.field.grid.values


def has_keyboard(one: QWidget) -> bool:
    """Whether what is typed goes into `one`."""
    focused = QApplication.focusWidget()
    return focused is not None and one.isAncestorOf(focused)


def repeats(screen: InterviewScreen) -> list[RepeatList]:
    """The repeats on the page."""
    held = screen.cards.in_order() if screen.cards is not None else []
    return [one for one in held if isinstance(one, RepeatList)]


def write(line: QWidget, text: str) -> None:
    """Type into a line, or type what finds a row of a list."""
    line.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(line, QLineEdit):
        line.selectAll()
    for letter in text:  # QTest types ASCII only
        pressed = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(line, pressed)


def click(widget: QWidget) -> None:
    """Press a widget with the mouse."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(widget.width() // 2, widget.height() // 2))


def fill(field: AnswerField) -> None:
    """Give some answer of the field's kind, as a person would."""
    for matches, act in _FILLERS:
        if isinstance(field, matches):
            act(field)
            field.flush()
            return


def _choose(field: AnswerField) -> None:
    field.press(1)


def _search(field: AnswerField) -> None:
    assert isinstance(field, SearchField)
    if not field._values:
        field.list.clicked.emit(field.model.index(0, 0))


def _range(field: AnswerField) -> None:
    assert isinstance(field, RangeField)
    write(field.line, field.view.options.get("start", "1"))


def _moment(field: AnswerField) -> None:
    assert isinstance(field, MomentField)
    told = {"day": "7", "month": "2", "year": "2001", "hour": "9", "minute": "5"}
    for name, box in field.boxes().items():
        if name in told:
            write(box, told[name])


def _drop(field: AnswerField) -> None:
    assert isinstance(field, DropField | PickerField)
    write(field.drop, "1") if isinstance(field, PickerField) else field.press(1)


def _place(field: AnswerField) -> None:
    assert isinstance(field, PlaceField)
    write(field.latitude, "11.5721")
    write(field.longitude, "43.1456")


def _rank(field: AnswerField) -> None:
    assert isinstance(field, RankField)
    field.put(field.view.choices[0].value, 1)


def _long(field: AnswerField) -> None:
    assert isinstance(field, LongTextField)
    field.lines.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClicks(field.lines, "Two words")


def _points(field: AnswerField) -> None:
    assert isinstance(field, PointsField)
    field.lines.setFocus(Qt.FocusReason.OtherFocusReason)
    for point in ("11.5721 43.1456", "11.5730 43.1450", "11.5722 43.1449"):
        QTest.keyClicks(field.lines, point)
        assert field.enter()


def _draw(field: AnswerField) -> None:
    """With the keyboard alone."""
    assert isinstance(field, DrawingField)
    field.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(field.canvas, key)


def _attach(field: AnswerField) -> None:
    assert isinstance(field, FileField)
    attach(field, SAMPLES[field.upload.asked])


def attach(field: FileField, content: bytes, name: str = "sample.bin") -> None:
    """Choose a file, as the dialog would give it, and wait until it is kept or refused."""
    window = field.window()
    assert isinstance(window, MainWindow) and field.choose is not None
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        window.ask_file = lambda title, kind: path  # type: ignore[method-assign]
        field.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        QTest.keyClick(field.choose, Qt.Key.Key_Space)
        while window.context.background.is_busy:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QApplication.processEvents()


def _line(text: str) -> Act:
    def act(field: AnswerField) -> None:
        assert isinstance(field, TextField)
        write(field.line, text)

    return act


SAMPLES = {"image": picture(), "audio": sound(), "video": mp4(), "file": b"name,label\na,b\n"}

_FILLERS = (
    (FileField, _attach),
    (DrawingField, _draw),
    (PointsField, _points),
    (ChoiceField, _choose),
    (AcknowledgeField, _choose),
    (SearchField, _search),
    (RangeField, _range),
    (DropField, _drop),
    (PickerField, _drop),
    (RatingField, _choose),
    (IntegerField, _line("7")),
    (DecimalField, _line("7.5")),
    (LongTextField, _long),
    (TextField, _line("Words")),
    (MomentField, _moment),
    (PlaceField, _place),
    (RankField, _rank),
)


def walk(window: MainWindow, pages: int = 200) -> Iterator[InterviewScreen]:
    """Every page from here to the last, as the main action leads through them."""
    for _ in range(pages):
        screen = screen_of(window)
        yield screen
        assert screen.page is not None
        if screen.page.is_last:
            return
        way = screen.main_action()
        assert way is not None
        way.do()
    raise AssertionError("the interview has no end")


NOT_INTERPRETED = {"private_place": "yes", "nobody_listening": "yes", "interpreted": "nobody"}
FAMILY = "/data/family_group/family"
ROWS_HEADER = ("type", "name", "label", "required", "constraint", "constraint_message", "relevant")


def prepared(window: MainWindow, *told: Mapping[str, str | Mark], person: str = "ti") -> InterviewScreen:
    """An interview with these answers given before it comes on the screen."""
    interview = begin(window.context.open_vault, person=person)
    answer_all(interview, *told)
    return at_draft(window, interview.draft_id)


def opened(window: MainWindow) -> InterviewScreen:
    """An interview in which every section is open."""
    return prepared(window, NO_URGENT_NEED, IN_PRIVATE, AGREED)


def surveying(window: MainWindow, rows: Rows, person: str = "fr") -> InterviewScreen:
    """A survey of these rows on the screen."""
    report = administer.install_form(window.context.open_vault, xlsx(survey=rows), "small.xlsx")
    return interviewing(window, report.form_id, person=person)


def shown(widget: QWidget) -> list[str]:
    """What can be read, without the marks that keep directions apart."""
    QApplication.processEvents()
    return [without_isolates(text) for text in texts(widget)]


def press(widget: QWidget, name: str) -> None:
    """Press the button called `name`, when what was made anew stands there."""
    QApplication.processEvents()
    looking.press(widget, name)
    QApplication.processEvents()


def key(
    window: MainWindow, pressed: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """A key for whatever has the keyboard; shortcuts come first, as on a real keyboard."""
    QTest.keyClick(QApplication.focusWidget() or window, pressed, modifier)
    QApplication.processEvents()
