"""A case as a file: what happened in it, whether it is open, and closing it or a category with a reason."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.numbers import format_date, format_moment
from fieldkit.services.assistance import KINDS, STATES
from fieldkit.services.joint import MANDATES
from fieldkit.ui.presenters.case import CaseFilePage
from fieldkit.ui.screens.filled import FilledScreen
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.from_headquarters import case_card, tasks_card
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.keyboard import has_keyboard
from fieldkit.ui.widgets.last_days import last_day_words
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.events import Event
    from fieldkit.ui.context import Context
    from fieldkit.ui.presenters.case import CategoryLine


class CaseScreen(FilledScreen):
    """Closing asks for a ground and a reason in its place; the page does not jump."""

    rail: str = "home"

    def __init__(self, context: Context, case: str) -> None:
        super().__init__(context)
        self.presenter = CaseFilePage(context.open_vault, case, context.words)
        self.grounds: ChoiceGrid | None = None
        self.helps: tuple[ChoiceGrid, ...] = ()
        self.lines: dict[str, QWidget] = {}
        self._place = Holder()

    @property
    def title(self) -> str:
        return self.context.say("The case")

    def _read_again(self) -> None:
        self.presenter = CaseFilePage(self.context.open_vault, self.presenter.case, self.context.words)

    def main_action(self) -> Way | None:
        case = self.presenter.case
        return Way(
            self.context.say("What the answers point to"),
            partial(self.context.go, "outcome", case=case),
            "next",
        )

    def other_actions(self) -> tuple[Way, ...]:
        about = f"case/{self.presenter.case}"
        look = Way(self.context.say("The interview"), partial(self.context.go, "finished", about=about))
        case = self.presenter.case
        asks = Way(self.context.say("The person asks"), partial(self.context.go, "asks", case=case))
        return (look, asks)

    def in_hand(self) -> tuple[tuple[str, str], ...]:
        """The category that has the keyboard, else the first that stands."""
        held = [name for name, place in self.lines.items() if has_keyboard(place)]
        standing = [line.category for line in self.presenter.categories if not line.is_closed]
        return tuple(("category", name) for name in (held or standing)[:1])

    def _fill(self, told: str = "") -> None:
        self._place = Holder()
        heard = [Banner(Tone.DONE, told)] if told else []
        case = self.presenter.case
        came = (*tasks_card(self.context, case), *case_card(self.context, case))
        self._whole.put(
            *heard,
            *self._urgent(),
            *self._guardian(),
            self._state(),
            *came,
            *self._waits(),
            *self._categories(),
            *self._referrals(),
            self._papers(),
            self._help(),
            self._together(),
            *self._odd(),
            self._history(),
            *self._end(),
        )

    # What has to be looked at, and where its parts are

    def _urgent(self) -> list[QWidget]:
        say, case = self.context.say, self.presenter.case
        found: list[QWidget] = []
        if self.presenter.is_alert:
            told = say("Something was done that a rule forbids. Call your supervisor now.")
            look = partial(self.context.go, "measures", case=case)
            found.append(Banner(Tone.URGENT, told, action=say("Look at it"), do=look))
        if self.presenter.overdue:
            told = self.context.words.count(
                "{number} referral is overdue.", "{number} referrals are overdue.", self.presenter.overdue
            )
            look = partial(self.context.go, "follow_up")
            found.append(Banner(Tone.CAREFUL, told, action=say("Follow up"), do=look))
        for one in self.presenter.last_days:
            look = partial(self.context.go, "papers_of" if one.own else "permits", case=case)
            told = last_day_words(self.context, one)
            found.append(Banner(Tone.CAREFUL, told, action=say("Look at it"), do=look))
        return found

    def _guardian(self) -> list[QWidget]:
        """A child who stands in the register: days without a guardian, counted until one is named."""
        say, page = self.context.say, self.presenter
        if page.child is None:
            return []
        look = partial(self.context.go, "guardian", case=page.case)
        if not page.without_guardian:
            return [
                Card(marked("done", words(say("A guardian is named."))), flow(button(say("Guardian"), look)))
            ]
        tone = Tone.URGENT if page.guardian_late else Tone.CAREFUL
        return [Banner(tone, page.without_guardian, action=say("Guardian"), do=look)]

    def _papers(self) -> Card:
        say, case = self.context.say, self.presenter.case
        papers = button(
            say("Papers for the person"), partial(self.context.go, "papers_of", case=case), icon="print"
        )
        others = button(
            say("Papers of authorities"), partial(self.context.go, "permits", case=case), icon="form"
        )
        plans = button(
            say("Plans, and what happened"), partial(self.context.go, "measures", case=case), icon="note"
        )
        about = self.presenter.household
        where = {"household": about} if about else {"case": case}
        family = partial(self.context.go, "household", **where)
        at_home = button(
            say("Family who stayed at home"), partial(self.context.go, "at_home", case=case), icon="post"
        )
        ways = (papers, others, plans, button(say("Household and family"), family, icon="people"), at_home)
        return Card(words(say("Papers and plans"), Size.QUESTION, bold=True), flow(*ways))

    def _referrals(self) -> list[QWidget]:
        """What became of each, with the neutral name of the service."""
        say, tag = self.context.say, self.context.words.tag
        if not self.presenter.referrals:
            return []
        card = Card(words(say("Referrals"), Size.QUESTION, bold=True))
        for one in self.presenter.referrals:
            line = say("{day}: {what}", day=format_date(one.day, tag), what=isolate_words(one.service))
            icon, tone = ("urgent", Tone.URGENT) if one.overdue else ("refer", None)
            card.column.addWidget(marked(icon, words(line, bold=True), tone))
            state = say("Overdue. {told}", told=one.state) if one.overdue else one.state
            card.column.addWidget(readable(words(state, quiet=not one.overdue)))
        return [card]

    # Help that was offered and given

    def _help(self) -> Card:
        say, page = self.context.say, self.presenter
        card = Card(words(say("Help offered and received"), Size.QUESTION, bold=True))
        for kind, state in page.help.items():
            line = f"{say(KINDS[kind])} · {say(STATES[state])}" if kind in KINDS else kind
            card.column.addWidget(marked("done" if state == "received" else "note", words(line)))
        if not page.help:
            card.column.addWidget(readable(words(say("Nothing is written down yet."), quiet=True)))
        if page.may_help:
            card.column.addWidget(Fold(say("Write down help"), self._ask_help))
        if page.may_counsel:
            talk = partial(self.context.go, "counselling", number=page.number)
            card.column.addWidget(flow(button(say("Counselling talk"), talk, icon="interview")))
        return card

    def _ask_help(self) -> QWidget:
        say = self.context.say
        which, how = say("Which help?"), say("Offered, or received?")
        self.helps = tuple(
            ChoiceGrid(
                [Offered(value, say(told)) for value, told in offered.items()],
                name=name,
                size=Size.TEXT,
                least=200,
                most=4,
            )
            for name, offered in ((which, KINDS), (how, STATES))
        )
        keep = button(say("Keep this"), self._keep_help, icon="check")
        return column(words(which), self.helps[0], words(how), self.helps[1], flow(keep), gap=8)

    def _keep_help(self) -> None:
        kinds, states = (grid.values for grid in self.helps)
        if not kinds or not states:
            self.context.tell(self.context.say("Choose which help, and whether it was received."))
            return
        page, told = self.presenter, self.context.say("It is written down.")
        self._did(lambda: page.helped(kinds[0], states[0]), told)

    # Who led a talk together, and who interprets

    def _together(self) -> Card:
        say, page = self.context.say, self.presenter
        card = Card(words(say("The talk"), Size.QUESTION, bold=True))
        for one in page.talks:
            who = ", ".join(say(MANDATES[name]) for name in one.mandates if name in MANDATES)
            line = say("{day}: {what}", day=format_date(one.day, self.context.words.tag), what=who)
            card.column.addWidget(marked("people", words(line)))
        interprets = partial(self.context.go, "interpreters", case=page.case)
        ways = [button(say("Who interprets"), interprets, icon="language")]
        if page.may_lead:
            again = partial(self.context.go, "new_interview", case=page.case)
            ways.insert(0, button(say("Another talk with this person"), again, icon="interview"))
        card.column.addWidget(flow(*ways))
        if page.may_help:
            card.column.addWidget(Fold(say("Several offices led the talk together"), self._ask_together))
        return card

    def _ask_together(self) -> QWidget:
        say = self.context.say
        question = say("Which offices took part?")
        offered = [Offered(value, say(told)) for value, told in MANDATES.items()]
        grid = ChoiceGrid(offered, name=question, several=True, size=Size.TEXT, least=240, most=3)
        field = Field(say("In which function?"), hint=say("You can leave this empty. Write no names."))

        def keep() -> None:
            told = say("It is written down.")
            self._did(lambda: self.presenter.joined(grid.values, field.value), told)

        return column(words(question), grid, field, flow(button(say("Keep this"), keep, icon="check")), gap=8)

    # Whether it is open

    def _state(self) -> Card:
        say, page = self.context.say, self.presenter
        number = words(say("Number {number}", number=page.number), Size.QUESTION, bold=True)
        if not page.is_closed:
            return Card(number, marked("note", words(say("This case is open."), bold=True)))
        state = marked("lock", words(say("This case is closed."), bold=True))
        hint = say("Its categories stand. Corrections count only when a second person agrees.")
        card = Card(number, state, readable(words(hint, quiet=True)))
        if page.may_close:
            card.column.addWidget(row(button(say("Open it again"), self._reopen, icon="again")))
            card.column.addWidget(self._place)
        return card

    def _end(self) -> list[QWidget]:
        """The way to close an open case stands below everything that can still be done in it."""
        say, page = self.context.say, self.presenter
        if page.is_closed or not page.may_close:
            return []
        hint = say("Close it when nobody here works on it any more. Its categories stand all the same.")
        way = button(say("Close the case"), partial(self._close, None), icon="lock")
        return [Card(readable(words(hint, quiet=True)), row(way), self._place)]

    def _waits(self) -> list[QWidget]:
        say, go = self.context.say, self.context.go
        found: list[QWidget] = []
        if self.presenter.differences:
            text = say("Two people wrote something different in this case.")
            found.append(
                Banner(Tone.CAREFUL, text, action=say("Settle it"), do=partial(go, "conflicts", rail="home"))
            )
        if self.presenter.waiting:
            text = say("Something in this case waits for a second person.")
            found.append(Banner(Tone.NOTE, text, action=say("Look at it"), do=partial(go, "second_person")))
        return found

    # Categories

    def _categories(self) -> list[QWidget]:
        lines = self.presenter.categories
        self.lines = {}
        if not lines:
            return []
        card = Card(words(self.context.say("Categories of this case"), Size.QUESTION, bold=True))
        for line in lines:
            card.column.addWidget(self._category(line))
        return [card]

    def _category(self, line: CategoryLine) -> QWidget:
        say = self.context.say
        steps = partial(self.context.go, "procedure", case=self.presenter.case, category=line.category)
        by_step = button(say("Step by step"), steps, icon="list", role="plain")
        by_step.setAccessibleDescription(line.name)
        parts: list[QWidget] = [words(line.name, bold=True), flow(by_step)]
        if line.is_closed:
            parts.append(marked("done", words(say("Closed: {reason}", reason=isolate_words(line.reason)))))
        elif line.waits:
            told = say("Somebody asked to close it. It stands until a second person agrees.")
            parts.append(marked("wait", readable(words(told))))
        elif self.presenter.may_close_category:
            place = Holder()
            ask = partial(self._close, line, place)
            close = button(say("Close this category"), ask, icon="close", role="plain")
            close.setAccessibleDescription(line.name)
            parts[1:] = [flow(by_step, close), place]
        self.lines[line.category] = column(*parts, gap=4)
        return self.lines[line.category]

    # Closing

    def _close(self, line: CategoryLine | None, place: Holder | None = None) -> None:
        say = self.context.say
        question = say("Why is it closed?")
        offered = [Offered(value, told) for value, told in self.presenter.becauses()]
        self.grounds = ChoiceGrid(offered, name=question, size=Size.TEXT, least=280, most=3)
        asked = self._reason(
            say("Close it with this reason"), partial(self._closed, line), place or self._place
        )
        (place or self._place).put(words(question, Size.QUESTION), self.grounds, asked)
        self.grounds.focus_first()
        bring_into_view(asked)

    def _closed(self, line: CategoryLine | None, reason: str) -> None:
        because = self.grounds.values if self.grounds is not None else ()
        if not because:
            self.context.tell(self.context.say("Choose first why it is closed."))
            return
        page, say = self.presenter, self.context.say
        if line is None:
            self._did(lambda: page.close(because[0], reason), say("The case is closed."))
            return
        told = {
            True: say("The category is closed."),
            False: say("Another person has to agree. The category stands until then."),
        }
        self._did(lambda: page.close_category(line.category, because[0], reason), told)

    def _reopen(self) -> None:
        self._ask_reason(
            self.context.say("Open it with this reason"),
            lambda reason: self._did(
                lambda: self.presenter.reopen(reason), self.context.say("The case is open again.")
            ),
            self._place,
        )

    def _refused(self) -> None:
        self.presenter.read()

    # What happened

    def _odd(self) -> list[QWidget]:
        """What was written down and cannot all be so: about writing, not about the person."""
        say, page = self.context.say, self.presenter
        if not page.odd:
            return []
        told = say("A slip in writing, perhaps. Correct it if you know better; both stay until then.")
        card = Card(words(say("Look at these answers again"), Size.QUESTION, bold=True))
        for line in page.odd:
            card.column.addWidget(marked("note", readable(words(line))))
        card.column.addWidget(readable(words(told, quiet=True)))
        look = partial(self.context.go, "finished", about=f"case/{page.case}")
        card.column.addWidget(flow(button(say("The interview"), look, icon="list")))
        return [card]

    def _history(self) -> QWidget:
        say = self.context.say
        title = words(say("What happened"), Size.QUESTION, bold=True)
        about = f"case/{self.presenter.case}"
        look = button(
            say("History of any answer"), partial(self.context.go, "history", about=about), icon="list"
        )
        return Card(title, flow(look), Fold(say("Show everything that happened"), self._events))

    def _events(self) -> QWidget:
        alike = groupby(self.presenter.events, key=lambda one: (self._when(one), one.told, one.why))
        return facts((when, self._what(*held)) for (when, _, _), held in alike)

    def _when(self, one: Event) -> str:
        moment = format_moment(one.at, self.context.words.tag)
        return self.context.say("{moment}, {person}", moment=moment, person=isolate_words(one.who))

    def _what(self, one: Event, *more: Event) -> QWidget:
        """What happened; what the same person did several times in a minute stands once, with how often."""
        parts = [readable(words(f"{isolate(f'{1 + len(more)} ×')} {one.told}" if more else one.told))]
        if one.why:
            why = self.context.say("Why: {reason}", reason=isolate_words(one.why))
            parts.append(readable(words(why, quiet=True)))
        return column(*parts, gap=2)
