"""The structure tree of a document (ISO 32000-1, 14.7): what a screen reader goes through, as plain data.

1. Every marked piece of content is below one element, in the order in which it is read, whatever page it is on.
2. What leads somewhere is a Link inside its element, with the place on the page that can be pressed.
3. Right-to-left elements carry their text: their glyphs alone do not tell it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fieldkit.languages.isolates import without_isolates
from fieldkit.leaflets.content import LinkBox, Marked
from fieldkit.leaflets.placed import ARTIFACT, ROOT, Figure, Pages


@dataclass(frozen=True, slots=True)
class Piece:
    """Marked content: its number on its page."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Pressed:
    """A place on a page that leads somewhere: its number among all of the document."""

    number: int


@dataclass(slots=True)
class Node:
    """An element with what is below it, in reading order; `box` is that of a figure, in PDF's coordinates."""

    kind: str
    parent: int
    language: str
    alt: str = ""
    said: str = ""
    scope: str = ""
    box: tuple[float, float, float, float] | None = None
    below: list["int | Piece | Pressed"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tree:
    """All nodes; for each page the node of each marked piece, and the node of each pressed place."""

    nodes: list[Node]
    top: list[int]
    by_piece: list[list[int]]
    by_pressed: list[int]


def tree(pages: Pages, marked: Sequence[Sequence[Marked]], links: Sequence[LinkBox]) -> Tree:
    """The tree of a document whose pages were written."""
    nodes = [Node(one.kind, one.parent, one.language, one.alt, scope=one.scope) for one in pages.elements]
    link_nodes: dict[tuple[int, str], int] = {}
    top: list[int] = []
    for number, node in enumerate(tuple(nodes)):
        (top if node.parent == ROOT else nodes[node.parent].below).append(number)
    by_piece = [[0] * len(page) for page in marked]
    for page, number, one in sorted(_pieces(marked), key=lambda found: (found[2].element, found[2].start)):
        holder = one.element
        if one.link:
            holder = _link_node(nodes, link_nodes, one.element, one.link)
        nodes[holder].below.append(Piece(page, number))
        by_piece[page][number] = holder
    by_pressed: list[int] = []
    for number, box in enumerate(links):
        holder = link_nodes[box.element, box.link]
        nodes[holder].below.append(Pressed(number))
        by_pressed.append(holder)
    for element, text in _right_to_left_texts(pages).items():
        if not any(isinstance(below, int) for below in nodes[element].below):
            nodes[element].said = text
    for figure, height in _figures(pages):
        nodes[figure.element].box = (
            figure.x,
            height - figure.y - figure.high,
            figure.x + figure.side,
            height - figure.y,
        )
    return Tree(nodes, top, by_piece, by_pressed)


def _pieces(marked: Sequence[Sequence[Marked]]) -> Iterator[tuple[int, int, Marked]]:
    for page, held in enumerate(marked):
        for number, one in enumerate(held):
            yield page, number, one


def _link_node(nodes: list[Node], known: dict[tuple[int, str], int], element: int, link: str) -> int:
    if (element, link) not in known:
        nodes.append(Node("Link", element, nodes[element].language))
        known[element, link] = len(nodes) - 1
        nodes[element].below.append(len(nodes) - 1)
    return known[element, link]


def _right_to_left_texts(pages: Pages) -> dict[int, str]:
    """The text of each right-to-left element."""
    said: dict[int, dict[int, str]] = {}
    for page in pages.pages:
        for placed in page.lines:
            if placed.element != ARTIFACT and placed.line.rtl:
                said.setdefault(placed.element, {})[placed.line.start] = placed.line.text
    return {
        number: without_isolates("".join(text for _, text in sorted(lines.items()))).strip()
        for number, lines in said.items()
    }


def _figures(pages: Pages) -> Iterator[tuple[Figure, float]]:
    for page in pages.pages:
        for figure in page.figures:
            if figure.element != ARTIFACT:
                yield figure, pages.height
