"""Who arrived waits until they are screened and referred; emergencies first, then the longest (R-004, R-019)."""

from dataclasses import replace

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.errors import FieldkitError, PersonFault
from fieldkit.domain.ports import JsonObject
from fieldkit.domain.waiting import Because, Flag, Limit
from fieldkit.services import closing, households, intake, needs, refer, waiting
from fieldkit.services.case_file import read_case
from fieldkit.services.closing import Because as WhyClosed
from fieldkit.services.households import How, Row
from fieldkit.services.vault import OpenVault
from fieldkit.services.waiting import Wanted
from fieldkit.storage import projections
from fieldkit.storage.journal import Change
from tests.stories.people import (
    AGREED,
    AN_ADULT,
    FEAR,
    IN_PRIVATE,
    NO_URGENT_NEED,
    Told,
    answer_all,
    led,
    screened,
)
from tests.worlds import HandClock


def hours_pass(vault: OpenVault, hours: float) -> None:
    assert isinstance(vault.world.clock, HandClock)
    vault.world.clock.turn(hours=hours)


def arrives(vault: OpenVault, *told: Told, language: str = "so") -> str:
    """Somebody arrives and says what they need now; their case."""
    interview = waiting.arrive(vault, language, officer_language="en")
    answer_all(interview, *told)
    return intake.finish(vault, interview).case


def numbers(vault: OpenVault, wanted: Wanted = waiting.EVERYBODY) -> list[str]:
    return [one.number for one in waiting.queue(vault, wanted)]


def number_of(vault: OpenVault, case: str) -> str:
    return read_case(vault.journal, case).number


def test_somebody_waits_from_the_press_that_says_so(post: OpenVault) -> None:
    interview = waiting.arrive(post, "so", officer_language="en")
    (one,) = waiting.queue(post)
    assert one.number == interview.number
    assert not one.screened
    assert one.languages == ("so",)
    hours_pass(post, 2)
    assert waiting.queue(post)[0].waits.minutes(post.world.clock.now()) == 120


def test_the_arrival_page_screens_nobody_and_a_screening_refers_nobody(post: OpenVault) -> None:
    case = arrives(post, NO_URGENT_NEED, {"people_together": "4"})
    assert [(one.screened, one.people) for one in waiting.queue(post)] == [(False, 4)]
    screening = intake.begin(post, "screening", officer_language="en", person_language="so", case=case)
    answer_all(screening, IN_PRIVATE, AGREED, AN_ADULT, FEAR)
    intake.finish(post, screening)
    (one,) = waiting.queue(post)
    assert one.screened
    assert one.waits.step is Limit.REFERRAL
    refer.confirm(post, case, "C01", "C01-1")
    refer.refer(post, case, "C01", "S02", safe_to_carry=True)
    assert waiting.queue(post) == ()


def test_an_emergency_stands_first_and_then_who_waits_longest(post: OpenVault) -> None:
    first = arrives(post, NO_URGENT_NEED)
    hours_pass(post, 1)
    second = arrives(post, NO_URGENT_NEED)
    hours_pass(post, 1)
    in_labour = arrives(post, {"urgent_labour": "perhaps"})
    assert numbers(post) == [number_of(post, case) for case in (in_labour, first, second)]
    assert [one.urgent for one in waiting.queue(post)] == [True, False, False]


def test_a_row_says_see_alone_and_never_why(post: OpenVault) -> None:
    arrives(post, {"urgent_safety": "yes"})
    (one,) = waiting.queue(post)
    assert one.see_alone
    assert one.flags == (Flag.AFRAID_HERE,)


def test_who_is_met_is_an_emergency_no_more_until_it_is_told_again(post: OpenVault) -> None:
    case = arrives(post, {"urgent_medical": "yes", "urgent_water": "yes"})
    assert [need.name for need in needs.needs(post, case)] == ["urgent_medical", "urgent_water"]
    needs.settle(post, case, "urgent_medical", done=False, reason="no nurse here today")
    assert waiting.queue(post)[0].urgent, "what could not be done stays"
    needs.settle(post, case, "urgent_medical", done=True, service="S01")
    assert not waiting.queue(post)[0].urgent
    assert [(need.name, need.met) for need in needs.needs(post, case)] == [
        ("urgent_water", False),
        ("urgent_medical", True),
    ]
    led(post, "arrival", {"urgent_medical": "yes"}, case=case)
    assert waiting.queue(post)[0].urgent
    assert not needs.needs(post, case)[0].met


def test_a_slip_for_a_need_asks_for_nothing_and_leaves_the_person_waiting(post: OpenVault) -> None:
    case = arrives(post, {"urgent_water": "yes"})
    (need,) = needs.needs(post, case)
    made = needs.refer(post, case, need.name, need.services[0].id, safe_to_carry=True)
    assert refer.slip(post, case, made).blocks
    assert waiting.queue(post), "help with a need is no referral to a procedure"


def test_whoever_waits_longer_than_the_limit_waits_too_long(post: OpenVault) -> None:
    arrives(post, NO_URGENT_NEED)
    now = post.world.clock.now
    assert not waiting.queue(post)[0].waits.is_too_long(now())
    hours_pass(post, 25)
    assert waiting.queue(post)[0].waits.is_too_long(now())
    waiting.choose_limit(post, Limit.SCREENING, 48)
    assert not waiting.queue(post)[0].waits.is_too_long(now())
    waiting.choose_limit(post, Limit.SCREENING, None)
    hours_pass(post, 1000)
    assert waiting.queue(post)[0].waits.limit is None


def test_an_emergency_is_at_once_and_a_child_alone_is_referred_at_once(post: OpenVault) -> None:
    screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, {"age_years": "12", "alone": "yes"})
    assert waiting.queue(post)[0].waits.limit == 0


