"""Papers of authorities with their last day: written down, renewed, or not needed any more. Never a verdict."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.isolates import isolate
from fieldkit.languages.numbers import format_date
from fieldkit.services.permits import Over
from fieldkit.ui.presenters.permits import ENDS_HERE, OVER_WORDS, PermitsPage
from fieldkit.ui.screens.filled import FilledScreen
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.last_days import last_day_words
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.reason import Reason
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.permits import Permit
    from fieldkit.ui.context import Context


class PermitsScreen(FilledScreen):
    """What the person has stands on top; below it one more can be written down."""

    rail: str = "home"

    def __init__(self, context: Context, case: str) -> None:
        super().__init__(context)
        self.page = PermitsPage(context.open_vault, case, context.words)
        self.kinds: ChoiceGrid | None = None
        self.fields: dict[str, Field] = {}

    @property
    def title(self) -> str:
        return self.context.say("Papers of authorities")

    def main_action(self) -> Way | None:
        return Way(self.context.say("Keep this paper"), self._keep_new, "check") if self.page.may else None

    def _read_again(self) -> None:
        self.page = PermitsPage(self.page.vault, self.page.case, self.context.words)

    def _fill(self, told: str = "") -> None:
        say, page = self.context.say, self.page
        number = words(say("Number {number}", number=page.number), Size.QUESTION, bold=True)
        done = [Banner(Tone.DONE, told)] if told else []
        held = [self._permit(one) for one in page.permits] or [self._none()]
        new = [self._new()] if page.may else []
        self._whole.put(number, *done, self._about(), *held, *new)

    def _about(self) -> QWidget:
        told = self.context.words.count(
            "Somebody is reminded {number} day before the last day. That it passes says nothing about the person.",
            "Somebody is reminded {number} days before the last day. That it passes says nothing about the person.",
            self.page.notice,
        )
        return readable(words(told, quiet=True))

    def _none(self) -> Card:
        say = self.context.say
        told = say("No paper of an authority is written down.")
        todo = say("Write down below what the person has: which paper, and its last day.")
        return Card(EmptyState(told, todo, icon="form"))

    # One paper

    def _permit(self, one: Permit) -> Card:
        say, tag, page = self.context.say, self.context.words.tag, self.page
        card = Card(words(page.kind(one.told.kind), Size.QUESTION, bold=True))
        card.setAccessibleName(page.kind(one.told.kind))
        until = say("No last day is written down.")
        if one.told.until:
            until = say("Last day: {day}", day=format_date(one.told.until, tag))
        since = say("From {day}", day=format_date(one.told.since, tag)) if one.told.since else ""
        card.column.addWidget(words(" · ".join(part for part in (since, until) if part)))
        if one.told.number:
            card.column.addWidget(
                words(say("Its number: {number}", number=isolate(one.told.number)), quiet=True)
            )
        if one.over:
            card.column.addWidget(marked("note", words(say(OVER_WORDS.get(one.over, one.over)), quiet=True)))
            return card
        if one.id in page.due:
            told = last_day_words(self.context, page.due[one.id])
            card.column.addWidget(marked("wait", readable(words(told, bold=True)), Tone.CAREFUL))
        if page.may:
            place = Holder()
            newer = button(say("There is a newer one"), partial(self._ask_newer, one, place), icon="again")
            over = button(say("Do not remind of it"), partial(self._ask_over, one, place), role="plain")
            card.column.addWidget(flow(newer, over))
            card.column.addWidget(place)
        return card

    def _ask_newer(self, one: Permit, place: Holder) -> None:
        asked = self._days("newer")
        keep = button(
            self.context.say("Keep the newer one"),
            lambda: self._keep(one.told.kind, "newer", one.id),
            role="main",
        )
        place.put(*asked, flow(keep))
        self.fields["newer until"].line.setFocus()
        bring_into_view(place)

    def _ask_over(self, one: Permit, place: Holder) -> None:
        say = self.context.say
        question = say("Why is it not needed?")
        offered = [Offered(because.value, say(OVER_WORDS[because])) for because in ENDS_HERE]
        grid = ChoiceGrid(offered, name=question, size=Size.TEXT, least=240, most=3)
        grid.chosen.connect(lambda values: self._end(one, Over(values[0]), place))
        place.put(words(question), grid)
        grid.focus_first()
        bring_into_view(place)

    def _end(self, one: Permit, because: Over, place: Holder) -> None:
        if not self.page.needs_reason(one, because):
            self._did(lambda: self.page.end(one, because))
            return
        say = self.context.say
        mistake = because is Over.MISTAKE
        asked = Reason(
            say("What was the mistake?") if mistake else say("How did the person say it?"),
            hint=say("Nobody takes a step back while this time lasts. Write no names."),
            action=say("Keep this"),
            missing=say("Write it in a few words."),
            cancel=say("Cancel"),
            keep=lambda reason: self._did(lambda: self.page.end(one, because, reason)),
            close=place.put,
        )
        place.put(asked)
        asked.field.line.setFocus()
        bring_into_view(asked)

    # One more

    def _new(self) -> Card:
        say = self.context.say
        question = say("Which paper is it?")
        offered = [Offered(name, told) for name, told in self.page.kinds()]
        self.kinds = ChoiceGrid(offered, name=question, numbered=False, size=Size.TEXT, least=300, most=3)
        title = words(say("Write down a paper"), Size.QUESTION, bold=True)
        return Card(title, words(question), self.kinds, *self._days("new"))

    def _days(self, name: str) -> list[QWidget]:
        """The fields of one paper: its last day first, which is what it is about."""
        say = self.context.say
        hint = say("Day, month, year, such as 21.11.2026.")
        empty = say("You can leave this empty.")
        unknown = say("Only time to rest may have none.")
        asked = {
            f"{name} until": Field(say("Last day"), hint=f"{hint} {unknown}"),
            f"{name} since": Field(say("First day"), hint=empty),
            f"{name} number": Field(
                say("Its number"), hint=say("You can leave this empty. It stands on no list.")
            ),
        }
        self.fields |= asked
        return [column(*asked.values(), gap=8)]

    def _keep_new(self) -> None:
        values = self.kinds.values if self.kinds is not None else ()
        self._keep(values[0] if values else "", "new")

    def _keep(self, kind: str, name: str, renews: str = "") -> None:
        until, since, number = (self.fields[f"{name} {part}"].value for part in ("until", "since", "number"))
        self._did(lambda: self.page.record(kind, until, since, number, renews))
