"""Pages on which people decide about what others wrote: differences, a second person, closing, histories."""

from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from fieldkit.content.directory import Service
from fieldkit.domain.access import Role
from fieldkit.domain.outcome import Verdict
from fieldkit.services import (
    answer_history,
    closing,
    correcting,
    differences,
    directory,
    intake,
    refer,
    second_person,
)
from fieldkit.services.case_file import read_case
from fieldkit.services.directory import record_service, seen
from fieldkit.services.intake import Finished
from fieldkit.services.vault import OpenVault
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.case import CaseScreen
from fieldkit.ui.screens.conflicts import ConflictsScreen
from fieldkit.ui.screens.directory import DirectoryScreen
from fieldkit.ui.screens.history import HistoryScreen
from fieldkit.ui.screens.reasons import ReasonsScreen
from fieldkit.ui.screens.second_person import SecondPersonScreen
from tests.stories.desks import sits_down
from tests.ui.desks import afraid, done_with, press, settle, window_at
from tests.ui.looking import cut, line, nameless, says, texts

CLINIC = Service(
    "5e" * 16,
    "River clinic (invented)",
    "House 4",
    ("health",),
    ("C11",),
    ("ti",),
    "08:00-16:00",
    "beside the well",
    False,
    "+44 1632 960101",
    date(2026, 3, 2),
)
NAME = "/data/person/name_told"
CLEARED = (Role.COUNSELLOR, Role.HEALTH_WORKER, Role.CHILD_PROTECTION)


def two_phones(vault: OpenVault) -> None:
    record_service(vault, CLINIC)
    on_screen = seen(vault, CLINIC.id)
    for number in (102, 103):
        record_service(vault, replace(CLINIC, phone=f"+44 1632 960{number}"), on_screen, beside=True)


def decided(vault: OpenVault) -> Finished:
    done = afraid(vault, person="ti")
    for one in refer.suggestions(vault, done.case):
        if one.verdict is Verdict.YES:
            refer.confirm(vault, done.case, one.category, one.rule)
    return done


def screen_of(window: MainWindow) -> object:
    return window.screen_shown


def looks_right(window: MainWindow) -> None:
    assert nameless(window) == []
    assert list(cut(window)) == []


def test_a_notice_leads_to_the_differences_and_a_decision_settles_them(post: OpenVault, qtbot: QtBot) -> None:
    two_phones(post)
    window = window_at(post, "home")
    assert says(window, "In 1 place two people wrote something different.")
    press(window, "Look at the differences")
    assert isinstance(screen_of(window), ConflictsScreen)
    for part in ("River clinic", "Phone", "960102", "960103", "all of them are kept to"):
        assert says(window, part)
    looks_right(window)
    press(window, "This one is right")
    press(window, "Keep this decision")
    assert says(window, "Write how you know, in a few words.")
    line(window).setText("called there today")
    press(window, "Keep this decision")
    assert differences.differences(post) == ()
    assert says(window, "Nothing differs.")
    done_with(window)


def test_whoever_may_not_decide_sees_none_of_it(post: OpenVault, qtbot: QtBot) -> None:
    two_phones(post)
    sits_down(post, "Officer Two", Role.OFFICER)
    window = window_at(post, "home")
    assert not says(window, "something different")
    window.context.go("conflicts")
    settle()
    assert says(window, "1 more waits for somebody who may decide on it.")
    assert not says(window, "960102")
    done_with(window)


def test_the_editor_of_a_contact_shows_what_somebody_else_wrote_meanwhile(
    post: OpenVault, qtbot: QtBot
) -> None:
    record_service(post, CLINIC)
    window = window_at(post, "directory")
    page = screen_of(window)
    assert isinstance(page, DirectoryScreen)
    entry = page.presenter.edit(next(one for one in page.presenter.services if one.id == CLINIC.id))
    window.context.go("directory", entry=entry)
    settle()
    record_service(post, replace(CLINIC, phone="+44 1632 960102"), seen(post, CLINIC.id))
    page = screen_of(window)
    assert isinstance(page, DirectoryScreen)
    page.fields["phone"].line.setText("+44 1632 960103")
    entry.phone = "+44 1632 960103"
    press(window, "Keep this contact")
    for part in ("Somebody else changed this", "960102", "960103", "Officer One"):
        assert says(window, part)
    looks_right(window)
    press(window, "Mine is right")
    assert [one.phone for one in directory.all_services(post) if one.id == CLINIC.id] == ["+44 1632 960103"]
    assert differences.differences(post) == ()
    done_with(window)


