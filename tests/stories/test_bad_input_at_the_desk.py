"""What people are called, what a newer laptop knows, and who is nobody: nothing of it stops the desk or is lost."""

import pytest

from fieldkit.domain.entries import subject
from fieldkit.domain.errors import PersonFault
from fieldkit.leaflets.layout import lay_out
from fieldkit.services import (
    answers_to_people,
    conflicts,
    differences,
    events,
    intake,
    needs,
    refer,
    search,
    waiting,
)
from fieldkit.services.answers_to_people import Carried
from fieldkit.services.case_file import read_case
from fieldkit.services.vault import OpenVault
from fieldkit.storage import projections
from fieldkit.storage.journal import Change
from fieldkit.ui.presenters.outcome import Outcome
from tests.stories.people import AGREED, AN_ADULT, FEAR, IN_PRIVATE, NO_URGENT_NEED, answer_all, begin, ref_of
from tests.stories.people import screened as screened_person

ONE_LETTER = ("A", "Ö", "م", "ሰ", "李", "𞤀", "ñ")
NO_LETTERS = ("", " ", "\u200f", "·")


def called(vault: OpenVault, name: str) -> str:
    """Somebody told this name, and no country; their case."""
    interview = begin(vault)
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, AGREED)
    interview.answer(ref_of(interview, "name_told"), name)
    return intake.finish(vault, interview).case


@pytest.mark.parametrize("name", ONE_LETTER)
def test_a_name_of_one_letter_in_any_script_is_a_name(post: OpenVault, name: str) -> None:
    case = called(post, name)
    assert read_case(post.journal, case).answers().known("name_told") == (name,)
    assert [found.case for found in search.look_up(post, name)] == [case]
    assert waiting.find(post, subject("case", case)) is not None


@pytest.mark.parametrize("name", NO_LETTERS)
def test_somebody_without_a_name_or_a_country_waits_like_everybody(post: OpenVault, name: str) -> None:
    case = called(post, name)
    row = waiting.find(post, subject("case", case))
    assert row is not None and row.screened
    assert search.look_up(post, row.number)[0].case == case, "their number finds them"


UNPRINTED = ("გიორგი", "😀", "\x00\ud800")
"""In scripts of which the program brings no font, and what no text can hold."""


def test_a_name_that_no_font_writes_keeps_nobody_from_their_papers(post: OpenVault) -> None:
    """On paper stands a line for each such letter, to be written on by hand; in the vault stands the name."""
    for name in UNPRINTED:
        case = called(post, f"{name} Testperson")
        told = read_case(post.journal, case).answers().known("name_told")
        assert told == (f"{name} Testperson".replace("\x00", "").replace("\ud800", ""),)
        pages = lay_out(answers_to_people.see(post, case, Carried(("en",), safe=True))).pages
        lines = ["".join(one.run.text for one in line.line.runs) for page in pages for line in page.lines]
        (line,) = (line for line in lines if "Testperson" in line)
        assert line.endswith("_ Testperson") == name.isprintable()


def test_somebody_without_name_country_or_status_gets_help_and_a_slip(post: OpenVault) -> None:
    interview = waiting.arrive(post, "so", officer_language="en")
    answer_all(interview, {"urgent_food": "yes"})
    case = intake.finish(post, interview).case
    (need,) = needs.needs(post, case)
    made = needs.refer(post, case, need.name, need.services[0].id, safe_to_carry=True)
    assert refer.slip(post, case, made).language == "so"


def test_a_category_of_a_newer_laptop_is_kept_and_shown_as_unknown(post: OpenVault) -> None:
    case = screened_person(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR).case
    newer = {"category": "C77", "rule": None, "reason": "as the other laptop said", "rules_version": "9"}
    change = Change(subject("case", case), "outcome.confirmed", newer)
    post.journal.append_many(post.person.id, [change])
    assert "C77" in read_case(post.journal, case).confirmed()
    page = Outcome(post, case, "en")
    assert page.name("C77") == "C77: this version of the program does not know it yet. It is kept."
    assert "C77" in [one.category for one in page.chosen]
    assert not refer.is_handed_over(post, "C77")
    before = post.queries.confirmed()
    projections.rebuild(post.database)
    assert post.queries.confirmed() == before == {case: ("C77",)}


def test_nobody_is_referred_with_what_no_list_knows_nor_past_the_guard_of_c26(post: OpenVault) -> None:
    """K-02: the referral, the review and a settled difference are no way around the guard."""
    case = screened_person(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR).case
    service = refer.services_for(post, "C01")[0].id
    with pytest.raises(PersonFault, match=r"refer\.unknown_category"):
        refer.refer(post, case, "C77", service, safe_to_carry=False)
    with pytest.raises(PersonFault, match=r"refer\.unknown_category"):
        refer.leave_for_review(post, case, "C77", "", "not sure")
    with pytest.raises(PersonFault, match=r"refer\.no_specific_need_not_allowed"):
        refer.refer(post, case, "C26", service, safe_to_carry=False)
    with pytest.raises(PersonFault, match=r"refer\.no_specific_need_not_allowed"):
        refer.leave_for_review(post, case, "C26", "", "nothing was found")
    file = read_case(post.journal, case)
    assert not file.referrals() and not file.for_review()
    newer = {"category": "C77", "rule": None, "reason": "as the other laptop said", "rules_version": "9"}
    post.journal.append_many(post.person.id, [Change(subject("case", case), "outcome.confirmed", newer)])
    assert refer.refer(post, case, "C77", service, safe_to_carry=False), (
        "what a newer laptop found is worked with"
    )


def test_of_two_decisions_that_nobody_needs_anything_is_still_a_choice(post: OpenVault) -> None:
    case = screened_person(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR).case
    told = {"category": "C26", "rule": None, "reason": "two laptops", "rules_version": "1"}
    about = subject("case", case)
    kinds = ("outcome.confirmed", "outcome.not_confirmed")
    post.journal.append_many(post.person.id, [Change(about, kind, told) for kind in kinds])
    (one,) = differences.differences(post, about)
    yes = next(value.entry for value in one.values if value.value == "confirmed")
    with pytest.raises(PersonFault, match=r"refer\.no_specific_need_not_allowed"):
        conflicts.settle(post, one, yes, "one of them is right")


def test_what_a_newer_laptop_did_is_kept_and_the_person_goes_on_waiting(post: OpenVault) -> None:
    interview = waiting.arrive(post, "so", officer_language="en")
    case = intake.finish(post, interview).case
    newer = Change(subject("case", case), "waiting.moved", {"to": "another yard (invented)"})
    post.journal.append_many(post.person.id, [newer])
    assert waiting.find(post, subject("case", case)) is not None
    told = [event.told for event in events.events(post, case, "en")]
    assert events.NOT_KNOWN in told, "it stands in the history as unknown"
