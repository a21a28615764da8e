"""What is planned for a person and what happened, with the rules that stop a plan. What happened is always
kept."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.content.provenance import Mark
from fieldkit.domain.locks import Check, What
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.numbers import format_date
from fieldkit.services.issued import PaperKind, Wish
from fieldkit.ui.presenters.measures import CHECK_WORDS, MeasuresPage
from fieldkit.ui.presenters.papers_of import PapersOf, issued_paper
from fieldkit.ui.screens.consulate import how_to_reach, the_persons_yes, which_country
from fieldkit.ui.screens.filled import FilledScreen
from fieldkit.ui.screens.screen import faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.measures import Plan
    from fieldkit.services.thinking import Thinking
    from fieldkit.ui.context import Context


class MeasuresScreen(FilledScreen):
    """Two jobs: writing down what happened comes first and is never refused; planning shows the rules."""

    rail: str = "home"

    def __init__(self, context: Context, case: str) -> None:
        super().__init__(context)
        self.presenter = MeasuresPage(context.open_vault, case, context.words)
        self.choices: dict[str, ChoiceGrid] = {}
        self.fields: dict[str, Field] = {}
        self._told, self._place, self._where = Holder(), Holder(), Holder()
        self._country = ""

    @property
    def title(self) -> str:
        return self.context.say("Plans, and what happened")

    def _read_again(self) -> None:
        page = self.presenter
        self.presenter = MeasuresPage(page.vault, page.case, self.context.words)

    def _fill(self, told: str = "", tone: Tone = Tone.DONE) -> None:
        page, say = self.presenter, self.context.say
        self._place = Holder()
        number = words(say("Number {number}", number=page.number), Size.QUESTION, bold=True)
        parts: list[QWidget] = [number]
        if told:
            parts.append(Banner(tone, told))
        if page.alerts:
            parts.append(Banner(Tone.URGENT, self._alert_words()))
        parts += [self._happened(), self._plans(), *self._rest(), *self._time(), *self._checks()]
        self._whole.put(*parts)

    def _alert_words(self) -> str:
        return self.context.say(
            "Something was done that a rule forbids. Call your supervisor now. Headquarters hears that it "
            "happened here, and not to whom."
        )

    # What happened

    def _happened(self) -> Card:
        say, page = self.context.say, self.presenter
        card = Card(words(say("What happened"), Size.QUESTION, bold=True))
        for one in page.happened:
            day = format_date(one.told.day, self.context.words.tag)
            by = isolate_words(one.told.by)
            line = say("{day}: {what}", day=day, what=page.what(one.told.what))
            said = words(f"{line} · {by}" if by else line, bold=True)
            card.column.addWidget(marked("urgent" if one.is_alert else "note", said))
            for lock in one.past:
                card.column.addWidget(readable(words(page.rule(lock), quiet=True)))
            if one.told.what is What.DETENTION and page.may_see_held:
                more = partial(self.context.go, "holding", case=page.case, measure=one.measure)
                way = button(say("Where, why, and who looked at it"), more, icon="next", role="plain")
                way.setAccessibleDescription(line)
                card.column.addWidget(flow(way))
        if page.may_record:
            told = say("Write it down also when it should not have happened. Nothing stops you.")
            card.column.addWidget(readable(words(told, quiet=True)))
            card.column.addWidget(Fold(say("Write down what happened"), self._ask_happened))
        return card

    def _ask_happened(self) -> QWidget:
        say, page = self.context.say, self.presenter
        what = self._grid("happened", say("What was done?"), [(one.value, page.what(one)) for one in What])
        self._country, self._where = "", Holder()
        what.chosen.connect(self._ask_where)
        tag = self.context.words.tag
        days = [(day, format_date(day, tag)) for day in page.days()]
        when = self._grid("day", say("On which day?"), days)
        when.choose(days[0][0])
        by = Field(say("Who did it?"), hint=say("A service or a function. Write no names."))
        tried = Field(say("What was tried instead?"), hint=say("You can leave this empty."))
        self.fields |= {"by": by, "tried": tried}
        keep = button(say("Keep that it happened"), self._keep_happened, role="main", icon="check")
        asked = (
            words(say("What was done?")),
            what,
            self._where,
            words(say("On which day?")),
            when,
            by,
            tried,
        )
        return column(*asked, flow(keep), gap=8)

    def _keep_happened(self) -> None:
        say, page = self.context.say, self.presenter
        what, day = self.choices["happened"].values, self.choices["day"].values
        if not what or not day:
            self.context.tell(say("Choose first what was done."))
            return
        by, tried = self.fields["by"].value, self.fields["tried"].value
        done = partial(page.record, What(what[0]), day[0], by, tried, self._country)
        self._did(done, say("It is written down."))

    def _ask_where(self, values: tuple[str, ...]) -> None:
        """Of a consulate that heard of somebody, the country is asked; without it the line is kept all the same."""
        self._country = ""
        if values != (What.CONSULATE.value,):
            self._where.put()
            return

        def choose(code: str) -> None:
            self._country = code
            self._where.put(words(self.presenter.country(code), bold=True))

        self._where.put(which_country(self.presenter, self.context, choose))

    # Plans

    def _plans(self) -> Card:
        say, page = self.context.say, self.presenter
        card = Card(words(say("Plans"), Size.QUESTION, bold=True))
        for plan in page.plans:
            card.column.addWidget(self._plan(plan))
        if page.may_plan and not page.is_closed:
            card.column.addWidget(Fold(say("Plan something"), self._ask_plan))
        elif page.is_closed:
            card.column.addWidget(readable(words(say("This case is closed. Open it before a plan."))))
        return card

    def _plan(self, plan: Plan) -> QWidget:
        say, page, place = self.context.say, self.presenter, Holder()
        parts: list[QWidget] = [words(page.what(plan.what), bold=True)]
        if plan.country:
            parts.append(words(page.country(plan.country), bold=True))
            parts += [] if plan.is_stopped else how_to_reach(page, plan.country)
        for one in plan.shut:
            told = say("Stopped: {rule}", rule=page.rule(one.lock))
            parts.append(marked("lock", readable(words(told, tone=Tone.URGENT)), Tone.URGENT))
        if plan.agreed_to:
            parts.append(words(say("A second person agreed."), quiet=True))
        ways = [button(say("Give it up"), partial(self._ask_drop, plan, place), role="plain")]
        if not plan.is_stopped:
            ways.insert(0, button(say("A paper for the file"), partial(self._paper, plan), icon="print"))
        return column(*parts, flow(*ways), place, gap=4)

    @faults_are_told
    def _paper(self, plan: Plan) -> None:
        papers = PapersOf(self.presenter.vault, self.presenter.case, self.context.words)
        wish = Wish(PaperKind.PLAN, (self.context.words.tag,), measure=plan.measure)
        document = papers.issue(wish)
        paper = issued_paper(papers.vault, papers.case, document, self.context.words.tag)
        self.context.go("pages", paper=paper, title=self.context.say("A paper for the file"), rail="home")

    def _ask_plan(self) -> QWidget:
        say, page = self.context.say, self.presenter
        what = self._grid("plan", say("What is planned?"), [(one.value, page.what(one)) for one in What])
        what.chosen.connect(lambda values: self._ask_about(What(values[0])))
        return column(words(say("What is planned?")), what, self._place, gap=8)

    def _ask_about(self, what: What) -> None:
        if what is What.CONSULATE:
            show = partial(self._show_rules, what)
            self._place.put(which_country(self.presenter, self.context, show))
            bring_into_view(self._place)
        else:
            self._show_rules(what)

    def _ask_person(self, country: str) -> None:
        """The person's yes comes last (`presenters.measures`, rule 3)."""
        again = partial(self._show_rules, What.CONSULATE, country)
        self._place.put(the_persons_yes(self.presenter, self.context, country, again))
        bring_into_view(self._place)

    def _show_rules(self, what: What, country: str = "") -> None:
        """What stops it, before anything is kept."""
        say, page = self.context.say, self.presenter
        stopped = page.shut(what, country)
        if page.asks_the_person(country, stopped):
            self._ask_person(country)
            return
        parts: list[QWidget] = [words(page.country(country), bold=True)] if country else []
        for one in stopped:
            parts.append(marked("lock", readable(words(page.rule(one.lock), bold=True)), Tone.URGENT))
            parts += [marked("note", words(line)) for line in page.missing(one)]
        if all(one.opens_with_a_second_person for one in stopped):
            if stopped:
                told = say("Another person has to agree, with a reason. There is no plan until then.")
                parts.append(readable(words(told)))
            action = say("Ask a second person") if stopped else say("Keep this plan")
            parts.append(self._reason(action, partial(self._keep_plan, what, country), self._place))
        else:
            parts.append(
                readable(words(say("It cannot be planned. What happened can be written down above.")))
            )
        self._place.put(*parts)
        bring_into_view(self._place)

    def _keep_plan(self, what: What, country: str, reason: str) -> None:
        say = self.context.say
        told = {
            True: say("The plan is kept. It stops as soon as something stands in its way."),
            False: say("A second person has to agree. There is no plan until then."),
        }
        self._did(lambda: self.presenter.plan(what, country, reason), told)

    def _ask_drop(self, plan: Plan, place: Holder) -> None:
        say = self.context.say
        drop = partial(self.presenter.drop, plan.measure)
        place.put(
            self._reason(say("Give it up"), lambda why: self._did(lambda: drop(why), say("Given up.")), place)
        )

    # Time to think

    def _time(self) -> list[QWidget]:
        say, page = self.context.say, self.presenter
        if not page.may_record:
            return []
        card = Card(words(say("Time to think before a return by choice"), Size.QUESTION, bold=True))
        if page.thinking is None:
            hint = say("Whoever wishes time has it. Nobody plans the return meanwhile, and help goes on.")
            wish = button(
                say("The person wishes time"),
                lambda: self._did(page.wish_time, say("It is written down.")),
                icon="wait",
                role="plain",
            )
            card.column.addWidget(readable(words(hint, quiet=True)))
            card.column.addWidget(flow(wish))
            return [card]
        for line in self._time_lines(page.thinking):
            card.column.addWidget(line)
        place = Holder()
        over = button(say("The person wants no more time"), partial(self._ask_over, place), role="plain")
        card.column.addWidget(flow(over))
        card.column.addWidget(place)
        return [card]

    def _rest(self) -> list[QWidget]:
        """Time to rest that an authority gave: it stands among the papers, and ends there."""
        say, held = self.context.say, self.presenter.recovering
        if held is None:
            return []
        told = say("It lasts until the person says that they want no more of it.")
        if held.until is not None:
            told = say(
                "Its last day is {day}. Until then nobody plans a step back.", day=self._day(held.until)
            )
        look = partial(self.context.go, "permits", case=self.presenter.case)
        title = words(say("Time to rest, given by an authority"), Size.QUESTION, bold=True)
        line = marked("wait", readable(words(told, bold=True)))
        return [
            Card(title, line, flow(button(say("Papers of authorities"), look, role="plain", icon="form")))
        ]

    def _time_lines(self, held: Thinking) -> list[QWidget]:
        say, tag = self.context.say, self.context.words.tag
        since = format_date(held.since, tag)
        if held.limit is None or held.until is None:
            told = say("Wished on {day}. It lasts until the person says that they want no more.", day=since)
            return [marked("wait", readable(words(told, bold=True)))]
        told = say(
            "Wished on {day}. Nobody plans a return before {until}.", day=since, until=self._day(held.until)
        )
        lines = [marked("wait", readable(words(told, bold=True)))]
        if Mark.UNREVIEWED in held.limit.about.marks(self.context.open_vault.world.today()):
            unread = say("No lawyer and no office in charge has read this number of days yet.")
            lines.append(marked("careful", readable(words(unread, tone=Tone.CAREFUL)), Tone.CAREFUL))
        return lines

    def _day(self, day: date) -> str:
        return format_date(day, self.context.words.tag)

    def _ask_over(self, place: Holder) -> None:
        say, page = self.context.say, self.presenter

        def keep(how: str) -> None:
            self._did(partial(page.end_time, how), say("It is written down."))

        question = say("How did the person say it?")
        self._ask_reason(say("Keep this"), keep, place, question)

    # What child protection has

    def _checks(self) -> list[QWidget]:
        say, page = self.context.say, self.presenter
        if not page.is_child:
            return []
        card = Card(
            words(say("What child protection has before a child goes anywhere"), Size.QUESTION, bold=True)
        )
        for check in Check:
            card.column.addWidget(self._check(check))
        if not page.may_check:
            card.column.addWidget(readable(words(say("Child protection says what is there."), quiet=True)))
        return [card]

    def _check(self, check: Check) -> QWidget:
        say, page, place = self.context.say, self.presenter, Holder()
        done = check in page.checks
        state = say("It is there") if done else say("Missing")
        line = f"{say(CHECK_WORDS[check])} · {state}"
        parts: list[QWidget] = [marked("done" if done else "wait", words(line), Tone.DONE if done else None)]
        if page.may_check:
            word = say("It is not there any more") if done else say("It is there")
            way = button(word, partial(self._ask_check, check, place, done=not done), role="plain")
            way.setAccessibleDescription(say(CHECK_WORDS[check]))
            parts += [flow(way), place]
        return column(*parts, gap=4)

    def _ask_check(self, check: Check, place: Holder, *, done: bool) -> None:
        say = self.context.say

        def keep(reason: str) -> None:
            self._did(partial(self.presenter.check, check, reason, done=done), say("It is written down."))

        self._ask_reason(say("Keep this"), keep, place, say("How do you know?"))

    # Small parts

    def _grid(self, name: str, question: str, offered: list[tuple[str, str]]) -> ChoiceGrid:
        made = ChoiceGrid(
            [Offered(value, text) for value, text in offered],
            name=question,
            size=Size.TEXT,
            least=240,
            most=3,
        )
        self.choices[name] = made
        return made
