"""The program's own fonts: which family a language is written in, loaded when it is first needed.

1. Families carry names of their own ("Fieldkit Naskh"), so that an older font of the system never mixes in.
2. Nothing is loaded before somebody needs it: the sign-in window comes up with the fonts of one language.
3. A list of families ends with the others that are loaded: text typed in another script still finds glyphs.
4. Nastaliq and Myanmar need lines further apart (1.9 and 1.6 of the type size, `leaflets.md`); their fonts
   ask for 2.5 and 2.2 themselves, and nothing here narrows it.
"""

import json
from collections.abc import Iterator
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from fieldkit import files
from fieldkit.languages.autonyms import language

BASE_FAMILY = "Fieldkit Sans"
_NASTALIQ = "Fieldkit Nastaliq"
_NASTALIQ_LANGUAGES = frozenset({"ur"})
_MANIFEST_SCRIPT = {"Hans": "Hani", "Hant": "Hani"}

_loaded: set[str] = set()


def family(tag: str) -> str:
    """The family in which a language is written; the one for Latin, Cyrillic and Greek when it is unknown."""
    if tag.partition("_")[0] in _NASTALIQ_LANGUAGES:
        return _NASTALIQ
    known = language(tag)
    script = known.script if known else "Latn"
    return _family_by_script().get(_MANIFEST_SCRIPT.get(script, script), BASE_FAMILY)


def font_for(tag: str, bold: bool = False) -> QFont:
    """A font for text in a language, its files loaded. The size comes from the stylesheet."""
    wanted = family(tag)
    names = list(dict.fromkeys([wanted, BASE_FAMILY]))
    for name in names:
        _load(name)
    font = QFont()
    font.setFamilies(names + [name for name in sorted(_loaded) if name not in names])
    if bold:
        font.setWeight(QFont.Weight.Bold)
    return font


def load_next() -> bool:
    """Load one more family, for when nobody waits; False when all are there."""
    missing = next((name for name in _files_by_family() if name not in _loaded), None)
    if missing is None:
        return False
    _load(missing)
    return True


def _load(name: str) -> None:
    if name in _loaded:
        return
    _loaded.add(name)
    for file in _files_by_family().get(name, ()):
        QFontDatabase.addApplicationFont(str(files.resources() / "fonts" / file))


@cache
def _files_by_family() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, file, _ in _rows():
        found[name] = (*found.get(name, ()), file)
    return found


@cache
def _family_by_script() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, _, scripts in _rows():
        for script in scripts:
            found.setdefault(script, name)  # Naskh comes before Nastaliq in the manifest
    return found


def _rows() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    path = files.resources() / "fonts" / "manifest.json"
    if not path.is_file():
        return  # a package without its fonts still opens, in the system's
    for row in json.loads(path.read_text(encoding="utf-8"))["fonts"]:
        yield row["family"], row["file"], tuple(row["scripts"])
