"""What the windows themselves refuse: printing, reading and writing files where somebody pointed."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "window.disk_full": mark(
        "There is no room left in the chosen folder, so no file was written there. Nothing else changed. Choose "
        "another folder, or make room."
    ),
    "window.disk_failed": mark(
        "The chosen folder cannot be written to, so no file stands there. Nothing else changed. Look whether the "
        "stick is still in, or choose another folder."
    ),
    "window.file_unreadable": mark(
        "The file {file} cannot be read. Nothing was changed. Look whether the stick is still in, then choose the "
        "file again."
    ),
    "window.file_too_large": mark(
        "The file {file} is no file of this kind: it is too large, or it is a link. Nothing was changed. Choose "
        "another file."
    ),
    "pages.printer_failed": mark(
        "The printer {printer} did not take the pages, so nothing was printed and nothing was recorded. Look at "
        "the printer, then print again, or save the pages as a PDF."
    ),
}
