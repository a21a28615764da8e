"""The review of a leaflet's translation at a desk: kept in the vault while it goes on, saved as a `.po` for a pack.

1. What somebody writes is in the vault at once, and is shown to no arrival from there: only a pack that two people
   signed changes what is printed (`vault-and-bundles.md`, content packs).
2. A named reviewer clears paragraphs one by one; the name goes with them into the file (R-203).
3. Begun is with what stands now: the shipped text, and over it that of the pack in force.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldkit.domain.access import Action
from fieldkit.files import translations
from fieldkit.languages import catalogues, reviewing
from fieldkit.languages.glossary import Term, read_glossary
from fieldkit.languages.reviewing import Paragraph, ReviewFault
from fieldkit.leaflets import source
from fieldkit.services.vault import OpenVault

MOST_BYTES = 8 * 1024 * 1024
FILE = "leaflets.po"
"""The name under which a pack knows it, in the folder `translations/<tag>`."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a leaflet has come: texts, of them translated, reviewed, and those with a finding."""

    leaflet: str
    texts: int
    translated: int
    reviewed: int
    findings: int


class Review:
    """The whole catalogue of leaflets in one language, being reviewed."""

    def __init__(self, vault: OpenVault, tag: str) -> None:
        """Raises PersonFault `access.not_allowed`."""
        vault.demand(Action.REVIEW)
        self.vault = vault
        self.tag = tag
        self.glossary: Sequence[Term] = read_glossary(translations() / "glossary" / f"{tag}.csv")
        self._texts = _texts(vault)
        held = vault.belongings.get(_name(tag))
        if held is None:
            self._paragraphs = list(reviewing.begin(self._texts, _known(tag, self._texts)))
        else:
            self._paragraphs = list(reviewing.from_po(held, tag, FILE, self._texts))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Every text of every leaflet, in their order."""
        return tuple(self._paragraphs)

    def of(self, leaflet: str) -> tuple[Paragraph, ...]:
        """The texts of one leaflet, its title first; of `leaflet` those that stand on every page."""
        return tuple(one for one in self._paragraphs if one.context.partition("/")[0] == leaflet)

    def progress(self) -> tuple[Progress, ...]:
        """How far every leaflet has come."""
        found: dict[str, list[Paragraph]] = {}
        for one in self._paragraphs:
            found.setdefault(one.context.partition("/")[0], []).append(one)
        return tuple(self._progress(name, rows) for name, rows in found.items())

    def write(self, context: str, text: str) -> Paragraph:
        """Keep other words for a paragraph; it is a draft again. Raises ReviewFault `review.unknown`."""
        return self._put(self._find(context).written(text))

    def clear(self, context: str, who: str) -> Paragraph:
        """Mark a paragraph as reviewed by somebody with a name. Raises ReviewFault."""
        return self._put(self._find(context).reviewed(who, self.vault.world.today(), self.tag))

    def take_mark_back(self, context: str) -> Paragraph:
        """Make a paragraph a draft again. Raises ReviewFault `review.unknown`."""
        one = self._find(context)
        return self._put(Paragraph(one.context, one.source, one.text, one.remark))

    def read_file(self, content: bytes) -> None:
        """Go on with a file from a translation tool. Raises ForeignFault `po.unreadable`; then nothing changed."""
        self._paragraphs = list(reviewing.from_po(content, self.tag, FILE, self._texts))
        self._keep()

    def file(self) -> bytes:
        """The `.po` as it stands: for a pack, or for a translation tool."""
        return reviewing.to_po(self._paragraphs, self.tag)

    def _find(self, context: str) -> Paragraph:
        for one in self._paragraphs:
            if one.context == context:
                return one
        raise ReviewFault("review.unknown")

    def _put(self, changed: Paragraph) -> Paragraph:
        place = next(i for i, one in enumerate(self._paragraphs) if one.context == changed.context)
        if self._paragraphs[place] != changed:
            self._paragraphs[place] = changed
            self._keep()
        return changed

    def _keep(self) -> None:
        self.vault.belongings.put(_name(self.tag), self.file())

    def _progress(self, name: str, rows: list[Paragraph]) -> Progress:
        return Progress(
            name,
            len(rows),
            sum(bool(one.text) for one in rows),
            sum(one.is_reviewed for one in rows),
            sum(bool(one.findings(self.tag, self.glossary)) for one in rows),
        )


def _texts(vault: OpenVault) -> tuple[tuple[str, str, str], ...]:
    """Every text of the leaflets in force: context, source, what translators are told."""
    return tuple(source.leaflet_texts(vault.content[0]))


def _known(tag: str, texts: Sequence[tuple[str, str, str]]) -> dict[tuple[str, str], tuple[str, bool]]:
    words = catalogues.load(tag, "leaflets")
    return {
        (context, text): (words.in_context(context, text), words.is_draft(text, context))
        for context, text, _ in texts
        if words.is_translated(text, context)
    }


def _name(tag: str) -> str:
    return f"review of leaflets {tag}"
