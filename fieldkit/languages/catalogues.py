"""Words of one language: compiled catalogues, and what is shown when a translation is missing.

1. Drafts are used and known as drafts: a plain .mo drops entries flagged `fuzzy`, ours keeps them and a list
   beside it names them (`architecture.md`, "Translations are one system").
2. A translation of an older sentence is never shown: an entry that carries its former source is left out, and
   the English source stands until somebody has looked.
3. No .po is parsed at start: only compiled files are read.
4. A translation can fill placeholders and nothing else; one that cannot be filled gives way to the source.
"""

import gettext
import io
import json
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from fieldkit.domain.errors import DeviceFault
from fieldkit.files import built
from fieldkit.languages.direction import is_rtl
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.pseudo import PSEUDO_LANGUAGES, Stretched
from fieldkit.languages.review import Review

DOMAINS: Final = ("interface", "forms", "leaflets", "codebook")
SOURCE_LANGUAGE: Final = "en"

PLACEHOLDER: Final = re.compile(r"(?<![{$])\{([A-Za-z_][A-Za-z0-9_]*)\}(?!\})")
"""`{name}`; neither a leaflet's `{{insert}}` nor a form's `${question}`."""
CONTEXT_END: Final = "\x04"
"""Between context and text in the key of a compiled entry (GNU gettext manual, "MO files")."""
_TAG = re.compile(r"[A-Za-z0-9_]{2,20}")


class _Absent(str):
    """A source text that stands in for a translation which does not exist."""


