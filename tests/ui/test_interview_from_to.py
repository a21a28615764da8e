"""How an interview begins, pauses, stops and ends in the window."""

import pytest
from PySide6.QtWidgets import QApplication

from fieldkit.content import form_roles
from fieldkit.domain.access import Role
from fieldkit.domain.outcome import Mark
from fieldkit.files import resources
from fieldkit.services import administer, intake, interpreters
from fieldkit.services.gates import SectionKind
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.ui.presenters.new_interview import officers_side
from fieldkit.ui.screens.choose_language import ChooseLanguageScreen
from fieldkit.ui.screens.home import HomeScreen
from fieldkit.ui.screens.interview import InterviewScreen
from fieldkit.ui.screens.kept import KeptScreen
from fieldkit.ui.screens.new_interview import NewInterviewScreen
from fieldkit.ui.screens.outcome import OutcomeScreen
from tests.conftest import MakeVault
from tests.forms.xlsforms import Rows, xlsx
from tests.stories.desks import sits_down
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, ref_of
from tests.ui import looking
from tests.ui.conftest import OpenWindow
from tests.ui.interviewing import (
    NOT_INTERPRETED,
    ROWS_HEADER,
    card,
    go,
    has_keyboard,
    led,
    line_of,
    opened,
    prepared,
    press,
    screen_of,
    shown,
    surveying,
    write,
)
from tests.ui.looking import cut, nameless, says, texts


def test_fear_that_was_mentioned_is_said_to_stay_noted_at_once_and_when_it_is_unticked(
    post: OpenVault, open_window: OpenWindow
) -> None:
    """R-022: nobody alone takes it back, and the screen says who can be the second person."""
    sits_down(post, "Supervisor Two (invented)", Role.SUPERVISOR)
    sits_down(post, "Officer Three (invented)", Role.OFFICER)
    window = open_window(post)
    screen = prepared(window, NO_URGENT_NEED)
    key_of_section = ref_of(led(screen), "fear_mentioned")
    assert not says(window, "stays noted")
    card(screen, "fear_mentioned").answered.emit(key_of_section, "yes")
    assert says(window, "Fear of going back was mentioned. It is noted and stays noted.")
    assert any("Supervisor Two" in told for told in texts(window))
    card(screen, "fear_mentioned").answered.emit(key_of_section, "")
    assert says(
        window, "The answer was changed. That fear of going back was mentioned stays noted all the same."
    )


def test_the_person_says_yes_or_no_to_the_interpreter_where_the_talk_begins(
    post: OpenVault, open_window: OpenWindow
) -> None:
    """R-197, K-21: asked beside the question on who interprets, and anew when that changes."""
    signed = post.world.today()
    interpreters.keep(post, interpreters.Told("I-07", ["ti"], undertaking=signed))
    window = open_window(post)
    screen = prepared(window, NO_URGENT_NEED, NOT_INTERPRETED)
    assert screen.page is not None
    go(screen, next(one.ref for one in screen.page.sections if one.kind is SectionKind.PRIVACY))
    assert not says(window, "Which interpreter is here?")
    card(screen, "interpreted").answered.emit(ref_of(led(screen), "interpreted"), "interpreter")
    assert says(window, "Which interpreter is here?")
    press(window, "I-07")
    press(window, "No, not this one")
    assert says(window, "Nobody asks why.")
    assert led(screen).setting().refused
    press(window, "Somebody who is not in the list")
    press(window, "Yes to both")
    assert says(window, "The person agrees to this interpreter.")
    assert not led(screen).setting().refused and not nameless(window)


