"""A minister telephones. The coordinator reads from the screen, and nobody is exposed by it.

Two invented posts: at the river seven people were screened, at the coast two; some were referred, some did not want
it, the sheets of both places are in. What is told holds for screen, file and paper alike.
"""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault, ProgramFault
from fieldkit.headquarters.tables import ALL, Gap, Line, Name, Page, Table, word
from fieldkit.languages.messages.figures import PAGES
from fieldkit.services import figure_files, figure_words, figures, monthly
from fieldkit.services.figure_words import Said, SaidTwice
from tests.stories import counted
from tests.stories.counted import COAST, RIVER, Telephone
from tests.stories.desks import only_as, text_of
from tests.stories.offices import Office, clock_of


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = counted.counted_office(tmp_path_factory.mktemp)
    yield made
    made.vault.close()


@pytest.fixture(scope="module")
def telephone(office: Office) -> Telephone:
    return Telephone(office.vault)


def test_how_many_referrals_arrived_and_how_long_it_took(telephone: Telephone) -> None:
    """Seven were made; five helped, one without answer, one not wanted: the last two are too few to be told, and
    the five would give them away."""
    whole = telephone.row("referred", "referrals_by_post", ALL)
    assert whole["all"] == 7
    assert {whole[key] for key in ("helped", "declined_referral", "waiting")} == {Gap.HIDDEN}
    assert whole["not_helped"] == 0
    assert whole["share_arrived"] is Gap.HIDDEN, "a share with the total gives the number"
    assert telephone.row("referred", "days_referrals_by_post", ALL)["median_days"] == 2
    assert telephone.row("referred", "days_referrals_by_post", COAST)["median_days"] is Gap.EMPTY


def test_how_long_people_wait_for_a_talk_and_a_referral(telephone: Telephone) -> None:
    """At the river six were referred on the day of their talk; at the coast one: nobody's hours are told alone."""
    assert telephone.row("referred", "delays", RIVER)["hours_to_referral"] == 0
    assert telephone.row("referred", "delays", COAST)["hours_to_referral"] is Gap.HIDDEN
    assert telephone.row("referred", "delays", COAST)["hours_to_talk"] in (Gap.EMPTY, Gap.HIDDEN)


