"""What is due stands on the first screen: kinds and numbers, for whoever may do something about it."""

from dataclasses import replace

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.locks import What
from fieldkit.services import (
    child_register,
    early_alert,
    follow_up,
    guardians,
    held_people,
    measures,
    permits,
    refer,
    what_is_due,
)
from fieldkit.services.guardians import Designation
from fieldkit.services.measures import Happening
from fieldkit.services.permits import Over, Told
from fieldkit.services.vault import OpenVault
from fieldkit.services.what_is_due import Kind
from tests.stories.desks import only_as, sets_days
from tests.stories.people import AGREED, AN_ADULT, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened
from tests.stories.test_register_of_children import days_pass, everybody, registered


def due(vault: OpenVault) -> dict[Kind, int]:
    return {one.kind: one.number for one in what_is_due.counts(vault)}


def counted_anew(vault: OpenVault) -> dict[Kind, int]:
    vault.counted = None
    return due(vault)


def test_an_officer_a_counsellor_and_child_protection_hear_of_a_child_without_a_guardian(
    post: OpenVault,
) -> None:
    case = registered(post)
    for role in (Role.OFFICER, Role.COUNSELLOR, Role.CHILD_PROTECTION):
        assert due(only_as(post, role)) == {}, "seven days are not over"
    days_pass(post, 8)
    for role in (Role.OFFICER, Role.COUNSELLOR, Role.CHILD_PROTECTION, Role.HEALTH_WORKER, Role.SUPERVISOR):
        assert due(only_as(post, role)) == {Kind.GUARDIAN: 1}
        assert [one.case for one in child_register.without_guardian(post)] == [case]
        assert child_register.without_guardian(post)[0].name == ""
    only_as(post, Role.MONITOR)
    assert due(post) == {}
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        child_register.without_guardian(post)
    wen = Designation("Wen Invented", post.world.today().isoformat(), "Named by the youth court (invented)")
    guardians.name(only_as(post, Role.COUNSELLOR), case, wen)
    assert due(only_as(post, Role.OFFICER)) == {}


def test_a_call_that_nobody_answered_stands_until_somebody_does(post: OpenVault) -> None:
    case = registered(post)
    only_as(post, Role.OFFICER)
    early_alert.record_call(post, case, "nobody-there")
    assert due(post) == {Kind.CALL: 1}
    early_alert.record_call(
        post, case, "the-next", "Officer Two (invented)", "in the quiet room, with a nurse"
    )
    assert due(post) == {}
    assert early_alert.calls(post, case), "both calls stay in the case"


def test_each_kind_counts_and_what_is_written_since_is_counted_without_looking_at_everything(
    post: OpenVault,
) -> None:
    """The count that goes on from the last one is the count that begins anew, after every step."""
    sets_days(post, "held,*,3,Invented decree,,,")
    rules = (replace(one, target_hours=72) if one.id == "C01-1" else one for one in post.rules.rules)
    post.__dict__["rules"] = replace(post.rules, rules=tuple(rules))
    everybody(post)
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR).case
    service = refer.services_for(post, "C01")[0].id
    referral = refer.refer(post, case, "C01", service, safe_to_carry=True)
    assert due(post) == counted_anew(post) == {}
    days_pass(post, 4)
    assert due(post) == counted_anew(post) == {Kind.REFERRAL: 1}
    measures.record_happened(post, case, Happening(What.DETENTION, "2026-03-02"))
    visa = permits.record(post, case, Told("special_visa", "2026-03-10"))
    whole = {Kind.HELD: 1, Kind.REFERRAL: 1, Kind.PAPER: 1}
    assert due(post) == counted_anew(post) == whole
    follow_up.record(post, case, referral, "acknowledged")
    (one,) = held_people.of_case(post, case)
    held_people.end(post, case, one.measure, post.world.today().isoformat(), "free")
    assert due(post) == counted_anew(post) == {Kind.PAPER: 1}
    permits.end(post, case, visa, Over.LOST)
    assert due(post) == counted_anew(post) == {}


def test_a_number_of_days_that_another_pack_brings_counts_at_once(post: OpenVault) -> None:
    everybody(post)
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT).case
    measures.record_happened(post, case, Happening(What.DETENTION, post.world.today().isoformat()))
    days_pass(post, 5)
    assert due(post) == {}, "where nobody set a number nothing is long"
    post.content_changed()
    sets_days(post, "held,*,3,Invented decree,,,")
    assert due(post) == {Kind.HELD: 1}
