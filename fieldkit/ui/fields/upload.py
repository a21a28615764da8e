"""A file as an answer: chosen, shown from memory, taken away again.

1. What must not be in it is said before anything is chosen (`protection.md` 9); where a form is about protection,
   pictures, sounds and films are closed, and that is said instead.
2. A sound is recorded only while its button says so, never in the background (`protection.md` 9). There is no
   camera.
3. The field asks (`wished`) and shows; reading, cleaning and keeping is done by the screen and the services.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QPushButton, QWidget

from fieldkit.languages.marking import mark
from fieldkit.languages.messages import sentences
from fieldkit.ui.fields.field import AnswerField, Say
from fieldkit.ui.presenters.attached import Upload, size_words
from fieldkit.ui.presenters.question import QuestionView
from fieldkit.ui.tokens import Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import column, empty
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.media import LISTEN, picture_of
from fieldkit.ui.widgets.sound import Listen, Record
from fieldkit.ui.widgets.text import readable, words


@dataclass(frozen=True, slots=True)
class ChooseFile:
    """The wish to choose a file; `title` stands over the dialog, `kinds` is Qt's filter."""

    title: str
    kinds: str


@dataclass(frozen=True, slots=True)
class KeepMade:
    """The wish to keep a drawing or a sound that was made here."""

    content: bytes


RULES: Final = {
    "image": mark(
        "Never a face, a fingerprint or an injury, and no paper with somebody's name: a picture can be used to "
        "find people. The place and time that a camera writes into a picture are taken out."
    ),
    "audio": mark(
        "Never somebody's voice: it can be used to find people. What a device wrote into the file, such as the "
        "place, stays in it."
    ),
    "video": mark(
        "Never a person, a face or a voice: a film can be used to find people. What a device wrote into the file, "
        "such as the place, stays in it."
    ),
    "file": mark("Nothing that names a person who did not agree. The file is kept as it is."),
}
CHOOSE: Final = {
    "image": mark("Choose a picture"),
    "audio": mark("Choose a sound file"),
    "video": mark("Choose a film"),
    "file": mark("Choose a file"),
}
NO_FILM = mark("Films are not recorded in this version. Attach a file that was recorded elsewhere.")
NO_CAMERA = mark("This version uses no camera. Attach a picture that was taken elsewhere.")
KINDS: Final = {
    "image": "*.jpg *.jpeg *.png *.webp *.gif *.bmp *.tif *.tiff",
    "audio": "*.mp3 *.m4a *.wav *.ogg *.oga *.opus *.amr *.aac *.flac *.3gp *.webm *.weba",
    "video": "*.mp4 *.m4v *.mov *.3gp *.webm *.mkv *.avi *.ogv",
    "file": "*",
}
_CAMERA: Final = frozenset({"new", "new-front", "new-rear", "selfie"})

ATTACHED = mark("{kind}, {number} {unit}")
GONE = mark("The file {file} is not in this vault any more. Choose it again, or take it away.")
KEPT_KINDS: Final = {
    "image": mark("Picture"),
    "audio": mark("Sound"),
    "video": mark("Film"),
    "text": mark("Text"),
    "application": mark("File"),
}


class FileField(AnswerField):
    """Attach a file, look at what it is, take it away."""

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        self.upload = view.upload or Upload("file")
        self.choose: QPushButton | None = None
        self.remove: QPushButton | None = None
        self.record: Record | None = None
        self._place = column(gap=8)
        self._shown: object = None
        if self.upload.closed:
            self.column.addWidget(Banner(Tone.CAREFUL, say(sentences()[self.upload.closed])))
            return
        self.column.addWidget(marked("careful", readable(words(say(RULES[self.upload.asked])))))
        for told in self._without():
            self.column.addWidget(readable(words(say(told), quiet=True)))
        self.column.addWidget(self._place)
        self.show_value(view.value)

    def show_value(self, value: str) -> None:
        if self.upload.closed or self._shown == (value, self.view.attached):
            return
        had = self.choose is not None and (self.choose.hasFocus() or self._removing())
        self._shown = (value, self.view.attached)
        self._lay(value)
        if had and self.choose is not None:
            self.choose.setFocus()

    def first(self) -> QWidget | None:
        return self.choose

    def enter(self) -> bool:
        """Enter presses what has the keyboard."""
        for made in (self.choose, self.remove):
            if made is not None and made.hasFocus():
                made.click()
                return True
        return False

    def ask(self) -> None:
        """Ask for a file."""
        title = self.say(CHOOSE[self.upload.asked])
        self.wished.emit(ChooseFile(title, f"{title} ({KINDS[self.upload.asked]})"))

    def _without(self) -> tuple[str, ...]:
        """What this version does not do, so that nobody looks for it."""
        if self.upload.asked == "image":
            return (NO_CAMERA,) if self.view.appearance & _CAMERA else ()
        return (NO_FILM,) if self.upload.asked == "video" else ()

    def _lay(self, value: str) -> None:
        layout = self._place.layout()
        assert layout is not None, "made with one"
        empty(layout)
        self.remove = None
        if value:
            layout.addWidget(self._kept(value))
        again = self.say("Choose another one") if value else self.say(CHOOSE[self.upload.asked])
        self.choose = button(again, self.ask, icon="folder")
        self.choose.setEnabled(not self.view.readonly)
        buttons = [self.choose]
        if value:
            self.remove = button(self.say("Take it away"), self._take_away, icon="remove", role="plain")
            self.remove.setEnabled(not self.view.readonly)
            buttons.append(self.remove)
        layout.addWidget(flow(*buttons, gap=8))
        if self.upload.asked == "audio" and not self.view.readonly:
            self.record = Record(self.say)
            self.record.recorded.connect(lambda content: self.wished.emit(KeepMade(content)))
            layout.addWidget(self.record)

    def _kept(self, value: str) -> QWidget:
        attached = self.view.attached
        if attached is None:
            return Banner(Tone.CAREFUL, self.say(GONE, file=value))
        kind = attached.media_type.partition("/")[0]
        number, unit = size_words(attached.size)
        told = self.say(ATTACHED, kind=self.say(KEPT_KINDS[kind]), number=number, unit=unit)
        line = marked("check", words(told))
        shown = self._look_or_listen(kind, told)
        return column(shown, line, gap=4) if shown is not None else line

    def _look_or_listen(self, kind: str, told: str) -> QWidget | None:
        """What is attached, to be looked at or heard, where that can be done here."""
        files = self.view.files
        if files is None or kind not in ("image", "audio"):
            return None
        if kind == "image":
            return picture_of(files.content(self.view.ref), told, self.say)
        return Listen(self.say(LISTEN), lambda: files.content(self.view.ref), self.say)

    def _take_away(self) -> None:
        self.answered.emit("")

    def _removing(self) -> bool:
        return self.remove is not None and self.remove.hasFocus()
