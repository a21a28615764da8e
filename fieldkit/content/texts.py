"""The English sentences of the codebook, each with an id under which it is stored, shown and translated.

The id is the context of its translation in the domain `codebook`: `category/C01/name`, `list/sexes/female`,
`rule/C01-1/because`, `slip/title`. Entries of the journal keep ids, so that a sentence can be shown later in
another language or a better wording.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from fieldkit.content.tables import read_table
from fieldkit.domain.shelf import Folder

_COLUMNS = ("id", "text", "comment", "critical")
_REMARK_CRITICAL = "Critical sentence: a named speaker must review it."


class Translations(Protocol):
    """What is asked of `languages.catalogues.Words`."""

    def in_context(self, context: str, text: str) -> str:
        """The translation of `text` in this context, or `text`."""
        ...


@dataclass(frozen=True, slots=True)
class SourceText:
    """One English sentence. `comment` is for translators; `critical` as `architecture.md` says."""

    id: str
    text: str
    comment: str = ""
    critical: bool = False

    def remark(self) -> str:
        """What translators are told beside it."""
        return " ".join(part for part in (_REMARK_CRITICAL if self.critical else "", self.comment) if part)


class Texts:
    """Sentences by id."""

    def __init__(self, texts: Iterable[SourceText]) -> None:
        self._by_id: Mapping[str, SourceText] = {text.id: text for text in texts}

    def __iter__(self) -> Iterator[SourceText]:
        return iter(self._by_id.values())

    def __contains__(self, text_id: str) -> bool:
        return text_id in self._by_id

    def get(self, text_id: str) -> SourceText | None:
        """The sentence, or None: an entry from a newer laptop may name one that is not known here."""
        return self._by_id.get(text_id)

    def say(self, text_id: str, words: Translations) -> str:
        """The sentence in the language of `words`; an unknown id is shown as it is, and so never lost."""
        text = self._by_id.get(text_id)
        return words.in_context(text.id, text.text) if text else text_id


def load(resources: Folder) -> tuple[SourceText, ...]:
    """The fixed sentences of `codebook/texts.csv`. Raises ContentFault."""
    rows = read_table(resources / "codebook" / "texts.csv", _COLUMNS, key=("id",))
    return tuple(
        SourceText(row.needed("id"), row.needed("text"), row.text("comment"), row.yes("critical"))
        for row in rows
    )
