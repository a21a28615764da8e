"""A leaflet to be read aloud by staff, to people who do not read: its text, with where to stop and where to ask.

1. What is read is the leaflet's own text, large, one sentence a line as far as its marks allow; nothing is added to
   what the person hears. Notes to readers of the paper (small print, "ask an interpreter") are left out.
2. Between the sentences stand marks for whoever reads, in the language of staff, in square brackets: a short pause
   after each sentence, a longer one after each paragraph, and before each new part the question whether it was
   understood (R-142, R-144).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

from fieldkit.domain.document import Block, Box, Document, Heading, Items, Paragraph, Run
from fieldkit.languages.isolates import isolate_words, without_isolates

PAUSE, LONG_PAUSE, ASK = "pause", "long_pause", "ask"
_END = re.compile(r"(?<=[.!?。؟۔።፧।॥။៖។])\s+")
"""Where a sentence ends, in the scripts in which leaflets are written; Thai has no mark and stays whole."""


def aloud(document: Document, marks: Mapping[str, str], staff: str) -> Document:
    """A script. `marks` are the words for `PAUSE`, `LONG_PAUSE` and `ASK`, in the language `staff`."""
    blocks = tuple(chain.from_iterable(_script(block, marks, staff) for block in document.blocks))
    return replace(document, blocks=blocks[1:], large_print=True)


def _script(block: Block, marks: Mapping[str, str], staff: str) -> Iterator[Block]:
    """One block as it is read; the question before the first heading is cut off by the caller."""
    if isinstance(block, Heading):
        yield Paragraph((Run(f"[{marks[ASK]}]"),), staff, small=True, leads_in=True)
        yield replace(block, runs=(*block.runs, _mark(marks[PAUSE])))
    elif isinstance(block, Box):
        yield from chain.from_iterable(_script(inner, marks, staff) for inner in block.blocks)
    elif isinstance(block, Items):
        for item in block.items:
            yield from _sentences(item, block.language, marks)
    elif isinstance(block, Paragraph) and not block.small:
        yield from _sentences(block.runs, block.language, marks)


def _sentences(runs: tuple[Run, ...], language: str, marks: Mapping[str, str]) -> Iterator[Paragraph]:
    """The sentences of a paragraph, each on a line of its own; one with numbers or bold in it keeps its runs."""
    if len(runs) > 1 or any(run.atomic for run in runs):
        yield Paragraph((*runs, _mark(marks[LONG_PAUSE])), language)
        return
    said = [part.strip() for part in _END.split("".join(run.text for run in runs))]
    held = [part for part in said if without_isolates(part).strip()]
    for place, part in enumerate(held, 1):
        mark = marks[LONG_PAUSE] if place == len(held) else marks[PAUSE]
        yield Paragraph((Run(part, bold=runs[0].bold), _mark(mark)), language)


def _mark(text: str) -> Run:
    return Run(f" {isolate_words(f'[{text}]')}")
