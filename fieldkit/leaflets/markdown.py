"""Reads how leaflets are written: front matter, and a small part of markdown with an id at each text.

1. The front matter is `key: value` lines between two lines `---`; the keys are exactly those of `FRONT`.
2. A block is a heading (`##`), a paragraph, an item (`-`, `1.`) or a box (from `::: box` to `:::`).
3. Every text ends with `{#id}`, which stays when the wording changes: translations hang on it. After the id
   may stand `critical` (a named speaker must review the translation), `law` (a sentence about law) and
   `insert=name` (a sentence of a reviewed pack takes its place; `protection.md` 11).
4. `**bold**` and `{{contact}}` are all there is inside a text. Anything else is refused, with the line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.leaflets.faults import LeafletFault

FRONT = ("id", "title", "version", "date", "groups", "reviewed_by_lawyer")

_TEXT = re.compile(r"(?P<text>.+?)\s*\{#(?P<id>[a-z][a-z0-9_]*)(?P<words>(?: [a-z_=]+)*)\}")
_START = re.compile(r"(?P<heading>#{1,3}) |(?P<bullet>- )|(?P<number>\d+\. )")
_FORBIDDEN = re.compile(r"[<>`\[\]|\\]|(?<!\*)\*(?!\*)")
_PLACEHOLDER = re.compile(r"\{\{([a-z_]+)\}\}")


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBERED = "numbered"
    BOX = "box"
    CAREFUL = "careful"
    END = "end"


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """One block of a leaflet in English. Boxes have no text; `level` is that of a heading, else 0."""

    kind: Kind
    id: str = ""
    text: str = ""
    level: int = 0
    critical: bool = False
    law: bool = False
    insert: str = ""


def parse(text: str, file: str) -> tuple[Mapping[str, str], tuple[SourceBlock, ...]]:
    """Front matter and blocks. Raises LeafletFault that names the line."""
    lines = text.splitlines()
    front, body_start = _front_matter(lines, file)
    blocks = tuple(_blocks(lines, body_start, file))
    _demand_ids_once(blocks, file)
    return front, blocks


def placeholders(text: str) -> tuple[str, ...]:
    """The local inserts that a text asks for, sorted."""
    return tuple(sorted(_PLACEHOLDER.findall(text)))


def _front_matter(lines: list[str], file: str) -> tuple[Mapping[str, str], int]:
    if not lines or lines[0] != "---" or "---" not in lines[1:]:
        raise LeafletFault("leaflet.front_matter", file=file, line=1)
    end = lines.index("---", 1)
    front: dict[str, str] = {}
    for number, line in enumerate(lines[1:end], start=2):
        key, colon, value = line.partition(":")
        if not colon or key in front or not value.strip():
            raise LeafletFault("leaflet.front_matter", file=file, line=number)
        front[key] = value.strip()
    if tuple(front) != FRONT:
        raise LeafletFault("leaflet.front_matter", file=file, line=end + 1)
    return front, end + 1


def _blocks(lines: list[str], start: int, file: str) -> Iterator[SourceBlock]:
    inside_box = False
    for number, line in _joined(lines, start):
        if line.startswith(":::"):
            kind = _box(line, inside_box, file, number)
            inside_box = kind is not Kind.END
            yield SourceBlock(kind)
        else:
            yield _block(line, file, number)
    if inside_box:
        raise LeafletFault("leaflet.box_open", file=file, line=len(lines))


def _joined(lines: list[str], start: int) -> Iterator[tuple[int, str]]:
    """Whole blocks: a line that does not begin one belongs to the line before it."""
    parts: list[str] = []
    first = start
    for number, line in enumerate([*lines[start:], ""], start=start + 1):
        begins = line.startswith(":::") or _START.match(line)
        if parts and (not line.strip() or begins):
            yield first, " ".join(parts)
            parts = []
        if line.strip():
            first = number if not parts else first
            parts.append(line.strip())
        if parts and line.startswith(":::"):
            yield first, " ".join(parts)
            parts = []


def _box(line: str, inside: bool, file: str, number: int) -> Kind:
    kinds = {"::: box": Kind.BOX, "::: careful": Kind.CAREFUL, ":::": Kind.END}
    kind = kinds.get(line.strip())
    if kind is None or (kind is Kind.END) != inside:
        raise LeafletFault("leaflet.box_open", file=file, line=number)
    return kind


def _block(line: str, file: str, number: int) -> SourceBlock:
    start = _START.match(line)
    written = _TEXT.fullmatch(line[start.end() :] if start else line)
    if written is None:
        raise LeafletFault("leaflet.no_id", file=file, line=number)
    if _FORBIDDEN.search(written["text"]) or written["text"].count("**") % 2:
        raise LeafletFault("leaflet.markup", file=file, line=number)
    flags, insert = _words(written["words"].split(), file, number)
    return SourceBlock(
        _kind(start),
        written["id"],
        written["text"],
        len(start["heading"] or "") if start else 0,
        "critical" in flags,
        "law" in flags,
        insert,
    )


def _kind(start: re.Match[str] | None) -> Kind:
    if start is None:
        return Kind.PARAGRAPH
    if start["heading"]:
        return Kind.HEADING
    return Kind.BULLET if start["bullet"] else Kind.NUMBERED


def _words(words: list[str], file: str, number: int) -> tuple[frozenset[str], str]:
    inserts = [word.removeprefix("insert=") for word in words if word.startswith("insert=")]
    flags = frozenset(word for word in words if not word.startswith("insert="))
    if flags - {"critical", "law"} or len(inserts) > 1 or "" in inserts:
        raise LeafletFault("leaflet.markup", file=file, line=number)
    return flags, inserts[0] if inserts else ""


def _demand_ids_once(blocks: tuple[SourceBlock, ...], file: str) -> None:
    seen: set[str] = set()
    for block in blocks:
        if block.id and block.id in seen:
            raise LeafletFault("leaflet.same_id", file=file, id=block.id)
        seen.add(block.id)
