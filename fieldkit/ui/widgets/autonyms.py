"""Names of languages in a row, each in its own script and font."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from fieldkit.languages.called import own_name
from fieldkit.languages.numbers import format_list
from fieldkit.ui import theme
from fieldkit.ui.widgets.layouts import Flow
from fieldkit.ui.widgets.text import words_in


def autonyms(tags: Iterable[str]) -> QWidget:
    """The languages in reading direction, wrapping to the next row."""
    box = QWidget()
    layout = Flow(box, gap=theme.current().px(12))
    names = []
    for tag in tags:
        names.append(own_name(tag, theme.current().language))
        layout.addWidget(words_in(names[-1], tag, wrap=False))
    box.setAccessibleName(format_list(names, theme.current().language))
    return box
