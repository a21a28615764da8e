"""The booklet for officials: its paragraphs in a language, looked up by what is in hand, by words, and on paper
(R-155 to R-161).

1. It is there before anybody signs in; what a pack brings of it is there once the vault is open.
2. A paragraph whose translation nobody has reviewed says so; what is not translated stands in English.
3. Each paragraph says its source and that nobody has reviewed it; one that has expired is marked, and left out on
   paper (K-33).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fieldkit.content import booklet as guides
from fieldkit.content import codebook as codebooks
from fieldkit.content import learning
from fieldkit.content.booklet import Guide, Place
from fieldkit.content.codebook import Codebook
from fieldkit.content.faults import ContentFault
from fieldkit.content.provenance import Mark, Provenance
from fieldkit.domain.document import Blank, Block, Box, Document, Page, Run
from fieldkit.domain.document import Paragraph as Paper
from fieldkit.domain.shelf import Folder
from fieldkit.files import resources
from fieldkit.languages import catalogues
from fieldkit.leaflets import imposed, source
from fieldkit.leaflets.layout import lay_out
from fieldkit.leaflets.markdown import Kind, SourceBlock
from fieldkit.leaflets.pdf import write
from fieldkit.leaflets.source import LeafletSource, Status
from fieldkit.services.counsel import Printed
from fieldkit.services.library import folded
from fieldkit.services.vault import OpenVault

ID = "B01"
_PARAGRAPH, _CHAPTER = 3, 2


@dataclass(frozen=True, slots=True)
class Line:
    """One text as it is shown, in its `language`; a `never` stands apart; `number` counts steps from 1, else 0."""

    text: str
    language: str
    bullet: bool = False
    number: int = 0
    never: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What one heading holds."""

    id: str
    chapter: str
    title: Line
    lines: tuple[Line, ...]
    draft: bool
    about: Provenance

    def marks(self, today: date) -> tuple[Mark, ...]:
        """What has to be said beside it (rule 3)."""
        return self.about.marks(today)


@dataclass(frozen=True, slots=True)
class OfferedBooklet:
    """A booklet of the list, with how far its text can be trusted in each language that has any."""

    id: str
    title: str
    languages: dict[str, Status]


class Booklet:
    """The whole booklet in one language."""

    def __init__(self, tag: str, vault: OpenVault | None = None) -> None:
        self.tag = tag
        self._folder: Folder = vault.content[0] if vault is not None else resources()
        self.codebook: Codebook = vault.codebook if vault is not None else codebooks.load(resources())
        self._source = source.read_leaflet(ID, self._folder)
        self._words = catalogues.load(tag, "leaflets")
        self.guide: Guide = guides.load(self._folder, self.codebook, _paragraph_ids(self._source))
        self.paragraphs = tuple(_paragraphs(self._source, tag, self._words, self.guide))
        self._by_id = {one.id: one for one in self.paragraphs}
        self._searched: dict[str, str] = {}

    @property
    def title(self) -> str:
        """What it is called."""
        return _line(
            self._source, SourceBlock(Kind.HEADING, "title", self._source.title), self.tag, self._words
        ).text

    def chapters(self) -> tuple[tuple[str, tuple[Paragraph, ...]], ...]:
        """The paragraphs under their chapters, in order."""
        found: dict[str, tuple[Paragraph, ...]] = {}
        for one in self.paragraphs:
            found[one.chapter] = (*found.get(one.chapter, ()), one)
        return tuple(found.items())

    def chapter_names(self) -> dict[str, str]:
        """What the chapters are called, by their ids, in order."""
        return {
            block.id: _line(self._source, block, self.tag, self._words).text
            for block in self._source.blocks
            if block.kind is Kind.HEADING and block.level == _CHAPTER and block.id
        }

    def headings(self) -> tuple[SourceBlock, ...]:
        """The headings of chapters and paragraphs, in order, as they are written."""
        return tuple(block for block in self._source.blocks if block.kind is Kind.HEADING)

    def find(self, paragraph: str) -> Paragraph:
        """A paragraph by its id; the one about this program when there is none."""
        return self._by_id.get(paragraph) or self._by_id[guides.OTHERWISE]

    def at(self, *places: Place) -> Paragraph:
        """The paragraph for the nearest of `places` (R-156)."""
        return self.find(self.guide.paragraph(*places))

    def search(self, typed: str) -> tuple[Paragraph, ...]:
        """The paragraphs that have every word of `typed`, in any language there is; in the title first."""
        asked = folded(typed).split()
        if not asked:
            return ()
        texts = self._texts()
        found = [one for one in self.paragraphs if all(word in texts[one.id] for word in asked)]
        return tuple(sorted(found, key=lambda one: not all(word in folded(one.title.text) for word in asked)))

    def _texts(self) -> dict[str, str]:
        """Every paragraph's words in every language, made when somebody first searches."""
        if not self._searched:
            for tag in dict.fromkeys((self.tag, source.SOURCE_TAG, *languages(self._folder))):
                for one in _paragraphs(self._source, tag, catalogues.load(tag, "leaflets"), self.guide):
                    said = " ".join((one.title.text, *(line.text for line in one.lines)))
                    self._searched[one.id] = f"{self._searched.get(one.id, '')}\n{folded(said)}"
        return self._searched


def check(folder: Folder) -> None:
    """Read booklet, tables and leaflets of a folder as they will be used. Raises LeafletFault, ContentFault."""
    for leaflet in source.leaflet_ids(folder):
        source.read_leaflet(leaflet, folder)
    held = source.read_leaflet(ID, folder)
    guides.load(folder, codebooks.load(folder), _paragraph_ids(held))
    _demand_chapters(folder, held)


