"""Pictures in the window, painted from memory; what belongs to a text besides its words.

1. Pictures and sounds are shown and played from memory. A film opens in the computer's own player, and only when
   somebody presses for it (`services/films`).
2. What cannot be shown is named in a sentence: a picture that is missing or damaged, a sound or film that did not
   come.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
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
from fieldkit.ui.widgets.sound import Film, Listen
from fieldkit.ui.widgets.text import readable, words
from fieldkit.ui.widgets.two_languages import Say

SMALL, LARGE, CHOICE = 220, 640, 140
"""The longer side of a picture at a question, of the same pressed, and of an answer, in pixels at 100 %."""

LARGER, SMALLER = mark("Show larger"), mark("Show smaller")
MISSING = mark("A picture belongs here, but it did not come with the form or cannot be shown: {file}")
LISTEN = mark("Listen")
LISTEN_TO = mark("Listen: {answer}")
SOUND_MISSING = mark("A sound belongs to this text, but it did not come with the form: {file}")
FILM_MISSING = mark("A film belongs to this text, but it did not come with the form: {file}")
NOT_ON_BUTTONS = mark(
    "Pictures, sounds or films belong to these answers and cannot be shown: {files}. The words of the answers "
    "stand alone."
)


class Files(Protocol):
    """Where bytes come from; `presenters/attached.InterviewFiles` is the real one."""

    def medium(self, name: str) -> bytes | None: ...

    def film(self, name: str) -> Path | None: ...


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
    if media.audio:
        parts.append(
            _sound(media.audio, files, say(LISTEN), say) or _told(say(SOUND_MISSING, file=media.audio))
        )
    if media.video:
        parts.append(_film(media.video, files, say) or _told(say(FILM_MISSING, file=media.video)))
    return column(*parts, gap=8)


def _sound(name: str, files: Files | None, text: str, say: Say) -> Listen | None:
    if files is None or files.medium(name) is None:
        return None
    return Listen(text, partial(files.medium, name), say)


def _film(name: str, files: Files | None, say: Say) -> Film | None:
    if files is None or files.medium(name) is None:
        return None
    return Film(partial(files.film, name), say)


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


def of_answers(answers: Sequence[tuple[str, Media]], files: Files | None, say: Say) -> QWidget | None:
    """What belongs to the answers of a question and does not stand on their buttons: a button for each sound and
    film, and in one line what cannot be shown. `answers` are words and media."""
    names: list[str] = []
    parts: list[QWidget] = []
    for text, media in answers:
        sound = _sound(media.audio, files, say(LISTEN_TO, answer=text), say) if media.audio else None
        film = _film(media.video, files, say) if media.video else None
        parts += [part for part in (sound, film) if part is not None]
        names += [media.image] if media.image and choice_picture(media, files) is None else []
        names += [media.audio] if media.audio and sound is None else []
        names += [media.video] if media.video and film is None else []
    if names:
        listed = format_list(dict.fromkeys(names), theme.current().language)
        parts.append(_told(say(NOT_ON_BUTTONS, files=listed)))
    return column(*parts, gap=8) if parts else None


def _shown(name: str, large: str, files: Files | None, say: Say) -> QWidget:
    content = files.medium(large) if files is not None else None
    if content is None and files is not None:
        content = files.medium(name)
    made = picture_of(content, say("Picture: {file}", file=name), say, drawn=True)
    return made if made is not None else _told(say(MISSING, file=name))


def _told(text: str) -> QWidget:
    return marked("note", readable(words(text, quiet=True)))
