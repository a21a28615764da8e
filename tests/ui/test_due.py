"""What is due, on the screen: shown by number, removed after a second look, said afterwards."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.ids import spoken_number
from fieldkit.services import events, purge
from tests.stories import offices
from tests.stories.offices import everything_held
from tests.stories.test_purge import LONG, NAME, Years
from tests.ui import looking
from tests.ui.desks import done_with, press, settle, window_at
from tests.ui.looking import cut, nameless, says


@pytest.fixture
def years(tmp_path: Path) -> Iterator[Years]:
    office = offices.found(tmp_path / "office", "Invented Archive Service")
    made = Years(tmp_path, office)
    yield made
    made.post.close()
    office.vault.close()


def due(years: Years, *, copied: bool = True) -> str:
    about = years.interview(NAME)
    years.exchange(copied=copied)
    years.pass_at_headquarters(LONG)
    years.receipt()
    return about


def test_without_a_receipt_the_page_says_why_nothing_is_due(years: Years) -> None:
    window = window_at(years.post, "exchange")
    press(window, "What is due")
    assert says(window, "Nothing is due.")
    assert says(window, "No receipt has come from headquarters yet.")
    done_with(window)


def test_what_is_due_is_removed_after_a_second_look(years: Years) -> None:
    about = due(years)
    number = spoken_number(about.partition("/")[2])
    window = window_at(years.post, "due")
    assert says(window, f"\u2068{number}\u2069") or says(window, number)
    assert says(window, "No lawyer has read")
    assert not any(
        one.name in text for one in years.post.codebook.categories.values() for text in looking.texts(window)
    )
    assert nameless(window) == []
    press(window, "Remove 1 from this laptop")
    assert NAME.encode() in everything_held(years.post)
    press(window, "Remove them now")
    assert NAME.encode() not in everything_held(years.post)
    assert says(window, "gone from this laptop")
    press(window, "Show what went")
    assert says(window, "it had been kept long enough")
    press(window, "Show what is still known")
    assert says(window, "An interview was finished. What it says was removed from this laptop")
    assert list(cut(window)) == []
    done_with(window)


def test_what_is_not_safe_needs_an_administrator_and_a_reason(years: Years) -> None:
    due(years, copied=False)
    years.post.person = replace(years.post.person, roles=frozenset({Role.SUPERVISOR}))
    window = window_at(years.post, "due")
    assert says(window, "Headquarters has not said that it is safe there.")
    assert not says(window, "Remove it all the same")
    done_with(window)
    years.post.person = replace(years.post.person, roles=frozenset({Role.ADMINISTRATOR}))
    window = window_at(years.post, "due")
    press(window, "Remove it all the same")
    press(window, "Remove it, with this reason")
    assert says(window, "Write why, in a few words.")
    assert NAME.encode() in everything_held(years.post)
    looking.line(window).setText("The laptop is given away.")
    press(window, "Remove it, with this reason")
    settle()
    assert NAME.encode() not in everything_held(years.post)
    done_with(window)


def test_an_officer_is_not_led_here(years: Years) -> None:
    years.post.person = replace(years.post.person, roles=frozenset({Role.OFFICER}))
    window = window_at(years.post, "exchange")
    assert not says(window, "What is due")
    done_with(window)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_cut_in_large_text(years: Years, language: str) -> None:
    due(years)
    window = window_at(years.post, "due", language=language, scale=200)
    assert list(cut(window)) == []
    done_with(window)


def test_after_a_purge_the_case_is_told_as_removed(years: Years) -> None:
    about = due(years)
    purge.purge(years.post, [about])
    told = events.events(years.post, about.partition("/")[2], "en")
    assert told
    assert all("removed from this laptop" in one.told for one in told)
