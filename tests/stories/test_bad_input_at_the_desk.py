"""What people are called, what a newer laptop knows, and who is nobody: nothing of it stops the desk or is lost."""

import pytest

from fieldkit.domain.entries import subject
from fieldkit.services import events, intake, needs, refer, search, waiting
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


def test_what_a_newer_laptop_did_is_kept_and_the_person_goes_on_waiting(post: OpenVault) -> None:
    interview = waiting.arrive(post, "so", officer_language="en")
    case = intake.finish(post, interview).case
    newer = Change(subject("case", case), "waiting.moved", {"to": "another yard (invented)"})
    post.journal.append_many(post.person.id, [newer])
    assert waiting.find(post, subject("case", case)) is not None
    told = [event.told for event in events.events(post, case, "en")]
    assert events.NOT_KNOWN in told, "it stands in the history as unknown"
