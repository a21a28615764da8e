"""A line in which a country is looked for; those that are found stand below it as buttons."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.ui import theme
from fieldkit.ui.presenters.countries import Country
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import flow


class CountryField(QWidget):
    """`chosen` brings the code of a country; `find` gives the countries for what was typed."""

    chosen = Signal(str)

    def __init__(self, label: str, find: Callable[[str], tuple[Country, ...]], *, hint: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(8))
        self.field = Field(label, hint=hint)
        self._find = find
        self._found = Holder(gap=8)
        self.field.line.textEdited.connect(self._look)
        column.addWidget(self.field)
        column.addWidget(self._found)

    def _look(self, typed: str) -> None:
        ways = [
            button(one.name, partial(self.chosen.emit, one.code), icon="new") for one in self._find(typed)
        ]
        self._found.put(*([flow(*ways)] if ways else []))
