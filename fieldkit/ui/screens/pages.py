"""The real pages before they are printed or saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.autonyms import autonym
from fieldkit.services import counsel
from fieldkit.ui import printing, theme
from fieldkit.ui.presenters.pages import POINTS_PER_INCH, How, Once, Paper, pictures, save
from fieldkit.ui.screens.screen import Do, Screen, Way
from fieldkit.ui.tokens import CONTENT_WIDTH, Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import column
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.number_box import number_box
from fieldkit.ui.widgets.page_view import PageView, to_image
from fieldkit.ui.widgets.picker import OpeningLine
from fieldkit.ui.widgets.text import words, words_in

if TYPE_CHECKING:
    from pathlib import Path

    from fieldkit.domain.ports import Progress
    from fieldkit.leaflets.pages import RgbaImage
    from fieldkit.services.counsel import Printed
    from fieldkit.ui.context import Context

ZOOM_LEAST, ZOOM_MOST, ZOOM_STEP = 40, 240, 20
"""Per cent; 100 is the paper's own size at 96 dots an inch."""

MOST_COPIES = 500
_DOTS = 96
_A4_WIDTH = 794
"""Pixels of an A4 sheet at 100 %."""


class PagesScreen(Screen):
    """`paper` says what it is, how it is made and what is kept when it is handed over."""

    def __init__(
        self,
        context: Context,
        paper: Paper,
        title: str,
        rail: str = "information",
        notes: Sequence[str] = (),
        at_once: Once | None = None,
    ) -> None:
        """`notes` are said above the pages; `at_once` prints them as soon as they are there."""
        super().__init__(context)
        self.notes = notes
        self.copies = paper.copies
        self._at_once = at_once
        self.paper = paper
        self.rail = rail  # a slip belongs to People, a leaflet to Information
        self.made: Printed | None = None
        self.zoom = 0
        self.images: tuple[RgbaImage, ...] = ()
        self.view: PageView | None = None
        self.printers = printing.printers()
        self._title = title
        self._ratio = 1.0
        self._told = Holder()
        self._place = Holder()
        self._choice: QComboBox | None = None

    @property
    def title(self) -> str:
        return self._title

    def build(self) -> QWidget:
        self._told, self._place = Holder(), Holder()
        self._choice = None
        notes = [Banner(Tone.CAREFUL, note) for note in self.notes]
        return column(*notes, self._controls(), self._told, self._place)

    def shown(self) -> None:
        if self.made is None:
            self._compose()
        elif self.images:
            self._show()

    def main_action(self) -> Way | None:
        if self.made is None:
            return None
        text = self.context.words.count("Print {number} page", "Print {number} pages", self.made.pages)
        why_not = self.context.say("No printer is set up on this laptop. The pages can be saved as a PDF.")
        return Way(text, self._print, "print", enabled=bool(self.printers), why_not=why_not)

    def other_actions(self) -> tuple[Way, ...]:
        if self.made is None:
            return ()
        return (Way(self.context.say("Save as PDF"), self._save, "folder"),)

    def commands(self) -> Mapping[str, Do]:
        return {"print": self._print} if self.made is not None and self.printers else {}

    # Making and showing

    def _controls(self) -> QWidget:
        say = self.context.say
        smaller = button(say("Smaller pages"), partial(self._change_zoom, -ZOOM_STEP), icon="remove")
        larger = button(say("Larger pages"), partial(self._change_zoom, ZOOM_STEP), icon="new")
        parts: list[QWidget] = [words_in(autonym(self.paper.language), self.paper.language, Size.QUESTION)]
        parts += [smaller, larger]
        if len(self.printers) > 1:
            self._choice = OpeningLine()
            self._choice.addItems(list(self.printers))
            self._choice.setAccessibleName(say("Printer"))
            parts.append(self._choice)
        elif self.printers:
            parts.append(words(say("Printer: {printer}", printer=self.printers[0]), quiet=True))
        if self.printers and not self.paper.names_somebody:
            parts.append(
                number_box(say("Copies"), self.copies, MOST_COPIES, partial(setattr, self, "copies"))
            )
        return flow(*parts)

    def _compose(self) -> None:
        def work(progress: Progress) -> tuple[Printed, tuple[RgbaImage, ...]]:
            made = self.paper.make()
            return made, pictures(made.pdf, made.pages, self._scale(made.pages), progress)

        self._ratio = self._place.devicePixelRatioF()
        self.context.background.run(
            work, what=self.context.say("Making the pages"), done=self._composed, failed=self._failed
        )

    def _composed(self, found: tuple[Printed, tuple[RgbaImage, ...]]) -> None:
        self.made, self.images = found
        self._show()
        self.context.refresh()
        if self._at_once is not None and self._at_once.take() and self.printers:
            self._print()

    def _failed(self, fault: Exception) -> None:
        sentence = self.context.sentence(fault)
        if sentence:
            self._told.put(Banner(Tone.CAREFUL, sentence))

    def _show(self) -> None:
        assert self.made is not None
        say = self.context.say
        images = [to_image(one.width, one.height, one.pixels, self._ratio) for one in self.images]
        whole = len(images)
        names = [say("Page {page} of {whole}", page=page, whole=whole) for page in range(1, whole + 1)]
        self.view = PageView(images, names)
        self._place.put(self.view)

    def _scale(self, count: int) -> float:
        """Pixels a point. At first so that two pages stand beside each other, or one in its own size."""
        if not self.zoom:
            room = CONTENT_WIDTH if count == 1 else (CONTENT_WIDTH - theme.current().px(16)) // 2
            self.zoom = min(100, room * 100 // _A4_WIDTH)
        return self.zoom / 100 * _DOTS / POINTS_PER_INCH * self._ratio

    def _change_zoom(self, by: int) -> None:
        made = self.made
        if made is None:
            return
        self.zoom = max(ZOOM_LEAST, min(ZOOM_MOST, self.zoom + by))
        self.context.background.run(
            lambda progress: pictures(made.pdf, made.pages, self._scale(made.pages), progress),
            what=self.context.say("Drawing the pages"),
            done=self._redrawn,
            failed=self._failed,
        )

    def _redrawn(self, images: tuple[RgbaImage, ...]) -> None:
        self.images = images
        self._show()

    # Printing and saving

    def _print(self) -> None:
        made = self.made
        if made is None or not self.printers or not self._kept_first(How.PRINTED):
            return
        target = printing.printer(self._choice.currentText() if self._choice else self.printers[0])
        copies = self.copies

        def work(progress: Progress) -> None:
            def picture(index: int, scale: float) -> QImage:
                drawn = counsel.page_picture(made.pdf, index, scale)
                return to_image(drawn.width, drawn.height, drawn.pixels)

            printing.print_pages(target, made.pages, picture, progress, copies)

        self.context.background.run(
            work, what=self.context.say("Printing"), done=lambda _: self._printed(), failed=self._failed
        )

    def _printed(self) -> None:
        assert self.made is not None
        self._keep_after(How.PRINTED)
        text = self.context.words.count(
            "{number} page was sent to the printer.",
            "{number} pages were sent to the printer.",
            self.made.pages * self.copies,
        )
        self._told.put(Banner(Tone.DONE, text))

    def _save(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the PDF"))
        made = self.made
        if folder is None or made is None or not self._kept_first(How.SAVED):
            return
        self.context.background.run(
            lambda _progress: save(made.pdf, folder, self.paper.file_name),
            what=self.context.say("Saving"),
            done=self._saved,
            failed=self._failed,
        )

    def _saved(self, path: Path) -> None:
        self._keep_after(How.SAVED)
        self._told.put(Banner(Tone.DONE, self.context.say("Saved as {file}.", file=path.name)))

    def _kept_first(self, how: How) -> bool:
        """Whether the paper may leave: one that names somebody is written down before it does."""
        return not self.paper.names_somebody or self._keep(how)

    def _keep_after(self, how: How) -> None:
        if not self.paper.names_somebody:
            self._keep(how)

    def _keep(self, how: How) -> bool:
        assert self.made is not None
        try:
            if self.copies > 1 and how is How.PRINTED:
                self.paper.keep(how, self.made.pages, self.copies)
            else:
                self.paper.keep(how, self.made.pages)
        except FieldkitError as fault:
            self.context.show_error(fault)
            return False
        return True
