"""What can be wrong with something printed. Sentences stand in `languages.messages.leaflets`."""

import unicodedata

from fieldkit.domain.errors import DeviceFault, ForeignFault


class LeafletFault(ForeignFault):
    """A text cannot be printed as it is; nothing was printed, so nobody reads half a sentence."""


class FontFault(DeviceFault):
    """A font file is missing or is not the one this program was made with."""


def missing_glyph(character: str) -> LeafletFault:
    """The fault that names a character which no font can draw, by its number and Unicode's name."""
    name = unicodedata.name(character, "a character without a name")
    return LeafletFault("leaflet.missing_glyph", character=f"U+{ord(character):04X}", name=name)
