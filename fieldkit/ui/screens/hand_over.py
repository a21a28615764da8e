"""Letters of other posts: open one, take somebody over, see which hand-overs are not confirmed yet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.numbers import format_date
from fieldkit.services.early_alert import BAND_WORDS
from fieldkit.ui.presenters.hand_over import HandOverPage
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words, words_in

if TYPE_CHECKING:
    from fieldkit.services.hand_over import Arrived, Going, TakenOver
    from fieldkit.storage.shared import AlertRow, TakenOverRow
    from fieldkit.ui.context import Context

LETTERS = "*.fkl"


class HandOverScreen(Screen):
    """What was opened stands on top; below it what went and what came."""

    rail: str = "exchange"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = HandOverPage(context.open_vault, context.words.tag)

    @property
    def title(self) -> str:
        return self.context.say("Hand-overs and letters")

    def build(self) -> QWidget:
        page = self.presenter
        parts: list[QWidget] = []
        if page.taken is not None:
            parts += self._taken(page.taken)
        elif page.arrived is not None:
            return column(self._arrived(page.arrived))
        elif page.confirmed is not None:
            told = self.context.say(
                "{post} took over number {number}.",
                post=isolate_words(page.confirmed.to),
                number=isolate(page.confirmed.number),
            )
            parts.append(Banner(Tone.DONE, told))
        elif page.alert is not None:
            parts.append(self._alert(page.alert))
        return column(*parts, self._going(), self._came(), self._ways())

    def main_action(self) -> Way | None:
        say, page = self.context.say, self.presenter
        if not page.may_share:
            return None
        if page.taken is not None and not page.receipt:
            write = partial(self._write_receipt, page.taken.share)
            return Way(say("Write the receipt into a folder"), write, "folder")
        if page.arrived is not None and page.taken is None:
            return Way(say("Take this person over"), partial(self.write_down, page.take_over), "check")
        return Way(say("Open a file from another post"), self._open, "folder")

    # What was opened

    def _arrived(self, arrived: Arrived) -> QWidget:
        say, page = self.context.say, self.presenter
        day = format_date(arrived.day, self.context.words.tag)
        rows: list[tuple[str, str | QWidget]] = [
            (say("From"), isolate_words(arrived.contact.name)),
            (say("Day"), day),
            (say("Number there"), isolate(arrived.number)),
        ]
        rows += [(say("May need"), isolate_words(name)) for name in page.categories()]
        rows += [(isolate_words(one["question"]), isolate_words(one["words"])) for one in arrived.answers]
        told = say(
            "If you take over, a new case begins here. What was told there is shown as told elsewhere: ask "
            "again where it matters. Agreements are asked anew."
        )
        head = words(say("Somebody is handed over to you"), Size.QUESTION, bold=True)
        return Card(head, facts(rows, share=1), readable(words(told, quiet=True)))

    def _taken(self, taken: TakenOver) -> list[QWidget]:
        say, page = self.context.say, self.presenter
        number = isolate(taken.number)
        told = say("Taken over. The number here is {number}.", number=number)
        parts: list[QWidget] = [Banner(Tone.DONE, told)]
        if page.receipt:
            parts.append(words(say("The receipt was written: {file}.", file=isolate(page.receipt))))
        else:
            parts.append(readable(words(say("The other post waits for your receipt. Call them as well."))))
        look = button(
            say("What this person may need"),
            partial(self.context.go, "outcome", case=taken.case),
            icon="next",
        )
        return [*parts, row(look)]

    def _alert(self, alert: AlertRow) -> Card:
        say = self.context.say
        return Card(
            marked("urgent", words(say("Another post looks out for a child"), Size.QUESTION, bold=True)),
            facts(
                [
                    (say("Call"), words_in(alert.call, "en", Size.PERSON, bold=True)),
                    (say("Number"), isolate(alert.number)),
                    (say("Age"), say(BAND_WORDS[alert.age_band])),
                ],
                share=3,
            ),
        )

    # What went, what came

    def _going(self) -> Card:
        say, page = self.context.say, self.presenter
        card = Card(words(say("Handed over from here"), Size.QUESTION, bold=True))
        if not page.going:
            hint = say("Open a person's outcome and press Share or hand over.")
            card.column.addWidget(EmptyState(say("Nobody yet."), hint, icon="exchange"))
        for one in page.going:
            card.column.addWidget(self._one_going(one))
        return card

    def _one_going(self, one: Going) -> QWidget:
        say, tag = self.context.say, self.context.words.tag
        to, number = isolate_words(one.to), isolate(one.number)
        if one.confirmed is not None:
            told = say(
                "{number}: {post} took over on {day}.",
                number=number,
                post=isolate_words(one.confirmed.by),
                day=format_date(one.confirmed.day, tag),
            )
            return marked("done", readable(words(told)), Tone.DONE)
        told = say(
            "{number}: handed over to {post} on {day}, not yet confirmed. Call them.",
            number=number,
            post=to,
            day=format_date(one.day, tag),
        )
        return marked("wait", readable(words(told, bold=True)), Tone.CAREFUL)

    def _came(self) -> QWidget:
        say, page = self.context.say, self.presenter
        if not page.came:
            return column()
        card = Card(words(say("Taken over here"), Size.QUESTION, bold=True))
        for one in page.came:
            card.column.addWidget(self._one_came(one))
        return card

    def _one_came(self, one: TakenOverRow) -> QWidget:
        say = self.context.say
        told = say(
            "{here} (there: {there})",
            here=isolate(self.presenter.number_here(one.case)),
            there=isolate(one.number),
        )
        look = button(say("Open"), partial(self.context.go, "outcome", case=one.case), icon="next")
        again = button(say("Write the receipt again"), partial(self._write_receipt, one.share), icon="folder")
        place = Holder()
        show = button(say("What was told there"), partial(self._show_told, one.case, place), icon="show")
        return column(words(told), flow(look, show, again), place, gap=4)

    def _show_told(self, case: str, place: Holder) -> None:
        """The answers as they came; those of a sealed class only to who may read it, and that is written down."""
        told = self.presenter.told_elsewhere(case)
        rows = [(isolate_words(question), isolate_words(answer)) for question, answer in told]
        note = self.context.say("Told at the other post. Ask again where it matters.")
        place.put(readable(words(note, quiet=True)), facts(rows, share=1))

    def _ways(self) -> QWidget:
        say = self.context.say
        return row(
            button(say("Other posts and offices"), partial(self.context.go, "contacts"), icon="key"),
            button(say("Alerts about children"), partial(self.context.go, "alert"), icon="urgent"),
        )

    # What is done

    def _open(self) -> None:
        name = self.context.say("File from another post")
        path = self.context.ask_file(name, f"{name} ({LETTERS})")
        if path is not None:
            self.write_down(partial(self.presenter.open, path))

    def _write_receipt(self, share: str) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the receipt"))
        if folder is not None:
            self.write_down(partial(self.presenter.write_receipt, share, folder))
