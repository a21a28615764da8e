"""Reporting is the person's choice; how somebody is after the journey back is asked with a yes; what somebody can
do lies apart (R-103, R-134, R-138, R-192)."""

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.outcome import Mark, Verdict
from fieldkit.services import intake, refer, sealed, training
from fieldkit.services.case_file import read_case
from fieldkit.services.vault import OpenVault
from tests.stories.desks import Desks, only_as
from tests.stories.offices import carry, everything_held
from tests.stories.people import AGREED, IN_PRIVATE, NOT_AGREED, Told, led, ref_of

HELPED: Told = {"help_arranged": "yes"}
THINKS_OF_IT: Told = {"report_where": "police", "witness_fears": "found", "witness_in_danger": "no"}


def trained(post: OpenVault, topic: str, role: Role) -> OpenVault:
    training.record(post, post.person.id, topic, post.world.today(), "Invented Institute")
    return only_as(post, role)


def reasons(post: OpenVault, case: str) -> set[str]:
    """The rules of these talks that said yes."""
    ours = {"C25-6", "C25-7", "C24-4", "C08-4"}
    return {one.rule for one in refer.suggestions(post, case) if one.verdict is Verdict.YES} & ours


def test_whoever_thinks_of_a_report_is_led_to_legal_help_and_nobody_else_hears(desks: Desks) -> None:
    post = trained(desks.enrolled, "violence", Role.COUNSELLOR)
    case = led(post, "report_wish", IN_PRIVATE, AGREED, HELPED, THINKS_OF_IT).case
    assert reasons(post, case) == {"C25-7"}
    for name in THINKS_OF_IT:
        assert post.codebook.facts[name].recipients == (), "no office and no headquarters receives it"
    carry(post, desks.office, desks.stick)
    assert b"witness_fears" not in everything_held(desks.office.vault)
    officer = only_as(post, Role.OFFICER)
    assert sealed.answers(officer, read_case(officer.journal, case)).marks["report_where"] is Mark.SEALED


def test_a_witness_in_danger_has_a_safe_place_first_whatever_they_decide(desks: Desks) -> None:
    post = trained(desks.training, "violence", Role.COUNSELLOR)
    told: Told = {"report_where": "nobody", "witness_in_danger": "perhaps"}
    case = led(post, "report_wish", IN_PRIVATE, AGREED, HELPED, told).case
    assert reasons(post, case) == {"C25-6"}


def test_no_report_is_spoken_of_before_help_was_arranged(desks: Desks) -> None:
    post = trained(desks.training, "violence", Role.COUNSELLOR)
    interview = intake.begin(post, "report_wish", officer_language="en", person_language="en")
    for name, value in IN_PRIVATE.items():
        interview.answer(ref_of(interview, name), str(value))
    for name in ("report_where", "report_lawyer_first"):
        assert not interview.session.is_relevant(f"/data/choice/{name}")


def test_a_child_who_is_not_safe_after_the_journey_is_a_call_and_only_child_protection_reads_it(
    desks: Desks,
) -> None:
    post = trained(desks.training, "children", Role.CHILD_PROTECTION)
    seen: Told = {
        "after_child_agrees": "yes",
        "after_child_by": "child_service",
        "after_child_safe": "perhaps",
    }
    case = led(post, "after_return_child", IN_PRIVATE, NOT_AGREED, seen).case
    assert reasons(post, case) == {"C08-4"}
    counsellor = only_as(post, Role.COUNSELLOR)
    held = sealed.answers(counsellor, read_case(counsellor.journal, case))
    assert held.marks["after_child_safe"] is Mark.SEALED


def test_somebody_who_said_no_to_a_visit_is_asked_nothing_more(desks: Desks) -> None:
    post = trained(desks.training, "trafficking", Role.COUNSELLOR)
    case = led(post, "after_return", IN_PRIVATE, AGREED, {"after_agrees": "no"}).case
    told = sealed.answers(post, read_case(post.journal, case))
    assert not told.said("after_safe")
    assert reasons(post, case) == set()
    case = led(post, "after_return", IN_PRIVATE, AGREED, {"after_agrees": "yes", "after_safe": "no"}).case
    assert reasons(post, case) == {"C24-4"}


def test_what_somebody_can_do_belongs_to_no_case_and_stays_at_the_post(desks: Desks) -> None:
    post = only_as(desks.enrolled, Role.COUNSELLOR)
    with pytest.raises(PersonFault):
        intake.begin(only_as(post, Role.OFFICER), "skills", officer_language="en", person_language="en")
    only_as(post, Role.COUNSELLOR)
    done = led(
        post, "skills", {"skills_agree": "yes", "skills_work": "farm building", "skills_learn": "trade"}
    )
    assert done.case == "" and not done.about.startswith("case/")
    arrived = carry(post, desks.office, desks.stick)
    assert arrived.withheld >= 1
    assert b"skills_work" not in everything_held(desks.office.vault)