class _Source(gettext.NullTranslations):
    """Answers with the source, recognisably."""

    def gettext(self, message: str) -> str:
        return _Absent(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _Absent(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return _Absent(message)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled catalogue: the bytes of its `.mo`, the keys of its entries, and of those that are drafts."""

    content: bytes
    entries: frozenset[str]
    drafts: frozenset[str]


_over: dict[tuple[str, str], Compiled] = {}
"""Catalogues of the content pack in force, by language and domain: they lie over the shipped ones."""


def lay_over(pack: Mapping[tuple[str, str], Compiled]) -> None:
    """Let these catalogues, by language and domain, come before the shipped ones from now on; none for none.

    One vault is open in a process, and one pack is in force in it.
    """
    _over.clear()
    _over.update(pack)


class Words:
    """One language in one domain. What has no translation is said in the English source."""

    def __init__(
        self, tag: str, compiled: gettext.NullTranslations | None = None, drafts: frozenset[str] = frozenset()
    ) -> None:
        self.tag = tag
        self._compiled = compiled or _Source()
        self._compiled.add_fallback(_Source())
        self._drafts = drafts
        self._rtl = is_rtl(tag)

    def say(self, text: str, /, **data: str | int) -> str:
        """`text` in this language with its `{placeholders}` filled."""
        return self._filled(self._compiled.gettext(text), text, data)

    def count(self, one: str, many: str, number: int, /, **data: str | int) -> str:
        """The right plural form for `number`, which also fills `{number}`."""
        source = one if number == 1 else many
        return self._filled(self._compiled.ngettext(one, many, number), source, {"number": number, **data})

    def in_context(self, context: str, text: str) -> str:
        """The translation of `text` where it stands: a form's path, a leaflet's paragraph."""
        return str(self._compiled.pgettext(context, text))

    def review(self, text: str, context: str | None = None) -> Review:
        """How far the translation of `text` can be trusted."""
        if self.tag == SOURCE_LANGUAGE:
            return Review.SOURCE
        if not self.is_translated(text, context):
            return Review.MISSING
        return Review.DRAFT if self.is_draft(text, context) else Review.REVIEWED

    def is_translated(self, text: str, context: str | None = None) -> bool:
        """Whether there is more than the source to show. In the source language there always is."""
        if self.tag == SOURCE_LANGUAGE:
            return True
        found = self._compiled.pgettext(context, text) if context else self._compiled.gettext(text)
        return not isinstance(found, _Absent)

    def is_draft(self, text: str, context: str | None = None) -> bool:
        """Whether no speaker has reviewed the translation that is shown; a missing one is no draft."""
        return key(text, context) in self._drafts

    def _filled(self, translated: str, source: str, data: Mapping[str, str | int]) -> str:
        if not data:
            return str(translated)
        fits = set(PLACEHOLDER.findall(translated)) <= data.keys()
        return PLACEHOLDER.sub(
            lambda match: self._shown(data.get(match[1], "…")), translated if fits else source
        )

    def _shown(self, value: str | int) -> str:
        """A value keeps its own direction inside right-to-left text: a file, a name in Latin."""
        return isolate_words(value) if self._rtl and isinstance(value, str) and value else str(value)


def key(text: str, context: str | None = None) -> str:
    """How a compiled catalogue and the list of drafts name an entry."""
    return f"{context}{CONTEXT_END}{text}" if context else text


def load(tag: str, domain: str, folder: Path | None = None) -> Words:
    """The words of a language in a domain; of an unknown language, words that speak the source.

    `folder` holds `<tag>/<domain>.mo`, by default the build's. Raises DeviceFault `catalogue.unreadable`.
    """
    if tag in PSEUDO_LANGUAGES:
        return Words(tag, Stretched(mirrored=is_rtl(tag)))
    path = (folder or compiled_folder()) / tag / f"{domain}.mo"
    over = _over.get((tag, domain)) if folder is None else None
    if tag == SOURCE_LANGUAGE or not _TAG.fullmatch(tag) or not (over or path.is_file()):
        return Words(tag)
    if not path.is_file():
        return _with_pack(tag, over, None, frozenset())
    beside = path.with_name(f"{domain}.drafts.json")
    try:
        stamps = tuple((one.st_mtime_ns, one.st_size) for one in (path.stat(), beside.stat()))
        return _read(tag, path, beside, stamps, over)
    except (OSError, ValueError, struct.error) as fault:
        raise DeviceFault("catalogue.unreadable", language=tag, domain=domain) from fault


@lru_cache(maxsize=40)
def _read(
    tag: str, path: Path, drafts: Path, _stamps: tuple[tuple[int, int], ...], over: Compiled | None
) -> Words:
    """Kept while the files are the same: every screen asks for its words, and reading them all costs 7 ms."""
    with path.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    return _with_pack(tag, over, compiled, frozenset(json.loads(drafts.read_bytes())))


def _with_pack(
    tag: str,
    over: Compiled | None,
    shipped: gettext.NullTranslations | None,
    drafts: frozenset[str],
) -> Words:
    """The words of a pack over the shipped ones; the pack says which of its own are drafts."""
    if over is None:
        return Words(tag, shipped, drafts)
    words = gettext.GNUTranslations(io.BytesIO(over.content))
    if shipped is not None:
        words.add_fallback(shipped)
    return Words(tag, words, (drafts - over.entries) | over.drafts)


def compiled_folder() -> Path:
    """Where the build puts compiled catalogues."""
    return built() / "translations"


def available(folder: Path | None = None, domain: str = "interface") -> tuple[str, ...]:
    """The tags in which a domain can be shown: the source language first, then by tag."""
    found = {path.parent.name for path in (folder or compiled_folder()).glob(f"*/{domain}.mo")}
    if folder is None:
        found |= {tag for tag, one in _over if one == domain}
    return (SOURCE_LANGUAGE, *sorted(found - {SOURCE_LANGUAGE}))


def compile_catalogues(source: Path, target: Path) -> None:
    """Compile every `<tag>/<domain>.po` under `source` into `target`; see `compiling`. Build time only."""
    from fieldkit.languages import compiling  # noqa: PLC0415 (Babel's reader is not loaded at start)

    compiling.compile_catalogues(source, target)
