"""What the answers point to: suggestions with their reasons, and a person who confirms or does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from fieldkit.domain.access import Action
from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.outcome import NO_SPECIFIC_NEED, SCREEN_AGAIN
from fieldkit.languages.numbers import format_list, format_moment
from fieldkit.services.refer import Standing
from fieldkit.ui.presenters.alert import is_about_a_child
from fieldkit.ui.presenters.outcome import Answer, Chosen, Outcome, Row
from fieldkit.ui.screens.outcome_leaflets import leaflets_card
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.keyboard import has_keyboard
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.reason import Reason
from fieldkit.ui.widgets.sealed import sealed_card
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


MEANWHILE = "conflict.changed_meanwhile"
"""Somebody else decided on the same while the page was open."""


class OutcomeScreen(Screen):
    """One case. A card that changes is put anew in its place; the page does not jump."""

    rail: str = "home"

    def __init__(self, context: Context, case: str) -> None:
        super().__init__(context)
        self.presenter = Outcome(context.open_vault, case, context.words.tag)
        self.cards: dict[str, Holder] = {}
        self._chosen = Holder()
        self._others = Holder()
        self._none = Holder()
        self._told_what_waits = False

    @property
    def title(self) -> str:
        return self.context.say("What the answers point to")

    def build(self) -> QWidget:
        if self.language_changed():
            self.presenter = Outcome(self.context.open_vault, self.presenter.case, self.context.words.tag)
        say, page = self.context.say, self.presenter
        self.cards = {}
        number = words(say("Number {number}", number=page.number), Size.QUESTION, bold=True)
        what_it_is = say(
            "The screening suggests and refers. It decides nothing: not who a person is, and not whether they "
            "may stay. You confirm what fits, and say why where it does not."
        )
        parts: list[QWidget] = [number, readable(words(what_it_is, quiet=True))]
        parts += [self._place(one) for one in page.suggested] or [self._nothing()]
        self._chosen, self._others, self._none = Holder(), Holder(), Holder()
        parts.append(self._chosen)
        if page.cannot_tell:
            parts.append(self._cannot_tell())
        if page.hidden:
            parts.append(sealed_card(self.context, page.hidden))
        if page.sealed:
            parts.append(self._sealed())
        parts += leaflets_card(self.context, page.case)
        parts += [self._others, self._none, self._to_others()]
        page_column = column(*parts)
        self._fill()
        return page_column

    def main_action(self) -> Way | None:
        say = self.context.say
        if self.presenter.not_referred and self.presenter.may_refer:
            return Way(say("Next: referral"), partial(self._refer, self.presenter.not_referred[0]), "refer")
        if self._told_what_waits and self.presenter.undecided:
            return Way(say("Go, and let them wait"), self._go, "done")
        return Way(say("Finish"), self._finish, "done")

    def other_actions(self) -> tuple[Way, ...]:
        about = f"case/{self.presenter.case}"
        case = self.presenter.case
        look = Way(self.context.say("The interview"), lambda: self.context.go("finished", about=about))
        file = Way(self.context.say("The case"), lambda: self.context.go("case", case=case))
        referred = [one for one in self.presenter.to_refer if one not in self.presenter.not_referred]
        again = [Way(self.context.say("Referrals"), partial(self._refer, one)) for one in referred[:1]]
        return (look, file, *again)

    def in_hand(self) -> tuple[tuple[str, str], ...]:
        """The category whose card has the keyboard, else the first that waits for a decision, else the first."""
        page = self.presenter
        held = [name for name, place in self.cards.items() if has_keyboard(place)]
        shown = [one.category for one in (*page.undecided, *page.suggested)]
        shown += [one.category for one in page.chosen]
        return tuple(("category", name) for name in (held or shown)[:1])

    def _to_others(self) -> QWidget:
        """The ways to other posts and offices; a child is a call first, and an alert after it."""
        say, vault, case = self.context.say, self.context.open_vault, self.presenter.case
        ways: list[QWidget] = []
        if vault.may(Action.SHARE):
            share = partial(self.context.go, "sharing", case=case)
            ways.append(button(say("Share or hand over"), share, icon="exchange"))
        if is_about_a_child(self.presenter.suggested) and vault.may(Action.ALERT):
            alert = partial(self.context.go, "alert", case=case)
            ways.append(button(say("Alert other posts"), alert, icon="urgent"))
        return flow(*ways)

    # Ways

    def _refer(self, category: str) -> None:
        self.context.go("referral", case=self.presenter.case, category=category)

    def _finish(self) -> None:
        waiting = self.presenter.undecided
        if not (waiting and self.presenter.may_confirm):
            self._go()
            return
        say = self.context.say
        names = format_list((row.name for row in waiting), self.context.words.tag)
        told = say(
            "Nobody has decided on: {names}. Confirm each, or leave it for review and say why.", names=names
        )
        stays = say("If you go now, they stay, and wait under “Finished interviews”.")
        at_once = [say("To be done at once.")] if any(row.at_once for row in waiting) else []
        self.context.tell(" ".join([*at_once, told, stays]))
        self._told_what_waits = True
        self.context.refresh()

    def _go(self) -> None:
        self.context.navigation.start("home")

    def _did(self, do: Callable[[], object], card: str = "") -> None:
        try:
            do()
        except FieldkitError as fault:
            self.context.show_error(fault)
            if fault.code != MEANWHILE:
                return
            self.presenter.read()  # theirs is on the screen now; what is decided from here replaces it
        else:
            self.context.saved()
        if card in self.cards:
            page = self.presenter
            again = next(
                one for one in (*page.suggested, *page.cannot_tell, *page.sealed) if one.category == card
            )
            self.cards[card].put(self._card(again))
        self._fill()
        self.context.refresh()

    # Suggestions

    def _place(self, one: Row) -> Holder:
        self.cards[one.category] = Holder(self._card(one))
        return self.cards[one.category]

    def _card(self, one: Row) -> Card:
        say = self.context.say
        card = Card(words(one.name, Size.QUESTION, bold=True))
        card.setAccessibleName(one.name)
        if one.standing is not Standing.OPEN:
            card.column.addWidget(self._standing(one))
        card.column.addWidget(readable(words(one.because)))
        if one.at_once:
            card.column.addWidget(marked("wait", words(say("To be done at once."), bold=True)))
        elif one.due:
            until = say("To be done until {moment}.", moment=format_moment(one.due, self.context.words.tag))
            card.column.addWidget(marked("wait", words(until, bold=True)))
        card.column.addWidget(_labelled(say("What to do"), words(one.procedure)))
        if one.answers:
            card.column.addWidget(_labelled(say("Answers that led to it"), self._answers(one.answers)))
        if self.presenter.may_confirm and one.standing is not Standing.CONFIRMED:
            card.column.addWidget(self._to_do(one))
        return card

    def _answers(self, answers: tuple[Answer, ...]) -> QWidget:
        return facts((answer.question, answer.value or self.context.say(answer.ended)) for answer in answers)

    def _standing(self, one: Row) -> QWidget:
        say = self.context.say
        if one.standing is Standing.CLOSED:
            return marked("done", words(say("Closed: {reason}", reason=one.reason), bold=True))
        if one.standing is Standing.CONFIRMED:
            return marked("done", words(say("Confirmed"), bold=True, tone=Tone.DONE), Tone.DONE)
        return marked("wait", words(say("Left for review: {reason}", reason=one.reason), bold=True))

    def _to_do(self, one: Row) -> QWidget:
        say = self.context.say
        confirm = button(
            say("Confirm"),
            lambda: self._did(partial(self.presenter.confirm, one), one.category),
            icon="check",
        )
        place = Holder()
        leave = button(say("Leave for review"), partial(self._show_reason, one, place), icon="wait")
        ways = flow(confirm, leave)
        leave.setVisible(one.standing is Standing.OPEN)
        return column(ways, place, gap=12)

    def _show_reason(self, one: Row, place: Holder) -> None:
        asked = self._ask_reason(one, place)
        place.put(asked)
        asked.field.line.setFocus()
        bring_into_view(asked)

    def _ask_reason(self, one: Row, place: Holder) -> Reason:
        say = self.context.say

        def keep(reason: str) -> None:
            self._did(partial(self.presenter.leave_for_review, one, reason), one.category)

        return Reason(
            say("Why do you leave it for review?"),
            hint=say("The suggestion stays. Somebody else looks at it. Write no names."),
            action=say("Leave for review"),
            missing=say("Write why, in a few words."),
            cancel=say("Cancel"),
            keep=keep,
            close=place.put,
        )

    def _nothing(self) -> Card:
        say = self.context.say
        return Card(
            EmptyState(
                say("No rule suggests a category from these answers."),
                say("That does not mean that there is no need. Look at what is still to be asked, below."),
            )
        )

    def _cannot_tell(self) -> Fold:
        rows = self.presenter.cannot_tell
        text = self.context.words.count(
            "{number} category cannot be told yet", "{number} categories cannot be told yet", len(rows)
        )
        return Fold(text, lambda: column(*(self._open_card(one) for one in rows), gap=12))

    def _sealed(self) -> Fold:
        """What could be told only by somebody who is cleared; what they found in the talk stands above."""
        rows = self.presenter.sealed
        text = self.context.words.count(
            "{number} category cannot be told from here: answers are sealed",
            "{number} categories cannot be told from here: answers are sealed",
            len(rows),
        )
        return Fold(text, lambda: column(*(self._open_card(one) for one in rows), gap=12))

    def _open_card(self, one: Row) -> Holder:
        self.cards[one.category] = Holder(self._still_to_ask(one))
        return self.cards[one.category]

    def _still_to_ask(self, one: Row) -> Card:
        say = self.context.say
        missing = tuple(answer for answer in one.answers if not answer.value)
        card = Card(words(one.name, bold=True))
        if one.standing is not Standing.OPEN:
            card.column.addWidget(self._standing(one))
        card.column.addWidget(_labelled(say("Still to be asked"), self._answers(missing or one.answers)))
        return card

    # What a person chooses

    def _fill(self) -> None:
        """Put anew what depends on the whole case."""
        page = self.presenter
        self._chosen.put(*(self._chosen_card(one) for one in page.chosen))
        if page.may_confirm:
            self._others.put(Fold(self.context.say("Choose another category"), self._choose_another))
            self._none.put(*([] if page.no_specific_need_chosen else [self._no_specific_need()]))

    def _chosen_card(self, one: Chosen) -> Card:
        say = self.context.say
        card = Card(
            words(one.name, Size.QUESTION, bold=True),
            marked(
                "done",
                words(say("Chosen: {reason}", reason=one.reason), bold=True, tone=Tone.DONE),
                Tone.DONE,
            ),
            _labelled(say("What to do"), words(one.procedure)),
        )
        card.setAccessibleName(one.name)
        return card

    def _choose_another(self) -> QWidget:
        say = self.context.say
        offered = [Offered(category, name) for category, name in self.presenter.others]
        name = say("Which category?")
        grid = ChoiceGrid(offered, name=name, numbered=False, size=Size.TEXT, least=320, most=3)
        reason = self._reason(say("Choose this category"), lambda text: self._choose(grid.values, text))
        return Card(words(name, Size.QUESTION), grid, reason)

    def _choose(self, values: tuple[str, ...], reason: str) -> None:
        if not values:
            self.context.tell(self.context.say("Choose a category first."))
            return
        self._did(partial(self.presenter.choose, values[0], reason))

    def _no_specific_need(self) -> Card:
        say, page = self.context.say, self.presenter
        card = Card(words(page.name(NO_SPECIFIC_NEED), Size.QUESTION, bold=True))
        if page.no_specific_need_allowed:
            action = say("Choose this category")
            card.column.addWidget(self._reason(action, partial(self._choose, (NO_SPECIFIC_NEED,))))
            return card
        told = say("This cannot be chosen for this person, because silence is not safety:")
        card.column.addWidget(readable(words(told)))
        for why in page.why_no_specific_need_is_closed:
            card.column.addWidget(marked("note", readable(words(say(why)))))
        if not page.screen_again_chosen and any(known == SCREEN_AGAIN for known, _ in page.others):
            action = say("Choose: {category}", category=page.name(SCREEN_AGAIN))
            card.column.addWidget(self._reason(action, partial(self._choose, (SCREEN_AGAIN,))))
        return card

    def _reason(self, action: str, keep: Callable[[str], None]) -> Reason:
        say = self.context.say
        return Reason(
            say("Why?"),
            hint=say("In a few words. Write no names."),
            action=action,
            missing=say("Write why, in a few words."),
            keep=keep,
        )


def _labelled(label: str, content: QWidget) -> QWidget:
    if isinstance(content, QLabel):
        content = readable(content)
    return column(words(label, quiet=True), content, gap=4)
