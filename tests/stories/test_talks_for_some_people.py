"""Talks for some people: what they tell, which help is suggested, which paper goes with it, what has to wait.

The people stand in a table, `who_tells_what.md`: who they are, which talk was led with them, which pathways stand
open afterwards, which of these cannot wait, which leaflets are offered.
"""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.outcome import Verdict
from fieldkit.services import refer, sealed, training
from fieldkit.services.case_file import read_case
from fieldkit.services.vault import OpenVault
from tests.stories import offices
from tests.stories.desks import only_as, text_of
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, led, screened
from tests.stories.who_tells_what import Somebody, found, people

LED = re.compile(r"\$\{led_\w+\}")
TELLING = re.compile(
    r"\bC\d\d\b|violence|tortur|sexual|disab|statel|asylum|detain|confidence|return|complain|women",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    """A training post whose one person holds every training."""
    vault = offices.open_post(tmp_path_factory.mktemp("day"), "Day post (invented)")
    only_as(vault, Role.ADMINISTRATOR)
    for topic in ("violence", "private_talk", "trafficking"):
        training.record(vault, vault.person.id, topic, date(2026, 1, 15), "Invented Institute")
    yield vault
    vault.close()


PEOPLE = people("Talks for some people")


def led_with(post: OpenVault, person: Somebody, case: str = "") -> str:
    """The talk, led in private by whoever may lead it; the case."""
    by = only_as(post, person.led_by)
    first = {name: person.told[name] for name in ("held_now", "held_children") if name in person.told}
    rest = {name: value for name, value in person.told.items() if name not in first}
    return led(by, person.form, first, IN_PRIVATE, AGREED, rest, case=case).case


def the_paper_tells_nobody_why(post: OpenVault, case: str, category: str) -> None:
    """Where to go and when, never what for (K-11)."""
    service = refer.services_for(post, category)[0]
    referral = refer.refer(post, case, category, service.id, safe_to_carry=True)
    said = text_of(refer.slip(post, case, referral))
    assert service.name_on_paper in said
    assert not TELLING.search(said.replace(service.name_on_paper, "")), category


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.who)
def test_what_somebody_tells_leads_to_help_that_fits(post: OpenVault, person: Somebody) -> None:
    case = led_with(post, person)
    open_ = found(post, case)
    assert set(open_) == person.help
    for category in person.now:
        assert open_[category].target_hours == 0, f"{category} cannot wait"
    offered = {leaflet for one in open_.values() for leaflet in one.leaflets}
    assert person.leaflets <= offered
    for category, one in open_.items():
        refer.confirm(post, case, category, one.rule)
        if category != "C27":  # this post itself talks again
            the_paper_tells_nobody_why(post, case, category)
    assert not refer.no_specific_need_allowed(post, case), "one talk for some people is not the whole talk"


def test_everybody_else_is_left_without_an_open_question_about_talks_that_were_not_led(
    post: OpenVault,
) -> None:
    officer = only_as(post, Role.OFFICER)
    done = screened(officer, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, {"harm": "none"}, person="en")
    by_id = {rule.id: rule for rule in post.rules.rules}
    for one in refer.suggestions(officer, done.case):
        assert not LED.search(by_id[one.rule].when), f"{one.rule} was asked of nobody"


def test_a_talk_that_was_led_and_left_without_answers_stays_an_open_question(post: OpenVault) -> None:
    """Silence is not safety: who did not want to say whether they are safe is asked again, by somebody."""
    counsellor = only_as(post, Role.COUNSELLOR)
    for form, category in (("women_safety", "C09"), ("stranded", "C17"), ("voluntary_return", "C27")):
        done = led(counsellor, form, IN_PRIVATE, AGREED)
        open_ = {one.category: one.verdict for one in refer.suggestions(counsellor, done.case)}
        assert open_[category] is Verdict.CANNOT_TELL


def test_a_later_talk_takes_nothing_back(post: OpenVault) -> None:
    """R-031: disclosure comes late, and a no of today does not cross out a yes of yesterday."""
    first = next(person for person in PEOPLE if person.form == "women_safety")
    case = led_with(post, first)
    counsellor = only_as(post, Role.COUNSELLOR)
    led(
        counsellor,
        "women_safety",
        IN_PRIVATE,
        AGREED,
        {"women_near": "no", "women_dangers": "none"},
        case=case,
    )
    assert "C09" in found(counsellor, case)
    told = sealed.answers(counsellor, read_case(counsellor.journal, case))
    assert told.said("women_dangers") == ("sleep followed", "none")


def test_what_cannot_wait_is_shown_so_and_every_leaflet_is_there_whichever_rule_comes_first(
    post: OpenVault,
) -> None:
    held = {"held_now": "yes", "held_long": "year", "held_told": "no", "harm": "robbed", "harm_places": "way"}
    case = led(only_as(post, Role.COUNSELLOR), "detained", {"held_now": "yes"}, IN_PRIVATE, AGREED, held).case
    open_ = found(post, case)
    assert (open_["C17"].target_hours, open_["C17"].leaflets) == (0, ("L23", "L27"))
    assert open_["C25"].target_hours is None
