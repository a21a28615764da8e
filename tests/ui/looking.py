"""Looking at a window as a person or a screen reader would."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from fieldkit.ui.main_window import MainWindow


def texts(widget: QWidget) -> list[str]:
    """Everything that can be read in the visible part of a widget tree, once it has come to rest."""
    QApplication.processEvents()
    return [
        part.text()
        for part in widget.findChildren(QWidget)
        if isinstance(part, QLabel) and part.isVisible() and part.text()
    ] + [button.accessibleName() for button in widget.findChildren(QAbstractButton) if button.isVisible()]


def says(window: MainWindow, text: str) -> bool:
    """Whether `text` can be read somewhere."""
    return any(text in shown for shown in texts(window))


def find_button(widget: QWidget, name: str) -> QAbstractButton:
    """The visible button that a screen reader calls `name`."""
    QApplication.processEvents()
    found = [
        button
        for button in widget.findChildren(QAbstractButton)
        if button.isVisible() and button.accessibleName() == name
    ]
    assert found, (
        f"no button {name!r} among {[b.accessibleName() for b in widget.findChildren(QAbstractButton)]}"
    )
    return found[0]


def press(widget: QWidget, name: str) -> None:
    """Press the button called `name`."""
    button = find_button(widget, name)
    assert button.isEnabled(), f"{name!r} is off"
    button.click()


def line(widget: QWidget) -> QLineEdit:
    """The one line to write in."""
    found = [edit for edit in widget.findChildren(QLineEdit) if edit.isVisible()]
    assert len(found) == 1
    return found[0]


def nameless(widget: QWidget) -> list[str]:
    """Widgets that take the keyboard, or are pictures, for which a screen reader would have no name."""
    return [
        f"{type(part).__name__} {part.objectName()}"
        for part in widget.findChildren(QWidget)
        if part.isVisible() and _needs_name(part) and not _name(part)
    ]


def cut(widget: QWidget) -> Iterator[str]:
    """Texts and buttons with less room than they need."""
    for part in widget.findChildren(QWidget):
        if not part.isVisible():
            continue
        if isinstance(part, QLabel) and part.text():
            yield from _cut_label(part)
        elif isinstance(part, QAbstractButton) and part.width() < part.minimumSizeHint().width():
            yield f"button {part.accessibleName()!r} is {part.width()} wide, needs {part.sizeHint().width()}"


def _cut_label(label: QLabel) -> Iterator[str]:
    needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
    if label.height() < needed:
        yield f"text {label.text()[:40]!r} is {label.height()} high, needs {needed}"
    if not label.wordWrap() and label.width() < label.sizeHint().width():
        yield f"text {label.text()[:40]!r} is {label.width()} wide, needs {label.sizeHint().width()}"


def _needs_name(part: QWidget) -> bool:
    return isinstance(part, QAbstractButton | QLineEdit) or (
        part.focusPolicy() != Qt.FocusPolicy.NoFocus and part.metaObject().className() != "QWidget"
    )


def _name(part: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(part)
    return str(interface.text(QAccessible.Text.Name))
