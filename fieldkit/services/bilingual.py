"""Text in two languages side by side on paper, with what has to be said about it.

1. The first language stands at the reading start of the page; with one language there is one column.
2. A text that stands in for a missing one is shown in its own language and direction, and the page says so.
3. A text that no speaker has reviewed is marked where it stands; a critical one has its source behind it (R-203).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from fieldkit.content.texts import Texts
from fieldkit.domain.document import Heading, Paragraph, Run, Table
from fieldkit.languages import catalogues
from fieldkit.languages.catalogues import SOURCE_LANGUAGE, Words
from fieldkit.languages.isolates import isolate_words
from fieldkit.services.shown import ShownText

DRAFT, MISSING = "slip/draft", "slip/not_translated"

Cell = tuple[Run, ...]


@dataclass(slots=True)
class Pair:
    """The languages of one paper, and what was found out about its texts while it was made."""

    tags: tuple[str, ...]
    texts: Texts
    has_draft: bool = False
    has_fallback: bool = False
    words: tuple[Words, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.tags = tuple(dict.fromkeys(self.tags))
        self.words = tuple(catalogues.load(tag, "codebook") for tag in self.tags)

    @property
    def first(self) -> str:
        """The language of the page."""
        return self.tags[0]

    def say(self, text_id: str) -> tuple[ShownText, ...]:
        """A fixed sentence in each language."""
        return tuple(self._said(text_id, words) for words in self.words)

    def _said(self, text_id: str, words: Words) -> ShownText:
        source = self.texts.get(text_id)
        known = source is not None and words.is_translated(source.text, source.id)
        draft = source is not None and words.is_draft(source.text, source.id)
        self.has_draft |= draft
        self.has_fallback |= not known
        language = words.tag if known else SOURCE_LANGUAGE
        return ShownText(self.texts.say(text_id, words), language)

    def cell(self, text: ShownText, column: int, *, bold: bool = False, before: str = "") -> list[Run]:
        """A text of the form as it stands in a column (rules 2 and 3)."""
        runs = [Run(before, bold=bold)] if before else []
        asked = self.tags[column]
        away = bool(text.text) and text.language != asked
        said = text.text.strip()
        runs.append(Run(isolate_words(said) if away else said, bold=bold))
        self.has_fallback |= away
        if text.draft:
            self.has_draft = True
            runs.append(Run(f" ({self.texts.say('record/draft', self.words[column])})"))
        if text.source and SOURCE_LANGUAGE not in self.tags:
            runs.append(Run(" " + isolate_words(f"({text.source})")))
        return runs

    def row(self, texts: Sequence[ShownText], *, bold: bool = False, before: str = "") -> tuple[Cell, ...]:
        """One row: the text in each language."""
        return tuple(
            tuple(self.cell(text, column, bold=bold, before=before if column == 0 else ""))
            for column, text in enumerate(texts)
        )

    def table(self, rows: Sequence[tuple[Cell, ...]], *, ruled: bool = True, small: bool = False) -> Table:
        """Rows side by side in the languages of the paper."""
        share = 1 / len(self.tags)
        return Table(
            tuple(rows),
            self.first,
            (share,) * len(self.tags),
            languages=self.tags,
            ruled=ruled,
            small=small,
        )

    def heading(self, level: int, texts: Sequence[ShownText]) -> list[Heading | Paragraph]:
        """A heading in the first language, the others below it; the same words are not said twice."""
        shown: list[Heading | Paragraph] = []
        said = {""}
        for number, text in enumerate(texts):
            if text.text not in said:
                said.add(text.text)
                runs = (Run(text.text, bold=number == 0),)
                shown.append(
                    Heading(level, runs, text.language or self.first)
                    if not shown
                    else Paragraph(runs, text.language or self.first, leads_in=True)
                )
        return shown

    def notice(self) -> str:
        """What every page has to say: a line for each language. Asked when all of the paper is made."""
        found = [DRAFT] * self.has_draft + [MISSING] * self.has_fallback
        said = (self.texts.say(one, words) for one in found for words in self.words)
        return "\n".join(isolate_words(line) for line in dict.fromkeys(said))
