"""A number between two bounds: on a scale that is pushed, in a line that is typed, from a list, or as stars.

Nothing is an answer before somebody touched the scale: until then it has no handle.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSlider, QStyle, QWidget

from fieldkit.languages.marking import mark
from fieldkit.ui import theme
from fieldkit.ui.fields.field import AnswerField, Say
from fieldkit.ui.fields.numbered import western
from fieldkit.ui.fields.typed import TextField
from fieldkit.ui.presenters.appearances import Marks, marks_of
from fieldkit.ui.presenters.question import QuestionView
from fieldkit.ui.tokens import TARGET
from fieldkit.ui.widgets.card import row
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.drop import Drop
from fieldkit.ui.widgets.text import words

BOUNDS = mark("From {low} to {high}")
STARS = mark("{number} of {most}")
MOST_STARS, MOST_TICKS = 20, 60
EDGE = 14
"""From the end of the line to the edge, in pixels at 100 %: half of the handle and its rim."""


class Scale(QSlider):
    """A slider that can stand nowhere. The wheel changes nothing; a press jumps there."""

    def __init__(self, marks: Marks, name: str, *, upright: bool, ticks: bool) -> None:
        super().__init__(Qt.Orientation.Vertical if upright else Qt.Orientation.Horizontal)
        self.answered = False
        self.setAccessibleName(name)
        self.setRange(0, marks.count - 1)
        self.setPageStep(max(1, marks.count // 10))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ticks = marks.count if ticks and marks.count <= MOST_TICKS else 0
        px = theme.current().px
        self._long = px(min(520, max(220, 36 * marks.count)))
        if upright:
            self._long = min(self._long, px(260))
            self.setFixedSize(px(TARGET), self._long)
        else:
            self.setMinimumSize(px(160), px(TARGET))
            self.setMaximumSize(self._long, px(TARGET))

    def sizeHint(self) -> QSize:
        return QSize(self._long, self.minimumHeight())

    def stand(self, place: int) -> None:
        """Show a place; -1 for no answer."""
        self.answered = place >= 0
        self.blockSignals(True)
        self.setValue(max(0, place))
        self.blockSignals(False)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.value()
        super().keyPressEvent(event)
        if not self.answered and event.isAccepted() and self.value() == before and _moves(event):
            self._touched()  # the first key at the end of the scale answers with the end

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderPosition(self._place_at(event))
            self.answered = True
            self.setSliderDown(True)
            self.valueChanged.emit(self.value())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setSliderPosition(self._place_at(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line with marks; the handle stands on it as soon as there is an answer."""
        px, colours = theme.current().px, theme.current().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._line(painter, 0, 1, colours.edge, px(4))
        for tick in range(self._ticks):
            self._across(painter, tick / max(1, self._ticks - 1), colours.edge)
        if self.answered:
            at = self.value() / max(1, self.maximum())
            colour = colours.main if self.isEnabled() else colours.quiet
            self._line(painter, 0, at, colour, px(4))
            painter.setPen(QPen(QColor(colours.paper), px(2)))
            painter.setBrush(QColor(colour))
            painter.drawEllipse(self._point(at), px(11), px(11))
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.main), px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(6), px(6))
        painter.end()

    def _point(self, at: float, aside: float = 0) -> QPointF:
        """Where a share of the way lies; `aside` from the line in pixels."""
        edge = theme.current().px(EDGE)
        if self.orientation() is Qt.Orientation.Vertical:
            return QPointF(self.width() / 2 + aside, self.height() - edge - at * (self.height() - 2 * edge))
        share = 1 - at if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else at
        return QPointF(edge + share * (self.width() - 2 * edge), self.height() / 2 + aside)

    def _line(self, painter: QPainter, start: float, end: float, colour: str, width: float) -> None:
        painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(self._point(start), self._point(end))

    def _across(self, painter: QPainter, at: float, colour: str) -> None:
        half = theme.current().px(8)
        painter.setPen(QPen(QColor(colour), max(1, theme.current().px(1))))
        painter.drawLine(self._point(at, -half), self._point(at, half))

    def _touched(self) -> None:
        self.answered = True
        self.valueChanged.emit(self.value())

    def _place_at(self, event: QMouseEvent) -> int:
        upright = self.orientation() is Qt.Orientation.Vertical
        at, long = (event.position().y(), self.height()) if upright else (event.position().x(), self.width())
        mirrored = upright or self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        edge = theme.current().px(EDGE)
        return QStyle.sliderValueFromPosition(
            self.minimum(), self.maximum(), round(at) - edge, max(1, long - 2 * edge), mirrored
        )


