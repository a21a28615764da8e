"""A finished interview in the window: corrected with reasons, its history, its papers, and drafts that move."""

import pytest
from pytestqt.qtbot import QtBot

from fieldkit.domain.access import Role
from fieldkit.languages.isolates import without_isolates
from fieldkit.languages.typed_days import day_of
from fieldkit.services import finished, intake
from fieldkit.services.intake import Finished
from fieldkit.services.vault import OpenVault
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.presenters.on_paper import Head
from fieldkit.ui.screens.finished import FinishedScreen
from fieldkit.ui.screens.history import HistoryScreen
from fieldkit.ui.screens.interview import InterviewScreen
from fieldkit.ui.screens.kept import KeptScreen
from fieldkit.ui.screens.move_draft import MoveDraftScreen
from fieldkit.ui.screens.on_paper import OnPaperScreen
from fieldkit.ui.screens.outcome import OutcomeScreen
from fieldkit.ui.screens.pages import PagesScreen
from fieldkit.ui.screens.reasons import ReasonsScreen
from tests.stories.desks import only_as
from tests.stories.people import AGREED, AN_ADULT, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened
from tests.stories.test_moving_a_draft import FEWER, NEWER, begun, install
from tests.ui.conftest import OpenWindow
from tests.ui.desks import press, rest, settle
from tests.ui.interviewing import card, go, line_of, write
from tests.ui.looking import cut, nameless, texts


def said(window: MainWindow) -> str:
    """Everything that can be read now."""
    settle()
    return "\n".join(without_isolates(text) for text in texts(window))


def standing(window: MainWindow) -> object:
    """The screen that stands there now."""
    return window.screen_shown


def done_with(vault: OpenVault, person: str = "ar") -> Finished:
    return screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR, person=person)


def corrected(window: MainWindow, done: Finished) -> ReasonsScreen:
    """A changed name, and Finish pressed."""
    window.context.go("outcome", case=done.case)
    assert isinstance(standing(window), OutcomeScreen)
    press(window, "The interview")
    press(window, "Correct an answer")
    screen = standing(window)
    assert isinstance(screen, InterviewScreen)
    go(screen, "/data/person")
    write(line_of(card(screen, "name_told")), "Amaru Otherperson")
    screen.left()
    go(screen, "/data/closing")
    way = screen.main_action()
    assert way is not None
    way.do()
    settle()
    shown = standing(window)
    assert isinstance(shown, ReasonsScreen)
    return shown


