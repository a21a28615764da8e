"""A printer as the end of a run of leaflets (`services/print_runs`): every page as a picture, copies as sets."""

from PySide6.QtGui import QImage

from fieldkit.domain.errors import DeviceFault
from fieldkit.services import counsel
from fieldkit.services.counsel import Edition, Printed
from fieldkit.ui import printing
from fieldkit.ui.widgets.page_view import to_image


class ToPrinter:
    """The printer of that name; asked for anew for each leaflet, because it may vanish meanwhile."""

    def __init__(self, name: str) -> None:
        self._name = name

    def put(self, edition: Edition, printed: Printed, copies: int) -> None:
        """Raises DeviceFault `runs.printer_gone`, `pages.printer_failed`; then nothing of it came out, or the
        printer says what it lacks."""
        if self._name not in printing.printers():
            raise DeviceFault("runs.printer_gone", printer=self._name)

        def picture(index: int, scale: float) -> QImage:
            drawn = counsel.page_picture(printed.pdf, index, scale)
            return to_image(drawn.width, drawn.height, drawn.pixels)

        printing.print_pages(
            printing.printer(self._name), printed.pages, picture, lambda _done, _whole: None, copies
        )
