"""Printing leaves nothing on the disk on its way: libraries' temporary files lie in memory meanwhile."""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter

from fieldkit.domain.errors import DeviceFault
from fieldkit.ui import printing


@pytest.fixture
def paper(tmp_path: Path) -> QPrinter:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    return printer


def white() -> QImage:
    image = QImage(60, 80, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    return image


def printed(paper: QPrinter) -> list[str]:
    """Where a library would put a temporary file while each page is drawn."""
    seen: list[str] = []

    def picture(_index: int, _scale: float) -> QImage:
        seen.append(os.environ.get("TMPDIR", ""))
        return white()

    printing.print_pages(paper, 2, picture, lambda _done, _whole: None)
    return seen


@pytest.mark.skipif(sys.platform != "linux", reason="CUPS")
def test_qt_hands_pages_to_cups_through_memory(
    paper: QPrinter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "in memory"
    own.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(own))
    monkeypatch.setenv("TMPDIR", "/the/disk")
    assert printed(paper) == [str(own)] * 2
    assert os.environ["TMPDIR"] == "/the/disk"


def test_the_folder_is_as_before_also_when_printing_failed(
    paper: QPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TMPDIR", raising=False)

    def broken(_index: int, _scale: float) -> QImage:
        raise DeviceFault("pages.printer_failed", printer="Desk printer")

    with pytest.raises(DeviceFault):
        printing.print_pages(paper, 1, broken, lambda _done, _whole: None)
    assert "TMPDIR" not in os.environ


@pytest.mark.skipif(sys.platform != "linux", reason="CUPS")
def test_without_a_folder_in_memory_of_ones_own_the_one_for_all_is_taken(
    paper: QPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere at all")
    monkeypatch.delenv("TMPDIR", raising=False)
    assert printed(paper) == ["/dev/shm" if Path("/dev/shm").is_dir() else ""] * 2
