"""Two invented posts and their headquarters, as they are counted: at the river seven people were screened, at the
coast two; some were referred, some did not want it, the sheets of both places are in."""

from collections.abc import Callable
from pathlib import Path

from fieldkit.domain.access import Role
from fieldkit.domain.outcome import Mark
from fieldkit.headquarters.tables import Name, Table, Value
from fieldkit.services import assistance, figures, follow_up, intake, needs, refer
from fieldkit.services.figure_words import Said
from fieldkit.services.vault import OpenVault
from tests.stories import offices
from tests.stories.desks import only_as
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
    led(only_as(post, Role.COUNSELLOR), "came_back", IN_PRIVATE, BACK, case=cases[1])
    screened(only_as(post, Role.OFFICER), NO_URGENT_NEED, NOT_AGREED, somebody("Says no Invented"))
    a_sheet(post, "site_checklist", SHEET)
    a_sheet(post, "movement", WALKING)


FAR: Told = {**AGREED, "other_continent": "yes", "origin_continent": "asia", "destination": "CA"}
BACK: Told = {**AGREED, "back_how": "sent", "back_before": "once"}
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


def at_the_coast(post: OpenVault) -> None:
    case = arrives(post, "Coast Invented", {**NO_URGENT_NEED, **FEAR})
    service = next(iter(refer.services_for(post, "C01")))
    refer.refer(post, case, "C01", service.id, declined=True, safe_to_carry=False)
    arrives(post, "Hurried Invented", {"urgent_medical": "no"})
    a_sheet(post, "group_event", BOAT)
    a_sheet(post, "site_checklist", {**SHEET, "site_kind": "coast", "site_people_now": "3"})


def counted_office(folder: Callable[[str], Path]) -> Office:
    """The headquarters after both posts brought what they had; nine days later."""
    made = offices.found(folder("office"), "Invented Ministry Service")
    for name, happens in ((RIVER.key, at_the_river), (COAST.key, at_the_coast)):
        post = offices.open_post(folder("post") / "vault", name)
        offices.enrol(post, made)
        roles = post.person.roles
        happens(post)
        only_as(post, *roles)
        carry(post, made, folder("stick"))
        post.close()
    clock_of(made.vault).turn(days=9)
    return made
