"""The page of content packs: what is in force, what waits, taking one in."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldkit.languages.numbers import format_date
from fieldkit.services import enrolment, pack_office, packs
from fieldkit.services.vault import OpenVault
from fieldkit.ui.main_window import MainWindow
from tests.conftest import MakeVault
from tests.stories import packs as story
from tests.stories.offices import clock_of
from tests.stories.packs import Makers, makers, phrases_cost_little, source
from tests.ui.desks import done_with, press, rest, window_at
from tests.ui.looking import find_button, nameless, says

__all__ = ["makers", "phrases_cost_little", "source"]


@pytest.fixture
def believing(make_vault: MakeVault, makers: Makers) -> OpenVault:
    post = make_vault(training=False)
    enrolment.trust_office(post, enrolment.office_file(makers.vault).content)
    return post


@pytest.fixture
def window(believing: OpenVault) -> Iterator[MainWindow]:
    made = window_at(believing, "packs")
    yield made
    done_with(made)


def choose(window: MainWindow, qtbot: QtBot, patch: pytest.MonkeyPatch, folder: Path) -> None:
    patch.setattr(window, "ask_folder", lambda title: folder)
    press(window, "Choose the folder of a pack")
    rest(qtbot, window)


def test_a_pack_is_looked_at_then_taken_in(
    window: MainWindow,
    believing: OpenVault,
    makers: Makers,
    source: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert says(window, "The content that came with the program")
    choose(window, qtbot, monkeypatch, makers.signed(makers.laid_out(source), 0, 1))
    assert says(window, "The signatures of two people at headquarters are right.")
    assert says(window, "1: Spring content")
    assert says(window, "nobody has reviewed it yet")
    assert packs.state(believing).in_force is None
    assert nameless(window) == []
    press(window, "Take this pack in")
    rest(qtbot, window)
    assert says(window, "The pack is in force now.")
    assert says(window, believing.rules.version[:16])
    clock_of(believing).turn(days=4000)
    assert packs.state(believing).expired


def test_a_refused_pack_is_a_sentence_and_changes_nothing(
    window: MainWindow,
    believing: OpenVault,
    makers: Makers,
    source: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    choose(window, qtbot, monkeypatch, makers.signed(makers.laid_out(source), 2))
    assert says(window, "does not have the signatures of two people at headquarters")
    with pytest.raises(AssertionError):
        find_button(window, "Take this pack in")
    assert packs.state(believing).in_force is None


def test_a_pack_that_waits_begins_early_with_a_reason(
    window: MainWindow,
    believing: OpenVault,
    makers: Makers,
    source: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    choose(window, qtbot, monkeypatch, makers.signed(makers.laid_out(source, waits=9), 0, 1))
    press(window, "Take this pack in")
    rest(qtbot, window)
    day = format_date(story.TODAY + timedelta(days=9), "en")
    assert says(window, f"It will be in force from {day}.")
    assert says(window, "Waits for its day")
    press(window, "Let it begin now")
    press(window, "Let it begin now")
    assert says(window, "Write a reason first.")
    press(window, "Wait for its day")
    assert packs.state(believing).in_force is None
    packs.activate(believing, 1, "New law")
    assert pack_office.next_number(makers.vault) == 2


def test_somebody_without_the_right_sees_what_is_in_force_and_no_more(
    believing: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(believing, "may", lambda action: False)
    window = window_at(believing, "packs")
    assert says(window, "In force")
    with pytest.raises(AssertionError):
        find_button(window, "Choose the folder of a pack")
    done_with(window)
