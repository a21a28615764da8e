"""The chain of the Tab key. Qt puts what is made later behind everything else of the window; it belongs where it
is seen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def follow(before: QWidget, *widgets: QWidget) -> None:
    """Let the Tab key go through `widgets` right after all that takes it in `before`."""
    takes = [part for part in _within(before) if _takes_tab(part)]
    follow_place(takes[-1] if takes else before, *widgets)


def follow_place(last: QWidget, *widgets: QWidget) -> None:
    """Let the Tab key go through `widgets` right after the place of `last` in the chain."""
    policy = last.focusPolicy()
    if not _takes_tab(last):  # only now: Qt puts nothing behind what takes no keyboard
        last.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    behind = last
    for widget in widgets:
        for part in filter(_takes_tab, _within(widget)):
            if part.window() is behind.window():  # a part that is on its way out is none of the chain
                QWidget.setTabOrder(behind, part)
                behind = part
    last.setFocusPolicy(policy)


def _within(widget: QWidget) -> list[QWidget]:
    return [widget, *widget.findChildren(QWidget)]


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
