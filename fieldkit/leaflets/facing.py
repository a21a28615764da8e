"""One document of two: the same leaflet in two languages on facing columns.

1. Both say the same block by block, so rows follow from their order; where one has a sentence more (an English one
   beside a critical draft), the rows of that section are joined, and nothing is moved to another heading.
2. The page keeps what both pages say above and below: drafts, versions, languages.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import zip_longest

from fieldkit.domain.document import Block, Document, Facing, Heading

Row = tuple[tuple[Block, ...], tuple[Block, ...]]


def facing(one: Document, other: Document) -> Document:
    """`one` begins: left on a left-to-right page, right on a right-to-left one."""
    rows: list[Row] = []
    for left, right in zip_longest(_sections(one.blocks), _sections(other.blocks), fillvalue=()):
        rows.extend(_rows(left, right))
    return replace(
        one,
        title=_both(one.title, other.title, " / "),
        blocks=(Facing(tuple(rows), (one.language, other.language)),),
        header=_both(one.header, other.header, " / "),
        footer=_both(one.footer, other.footer, "\n"),
        draft_notice=_notices(one.draft_notice, other.draft_notice),
        keywords=tuple(dict.fromkeys((*one.keywords, *other.keywords))),
    )


def _sections(blocks: Iterable[Block]) -> list[tuple[Block, ...]]:
    """A heading with what stands below it."""
    found: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Heading) and found[-1]:
            found.append([])
        found[-1].append(block)
    return [tuple(held) for held in found]


def _rows(left: tuple[Block, ...], right: tuple[Block, ...]) -> list[Row]:
    if [type(block) for block in left] == [type(block) for block in right]:
        return [((one,), (other,)) for one, other in zip(left, right, strict=True)]
    return [(left, right)]


def _both(one: str, other: str, between: str) -> str:
    return between.join(dict.fromkeys(text for text in (one, other) if text))


def _notices(one: str, other: str) -> str:
    return "\n".join(dict.fromkeys((*one.splitlines(), *other.splitlines())))
