"""What is said when something cannot be printed or shown as pages."""

from fieldkit.languages.marking import mark

MESSAGES: dict[str, str] = {
    "leaflet.missing_glyph": mark(
        "The text has the character {character} ({name}), which no font of this program can draw. Nothing was "
        "printed, so that no word is missing on paper. Write the text without this character and print again."
    ),
    "leaflet.font_altered": mark(
        "The font file {file} is not the one this program was made with, so words could be drawn wrongly. Nothing "
        "was printed and no record was changed. Install the program again from a file you trust."
    ),
    "leaflet.font_missing": mark(
        "The font file {file} is missing, so nothing was printed. No record was changed. Install the program "
        "again from a file you trust."
    ),
    "leaflet.pages_unreadable": mark(
        "This PDF cannot be shown as pages. Nothing was changed. Make it again, then open it from there."
    ),
}
