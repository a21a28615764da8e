"""To follow up: what happened past a rule, and referrals of which nobody heard the end. Overdue stands
first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.numbers import format_date, format_moment
from fieldkit.services.follow_up import WORDS
from fieldkit.ui.presenters.follow_up import FollowUp
from fieldkit.ui.screens.screen import Screen, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.last_days import last_days_card
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.follow_up import ToFollow
    from fieldkit.ui.context import Context


class FollowUpScreen(Screen):
    """Numbers and neutral names only. At headquarters: what posts told, and what help was given."""

    rail: str = "home"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = FollowUp(context.open_vault, context.words)
        if not self.presenter.is_post:
            self.rail = "headquarters"  # one page at both desks
        self.choice: ChoiceGrid | None = None
        self._whole = Holder()

    @property
    def title(self) -> str:
        return self.context.say("To follow up")

    def build(self) -> QWidget:
        if self.language_changed():
            self.presenter = FollowUp(self.context.open_vault, self.context.words)
        self._whole = Holder()
        content = column(self._whole)
        self._fill()
        return content

    def _fill(self) -> None:
        page = self.presenter
        days = last_days_card(self.context, page.last_days)
        at_post = [*self._alerted(), *days, *self._rows()]
        parts = at_post if page.is_post else [*self._posts(), *self._help()]
        self._whole.put(*parts)

    # At a post

    def _alerted(self) -> list[QWidget]:
        say = self.context.say
        if not self.presenter.alerted:
            return []
        card = Card(
            Banner(Tone.URGENT, say("Something was done that a rule forbids. Look at these cases first."))
        )
        for one in self.presenter.alerted:
            way = button(
                say("Number {number}", number=one.number),
                partial(self.context.go, "measures", case=one.case),
                icon="urgent",
            )
            card.column.addWidget(flow(way))
        return [card]

    def _rows(self) -> list[QWidget]:
        say = self.context.say
        if not self.presenter.rows:
            told = say("Nothing is to be followed up.")
            todo = say("Referrals stand here until somebody heard what became of them.")
            return [Card(EmptyState(told, todo, icon="done"))]
        return [self._row(one) for one in self.presenter.rows]

    def _row(self, one: ToFollow) -> Card:
        say, place = self.context.say, Holder()
        number = words(say("Number {number}", number=one.number), Size.QUESTION, bold=True)
        card = Card(number, words(isolate_words(self.presenter.service(one))))
        card.setAccessibleName(one.number)
        card.column.addWidget(self._since(one))
        if one.due and not one.overdue and not one.state:
            until = say("Something should be heard until {moment}.", moment=self._moment(one.due))
            card.column.addWidget(words(until))
        if one.state:
            card.column.addWidget(words(say(WORDS[one.state]), quiet=True))
        ways = [button(say("The case"), partial(self.context.go, "case", case=one.case), role="plain")]
        if self.presenter.may:
            ways.insert(0, button(say("What became of it?"), partial(self._ask, one, place), icon="check"))
        card.column.addWidget(flow(*ways))
        card.column.addWidget(place)
        return card

    def _since(self, one: ToFollow) -> QWidget:
        day = format_date(one.day, self.context.words.tag)
        told = self.context.words.count(
            "Referred {day}, {number} day ago", "Referred {day}, {number} days ago", one.days, day=day
        )
        if not one.days:
            told = self.context.say("Referred today")
        if one.overdue:
            late = self.context.say("Overdue. {told}", told=told)
            return marked("urgent", words(late, tone=Tone.URGENT), Tone.URGENT)
        return marked("wait", words(told))

    def _moment(self, due: str) -> str:
        return format_moment(due, self.context.words.tag)

    def _ask(self, one: ToFollow, place: Holder) -> None:
        say = self.context.say
        question = say("What became of it?")
        grid = self.choice = ChoiceGrid(
            [Offered(state, say(told)) for state, told in WORDS.items()],
            name=question,
            size=Size.TEXT,
            least=240,
            most=2,
        )
        note = Field(say("A note"), hint=say("You can leave this empty. Write no names."))
        keep = button(say("Keep this"), lambda: self._keep(one, grid.values, note.value), role="main")
        place.put(words(question, Size.QUESTION), grid, note, flow(keep))
        grid.focus_first()
        bring_into_view(place)

    @faults_are_told
    def _keep(self, one: ToFollow, values: tuple[str, ...], text: str) -> None:
        self.presenter.record(one, values[0] if values else "", text)
        self.context.saved()
        self._fill()

    # At headquarters

    def _posts(self) -> list[QWidget]:
        say, tag = self.context.say, self.context.words.tag
        card = Card(words(say("Posts told that something was done past a rule"), Size.QUESTION, bold=True))
        if not self.presenter.posts:
            card.column.addWidget(readable(words(say("No post has told of such a thing."))))
            return [card]
        for one in self.presenter.posts:
            line = say("{day}: {what}", day=format_date(one.day, tag), what=one.what)
            card.column.addWidget(marked("urgent", words(f"{isolate_words(one.post)} · {line}", bold=True)))
        told = say("Of whom is not said. Call the post.")
        card.column.addWidget(readable(words(told, quiet=True)))
        return [card]

    def _help(self) -> list[QWidget]:
        say = self.context.say
        card = Card(words(say("Help, in persons"), Size.QUESTION, bold=True))
        if not self.presenter.help:
            card.column.addWidget(
                readable(words(say("No help was written down by people who agreed to share.")))
            )
            return [card]
        rows = [(f"{one.kind} · {one.state}", one.persons) for one in self.presenter.help]
        told = say("Each person counts once in a line. Only people who said yes to headquarters are in it.")
        card.column.addWidget(facts(rows))
        card.column.addWidget(readable(words(told, quiet=True)))
        return [card]
