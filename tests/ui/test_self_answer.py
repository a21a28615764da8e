"""The turned laptop: one question in the language of the person, no earlier answer, the way back behind digits."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fieldkit.domain.outcome import Mark
from fieldkit.forms.items import Choice
from fieldkit.forms.session import Session
from fieldkit.languages.isolates import without_isolates
from fieldkit.services import administer, intake
from fieldkit.services.vault import OpenVault
from fieldkit.ui import theme
from fieldkit.ui.fields.choices import ChoiceField
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.presenters.self_answer import TRIES, TurnedPin, pin_of
from fieldkit.ui.screens.interview import InterviewScreen
from fieldkit.ui.screens.self_answer import SelfAnswerScreen
from fieldkit.ui.screens.sign_in import SignInScreen
from tests.forms.xlsforms import Rows, xlsx
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, answer_all, begin
from tests.ui.conftest import OpenWindow
from tests.ui.desks import press, settle
from tests.ui.interviewing import at_draft, go
from tests.ui.looking import cut, nameless, texts

DIGITS = "310726"


def said(window: MainWindow) -> str:
    settle()
    return "\n".join(without_isolates(text) for text in texts(window))


def turned(
    window: MainWindow, section: str = "/data/why", person: str = "ar", *, answered: bool = True
) -> SelfAnswerScreen:
    """An open interview, gone to a section, and turned with six digits."""
    interview = begin(window.context.open_vault, person=person)
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT)
    if answered:
        answer_all(interview, {"registered_elsewhere": "no"})
    screen = at_draft(window, interview.draft_id)
    go(screen, section)
    press(window, "Turn the laptop")
    shown = window.screen_shown
    assert isinstance(shown, SelfAnswerScreen)
    if shown.digits is not None:
        shown.digits.line.setText(DIGITS)
        press(window, "Turn the laptop now")
    return shown


def standing(window: MainWindow) -> object:
    """The screen that stands there now."""
    return window.screen_shown


def name(screen: SelfAnswerScreen) -> str:
    return screen.page.ref.rpartition("/")[2]


def test_one_question_stands_there_in_the_persons_language_and_direction(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = turned(window)
    assert name(screen) == "reasons"
    assert "لماذا" in said(window)
    assert "Why did you leave?" not in said(window)
    assert theme.current().language == "ar"
    assert screen.field is not None
    assert screen.field.layoutDirection() is Qt.LayoutDirection.RightToLeft


def test_nothing_of_the_officers_side_stands_around_it_and_no_key_leads_there(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    turned(window)
    assert not window.bar.isVisible() and not window.rail.isVisible()
    for text in ("Officer One", "Ras Nour", "Interview ", "People", "Amaru"):
        assert text not in said(window)
    for key in (Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_F4):
        QTest.keyClick(QApplication.focusWidget() or window, key)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    settle()
    assert isinstance(standing(window), SelfAnswerScreen)


def test_what_was_answered_before_is_neither_shown_nor_asked_again(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = turned(window)
    asked = []
    while screen.page.ref:
        asked.append(name(screen))
        window.footer.main.click() if window.footer.main else None
        settle()
    assert "reasons" in asked and "wishes" in asked
    assert "registered_elsewhere" not in asked


def test_an_important_sentence_that_nobody_reviewed_waits_for_the_officer_and_an_interpreter(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = turned(window, answered=False)
    interview = screen.page.interview
    assert interview.text("/data/why/fear_return", "label", "ar").source is not None
    asked = []
    while screen.page.ref:
        asked.append(name(screen))
        assert "Have an interpreter" not in said(window)
        screen._next()
    assert "reasons" in asked and "fear_return" not in asked


def test_a_choice_without_a_translation_says_which_language_it_is(
    post: OpenVault, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Session.choices

    def lacking(session: Session, ref: str, tag: str | None = None) -> tuple[Choice, ...]:
        """One choice that nobody translated: its text is the English one."""
        english = {choice.value: choice for choice in whole(session, ref, "en")}
        return tuple(
            english[one.value] if one.value == "armed_groups" else one for one in whole(session, ref, tag)
        )

    monkeypatch.setattr(Session, "choices", lacking)
    window = open_window(post)
    turned(window, person="ti")
    assert "Gangs or armed groups (English)" in said(window)


def test_an_answer_is_on_disk_at_once_and_declining_is_one(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = turned(window)
    draft = screen.page.interview.draft_id
    assert isinstance(screen.field, ChoiceField)
    screen.field.press(1)
    assert intake.resume(post, draft).session.value("/data/why/reasons") != ""
    window.footer.main.click() if window.footer.main else None
    settle()
    second = screen.page.ref
    decline = next(way for way in screen.other_actions() if way.icon == "close")
    decline.do()
    settle()
    assert intake.resume(post, draft).mark_of(second) is Mark.DECLINED
    assert screen.page.ref != second


def test_the_way_back_asks_for_the_six_digits(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = turned(window)
    screen._to("return")
    settle()
    assert screen.digits is not None
    screen.digits.line.setText("000001")
    press(window, "Back to the interview")
    assert isinstance(standing(window), SelfAnswerScreen)
    assert "These are not the digits. 4 more tries" in said(window)
    screen.digits.line.setText(DIGITS)
    press(window, "Back to the interview")
    assert isinstance(standing(window), InterviewScreen)
    assert theme.current().language == "en"
    assert window.bar.isVisible() and window.rail.isVisible()


def test_five_wrong_tries_lock_the_vault(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = turned(window)
    screen._to("return")
    settle()
    for number in range(TRIES):
        assert screen.digits is not None
        screen.digits.line.setText(f"99999{number}")
        screen._try()
    settle()
    assert isinstance(standing(window), SignInScreen)
    assert window.context.vault is None


def test_the_digits_are_chosen_once_a_sign_in(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    turned(window)
    again = turned(window, "/data/journey")
    assert again.state == "ask"
    assert pin_of(post).is_set


@pytest.mark.parametrize("digits", ["", "12345", "1234567", "111111", "abcdef", "١٢٣٤٥٦"])
def test_digits_that_anybody_would_guess_are_refused(digits: str) -> None:
    pin = TurnedPin()
    assert not pin.choose(digits)
    assert not pin.is_set


def test_whether_the_place_is_safe_is_not_asked_alone(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    interview = begin(post, person="ar")
    screen = at_draft(window, interview.draft_id)
    go(screen, "/data/privacy")
    assert "Turn the laptop" not in said(window)
    go(screen, "/data/person")  # closed until the person agreed
    assert "Turn the laptop" not in said(window)


def test_a_text_that_is_missing_in_the_persons_language_says_which_language_it_is(
    post: OpenVault, open_window: OpenWindow
) -> None:
    survey: Rows = (
        ("type", "name", "label::English (en)", "label::Arabic (ar)"),
        ("text", "one", "What do you need?", "-"),
        ("text", "two", "What else?", "وماذا أيضا؟"),
    )
    settings: Rows = (
        ("form_title", "form_id", "version", "default_language"),
        ("S", "s", "1", "English (en)"),
    )
    report = administer.install_form(post, xlsx(survey=survey, settings=settings), "s.xlsx")
    assert report.xform is not None, report.problems
    interview = intake.begin(post, "s", officer_language="en", person_language="ar")
    pin_of(post).choose(DIGITS)
    window = open_window(post)
    window.context.go("self_answer", draft=interview.draft_id, section=interview.sections()[0].ref)
    assert "What do you need?" in said(window)
    assert "English" in said(window)


@pytest.mark.parametrize(("person", "scale"), [("ar", 100), ("ti", 100), ("fr", 200)])
def test_nothing_is_cut_and_everything_has_a_name(
    post: OpenVault, open_window: OpenWindow, person: str, scale: int
) -> None:
    window = open_window(post, scale=scale)
    screen = turned(window, person=person)
    for _ in range(3):
        settle()
        assert list(cut(window)) == []
        assert nameless(window) == []
        screen._next()
    screen._to("return")
    settle()
    assert list(cut(window)) == []
