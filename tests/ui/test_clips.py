"""Clips in the window: recorded from the microphone that hears nothing, played, marked old."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from fieldkit.domain.access import Role
from fieldkit.services import clips
from fieldkit.services.vault import OpenVault
from fieldkit.ui.screens.clips import ClipsScreen
from fieldkit.ui.screens.pages import PagesScreen
from tests.services.test_clips import heard
from tests.ui.desks import done_with, new_desk, press, rest, settle, window_at
from tests.ui.looking import cut, nameless, says


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    vault = new_desk(tmp_path_factory.mktemp("clips"), "Reading desk (invented)")
    vault.person = replace(vault.person, roles=frozenset(Role))
    yield vault
    vault.close()


@pytest.mark.usefixtures("silent")
def test_a_recording_stands_below_its_section_and_is_heard(desk: OpenVault, qtbot: QtBot) -> None:
    window = window_at(desk, "clips", leaflet="L32", tag="fr")
    screen = window.screen_shown
    assert isinstance(screen, ClipsScreen)
    assert says(window, "Nothing is recorded yet.")
    recorder = screen.recorders["numbers"]
    recorder.button.click()
    assert recorder.recording is not None, recorder.told.text()
    recorder.button.click()
    screen.recorders["numbers"].recorded.emit(heard(2))
    settle()
    clip = next(one for one in clips.sections(desk, "L32", "fr") if one.id == "numbers").clip
    assert clip is not None and clip.seconds == 2
    press(window, "Listen: 2 seconds")
    press(window, "Stop")
    assert nameless(window) == [] and list(cut(window.body)) == []
    done_with(window)


def test_an_old_clip_is_not_offered(desk: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    clips.keep(desk, "L32", "words", "en", heard(1))
    monkeypatch.setattr(clips.Section, "digest", property(lambda one: "0" * 64))
    window = window_at(desk, "clips", leaflet="L32", tag="en")
    assert says(window, "Old: the text was changed since.")
    assert not says(window, "Listen: 1 second")
    done_with(window)


def test_the_script_is_a_paper(desk: OpenVault, qtbot: QtBot) -> None:
    window = window_at(desk, "clips", leaflet="L03", tag="ar")
    press(window, "Script to read aloud")
    rest(qtbot, window)
    assert isinstance(window.screen_shown, PagesScreen) and window.screen_shown.made is not None
    done_with(window)
