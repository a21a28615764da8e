"""The program's own fonts: the manifest, the check of each file, and which font draws which text.

1. Only fonts of the manifest are used, never the computer's: the same pages everywhere.
2. A file is used only when its SHA-256 is the manifest's: a wrong font draws wrong words.
3. The font of the script comes first; a character it lacks is looked for in the others. Whether anything is
   missing in the end is judged after shaping (`shaping`).
"""

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import uharfbuzz as hb

from fieldkit import files
from fieldkit.leaflets.faults import FontFault
from fieldkit.leaflets.scripts import script_of_language

REGULAR, BOLD = 400, 700
_BASE_FAMILY = "Fieldkit Sans"
_FAMILY_OF_LANGUAGE = {"ur": "Fieldkit Nastaliq"}
"""Where the script alone does not decide: Urdu is read in Nastaliq, the others of its script in Naskh."""
_IGNORABLE = (range(0x200B, 0x2010), range(0x202A, 0x202F), range(0x2060, 0x2070), range(0xFE00, 0xFE10))
_DRAWS_NOTHING = frozenset("\u00ad\u034f\u061c\u180e\ufeff").union(
    chr(code) for span in _IGNORABLE for code in span
)
"""Default-ignorable characters (joiners, controls, variation selectors): a font need not have them."""


@dataclass(frozen=True)
class Font:
    """One font file. Lengths of its glyphs are in `units` to the em."""

    file: str
    family: str
    weight: int
    scripts: tuple[str, ...]
    content: bytes

    @cached_property
    def face(self) -> Any:
        """HarfBuzz's face (untyped library)."""
        return hb.Face(hb.Blob(self.content))

    @cached_property
    def shaper(self) -> Any:
        """HarfBuzz's font, at one unit of the font for one unit of measure."""
        return hb.Font(self.face)

    @cached_property
    def units(self) -> int:
        """Font units in one em."""
        return int(self.face.upem)

    @cached_property
    def characters(self) -> frozenset[int]:
        """Code points in the font's character map."""
        return frozenset(self.face.unicodes)

    def ink(self, glyph: int) -> int:
        """How far to the right of its origin a glyph's ink reaches, in font units."""
        extents = self.shaper.get_glyph_extents(glyph)
        return int(extents.x_bearing + extents.width) if extents else 0

    def covers(self, cluster: str) -> bool:
        """Whether each character of a grapheme cluster, or its (de)composed form, is in the character map."""
        forms = (cluster, unicodedata.normalize("NFC", cluster), unicodedata.normalize("NFD", cluster))
        return any(all(self._has(character) for character in form) for form in forms)

    def _has(self, character: str) -> bool:
        return ord(character) in self.characters or character in _DRAWS_NOTHING


class Library:
    """The fonts in a folder with a manifest; files are read and checked when first used.

    Raises FontFault `leaflet.font_missing` or `leaflet.font_altered`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows: list[dict[str, Any]] = _read_manifest(folder)
        self._loaded: dict[str, Font] = {}

    @property
    def files(self) -> tuple[str, ...]:
        """Names of all font files."""
        return tuple(row["file"] for row in self._rows)

    @property
    def families(self) -> tuple[str, ...]:
        """Names of all families, in the manifest's order."""
        return tuple(dict.fromkeys(row["family"] for row in self._rows))

    def font(self, file: str) -> Font:
        """The font of that file name."""
        if file not in self._loaded:
            row = next(row for row in self._rows if row["file"] == file)
            content = _read_checked(self._folder, file, row["sha256"])
            self._loaded[file] = Font(file, row["family"], row["weight"], tuple(row["scripts"]), content)
        return self._loaded[file]

    def main_font(self, language: str, *, bold: bool = False) -> Font:
        """The font in which a language is mostly written."""
        return self._of_family(self._family(script_of_language(language), language), bold)

    @lru_cache(maxsize=16384)  # noqa: B019  (as below; it is asked for every letter)
    def font_for(self, cluster: str, script: str, language: str, *, bold: bool = False) -> Font:
        """The first font that covers a grapheme cluster; the script's own when none does."""
        first = self._family(script, language)
        others = (family for family in (_BASE_FAMILY, *self.families) if family != first)
        own = self._of_family(first, bold)
        if own.covers(cluster):
            return own
        candidates = (self._of_family(family, bold) for family in others)
        return next((font for font in candidates if font.covers(cluster)), own)

    @lru_cache(maxsize=256)  # noqa: B019  (one library lives as long as the program)
    def _family(self, script: str, language: str) -> str:
        of_script = [row["family"] for row in self._rows if script in row["scripts"]]
        of_language = _FAMILY_OF_LANGUAGE.get(language.partition("_")[0])
        if of_language in of_script:
            return str(of_language)
        return str(of_script[0]) if of_script else _BASE_FAMILY

    @lru_cache(maxsize=128)  # noqa: B019
    def _of_family(self, family: str, bold: bool) -> Font:
        wanted = BOLD if bold else REGULAR
        rows = [row for row in self._rows if row["family"] == family]
        nearest = min(rows, key=lambda row: abs(row["weight"] - wanted))
        return self.font(nearest["file"])


@lru_cache(maxsize=1)
def shipped() -> Library:
    """The fonts that come with the program."""
    return Library(files.resources() / "fonts")


def _read_manifest(folder: Path) -> list[dict[str, Any]]:
    try:
        text = (folder / "manifest.json").read_text(encoding="utf-8")
        rows: list[dict[str, Any]] = json.loads(text)["fonts"]
    except OSError as error:
        raise FontFault("leaflet.font_missing", file="manifest.json") from error
    except (ValueError, KeyError, TypeError) as error:
        raise FontFault("leaflet.font_altered", file="manifest.json") from error
    return rows


def _read_checked(folder: Path, file: str, expected: str) -> bytes:
    try:
        content = (folder / file).read_bytes()
    except OSError as error:
        raise FontFault("leaflet.font_missing", file=file) from error
    if hashlib.sha256(content).hexdigest() != expected:
        raise FontFault("leaflet.font_altered", file=file)
    return content
