"""What was kept long enough goes from this laptop: shown first, safe first, and from here only."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.waiting import Because
from fieldkit.services import (
    backup,
    differences,
    exchange,
    households,
    importing,
    intake,
    purge,
    receipts,
    retention,
    waiting,
)
from fieldkit.services.enrolment import office_keys
from fieldkit.services.households import How, Row
from fieldkit.services.vault import OpenVault
from fieldkit.storage import queries_desk
from fieldkit.storage.journal import State
from fieldkit.sync.receipts import Receipt, write_receipt
from tests.stories import offices
from tests.stories.desks import only_as
from tests.stories.offices import Office, carry, clock_of, everything_held
from tests.stories.people import AGREED, FEAR, HURT, IN_PRIVATE, NO_URGENT_NEED, screened, somebody
from tests.worlds import MORNING, world

NAME, LATER = "Zarifa Invented-Wayfarer", "Bilo Invented-Neighbour"
LONG = 3700
"""Days after which every shipped row is due."""


class Years:
    """A post and its headquarters through the years; each place has its own clock."""

    def __init__(self, folder: Path, office: Office) -> None:
        self.office = office
        self.post = offices.open_post(folder / "post", "Old post (invented)", at=world("old", MORNING))
        offices.enrol(self.post, office)
        self.stick, self.safe = folder / "stick", folder / "safe"
        self.stick.mkdir()
        self.safe.mkdir()

    def interview(self, name: str) -> str:
        return subject(
            "case", screened(self.post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody(name), FEAR).case
        )

    def exchange(self, *, copied: bool = True) -> None:
        """There with a bundle, back with a receipt; headquarters copies its store to the safe in between."""
        carry(self.post, self.office, self.stick)
        if copied:
            backup.back_up(self.office.vault, self.safe, elsewhere=lambda *_: True)
        self.receipt()

    def receipt(self) -> None:
        content = receipts.for_stream(self.office.vault, self.post.stream)
        assert content is not None
        receipts.accept(self.post, content)

    def pass_at_headquarters(self, days: int) -> None:
        clock_of(self.office.vault).turn(days=days)


@pytest.fixture
def years(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Years]:
    office = offices.found(tmp_path_factory.mktemp("office"), "Invented Archive Service")
    made = Years(tmp_path, office)
    yield made
    made.post.close()
    office.vault.close()


def dues(vault: OpenVault) -> list[str]:
    return [one.about for one in retention.due(vault)]


def test_what_is_due_is_shown_and_only_then_goes(years: Years) -> None:
    about = years.interview(NAME)
    years.exchange()
    assert dues(years.post) == []
    years.pass_at_headquarters(LONG)
    years.receipt()
    (row,) = retention.due(years.post)
    assert (row.about, row.safe, row.shared, row.under_way) == (about, True, True, False)
    assert NAME.encode() in everything_held(years.post), "showing removes nothing"

    assert purge.purge(years.post, [about]) == (about,)
    assert NAME.encode() not in everything_held(years.post)
    assert years.post.journal.verify(years.post.stream).sound
    assert years.post.journal.verify(years.post.stream).purged > 0
    assert dues(years.post) == []
    (went,) = retention.gone(years.post)
    assert (went.about, went.how) == (about, "purged")


def test_who_came_together_goes_after_everybody_in_it(years: Years) -> None:
    """A household of two, one of them entered, and the group they came with (R-184)."""
    post = years.post
    group = households.begin_group(post, How.BOAT, 2)
    household = households.record(post, Row(2, languages=("ti",)), group)
    case = households.promote(post, household)
    about = [subject("group", group), subject("household", household), subject("case", case)]
    years.exchange()
    years.pass_at_headquarters(LONG)
    years.receipt()
    assert dues(post) == about[2:], "its people first"
    purge.purge(post, about[2:])
    (row,) = retention.due(post)
    assert (row.about, row.under_way, row.shared) == (about[1], True, False), "somebody of it still waits"
    waiting.end(post, about[1], Because.ELSEWHERE)
    years.exchange()
    assert dues(post) == [], "what was said anew begins the time anew"
    years.pass_at_headquarters(LONG)
    years.receipt()
    purge.purge(post, about[1:2])
    (last,) = retention.due(post)
    assert (last.about, last.under_way) == (about[0], False), "the group last"
    purge.purge(post, about[:1])
    assert dues(post) == [] and post.journal.verify(post.stream).sound
    assert not queries_desk.with_value(post.database, "group", group)


def test_what_was_sealed_goes_too(years: Years) -> None:
    """Somebody who may not read it may remove it when it is time."""
    told = screened(years.post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody(NAME), FEAR, HURT)
    about = subject("case", told.case)
    years.exchange()
    years.pass_at_headquarters(LONG)
    years.receipt()
    assert sealed_records(years.post) > 0
    purge.purge(only_as(years.post, Role.ADMINISTRATOR), [about])
    assert sealed_records(years.post) == 0
    assert years.post.journal.verify(years.post.stream).sound


def sealed_records(vault: OpenVault) -> int:
    return vault.database.number("SELECT COUNT(*) FROM sealed_payloads")


def test_purging_here_changes_nothing_elsewhere(years: Years) -> None:
    about = years.interview(NAME)
    years.exchange()
    years.pass_at_headquarters(LONG)
    years.receipt()
    before = dict(held_there(years, about))
    purge.purge(years.post, [about])
    years.interview(LATER)
    years.exchange()
    assert dict(held_there(years, about)) == before
    assert State.HELD in set(before.values())


def held_there(years: Years, about: str) -> Iterator[tuple[int, State]]:
    journal = years.office.vault.journal
    for entry, _ in journal.about(about):
        yield entry.number, journal.state(entry.payload)


def test_without_a_copy_on_a_second_medium_nothing_goes(years: Years) -> None:
    about = years.interview(NAME)
    years.exchange(copied=False)
    years.pass_at_headquarters(LONG)
    years.receipt()
    (row,) = retention.due(years.post)
    assert not row.safe
    with pytest.raises(PersonFault, match=r"purge\.not_safe"):
        purge.purge(years.post, [about])
    assert NAME.encode() in everything_held(years.post)


def test_an_administrator_may_with_a_reason_and_headquarters_reads_it(years: Years) -> None:
    about = years.interview(NAME)
    years.exchange(copied=False)
    years.pass_at_headquarters(LONG)
    years.receipt()
    reason = "The post closes tomorrow and its laptops are given away."
    officer = only_as(years.post, Role.SUPERVISOR)
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        purge.purge(officer, [about], reason=reason)
    purge.purge(only_as(years.post, Role.ADMINISTRATOR, Role.OFFICER), [about], reason=reason)
    assert NAME.encode() not in everything_held(years.post)
    carry(years.post, years.office, years.stick)
    assert reason.encode() in everything_held(years.office.vault)


def test_a_wrong_clock_at_the_post_makes_nothing_due(years: Years) -> None:
    """Ten years forward, ten years back: only headquarters' signed days count."""
    clock_of(years.post).turn(days=-3650)
    old = years.interview(NAME)
    clock_of(years.post).turn(days=2 * 3650)
    years.interview(LATER)
    years.exchange()
    assert dues(years.post) == []
    years.pass_at_headquarters(30)
    years.receipt()
    assert dues(years.post) == []
    assert retention.days_apart(years.post) > 3000, "it is told that the two clocks differ"
    with pytest.raises(PersonFault, match=r"purge\.not_due"):
        purge.purge(years.post, [old])


