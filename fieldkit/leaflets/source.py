"""Leaflets as they are written, and as documents in a person's language.

1. Text by text: a translation, or the English text when there is none, and the page says so.
2. A critical sentence whose translation nobody has reviewed stands together with the English one, and an
   interpreter is asked to read it (`architecture.md`).
3. A sentence that promises (staying, deadlines, appeal, a lawyer, secrecy) exists only as an insert of a
   reviewed pack, in the same language; without one the leaflet has the question to ask, and whom
   (`protection.md` 11).
4. A contact that is not known is a line to write on by hand, never an invented one (`protection.md` 10).
5. A translation that lost or added a placeholder is not used: it would send somebody to the wrong number.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from fieldkit.domain.document import Block, Box, Contents, Document, Heading, Items, Paragraph, Run
from fieldkit.domain.shelf import Folder
from fieldkit.files import resources
from fieldkit.languages.autonyms import autonym
from fieldkit.languages.isolates import isolate, isolate_numbers, isolate_words
from fieldkit.leaflets.faults import LeafletFault
from fieldkit.leaflets.fixed import held, read_fixed
from fieldkit.leaflets.markdown import Kind, SourceBlock, parse, placeholders

SOURCE_TAG = "en"
BOOKLET = "B"
"""How the ids of booklets for staff begin; they have their contents on top."""

MAX_BYTES = 256 * 1024
"""A leaflet is one to two pages; L01 has 4 KB."""

WRITE_HERE = "_" * 24
_PIECES = re.compile(r"\*\*(?P<bold>.+?)\*\*|\{\{(?P<contact>[a-z_]+)\}\}")


class LeafletWords(Protocol):
    """What is asked of `languages.catalogues.Words` of the domain `leaflets`."""

    def in_context(self, context: str, text: str) -> str: ...
    def is_translated(self, text: str, context: str | None = None) -> bool: ...
    def is_draft(self, text: str, context: str | None = None) -> bool: ...
    def __hash__(self) -> int: ...


class Status(StrEnum):
    """How far a leaflet's text in a language can be trusted, as a whole (R-203)."""

    SOURCE = "source"
    REVIEWED = "reviewed"
    DRAFT = "draft"
    PARTLY = "partly"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Inserts:
    """What a place and its pack add: `contacts` by placeholder; `reviewed` sentences by name, in the language
    of the document and reviewed there."""

    contacts: Mapping[str, str] = field(default_factory=dict)
    reviewed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeafletSource:
    """One leaflet in English. `reviewed_by_lawyer` is None while no lawyer has read it."""

    id: str
    title: str
    version: int
    date: date
    groups: tuple[str, ...]
    reviewed_by_lawyer: str | None
    blocks: tuple[SourceBlock, ...]

    def texts(self) -> Iterator[SourceBlock]:
        """The blocks that have a text."""
        return (block for block in self.blocks if block.text)


@dataclass(frozen=True, slots=True)
class _Said:
    """One text as it will stand on paper."""

    text: str
    language: str
    draft: bool = False
    missing: bool = False
    source: str = ""  # the English sentence to stand beside it


def leaflet_ids(folder: Folder | None = None) -> tuple[str, ...]:
    """The leaflets there are, in order."""
    return tuple(sorted(path.stem for path in ((folder or resources()) / "leaflets").glob("L*.md")))


def booklet_ids(folder: Folder | None = None) -> tuple[str, ...]:
    """The booklets for staff: written as leaflets are, and never among those that are handed out (R-155)."""
    return tuple(sorted(path.stem for path in ((folder or resources()) / "booklet").glob(f"{BOOKLET}*.md")))


def read_leaflet(leaflet_id: str, folder: Folder | None = None) -> LeafletSource:
    """A leaflet's or a booklet's source. Raises LeafletFault when there is none or it is not as leaflets are
    written."""
    known = {
        **dict.fromkeys(leaflet_ids(folder), "leaflets"),
        **dict.fromkeys(booklet_ids(folder), "booklet"),
    }
    if leaflet_id not in known:  # so an id from outside never becomes a path
        raise LeafletFault("leaflet.unknown", id=leaflet_id)
    return _read((folder or resources()) / known[leaflet_id] / f"{leaflet_id}.md")


