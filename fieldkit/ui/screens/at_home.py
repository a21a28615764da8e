"""Family who stayed at home: who can help them, if the person wishes it (R-098)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.access import Action
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.numbers import format_date
from fieldkit.services import answers_to_people, at_home
from fieldkit.services.at_home import AtHome
from fieldkit.services.case_file import read_case
from fieldkit.ui.presenters.pages import slip_paper
from fieldkit.ui.screens.filled import FilledScreen
from fieldkit.ui.screens.screen import Way, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.card import Card
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.at_home import Referred
    from fieldkit.ui.context import Context

YES, NO = "yes", "no"


class AtHomeScreen(FilledScreen):
    """What was arranged stands on top; below it how many they are, and who can help."""

    rail: str = "home"

    def __init__(self, context: Context, case: str) -> None:
        super().__init__(context)
        self.case = case
        self.fields: tuple[Field, Field] | None = None
        self.grids: dict[str, ChoiceGrid] = {}

    @property
    def title(self) -> str:
        return self.context.say("Family who stayed at home")

    def main_action(self) -> Way | None:
        vault = self.context.open_vault
        if not (vault.may(Action.REFER) and at_home.services(vault)):
            return None
        return Way(self.context.say("Keep this referral"), self._keep, "refer")

    def _fill(self, told: str = "") -> None:
        say, vault = self.context.say, self.context.open_vault
        number = read_case(vault.journal, self.case).number
        head = words(say("Number {number}", number=isolate(number)), Size.QUESTION, bold=True)
        heard = [Banner(Tone.DONE, told)] if told else []
        made = [self._made(one) for one in at_home.referrals(vault, self.case)]
        parts: list[QWidget] = [head, *heard, *self._known(), *made]
        self._whole.put(*parts, *self._ask())

    def _known(self) -> list[QWidget]:
        say = self.context.say
        if not at_home.told(self.context.open_vault, self.case):
            return []
        return [marked("note", readable(words(say("A talk says that somebody of the family is at home."))))]

    def _made(self, one: Referred) -> Card:
        say, tag = self.context.say, self.context.words.tag
        names = {held.id: held.name_on_paper for held in at_home.services(self.context.open_vault)}
        day = format_date(one.day, tag)
        line = say("{day}: {what}", day=day, what=isolate_words(names.get(one.service, "")))
        people = self.context.words.count(
            "{number} person at home, of them children: {children}",
            "{number} people at home, of them children: {children}",
            one.family.people,
            children=one.family.children,
        )
        return Card(marked("refer", words(line, bold=True)), words(people, quiet=True))

    def _ask(self) -> list[QWidget]:
        say, vault = self.context.say, self.context.open_vault
        if not vault.may(Action.REFER):
            return []
        offered = [Offered(one.id, isolate_words(one.name)) for one in at_home.services(vault)]
        if not offered:
            hint = say("Enter a service that reaches families elsewhere, or knows who does.")
            return [Card(EmptyState(say("No service for families is in the directory yet."), hint))]
        yes_no = [Offered(YES, say("Yes")), Offered(NO, say("No, or not sure"))]
        wish, who = say("Does the person wish that somebody helps them?"), say("Who can help?")
        carry = say("Is it safe for the person to carry this paper?")
        self.fields = (
            Field(say("How many depend on the person?")),
            Field(say("How many of them are children?")),
        )
        self.grids = {
            "wish": ChoiceGrid(yes_no, name=wish, size=Size.TEXT, least=220, most=2),
            "service": ChoiceGrid(offered, name=who, numbered=False, size=Size.TEXT, least=260, most=3),
            "carry": ChoiceGrid(yes_no, name=carry, numbered=False, size=Size.TEXT, least=220, most=2),
        }
        told = say(
            "Nobody at home and no authority there is told anything. The service speaks with the person first. "
            "Write no names and no places here."
        )
        return [
            Card(
                readable(words(told)),
                words(wish, Size.QUESTION),
                self.grids["wish"],
                *self.fields,
                words(who, Size.QUESTION),
                self.grids["service"],
                words(carry, Size.QUESTION),
                self.grids["carry"],
            )
        ]

    @faults_are_told
    def _keep(self) -> None:
        assert self.fields is not None
        chosen = {name: grid.values[0] if grid.values else "" for name, grid in self.grids.items()}
        numbers = [field.value.strip() for field in self.fields]
        people, children = (int(one) if one.isascii() and one.isdecimal() else 0 for one in numbers)
        vault, safe = self.context.open_vault, chosen["carry"] == YES
        referral = at_home.refer(
            vault,
            self.case,
            chosen["service"],
            AtHome(people, children),
            wished=chosen["wish"] == YES,
            safe_to_carry=safe,
        )
        self.context.saved()
        self._fill(self.context.say("The referral is kept, and is followed up."))
        if safe:
            language = answers_to_people.languages(vault, self.case)[0]
            paper = slip_paper(vault, self.case, referral, language)
            self.context.go("pages", paper=paper, title=self.context.say("Referral slip"), rail="home")
