"""Protection rule 15: figures. Somebody reads a 0 where nobody had asked, or a name where a number should be."""

from dataclasses import fields

import pytest

from fieldkit.domain.children import State
from fieldkit.domain.errors import ProgramFault
from fieldkit.domain.outcome import Mark
from fieldkit.headquarters.counting import Base, Cell, CountTable, Figure
from fieldkit.headquarters.queries import CaseRow
from fieldkit.headquarters.tables import Gap, Name, Page
from fieldkit.languages.messages.headquarters import DEFINITIONS
from fieldkit.services import child_register, figures, intake, report
from tests.stories.desks import Desks
from tests.stories.offices import carry
from tests.stories.people import (
    AGREED,
    IN_PRIVATE,
    NO_URGENT_NEED,
    NOTHING_FOUND,
    Told,
    answer_all,
    led,
    screened,
    somebody,
)


def the_day(desks: Desks, *told: Told, person: str = "en") -> tuple[CountTable, str]:
    """One interview, sent and counted; the table and the day on which it was, which no other story has."""
    screened(desks.enrolled, *told, person=person)
    carry(desks.enrolled, desks.office, desks.stick)
    return report.counts(desks.office.vault), desks.enrolled.world.today().isoformat()


def test_what_nobody_was_asked_is_never_0(desks: Desks) -> None:
    table, day = the_day(desks, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Pari Invented"))
    for category in table.categories:
        cell = table.cells[day, category]
        assert cell.base == Base(asked=0, not_asked=1, declined=0)
        assert cell.confirmed.value is None, category
        assert cell.suggested.value is None, category


def test_where_everything_was_asked_nobody_is_0(desks: Desks) -> None:
    table, day = the_day(desks, NO_URGENT_NEED, IN_PRIVATE, AGREED, NOTHING_SKIPPED)
    assert table.cells[day, "C10"].base == Base(asked=1, not_asked=0, declined=0)
    assert table.cells[day, "C10"].suggested.value == 0


def test_declined_is_told_apart_from_not_asked(desks: Desks) -> None:
    declined = {**NOTHING_SKIPPED, "harm": Mark.DECLINED}
    table, day = the_day(desks, NO_URGENT_NEED, IN_PRIVATE, AGREED, declined)
    assert table.cells[day, "C10"].base == Base(asked=0, not_asked=0, declined=1)
    assert table.cells[day, "C10"].suggested.value is None
    assert table.sections["private"].declined >= 1


NOTHING_SKIPPED = {**NOTHING_FOUND, "anything_else": "Thank you"}


def test_every_figure_has_its_definition_and_none_speaks_of_victims(desks: Desks) -> None:
    table = report.counts(desks.office.vault)
    cells = [*table.cells.values(), *table.totals.values()]
    shown = {figure.definition for cell in cells for figure in (cell.confirmed, cell.suggested, cell.base)}
    shown |= {base.definition for base in table.sections.values()}
    shown |= {table.cases.definition, table.withheld.definition}
    assert shown <= set(table.definitions) == set(DEFINITIONS)
    assert "may need" in DEFINITIONS["figure.confirmed"]
    assert not any("victim" in said.lower() for said in DEFINITIONS.values())


def test_nothing_at_headquarters_crosses_category_nationality_and_post(desks: Desks) -> None:
    """Neither a list nor a table has a column of nationality; figures know days and categories, and no post."""
    for shape in (CaseRow, CountTable, Cell, Figure, Base):
        names = {field.name for field in fields(shape)}
        assert not names & {"nationality", "origin_country", "name_told", "birth_date"}, shape
        assert "post" not in names or shape is CaseRow
    post = desks.enrolled.name
    table, day = the_day(
        desks, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Rana Invented", nationality="ER")
    )
    said = {part for key in table.cells for part in key}
    assert day in said
    assert said <= set(table.days) | set(table.categories)
    assert post not in said
    assert "ER" not in repr(report.cases(desks.office.vault)).split("'")


def test_a_small_number_of_people_stands_on_no_page_of_figures(desks: Desks) -> None:
    """Three people are at an airport (invented); whoever reads the page out cannot tell how many."""
    post = desks.enrolled
    interview = intake.begin(post, "site_checklist", officer_language="en", person_language="en")
    answer_all(interview, {"site_kind": "airport", "site_beds": "4", "site_people_now": "3"})
    intake.finish(post, interview)
    carry(post, desks.office, desks.stick)
    (full,) = (one for one in figures.pages(desks.office.vault).of("places") if one.id == "places_full")
    (line,) = (one for one in full.lines if one.name == Name("place", f"airport {post.name}"))
    said = dict(zip((column.key for column in full.columns), line.cells, strict=True))
    assert said["site_beds"] == 4, "beds are no people"
    assert said["site_people_now"] is Gap.HIDDEN


def test_no_page_can_be_made_that_crosses_a_nationality_and_a_post(desks: Desks) -> None:
    post, country = Name("post", desks.enrolled.name), Name("list:countries", "ER")
    with pytest.raises(ProgramFault) as caught:
        Page().table("phases", "post", (country,), [(post, [7])])
    assert caught.value.code == "figures.crossed"


def test_what_no_post_told_of_a_child_is_not_told_and_never_none(desks: Desks) -> None:
    """The register of children at headquarters (R-099)."""
    done = led(desks.enrolled, "child_registration", IN_PRIVATE, AGREED, {"age_years": "12", "alone": "yes"})
    carry(desks.enrolled, desks.office, desks.stick)
    line = next(one for one in child_register.register(desks.office.vault) if one.case == done.case)
    assert set(line.states.values()) == {State.NOT_TOLD}
    assert line.days is None
    assert line.late == ()
    at_post = child_register.register(desks.enrolled)[0]
    assert set(at_post.states.values()) == {State.NONE}, (
        "whoever wrote nothing down knows that nothing is there"
    )