def test_pause_goes_home_and_the_interview_goes_on_where_it_stood(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = opened(window)
    go(screen, "/data/person")
    write(line_of(card(screen, "name_told")), "Amaru Testperson")
    number = led(screen).number
    press(window, "Pause")
    assert isinstance(window.screen_shown, HomeScreen)
    press(window, number)
    again = screen_of(window)
    assert again.page is not None and again.page.section == "/data/person"
    assert line_of(card(again, "name_told")).text() == "Amaru Testperson"
    assert "Amaru" not in window.windowTitle()


def test_stop_explains_and_leads_to_the_closing_section_or_home(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = opened(window)
    press(window, "Stop")
    assert any("Everything that was answered is kept" in text for text in shown(window))
    press(window, "Go to: Before we finish")
    assert screen.page is not None and screen.page.section == "/data/closing"
    press(window, "Stop")
    press(window, "Go on with the interview")
    assert screen.page.section == "/data/closing"
    press(window, "Stop")
    press(window, "Leave it as it is and go to People")
    assert isinstance(window.screen_shown, HomeScreen)
    assert [row.id for row in intake.drafts(post)] == [led(screen).draft_id]


def test_somebody_elses_draft_or_a_finished_one_is_told_and_leads_home(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    window.context.go("interview", draft="0" * 32)
    assert any("not among yours" in text for text in shown(window))
    press(window, "Go to People")
    assert isinstance(window.screen_shown, HomeScreen)


def test_a_finished_screening_leads_to_its_outcome(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = prepared(window, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT)
    go(screen, "/data/closing")
    press(window, "Finish")
    assert isinstance(window.screen_shown, OutcomeScreen)
    assert intake.drafts(post) == ()


def test_finish_counts_what_is_missing_leads_to_it_and_a_mark_is_enough(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    rows: Rows = (
        ROWS_HEADER,
        ("begin_group", "first", "First"),
        ("integer", "age", "Age", "yes", ". < 120", "Too old"),
        ("end_group",),
        ("begin_group", "second", "Second"),
        ("text", "note", "A word", "yes"),
        ("end_group",),
    )
    screen = surveying(window, rows)
    go(screen, "/data/second")
    assert screen.page is not None
    press(window, "Finish: 2 questions still need an answer")
    assert screen.page.section == "/data/first"
    age = card(screen, "age")
    assert has_keyboard(age)
    assert any("still needs an answer" in text for text in shown(age))
    write(line_of(age), "130")
    age.field.flush()
    assert "Too old" in shown(age)
    write(line_of(age), "30")
    age.field.flush()
    assert "Too old" not in shown(age)
    go(screen, "/data/second")
    press(window, "Finish: 1 question still needs an answer")
    card(screen, "note").marks[Mark.DECLINED].click()
    press(window, "Finish")
    assert isinstance(window.screen_shown, KeptScreen)
    assert intake.drafts(post) == ()
    press(window, "Begin this survey again")
    press(window, "Français")
    assert isinstance(window.screen_shown, InterviewScreen)


def test_a_file_that_is_asked_for_can_be_left_out(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = surveying(window, (ROWS_HEADER, ("image", "paper", "A paper", "yes")))
    paper = card(screen, "paper")
    assert any("Never a face" in text for text in shown(paper))
    paper.marks[Mark.DECLINED].click()
    press(window, "Finish")
    assert isinstance(window.screen_shown, KeptScreen)


def test_with_one_form_the_language_comes_at_once(
    post: OpenVault, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    only = {"screening": form_roles.load(resources())["screening"]}
    monkeypatch.setattr(form_roles, "load", lambda _: only)
    window = open_window(post)
    window.context.go("new_interview")
    QApplication.processEvents()
    assert isinstance(window.screen_shown, ChooseLanguageScreen)
    press(window, "ትግርኛ")
    screen = screen_of(window)
    assert (led(screen).officer_language, led(screen).person_language) == ("en", "ti")
    assert [row.id for row in intake.drafts(post)] == [led(screen).draft_id]


def test_with_several_forms_the_interview_stands_above_the_surveys(
    post: OpenVault, open_window: OpenWindow
) -> None:
    administer.install_form(post, xlsx(), "small.xlsx")
    window = open_window(post)
    window.context.go("new_interview")
    QApplication.processEvents()
    assert isinstance(window.screen_shown, NewInterviewScreen)
    rows = window.screen_shown.rows
    assert [rows[0].title, rows[-1].title] == ["First screening", "Small form"]
    assert [row.survey for row in rows] == sorted(row.survey for row in rows), (
        "forms about the post, then surveys"
    )
    press(window, "Small form")
    press(window, "Soomaali")
    assert led(screen_of(window)).survey


def test_a_form_for_other_roles_is_there_with_the_reason(
    make_vault: MakeVault, open_window: OpenWindow
) -> None:
    office = make_vault("Invented head office", desk=Desk.HEADQUARTERS)
    window = open_window(office)
    window.context.go("new_interview")
    QApplication.processEvents()
    assert isinstance(window.screen_shown, NewInterviewScreen)
    assert not looking.find_button(window, "First screening").isEnabled()
    assert any("other roles" in text for text in shown(window))


@pytest.mark.parametrize(
    ("interface", "side"), [("en", "en"), ("fr", "fr"), ("ar", "ar"), ("es", "es"), ("pt", "en")]
)
def test_officers_lead_in_the_programs_language_where_forms_have_it(interface: str, side: str) -> None:
    assert officers_side(interface) == side


@pytest.mark.parametrize(("language", "scale"), [("en_XA", 100), ("ar_XB", 200), ("en_XA", 250)])
def test_long_words_at_large_text_have_room(
    language: str, scale: int, post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post, language=language, scale=scale)
    screen = prepared(window, NO_URGENT_NEED, IN_PRIVATE, person="rw")
    for section in ("/data/urgent", "/data/person", "/data/closing"):
        go(screen, section)
        for _ in range(3):
            QApplication.processEvents()
        assert [*cut(window.page), *cut(window.footer)] == []
        if scale <= 200:  # above that a page may scroll sideways, but nothing is cut
            assert window.page.content.width() <= window.page.viewport().width()
    press(window, window.context.say("Stop"))
    for _ in range(3):
        QApplication.processEvents()
    assert [*cut(window.page), *cut(window.footer)] == []