def _demand_chapters(folder: Folder, held: LeafletSource) -> None:
    """Every chapter that a module covers is one of the booklet (N-099). Raises ContentFault."""
    chapters = {block.id for block in held.blocks if block.kind is Kind.HEADING and block.level == _CHAPTER}
    for module in learning.load(folder).modules:
        for chapter in module.chapters:
            if chapter not in chapters:
                raise ContentFault("content.unknown_chapter", module=module.id, chapter=chapter)


def languages(folder: Folder | None = None) -> tuple[str, ...]:
    """The languages in which the booklet has text, English first."""
    held = source.read_leaflet(ID, folder)
    tags = catalogues.available(domain="leaflets")
    found = (
        tag
        for tag in tags
        if source.status(held, tag, catalogues.load(tag, "leaflets")) is not Status.MISSING
    )
    return tuple(dict.fromkeys((source.SOURCE_TAG, *found)))


def booklets(tag: str, folder: Folder | None = None) -> tuple[OfferedBooklet, ...]:
    """The booklets there are, titles in the language `tag`."""
    found = []
    for booklet in source.booklet_ids(folder):
        held = source.read_leaflet(booklet, folder)
        title = catalogues.load(tag, "leaflets").in_context(f"{booklet}/title", held.title)
        known = {one: source.status(held, one, catalogues.load(one, "leaflets")) for one in languages(folder)}
        found.append(OfferedBooklet(booklet, title, known))
    return tuple(found)


def on_paper(vault: OpenVault, tag: str) -> Document:
    """The booklet as a document, with its contents; expired paragraphs are left out (rule 3)."""
    held = Booklet(tag, vault)
    today = vault.world.today()
    expired = {one.id for one in held.paragraphs if not one.about.may_be_printed(today)}
    document = source.leaflet(
        ID, tag, catalogues.load(tag, "leaflets"), folder=vault.content[0], without=expired
    )
    title, *rest = document.blocks
    top: list[Block] = [title]
    if expired:
        said = held.codebook.say("booklet/left_out", catalogues.load(tag, "codebook"))
        top.append(Box((Paper((Run(said),), tag),), careful=True))
    return replace(document, blocks=(*top, *rest))


def card(vault: OpenVault, tag: str, paragraph: str) -> Document:
    """One paragraph alone, for whoever it is meant for: an inspector, a teacher, somebody who gives work (R-080).

    Whoever takes it away has no list of services: at its end is a line to write a number on by hand. One that has
    expired is not there, and the sheet says so (rule 3).
    """
    held = Booklet(tag, vault)
    one = held.find(paragraph)
    printed = one.about.may_be_printed(vault.world.today())
    headings = {block.id for block in held.headings() if not printed or block.id != one.id}
    document = source.leaflet(
        ID, tag, catalogues.load(tag, "leaflets"), folder=vault.content[0], without=headings
    )
    _, *blocks = document.blocks
    spoken = catalogues.load(tag, "codebook")
    if printed:
        phone = held.codebook.say("slip/phone", spoken)
        blocks += [Paper((Run(phone, bold=True),), tag), Blank(tag, lines=2)]
    else:
        blocks = [
            Box((Paper((Run(held.codebook.say("booklet/left_out", spoken)),), tag),), careful=True),
            *blocks,
        ]
    return replace(document, title=one.title.text, blocks=tuple(blocks))


def to_be_folded(vault: OpenVault, tag: str) -> Printed:
    """The booklet on sheets of A4, two of its pages on each side: printed on both, turned over the short edge, and
    folded, it is read in order."""
    pages = imposed.booklet(lay_out(replace(on_paper(vault, tag), page=Page.A5)))
    return Printed(write(pages, made=vault.world.today()), len(pages.pages))


def _paragraph_ids(held: LeafletSource) -> tuple[str, ...]:
    return tuple(
        block.id for block in held.blocks if block.kind is Kind.HEADING and block.level == _PARAGRAPH
    )


def _paragraphs(held: LeafletSource, tag: str, words: catalogues.Words, guide: Guide) -> Iterator[Paragraph]:
    chapter = ""
    blocks: list[SourceBlock] = []
    for block in (*held.blocks, SourceBlock(Kind.HEADING, level=_CHAPTER)):
        if block.kind is not Kind.HEADING:
            blocks.append(block)
            continue
        if blocks and blocks[0].level == _PARAGRAPH:
            yield _paragraph(held, blocks, chapter, tag, words, guide)
        if block.level == _CHAPTER and block.id:
            chapter = _line(held, block, tag, words).text
        blocks = [block]


def _paragraph(
    held: LeafletSource,
    blocks: Sequence[SourceBlock],
    chapter: str,
    tag: str,
    words: catalogues.Words,
    guide: Guide,
) -> Paragraph:
    title, *rest = blocks
    lines: list[Line] = []
    never, number = False, 0
    for block in rest:
        never = block.kind in {Kind.BOX, Kind.CAREFUL} or (never and block.kind is not Kind.END)
        number = number + 1 if block.kind is Kind.NUMBERED else 0
        if block.text:
            line = _line(held, block, tag, words)
            lines.append(replace(line, bullet=block.kind is Kind.BULLET, number=number, never=never))
    texts = [block for block in blocks if block.text]
    draft = any(words.is_draft(block.text, f"{held.id}/{block.id}") for block in texts)
    about = guide.abouts.get(title.id, Provenance("*", ""))
    return Paragraph(title.id, chapter, _line(held, title, tag, words), tuple(lines), draft, about)


def _line(held: LeafletSource, block: SourceBlock, tag: str, words: catalogues.Words) -> Line:
    context = f"{held.id}/{block.id}"
    there = tag != source.SOURCE_TAG and words.is_translated(block.text, context)
    text = words.in_context(context, block.text) if there else block.text
    return Line(text.replace("**", ""), tag if there else source.SOURCE_TAG)