def read_leaflets(folder: Folder | None = None) -> tuple[LeafletSource, ...]:
    """Every leaflet's source, in order. Raises LeafletFault."""
    place = (folder or resources()) / "leaflets"
    return tuple(_read(place / f"{name}.md") for name in leaflet_ids(folder))


def _read(path: Folder) -> LeafletSource:
    content = held(path, MAX_BYTES)
    if content is None:
        raise LeafletFault("leaflet.too_long", file=path.name, limit=MAX_BYTES)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise LeafletFault("leaflet.not_text", file=path.name) from fault
    return _source(text, path.name, path.stem)


@lru_cache(maxsize=128)
def _source(text: str, file: str, stem: str) -> LeafletSource:
    """Kept while the text is the same: what a place adds is looked for in all leaflets for each that is made."""
    front, blocks = parse(text, file)
    try:
        version, written = int(front["version"]), date.fromisoformat(front["date"])
    except ValueError as fault:
        raise LeafletFault("leaflet.front_matter", file=file, line=1) from fault
    if front["id"] != stem:
        raise LeafletFault("leaflet.front_matter", file=file, line=2)
    lawyer = front["reviewed_by_lawyer"]
    groups = tuple(group.strip() for group in front["groups"].split(","))
    return LeafletSource(
        front["id"], front["title"], version, written, groups, None if lawyer == "none" else lawyer, blocks
    )


def leaflet_texts(folder: Folder) -> list[tuple[str, str, str]]:
    """What translators are given for `leaflets.pot`: (context, English text, remark). Raises LeafletFault."""
    found = [(f"leaflet/{text.id}", text.text, text.comment) for text in read_fixed(folder).values()]
    for leaflet_id in (*leaflet_ids(folder), *booklet_ids(folder)):
        source = read_leaflet(leaflet_id, folder)
        found.append((f"{source.id}/title", source.title, "Title of the leaflet."))
        found += [(f"{source.id}/{block.id}", block.text, _remark(block)) for block in source.texts()]
    return found


def _remark(block: SourceBlock) -> str:
    parts = (
        "Critical sentence: a named speaker must review it." if block.critical else "",
        "About law; promises nothing." if block.law else "",
        "Keep what stands in {{...}} unchanged." if placeholders(block.text) else "",
    )
    return " ".join(part for part in parts if part)


@lru_cache(maxsize=1024)
def status(source: LeafletSource, tag: str, words: LeafletWords) -> Status:
    """How far the leaflet can be trusted in a language. Kept for the same words: the library asks it of all
    leaflets in all languages."""
    if tag == SOURCE_TAG:
        return Status.SOURCE
    said = [_say(f"{source.id}/title", source.title, False, tag, words)]
    said += [_say(f"{source.id}/{block.id}", block.text, False, tag, words) for block in source.texts()]
    if sum(text.missing for text in said) * 2 > len(said):  # lines that leaflets share make no leaflet
        return Status.MISSING
    if any(text.missing for text in said):
        return Status.PARTLY
    return Status.DRAFT if any(text.draft for text in said) else Status.REVIEWED


def leaflet(
    leaflet_id: str,
    tag: str,
    words: LeafletWords,
    inserts: Inserts | None = None,
    folder: Folder | None = None,
    without: Collection[str] = (),
) -> Document:
    """The leaflet in a language, ready to be composed. `tag` is Babel's; what stands under a heading whose id is in
    `without` is left out. Raises LeafletFault."""
    source = read_leaflet(leaflet_id, folder)
    if without:
        source = replace(source, blocks=tuple(_kept(source.blocks, without)))
    return _Making(source, tag, words, inserts or Inserts(), folder).document()


