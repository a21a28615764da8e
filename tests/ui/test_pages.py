"""The preview: the real pages, a neutral file, and nothing kept before something was handed over."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from fieldkit.domain.errors import DeviceFault, FieldkitError
from fieldkit.leaflets import pages as pdf_pages
from fieldkit.leaflets.faults import LeafletFault
from fieldkit.services.counsel import Printed
from fieldkit.services.vault import OpenVault
from fieldkit.storage.errors import DatabaseFault
from fieldkit.ui import printing
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.presenters import files as written
from fieldkit.ui.presenters.finished import FinishedPage
from fieldkit.ui.presenters.pages import How, Paper, leaflet_paper, save
from fieldkit.ui.screens.pages import PagesScreen
from tests.ui.desks import afraid, done_with, kinds, press, rest, window_at
from tests.ui.looking import find_button, nameless, says


@pytest.fixture
def window(post: OpenVault, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setattr(printing, "printers", lambda: ())
    made = window_at(post, "pages", paper=leaflet_paper(post, "L01", "ar"), title="Leaflet")
    rest(qtbot, made)
    yield made
    done_with(made)


def page(window: MainWindow) -> PagesScreen:
    assert isinstance(window.screen_shown, PagesScreen)
    return window.screen_shown


def test_every_page_stands_there_with_its_number(window: MainWindow, post: OpenVault) -> None:
    screen = page(window)
    assert screen.made is not None and screen.view is not None
    assert len(screen.view.sheets) == screen.made.pages
    assert says(window, f"Page 1 of {screen.made.pages}")
    ink = screen.view.sheets[0].pixmap().toImage()
    greys = {ink.pixelColor(x, y).lightness() for x in range(0, ink.width(), 3) for y in range(0, 300, 3)}
    assert min(greys) < 100 < 250 < max(greys)
    assert nameless(window) == []
    assert "information.given" not in kinds(post)


def test_pages_can_be_made_larger(window: MainWindow, qtbot: QtBot) -> None:
    before = page(window).images[0].width
    press(window, "Larger pages")
    rest(qtbot, window)
    assert page(window).images[0].width > before
    view = page(window).view
    assert view is not None and view.sheets[0].width() == page(window).images[0].width


def test_without_a_printer_the_window_says_so(window: MainWindow) -> None:
    button = window.footer.main
    assert button is not None and not button.isEnabled()
    assert says(window, "No printer is set up on this laptop.")
    assert button.text().startswith("Print ")


def test_it_is_saved_under_a_name_that_says_nothing_about_anybody(
    window: MainWindow, post: OpenVault, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(window, "ask_folder", lambda title: stick)
    for _ in range(2):
        press(window, "Save as PDF")
        rest(qtbot, window)
    assert sorted(path.name for path in stick.iterdir()) == ["leaflet-L01-ar-2.pdf", "leaflet-L01-ar.pdf"]
    assert says(window, "Saved as leaflet-L01-ar-2.pdf.")
    made = page(window).made
    assert made is not None and (stick / "leaflet-L01-ar.pdf").read_bytes() == made.pdf
    assert kinds(post)[-2:] == ["information.given", "information.given"]


def test_a_folder_that_is_gone_is_told_and_nothing_is_recorded(
    window: MainWindow, post: OpenVault, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "ask_folder", lambda title: tmp_path / "gone")
    press(window, "Save as PDF")
    rest(qtbot, window)
    assert says(window, "The chosen folder cannot be written to")
    assert "information.given" not in kinds(post)


def test_a_full_disk_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(written, "write_whole", full)
    with pytest.raises(DeviceFault, match=r"window\.disk_full"):
        save(b"%PDF", tmp_path, "slip.pdf")
    assert list(tmp_path.iterdir()) == []


def on_paper(target: Path, kind: type[QPrinter] = QPrinter) -> QPrinter:
    """A printer whose paper is a PDF."""
    printer = kind(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    return printer


class JammedPrinter(QPrinter):
    """Takes the first page and no other."""

    def newPage(self) -> bool:
        return False


def test_printing_draws_every_page_and_then_keeps_that_it_was_given(
    post: OpenVault, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = tmp_path / "paper.pdf"
    monkeypatch.setattr(printing, "printers", lambda: ("Desk printer",))
    monkeypatch.setattr(printing, "printer", lambda name: on_paper(paper))
    window = window_at(post, "pages", paper=leaflet_paper(post, "L01", "en"), title="Leaflet")
    rest(qtbot, window)
    made = page(window).made
    assert made is not None
    press(window, f"Print {made.pages} pages")
    rest(qtbot, window)
    assert pdf_pages.page_count(paper.read_bytes()) == made.pages
    printed = pdf_pages.page_image(paper.read_bytes(), 0, 1.0)
    assert min(printed.pixels[0::4]) < 60
    assert kinds(post)[-2:] == ["document.printed", "information.given"]
    assert says(window, f"{made.pages} pages were sent to the printer.")
    done_with(window)


def test_a_printer_that_fails_is_told_and_nothing_is_recorded(
    post: OpenVault, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "printers", lambda: ("Desk printer",))
    monkeypatch.setattr(printing, "printer", lambda name: on_paper(tmp_path / "paper.pdf", JammedPrinter))
    window = window_at(post, "pages", paper=leaflet_paper(post, "L01", "en"), title="Leaflet")
    rest(qtbot, window)
    window._do_main()
    rest(qtbot, window)
    assert says(window, "did not take the pages, so nothing was printed and nothing was recorded.")
    assert "document.printed" not in kinds(post)
    done_with(window)


def test_a_character_that_no_font_can_draw_is_a_sentence(post: OpenVault, qtbot: QtBot) -> None:
    def make() -> Printed:
        raise LeafletFault("leaflet.missing_glyph", character="\U00012000", name="CUNEIFORM SIGN A")

    def keep(how: How, count: int) -> None:
        raise AssertionError("nothing was handed over")

    window = window_at(post, "pages", paper=Paper("slip.pdf", "en", make, keep), title="Slip")
    rest(qtbot, window)
    assert says(window, "CUNEIFORM SIGN A")
    with pytest.raises(AssertionError):
        find_button(window, "Save as PDF")
    done_with(window)


def test_no_file_is_written_by_looking(
    post: OpenVault, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "temp"
    empty.mkdir()
    monkeypatch.setenv("TMPDIR", str(empty))
    before = {path for path in tmp_path.rglob("*") if "vault" not in path.parts}
    window = window_at(post, "pages", paper=leaflet_paper(post, "L01", "so"), title="Leaflet")
    rest(qtbot, window)
    assert {path for path in tmp_path.rglob("*") if "vault" not in path.parts} == before
    done_with(window)


def test_every_fault_of_a_paper_has_a_sentence(window: MainWindow) -> None:
    for code in ("window.disk_full", "window.disk_failed", "pages.printer_failed"):
        assert "fieldkit has no sentence" not in window.context.sentence(FieldkitError(code, printer="P"))


def test_a_paper_that_names_somebody_is_written_down_before_it_leaves(
    post: OpenVault, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be written down is not saved; of what was saved the record names neither person nor content."""
    done = afraid(post)
    held = FinishedPage(post, f"case/{done.case}", "en")
    paper = held.record_paper(held.histories[0].newest, along=False)
    window = window_at(post, "pages", paper=paper, title="What was said")
    rest(qtbot, window)
    monkeypatch.setattr(window, "ask_folder", lambda title: tmp_path)

    def full(*_: object, **__: object) -> None:
        raise DatabaseFault("vault.disk_full")

    with monkeypatch.context() as patch:
        patch.setattr("fieldkit.services.counsel.record_printed", full)
        press(window, "Save as PDF")
        rest(qtbot, window)
    assert list(tmp_path.glob("*.pdf")) == []
    press(window, "Save as PDF")
    rest(qtbot, window)
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["record.pdf"]
    (entry,) = [one for one, _ in post.journal.about(f"case/{done.case}") if one.kind == "document.printed"]
    payload = post.journal.payload(entry.payload)
    assert payload is not None
    told = payload.value()
    assert (told["what"], told["copy"], told["instance"]) == ("record file", "file", done.instance_id)
    assert "Testperson" not in str(told)
    done_with(window)
