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
from fieldkit.languages.catalogues import Words
from fieldkit.languages.numbers import format_date

_SENTENCES = ("slip/bring", "slip/free", "slip/not_a_decision", "slip/your_choice")
_LABEL_SHARE = 0.34


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """Everything that may stand on a slip, and nothing else."""

    number: str
    service: Service
    post: str
    day: date


def slip_document(facts: SlipFacts, texts: Texts, person: Words, official: Words) -> Document:
    """The slip as blocks, in the person's language and the official one."""
    halves = list(_half(facts, texts, person))
    if official.tag != person.tag:
        halves += [Space(10), Box((*_half(facts, texts, official), _to_service(texts, official)))]
    else:
        halves.append(_to_service(texts, official))
    return Document(
        title=texts.say("slip/title", official),
        language=person.tag,
        blocks=tuple(halves),
        footer=f"{facts.number} · {autonym(person.tag)} · {facts.day.isoformat()}",
        draft_notice=_draft_notice(texts, person),
        page=Page.A5,
    )


def _half(facts: SlipFacts, texts: Texts, words: Words) -> Iterator[Block]:
    yield Heading(1, (Run(texts.say("slip/title", words), bold=True),), words.tag)
    rows = tuple(
        ((Run(texts.say(label, words)),), (Run(value, bold=True, atomic=atomic),))
        for label, value, atomic in _lines(facts, texts, words)
        if value
    )
    yield Table(rows, words.tag, (_LABEL_SHARE, 1 - _LABEL_SHARE))
    for text_id in _SENTENCES:
        yield Paragraph(_sentence(text_id, texts, words), words.tag)


def _lines(facts: SlipFacts, texts: Texts, words: Words) -> Iterator[tuple[str, str, bool]]:
    service = facts.service
    hidden = texts.say("slip/place_hidden", words) if service.hidden_address else ""
    yield "slip/number", facts.number, True
    yield "slip/for", service.name_on_paper, False
    yield "slip/place", service.place_on_paper or hidden, False
    yield "slip/hours", service.hours, True
    yield "slip/phone", service.phone, True
    yield "slip/languages", " · ".join(autonym(tag) for tag in service.languages), False
    yield "slip/date", format_date(facts.day, words.tag), True
    yield "slip/post", facts.post, False


def _sentence(text_id: str, texts: Texts, words: Words) -> tuple[Run, ...]:
    """The sentence; with its source behind it when it is critical and unreviewed (rule 4)."""
    said = texts.say(text_id, words)
    source = texts.get(text_id)
    if source is None or not source.critical or said == source.text:
        return (Run(said),)
    if words.is_draft(source.text, source.id):
        return (Run(said), Run(f" [{source.text}]", atomic=False))
    return (Run(said),)


def _to_service(texts: Texts, words: Words) -> Paragraph:
    return Paragraph((Run(texts.say("slip/to_service", words)),), words.tag, small=True)


def _draft_notice(texts: Texts, words: Words) -> str:
    printed = (text for text in texts if text.id.startswith("slip/"))
    if any(words.is_draft(text.text, text.id) for text in printed):
        return texts.say("slip/draft", words)
    return ""
