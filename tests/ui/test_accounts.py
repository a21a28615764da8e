"""Accounts, one's own phrase, and the phrase that must be changed: through the windows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.access import Role
from fieldkit.services import people
from fieldkit.services.people import NewAccount
from fieldkit.services.vault import OpenVault, SignIn
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.account import AccountScreen
from fieldkit.ui.screens.add_account import AddAccountScreen
from fieldkit.ui.screens.phrase import PhraseScreen
from tests.conftest import PHRASE, MakeVault
from tests.ui.conftest import OpenWindow, settle
from tests.ui.desks import press
from tests.ui.looking import cut, line, nameless, says
from tests.worlds import world

BILALS, NEW = "vessel room friend occur push shock", "harvest violin cotton summer ladder paper"


@pytest.fixture
def vault(make_vault: MakeVault) -> OpenVault:
    """Bilal is here too."""
    made = make_vault()
    people.add(made, NewAccount("Bilal", frozenset({Role.OFFICER}), BILALS, own_phrase=True))
    return made


@pytest.fixture
def window(vault: OpenVault, open_window: OpenWindow) -> Iterator[MainWindow]:
    yield open_window(vault=vault)


def write(window: MainWindow, text: str) -> None:
    edit: QLineEdit = line(window)
    edit.setText(text)
    edit.textEdited.emit(text)


def again(vault: OpenVault, person: str, phrase: str) -> OpenVault:
    """Somebody signs in."""
    return SignIn(vault.folder, world(f"{person} again"), FOR_TESTS).open(person, phrase)


def test_somebody_new_gets_a_phrase_that_lets_in_once(
    qtbot: QtBot, window: MainWindow, vault: OpenVault, open_window: OpenWindow
) -> None:
    window.context.go("help")
    press(window, "Accounts")
    assert says(window, "Bilal") and says(window, "Officer One (you)")
    press(window, "Add somebody")
    press(window, "Continue")
    assert says(window, "Write what others call them at work.")
    write(window, "Clara")
    press(window, "Continue")
    press(window, "counsellor")
    press(window, "Continue")
    press(window, "I write one down for them")
    press(window, "Continue")
    screen = window.screen_shown
    assert isinstance(screen, AddAccountScreen) and screen.choose is not None
    words = screen.choose.chosen
    assert all(says(window, word) for word in words.split())
    press(window, "Make the account")
    settle(qtbot, window)
    assert says(window, "Clara stands at sign-in from now on.")
    assert not any(says(window, word) for word in words.split()), "shown once"
    press(window, "Back to the accounts")
    assert says(window, "counsellor · must choose a new phrase")
    clara = next(one.id for one in people.accounts(vault) if one.label == "Clara")
    window.context.lock()
    settle(qtbot, window)
    # At her first sign-in nothing else is there before she has chosen her own.
    hers = open_window(vault=again(vault, clara, words))
    assert hers.context.navigation.here[0] == "first_phrase"
    assert says(hers, "Somebody else has seen the phrase") and not hers.rail.isVisible()
    press(hers, "Write my own phrase")
    write(hers, words)
    press(hers, "Continue")
    write(hers, words)
    press(hers, "Use this phrase")
    settle(qtbot, hers)
    assert says(hers, "This is the phrase that somebody else knows already.")
    press(hers, "Write my own phrase")
    write(hers, NEW)
    press(hers, "Continue")
    write(hers, NEW)
    press(hers, "Use this phrase")
    settle(qtbot, hers)
    assert hers.context.navigation.here[0] == "home"
    assert hers.rail.isVisible() and says(hers, "Information"), "now her places are there"
    hers.context.lock()
    again(vault, clara, NEW).close()


def test_one_changes_ones_own_phrase(qtbot: QtBot, window: MainWindow, vault: OpenVault) -> None:
    me = vault.person.id
    window.context.go("help")
    press(window, "Change my phrase")
    press(window, "Continue")
    assert says(window, "Say why first.")
    press(window, "I want another one")
    write(window, "not my phrase at all here")
    press(window, "Continue")
    screen = window.screen_shown
    assert isinstance(screen, PhraseScreen)
    offered = screen.choose.chosen
    press(window, "Continue")
    write(window, offered)
    press(window, "Use this phrase")
    settle(qtbot, window)
    assert says(window, "This phrase does not open the vault.")
    write(window, PHRASE)
    press(window, "Continue")
    offered = screen.choose.chosen
    press(window, "Continue")
    write(window, offered)
    press(window, "Use this phrase")
    settle(qtbot, window)
    assert window.context.navigation.here[0] == "home"
    window.context.lock()
    again(vault, me, offered).close()


def test_who_leaves_is_ended_with_a_new_key(qtbot: QtBot, window: MainWindow, vault: OpenVault) -> None:
    me = vault.person.id
    window.context.go("accounts")
    press(window, "Bilal")
    press(window, "End this account")
    assert says(window, "The whole vault is written anew under a new key.")
    press(window, "End the account and change the key")
    settle(qtbot, window)
    assert says(window, "The vault has a new key")
    assert says(window, "No copy is known that opens")
    press(window, "Sign in again")
    settle(qtbot, window)
    assert window.context.navigation.here[0] == "sign_in"
    assert not says(window, "Bilal")
    mine = again(vault, me, PHRASE)
    assert people.left(mine) == ("Bilal",)
    mine.close()


def test_work_and_name_are_kept_and_the_last_administrator_stays(
    window: MainWindow, vault: OpenVault
) -> None:
    window.context.go("accounts")
    press(window, "Bilal")
    write(window, "Bilal H.")
    press(window, "health worker")
    press(window, "Keep name and work")
    assert says(window, "Kept.")
    assert {one.label: one.roles for one in people.accounts(vault)}["Bilal H."] == {
        Role.OFFICER,
        Role.HEALTH_WORKER,
    }
    press(window, "New phrase at the next sign-in")
    assert says(window, "They must choose a new phrase at the next sign-in.")
    window.context.back()
    press(window, "Officer One (you)")
    press(window, "administrator")
    press(window, "Keep name and work")
    assert "Nobody would be left who looks after the accounts." in window.error_shown


def test_a_suspected_phrase_is_replaced(qtbot: QtBot, window: MainWindow, vault: OpenVault) -> None:
    bilal = next(one.id for one in people.accounts(vault) if one.label == "Bilal")
    window.context.go("account", person=bilal)
    press(window, "Somebody may know their phrase")
    screen = window.screen_shown
    assert isinstance(screen, AccountScreen) and screen.choose is not None
    words = screen.choose.chosen
    press(window, "I have written it down")
    settle(qtbot, window)
    assert says(window, "The vault has a new key")
    window.context.lock()
    his = again(vault, bilal, words)
    assert his.phrase_due
    his.close()


@pytest.mark.parametrize(("language", "scale"), [("en_XA", 200), ("ar_XB", 250)])
def test_nothing_is_cut_and_everything_has_a_name(
    qtbot: QtBot, vault: OpenVault, open_window: OpenWindow, language: str, scale: int
) -> None:
    window = open_window(vault=vault, language=language, scale=scale)
    bilal = next(one.id for one in people.accounts(vault) if one.label == "Bilal")
    for place, arguments in (
        ("accounts", {}),
        ("account", {"person": bilal}),
        ("add_account", {}),
        ("phrase", {}),
        ("wipe", {}),
    ):
        window.context.go(place, **arguments)
        settle(qtbot, window)
        assert list(cut(window)) == [], place
        assert nameless(window) == [], place


def test_an_officer_finds_no_way_to_the_accounts(vault: OpenVault, open_window: OpenWindow) -> None:
    bilal = next(one.id for one in people.accounts(vault) if one.label == "Bilal")
    vault.close()
    window = open_window(vault=again(vault, bilal, BILALS))
    window.context.go("accounts")
    assert says(window, "Somebody with the role of administrator looks after the accounts.")
    window.context.go("help")
    assert not says(window, "Accounts") and says(window, "Change my phrase")


def test_the_folder_of_the_tests_holds_no_phrase(vault: OpenVault, tmp_path: Path) -> None:
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"vessel" not in content and b"harvest" not in content
