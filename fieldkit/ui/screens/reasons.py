"""Before a correction is finished: for each changed answer, why it is changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.isolates import isolate_words
from fieldkit.ui.presenters.finished import ReasonsPage
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.changes import ChangedAnswer
    from fieldkit.ui.context import Context


class ReasonsScreen(Screen):
    """Reasons are kept as they are typed; the correction waits until each change has one."""

    rail: str = "home"

    def __init__(self, context: Context, draft: str) -> None:
        super().__init__(context)
        self.page = ReasonsPage(context.open_vault, draft)
        self.fields: dict[str, Field] = {}
        self._meanwhile = Holder()

    @property
    def title(self) -> str:
        return self.context.say("Why is it changed?")

    def build(self) -> QWidget:
        say = self.context.say
        self.fields = {}
        changed = self.page.changed
        if not changed:
            told = say("No answer is different from before. Go back and change what is wrong, or leave it.")
            return Card(readable(words(told, Size.QUESTION)))
        told = say(
            "The finished interview stays as it is. What you change stands beside it, with your name, the time "
            "and the reason."
        )
        self._meanwhile = Holder()
        parts: list[QWidget] = [self._meanwhile, readable(words(told, quiet=True))]
        parts += [self._card(one) for one in changed]
        if sum(not one.consequence for one in changed) > 1:
            parts.append(row(button(say("Use the first reason for all"), self._same_for_all, icon="again")))
        return column(*parts)

    def main_action(self) -> Way | None:
        if not self.page.changed:
            return None
        return Way(self.context.say("Keep the correction"), self._finish, "done")

    def shown(self) -> None:
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.line.setFocus()

    def left(self) -> None:
        for ref, field in self.fields.items():
            self._keep(ref, field)

    def _card(self, one: ChangedAnswer) -> Card:
        say, spoken = self.context.say, self.context.words
        card = Card(words(self.page.label(one), Size.QUESTION, bold=True))
        rows = [
            (say("Before"), isolate_words(self.page.told(one, one.before, spoken))),
            (say("Now"), isolate_words(self.page.told(one, one.after, spoken))),
        ]
        card.column.addWidget(facts(rows, share=3))
        if one.consequence:
            told = say("It followed from another answer that was changed.")
            card.column.addWidget(marked("note", words(told, quiet=True)))
            return card
        field = Field(
            say("Reason"), hint=say("In a few words, without names."), size=Size.TEXT, value=one.reason
        )
        field.line.editingFinished.connect(partial(self._keep, one.ref, field))
        field.line.textEdited.connect(lambda _text: field.show_problem(""))
        self.fields[one.ref] = field
        card.column.addWidget(field)
        return card

    @faults_are_told
    def _keep(self, ref: str, field: Field) -> None:
        if field.value.strip() == self.page.interview.facts.reasons.get(ref, ""):
            return
        self.page.give(ref, field.value)
        self.context.saved()

    def _same_for_all(self) -> None:
        fields = list(self.fields.items())
        for ref, field in fields[1:]:
            field.line.setText(fields[0][1].value)
            field.show_problem("")
            self._keep(ref, field)

    def _finish(self) -> None:
        self.left()
        for field in self.fields.values():
            empty = not field.value.strip()
            field.show_problem(self.context.say("Say in a few words why this is changed.") if empty else "")
        lacking = next((field for field in self.fields.values() if not field.value.strip()), None)
        if lacking is not None:
            lacking.line.setFocus()
            return
        self._keep_it()

    def _keep_it(self, *, beside: bool = False) -> None:
        about = self.page.before.subject
        try:
            done = self.page.finish(beside=beside)
        except FieldkitError as fault:
            if fault.code == "correct.already":
                self._show_theirs()
            else:
                self.context.show_error(fault)
            return
        self.fields = {}
        self.context.navigation.start("home")
        self.context.go("finished", about=about)
        if done.proposal:
            self.context.tell(
                self.context.say(
                    "Another person has to agree to this correction. Nothing is changed until then."
                )
            )
        self.context.saved()

    def _show_theirs(self) -> None:
        """Somebody else corrected the same since this began: theirs is shown, and mine is lost in no case."""
        say = self.context.say
        who, lines = self.page.meanwhile(self.context.words)
        told = say(
            "{person} corrected this interview while you had it open. Nothing of yours is lost. Look at theirs.",
            person=isolate_words(who),
        )
        keep = button(say("Keep both, to be settled"), partial(self._keep_it, beside=True), icon="check")
        drop = button(say("Throw mine away"), self._drop, role="plain")
        theirs = [readable(words(isolate_words(line), bold=True)) for line in lines]
        self._meanwhile.put(Card(marked("careful", readable(words(told))), *theirs, flow(keep, drop)))
        bring_into_view(self._meanwhile)

    def _drop(self) -> None:
        about = self.page.before.subject
        self.page.discard()
        self.fields = {}
        self.context.navigation.start("home")
        self.context.go("finished", about=about)