def test_only_an_administrator_sets_limits(post: OpenVault) -> None:
    post.person = replace(post.person, roles=frozenset({Role.OFFICER}))
    with pytest.raises(FieldkitError) as refused:
        waiting.choose_limit(post, Limit.SCREENING, 1)
    assert refused.value.code == "access.not_allowed"


def test_who_left_waits_no_more_and_can_come_back(post: OpenVault) -> None:
    case = arrives(post, NO_URGENT_NEED)
    waiting.end(post, f"case/{case}", Because.LEFT, "went on with a brother")
    assert waiting.queue(post) == ()
    waiting.again(post, f"case/{case}")
    assert numbers(post) == [number_of(post, case)]


def test_a_closed_case_waits_no_more_until_it_is_opened_again(post: OpenVault) -> None:
    case = arrives(post, NO_URGENT_NEED)
    closing.close_case(post, case, WhyClosed.HELPED, "is with her sister")
    assert waiting.queue(post) == ()
    closing.reopen_case(post, case, "came back")
    assert len(waiting.queue(post)) == 1


def test_the_queue_can_be_looked_at_by_language_and_by_emergency(post: OpenVault) -> None:
    somali = arrives(post, NO_URGENT_NEED, language="so")
    amharic = arrives(post, {"urgent_medical": "yes"}, language="am")
    assert numbers(post, Wanted(language="so")) == [number_of(post, somali)]
    assert numbers(post, Wanted(flag="first_aid")) == [number_of(post, amharic)]
    assert numbers(post, Wanted(language="so", flag="first_aid")) == []
    assert set(waiting.languages(post)) == {"so", "am"}


def test_rebuilt_from_the_journal_the_queue_is_the_same(post: OpenVault) -> None:
    case = arrives(post, {"urgent_medical": "yes"})
    arrives(post, {"urgent_labour": "yes"})
    households.record(post, Row(5, 3, 1, ("so",)))
    needs.settle(post, case, "urgent_medical", done=True)
    gone = arrives(post, NO_URGENT_NEED)
    waiting.end(post, f"case/{gone}", Because.HELPED)
    before = post.database.rows("SELECT * FROM waiting ORDER BY about")
    assert len(before) == 3
    projections.rebuild(post.database)
    assert post.database.rows("SELECT * FROM waiting ORDER BY about") == before


def test_a_flag_that_a_newer_laptop_knows_is_kept_and_comes_first(post: OpenVault) -> None:
    households.record(post, Row(1))
    newer: JsonObject = {
        "at": post.world.moment(),
        "people": 2,
        "children": 0,
        "children_alone": 0,
        "languages": [],
    }
    told = Change("household/" + "e" * 32, "household.recorded", {**newer, "flags": ["something_newer"]})
    post.journal.append_many(post.person.id, [told])
    assert waiting.queue(post)[0].flags == ("something_newer",)
    with pytest.raises(PersonFault, match=r"need\.not_in_list"):
        households.record(post, Row(2, flags=("something_newer",)))
    assert waiting.count(post) == (2, 1), "nobody here can mean what the lists do not say"


def test_households_are_entered_one_by_one_and_wait_since_they_came(post: OpenVault) -> None:
    group = households.begin_group(post, How.BOAT, people=60)
    household = households.record(post, Row(3, 2, 0, ("am",), ("labour",)), group)
    assert [(one.household, one.people, one.urgent) for one in waiting.queue(post)] == [(True, 3, True)]
    hours_pass(post, 3)
    mother = households.promote(post, household, flag="labour")
    for _ in range(2):
        households.promote(post, household)
    rows = waiting.queue(post)
    assert [one.household for one in rows] == [False, False, False], "everybody has a row of their own"
    assert rows[0].number == number_of(post, mother)
    assert [one.urgent for one in rows] == [True, False, False]
    assert all(one.waits.minutes(post.world.clock.now()) == 180 for one in rows)
    assert len(households.household_of(post, household).entered) == 3
    with pytest.raises(FieldkitError) as refused:
        households.promote(post, household)
    assert refused.value.code == "household.all_entered"


def test_an_emergency_that_nobody_took_up_keeps_its_row(post: OpenVault) -> None:
    household = households.record(post, Row(1, 1, 1))
    households.promote(post, household)
    assert [(one.household, one.urgent) for one in waiting.queue(post)] == [(True, True), (False, False)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (Row(0), "household.no_people"),
        (Row(501), "household.too_many"),
        (Row(2, 3), "household.more_children"),
    ],
)
def test_impossible_rows_are_refused_and_nothing_is_kept(post: OpenVault, row: Row, code: str) -> None:
    with pytest.raises(FieldkitError) as refused:
        households.record(post, row)
    assert refused.value.code == code
    assert waiting.queue(post) == ()


def test_what_is_known_of_a_household_never_leaves_the_post(post: OpenVault) -> None:
    household = households.record(post, Row(2))
    case = households.promote(post, household)
    told = [
        post.journal.payload(entry.payload)
        for entry, _ in post.journal.about(f"case/{case}")
        if entry.kind == "case.opened"
    ]
    assert told[0] is not None
    assert household not in str(told[0].value())


def test_who_is_moved_together_is_one_household(post: OpenVault) -> None:
    sister, brother, cousin = (arrives(post, NO_URGENT_NEED) for _ in range(3))
    household = households.join(post, brother, f"case/{sister}", "sibling")
    assert households.join(post, cousin, f"case/{brother}", "relative") == household
    members = households.household_of(post, household).entered
    assert {one.case for one in members} == {sister, brother, cousin}
