"""From characters to glyphs: HarfBuzz, for one stretch of one line, with direction, script and language.

1. A glyph that no font has is never printed: `LeafletFault` "leaflet.missing_glyph" names the character.
2. What stands before and after on the line is given as context, so that letters join over a change of weight.
"""

from dataclasses import dataclass

import uharfbuzz as hb

from fieldkit.languages.direction import bcp47
from fieldkit.leaflets.faults import missing_glyph
from fieldkit.leaflets.fonts import Font
from fieldkit.leaflets.text import Stretch

_MISSING = 0
"""The glyph that every font keeps for "not here" (.notdef, OpenType)."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph, in font units: its advance, and how far it is moved from the pen (right, up).

    `cluster` is the offset in the run's text of the first character it stands for.
    """

    id: int
    cluster: int
    advance: int
    right: int = 0
    up: int = 0


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Glyphs from left to right, all of one font. `start` is the text's offset in its passage."""

    text: str
    start: int
    font: Font
    level: int
    script: str
    glyphs: tuple[Glyph, ...]
    link: str = ""

    @property
    def rtl(self) -> bool:
        """Whether the text runs from right to left."""
        return self.level % 2 == 1

    @property
    def advance(self) -> float:
        """Width in ems."""
        return sum(glyph.advance for glyph in self.glyphs) / self.font.units


def shape(line: str, offset: int, stretch: Stretch, language: str) -> GlyphRun:
    """Shape a stretch of `line`, which begins at `offset` in its passage. Raises LeafletFault."""
    first, last = stretch.start - offset, stretch.end - offset
    text = line[first:last]
    buffer = hb.Buffer()
    buffer.add_codepoints([ord(character) for character in line], first, last - first)
    buffer.direction = "rtl" if stretch.level % 2 else "ltr"
    buffer.script = stretch.script
    buffer.language = bcp47(language)
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS  # marks and joiners keep their own text
    hb.shape(stretch.font.shaper, buffer, {})
    glyphs = tuple(
        Glyph(info.codepoint, info.cluster - first, position.x_advance, position.x_offset, position.y_offset)
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    )
    _refuse_missing(text, glyphs, stretch.font)
    return GlyphRun(text, stretch.start, stretch.font, stretch.level, stretch.script, glyphs, stretch.link)


def _refuse_missing(text: str, glyphs: tuple[Glyph, ...], font: Font) -> None:
    for glyph in glyphs:
        if glyph.id != _MISSING:
            continue
        cluster = text[glyph.cluster :]
        character = next((one for one in cluster if not font.covers(one)), cluster[0])
        raise missing_glyph(character)
