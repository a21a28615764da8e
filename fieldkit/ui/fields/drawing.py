"""A drawing, a signature, or lines on a picture: by finger, pen, mouse or arrow keys, and never the only way.

1. Somebody who cannot or will not draw here signs or draws on paper; the answer says so in words.
2. What is drawn is kept half a second after the pen is lifted, and when the keyboard goes elsewhere.
3. A drawing that stands is drawn on further; a new sheet begins with "Begin anew".
"""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.marking import mark
from fieldkit.languages.messages import sentences
from fieldkit.ui import theme
from fieldkit.ui.fields.field import AnswerField, Say
from fieldkit.ui.fields.upload import CHOOSE, KINDS, RULES, ChooseFile, KeepMade
from fieldkit.ui.pictures import encoded, read_picture
from fieldkit.ui.presenters.attached import Upload
from fieldkit.ui.presenters.question import QuestionView
from fieldkit.ui.tokens import Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.canvas import Canvas
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

LONGEST: Final = 1600
"""Points of the longer side of a drawing."""

SHAPES: Final = {"signature": QSize(1200, 400), "draw": QSize(1200, 800), "annotate": QSize(1200, 800)}
ON_PAPER: Final = {
    "signature": mark("The person signs on paper"),
    "draw": mark("The drawing is on paper"),
    "annotate": mark("The marks are on paper"),
}
SHEETS: Final = {
    "signature": mark("Sheet to sign on"),
    "draw": mark("Sheet to draw on"),
    "annotate": mark("Picture to draw on"),
}
KEYS = mark(
    "Draw with the mouse, a pen or a finger. With the keyboard: arrow keys move the pen, Space puts it down and "
    "lifts it, Backspace takes the last line back."
)
TOLD: Final = {
    "signature": mark("Nobody has to sign, and not signing changes nothing for them. A cross is enough."),
    "draw": mark("Never somebody's face or injury, and no name: a drawing can be used to find people."),
    "annotate": RULES["image"],
}


class DrawingField(AnswerField):
    """A sheet, and what can be done with it."""

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        self.upload = view.upload or Upload("image")
        self.way = next((way for way in SHAPES if way in view.appearance), "draw")
        self.canvas = Canvas(SHAPES[self.way], most_width=theme.current().px(640))
        self._known = ""
        self._ours = False
        if self.upload.closed:
            self.column.addWidget(Banner(Tone.CAREFUL, say(sentences()[self.upload.closed])))
            return
        self.column.addWidget(marked("careful", readable(words(say(TOLD[self.way])))))
        self.canvas.setAccessibleName(f"{view.label.officer.text}: {say(SHEETS[self.way])}")
        self.canvas.setAccessibleDescription(say(KEYS))
        self.canvas.setEnabled(not view.readonly)
        self.canvas.drawing.connect(self.typing)
        self.canvas.changed.connect(self._changed)
        self.column.addWidget(self.canvas)
        self.column.addWidget(readable(words(say(KEYS), quiet=True)))
        self.column.addWidget(self._buttons())
        self.show_value(view.value)

    def show_value(self, value: str) -> None:
        if self.upload.closed or value == self._known:
            return
        self._known = value
        if value and self._ours:
            self._ours = False
            return
        self._ours = False
        if not value:
            self.dropped()
        self.canvas.clear(self._kept() if value else None)

    def first(self) -> QWidget | None:
        return None if self.upload.closed else self.canvas

    def flush(self) -> None:
        """Keep what was drawn now."""
        self._pause.stop()
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            return
        if self.canvas.is_empty:
            self.answered.emit("")
            return
        self._ours = True
        self.wished.emit(KeepMade(self.content()))

    def refused(self) -> None:
        self._ours = False
        self._waiting = str  # tried again when the field is left

    def content(self) -> bytes:
        """The sheet as it would be kept."""
        longest = min(self.upload.max_pixels or LONGEST, LONGEST)
        image = self.canvas.picture(longest)
        if self.canvas.ground is None:
            image = image.convertToFormat(QImage.Format.Format_Grayscale8)
        return encoded(image)

    def on_paper(self) -> None:
        """Say that it was done on paper (rule 1)."""
        self.canvas.write(self.say(ON_PAPER[self.way]), theme.current().language)

    def begin_anew(self) -> None:
        """An empty sheet."""
        self.canvas.clear()
        self._changed()

    def _buttons(self) -> QWidget:
        say = self.say
        made = [
            button(say("Take the last line back"), self.canvas.undo),
            button(say("Begin anew"), self.begin_anew, role="plain"),
            button(say(ON_PAPER[self.way]), self.on_paper, icon="form"),
        ]
        if self.way == "annotate":
            made.insert(0, button(say(CHOOSE["image"]), self._choose, icon="folder"))
        for one in made:
            one.setEnabled(not self.view.readonly)
        return flow(*made, gap=8)

    def _choose(self) -> None:
        title = self.say(CHOOSE["image"])
        self.wished.emit(ChooseFile(title, f"{title} ({KINDS['image']})"))

    def _changed(self) -> None:
        self.later(str)

    def _kept(self) -> QImage | None:
        files = self.view.files
        content = files.content(self.view.ref) if files is not None else None
        try:
            return read_picture(content, LONGEST) if content is not None else None
        except FieldkitError:
            return None
