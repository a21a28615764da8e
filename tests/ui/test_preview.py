"""A form is tried in the real window; nothing is left of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldkit import files
from fieldkit.crypto import primitives
from fieldkit.forms.checks import Report
from fieldkit.services import administer, new_vault
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.preview import open_preview
from fieldkit.ui.widgets.media import Picture
from fieldkit.ui.widgets.question_card import QuestionCard
from tests.forms.xlsforms import survey, xlsx
from tests.services.samples import picture
from tests.ui.desks import done_with, press, settle
from tests.ui.looking import find_button, nameless, says
from tests.worlds import world


@pytest.fixture(autouse=True)
def a_cheap_phrase(monkeypatch: pytest.MonkeyPatch) -> None:
    real = new_vault.create_vault
    monkeypatch.setattr(
        new_vault, "create_vault", lambda folder, new, at, _=None: real(folder, new, at, primitives.FOR_TESTS)
    )


def checked(*rows: tuple[str, ...]) -> Report:
    header = ("type", "name", "label::English (en)", "label::Français (fr)", "required")
    choices = (
        ("list_name", "name", "label::English (en)", "label::Français (fr)"),
        ("yes_no", "yes", "Yes", "Oui"),
        ("yes_no", "no", "No", "Non"),
    )
    return administer.check_form(xlsx(survey=survey(*rows, header=header), choices=choices), "form.xlsx")


@pytest.fixture
def window(tmp_path: Path) -> Iterator[MainWindow]:
    report = checked(
        ("select_one yes_no", "water", "Is there water?", "Y a-t-il de l'eau ?", ""),
        ("integer", "people", "How many people?", "Combien de personnes ?", "yes"),
    )
    made = open_preview(report, tmp_path, world())
    made.show()
    settle()
    yield made
    done_with(made)


def cards(window: MainWindow) -> list[QuestionCard]:
    return [card for card in window.findChildren(QuestionCard) if card.isVisible()]


def test_a_form_is_shown_as_it_will_be_and_every_page_says_that_it_is_a_preview(window: MainWindow) -> None:
    assert says(window, "This is a preview of a form. Nothing is kept")
    assert says(window, "Is there water?")
    assert not window.rail.isVisible()
    assert nameless(window) == []


def test_answers_are_taken_and_the_end_says_that_nothing_was_kept(window: MainWindow, qtbot: QtBot) -> None:
    assert find_button(window, "Finish: 1 question still needs an answer").isEnabled()
    _, people = cards(window)
    people.answered.emit(people.view.ref, "3")
    settle()
    press(window, "Finish")
    assert says(window, "The interview can be finished")
    assert says(window, "Nothing was kept")
    press(window, "Begin the preview again")
    assert [card.view.value for card in cards(window)] == ["", ""]


def test_a_changed_form_of_the_program_is_tried_beside_the_one_that_is_there(tmp_path: Path) -> None:
    source = files.resources() / "forms" / "screening.md"
    report = administer.check_form(source.read_bytes(), source.name)
    made = open_preview(report, tmp_path, world(), "fr")
    try:
        arguments = made.context.navigation.here[1]
        assert arguments["form"] == "preview-screening"
        assert made.context.open_vault.training
    finally:
        done_with(made)


def test_what_was_typed_lies_nowhere_in_the_open(window: MainWindow, tmp_path: Path) -> None:
    _, people = cards(window)
    people.answered.emit(people.view.ref, "424242")
    settle()
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written
    assert not any(b"424242" in path.read_bytes() or b"water" in path.read_bytes() for path in written)


def test_pictures_of_a_form_are_seen_in_its_preview(tmp_path: Path) -> None:
    header = ("type", "name", "label::English (en)", "media::image::English (en)")
    content = xlsx(survey=survey(("text", "well", "Which well?", "well.jpg"), header=header))
    report = administer.check_form(content, "form.xlsx")
    made = open_preview(report, tmp_path, world(), "en", {"well.jpg": picture("JPEG", (300, 200))})
    made.show()
    settle()
    assert [shown.accessibleName() for shown in made.findChildren(Picture)] == ["Picture: well.jpg"]
    done_with(made)
