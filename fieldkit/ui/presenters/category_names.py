"""What a category is called on every screen: of one that only a newer program knows that is said, with its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.languages import catalogues
from fieldkit.languages.marking import mark

if TYPE_CHECKING:
    from fieldkit.content.codebook import Codebook

NOT_KNOWN = mark("{code}: this version of the program does not know it yet. It is kept.")


def category_name(codebook: Codebook, category: str, tag: str) -> str:
    """The category in words of the language `tag`."""
    if category and category not in codebook.categories:
        return catalogues.load(tag, "interface").say(NOT_KNOWN, code=category)
    return codebook.category_name(category, catalogues.load(tag, "codebook"))
