"""What hides the work: a cover, the countdown before a lock, the blank page at its end.

1. Covered, the window holds a neutral page and nothing else: all the rest is out of it, for screen readers too, and
   comes back as it was.
2. First nothing is seen any more, then the rest is put away: that takes a moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QToolTip, QVBoxLayout, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from fieldkit.ui.main_window import MainWindow
    from fieldkit.ui.screens.cover import CoverPage, NeutralPage
    from fieldkit.ui.widgets.countdown import Countdown

NEUTRAL = "fieldkit"
"""The window's title when nothing is to be told."""


class Hiding:
    """Of one window, whose `body` is all that is seen of the work and lies in its layout `whole`."""

    def __init__(self, window: MainWindow, whole: QVBoxLayout, body: QWidget) -> None:
        self._window, self._whole, self._body = window, whole, body
        self._page_over: NeutralPage | None = None
        self._before_cover: QWidget | None = None
        self._countdown: Countdown | None = None

    @property
    def is_covered(self) -> bool:
        """Whether a neutral page stands in the place of everything."""
        return self._page_over is not None

    @property
    def counts_down(self) -> bool:
        """Whether the last seconds before a lock are shown."""
        return self._countdown is not None

    @property
    def cover_page(self) -> CoverPage | None:
        """The page with the way back, while the window is covered."""
        if self._page_over is None:
            return None
        from fieldkit.ui.screens.cover import CoverPage  # noqa: PLC0415 (loads when somebody covers)

        return self._page_over if isinstance(self._page_over, CoverPage) else None

    def cover(self) -> None:
        """Hide everything behind a neutral page at once."""
        if self._window.context.vault is None or self.is_covered:
            return
        from fieldkit.ui.screens.cover import CoverPage  # noqa: PLC0415

        page = CoverPage(self._window.context, self.uncover)
        self._lay_over(page)
        self._window.name_and_keys_again()
        page.take_keyboard()

    def uncover(self) -> None:
        """Bring everything back as it was."""
        page, self._page_over = self._page_over, None
        if page is None:
            return
        focused, self._before_cover = self._before_cover, None
        self._whole.removeWidget(page)
        page.hide()
        page.deleteLater()
        self._whole.addWidget(self._body)
        self._body.show()
        self._window.name_and_keys_again()
        if focused is not None and isValid(focused):
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def blank(self) -> None:
        """Let nothing be seen any more: this process is about to end."""
        from fieldkit.ui.screens.cover import NeutralPage  # noqa: PLC0415

        if not self.is_covered:
            self._lay_over(NeutralPage(self._window.context.say("Locking")))
        self._window.setEnabled(False)
        self._window.repaint()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def lay(self) -> None:
        """The window has another size."""
        if self._countdown is not None:
            self._countdown.lay()

    def show_countdown(self, seconds: int | None) -> None:
        """Say how long it is until the vault is locked; None takes it away. Only keys that hide work meanwhile."""
        if seconds is None:
            held, self._countdown = self._countdown, None
            if held is not None:
                held.hide()
                held.deleteLater()
                self._window.name_and_keys_again()
            return
        sentence = self._window.context.words.count(
            "Nobody has pressed a key for a while: the vault is locked in {number} second. Press any key to stay.",
            "Nobody has pressed a key for a while: the vault is locked in {number} seconds. Press any key to stay.",
            seconds,
        )
        if self._countdown is not None:
            self._countdown.say(sentence)
            return
        from fieldkit.ui.widgets.countdown import Countdown  # noqa: PLC0415

        self._countdown = Countdown(self._window, sentence)
        self._window.name_and_keys_again()

    def _lay_over(self, page: NeutralPage) -> None:
        from fieldkit.ui.lock import clipboard  # noqa: PLC0415

        window = self._window
        self._page_over = page
        for other in QApplication.topLevelWidgets():
            if other is not window and other.isVisible():
                other.close()  # menus, dialogs: they show as much as the window does
        QToolTip.hideText()
        page.setParent(window)
        page.setGeometry(window.rect())
        page.show()
        page.raise_()
        window.setWindowTitle(NEUTRAL)
        window.repaint()
        self._take_body_out()
        self._whole.addWidget(page)
        clipboard.forget()

    def _take_body_out(self) -> None:
        QGuiApplication.inputMethod().commit()
        self.show_countdown(None)
        focused = QApplication.focusWidget()
        inside = focused is not None and self._body.isAncestorOf(focused)
        self._before_cover = focused if inside else None
        if inside and focused is not None:
            focused.clearFocus()  # what was typed is kept
        self._whole.removeWidget(self._body)
        self._body.setParent(None)
