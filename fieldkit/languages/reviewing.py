"""A catalogue being read by somebody who speaks the language: paragraph by paragraph, kept as an ordinary `.po`.

1. What is saved is a gettext file that any translation tool opens: source, translation, `fuzzy` for a draft. Who
   reviewed a text and when stands as a translator's remark beside it (R-203).
2. A text is reviewed when a person with a name says so, and no sooner: a changed word makes it a draft again.
3. What does not keep its placeholders or numbers can never be marked as reviewed: it is shown nowhere, English
   stands there instead. Other findings are for the reviewer to judge, and are listed until the text is marked.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from fieldkit.domain.errors import PersonFault
from fieldkit.languages.gettext_files import is_usable, read_content
from fieldkit.languages.glossary import Term
from fieldkit.languages.plurals import locale_of
from fieldkit.languages.quality import Check, check_text

ALTERED = (Check.PLACEHOLDERS, Check.NUMBERS)
"""Findings with which a translation is never shown (rule 3)."""
_REVIEWED = re.compile(r"reviewed by (?P<who>.+?)(?:, (?P<day>\d{4}-\d{2}-\d{2}))?$")
_KEPT = re.compile(r"\{\{[^}]*\}\}|\$?\{[^}]*\}|\d+")


class ReviewFault(PersonFault):
    """A translation cannot be marked as reviewed as it is; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One text of a leaflet with its translation. `remark` is what translators are told of it."""

    context: str
    source: str
    text: str = ""
    remark: str = ""
    reviewed_by: str = ""
    reviewed_on: date | None = None

    @property
    def is_reviewed(self) -> bool:
        """Whether a named speaker has read it as it stands (rule 2)."""
        return bool(self.reviewed_by and self.text)

    @property
    def is_critical(self) -> bool:
        """Whether it is a sentence that only a named speaker may let stand alone."""
        return self.remark.startswith("Critical")

    def findings(self, tag: str, glossary: Sequence[Term] = ()) -> tuple[Check, ...]:
        """What a machine sees that is worth looking at; nothing where there is no translation."""
        return tuple(check_text(self.source, self.text, tag, glossary)) if self.text else ()

    def missing(self) -> str:
        """What of the source is not kept: placeholders and numbers, as they must stand."""
        left = _KEPT.findall(self.text)
        lost = []
        for one in _KEPT.findall(self.source):
            if one in left:
                left.remove(one)
            else:
                lost.append(one)
        return " ".join(lost)

    def written(self, text: str) -> "Paragraph":
        """The same with other words: a draft again, unless nothing was changed."""
        said = " ".join(text.split())
        return self if said == self.text else replace(self, text=said, reviewed_by="", reviewed_on=None)

    def reviewed(self, who: str, day: date, tag: str) -> "Paragraph":
        """The same, marked as reviewed. Raises ReviewFault `review.no_reviewer`, `review.empty`,
        `review.placeholder` (rule 3)."""
        if not who.strip():
            raise ReviewFault("review.no_reviewer")
        if not self.text:
            raise ReviewFault("review.empty")
        if any(check in ALTERED for check in self.findings(tag)):
            raise ReviewFault("review.placeholder", missing=self.missing() or "…")
        return replace(self, reviewed_by=" ".join(who.split()), reviewed_on=day)


def begin(
    texts: Iterable[tuple[str, str, str]], known: Mapping[tuple[str, str], tuple[str, bool]]
) -> tuple[Paragraph, ...]:
    """The paragraphs of (context, source, remark) with the translations that are known: by context and source, and
    whether each is a draft. A reviewed one of a pack has its reviewer in the pack; here it counts as reviewed."""
    found = []
    for context, source, remark in texts:
        text, draft = known.get((context, source), ("", True))
        by = "" if draft or not text else "content pack"
        found.append(Paragraph(context, source, text, remark, by))
    return tuple(found)


def to_po(paragraphs: Iterable[Paragraph], tag: str) -> bytes:
    """The gettext file (rule 1): the same paragraphs give the same bytes."""
    catalogue = Catalog(locale=locale_of(tag), project="fieldkit", charset="utf-8", fuzzy=False)
    for one in paragraphs:
        said = f"reviewed by {one.reviewed_by}" if one.is_reviewed else ""
        said += f", {one.reviewed_on}" if said and one.reviewed_on else ""
        catalogue.add(
            one.source,
            one.text,
            context=one.context or None,
            flags=() if one.is_reviewed or not one.text else ("fuzzy",),
            auto_comments=[one.remark] if one.remark else [],
            user_comments=[said] if said else [],
        )
    output = io.BytesIO()
    write_po(output, catalogue, width=0)
    lines = output.getvalue().splitlines(keepends=True)
    return b"".join(
        line for line in lines if not line.startswith((b'"POT-Creation-Date', b'"PO-Revision-Date'))
    )


def from_po(
    content: bytes, tag: str, name: str, texts: Iterable[tuple[str, str, str]]
) -> tuple[Paragraph, ...]:
    """The paragraphs of (context, source, remark) with what a `.po` says of them: ours, or one from a tool that
    dropped remarks. A text without `fuzzy` counts as reviewed only where the remark names who; else it is a draft
    (rule 2). Raises ForeignFault `po.unreadable`."""
    held = {}
    for message in read_content(content, tag, name):
        if is_usable(message) and isinstance(message.id, str) and isinstance(message.string, str):
            who = next((match for one in message.user_comments if (match := _REVIEWED.search(one))), None)
            held[message.context or "", message.id] = (message.string, message.fuzzy, who)
    found: list[Paragraph] = []
    for context, source, remark in texts:
        text, fuzzy, who = held.get((context, source), ("", True, None))
        one = Paragraph(context, source, text, remark)
        if who is not None and not fuzzy and not any(check in ALTERED for check in one.findings(tag)):
            one = replace(one, reviewed_by=who["who"], reviewed_on=_day(who["day"]))
        found.append(one)
    return tuple(found)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
