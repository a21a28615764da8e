"""Cards that need no leaflet: point at your language, and the one that calls for an interpreter.

1. A language stands there by the name its speakers give it, in its own script, and nothing ranks them but need
   (R-196). The name in the officer's language stands below, small, for the officer.
2. The interpreter's card says in the officer's language what the person needs, and beside it the language's own
   name: it needs no text in the person's language, and so claims none.
"""

from collections.abc import Sequence

from fieldkit.domain.document import Box, Document, Heading, Paragraph, Picture, Run, Space, Table
from fieldkit.languages.autonyms import LANGUAGES, Language, autonym, language
from fieldkit.languages.called import called
from fieldkit.languages.catalogues import Words
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.marking import mark

ACROSS = 5
"""Languages beside each other on the card."""
POINT = mark("Point at your language")
NEEDS = mark("I need an interpreter.")
SPEAKS = mark("My language is:")
ASK = mark("Please call an interpreter who is not from the police and whom this person accepts.")
WAIT = mark("Until then: water, a place to sit, and no questions that cannot be understood.")
SAY = mark("Say or show this card to whoever helps you.")


def language_card(words: Words, languages: Sequence[Language] = LANGUAGES) -> Document:
    """One page with every language to point at (rule 1)."""
    blocks: list[Heading | Table | Space] = [Heading(1, (Run(words.say(POINT)),), words.tag)]
    for start in range(0, len(languages), ACROSS):
        row = languages[start : start + ACROSS]
        cells = tuple((Run(one.autonym, bold=True),) for one in row)
        names = tuple((Run(isolate_words(called(one.tag, words.tag))),) for one in row)
        empty = tuple(((Run(" "),),) * (ACROSS - len(row)))
        shares = (1 / ACROSS,) * ACROSS
        tags = (*(one.tag for one in row), *(words.tag,) * (ACROSS - len(row)))
        blocks.append(Table((cells + empty,), words.tag, shares, languages=tags, ruled=False))
        blocks.append(Table((names + empty,), words.tag, shares, ruled=True, small=True))
    return Document(title=words.say(POINT), language=words.tag, blocks=tuple(blocks), footer=words.say(POINT))


def interpreter_card(tag: str, words: Words) -> Document:
    """The card for somebody in whose language nothing is written yet (rule 2)."""
    known = language(tag)
    name = f"{called(tag, words.tag)} ({isolate(known.tag)})" if known else isolate(tag)
    own = Paragraph((Run(autonym(tag), bold=True),), tag)
    official = (
        Heading(1, (Run(words.say(NEEDS)),), words.tag),
        Paragraph((Run(f"{words.say(SPEAKS)} {isolate_words(name)}", bold=True),), words.tag),
        own,
    )
    return Document(
        title=words.say(NEEDS),
        language=words.tag,
        blocks=(
            Picture("interpreter", words.say(NEEDS), words.tag, 96.0, official),
            Space(12),
            Box(tuple(Paragraph((Run(words.say(text)),), words.tag) for text in (ASK, WAIT))),
            Paragraph((Run(words.say(SAY)),), words.tag, small=True),
        ),
        footer=words.say(NEEDS),
        large_print=True,
    )
