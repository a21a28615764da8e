"""The first screen of somebody who interviews: who waits, and one press for whoever has just arrived.

Rows show a number, never a name and never a reason: the screen can be read from across the desk.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from fieldkit.domain.access import Action
from fieldkit.languages.autonyms import autonym
from fieldkit.languages.numbers import format_moment
from fieldkit.services.waiting import ARRIVAL, PAGE, Wanted
from fieldkit.ui import theme
from fieldkit.ui.presenters.home import Home, Unfinished
from fieldkit.ui.presenters.on_paper import Head
from fieldkit.ui.presenters.queue import PLACE_WORDS, Place, Queue
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import BigButton, button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.due_card import due_card
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.from_headquarters import tasks_card
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import Columns, flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.queue_rows import ICONS, QueueRows
from fieldkit.ui.widgets.text import words

if TYPE_CHECKING:
    from fieldkit.services.forms_held import OfferedForm
    from fieldkit.ui.context import Context

CHILD_FORM = "child_first"
"""The first sheet for a child who is alone: a call comes before every question (`protection.md` 6)."""


class HomeScreen(Screen):
    """`language` and `flag` say which part of the queue is looked at, `shown` how much of it."""

    shows_notices: ClassVar[bool] = True
    rail: str = "home"

    def __init__(self, context: Context, language: str = "", flag: str = "", shown: int = PAGE) -> None:
        super().__init__(context)
        self._wanted, self._shown = Wanted(language, flag), shown
        self.filters: dict[str, ChoiceGrid] = {}
        self.rows: list[QueueRows] = []
        self.number: Field | None = None
        self._number = ""
        self._place, self._unfinished_place = Holder(), Holder()
        self._read()

    @property
    def title(self) -> str:
        return self.context.say("People waiting") if self.queue.may_look else self.context.say("People")

    def build(self) -> QWidget:
        self._read()
        parts: list[QWidget] = [*tasks_card(self.context), *due_card(self.context)]
        if self.queue.may_look:
            self._place = Holder()
            parts += [self._other_arrivals(), *self._filter(), self._place]
        self._unfinished_place = Holder()
        parts.append(self._unfinished_place)
        if self.presenter.surveys:
            parts.append(words(self.context.say("Surveys"), Size.QUESTION, bold=True))
            parts.append(_grid([self._survey(form) for form in self.presenter.surveys]))
        page = column(*parts, flow(*self._ways()))
        if self.queue.may_look:
            self._place.put(*self._waiting())
        self._unfinished_place.put(*self._unfinished_part())
        return page

    def main_action(self) -> Way | None:
        say = self.context.say
        if self._arrival_allowed:
            return Way(say("Somebody arrived"), self._arrived, "new")
        form = self.presenter.first_form
        return Way(say("New interview"), partial(self._begin, form), "new") if form is not None else None

    def other_actions(self) -> tuple[Way, ...]:
        form = self.presenter.first_form
        if form is None or not self._arrival_allowed:
            return ()
        return (Way(self.context.say("New interview"), partial(self._begin, form), "interview"),)

    def back(self) -> None:
        return None

    def _read(self) -> None:
        from fieldkit.services import intake  # noqa: PLC0415 (not needed before somebody is in)

        vault, spoken = self.context.open_vault, self.context.words
        self.presenter = Home(vault, intake.offered_forms, intake.drafts, spoken.tag)
        self.queue = Queue(vault, spoken, self._wanted, self._shown)

    @property
    def _arrival_allowed(self) -> bool:
        return self._may_begin(ARRIVAL)

    def _may_begin(self, form: str) -> bool:
        return self.presenter.may_interview and any(one.id == form for one in self.presenter.interviews)

    # Who waits

    def _waiting(self) -> list[QWidget]:
        say, queue = self.context.say, self.queue
        self.rows = []
        if not queue.lines:
            told = say("Nobody of these waits.") if queue.is_filtered else say("Nobody waits.")
            todo = say("Press Somebody arrived as soon as a person comes. Help first, questions later.")
            return [Card(EmptyState(told, todo, icon="people"))]
        parts: list[QWidget] = []
        for place in Place:
            lines = queue.at(place)
            if not lines:
                continue
            heading = say("{place}: {number}", place=say(PLACE_WORDS[place]), number=len(lines))
            first = 1 + sum(len(made.buttons) for made in self.rows)
            rows = QueueRows(lines, name=heading, first=first)
            rows.opened.connect(self._open)
            self.rows.append(rows)
            parts += [marked(ICONS[place], words(heading, Size.QUESTION, bold=True)), rows]
        if queue.may_be_more:
            of_all = say("{shown} of {whole}", shown=len(queue.lines), whole=queue.whole)
            more = [button(say("Show more"), self._more, icon="list")] if queue.may_show_more else []
            parts.append(row(words(of_all, quiet=True), *more))
        return parts

    def _filter(self) -> list[QWidget]:
        """Which part of the queue: it folds away, and is open while something is chosen."""
        if self.queue.whole < 2 and not self.queue.is_filtered:
            return []
        say = self.context.say
        name = say("Find, or show only some")
        return [Fold(name, self._choose_part, is_open=self.queue.is_filtered)]

    def _choose_part(self) -> QWidget:
        say, queue = self.context.say, self.queue
        spoken = [
            Offered("", say("Every language")),
            *(Offered(tag, autonym(tag), tag) for tag in queue.languages),
        ]
        urgent = [Offered("", say("Everybody")), *(Offered(flag, told) for flag, told in queue.flags())]
        for name, question, offered in (
            ("language", say("Language"), spoken),
            ("flag", say("Urgent"), urgent),
        ):
            made = ChoiceGrid(offered, name=question, numbered=False, size=Size.TEXT, least=200)
            made.choose(getattr(self._wanted, name))
            made.chosen.connect(partial(self._filtered, name))
            self.filters[name] = made
        self.number = Field(say("Number"), hint=say("The beginning of a number on a token is enough."))
        self.number.line.textEdited.connect(self._typed)
        return column(self.number, *self.filters.values(), gap=8)

    def _typed(self, number: str) -> None:
        self._number = number
        self._look_again()

    def _filtered(self, name: str, values: tuple[str, ...]) -> None:
        language, flag = self._wanted.language, self._wanted.flag
        value = values[0] if values else ""
        self._wanted = Wanted(value, flag) if name == "language" else Wanted(language, value)
        self._shown = PAGE
        self._look_again()

    def _more(self) -> None:
        self._shown += PAGE
        self._look_again()

    def _look_again(self) -> None:
        vault, spoken = self.context.open_vault, self.context.words
        self.queue = Queue(vault, spoken, self._wanted, self._shown, self._number)
        self._place.put(*self._waiting())
        self._unfinished_place.put(*self._unfinished_part())

    def _open(self, about: str) -> None:
        self.context.go("waiting", about=about)

    # Who arrives

    def _other_arrivals(self) -> QWidget:
        say = self.context.say
        ways: list[QWidget] = []
        if self._may_begin(CHILD_FORM):
            ways.append(button(say("A child alone"), self._child, icon="urgent"))
        ways.append(button(say("Many people at once"), partial(self.context.go, "surge"), icon="people"))
        if self.context.open_vault.training:  # a vault for training, and no other (`services.practice`)
            ways.append(button(say("Practise"), partial(self.context.go, "practice"), icon="again"))
        return flow(*ways)

    def _arrived(self) -> None:
        self.context.go("choose_language", form=ARRIVAL, then=self._enter)

    @faults_are_told
    def _enter(self, tag: str) -> None:
        from fieldkit.services import waiting  # noqa: PLC0415 (not needed before somebody is in)
        from fieldkit.ui.presenters.new_interview import officers_side  # noqa: PLC0415

        side = officers_side(self.context.words.tag)
        interview = waiting.arrive(self.context.open_vault, tag, officer_language=side)
        self.context.navigation.instead("interview", draft=interview.draft_id)

    def _child(self) -> None:
        self.context.go("choose_language", form=CHILD_FORM)

    # What is unfinished, and the other ways

    def _unfinished_part(self) -> list[QWidget]:
        say = self.context.say
        beside = self.presenter.unfinished_beside({line.about for line in self.queue.lines})
        if beside:
            head = words(say("Unfinished interviews"), Size.QUESTION, bold=True)
            return [head, _grid([self._unfinished(one) for one in beside])]
        if self.queue.may_look:
            return []
        todo = say("Your account takes no protection interviews.")
        return [Card(EmptyState(say("No interview is unfinished."), todo, icon="interview"))]

    def _ways(self) -> list[QWidget]:
        say, go = self.context.say, self.context.go
        ways: list[QWidget] = [button(say("Finished interviews"), partial(go, "people"), icon="list")]
        if self.presenter.first_form:
            ways.insert(0, button(say("Other talks"), partial(go, "new_interview"), icon="interview"))
        if self.presenter.first_form or self.presenter.surveys:
            ways.append(button(say("On paper"), lambda: go("on_paper", head=Head()), icon="form"))
        if self.presenter.may_import_forms:
            ways.append(button(say("Forms"), partial(go, "forms"), icon="form"))
        if self.context.open_vault.may(Action.FOLLOW_UP):
            ways.append(button(say("To follow up"), partial(go, "follow_up"), icon="refer"))
            ways.append(button(say("People who are held"), partial(go, "held"), icon="lock"))
            ways.append(button(say("Check a paper"), partial(go, "check_paper"), icon="check"))
            ways.append(button(say("Interpreters"), partial(go, "interpreters"), icon="language"))
        if self.context.open_vault.may(Action.CHILD_REGISTER):
            ways.append(button(say("Register of children"), partial(go, "child_register"), icon="people"))
        if self.context.open_vault.may(Action.KEEP_DUTY):
            ways.append(button(say("Who is on duty for children"), partial(go, "duty"), icon="wait"))
        if self.context.open_vault.may(Action.KEEP_TEAM):
            ways.append(button(say("Working together"), partial(go, "team"), icon="people"))
        if self.context.open_vault.may(Action.SET_LIMITS):
            ways.append(button(say("How long people may wait"), partial(go, "waiting_limits"), icon="wait"))
        return ways

    def _unfinished(self, one: Unfinished) -> BigButton:
        started = format_moment(one.started, self.context.words.tag)
        second = self.context.say(
            "{form} · {language} · begun {moment}",
            form=one.title,
            language=autonym(one.person_language),
            moment=started,
        )
        made = BigButton(one.number, tag="en", second=second, icon="interview")
        made.clicked.connect(lambda: self.context.go("interview", draft=one.id))
        return made

    def _survey(self, form: OfferedForm) -> BigButton:
        made = BigButton(form.title(self.context.words.tag), icon="form")
        made.clicked.connect(partial(self._begin, form))
        return made

    def _begin(self, form: OfferedForm, *_: object) -> None:
        self.context.go("choose_language", form=form.id)


def _grid(buttons: list[BigButton]) -> QWidget:
    px = theme.current().px
    box = QWidget()
    layout = Columns(box, least=px(420), most=2, gap=px(8))
    for made in buttons:
        layout.addWidget(made)
    return box
