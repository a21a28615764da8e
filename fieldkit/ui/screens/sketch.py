"""A map sketch for the leaflets of this place: drawn on a sheet, or a picture to draw on; words and a last day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.files import read_bounded
from fieldkit.languages.typed_days import DAY_HINT, as_typed, read_day
from fieldkit.services import sketches
from fieldkit.services.errors import ContentRefused, DeskFault
from fieldkit.ui import theme
from fieldkit.ui.fields.drawing import KEYS
from fieldkit.ui.fields.upload import KINDS
from fieldkit.ui.pictures import encoded, read_picture
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.canvas import Canvas
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.text import readable, words
from fieldkit.ui.widgets.text_box import TextBox

if TYPE_CHECKING:
    from fieldkit.ui.context import Context

_SHEET = QSize(900, 600)
_MOST_FILE = 32 * 1024 * 1024
"""Bytes of a picture that somebody chooses; it is made small before it is kept."""
_HOLDS = timedelta(days=180)
"""The last day that is offered: paths change sooner than phones. A proposal."""


class SketchScreen(Screen):
    """`place` is empty for the whole post."""

    rail: str = "information"

    def __init__(self, context: Context, place: str = "") -> None:
        super().__init__(context)
        self.place = place
        self.canvas = Canvas(_SHEET, most_width=theme.current().px(640))
        self.fields: dict[str, Field] = {}
        self._told = Holder()

    @property
    def title(self) -> str:
        return self.context.say("Map sketch")

    def build(self) -> QWidget:
        say, vault = self.context.say, self.context.open_vault
        held = sketches.sketch(vault, self.place)
        ground = self.canvas.ground
        if ground is None and held is not None and held.file:
            ground = read_picture(sketches.content(vault, held), sketches.MOST_SIDE)
        self.canvas = Canvas(_SHEET, most_width=theme.current().px(640))
        self.canvas.clear(ground)
        self.canvas.setAccessibleName(say("Sheet to draw the way on"))
        self.canvas.setAccessibleDescription(say(KEYS))
        self._told = Holder()
        warned = say(
            "It stands on paper for everybody to find. Draw no person and choose no picture with a face in it. "
            "Never draw the way to a place that is kept secret, such as a shelter."
        )
        ways = flow(
            button(say("Choose a picture"), self._choose, icon="folder"),
            button(say("Begin anew"), self._begin_anew, icon="new"),
        )
        self.box = TextBox(
            say("The way in words"),
            hint=say("For people who cannot see the drawing, and for those who do not read maps."),
            value=held.says if held else "",
        )
        day = held.until if held and held.until else vault.world.today() + _HOLDS
        until = Field(
            say("The last day on which it may be printed"),
            hint=say(DAY_HINT),
            value=as_typed(max(day, vault.world.today())),
        )
        self.fields = {"until": until}
        sheet = Card(self.canvas, readable(words(say(KEYS), quiet=True)), ways)
        return column(Banner(Tone.CAREFUL, warned), self._told, sheet, Card(self.box, until))

    def main_action(self) -> Way | None:
        return Way(self.context.say("Keep this sketch"), self._keep, "check")

    def other_actions(self) -> tuple[Way, ...]:
        if sketches.sketch(self.context.open_vault, self.place) is None:
            return ()
        return (Way(self.context.say("Take it away"), self._take_away),)

    def _choose(self) -> None:
        say = self.context.say
        kind = say("Pictures")
        path = self.context.ask_file(say("A picture of the way"), f"{kind} ({KINDS['image']})")
        if path is None:
            return
        try:
            content = read_bounded(path, _MOST_FILE)
            if content is None:
                raise ContentRefused("attach.picture_huge")
            self.canvas.clear(read_picture(content, sketches.MOST_SIDE))
        except OSError:
            self._tell(say("The file cannot be read. Look whether the stick is still there."))
        except FieldkitError as fault:
            self._tell(self.context.sentence(fault))

    def _begin_anew(self) -> None:
        self.canvas.clear(None)

    def _keep(self) -> None:
        self.fields["until"].show_problem("")
        until = read_day(self.fields["until"].value)
        try:
            if self.canvas.is_empty:
                raise DeskFault("sketches.picture", side=sketches.MOST_SIDE)
            sketches.keep(
                self.context.open_vault,
                _in_greys(self.canvas),
                self.box.value,
                until,
                self.context.words.tag,
                self.place,
            )
        except FieldkitError as fault:
            if fault.code in ("inserts.no_day", "inserts.past_day"):
                self.fields["until"].show_problem(self.context.sentence(fault))
            else:
                self._tell(self.context.sentence(fault))
            return
        self.context.back()
        self.context.saved()

    def _take_away(self) -> None:
        sketches.take_away(self.context.open_vault, self.place)
        self.context.back()
        self.context.saved()

    def _tell(self, sentence: str) -> None:
        self._told.put(Banner(Tone.CAREFUL, sentence))


def _in_greys(canvas: Canvas) -> bytes:
    """The sheet as a PNG in few greys; a photograph that is still too large is made smaller."""
    for longest in (sketches.MOST_SIDE, 700, 500, 350):
        made = encoded(canvas.picture(longest).convertToFormat(QImage.Format.Format_Grayscale8))
        if len(made) <= sketches.MOST_BYTES:
            break
    return made
