"""The library: group, place, language, print; what is offered where there is no text; many leaflets at once."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from fieldkit.domain.access import Role
from fieldkit.domain.errors import DeviceFault
from fieldkit.languages.typed_days import as_typed
from fieldkit.leaflets import pages as pdf_pages
from fieldkit.services import informing, local_inserts, print_runs, sketches
from fieldkit.services.counsel import Edition, Printed
from fieldkit.services.counselling import Talk, Through, Topic, Understood, keep_talk, talks
from fieldkit.services.vault import OpenVault
from fieldkit.ui import printing
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.run_printer import ToPrinter
from fieldkit.ui.screens.comments import CommentsScreen
from fieldkit.ui.screens.counselling import CounsellingScreen
from fieldkit.ui.screens.group_session import GroupSessionScreen
from fieldkit.ui.screens.information import InformationScreen
from fieldkit.ui.screens.informed import InformedScreen
from fieldkit.ui.screens.inserts import InsertsScreen
from fieldkit.ui.screens.pages import PagesScreen
from fieldkit.ui.screens.print_run import PrintRunScreen
from fieldkit.ui.screens.sketch import SketchScreen
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, screened
from tests.ui.desks import done_with, kinds, new_desk, press, rest, settle, window_at
from tests.ui.looking import says


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    vault = new_desk(tmp_path_factory.mktemp("library"), "Library post (invented)")
    vault.person = replace(vault.person, roles=frozenset(Role))
    yield vault
    vault.close()


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printer whose paper is a PDF."""
    target = tmp_path / "paper.pdf"

    def on_paper(_name: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        printer.setResolution(72)
        return printer

    monkeypatch.setattr(printing, "printers", lambda: ("Desk printer",))
    monkeypatch.setattr(printing, "printer", on_paper)
    return target


def library(window: MainWindow) -> InformationScreen:
    assert isinstance(window.screen_shown, InformationScreen)
    return window.screen_shown


def visible(window: MainWindow) -> set[str]:
    return {leaflet for leaflet, card in library(window).cards.items() if card.isVisible()}


def test_group_and_language_chosen_one_press_prints_at_once(
    desk: OpenVault, paper: Path, qtbot: QtBot
) -> None:
    window = window_at(desk, "information")
    library(window)._choose("group", "children alone")
    library(window)._choose("language", "ar")
    settle()
    assert visible(window) == {"L08"}
    library(window).presenter.choose(copies=3)
    press(window, "Print")
    rest(qtbot, window)
    screen = window.screen_shown
    assert isinstance(screen, PagesScreen) and screen.made is not None
    rest(qtbot, window)
    assert pdf_pages.page_count(paper.read_bytes()) == 3 * screen.made.pages
    assert kinds(desk)[-2:] == ["document.printed", "information.given"]
    before = len(kinds(desk))
    window.context.go("pages", paper=screen.paper, title="again", at_once=screen._at_once)
    rest(qtbot, window)
    assert len(kinds(desk)) == before, "coming back prints nothing a second time"
    done_with(window)


def test_a_word_of_the_text_finds_a_leaflet_in_any_language(desk: OpenVault) -> None:
    window = window_at(desk, "information")
    for typed in ("red cross or a red crescent", "croix rouge", "BLUE", "هلال أحمر"):
        library(window)._find(typed)
        assert "L32" in visible(window), typed
        assert len(visible(window)) < 34
    done_with(window)


def test_without_text_it_says_so_and_offers_what_there_is(desk: OpenVault, qtbot: QtBot) -> None:
    window = window_at(desk, "information")
    library(window)._choose("language", "wo")
    library(window)._find("L03")
    settle()
    assert says(window, "There is no text in this language.")
    assert ("L03", "fr") in library(window).buttons, "many who speak Wolof read French"
    assert says(window, "In pictures") and says(window, "Card that calls for an interpreter")
    press(window, "Card that calls for an interpreter")
    rest(qtbot, window)
    assert isinstance(window.screen_shown, PagesScreen) and window.screen_shown.made is not None
    done_with(window)


def test_what_is_marked_here_is_found_again(desk: OpenVault) -> None:
    window = window_at(desk, "information")
    library(window).presenter.mark("L25", on=True)
    library(window)._choose("group", "marked")
    assert visible(window) == {"L25"}
    done_with(window)


def test_many_leaflets_are_paused_and_gone_on_with(
    desk: OpenVault, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "printers", lambda: ())
    window = window_at(desk, "print_run")
    screen = window.screen_shown
    assert isinstance(screen, PrintRunScreen)
    screen.grids["leaflets"].buttons["L07"].click()
    for tag in ("en", "ar", "ti"):
        screen.grids["languages"].buttons[tag].click()
    settle()
    assert says(window, "2 leaflets come out.") and says(
        window, "Without text, so they are left out: L07 (ትግርኛ)"
    )
    monkeypatch.setattr(window, "ask_folder", lambda title: tmp_path)
    real = print_runs.IntoFolder.put
    put: list[object] = []

    def pulled(held: print_runs.IntoFolder, *arguments: object) -> None:
        if put:
            (tmp_path / "moved").mkdir(exist_ok=True)
            raise DeviceFault("runs.folder_gone")
        put.append(arguments)
        real(held, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(print_runs.IntoFolder, "put", pulled)
    window._do_main()
    rest(qtbot, window)
    assert says(window, "Every file that stands there is whole; the rest waits.")
    assert says(window, "1 of 2 leaflets are finished.")
    monkeypatch.setattr(print_runs.IntoFolder, "put", real)
    window._do_main()
    rest(qtbot, window)
    assert says(window, "2 leaflets are finished.")
    assert len(list(tmp_path.glob("leaflets-*/*.pdf"))) == 2 and print_runs.held(desk) is None
    done_with(window)


def test_a_printer_that_is_pulled_out_stops_the_run_before_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "printers", lambda: ("Another printer",))
    with pytest.raises(DeviceFault, match=r"runs\.printer_gone"):
        ToPrinter("Desk printer").put(Edition("L03", "en"), Printed(b"%PDF", 1), 20)


def test_a_line_of_the_place_is_written_with_its_day(desk: OpenVault) -> None:
    window = window_at(desk, "inserts")
    screen = window.screen_shown
    assert isinstance(screen, InsertsScreen)
    line = next(one for one in screen.presenter.lines if one.name == "contact_emergency")
    screen._open(line)
    settle()
    page = window.screen_shown
    assert isinstance(page, InsertsScreen) and page.line is not None
    page.fields["text"].line.setText("112 (invented)")
    page.line.text, page.line.until = "112 (invented)", "soon"
    window._do_main()
    assert says(window, "Write the day as day, month, year, such as 21.11.2026.")
    page.line.until = as_typed(desk.world.today())
    window._do_main()
    settle()
    assert local_inserts.printable(desk)["contact_emergency"] == "112 (invented)"
    assert isinstance(window.screen_shown, InsertsScreen) and window.screen_shown.line is None
    done_with(window)


def test_the_way_is_drawn_with_words_and_a_day(desk: OpenVault) -> None:
    window = window_at(desk, "inserts")
    press(window, "Draw the way")
    screen = window.screen_shown
    assert isinstance(screen, SketchScreen)
    window._do_main()
    assert says(window, "This is no small picture")
    screen.canvas.lines.append([QPointF(0.1, 0.2), QPointF(0.9, 0.8)])
    window._do_main()
    settle()
    assert says(window, "The way is not said in words yet.")
    screen.box.edit.setPlainText("Past the water tower (invented)")
    window._do_main()
    settle()
    assert isinstance(window.screen_shown, InsertsScreen)
    held = sketches.sketch(desk)
    assert held is not None and held.says == "Past the water tower (invented)"
    assert sketches.on_paper(desk, "L03")
    assert says(window, held.says)
    done_with(window)


def test_a_photograph_becomes_a_small_picture_in_greys(
    desk: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photograph = QImage(random.Random(7).randbytes(1400 * 900 * 4), 1400, 900, QImage.Format.Format_RGB32)
    photograph.save(str(tmp_path / "way.jpg"))
    window = window_at(desk, "sketch")
    monkeypatch.setattr(window, "ask_file", lambda title, kind: tmp_path / "way.jpg")
    press(window, "Choose a picture")
    screen = window.screen_shown
    assert isinstance(screen, SketchScreen)
    screen.box.edit.setPlainText("Past the water tower (invented)")
    window._do_main()
    settle()
    held = sketches.sketch(desk)
    assert held is not None
    picture = QImage.fromData(sketches.content(desk, held))
    assert picture.isGrayscale() and max(picture.width(), picture.height()) < sketches.MOST_SIDE
    assert picture.width() > picture.height() and picture.textKeys() == []
    done_with(window)


def test_a_talk_is_kept_when_nothing_is_missing(desk: OpenVault) -> None:
    window = window_at(desk, "counselling")
    screen = window.screen_shown
    assert isinstance(screen, CounsellingScreen)
    window._do_main()
    assert says(window, "Choose what you talked about.")
    screen.grids["topics"].buttons["asylum"].click()
    screen.grids["through"].buttons["interpreter"].click()
    screen.page.language = "ti"
    screen.page.number = "nothing like it"
    window._do_main()
    assert says(window, "No case here has this number.")
    screen.page.number = ""
    window._do_main()
    settle()
    assert says(window, "The talk is kept.")
    assert kinds(desk)[-1] == "counselling.held"
    done_with(window)


def test_from_a_case_to_a_talk_and_back(desk: OpenVault) -> None:
    done = screened(desk, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT)
    asked = Talk((Topic.FAMILY,), "en", Through.NOBODY, Understood.YES, questions=("Where is my aunt?",))
    keep_talk(desk, asked, done.case)
    window = window_at(desk, "case", case=done.case)
    press(window, "Counselling talk")
    settle()
    screen = window.screen_shown
    assert isinstance(screen, CounsellingScreen)
    assert screen.page.number == done.number and says(window, "Where is my aunt?")
    screen.grids["topics"].buttons["papers"].click()
    screen.grids["through"].buttons["nobody"].click()
    screen.page.language = "en"
    window._do_main()
    settle()
    assert type(window.screen_shown).__name__ == "CaseScreen"
    assert len(talks(desk, done.case)) == 2
    done_with(window)


def test_a_session_counts_who_was_there(desk: OpenVault) -> None:
    before = informing.told(desk).audience
    window = window_at(desk, "group_session")
    screen = window.screen_shown
    assert isinstance(screen, GroupSessionScreen)
    screen.grids["topic"].buttons["rights"].click()
    screen.grids["spoken"].buttons["ar"].click()
    window._do_main()
    assert says(window, "Write how many people were there.")
    for name, times in (("+ Women", 3), ("+ Boys", 2)):
        for _ in range(times):
            press(window, name)
    window._do_main()
    settle()
    assert says(window, "The session is kept.") and informing.told(desk).audience == before + 5
    done_with(window)


def test_a_press_is_a_person_on_the_way(desk: OpenVault) -> None:
    window = window_at(desk, "informed")
    screen = window.screen_shown
    assert isinstance(screen, InformedScreen)
    assert window.footer.main is not None and not window.footer.main.isEnabled()
    for tag in ("so", "so", "am"):
        screen.buttons[tag].click()
    settle()
    assert says(window, "3 people so far")
    screen._less("so")
    window._do_main()
    settle()
    assert says(window, "The stop is kept.") and informing.told(desk).informed == {"am": 1, "so": 1}
    done_with(window)


def test_a_comment_is_kept_and_stands_below(desk: OpenVault) -> None:
    window = window_at(desk, "comments", leaflet="L03")
    screen = window.screen_shown
    assert isinstance(screen, CommentsScreen)
    screen.page.language = "so"
    screen.grids["reader"].buttons["refugee"].click()
    screen.page.text = "The picture of the bed is clear."
    window._do_main()
    settle()
    assert says(window, "The comment is kept.") and says(window, "The picture of the bed is clear.")
    assert says(window, "Where to get help today") and says(window, ", version 1, Soomaali")
    done_with(window)
