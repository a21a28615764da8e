"""What the windows themselves refuse: printing, writing a file where somebody pointed."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "pages.disk_full": mark(
        "There is no room left in the chosen folder, so no file was written there. Nothing else changed. Choose "
        "another folder, or make room."
    ),
    "pages.disk_failed": mark(
        "The chosen folder cannot be written to, so no file stands there. Nothing else changed. Look whether the "
        "stick is still in, or choose another folder."
    ),
    "pages.printer_failed": mark(
        "The printer {printer} did not take the pages, so nothing was printed and nothing was recorded. Look at "
        "the printer, then print again, or save the pages as a PDF."
    ),
}
