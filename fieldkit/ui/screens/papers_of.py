"""Papers for one person: made, printed again, called back. "Is it safe to carry this?" comes first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.numbers import format_date
from fieldkit.services.civil_sheets import THE_PERSON
from fieldkit.services.issued import FOR_REGISTRY, Gone, PaperKind, Wish
from fieldkit.ui.presenters.papers_of import GONE_WORDS, KIND_WORDS, MADE_HERE, PapersOf, issued_paper
from fieldkit.ui.screens.filled import FilledScreen
from fieldkit.ui.screens.screen import faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words
from fieldkit.ui.widgets.text_box import TextBox

if TYPE_CHECKING:
    from fieldkit.services.issued import Issued
    from fieldkit.ui.context import Context

YES, NO = "yes", "no"


class PapersOfScreen(FilledScreen):
    """What was made stands on top; below it what can be made."""

    rail: str = "home"

    def __init__(self, context: Context, case: str) -> None:
        super().__init__(context)
        self.presenter = PapersOf(context.open_vault, case, context.words)
        self.kinds: ChoiceGrid | None = None
        self.carry: ChoiceGrid | None = None
        self.services: ChoiceGrid | None = None
        self.abouts: ChoiceGrid | None = None
        self.fields: dict[str, Field] = {}
        self.lines: TextBox | None = None
        self._place = Holder()

    @property
    def title(self) -> str:
        return self.context.say("Papers for the person")

    def _read_again(self) -> None:
        page = self.presenter
        self.presenter = PapersOf(page.vault, page.case, self.context.words)

    def _fill(self, told: str = "") -> None:
        say, page = self.context.say, self.presenter
        self._place = Holder()
        number = words(say("Number {number}", number=page.number), Size.QUESTION, bold=True)
        done = [Banner(Tone.DONE, told)] if told else []
        made = [self._made(one) for one in page.papers] or [self._none()]
        self._whole.put(number, *done, *made, *self._make(), *self._allow())

    def _none(self) -> Card:
        say = self.context.say
        return Card(
            EmptyState(say("No paper was made yet."), say("Choose below which one the person needs."))
        )

    # What was made

    def _made(self, one: Issued) -> Card:
        say, place = self.context.say, Holder()
        tag = self.context.words.tag
        line = say("{day}: {what}", day=format_date(one.day[:10], tag), what=say(KIND_WORDS[one.kind]))
        card = Card(words(line, bold=True))
        if one.gone:
            told = say("Called back: {why}", why=say(GONE_WORDS[one.gone]))
            card.column.addWidget(marked("stop", words(told)))
            return card
        if one.valid:
            until = say("Valid until {day}", day=format_date(one.valid, tag))
            card.column.addWidget(words(until))
        if self.presenter.may_make:
            again = button(say("Print again"), partial(self._again, one, place), icon="print")
            back = button(say("Call it back"), partial(self._ask_back, one, place), role="plain")
            card.column.addWidget(flow(again, back))
            card.column.addWidget(place)
        return card

    def _again(self, one: Issued, place: Holder) -> None:
        if not self.presenter.is_carried(one.kind):
            self._show(one.document, safe=False)
            return
        self._ask_carry(place, lambda: self._show(one.document, safe=True))

    def _ask_back(self, one: Issued, place: Holder) -> None:
        say = self.context.say
        question = say("Why is it called back?")
        chosen = (Gone.LOST, Gone.ENDED, Gone.MISTAKE)
        grid = self._grid(question, [(gone.value, say(GONE_WORDS[gone])) for gone in chosen])

        def keep(reason: str) -> None:
            because = Gone(grid.values[0]) if grid.values else Gone.ENDED
            self._did(
                lambda: self.presenter.call_back(one.document, because, reason), say("It is called back.")
            )

        place.put(words(question, Size.QUESTION), grid, self._reason(say("Call it back"), keep, place))
        bring_into_view(place)

    # What can be made

    def _make(self) -> list[QWidget]:
        say, page = self.context.say, self.presenter
        if not page.may_make:
            return []
        question = say("Which paper?")
        self.kinds = self._grid(question, [(kind.value, say(KIND_WORDS[kind])) for kind in MADE_HERE])
        self.kinds.chosen.connect(lambda values: self._chosen(PaperKind(values[0])))
        return [Card(words(say("Make a paper"), Size.QUESTION, bold=True), self.kinds, self._place)]

    def _chosen(self, kind: PaperKind) -> None:
        if kind in FOR_REGISTRY and not self.presenter.abouts(kind):
            self._place.put(marked("note", readable(words(self._nobody_died()))))
            return
        parts = self._asked(kind)
        if self.presenter.is_carried(kind):
            place = Holder()
            self._place.put(*parts, place)
            self._ask_carry(place, partial(self._issue, kind, safe=True))
        else:
            make = button(self.context.say("Make this paper"), partial(self._issue, kind), role="main")
            self._place.put(*parts, flow(make))
        bring_into_view(self._place)

    def _asked(self, kind: PaperKind) -> list[QWidget]:
        say, page = self.context.say, self.presenter
        if kind is PaperKind.REGISTRATION and page.allowed is None:
            told = say(
                "Nobody allows this paper here yet. Whoever looks after the laptop writes down who does."
            )
            return [marked("careful", readable(words(told)), Tone.CAREFUL)]
        if kind is PaperKind.KEPT:
            hint = say("A line for each: what it is, its number.")
            self.lines = TextBox(say("Which papers are kept?"), hint=hint)
            return [self.lines]
        if kind is PaperKind.ATTENDANCE:
            hint = say("Like 09:30")
            self.fields = {
                "begin": Field(say("From"), hint=hint),
                "end": Field(say("Until"), hint=hint),
            }
            return list(self.fields.values())
        if kind in FOR_REGISTRY:
            return self._ask_about(kind)
        if kind is PaperKind.HAND_OVER:
            question = say("Who takes over?")
            self.services = self._grid(question, [(one.id, one.name) for one in page.services()])
            return [words(question), self.services]
        return []

    def _ask_about(self, kind: PaperKind) -> list[QWidget]:
        """Whom a sheet for a registry is about; one who is alone is chosen."""
        say, offered = self.context.say, self.presenter.abouts(kind)
        question = say("Whom is the sheet about?")
        nameless = {THE_PERSON: say("The person of this case")}
        shown = [(one.key, one.name or nameless.get(one.key, say("No name was told"))) for one in offered]
        self.abouts = self._grid(question, shown)
        if len(shown) == 1:
            self.abouts.choose(shown[0][0])
        told = say("Names stand on this sheet, and empty lines for what is not known. Countries do not.")
        return [words(question), self.abouts, readable(words(told, quiet=True))]

    def _nobody_died(self) -> str:
        return self.context.say(
            "Nobody who died or is missing can stand on this sheet: nobody told of them here, or who receives the "
            "sheet may not be told. Lead the talk about people who died or are missing, and ask who may be told."
        )

    def _ask_carry(self, place: Holder, go_on: Callable[[], object]) -> None:
        say = self.context.say
        question = say("Is it safe for the person to carry this paper?")
        offered = [(YES, say("Yes")), (NO, say("No, or not sure"))]
        self.carry = grid = self._grid(question, offered)

        def said(values: tuple[str, ...]) -> None:
            if values[0] == YES:
                go_on()
            else:
                place.put(readable(words(say("Then no paper is printed. Tell the number instead."))))

        grid.chosen.connect(said)
        hint = say("Others may search for it or read it: family, smugglers, authorities. Ask the person.")
        place.put(words(question, Size.QUESTION), readable(words(hint, quiet=True)), grid)
        bring_into_view(place)

    @faults_are_told
    def _issue(self, kind: PaperKind, *, safe: bool = False) -> None:
        hours = {name: field.value.strip() for name, field in self.fields.items()}
        wish = Wish(
            kind,
            self.presenter.languages,
            safe,
            lines=tuple(self.lines.value.splitlines()) if self.lines is not None else (),
            begin=hours.get("begin", ""),
            end=hours.get("end", ""),
            service=self.services.values[0] if self.services is not None and self.services.values else "",
            about=self.abouts.values[0] if self.abouts is not None and self.abouts.values else "",
        )
        document = self.presenter.issue(wish)
        self.context.saved()
        self._fill()
        self._show(document, safe=safe)

    def _show(self, document: str, *, safe: bool) -> None:
        page = self.presenter
        paper = issued_paper(page.vault, page.case, document, page.languages[0], safe=safe)
        self.context.go("pages", paper=paper, title=self.context.say("Paper"), rail="home")

    # Who allows it

    def _allow(self) -> list[QWidget]:
        say, page = self.context.say, self.presenter
        if not page.may_allow:
            return []
        return [Fold(say("Who allows proofs of registration"), self._allow_form)]

    def _allow_form(self) -> QWidget:
        say, held = self.context.say, self.presenter.allowed
        by = Field(say("Which authority allows it?"), value=held.by if held else "")
        days = Field(say("For how many days is a paper valid?"), value=str(held.days) if held else "")
        keep = button(
            say("Keep this"),
            lambda: self._did(lambda: self.presenter.allow(by.value, days.value), say("It is written down.")),
            icon="check",
        )
        return Card(by, days, flow(keep))

    # Small parts

    def _grid(self, question: str, offered: list[tuple[str, str]]) -> ChoiceGrid:
        made = [Offered(value, isolate_words(text)) for value, text in offered]
        return ChoiceGrid(made, name=question, size=Size.TEXT, least=260, most=3)
