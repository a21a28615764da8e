"""Every command once: what it is called, its keys, where it works. Tooltips and Help are made from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from fieldkit.languages.marking import mark


@dataclass(frozen=True, slots=True)
class Command:
    """`keys` in Qt's portable spelling; `mirrored` instead of them where the interface runs from the right.

    `listed` commands are only told in Help: the widget that has the keyboard sees to them itself.
    `screen` says where the command works; empty means everywhere.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    mirrored: tuple[str, ...] = ()
    screen: str = ""
    listed: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("next", mark("Do the main thing on this screen"), ("Return", "Enter")),
    Command("back", mark("Go back"), ("Alt+Left",), ("Alt+Right",)),
    Command(
        "answers", mark("Choose the answer with this number"), ("1", "9"), screen="interview", listed=True
    ),
    Command("person_language", mark("Change the person's language"), ("F2",), screen="interview"),
    Command("turn", mark("Turn the laptop: the person answers alone"), ("F4",), screen="interview"),
    Command("print", mark("Print"), ("Ctrl+P",)),
    Command(
        "cover", mark("Cover: hide everything until you write your six digits (also Esc twice)"), ("F9",)
    ),
    Command("lock", mark("Lock: close the vault and go to sign-in"), ("Ctrl+L",)),
    Command(
        "panic",
        mark("Lock at once, without keeping the last letters (also F12 twice)"),
        ("Ctrl+Shift+L", "F12, F12"),
    ),
    Command("help", mark("Help"), ("F1",)),
    Command("larger", mark("Larger text"), ("Ctrl++", "Ctrl+=")),
    Command("smaller", mark("Smaller text"), ("Ctrl+-",)),
)

_ON_THE_KEYBOARD: Mapping[str, str] = {"Return": "Enter", "Left": "←", "Right": "→"}

BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}


def keys_of(command: Command, mirrored: bool) -> tuple[str, ...]:
    """The keys of a command in the reading direction of the interface."""
    return command.mirrored if mirrored and command.mirrored else command.keys


def key_words(command: Command, mirrored: bool) -> str:
    """The keys as they stand on the keyboard: `Alt+←`, `Enter`, `1 … 9` for a range."""
    keys = keys_of(command, mirrored)
    if command.listed:
        return f"{keys[0]} … {keys[-1]}"
    pressed = QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.PortableText)
    return "+".join(_ON_THE_KEYBOARD.get(key, key) for key in pressed.split("+"))


def with_keys(text: str, command_id: str, mirrored: bool) -> str:
    """A tooltip: what happens, and the keys that do it."""
    return f"{text} ({key_words(BY_ID[command_id], mirrored)})"


class Keys:
    """The keyboard of one window. `bind` says what each command does on the screen that stands there now."""

    def __init__(self, window: QWidget, mirrored: bool) -> None:
        self._bound: Mapping[str, Callable[[], object]] = {}
        self._shortcuts: list[QShortcut] = []
        for command in COMMANDS:
            for key in () if command.listed else keys_of(command, mirrored):
                self._shortcuts.append(self._shortcut(window, command.id, key))

    def bind(self, bound: Mapping[str, Callable[[], object]]) -> None:
        """From now on these commands work, the others do not."""
        self._bound = dict(bound)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(shortcut.objectName() in self._bound)

    def do(self, command_id: str) -> None:
        """As if the keys of a command had been pressed."""
        if command_id in self._bound:
            self._bound[command_id]()

    def forget(self) -> None:
        """Take the keys off the window, before another language puts others on it."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts.clear()

    def _shortcut(self, window: QWidget, command_id: str, key: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), window)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setObjectName(command_id)
        shortcut.activated.connect(lambda: self._pressed(command_id))
        return shortcut

    def _pressed(self, command_id: str) -> None:
        focused = QApplication.focusWidget()
        if command_id == "next" and _takes_enter(focused):
            assert isinstance(focused, QAbstractButton)
            focused.click()
            return
        self.do(command_id)


def _takes_enter(widget: QWidget | None) -> bool:
    """A focused button is pressed by Enter, as everywhere; an answer is not: there Enter goes on."""
    return isinstance(widget, QAbstractButton) and widget.isEnabled() and not widget.isCheckable()
