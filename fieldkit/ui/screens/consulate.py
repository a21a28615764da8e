"""The parts of a page on which a consulate is spoken of: which country, the person's own yes, how to reach it.

The person is asked last, and nothing is chosen beforehand (`presenters.measures`, rule 3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.isolates import isolate_numbers, isolate_words
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.country_field import CountryField
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context
    from fieldkit.ui.presenters.measures import MeasuresPage

YES, NO = "yes", "no"


def which_country(page: MeasuresPage, context: Context, choose: Callable[[str], object]) -> QWidget:
    """The countries of the consulates in the directory as buttons, and a line for any other."""
    say = context.say
    known = [button(one.name, partial(choose, one.code)) for one in page.listed_countries()]
    field = CountryField(say("Find the country"), page.countries_like)
    field.chosen.connect(choose)
    ways = [flow(*known)] if known else []
    return column(words(say("The consulate of which country?"), Size.QUESTION), *ways, field, gap=8)


def the_persons_yes(
    page: MeasuresPage, context: Context, country: str, then: Callable[[], object]
) -> QWidget:
    """A yes or no field, kept as it is pressed."""
    say = context.say
    name = isolate_words(page.country(country))
    question = say("Does the person want the consulate of {country} to hear of them?", country=name)
    hint = say(
        "Ask in private. Say what the consulate would learn, that they can say no, and that help does not depend "
        "on the answer. Only a clear yes counts."
    )
    grid = ChoiceGrid(
        [Offered(YES, say("Yes")), Offered(NO, say("No, or not sure"), second=say("It hears nothing"))],
        name=question,
        least=320,
        most=2,
    )

    def answer(values: tuple[str, ...]) -> None:
        try:
            page.person_answers(country, agreed=values[0] == YES)
        except FieldkitError as fault:
            context.show_error(fault)
            return
        context.saved()
        then()

    grid.chosen.connect(answer)
    return column(words(question, Size.QUESTION), readable(words(hint, quiet=True)), grid, gap=8)


def how_to_reach(page: MeasuresPage, country: str) -> Iterator[QWidget]:
    """Where the consulates of a country are, for a plan that nothing stops."""
    for one in page.consulates_of(country):
        rows: list[tuple[str, str | QWidget]] = [
            (isolate_words(one.name), isolate_numbers(" · ".join(filter(None, (one.phone, one.hours)))))
        ]
        yield facts(rows, share=2)