def test_what_no_receipt_covers_is_never_due(years: Years) -> None:
    years.interview(NAME)
    clock_of(years.post).turn(days=LONG)
    assert dues(years.post) == []
    years.exchange()
    later = years.interview(LATER)
    years.pass_at_headquarters(LONG)
    years.receipt()
    assert later not in dues(years.post)
    assert len(dues(years.post)) == 1


def test_another_talk_begins_the_time_anew_and_a_paper_does_not(years: Years) -> None:
    about = years.interview(NAME)
    years.exchange()
    years.pass_at_headquarters(LONG - 100)
    years.post.journal.append(
        actor="officer",
        subject=about,
        kind="document.printed",
        payload={"what": "slip", "language": "ti", "pages": 1},
    )
    years.exchange()
    years.pass_at_headquarters(100)
    years.receipt()
    assert dues(years.post) == [about]
    years.post.journal.append(
        actor="officer",
        subject=about,
        kind="outcome.confirmed",
        payload={"category": "C01", "rule": "C01-1", "reason": None, "rules_version": "1"},
    )
    years.exchange()
    assert dues(years.post) == []


def test_somebody_who_is_talked_with_now_is_left_alone(years: Years) -> None:
    about = years.interview(NAME)
    years.exchange()
    case = about.partition("/")[2]
    intake.begin(years.post, "screening", officer_language="en", person_language="ti", case=case)
    years.pass_at_headquarters(LONG)
    years.receipt()
    with pytest.raises(PersonFault, match=r"purge\.under_way"):
        purge.purge(years.post, [about])


