"""A consulate hears of somebody only after their own yes, and never of whoever it could endanger (N-088, K-03).

The locks are the same as everywhere (`domain.locks`); here they are asked as the desk asks them: which country,
what stops it, and the person last.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from fieldkit.domain.errors import PersonFault
from fieldkit.domain.locks import Lock, Shut, What
from fieldkit.domain.sharing import OriginKind
from fieldkit.languages import catalogues
from fieldkit.services import consulates, directory, duty, issued, measures, needs, refer, sharing
from fieldkit.services.issued import PaperKind, Wish
from fieldkit.services.vault import OpenVault
from fieldkit.ui.presenters.asks import AsksPage
from fieldkit.ui.presenters.measures import MeasuresPage
from tests.stories.people import AGREED, FEAR, IN_PRIVATE, NO_URGENT_NEED, NOTHING_FOUND, Told, led, screened

NOTHING_SEEN: Told = {
    "control_signs": "none",
    "made_to": "none",
    "can_leave": "yes",
    "awaited": "no",
    "afraid_to_talk": "no",
    "signs_seen": "none",
}
OWN, THIRD, OTHER = "ER", "KE", "UG"
ONLY_THE_YES = (Shut(Lock.COUNTRY, ("agreement",)),)


def somebody(post: OpenVault) -> str:
    """Somebody of whom everything was asked, with nothing found, and who named every country that is theirs."""
    told = {**NOTHING_FOUND, "nationality": OWN, "origin_country": OWN}
    made = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, told).case
    led(post, "trafficking_quick", IN_PRIVATE, AGREED, NOTHING_SEEN, case=made)
    for kind in OriginKind:
        sharing.record_origin(post, made, kind, [OWN], whole=True)
    return made


@pytest.fixture
def case(post: OpenVault) -> str:
    return somebody(post)


def page_of(vault: OpenVault, case: str) -> MeasuresPage:
    return MeasuresPage(vault, case, catalogues.load("en", "interface"))


def test_a_plan_needs_the_country_and_the_persons_own_yes_last(post: OpenVault, case: str) -> None:
    page = page_of(post, case)
    assert page.shut(What.CONSULATE, THIRD) == ONLY_THE_YES
    assert page.asks_the_person(THIRD, ONLY_THE_YES), (
        "nothing else stands against it: now the person is asked"
    )
    with pytest.raises(PersonFault, match=r"lock\.country"):
        page.plan(What.CONSULATE, THIRD, "a travel paper")
    page.person_answers(THIRD, agreed=True)
    assert not page.shut(What.CONSULATE, THIRD)
    assert page.plan(What.CONSULATE, THIRD, "a travel paper")
    (plan,) = page.plans
    assert (plan.what, plan.country, plan.is_stopped) == (What.CONSULATE, THIRD, False)
    assert page.shut(What.CONSULATE, OTHER) == ONLY_THE_YES, "a yes to one consulate is none to another"
    wish = Wish(PaperKind.PLAN, ("en",), measure=plan.measure)
    assert issued.issue(post, case, wish), "a paper of it for the file"
    with pytest.raises(PersonFault, match=r"measure\.country"):
        page.plan(What.CONSULATE, "Kenya", "a travel paper")


def test_the_own_country_never_hears_and_nobody_is_asked_for_it(post: OpenVault, case: str) -> None:
    page = page_of(post, case)
    stopped = page.shut(What.CONSULATE, OWN)
    assert [one.missing for one in stopped] == [("country", "agreement")]
    assert not page.asks_the_person(OWN, stopped), "a question could only press somebody"
    consulates.record_answer(post, case, OWN, agreed=True)
    with pytest.raises(PersonFault, match=r"lock\.country"):
        measures.plan(post, case, What.CONSULATE, "the person said yes", OWN)


def test_a_no_stands_and_fear_that_is_said_later_stops_a_plan_of_yesterday(
    post: OpenVault, case: str
) -> None:
    page = page_of(post, case)
    page.person_answers(OTHER, agreed=False)
    assert not page.asks_the_person(OTHER, page.shut(What.CONSULATE, OTHER)), (
        "nobody is asked until they say yes"
    )
    page.person_answers(OTHER, agreed=True)
    assert page.shut(What.CONSULATE, OTHER) == ONLY_THE_YES, "a no that was ever said counts"
    page.person_answers(THIRD, agreed=True)
    page.plan(What.CONSULATE, THIRD, "a travel paper")
    led(post, "screening", IN_PRIVATE, AGREED, FEAR, case=case)
    page.read()
    assert page.plans[0].is_stopped
    with pytest.raises(PersonFault, match=r"lock\.country"):
        issued.issue(post, case, Wish(PaperKind.PLAN, ("en",), measure=page.plans[0].measure))


def test_no_referral_and_no_paper_is_a_way_around_the_plan(post: OpenVault, case: str) -> None:
    """K-03: a slip to the consulate, a need met there, a paper that hands somebody over to it, a child's call."""
    embassy = replace(refer.services_for(post, "C01")[0], id="embassy", sample=False, categories=())
    embassy = replace(embassy, kinds=("consulate",), country=OWN)
    directory.record_service(post, embassy)
    needy = led(post, "screening", {"urgent_shelter": "yes"}, case=case).case
    consulates.record_answer(post, case, OWN, agreed=True)
    attempts: tuple[Callable[[], str], ...] = (
        lambda: refer.refer(post, case, "C21", "embassy", safe_to_carry=True),
        lambda: needs.refer(post, needy, "urgent_shelter", "embassy", safe_to_carry=True),
        lambda: issued.issue(post, case, Wish(PaperKind.HAND_OVER, ("en",), service="embassy")),
        lambda: duty.keep(post, "embassy", [0], "08:00", "18:00"),
    )
    for attempt in attempts:
        with pytest.raises(PersonFault, match=r"refer\.unknown_service"):
            attempt()


def test_a_service_that_turns_out_to_be_a_consulate_gets_no_slip_any_more(post: OpenVault, case: str) -> None:
    office = replace(refer.services_for(post, "C21")[0], id="office", sample=False)
    directory.record_service(post, office)
    made = refer.refer(post, case, "C21", "office", safe_to_carry=True)
    assert refer.slip(post, case, made).blocks
    directory.record_service(post, replace(office, kinds=("consulate",), categories=(), country=OWN))
    with pytest.raises(PersonFault, match=r"refer\.unknown"):
        refer.slip(post, case, made)


def test_a_consulate_that_heard_already_is_written_down_with_its_country(post: OpenVault, case: str) -> None:
    page = page_of(post, case)
    today = post.world.today().isoformat()
    assert page.record(What.CONSULATE, today, "another service (invented)", "", OWN), "an alert"
    assert page.happened[0].past == (Lock.COUNTRY,)


def test_the_answer_is_shown_by_the_countrys_name_and_can_be_taken_back(post: OpenVault, case: str) -> None:
    consulates.record_answer(post, case, THIRD, agreed=True)
    page = AsksPage(post, case, catalogues.load("en", "interface"))
    assert (consulates.recipient(THIRD), "Consulate of another country: Kenya") in page.allowed
    page.take_back((consulates.recipient(THIRD),), everything=False)
    assert measures.shut(post, case, What.CONSULATE, THIRD) == ONLY_THE_YES
