"""Who arrives, what they tell, which help is suggested, which papers and leaflets go with it.

The people stand in a table, `who_tells_what.md`; below are C26, which no rule may suggest, and answers that
contradict each other or are left out.
"""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.outcome import Verdict
from fieldkit.services import intake, refer, search, training
from fieldkit.services.interview import Interview
from fieldkit.services.refer import ShownSuggestion
from fieldkit.services.vault import OpenVault
from tests.stories import offices
from tests.stories.desks import only_as, text_of
from tests.stories.people import (
    AGREED,
    AN_ADULT,
    IN_PRIVATE,
    NO_URGENT_NEED,
    NOTHING_FOUND,
    Told,
    answer_all,
    led,
    ref_of,
    screened,
)
from tests.stories.who_tells_what import A_CHILD, Somebody, found, people

TELLING = re.compile(r"\bC\d\d\b|asylum|refugee|child|traffick|exploit|protect|smuggl|missing", re.IGNORECASE)


PEOPLE = people("Who arrives")


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    """A training post; its one person is trained to talk with children."""
    vault = offices.open_post(tmp_path_factory.mktemp("day"), "Coast post (invented)")
    only_as(vault, Role.ADMINISTRATOR)
    training.record(vault, vault.person.id, "children", date(2026, 1, 15), "Invented Institute")
    yield vault
    vault.close()


def led_with(post: OpenVault, person: Somebody) -> str:
    """The talk, led in private by whoever may lead it; the case."""
    by = only_as(post, person.led_by)
    interview = intake.begin(by, person.form, officer_language="en", person_language="en")
    asked = {path[-1] for path in interview.form.shapes if path}
    beside = {name: value for told in (IN_PRIVATE, AGREED) for name, value in told.items() if name in asked}
    if person.who.startswith("somebody for whom no interpreter"):
        beside = {}
    answer_all(interview, beside)
    if person.form == "deceased_missing":
        interview.add_row("/data/lost_people/lost")
    for name, value in person.told.items():
        interview.answer(name if name.startswith("/") else ref_of(interview, name), str(value))
    return intake.finish(by, interview).case


def the_paper_says_where_and_never_why(post: OpenVault, case: str, one: ShownSuggestion) -> None:
    """A slip to the first service of the directory for this pathway (K-11)."""
    for service in refer.services_for(post, one.category)[:1]:
        refer.confirm(post, case, one.category, one.rule)
        referral = refer.refer(post, case, one.category, service.id, safe_to_carry=True)
        said = text_of(refer.slip(post, case, referral))
        assert service.name_on_paper in said
        assert not TELLING.search(said.replace(service.name_on_paper, "")), one.category


def papers_of(post: OpenVault, rule: str) -> set[str]:
    """The papers that a rule names."""
    return next(set(one.documents) for one in post.rules.rules if one.id == rule)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.who)
def test_what_somebody_tells_leads_to_help_papers_and_leaflets(post: OpenVault, person: Somebody) -> None:
    case = led_with(post, person)
    open_, why = found(post, case), {text.id for text in post.rules.texts}
    assert set(open_) == person.help
    assert person.papers <= {paper for one in open_.values() for paper in papers_of(post, one.rule)}
    assert person.leaflets <= {leaflet for one in open_.values() for leaflet in one.leaflets}
    for category, one in open_.items():
        assert (one.target_hours == 0) == (category in person.now), f"{category} and time"
        assert one.because in why, "each suggestion says why"
        the_paper_says_where_and_never_why(only_as(post, Role.COUNSELLOR), case, one)
    assert not refer.no_specific_need_allowed(post, case)


def test_somebody_without_a_need_is_named_so_by_a_person_and_never_by_a_rule(post: OpenVault) -> None:
    """C26: everything was asked in private and in words that a speaker has read; then a person may choose it."""
    only_as(post, Role.COUNSELLOR)
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, NOTHING_FOUND, person="en").case
    assert found(post, case) == {}
    assert "C26" not in {rule.category for rule in post.rules.rules}
    refer.choose(post, case, "C26", "Everything was asked, and the person says that nothing is needed.")
    other = screened(
        post, NO_URGENT_NEED, IN_PRIVATE, AGREED, {**NOTHING_FOUND, "phase": "back"}, person="en"
    )
    assert set(found(post, other.case)) == {"C24"}


def test_nobody_is_closed_by_a_card_of_the_region_who_is_afraid(post: OpenVault) -> None:
    """C20 beside C01: a way that is open takes nothing away (R-018, R-024)."""
    only_as(post, Role.COUNSELLOR)
    told = {**AN_ADULT, "papers_now": "region_paper", "fear_return": "perhaps"}
    assert {"C01", "C20"} == set(found(post, screened(post, IN_PRIVATE, AGREED, told, person="en").case))