def test_a_case_is_closed_and_opened_again_from_its_page(post: OpenVault, qtbot: QtBot) -> None:
    done = decided(post)
    window = window_at(post, "outcome", case=done.case)
    press(window, "The case")
    assert isinstance(screen_of(window), CaseScreen)
    looks_right(window)
    press(window, "Close the case")
    line(window).setText("the asylum office has her")
    press(window, "The help that was needed was given")
    press(window, "Close it with this reason")
    assert read_case(post.journal, done.case).is_closed
    assert says(window, "This case is closed.")
    press(window, "Show everything that happened")
    assert says(window, "the asylum office has her")
    told = [
        text for text in texts(window) if text.endswith("The rules suggested something, or could not tell.")
    ]
    assert len(told) == 1 and "×" in told[0], "what is alike in one minute stands once, with how often"
    looks_right(window)
    press(window, "Open it again")
    line(window).setText("she came back")
    press(window, "Open it with this reason")
    assert not read_case(post.journal, done.case).is_closed
    done_with(window)


def test_a_correction_of_a_closed_case_waits_for_another_person(post: OpenVault, qtbot: QtBot) -> None:
    done = decided(post)
    closing.close_case(post, done.case, closing.Because.HELPED, "the office has her")
    interview = correcting.correct(post, f"case/{done.case}", done.instance_id)
    interview.answer(NAME, "Amaru Otherperson")
    interview.give_reason(NAME, "written down wrongly")
    window = window_at(post, "home")
    window.context.go("reasons", draft=interview.draft_id)
    settle()
    press(window, "Keep the correction")
    assert says(window, "Another person has to agree")
    window.context.go("second_person")
    settle()
    assert isinstance(screen_of(window), SecondPersonScreen)
    assert says(window, "Another person who may decide on this has to look at it.")
    done_with(window)
    sits_down(post, "Counsellor Two", *CLEARED)
    window = window_at(post, "home")
    assert says(window, "1 request waits for a second person.")
    press(window, "Look at the requests")
    for part in ("Amaru Otherperson", "written down wrongly", "Officer One"):
        assert says(window, part)
    looks_right(window)
    press(window, "Agree")
    line(window).setText("as the paper says")
    press(window, "Agree, with this reason")
    assert second_person.waiting(post) == ()
    done_with(window)


def test_of_two_corrections_the_second_one_is_shown_the_first(post: OpenVault, qtbot: QtBot) -> None:
    done = decided(post)
    drafts = [correcting.correct(post, f"case/{done.case}", done.instance_id) for _ in range(2)]
    for draft, name in zip(drafts, ("Amaru Other", "Amaru Third"), strict=True):
        draft.answer(NAME, name)
        draft.give_reason(NAME, "asked once more")
    intake.finish(post, drafts[0])
    window = window_at(post, "home")
    window.context.go("reasons", draft=drafts[1].draft_id)
    settle()
    press(window, "Keep the correction")
    assert isinstance(screen_of(window), ReasonsScreen)
    assert says(window, "Amaru Other") and says(window, "Nothing of yours is lost.")
    looks_right(window)
    press(window, "Keep both, to be settled")
    window.context.go("conflicts")
    settle()
    assert says(window, "Two corrections of the same interview")
    assert says(window, "Amaru Other") and says(window, "Amaru Third")
    looks_right(window)
    done_with(window)


@pytest.mark.parametrize(("language", "scale"), [("en", 100), ("ar", 200)])
def test_the_history_of_any_answer_is_two_presses_away(
    post: OpenVault, qtbot: QtBot, language: str, scale: int
) -> None:
    done = decided(post)
    window = window_at(post, "history", language=language, scale=scale, about=f"case/{done.case}")
    page = screen_of(window)
    assert isinstance(page, HistoryScreen) and page.page is not None
    (asked,) = page.page.interviews
    assert len(asked.answers) > 20
    window.context.go("history", about=f"case/{done.case}", ref=NAME)
    settle()
    assert says(window, "Amaru Testperson")
    looks_right(window)
    told = answer_history.of_answer(post, f"case/{done.case}", NAME, language)
    assert says(window, told.label)
    done_with(window)


@pytest.mark.parametrize("screen", ["conflicts", "second_person", "case"])
def test_large_text_from_right_to_left_cuts_nothing(post: OpenVault, qtbot: QtBot, screen: str) -> None:
    two_phones(post)
    done = decided(post)
    more = {"case": done.case} if screen == "case" else {}
    window = window_at(post, screen, language="ar", scale=200, **more)
    looks_right(window)
    done_with(window)
