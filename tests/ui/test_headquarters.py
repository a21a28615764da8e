"""Figures that never say zero where nobody was asked, each with its meaning one press away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from fieldkit.headquarters.counting import Asked, InterviewRow, OutcomeRow, count
from fieldkit.headquarters.queries import CaseRow
from fieldkit.services import report
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.presenters.headquarters import ALL_DAYS, Figures
from fieldkit.ui.screens.cases import CasesScreen
from fieldkit.ui.screens.headquarters import HeadquartersScreen
from tests.ui.desks import done_with, new_desk, press, settle, window_at
from tests.ui.looking import nameless, says

INTERVIEWS = (
    InterviewRow("a", "2026-03-02", {"person": Asked.ASKED}),
    InterviewRow("b", "2026-03-03", {"person": Asked.NOT_ASKED}),
)
OUTCOMES = (OutcomeRow("a", "2026-03-02", "C01", suggested=True, confirmed=True),)
CASES = (
    CaseRow("a", "7KQ2-M0XD", "Ras Nour", "2026-03-02", "screening", ("C01",), ()),
    CaseRow("b", "9ABC-DEFG", "Ras Nour", "2026-03-03", "screening", (), ("C12",)),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[OpenVault]:
    vault = new_desk(tmp_path_factory.mktemp("office"), "Regional office (invented)", Desk.HEADQUARTERS)
    yield vault
    vault.close()


@pytest.fixture
def window(office: OpenVault, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    table = count(INTERVIEWS, OUTCOMES, categories=("C01", "C12"))
    monkeypatch.setattr(report, "counts", lambda vault: table)
    monkeypatch.setattr(report, "cases", lambda vault: CASES)
    made = window_at(office, "headquarters")
    yield made
    done_with(made)


def page(window: MainWindow) -> HeadquartersScreen:
    assert isinstance(window.screen_shown, HeadquartersScreen)
    return window.screen_shown


def cells(window: MainWindow) -> list[list[str]]:
    table = page(window).table
    assert table is not None
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_nothing_received_yet_says_what_to_do(office: OpenVault) -> None:
    window = window_at(office, "headquarters")
    assert says(window, "Nothing has been received yet.")
    press(window, "Next: exchange")
    assert window.context.navigation.here[0] == "exchange"
    done_with(window)


def test_a_day_on_which_nobody_was_asked_never_says_zero(window: MainWindow) -> None:
    asylum, older = cells(window)
    # all days, then 3 March (nobody was asked), then 2 March
    assert asylum[1:] == ["1", "1", "not asked", "not asked", "1", "1"]
    assert older[1:] == ["0", "0", "not asked", "not asked", "0", "0"]


def test_each_figure_has_its_meaning_one_press_away(window: MainWindow) -> None:
    screen = page(window)
    assert screen.table is not None
    screen.table.pressed_at.emit(0, 3)
    settle()
    assert says(window, "Suggested: not asked")
    assert says(window, "Persons for whom the answers led a rule to suggest this category")
    assert says(window, "Asked: 0 · Not asked: 1 · Declined: 0")
    assert says(window, "that is not zero")
    press(window, "Persons")
    assert says(window, "Persons of whom at least one finished interview or outcome is held here.")
    press(window, "Sections: asked or not")
    assert says(window, "Interviews in which this section was asked in full")
    assert nameless(window) == []


def test_a_section_is_called_as_the_form_calls_it(window: MainWindow) -> None:
    assert page(window).presenter.section_name("person") == "About you"
    assert page(window).presenter.section_name("of_a_newer_form") == "of_a_newer_form"


def test_the_newest_day_stands_beside_all_days(window: MainWindow) -> None:
    assert page(window).presenter.days == (ALL_DAYS, "2026-03-03", "2026-03-02")


def test_cases_are_numbers_with_post_day_state_and_categories(window: MainWindow) -> None:
    press(window, "List of cases")
    screen = window.screen_shown
    assert isinstance(screen, CasesScreen) and screen.table is not None
    model = screen.table.model()
    rows = [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]
    assert rows[0] == [
        "7KQ2-M0XD",
        "Ras Nour",
        "2 March 2026",
        "confirmed",
        "Asks for asylum or is afraid to go back",
    ]
    assert rows[1][3:] == ["suggested, waits for a person", "Older person"]
    assert nameless(window) == []


def test_figures_are_shown_from_the_right_in_arabic(window: MainWindow, office: OpenVault) -> None:
    mirrored = window_at(office, "headquarters", language="ar")
    screen = page(mirrored)
    assert screen.table is not None
    first = screen.table.visualRect(screen.table.model().index(0, 0))
    second = screen.table.visualRect(screen.table.model().index(0, 1))
    assert first.left() > second.left()
    assert first.right() <= screen.table.viewport().width()
    done_with(mirrored)


def test_columns_of_figures_are_as_wide_as_their_headings(window: MainWindow, office: OpenVault) -> None:
    arabic = window_at(office, "headquarters", language="ar")
    table = page(arabic).table
    assert table is not None
    heads = table.horizontalHeader()
    room = 2 * heads.fontMetrics().height()
    for column in range(1, table.model().columnCount()):
        lines = str(table.model().headerData(column, Qt.Orientation.Horizontal)).splitlines()
        texts = [
            *lines,
            *(table.model().index(row, column).data() for row in range(table.model().rowCount())),
        ]
        widest = max(heads.fontMetrics().horizontalAdvance(text) for text in texts)
        assert widest <= table.columnWidth(column) <= widest + room
    done_with(arabic)


def test_the_figures_of_an_empty_vault_are_read_from_it(office: OpenVault) -> None:
    figures = Figures(office, "en")
    assert figures.is_empty and figures.cases == ()
