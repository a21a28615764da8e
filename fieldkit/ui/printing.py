"""The printers of this laptop. The one place that talks to them.

1. A page goes to paper as a picture of itself: what was previewed is what is printed, in every script.
2. Nothing of it lies on the disk on the way. Qt hands pages to CUPS in a file of the folder for temporary files:
   while we print, that folder is one in memory. What the system's print spooler keeps is the system's; the
   administrator is told so (`vault-and-bundles.md`, Traces).
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from fieldkit.domain.errors import DeviceFault
from fieldkit.domain.ports import Progress

MOST_DOTS = 300
"""Dots an inch at which a page is drawn, at most: text is sharp, and a page stays below 35 MB of memory."""

_TEMPORARY = "TMPDIR"


def printers() -> tuple[str, ...]:
    """The names of the printers, the default one first."""
    names = list(QPrinterInfo.availablePrinterNames())
    default = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(names, key=lambda name: name != default))


def printer(name: str) -> QPrinter:
    """The printer of that name, ready to be drawn on from edge to edge."""
    made = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    made.setDocName("fieldkit")
    return made


def print_pages(
    target: QPrinter,
    count: int,
    picture: Callable[[int, float], QImage],
    progress: Progress,
    copies: int = 1,
) -> None:
    """Draw every page; `picture` gives page n (from 0) at so many pixels a point. Copies are sets, one after the
    other: by the printer where it can, else drawn again.

    Raises DeviceFault `pages.printer_failed`; then nothing comes out, or the printer says what it lacks.
    """
    with in_memory():
        drawn = copies
        if copies > 1 and target.supportsMultipleCopies():
            target.setCopyCount(copies)
            target.setCollateCopies(True)
            drawn = 1
        _print(target, count * drawn, lambda index, scale: picture(index % count, scale), progress)


@contextmanager
def in_memory() -> Iterator[None]:
    """Let temporary files of libraries lie in memory, where the system has a folder there (rule 2)."""
    folder = _memory_folder()
    before = os.environ.get(_TEMPORARY)
    if folder:
        os.environ[_TEMPORARY] = folder
    try:
        yield
    finally:
        if before is not None:
            os.environ[_TEMPORARY] = before
        elif folder:
            del os.environ[_TEMPORARY]


def _memory_folder() -> str:
    """This account's own folder in memory, or the one for all; none where temporary files are not asked for."""
    named = (os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm") if sys.platform == "linux" else ()  # noqa: S108
    usable = (one for one in named if one and Path(one).is_dir() and os.access(one, os.W_OK))
    return next(usable, "")


def _print(target: QPrinter, count: int, picture: Callable[[int, float], QImage], progress: Progress) -> None:
    target.setFullPage(True)
    target.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    target.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter()
    if not painter.begin(target):
        raise DeviceFault("pages.printer_failed", printer=target.printerName())
    try:
        dots = min(target.resolution(), MOST_DOTS)
        for index in range(count):
            progress(index, count)
            if index and not target.newPage():
                raise DeviceFault("pages.printer_failed", printer=target.printerName())
            _draw(painter, target, picture(index, dots / 72))
    except BaseException:
        target.abort()
        raise
    finally:
        painter.end()


def _draw(painter: QPainter, target: QPrinter, image: QImage) -> None:
    paper = QRectF(target.paperRect(QPrinter.Unit.DevicePixel))
    scale = min(paper.width() / image.width(), paper.height() / image.height())
    placed = QRectF(0, 0, image.width() * scale, image.height() * scale)
    placed.moveCenter(QRectF(0, 0, paper.width(), paper.height()).center())
    painter.drawImage(placed, image)
