"""Content packs: what is in force, what waits for its day, and taking in a new one from a stick."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.numbers import format_date
from fieldkit.ui.presenters.packs import Packs
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.reason import Reason
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.in_force import KnownPack
    from fieldkit.services.packs import Looked
    from fieldkit.ui.context import Context


class PacksScreen(Screen):
    """The list; or one pack that was verified and is not taken in yet."""

    rail: str = "exchange"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = Packs(context.open_vault)
        self.told: tuple[Tone, str] | None = None

    @property
    def title(self) -> str:
        return self.context.say("Content packs")

    def build(self) -> QWidget:
        parts: list[QWidget] = [Banner(*self.told)] if self.told else []
        looked = self.presenter.looked
        parts += self._list() if looked is None else [self._found(looked)]
        return column(*parts)

    def main_action(self) -> Way | None:
        say, page = self.context.say, self.presenter
        if not page.may_take:
            return None
        if page.looked is not None:
            return Way(say("Take this pack in"), self._accept, "check")
        return Way(say("Choose the folder of a pack"), self._choose, "folder")

    def other_actions(self) -> tuple[Way, ...]:
        if not self.presenter.may_make or self.presenter.looked is not None:
            return ()
        return (Way(self.context.say("Make a content pack"), partial(self.context.go, "make_pack"), "new"),)

    def back(self) -> Way | None:
        if self.presenter.looked is None:
            return super().back()
        return Way(self.context.say("Back"), self._forget, "back")

    # Parts

    def _list(self) -> list[QWidget]:
        say, state = self.context.say, self.presenter.state
        parts: list[QWidget] = []
        if state.fault is not None:
            text = say(
                "The pack cannot be read by this version; the content that came with the program serves."
            )
            parts.append(Banner(Tone.CAREFUL, f"{text} {self.context.sentence(state.fault)}"))
        if state.expired:
            told = say("This pack has expired. It stays in force; ask headquarters for a newer one.")
            parts.append(Banner(Tone.CAREFUL, told))
        parts += [self._in_force(state.in_force), *map(self._waiting, state.waiting)]
        if state.earlier:
            parts.append(self._earlier(state.earlier))
        return parts

    def _in_force(self, pack: KnownPack | None) -> Card:
        say = self.context.say
        card = Card(words(say("In force"), Size.QUESTION, bold=True))
        if pack is None:
            told = say("The content that came with the program: forms, rules, codebook and leaflets.")
            card.column.addWidget(readable(words(told)))
            rows: list[tuple[str, str]] = []
        else:
            rows = [*self._about(pack), (say("In force since"), self._day(pack.began or pack.accepted))]
            if pack.early:
                rows.append((say("Before its day, because"), pack.early))
            rows.append((say("Expires"), self._day(pack.expires)))
        rows.append((say("Version of the codebook"), str(self.presenter.state.codebook)))
        card.column.addWidget(facts([*rows, (say("Version of the rules"), self.presenter.rules)]))
        return card

    def _waiting(self, pack: KnownPack) -> Card:
        say, page = self.context.say, self.presenter
        card = Card(words(say("Waits for its day"), Size.QUESTION, bold=True))
        rows = [*self._about(pack), (say("In force from"), self._day(pack.active_from))]
        card.column.addWidget(facts(rows))
        if page.early == pack.number:
            card.column.addWidget(self._reason())
        elif page.may_take:
            early = button(say("Let it begin now"), partial(self._ask_reason, pack.number))
            card.column.addWidget(row(early))
        return card

    def _reason(self) -> Reason:
        say = self.context.say
        return Reason(
            say("Why can it not wait?"),
            hint=say("The reason is kept in the journal."),
            action=say("Let it begin now"),
            missing=say("Write a reason first."),
            keep=self._begin,
            cancel=say("Wait for its day"),
            close=partial(self._ask_reason, None),
        )

    def _earlier(self, packs: tuple[KnownPack, ...]) -> Card:
        say = self.context.say
        told = say(
            "They stay for drafts and cases that were begun with them. Only a newer pack brings content back."
        )
        names = [(say("Pack {number}", number=pack.number), pack.title) for pack in packs]
        return Card(
            words(say("Earlier packs"), Size.QUESTION, bold=True), readable(words(told)), facts(names)
        )

    def _found(self, looked: Looked) -> Card:
        say, pack = self.context.say, looked.manifest
        told = say("The signatures of two people at headquarters are right. Nothing is changed yet.")
        rows = [
            (say("Pack"), say("{number}: {title}", number=pack.number, title=pack.title)),
            (say("Made"), self._day(pack.made)),
            (say("In force from"), self._day(pack.active_from)),
            (say("Expires"), self._day(looked.expires)),
            (say("Reviewed"), self._reviewed(pack.reviewed_by, pack.reviewed_on)),
            (say("Files"), str(looked.files)),
            (say("Forms in it"), ", ".join(looked.forms) or say("none")),
        ]
        card = Card(words(pack.title, Size.QUESTION, bold=True), readable(words(told)), facts(rows))
        if looked.expired:
            late = say("By the clock of this laptop it has expired. It can be taken in all the same.")
            card.column.addWidget(Banner(Tone.CAREFUL, late))
        return card

    def _about(self, pack: KnownPack) -> list[tuple[str, str]]:
        say = self.context.say
        name = say("{number}: {title}", number=pack.number, title=pack.title)
        return [(say("Pack"), name), (say("Reviewed"), self._reviewed(pack.reviewed_by, pack.reviewed_on))]

    def _reviewed(self, by: str, on: date | None) -> str:
        say = self.context.say
        return (
            say("by {name}, {day}", name=by, day=self._day(on)) if on else say("nobody has reviewed it yet")
        )

    # What is done

    def _choose(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder of the content pack"))
        if folder is not None:
            self._run(partial(self.presenter.look, folder), "")

    def _accept(self) -> None:
        looked = self.presenter.looked
        assert looked is not None
        say, day = self.context.say, self._day(looked.manifest.active_from)
        waits = say("The pack is here. It will be in force from {day}.", day=day)
        self._run(self.presenter.accept, waits if looked.waits else say("The pack is in force now."))

    def _begin(self, reason: str) -> None:
        self._run(partial(self.presenter.begin_early, reason), self.context.say("The pack is in force now."))

    def _ask_reason(self, number: int | None) -> None:
        self.presenter.early, self.told = number, None
        self.show_again()

    def _forget(self) -> None:
        self.presenter.forget()
        self.show_again()

    def _day(self, day: date) -> str:
        return format_date(day, self.context.words.tag)

    def _run(self, work: Callable[[], object], told: str) -> None:
        def done(_: object) -> None:
            self.context.read_words()  # a pack may bring words of its own
            self.told = (Tone.DONE, told) if told else None
            self.show_again()

        def failed(fault: Exception) -> None:
            self.told = (Tone.CAREFUL, self.context.sentence(fault))
            self.show_again()

        what = self.context.say("Verifying the pack")
        self.context.background.run(lambda _: work(), what=what, done=done, failed=failed, can_cancel=False)