def test_a_referral_is_overdue_when_its_time_has_passed_and_nobody_heard(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The post's own word on it (`follow_up.due`) counts. Without a target time nothing is overdue."""
    vault = office.vault
    timed = [replace(rule, target_hours=48) if rule.category == "C01" else rule for rule in vault.rules.rules]
    monkeypatch.setitem(vault.__dict__, "rules", replace(vault.rules, rules=tuple(timed)))
    row = Telephone(vault).row("referred", "referrals_by_service", ALL)
    assert row["waiting"] == 0 and row["overdue"] is Gap.HIDDEN


def test_what_was_not_asked_and_what_was_declined_is_never_0(telephone: Telephone) -> None:
    coast = telephone.row("flows", "phases", COAST)
    assert coast["way"] is Gap.NOT_ASKED and coast["back"] is Gap.NOT_ASKED
    assert coast["before_leaving"] is Gap.NOT_TOLD, "at a border nobody is asked before leaving"
    river = telephone.row("flows", "phases", RIVER)
    assert river["back"] == 0, "there people were asked"
    assert river["declined"] is Gap.HIDDEN and river["way"] is Gap.HIDDEN
    table = telephone.table("signs", "signs_by_sex")
    child = next(line for line in table.lines if line.name == Name("category", "C05"))
    assert 0 not in child.cells and set(child.cells) == {Gap.NOT_ASKED}


def test_posts_are_compared_section_by_section(telephone: Telephone) -> None:
    row = telephone.row("asked", "section", ALL, "agreement")
    assert row == {"asked": 9, "not_asked": 0, "declined": 0, "all": 9}
    assert telephone.row("asked", "section", COAST, "agreement")["asked"] is Gap.HIDDEN, "two talks"


def test_routes_are_counted_apart_from_people_and_say_no_price(telephone: Telephone) -> None:
    route = telephone.row("movement", "routes", Name("route", "ER KE"))
    assert route == {"women": 6, "men": 9, "girls": Gap.NOT_TOLD, "boys": Gap.NOT_TOLD, "all": 15}
    reasons = telephone.table("movement", "moving_reasons")
    assert reasons.lines[0] == Line(Name("list:reasons", "war"), (15,))
    kinds = {name.kind for table in telephone.pages.of("movement") for name in names(table)}
    assert not kinds & {"post", "category", "place"}
    group = telephone.row("movement", "groups", Name("list:event_kinds", "rescue"))
    assert (group["women"], group["not_apart"], group["all"]) == (8, 9, 31)
    assert telephone.row("movement", "group_dangers", word("died"))["persons"] is Gap.NOT_TOLD


def test_people_met_at_sea_were_asked_first_or_the_reason_stands_there(telephone: Telephone) -> None:
    some = Name("list:onward_checks", "some")
    assert telephone.row("movement", "moved_on", some) == {"groups": 1, "persons": 31}
    why = Name("list:onward_reasons", "medical")
    assert telephone.row("movement", "moved_on_why", why) == {"groups": 1}


def test_somebody_from_far_away_is_counted_without_the_person(telephone: Telephone) -> None:
    said = telephone.row("flows", "profile", Name("list:countries", "CA"), "destination")
    assert said["persons"] is Gap.HIDDEN, "one person"
    kinds = {
        name.kind for table in telephone.pages.of("flows") if table.id == "profile" for name in names(table)
    }
    assert "post" not in kinds and "category" not in kinds


def test_places_are_compared_by_what_is_missing(telephone: Telephone) -> None:
    centre = Name("place", f"centre {RIVER.key}")
    missing = telephone.row("places", "places_missing", centre)
    rooms = missing["missing_site_places"]
    assert isinstance(rooms, tuple) and Name("list:site_places", "women") in rooms
    assert Name("list:site_places", "private") not in rooms
    assert missing["missing_site_stock"] is Gap.NOT_TOLD, "the question was left out"
    full = telephone.row("places", "places_full", centre)
    assert (full["site_beds"], full["site_people_now"], full["site_staff"]) == (40, 52, Gap.NOT_TOLD)
    coast = telephone.row("places", "places_full", Name("place", f"coast {COAST.key}"))
    assert coast["site_people_now"] is Gap.HIDDEN


def test_needs_that_were_not_met(telephone: Telephone) -> None:
    water = telephone.row("unmet", "urgent_needs", Name("need", "urgent_water"))
    assert water["met"] == 0 and water["not_met"] is Gap.HIDDEN
    safety = telephone.row("unmet", "urgent_needs", Name("need", "urgent_safety"))
    assert set(safety.values()) == {Gap.NOT_TOLD}, "who is afraid of somebody here stays at the post"
    food = telephone.row("unmet", "ledger", Name("help", "food"))
    assert food["only_offered"] == 0
    gap = Name("list:site_gaps", "interpreter")
    assert telephone.row("unmet", "gaps", gap) == {"places": 2}


def test_persons_with_indicators_by_sex_age_and_days_to_a_referral(telephone: Telephone) -> None:
    adult = Name("category", "C04")
    assert telephone.row("signs", "signs_by_sex", adult)["male"] == 6
    assert telephone.row("signs", "signs_by_age", adult)["adult"] == 6
    assert telephone.row("signs", "signs_by_time", adult)["no_referral"] == 6, (
        "they were referred for something else"
    )
    form = telephone.row("signs", "signs_by_form", word("forms_of_exploitation"))
    assert form["persons"] is Gap.NOT_TOLD
    said = file_of(telephone, "signs")
    assert not any("victim" in cell.lower() for row in said for cell in row)


def test_how_whole_the_data_are(telephone: Telephone) -> None:
    assert telephone.row("whole", "whole_by_form", ALL)["all"] == 11
    missing = telephone.row("whole", "missing", RIVER)
    assert missing["sex"] == 0 and missing["arrival_date"] is Gap.HIDDEN


def test_who_did_not_agree_stands_in_no_figure(telephone: Telephone) -> None:
    """Eleven talks are here; one more person said no to headquarters."""
    assert telephone.row("whole", "whole_by_post", ALL)["all"] == 11


def test_screen_file_and_paper_say_the_same(telephone: Telephone) -> None:
    said = telephone.said
    for page in PAGES:
        tables = telephone.pages.of(page)
        paper = text_of(figure_words.document(said, page, tables))
        rows = file_of(telephone, page)
        numbers = [row[3] for row in rows if row[3]]
        assert numbers == [
            str(cell)
            for table in tables
            for line in table.lines
            for cell in line.cells
            if isinstance(cell, int)
        ]
        for table in tables:
            assert said.title(table) in paper and said.meaning(table) in paper
        assert said.handed_out() in paper
    assert "hidden: Fewer than 5" in text_of(
        figure_words.document(said, "signs", telephone.pages.of("referred"))
    )


def test_no_page_crosses_category_nationality_and_post(telephone: Telephone) -> None:
    for page in PAGES:
        for table in telephone.pages.of(page):
            kinds = {name.kind for name in names(table)}
            assert not ({"post", "place"} & kinds and {"list:countries", "route"} & kinds), table.id
            assert not ({"post", "place"} & kinds and "category" in kinds), table.id
    with pytest.raises(ProgramFault, match="figures"):
        Page().table("routes", "route", (RIVER,), [(Name("list:countries", "ER"), [1])])


def test_only_who_counts_sees_them(telephone: Telephone) -> None:
    held = telephone.vault.person.roles
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        figures.pages(only_as(telephone.vault, Role.ADMINISTRATOR))
    only_as(telephone.vault, *held)


def names(table: Table) -> set[Name]:
    """Everything that a table's rows and columns are."""
    return {*table.columns, *(line.name for line in table.lines), *([table.subject] if table.subject else [])}


def file_of(telephone: Telephone, page: str) -> list[list[str]]:
    content = figure_words.file(telephone.said, telephone.pages.of(page)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))[1:]


