"""Early alert for a child: first the call, then four things to other posts, and nothing else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.numbers import format_date, format_list, format_moment
from fieldkit.services.early_alert import BAND_WORDS
from fieldkit.storage.kinds_shared import RECEIVED
from fieldkit.ui.presenters.alert import AlertPage
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words, words_in

if TYPE_CHECKING:
    from fieldkit.content.directory import Service
    from fieldkit.services.early_alert import Call
    from fieldkit.storage.shared import AlertRow
    from fieldkit.ui.context import Context


class AlertScreen(Screen):
    """`case` is empty for the list of alerts."""

    rail: str = "home"

    def __init__(self, context: Context, case: str = "") -> None:
        super().__init__(context)
        self.presenter = AlertPage(context.open_vault, case, context.words.tag)
        self.call: Field | None = None
        self.asked: tuple[Field, Field] | None = None
        self._goes = Holder()

    @property
    def title(self) -> str:
        case = self.presenter.case
        return (
            self.context.say("Alert other posts to a child")
            if case
            else self.context.say("Alerts about children")
        )

    def build(self) -> QWidget:
        page = self.presenter
        if page.case and page.done is None:
            return column(self._call_first(), self._alert())
        parts: list[QWidget] = self._told() if page.done is not None else []
        return column(*parts, *self._list())

    def main_action(self) -> Way | None:
        say, page = self.context.say, self.presenter
        if page.done is not None:
            return Way(say("Finish"), lambda: self.context.navigation.start("home"), "done")
        if not page.case or not page.may_alert:
            return None
        return Way(
            say("Write the alert into a folder") if page.posts else say("Keep the alert"),
            self._raise,
            "urgent",
        )

    def other_actions(self) -> tuple[Way, ...]:
        if not self.presenter.case or not any(call.answered_by for call in self.presenter.calls):
            return ()
        home = partial(self.context.navigation.start, "home")
        return (Way(self.context.say("To the people waiting"), home, "people"),)

    # Before

    def _call_first(self) -> Card:
        say, page = self.context.say, self.presenter
        told = say("Call child protection first. Stay with the child until somebody comes.")
        card = Card(marked("urgent", words(told, Size.QUESTION, bold=True)))
        if not page.call_first:
            card.column.addWidget(
                words(say("No number of child protection is in the directory yet. Enter one."))
            )
        for call in page.calls:
            card.column.addWidget(self._called(call))
        wanted = page.next_to_call
        for service in page.call_first:
            number = words_in(service.phone, "en", Size.PERSON, bold=wanted in (None, service))
            card.column.addWidget(facts([(isolate_words(service.name), number)]))
            card.column.addWidget(self._on_duty(service))
            if service == wanted and page.may_alert:
                card.column.addWidget(self._answers(service))
        if page.call_first:
            duty = button(
                say("Who is on duty for children"),
                partial(self.context.go, "duty"),
                icon="wait",
                role="plain",
            )
            card.column.addWidget(flow(duty))
        return card

    def _on_duty(self, service: Service) -> QWidget:
        """Whether the list names this number for now."""
        duty, say = self.presenter.duty_of(service), self.context.say
        if duty is None:
            return words(say("Not in the list of who is on duty."), quiet=True)
        tag, now = self.context.words.tag, self.context.open_vault.world.clock.now()
        if duty.is_now(now):
            until = format_moment(duty.ends.isoformat(), tag)
            return marked("done", words(say("On duty now, until {moment}.", moment=until), bold=True))
        begins = format_moment(duty.begins.isoformat(), tag)
        return marked("wait", words(say("On duty from {moment}.", moment=begins)))

    def _called(self, call: Call) -> QWidget:
        say = self.context.say
        at = format_moment(call.at, self.context.words.tag)
        name = isolate_words(self.presenter.service_name(call.service))
        if not call.answered_by:
            return marked("wait", words(say("{moment}: {service} did not answer.", moment=at, service=name)))
        told = say(
            "{moment}: {person} of {service} answered. The child waits: {where}.",
            moment=at,
            person=isolate_words(call.answered_by),
            service=name,
            where=isolate_words(call.waits),
        )
        return marked("done", readable(words(told)), Tone.DONE)

    def _answers(self, service: Service) -> QWidget:
        say, place = self.context.say, Holder()
        nobody = partial(self.write_down, partial(self.presenter.called, service.id))
        ways = flow(
            button(say("Somebody answered"), partial(self._ask, service, place), icon="check"),
            button(say("Nobody answered"), nobody, icon="close"),
        )
        return column(ways, place)

    def _ask(self, service: Service, place: Holder) -> None:
        say = self.context.say
        who, where = Field(say("Who answered?")), Field(say("Where and with whom does the child wait?"))

        def keep() -> None:
            for field in (who, where):
                if not field.value.strip():
                    field.show_problem(say("Write it down in a few words."))
                    field.line.setFocus()
                    return
            self.write_down(partial(self.presenter.called, service.id, who.value, where.value))

        self.asked = (who, where)
        place.put(who, where, row(button(say("Keep this call"), keep, icon="check")))
        who.line.setFocus()

    def _alert(self) -> Card:
        say, page = self.context.say, self.presenter
        self.call = Field(
            say("Number at which somebody answers day and night"),
            hint=say("Other posts call it when they meet the child."),
        )
        self.call.line.textEdited.connect(lambda _text: self._show())
        self._goes = Holder()
        told = say(
            "Other posts receive four things: the number, the age group, the sex and the number to call."
        )
        card = Card(words(say("Then alert other posts"), Size.QUESTION, bold=True), readable(words(told)))
        if page.posts:
            names = format_list((isolate_words(name) for name in page.posts), self.context.words.tag)
            card.column.addWidget(readable(words(say("It goes to: {posts}.", posts=names))))
        else:
            none = say(
                "No other post is known here that may have it. The alert is kept, and goes to headquarters."
            )
            card.column.addWidget(readable(words(none)))
        if page.left_out:
            names = format_list((isolate_words(name) for name in page.left_out), self.context.words.tag)
            out = say("Left out, because the child may have something to fear there: {posts}.", posts=names)
            card.column.addWidget(marked("careful", readable(words(out)), Tone.CAREFUL))
        card.column.addWidget(self.call)
        card.column.addWidget(self._goes)
        return card

    def _show(self) -> None:
        """What would go, as soon as the number could be one."""
        assert self.call is not None
        try:
            told = self.presenter.four_things(self.call.value)
        except FieldkitError:
            self._goes.put()
            return
        self.call.show_problem("")
        say = self.context.say
        self._goes.put(
            facts(
                [
                    (say("Number"), isolate(told.number)),
                    (say("Age"), say(BAND_WORDS[told.age_band])),
                    (say("Sex"), self.presenter.sex(told.sex)),
                    (say("Call"), isolate(told.call)),
                ],
                share=3,
            )
        )

    def _raise(self) -> None:
        assert self.call is not None
        try:
            self.presenter.four_things(self.call.value)
        except FieldkitError as fault:
            self.call.show_problem(self.context.sentence(fault))
            self.call.line.setFocus()
            return
        folder = (
            self.context.ask_folder(self.context.say("Folder for the alert"))
            if self.presenter.posts
            else None
        )
        if self.presenter.posts and folder is None:
            return
        self.write_down(partial(self.presenter.raise_alert, self.call.value, folder))

    # After

    def _told(self) -> list[QWidget]:
        say, done = self.context.say, self.presenter.done
        assert done is not None
        if not done.files:
            return [
                Banner(Tone.DONE, say("The alert is kept, and goes to headquarters with the next export."))
            ]
        names = format_list((isolate_words(name) for name in done.posts), self.context.words.tag)
        told = say("The alert is written. Bring a file to each: {posts}.", posts=names)
        return [Banner(Tone.DONE, told), Card(facts([(say("File"), isolate(name)) for name in done.files]))]

    def _list(self) -> list[QWidget]:
        say, page = self.context.say, self.presenter
        if not page.alerts:
            hint = say(
                "An alert of another post is opened under Exchange. Your own begins at a child's outcome."
            )
            return [Card(EmptyState(say("There is no alert."), hint, icon="urgent"))]
        return [self._one(one) for one in page.alerts]

    def _one(self, one: AlertRow) -> Card:
        say = self.context.say
        came = say("From another post") if one.way == RECEIVED else say("Made here")
        day = format_date(one.day, self.context.words.tag)
        rows: list[tuple[str, str | QWidget]] = [
            (say("Call"), words_in(one.call, "en", Size.PERSON, bold=True)),
            (say("Age"), say(BAND_WORDS[one.age_band])),
            (say("Sex"), self.presenter.sex(one.sex)),
            (came, day),
        ]
        return Card(
            words(say("Number {number}", number=isolate(one.number)), Size.QUESTION, bold=True),
            facts(rows, share=3),
        )
