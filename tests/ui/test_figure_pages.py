"""The coordinator's pages: a number, what it means one press away, and the same on paper and in a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldkit.domain.ports import Progress
from fieldkit.headquarters.tables import ALL, Gap, Line, Name, Table, word
from fieldkit.services import figures
from fieldkit.services.figures import Pages
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.ui.background import Cancelled
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.figure_pages import FigurePageScreen
from tests.ui.desks import done_with, new_desk, press, rest, settle, window_at
from tests.ui.looking import nameless, says

POST = Name("post", "Ras Nour (invented)")
DAY = "2026-03-02"
COLUMNS = (word("helped"), word("overdue"), ALL)
REFERRED = (
    Table(
        "referrals_by_post",
        "post",
        COLUMNS,
        (Line(POST, (31, Gap.HIDDEN, Gap.HIDDEN)), Line(ALL, (31, 6, 37))),
    ),
)
PLACES = (
    Table(
        "places_missing",
        "place",
        (word("day"), word("lacked")),
        (
            Line(
                Name("place", "centre Ras Nour (invented)"),
                ((Name("day", "2026-03-01"),), (Name("list:site_gaps", "medic"),)),
            ),
        ),
    ),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[OpenVault]:
    vault = new_desk(tmp_path_factory.mktemp("office"), "Regional office (invented)", Desk.HEADQUARTERS)
    yield vault
    vault.close()


@pytest.fixture
def window(office: OpenVault, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    tables = dict.fromkeys(("asked", "flows", "movement", "unmet", "signs", "whole"), ())
    made = Pages({**tables, "referred": REFERRED, "places": PLACES})
    monkeypatch.setattr(figures, "pages", lambda vault, progress: made)
    shown = window_at(office, "headquarters")
    yield shown
    done_with(shown)


def opened(window: MainWindow, qtbot: QtBot, page: str) -> FigurePageScreen:
    window.context.go("figure_page", page=page)
    rest(qtbot, window)
    assert isinstance(window.screen_shown, FigurePageScreen)
    return window.screen_shown


def test_from_the_figures_to_a_question_and_its_meaning(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "Questions and figures")
    assert says(window, "Small numbers are hidden on these pages.")
    press(window, "Referrals: what became of them")
    rest(qtbot, window)
    page = window.screen_shown
    assert isinstance(page, FigurePageScreen)
    page.made[0].pressed_at.emit(0, 2)
    settle()
    assert says(window, "Each referral stands in one column.")
    assert says(window, "The target time has passed and nobody has heard anything.")
    assert says(window, "Fewer than 5, or a number that would give such a small one away.")
    assert nameless(window) == []


def test_what_is_missing_is_said_in_words(window: MainWindow, qtbot: QtBot) -> None:
    opened(window, qtbot, "places")
    assert says(window, "No doctor or nurse")


def test_an_empty_page_says_that_nothing_is_not_zero(window: MainWindow, qtbot: QtBot) -> None:
    opened(window, qtbot, "signs")
    assert says(window, "There is nothing to count on this page yet.")
    assert says(window, "it does not mean zero")


def test_counting_can_be_stopped_and_begun_again(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_vault: OpenVault, _progress: Progress) -> Pages:
        raise Cancelled

    made = figures.pages
    monkeypatch.setattr(figures, "pages", stopped)
    opened(window, qtbot, "referred")
    assert says(window, "Counting was stopped. Nothing was changed.")
    monkeypatch.setattr(figures, "pages", made)
    press(window, "Count again")
    rest(qtbot, window)
    assert says(window, "Referrals by post")


def test_a_file_says_what_the_page_says_and_is_written_down(
    window: MainWindow, qtbot: QtBot, office: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(window, qtbot, "referred")
    monkeypatch.setattr(window, "ask_folder", lambda title: tmp_path)
    press(window, "Save as a table file")
    (path,) = tmp_path.iterdir()
    assert path.name.startswith("figures-referred-") and path.suffix == ".csv"
    rows = path.read_text("utf-8-sig").splitlines()
    assert rows[1] == "Referrals by post,Ras Nour (invented),Arrived: help was given,31,"
    assert rows[2] == "Referrals by post,Ras Nour (invented),Overdue,,hidden"
    kept = [entry.kind for entry, _ in office.journal.entries(office.stream)]
    assert kept[-1] == "document.printed"


def test_numbers_go_out_with_their_codes(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(window, qtbot, "referred")
    monkeypatch.setattr(window, "ask_folder", lambda title: tmp_path)
    press(window, "Save for a database")
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == [f"figures-referred-codes-{DAY}.csv", f"figures-referred-codes-{DAY}.json"]
    assert says(window, "The file is written.")


def test_without_a_month_that_is_over_there_is_no_report(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "Questions and figures")
    press(window, "Monthly report")
    rest(qtbot, window)
    assert says(window, "There is no month yet that is over.")
