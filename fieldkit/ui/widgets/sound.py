"""Buttons that play a sound, record one, or open a film. What does not work is a sentence below the button."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.marking import mark
from fieldkit.languages.messages import sentences
from fieldkit.ui import icons, theme
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import row
from fieldkit.ui.widgets.text import readable, words
from fieldkit.ui.widgets.two_languages import Say

if TYPE_CHECKING:
    from fieldkit.ui.audio import Playing, Recording

STOP = mark("Stop")
RECORD = mark("Record a sound")
RECORDING = mark("Recording: {seconds} seconds. Stop and keep it")
SHOW_FILM = mark("Show the film")
PLAYERS_NOTE = mark("Opens in this computer's own player.")


class _Told(QWidget):
    """A button with room below it for a sentence."""

    def __init__(self, pressed: QPushButton, say: Say) -> None:
        super().__init__()
        self.button = pressed
        self._say = say
        self.told = words("", quiet=True)
        self._below = readable(self.told)
        self._below.hide()
        place = QVBoxLayout(self)
        place.setContentsMargins(0, 0, 0, 0)
        place.setSpacing(theme.current().px(4))
        place.addWidget(row(pressed))
        place.addWidget(self._below)

    def tell(self, fault: FieldkitError | None) -> None:
        """Say below the button what was wrong, or nothing any more."""
        text = self._say(sentences()[fault.code], **fault.data) if fault else ""
        self.told.setText(text)
        self._below.setVisible(bool(text))

    def show_as(self, text: str, icon: str) -> None:
        """Another word and icon on the button."""
        self.button.setText(text.replace("&", "&&"))
        self.button.setAccessibleName(text)
        self.button.setIcon(icons.icon(icon, theme.current().colours.ink))


class Listen(_Told):
    """Plays a sound from memory; pressed again it stops, and so it does when it leaves the screen."""

    def __init__(self, text: str, content: Callable[[], bytes | None], say: Say) -> None:
        super().__init__(button(text, icon="listen"), say)
        self._text, self._content = text, content
        self.playing: Playing | None = None
        self.button.clicked.connect(lambda _=False: self._pressed())

    def hideEvent(self, event: QHideEvent) -> None:
        self.stop()
        super().hideEvent(event)

    def stop(self) -> None:
        """End the sound."""
        if self.playing is not None:
            self.playing.stop()

    def _pressed(self) -> None:
        if self.playing is not None:
            self.stop()
            return
        from fieldkit.ui.audio import Playing  # noqa: PLC0415 (loads when somebody first listens)

        try:
            playing = Playing(self._content() or b"")
        except FieldkitError as fault:
            self.tell(fault)
            return
        self.tell(None)
        self.playing = playing
        playing.ended.connect(self._ended)
        self.show_as(self._say(STOP), "stop")

    def _ended(self) -> None:
        self.playing = None
        self.show_as(self._text, "listen")


class Record(_Told):
    """Records a sound; pressed again it ends and `recorded` brings the WAV file. Leaving the screen throws away
    what was not kept."""

    recorded = Signal(bytes)

    def __init__(self, say: Say) -> None:
        super().__init__(button(say(RECORD), icon="record"), say)
        self.recording: Recording | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(500)  # ms; the seconds on the button
        self._clock.timeout.connect(self._show_seconds)
        self.button.clicked.connect(lambda _=False: self._pressed())

    def hideEvent(self, event: QHideEvent) -> None:
        recording, self.recording = self.recording, None
        if recording is not None:
            self._clock.stop()
            recording.stop()
            self.show_as(self._say(RECORD), "record")
        super().hideEvent(event)

    def _pressed(self) -> None:
        if self.recording is not None:
            self.recording.stop()
            return
        from fieldkit.ui.audio import Recording  # noqa: PLC0415 (loads when somebody first records)

        try:
            recording = Recording()
        except FieldkitError as fault:
            self.tell(fault)
            return
        self.tell(None)
        self.recording = recording
        recording.ended.connect(self._ended)
        self._show_seconds()
        self._clock.start()

    def _show_seconds(self) -> None:
        if self.recording is not None:
            self.show_as(self._say(RECORDING, seconds=self.recording.seconds), "stop")

    def _ended(self) -> None:
        recording, self.recording = self.recording, None
        if recording is None:
            return
        self._clock.stop()
        self.show_as(self._say(RECORD), "record")
        self.recorded.emit(recording.content())


class Film(_Told):
    """Opens a film of a form in the computer's own player."""

    def __init__(self, put_out: Callable[[], Path | None], say: Say) -> None:
        super().__init__(button(say(SHOW_FILM), icon="show", tip=say(PLAYERS_NOTE)), say)
        self._put_out = put_out
        self.button.clicked.connect(lambda _=False: self._pressed())

    def _pressed(self) -> None:
        try:
            path = self._put_out()
            if path is None or not open_in_player(path):
                raise FieldkitError("film.no_player")
        except FieldkitError as fault:
            self.tell(fault)
            return
        self.tell(None)


def open_in_player(path: Path) -> bool:
    """Hand a file to the program that the computer has for it; whether there is one."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
