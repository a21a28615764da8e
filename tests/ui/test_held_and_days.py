"""People who are held, papers of authorities, time to think: through the real windows."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLineEdit

from fieldkit.domain.access import Role
from fieldkit.domain.locks import What
from fieldkit.services import held_people, measures, permits
from fieldkit.services.measures import Happening
from fieldkit.services.vault import OpenVault
from fieldkit.ui.context import interface_words
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.presenters.case import CaseFilePage
from fieldkit.ui.presenters.due import DuePage
from tests.stories import offices
from tests.stories.desks import only_as, sets_days
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, screened
from tests.ui.conftest import At
from tests.ui.desks import new_desk, press
from tests.ui.looking import cut, nameless, says


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    vault = new_desk(tmp_path_factory.mktemp("held"), "River post (invented)")
    yield vault
    vault.close()


@pytest.fixture(scope="module")
def case(desk: OpenVault) -> str:
    return screened(desk, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT).case


def looks_right(window: MainWindow) -> None:
    assert nameless(window) == []
    assert list(cut(window)) == []


def write(window: MainWindow, name: str, text: str) -> None:
    found = [line for line in window.findChildren(QLineEdit) if line.isVisible()]
    (line,) = [line for line in found if line.accessibleName() == name]
    line.setText(text)


def test_somebody_who_is_held_is_written_on_from_the_register(desk: OpenVault, at: At, case: str) -> None:
    since = desk.world.today().isoformat()
    measure = measures.record_happened(desk, case, Happening(What.DETENTION, since)).measure
    young = screened(desk, NO_URGENT_NEED, IN_PRIVATE, AGREED, {"age_years": "15"}).case
    measures.record_happened(desk, young, Happening(What.DETENTION, since))
    window = at(desk, "home")
    press(window, "People who are held")
    assert says(window, "1 of them is or may be a child.") and says(window, "Call child protection")
    assert says(window, "Held for 0 days") and says(window, "Not told")
    looks_right(window)
    window = at(desk, "holding", case=case, measure=measure)
    press(window, "Whom the person could speak to")
    press(window, "A lawyer or legal help")
    press(window, "No, it was asked for and not possible")
    press(window, "Keep this")
    assert says(window, "could not speak")
    press(window, "Why, and who answers for it")
    press(window, "Entry or stay without papers")
    write(window, "Who answers for it?", "Office of entries (invented)")
    press(window, "Keep this")
    assert says(window, "Because of entry or stay")
    looks_right(window)
    press(window, "It has ended")
    press(window, "The person left by themselves")
    press(window, "Keep this")
    (one,) = held_people.of_case(desk, case)
    assert (one.until, one.how, one.grounds) == (since, "left", ("entry",))


def test_a_paper_of_an_authority_is_kept_renewed_and_reminded_of(desk: OpenVault, at: At, case: str) -> None:
    window = at(desk, "permits", case=case)
    press(window, "Humanitarian visa")
    press(window, "Keep this paper")
    assert says(window, "The last day is missing") and not permits.permits(desk, case)
    write(window, "Last day", "09.03.2026")
    write(window, "Its number", "X-77 (invented)")
    press(window, "Keep this paper")
    assert says(window, "in 7 days") and says(window, "X-77")
    looks_right(window)
    window = at(desk, "follow_up")
    assert says(window, "A paper of an authority: its last day is") and not says(window, "X-77")
    assert not says(window, "Humanitarian")
    looks_right(window)
    words = interface_words("en")
    reminded = (CaseFilePage(desk, case, words).last_days, DuePage(desk).last_days)
    assert [one.days for found in reminded for one in found] == [7, 7], "on the case and among what is due"
    window = at(desk, "permits", case=case)
    press(window, "There is a newer one")
    found = [line for line in window.findChildren(QLineEdit) if line.accessibleName() == "Last day"]
    found[0].setText("09.03.2027")  # the one below is for another paper
    press(window, "Keep the newer one")
    assert [one.over for one in permits.permits(desk, case)] == ["renewed", ""]
    assert permits.last_days(desk) == ()


def test_time_to_think_is_wished_and_ended_on_the_page_of_plans(desk: OpenVault, at: At, case: str) -> None:
    window = at(desk, "measures", case=case)
    press(window, "The person wishes time")
    assert says(window, "It lasts until the person says that they want no more.")
    sets_days(desk, "think,*,7,Invented decree,,,")
    window = at(desk, "measures", case=case)
    assert says(window, "Nobody plans a return before") and says(window, "No lawyer and no office in charge")
    looks_right(window)
    press(window, "The person wants no more time")
    write(window, "How did the person say it?", "came to the desk and said it")
    press(window, "Keep this")
    assert says(window, "The person wishes time")
    desk.content_changed()


def test_time_to_rest_is_told_on_the_page_of_plans_and_ended_by_the_persons_word(
    desk: OpenVault, at: At
) -> None:
    case = screened(desk, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT).case
    window = at(desk, "permits", case=case)
    press(window, "Time to rest and think, given by an authority")
    write(window, "Last day", "31.13.2026")
    press(window, "Keep this paper")
    assert says(window, "The last day is missing"), "a day that is none is not no day"
    write(window, "Last day", "")
    press(window, "Keep this paper")
    assert says(window, "No last day is written down.")
    window = at(desk, "measures", case=case, language="ar", scale=200)
    looks_right(window)
    window = at(desk, "measures", case=case)
    assert says(window, "It lasts until the person says that they want no more of it.")
    press(window, "Plan something")
    press(window, "Brought to another country")
    assert says(window, "Whom an authority gave time to rest takes no step back while it lasts.")
    window = at(desk, "permits", case=case)
    press(window, "Do not remind of it")
    press(window, "It was written down by mistake")
    write(window, "What was the mistake?", "a slip")
    press(window, "Keep this")
    assert says(window, "has to be said by somebody else")
    press(window, "Cancel")
    press(window, "Do not remind of it")
    press(window, "It is not needed any more")
    press(window, "Keep this")
    assert says(window, "Write it in a few words.")
    write(window, "How did the person say it?", "she came to the desk and said it")
    press(window, "Keep this")
    assert not says(at(desk, "measures", case=case), "Time to rest, given by an authority")


def test_a_monitor_at_headquarters_has_one_page(tmp_path_factory: pytest.TempPathFactory, at: At) -> None:
    office = offices.found(tmp_path_factory.mktemp("office"), "Invented Office of the Coast")
    window = at(only_as(office.vault, Role.MONITOR), "long_held")
    assert says(window, "Nobody is told of as held.") and says(window, "the list only sorts by days")
    assert says(window, "Held for long") and not says(window, "Exchange")
    looks_right(window)
    office.vault.close()
