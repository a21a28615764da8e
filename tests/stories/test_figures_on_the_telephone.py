"""A minister telephones. The coordinator reads from the screen, and nobody is exposed by it.

Two invented posts: at the river seven people were screened, at the coast two; some were referred, some did not want
it, the sheets of both places are in. What is told holds for screen, file and paper alike.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault, ProgramFault
from fieldkit.domain.outcome import Mark
from fieldkit.headquarters.tables import ALL, Gap, Line, Name, Page, Table, Value, word
from fieldkit.languages.messages.figures import PAGES
from fieldkit.services import assistance, figure_words, figures, follow_up, intake, needs, refer
from fieldkit.services.figure_words import Said
from fieldkit.services.vault import OpenVault
from tests.stories import offices
from tests.stories.desks import only_as, text_of
from tests.stories.offices import Office, carry, clock_of
from tests.stories.people import (
    AGREED,
    FEAR,
    IN_PRIVATE,
    NO_URGENT_NEED,
    NOT_AGREED,
    Told,
    answer_all,
    led,
    screened,
    somebody,
)

RIVER, COAST = Name("post", "River crossing (invented)"), Name("post", "Coast watch (invented)")
SIGNS: Told = {"control_signs": "watched", "harm": "none", "help_wanted": "none"}
BOAT: Told = {
    "event_kind": "rescue",
    "event_people": "31",
    "event_women": "8",
    "event_men": "14",
    "event_children_alone": "2",
    "event_onward": "some",
    "event_onward_why": "medical",
}
SHEET: Told = {
    "site_kind": "centre",
    "site_date": "2026-03-01",
    "site_places": "private toilets",
    "site_people": "none",
    "site_beds": "40",
    "site_people_now": "52",
    "site_gaps": "medic interpreter",
}


def a_sheet(post: OpenVault, form: str, *told: Told) -> None:
    only_as(post, Role.COUNSELLOR, Role.OFFICER)
    interview = intake.begin(post, form, officer_language="en", person_language="en")
    if form == "movement":
        interview.add_row("/data/groups/movers")
    answer_all(interview, *told)
    intake.finish(post, interview)


def arrives(post: OpenVault, name: str, *told: Told) -> str:
    only_as(post, Role.OFFICER, Role.COUNSELLOR)
    one: Told = {**somebody(name), "birth_date": Mark.UNKNOWN}
    return screened(post, IN_PRIVATE, AGREED, one, *told, person="en").case


def at_the_river(post: OpenVault) -> None:
    afraid: Told = {**NO_URGENT_NEED, **FEAR, "phase": "way"}
    cases = [arrives(post, f"Person {n} Invented", afraid, SIGNS) for n in range(6)]
    cases.append(arrives(post, "Water Invented", {"urgent_water": "yes", "phase": Mark.DECLINED}))
    service = next(iter(refer.services_for(post, "C01")))
    made = [refer.refer(post, case, "C01", service.id, safe_to_carry=True) for case in cases[:6]]
    clock_of(post).turn(days=2)
    for case, referral in list(zip(cases, made, strict=False))[:5]:
        follow_up.record(post, case, referral, "served")
    needs.settle(post, cases[6], "urgent_water", done=False, reason="the tank is empty")
    assistance.record(post, cases[6], "food", "received")
    led(only_as(post, Role.COUNSELLOR), "extra_continental", IN_PRIVATE, FAR, case=cases[0])
    screened(only_as(post, Role.OFFICER), NO_URGENT_NEED, NOT_AGREED, somebody("Says no Invented"))
    a_sheet(post, "site_checklist", SHEET)
    a_sheet(post, "movement", WALKING)


FAR: Told = {**AGREED, "other_continent": "yes", "origin_continent": "asia", "destination": "CA"}
WALKING: Told = {
    "movement_way": "in",
    "movers_from": "ER",
    "movers_to": "KE",
    "movers_women": "6",
    "movers_men": "9",
    "movers_reasons": "war",
}


class Telephone:
    """Headquarters with what both posts sent: all pages as they stand."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.pages = figures.pages(vault)
        self.said = Said(vault, "en")

    def table(self, page: str, name: str, subject: str = "") -> Table:
        (found,) = (
            one
            for one in self.pages.of(page)
            if one.id == name and (not subject or (one.subject is not None and one.subject.key == subject))
        )
        return found

    def row(self, page: str, name: str, row: Name, subject: str = "") -> dict[str, Value]:
        """The cells of a row by the key of their column."""
        table = self.table(page, name, subject)
        (line,) = (one for one in table.lines if one.name == row)
        return {column.key: value for column, value in zip(table.columns, line.cells, strict=True)}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = offices.found(tmp_path_factory.mktemp("office"), "Invented Ministry Service")
    for name, happens in ((RIVER.key, at_the_river), (COAST.key, at_the_coast)):
        post = offices.open_post(tmp_path_factory.mktemp("post") / "vault", name)
        offices.enrol(post, made)
        roles = post.person.roles
        happens(post)
        only_as(post, *roles)
        carry(post, made, tmp_path_factory.mktemp("stick"))
        post.close()
    clock_of(made.vault).turn(days=9)
    yield made
    made.vault.close()


def at_the_coast(post: OpenVault) -> None:
    case = arrives(post, "Coast Invented", {**NO_URGENT_NEED, **FEAR})
    service = next(iter(refer.services_for(post, "C01")))
    refer.refer(post, case, "C01", service.id, declined=True, safe_to_carry=False)
    arrives(post, "Hurried Invented", {"urgent_medical": "no"})
    a_sheet(post, "group_event", BOAT)
    a_sheet(post, "site_checklist", {**SHEET, "site_kind": "coast", "site_people_now": "3"})


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
    assert telephone.row("whole", "whole_by_form", ALL)["all"] == 10
    missing = telephone.row("whole", "missing", RIVER)
    assert missing["sex"] == 0 and missing["arrival_date"] is Gap.HIDDEN


def test_who_did_not_agree_stands_in_no_figure(telephone: Telephone) -> None:
    """Ten talks are here; the eleventh person said no to headquarters."""
    assert telephone.row("whole", "whole_by_post", ALL)["all"] == 10


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
