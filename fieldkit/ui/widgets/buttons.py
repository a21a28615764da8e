"""Things to press."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from fieldkit.ui import icons, theme
from fieldkit.ui.tokens import TARGET, Size
from fieldkit.ui.widgets.text import start_at, words_in

Do = Callable[[], object]


def button(text: str, do: Do | None = None, *, icon: str = "", role: str = "", tip: str = "") -> QPushButton:
    """A button with a word, and an icon beside it. `role`: "" (edge), "plain" (no edge) or "main"."""
    made = QPushButton(text.replace("&", "&&"))
    made.setAccessibleName(text)
    made.setProperty("role", role)
    if icon:
        colours = theme.current().colours
        made.setIcon(icons.icon(icon, colours.on_main if role == "main" else colours.ink))
        made.setIconSize(icons.size())
    if tip:
        made.setToolTip(tip)
    if do is not None:
        made.clicked.connect(lambda _=False: do())
    return made


def turning(text: str, do: Do | None = None) -> QPushButton:
    """A button that stays pressed until it is pressed again; a check mark stands on it then."""
    made = button(text, do)
    made.setCheckable(True)

    def show(on: bool) -> None:
        made.setIcon(icons.icon("check", theme.current().colours.main) if on else QIcon())

    made.setIconSize(icons.size())
    made.toggled.connect(show)
    return made


class BigButton(QPushButton):
    """A large answer or choice: text that wraps, perhaps a second line, a number for the keyboard, an icon or a
    picture.

    A checkable one shows a check mark when it is chosen. The text may be in any language.
    """

    def __init__(
        self,
        text: str,
        *,
        tag: str | None = None,
        size: Size = Size.QUESTION,
        second: str = "",
        second_tag: str | None = None,
        number: int | None = None,
        icon: str = "",
        picture: QPixmap | None = None,
        checkable: bool = False,
        tip: str = "",
    ) -> None:
        super().__init__()
        look = theme.current()
        self.setProperty("role", "big")
        self.setCheckable(checkable)
        self.setAccessibleName(text)
        self.setAccessibleDescription(second)
        if tip:
            self.setToolTip(tip)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(8))
        row.setSpacing(look.px(12))
        if number is not None:
            row.addWidget(_number(number), 0, Qt.AlignmentFlag.AlignVCenter)
        if icon:
            row.addWidget(_picture(icon, look.colours.quiet), 0, Qt.AlignmentFlag.AlignVCenter)
        lines = [] if picture is None else [_painted(picture)]
        lines.append(_beside(words_in(text, tag or look.language, size)))
        if second:
            lines.append(_beside(words_in(second, second_tag or look.language, quiet=True)))
        row.addLayout(_stacked(lines), 1)
        self._check = _picture("check", look.colours.main)
        self._keep_room(self._check)
        self._check.setVisible(False)
        if checkable:
            row.addWidget(self._check, 0, Qt.AlignmentFlag.AlignVCenter)
            self.toggled.connect(self._check.setVisible)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return self._at_least(self._row.sizeHint())

    def minimumSizeHint(self) -> QSize:
        return self._at_least(self._row.minimumSize())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self._row.totalHeightForWidth(width), theme.current().px(TARGET))

    @staticmethod
    def _keep_room(widget: QWidget) -> None:
        policy = widget.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        widget.setSizePolicy(policy)

    @staticmethod
    def _at_least(hint: QSize) -> QSize:
        return hint.expandedTo(QSize(0, theme.current().px(TARGET)))


def _stacked(lines: Sequence[QWidget]) -> QVBoxLayout:
    """One below the other, in the middle of what room there is."""
    layout = QVBoxLayout()
    layout.setSpacing(0)
    layout.addStretch(1)
    for line in lines:
        layout.addWidget(line)
    layout.addStretch(1)
    return layout


def _number(number: int) -> QLabel:
    label = words_in(str(number), "en", wrap=False)
    label.setProperty("role", "number")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return _through(label)


def _painted(picture: QPixmap) -> QLabel:
    label = QLabel()
    label.setPixmap(picture)
    label.setMinimumHeight(picture.deviceIndependentSize().toSize().height() + theme.current().px(4))
    start_at(label, theme.current().mirrored)
    return _through(label)


def _picture(name: str, colour: str) -> QLabel:
    label = QLabel()
    label.setPixmap(icons.picture(name, colour))
    return _through(label)


def _beside(label: QLabel) -> QLabel:
    """Text in a button starts where the interface starts: beside its number, whatever its language."""
    start_at(label, theme.current().mirrored)
    return _through(label)


def _through(label: QLabel) -> QLabel:
    """A label inside a button: the press goes to the button, and so does the screen reader."""
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return label
