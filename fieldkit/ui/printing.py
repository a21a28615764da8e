"""The printers of this laptop. The one place that talks to them.

1. A page goes to paper as a picture of itself: what was previewed is what is printed, in every script.
2. The program writes no file for it. What the system's print spooler keeps is the system's; the administrator
   is told so (`vault-and-bundles.md`, Traces).
"""

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from fieldkit.domain.errors import DeviceFault
from fieldkit.domain.ports import Progress

MOST_DOTS = 300
"""Dots an inch at which a page is drawn, at most: text is sharp, and a page stays below 35 MB of memory."""


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
    target: QPrinter, count: int, picture: Callable[[int, float], QImage], progress: Progress
) -> None:
    """Draw every page; `picture` gives page n (from 0) at so many pixels a point.

    Raises DeviceFault `pages.printer_failed`; then nothing comes out, or the printer says what it lacks.
    """
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