def test_headquarters_that_heard_nothing_yet_has_no_figure(other_office: Office) -> None:
    held = figures.pages(other_office.vault)
    shown = [table for page in PAGES for table in held.of(page)]
    cells = {cell for table in shown for line in table.lines for cell in line.cells}
    assert cells == {Gap.NOT_TOLD, Gap.NOT_ASKED}, "what posts never send is said; nothing is 0"


def test_the_overview_shows_the_tables_of_other_pages(telephone: Telephone) -> None:
    elsewhere = [table for page in PAGES if page != "overview" for table in telephone.pages.of(page)]
    shown = telephone.pages.of("overview")
    assert {"phases", "routes", "by_reason", "by_pathway", "urgent_needs", "gaps"} <= {
        one.id for one in shown
    }
    assert all(table in elsewhere for table in shown)


def test_persons_are_broken_down_beside_their_sex_alone(telephone: Telephone) -> None:
    post = telephone.row("persons", "by_post", RIVER)
    assert post["female"] == 0 and post["male"] is Gap.HIDDEN, "beside the two at the coast"
    assert [line.name.key for line in telephone.table("persons", "by_month").lines] == ["2026-03", "all"]
    assert Name("list:countries", "ER") in names(telephone.table("persons", "by_nationality"))
    pathways = {line.name.key for line in telephone.table("persons", "by_pathway").lines}
    assert "C01" in pathways and not pathways & {"C04", "C05", "C13"}
    for table in telephone.pages.of("persons"):
        assert {name.kind for name in table.columns} == {"list:sexes", "word"}


def test_who_came_back_is_counted_without_blame(telephone: Telephone) -> None:
    before = telephone.table("back", "profile", "back_before")
    assert [line.cells for line in before.lines if line.name == ALL] == [(Gap.HIDDEN,)], "one person"
    assert {name.kind for name in names(before)} == {"word", "list:back_before", "question"}
    assert "Nobody is blamed" in telephone.said.page("back")[1]


def test_what_is_held_is_listed_by_kind_and_age_without_a_person(telephone: Telephone) -> None:
    persons = telephone.row("held", "held", word("held_persons"))
    assert persons["since"] == (Name("month", "2026-03"),)
    talks = telephone.row("held", "held", Name("form", "screening"))
    assert talks["all"] == telephone.row("whole", "whole_by_form", Name("form", "screening"))["all"]
    sheet = telephone.row("held", "held", Name("sheet", "movement"))
    assert sheet["all"] is Gap.HIDDEN and sheet["since"] is Gap.HIDDEN


