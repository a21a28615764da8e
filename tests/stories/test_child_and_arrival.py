"""A household comes ashore at night, and one child belongs to nobody there."""

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.outcome import Verdict
from fieldkit.services import intake, refer, sealed
from fieldkit.services.case_file import read_case
from fieldkit.services.intake import Finished
from fieldkit.services.vault import OpenVault
from tests.stories.desks import only_as
from tests.stories.people import AGREED, IN_PRIVATE, NO_URGENT_NEED, Told, led

CHILD: Told = {"name_told": "Saba Testperson", "sex": "female", "age_years": "12", "age_source": "child"}


def found(post: OpenVault, case: str) -> set[str]:
    """The categories that stand in the case."""
    said = refer.suggestions(post, case)
    return {suggestion.category for suggestion in said if suggestion.verdict is Verdict.YES}


def registered(post: OpenVault, *told: Told, case: str = "") -> Finished:
    """A child who was registered by child protection, in private."""
    cared = only_as(post, Role.CHILD_PROTECTION)
    return led(cared, "child_registration", IN_PRIVATE, AGREED, CHILD, *told, case=case)


def test_help_is_noted_before_anybody_asks_who_they_are(post: OpenVault) -> None:
    """R-001, R-003, R-012: no name, no country, no papers; a dry blanket needs no agreement."""
    officer = only_as(post, Role.OFFICER)
    told = {**NO_URGENT_NEED, "urgent_labour": "yes", "urgent_clothing": "yes", "people_together": "6"}
    done = led(officer, "arrival", told, {"help_given": "clothes water", "help_missing": "health"})
    assert found(officer, done.case) == {"C11"}
    service = refer.services_for(officer, "C11")[0]
    referral = refer.refer(officer, done.case, "C11", service.id, safe_to_carry=True)
    assert refer.slip(officer, done.case, referral).blocks
    said = sealed.answers(officer, read_case(officer.journal, done.case))
    assert said.said("help_missing") == ("health",), "what could not be given is counted"
    assert not refer.no_specific_need_allowed(officer, done.case), "nobody was screened yet"


def test_a_child_whom_somebody_only_saw_is_called_for_with_one_answer(post: OpenVault) -> None:
    done = led(only_as(post, Role.OFFICER), "arrival", {"urgent_child_alone": "perhaps"})
    assert found(post, done.case) == {"C06"}


def test_an_officer_does_not_lead_the_talk_with_the_child(post: OpenVault) -> None:
    with pytest.raises(PersonFault, match=r"form\.not_for_role"):
        led(only_as(post, Role.OFFICER), "child_registration")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"alone": "yes"}, {"C06"}),
        ({"alone": "no", "with_whom": "relative", "care_kind": "relative"}, {"C07"}),
        ({"alone": "no", "with_whom": "unclear", "care_kind": "tie_unclear"}, {"C06", "C07"}),
        ({"alone": "no", "with_whom": "parent", "children_needs": "birth_paper"}, {"C08"}),
        ({"alone": "yes", "made_to": "fight", "reasons": "armed_groups"}, {"C01", "C03", "C05", "C06"}),
        ({"alone": "yes", "died_or_missing": "yes", "health_needs": "distress"}, {"C06", "C11", "C28"}),
    ],
)
def test_who_looks_after_a_child_and_what_happened_lead_to_help(
    post: OpenVault, told: dict[str, str], expected: set[str]
) -> None:
    assert found(post, registered(post, told).case) == expected


def test_a_paper_that_says_adult_makes_no_adult_of_a_child(post: OpenVault) -> None:
    done = registered(post, {"age_years": "16", "birth_date": "2000-01-01", "alone": "yes"})
    assert "C06" in found(post, done.case)


def test_the_handover_is_kept_when_nothing_else_was_answered(post: OpenVault) -> None:
    """Handing over waits for no answer and no agreement (`protection.md` 3)."""
    cared = only_as(post, Role.CHILD_PROTECTION)
    told = {
        "urgent_child_alone": "yes",
        "waits_with": "service",
        "handed_over": "yes",
        "handed_to": "Duty (invented)",
    }
    done = led(cared, "child_registration", told)
    assert "C06" in found(cared, done.case)
    assert sealed.answers(cared, read_case(cared.journal, done.case)).said("handed_over") == ("yes",)


def test_whom_a_child_wants_found_is_read_by_child_protection_alone(post: OpenVault) -> None:
    wish = {
        "family_afraid": "perhaps",
        "tracing_wish": "yes",
        "tracing_whom": "sibling",
        "tracing_not": "parent",
    }
    done = registered(post, {"alone": "yes"}, wish)
    for role in (Role.OFFICER, Role.COUNSELLOR, Role.HEALTH_WORKER, Role.SUPERVISOR):
        told = sealed.answers(only_as(post, role), read_case(post.journal, done.case))
        assert all(told.said(name) == () for name in wish), role
    told = sealed.answers(only_as(post, Role.CHILD_PROTECTION), read_case(post.journal, done.case))
    assert {name: told.said(name) for name in wish} == {name: (said,) for name, said in wish.items()}


def test_another_talk_later_takes_no_earlier_word_of_a_child_back(post: OpenVault) -> None:
    first = registered(post, {"alone": "yes", "made_to": "carry"})
    registered(post, {"alone": "no", "with_whom": "parent", "made_to": "none"}, case=first.case)
    assert {"C05", "C06"} <= found(post, first.case)
    assert [form["form"] for form in read_case(post.journal, first.case).submissions()] == [
        "child_registration",
        "child_registration",
    ]


def test_the_registration_can_be_led_in_every_language_the_desk_has_with_what_is_missing_marked(
    post: OpenVault,
) -> None:
    cared = only_as(post, Role.CHILD_PROTECTION)
    interview = intake.begin(cared, "child_registration", officer_language="en", person_language="ti")
    hello = interview.text("/data/urgent/child_hello", "label", "ti")
    assert hello.language == "ti" and hello.draft, (
        "what is read to a child is there, and nobody has reviewed it"
    )
    hint = interview.text("/data/child/age_source", "hint", "ti")
    assert hint.language == "en" and hint.fallback, "what only officers read is not translated, and says so"
