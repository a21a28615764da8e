"""The list of long holding on paper, for those who can end it and for civil society (R-127).

1. No number of a case and no place stands on it: days, post, ground, who answers for it, the last look at it.
2. A number of days that nobody has reviewed says so; one whose last day is over is left out, and that is said
   (`protection.md` 11, K-33).
"""

from collections.abc import Iterator
from datetime import date

from fieldkit.content.limits import Days
from fieldkit.content.provenance import Mark
from fieldkit.domain.document import Block, Box, Document, Heading, Paragraph, Run, Table
from fieldkit.languages import catalogues
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.marking import mark
from fieldkit.services.held_words import HeldLines
from fieldkit.services.long_held import LongRow, long_held
from fieldkit.services.vault import OpenVault

TITLE = mark("Held for long")
NOTE = mark(
    "Who agreed that headquarters may know stands here with what was told. Of all others only that "
    "somebody was held past a rule is told, and not who."
)
NO_LIMIT = mark("No country's number of days is in force here: the list only sorts by days.")
UNREVIEWED = mark("No lawyer and no office in charge has read this number of days yet.")
LEFT_OUT = mark("The number of days of this country was left out: the last day of its text is over.")
LONG = mark("Long")
UNNAMED = mark("Of whom, and whether it goes on, is not told. Call the post.")
UNKNOWN_POST = mark("A post that is not known here")
CHILD = mark("This person is or may be a child.")
NOBODY = mark("Nobody is told of as held.")
BODY, GROUND, AS_TOLD, LOOKED = (
    mark("Who answers for it"),
    mark("Ground"),
    mark("As it was told"),
    mark("Last look at it"),
)
_WIDTHS = (0.4, 0.6)


def document(vault: OpenVault, language: str) -> Document:
    """The list as pages. Raises as `long_held.long_held`."""
    words = catalogues.load(language, "interface")
    return Document(
        title=words.say(TITLE),
        language=language,
        blocks=tuple(_blocks(vault, HeldLines(vault, words))),
        footer=f"{isolate_words(vault.name)} · {isolate(vault.world.today().isoformat())}",
    )


def _blocks(vault: OpenVault, lines: HeldLines) -> Iterator[Block]:
    words, found = lines.words, long_held(vault)
    yield Heading(1, (Run(words.say(TITLE), bold=True),), words.tag)
    yield Paragraph((Run(words.say(NOTE)),), words.tag, small=True)
    today = vault.world.today()
    for text in _limits(found.limits, today, lines):
        yield Paragraph((Run(text),), words.tag, small=True)
    if not found.rows:
        yield Paragraph((Run(words.say(NOBODY)),), words.tag)
    for one in found.rows:
        says_long = not any(limit.about.is_expired(today) for limit in found.limits)
        yield Box(tuple(_row(one, lines, says_long=says_long)), framed=False)


def _limits(limits: tuple[Days, ...], today: date, lines: HeldLines) -> Iterator[str]:
    words = lines.words
    if not limits:
        yield words.say(NO_LIMIT)
    for limit in limits:
        if limit.about.is_expired(today):
            yield words.say(LEFT_OUT)
        else:
            yield long_from(limit, lines)
            if Mark.UNREVIEWED in limit.about.marks(today):
                yield words.say(UNREVIEWED)


def long_from(limit: Days, lines: HeldLines) -> str:
    """From how many days on holding is long, in which country, and who says so."""
    told = lines.words.count(
        "Long is from {number} day on. Source: {source}.",
        "Long is from {number} days on. Source: {source}.",
        limit.days,
        source=isolate_words(limit.about.source),
    )
    place = limit.about.jurisdiction
    return f"{lines.label('countries', place)}: {told}" if place.isupper() else told


def how_long(one: LongRow, lines: HeldLines) -> str:
    """Since when; of whom nobody is told only when it began."""
    if one.held is not None:
        return lines.how_long(one.held)
    return lines.words.count(
        "It began {number} day ago, on {day}",
        "It began {number} days ago, on {day}",
        one.days,
        day=lines.day(one.since),
    )


def facts_of(one: LongRow, lines: HeldLines) -> list[tuple[str, str]]:
    """What was told of one, for screen and paper; nothing where of whom is not told."""
    if one.held is None:
        return []
    say, held = lines.words.say, one.held
    return [
        (say(BODY), lines.bodies(held)),
        (say(GROUND), lines.kinds(held)),
        (say(AS_TOLD), lines.grounds(held)),
        (say(LOOKED), lines.review(held)),
    ]


def _row(one: LongRow, lines: HeldLines, *, says_long: bool) -> Iterator[Block]:
    say, tag = lines.words.say, lines.words.tag
    yield Heading(2, (Run(how_long(one, lines), bold=True),), tag)
    yield Paragraph((Run(isolate_words(one.post) if one.post else say(UNKNOWN_POST)),), tag)
    if one.is_long and says_long:
        yield Paragraph((Run(say(LONG), bold=True),), tag)
    if one.held is None:
        yield Paragraph((Run(say(UNNAMED)),), tag)
        return
    if one.held.child:
        yield Paragraph((Run(say(CHILD), bold=True),), tag)
    cells = tuple(((Run(label),), (Run(value),)) for label, value in facts_of(one, lines))
    yield Table(cells, tag, _WIDTHS, small=True)