def test_the_row_of_the_country_counts_once_it_is_chosen(
    years: Years, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = retention.rules(years.post).longest((), "")
    assert rule is not None
    short = type(rule)("*", "KE", 5, "Act 3 (invented)", "A. Lawyer (invented)", date(2026, 3, 2))
    table = type(retention.rules(years.post))((short, rule))
    monkeypatch.setattr(retention, "rules", lambda _: table)
    about = years.interview(NAME)
    years.exchange()
    years.pass_at_headquarters(6)
    years.receipt()
    assert dues(years.post) == []
    retention.choose_country(years.post, "KE")
    assert retention.country(years.post) == "KE"
    assert dues(years.post) == [about]


def test_posts_in_two_countries_do_not_differ_at_headquarters(years: Years, tmp_path: Path) -> None:
    """Headquarters' decision between them would let one post purge by the law of the other's country."""
    other = offices.open_post(tmp_path / "other", "Far Bank (invented)")
    offices.enrol(other, years.office)
    for post, country in ((years.post, "KE"), (other, "UG")):
        retention.choose_country(post, country)
        stick = tmp_path / country
        stick.mkdir()
        offices.carry(post, years.office, stick)
    assert differences.number(years.office.vault) == 0
    assert (retention.country(years.post), retention.country(other)) == ("KE", "UG")
    other.close()


def test_only_who_may_sees_what_is_due(years: Years) -> None:
    for role in (Role.OFFICER, Role.COUNSELLOR):
        with pytest.raises(PersonFault, match=r"access\.not_allowed"):
            retention.due(only_as(years.post, role))


def test_headquarters_that_lost_its_copies_makes_nothing_safe(years: Years) -> None:
    """It was put back, and says later that less is safe: the later word counts."""
    about = years.interview(NAME)
    years.exchange()
    standing = receipts.held(years.post)
    assert standing is not None
    assert standing.safe == standing.number
    day = standing.day + timedelta(days=LONG)
    organisation = years.office.offline.organisation
    word = Receipt(organisation, years.post.stream, standing.number, standing.digest, 0, day)
    receipts.accept(years.post, write_receipt(word, office_keys(years.office.vault).receipts))
    (row,) = retention.due(years.post)
    assert (row.about, row.safe) == (about, False)


def test_after_a_purge_the_next_bundle_still_verifies(years: Years) -> None:
    about = years.interview(NAME)
    years.exchange()
    years.pass_at_headquarters(LONG)
    years.receipt()
    purge.purge(years.post, [about])
    years.interview(LATER)
    exported = exchange.export(years.post, years.stick, again=True)
    for name in exported.files:
        importing.import_bundle(years.office.vault, years.stick / name)
    assert years.office.vault.journal.verify(years.post.stream).sound
    assert State.HELD in {state for _, state in held_there(years, about)}
