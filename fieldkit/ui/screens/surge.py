"""Many people at once: one row a household, information once, numbers together (R-012, `protection.md` 7)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.autonyms import autonym
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.numbers import format_list, format_moment
from fieldkit.ui.presenters.pages import How as Handed
from fieldkit.ui.presenters.pages import Paper
from fieldkit.ui.presenters.surge import HOW_WORDS, NUMBERS, Surge, is_number
from fieldkit.ui.screens.recognition import group_cards
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import BigButton, button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.layouts import Columns, flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words, words_in

if TYPE_CHECKING:
    from fieldkit.services.counsel import Printed
    from fieldkit.services.households import Household
    from fieldkit.ui.context import Context


EVENT = "group_event"
"""The form about what brought them: place, vessel, rescue, the dead and the missing (R-010, R-118, R-119)."""


class SurgeScreen(Screen):
    """Without `group` it asks how the people came; with it rows are written. `copying` shows the numbers large."""

    rail: str = "home"

    def __init__(self, context: Context, group: str = "", copying: bool = False) -> None:
        from fieldkit.services import intake  # noqa: PLC0415 (not needed before somebody is in)

        super().__init__(context)
        self.presenter = Surge(context.open_vault, group, context.words)
        self._copying = copying
        self.fields: dict[str, Field] = {}
        self.across: Columns | None = None
        self.languages: list[ChoiceGrid] = []
        self.flags: ChoiceGrid | None = None
        self.people: Field | None = None
        self.told: ChoiceGrid | None = None
        self._told = Holder()
        self._last = ""
        self._rows = Holder()
        offered = intake.offered_forms(context.open_vault)
        self._has_event = any(form.id == EVENT and form.allowed for form in offered)

    @property
    def title(self) -> str:
        return (
            self.context.say("Numbers to copy") if self._copying else self.context.say("Many people at once")
        )

    def build(self) -> QWidget:
        if self.language_changed():
            self.presenter = Surge(self.context.open_vault, self.presenter.id, self.context.words)
        if self.presenter.group is None:
            return self._how()
        if self._copying:
            return self._numbers()
        self._rows = Holder()
        page = column(self._writing(), self._rows)
        self._fill()
        return page

    def main_action(self) -> Way | None:
        if self.presenter.group is None or self._copying:
            return None
        return Way(self.context.say("Keep, next household"), self._keep, "new")

    def other_actions(self) -> tuple[Way, ...]:
        if self.presenter.group is None or self._copying:
            return ()
        home = partial(self.context.navigation.start, "home")
        return (Way(self.context.say("To the people waiting"), home, "people"),)

    def shown(self) -> None:
        if "people" in self.fields:
            self.fields["people"].line.setFocus()

    # How they came

    def _how(self) -> QWidget:
        say = self.context.say
        self.people = Field(say("How many people are they, about?"), hint=say("It can stay empty."))
        grid = ChoiceGrid(
            [Offered(how.value, say(told)) for how, told in HOW_WORDS.items()],
            name=say("How did they come?"),
            least=240,
            most=2,
        )
        grid.chosen.connect(lambda values: self._begin(values[0]))
        told = say(
            "First help whoever needs it now. Then one row for each household. Questions to each person come later."
        )
        parts: list[QWidget] = [
            readable(words(told)),
            Card(self.people, words(say("How did they come?"), Size.QUESTION), grid),
        ]
        if self.presenter.earlier:
            parts.append(words(say("Go on with a group"), Size.QUESTION, bold=True))
            parts.append(self._earlier())
        return column(*parts)

    def _earlier(self) -> QWidget:
        say, tag = self.context.say, self.context.words.tag
        box = QWidget()
        grid = Columns(box, least=320, most=2, gap=8)
        told = {how.value: words_of for how, words_of in HOW_WORDS.items()}
        for one in self.presenter.earlier:
            how = say(told[one.how]) if one.how in told else one.how
            second = f"{how} · {format_moment(one.came, tag)}"
            made = BigButton(one.number, tag="en", second=second, icon="people")
            made.clicked.connect(partial(self._go_on, one.id))
            grid.addWidget(made)
        return box

    def _go_on(self, group: str, *_: object) -> None:
        self.context.navigation.instead("surge", group=group)

    @faults_are_told
    def _begin(self, how: str) -> None:
        assert self.people is not None
        self.presenter.begin(how, self.people.value)
        self.context.saved()
        self.context.navigation.instead("surge", group=self.presenter.id)

    # The row that is written

    def _writing(self) -> Card:
        say, page = self.context.say, self.presenter
        labels = {
            "people": say("People"),
            "children": say("Of them under 18"),
            "children_alone": say("Of them alone, without an adult"),
        }
        box = QWidget()
        self.across = across = Columns(box, least=220, most=3, gap=12)
        for name in NUMBERS:
            self.fields[name] = Field(labels[name], value=getattr(page.writing, name))
            self.fields[name].line.textEdited.connect(partial(self._typed, name))
            across.addWidget(self.fields[name])
        first = self._languages(page.languages())
        more = Fold(say("More languages"), lambda: self._languages(page.more_languages()))
        offered = [Offered(flag, told) for flag, told in page.flags()]
        self.flags = ChoiceGrid(
            offered, name=say("Urgent"), several=True, numbered=False, size=Size.TEXT, least=220
        )
        self.flags.chosen.connect(lambda values: setattr(page.writing, "flags", values))
        return Card(
            words(say("The next household"), Size.QUESTION, bold=True),
            box,
            words(say("Languages"), quiet=True),
            first,
            more,
            words(say("Urgent"), quiet=True),
            self.flags,
        )

    def _languages(self, offered: tuple[tuple[str, str], ...]) -> ChoiceGrid:
        made = ChoiceGrid(
            [Offered(tag, name, tag) for tag, name in offered],
            name=self.context.say("Languages"),
            several=True,
            numbered=False,
            size=Size.TEXT,
            least=150,
        )
        made.chosen.connect(lambda _values: self._speak())
        self.languages.append(made)
        return made

    def _speak(self) -> None:
        self.presenter.writing.languages = tuple(value for grid in self.languages for value in grid.values)

    def _typed(self, name: str, text: str) -> None:
        setattr(self.presenter.writing, name, text)
        self._show_problem("")

    def _show_problem(self, told: str, name: str = "people") -> None:
        """Say what is wrong below one of the numbers. The others stay where they are beside it."""
        for one, field in self.fields.items():
            field.show_problem(told if one == name else "")
            if self.across is not None:
                self.across.setAlignment(field, Qt.AlignmentFlag.AlignTop if told else Qt.AlignmentFlag(0))
        if told:
            self.fields[name].line.setFocus()

    def _keep(self) -> None:
        for name, field in self.fields.items():
            if not is_number(field.value) or (name == "people" and not field.value.strip()):
                self._show_problem(self.context.say("Write a number."), name)
                return
        try:
            self._last = self.presenter.keep()
        except FieldkitError as fault:
            self._show_problem(self.context.sentence(fault))
            return
        self._clear()
        self._fill()
        self.context.saved()

    def _clear(self) -> None:
        """The next row is empty: what the last household said is not the next one's."""
        for field in self.fields.values():
            field.line.clear()
        self._show_problem("")
        for grid in self.languages:
            grid.choose()
        if self.flags is not None:
            self.flags.choose()
        self.fields["people"].line.setFocus()

    # What is there

    def _fill(self) -> None:
        say, page, spoken = self.context.say, self.presenter, self.context.words
        assert page.group is not None
        parts: list[QWidget] = []
        if self._last:
            told = say(
                "Kept. Write this number on the household's token: {number}", number=isolate(self._last)
            )
            parts.append(Banner(Tone.DONE, told))
        counted = say(
            "{households}, {people}. Nobody of them is screened yet.",
            households=spoken.count("{number} household", "{number} households", len(page.group.households)),
            people=spoken.count("{number} person", "{number} people", page.people),
        )
        parts.append(words(counted, bold=True))
        parts.append(self._together())
        parts += [self._row(one) for one in page.rows]
        parts += group_cards(self.context, page.group, self._route)
        self._rows.put(*parts)

    def _together(self) -> QWidget:
        """What is done once for all."""
        say, page = self.context.say, self.presenter
        assert page.group is not None
        ways: list[QWidget] = []
        if page.group.households:
            copy = partial(self.context.go, "surge", group=page.id, copying=True)
            ways += [
                button(say("Copy the numbers by hand"), copy, icon="form"),
                button(say("Print the numbers"), self._print, icon="print"),
            ]
        parts: list[QWidget] = []
        if self._has_event:
            event = partial(self.context.go, "choose_language", form=EVENT)
            ways.append(button(say("About the boat or the group"), event, icon="note"))
        if page.group.informed:
            names = format_list(
                (isolate_words(autonym(tag)) for tag in page.group.informed), self.context.words.tag
            )
            done = say("Told to the whole group: {languages}.", languages=names)
            parts.append(marked("done", readable(words(done, tone=Tone.DONE)), Tone.DONE))
        tell = say("Everybody was told what they may ask for")
        ways.insert(0, button(tell, self._ask_told, icon="information"))
        self._told = Holder()
        return column(*parts, flow(*ways), self._told, gap=8)

    @faults_are_told
    def _route(self, row: str) -> None:
        self.presenter.route(row)
        self._fill()
        self.context.saved()

    def _ask_told(self) -> None:
        """In which languages: nothing is chosen beforehand."""
        say = self.context.say
        name = say("In which languages were they told?")
        self.told = ChoiceGrid(
            [Offered(tag, text, tag) for tag, text in self.presenter.spoken()],
            name=name,
            several=True,
            numbered=False,
            size=Size.TEXT,
            least=150,
        )
        hint = say(
            "That they may ask for asylum, that help comes first, that this decides nothing, and where to complain."
        )
        keep = button(say("Keep what was told"), self._inform, icon="check")
        self._told.put(
            Card(words(name, Size.QUESTION), readable(words(hint, quiet=True)), self.told, flow(keep))
        )
        bring_into_view(self._told)

    @faults_are_told
    def _inform(self) -> None:
        if self.told is None or not self.told.values:
            self.context.tell(self.context.say("Choose a language first."))
            return
        self.presenter.inform(self.told.values)
        self._fill()
        self.context.saved()

    def _row(self, one: Household) -> BigButton:
        icon = "urgent" if one.row.flags else "people"
        made = BigButton(one.number, tag="en", second=self.presenter.told(one), icon=icon)
        made.clicked.connect(partial(self._open, one.id))
        return made

    def _open(self, household: str, *_: object) -> None:
        self.context.go("household", household=household)

    # Tokens

    def _numbers(self) -> QWidget:
        say = self.context.say
        told = say("Write each number on a piece of paper of its own, and give it to the household.")
        box = QWidget()
        grid = Columns(box, least=220, gap=12)
        for number in self.presenter.numbers:
            grid.addWidget(words_in(number, "en", Size.TITLE, bold=True, wrap=False))
        return column(readable(words(told)), Card(box))

    def _print(self) -> None:
        from fieldkit.services import counsel, tokens  # noqa: PLC0415 (only where something is printed)

        vault, numbers = self.context.open_vault, self.presenter.numbers

        def make() -> Printed:
            return counsel.print_pages(tokens.tokens(vault, numbers), vault.world)

        def keep(_how: Handed, count: int) -> None:
            counsel.record_printed(vault, "tokens", "en", count)

        paper = Paper("numbers.pdf", "en", make, keep)
        self.context.go("pages", paper=paper, title=self.context.say("Numbers"), rail="home")
