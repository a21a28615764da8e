"""Help: the booklet for officials, the keys, how the window looks, and what fieldkit is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from fieldkit import __version__
from fieldkit.domain.access import Action
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date
from fieldkit.services.door import Desk, vault_there
from fieldkit.ui import theme
from fieldkit.ui.actions import COMMANDS, key_words
from fieldkit.ui.screens.screen import Do, Screen, Way
from fieldkit.ui.settings import NAMES
from fieldkit.ui.tokens import SCALE_LEAST, SCALE_MOST, Appearance, Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.text import readable, words, words_in

if TYPE_CHECKING:
    from fieldkit.services.vault import OpenVault
    from fieldkit.ui.context import Context
    from fieldkit.ui.screens.booklet_page import BookletView

APPEARANCE_WORDS: dict[Appearance, str] = {
    Appearance.LIGHT: mark("Light"),
    Appearance.DARK: mark("Dark"),
    Appearance.HIGH_CONTRAST: mark("High contrast"),
}

IS_NOT: tuple[str, ...] = (
    mark("It does not decide who is a refugee, who is believed, or who may stay. People decide."),
    mark("It gives nobody a score and orders nobody by risk. It says: refer to, needs, screen again."),
    mark("It takes no photographs of faces, no fingerprints and no recordings of people."),
    mark("It does not connect to any network. What leaves this laptop leaves as a sealed file, on a stick."),
    mark("It is no lawyer. Texts on law say who has read them, or that nobody has."),
)


class HelpScreen(Screen):
    """Also there before anybody is signed in. With a `paragraph` it is the booklet, opened there (R-155, R-156)."""

    def __init__(self, context: Context, paragraph: str = "") -> None:
        super().__init__(context)
        self._paragraph = paragraph
        self.booklet: BookletView | None = None

    @property
    def title(self) -> str:
        return self.context.say("Booklet for officials") if self._paragraph else self.context.say("Help")

    def build(self) -> QWidget:
        if self._paragraph:
            from fieldkit.ui.screens.booklet_page import BookletView  # noqa: PLC0415 (loads when it is opened)

            self.booklet = BookletView(self.context, self._paragraph)
            return self.booklet.build()
        danger = self._in_danger()
        return column(self._guides(), *self._settings(), self._keys(), self._look(), *danger, self._is_not())

    def main_action(self) -> Way | None:
        if self.booklet is None or not self.booklet.page.may_print:
            return None
        return Way(self.context.say("Print the booklet"), self._print, "print")

    def other_actions(self) -> tuple[Way, ...]:
        if not self._paragraph:
            return ()
        say = self.context.say
        keys = Way(say("Keys and settings"), partial(self.context.go, "help"), "keyboard")
        if self.main_action() is None:
            return (keys,)
        return (keys, Way(say("Print it to be folded"), self._print_folded, "print"))

    def commands(self) -> Mapping[str, Do]:
        printing = {"print": self._print} if self.main_action() is not None else {}
        here = {} if self._paragraph else {"help": self._open_booklet}
        return {**printing, **here}

    def _guides(self) -> Card:
        say = self.context.say
        told = say(
            "What you do and never do, for every situation at the border. F1 opens it at the right place."
        )
        ways = [
            button(say("Open the booklet"), self._open_booklet, icon="list"),
            button(say("Words and what they mean"), partial(self.context.go, "terms"), icon="search"),
        ]
        if self.context.vault is not None:
            ways.append(button(say("Your region"), partial(self.context.go, "region"), icon="folder"))
            if self.context.vault.may(Action.LEARN):
                ways.append(
                    button(say("Learn by modules"), partial(self.context.go, "learning"), icon="form")
                )
        return Card(
            words(say("Booklet for officials"), Size.QUESTION, bold=True), readable(words(told)), flow(*ways)
        )

    def _open_booklet(self) -> None:
        self.context.go("help", paragraph="how_to_use")

    def _print_folded(self) -> None:
        assert self.booklet is not None, "only the booklet is printed here"
        page = self.booklet.page
        notes = [
            self.context.say("Print on both sides, turned over the short edge, and fold the sheets together.")
        ]
        self.context.go(
            "pages", paper=page.folded_paper(), title=page.booklet.title, rail="help", notes=notes
        )

    def _print(self) -> None:
        assert self.booklet is not None, "only the booklet is printed here"
        page = self.booklet.page
        self.context.go("pages", paper=page.paper(), title=page.booklet.title, rail="help")

    def _settings(self) -> list[QWidget]:
        """For somebody who is signed in: what locks and covers, and when; their phrase, and other people's."""
        say, vault = self.context.say, self.context.vault
        if vault is None:
            return []
        ways = [
            button(say("Cover and lock"), self._to_settings, icon="lock"),
            button(say("Change my phrase"), partial(self.context.go, "phrase"), icon="key"),
        ]
        if vault.desk is Desk.POST:
            who = partial(self.context.go, "sealed_readers")
            ways.append(button(say("Who reads what is sealed"), who, icon="key"))
        if vault.may(Action.MANAGE_PEOPLE):
            ways.append(button(say("Accounts"), partial(self.context.go, "accounts"), icon="people"))
        return [flow(*ways)]

    def _in_danger(self) -> list[QWidget]:
        """Also before sign-in: who is in danger may have no minute."""
        say = self.context.say
        if not vault_there(self.context.folder):
            return []
        told = say("If people are in danger because of what is on this laptop, its vault can be destroyed.")
        way = button(
            say("Destroy the vault of this laptop"),
            partial(self.context.go, "wipe"),
            icon="remove",
            role="plain",
        )
        return [Card(words(say("In danger"), Size.QUESTION, bold=True), readable(words(told)), flow(way))]

    def _to_settings(self) -> None:
        self.context.go("settings")

    def _keys(self) -> Card:
        say = self.context.say
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(24))
        grid.setVerticalSpacing(theme.current().px(8))
        grid.setColumnStretch(1, 1)
        for place, command in enumerate(COMMANDS):
            keys = words_in(key_words(command, theme.current().mirrored), "en", bold=True, wrap=False)
            grid.addWidget(keys, place, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(words(say(command.text)), place, 1)
        card = Card(words(say("Keys"), Size.QUESTION, bold=True))
        card.column.addLayout(grid)
        return card

    def _look(self) -> Card:
        say = self.context.say
        settings = self.context.settings
        colours = ChoiceGrid(
            [Offered(one.value, say(APPEARANCE_WORDS[one])) for one in Appearance],
            name=say(NAMES["appearance"]),
            numbered=False,
            least=180,
            most=3,
        )
        colours.choose(settings.appearance.value)
        colours.chosen.connect(self._use_colours)
        smaller = button(say("Smaller text"), lambda: self.context.use_scale(-1), icon="remove")
        larger = button(say("Larger text"), lambda: self.context.use_scale(1), icon="new")
        smaller.setEnabled(settings.scale > SCALE_LEAST)
        larger.setEnabled(settings.scale < SCALE_MOST)
        size = words(say("Text size: {scale} %", scale=settings.scale))
        return Card(
            words(say(NAMES["appearance"]), Size.QUESTION, bold=True), colours, size, flow(smaller, larger)
        )

    def _is_not(self) -> Card:
        say = self.context.say
        card = Card(words(say("What fieldkit is not"), Size.QUESTION, bold=True))
        for line in IS_NOT:
            card.column.addWidget(readable(words(say(line))))
        card.column.addWidget(words(say("fieldkit {version}", version=__version__), quiet=True))
        if self.context.vault is not None:
            card.column.addWidget(words(self._codebook(self.context.vault), quiet=True))
        return card

    def _codebook(self, vault: OpenVault) -> str:
        """Which words and categories this laptop knows: one that another laptop wrote may be newer."""
        from fieldkit.services.about import about  # noqa: PLC0415 (not needed before somebody is in)

        held = about(vault)
        day = format_date(held.codebook_day, self.context.words.tag)
        return self.context.say("Codebook {number} of {day}", number=held.codebook, day=day)

    def _use_colours(self, values: tuple[str, ...]) -> None:
        settings = replace(self.context.settings, appearance=Appearance(values[0]))
        self.context.change(settings)
