"""To whom a person can be referred, what they say to it, and how they take it along."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.access import Action
from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.isolates import isolate_numbers
from fieldkit.languages.numbers import format_date
from fieldkit.ui import theme
from fieldkit.ui.presenters.pages import slip_paper
from fieldkit.ui.presenters.referral import Made, ReferralPage
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.autonyms import autonyms
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.carry import YES, about_slip
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.from_headquarters import case_card
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.into_view import bring_into_view
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.reason import Reason
from fieldkit.ui.widgets.text import readable, words, words_in
from fieldkit.ui.widgets.to_tell import to_tell

if TYPE_CHECKING:
    from fieldkit.content.directory import Service
    from fieldkit.ui.context import Context

_LONG = 40
"""Letters of a name that still fit into the main action."""


class ReferralScreen(Screen):
    """One category at a time; several confirmed ones stand on top to change between."""

    rail: str = "home"

    def __init__(self, context: Context, case: str, category: str) -> None:
        super().__init__(context)
        self.presenter = ReferralPage(context.open_vault, case, category, context.words.tag)
        self.places: dict[str, Holder] = {}
        self.carry: ChoiceGrid | None = None

    @property
    def title(self) -> str:
        return self.context.say("Referral")

    def build(self) -> QWidget:
        if self.language_changed():
            page = self.presenter
            self.presenter = ReferralPage(page.vault, page.case, page.category, self.context.words.tag)
        say, page = self.context.say, self.presenter
        self.places, self.carry = {}, None
        number = words(say("Number {number}", number=page.number), Size.QUESTION, bold=True)
        parts: list[QWidget] = [number, self._categories(), readable(words(self._who_decides(), quiet=True))]
        parts += [self._made_card(one) for one in page.made]
        parts += case_card(self.context, page.case)
        if page.services:
            parts += [self._service_card(service) for service in page.services]
        else:
            parts.append(self._nobody())
        return column(*parts)

    def main_action(self) -> Way:
        if self.presenter.next_category:
            return self._to_next(self.presenter.next_category)
        if self.presenter.has_undecided:
            way_back = partial(self.context.navigation.instead, "outcome", case=self.presenter.case)
            return Way(self.context.say("Next: the other suggestions"), way_back, "list")
        return Way(self.context.say("Finish"), lambda: self.context.navigation.start("home"), "done")

    def in_hand(self) -> tuple[tuple[str, str], ...]:
        """The category that somebody is referred with."""
        return (("category", self.presenter.category),)

    # Parts

    def _who_decides(self) -> str:
        if self.presenter.is_handed_over:
            return self.context.say(
                "Call now. Does nobody answer? Call the next number on this page. Stay with the child until "
                "somebody comes, and listen to what the child wants."
            )
        return self.context.say("The person decides. Saying no is kept too, and changes nothing else.")

    def _categories(self) -> QWidget:
        page = self.presenter
        if len(page.categories) <= 1:
            return words(page.name(page.category), Size.QUESTION)
        offered = [Offered(category, page.name(category)) for category in page.categories]
        name = self.context.say("For which need?")
        grid = ChoiceGrid(offered, name=name, numbered=False, size=Size.TEXT, least=320, most=3)
        grid.choose(page.category)
        grid.chosen.connect(lambda values: self._look_at(values[0]))
        return grid

    def _to_next(self, category: str) -> Way:
        """The next need (rule 5 of the page), by its name where there is room for it."""
        say, name = self.context.say, self.presenter.name(category)
        short = len(name) > _LONG or theme.current().stacked
        text = say("Next: referral") if short else say("Next: {section}", section=name)
        return Way(text, partial(self._look_at, category), "refer")

    def _look_at(self, category: str) -> None:
        self.context.navigation.instead("referral", case=self.presenter.case, category=category)

    def _service_card(self, service: Service) -> Card:
        say, page = self.context.say, self.presenter
        card = Card(words(service.name, Size.QUESTION, bold=True))
        card.setAccessibleName(service.name)
        if page.is_handed_over and service.phone:
            card.column.addWidget(row(words_in(service.phone, "en", Size.PERSON, bold=True, wrap=False)))
        if service.sample:
            told = say("Invented, for training only. Nobody is there.")
            card.column.addWidget(marked("careful", words(told, tone=Tone.CAREFUL), Tone.CAREFUL))
        if page.is_stale(service):
            told = say("Nobody has checked this for half a year. Call before you send somebody there.")
            card.column.addWidget(marked("careful", readable(words(told, tone=Tone.CAREFUL)), Tone.CAREFUL))
        if page.speaks(service):
            told = say("The person's own language is spoken there.")
            card.column.addWidget(marked("language", words(told)))
        card.column.addWidget(facts(self._facts(service), share=3))
        if self.context.open_vault.may(Action.REFER):
            self.places[service.id] = Holder()
            card.column.addWidget(flow(*self._replies(service)))
            card.column.addWidget(self.places[service.id])
        return card

    def _replies(self, service: Service) -> Iterator[QWidget]:
        """What can be kept of this service: a child's hand-over is answered there, other help is accepted here."""
        say, ask = self.context.say, partial(self._ask_carry, service)
        if self.presenter.is_handed_over:
            yield button(say("They answered, and take over"), ask, icon="check")
            return
        yield button(say("The person accepts"), ask, icon="check")
        yield button(say("The person declines"), partial(self._decline, service), icon="close")

    def _facts(self, service: Service) -> list[tuple[str, str | QWidget]]:
        say, page = self.context.say, self.presenter
        hidden = say("Kept secret. Who answers the phone says where to go.")
        rows: list[tuple[str, str | QWidget]] = [
            (say("What it gives"), " · ".join(page.kinds(service))),
            (say("Name on paper"), service.name_on_paper),
            (say("Opening hours"), isolate_numbers(service.hours)),
            (say("Place"), hidden if service.hidden_address else service.place),
            (say("Phone"), isolate_numbers(service.phone)),
            (say("Languages"), autonyms(service.languages)),
        ]
        if service.verified:
            rows.append((say("Last checked"), format_date(service.verified, self.context.words.tag)))
        return [(label, value) for label, value in rows if value]

    def _nobody(self) -> Card:
        say, page = self.context.say, self.presenter
        if page.directory_is_empty and page.contacts_missing:
            state = EmptyState(
                say("Enter your first five contacts"),
                say(
                    "This vault begins without contacts, because invented ones must never reach a person. Enter "
                    "the services of your place; then people can be referred to them."
                ),
                icon="list",
            )
        else:
            state = EmptyState(
                say("No contact of this place serves this need yet."),
                say(
                    "Tell the person that you are looking for one. Ask your coordinator, and enter the contact."
                ),
                icon="list",
            )
        card = Card(state)
        if self.context.open_vault.may(Action.EDIT_DIRECTORY):
            card.column.addWidget(
                row(button(say("Enter a contact"), lambda: self.context.go("directory"), icon="new"))
            )
        return card

    # What the person says

    def _ask_carry(self, service: Service) -> None:
        asked = about_slip(self.context.say, lambda said: self._carried(service, said == YES))
        self.carry, place = asked.grid, self.places[service.id]
        place.put(asked)
        asked.grid.focus_first()
        bring_into_view(place)

    def _carried(self, service: Service, safe: bool) -> None:
        made: list[str] = []
        if not self._did(lambda: made.append(self.presenter.accept(service, safe_to_carry=safe))):
            return
        if safe:
            self._show_slip(made[0])
        else:
            self._again()

    def _decline(self, service: Service) -> None:
        if self._did(partial(self.presenter.decline, service)):
            self._again()

    def _show_slip(self, referral: str) -> None:
        page = self.presenter
        paper = slip_paper(page.vault, page.case, referral, page.person_language)
        self.context.go("pages", paper=paper, title=self.context.say("Referral slip"), rail="home")

    def _again(self) -> None:
        self.show_again()
        self.context.saved()

    def _did(self, do: Callable[[], object]) -> bool:
        try:
            do()
        except FieldkitError as fault:
            self.context.show_error(fault)
            return False
        self.context.saved()
        return True

    # What was made already

    def _made_card(self, made: Made) -> Card:
        say, service = self.context.say, made.service
        name = service.name if service else say("A service that is not in the directory any more")
        day = format_date(made.referral.day, self.context.words.tag)
        if made.referral.declined:
            told = say("{day}: the person declined {service}.", day=day, service=name)
            return Card(marked("note", readable(words(told))))
        card = Card(
            marked(
                "done",
                words(say("{day}: referred to {service}", day=day, service=name), bold=True),
                Tone.DONE,
            )
        )
        if made.has_slip:
            show, place = partial(self._show_slip, made.referral.id), Holder()
            ways = [button(say("Show the slip"), show, icon="print")]
            if self.context.open_vault.may(Action.REFER):
                unsafe = partial(self._ask_why_unsafe, made, place)
                ways.append(button(say("Not safe to carry any more"), unsafe, icon="close", role="plain"))
            card.column.addWidget(flow(*ways))
            card.column.addWidget(place)
        elif service is not None:
            card.column.addWidget(to_tell(self.context, self.presenter.number, service))
        return card

    def _ask_why_unsafe(self, made: Made, place: Holder) -> None:
        """The person says something else today: from then on nothing is printed."""
        say = self.context.say
        asked = Reason(
            say("Why is it not safe any more?"),
            hint=say("In a few words. Write no names."),
            action=say("Print no slip from now on"),
            missing=say("Write why, in a few words."),
            cancel=say("Cancel"),
            keep=partial(self._unsafe, made),
            close=place.put,
        )
        place.put(asked)
        asked.field.line.setFocus()
        bring_into_view(asked)

    def _unsafe(self, made: Made, reason: str) -> None:
        if self._did(lambda: self.presenter.not_safe_any_more(made, reason)):
            self._again()
