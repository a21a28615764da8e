"""Papers with a last day: of a State, and of the post; somebody is reminded in time (R-054, R-135, N-033 to
N-035)."""

from collections.abc import Iterator

import pytest

from fieldkit.domain.errors import PersonFault
from fieldkit.languages import catalogues
from fieldkit.services import closing, events, issued, permits
from fieldkit.services.closing import Because
from fieldkit.services.issued import Gone, PaperKind, Wish
from fieldkit.services.permits import Over, Told
from fieldkit.services.vault import OpenVault
from tests.stories import offices
from tests.stories.desks import sets_days
from tests.stories.offices import clock_of
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, screened

VISA = Told("humanitarian_visa", until="2026-06-30", since="2026-03-01", number="X-77 (invented)")


@pytest.fixture
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    vault = offices.open_post(tmp_path_factory.mktemp("days"), "Post of days (invented)", training=True)
    yield vault
    vault.close()


def somebody(post: OpenVault) -> str:
    return screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT).case


def reminded(post: OpenVault) -> list[tuple[str, int]]:
    return [(one.until, one.days) for one in permits.last_days(post)]


def refuses(post: OpenVault, case: str, told: Told, code: str) -> None:
    with pytest.raises(PersonFault) as fault:
        permits.record(post, case, told)
    assert fault.value.code == code


def test_somebody_is_reminded_of_a_visa_before_and_after_its_last_day(post: OpenVault) -> None:
    case = somebody(post)
    visa = permits.record(post, case, VISA)
    assert reminded(post) == []
    clock_of(post).turn(days=106)  # 2026-06-16
    assert reminded(post) == [("2026-06-30", 14)]
    clock_of(post).turn(days=20)
    assert reminded(post) == [("2026-06-30", -6)], "until somebody does something"
    clock_of(post).turn(days=365)
    assert reminded(post) == [], "nobody can do anything with it any more"
    clock_of(post).turn(days=-365)
    newer = permits.record(post, case, Told("humanitarian_visa", "2026-12-31"), renews=visa)
    assert reminded(post) == []
    kept = {one.id: one.over for one in permits.permits(post, case)}
    assert kept == {visa: Over.RENEWED, newer: ""}, "what was renewed stays in the case"
    with pytest.raises(PersonFault, match=r"permit\.unknown"):
        permits.record(post, case, VISA, renews=visa)


def test_a_country_says_how_early(post: OpenVault) -> None:
    sets_days(post, "notice,*,60,Invented decree,,,")
    permits.record(post, somebody(post), VISA)
    clock_of(post).turn(days=60)  # 2026-05-01
    assert reminded(post) == [("2026-06-30", 60)]


def test_a_proof_of_registration_is_among_them_until_a_newer_one_is_made(post: OpenVault) -> None:
    """R-054: it does not lapse before the claim is decided, because somebody thinks of it."""
    case = somebody(post)
    wish = Wish(PaperKind.REGISTRATION, ("en",), safe_to_carry=True)
    first = issued.issue(post, case, wish)
    clock_of(post).turn(days=20)
    (row,) = permits.last_days(post)
    assert (row.document, row.own, row.days) == (first, True, 10)
    issued.issue(post, case, wish)
    assert permits.last_days(post) == ()
    clock_of(post).turn(days=20)
    (row,) = permits.of_case(post, case)
    issued.call_back(post, case, row.document, Gone.ENDED, "the authority has made its own")
    assert permits.last_days(post) == ()


def test_a_paper_that_is_not_needed_and_a_closed_case_remind_nobody(post: OpenVault) -> None:
    first, second = somebody(post), somebody(post)
    lost = permits.record(post, first, VISA)
    permits.record(post, second, VISA)
    clock_of(post).turn(days=110)
    assert len(permits.last_days(post)) == 2
    permits.end(post, first, lost, Over.LOST)
    closing.close_case(post, second, Because.MOVED_ON, "she went on")
    assert permits.last_days(post) == ()
    closing.reopen_case(post, second, "she came back")
    assert len(permits.last_days(post)) == 1
    closing.close_case(post, second, Because.MOVED_ON, "she went on again")
    assert permits.record(post, second, VISA), "what happened is written down in a closed case too"


def test_no_list_and_no_history_says_a_number_or_a_kind(post: OpenVault) -> None:
    case = somebody(post)
    permits.record(post, case, VISA)
    clock_of(post).turn(days=110)
    said = str(permits.last_days(post)) + str(events.events(post, case, "en"))
    assert VISA.number not in said and "visa" not in said.lower()


def test_what_cannot_be_is_refused_with_what_to_do(post: OpenVault) -> None:
    case = somebody(post)
    refuses(post, case, Told("refugee", "2026-06-30"), "permit.kind")
    refuses(post, case, Told("special_visa", ""), "permit.day")
    refuses(post, case, Told("special_visa", "2026-02-30"), "permit.day")
    refuses(post, case, Told("special_visa", "2026-06-30", since="2026-07-01"), "permit.day")
    refuses(post, case, Told("special_visa", "2026-06-30", number="9" * 61), "permit.number")
    assert permits.permits(post, case) == ()


def test_time_to_rest_that_an_authority_gave_is_among_what_is_due(post: OpenVault) -> None:
    """R-074: somebody who was exploited rests; before the last day somebody asks what comes next."""
    case = somebody(post)
    rest = permits.record(post, case, Told("recovery_time", until="2026-03-31", since="2026-03-01"))
    clock_of(post).turn(days=20)
    assert [(one.document, one.until) for one in permits.last_days(post)] == [(rest, "2026-03-31")]
    label = post.codebook.choice_label("permit_kinds", "recovery_time", catalogues.load("en", "codebook"))
    assert "exploit" not in label, "the list is read by whoever sees the screen"
