"""How far a text can be trusted in a language."""

from enum import StrEnum


class Review(StrEnum):
    """Who has looked at a text (`architecture.md`, "Translations are one system")."""

    SOURCE = "source"
    """The English in which the text was written."""
    REVIEWED = "reviewed"
    """A named speaker has read the translation."""
    DRAFT = "draft"
    """Nobody who speaks the language has reviewed it; it is shown with its mark."""
    MISSING = "missing"
    """There is none, or only one of an older sentence; the source is shown instead."""
