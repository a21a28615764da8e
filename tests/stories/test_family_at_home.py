"""Somebody is here, and people who depend on them stayed at home (R-098)."""

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.services import at_home, follow_up, intake, refer, waiting
from fieldkit.services.at_home import AtHome
from fieldkit.services.vault import OpenVault
from tests.stories.desks import Desks, only_as, text_of
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, answer_all

THREE = AtHome(3, 2)


def somebody(vault: OpenVault) -> str:
    """A father whose children are with their grandmother."""
    interview = intake.begin(vault, "screening", officer_language="en", person_language="fr")
    answer_all(interview, IN_PRIVATE, AGREED, AN_ADULT, {"alone": "no"})
    interview.add_row("/data/family_group/family")
    for name, value in (("name", "Little Invented"), ("relation", "child"), ("place", "home")):
        interview.answer(f"/data/family_group/family[1]/member_{name}", value)
    return intake.finish(vault, interview).case


def test_help_for_those_at_home_is_a_referral_that_is_followed_up(desks: Desks) -> None:
    vault = desks.training
    case = somebody(vault)
    assert at_home.told(vault, case)
    service = at_home.services(vault)[0]
    referral = at_home.refer(vault, case, service.id, THREE, wished=True, safe_to_carry=True)
    assert [(one.service, one.family) for one in at_home.referrals(vault, case)] == [(service.id, THREE)]
    assert referral in {one.referral for one in follow_up.to_follow_up(vault)}
    follow_up.record(vault, case, referral, "served")
    assert referral not in {one.referral for one in follow_up.to_follow_up(vault)}


def test_the_slip_says_nothing_of_the_family_and_nobody_is_named(desks: Desks) -> None:
    vault = desks.training
    case = somebody(vault)
    service = at_home.services(vault)[0]
    referral = at_home.refer(vault, case, service.id, THREE, wished=True, safe_to_carry=True)
    said = text_of(refer.slip(vault, case, referral))
    for word in ("Little", "family", "famille", "home", at_home.NEED):
        assert word not in said.replace(service.name_on_paper, "")
    payloads = [vault.journal.payload(entry.payload) for entry, _ in vault.journal.about(f"case/{case}")]
    made = next(one for one in payloads if one and one.value().get("referral") == referral)
    assert b"Little" not in made.content


def test_without_the_persons_wish_nothing_is_kept(desks: Desks) -> None:
    vault = desks.training
    case = somebody(vault)
    service = at_home.services(vault)[0].id
    for family, wished, code in (
        (THREE, False, r"at_home\.not_wished"),
        (AtHome(0, 0), True, r"at_home\.people"),
        (AtHome(1, 2), True, r"at_home\.people"),
    ):
        with pytest.raises(PersonFault, match=code):
            at_home.refer(vault, case, service, family, wished=wished, safe_to_carry=True)
    with pytest.raises(PersonFault, match=r"refer\.unknown_service"):
        at_home.refer(vault, case, "nobody", THREE, wished=True, safe_to_carry=True)
    assert at_home.referrals(vault, case) == ()


def test_whoever_has_it_still_waits_to_be_referred(desks: Desks) -> None:
    vault = desks.training
    case = waiting.enter(vault)
    service = at_home.services(vault)[0].id
    at_home.refer(only_as(vault, Role.OFFICER), case, service, AtHome(1, 1), wished=True, safe_to_carry=False)
    assert waiting.find(vault, f"case/{case}") is not None
    with pytest.raises(PersonFault, match=r"refer\.not_safe_to_carry"):
        refer.slip(vault, case, at_home.referrals(vault, case)[0].referral)