def _moves(event: QKeyEvent) -> bool:
    return event.key() in (
        *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End),
        *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    )


class RangeField(TextField):
    """A scale and a line beside it; a number outside is told under the question."""

    most_characters = 11
    number = True

    def __init__(self, view: QuestionView, say: Say) -> None:
        self.marks = marks_of(view.options)
        self.scale: Scale | None = None
        super().__init__(view, say)
        low, high = view.options.get("start", ""), view.options.get("end", "")
        if low and high:
            bounds = say(BOUNDS, low=low, high=high)
            self.line.setAccessibleDescription(bounds)
            self.column.insertWidget(0, words(bounds, quiet=True))
        if self.marks is not None:
            upright, ticks = "vertical" in view.appearance, "no-ticks" not in view.appearance
            self.scale = Scale(self.marks, view.label.officer.text, upright=upright, ticks=ticks)
            self.scale.setEnabled(not view.readonly)
            self.scale.valueChanged.connect(self._pushed)
            self.column.insertWidget(1, row(self.scale))
            self._stand()

    def show_value(self, value: str) -> None:
        super().show_value(value)
        self._stand()

    def first(self) -> QWidget:
        return self.scale or self.line

    def _stand(self) -> None:
        if self.scale is not None and self.marks is not None and not self.scale.isSliderDown():
            self.scale.stand(self.marks.place(self._shown) if self._shown else -1)
            self.scale.setAccessibleDescription(
                self._shown
            )  # what Qt reads aloud is the place, not the value

    def _pushed(self, place: int) -> None:
        assert self.marks is not None and self.scale is not None
        self.scale.answered = True
        self._shown = self.marks.text(place)
        self.line.setText(self._shown)
        self.scale.setAccessibleDescription(self._shown)
        self.later(self._read)

    def _read(self) -> str:
        return western(self.line.text()).strip().replace(",", ".").replace("٫", ".")


class PickerField(AnswerField):
    """The values of a range in a list that opens."""

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        found = marks_of(view.options)
        values = found.values() if found is not None else []
        name = view.label.officer.text
        self.drop = Drop(((one, one) for one in values), name=name, empty=say("Choose"))
        self.drop.setEnabled(not view.readonly)
        self.drop.chosen.connect(lambda _value: self.later(lambda: self.drop.value))
        self.column.addWidget(row(self.drop))
        self.show_value(view.value)

    def show_value(self, value: str) -> None:
        found = marks_of(self.view.options)
        place = found.place(value) if found is not None and value else -1
        self.drop.show_value(found.text(place) if found is not None and place >= 0 else "")

    def first(self) -> QWidget:
        return self.drop


class RatingField(AnswerField):
    """Stars to press. Each says its number too, so that it can be heard and told apart without colour."""

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        self._found = marks_of(view.options)
        values = self._found.values()[:MOST_STARS] if self._found is not None else []
        offered = [Offered(one, f"{one}\u00a0★") for one in values]
        self.grid = ChoiceGrid(offered, name=view.label.officer.text, numbered=False, least=108)
        for one in values:
            made = self.grid.buttons[one]
            made.setEnabled(not view.readonly)
            made.setAccessibleName(say(STARS, number=one, most=values[-1]))
        self.grid.chosen.connect(lambda chosen: self.answered.emit(" ".join(chosen)))
        self.column.addWidget(self.grid)
        self.show_value(view.value)

    def show_value(self, value: str) -> None:
        place = self._found.place(value) if self._found is not None and value else -1
        self.grid.choose(*([self._found.text(place)] if self._found is not None and place >= 0 else []))

    def first(self) -> QWidget | None:
        return next(iter(self.grid.buttons.values()), None)

    def press(self, number: int) -> bool:
        return not self.view.readonly and self.grid.press(number)
