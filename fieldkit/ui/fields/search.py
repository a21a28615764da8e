"""Answers that are chosen from many: a list that is searched in both languages."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from fieldkit.languages.isolates import isolate_words
from fieldkit.ui import icons, theme
from fieldkit.ui.fields.field import AnswerField, Line, Say, holds_focus
from fieldkit.ui.models.choices import ChoicesModel
from fieldkit.ui.presenters.kinds import Kind
from fieldkit.ui.presenters.question import QuestionView
from fieldkit.ui.tokens import TARGET, Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import empty
from fieldkit.ui.widgets.layouts import Flow
from fieldkit.ui.widgets.text import words_in

ROWS = 6
"""Rows of the list that are seen at once."""


class SearchList(QTableView):
    """The list. Space takes the row that has the keyboard; Enter does through the window's own key."""

    def __init__(self, model: ChoicesModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setIconSize(icons.size())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.current().px(TARGET))

    def fit(self) -> None:
        """As high as its rows, up to six."""
        rows = max(1, min(self.model().rowCount(), ROWS))
        self.setFixedHeight(rows * self.verticalHeader().defaultSectionSize() + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.clicked.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class SearchField(AnswerField):
    """One or several of many. What is chosen stands above the line; pressing it takes it away, or changes it."""

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        self._several = view.kind is Kind.SEVERAL_OF_MANY
        self._by_value = {choice.value: choice for choice in view.choices}
        self._values: tuple[str, ...] = ()
        self._box = QWidget()
        self._chosen = Flow(self._box, gap=theme.current().px(8))
        self.column.addWidget(self._box)
        self.line = Line(
            f"{view.label.officer.text}: {say('Find in the list')}", hint=say("Find in the list")
        )
        self.line.textEdited.connect(self._find)
        self.model = ChoicesModel(view.choices)
        self.list = SearchList(self.model, view.label.officer.text)
        self.list.clicked.connect(self._pressed)
        self._none = words_in(say("No answer of this list has these letters."), theme.current().language)
        for part in (self.line, self.list, self._none):
            self.column.addWidget(part)
        self._none.hide()
        self.list.fit()
        self.show_value(view.value)

    def show_value(self, value: str) -> None:
        values = tuple(value.split()) if self._several else ((value,) if value else ())
        first_time = not self._chosen.count() and not values
        if values == self._values and not first_time:
            return
        self._values = values
        self.model.choose(frozenset(values))
        self._show_chosen()
        self._open(self._several or not values)

    def first(self) -> QWidget | None:
        if self.line.isVisibleTo(self):
            return self.line
        return self._chosen.itemAt(0).widget() if self._chosen.count() else None

    def _open(self, is_open: bool) -> None:
        shown = is_open and not self.view.readonly
        self.line.setVisible(shown)
        self.list.setVisible(shown)
        if not shown:
            self._none.hide()
        elif self._values and not self._several:
            row = self.model.row_of(self._values[0])
            self.list.selectionModel().setCurrentIndex(
                self.model.index(row, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )

    def _show_chosen(self) -> None:
        had_focus = holds_focus(self._box)
        empty(self._chosen)
        for value in self._values:
            self._chosen.addWidget(self._chip(value))
        if not self._several and self._values and not self.view.readonly:
            self._chosen.addWidget(button(self.say("Change"), self._change, role="plain"))
        self._box.setVisible(bool(self._values))
        if had_focus and self.line.isVisible():
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chip(self, value: str) -> QWidget:
        choice = self._by_value.get(value)
        texts = [isolate_words(text.text) for text in choice.text.texts()] if choice is not None else [value]
        shown = " · ".join(dict.fromkeys(texts))
        if not self._several:
            label = words_in(shown, theme.current().language, Size.QUESTION, bold=True, wrap=False)
            label.setAccessibleName(shown)
            return label
        made = button(shown, lambda: self._turn(value), icon="close")
        made.setAccessibleName(self.say("Take away: {choice}", choice=shown))
        made.setEnabled(not self.view.readonly)
        return made

    def _change(self) -> None:
        self._open(True)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self, typed: str) -> None:
        self.model.find(typed)
        self.list.fit()
        found = self.model.rowCount() > 0
        self.list.setVisible(found)
        self._none.setVisible(not found)

    def enter(self) -> bool:
        at = 0 if self.line.hasFocus() and self.line.text().strip() else -1
        if self.list.hasFocus():
            at = self.list.currentIndex().row()
        choice = self.model.choice(at)
        if choice is not None:
            self._turn(choice.value)
        return choice is not None

    def _pressed(self, index: QModelIndex) -> None:
        choice = self.model.choice(index.row())
        if choice is not None:
            self._turn(choice.value)

    def _turn(self, value: str) -> None:
        if not self._several:
            self.answered.emit(value)
        elif value in self._values:
            self.answered.emit(" ".join(one for one in self._values if one != value))
        else:
            self.answered.emit(" ".join([*self._values, value]))
        if self.line.text():
            self.line.clear()
            self._find("")
        if not self._several:
            self._open(False)
