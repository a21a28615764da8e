"""The two-language interview in the window: what is kept when, what is shown to whom, and how one moves on."""

from collections.abc import Mapping

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from fieldkit.content import form_roles
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.access import Role
from fieldkit.domain.errors import DeviceFault
from fieldkit.domain.outcome import Mark
from fieldkit.files import resources
from fieldkit.languages.isolates import without_isolates
from fieldkit.services import administer, intake, interpreters
from fieldkit.services.gates import SectionKind
from fieldkit.services.vault import Desk, OpenVault, SignIn
from fieldkit.storage.drafts import Drafts
from fieldkit.ui.fields.typed import TextField
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.presenters.interview import PAGE, StepState
from fieldkit.ui.presenters.new_interview import officers_side
from fieldkit.ui.screens.choose_language import ChooseLanguageScreen
from fieldkit.ui.screens.home import HomeScreen
from fieldkit.ui.screens.interview import InterviewScreen
from fieldkit.ui.screens.kept import KeptScreen
from fieldkit.ui.screens.new_interview import NewInterviewScreen
from fieldkit.ui.screens.outcome import OutcomeScreen
from fieldkit.ui.widgets.section_steps import STATE_WORDS
from tests.conftest import PHRASE, MakeVault
from tests.forms.xlsforms import Rows, xlsx
from tests.stories.desks import sits_down
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, answer_all, begin, ref_of
from tests.ui import looking
from tests.ui.conftest import OpenWindow
from tests.ui.interviewing import (
    at_draft,
    card,
    cards,
    chosen,
    go,
    has_keyboard,
    interviewing,
    led,
    line_of,
    names,
    on_disk,
    repeats,
    screen_of,
    walk,
    write,
)
from tests.ui.looking import cut, nameless, says, texts
from tests.worlds import world

NOT_INTERPRETED = {"private_place": "yes", "nobody_listening": "yes", "interpreted": "nobody"}
FAMILY = "/data/family_group/family"

ROWS_HEADER = ("type", "name", "label", "required", "constraint", "constraint_message", "relevant")


def prepared(window: MainWindow, *told: Mapping[str, str | Mark], person: str = "ti") -> InterviewScreen:
    """An interview with these answers given before it comes on the screen."""
    interview = begin(window.context.open_vault, person=person)
    answer_all(interview, *told)
    return at_draft(window, interview.draft_id)


def opened(window: MainWindow) -> InterviewScreen:
    """An interview in which every section is open."""
    return prepared(window, NO_URGENT_NEED, IN_PRIVATE, AGREED)


def surveying(window: MainWindow, rows: Rows, person: str = "fr") -> InterviewScreen:
    """A survey of these rows on the screen."""
    report = administer.install_form(window.context.open_vault, xlsx(survey=rows), "small.xlsx")
    return interviewing(window, report.form_id, person=person)


def shown(widget: QWidget) -> list[str]:
    """What can be read, without the marks that keep directions apart."""
    QApplication.processEvents()
    return [without_isolates(text) for text in texts(widget)]


def press(widget: QWidget, name: str) -> None:
    """Press the button called `name`, when what was made anew stands there."""
    QApplication.processEvents()
    looking.press(widget, name)
    QApplication.processEvents()


