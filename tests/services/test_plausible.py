"""R-178: what was written down and cannot all be so is shown to whoever wrote it, and stops nothing."""

import pytest

from fieldkit.services import intake, plausible
from fieldkit.services.case_file import FINISHED, KEPT, read_case
from fieldkit.services.keyed_in import OnPaper
from fieldkit.services.plausible import WORDS, Odd
from fieldkit.services.vault import OpenVault
from fieldkit.ui.context import interface_words
from fieldkit.ui.presenters.case import CaseFilePage
from tests.stories.offices import clock_of
from tests.stories.people import (
    AGREED,
    AN_ADULT,
    IN_PRIVATE,
    NO_URGENT_NEED,
    Told,
    answer_all,
    begin,
    ref_of,
    screened_again,
)
from tests.stories.people import screened as talked


def screened(post: OpenVault, *told: Told) -> str:
    return talked(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, *told).case


def odd(post: OpenVault, case: str) -> tuple[Odd, ...]:
    return plausible.odd(read_case(post.journal, case))


def test_a_birth_after_the_arrival_and_an_age_that_does_not_fit_are_shown_on_the_case(
    post: OpenVault,
) -> None:
    told = {**AN_ADULT, "age_years": "34", "birth_date": "2026-02-20", "arrival_date": "2026-02-10"}
    case = screened(post, told)
    assert odd(post, case) == (Odd.BORN_AFTER, Odd.BIRTH_AND_AGE)
    page = CaseFilePage(post, case, interface_words("en"))
    assert page.odd == (WORDS[Odd.BORN_AFTER], WORDS[Odd.BIRTH_AND_AGE])


def test_two_talks_that_differ_are_shown_and_time_that_passes_is_not(post: OpenVault) -> None:
    case = screened(post, AN_ADULT)
    clock_of(post).turn(days=400)
    screened_again(post, case, IN_PRIVATE, AGREED, {**AN_ADULT, "age_years": "35"})
    assert odd(post, case) == ()
    screened_again(post, case, IN_PRIVATE, AGREED, {**AN_ADULT, "age_years": "16", "sex": "female"})
    assert odd(post, case) == (Odd.AGES, Odd.SEXES)


def test_a_year_of_birth_alone_says_nothing(post: OpenVault) -> None:
    told = {"birth_date": "2026-03-01", "arrival_date": "2026-01-10", "sex": "female"}
    talk = begin(post)
    answer_all(talk, NO_URGENT_NEED, IN_PRIVATE, AGREED, told)
    talk.answer(ref_of(talk, "birth_date_known"), "year")
    assert odd(post, intake.finish(post, talk).case) == ()


@pytest.mark.parametrize("one", list(Odd))
def test_no_sentence_doubts_the_person(one: Odd) -> None:
    said = WORDS[one].lower()
    assert not any(word in said for word in ("lie ", "lied", "false", "claim", "wrong", "truth", "really"))


def test_an_arrival_after_the_talk_is_shown(post: OpenVault) -> None:
    """The shipped forms ask for such a day again; a form of a pack may not."""
    paper = OnPaper("2026-02-20", "Interviewer Two (invented)", "Salt track (invented)", number="7")
    talk = intake.begin(post, "screening", officer_language="en", person_language="ti", paper=paper)
    answer_all(talk, NO_URGENT_NEED, IN_PRIVATE, AGREED, {"arrival_date": "2026-02-19"})
    case = intake.finish(post, talk).case
    assert odd(post, case) == ()
    file = read_case(post.journal, case)
    for said in file.standing(FINISHED, KEPT):
        said.payload["facts"] = {"arrival_date": ["2026-02-21"]}
    assert plausible.odd(file) == (Odd.ARRIVED_AFTER,)
