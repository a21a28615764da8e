"""Talks for some people: what they tell, which help is suggested, which paper goes with it, what has to wait.

Each row is one invented person: who they are, which talks were led with them, which pathways stand open afterwards,
which of these cannot wait, which leaflets are offered. One post, one day; everybody is a case of their own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.outcome import Verdict
from fieldkit.services import refer, sealed, training
from fieldkit.services.case_file import read_case
from fieldkit.services.refer import ShownSuggestion
from fieldkit.services.vault import OpenVault
from tests.stories import offices
from tests.stories.desks import only_as, text_of
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, Told, led, screened

LED = re.compile(r"\$\{led_\w+\}")
TELLING = re.compile(
    r"\bC\d\d\b|violence|tortur|sexual|disab|statel|asylum|detain|confidence|return|complain|women",
    re.IGNORECASE,
)
NOBODY_IN_CONTROL: Told = {"age_years": "30", "can_leave": "yes", "awaited": "no", "afraid_to_talk": "no"}


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    """A training post whose one person holds every training."""
    vault = offices.open_post(tmp_path_factory.mktemp("day"), "Day post (invented)")
    only_as(vault, Role.ADMINISTRATOR)
    for topic in ("violence", "private_talk", "trafficking"):
        training.record(vault, vault.person.id, topic, date(2026, 1, 15), "Invented Institute")
    yield vault
    vault.close()


@dataclass(frozen=True)
class Somebody:
    """What one person told in which talk, and what comes of it. `now` are the pathways that cannot wait."""

    who: str
    form: str
    told: Told
    help: str
    now: str = ""
    leaflets: str = ""
    led_by: Role = Role.COUNSELLOR


PEOPLE = [
    Somebody(
        "a man who may not leave the people he came with",
        "trafficking_quick",
        {**NOBODY_IN_CONTROL, "can_leave": "no", "made_to": "work", "signs_seen": "none"},
        "C04",
        leaflets="L06 L01",
        led_by=Role.OFFICER,
    ),
    Somebody(
        "a woman who has no safe place to sleep and is followed",
        "women_safety",
        {"women_near": "perhaps", "women_dangers": "sleep followed", "women_needs": "wash pads"},
        "C09",
        leaflets="L10",
    ),
    Somebody(
        "a woman who is asked for her body in place of money",
        "women_safety",
        {"women_near": "no", "women_dangers": "asked_body", "health_needs": "pregnant"},
        "C09 C11",
        leaflets="L10 L12",
        led_by=Role.HEALTH_WORKER,
    ),
    Somebody(
        "a woman who works in a house without any paper about it",
        "women_safety",
        {"women_near": "no", "women_dangers": "none", "women_work": "yes"},
        "C21",
        leaflets="L19 L10 L24",
    ),
    Somebody(
        "a man who was beaten on a boat",
        "violence",
        {"harm": "hurt", "violence_when": "longer", "harm_places": "way", "ga_at_sea": "beaten no_water"},
        "C10 C25",
        leaflets="L11 L24",
    ),
    Somebody(
        "a mother who was sent back, with a child born abroad, and lenders who wait for her",
        "came_back",
        {"back_how": "sent", "back_safe": "no", "back_needs": "place papers", "back_child_papers": "yes"},
        "C08 C24",
        now="C24",
        leaflets="L21 L11 L09",
    ),
    Somebody(
        "a man who says where he would live in time",
        "solutions",
        {"solution_may_ask": "yes", "solution_wishes": "back family", "solution_unsafe_here": "no"},
        "",
    ),
    Somebody(
        "a woman who was hurt two days ago",
        "violence",
        {"harm": "sexual hurt", "violence_when": "days_3", "harm_places": "way", "violence_by": "journey"},
        "C09 C10 C25",
        now="C09 C10",
        leaflets="L10 L11 L24",
    ),
    Somebody(
        "a man to whom it was done long ago, and who does not want care now",
        "violence",
        {"harm": "sexual", "violence_when": "longer", "harm_places": "before", "care_offered": "no"},
        "C09",
        now="C09",
        leaflets="L10 L11",
    ),
    Somebody(
        "a boy who was hurt by a guard, who can reach him here",
        "violence",
        {"harm": "hurt", "harm_places": "border", "violence_by": "official", "violence_reach": "perhaps"},
        "C10 C25",
        now="C25",
        leaflets="L11 L24",
        led_by=Role.CHILD_PROTECTION,
    ),
    Somebody(
        "a teacher who was hurt on purpose in a prison",
        "torture_trauma",
        {"torture_told": "yes", "harm": "held", "harm_places": "before", "after_effects": "sleep startle"},
        "C10",
        leaflets="L11",
    ),
    Somebody(
        "a young man who thinks of ending his life",
        "torture_trauma",
        {"torture_told": "no", "harm": "none", "after_effects": "life empty", "after_daily": "yes"},
        "C10",
        now="C10",
        leaflets="L11",
        led_by=Role.HEALTH_WORKER,
    ),
    Somebody(
        "a woman who cannot walk and lost her chair on the way",
        "disability",
        {"answered_by": "self", "func_walking": "cannot", "func_seeing": "some", "support_lost": "yes"},
        "C11",
        leaflets="L13",
        led_by=Role.HEALTH_WORKER,
    ),
    Somebody(
        "a deaf man who is not sure that he is safe with his helper",
        "disability",
        {
            "answered_by": "with_help",
            "answered_by_who": "sibling",
            "func_hearing": "a_lot",
            "helper_safe": "perhaps",
        },
        "C10 C11",
        leaflets="L13 L11",
    ),
    Somebody(
        "a grandmother who takes care of two children",
        "older_people",
        {"age_years": "71", "daily_support": "none", "cares_for_child": "yes", "helper_safe": "yes"},
        "C12",
        leaflets="L13",
    ),
    Somebody(
        "a man of 56 who walks with a stick, and whose papers somebody keeps",
        "older_people",
        {"age_years": "56", "daily_support": "walking_aid", "money_taken": "yes"},
        "C10 C12",
        leaflets="L13 L11 L25",
    ),
    Somebody(
        "somebody who asked for a talk in private",
        "private_talk",
        {"private_write": "yes", "private_dangers": "group", "private_refer": "yes"},
        "C13",
        leaflets="L14",
    ),
    Somebody(
        "somebody who asked for a talk in private and is afraid to go back",
        "private_talk",
        {
            "private_write": "yes",
            "private_dangers": "going_back",
            "private_refer": "perhaps",
            "fear_mentioned": "yes",
        },
        "C01 C13",
        leaflets="L14 L01",
    ),
    Somebody(
        "a woman whose mother has no nationality",
        "stateless",
        {
            "nationality": "unclear",
            "state_of_any": "no",
            "mother_nationality": "none",
            "state_why": "parents",
        },
        "C14",
        leaflets="L15 L01",
    ),
    Somebody(
        "a man who names a nationality, and whom its office does not know",
        "stateless",
        {"nationality": "ET", "state_of_any": "perhaps", "state_refused": "yes", "fear_return": "perhaps"},
        "C01 C14",
        leaflets="L15 L01",
    ),
    Somebody(
        "a herder whose land gives nothing any more",
        "disaster_displaced",
        {
            "disaster_kind": "drought",
            "disaster_when": "slow",
            "home_state": "no_living",
            "home_safe_now": "no",
        },
        "C15",
        leaflets="L26",
    ),
    Somebody(
        "a widow after a storm, whose brother is missing",
        "disaster_displaced",
        {"disaster_kind": "storm", "home_state": "gone", "died_or_missing": "yes", "fear_mentioned": "yes"},
        "C01 C15 C28",
        leaflets="L26 L01",
    ),
    Somebody(
        "a student whom no country lets pass",
        "stranded",
        {"way_on": "no", "way_stay": "perhaps", "way_back": "no", "way_hinders": "no_transit no_consulate"},
        "C17",
        leaflets="L27",
    ),
    Somebody(
        "a man who has been held for months",
        "detained",
        {
            "held_now": "yes",
            "held_long": "months",
            "age_years": "40",
            "held_children": "no",
            "held_access": "none",
        },
        "C17 C25",
        now="C17",
        leaflets="L23 L24",
    ),
    Somebody(
        "a mother who is held with her child",
        "detained",
        {"held_now": "yes", "held_children": "yes", "age_years": "33", "alternatives_seen": "open_place"},
        "C08 C17",
        now="C08 C17",
        leaflets="L08 L23",
        led_by=Role.CHILD_PROTECTION,
    ),
    Somebody(
        "a boy who is held, and nobody knows how old he is",
        "detained",
        {"held_now": "yes", "age_band": "not_sure", "held_told": "no"},
        "C08 C17 C25",
        now="C08 C17",
        leaflets="L08 L23",
    ),
    Somebody(
        "a woman who wishes to go home, freely and after all was explained",
        "voluntary_return",
        {
            **{"age_years": "44", "fear_return": "no", "asks_protection": "no", "return_told": "asylum stay"},
            **{"return_own_choice": "yes", "return_pressure": "none", "return_may_withdraw": "yes"},
            **{"return_wish_now": "yes", "return_needs": "papers", "return_after": "work"},
        },
        "C18",
        leaflets="L20 L21",
    ),
    Somebody(
        "a man who wants to go back because it is the way out of a closed place",
        "voluntary_return",
        {
            "age_years": "25",
            "return_pressure": "held",
            "return_own_choice": "perhaps",
            "return_wish_now": "yes",
        },
        "C18 C27",
        leaflets="L20",
    ),
    Somebody(
        "a man whose asylum was refused, and whose second look is still open",
        "pre_removal_gate",
        {
            "gate_step": "return",
            "gate_asylum_refused": "yes",
            "gate_request_open": "yes",
            "gate_asylum": "found",
        },
        "C19 C27",
        now="C27",
        leaflets="L22",
        led_by=Role.OFFICER,
    ),
]


def found(post: OpenVault, case: str) -> dict[str, ShownSuggestion]:
    """What stands open for somebody, by pathway."""
    said = refer.suggestions(post, case)
    return {one.category: one for one in said if one.verdict is Verdict.YES}


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
    assert set(open_) == set(person.help.split())
    for category in person.now.split():
        assert open_[category].target_hours == 0, f"{category} cannot wait"
    offered = {leaflet for one in open_.values() for leaflet in one.leaflets}
    assert set(person.leaflets.split()) <= offered
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
