"""The first screen of somebody who interviews: who waits, in which order, and what can be read across the desk."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from fieldkit.domain.access import Role
from fieldkit.domain.ports import JsonObject
from fieldkit.domain.waiting import Limit
from fieldkit.services import households, intake, waiting
from fieldkit.services.households import How, Row
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import Change
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.home import HomeScreen
from fieldkit.ui.screens.household import HouseholdScreen
from fieldkit.ui.screens.surge import SurgeScreen
from fieldkit.ui.screens.waiting import WaitingScreen
from fieldkit.ui.screens.waiting_limits import WaitingLimitsScreen
from tests.stories.offices import clock_of
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, Told, answer_all, screened
from tests.ui.desks import done_with, press, rest, settle, window_at
from tests.ui.looking import nameless, says, texts

HIDDEN = ("first aid", "baby", "afraid", "doctor")
"""Words that would tell across the desk why somebody is urgent."""


def arrives(vault: OpenVault, *told: Told, language: str = "so") -> str:
    interview = waiting.arrive(vault, language, officer_language="en")
    answer_all(interview, *told)
    return intake.finish(vault, interview).case


def screen_of(window: MainWindow) -> HomeScreen:
    screen = window.screen_shown
    assert isinstance(screen, HomeScreen)
    return screen


def rows_of(window: MainWindow) -> list[str]:
    """The numbers in the queue from top to bottom."""
    return [made.accessibleName() for part in screen_of(window).rows for made in part.buttons.values()]


def buttons_named(window: MainWindow, name: str) -> int:
    shown = window.findChildren(QAbstractButton)
    return sum(made.isVisible() and made.accessibleName() == name for made in shown)


def number_of(vault: OpenVault, case: str) -> str:
    return vault.queries.cases_named([case])[0].number


def test_an_empty_desk_says_what_to_do(post: OpenVault) -> None:
    window = window_at(post, "home")
    assert says(window, "Nobody waits.")
    assert says(window, "Press Somebody arrived as soon as a person comes.")
    done_with(window)


def test_one_press_begins_with_what_is_needed_and_leads_back_to_the_queue(post: OpenVault) -> None:
    window = window_at(post, "home")
    press(window, "Somebody arrived")
    press(window, "Soomaali")
    assert window.context.navigation.here[0] == "interview"
    assert says(window, "Do you need a doctor or a nurse now?")
    (one,) = waiting.queue(post)
    press(window, "Pause")
    assert rows_of(window) == [one.number], "they wait from the press on"
    assert says(window, "interview not finished")
    assert buttons_named(window, one.number) == 1, "whoever waits stands there once"
    done_with(window)


def test_rows_say_at_once_and_see_alone_and_never_why(post: OpenVault) -> None:
    calm = arrives(post, NO_URGENT_NEED)
    afraid = arrives(post, {"urgent_safety": "yes", "urgent_medical": "yes"})
    clock_of(post).turn(minutes=1)
    labour = arrives(post, {"urgent_labour": "yes"})
    window = window_at(post, "home")
    assert rows_of(window) == [number_of(post, case) for case in (afraid, labour, calm)]
    assert says(window, "At once: 2")
    read = " ".join(text.lower() for text in texts(window))
    assert not [word for word in HIDDEN if word in read]
    (row,) = [made for part in screen_of(window).rows for made in part.buttons.values()][:1]
    assert row.accessibleDescription().startswith("See alone")
    assert nameless(window) == []
    done_with(window)


def test_who_waits_too_long_has_the_word_and_a_place_of_their_own(post: OpenVault) -> None:
    late = arrives(post, NO_URGENT_NEED)
    clock_of(post).turn(hours=25)
    early = arrives(post, NO_URGENT_NEED)
    window = window_at(post, "home")
    assert says(window, "Waiting too long: 1")
    assert says(window, "Waits too long · 1 day, 1 h, not screened yet")
    assert rows_of(window) == [number_of(post, late), number_of(post, early)]
    done_with(window)


def test_a_row_says_who_is_with_somebody_as_far_as_it_was_said(post: OpenVault) -> None:
    screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, {"alone": "no", "with_whom": "own_children"})
    arrives(post, NO_URGENT_NEED, {"people_together": "4", "children_together": "2"}, language="am")
    window = window_at(post, "home")
    assert says(window, "screened, not referred yet · My own children")
    assert says(window, "not screened yet · 4 people · 2 children")
    done_with(window)


def test_the_queue_is_looked_at_by_language_emergency_and_number(post: OpenVault) -> None:
    somali = arrives(post, NO_URGENT_NEED, language="so")
    amharic = arrives(post, {"urgent_medical": "yes"}, language="am")
    household = households.record(post, Row(4, 2, 0, ("ar",)))
    token = households.household_of(post, household).number
    begun = waiting.arrive(post, "ti", officer_language="en").number
    window = window_at(post, "home")
    press(window, "Find, or show only some")
    screen = screen_of(window)
    screen.filters["language"].buttons["so"].click()
    assert rows_of(window) == [number_of(post, somali)]
    assert buttons_named(window, begun) == 1, "what was begun is found also where its row is not shown"
    screen.filters["language"].buttons[""].click()
    assert begun in rows_of(window) and buttons_named(window, begun) == 1
    screen.filters["flag"].buttons["first_aid"].click()
    assert rows_of(window) == [number_of(post, amharic)]
    assert screen.number is not None
    screen.number.line.setText(token[:5])
    screen.number.line.textEdited.emit(token[:5])
    assert rows_of(window) == [token], "a token finds its household"
    screen.number.line.textEdited.emit("ZZZZ")
    assert says(window, "Nobody of these waits.")
    done_with(window)


def test_rows_are_opened_by_their_number_on_the_keyboard(post: OpenVault) -> None:
    arrives(post, {"urgent_medical": "yes"})
    second = arrives(post, NO_URGENT_NEED)
    window = window_at(post, "home")
    first = screen_of(window).rows[0]
    next(iter(first.buttons.values())).setFocus()
    assert not first.press(2), "the second row stands in another place"
    made = next(iter(screen_of(window).rows[1].buttons.values()))
    made.setFocus()
    QTest.keyClick(made, Qt.Key.Key_2)
    settle()
    assert window.context.navigation.here == ("waiting", {"about": f"case/{second}"})
    done_with(window)


def test_emergencies_stand_on_top_of_the_record_also_those_of_a_newer_program(post: OpenVault) -> None:
    household = households.record(post, Row(2, 0, 0, (), ("labour",)))
    newer: JsonObject = {
        "at": post.world.moment(),
        "people": 2,
        "children": 0,
        "children_alone": 0,
        "languages": [],
    }
    told = Change(
        f"household/{household}", "household.recorded", {**newer, "flags": ["labour", "something_newer"]}
    )
    post.journal.append_many(post.person.id, [told])
    window = window_at(post, "household", household=household)
    assert says(window, "A baby is coming")
    assert says(window, "Something urgent that this version of the program does not know: ")
    assert says(window, "something_newer")
    done_with(window)


def test_needs_are_met_or_not_and_nothing_waits_for_a_country(post: OpenVault, qtbot: QtBot) -> None:
    case = arrives(post, {"urgent_medical": "yes", "urgent_water": "yes"})
    window = window_at(post, "waiting", about=f"case/{case}")
    press(window, "Not done: A doctor or a nurse")
    screen = window.screen_shown
    assert isinstance(screen, WaitingScreen)
    press(window, "Keep the reason")
    assert says(window, "Write why, in a few words."), "a reason is asked for"
    QTest.keyClicks(window.focusWidget(), "the nurse comes at ten")
    press(window, "Keep the reason")
    assert says(window, "Could not be done: the nurse comes at ten")
    press(window, "Done: A doctor or a nurse")
    assert says(window, "A doctor or a nurse: done")
    assert not says(window, "Needs first aid")
    press(window, "To Sample Night Shelter (invented)")
    press(window, "No, or not sure")
    assert says(window, "referred to Sample Night Shelter (invented)"), "nobody is sent twice"
    assert says(window, "No paper is printed.") and says(window, "Sample Harbour 7 (invented)")
    press(window, "To Sample Night Shelter (invented)")
    press(window, "Yes")
    assert window.context.navigation.here[0] == "pages", "the slip, without a category or a country"
    rest(qtbot, window)
    window.context.navigation.back()
    press(window, "Show the slip")
    rest(qtbot, window)
    done_with(window)


def test_after_the_first_page_the_interview_begins_from_the_same_place(post: OpenVault) -> None:
    case = arrives(post, NO_URGENT_NEED)
    window = window_at(post, "waiting", about=f"case/{case}")
    press(window, "Begin the interview")
    assert window.context.navigation.here[0] == "interview"
    press(window, "Pause")
    assert waiting.queue(post)[0].number == number_of(post, case)
    window.context.go("waiting", about=f"case/{case}")
    settle()
    press(window, "Go on with the interview")
    assert len(intake.drafts(post)) == 1, "the same talk goes on"
    done_with(window)


def test_a_household_tells_nothing_of_what_its_members_said(post: OpenVault) -> None:
    told = {"fear_return": "yes", "reasons": "war"}
    sister = screened(post, NO_URGENT_NEED, {"private_place": "no"}).case
    brother = arrives(post, {"urgent_safety": "yes"})
    households.join(post, brother, f"case/{sister}", "sibling")
    window = window_at(post, "household", case=sister)
    assert says(window, number_of(post, brother))
    assert says(window, "not screened yet")
    read = " ".join(texts(window)).lower()
    for word in ("see alone", "afraid", "asylum", "sealed", *told):
        assert word not in read
    done_with(window)


def test_somebody_is_put_together_by_number_and_a_wrong_one_is_said(post: OpenVault) -> None:
    case = arrives(post, NO_URGENT_NEED)
    household = households.record(post, Row(3, 1, 0, ("so",)))
    window = window_at(post, "household", case=case)
    screen = window.screen_shown
    assert isinstance(screen, HouseholdScreen) and screen.number is not None
    screen.number.line.setText("ZZZZ-ZZZZ")
    press(window, "Put them together")
    assert says(window, "Nobody here has this number.")
    screen = window.screen_shown
    assert isinstance(screen, HouseholdScreen) and screen.number is not None
    screen.number.line.setText(households.household_of(post, household).number.lower())
    press(window, "Put them together")
    assert says(window, "Together with")
    assert [one.case for one in households.household_of(post, household).entered] == [case]
    done_with(window)


def test_a_row_that_cannot_be_is_refused_where_it_is_written(post: OpenVault) -> None:
    group = households.begin_group(post, How.BOAT)
    window = window_at(post, "surge", group=group)
    screen = window.screen_shown
    assert isinstance(screen, SurgeScreen)
    press(window, "Keep, next household")
    assert says(window, "Write a number.")
    screen.fields["people"].line.setText("2")
    screen.presenter.writing.people = "2"
    screen.fields["children"].line.setText("three")
    press(window, "Keep, next household")
    assert waiting.queue(post) == ()
    screen.fields["children"].line.setText("3")
    screen.presenter.writing.children = "3"
    press(window, "Keep, next household")
    assert says(window, "More children were written down than people.")
    settle()
    tops = {field.line.mapTo(window, QPoint()).y() for field in screen.fields.values()}
    assert len(tops) == 1, "the numbers stay beside each other"
    screen.fields["children"].line.setText("1")
    screen.presenter.writing.children = "1"
    press(window, "Keep, next household")
    assert says(window, "1 household, 2 people. Nobody of them is screened yet.")
    done_with(window)


def test_5000_people_of_one_boat_stand_in_the_queue_and_in_the_group(post: OpenVault) -> None:
    group = households.begin_group(post, How.BOAT, 5000)
    for number in range(200):
        households.record(post, Row(25, 9, int(number == 199), ("so",)), group)
    held = households.group_of(post, group)
    assert (len(held.households), households.people_of(post, held)) == (200, 5000)
    window = window_at(post, "home")
    assert len(rows_of(window)) == waiting.PAGE
    assert says(window, "50 of 200")
    assert rows_of(window)[0] == households.household_of(post, held.households[-1]).number
    press(window, "Show more")
    assert len(rows_of(window)) == 2 * waiting.PAGE
    done_with(window)
    surge = window_at(post, "surge", group=group)
    assert says(surge, "200 households, 5000 people.")
    done_with(surge)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.OFFICER])
def test_only_an_administrator_sets_limits_and_everybody_sees_whose_they_are(
    post: OpenVault, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = window_at(post, "waiting_limits")
    assert says(window, "A proposal. Nobody has answered for this number.")
    screen = window.screen_shown
    assert isinstance(screen, WaitingLimitsScreen)
    monkeypatch.setattr(post, "may", lambda _action: role is Role.ADMINISTRATOR)
    window.context.navigation.instead("waiting_limits")
    settle()
    shown = window.screen_shown
    assert isinstance(shown, WaitingLimitsScreen)
    assert shown.grids[Limit.SCREENING].isEnabled() is (role is Role.ADMINISTRATOR)
    shown.grids[Limit.SCREENING].buttons["8"].click()
    settle()
    assert says(window, "Chosen at this post.") is (role is Role.ADMINISTRATOR)
    done_with(window)


def test_what_brought_a_group_is_written_down_from_the_same_page(post: OpenVault) -> None:
    group = households.begin_group(post, How.BOAT)
    window = window_at(post, "surge", group=group)
    press(window, "About the boat or the group")
    press(window, "English")
    assert says(window, "Help first: look at everybody before you count.")
    done_with(window)