def test_a_correction_asks_for_its_reason_and_stands_beside_the_first(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    done = done_with(post)
    screen = corrected(window, done)
    assert "Amaru Testperson" in said(window) and "Amaru Otherperson" in said(window)
    press(window, "Keep the correction")
    assert "Say in a few words why this is changed." in said(window)
    (field,) = screen.fields.values()
    field.line.setText("written down wrongly")
    press(window, "Keep the correction")
    assert isinstance(standing(window), FinishedScreen)
    assert "Corrected 1 time." in said(window)
    press(window, "History")
    assert isinstance(standing(window), HistoryScreen)
    for part in ("Amaru Testperson", "Amaru Otherperson", "Why: written down wrongly", "Officer One"):
        assert part in said(window)
    first, second = finished.of_case(post, done.case)
    assert second.corrects == first.instance_id


def test_reasons_are_kept_while_they_are_typed(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = corrected(window, done_with(post))
    (field,) = screen.fields.values()
    field.line.setText("heard wrongly")
    window.context.back()
    (draft,) = intake.drafts(post)
    assert list(intake.resume(post, draft.id).facts.reasons.values()) == ["heard wrongly"]


def test_a_correction_under_way_says_what_it_is_and_is_gone_on_with(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    done = done_with(post)
    corrected(window, done)
    window.context.navigation.start("home")
    window.context.go("finished", about=done.about)
    press(window, "Correct an answer")
    assert "You are correcting a finished interview" in said(window)
    assert len(intake.drafts(post)) == 1


def test_nothing_is_printed_for_the_person_before_it_is_safe_to_carry(
    post: OpenVault, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(post)
    window.context.go("finished", about=done_with(post).about)
    press(window, "Print it for the person")
    assert isinstance(standing(window), FinishedScreen)
    press(window, "No, or not sure")
    assert "Nothing is printed." in said(window)
    press(window, "Print it for the person")
    press(window, "Yes")
    rest(qtbot, window)
    shown = standing(window)
    assert isinstance(shown, PagesScreen) and shown.made is not None
    assert (shown.paper.file_name, shown.paper.language) == ("record.pdf", "ar")


def test_the_copy_for_the_file_comes_at_once(post: OpenVault, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(post)
    window.context.go("finished", about=done_with(post, "ti").about)
    press(window, "Print it for the file")
    rest(qtbot, window)
    shown = standing(window)
    assert isinstance(shown, PagesScreen) and shown.made is not None and shown.made.pages > 2


def test_whoever_may_not_open_the_form_sees_a_sentence_and_no_answer(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    done = done_with(post)
    only_as(post, Role.ADMINISTRATOR)
    window.context.go("finished", about=done.about)
    assert "Your role may not open this form" in said(window)
    window.context.go("history", about=done.about, instance=done.instance_id)
    assert "Your role may not open this form" in said(window)


# Moving a draft


def test_an_open_draft_is_offered_to_move_shows_what_would_and_moves(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    draft = begun(post).draft_id
    install(post, "2", NEWER, FEWER)
    window.context.go("interview", draft=draft)
    assert "A newer version of this form is here." in said(window)
    press(window, "Look at what would move")
    assert isinstance(standing(window), MoveDraftScreen)
    for part in (
        "These answers do not move (2)",
        "The newer version does not offer this answer any more.",
        "Did not want to answer",
        "These answers move, and want to be looked at (1)",
    ):
        assert part in said(window)
    press(window, "Back")
    assert intake.resume(post, draft).form.version == "1"
    press(window, "Look at what would move")
    press(window, "Move this interview")
    assert isinstance(standing(window), InterviewScreen)
    assert intake.resume(post, draft).form.version == "2"
    assert "A newer version of this form is here." not in said(window)
    assert "3 answers to the former version have no place in this one" in said(window)


# On paper


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("21.11.2026", "2026-11-21"),
        ("21/11/2026", "2026-11-21"),
        ("2026-11-21", "2026-11-21"),
        (" 1 2 2026 ", "2026-02-01"),
        ("31.2.2026", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str, day: str) -> None:
    assert day_of(typed) == day


def test_a_paper_is_keyed_in_under_its_own_day(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    press(window, "On paper")
    screen = standing(window)
    assert isinstance(screen, OnPaperScreen)
    press(window, "Next: the person's language")
    assert "The day on the paper is missing" in said(window)
    for name, text in (("day", "20.2.2026"), ("interviewer", "Interviewer Two"), ("place", "Salt track")):
        write(screen.fields[name].line, text)
    press(window, "Next: the person's language")
    press(window, "العربية")
    assert isinstance(standing(window), InterviewScreen)
    assert "Keyed in from a paper of 20 February 2026: Interviewer Two, Salt track." in said(window)


def test_a_day_to_come_is_refused_where_it_is_typed(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    window.context.go("on_paper", head=Head(day="3.3.2026", interviewer="Two", place="Here"))
    press(window, "Next: the person's language")
    assert "still to come" in said(window)
    assert intake.drafts(post) == ()


def test_any_form_is_printed_blank(post: OpenVault, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(post)
    press(window, "On paper")
    press(window, "ትግርኛ")
    rest(qtbot, window)
    shown = standing(window)
    assert isinstance(shown, PagesScreen) and shown.made is not None and shown.made.pages > 10


# Surveys


def test_a_survey_is_looked_at_and_corrected_too(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    interview = begun(post)
    done = intake.finish(post, interview)
    window.context.go("kept", number=done.number, form="shelter", about=done.about)
    assert isinstance(standing(window), KeptScreen)
    press(window, "The interview")
    assert isinstance(standing(window), FinishedScreen)
    assert done.number in said(window)
    press(window, "Correct an answer")
    assert isinstance(standing(window), InterviewScreen)
    window.context.navigation.start("people")
    assert done.number in said(window)


@pytest.mark.parametrize(("language", "scale"), [("en", 100), ("ar", 100), ("en", 200)])
def test_nothing_is_cut_and_everything_has_a_name(
    post: OpenVault, open_window: OpenWindow, language: str, scale: int
) -> None:
    window = open_window(post, language=language, scale=scale)
    done = done_with(post)
    draft = begun(post).draft_id
    install(post, "2", NEWER, FEWER)
    for name, arguments in (
        ("finished", {"about": done.about}),
        ("move_draft", {"draft": draft}),
        ("on_paper", {"head": Head()}),
        ("interview", {"draft": draft}),
    ):
        window.context.go(name, **arguments)
        settle()
        assert list(cut(window)) == [], name
        assert nameless(window) == [], name
