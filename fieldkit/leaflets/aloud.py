"""A leaflet to be read aloud by staff, to people who do not read: its text, with where to stop and where to ask.

1. What is read is the leaflet's own text, large, one sentence a line as far as its marks allow; nothing is added to
   what the person hears.
2. Between the sentences stand marks for whoever reads, in the language of staff, in square brackets and small: a
   short pause after each sentence, a longer one after each paragraph, and before each new part the question whether
   it was understood (R-142, R-144).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from fieldkit.domain.document import Block, Box, Document, Facing, Heading, Items, Paragraph, Run
from fieldkit.languages.isolates import without_isolates

PAUSE, LONG_PAUSE, ASK = "pause", "long_pause", "ask"
_END = re.compile(r"(?<=[.!?。؟۔።፧।॥။៖។])\s+")
"""Where a sentence ends, in the scripts in which leaflets are written; Thai has no mark and stays whole."""


def aloud(document: Document, marks: Mapping[str, str], staff: str) -> Document:
    """A script. `marks` are the words for `PAUSE`, `LONG_PAUSE` and `ASK`, in the language `staff`."""
    blocks = tuple(_script(document.blocks, marks, staff))
    return replace(document, blocks=blocks, large_print=True)


def _script(blocks: tuple[Block, ...], marks: Mapping[str, str], staff: str) -> Iterator[Block]:
    first = True
    for block in blocks:
        if isinstance(block, Heading):
            if block.level > 1 and not first:
                yield _mark(marks[ASK], staff)
            first = False
            yield block
            yield _mark(marks[PAUSE], staff)
        elif isinstance(block, Box):
            yield from _script(block.blocks, marks, staff)
        elif isinstance(block, Items):
            for item in block.items:
                yield from _sentences(item, block.language, marks, staff)
            yield _mark(marks[LONG_PAUSE], staff)
        elif isinstance(block, Paragraph):
            yield from _sentences(block.runs, block.language, marks, staff)
            yield _mark(marks[LONG_PAUSE], staff)
        elif not isinstance(block, Facing):
            yield block


def _sentences(
    runs: tuple[Run, ...], language: str, marks: Mapping[str, str], staff: str
) -> Iterator[Paragraph]:
    """The sentences of a paragraph, each on a line of its own; one with numbers or bold in it keeps its runs."""
    if len(runs) > 1 or any(run.atomic for run in runs):
        yield Paragraph(runs, language)
        yield _mark(marks[PAUSE], staff)
        return
    for said in _END.split("".join(run.text for run in runs)):
        if without_isolates(said).strip():
            yield Paragraph((Run(said.strip(), bold=runs[0].bold),), language)
            yield _mark(marks[PAUSE], staff)


def _mark(text: str, staff: str) -> Paragraph:
    return Paragraph((Run(f"[{text}]"),), staff, small=True)
