"""Sharing, hand-over, alert, contacts and complaint through real windows of two posts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from fieldkit.crypto.sealing import SealingKey
from fieldkit.domain.access import Role
from fieldkit.services import complaints, contacts, early_alert, hand_over, sharing
from fieldkit.services.origins import origins
from fieldkit.services.vault import OpenVault
from fieldkit.storage.complaints import SealedRecords
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.presenters.alert import AlertPage
from fieldkit.ui.screens.alert import AlertScreen
from fieldkit.ui.screens.complaint import ComplaintScreen
from fieldkit.ui.screens.contacts import ContactsScreen
from fieldkit.ui.screens.sharing import SharingScreen
from tests.stories.desks import only_as
from tests.stories.letters import ABROAD, POST_TO_POST, a_child_alone, know_each_other
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, screened
from tests.ui.desks import FEAR, done_with, new_desk, press, rest, settle, window_at
from tests.ui.looking import cut, find_button, nameless, says

At = Callable[..., MainWindow]
CALL = "+44 1632 960104"


@dataclass
class Two:
    """Two posts that know each other, and the stick between them."""

    river: OpenVault
    lake: OpenVault
    stick: Path
    adult: str
    child: str


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[Two]:
    place = tmp_path_factory.mktemp("letters")
    river = new_desk(place / "river", "River post (invented)")
    lake = new_desk(place / "lake", "Lake post (invented)")
    know_each_other(river, lake)
    adult = screened(river, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR).case
    stick = place / "stick"
    stick.mkdir()
    yield Two(river, lake, stick, adult, a_child_alone(river))
    river.close()
    lake.close()


@pytest.fixture
def at(two: Two, monkeypatch: pytest.MonkeyPatch) -> Iterator[At]:
    """Windows at a screen; whatever folder is asked for is the stick, whatever file the newest letter on it."""
    opened: list[MainWindow] = []

    def newest(_self: Any, _title: str, _kind: str) -> Path:
        return max(two.stick.glob("*.fk[lp]"), key=lambda path: path.stat().st_mtime_ns)

    monkeypatch.setattr(MainWindow, "ask_folder", lambda _self, _title: two.stick)
    monkeypatch.setattr(MainWindow, "ask_file", newest)

    def window(vault: OpenVault, screen: str, **arguments: Any) -> MainWindow:
        opened.append(window_at(vault, screen, **arguments))
        return opened[-1]

    yield window
    for one in opened:
        done_with(one)


def main(window: MainWindow) -> None:
    assert window.footer.main is not None
    window.footer.main.click()
    settle()


def test_a_person_is_handed_over_taken_over_and_confirmed(two: Two, at: At, qtbot: QtBot) -> None:
    window = at(two.river, "sharing", case=two.adult)
    press(window, two.lake.name)
    assert says(window, "Does the person agree") and not says(window, "This goes, and nothing else")
    press(window, "Yes")
    assert says(window, "Amaru Testperson") and says(window, "sealed, and this recipient does not get it")
    assert window.footer.main is not None and not window.footer.main.isEnabled()
    press(window, "Yes")
    assert says(window, "The person was told.")
    main(window)
    rest(qtbot, window)
    assert says(window, "Handed over, not yet confirmed.")

    there = at(two.lake, "hand_over")
    main(there)
    assert says(there, "Somebody is handed over to you") and says(there, "Amaru Testperson")
    main(there)
    assert says(there, "Taken over. The number here is") and two.lake.queries.case_count() == 1
    main(there)
    assert says(there, "The receipt was written")

    press(there, "What was told there")
    assert says(there, "Told at the other post.") and says(there, "Amaru Testperson")

    back = at(two.river, "hand_over")
    assert says(back, "not yet confirmed")
    main(back)
    assert says(back, "took over number")
    assert [one.confirmed is not None for one in hand_over.handed_over(two.river)] == [True]


def test_abroad_every_country_is_asked_and_child_protection_too(two: Two, at: At) -> None:
    window = at(two.river, "sharing", case=two.child)
    press(window, "Sample Care House abroad (invented)")
    press(window, "Yes")
    assert says(window, "nothing goes to another country")
    screen = window.screen_shown
    assert isinstance(screen, SharingScreen)
    for kind in screen.presenter.origins.unknown:
        screen.presenter.say_whole(kind, whole=True)
    window.show_again()
    settle()
    assert says(window, "Has child protection here agreed?")
    press(window, "Yes, they agreed on the telephone or here")
    assert says(window, "This goes, and nothing else")
    assert not two.river.queries.agreed("headquarters") & {two.child}
    assert origins(two.river, two.child).may_go_to("UG")


def test_a_child_goes_to_child_protection_at_once_and_is_told_afterwards(
    two: Two, at: At, qtbot: QtBot
) -> None:
    window = at(two.river, "sharing", case=two.child)
    press(window, "Sample Child Protection Desk (invented)")
    assert not says(window, "Does the person agree")
    main(window)
    rest(qtbot, window)
    assert says(window, "The person was not told yet.")
    assert [one.agreement for one in sharing.shares(two.river, two.child)] == ["child_protection"]


def test_a_country_is_found_by_its_name_and_closes_the_way(two: Two, at: At) -> None:
    window = at(two.river, "sharing", case=two.child)
    press(window, "Sample Care House abroad (invented)")
    screen = window.screen_shown
    assert isinstance(screen, SharingScreen)
    assert [one.code for one in screen.presenter.matches("ugan")] == ["UG"]
    kind = next(iter(screen.presenter.origins.named))
    screen.presenter.name_country(kind, "UG")
    window.show_again()
    settle()
    assert screen.presenter.asks_countries
    assert not origins(two.river, two.child).may_go_to("UG")


def test_an_alert_goes_to_the_other_post_and_stands_there_as_a_call(two: Two, at: At) -> None:
    window = at(two.river, "alert", case=two.child)
    assert says(window, "Call child protection first.") and says(window, "+44")
    main(window)
    screen = window.screen_shown
    assert isinstance(screen, AlertScreen) and screen.call is not None
    assert early_alert.alerts(two.river) == ()  # a number is missing, and that is said
    screen.call.line.setText(CALL)
    screen.call.line.textEdited.emit(CALL)
    settle()
    assert says(window, "12 to 14 years")
    main(window)
    assert says(window, "Bring a file to each:")
    there = at(two.lake, "hand_over")
    main(there)
    assert says(there, "Another post looks out for a child") and says(there, CALL)
    assert not says(there, "Saba")
    assert says(at(two.lake, "alert"), "From another post")


def test_a_childs_alert_is_a_call_and_the_next_number_comes_when_nobody_answers(two: Two, at: At) -> None:
    window = at(two.river, "alert", case=two.child)
    first, second = [one.name for one in AlertPage(two.river, two.child, "en").call_first][:2]
    press(window, "Nobody answered")
    assert says(window, "did not answer")
    press(window, "Somebody answered")
    screen = window.screen_shown
    assert isinstance(screen, AlertScreen)
    assert screen.asked is not None
    press(window, "Keep this call")
    assert says(window, "Write it down in a few words.") and len(screen.presenter.calls) == 1
    for field, value in zip(screen.asked, ("Duty Invented", "here, with Officer 1"), strict=True):
        field.line.setText(value)
    press(window, "Keep this call")
    assert says(window, "The child waits:") and screen.presenter.next_to_call is None
    made = [screen.presenter.service_name(call.service) for call in screen.presenter.calls]
    assert made == [first, second]


def test_a_contact_is_kept_only_after_its_words_were_compared(two: Two, at: At) -> None:
    third = contacts.typed("Invented Body", SealingKey.generate().recipient)
    window = at(two.river, "contacts")
    before = len(contacts.all_contacts(two.river))
    press(window, "Type the key of somebody without this program")
    screen = window.screen_shown
    assert isinstance(screen, ContactsScreen) and screen.name is not None and screen.key is not None
    screen.name.line.setText("Invented Body")
    screen.key.line.setText("age1wrong")
    press(window, "Show its words")
    assert says(window, "This is not the key of a recipient")
    screen.key.line.setText(third.file.recipient)
    press(window, "Show its words")
    assert all(says(window, word) for word in third.summary.words)
    press(window, "No, or not sure")
    assert says(window, "Nothing was kept.") and len(contacts.all_contacts(two.river)) == before
    screen.presenter.look_at_key("Invented Body", third.file.recipient)
    window.show_again()
    settle()
    press(window, "Yes, all ten")
    press(window, "Sample Asylum Desk (invented)")
    assert says(window, "Kept.") and len(contacts.all_contacts(two.river)) == before + 1
    press(window, "Write the contact file into a folder")
    assert (two.stick / "contact.fkp").is_file()


def test_a_complaint_is_sealed_and_the_program_locks(
    two: Two, at: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = new_desk(tmp_path / "counsel", "Counsel post (invented)")
    window = at(desk, "complaint")
    assert says(window, "+44") and says(window, "Complaints are not taken in an officer's session.")
    assert window.footer.main is None
    contacts.keep(desk, contacts.typed("Invented Ombudsman", SealingKey.generate().recipient))
    only_as(desk, Role.COUNSELLOR)
    window = at(desk, "complaint")
    screen = window.screen_shown
    assert isinstance(screen, ComplaintScreen) and screen.lines is not None
    screen.lines.setPlainText("x" * 9000)
    assert says(window, "signs too long for one record.")
    screen.lines.setPlainText("Somebody took my money.")
    locked: list[bool] = []
    monkeypatch.setattr(window.context, "lock", lambda *_why: locked.append(True))
    head = desk.journal.head(desk.stream)
    main(window)
    assert locked == [True] and screen.lines.toPlainText() == ""
    assert desk.journal.head(desk.stream) == head
    assert len(SealedRecords(desk.database).waiting()) == 1
    assert complaints.offer(desk).why_not == "complaint.session_has_one"
    desk.close()


def test_the_paper_to_complain_on_leaves_no_entry(two: Two, at: At, qtbot: QtBot) -> None:
    head = two.river.journal.head(two.river.stream)
    window = at(two.river, "complaint")
    press(window, "English")
    rest(qtbot, window)
    press(window, find_button(window, "Save as PDF").accessibleName())
    rest(qtbot, window)
    assert two.river.journal.head(two.river.stream) == head
    assert [path.name for path in two.stick.glob("*.pdf")] == ["paper.pdf"]


@pytest.mark.parametrize("screen", ["sharing", "hand_over", "contacts", "alert", "complaint"])
@pytest.mark.parametrize(("language", "scale"), [("ar", 200), ("fr", 100)])
def test_every_page_can_be_read_in_any_size_and_direction(
    two: Two, at: At, screen: str, language: str, scale: int
) -> None:
    arguments = {"case": two.child} if screen in {"sharing", "alert"} else {}
    window = at(two.river, screen, language=language, scale=scale, **arguments)
    assert nameless(window) == []
    assert list(cut(window)) == []
    if screen == "sharing":
        shown = window.screen_shown
        assert isinstance(shown, SharingScreen)
        for contact in shown.presenter.contacts:
            shown.presenter.choose(contact.id)
            window.show_again()
            settle()
            assert list(cut(window)) == [], contact.name
            assert nameless(window) == []


def test_nobody_known_says_what_to_do(two: Two, at: At, tmp_path: Path) -> None:
    real = new_desk(tmp_path / "real", "Real post (invented)", training=False)
    case = screened(real, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT).case
    window = at(real, "sharing", case=case)
    assert says(window, "No other post and no other office is known here yet.")
    press(window, "Other posts and offices")
    assert says(window, "Nobody is known here yet.")
    assert {ABROAD, POST_TO_POST}.isdisjoint({one.id for one in contacts.all_protocols(real)})
    real.close()
