"""The referral slip: the least that gets a person to help (R-039, `protection.md` 8).

1. It names the service by its neutral `name_on_paper`, never a category, a reason or a hidden address.
2. It carries a number, not a name.
3. It stands twice: in the person's language, then in the official one for whoever receives it.
4. A critical sentence in a text that no speaker has reviewed stands beside its source, and the page says that
   it is a draft (R-203).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fieldkit.content.directory import Service
from fieldkit.content.texts import Texts
from fieldkit.domain.document import Block, Box, Document, Heading, Page, Paragraph, Run, Space, Table
from fieldkit.languages.autonyms import autonym
from fieldkit.languages.catalogues import SOURCE_LANGUAGE, Words
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.numbers import format_date_for

_SENTENCES = ("slip/bring", "slip/free", "slip/not_a_decision", "slip/your_choice")
_LABEL_SHARE = 0.34

_PERSON = (
    "slip/number",
    "slip/for",
    "slip/place",
    "slip/hours",
    "slip/phone",
    "slip/languages",
    "slip/date",
    "slip/post",
)
_RECEIVER = ("slip/number", "slip/for", "slip/date", "slip/post")
"""Whoever receives the person knows their own address."""


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """Everything that may stand on a slip, and nothing else."""

    number: str
    service: Service
    post: str
    day: date


def slip_document(facts: SlipFacts, texts: Texts, person: Words, official: Words) -> Document:
    """The slip as blocks, in the person's language and the official one; it fits one page."""
    blocks = [*_heading(1, texts, person), _table(_PERSON, facts, texts, person)]
    blocks += [_sentence(text_id, texts, person) for text_id in _SENTENCES]
    if official.tag != person.tag:
        blocks += [Space(14), *_heading(2, texts, official), _table(_RECEIVER, facts, texts, official)]
        said = " ".join(texts.say(text_id, official) for text_id in _SENTENCES)
        blocks.append(Paragraph((Run(said),), official.tag, small=True))
    blocks.append(Box((Paragraph((Run(texts.say("slip/to_service", official)),), official.tag),)))
    return Document(
        title=texts.say("slip/title", official),
        language=person.tag,
        blocks=tuple(blocks),
        footer=f"{isolate(facts.number)} · {isolate_words(autonym(person.tag))} · {isolate(facts.day.isoformat())}",
        draft_notice=_notice(texts, person, official),
        page=Page.A4,
    )


def _heading(level: int, texts: Texts, words: Words) -> Iterator[Block]:
    yield Heading(
        level, (Run(texts.say("slip/title", words), bold=True),), _language("slip/title", texts, words)
    )


def _table(lines: tuple[str, ...], facts: SlipFacts, texts: Texts, words: Words) -> Table:
    said = _said(facts, texts, words)
    rows = tuple(
        (
            (Run(texts.say(line, words)),),
            (Run(said[line].text, bold=True, atomic=said[line].atomic, told=True),),
        )
        for line in lines
        if said[line].text
    )
    return Table(rows, _language("slip/number", texts, words), (_LABEL_SHARE, 1 - _LABEL_SHARE))


@dataclass(frozen=True, slots=True)
class _Line:
    """What stands beside a label; `atomic` for numbers, which never break and keep their order."""

    text: str
    atomic: bool = False


def _said(facts: SlipFacts, texts: Texts, words: Words) -> dict[str, _Line]:
    service = facts.service
    hidden = texts.say("slip/place_hidden", words) if service.hidden_address else ""
    return {
        "slip/number": _Line(facts.number, atomic=True),
        "slip/for": _Line(isolate_words(service.name_on_paper)),
        "slip/place": _Line(isolate_words(service.place_on_paper) if service.place_on_paper else hidden),
        "slip/hours": _Line(isolate_words(service.hours) if service.hours else ""),
        "slip/phone": _Line(service.phone, atomic=True),
        "slip/languages": _Line(" · ".join(isolate_words(autonym(tag)) for tag in service.languages)),
        "slip/date": _Line(isolate_words(format_date_for(facts.day, words.tag))),
        "slip/post": _Line(isolate_words(facts.post)),
    }


def _sentence(text_id: str, texts: Texts, words: Words) -> Paragraph:
    """The sentence; with its source behind it when it is critical and unreviewed (rule 4)."""
    said, source = texts.say(text_id, words), texts.get(text_id)
    runs = [Run(said)]
    if source and source.critical and said != source.text and words.is_draft(source.text, source.id):
        runs.append(Run(" " + isolate_words(f"({source.text})")))
    return Paragraph(tuple(runs), _language(text_id, texts, words))


def _language(text_id: str, texts: Texts, words: Words) -> str:
    """The language a sentence is really in: the source's when it has no translation."""
    source = texts.get(text_id)
    return words.tag if source and words.is_translated(source.text, source.id) else SOURCE_LANGUAGE


def _notice(texts: Texts, words: Words, official: Words) -> str:
    """What every page says when a text on it is a draft, or missing in the person's language.

    Said in the official language too, a line each: the language itself may be wrong, and the service reads it.
    """
    printed = [text for text in texts if text.id.startswith("slip/")]
    found = []
    if any(words.is_draft(text.text, text.id) for text in printed):
        found.append("slip/draft")
    if not all(words.is_translated(text.text, text.id) for text in printed):
        found.append("slip/not_translated")
    said = [texts.say(text_id, spoken) for text_id in found for spoken in (words, official)]
    return "\n".join(dict.fromkeys(said))
