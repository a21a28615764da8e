"""A coordinator makes a content pack through the window: three keys, a folder, two signatures; a lost key."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldkit.crypto.offline import OfflineKeys
from fieldkit.domain.access import Role
from fieldkit.services import pack_office, packs
from fieldkit.services.pack_office import KEY_FILE
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.widgets.field import Field
from tests.stories import offices
from tests.stories.desks import only_as
from tests.stories.offices import Office
from tests.stories.packs import PHRASES, phrases_cost_little
from tests.stories.test_packs_trust import source
from tests.ui.desks import done_with, press, rest, window_at
from tests.ui.looking import cut, find_button, nameless, says

__all__ = ["phrases_cost_little", "source"]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    founded = offices.found(tmp_path / "office", "Invented Border Service")
    keys: OfflineKeys = founded.offline
    monkeypatch.setattr(pack_office, "open_offline", lambda content, phrase: keys)
    yield founded
    founded.vault.close()


class At:
    """The page, and what is picked in its dialogs."""

    def __init__(self, office: Office, qtbot: QtBot, patch: pytest.MonkeyPatch) -> None:
        self.window: MainWindow = window_at(office.vault, "make_pack")
        self.picked = Path()
        self._qtbot = qtbot
        patch.setattr(self.window, "ask_folder", lambda title: self.picked)
        patch.setattr(self.window, "ask_file", lambda title, kind: self.picked)

    def pick(self, path: Path, name: str) -> None:
        self.picked = path
        self.press(name)

    def press(self, name: str) -> None:
        press(self.window, name)
        rest(self._qtbot, self.window)

    def write(self, label: str, text: str) -> None:
        (field,) = [
            one
            for one in self.window.findChildren(Field)
            if one.isVisible() and one.line.accessibleName() == label
        ]
        field.line.clear()
        self._qtbot.keyClicks(field.line, text)


def test_from_three_keys_to_a_pack_in_force(
    office: Office, source: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = At(office, qtbot, monkeypatch)
    for place in range(3):
        stick = tmp_path / f"key-{place}"
        stick.mkdir()
        at.pick(stick, "Choose the stick for the new key")
        at.write("Phrase of this key", PHRASES[place])
        at.press("Make the key")
        assert (stick / KEY_FILE).is_file()
    at.pick(office.stick / "headquarters-keys.age", "Choose the file on the stick")
    at.write("Phrase of the offline keys", "any phrase")
    at.press("Name the three keys")
    assert says(at.window, "The keys are named.")
    assert nameless(at.window) == []
    assert list(cut(at.window)) == []
    at.press("Check it and lay it out")
    assert "Choose the folder with the content first." in at.window.error_shown
    at.pick(source, "Choose the folder with the content")
    at.press("Check it and lay it out")
    assert says(at.window, "Write a title.")
    at.write("Title", "Spring content")
    at.write("In force from", "soon")
    at.press("Check it and lay it out")
    assert says(at.window, "Write the day as day, month, year")
    at.write("In force from", "2026-03-02")
    out = tmp_path / "out"
    out.mkdir()
    at.pick(out, "Check it and lay it out")
    assert says(at.window, "Now two people sign it.")
    for place in (0, 2):
        at.pick(tmp_path / f"key-{place}" / KEY_FILE, "Choose the key on your stick")
        at.write("Phrase of your key", PHRASES[place])
        at.press("Sign this pack")
    assert says(at.window, "Two people have signed pack 1.")
    state = packs.state(office.vault)
    assert state.in_force is not None
    assert state.in_force.title == "Spring content"
    done_with(at.window)
    lost_key(At(office, qtbot, monkeypatch), office, tmp_path)


def lost_key(at: At, office: Office, tmp_path: Path) -> None:
    """The stick of the second person is gone; a fourth key takes its place."""
    before = pack_office.signing_keys(office.vault)
    at.press("A key was lost")
    at.press(f"Key {before[0]}")
    stick = tmp_path / "key-3"
    stick.mkdir()
    at.pick(stick, "Choose the stick for the new key")
    at.write("Phrase of this key", PHRASES[3])
    at.press("Replace the key")
    assert says(at.window, "signs from the next pack on")
    done_with(at.window)


def test_content_that_cannot_be_used_is_told_and_nothing_is_laid_out(
    office: Office, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack_office, "signing_keys", lambda vault: ("a", "b", "c"))
    at = At(office, qtbot, monkeypatch)
    (tmp_path / "content").mkdir()
    at.pick(tmp_path / "content", "Choose the folder with the content")
    at.write("Title", "Nothing")
    at.pick(tmp_path, "Check it and lay it out")
    assert at.window.screen_shown is not None
    assert not list(tmp_path.glob("fieldkit-pack-*"))
    at.pick(tmp_path / "content", "Sign a pack that is laid out")
    assert says(at.window, "This folder holds no content pack.")
    done_with(at.window)


def test_an_administrator_makes_no_packs(office: Office) -> None:
    window = window_at(only_as(office.vault, Role.ADMINISTRATOR), "make_pack")
    assert says(window, "Somebody with the role of coordinator makes content packs.")
    with pytest.raises(AssertionError):
        find_button(window, "Make the key")
    done_with(window)
