"""Interpreters by their code: languages, the signed undertaking; never a name (R-197)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from fieldkit.domain.access import Action
from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.autonyms import autonym
from fieldkit.languages.isolates import isolate
from fieldkit.languages.numbers import format_date
from fieldkit.services import interpreters
from fieldkit.services.interpreters import Told
from fieldkit.ui.presenters.pages import document_paper
from fieldkit.ui.screens.screen import Screen
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.autonyms import autonyms
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.interpreters import Interpreter
    from fieldkit.ui.context import Context


class InterpretersScreen(Screen):
    """Who interprets, and the undertaking to print, read aloud and sign."""

    rail: ClassVar[str] = "home"

    def __init__(self, context: Context, case: str = "") -> None:
        """With `case`, the person says of each whether they suit them (`interpreters`, rule 3)."""
        super().__init__(context)
        self.case = case
        self.code: Field | None = None
        self.languages: ChoiceGrid | None = None
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
        self._whole.put(*parts)

    def _card(self, one: Interpreter) -> Card:
        say, vault = self.context.say, self.context.open_vault
        card = Card(words(isolate(one.code), Size.QUESTION, bold=True), autonyms(one.languages))
        card.setAccessibleName(one.code)
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
        return card

    def _asked(self, one: Interpreter) -> QWidget:
        """The two questions before every talk, in one row of answers."""
        say = self.context.say
        told = say("Ask the person alone: may this interpreter help us, and do you not know each other?")
        yes = button(say("Yes to both"), partial(self._agreed, one, agreed=True), icon="check")
        no = button(say("No"), partial(self._agreed, one, agreed=False), icon="close")
        return column(readable(words(told)), flow(yes, no), gap=8)

    def _agreed(self, one: Interpreter, *, agreed: bool) -> None:
        say, vault = self.context.say, self.context.open_vault
        try:
            may = interpreters.record_agreed(vault, self.case, one.id, agreed=agreed, stranger=agreed)
        except FieldkitError as fault:
            self.context.show_error(fault)
            return
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
            Offered(one.name, autonym(one.name), one.name) for one in codebook.lists.get("languages", ())
        ]
        grid = self.languages = ChoiceGrid(
            offered, name=question, several=True, numbered=False, size=Size.TEXT, least=160
        )
        keep = button(say("Keep this"), self._add, role="main", icon="check")
        return Card(self.code, words(question), grid, flow(keep))

    def _add(self) -> None:
        code = self.code.value if self.code is not None else ""
        languages = self.languages.values if self.languages is not None else ()
        self._keep(Told(code, languages))

    def _signed(self, one: Interpreter) -> None:
        today = self.context.open_vault.world.today()
        self._keep(Told(one.code, one.languages, undertaking=today), one.id)

    def _stop(self, one: Interpreter) -> None:
        self._keep(Told(one.code, one.languages, stopped=True), one.id)

    def _keep(self, told: Told, interpreter: str = "") -> None:
        try:
            interpreters.keep(self.context.open_vault, told, interpreter)
        except FieldkitError as fault:
            self.context.show_error(fault)
            return
        self.context.saved()
        self._fill()
