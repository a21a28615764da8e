"""The bar on top: post, who is signed in and as what, language, saved or not; Cover and Lock at the reading end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from fieldkit.languages.autonyms import autonym
from fieldkit.ui import fonts, icons, theme
from fieldkit.ui.tokens import Tone
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.layouts import Flow
from fieldkit.ui.widgets.text import set_words, words


@dataclass(frozen=True, slots=True)
class BarWords:
    """What the bar says; empty parts are left out. `draft` marks the language as unreviewed."""

    place: str
    account: str = ""
    language: str = ""
    draft: str = ""
    lock: str = ""
    lock_tip: str = ""
    cover: str = ""
    cover_tip: str = ""
    help: str = ""


class Bar(QFrame):
    """`languages` are offered by their own names; `choose` is called with one.

    A compact bar takes one line: who is signed in and the language are pictures that say the rest when asked.
    """

    def __init__(
        self,
        said: BarWords,
        *,
        name: str,
        languages: Sequence[str],
        choose: Callable[[str], object],
        lock: Callable[[], object] | None,
        cover: Callable[[], object] | None,
        ask_help: Callable[[], object] | None,
    ) -> None:
        super().__init__()
        px = theme.current().px
        self.setProperty("role", "bar")
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(4), px(16), px(4))
        row.setSpacing(px(16))
        parts = QWidget()
        flow = Flow(parts, gap=px(16))
        flow.addWidget(_pair("post", words(said.place, bold=True, wrap=False)))
        self._account = words(said.account, wrap=False)
        if said.account:
            person = _pair("person", self._account)
            person.setToolTip(said.account)
            flow.addWidget(person)
        self.language = _language_button(said, languages, choose)
        flow.addWidget(self.language)
        self._saved_words = words("", tone=Tone.DONE, wrap=False)
        self._saved = _pair("saved", self._saved_words, theme.current().colours.done)
        self._saved.setVisible(False)
        row.addWidget(parts, 1)
        row.addWidget(self._saved, 0, Qt.AlignmentFlag.AlignVCenter)
        self.help: QPushButton | None = None
        if ask_help is not None:
            self.help = button(said.help, ask_help, icon="help", role="plain")
            row.addWidget(self.help, 0, Qt.AlignmentFlag.AlignVCenter)
        self.cover: QPushButton | None = None
        self._cover_word = said.cover
        if cover is not None:
            self.cover = button(said.cover, cover, icon="cover", tip=said.cover_tip)
            row.addWidget(self.cover, 0, Qt.AlignmentFlag.AlignVCenter)
        self.lock: QPushButton | None = None
        if lock is not None:
            self.lock = button(said.lock, lock, icon="lock", tip=said.lock_tip)
            row.addWidget(self.lock, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_compact(self, compact: bool) -> None:
        """Give the room to the content, or take it back."""
        if self._account.text():
            self._account.setVisible(not compact)
        if self.cover is not None:
            self.cover.setText("" if compact else self._cover_word)
        self.language.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonIconOnly if compact else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )

    def show_saved(self, text: str) -> None:
        """Say that all is on disk, or on its way; empty says nothing."""
        set_words(self._saved_words, text)
        self._saved.setVisible(bool(text))


def _pair(icon: str, label: QLabel, colour: str = "") -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.current().px(8))
    shape = QLabel()
    shape.setPixmap(icons.picture(icon, colour or theme.current().colours.quiet))
    row.addWidget(shape)
    row.addWidget(label)
    return box


def _language_button(
    said: BarWords, languages: Sequence[str], choose: Callable[[str], object]
) -> QToolButton:
    here = theme.current().language
    made = QToolButton()
    made.setProperty("role", "plain")
    shown = f"{autonym(here)} · {said.draft}" if said.draft else autonym(here)
    made.setText(shown)
    made.setFont(fonts.font_for(here))
    made.setAccessibleName(f"{said.language}: {shown}")
    made.setToolTip(said.language)
    made.setIcon(icons.icon("language"))
    made.setIconSize(icons.size())
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(made)
    for tag in languages:
        action = menu.addAction(autonym(tag))
        action.setFont(fonts.font_for(tag))
        action.triggered.connect(lambda _=False, tag=tag: choose(tag))
    made.setMenu(menu)
    return made