def key(
    window: MainWindow, pressed: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """A key for whatever has the keyboard; shortcuts come first, as on a real keyboard."""
    QTest.keyClick(QApplication.focusWidget() or window, pressed, modifier)
    QApplication.processEvents()


# Fear, and who interprets


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


# Kept at once


def test_a_chosen_answer_is_on_disk_before_anything_says_so(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = interviewing(window)
    assert not says(window, "Saved")
    card(screen, "urgent_medical").field.press(2)
    assert on_disk(post, screen).session.value("/data/urgent/urgent_medical") == "no"
    assert says(window, "Saved")


def test_typed_words_are_kept_when_the_keys_rest_and_when_the_field_is_left(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = opened(window)
    go(screen, "/data/person")
    name = card(screen, "name_told")
    write(line_of(name), "Amaru")
    assert says(window, "Saving")
    assert on_disk(post, screen).session.value("/data/person/name_told") == ""
    name.field._pause.timeout.emit()
    assert on_disk(post, screen).session.value("/data/person/name_told") == "Amaru"
    write(line_of(name), "Amaru Testperson")
    card(screen, "age_years").focus()
    assert on_disk(post, screen).session.value("/data/person/name_told") == "Amaru Testperson"
    assert says(window, "Saved")


def test_what_stands_in_a_field_is_kept_when_one_goes_on_or_locks_the_vault(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = opened(window)
    draft = led(screen).draft_id
    go(screen, "/data/person")
    write(line_of(card(screen, "name_told")), "Amaru Testperson")
    go(screen, "/data/closing")
    assert on_disk(post, screen).session.value("/data/person/name_told") == "Amaru Testperson"
    field = card(screen, "anything_else").field
    assert isinstance(field, TextField)
    write(field.line, "Water for two")
    window.context.lock()
    again = SignIn(post.folder, world("again"), FOR_TESTS).open(post.person.id, PHRASE)
    assert intake.resume(again, draft).session.value("/data/closing/anything_else") == "Water for two"
    again.close()


def test_a_disk_that_refuses_is_told_and_the_field_keeps_what_was_typed(
    post: OpenVault, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(post)
    screen = opened(window)
    go(screen, "/data/person")
    name = card(screen, "name_told")
    write(line_of(name), "Amaru")

    def full(*_: object) -> int:
        raise DeviceFault("vault.disk_full")

    with monkeypatch.context() as broken:
        broken.setattr(Drafts, "log", full)
        name.field.flush()
    assert "disk" in window.error_shown
    assert not says(window, "Saved")
    assert line_of(name).text() == "Amaru"
    assert any("Not kept" in text for text in shown(name))
    write(line_of(name), "Amaru T")
    name.field.flush()
    assert on_disk(post, screen).session.value("/data/person/name_told") == "Amaru T"
    assert not any("Not kept" in text for text in shown(name))


def test_a_refused_choice_is_not_shown_as_chosen(
    post: OpenVault, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(post)
    screen = interviewing(window)
    first = card(screen, "urgent_medical")
    first.field.press(1)

    def full(*_: object) -> int:
        raise DeviceFault("vault.disk_full")

    with monkeypatch.context() as broken:
        broken.setattr(Drafts, "log", full)
        first.field.press(2)
        first.marks[Mark.DECLINED].click()
    assert chosen(first) == ("yes",)
    assert not first.marks[Mark.DECLINED].isChecked()


# Marks are answers


def test_skipped_declined_and_not_known_are_kept_and_can_be_taken_back(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = interviewing(window)
    ref = "/data/urgent/urgent_medical"
    first = card(screen, "urgent_medical")
    first.field.press(1)
    for mark, made in first.marks.items():
        made.click()
        assert on_disk(post, screen).mark_of(ref) is mark
        assert made.isChecked() and chosen(first) == ()
    first.field.press(2)
    assert not any(made.isChecked() for made in first.marks.values())
    first.marks[Mark.SKIPPED].click()
    first.marks[Mark.SKIPPED].click()
    assert on_disk(post, screen).mark_of(ref) is Mark.NOT_ASKED


# Two languages


def label_of(widget: QWidget, text: str) -> QLabel:
    return next(
        part
        for part in widget.findChildren(QLabel)
        if part.isVisible() and text in without_isolates(part.text())
    )


def test_each_language_stands_in_its_own_direction_size_and_font(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = interviewing(window, person="ar")
    both = card(screen, "urgent_medical").view.label
    officer, person = (label_of(window, text.text) for text in (both.officer, both.person))
    assert officer.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert person.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert person.alignment() & Qt.AlignmentFlag.AlignRight
    assert (officer.font().pointSizeF(), person.font().pointSizeF()) == (13.0, 18.0)
    assert "Naskh" in person.font().families()[0]
    assert (
        officer.mapTo(window, officer.rect().topLeft()).x()
        < person.mapTo(window, person.rect().topLeft()).x()
    )


def test_a_critical_sentence_in_draft_stands_with_its_source_and_asks_for_an_interpreter(
    post: OpenVault, open_window: OpenWindow
) -> None:
    screen = interviewing(open_window(post))
    first = card(screen, "urgent_help")
    assert first.view.label.person.draft and first.view.label.person.critical
    said = shown(first)
    assert "draft" in said
    assert any("interpreter" in text and first.view.label.officer.text in text for text in said)
    assert not any("interpreter" in text for text in shown(card(screen, "urgent_medical")))


def test_a_language_without_text_is_told_on_top_and_at_each_question(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = interviewing(window, person="rw")
    assert any("no text in Ikinyarwanda" in text for text in shown(window))
    assert "No text in Ikinyarwanda: shown in English" in shown(card(screen, "urgent_medical"))


def test_f2_changes_the_persons_language_and_no_answer(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = interviewing(window)
    card(screen, "urgent_medical").field.press(2)
    card(screen, "urgent_labour").marks[Mark.DECLINED].click()
    key(window, Qt.Key.Key_F2)
    menu = next(menu for menu in window.findChildren(QMenu) if menu.isVisible())
    offered = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert {"Soomaali", "العربية"} <= set(offered[:3]) and offered[-1] == "Another language"
    menu.actions()[offered.index("Soomaali")].trigger()
    menu.close()
    assert led(screen).person_language == "so"
    again = on_disk(post, screen)
    assert again.person_language == "so"
    assert again.session.value("/data/urgent/urgent_medical") == "no"
    assert again.mark_of("/data/urgent/urgent_labour") is Mark.DECLINED
    assert card(screen, "urgent_medical").view.label.person.language == "so"
    assert chosen(card(screen, "urgent_medical")) == ("no",)


def test_another_language_is_pointed_at_and_the_interview_goes_on(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = interviewing(window)
    go(screen, "/data/privacy")
    screen._another_language()
    QApplication.processEvents()
    press(window, "Kiswahili")
    again = screen_of(window)
    assert led(again).person_language == "sw"
    assert again.page is not None and again.page.section == "/data/privacy"


def test_the_officers_side_follows_the_language_of_the_program(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = interviewing(window, person="es")
    window.context.use_language("fr")
    QApplication.processEvents()
    assert led(screen).officer_language == "fr"
    assert card(screen, "urgent_medical").view.label.officer.language == "fr"
    window.context.use_language("en")


# The form decides what stands there


def test_a_card_comes_and_goes_and_the_keyboard_stays(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = opened(window)
    go(screen, "/data/family_group")
    before = {one.view.ref: one for one in cards(screen)}
    alone = card(screen, "alone")
    alone.focus()
    key(window, Qt.Key.Key_2)
    assert "with_whom" in names(screen)
    assert has_keyboard(alone)
    assert all(card(screen, ref.rpartition("/")[2]) is one for ref, one in before.items())
    key(window, Qt.Key.Key_1)
    assert "with_whom" not in names(screen)
    assert has_keyboard(alone)


def test_what_the_form_says_about_an_answer_stands_below_it_and_blocks_nothing(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = opened(window)
    go(screen, "/data/person")
    age = card(screen, "age_years")
    write(line_of(age), "140")
    age.field.flush()
    assert "An age is a number from 0 to 120." in shown(age)
    assert any(text.language == "ti" for text in age.view.told.texts())
    way = screen.main_action()
    assert way is not None and way.enabled
    way.do()
    assert screen.page is not None and screen.page.section == "/data/family_group"


def test_how_to_ask_folds_out(post: OpenVault, open_window: OpenWindow) -> None:
    screen = opened(open_window(post))
    go(screen, "/data/person")
    sex = card(screen, "sex")
    assert "Never guess aloud. Never ask for proof." not in shown(sex)
    press(sex, "How to ask")
    QApplication.processEvents()
    assert "Never guess aloud. Never ask for proof." in shown(sex)


def test_a_row_is_added_shown_as_a_line_and_removed_after_a_question(
    post: OpenVault, open_window: OpenWindow
) -> None:
    screen = opened(open_window(post))
    go(screen, "/data/family_group")
    card(screen, "alone").field.press(2)
    press(repeats(screen)[0], "Add: A person of your family")
    name = card(screen, "member_name")
    assert has_keyboard(name)
    write(line_of(name), "Amaru")
    press(repeats(screen)[0], "Add: A person of your family")
    assert [card.view.ref for card in cards(screen) if "member_name" in card.view.ref] == [
        f"{FAMILY}[2]/member_name"
    ]
    model = repeats(screen)[0].model
    lines = [without_isolates(model.data(model.index(row))) for row in range(model.rowCount())]
    assert lines == ["1. Amaru", "2. nothing entered yet"]
    press(repeats(screen)[0], "Remove entry 2")
    assert on_disk(screen.context.open_vault, screen).session.value(f"{FAMILY}[1]/member_name") == "Amaru"
    press(repeats(screen)[0], "Keep it")
    assert model.rowCount() == 2
    press(repeats(screen)[0], "Remove entry 2")
    press(repeats(screen)[0], "Remove entry 2 now")
    assert repeats(screen)[0].model.rowCount() == 1
    assert "member_name" not in names(screen)
    listed = repeats(screen)[0]
    listed.list.clicked.emit(listed.model.index(0))
    assert line_of(card(screen, "member_name")).text() == "Amaru"


def test_a_long_section_is_divided_and_cards_stay_on_their_page(
    post: OpenVault, open_window: OpenWindow
) -> None:
    rows = [
        ("integer", f"q{n}", f"Question {n}", "", "", "", "${q0} = 1" if n == 40 else "") for n in range(70)
    ]
    screen = surveying(open_window(post), (ROWS_HEADER, *rows))
    assert screen.page is not None
    assert len(cards(screen)) == PAGE
    assert screen.page.pages() == (0, 1, 2)
    seen = [names(page) for page in walk(screen.context.navigation.frame)]  # type: ignore[arg-type]
    assert [len(page) for page in seen] == [30, 29, 10]
    assert seen[1][0] == "q30" and seen[2][0] == "q60"


# Closed sections


def test_a_closed_section_says_why_and_leads_to_where_it_is_opened(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = interviewing(window)
    go(screen, "/data/person")
    assert cards(screen) == []
    assert any("who may see the answers" in text for text in shown(window))
    press(window, "Go to: What is written down and who sees it")
    assert screen.page is not None and screen.page.section == "/data/agreement"


def test_private_questions_with_a_companion_are_for_later_and_the_way_on_is_open(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = prepared(window, NO_URGENT_NEED, NOT_INTERPRETED, AGREED)
    assert screen.page is not None
    states = {step.ref: step for step in screen.page.steps()}
    assert states["/data/private"].state is StepState.OPEN
    go(screen, "/data/privacy")
    card(screen, "interpreted").field.press(3)
    go(screen, "/data/private")
    assert screen.page.here.gate.reason == "gate.unsuitable_interpreter"
    assert any("another interpreter" in text for text in shown(window))
    way = screen.main_action()
    assert way is not None and way.text == "Next: Before we finish"
    steps = screen._steps
    assert steps is not None
    go(screen, "/data/closing")
    assert "for later" in steps_words(screen)["/data/private"]


def steps_words(screen: InterviewScreen) -> dict[str, str]:
    assert screen._steps is not None
    return {ref: made.text() for ref, made in screen._steps.buttons.items()}


def test_a_step_says_its_state_in_a_word_and_a_shape(post: OpenVault, open_window: OpenWindow) -> None:
    screen = prepared(open_window(post), NO_URGENT_NEED)
    go(screen, "/data/information")
    said = steps_words(screen)
    assert said["/data/urgent"].endswith("done")
    assert said["/data/information"].endswith("here")
    assert said["/data/person"].endswith("closed")
    assert screen._steps is not None
    with_shape = {ref for ref, made in screen._steps.buttons.items() if not made.icon().isNull()}
    assert {"/data/urgent", "/data/information", "/data/person"} <= with_shape
    assert set(STATE_WORDS) == set(StepState)


# The keyboard


def test_an_interview_can_be_led_with_the_keyboard(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = interviewing(window)
    card(screen, "urgent_medical").focus()
    key(window, Qt.Key.Key_2)
    key(window, Qt.Key.Key_Return)
    assert has_keyboard(card(screen, "urgent_labour"))
    key(window, Qt.Key.Key_1)
    assert chosen(card(screen, "urgent_labour")) == ("yes",)
    card(screen, names(screen)[-1]).focus()
    key(window, Qt.Key.Key_Return)
    assert screen.page is not None and screen.page.section == "/data/information"
    key(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert screen.page.section == "/data/urgent"


def test_enter_in_a_long_list_takes_what_was_found(post: OpenVault, open_window: OpenWindow) -> None:
    window = open_window(post)
    screen = opened(window)
    go(screen, "/data/person")
    nationality = card(screen, "nationality")
    write(line_of(nationality), "eritre")
    key(window, Qt.Key.Key_Return)
    assert on_disk(post, screen).session.value("/data/person/nationality") == "ER"
    assert has_keyboard(card(screen, "nationality"))


# Stop, pause, go on


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


# Finishing


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


# Large text, every direction, screen readers


@pytest.mark.parametrize(
    ("officer", "person", "scale"),
    [("en", "ti", 100), ("en", "ar", 200), ("ar", "so", 200), ("fr", "es", 200)],
)
def test_nothing_is_cut_and_everything_has_a_name(
    officer: str, person: str, scale: int, post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post, language=officer, scale=scale)
    screen = prepared(window, NO_URGENT_NEED, IN_PRIVATE, AGREED, {"alone": "no"}, person=person)
    for section in ("/data/urgent", "/data/family_group", "/data/private", "/data/closing"):
        go(screen, section)
        if repeats(screen):
            repeats(screen)[0].added.emit(FAMILY)
        for _ in range(3):
            QApplication.processEvents()
        assert list(cut(window)) == []
        assert nameless(window) == []


# Beginning


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
        assert [*cut(window._scroll), *cut(window.footer)] == []
        if scale <= 200:  # above that a page may scroll sideways, but nothing is cut
            assert window._page.width() <= window._scroll.viewport().width()
    press(window, window.context.say("Stop"))
    for _ in range(3):
        QApplication.processEvents()
    assert [*cut(window._scroll), *cut(window.footer)] == []
