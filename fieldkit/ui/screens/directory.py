"""The contacts of this place: a list, and a page to write one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.isolates import isolate_numbers, isolate_words
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date
from fieldkit.ui.presenters.directory import Choice, Directory, Entry
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.autonyms import autonyms
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import BigButton, button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.country_field import CountryField
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.fold import Fold
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.meanwhile import Ways, meanwhile_card
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.content.directory import Service
    from fieldkit.ui.context import Context

FIELDS = {
    "name": (mark("Name of the service"), ""),
    "name_on_paper": (
        mark("Name on paper"),
        mark(
            "It stands on slips. It says nothing about why somebody goes there: House 4, not Women's shelter."
        ),
    ),
    "phone": (mark("Phone"), mark("As it is dialled from here.")),
    "place": (mark("Place"), mark("How somebody finds it who cannot read the signs.")),
    "hours": (mark("Opening hours"), mark("Such as Monday to Friday, 08:00-16:00.")),
    "ask_for": (mark("Ask for"), mark("A function, or a name that may be told on the phone.")),
    "mandate": (mark("Mandate"), mark("Who they are: State, NGO or international, and for what.")),
    "groups": (mark("Whom it serves"), mark("Such as women with children, or people under 18.")),
}
"""Lines of a contact by the name that they have in `Entry`: the label, and a hint."""


class DirectoryScreen(Screen):
    """The list, or with `entry` the page on which one contact is written. `rail` is where one came from."""

    def __init__(self, context: Context, rail: str = "home", entry: Entry | None = None) -> None:
        super().__init__(context)
        self.rail = rail  # it belongs to the place from which it was opened
        self.presenter = Directory(context.open_vault, context.words.tag)
        self.entry = entry
        self.fields: dict[str, Field] = {}
        self.grids: dict[str, ChoiceGrid] = {}
        self.hidden: BigButton | None = None
        self._meanwhile, self._country, self._needs = Holder(), Holder(), Card()

    @property
    def title(self) -> str:
        say = self.context.say
        if self.entry is None:
            return say("Contacts of this place")
        return say("Change a contact") if self.entry.seen else say("Enter a contact")

    def build(self) -> QWidget:
        if self.language_changed():
            self.presenter = Directory(self.context.open_vault, self.context.words.tag)
        return self._list() if self.entry is None else self._form(self.entry)

    def main_action(self) -> Way | None:
        say = self.context.say
        if self.entry is not None:
            return Way(say("Keep this contact"), self._save, "check")
        if self.presenter.may_edit:
            return Way(say("Enter a contact"), lambda: self._write(Entry(self.presenter.new_id())), "new")
        return None

    def shown(self) -> None:
        if self.entry is not None:
            self.fields["name"].line.setFocus()

    # The list

    def _list(self) -> QWidget:
        say, page = self.context.say, self.presenter
        parts: list[QWidget] = []
        if page.missing:
            told = self.context.words.count(
                "{number} of the first five contacts is still missing.",
                "{number} of the first five contacts are still missing.",
                page.missing,
            )
            todo = say(
                "Enter the services that people at this place need first: asylum, health, child protection, "
                "shelter, legal help. Invented contacts never reach people."
            )
            parts.append(Card(EmptyState(told, todo, icon="list")))
        if page.old:
            told = self.context.words.count(
                "{number} contact has to be checked again. Call there before anybody is sent.",
                "{number} contacts have to be checked again. Call there before anybody is sent.",
                page.old,
            )
            parts.append(Banner(Tone.CAREFUL, told))
        parts += [self._card(service) for service in page.services]
        return column(*parts)

    def _card(self, service: Service) -> Card:
        say, page = self.context.say, self.presenter
        card = Card(words(service.name, Size.QUESTION, bold=True))
        card.setAccessibleName(service.name)
        if service.sample:
            told = say("Invented, for training only. Nobody is there.")
            card.column.addWidget(marked("careful", words(told, tone=Tone.CAREFUL), Tone.CAREFUL))
        elif page.is_stale(service):
            told = say("Nobody has checked this for half a year.")
            card.column.addWidget(marked("careful", words(told, tone=Tone.CAREFUL), Tone.CAREFUL))
        if service.is_consulate:
            told = say(
                "Tell a consulate nothing about anybody. Whether it may hear of a person is asked on the person's "
                "page of plans, and their own yes comes first."
            )
            card.column.addWidget(marked("lock", readable(words(told, tone=Tone.CAREFUL)), Tone.CAREFUL))
        rows: list[tuple[str, str | QWidget]] = [
            (say("Name on paper"), service.name_on_paper),
            (say("Mandate"), isolate_words(service.mandate)),
            (say("Country"), page.country_name(service.country) if service.country else ""),
            (say("Opening hours"), isolate_numbers(service.hours)),
            (say("Place"), say("Kept secret") if service.hidden_address else service.place),
            (say("Phone"), isolate_numbers(service.phone)),
            (say("Ask for"), isolate_words(service.ask_for)),
            (say("Serves"), " · ".join(page.names(service.categories))),
            (say("Whom it serves"), isolate_words(service.groups)),
            (say("People of this country too"), self._nationals(service.nationals)),
        ]
        if service.languages:
            rows.append((say("Languages"), autonyms(service.languages)))
        if service.verified:
            rows.append((say("Last checked"), format_date(service.verified, self.context.words.tag)))
        card.column.addWidget(facts([found for found in rows if found[1]], share=3))
        if page.may_edit and not service.sample:
            change = button(say("Change"), lambda: self._write(page.edit(service)), icon="form")
            ways = [change]
            if page.is_stale(service):
                ways.insert(
                    0, button(say("I asked today: still so"), partial(self._confirm, service), icon="check")
                )
            card.column.addWidget(flow(*ways))
        return card

    def _nationals(self, said: bool | None) -> str:
        if said is None:
            return ""
        return self.context.say("Yes, with the same need") if said else self.context.say("No")

    @faults_are_told
    def _confirm(self, service: Service) -> None:
        self.presenter.confirm(service)
        self.context.saved()
        name, arguments = self.context.navigation.here
        self.context.navigation.instead(name, **arguments)

    def _write(self, entry: Entry) -> None:
        self.context.go("directory", rail=self.rail, entry=entry)

    # The page to write one

    def _form(self, entry: Entry) -> QWidget:
        say, page = self.context.say, self.presenter
        self.fields = {
            name: self._field(name, say(label), say(hint) if hint else "")
            for name, (label, hint) in FIELDS.items()
        }
        checked = self._asked_today(entry)
        self.hidden = self._address_is_secret(entry)
        self.grids = {}
        self._meanwhile, self._country = Holder(), Holder()
        kinds = self._choose("kinds", say("What does it give?"), page.kinds, 200)
        self._needs = self._choose("categories", say("Which needs does it serve?"), page.categories, 300)
        content = column(
            self._meanwhile,
            Card(*(self.fields[name] for name in ("name", "name_on_paper", "mandate"))),
            Card(
                self.fields["phone"],
                self.hidden,
                self.fields["place"],
                self.fields["hours"],
                self.fields["ask_for"],
            ),
            kinds,
            self._country,
            self._needs,
            Card(self.fields["groups"], *self._ask_nationals(entry)),
            self._languages(),
            checked,
        )
        self.grids["kinds"].chosen.connect(self._follow_kinds)
        self._follow_kinds(entry.kinds)
        return content

    def _address_is_secret(self, entry: Entry) -> BigButton:
        say = self.context.say
        hint = say("It is not written down; the phone leads there.")
        made = BigButton(say("The address is secret"), second=hint, checkable=True)
        made.setChecked(entry.hidden_address)
        made.toggled.connect(self._hide_place)
        self.fields["place"].setHidden(entry.hidden_address)
        return made

    def _asked_today(self, entry: Entry) -> BigButton:
        say = self.context.say
        hint = say("The day is kept with the contact.")
        made = BigButton(say("I asked today whether all this is so"), second=hint, checkable=True)
        made.setChecked(entry.checked)
        made.toggled.connect(partial(setattr, entry, "checked"))
        return made

    def _ask_nationals(self, entry: Entry) -> tuple[QWidget, QWidget]:
        """Whether people of this country with the same need are served too (R-043)."""
        say = self.context.say
        question = say("Does it also serve people of this country with the same need?")
        offered = (("yes", say("Yes"), True), ("no", say("No"), False), ("", say("Nobody asked yet"), None))
        grid = ChoiceGrid(
            [Offered(value, text) for value, text, _ in offered],
            name=question,
            numbered=False,
            size=Size.TEXT,
            least=160,
            most=3,
        )
        meant = {value: kept for value, _, kept in offered}
        grid.choose(next(value for value, kept in meant.items() if kept is entry.nationals))
        grid.chosen.connect(lambda values: setattr(entry, "nationals", meant[values[0]]))
        self.grids["nationals"] = grid
        return words(question, Size.QUESTION), grid

    def _follow_kinds(self, _kinds: tuple[str, ...]) -> None:
        """A consulate has a country and no needs (`content.directory`, rule 5)."""
        entry = self.entry
        assert entry is not None
        self._needs.setHidden(entry.is_consulate)
        self._country.put(*([self._ask_country(entry)] if entry.is_consulate else []))

    def _ask_country(self, entry: Entry) -> Card:
        say, page = self.context.say, self.presenter
        card = Card(words(say("Of which country?"), Size.QUESTION))
        if entry.country:
            card.column.addWidget(words(page.country_name(entry.country), bold=True))
        field = CountryField(say("Find the country"), page.countries_like)

        def choose(code: str) -> None:
            entry.country = code
            self._country.put(self._ask_country(entry))

        field.chosen.connect(choose)
        card.column.addWidget(field)
        return card

    def _field(self, name: str, label: str, hint: str = "") -> Field:
        made = Field(label, hint=hint, value=getattr(self.entry, name))
        made.line.textEdited.connect(partial(setattr, self.entry, name))
        made.line.textEdited.connect(lambda _text: made.show_problem(""))
        return made

    def _hide_place(self, hidden: bool) -> None:
        assert self.entry is not None
        self.entry.hidden_address = hidden
        self.fields["place"].setVisible(not hidden)

    def _choose(self, name: str, question: str, offered: tuple[Choice, ...], least: int) -> Card:
        return Card(words(question, Size.QUESTION), self._grid(name, question, offered, least))

    def _grid(self, name: str, question: str, offered: tuple[Choice, ...], least: int) -> ChoiceGrid:
        grid = ChoiceGrid(
            [Offered(one.value, one.text, tag=one.tag or None) for one in offered],
            name=question,
            several=True,
            numbered=False,
            size=Size.TEXT,
            least=least,
        )
        grid.choose(*getattr(self.entry, name))
        grid.chosen.connect(partial(setattr, self.entry, name))
        self.grids[name] = grid
        return grid

    def _languages(self) -> Card:
        question = self.context.say("Which languages are spoken there?")
        offered = self.presenter.languages
        return Card(Fold(question, lambda: self._grid("languages", question, offered, 160), is_open=False))

    def _save(self) -> None:
        entry = self.entry
        assert entry is not None
        problems = entry.problems()
        for name, field in self.fields.items():
            field.show_problem(self.context.say(problems[name]) if name in problems else "")
        first = next((name for name in self.fields if name in problems), "")
        if first:
            self.fields[first].line.setFocus()
        if problems:
            others = [self.context.say(told) for name, told in problems.items() if name not in self.fields]
            if others:
                self.context.tell(others[0])
            return
        self._keep(entry)

    def _keep(self, entry: Entry, *, beside: bool = False) -> None:
        try:
            self.presenter.save(entry, beside=beside)
        except FieldkitError as fault:
            if fault.code == "conflict.changed_meanwhile":
                self._show_theirs(entry)
            else:
                self.context.show_error(fault)
            return
        self.context.back()
        self.context.saved()

    def _show_theirs(self, entry: Entry) -> None:
        """Somebody else changed the same: both side by side, and what can be done about it."""
        page = self.presenter
        ways = Ways(
            mine=lambda: self._keep(page.with_theirs_seen(entry)),
            theirs=lambda: self.context.navigation.instead(
                "directory", rail=self.rail, entry=page.theirs(entry)
            ),
            both=lambda: self._keep(entry, beside=True),
        )
        self._meanwhile.put(meanwhile_card(page.meanwhile(entry), ways, self.context))
        bring_into_view(self._meanwhile)
