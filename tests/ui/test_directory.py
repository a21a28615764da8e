"""The contacts of a place: what must be there before one is kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.services import directory
from fieldkit.services.vault import OpenVault
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.presenters.directory import Entry
from fieldkit.ui.screens.directory import DirectoryScreen
from tests.ui.desks import done_with, new_desk, press, settle, window_at
from tests.ui.looking import nameless, says


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[OpenVault]:
    made = new_desk(tmp_path, "Wadi crossing (invented)", training=False)
    yield made
    made.close()


def page(window: MainWindow) -> DirectoryScreen:
    assert isinstance(window.screen_shown, DirectoryScreen)
    return window.screen_shown


def write(window: MainWindow, **fields: str) -> None:
    for name, text in fields.items():
        line = page(window).fields[name].line
        line.setText(text)
        line.textEdited.emit(text)


def test_a_contact_is_written_kept_and_listed(vault: OpenVault) -> None:
    window = window_at(vault, "directory")
    assert says(window, "5 of the first five contacts are still missing.")
    press(window, "Enter a contact")
    write(
        window,
        name="Test Asylum Desk (invented)",
        name_on_paper="Office 2",
        phone="+44 1632 960102",
        place="Test Square 2",
        hours="08:00-16:00",
    )
    page(window).grids["categories"].buttons["C01"].click()
    press(window, "Keep this contact")
    settle()
    assert says(window, "Test Asylum Desk (invented)")
    assert says(window, "4 of the first five contacts are still missing.")
    (kept,) = directory.all_services(vault)
    assert (kept.categories, kept.name_on_paper, kept.verified) == (("C01",), "Office 2", vault.world.today())
    done_with(window)


def test_what_is_missing_is_said_beside_its_line(vault: OpenVault) -> None:
    window = window_at(vault, "directory", entry=Entry())
    assert nameless(window) == []
    press(window, "Keep this contact")
    assert says(window, "Write the name of the service.")
    assert says(window, "Write a name that may stand on paper.")
    assert directory.all_services(vault) == ()
    done_with(window)


def test_a_secret_address_is_never_kept_and_needs_a_phone(vault: OpenVault) -> None:
    window = window_at(vault, "directory", entry=Entry(categories=("C13",)))
    write(window, name="Test House (invented)", name_on_paper="House 4", place="Hidden Lane 9")
    hidden = page(window).hidden
    assert hidden is not None
    hidden.click()
    assert not page(window).fields["place"].isVisible()
    press(window, "Keep this contact")
    assert says(window, "The address is secret, so only the phone leads there.")
    write(window, phone="+44 7700 900104")
    press(window, "Keep this contact")
    (kept,) = directory.all_services(vault)
    assert (kept.hidden_address, kept.place) == (True, "")
    done_with(window)


def test_a_contact_can_be_changed(vault: OpenVault) -> None:
    entry = Entry(name="Test Clinic (invented)", name_on_paper="House 1", phone="1", categories=("C11",))
    window = window_at(vault, "directory")
    page(window).presenter.save(entry)
    window.show_again()
    settle()
    press(window, "Change")
    write(window, phone="+44 1632 960101")
    press(window, "Keep this contact")
    assert [kept.phone for kept in directory.all_services(vault)] == ["+44 1632 960101"]
    done_with(window)
