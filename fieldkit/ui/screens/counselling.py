"""A counselling talk, written down in a minute: topics, language, through whom, leaflets, understood, what next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from fieldkit.languages.autonyms import autonym
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date
from fieldkit.languages.typed_days import DAY_HINT, MAY_BE_EMPTY, NO_DAY_NOR_EMPTY
from fieldkit.services.counselling import Topic
from fieldkit.ui.presenters.counselling import THROUGH, TOPICS, UNDERSTOOD, TalkPage
from fieldkit.ui.screens.kept_page import KeptPage, written
from fieldkit.ui.screens.screen import Way
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.text import readable, words, words_in
from fieldkit.ui.widgets.text_box import TextBox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldkit.services.counselling import Remembered
    from fieldkit.ui.context import Context


class CounsellingScreen(KeptPage):
    """`number` is the case's, when one comes from its page; then keeping leads back there, and earlier talks stand
    open."""

    MISSING: ClassVar[Mapping[str, str]] = {
        "number": mark("No case here has this number. Correct it, or leave it empty."),
        "topics": mark("Choose what you talked about."),
        "language": mark("Choose the language of the talk."),
        "through": mark("Choose through whom you talked."),
        "next_day": NO_DAY_NOR_EMPTY,
    }

    def __init__(self, context: Context, number: str = "", kept: str = "") -> None:
        super().__init__(context, TalkPage(context.open_vault, context.words.tag, number=number), kept)
        self.earlier = Holder()
        self.of_case = bool(number)

    @property
    def title(self) -> str:
        return self.context.say("Counselling talk")

    def build(self) -> QWidget:
        say = self.context.say
        self.earlier = Holder()
        language = self.language(say("Language of the talk"))
        page = column(
            *self.opening(),
            Card(self._number(), self.earlier, flow(language, *self.place(), gap=16)),
            self.grid("through", say("Through whom?"), THROUGH),
            self.grid("topics", say("What did you talk about?"), TOPICS, several=True),
            self.leaflets(say("Leaflets that were given")),
            self.grid(
                "understood", say("Was it understood? Ask the person to say it in their words."), UNDERSTOOD
            ),
            Card(self._questions(), self._next_step(), self._next_day()),
        )
        if self.of_case:
            self._show_earlier()
        return page

    def main_action(self) -> Way | None:
        say = self.context.say
        return self.keep_way(say("Keep this talk"), say("The talk is kept."))

    def other_actions(self) -> tuple[Way, ...]:
        case = self.page.case() if self.of_case else ""
        if not case:
            return ()
        return (Way(self.context.say("The case"), partial(self.context.go, "case", case=case)),)

    def afresh(self, done: str) -> None:
        if self.of_case:
            self.context.back()
        else:
            super().afresh(done)

    def _number(self) -> QWidget:
        say = self.context.say
        hint = say(
            "Only when the talk belongs to a case. Without it the talk is counted, and belongs to nobody."
        )
        field = Field(say("Number of the case"), hint=hint, value=self.page.number)
        field.line.textEdited.connect(partial(setattr, self.page, "number"))
        look = button(say("Show earlier talks of this case"), self._show_earlier, icon="search")
        return column(field, flow(look))

    def _show_earlier(self) -> None:
        say = self.context.say
        if self.page.case() is None:
            self.tell(say(self.MISSING["number"]))
            return
        talks = self.page.earlier()
        if not talks:
            self.earlier.put(words(say("There is no earlier talk of this case."), quiet=True))
            return
        self.earlier.put(*(self._talk(one) for one in talks))

    def _talk(self, one: Remembered) -> QWidget:
        say = self.context.say
        topics = ", ".join(say(TOPICS[Topic(topic)]) for topic in one.topics if topic in set(Topic))
        day = format_date(one.day, self.context.words.tag)
        first = say("{day}, {who}: {topics}", day=day, who=one.who, topics=topics)
        parts: list[QWidget] = [words(first, Size.TEXT, bold=True)]
        parts.append(words_in(autonym(one.language), one.language, quiet=True))
        parts += [words(question) for question in one.questions]
        if one.next_step:
            parts.append(words(say("Next step: {step}", step=one.next_step)))
        if one.ask is not None:
            told = say("What was asked is sealed to you. Who can read it: {names}", names=", ".join(one.ask))
            parts.append(words(told, quiet=True))
        return column(*parts, gap=4)

    def _questions(self) -> QWidget:
        say = self.context.say
        hint = say(
            "One a line. It stays at this post. Write what is needed to help, and no details of what was done."
        )
        box = TextBox(say("What did the person ask?"), hint=hint, value="\n".join(self.page.questions))
        box.edit.textChanged.connect(written(self.page, "questions", box))
        return box

    def _next_step(self) -> QWidget:
        say = self.context.say
        field = Field(say("What comes next?"), hint=say("It stays at this post."), value=self.page.next_step)
        field.line.textEdited.connect(partial(setattr, self.page, "next_step"))
        return field

    def _next_day(self) -> QWidget:
        say = self.context.say
        hint = f"{say(DAY_HINT)} {say(MAY_BE_EMPTY)}"
        field = Field(say("Until when?"), hint=hint, value=self.page.next_day)
        field.line.textEdited.connect(partial(setattr, self.page, "next_day"))
        return column(
            field,
            readable(
                words(say("A talk is no interview: nothing is asked that was not offered."), quiet=True)
            ),
        )
