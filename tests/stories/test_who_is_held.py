"""The register of people who are held: with days, ground, looks at it, and whom they could speak to (R-125, R-090).

It is a list for getting people out of it; writing into it is never refused because of a case (`protection.md` 5).
"""

from collections.abc import Iterator

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.holding import Held, Kind, Review, Visit
from fieldkit.domain.locks import What
from fieldkit.services import closing, events, held_people, measures, refer
from fieldkit.services.closing import Because
from fieldkit.services.measures import Happening
from fieldkit.services.vault import OpenVault
from tests.stories import offices
from tests.stories.desks import only_as
from tests.stories.offices import clock_of
from tests.stories.people import AGREED, AN_ADULT, FEAR, IN_PRIVATE, NO_URGENT_NEED, Told, led, screened

FEBRUARY, MARCH = "2026-02-20", "2026-03-01"
"""Ten days and one day before the first morning of these stories."""


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    """Everybody in these stories is a case of their own."""
    vault = offices.open_post(tmp_path_factory.mktemp("held"), "Post of the held (invented)")
    yield vault
    vault.close()


def somebody(post: OpenVault, *told: Told) -> str:
    return screened(only_as(post, *Role), NO_URGENT_NEED, IN_PRIVATE, AGREED, *told).case


def held(post: OpenVault, case: str, day: str = FEBRUARY, by: str = "") -> str:
    return measures.record_happened(post, case, Happening(What.DETENTION, day, by=by)).measure


def row(post: OpenVault, case: str) -> Held:
    found = held_people.register(post)
    (one,) = [one for one in (*found.held, *found.ended) if one.case == case]
    return one


def refuses(post: OpenVault, code: str, *arguments: str) -> None:
    with pytest.raises(PersonFault) as fault:
        held_people.review(post, *arguments)
    assert fault.value.code == code


def test_everybody_who_is_held_stands_in_it_with_days_and_children_on_top(post: OpenVault) -> None:
    adult, child, unsure = somebody(post, AN_ADULT), somebody(post, {"age_years": "15"}), somebody(post)
    held(post, adult)
    held(post, child, MARCH)
    held(post, unsure, FEBRUARY)
    found = [one for one in held_people.register(post).held if one.case in (adult, child, unsure)]
    assert [(one.case, one.days, one.child) for one in found] == [
        (unsure, 10, True),  # nobody knows an age: in doubt a child
        (child, 1, True),
        (adult, 10, False),
    ]
    assert [one.past_a_lock for one in found] == [True, True, False]
    clock_of(post).turn(days=1)
    assert row(post, adult).days == 11, "it counts on by itself"
    clock_of(post).turn(days=-1)


def test_grounds_of_entry_and_a_charge_before_a_court_are_kept_apart(post: OpenVault) -> None:
    case = somebody(post, AN_ADULT)
    measure = held(post, case, by="Border office (invented)")
    assert row(post, case).kinds == (Kind.NOT_TOLD,), "what is not told is not told"
    held_people.describe(post, case, measure, "entry", "Office of entries (invented)")
    one = row(post, case)
    assert (one.kinds, one.grounds) == ((Kind.IMMIGRATION,), ("entry",))
    assert one.bodies == ("Border office (invented)", "Office of entries (invented)")
    held_people.describe(post, case, measure, "court", "Court (invented)")
    assert row(post, case).kinds == (Kind.CRIMINAL,), "what was on the screen is replaced"
    with pytest.raises(PersonFault, match=r"held\.choice"):
        held_people.describe(post, case, measure, "illegal", "")


