"""The two-language interview in the window: what is kept when, what the form lets stand there, how keys lead on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.errors import DeviceFault
from fieldkit.domain.outcome import Mark
from fieldkit.languages.isolates import without_isolates
from fieldkit.services import intake
from fieldkit.services.vault import OpenVault, SignIn
from fieldkit.storage.drafts import Drafts
from fieldkit.ui.fields.typed import TextField
from fieldkit.ui.presenters.interview import PAGE, StepState
from fieldkit.ui.screens.interview import InterviewScreen
from fieldkit.ui.widgets.section_steps import STATE_WORDS
from tests.conftest import PHRASE
from tests.stories.people import AGREED, NO_URGENT_NEED
from tests.ui.conftest import OpenWindow
from tests.ui.interviewing import (
    FAMILY,
    NOT_INTERPRETED,
    ROWS_HEADER,
    card,
    cards,
    chosen,
    go,
    has_keyboard,
    interviewing,
    key,
    led,
    line_of,
    names,
    on_disk,
    opened,
    prepared,
    press,
    repeats,
    shown,
    surveying,
    walk,
    write,
)
from tests.ui.looking import says
from tests.worlds import world


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
