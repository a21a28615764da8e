"""People from somewhere are recognised as a group: the way may be quicker, and nothing else follows
(R-012, R-056, N-022, `protection.md` 16)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.content import codebook as codebooks
from fieldkit.content import recognition as table
from fieldkit.content.faults import ContentFault
from fieldkit.domain.access import Role
from fieldkit.domain.outcome import Verdict
from fieldkit.domain.shelf import Shelf
from fieldkit.files import resources
from fieldkit.services import households, recognition, refer, retention, waiting
from fieldkit.services.errors import DeskFault
from fieldkit.services.households import How, Row
from fieldkit.services.vault import OpenVault
from tests.stories import offices
from tests.stories.desks import only_as
from tests.stories.people import (
    AGREED,
    FEAR,
    IN_PRIVATE,
    NO_URGENT_NEED,
    Told,
    screened,
    screened_again,
    somebody,
)

HEAD = "id,jurisdiction,country,area,text,source,reviewed_by,reviewed_on,valid_until"
REVIEWED = "Decree 1 (invented),Lawyer (invented),2025-10-02"
WAR = f"war,KE,SO,The south (invented),People from there are heard at once (invented).,{REVIEWED},"
OVER = f"over,*,SO,,Was so once (invented).,{REVIEWED},2025-12-31"
ELSEWHERE = f"elsewhere,DJ,SO,,Holds in another country (invented).,{REVIEWED},"


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    vault = offices.open_post(tmp_path_factory.mktemp("group"), "Lake post (invented)", training=True)
    only_as(vault, Role.ADMINISTRATOR)
    retention.choose_country(vault, "KE")
    only_as(vault, Role.OFFICER, Role.COUNSELLOR)
    yield vault
    vault.close()


def brought(post: OpenVault, *rows: str) -> None:
    """A country's pack brings these rows."""
    held = "\n".join((HEAD, *rows)).encode()
    post.__dict__["content"] = (Shelf(resources(), {table.TABLE: held}), None)


def told(post: OpenVault, nationality: str, *more: Told) -> str:
    who = somebody("Person (invented)", nationality=nationality)
    return screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, who, *more).case


def test_as_shipped_nobody_is_recognised_as_a_group() -> None:
    assert table.load(resources(), codebooks.load(resources())) == ()


def test_whoever_comes_from_there_may_have_a_quicker_way_and_the_officer_reads_why(post: OpenVault) -> None:
    brought(post, WAR, OVER, ELSEWHERE)
    case = told(post, "SO", FEAR)
    (hint,) = recognition.hints(post, case, "C01")
    assert (hint.row.id, hint.row.area) == ("war", "The south (invented)")
    assert hint.row.about.source == "Decree 1 (invented)"
    assert hint.row.about.reviewed_by == "Lawyer (invented)" and hint.row.about.reviewed_on is not None
    assert recognition.hints(post, case, "C21") == (), "beside no other pathway"


def test_whoever_comes_from_elsewhere_loses_nothing_and_hears_nothing(post: OpenVault) -> None:
    brought(post, WAR)
    here, there = told(post, "SO", FEAR), told(post, "ET", FEAR)
    assert recognition.hints(post, there, "C01") == ()
    ways = [{(one.category, one.verdict) for one in refer.suggestions(post, case)} for case in (here, there)]
    assert ways[0] == ways[1] and ("C01", Verdict.YES) in ways[0]
    order = [one.about for one in waiting.queue(post)]
    brought(post)
    assert order == [one.about for one in waiting.queue(post)], "nobody waits longer or shorter by it"


def test_a_country_that_nobody_told_gives_no_hint(post: OpenVault) -> None:
    brought(post, WAR)
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, FEAR).case
    assert recognition.hints(post, case, "C01") == ()


def test_a_whole_group_is_passed_on_once_and_each_of_them_is_heard_alone_later(post: OpenVault) -> None:
    brought(post, WAR)
    group = households.begin_group(post, How.VEHICLE, 9)
    household = households.record(post, Row(people=3, children=1, languages=("so",)), group)
    recognition.route_group(post, group, "war")
    recognition.route_group(post, group, "war")
    assert households.group_of(post, group).routed == ("war",), "once"
    assert [one.id for one in recognition.routed(post, households.group_of(post, group))] == ["war"]
    case = households.promote(post, household)
    (member,) = households.household_of(post, household).entered
    assert not member.screened and not member.referred, "nobody is screened by it"
    one = somebody("One (invented)", nationality="SO")
    screened_again(post, case, NO_URGENT_NEED, IN_PRIVATE, AGREED, one, FEAR)
    (hint,) = recognition.hints(post, case, "C01")
    assert hint.group == households.group_of(post, group).number


def test_a_group_is_not_passed_on_by_what_holds_elsewhere_or_is_over(post: OpenVault) -> None:
    brought(post, OVER, ELSEWHERE)
    group = households.begin_group(post, How.FOOT)
    for row in ("over", "elsewhere", "invented"):
        with pytest.raises(DeskFault) as caught:
            recognition.route_group(post, group, row)
        assert caught.value.code == "recognition.not_in_force"
    assert households.group_of(post, group).routed == ()


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("a,*,SO,,Text.,Decree,,,", "content.empty_cell", "reviewed_by"),
        ("a,*,SO,,Text.,Decree,Lawyer,,", "content.half_review", "reviewed_on"),
        ("a,*,SO,,Text.,,Lawyer,2026-01-02,", "content.empty_cell", "source"),
        ("a,*,,,Text.,Decree,Lawyer,2026-01-02,", "content.empty_cell", "country"),
        ("a,*,*,,Text.,Decree,Lawyer,2026-01-02,", "content.unknown_name", "country"),
        ("a,XX,SO,,Text.,Decree,Lawyer,2026-01-02,", "content.unknown_name", "jurisdiction"),
    ],
)
def test_a_row_that_nobody_reviewed_or_that_names_no_country_is_refused(
    row: str, code: str, column: str
) -> None:
    shelf = Shelf(Path(resources()), {table.TABLE: f"{HEAD}\n{row}\n".encode()})
    with pytest.raises(ContentFault) as caught:
        table.load(shelf, codebooks.load(resources()))
    assert (caught.value.code, caught.value.data["column"]) == (code, column)
