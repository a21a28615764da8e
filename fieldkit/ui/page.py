"""The middle of the window: title, errors, notices and the screen; rail, bar and footer stay around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from fieldkit.ui import theme
from fieldkit.ui.tokens import CONTENT_WIDTH, Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.card import empty
from fieldkit.ui.widgets.text import set_words, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context
    from fieldkit.ui.screens.screen import Screen


class Page(QScrollArea):
    """Made anew with the window's language and size; screens come and go in it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.content = QWidget()
        """All of it, which scrolls; it takes the keyboard when a screen comes, so that Tab leads into it."""
        self.content.setProperty("role", "page")
        self.content.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._title = words("", Size.TITLE)
        self._errors, self._notices, self._place = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._lay()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setWidget(self.content)
        self.setAccessibleName(context.say("Content"))

    def clear(self) -> None:
        """Take away what the last screen showed."""
        for layout in (self._errors, self._notices, self._place):
            empty(layout)

    def put(self, screen: Screen) -> None:
        """What stands to be told, then the content of the screen."""
        if screen.shows_notices:
            for notice in self._context.notices():
                self._notices.addWidget(Banner(notice.tone, notice.text, action=notice.action, do=notice.do))
        self._show_practice(screen)
        content = screen.build()
        self._place.addWidget(content, 0 if screen.scrolls else 1)
        content.show()  # at once, not when the loop comes round: what is hidden cannot take the keyboard
        if screen.scrolls:
            self._show_words(screen)
            self._place.addStretch(1)
        self.verticalScrollBar().setValue(0)

    def show_title(self, title: str) -> None:
        """The heading; nothing where a screen has none."""
        set_words(self._title, title)
        self._title.setVisible(bool(title))

    def show_error(self, sentence: str) -> None:
        """Tell an error above the content until the screen changes or somebody closes it."""
        self._clear_errors()
        banner = Banner(Tone.URGENT, sentence, action=self._context.say("Close"), do=self._clear_errors)
        self._errors.addWidget(banner)
        self.verticalScrollBar().setValue(0)

    @property
    def error_shown(self) -> str:
        """The error that stands above the content; empty for none."""
        item = self._errors.itemAt(0)
        banner = item.widget() if item else None
        return banner.label.accessibleName() if isinstance(banner, Banner) else ""

    def _lay(self) -> None:
        px = theme.current().px
        across = QHBoxLayout(self.content)
        across.setContentsMargins(px(24), px(16), px(24), px(24))
        across.addStretch(0)
        inner = QWidget()
        inner.setMaximumWidth(CONTENT_WIDTH)
        across.addWidget(inner, 1)
        across.addStretch(0)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        column.addWidget(self._title)
        for layout in (self._errors, self._notices, self._place):
            layout.setSpacing(px(8))
            column.addLayout(layout, 1 if layout is self._place else 0)

    def _clear_errors(self) -> None:
        empty(self._errors)

    def _show_practice(self, screen: Screen) -> None:
        """Above a screen of the practice case, what happens there and why."""
        context = self._context
        if not context.practice or screen.alone:
            return
        from fieldkit.ui.practising import line  # noqa: PLC0415 (in training only)

        told = line(context, ("screen", context.navigation.here[0]))
        if told is not None:
            self._notices.addWidget(told)

    def _show_words(self, screen: Screen) -> None:
        """Below the work, the way to the meaning of the words that stand there (R-202)."""
        context = self._context
        if context.vault is None or screen.bare or screen.alone:
            return
        from fieldkit.ui.widgets.word_ways import word_ways  # noqa: PLC0415 (behind sign-in only)

        ways = word_ways(context, *screen.in_hand(), ("screen", context.navigation.here[0]))
        if ways is not None:
            self._place.addWidget(ways)
