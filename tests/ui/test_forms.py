"""Forms from outside: looked at, told what is wrong, offered as surveys."""

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from fieldkit.services import intake
from fieldkit.services.vault import OpenVault
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.forms import FormsScreen
from tests.ui.desks import done_with, kinds, press, rest, window_at
from tests.ui.looking import find_button, nameless, says

GOOD = {
    "survey": [
        ["type", "name", "label::English (en)"],
        ["integer", "households", "How many households?"],
        ["select_one yes_no", "water", "Is there water?"],
    ],
    "choices": [
        ["list_name", "name", "label::English (en)"],
        ["yes_no", "yes", "Yes"],
        ["yes_no", "no", "No"],
    ],
    "settings": [["form_id", "form_title", "version"], ["water_points", "Water points", "3"]],
}
BAD = {
    **GOOD,
    "survey": [
        ["type", "name", "label::English (en)", "relevant"],
        ["integr", "households", "How many households?", ""],
        ["text", "why", "Why?", "${nobody} = 'yes'"],
    ],
}


def workbook(sheets: dict[str, list[list[str]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.fixture
def window(post: OpenVault) -> Iterator[MainWindow]:
    made = window_at(post, "forms")
    yield made
    done_with(made)


def choose(window: MainWindow, qtbot: QtBot, patch: pytest.MonkeyPatch, path: Path, button: str) -> None:
    patch.setattr(window, "ask_file", lambda title, kind: path)
    press(window, button)
    rest(qtbot, window)


def test_the_forms_of_the_program_are_listed_with_their_languages(window: MainWindow) -> None:
    assert says(window, "First screening")
    assert says(window, "Protection form, comes with the program")
    assert says(window, "العربية")
    assert says(window, "it opens no case, meets no rule and leads to no outcome")
    assert nameless(window) == []


def test_a_bad_form_is_told_with_sheet_row_and_remedy_and_changes_nothing(
    window: MainWindow, post: OpenVault, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bad.xlsx"
    path.write_bytes(workbook(BAD))
    before = kinds(post)
    choose(window, qtbot, monkeypatch, path, "Import a form")
    assert says(window, "The form cannot be used yet. Nothing was changed.")
    assert says(window, "sheet survey · row 2 · type")
    assert says(window, "Perhaps integer was meant.")
    with pytest.raises(AssertionError):
        find_button(window, "Offer this form as a survey")
    assert kinds(post) == before
    path.write_bytes(workbook(GOOD))
    choose(window, qtbot, monkeypatch, path, "Choose the mended file")
    find_button(window, "Offer this form as a survey")


REPAIRABLE = {
    **GOOD,
    "survey": [
        ["type", "name", "Label:English (en)", "relevant"],
        ["select one yes_no", "wa ter", "Is there water?", ""],
        ["integer", "house holds", "How many households?", "${wa ter} = ‘yes’"],
    ],
}


def test_a_refused_form_is_repaired_in_a_copy_and_every_change_is_shown_before_it_is_kept(
    window: MainWindow, post: OpenVault, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "messy.xlsx"
    path.write_bytes(workbook(REPAIRABLE))
    before = path.read_bytes()
    choose(window, qtbot, monkeypatch, path, "Import a form")
    press(window, "Repair a copy")
    rest(qtbot, window)
    assert says(window, "Changed in the copy")
    assert says(window, "sheet survey · row 2 · name")
    assert says(window, "Before: wa ter\nNow: wa_ter")
    assert "form.installed" not in kinds(post)
    assert path.read_bytes() == before
    assert nameless(window) == []
    monkeypatch.setattr(window, "ask_folder", lambda title: tmp_path)
    press(window, "Save the repaired copy")
    assert says(window, "Saved as messy-repaired.xlsx.")
    assert openpyxl.load_workbook(tmp_path / "messy-repaired.xlsx")["survey"]["B2"].value == "wa_ter"
    press(window, "Offer this form as a survey")
    rest(qtbot, window)
    assert "water_points" in [form.id for form in intake.offered_forms(post)]


def test_what_cannot_be_repaired_without_guessing_is_left_and_named(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bad.xlsx"
    rows = [["type", "name", "label::English (en)"], ["text", "why", "Why ${nobody}?"]]
    path.write_bytes(workbook({**GOOD, "survey": rows}))
    choose(window, qtbot, monkeypatch, path, "Import a form")
    press(window, "Repair a copy")
    rest(qtbot, window)
    assert says(window, "Nothing in it can be repaired without knowing what was meant.")
    assert says(window, "There is no question with the name nobody.")
    find_button(window, "Choose the mended file")
    with pytest.raises(AssertionError):
        find_button(window, "Repair a copy")


def test_a_good_form_is_offered_as_a_survey_after_its_warnings_were_shown(
    window: MainWindow, post: OpenVault, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "good.xlsx"
    path.write_bytes(workbook(GOOD))
    choose(window, qtbot, monkeypatch, path, "Import a form")
    assert says(window, "Water points: 2 questions. The form can be used.")
    assert "form.installed" not in kinds(post)
    screen = window.screen_shown
    assert isinstance(screen, FormsScreen)
    assert len(screen.presenter.warnings) == sum(len(shown.problems) for shown in screen.lists)
    press(window, "Offer this form as a survey")
    rest(qtbot, window)
    assert says(window, "Water points is offered as a survey now.")
    assert "water_points" in [form.id for form in intake.offered_forms(post)]


def test_going_back_from_a_check_forgets_the_file(
    window: MainWindow, post: OpenVault, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "good.xlsx"
    path.write_bytes(workbook(GOOD))
    choose(window, qtbot, monkeypatch, path, "Import a form")
    press(window, "Back")
    find_button(window, "Import a form")
    assert "form.installed" not in kinds(post)


def test_lists_beside_the_form_are_named(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        ["type", "name", "label::English (en)"],
        ["select_one_from_file camps.csv", "camp", "Which camp?"],
    ]
    path = tmp_path / "camps.xlsx"
    path.write_bytes(workbook({**GOOD, "survey": rows}))
    (tmp_path / "camps.csv").write_text("name,label\na,Camp A\n", encoding="utf-8")
    choose(window, qtbot, monkeypatch, path, "Import a form")
    assert says(window, "Lists beside it: camps.csv")
    find_button(window, "Offer this form as a survey")


def test_a_file_that_is_gone_is_a_sentence(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(window, qtbot, monkeypatch, tmp_path / "gone.xlsx", "Import a form")
    assert "Nothing was changed." in window.error_shown


def test_somebody_without_the_right_sees_the_list_and_no_import(
    post: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "may", lambda action: False)
    window = window_at(post, "forms")
    with pytest.raises(AssertionError):
        find_button(window, "Import a form")
    done_with(window)
