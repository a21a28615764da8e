"""The cover: nothing of the work can be seen, read aloud or pasted; it all comes back by one's own six digits."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QToolTip, QVBoxLayout
from pytestqt.qtbot import QtBot

from fieldkit.domain.errors import FieldkitError
from fieldkit.services import cover, own_settings
from fieldkit.services.cover import IDLE_OFFERED, IDLE_USUAL
from fieldkit.services.vault import OpenVault
from fieldkit.ui.lock import clipboard
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.cover import CoverPage
from fieldkit.ui.screens.interview import InterviewScreen
from fieldkit.ui.screens.settings import SettingsScreen
from tests.stories.people import AGREED, IN_PRIVATE, NO_URGENT_NEED, answer_all, begin, ref_of
from tests.ui import interviewing, looking
from tests.ui.conftest import OpenWindow
from tests.ui.looking import cut, nameless, press, says

PIN, OTHER = "204816", "731905"
CANARY = "Zerwanna"


@pytest.fixture
def window(post: OpenVault, open_window: OpenWindow) -> MainWindow:
    cover.choose(post, PIN)
    return open_window(post)


def covered(window: MainWindow) -> CoverPage:
    QTest.keyClick(window, Qt.Key.Key_F9)
    QApplication.processEvents()
    assert window.cover_page is not None
    return window.cover_page


def write(page: CoverPage, digits: str) -> None:
    assert page.digits is not None
    page.digits.line.clear()
    QTest.keyClicks(page.digits.line, digits)
    QTest.keyClick(page.digits.line, Qt.Key.Key_Return)
    QApplication.processEvents()


def typing(window: MainWindow) -> InterviewScreen:
    """Somebody writes a name into an interview."""
    begun = begin(window.context.open_vault)
    answer_all(begun, NO_URGENT_NEED, IN_PRIVATE, AGREED)
    screen = interviewing.at_draft(window, begun.draft_id)
    interviewing.go(screen, begun.section_of(ref_of(begun, "name_told")))
    interviewing.write(interviewing.line_of(interviewing.card(screen, "name_told")), CANARY)
    return screen


def read_aloud(interface: QAccessibleInterface) -> Iterator[str]:
    """Everything a screen reader can reach below something, shown or not."""
    for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
        yield interface.text(kind)
    for place in range(interface.childCount()):
        child: QAccessibleInterface | None = interface.child(place)
        if child is not None and child.isValid():
            yield from read_aloud(child)


def whole_program() -> str:
    """What a screen reader finds in the program, from its root."""
    application = QApplication.instance()
    assert application is not None
    return "\n".join(read_aloud(QAccessible.queryAccessibleInterface(application)))


# What can be seen, heard, pasted


def test_the_cover_says_nothing_of_the_work(window: MainWindow, post: OpenVault) -> None:
    screen = typing(window)
    number = interviewing.led(screen).number
    assert CANARY in whole_program() and post.name in whole_program()
    covered(window)
    for telling in (CANARY, number, post.name, post.person.label, "nterview", "questions"):
        assert telling not in whole_program()
        assert not says(window, telling)
    assert window.windowTitle() == "fieldkit"
    assert set(looking.texts(window)) >= {
        "This screen is covered.",
        "Your six digits",
        "Back to work",
        "Lock",
    }


def test_the_picture_of_a_covered_window_is_the_same_whatever_is_below(
    window: MainWindow, post: OpenVault
) -> None:
    covered(window)
    over_home = window.grab().toImage()
    write_back(window)
    typing(window)
    covered(window)
    assert window.grab().toImage() == over_home, "what the system keeps as a thumbnail"


def write_back(window: MainWindow) -> None:
    assert window.cover_page is not None
    write(window.cover_page, PIN)
    assert not window.is_covered


def test_other_windows_of_the_program_go_too(qtbot: QtBot, window: MainWindow) -> None:
    menu, dialog = QMenu("Ahmed", window), QDialog(window)
    QVBoxLayout(dialog)
    qtbot.addWidget(dialog)
    menu.addAction(CANARY)
    dialog.show()
    menu.popup(window.mapToGlobal(window.rect().center()))
    QToolTip.showText(window.mapToGlobal(window.rect().center()), CANARY, window)
    window.cover()
    QApplication.processEvents()
    assert not menu.isVisible() and not dialog.isVisible()
    assert CANARY not in whole_program()


def test_what_was_copied_is_gone(window: MainWindow) -> None:
    clipboard.put(CANARY)
    covered(window)
    assert QApplication.clipboard().text() == ""


def test_what_another_program_copied_stays(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    held = QMimeData()
    held.setText("from elsewhere")
    QApplication.clipboard().setMimeData(held)
    monkeypatch.setattr(type(QApplication.clipboard()), "ownsClipboard", lambda _: False)
    covered(window)
    assert QApplication.clipboard().text() == "from elsewhere"


def test_what_is_done_behind_the_cover_stays_behind_it(window: MainWindow, post: OpenVault) -> None:
    page = covered(window)
    window.context.go("people")  # as work in the background does that has ended
    window.context.tell(CANARY)
    QApplication.processEvents()
    assert window.cover_page is page and page.isVisible()
    assert window.windowTitle() == "fieldkit"
    assert CANARY not in whole_program()
    write_back(window)
    assert window.context.navigation.here[0] == "people"
    assert says(window, CANARY)
    assert window.windowTitle() == f"fieldkit · {post.name}"


# The way back


def test_the_digits_bring_everything_back_as_it_was(window: MainWindow, post: OpenVault) -> None:
    screen = typing(window)
    line = interviewing.line_of(interviewing.card(screen, "name_told"))
    covered(window)
    ref = ref_of(interviewing.led(screen), "name_told")
    assert interviewing.on_disk(post, screen).session.value(ref) == CANARY, "what was typed is kept"
    write_back(window)
    assert interviewing.screen_of(window) is screen
    assert interviewing.line_of(interviewing.card(screen, "name_told")) is line
    assert line.isVisible() and line.text() == CANARY and line.hasFocus()


def test_a_covered_window_obeys_no_key_of_the_work(window: MainWindow) -> None:
    covered(window)
    for key in (Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_F4):
        QTest.keyClick(window, key)
    assert window.is_covered
    assert window.context.navigation.here[0] == "home"


def test_digits_of_any_script_count(window: MainWindow) -> None:
    page = covered(window)
    assert page.digits is not None
    page.digits.line.setText("٢٠٤٨١٦")
    page.do_main()
    assert not window.is_covered


def test_five_wrong_tries_lock_the_vault(window: MainWindow) -> None:
    page = covered(window)
    for left in (4, 3, 2, 1):
        write(page, OTHER)
        assert says(window, f"{left} more tr")
        assert page.digits is not None and page.digits.value == ""
    write(page, OTHER)
    assert window.context.vault is None
    assert not window.is_covered
    assert window.context.navigation.here[0] == "sign_in"


def test_the_right_digits_begin_the_tries_anew(window: MainWindow) -> None:
    for _ in range(2):
        page = covered(window)
        for _ in range(4):
            write(page, OTHER)
        write_back(window)
    assert window.context.vault is not None


def test_without_digits_the_way_back_is_to_sign_in(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    page = covered(window)
    assert page.digits is None
    press(window, "Lock and sign in")
    assert window.context.vault is None
    assert window.context.navigation.here[0] == "sign_in"


def test_the_button_covers_too_and_says_its_key(window: MainWindow) -> None:
    assert window.bar.cover is not None and window.bar.cover.toolTip() == "Cover (F9)"
    press(window, "Cover")
    assert window.is_covered


def test_nobody_covers_before_sign_in(open_window: OpenWindow) -> None:
    window = open_window()
    window.cover()
    assert not window.is_covered and window.bar.cover is None


def test_the_cover_is_whole_with_large_text(post: OpenVault, open_window: OpenWindow) -> None:
    cover.choose(post, PIN)
    page = covered(open_window(post, language="ar", scale=250))
    assert list(cut(page)) == []
    assert nameless(page) == []


# The digits


def test_weak_digits_are_refused(post: OpenVault) -> None:
    for weak in ("", "20481", "2048161", "000000", "123456", "987654", "20481a", "٢٠٤٨١٦"):
        with pytest.raises(FieldkitError, match="weak_digits"):
            cover.choose(post, weak)
        assert not cover.is_set(post)


def test_the_digits_lie_nowhere_as_they_are(post: OpenVault) -> None:
    cover.choose(post, PIN)
    cells = [
        cell
        for (table,) in post.database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        for row in post.database.rows(f"SELECT * FROM {table}")
        for cell in row
    ]
    assert cells
    assert not any(
        PIN in str(cell) or PIN.encode() in (cell if isinstance(cell, bytes) else b"") for cell in cells
    )


def test_the_same_digits_do_not_look_the_same(post: OpenVault) -> None:
    cover.choose(post, PIN)
    name = f"cover {post.person.id}"
    before = post.belongings.get(name)
    cover.choose(post, PIN)
    assert post.belongings.get(name) != before
    assert cover.fits(post, PIN) and not cover.fits(post, OTHER)


def test_a_tag_under_another_key_is_no_digits_at_all(post: OpenVault) -> None:
    cover.choose(post, PIN)
    name = f"cover {post.person.id}"
    held = post.belongings.get(name) or b""
    post.belongings.put(name, held[:16] + bytes(32) + held[48:])
    assert not cover.is_set(post), "after a new ring the digits are chosen anew"


# Settings


def settings(window: MainWindow) -> SettingsScreen:
    press(window, "Help")
    press(window, "Cover and lock")
    assert isinstance(window.screen_shown, SettingsScreen)
    return window.screen_shown


def test_digits_are_chosen_in_help(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = settings(window)
    assert window.footer.main is not None and not window.footer.main.isEnabled()
    assert screen.first and screen.again
    QTest.keyClicks(screen.first.line, PIN)
    QTest.keyClicks(screen.again.line, PIN)
    press(window, "Keep these six digits")
    assert says(window, "Your six digits are kept.")
    assert cover.fits(post, PIN)
    assert PIN not in "".join(looking.texts(window))


def test_a_slip_of_the_finger_is_told(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = settings(window)
    assert screen.first and screen.again
    QTest.keyClicks(screen.first.line, PIN)
    QTest.keyClicks(screen.again.line, OTHER)
    press(window, "Keep these six digits")
    assert "same digits" in window.error_shown
    assert not cover.is_set(post)


def test_an_administrator_chooses_the_minutes(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = settings(window)
    assert screen.minutes is not None and screen.minutes.values == (str(IDLE_USUAL),)
    screen.minutes.buttons["10"].click()
    assert cover.idle_minutes(post) == 10
    ((entry, _),) = post.journal.about(own_settings.about(post))
    assert (entry.kind, entry.actor) == ("setting.changed", post.person.id), "who let it lie open longer"


def test_who_is_no_administrator_sees_them_only(
    post: OpenVault, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OpenVault, "may", lambda *_: False)
    window = open_window(post)
    window.context.go("settings")
    screen = window.screen_shown
    assert isinstance(screen, SettingsScreen) and screen.minutes is not None
    assert not screen.minutes.isEnabled()
    assert says(window, "An administrator chooses this")


def test_only_what_is_offered_can_be_chosen(post: OpenVault) -> None:
    for minutes in (0, -1, 7, 10_000):
        assert minutes not in IDLE_OFFERED
        with pytest.raises(FieldkitError, match="not_offered"):
            cover.choose_idle_minutes(post, minutes)
        assert cover.idle_minutes(post) == IDLE_USUAL
