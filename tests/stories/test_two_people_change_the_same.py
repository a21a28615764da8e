"""Two people change the same without seeing each other's change. Nobody overwrites what was not on their screen.

Both values stand, side by side, with who and where; the most protective one rules; a person decides, with a reason.
Nobody and no place here exists.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fieldkit.content.directory import Service
from fieldkit.domain.access import Role
from fieldkit.domain.conflicts import Holds
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.outcome import Verdict
from fieldkit.services import (
    changes,
    closing,
    conflicts,
    correcting,
    differences,
    directory,
    enrolment,
    finished,
    homeward,
    intake,
    refer,
)
from fieldkit.services.case_file import read_case
from fieldkit.services.differences import Difference, Kind
from fieldkit.services.directory import changed_meanwhile, record_service, seen
from fieldkit.services.intake import Finished
from fieldkit.services.interview import Interview
from fieldkit.services.vault import OpenVault
from tests.stories import offices
from tests.stories.desks import sits_down, text_of
from tests.stories.offices import Office
from tests.stories.people import AGREED, AN_ADULT, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened, screened_again

CLINIC = Service(
    "5e" * 16,
    "River clinic (invented)",
    "House 4",
    ("health",),
    ("C11",),
    ("ti",),
    "08:00-16:00",
    "beside the well",
    False,
    "+44 1632 960101",
    date(2026, 3, 2),
)
NAME, AGE = "/data/person/name_told", "/data/person/age_years"
COUNSELLOR = (Role.COUNSELLOR, Role.HEALTH_WORKER, Role.CHILD_PROTECTION, Role.ADMINISTRATOR)


def clinic(vault: OpenVault) -> Service:
    return next(one for one in directory.all_services(vault) if one.id == CLINIC.id)


def only(vault: OpenVault) -> Difference:
    (found,) = differences.differences(vault)
    return found


def decide(vault: OpenVault, one: Difference, value: object, reason: str = "asked there today") -> None:
    entry = next(held.entry for held in one.values if held.value == value)
    conflicts.settle(vault, one, entry, reason)


def corrected(vault: OpenVault, done: Finished, ref: str, value: str) -> Interview:
    interview = correcting.correct(vault, subject("case", done.case), done.instance_id)
    interview.answer(ref, value)
    interview.give_reason(ref, "asked once more")
    return interview


# --- the directory ------------------------------------------------------------------------------------------


def test_two_who_change_different_lines_of_a_contact_do_not_meet(post: OpenVault) -> None:
    record_service(post, CLINIC)
    on_screen = seen(post, CLINIC.id)
    record_service(post, replace(CLINIC, phone="+44 1632 960102"), on_screen)
    sits_down(post, "Counsellor Two", *COUNSELLOR)
    record_service(post, replace(CLINIC, hours="09:00-12:00"), on_screen)
    assert (clinic(post).phone, clinic(post).hours) == ("+44 1632 960102", "09:00-12:00")
    assert differences.differences(post) == ()


def test_the_second_one_is_told_what_the_first_one_wrote_and_nothing_is_overwritten(post: OpenVault) -> None:
    record_service(post, CLINIC)
    on_screen = seen(post, CLINIC.id)
    record_service(post, replace(CLINIC, phone="+44 1632 960102"), on_screen)
    sits_down(post, "Counsellor Two", *COUNSELLOR)
    mine = replace(CLINIC, phone="+44 1632 960103")
    with pytest.raises(PersonFault, match=r"conflict\.changed_meanwhile"):
        record_service(post, mine, on_screen)
    assert [one.value for one in changed_meanwhile(post, mine, on_screen)] == ["+44 1632 960102"]
    assert clinic(post).phone == "+44 1632 960102"


def test_kept_side_by_side_both_are_told_until_a_person_decides(post: OpenVault) -> None:
    record_service(post, CLINIC)
    on_screen = seen(post, CLINIC.id)
    record_service(post, replace(CLINIC, phone="+44 1632 960102"), on_screen)
    sits_down(post, "Counsellor Two", *COUNSELLOR)
    record_service(post, replace(CLINIC, phone="+44 1632 960103"), on_screen, beside=True)
    found = only(post)
    assert (found.kind, found.field, found.rules.holds) == (Kind.SERVICE, "phone", Holds.ALL)
    assert [(one.value, one.who, one.post) for one in found.values] == [
        ("+44 1632 960102", "Officer One", post.name),
        ("+44 1632 960103", "Counsellor Two", post.name),
    ]
    assert clinic(post).phone == "+44 1632 960102 / +44 1632 960103"
    with pytest.raises(PersonFault, match=r"conflict\.reason_missing"):
        conflicts.settle(post, found, found.values[0].entry, " ")
    decide(post, found, "+44 1632 960103")
    assert differences.differences(post) == ()
    assert clinic(post).phone == "+44 1632 960103"


def test_a_hidden_address_stays_hidden_while_two_disagree(post: OpenVault) -> None:
    record_service(post, CLINIC)
    on_screen = seen(post, CLINIC.id)
    record_service(post, replace(CLINIC, place="", hidden_address=True), on_screen)
    record_service(post, replace(CLINIC, place="the new house"), on_screen, beside=True)
    assert {one.field for one in differences.differences(post)} == {"place"}
    assert (clinic(post).hidden_address, clinic(post).place) == (True, "")


def test_whoever_decides_on_an_old_screen_is_told_that_more_came(post: OpenVault) -> None:
    record_service(post, CLINIC)
    on_screen = seen(post, CLINIC.id)
    for number in (102, 103):
        record_service(post, replace(CLINIC, phone=f"+44 1632 960{number}"), on_screen, beside=True)
    before = only(post)
    record_service(post, replace(CLINIC, phone="+44 1632 960104"), on_screen, beside=True)
    with pytest.raises(PersonFault, match=r"conflict\.changed_meanwhile"):
        decide(post, before, "+44 1632 960102")
    decide(post, only(post), "+44 1632 960104")
    with pytest.raises(PersonFault, match=r"conflict\.unknown"):
        decide(post, before, "+44 1632 960102")


def test_whoever_may_not_change_it_may_not_decide(post: OpenVault) -> None:
    record_service(post, CLINIC)
    on_screen = seen(post, CLINIC.id)
    for number in (102, 103):
        record_service(post, replace(CLINIC, phone=f"+44 1632 960{number}"), on_screen, beside=True)
    sits_down(post, "Officer Two", Role.OFFICER)
    assert not differences.may_settle(post, only(post))
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        decide(post, only(post), "+44 1632 960102")


# --- two posts and headquarters -----------------------------------------------------------------------------


@pytest.fixture
def two_posts(tmp_path: Path, office: Office) -> Iterator[tuple[OpenVault, OpenVault]]:
    opened = [
        offices.open_post(tmp_path / name, f"{name} {tmp_path.name} (invented)") for name in ("Hill", "Lake")
    ]
    for vault in opened:
        offices.enrol(vault, office)
    yield opened[0], opened[1]
    for vault in opened:
        vault.close()


def test_headquarters_sees_what_two_posts_wrote_and_its_decision_is_an_entry(
    two_posts: tuple[OpenVault, OpenVault], office: Office, tmp_path: Path
) -> None:
    contact = replace(CLINIC, id=tmp_path.name.encode().hex()[:32].ljust(32, "0"))
    for number, vault in enumerate(two_posts):
        stick = tmp_path / f"stick {number}"
        stick.mkdir()
        record_service(vault, replace(contact, hours=f"0{number + 7}:00-16:00"))
        offices.carry(vault, office, stick)
    about = subject("service", contact.id)
    (found,) = differences.differences(office.vault, about)
    assert (found.field, {one.post for one in found.values}) == ("hours", {vault.name for vault in two_posts})
    decide(office.vault, found, "08:00-16:00", "both were called")
    assert differences.differences(office.vault, about) == ()
    written = [entry for entry, _ in office.vault.journal.about(about)]
    (decision,) = [entry for entry in written if entry.stream == office.vault.stream]
    assert decision.kind == "service.recorded"
    assert set(decision.replaces) == {one.entry for one in found.values}
    for vault in two_posts:
        stick = tmp_path / f"home to {vault.name[:4]}"
        stick.mkdir()
        device = enrolment.held_certificate(vault)[2].device
        (sent,) = homeward.send_back(office.vault, [device], stick)
        homeward.take_in(vault, stick / sent.file)
        held = next(one for one in directory.all_services(vault) if one.id == contact.id)
        assert held.hours == "08:00-16:00"
        assert differences.differences(vault, about) == ()


# --- an interview -------------------------------------------------------------------------------------------


def done_with(vault: OpenVault) -> Finished:
    return screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)


def test_of_two_corrections_both_stand_when_the_second_one_saw_the_first_and_keeps_hers(
    post: OpenVault,
) -> None:
    done = done_with(post)
    one, other = corrected(post, done, NAME, "Amaru Other"), corrected(post, done, NAME, "Amaru Third")
    first = intake.finish(post, one)
    sits_down(post, "Counsellor Two", *COUNSELLOR)
    post.person = replace(post.person, id=other_person(post, other))
    (theirs,) = changes.meanwhile(post, other)
    assert theirs.instance_id == first.instance_id
    with pytest.raises(PersonFault, match=r"correct\.already"):
        intake.finish(post, other)
    second = intake.finish(post, other, beside=True)
    found = only(post)
    assert (found.kind, found.rules.holds) == (Kind.INTERVIEW, Holds.ALL)
    assert {held.value for held in found.values} == {first.instance_id, second.instance_id}
    assert set(read_case(post.journal, done.case).answers().values["name_told"]) == {
        "Amaru Other",
        "Amaru Third",
    }
    decide(post, found, second.instance_id, "as it stands in her passport")
    assert differences.differences(post) == ()
    assert [held.instance_id for held in finished.of_case(post, done.case) if held.stands] == [
        second.instance_id
    ]
    assert read_case(post.journal, done.case).answers().values["name_told"] == ("Amaru Third",)
    again = correcting.correct(post, subject("case", done.case), second.instance_id)
    again.answer(NAME, "Amaru Fourth")
    again.give_reason(NAME, "spelled it again")
    intake.finish(post, again)
    assert differences.differences(post) == ()


def other_person(vault: OpenVault, interview: Interview) -> str:
    """The account whose draft it is: drafts belong to one person."""
    draft = vault.drafts.read(interview.draft_id)
    assert draft is not None
    return draft.person


def test_while_two_ages_stand_the_person_is_treated_as_a_child(post: OpenVault) -> None:
    done = done_with(post)
    one, other = corrected(post, done, AGE, "35"), corrected(post, done, AGE, "16")
    intake.finish(post, one)
    intake.finish(post, other, beside=True)
    answers = read_case(post.journal, done.case).answers().values
    assert "child" in " ".join(answers.get("age_band", ())) or "16" in answers["age_years"]
    assert only(post).kind is Kind.INTERVIEW


# --- what the person agreed to ------------------------------------------------------------------------------


def test_a_no_rules_until_somebody_has_asked_again(post: OpenVault) -> None:
    done = done_with(post)
    assert done.case in post.queries.agreed("headquarters")
    screened_again(
        post, done.case, NO_URGENT_NEED, IN_PRIVATE, {**AGREED, "share_headquarters": "no"}, AN_ADULT
    )
    found = next(one for one in differences.differences(post) if one.name == "headquarters")
    assert (found.kind, found.rules.one) == (Kind.AGREEMENT, False)
    assert done.case not in post.queries.agreed("headquarters")
    decide(post, found, True, "asked again: she said yes")
    assert done.case in post.queries.agreed("headquarters")


# --- what the answers point to ------------------------------------------------------------------------------


def test_whoever_decides_on_an_outcome_that_changed_meanwhile_is_told(post: OpenVault) -> None:
    done = done_with(post)
    asylum = next(one for one in refer.suggestions(post, done.case) if one.category == "C01")
    assert asylum.verdict is Verdict.YES
    on_screen = read_case(post.journal, done.case).outcome_entries("C01")
    refer.confirm(post, done.case, "C01", asylum.rule, on_screen)
    sits_down(post, "Counsellor Two", *COUNSELLOR)
    with pytest.raises(PersonFault, match=r"conflict\.changed_meanwhile"):
        refer.leave_for_review(post, done.case, "C01", asylum.rule, "she did not say so", on_screen)
    assert "C01" in read_case(post.journal, done.case).confirmed()


def test_of_closed_and_confirmed_confirmed_rules(post: OpenVault) -> None:
    done = done_with(post)
    asylum = next(one for one in refer.suggestions(post, done.case) if one.category == "C01")
    refer.confirm(post, done.case, "C01", asylum.rule)
    on_screen = read_case(post.journal, done.case).outcome_entries("C01")
    refer.choose(post, done.case, "C01", "she said it again")
    closing.close_category(post, done.case, "C01", closing.Because.HELPED, "the office has her", on_screen)
    found = only(post)
    assert (found.kind, found.rules.one) == (Kind.OUTCOME, "confirmed")
    assert "C01" in read_case(post.journal, done.case).confirmed()
    decide(post, found, "closed", "the office called")
    assert "C01" in read_case(post.journal, done.case).closed_categories()


# --- a referral ---------------------------------------------------------------------------------------------


def test_a_paper_that_one_says_is_not_safe_is_not_printed(post: OpenVault) -> None:
    done = done_with(post)
    asylum = next(one for one in refer.suggestions(post, done.case) if one.category == "C01")
    refer.confirm(post, done.case, "C01", asylum.rule)
    service = refer.services_for(post, "C01")[0].id
    made = refer.refer(post, done.case, "C01", service, safe_to_carry=True)
    assert text_of(refer.slip(post, done.case, made))
    refer.change_referral(post, done.case, made, "his cousin searches him", safe_to_carry=False)
    with pytest.raises(PersonFault, match=r"refer\.not_safe_to_carry"):
        refer.slip(post, done.case, made)
    assert differences.differences(post) == ()
