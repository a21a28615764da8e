"""A place as coordinates that somebody reads off another device, in degrees.

There is no map without a network. Both numbers pasted into one box, in any common spelling, are parted.
"""

import re

from PySide6.QtWidgets import QWidget

from fieldkit.languages.marking import mark
from fieldkit.ui import theme
from fieldkit.ui.fields.field import AnswerField, Line, Say, numbers_from_the_left
from fieldkit.ui.fields.numbered import western
from fieldkit.ui.presenters.points import point_of
from fieldkit.ui.presenters.question import QuestionView
from fieldkit.ui.widgets.layouts import Flow
from fieldkit.ui.widgets.text import readable, words

_BETWEEN_TWO = re.compile(r"\d.*[\s;,]\s*[-+]?\d+[.,]\d|\d[\s;]+[-+]?\d|[NSns].*\d")
MAPS = frozenset({"maps", "placement-map"})
NO_MAP = mark("There is no map here without a network. Read the numbers off a telephone or a paper map.")


class PlaceField(AnswerField):
    """Latitude and longitude. Height and accuracy are not known by hand, and are kept as nought."""

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        box = QWidget()
        row = Flow(box, gap=theme.current().px(8))
        self.latitude, self.longitude = self._line(say("Latitude")), self._line(say("Longitude"))
        for line in (self.latitude, self.longitude):
            row.addWidget(line)
        self.column.addWidget(readable(words(say("In degrees, such as 11.5721 and 43.1456"), quiet=True)))
        if view.appearance & MAPS:
            self.column.addWidget(readable(words(say(NO_MAP), quiet=True)))
        self.column.addWidget(box)
        self.show_value(view.value)

    def show_value(self, value: str) -> None:
        if not value:
            self.dropped()
        elif self.latitude.hasFocus() or self.longitude.hasFocus():
            return
        parts = [*value.split(), "", ""]
        for line, text in zip((self.latitude, self.longitude), parts, strict=False):
            if line.text() != text:
                line.setText(text)

    def refused(self) -> None:
        self._waiting = self._read  # tried again when the field is left

    def first(self) -> QWidget:
        return self.latitude

    def _line(self, name: str) -> Line:
        made = Line(f"{self.view.label.officer.text}: {name}", hint=name, characters=14)
        numbers_from_the_left(made)
        made.setReadOnly(self.view.readonly)
        held = [""]

        def edited(text: str) -> None:
            pasted = len(text) - len(held[0]) > 1
            held[0] = text
            if pasted and _BETWEEN_TWO.search(western(text).strip()):
                self._part(text)

        made.textEdited.connect(edited)
        made.textEdited.connect(lambda _text: self.later(self._read))
        made.left.connect(self.flush)
        return made

    def _part(self, text: str) -> None:
        """Both numbers in one box: each goes to its own. A comma alone is a decimal comma."""
        point = point_of(text)
        if point and not self.latitude.isReadOnly():
            for line, number in zip((self.latitude, self.longitude), point.split(), strict=False):
                line.setText(number)

    def _read(self) -> str:
        said = [western(line.text()).strip().replace(",", ".") for line in (self.latitude, self.longitude)]
        if not any(said):
            return ""
        return f"{said[0]} {said[1]} 0 0" if all(said) else " ".join(part for part in said if part)
