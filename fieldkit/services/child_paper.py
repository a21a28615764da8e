"""The register of children on paper, for child protection and headquarters: as the table, without names (R-099).

Each child is a box that stays together: number, age band, sex, post, what is overdue, and how far each thing is.
"""

from collections.abc import Iterator

from fieldkit.content.child_limits import ChildLimit
from fieldkit.domain.children import Item, Line, State
from fieldkit.domain.document import Block, Box, Document, Heading, Paragraph, Run, Table
from fieldkit.languages import catalogues
from fieldkit.languages.catalogues import Words
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date
from fieldkit.services import child_register
from fieldkit.services.child_register import ITEM_WORDS, LATE_WORDS
from fieldkit.services.early_alert import BAND_WORDS
from fieldkit.services.vault import OpenVault

TITLE = mark("Register of children")
NUMBER = mark("Number {number}")
REGISTERED = mark("Registered")
LOOK_AGAIN = mark("Look at it again")
_NOTE = mark(
    "Keep it where only child protection reads it. What nobody told stands as not told: that is not a no."
)
_NOBODY = mark("No child is in the register.")
_NOT_TOLD, _NOT_YET = mark("not told"), mark("not yet")
_DONE = {
    Item.HAND_OVER: mark("handed over, as told on {day}"),
    Item.GUARDIAN: mark("named, since {day}"),
    Item.BEST_INTEREST: mark("assessment on {day}"),
    Item.TRACING: mark("a talk on {day}"),
}
_NONE_YET = mark("none yet")
_NO_LIMIT = mark("Nobody has set a limit of days.")
_PROPOSAL = mark("{limit} A proposal: nobody has answered for this number.")
_REVIEWED = mark("{limit} Reviewed on {day}.")
_DECIDED = mark("determination on {day}")
_SAID = {
    Item.HAND_OVER: mark("somebody answered a call on {day}"),
    Item.BEST_INTEREST: mark("several people have to decide it together; no assessment yet"),
}
_WIDTHS = (0.4, 0.6)


def document(vault: OpenVault, language: str) -> Document:
    """The register as pages. Raises as `child_register.register`."""
    words = catalogues.load(language, "interface")
    lines = [one for one in child_register.register(vault) if not one.is_closed]
    return Document(
        title=words.say(TITLE),
        language=language,
        blocks=tuple(_blocks(vault, lines, words)),
        footer=f"{isolate_words(vault.name)} · {isolate(vault.world.today().isoformat())}",
    )


def _blocks(vault: OpenVault, lines: list[Line], words: Words) -> Iterator[Block]:
    tag = words.tag
    yield Heading(1, (Run(words.say(TITLE), bold=True),), tag)
    yield Paragraph((Run(words.say(_NOTE)),), tag, small=True)
    if not lines:
        yield Paragraph((Run(words.say(_NOBODY)),), tag)
    for line in lines:
        yield Box(tuple(_child(vault, line, words)), framed=False)


def _child(vault: OpenVault, line: Line, words: Words) -> Iterator[Block]:
    tag = words.tag
    yield Heading(2, (Run(words.say(NUMBER, number=isolate(line.number)), bold=True),), tag)
    spoken = catalogues.load(tag, "codebook")
    sex = vault.codebook.choice_label("sexes", line.sex, spoken) if line.sex else ""
    who = (words.say(BAND_WORDS[line.band]), sex, isolate_words(line.post))
    yield Paragraph((Run(" · ".join(part for part in who if part)),), tag)
    for late in line.late:
        yield Paragraph((Run(words.say(LATE_WORDS[late]), bold=True),), tag)
    cells = tuple(((Run(label),), (Run(value),)) for label, value in rows(vault, line, words))
    yield Table(cells, tag, _WIDTHS, small=True)


def rows(vault: OpenVault, line: Line, words: Words) -> tuple[tuple[str, str], ...]:
    """Each thing that is followed, with how far it is, for screen and paper."""
    told, tag = line.told, words.tag
    found = [(words.say(REGISTERED), format_date(told.registered, tag))]
    for item in Item:
        found.append((words.say(ITEM_WORDS[item]), _item(vault, line, item, words)))
        if item is Item.BEST_INTEREST and told.look_again:
            found.append((words.say(LOOK_AGAIN), _day(told.look_again, tag)))
    return tuple(found)


def _item(vault: OpenVault, line: Line, item: Item, words: Words) -> str:
    told, state = line.told, line.states[item]
    days = {
        Item.HAND_OVER: told.handed_over or told.called,
        Item.GUARDIAN: told.guardian_from,
        Item.BEST_INTEREST: told.assessed,
        Item.TRACING: told.traced,
    }
    if state is State.NOT_TOLD:
        return words.say(_NOT_TOLD)
    if item is Item.GUARDIAN and state is not State.DONE:
        return without(line, words)
    if state is State.NONE:
        return words.say(_NOT_YET)
    if item is Item.PLACEMENT:
        spoken = catalogues.load(words.tag, "codebook")
        return vault.codebook.choice_label("living_places", told.lives, spoken)
    if state is State.DECIDED:
        return words.say(_DECIDED, day=_day(told.determined, words.tag))
    sentence = _SAID[item] if state is State.SAID else _DONE[item]
    return words.say(sentence, day=_day(days[item], words.tag))


def without(line: Line, words: Words) -> str:
    """How long a child has been without a guardian; that somebody is only said to be there does not end it."""
    if line.states[Item.GUARDIAN] is State.SAID:
        return words.count(
            "said to be there; name, day and mandate are missing, for {number} day",
            "said to be there; name, day and mandate are missing, for {number} days",
            line.days or 0,
        )
    if not line.days:
        return words.say(_NONE_YET)
    return words.count("none, for {number} day", "none, for {number} days", line.days)


def limit_words(row: ChildLimit | None, words: Words) -> str:
    """How many days there may be, and who answers for the number."""
    if row is None:
        return words.say(_NO_LIMIT)
    days = words.count("The limit is {number} day.", "The limit is {number} days.", row.days)
    if row.reviewed_on is None:
        return words.say(_PROPOSAL, limit=days)
    return words.say(_REVIEWED, limit=days, day=_day(row.reviewed_on.isoformat(), words.tag))


def _day(day: str, tag: str) -> str:
    """A day in words; what is no whole day (of a form from elsewhere) as it stands."""
    try:
        return format_date(day, tag)
    except ValueError:
        return isolate_words(day)
