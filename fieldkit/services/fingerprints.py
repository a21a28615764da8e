"""A fingerprint in the three ways in which it is compared: words to read aloud, a code for a machine, a paper.

The words and the code say the same 32 bytes. Nothing of it is secret; what matters is that the other side's came by
another way than the file did.
"""

from enum import StrEnum

from fieldkit.domain.document import Code, Document, Heading, Items, Paragraph, Run, Space
from fieldkit.languages.catalogues import Words
from fieldkit.languages.marking import mark
from fieldkit.leaflets.pdf import code_squares
from fieldkit.services.enrolment import Summary

_SIDE = 170.0
"""Points: 6 cm, which every telephone reads."""


class Whose(StrEnum):
    """Whose fingerprint it is: so that one is never taken for the other."""

    OFFICE = "office"
    LAPTOP = "laptop"


def code_text(whose: Whose, fingerprint: bytes) -> str:
    """What the code says: only signs of which a code holds most."""
    return f"FIELDKIT:{whose.upper()}:{fingerprint.hex().upper()}"


def agrees(scanned: str, whose: Whose, fingerprint: bytes) -> bool:
    """Whether a code that was read is this one."""
    return scanned.strip().upper() == code_text(whose, fingerprint)


def squares(whose: Whose, fingerprint: bytes) -> tuple[tuple[bool, ...], ...]:
    """The code as rows of squares, True for dark."""
    return code_squares(code_text(whose, fingerprint))


def paper(summary: Summary, whose: Whose, words: Words) -> Document:
    """A sheet with the words and the code, to be handed over by a person who is known."""
    tag = words.tag

    def said(text: str) -> tuple[Run, ...]:
        return (Run(words.say(text)),)

    return Document(
        title=words.say(_TITLE),
        language=tag,
        blocks=(
            Heading(1, said(_TITLE), tag),
            Paragraph((Run(summary.name, bold=True),), tag),
            Paragraph(said(_OF_OFFICE if whose is Whose.OFFICE else _OF_LAPTOP), tag),
            Items(tuple((Run(word),) for word in summary.words), "en", numbered=True),
            Space(12),
            Code(squares(whose, summary.fingerprint), _SIDE, tag),
            Paragraph(said(_NOT_SECRET), tag, small=True),
        ),
    )


_TITLE = mark("Words to compare")
_OF_OFFICE = mark(
    "These are the words of this headquarters. Whoever enrols a post compares them with those on the screen, "
    "before anything is trusted."
)
_OF_LAPTOP = mark(
    "These are the words of this laptop. Headquarters compares them with those on its screen, before it makes a "
    "certificate."
)
_NOT_SECRET = mark("Nothing on this sheet is secret. Hand it over yourself, or by somebody both sides know.")
