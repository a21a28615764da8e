"""Interpreters by their code: languages, the signed undertaking, training; never a name (R-197)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.access import Action
from fieldkit.languages import catalogues
from fieldkit.languages.autonyms import autonym, language
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date, format_number
from fieldkit.languages.typed_days import DAY_HINT, MAY_BE_EMPTY, NO_DAY_NOR_EMPTY, as_typed, read_day
from fieldkit.services import interpreter_pool, interpreters
from fieldkit.services.interpreters import LEVELS, Told, as_told
from fieldkit.ui.presenters.pages import document_paper
from fieldkit.ui.screens.screen import Screen, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.autonyms import autonyms
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.content.interpreters import Pooled
    from fieldkit.services.interpreters import Interpreter
    from fieldkit.ui.context import Context


LEVEL_WORDS = {"some": mark("A little"), "well": mark("Well"), "first": mark("Like a first language")}


class InterpretersScreen(Screen):
    """Who interprets, and the undertaking to print, read aloud and sign; how often nobody suitable was there."""

    rail: str = "home"

    def __init__(self, context: Context, case: str = "") -> None:
        """With `case`, the person says of each whether they suit them (`interpreters`, rule 3)."""
        super().__init__(context)
        self.case = case
        self.code: Field | None = None
        self.languages: ChoiceGrid | None = None
        self.levels: dict[str, ChoiceGrid] = {}
        self.said: tuple[Field, Field, Field] | None = None
        self.reach: Field | None = None
        self._whole = Holder()

    @property
    def title(self) -> str:
        return self.context.say("Interpreters")

    def build(self) -> QWidget:
        self._whole = Holder()
        content = column(self._whole)
        self._fill()
        return content

    def _fill(self, said: str = "") -> None:
        say, vault = self.context.say, self.context.open_vault
        told = say("Here stands a code and no name. The name stands on the signed paper in your folder.")
        held = [self._card(one) for one in interpreters.interpreters(vault) if not one.stopped]
        empty = Card(
            EmptyState(
                say("Nobody is in the list yet."),
                say("Print the undertaking, read it aloud, let it be signed; then write down the code."),
            )
        )
        heard = [Banner(Tone.DONE, said)] if said else []
        parts: list[QWidget] = [readable(words(told, quiet=True)), *heard, *(held or [empty])]
        if vault.may(Action.KEEP_INTERPRETERS):
            parts += [self._papers(), Fold(say("Add an interpreter"), self._form)]
            if not self.case:
                parts += [
                    self._missing(),
                    Fold(say("Interpreters of other posts"), self._others),
                    Fold(say("How other posts reach you for an interpreter"), self._reached),
                ]
        self._whole.put(*parts)

    def _card(self, one: Interpreter) -> Card:
        say, vault = self.context.say, self.context.open_vault
        card = Card(words(isolate(one.code), Size.QUESTION, bold=True), autonyms(one.languages))
        card.setAccessibleName(one.code)
        if rows := self._told(one):
            card.column.addWidget(facts(rows, share=3))
        if one.undertaking:
            day = format_date(one.undertaking, self.context.words.tag)
            card.column.addWidget(marked("done", words(say("Undertaking signed on {day}", day=day))))
        else:
            missing = words(
                say("The undertaking is not signed. Private questions stay closed."), tone=Tone.CAREFUL
            )
            card.column.addWidget(marked("careful", readable(missing), Tone.CAREFUL))
        if self.case and one.may_be_chosen and vault.may(Action.INTERVIEW):
            card.column.addWidget(self._asked(one))
        if not self.case and vault.may(Action.KEEP_INTERPRETERS):
            ways = [button(say("Not called any more"), partial(self._stop, one), icon="close", role="plain")]
            if not one.undertaking:
                ways.insert(0, button(say("It was signed today"), partial(self._signed, one), icon="check"))
            card.column.addWidget(flow(*ways))
            card.column.addWidget(Fold(say("Levels, dialects, training"), partial(self._more, one)))
        return card

    def _told(self, one: Interpreter) -> list[tuple[str, str]]:
        """What the interpreter says of themselves."""
        say = self.context.say
        levels = [
            f"{self._name(tag)}: {say(LEVEL_WORDS[one.levels[tag]])}"
            for tag in one.languages
            if tag in one.levels
        ]
        trained = isolate_words(one.training)
        if one.training and one.trained_on:
            day = format_date(one.trained_on, self.context.words.tag)
            trained = say("{what}, {day}", what=trained, day=day)
        rows = [
            (say("Level, as they say"), " · ".join(levels)),
            (say("Dialects"), isolate_words(one.dialects)),
            (say("Training"), trained),
        ]
        return [(name, text) for name, text in rows if text.strip("\u2066\u2067\u2068\u2069")]

    def _more(self, one: Interpreter) -> QWidget:
        """The form for what they say of themselves; nobody here examines anybody."""
        say = self.context.say
        parts: list[QWidget] = [readable(words(say("Write down what they say themselves."), quiet=True))]
        self.levels = {}
        for tag in one.languages:
            grid = self.levels[tag] = ChoiceGrid(
                [Offered(level, say(LEVEL_WORDS[level])) for level in LEVELS],
                name=self._name(tag),
                numbered=False,
                size=Size.TEXT,
                least=160,
            )
            grid.choose(one.levels.get(tag, ""))
            parts += [words(self._name(tag), Size.QUESTION), grid]
        self.said = (
            Field(
                say("Dialects"),
                hint=say("Such as the name of a dialect. It can stay empty."),
                value=one.dialects,
            ),
            Field(say("Training"), hint=say("What it was about. It can stay empty."), value=one.training),
            Field(
                say("Day of the training"),
                hint=f"{say(DAY_HINT)} {say(MAY_BE_EMPTY)}",
                value=as_typed(one.trained_on),
            ),
        )
        keep = button(say("Keep this"), partial(self._keep_more, one), icon="check")
        return column(*parts, *self.said, flow(keep))

    def _keep_more(self, one: Interpreter) -> None:
        assert self.said is not None
        dialects, training, written = (field.value for field in self.said)
        day = read_day(written)
        if written.strip() and day is None:
            self.said[2].show_problem(self.context.say(NO_DAY_NOR_EMPTY))
            return
        levels = {tag: grid.values[0] for tag, grid in self.levels.items() if grid.values}
        told = replace(as_told(one), levels=levels, dialects=dialects, training=training, trained_on=day)
        self._keep(told, one.id)

    # Who was missing, and other posts

    def _missing(self) -> Card:
        say, tag = self.context.say, self.context.words.tag
        card = Card(words(say("Talks without a suitable interpreter"), Size.QUESTION, bold=True))
        rows = [
            (
                self._name(language),
                say(
                    "{missing} of {all} talks",
                    missing=format_number(missing, tag),
                    all=format_number(whole, tag),
                ),
            )
            for language, (missing, whole) in interpreters.missing(self.context.open_vault).items()
            if missing
        ]
        told = say(
            "A companion, a child or another arrival interpreted, or somebody whom the person did not want. "
            "Private questions waited."
        )
        none = say("None was written down. That does not mean that there was none.")
        card.column.addWidget(readable(words(told if rows else none, quiet=True)))
        if rows:
            card.column.addWidget(facts(rows, share=3))
        return card

    def _others(self) -> QWidget:
        say = self.context.say
        held = interpreter_pool.of_other_posts(self.context.open_vault)
        if not held:
            told = say("No list of other posts came with a pack yet. Headquarters can make one.")
            return Card(readable(words(told, quiet=True)))
        return column(*(self._other(one) for one in held))

    def _other(self, one: Pooled) -> Card:
        say = self.context.say
        rows = [
            (say("Office"), isolate_words(one.office)),
            (say("How to reach the office"), isolate(one.reach)),
        ]
        card = Card(
            words(isolate(one.code), Size.QUESTION, bold=True), autonyms(one.languages), facts(rows, share=3)
        )
        card.setAccessibleName(one.code)
        return card

    def _reached(self) -> QWidget:
        say, vault = self.context.say, self.context.open_vault
        hint = say(
            "The number of your office, nobody's own. It goes to headquarters, and from there to other posts."
        )
        self.reach = Field(say("How to reach the office"), hint=hint, value=interpreter_pool.reach(vault))
        return Card(self.reach, flow(button(say("Keep this"), self._keep_reach, icon="check")))

    @faults_are_told
    def _keep_reach(self) -> None:
        assert self.reach is not None
        interpreter_pool.set_reach(self.context.open_vault, self.reach.value)
        self.context.saved()
        self._fill(self.context.say("It is written down."))

    def _asked(self, one: Interpreter) -> QWidget:
        """The two questions before every talk, in one row of answers."""
        say = self.context.say
        told = say("Ask the person alone: may this interpreter help us, and do you not know each other?")
        yes = button(say("Yes to both"), partial(self._agreed, one, agreed=True), icon="check")
        no = button(say("No"), partial(self._agreed, one, agreed=False), icon="close")
        return column(readable(words(told)), flow(yes, no), gap=8)

    @faults_are_told
    def _agreed(self, one: Interpreter, *, agreed: bool) -> None:
        say, vault = self.context.say, self.context.open_vault
        may = interpreters.record_agreed(vault, self.case, one.id, agreed=agreed, stranger=agreed)
        self.context.saved()
        self._fill(
            say("{code} may interpret for this talk.", code=one.code)
            if may
            else say("{code} does not interpret for this person. Nobody asks why.", code=one.code)
        )

    def _papers(self) -> Card:
        say = self.context.say
        print_it = button(say("Print the undertaking"), self._print, icon="print")
        return Card(words(say("Undertaking of confidentiality"), Size.QUESTION, bold=True), flow(print_it))

    def _print(self) -> None:
        vault, tag = self.context.open_vault, self.context.words.tag
        paper = document_paper(vault, "undertaking", tag, lambda: interpreters.undertaking(vault, (tag,)))
        self.context.go(
            "pages", paper=paper, title=self.context.say("Undertaking of confidentiality"), rail="home"
        )

    def _form(self) -> QWidget:
        say, codebook = self.context.say, self.context.open_vault.codebook
        self.code = Field(say("Code"), hint=say("Such as I-07. Write no name."))
        question = say("Which languages?")
        offered = [
            Offered(one.name, self._name(one.name), one.name) for one in codebook.lists.get("languages", ())
        ]
        grid = self.languages = ChoiceGrid(
            offered, name=question, several=True, numbered=False, size=Size.TEXT, least=160
        )
        keep = button(say("Keep this"), self._add, role="main", icon="check")
        return Card(self.code, words(question), grid, flow(keep))

    def _name(self, tag: str) -> str:
        """A language by its own name, else by that of the codebook: never by its code."""
        if language(tag) is not None:
            return autonym(tag)
        words = catalogues.load(self.context.words.tag, "codebook")
        return self.context.open_vault.codebook.choice_label("languages", tag, words)

    def _add(self) -> None:
        code = self.code.value if self.code is not None else ""
        languages = self.languages.values if self.languages is not None else ()
        self._keep(Told(code, languages))

    def _signed(self, one: Interpreter) -> None:
        self._keep(replace(as_told(one), undertaking=self.context.open_vault.world.today()), one.id)

    def _stop(self, one: Interpreter) -> None:
        self._keep(replace(as_told(one), stopped=True), one.id)

    @faults_are_told
    def _keep(self, told: Told, interpreter: str = "") -> None:
        interpreters.keep(self.context.open_vault, told, interpreter)
        self.context.saved()
        self._fill()
