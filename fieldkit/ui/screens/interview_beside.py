"""What stands above the questions and follows the answers: that fear was mentioned, who interprets (R-022, K-21).

Both are put anew only when something of them changed: after most answers nothing here does.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.outcome import Interpreted
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.numbers import format_date, format_list
from fieldkit.services import fear, interpreters
from fieldkit.services.gates import SectionKind
from fieldkit.services.interview import INTERPRETED
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words
from fieldkit.ui.widgets.two_languages import language_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from fieldkit.services.interpreters import Interpreter
    from fieldkit.ui.context import Context
    from fieldkit.ui.presenters.interview import InterviewPage


class Beside(Holder):
    """`changed` is called when the person said something about an interpreter."""

    def __init__(self, page: InterviewPage, context: Context, changed: Callable[[], object]) -> None:
        super().__init__()
        self._page, self._context, self._changed = page, context, changed
        self._chosen = ""
        self._shown: object = None

    def follow(self) -> None:
        """Show what holds now; call it once this stands in the window, and after every answer."""
        interview = self._page.interview
        noted = None if interview.survey else fear.mention(interview)
        asks = self._asks_about_interpreter()
        place = self._page.here.kind.value
        state = (
            noted,
            asks,
            tuple(interview.through.items()),
            self._chosen,
            self._context.practice and place,
        )
        if state != self._shown:
            self._shown = state
            self.put(
                *self._practice(place),
                *([self._fear(noted)] if noted else []),
                *([self._interpreter()] if asks else []),
            )

    def _practice(self, section: str) -> list[QWidget]:
        """In the practice case, what happens in this section and why."""
        if not self._context.practice:
            return []
        from fieldkit.ui.practising import line  # noqa: PLC0415 (in training only)

        told = line(self._context, ("section", section))
        return [told] if told is not None else []

    # Fear

    def _fear(self, noted: fear.Mention) -> QWidget:
        say = self._context.say
        others = fear.who_may_settle(self._context.open_vault)
        told = (
            say("The answer was changed. That fear of going back was mentioned stays noted all the same.")
            if noted.taken_back
            else say("Fear of going back was mentioned. It is noted and stays noted. Ask for no proof.")
        )
        settle = say(
            "Nobody takes it back alone: in the case one person asks, with a reason, and a second person agrees."
        )
        names = format_list([isolate_words(one) for one in others], self._context.words.tag)
        who = say("Here that can be: {names}.", names=names) if others else ""
        return Banner(
            Tone.CAREFUL if noted.taken_back else Tone.NOTE, " ".join(filter(None, (told, settle, who)))
        )

    # Who interprets

    def _asks_about_interpreter(self) -> bool:
        """Beside the question on who interprets, while a person sits here: not over a paper."""
        interview = self._page.interview
        is_led = interview.facts.paper is None and interview.facts.corrected is None
        here = self._page.here.kind is SectionKind.PRIVACY
        return is_led and here and interview.fact(INTERPRETED) == Interpreted.INTERPRETER

    def _interpreter(self) -> Card:
        say, interview = self._context.say, self._page.interview
        held = {
            one.id: one for one in interpreters.speaking(self._context.open_vault, interview.person_language)
        }
        present = next(reversed(interview.through), "")
        title = say("Which interpreter is here?")
        card = Card(words(title, Size.QUESTION, bold=True))
        offered = [Offered(one.id, one.code, "en", self._signed(one)) for one in held.values()]
        unlisted = Offered(interpreters.UNLISTED, say("Somebody who is not in the list"))
        grid = ChoiceGrid([*offered, unlisted], name=title, numbered=False, size=Size.TEXT, least=240, most=3)
        chosen = self._chosen or present
        if chosen:
            grid.choose(chosen)
        grid.chosen.connect(self._choose)
        if not held:
            told = say(
                "Nobody in your list speaks {language}. Let the undertaking be read aloud and signed first.",
                language=language_name(interview.person_language),
            )
            card.column.addWidget(readable(words(told)))
            go = partial(self._context.go, "interpreters")
            card.column.addWidget(flow(button(say("Interpreters"), go, icon="language")))
        card.column.addWidget(grid)
        if chosen:
            card.column.addWidget(self._persons_yes(chosen, interview.through.get(chosen)))
        return card

    def _signed(self, one: Interpreter) -> str:
        day = format_date(one.undertaking, self._context.words.tag)
        return self._context.say("Undertaking signed on {day}", day=day)

    def _choose(self, values: tuple[str, ...]) -> None:
        self._chosen = values[0] if values else ""
        self.follow()

    def _persons_yes(self, chosen: str, said: bool | None) -> QWidget:
        say = self._context.say
        told = say("Ask the person alone: may this interpreter help us, and do you not know each other?")
        yes = button(say("Yes to both"), partial(self._says, chosen, agreed=True), icon="check")
        no = button(say("No, not this one"), partial(self._says, chosen, agreed=False), icon="close")
        parts: list[QWidget] = [readable(words(told)), flow(yes, no)]
        if said is not None:
            heard = (
                say("The person agrees to this interpreter.")
                if said
                else say("This interpreter does not interpret for this person. Nobody asks why.")
            )
            tone = Tone.DONE if said else Tone.CAREFUL
            parts.append(marked("done" if said else "careful", words(heard, tone=tone), tone))
        return column(*parts, gap=8)

    def _says(self, chosen: str, *, agreed: bool) -> None:
        try:
            interpreters.person_says(self._context.open_vault, self._page.interview, chosen, agreed=agreed)
        except FieldkitError as fault:
            self._context.show_error(fault)
            return
        self._chosen = ""
        self._context.saved()
        self._page.look_again()
        self._changed()
