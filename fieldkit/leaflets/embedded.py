"""What a PDF needs of a font: only the glyphs used, one code for each glyph with the text it stands for.

1. The same glyph has several codes when it stands for several texts, so that copying gives back the source.
2. The text of a cluster of glyphs stands at one of them, its others stand for nothing. Every code must have a
   text all the same (ISO 14289-1, 7.21.7): theirs is a sign that draws nothing, and whoever shows them says so
   (`silent`).
3. The same pages give the same bytes: codes are given in the order of first use.
"""

import hashlib
import struct
from dataclasses import dataclass
from itertools import groupby, pairwise

import uharfbuzz as hb

from fieldkit.leaflets.fonts import Font
from fieldkit.leaflets.shaping import Glyph, GlyphRun

_KEPT_TABLES = frozenset({"glyf", "loca", "head", "hhea", "hmtx", "maxp"})
"""All that a CIDFontType2 font is drawn from (ISO 32000-1, table 126)."""
_JOINER = "\u2060"
"""Word joiner: a control that readers leave out, and at which no word ends."""
_MAPPINGS_AT_ONCE = 100
"""Most lines of one `bfchar` section (Adobe Technical Note 5411)."""


class EmbeddedFont:
    """Codes given so far for one font file."""

    def __init__(self, font: Font) -> None:
        self.font = font
        self._codes: dict[tuple[int, str], int] = {}

    def code(self, glyph: int, text: str) -> int:
        """The character code (CID) of a glyph that stands for `text`; 0 is never given."""
        return self._codes.setdefault((glyph, text), len(self._codes) + 1)

    def width(self, glyph: int) -> float:
        """The advance that a reader assumes, in thousandths of an em."""
        return float(self.font.shaper.get_glyph_h_advance(glyph)) * 1000 / self.font.units

    def widths(self) -> list[float]:
        """`width` of each code from 1 on."""
        return [round(self.width(glyph), 2) for glyph, _ in self._codes]

    def to_unicode(self) -> bytes:
        """The CMap from codes to text (ISO 32000-1, 9.10.3)."""
        rows = [f"<{code:04x}> <{_utf16(text or _JOINER)}>" for (_, text), code in self._codes.items()]
        parts = [rows[start : start + _MAPPINGS_AT_ONCE] for start in range(0, len(rows), _MAPPINGS_AT_ONCE)]
        body = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
        return (_CMAP_BEGIN + body + _CMAP_END).encode("ascii")

    def file(self) -> "FontFile":
        """The font cut down to the glyphs used, and where each code finds its glyph."""
        cut = hb.SubsetInput()
        cut.unicode_set.clear()
        cut.glyph_set.set({glyph for glyph, _ in self._codes})
        cut.flags = (
            hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
        )
        tables = set(self.font.face.table_tags) - _KEPT_TABLES
        cut.drop_table_tag_set.set({int.from_bytes(tag.encode("ascii"), "big") for tag in tables})
        plan = hb.SubsetPlan(self.font.face, cut)
        places = plan.old_to_new_glyph_mapping
        glyphs = [0, *(int(places[glyph]) for glyph, _ in self._codes)]
        content = bytes(plan.execute().blob.data)
        head = bytes(self.font.face.reference_table("head").data)
        box = struct.unpack(">4h", head[36:44])  # xMin, yMin, xMax, yMax (OpenType, head)
        extents = self.font.shaper.get_font_extents("ltr")
        scale = 1000 / self.font.units
        return FontFile(
            name=f"{_label(content)}+{self.font.file.removesuffix('.ttf')}",
            content=content,
            code_to_glyph=struct.pack(f">{len(glyphs)}H", *glyphs),
            box=tuple(round(side * scale) for side in box),
            ascent=round(extents.ascender * scale),
            descent=round(extents.descender * scale),
        )


@dataclass(frozen=True, slots=True)
class FontFile:
    """Bytes of a cut font with what its descriptor says, in thousandths of an em."""

    name: str
    content: bytes
    code_to_glyph: bytes
    box: tuple[int, ...]
    ascent: int
    descent: int


def texts(run: GlyphRun) -> tuple[str, ...]:
    """For each glyph of a run the text it stands for (rule 2); in reading order they are the run's text."""
    starts = sorted({glyph.cluster for glyph in run.glyphs})
    if not starts:
        return ()
    cuts = [0, *starts[1:], len(run.text)]
    held = {start: run.text[first:last] for start, (first, last) in zip(starts, pairwise(cuts), strict=True)}
    bearers: dict[int, int] = {}
    for index, glyph in enumerate(run.glyphs):
        bearer = bearers.setdefault(glyph.cluster, index)
        if run.glyphs[bearer].advance == 0 and glyph.advance != 0:
            bearers[glyph.cluster] = index
    return tuple(
        held[glyph.cluster] if bearers[glyph.cluster] == index else ""
        for index, glyph in enumerate(run.glyphs)
    )


def silent(run: GlyphRun) -> tuple[tuple[str | None, tuple[tuple[Glyph, str], ...]], ...]:
    """The glyphs of a run, each with its text, those that stand for nothing of their own set apart: they say "",
    the others None (their own text). A font that draws a letter's dots by themselves has such glyphs."""
    pairs = zip(run.glyphs, texts(run), strict=True)
    return tuple(
        (None if speaks else "", tuple(held)) for speaks, held in groupby(pairs, lambda pair: bool(pair[1]))
    )


def words(run: GlyphRun) -> tuple[tuple[str, tuple[tuple[Glyph, str], ...]], ...]:
    """The glyphs of a left-to-right run, each with its text, by words: a word with the space after it."""
    parts: list[tuple[str, list[tuple[Glyph, str]]]] = []
    open_word = False
    for glyph, text in zip(run.glyphs, texts(run), strict=True):
        if not open_word:
            parts.append(("", []))
        said, glyphs = parts[-1]
        glyphs.append((glyph, text))
        parts[-1] = (said + text, glyphs)
        open_word = not text.endswith(" ")
    return tuple((said, tuple(glyphs)) for said, glyphs in parts)


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex()


def _label(content: bytes) -> str:
    """Six capital letters that tell subsets of a font apart (ISO 32000-1, 9.6.4)."""
    return "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(content).digest()[:6])


_CMAP_BEGIN = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
_CMAP_END = """
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