def test_who_looked_at_it_and_whom_the_person_could_speak_to(post: OpenVault) -> None:
    case = somebody(post, AN_ADULT)
    measure = held(post, case)
    assert (row(post, case).last_review, row(post, case).visits, row(post, case).talked) == (None, (), "")
    held_people.review(post, case, measure, FEBRUARY, "Court (invented)", "goes_on")
    held_people.review(post, case, measure, MARCH, "Court (invented)", "open")
    held_people.visit(post, case, measure, MARCH, "lawyer", given=False)
    held_people.visit(post, case, measure, MARCH, "refugee_agency", given=True)
    held_people.place(post, case, measure, MARCH, "Harbour room (invented)")
    one = row(post, case)
    assert one.last_review == Review(MARCH, "Court (invented)", "open")
    assert one.visits == (Visit(MARCH, "lawyer", False), Visit(MARCH, "refugee_agency", True))
    assert [place.place for place in one.places] == ["Harbour room (invented)"]
    said = str(events.events(post, case, "en"))
    assert "Harbour" not in said and "lawyer" not in said, "the history is read over shoulders"


def test_whoever_is_free_stands_below_with_the_days_it_lasted(post: OpenVault) -> None:
    case = somebody(post, AN_ADULT)
    measure = held(post, case)
    held_people.end(post, case, measure, MARCH, "free")
    found = held_people.register(post)
    assert case not in {one.case for one in found.held}
    assert found.ended[0].case == case
    assert (row(post, case).days, row(post, case).how) == (9, "free")
    again = held(post, case, MARCH)
    assert [one.measure for one in held_people.of_case(post, case)] == [again, measure]


def test_writing_it_down_is_never_refused_because_of_the_case(post: OpenVault) -> None:
    """`protection.md` 5: a closed case, somebody who asked for asylum, an officer without any clearance."""
    case = somebody(post, AN_ADULT, FEAR)
    officer = only_as(post, Role.OFFICER)
    measure = held(officer, case)
    for one in refer.suggestions(officer, case):
        refer.confirm(officer, case, one.category, one.rule)
    closing.close_case(officer, case, Because.MOVED_ON, "nobody knows where")
    held_people.describe(officer, case, measure, "not_told", "")
    held_people.visit(officer, case, measure, MARCH, "lawyer", given=False)
    held_people.end(officer, case, measure, MARCH, "not_known")
    assert row(officer, case).past_a_lock
    only_as(post, *Role)


def test_a_day_that_cannot_be_is_refused_and_nothing_else(post: OpenVault) -> None:
    case = somebody(post, AN_ADULT)
    measure = held(post, case)
    for day in ("2027-01-01", "2026-02-19", "soon", ""):
        refuses(post, "held.day", case, measure, day, "Court (invented)", "goes_on")
    refuses(post, "held.unknown", case, "0" * 32, MARCH, "Court (invented)", "goes_on")
    refuses(post, "held.choice", case, measure, MARCH, "Court (invented)", "guilty")
    assert row(post, case).reviews == ()


def test_what_the_talk_with_somebody_who_is_held_tells_stands_in_the_register(post: OpenVault) -> None:
    counsellor = only_as(post, Role.COUNSELLOR)
    told: Told = {
        "held_now": "yes",
        "held_since": FEBRUARY,
        "held_place": "Old school (invented)",
        "held_ground": "court",
        "age_years": "34",
    }
    talk = {**told, "held_access": "lawyer family"}
    case = led(counsellor, "detained", IN_PRIVATE, AGREED, talk).case
    one = row(counsellor, case)
    assert (one.since, one.kinds, one.child) == (FEBRUARY, (Kind.CRIMINAL,), False)
    assert one.talked == "2026-03-02", "how it is there was asked; what was said stays in the talk"
    assert [place.place for place in one.places] == ["Old school (invented)"]
    assert [visit.whom for visit in one.visits] == ["lawyer", "family"]
    again = {"held_now": "yes", "held_place": "Old school (invented)", "held_access": "lawyer doctor"}
    led(counsellor, "detained", IN_PRIVATE, AGREED, again, case=case)
    one = row(counsellor, case)
    assert len(one.places) == 1 and [visit.whom for visit in one.visits] == ["lawyer", "family", "doctor"]
    only_as(post, *Role)


def test_who_keeps_the_laptop_running_does_not_see_who_is_held(post: OpenVault) -> None:
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        held_people.register(only_as(post, Role.ADMINISTRATOR))
    only_as(post, *Role)
