"""Times by which something is done: a country's table sets them, in hours or days, and what is late is shown
(R-040, R-041)."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from fieldkit.services import follow_up, refer
from fieldkit.services.vault import OpenVault
from tests.stories import offices
from tests.stories.offices import clock_of
from tests.stories.people import AGREED, AN_ADULT, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened, screened_again


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    """A post whose table asks for asylum within three days, and for a second reason within one."""
    vault = offices.open_post(tmp_path_factory.mktemp("times"), "Post of times (invented)")
    hours = {"C01-1": 72, "C01-2": 24}
    rules = tuple(replace(one, target_hours=hours.get(one.id, one.target_hours)) for one in vault.rules.rules)
    vault.__dict__["rules"] = replace(vault.rules, rules=rules)
    yield vault
    vault.close()


def row_of(post: OpenVault, case: str) -> follow_up.ToFollow:
    (row,) = follow_up.of_case(post, case)
    return row


def test_a_referral_is_due_within_the_days_of_its_rule_and_then_late(post: OpenVault) -> None:
    only_fear = {"fear_return": "yes"}
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, only_fear).case
    began = clock_of(post).now()
    (shown,) = [one for one in refer.suggestions(post, case) if one.category == "C01"]
    assert shown.target_hours == 72
    refer.refer(post, case, "C01", refer.services_for(post, "C01")[0].id, safe_to_carry=True)
    clock_of(post).turn(hours=71)
    row = row_of(post, case)
    assert (row.due[:13], row.overdue) == (began.replace(day=began.day + 3).isoformat()[:13], False)
    clock_of(post).turn(hours=2)
    assert row_of(post, case).overdue
    assert follow_up.to_follow_up(post)[0].referral == row.referral, "what is late stands first"


def test_what_a_later_talk_says_is_due_from_that_talk_on(post: OpenVault) -> None:
    """A first talk of last week makes nothing late that was said only today."""
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT).case
    clock_of(post).turn(days=7)
    screened_again(post, case, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)
    refer.refer(post, case, "C01", refer.services_for(post, "C01")[0].id, safe_to_carry=True)
    assert not row_of(post, case).overdue
    clock_of(post).turn(hours=25)
    assert row_of(post, case).overdue, "of several times the shortest counts"


def test_what_is_to_be_done_at_once_is_late_after_an_hour(post: OpenVault) -> None:
    """Nobody can hear back in the minute in which somebody was sent."""
    hurt = {**NO_URGENT_NEED, "urgent_medical": "yes"}
    case = screened(post, hurt, IN_PRIVATE, AGREED, AN_ADULT).case
    refer.refer(post, case, "C11", refer.services_for(post, "C11")[0].id, safe_to_carry=True)
    clock_of(post).turn(minutes=30)
    assert not row_of(post, case).overdue
    clock_of(post).turn(minutes=31)
    assert row_of(post, case).overdue


def test_without_a_time_nothing_is_late_and_days_are_told(post: OpenVault) -> None:
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, {"reasons": "disaster"}).case
    service = refer.services_for(post, "C12") or refer.services_for(post, "C01")
    refer.refer(post, case, "C12", service[0].id, safe_to_carry=True)
    clock_of(post).turn(days=40)
    row = row_of(post, case)
    assert (row.due, row.overdue, row.days) == ("", False, 40)