@dataclass(frozen=True, slots=True)
class Pieces:
    """A leaflet in a language, and beside it each of its texts alone, as blocks, by the id of the paragraph."""

    document: Document
    by_id: Mapping[str, tuple[Block, ...]]


def pieces(
    leaflet_id: str,
    tag: str,
    words: LeafletWords,
    inserts: Inserts | None = None,
    folder: Folder | None = None,
) -> Pieces:
    """The same as `leaflet`, for other ways of putting it on paper: in pictures, to be read aloud."""
    source = read_leaflet(leaflet_id, folder)
    making = _Making(source, tag, words, inserts or Inserts(), folder)
    document = making.document()
    return Pieces(document, {block.id: tuple(making.alone(block)) for block in source.texts()})


def _kept(blocks: Iterable[SourceBlock], without: Collection[str]) -> Iterator[SourceBlock]:
    """The blocks but those under a heading that is left out, down to the next heading."""
    keeps = True
    for block in blocks:
        if block.kind is Kind.HEADING:
            keeps = block.id not in without
        if keeps:
            yield block


class _Making:
    """One document being made; it remembers whether something in it is a draft or missing."""

    def __init__(
        self,
        source: LeafletSource,
        tag: str,
        words: LeafletWords,
        inserts: Inserts,
        folder: Folder | None,
    ) -> None:
        self.source, self.tag, self.words, self.inserts = source, tag, words, inserts
        self.fixed = read_fixed(folder or resources())
        self.status = status(source, tag, words)
        self.beside = False  # whether an English sentence stands beside a draft

    def document(self) -> Document:
        title = self._said(f"{self.source.id}/title", self.source.title)
        body = tuple(self._body(iter(self.source.blocks)))
        top: list[Block] = [Heading(1, self._runs(title), title.language)]
        if self.beside:
            top.append(Box((self._notice("ask_interpreter"),), careful=True))
        if self.source.id.startswith(BOOKLET):
            top.append(Contents(self.tag))
        return Document(
            title=title.text,
            language=self.tag,
            blocks=(*top, *body),
            footer=self._footer(),
            header=f"{isolate(self.source.id)} · {isolate_words(title.text)} · {isolate_words(autonym(self.tag))}",
            draft_notice=self._draft_notice(),
        )

    def _body(self, blocks: Iterator[SourceBlock]) -> Iterator[Block]:
        """The blocks up to the end of the box they stand in; items that follow each other are one list."""
        items: list[SourceBlock] = []
        for block in blocks:
            if items and block.kind is not items[0].kind:
                yield self._items(items)
                items = []
            if block.kind is Kind.END:
                return
            if block.kind in {Kind.BULLET, Kind.NUMBERED}:
                items.append(block)
            elif block.kind in {Kind.BOX, Kind.CAREFUL}:
                yield Box(tuple(self._body(blocks)), careful=block.kind is Kind.CAREFUL)
            else:
                yield from self._single(block)
        if items:
            yield self._items(items)

    def _single(self, block: SourceBlock) -> Iterator[Block]:
        said = self._block(block)
        if block.kind is Kind.HEADING:
            yield Heading(block.level, self._runs(said), said.language)
            return
        yield Paragraph(self._runs(said), said.language)
        if said.source:
            beside = _Said(said.source, SOURCE_TAG)
            yield Paragraph(self._runs(beside), SOURCE_TAG, small=True)

    def alone(self, block: SourceBlock) -> Iterator[Block]:
        """One text by itself, an item too."""
        yield from self._single(block)

    def _items(self, blocks: list[SourceBlock]) -> Items:
        said = [self._block(block) for block in blocks]
        language = SOURCE_TAG if all(text.language == SOURCE_TAG for text in said) else self.tag
        runs = tuple(self._item(text, language) for text in said)
        return Items(runs, language, numbered=blocks[0].kind is Kind.NUMBERED)

    def _item(self, said: _Said, language: str) -> tuple[Run, ...]:
        """One item. A list has one language, so English inside another one is isolated."""
        if said.language != language:
            return (Run(isolate_words(self._plain(said.text))),)
        runs = self._runs(said)
        if said.source:
            label = self._said("leaflet/in_english", self.fixed["in_english"].text).text
            runs += (Run(f" ({label} "), Run(isolate_words(self._plain(said.source))), Run(")"))
        return runs

    def _block(self, block: SourceBlock) -> _Said:
        reviewed = self.inserts.reviewed.get(block.insert) if block.insert else None
        if reviewed is not None:
            return _Said(reviewed, self.tag)
        said = _say(f"{self.source.id}/{block.id}", block.text, block.critical, self.tag, self.words)
        self.beside = self.beside or bool(said.source)
        return said

    def _said(self, context: str, text: str) -> _Said:
        return _say(context, text, False, self.tag, self.words)

    def _runs(self, said: _Said) -> tuple[Run, ...]:
        runs: list[Run] = []
        end = 0
        for piece in _PIECES.finditer(said.text):
            runs.append(Run(isolate_numbers(said.text[end : piece.start()])))
            runs.append(self._contact(piece["contact"]) if piece["contact"] else _bold(piece["bold"]))
            end = piece.end()
        runs.append(Run(isolate_numbers(said.text[end:])))
        return tuple(run for run in runs if run.text)

    def _contact(self, name: str) -> Run:
        value = self.inserts.contacts.get(name, "").strip()
        if not value:
            return Run(WRITE_HERE, atomic=True)
        if any(sign.isalpha() for sign in value):  # a name with its number may take two lines
            return Run(isolate_words(isolate_numbers(value)))
        return Run(isolate(value), atomic=True)

    def _plain(self, text: str) -> str:
        """A text without bold, with its contacts filled in."""
        return "".join(run.text for run in self._runs(_Said(text, SOURCE_TAG)))

    def _notice(self, name: str) -> Paragraph:
        said = self._said(f"leaflet/{name}", self.fixed[name].text)
        return Paragraph(self._runs(said), said.language, small=True)

    def _draft_notice(self) -> str:
        names = {
            Status.DRAFT: ("draft_notice",),
            Status.PARTLY: ("draft_notice", "partly_notice"),
            Status.MISSING: ("partly_notice",),
        }.get(self.status, ())
        return "\n".join(self._in_both(name) for name in names)

    def _in_both(self, name: str) -> str:
        """A notice in the language and, on its own line, in English: the language itself may be wrong."""
        english = self.fixed[name].text
        said = self._said(f"leaflet/{name}", english)
        return english if said.text == english else f"{said.text}\n{english}"

    def _footer(self) -> str:
        template = self._said("leaflet/footer", self.fixed["footer"].text).text
        state = Status.PARTLY if self.status is Status.MISSING else self.status
        said = self._said(f"leaflet/status_{state}", self.fixed[f"status_{state}"].text).text
        footer = template.format(
            id=isolate(self.source.id),
            version=self.source.version,
            date=isolate(self.source.date.isoformat()),
            language=isolate_words(autonym(self.tag)),
            status=said,
        )
        if self.source.reviewed_by_lawyer:
            return footer
        return f"{footer} {self._said('leaflet/law_not_reviewed', self.fixed['law_not_reviewed'].text).text}"


def _bold(text: str) -> Run:
    return Run(isolate_numbers(text), bold=True)


def _say(context: str, text: str, critical: bool, tag: str, words: LeafletWords) -> _Said:
    if tag == SOURCE_TAG:
        return _Said(text, SOURCE_TAG)
    translated = words.in_context(context, text) if words.is_translated(text, context) else ""
    if not translated or _asked(translated) != _asked(text):
        return _Said(text, SOURCE_TAG, missing=True)
    draft = words.is_draft(text, context)
    return _Said(translated, tag, draft, source=text if critical and draft else "")


def _asked(text: str) -> tuple[str, ...]:
    """What a text wants filled in, of both kinds."""
    return (*placeholders(text), *sorted(re.findall(r"(?<!\{)\{[a-z_]*\}(?!\})", text)))
