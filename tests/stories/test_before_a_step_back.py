"""Before somebody is sent back, and after: the gate, going back by choice, and what stays between few people.

The talks are the real forms; the locks are those of `test_protection_locks`.
"""

from collections.abc import Iterator
from datetime import date

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.locks import GATE, Lock, What
from fieldkit.domain.outcome import Verdict
from fieldkit.domain.sharing import OriginKind
from fieldkit.services import events, finished, intake, measures, origins, refer, sealed, training
from fieldkit.services.case_file import read_case
from fieldkit.services.vault import OpenVault
from tests.stories import offices
from tests.stories.desks import only_as, sits_down
from tests.stories.people import AGREED, IN_PRIVATE, Told, led

AN_ADULT: Told = {"age_years": "31", "fear_return": "no", "asks_protection": "no"}
ALL_LOOKS: Told = dict.fromkeys(GATE, "nothing_found")
NOTHING_OPEN: Told = {
    **{
        "gate_interpreted": "yes",
        "gate_decision_told": "yes",
        "gate_legal_help": "yes",
        "gate_can_travel": "yes",
    },
    **{
        "gate_request_open": "no",
        "gate_family_parted": "no",
        "gate_child_open": "no",
        "gate_asylum_refused": "no",
    },
}


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    """A training post; everybody in these stories is a case of their own."""
    vault = offices.open_post(tmp_path_factory.mktemp("gate"), "Gate post (invented)")
    only_as(vault, Role.ADMINISTRATOR)
    for topic in ("violence", "private_talk"):
        training.record(vault, vault.person.id, topic, date(2026, 1, 15), "Invented Institute")
    yield vault
    vault.close()


def found(post: OpenVault, case: str) -> set[str]:
    return {one.category for one in refer.suggestions(post, case) if one.verdict is Verdict.YES}


def asked_before_a_step(post: OpenVault, *told: Told, case: str = "") -> str:
    """An officer fills in the page with the questions that come before any step."""
    return led(only_as(post, Role.OFFICER), "pre_removal_gate", IN_PRIVATE, AGREED, *told, case=case).case


def is_gate_shut(post: OpenVault, case: str, what: What = What.RETURN) -> bool:
    return Lock.BEFORE_REMOVAL in {
        one.lock for one in measures.shut(only_as(post, Role.COUNSELLOR), case, what)
    }


def test_a_return_that_already_happened_is_written_down_at_once_and_cannot_wait(post: OpenVault) -> None:
    """Nothing else was asked: no private place, no agreement, no name (`protection.md` 5)."""
    officer = only_as(post, Role.OFFICER)
    told = {
        "gate_done": "returned",
        "gate_done_on": "2026-03-01",
        "gate_done_office": "Sample office (invented)",
    }
    done = led(officer, "pre_removal_gate", told)
    (again,) = [one for one in refer.suggestions(officer, done.case) if one.category == "C27"]
    assert (again.verdict, again.rule, again.target_hours) == (Verdict.YES, "C27-4", 0)


@pytest.mark.parametrize("look", GATE)
@pytest.mark.parametrize("answer", ["found", "again", "not_asked", ""])
def test_one_look_that_is_missing_keeps_the_gate_shut(post: OpenVault, look: str, answer: str) -> None:
    looks = {name: value for name, value in ALL_LOOKS.items() if name != look} | (
        {look: answer} if answer else {}
    )
    case = asked_before_a_step(post, AN_ADULT, looks, NOTHING_OPEN)
    assert is_gate_shut(post, case) and is_gate_shut(post, case, What.REFUSAL)


def test_whoever_is_asked_everything_is_told_nothing_of_being_let_go(post: OpenVault) -> None:
    """The gate opens for a plan that two others still look at; no outcome, no paper and no word says so."""
    case = asked_before_a_step(post, AN_ADULT, ALL_LOOKS, NOTHING_OPEN)
    assert not is_gate_shut(post, case)
    assert found(post, case) == set()
    assert not refer.no_specific_need_allowed(post, case), "it is not the whole talk"


def test_fear_that_is_told_at_the_gate_leads_to_the_asylum_authority(post: OpenVault) -> None:
    """R-113: also for somebody whose asylum was refused."""
    told = {"fear_return": "perhaps", "gate_asylum_refused": "yes", "age_years": "31"}
    case = asked_before_a_step(post, told, ALL_LOOKS)
    assert {"C01", "C19"} <= found(post, case)
    stopped = {one.lock for one in measures.shut(only_as(post, Role.COUNSELLOR), case, What.RETURN)}
    assert Lock.FEAR in stopped


@pytest.mark.parametrize(
    "open_",
    [
        {"gate_request_open": "perhaps"},
        {"gate_legal_help": "perhaps"},
        {"gate_can_travel": "no"},
        {"gate_family_parted": "yes"},
        {"gate_child_open": "perhaps"},
        {"gate_interpreted": "no"},
    ],
    ids=str,
)
def test_what_is_open_makes_the_step_wait_and_not_sure_is_open(post: OpenVault, open_: Told) -> None:
    case = asked_before_a_step(post, AN_ADULT, ALL_LOOKS, {**NOTHING_OPEN, **open_})
    assert found(post, case) == {"C27"}
    assert is_gate_shut(post, case), "a talk that has to be led again is no outcome"


