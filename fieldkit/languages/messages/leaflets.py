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
    "leaflet.no_language": mark(
        "“{tag}” is no language tag, so nothing was composed and nothing was written. Give a tag such as en, fa_AF "
        "or ff-Adlm."
    ),
    "leaflet.pictogram_unknown": mark(
        "There is no pictogram “{name}” here. Nothing was printed. Choose one of those in the folder pictograms."
    ),
    "leaflet.pictogram_drawing": mark(
        "Line {line} of the pictogram {file} is not drawn as pictograms are. Nothing was printed. Use paths, "
        "circles and rectangles in black and white only, one on a line."
    ),
    "leaflet.no_pictures": mark(
        "There is no version in pictures of {id} yet. Nothing was printed. Print the leaflet itself, and read it "
        "aloud."
    ),
}
