"""A paper to complain on: where to bring it, and lines to write on.

1. Nothing is printed on it that says who took it, where or when: no number, no post, no day.
2. Invented contacts are on none that could reach a person (`protection.md` 10).
3. It promises nothing; what happens with a complaint the body says itself (`protection.md` 11).
"""

from collections.abc import Iterator

from fieldkit.domain.document import Block, Document, Heading, Page, Paragraph, Run, Space, Table
from fieldkit.languages import catalogues
from fieldkit.languages.catalogues import Words
from fieldkit.languages.isolates import isolate_words
from fieldkit.services import complaints
from fieldkit.services.vault import OpenVault

_LINES = {"complaint/what": 11, "complaint/where": 2, "complaint/reach": 2}
"""Lines to write on below each question."""

_EMPTY = (Run("\u00a0"),)
_WIDTHS = (0.34, 0.66)


def document(vault: OpenVault, language: str) -> Document:
    """The paper in one language."""
    words, texts = catalogues.load(language, "codebook"), vault.codebook.texts
    printed = [text for text in texts if text.id.startswith("complaint/")]
    draft = any(words.is_draft(text.text, text.id) for text in printed)
    return Document(
        title=texts.say("complaint/title", words),
        language=language,
        blocks=tuple(_blocks(vault, words)),
        footer="",
        draft_notice=texts.say("slip/draft", words) if draft else "",
        page=Page.A4,
    )


def where_to(vault: OpenVault, language: str) -> Iterator[Block]:
    """Where somebody brings it: the contacts that may be printed, else lines to write one on (rule 2)."""
    words = catalogues.load(language, "codebook")

    def say(name: str) -> str:
        return vault.codebook.texts.say(name, words)

    services = [one for one in complaints.offer(vault).services if one.may_be_printed(vault.training)]
    tag = words.tag
    for one in services:
        rows = (
            ("slip/for", one.name_on_paper),
            ("slip/place", one.place_on_paper),
            ("slip/phone", one.phone),
        )
        cells = tuple(
            ((Run(say(name)),), (Run(value, bold=True, atomic=name == "slip/phone"),))
            for name, value in rows
            if value
        )
        yield Table(cells, tag, _WIDTHS)
    if not services:
        yield Paragraph((Run(say("complaint/to"), bold=True),), tag, leads_in=True)
        yield _lines(2, tag)


def _blocks(vault: OpenVault, words: Words) -> Iterator[Block]:
    def say(name: str) -> str:
        return vault.codebook.texts.say(name, words)

    tag = words.tag
    yield Heading(1, (Run(say("complaint/title"), bold=True),), tag)
    yield Paragraph(tuple(_critical(vault, "complaint/your_choice", words)), tag)
    yield from where_to(vault, tag)
    for name, lines in _LINES.items():
        yield Space(8)
        yield Paragraph((Run(say(name), bold=True),), tag, leads_in=True)
        yield _lines(lines, tag)


def _lines(count: int, tag: str) -> Table:
    """Ruled lines to write on."""
    return Table(((_EMPTY,),) * count, tag, (1.0,))


def _critical(vault: OpenVault, name: str, words: Words) -> Iterator[Run]:
    """A critical sentence; in a text that no speaker has reviewed with its source behind it (R-203)."""
    said, source = vault.codebook.texts.say(name, words), vault.codebook.texts.get(name)
    yield Run(said)
    if source is not None and said != source.text and words.is_draft(source.text, source.id):
        yield Run(" " + isolate_words(f"({source.text})"))
