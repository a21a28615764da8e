"""The library: every leaflet in every language, with how far its text can be trusted."""

from pytestqt.qtbot import QtBot

from fieldkit.services.vault import OpenVault
from fieldkit.ui.screens.directory import DirectoryScreen
from fieldkit.ui.screens.information import InformationScreen
from fieldkit.ui.screens.pages import PagesScreen
from tests.ui.desks import done_with, press, rest, window_at
from tests.ui.looking import line, nameless, says


def test_languages_stand_in_their_own_script_with_their_status(post: OpenVault) -> None:
    window = window_at(post, "information")
    screen = window.screen_shown
    assert isinstance(screen, InformationScreen)
    for name in ("English", "Français", "العربية", "ትግርኛ", "Soomaali"):
        assert says(window, name)
    assert says(window, "the text as it was written")
    assert says(window, "draft: no speaker has reviewed it")
    assert says(window, "L01 · version")
    assert nameless(window) == []
    done_with(window)


def test_a_leaflet_is_found_by_a_word_of_its_title_in_any_language(post: OpenVault) -> None:
    window = window_at(post, "information")
    screen = window.screen_shown
    assert isinstance(screen, InformationScreen)
    assert len(screen.cards) > 1
    for typed in ("l01", "ASYLUM here", "asile"):
        line(window).setText(typed)
        assert screen.cards["L01"].isVisible()
        assert not screen.cards["L03"].isVisible()
    line(window).setText("no such word")
    assert says(window, "No leaflet has these words in its title.")
    assert not any(card.isVisible() for card in screen.cards.values())
    line(window).clear()
    assert all(card.isVisible() for card in screen.cards.values())
    assert nameless(window) == []
    done_with(window)


def test_one_press_shows_the_real_pages(post: OpenVault, qtbot: QtBot) -> None:
    window = window_at(post, "information")
    press(window, "العربية")
    rest(qtbot, window)
    screen = window.screen_shown
    assert isinstance(screen, PagesScreen)
    assert screen.paper.file_name == "leaflet-L01-ar.pdf"
    assert screen.made is not None
    window.context.back()
    assert isinstance(window.screen_shown, InformationScreen)
    done_with(window)


def test_the_contacts_that_leaflets_name_are_one_press_away(post: OpenVault) -> None:
    window = window_at(post, "information")
    press(window, "Contacts of this place")
    assert isinstance(window.screen_shown, DirectoryScreen)
    assert window.rail.buttons["information"].isChecked()
    done_with(window)
