"""Somebody who waits: emergencies on top, what is needed now and who gives it, and the one next step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.waiting import HOUSEHOLD, Because
from fieldkit.languages.autonyms import autonym
from fieldkit.languages.isolates import isolate_numbers, isolate_words
from fieldkit.languages.numbers import format_date
from fieldkit.services.waiting import ARRIVAL
from fieldkit.ui.presenters.pages import slip_paper
from fieldkit.ui.presenters.queue import TOO_LONG, company_words, duration, flag_words, people, since
from fieldkit.ui.presenters.waiting import BECAUSE_WORDS, NEED_WORDS, SCREENING, Next, PersonPage
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.carry import YES, about_slip
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.reason import Reason
from fieldkit.ui.widgets.text import at_start, readable, words, words_in
from fieldkit.ui.widgets.to_tell import to_tell

if TYPE_CHECKING:
    from fieldkit.content.directory import Service
    from fieldkit.services.needs import Need
    from fieldkit.ui.context import Context


class WaitingScreen(Screen):
    """`about` is a person's case; a household has a page of its own and is shown there."""

    rail: str = "home"

    def __init__(self, context: Context, about: str) -> None:
        super().__init__(context)
        kind, _, self._id = about.partition("/")
        self._household = kind == HOUSEHOLD
        self.presenter: PersonPage | None = None
        if not self._household:
            self.presenter = PersonPage(context.open_vault, self._id)
        self.places: dict[str, Holder] = {}

    @property
    def title(self) -> str:
        return self.context.say("Somebody who waits")

    def shown(self) -> None:
        if self._household:
            self.context.navigation.instead("household", household=self._id)

    def build(self) -> QWidget:
        page = self.presenter
        if page is None:
            return column()
        page.read()
        self.places = {}
        parts: list[QWidget] = [self._head(page)]
        if page.needs:
            parts.append(self._needs(page))
        parts.append(self._other_ways(page))
        return column(*parts)

    def main_action(self) -> Way | None:
        say, page = self.context.say, self.presenter
        if page is None:
            return None
        match page.next:
            case Next.GO_ON:
                go = partial(self.context.go, "interview", draft=page.draft)
                return Way(say("Go on with the interview"), go, "interview")
            case Next.NEEDS:
                return Way(say("Ask what is needed now"), partial(self._begin, ARRIVAL), "interview")
            case Next.SCREENING:
                return Way(say("Begin the interview"), partial(self._begin, SCREENING), "interview")
            case Next.REFERRAL:
                go = partial(self.context.go, "outcome", case=page.case)
                return Way(say("What the answers point to"), go, "next")

    def other_actions(self) -> tuple[Way, ...]:
        say = self.context.say
        back = Way(say("To the people waiting"), partial(self.context.navigation.start, "home"), "people")
        return (back,)

    # On top

    def _head(self, page: PersonPage) -> Card:
        say = self.context.say
        card = Card(at_start(words_in(page.number, "en", Size.TITLE, bold=True)))
        for told in flag_words(page.flags, self.context.words):
            card.column.addWidget(marked("urgent", words(told, Size.QUESTION, bold=True), Tone.URGENT))
        if page.row is None:
            card.column.addWidget(marked("done", words(say("Does not wait any more."), bold=True)))
        card.column.addWidget(facts(self._facts(page), share=3))
        return card

    def _facts(self, page: PersonPage) -> list[tuple[str, str | QWidget]]:
        say, spoken = self.context.say, self.context.words
        now = page.vault.world.clock.now()
        not_yet = say("not yet")

        def at(moment: str) -> str:
            return since(datetime.fromisoformat(moment), now, spoken.tag) if moment else not_yet

        moments = page.moments
        rows: list[tuple[str, str | QWidget]] = [
            (say("Arrived"), at(moments.arrived)),
            (say("Screened"), at(moments.screened)),
        ]
        if (
            moments.screened or moments.referred
        ):  # whoever goes to a clinic first is not told to be unreferred
            rows.append((say("Referred"), at(moments.referred)))
        if page.row is not None:
            waits, company = page.row.waits, company_words(page.vault, spoken.tag)
            told = duration(waits.minutes(now), spoken)
            too_long = say(TOO_LONG) if waits.is_too_long(now) else ""
            rows.append((say("Waits"), " · ".join(filter(None, (told, too_long)))))
            rows.append((say("Together"), " · ".join(people(page.row, spoken, company)) or say("one person")))
        if page.language:
            rows.append((say("Language"), words_in(autonym(page.language), page.language)))
        if page.dialect:
            rows.append((say("Dialect"), isolate_words(page.dialect)))
        return rows

    # What is needed now

    def _needs(self, page: PersonPage) -> Card:
        say = self.context.say
        card = Card(words(say("What is needed now"), Size.QUESTION, bold=True))
        for need in page.needs:
            card.column.addWidget(self._need(page, need))
        return card

    def _need(self, page: PersonPage, need: Need) -> QWidget:
        say = self.context.say
        name = say(NEED_WORDS[need.name])
        if need.met:
            return marked("done", words(say("{need}: done", need=name), bold=True, tone=Tone.DONE), Tone.DONE)
        place = self.places[need.name] = Holder()
        parts: list[QWidget] = [words(name, bold=True)]
        parts += [
            words(say("Could not be done: {reason}", reason=reason), quiet=True) for reason in need.reasons
        ]
        done = button(say("Done"), partial(self._settle, need.name), icon="check")
        done.setAccessibleName(say("Done: {need}", need=name))
        not_done = button(say("Not done"), partial(self._ask_why, need.name, name), icon="close")
        not_done.setAccessibleName(say("Not done: {need}", need=name))
        ways = [done, not_done]
        if page.may_refer:
            for service in need.services[:2]:
                text = say("To {service}", service=service.name)
                ways.append(button(text, partial(self._provider, need.name, service), icon="refer"))
        return column(*parts, *self._sent(page, need), flow(*ways), place, gap=8)

    def _sent(self, page: PersonPage, need: Need) -> Iterator[QWidget]:
        """Where the person goes with the need, and how they take it along (rule 4 of the page)."""
        say = self.context.say
        for one in need.sent:
            service, day = page.services.get(one.service), format_date(one.day, self.context.words.tag)
            name = service.name if service else say("A service that is not in the directory any more")
            told = say("{day}: referred to {service}", day=day, service=name)
            yield marked("done", words(told, bold=True), Tone.DONE)
            if one.safe_to_carry:
                yield flow(button(say("Show the slip"), partial(self._show_slip, one.id), icon="print"))
            elif service is not None:
                yield to_tell(self.context, page.number, service)

    def _settle(self, name: str) -> None:
        assert self.presenter is not None
        self.write_down(partial(self.presenter.settle, name, done=True))

    def _ask_why(self, name: str, told: str) -> None:
        say, place = self.context.say, self.places[name]
        assert self.presenter is not None
        page = self.presenter
        asked = Reason(
            say("Why could it not be done? {need}", need=told),
            hint=say("In a few words. It is counted, so that headquarters sees what is missing here."),
            action=say("Keep the reason"),
            missing=say("Write why, in a few words."),
            cancel=say("Cancel"),
            keep=lambda reason: self.write_down(partial(page.settle, name, done=False, reason=reason)),
            close=place.put,
        )
        place.put(asked)
        asked.field.line.setFocus()
        bring_into_view(asked)

    def _provider(self, name: str, service: Service) -> None:
        """Where to go; before a paper is printed, whether it is safe to carry (`protection.md` 8)."""
        say = self.context.say
        asked = about_slip(say, lambda said: self._send(name, service, safe=said == YES))
        told = facts(
            [
                (say("Place"), service.place_on_paper or say("Ask on the phone")),
                (say("Phone"), words_in(service.phone, "en", Size.PERSON)),
                (say("Opening hours"), isolate_numbers(service.hours)),
            ],
            share=3,
        )
        self.places[name].put(told, asked)
        asked.grid.focus_first()
        bring_into_view(self.places[name])

    def _send(self, name: str, service: Service, *, safe: bool) -> None:
        page = self.presenter
        assert page is not None
        made: list[str] = []
        self.write_down(lambda: made.append(page.refer(name, service.id, safe_to_carry=safe)))
        if made and safe:
            self._show_slip(made[0])

    def _show_slip(self, referral: str) -> None:
        page = self.presenter
        assert page is not None
        paper = slip_paper(page.vault, page.case, referral, page.language or "en")
        self.context.go("pages", paper=paper, title=self.context.say("Referral slip"), rail="home")

    # Other ways

    def _other_ways(self, page: PersonPage) -> QWidget:
        say, go = self.context.say, self.context.go
        ways: list[QWidget] = []
        if page.next not in (Next.NEEDS, Next.GO_ON):
            ways.append(button(say("Ask what is needed now"), partial(self._begin, ARRIVAL), icon="again"))
        ways.append(button(say("The case"), partial(go, "case", case=page.case), icon="person"))
        ways.append(button(say("Who came together"), partial(go, "household", case=page.case), icon="people"))
        if page.row is None:
            return flow(*ways)
        return column(flow(*ways), Fold(say("Waits no more"), self._ask_end))

    def _ask_end(self) -> QWidget:
        say = self.context.say
        name = say("Why does this person wait no more?")
        offered = [
            Offered(because.value, say(told))
            for because, told in BECAUSE_WORDS.items()
            if because is not Because.ENTERED
        ]
        grid = ChoiceGrid(offered, name=name, numbered=False, size=Size.TEXT, least=240, most=2)
        grid.chosen.connect(lambda values: self._end(values[0]))
        hint = say("What was written down is kept. The person can wait again at any time.")
        return Card(words(name, Size.QUESTION), readable(words(hint, quiet=True)), grid)

    @faults_are_told
    def _end(self, because: str) -> None:
        page = self.presenter
        assert page is not None
        page.end(because)
        self.context.navigation.start("home")
        self.context.saved()

    @faults_are_told
    def _begin(self, form: str) -> None:
        assert self.presenter is not None
        interview = self.presenter.begin(form, self.context.words.tag)
        self.context.go("interview", draft=interview.draft_id)
