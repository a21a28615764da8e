"""Long holding over all posts, at headquarters and for an independent monitor (R-127)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.content.provenance import Mark
from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.holding import Kind
from fieldkit.domain.locks import What
from fieldkit.services import held_people, long_held, long_held_paper, measures, people, retention
from fieldkit.services.long_held import LongRow
from fieldkit.services.measures import Happening
from fieldkit.services.people import NewAccount
from fieldkit.services.vault import OpenVault
from tests.stories import offices
from tests.stories.desks import only_as, sets_days, text_of
from tests.stories.offices import Office, carry, everything_held
from tests.stories.people import (
    AGREED,
    AN_ADULT,
    FEAR,
    IN_PRIVATE,
    NO_URGENT_NEED,
    NOT_AGREED,
    Told,
    screened,
)

SINCE = "2026-02-20"
PLACE = "Old school beyond the river (invented)"


def held(post: OpenVault, agreed: Told, *told: Told, since: str = SINCE) -> tuple[str, str]:
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, agreed, AN_ADULT, *told).case
    happening = Happening(What.DETENTION, since, by="Border office (invented)")
    return case, measures.record_happened(post, case, happening).measure


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """What one post brought: somebody who agreed, of whom much is told; somebody who agreed, of whom nothing is;
    two who did not agree, one of them held past a rule; and somebody who is free again."""
    folder = tmp_path_factory.mktemp("long")
    made = offices.found(folder / "office", "Invented Office of the Coast")
    post = offices.open_post(folder / "post", "Dune post (invented)")
    offices.enrol(post, made)
    retention.choose_country(post, "KE")
    case, measure = held(post, AGREED)
    held_people.describe(post, case, measure, "entry", "Office of entries (invented)")
    held_people.place(post, case, measure, SINCE, PLACE)
    held_people.visit(post, case, measure, SINCE, "refugee_agency", given=False)
    held_people.review(post, case, measure, "2026-03-01", "Court (invented)", "goes_on")
    held(post, AGREED, since="2026-01-05")
    held(post, NOT_AGREED)
    held(post, NOT_AGREED, FEAR, since="2026-02-01")
    free, over = held(post, AGREED)
    held_people.end(post, free, over, "2026-03-01", "free")
    stick: Path = folder / "stick"
    stick.mkdir()
    carry(post, made, stick)
    post.close()
    yield made
    made.vault.close()


def rows(office: Office) -> list[LongRow]:
    return list(long_held.long_held(office.vault).rows)


def test_the_longest_stands_first_with_post_and_responsible_body(office: Office) -> None:
    first, unnamed, last = rows(office)
    assert [one.days for one in (first, unnamed, last)] == [56, 29, 10]
    assert {one.post for one in (first, unnamed, last)} == {"Dune post (invented)"}
    assert last.held is not None and last.held.kinds == (Kind.IMMIGRATION,)
    assert last.held.bodies == ("Border office (invented)", "Office of entries (invented)")
    assert last.held.last_review is not None and last.held.last_review.day == "2026-03-01"


def test_what_was_not_told_is_not_told(office: Office) -> None:
    first, unnamed, _ = rows(office)
    assert first.held is not None
    assert (first.held.kinds, first.held.last_review) == ((Kind.NOT_TOLD,), None)
    assert unnamed.held is None, "that it happened is told; of whom, and whether it goes on, is not"


def test_where_somebody_is_held_and_whom_they_saw_stays_at_the_post(office: Office) -> None:
    known = [one.held for one in rows(office) if one.held is not None]
    assert all(one.places == () and one.visits == () for one in known)
    assert PLACE.encode() not in everything_held(office.vault)


def test_without_a_number_of_days_nothing_is_long(office: Office) -> None:
    assert {one.is_long for one in rows(office)} == {None}
    assert long_held.long_held(office.vault).limits == ()


def test_with_a_countrys_number_it_says_what_is_long_and_whose_number_that_is(office: Office) -> None:
    sets_days(office.vault, "held,*,56,Invented decree,,,")
    found = long_held.long_held(office.vault)
    assert [one.is_long for one in found.rows] == [True, None, False], (
        "of whom is not told, whether it goes on neither"
    )
    (limit,) = found.limits
    assert limit.about.marks(office.vault.world.today()) == (Mark.UNREVIEWED,)
    office.vault.content_changed()


def test_each_post_is_measured_by_the_number_of_its_own_country(office: Office) -> None:
    sets_days(office.vault, "held,KE,10,Invented decree of KE,,,", "held,*,57,Invented decree,,,")
    found = long_held.long_held(office.vault)
    assert [one.is_long for one in found.rows] == [True, None, True]
    assert {one.days for one in found.limits} == {10, 57}
    said = text_of(long_held_paper.document(office.vault, "en"))
    assert "Kenya: Long is from 10 days on." in said
    sets_days(office.vault, "held,ET,10,Invented decree of ET,,,")
    assert {one.is_long for one in long_held.long_held(office.vault).rows} == {None}
    office.vault.content_changed()


def test_a_monitor_sees_the_list_and_no_number_and_nothing_else(office: Office) -> None:
    vault = only_as(office.vault, Role.MONITOR)
    found = [one.held for one in long_held.long_held(vault).rows if one.held is not None]
    assert found and all((one.case, one.number) == ("", "") for one in found)
    for step in (held_people.register, measures_of):
        with pytest.raises(PersonFault, match=r"access\.not_allowed"):
            step(vault)
    only_as(office.vault, Role.COORDINATOR, Role.ADMINISTRATOR)


def measures_of(vault: OpenVault) -> object:
    return measures.record_happened(vault, "0" * 32, Happening(What.DETENTION, SINCE))


def test_the_list_on_paper_names_nobody_and_leaves_out_what_is_over(office: Office) -> None:
    """For those who can end it, and for civil society."""
    numbers = [one.held.number for one in rows(office) if one.held is not None]
    said = text_of(long_held_paper.document(office.vault, "en"))
    assert numbers and not any(number in said for number in numbers)
    assert "Office of entries (invented)" in said and "Dune post (invented)" in said and "Not told" in said
    sets_days(office.vault, "held,*,10,Invented decree,,,2026-02-01")
    over = text_of(long_held_paper.document(office.vault, "en"))
    assert "was left out" in over and "Long is from" not in over
    sets_days(office.vault, "held,*,10,Invented decree,,,")
    unread = text_of(long_held_paper.document(office.vault, "en"))
    assert "Long is from 10 days on" in unread and "No lawyer" in unread
    office.vault.content_changed()


def test_an_administrator_of_headquarters_gives_a_monitor_an_account(office: Office) -> None:
    new = NewAccount("Mona (invented)", frozenset({Role.MONITOR}), "orbit meadow lantern quiet river stone")
    person = people.add(office.vault, new)
    (monitor,) = [one for one in people.accounts(office.vault) if one.id == person]
    assert monitor.roles == {Role.MONITOR} and not monitor.cleared


def test_nobody_else_at_headquarters_sees_it(office: Office) -> None:
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        long_held.long_held(only_as(office.vault, Role.ADMINISTRATOR))
    only_as(office.vault, Role.COORDINATOR, Role.ADMINISTRATOR)
