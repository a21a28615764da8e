"""The region of this post: who does what, step by step, definitions, moving freely, languages, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.ui.presenters.region import Item, RegionPage
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.content.regions import Region
    from fieldkit.ui.context import Context


class RegionScreen(Screen):
    """The region in force, or `region`: one of those that come with the program."""

    rail: str = "help"

    def __init__(self, context: Context, region: str = "") -> None:
        super().__init__(context)
        self.page = RegionPage(context.open_vault, context.words.tag)
        self.shown_region = self.page.find(region)
        self.told: tuple[Tone, str] | None = None

    @property
    def title(self) -> str:
        one = self.shown_region
        return self.page.name(one) if one is not None else self.context.say("Your region")

    def build(self) -> QWidget:
        if self.language_changed():
            self.page = RegionPage(self.context.open_vault, self.context.words.tag)
        parts: list[QWidget] = [Banner(*self.told)] if self.told else []
        if self.shown_region is not None:
            return column(*parts, *self._region(self.shown_region), self._others())
        told = self.context.say(
            "No region is in force here. A signed content pack from headquarters brings one; until then the steps "
            "for every place serve."
        )
        return column(*parts, Card(readable(words(told))), self._others())

    def main_action(self) -> Way | None:
        if self.shown_region is None or not self.page.may_print:
            return None
        return Way(self.context.say("Print this region"), self._print, "print")

    # Parts

    def _region(self, one: Region) -> list[QWidget]:
        page, text = self.page, self.page.said.text
        parts: list[QWidget] = [Banner(Tone.CAREFUL, note) for note in page.notes(one)]
        parts.append(Card(readable(words(page.text(one))), flow(*self._ways(one))))
        folds = [
            ("region/bodies", partial(self._items, page.bodies(one))),
            ("region/steps", partial(self._procedures, one)),
            ("region/definitions", partial(self._items, page.definitions(one))),
            ("region/movement", partial(self._items, page.movement(one))),
            ("region/languages", partial(self._lines, page.languages(one))),
            ("region/missing", partial(self._lines, page.missing(one))),
            ("source/legend", partial(self._lines, page.said.sources())),
        ]
        return [*parts, *(Fold(text(name), make) for name, make in folds)]

    def _items(self, items: Iterable[Item]) -> QWidget:
        card = Card()
        for item in items:
            if item.name:
                card.column.addWidget(readable(words(item.name, bold=True)))
            card.column.addWidget(readable(words(item.text)))
            tone = Tone.CAREFUL if item.expired else None
            if item.about:
                card.column.addWidget(readable(words(item.about, quiet=True, tone=tone)))
        return card

    def _procedures(self, one: Region) -> QWidget:
        held = self.page.procedures(one)
        if not held:
            return Card(
                readable(
                    words(self.context.say("No steps are written yet. The steps for every place serve."))
                )
            )
        return column(*(Fold(each.title, partial(self._items, each.steps)) for each in held), gap=8)

    def _lines(self, lines: Iterable[str]) -> QWidget:
        return Card(*(readable(words(f"• {line}")) for line in lines))

    def _ways(self, one: Region) -> list[QWidget]:
        say, page = self.context.say, self.page
        if not page.shows_sample(one):
            return []
        ways: list[QWidget] = []
        if page.may_choose and page.is_sample:
            ways.append(button(say("Use no region in this training vault"), partial(self._choose, "")))
        elif page.may_choose:
            ways.append(
                button(say("Use it in this training vault"), partial(self._choose, one.id), icon="check")
            )
        if page.may_begin:
            ways.append(
                button(say("Begin a content pack from it"), partial(self._begin, one.id), icon="folder")
            )
        return ways

    def _others(self) -> Card:
        say, shown = self.context.say, self.shown_region
        told = say("They come with the program, as samples for training and as a beginning for headquarters.")
        card = Card(words(say("Other regions"), Size.QUESTION, bold=True), readable(words(told)))
        for one in self.page.samples:
            if shown is None or one.id != shown.id:
                way = partial(self.context.go, "region", region=one.id)
                card.column.addWidget(row(button(self.page.name(one), way, icon="next", role="plain")))
        return card

    # What is done

    def _print(self) -> None:
        assert self.shown_region is not None, "offered only where a region is shown"
        paper = self.page.paper(self.shown_region)
        self.context.go("pages", paper=paper, title=self.title, rail="help")

    def _choose(self, name: str) -> None:
        say = self.context.say
        try:
            self.page.choose(name)
        except FieldkitError as fault:
            self.told = (Tone.CAREFUL, self.context.sentence(fault))
        else:
            done = (
                say("This vault for training now uses this region.")
                if name
                else say("No region is used now.")
            )
            self.told = (Tone.DONE, done)
            self.shown_region = self.page.find(name)
        self.show_again()

    def _begin(self, name: str) -> None:
        say = self.context.say
        folder = self.context.ask_folder(say("Empty folder for the new content"))
        if folder is None:
            return
        try:
            self.page.begin(name, folder)
        except FieldkitError as fault:
            self.told = (Tone.CAREFUL, self.context.sentence(fault))
        else:
            told = say(
                "The content is in the folder. Change it, let it be reviewed, and make a content pack of it."
            )
            self.told = (Tone.DONE, told)
        self.show_again()
