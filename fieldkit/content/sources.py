"""Every English text of the codebook, for translators and for showing any text by its id."""

from collections.abc import Iterator
from pathlib import Path

from fieldkit.content import codebook, learning, practice, regions, rules, steps, terms
from fieldkit.content.texts import SourceText, Texts


def all_texts(resources: Path) -> Texts:
    """The codebook's texts and those of its rules. Raises ContentFault."""
    return Texts(_all(resources))


def codebook_texts(resources: Path) -> list[tuple[str, str, str]]:
    """What translators are given for `codebook.pot`: (context, English text, remark). Raises ContentFault."""
    return [(text.id, text.text, text.remark()) for text in _all(resources)]


def region_texts(resources: Path) -> list[tuple[str, str, str]]:
    """What translators are given of the regions that come with the program, each text once. Raises ContentFault."""
    book = codebook.load(resources)
    found = (text for region in regions.shipped(resources, book) for text in region.texts())
    return list({(text.id, text.text): (text.id, text.text, text.remark()) for text in found}.values())


def _all(resources: Path) -> Iterator[SourceText]:
    yield from codebook.load(resources).texts
    yield from rules.load(resources).texts
    yield from steps.load(resources, codebook.load(resources)).texts()
    for part in (learning, practice, terms):
        yield from part.texts(resources)
