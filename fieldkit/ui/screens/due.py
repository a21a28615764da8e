"""What is due: children who need somebody, papers that end, referrals without news; and for whoever removes them,
records that were kept long enough, shown by number before they go from this laptop."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.isolates import isolate
from fieldkit.languages.numbers import format_date, format_moment, format_number
from fieldkit.services.retention import Due
from fieldkit.ui.presenters.due import DuePage, WentLine
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.last_days import last_days_card
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.reason import Reason
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.domain.children import Line
    from fieldkit.ui.context import Context

NO_COUNTRY = ""


class DueScreen(Screen):
    """Numbers and days, never a category. Removing asks once more, in its place. `rail` is where one came from."""

    rail: str = "exchange"

    def __init__(self, context: Context, rail: str = "exchange") -> None:
        super().__init__(context)
        self.rail = rail  # it belongs to the place from which it was opened
        self.page = DuePage(context.open_vault)
        self._told, self._whole, self._place = Holder(), Holder(), Holder()

    @property
    def title(self) -> str:
        return self.context.say("What is due")

    def build(self) -> QWidget:
        self.page.read()
        self._told, self._whole = Holder(), Holder()
        made = column(self._told, self._whole)
        self._fill()
        return made

    def main_action(self) -> Way | None:
        if not self.page.safe:
            return None
        text = self.context.words.count(
            "Remove {number} from this laptop", "Remove {number} from this laptop", len(self.page.safe)
        )
        return Way(text, self._ask_safe, "remove")

    def _fill(self) -> None:
        self._place = Holder()
        days = last_days_card(self.context, self.page.last_days)
        parts: list[QWidget] = [*self._calls(), *self._children(), *self._lists(), *days]
        if self.page.may_remove:
            parts += self._records()
        elif not parts:
            parts.append(Card(EmptyState(self.context.say("Nothing is due."), "", icon="done")))
        self._whole.put(*parts)

    def _records(self) -> list[QWidget]:
        """What can go from this laptop, for whoever removes it."""
        parts: list[QWidget] = [self._about()]
        if self.page.clock_is_behind:
            parts.append(Banner(Tone.CAREFUL, self._clock()))
        if self.page.rows:
            parts += [self._place, *(self._row(one) for one in self.page.rows)]
        else:
            parts.append(self._nothing())
        if self.page.may_override and self.page.countries(self.context.words.tag):
            parts.append(self._countries())
        if self.page.went:
            parts.append(self._went())
        return parts

    # What is shown

    def _lists(self) -> list[QWidget]:
        """What has a list of its own."""
        return [*self._held(), *self._referrals()]

    def _held(self) -> list[QWidget]:
        """People who are held for as many days as somebody called long."""
        if not self.page.held:
            return []
        told = self.context.words.count(
            "{number} person is held for long.", "{number} people are held for long.", self.page.held
        )
        look = partial(self.context.go, "held")
        return [Banner(Tone.CAREFUL, told, action=self.context.say("People who are held"), do=look)]

    def _referrals(self) -> list[QWidget]:
        """Referrals of which nobody heard anything in time."""
        if not self.page.overdue:
            return []
        told = self.context.words.count(
            "{number} referral is overdue.", "{number} referrals are overdue.", self.page.overdue
        )
        look = partial(self.context.go, "follow_up")
        return [Banner(Tone.CAREFUL, told, action=self.context.say("Follow up"), do=look)]

    def _about(self) -> QWidget:
        say, day = self.context.say, self.page.counted_to
        told = say(
            "What was kept long enough goes from this laptop and from no other. Days are counted by what "
            "headquarters signed, never by the clock of this laptop."
        )
        parts: list[QWidget] = [readable(words(told))]
        if day is not None:
            counted = say("Counted up to {day}.", day=format_date(day, self.context.words.tag))
            parts.append(words(counted, quiet=True))
        if self.page.rows and not self.page.reviewed:
            law = say(
                "No lawyer has read how long records are kept here. Ask headquarters before you remove any."
            )
            parts.append(marked("note", readable(words(law))))
        return Card(*parts)

    def _children(self) -> list[QWidget]:
        """Children who should have a guardian by now: by number, like everything here."""
        say, page = self.context.say, self.page
        if not page.children:
            return []
        title = words(say("Children without a guardian: the days are over"), Size.QUESTION, bold=True)
        card = Card(marked("urgent", title, Tone.URGENT))
        screen, way = ("guardian", say("Guardian")) if page.may_name_guardian else ("case", say("The case"))
        for line in page.children:
            told = say("Guardian: {state}", state=page.without_guardian(line, self.context.words))
            go = button(way, partial(self.context.go, screen, case=line.case))
            card.column.addWidget(self._child(line, told, go))
        if not page.may_name_guardian:
            ask = say("Tell child protection: they write down who the guardian is.")
            card.column.addWidget(readable(words(ask, quiet=True)))
        if page.may_open_register:
            look = partial(self.context.go, "child_register")
            card.column.addWidget(flow(button(say("Register of children"), look, icon="people")))
        return [card]

    def _calls(self) -> list[QWidget]:
        """Children for whom a number was called, and nobody answered."""
        say, page = self.context.say, self.page
        if not page.not_answered:
            return []
        title = words(say("Nobody answered the call for these children"), Size.QUESTION, bold=True)
        card = Card(marked("urgent", title, Tone.URGENT))
        for line in page.not_answered:
            told = say("A number was called, and nobody answered.")
            text, screen = (say("Call now"), "alert") if page.may_call else (say("The case"), "case")
            way = button(text, partial(self.context.go, screen, case=line.case), icon="urgent")
            card.column.addWidget(self._child(line, told, way))
        return [card]

    def _child(self, line: Line, told: str, way: QPushButton) -> QWidget:
        """One child, by number, and what somebody can do about it."""
        number = self.context.say("Number {number}", number=isolate(line.number))
        way.setAccessibleDescription(number)
        return column(words(number, bold=True), readable(words(told)), flow(way), gap=4)

    def _clock(self) -> str:
        return self.context.say(
            "Headquarters signed a day that has not come yet by the clock of this laptop. One of the two clocks is "
            "wrong: ask headquarters before you remove anything."
        )

    def _nothing(self) -> Card:
        say = self.context.say
        if self.page.counted_to is None:
            todo = say("No receipt has come from headquarters yet. Without one nothing is ever due.")
        else:
            todo = say("What has been kept long enough stands here before it goes.")
        more = self.page.last_days or self.page.overdue or self.page.children
        told = say("No record is due to go.") if more else say("Nothing is due.")
        return Card(EmptyState(told, todo, icon="done"))

    def _row(self, one: Due) -> Card:
        say, tag = self.context.say, self.context.words.tag
        rows = [
            (say("Kept since"), format_date(one.since, tag)),
            (say("Kept for"), self._days(one.rule.days)),
            (say("Where else it is held"), self._where(one)),
        ]
        number = say("Number {number}", number=isolate(one.number))
        card = Card(words(number, Size.QUESTION, bold=True), facts(rows, share=3))
        card.setAccessibleName(number)
        if one.under_way:
            told = say(
                "Somebody has an unfinished interview of this number. It stays until that is finished."
            )
            if one.is_together:
                told = say("People of this household still wait. It stays until nobody of it does.")
            card.column.addWidget(marked("wait", readable(words(told))))
        elif not one.safe:
            card.column.addWidget(self._not_safe(one))
        return card

    def _days(self, days: int) -> str:
        shown = format_number(days, self.context.words.tag)
        return self.context.words.count("{shown} day", "{shown} days", days, shown=shown)

    def _where(self, one: Due) -> str:
        say = self.context.say
        if one.is_together:
            return say("Nowhere: who came together stays on this laptop. When it goes, nobody has it.")
        if not one.shared:
            return say("Nowhere: the person did not let headquarters have it. When it goes, nobody has it.")
        if one.safe:
            return say("At headquarters, safely: what it may have. The rest is here only.")
        return say("At headquarters perhaps, and not safely yet.")

    def _not_safe(self, one: Due) -> QWidget:
        say = self.context.say
        told = say("Headquarters has not said that it is safe there. Export, and take in the next receipt.")
        parts: list[QWidget] = [marked("wait", readable(words(told)))]
        if self.page.may_override:
            place = Holder()
            way = button(say("Remove it all the same"), partial(self._ask_reason, one, place), role="plain")
            way.setAccessibleDescription(one.number)
            parts += [flow(way), place]
        return column(*parts, gap=8)

    def _went(self) -> QWidget:
        say = self.context.say
        title = words(say("What went"), Size.QUESTION, bold=True)
        return Card(title, Fold(say("Show what went"), lambda: column(*map(self._gone, self.page.went))))

    def _gone(self, one: WentLine) -> QWidget:
        """One that went: how, and what its entries still tell without their content."""
        still = Fold(self.context.say("Show what is still known"), lambda: self._events(one))
        return column(words(self._number(one), bold=True), readable(words(self._how(one))), still, gap=4)

    def _events(self, one: WentLine) -> QWidget:
        tag = self.context.words.tag
        return facts((format_moment(held.at, tag), held.told) for held in self.page.events(one, tag))

    def _number(self, one: WentLine) -> str:
        return self.context.say("Number {number}", number=isolate(one.number))

    def _how(self, one: WentLine) -> str:
        say, day = self.context.say, format_date(one.removal.day, self.context.words.tag)
        if one.removal.how == "purged":
            return say("Removed from this laptop on {day}: it had been kept long enough.", day=day)
        if one.removal.how == "erased":
            return say("Erased for ever on {day}: headquarters signed it.", day=day)
        return say("Erased at headquarters, said on {day}. What is here stays.", day=day)

    def _countries(self) -> QWidget:
        say = self.context.say
        question = say("Which country is this post in?")
        offered = [Offered(code, name) for code, name in self.page.countries(self.context.words.tag)]
        grid = ChoiceGrid(offered, name=question, size=Size.TEXT, least=200, most=4)
        grid.choose(self.page.country)
        grid.chosen.connect(lambda values: self._chosen(values[0]))
        hint = say("Some countries have limits of their own.")
        return Card(words(question, Size.QUESTION, bold=True), words(hint, quiet=True), grid)

    def _chosen(self, code: str) -> None:
        self._did(lambda: self.page.choose_country(code), "")

    # What is done

    def _ask_safe(self) -> None:
        say = self.context.say
        told = self.context.words.count(
            "{number} person's records go from this laptop, with their files. This cannot be taken back here.",
            "{number} persons' records go from this laptop, with their files. This cannot be taken back here.",
            len(self.page.safe),
        )
        yes = button(say("Remove them now"), self._remove_safe, icon="remove")
        no = button(say("Cancel"), self._place.put, role="plain")
        self._place.put(Banner(Tone.CAREFUL, told), flow(yes, no))
        bring_into_view(self._place)
        yes.setFocus()

    def _remove_safe(self) -> None:
        rows = self.page.safe
        self._did(lambda: self.page.remove(rows), self.context.say("The records are gone from this laptop."))

    def _ask_reason(self, one: Due, place: Holder) -> None:
        say = self.context.say
        asked = Reason(
            say("Why is it removed although it is not safe at headquarters?"),
            hint=say("Headquarters reads it. Write no names."),
            action=say("Remove it, with this reason"),
            missing=say("Write why, in a few words."),
            cancel=say("Cancel"),
            keep=lambda reason: self._did(
                lambda: self.page.remove((one,), reason), say("The records are gone from this laptop.")
            ),
            close=place.put,
        )
        place.put(asked)
        asked.field.line.setFocus()
        bring_into_view(asked)

    def _did(self, do: Callable[[], object], told: str) -> None:
        try:
            do()
        except FieldkitError as fault:
            self.context.show_error(fault)
            self.page.read()
        else:
            self._told.put(*([Banner(Tone.DONE, told)] if told else []))
            self.context.saved()
        self._fill()
        self.context.refresh()
