"""Every English text of the codebook, for translators and for showing any text by its id."""

from collections.abc import Iterator
from pathlib import Path

from fieldkit.content import codebook, rules
from fieldkit.content.texts import SourceText, Texts


def all_texts(resources: Path) -> Texts:
    """The codebook's texts and those of its rules. Raises ContentFault."""
    return Texts(_all(resources))


def codebook_texts(resources: Path) -> list[tuple[str, str, str]]:
    """What translators are given for `codebook.pot`: (context, English text, remark). Raises ContentFault."""
    return [(text.id, text.text, text.remark()) for text in _all(resources)]


def _all(resources: Path) -> Iterator[SourceText]:
    yield from codebook.load(resources).texts
    yield from rules.load(resources).texts
