"""Both languages of an interview in the window: direction, size and font, drafts and missing texts, large text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from fieldkit.domain.outcome import Mark
from fieldkit.languages.isolates import without_isolates
from fieldkit.services.vault import OpenVault
from fieldkit.ui.widgets.two_languages import critical_sentence
from tests.stories.people import AGREED, IN_PRIVATE, NO_URGENT_NEED
from tests.ui.conftest import OpenWindow
from tests.ui.interviewing import (
    FAMILY,
    card,
    chosen,
    go,
    interviewing,
    key,
    led,
    on_disk,
    prepared,
    press,
    repeats,
    screen_of,
    shown,
)
from tests.ui.looking import cut, nameless


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
    assert said.count(first.view.label.officer.text) == 1, "the source stands beside it, and once"
    assert any("Have an interpreter read the other sentence" in text for text in said)
    alone = critical_sentence([first.view.label.person], screen.context.say).accessibleName()
    assert first.view.label.officer.text in alone, "where it does not stand beside it"
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