def test_a_file_for_a_database_has_codes_and_no_number_that_is_hidden(telephone: Telephone) -> None:
    made = figure_files.numbers(telephone.vault, {"persons": telephone.pages.of("persons")})
    rows = list(csv.DictReader(io.StringIO(made.csv().decode("utf-8"))))
    assert {row["row_code"] for row in rows if row["row"] == "ER"} == {"ERI"}
    assert {row["column_code"] for row in rows if row["column"] == "female"} == {"2"}
    assert {row["row_code"] for row in rows if row["row"] == "under_18"} <= {"0-17"}
    hidden = [row for row in rows if row["status"] == "hidden"]
    assert all(row["number"] == "" for row in hidden)
    told = json.loads(made.json())
    assert told["hidden"] == {"from": 1, "to": 4}
    assert [{key: str(value) for key, value in row.items()} for row in told["rows"]] == rows


def test_a_neighbour_learns_how_people_arrive_and_nothing_of_the_posts(telephone: Telephone) -> None:
    made = figure_files.for_neighbour(telephone.vault, telephone.pages)
    assert {"routes", "profile", "by_nationality"} <= {cell.table for cell in made.cells}
    text = made.csv().decode("utf-8") + made.json().decode("utf-8")
    assert not {RIVER.key, COAST.key} & {cell.row.key for cell in made.cells}
    assert RIVER.key not in text and COAST.key not in text and "2026-03" not in made.csv().decode("utf-8")
    kinds = {cell.row.kind for cell in made.cells} | {cell.column.kind for cell in made.cells}
    assert not kinds & {"post", "place", "service", "category", "rule", "month"}


def test_a_month_that_is_over_has_a_report_of_all_and_of_a_post(office: Office) -> None:
    assert monthly.months(office.vault) == (), "the month is not over"
    clock_of(office.vault).turn(days=30)
    (month,) = monthly.months(office.vault)
    whole = monthly.report(office.vault, month)
    assert whole.value("by_post", ALL, ALL) == 9 and whole.posts == (COAST.key, RIVER.key)
    river = monthly.of_post(whole, RIVER.key)
    assert {line.name for table in river.tables for line in table.lines} == {RIVER}
    assert river.value("by_post", RIVER, ALL) == whole.value("by_post", RIVER, ALL)
    coast = monthly.of_post(whole, COAST.key)
    assert coast.value("by_post", COAST, ALL) is Gap.HIDDEN
    kinds = {name.kind for table in river.tables for name in names(table)}
    assert not kinds & {"list:countries", "list:languages", "category"}


def test_the_report_says_its_numbers_in_sentences_and_in_two_languages(office: Office) -> None:
    said, whole = Said(office.vault, "en"), monthly.report(office.vault, "2026-03")
    plain = [figure_words.plain(text) for text in monthly.text(said, whole)]
    assert plain[:2] == ["Report for March 2026.", "Persons: 9. Women and girls: 0. Men and boys: 9."]
    assert "Could not be met: Water. Persons: hidden, of hidden who told it." in plain
    twice = SaidTwice(office.vault, "en", "fr")
    paper = text_of(figure_words.document(twice, "monthly", whole.tables))
    assert "Post" in paper and Said(office.vault, "fr").name(ALL) in paper


def test_what_was_counted_is_kept_until_something_new_comes(office: Office) -> None:
    """Opening a page again counts nothing; what is accepted is in the next count; stopping leaves no half."""
    vault, steps = office.vault, list[tuple[int, int]]()
    counted_once = figures.pages(vault)
    assert figures.pages(vault) is counted_once is figures.kept_pages(vault)
    vault.journal.append(
        actor=vault.person.id,
        subject="setting/paper",
        kind="setting.changed",
        payload={"fields": {"paper": "A4"}},
    )
    assert figures.kept_pages(vault) is None

    def stopped(done: int, total: int) -> None:
        steps.append((done, total))
        if done == total - 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        figures.pages(vault, stopped)
    assert [done for done, _ in steps] == list(range(steps[0][1]))
    assert figures.kept_pages(vault) is None
    again = figures.pages(vault)
    assert again is not counted_once and again == counted_once
    clock_of(vault).turn(hours=1)
    assert figures.kept_pages(vault) is None, "what is overdue now was not an hour ago"
