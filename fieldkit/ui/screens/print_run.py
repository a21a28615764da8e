"""Many leaflets at once: these leaflets in these languages, so many copies each; paused and gone on with."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.autonyms import autonym
from fieldkit.ui import printing
from fieldkit.ui.background import Cancelled
from fieldkit.ui.presenters.print_run import PrintRun
from fieldkit.ui.run_printer import ToPrinter
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button, turning
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.number_box import number_box
from fieldkit.ui.widgets.picker import Picker
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldkit.services.print_runs import Run
    from fieldkit.ui.context import Context

MOST_COPIES = 500


class PrintRunScreen(Screen):
    """What is left of an earlier run stands first; otherwise the choice, and what will come out of it."""

    rail: str = "information"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = PrintRun(context.open_vault, context.words.tag, ToPrinter)
        self.printers = printing.printers()
        self.grids: dict[str, ChoiceGrid] = {}
        self.told: tuple[Tone, str] | None = None
        self._picked = self.printers[0] if self.printers else ""
        self._comes = Holder()

    @property
    def title(self) -> str:
        return self.context.say("Print many at once")

    def build(self) -> QWidget:
        told = [Banner(*self.told)] if self.told else []
        if self.presenter.held is not None:
            return column(*told, self._left(self.presenter.held))
        return column(*told, *self._over(), *self._choice())

    def main_action(self) -> Way | None:
        say, page = self.context.say, self.presenter
        if page.held is not None:
            return Way(say("Go on"), self._go_on, "next")
        why = say("Choose leaflets and languages first.")
        ready = bool(page.plan().items)
        if self.printers:
            return Way(say("Print them"), self._print, "print", enabled=ready, why_not=why)
        return Way(say("Save them as files"), self._save, "folder", enabled=ready, why_not=why)

    def other_actions(self) -> tuple[Way, ...]:
        if self.presenter.held is not None or not self.printers:
            return ()
        ready = bool(self.presenter.plan().items)
        return (Way(self.context.say("Save them as files"), self._save, "folder", enabled=ready),)

    # What is left of a run

    def _left(self, run: Run) -> Card:
        say = self.context.say
        told = say(
            "{done} of {whole} leaflets are finished. The others wait here, also when the laptop was switched off.",
            done=run.done,
            whole=len(run.items),
        )
        where = say("They go to: {where}", where=run.where)
        give_up = button(say("Give up the rest"), self._give_up, icon="close")
        return Card(words(told, Size.QUESTION), readable(words(where, quiet=True)), flow(give_up))

    def _over(self) -> list[QWidget]:
        run = self.presenter.over
        if run is None:
            return []
        say = self.context.say
        told = self.context.words.count(
            "{number} leaflet is finished.", "{number} leaflets are finished.", run.made
        )
        parts: list[QWidget] = [Banner(Tone.DONE, told)]
        for place, (code, data) in run.failed.items():
            leaflet, tag = run.items[place]
            sentence = self.context.sentence(FieldkitError(code, **data))
            name = say("{leaflet} in {language}:", leaflet=leaflet, language=autonym(tag))
            parts.append(Banner(Tone.CAREFUL, f"{name} {sentence}"))
        return parts

    # The choice

    def _choice(self) -> list[QWidget]:
        say, page = self.context.say, self.presenter
        leaflets = [Offered(one, f"{one} · {title}") for one, title in page.offered]
        languages = [Offered(tag, name, tag=tag) for tag, name in page.tags]
        self.grids = {
            "leaflets": self._grid("leaflets", say("Which leaflets?"), leaflets, 300),
            "languages": self._grid("languages", say("In which languages?"), languages, 180),
        }
        self._comes = Holder()
        cards = [
            Card(words(grid.accessibleName(), Size.QUESTION), grid)
            for grid in (self.grids["languages"], self.grids["leaflets"])
        ]
        return [Card(self._paper(), self._comes), *cards]

    def _grid(self, name: str, question: str, offered: list[Offered], least: int) -> ChoiceGrid:
        grid = ChoiceGrid(offered, name=question, several=True, numbered=False, size=Size.TEXT, least=least)
        grid.choose(*getattr(self.presenter, name))
        grid.chosen.connect(partial(self._chosen, name))
        return grid

    def _paper(self) -> QWidget:
        say, page = self.context.say, self.presenter
        large = turning(say("Large print"))
        large.setChecked(page.large)
        large.toggled.connect(partial(setattr, page, "large"))
        parts: list[QWidget] = [
            number_box(say("Copies of each"), page.copies, MOST_COPIES, partial(setattr, page, "copies")),
            large,
        ]
        if page.places:
            places = [("", page.vault.name), *((one.id, one.name) for one in page.places)]
            parts.append(Picker(say("Place"), places, page.place, partial(setattr, page, "place")))
        if len(self.printers) > 1:
            printers = [(one, one) for one in self.printers]
            parts.append(Picker(say("Printer"), printers, self._picked, partial(setattr, self, "_picked")))
        return flow(*parts, gap=16)

    def _chosen(self, name: str, values: tuple[str, ...]) -> None:
        setattr(self.presenter, name, values)
        plan = self.presenter.plan()
        parts: list[QWidget] = []
        if plan.items:
            told = self.context.words.count(
                "{number} leaflet comes out.", "{number} leaflets come out.", len(plan.items)
            )
            parts.append(words(told, Size.QUESTION))
        if plan.without:
            missing = ", ".join(f"{leaflet} ({autonym(tag)})" for leaflet, tag in plan.without)
            told = self.context.say("Without text, so they are left out: {missing}", missing=missing)
            parts.append(readable(words(told, quiet=True)))
        self._comes.put(*parts)
        self.context.refresh()

    # What is done

    def _print(self) -> None:
        self._begin(lambda: self.presenter.begin_printing(self._picked))

    def _save(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the leaflets"))
        if folder is not None:
            self._begin(lambda: self.presenter.begin_files(folder))

    def _begin(self, begin: Callable[[], None]) -> None:
        try:
            begin()
        except FieldkitError as fault:
            self.told = (Tone.CAREFUL, self.context.sentence(fault))
            self.show_again()
            return
        self._go_on()

    def _go_on(self) -> None:
        self.told = None
        self.context.background.run(
            self.presenter.go_on,
            what=self.context.say("Making the leaflets. Cancel pauses; the rest waits."),
            done=self._ended,
            failed=self._stopped,
        )

    def _ended(self, run: Run) -> None:
        self.presenter.ended(run)
        self.show_again()

    def _stopped(self, fault: Exception) -> None:
        self.presenter.read()
        paused = self.context.say("Paused. What is finished is finished; the rest waits.")
        sentence = self.context.sentence(fault)
        self.told = (Tone.NOTE, paused) if isinstance(fault, Cancelled) else (Tone.CAREFUL, sentence)
        self.show_again()

    def _give_up(self) -> None:
        self.presenter.give_up()
        self.told = (Tone.NOTE, self.context.say("The rest was given up. What came out stays."))
        self.show_again()
