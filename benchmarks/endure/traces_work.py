"""A talk in the real window in which canary words are typed, copied, previewed, kept, exported; then a crash.

    python -m benchmarks.endure.traces_work FOLDER WAY CANARY…

WAY says how it ends: `kill`, `abort` or `close`; `careless` is the negative control, which writes a word into a
temporary file and takes it away again.
"""

import logging
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from benchmarks.endure import desks
from fieldkit import logs
from fieldkit.services import backup, counsel, exchange, finished, intake
from fieldkit.services.record import Copy, Wanted, record
from fieldkit.services.vault import OpenVault
from fieldkit.ui import application, printing
from fieldkit.ui.lock.clipboard import HINTS, KEPT_FOR
from fieldkit.ui.lock.guard import Guard
from fieldkit.ui.lock.idle import Clocks
from fieldkit.ui.lock.laptop import Silent
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.presenters.finished import FinishedPage
from fieldkit.ui.presenters.pages import Paper
from fieldkit.ui.screens.pages import PagesScreen
from fieldkit.ui.world import always_seconds, awake_seconds
from tests.stories import offices, people
from tests.ui import interviewing
from tests.ui.desks import window_at
from tests.worlds import world

VAULT, CHOSEN = "vault", "chosen"
"""Where the vault is, and where people chose to write something."""

PRINTED_FILE, LEFT_IN_CLIPBOARD = "printed.pdf", "left-in-clipboard"
"""What the printer was given; what is written when a clipboard was not emptied (when, not what)."""


def work(folder: Path, way: str, canaries: list[str]) -> None:
    """The whole talk."""
    _let_dumps_be_written()
    logs.no_dumps()
    logs.start(logging.DEBUG)
    application.make_application()
    office = offices.found(folder / "office", "Invented service")
    post = offices.open_post(folder / VAULT, "Invented post", at=world("traces"))
    offices.enrol(post, office)
    _typed(post, canaries, folder / CHOSEN)
    for case in (row.case for row in post.queries.cases()):
        _on_paper(post, case, folder / CHOSEN)
    exchange.export(post, folder / CHOSEN)
    backup.back_up(post, folder / CHOSEN)
    _logged(canaries[0])
    if way == "careless":
        _careless(canaries[0])
    interview = people.begin(post)
    people.answer_all(interview, *desks.TELLS[:3])
    with post.database.transaction():
        interview.answer(people.ref_of(interview, "name_told"), canaries[-1])
        _end(way)
    post.close()
    office.vault.close()


def _let_dumps_be_written() -> None:
    """As somebody who looks for faults may have set this laptop."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415

        most = resource.RLIM_INFINITY if os.geteuid() == 0 else resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))


def _typed(post: OpenVault, canaries: list[str], chosen: Path) -> None:
    """Into the line of a name, letter by letter; then copied to the clipboard, which must be emptied."""
    interview = people.begin(post)
    people.answer_all(interview, *desks.TELLS)
    ref = people.ref_of(interview, "name_told")
    window = window_at(post, "home")
    screen = interviewing.at_draft(window, interview.draft_id)
    interviewing.go(screen, interview.section_of(ref))
    line = interviewing.line_of(interviewing.card(screen, "name_told"))
    interviewing.write(line, " ".join(canaries))
    interviewing.card(screen, "name_told").field.flush()
    _copied(window, line, chosen)
    held = intake.resume(post, interview.draft_id)
    assert held.session.value(ref) == " ".join(canaries), "nothing was typed, so nothing would be found"
    intake.finish(post, held)
    window.context.vault = None
    window.close()


def _copied(window: MainWindow, line: QLineEdit, chosen: Path) -> None:
    """Copy; cover. Copy; let the minute pass. Copy; lock. The clipboard is empty each time."""
    guard = Guard(window, Clocks(awake_seconds, always_seconds), Silent())
    guard.begin()
    minute = next(timer for timer in guard.findChildren(QTimer) if timer.interval() == KEPT_FOR)
    ways: dict[str, Callable[[], object]] = {
        "cover": window.cover,
        "minute": minute.timeout.emit,
        "lock": guard.end,
    }
    for when, way in ways.items():
        line.setFocus()
        line.selectAll()
        key = Qt.Key.Key_C
        QTest.keyClick(window.windowHandle(), key, Qt.KeyboardModifier.ControlModifier)
        held = QApplication.clipboard().mimeData()
        if held.text() != line.text() or not all(held.hasFormat(kind) for kind in HINTS):
            raise RuntimeError("nothing was copied, or unmarked")
        way()
        if QApplication.clipboard().text():
            (chosen / LEFT_IN_CLIPBOARD).write_text(when)
        window.uncover()
    line.selectAll()
    line.copy()  # and once the plain way, as another program would find it at a crash
    QApplication.processEvents()


def _printed(post: OpenVault, paper: Paper, chosen: Path) -> None:
    """The pages looked at in the window, and printed on a printer that writes what it is given to a file."""

    def printer(name: str) -> QPrinter:
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(chosen / PRINTED_FILE))
        return made

    printing.printers, printing.printer = lambda: ("Invented printer",), printer
    window = window_at(post, "pages", paper=paper, title="Record")
    screen = window.screen_shown
    assert isinstance(screen, PagesScreen)
    _rest(window)
    window.grab()
    way = screen.main_action()
    assert way is not None and screen.images, "the pages were not shown"
    way.do()
    _rest(window)
    window.context.vault = None
    window.close()


def _rest(window: MainWindow) -> None:
    """Until nothing runs in the background."""
    while window.context.background.is_busy:
        QApplication.processEvents()


def _on_paper(post: OpenVault, case: str, chosen: Path) -> None:
    """The record: looked at as pages, printed, then saved where somebody said."""
    (one,) = finished.of_case(post, case)
    _printed(post, FinishedPage(post, f"case/{case}", "en").record_paper(one, along=False), chosen)
    wanted = Wanted(Copy.FOR_THE_FILE, ("en", "ti"))
    printed = counsel.print_pages(record(post, f"case/{case}", one.instance_id, wanted), post.world)
    for page in range(printed.pages):
        counsel.page_picture(printed.pdf, page, 1.0)
    (chosen / "record.pdf").write_bytes(printed.pdf)


def _logged(canary: str) -> None:
    log = logging.getLogger("fieldkit.traces")
    log.info("answered %s", canary)
    try:
        raise ValueError(canary)
    except ValueError:
        log.exception("failed")


def _careless(canary: str) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(canary.encode())
        file.flush()


def _end(way: str) -> None:
    if way == "abort":
        os.abort()
    if way == "kill":
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