@pytest.mark.parametrize(
    "told",
    [
        {"return_own_choice": "perhaps"},
        {"return_own_choice": "yes", "return_pressure": "no_help"},
        {"return_own_choice": "yes", "return_pressure": "none", "return_may_withdraw": "no"},
    ],
    ids=str,
)
def test_going_back_is_not_planned_while_the_wish_may_not_be_free(post: OpenVault, told: Told) -> None:
    """R-130, K-28."""
    counsellor = only_as(post, Role.COUNSELLOR)
    wish = {**AN_ADULT, **told, "return_wish_now": "yes"}
    case = led(counsellor, "voluntary_return", IN_PRIVATE, AGREED, wish).case
    assert found(counsellor, case) == {"C18", "C27"}
    asked_before_a_step(post, AN_ADULT, ALL_LOOKS, NOTHING_OPEN, case=case)
    assert is_gate_shut(post, case, What.CHOSEN_RETURN)


def test_a_wish_that_is_taken_back_is_written_at_once_and_needs_no_reason(post: OpenVault) -> None:
    counsellor = only_as(post, Role.COUNSELLOR)
    free = {"return_own_choice": "yes", "return_pressure": "none", "return_may_withdraw": "yes"}
    case = led(
        counsellor, "voluntary_return", IN_PRIVATE, AGREED, AN_ADULT, free, {"return_wish_now": "yes"}
    ).case
    led(counsellor, "voluntary_return", IN_PRIVATE, AGREED, {"return_wish_now": "withdrawn"}, case=case)
    told = sealed.answers(counsellor, read_case(counsellor.journal, case))
    assert told.said("return_wish_now") == ("yes", "withdrawn"), "both stand, the later one last"


def test_countries_of_the_parents_are_kept_from_hearing_of_somebody(post: OpenVault) -> None:
    """`protection.md` 12."""
    counsellor = only_as(post, Role.COUNSELLOR)
    told = {
        "nationality": "none",
        "birth_country": "KE",
        "mother_nationality": "SO",
        "father_nationality": "ET",
    }
    case = led(counsellor, "stateless", IN_PRIVATE, AGREED, told).case
    named = origins.origins(counsellor, case)
    assert named.named[OriginKind.PARENTS] == {"SO", "ET"}
    assert not any(named.may_go_to(country) for country in ("SO", "ET", "KE", "FR")), "more may not be known"


def test_a_talk_in_private_leaves_no_word_of_its_reason_to_whoever_shares_the_laptop(post: OpenVault) -> None:
    """R-108, K-11: masked by default; the person said that a line may stand in the file."""
    counsellor = only_as(post, Role.COUNSELLOR)
    told = {"private_write": "yes", "private_call_me": "Nur (invented)", "private_dangers": "family"}
    case = led(counsellor, "private_talk", IN_PRIVATE, AGREED, told, {"private_refer": "yes"}).case
    (asks,) = [one for one in refer.suggestions(counsellor, case) if one.category == "C13"]
    assert post.codebook.categories[asks.category].name == "Asks for help in confidence"
    led_by = post.person
    officer = sits_down(post, "Officer Two (invented)", Role.OFFICER)
    held = sealed.answers(officer, sealed.case_file(officer, case))
    assert not any(held.said(name) for name in (*told, "private_refer"))
    said = str(events.events(officer, case, "en")) + str(refer.suggestions(officer, case))
    assert "Nur" not in said and "C13" not in said
    assert finished.of_case(officer, case) == (), "that a talk was finished is said, not which"
    post.person = led_by
    health = only_as(post, Role.HEALTH_WORKER)
    assert not sealed.answers(health, read_case(health.journal, case)).said("private_dangers")
    assert SealedClass.SOGI in {one.name for one in sealed.hidden(health, SealedClass)}


@pytest.mark.parametrize(
    "told", [{"private_write": "no"}, {"private_write": "yes", "private_refer": "no"}], ids=str
)
def test_who_wants_no_line_in_the_file_has_none(post: OpenVault, told: Told) -> None:
    case = led(only_as(post, Role.COUNSELLOR), "private_talk", IN_PRIVATE, AGREED, told).case
    assert "C13" not in found(post, case)


@pytest.mark.parametrize("form", ["violence", "torture_trauma", "private_talk", "women_safety", "detained"])
def test_an_officer_at_the_desk_does_not_lead_these_talks(post: OpenVault, form: str) -> None:
    with pytest.raises(PersonFault, match=r"form\.not_for_role"):
        intake.begin(only_as(post, Role.OFFICER), form, officer_language="en", person_language="en")


def test_two_things_that_happened_to_the_same_person_are_both_kept_and_told_today(post: OpenVault) -> None:
    officer = only_as(post, Role.OFFICER)
    told = {
        "gate_done": "held returned",
        "gate_done_on": "2026-03-01",
        "gate_done_office": "Sample office (invented)",
    }
    case = led(officer, "pre_removal_gate", told).case
    kept = {(one.told.what, one.told.day, one.is_alert) for one in measures.happened(officer, case)}
    assert kept == {(What.DETENTION, "2026-03-01", True), (What.RETURN, "2026-03-01", True)}


@pytest.mark.parametrize(("held", "expected"), [("yes", [(What.DETENTION, "2026-02-20")]), ("no", [])])
def test_that_somebody_is_held_is_kept_with_the_first_answer(
    post: OpenVault, held: str, expected: list[tuple[What, str]]
) -> None:
    """Whoever may lead the talk with somebody who is held; nothing else was asked."""
    counsellor = only_as(post, Role.COUNSELLOR)
    told = {"held_now": held, "held_since": "2026-02-20"}
    case = led(counsellor, "detained", told).case
    led(counsellor, "detained", told, case=case)  # the next talk says it again
    assert [(one.told.what, one.told.day) for one in measures.happened(counsellor, case)] == expected