def test_what_a_later_talk_adds_stands_beside_the_first(post: OpenVault) -> None:
    """R-031: a second talk on another day; nothing of the first is overwritten."""
    only_as(post, Role.COUNSELLOR)
    first = screened(
        post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, {"smuggler_used": "yes"}, person="en"
    )
    again = {"other_continent": "yes", "travel_group": "family", "fear_return": "yes"}
    led(post, "extra_continental", IN_PRIVATE, AGREED, again, case=first.case)
    assert {"C01", "C16", "C22"} == set(found(post, first.case))


# ---- contradictions and gaps ---------------------------------------------------------------------


def talk(post: OpenVault, *told: Told) -> Interview:
    only_as(post, Role.OFFICER)
    interview = intake.begin(post, "screening", officer_language="en", person_language="en")
    answer_all(interview, IN_PRIVATE, AGREED, *told)
    return interview


def test_an_adult_with_the_birth_date_of_a_child_is_a_child(post: OpenVault) -> None:
    interview = talk(post, {"age_years": "25", "birth_date": "2011-06-01", "alone": "yes"})
    assert interview.session.is_relevant("/data/person/doubt_means_child"), (
        "the screen says that doubt means child"
    )
    assert set(found(post, intake.finish(post, interview).case)) == {"C06"}


def test_a_child_with_the_birth_date_of_an_adult_stays_a_child(post: OpenVault) -> None:
    interview = talk(post, {"age_years": "16", "birth_date": "1990-01-01", "alone": "perhaps"})
    assert interview.session.is_relevant("/data/person/doubt_means_child")
    assert "C06" in found(post, intake.finish(post, interview).case)


@pytest.mark.parametrize("name", ["birth_date", "arrival_date"])
def test_a_day_still_to_come_is_not_kept(post: OpenVault, name: str) -> None:
    interview = talk(post, AN_ADULT)
    interview.answer(ref_of(interview, name), "2031-01-01")
    with pytest.raises(PersonFault, match=r"intake\.not_finished"):
        intake.finish(post, interview)
    interview.answer(ref_of(interview, name), "2026-01-01" if name == "arrival_date" else "1991-01-01")
    assert intake.finish(post, interview).case


def test_a_birth_two_hundred_years_ago_makes_nobody_an_adult(post: OpenVault) -> None:
    """A slip of the pen: the age is not known then, and in doubt the person is a child."""
    done = intake.finish(post, talk(post, {"birth_date": "1826-01-01", "alone": "yes"}))
    said = {one.category: one.verdict for one in refer.suggestions(post, done.case)}
    assert said["C06"] is Verdict.CANNOT_TELL and said["C12"] is Verdict.CANNOT_TELL
    doubt = talk(post, {"age_band": "not_sure", "birth_date": "1826-01-01", "alone": "yes"})
    assert "C06" in found(post, intake.finish(post, doubt).case)


@pytest.mark.parametrize("years", ["-1", "121", "3000"])
def test_an_impossible_age_is_not_kept(post: OpenVault, years: str) -> None:
    interview = talk(post, {"name_told": "Amaru Testperson", "age_years": years})
    with pytest.raises(PersonFault, match=r"intake\.not_finished"):
        intake.finish(post, interview)


@pytest.mark.parametrize("name", ["O", "Ñ", "አ", "ع", "李", "Ы", "ꓐ"])
def test_a_name_of_one_letter_in_any_script_is_a_name(post: OpenVault, name: str) -> None:
    done = intake.finish(post, talk(post, {**AN_ADULT, "name_told": name}))
    assert done.case in {one.case for one in search.look_up(post, name)}


def test_somebody_without_name_and_country_gets_help_and_a_paper(post: OpenVault) -> None:
    """R-003: nothing about identity is needed, and nothing is made up in its place."""
    done = intake.finish(post, talk(post, {"urgent_medical": "yes"}))
    assert set(found(post, done.case)) == {"C11"}
    service = refer.services_for(post, "C11")[0]
    referral = refer.refer(post, done.case, "C11", service.id, safe_to_carry=True)
    assert done.number in text_of(refer.slip(post, done.case, referral))


def test_answers_that_exclude_each_other_both_stay(post: OpenVault) -> None:
    """Alone, and with a mother; no nationality, and a country of origin; not afraid, and fear was mentioned."""
    told = {**A_CHILD, "nationality": "none", "origin_country": "ER", "fear_return": "no", "alone": "perhaps"}
    interview = talk(post, told, {"with_whom": "parent", "fear_mentioned": "yes"})
    assert {"C01", "C06", "C14"} == set(found(post, intake.finish(post, interview).case))
