"""Lines that leaflets need from this place: who to call, where, when, the country's phrases; until when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.isolates import isolate_numbers
from fieldkit.languages.numbers import format_date
from fieldkit.languages.typed_days import DAY_HINT, NO_DAY
from fieldkit.services.local_inserts import From, Insert, State
from fieldkit.ui.presenters.inserts import FROM_WORDS, STATE_WORDS, Inserts, Line
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.picker import Picker
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from datetime import date

    from fieldkit.ui.context import Context

CAREFUL = frozenset({State.EXPIRED, State.DIFFERS, State.ENDS_SOON, State.NEVER_CHECKED})


class InsertsScreen(Screen):
    """The list, or with `line` the page on which one line is written."""

    rail: str = "information"

    def __init__(self, context: Context, place: str = "", line: Line | None = None) -> None:
        super().__init__(context)
        self.presenter = Inserts(context.open_vault, context.words.tag, place)
        self.line = line
        self.fields: dict[str, Field] = {}

    @property
    def title(self) -> str:
        say = self.context.say
        return say("Lines that leaflets need") if self.line is None else self._name(self.line.name)

    def build(self) -> QWidget:
        if self.language_changed():
            self.presenter = Inserts(self.context.open_vault, self.context.words.tag, self.presenter.place)
        return self._list() if self.line is None else self._write(self.line)

    def main_action(self) -> Way | None:
        if self.line is None or not self.presenter.may_edit:
            return None
        return Way(self.context.say("Keep this line"), self._keep, "check")

    def shown(self) -> None:
        if self.line is not None:
            self.fields["text"].line.setFocus()

    # The list

    def _list(self) -> QWidget:
        say, page = self.context.say, self.presenter
        told = say(
            "Leaflets have gaps for phones, places and hours of this place. They are filled from the contacts, or "
            "from what you write here. A line that is past its day is never printed."
        )
        places = [("", page.vault.name), *((one.id, one.name) for one in page.places)]
        parts: list[QWidget] = [readable(words(told, quiet=True))]
        if len(places) > 1:
            parts.append(flow(Picker(say("Place"), places, page.place, self._go_to)))
        if page.may_edit:
            parts.append(Fold(say("Another place where this laptop works"), self._new_place))
        return column(*parts, self._sketch(), *(self._card(one) for one in page.lines))

    def _sketch(self) -> Card:
        """The way, drawn: the first of all, for it is looked for in one place."""
        say, page = self.context.say, self.presenter
        card = Card(words(say("Map sketch"), Size.QUESTION, bold=True))
        held = page.sketch
        if held is None:
            told = say("Nothing yet. A drawing of the way stands in the leaflets that say where help is.")
            card.column.addWidget(readable(words(told, quiet=True)))
        else:
            self._stands(card, held.says, held.state, held.comes_from, held.until)
            if not held.file:
                gone = say("The picture lies on another laptop. Draw it anew to print it from here.")
                card.column.addWidget(readable(words(gone, quiet=True)))
        if page.may_edit:
            draw = partial(self.context.go, "sketch", place=page.place)
            card.column.addWidget(flow(button(say("Draw the way"), draw, icon="form")))
        return card

    def _card(self, one: Insert) -> Card:
        page = self.presenter
        name = self._name(one.name)
        card = Card(words(name, Size.QUESTION, bold=True))
        card.setAccessibleName(name)
        self._stands(card, one.text, one.state, one.comes_from, one.until)
        if page.may_edit:
            card.column.addWidget(flow(*self._ways(one)))
        return card

    def _stands(self, card: Card, text: str, state: State, comes_from: From, until: date | None) -> None:
        """What stands there, how good it is, from where and until when."""
        say, tone = self.context.say, Tone.CAREFUL if state in CAREFUL else None
        if text:
            card.column.addWidget(words(isolate_numbers(text)))
        icon = "careful" if state in CAREFUL else "check" if state is State.GOOD else "note"
        card.column.addWidget(marked(icon, words(say(STATE_WORDS[state]), tone=tone), tone))
        said = [say(FROM_WORDS[comes_from])] if comes_from is not From.NOTHING else []
        if until is not None:
            said.append(say("printed until {day}", day=format_date(until, self.context.words.tag)))
        if said:
            card.column.addWidget(words(" · ".join(said), quiet=True))

    def _ways(self, one: Insert) -> list[QWidget]:
        say = self.context.say
        ways: list[QWidget] = [button(say("Write this line"), partial(self._open, one), icon="form")]
        if one.comes_from in (From.POST, From.PLACE):
            ways.append(
                button(say("Take away what was written"), partial(self._take_back, one), icon="remove")
            )
        return ways

    def _new_place(self) -> QWidget:
        say = self.context.say
        self.fields["place"] = Field(say("How people here call it"))
        return column(self.fields["place"], flow(button(say("Add this place"), self._add_place, icon="new")))

    # The page to write one

    def _write(self, line: Line) -> QWidget:
        say = self.context.say
        held = say(
            "It stands on paper for everybody to read. Write no name of a person, and no address that must "
            "stay secret."
        )
        text = Field(say("What stands in the line"), hint=held, value=line.text)
        text.line.textEdited.connect(partial(setattr, line, "text"))
        until = Field(
            say("The last day on which it may be printed"),
            hint=say(DAY_HINT),
            value=line.until,
        )
        until.line.textEdited.connect(partial(setattr, line, "until"))
        self.fields = {"text": text, "until": until}
        return column(Card(text, until))

    def _name(self, insert: str) -> str:
        say, page = self.context.say, self.presenter
        source, kind = page.name_of(insert)
        if not kind:
            return say(source)
        label = page.kind_label(kind)
        return say(source, what=say(kind) if label == kind else label)

    # What is done

    def _open(self, one: Insert) -> None:
        self.context.go("inserts", place=self.presenter.place, line=self.presenter.open(one))

    def _go_to(self, place: str) -> None:
        self.context.navigation.instead("inserts", place=place)

    def _add_place(self) -> None:
        try:
            self.presenter.add_place(self.fields["place"].value)
        except FieldkitError as fault:
            self.fields["place"].show_problem(self.context.sentence(fault))
            return
        self._go_to(self.presenter.place)

    @faults_are_told
    def _take_back(self, one: Insert) -> None:
        self.presenter.take_back(one)
        self.show_again()

    def _keep(self) -> None:
        line = self.line
        assert line is not None, "the button stands on the page of a line"
        for field in self.fields.values():
            field.show_problem("")
        if self.presenter.day_is_wrong(line):
            told = self.context.say(NO_DAY)
            self.fields["until"].show_problem(told)
            return
        try:
            self.presenter.keep(line)
        except FieldkitError as fault:
            name = "until" if fault.code in ("inserts.no_day", "inserts.past_day") else "text"
            self.fields[name].show_problem(self.context.sentence(fault))
            return
        self.context.back()
        self.context.saved()
