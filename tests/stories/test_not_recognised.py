"""Somebody was not recognised as a refugee and may not be able to go back: a way of its own (R-063)."""

import pytest

from fieldkit.domain.errors import PersonFault
from fieldkit.domain.locks import Lock, What
from fieldkit.domain.outcome import Verdict
from fieldkit.services import measures, refer, region
from fieldkit.services.vault import OpenVault
from tests.stories.desks import Desks
from tests.stories.people import AGREED, AN_ADULT, FEAR, IN_PRIVATE, NO_URGENT_NEED, Told, led, screened

NOT_RECOGNISED = "C29"
REFUSED: Told = {"registered_elsewhere": "refused"}


def ways(vault: OpenVault, case: str) -> set[str]:
    return {one.category for one in refer.suggestions(vault, case) if one.verdict is Verdict.YES}


def test_a_refusal_and_fear_lead_to_another_protection_and_to_a_new_look_at_asylum(desks: Desks) -> None:
    vault = desks.training
    case = screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR, REFUSED).case
    assert {"C01", "C19", NOT_RECOGNISED} <= ways(vault, case), "one closes none of the others"
    first, *others = region.steps_of(vault, NOT_RECOGNISED)
    assert (first.actor, first.within_hours) == ("this_post", 0)
    assert [step.actor for step in others][:3] == ["legal_help", "asylum_authority", "migration_authority"]


def test_whoever_left_a_war_is_heard_although_they_named_no_fear(desks: Desks) -> None:
    vault = desks.training
    war: Told = {**REFUSED, "reasons": "war work"}
    case = screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, war).case
    assert NOT_RECOGNISED in ways(vault, case)


def test_no_way_back_is_open_and_nobody_named_a_danger(desks: Desks) -> None:
    vault = desks.training
    stuck: Told = {"gate_asylum_refused": "yes", "way_back": "no"}
    case = led(vault, "stranded", IN_PRIVATE, AGREED, stuck).case
    assert NOT_RECOGNISED in ways(vault, case)


@pytest.mark.parametrize("told", [{}, {"registered_elsewhere": "no"}])
def test_a_refusal_that_nobody_told_of_opens_nothing(desks: Desks, told: Told) -> None:
    vault = desks.training
    case = screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR, told).case
    assert NOT_RECOGNISED not in ways(vault, case)


def test_no_step_back_is_planned_while_it_is_open(desks: Desks) -> None:
    vault = desks.training
    war: Told = {**REFUSED, "reasons": "war"}
    case = screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, war).case
    refer.confirm(vault, case, NOT_RECOGNISED, "C29-1")
    shut = {one.lock: one.missing for one in measures.shut(vault, case, What.RETURN)}
    assert NOT_RECOGNISED in shut[Lock.FEAR]
    with pytest.raises(PersonFault):
        measures.plan(vault, case, What.RETURN, "a journey back (invented)")
