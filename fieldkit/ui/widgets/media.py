"""Pictures in the window, painted from memory; what belongs to a text besides its words.

1. No other program is started and no file is written to show something.
2. What cannot be shown is named in a sentence: a picture that is missing or damaged, a sound, a film.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QPushButton, QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_list
from fieldkit.ui import theme
from fieldkit.ui.pictures import read_picture
from fieldkit.ui.presenters.attached import Media
from fieldkit.ui.widgets.card import column
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words
from fieldkit.ui.widgets.two_languages import Say

SMALL, LARGE, CHOICE = 220, 640, 140
"""The longer side of a picture at a question, of the same pressed, and of an answer, in pixels at 100 %."""

LARGER, SMALLER = mark("Show larger"), mark("Show smaller")
MISSING = mark("A picture belongs here, but it did not come with the form or cannot be shown: {file}")
SOUND = mark("A sound belongs to this text: {file}. This version plays no sound; read the text aloud.")
SOUND_MISSING = mark("A sound belongs to this text, but it did not come with the form: {file}")
FILM = mark("A film belongs to this text: {file}. This version shows no film; explain it in words.")
FILM_MISSING = mark("A film belongs to this text, but it did not come with the form: {file}")
NOT_ON_BUTTONS = mark(
    "Pictures, sounds or films belong to these answers and are not shown: {files}. The words of the answers stand "
    "alone."
)


class Files(Protocol):
    """Where bytes come from; `presenters/attached.InterviewFiles` is the real one."""

    def medium(self, name: str) -> bytes | None: ...


class Picture(QPushButton):
    """A picture. Pressing it shows it larger, pressing again smaller; the keyboard can do that too."""

    def __init__(self, image: QImage, name: str, say: Say, *, large: QImage | None = None) -> None:
        super().__init__()
        self._small, self._large = image, large or image
        self._say, self._name = say, name
        self.setProperty("role", "picture")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(lambda _on: self._show())
        self._show()

    def _show(self) -> None:
        look = theme.current()
        longest = look.px(LARGE if self.isChecked() else SMALL)
        image = self._large if self.isChecked() else self._small
        if max(image.width(), image.height()) > longest:
            image = image.scaled(
                longest,
                longest,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        pixmap = QPixmap.fromImage(image)
        self.setIcon(QIcon(pixmap))
        self.setIconSize(pixmap.size())
        self.setFixedSize(pixmap.size() + QSize(2, 2) * look.px(6))
        again = self._say(SMALLER if self.isChecked() else LARGER)
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(again)
        self.setToolTip(again)


def picture_of(content: bytes | None, name: str, say: Say, *, drawn: bool = False) -> Picture | None:
    """A picture from bytes; None where they are no picture that can be shown."""
    if content is None:
        return None
    try:
        image = read_picture(content, theme.current().px(LARGE), drawn=drawn)
    except FieldkitError:
        return None
    return Picture(image, name, say)


def media_below(media: Media, files: Files | None, say: Say) -> QWidget:
    """What belongs to a text, below it (rule 2)."""
    parts: list[QWidget] = []
    image = media.image or media.big_image
    if image:
        parts.append(_shown(image, media.big_image or image, files, say))
    for name, here, gone in ((media.audio, SOUND, SOUND_MISSING), (media.video, FILM, FILM_MISSING)):
        if name:
            came = files is not None and files.medium(name) is not None
            parts.append(_told(say(here if came else gone, file=name)))
    return column(*parts, gap=8)


def choice_picture(media: Media, files: Files | None) -> QPixmap | None:
    """The picture of an answer, as large as a button holds; None where there is none to show."""
    content = files.medium(media.image) if files is not None and media.image else None
    if content is None:
        return None
    longest = theme.current().px(CHOICE)
    try:
        return QPixmap.fromImage(read_picture(content, longest, drawn=True))
    except FieldkitError:
        return None


def not_shown(all_media: Sequence[Media], files: Files | None, say: Say) -> QWidget | None:
    """What belongs to the answers of a question and does not stand on their buttons, in one line."""
    names: list[str] = []
    for media in all_media:
        if media.image and choice_picture(media, files) is None:
            names.append(media.image)
        names += [name for name in (media.audio, media.video) if name]
    if not names:
        return None
    listed = format_list(dict.fromkeys(names), theme.current().language)
    return _told(say(NOT_ON_BUTTONS, files=listed))


def _shown(name: str, large: str, files: Files | None, say: Say) -> QWidget:
    content = files.medium(large) if files is not None else None
    if content is None and files is not None:
        content = files.medium(name)
    made = picture_of(content, say("Picture: {file}", file=name), say, drawn=True)
    return made if made is not None else _told(say(MISSING, file=name))


def _told(text: str) -> QWidget:
    return marked("note", readable(words(text, quiet=True)))
