"""What the queue says of whoever waits, and in which order it stands.

1. A row can be read from across the desk: a number, since when, how many people, which language. Of an emergency it
   says that it is one, and "See alone", never which (`look.md`, Queue). Which one stands on the person's own page.
2. "Waits too long" is said by a word and by a place of its own, never by colour alone.
3. Emergencies stand first, then who waits too long, then the others; within each, who waits longest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.domain.waiting import CASE, Flag, Limit
from fieldkit.languages import catalogues
from fieldkit.languages.autonyms import autonym
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_list, format_moment
from fieldkit.services import waiting
from fieldkit.services.waiting import PAGE, Wanted

if TYPE_CHECKING:
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.vault import OpenVault
    from fieldkit.services.waiting import Waiting

FLAG_WORDS = {
    Flag.FIRST_AID: mark("Needs first aid"),
    Flag.LABOUR: mark("A baby is coming"),
    Flag.RESCUED: mark("Rescued from the sea"),
    Flag.CHILD_ALONE: mark("A child alone"),
    Flag.AFRAID_HERE: mark("See alone"),
}
"""What an emergency is called. That somebody is afraid is never said: what to do is."""
UNKNOWN_FLAG = mark("Something urgent that this version of the program does not know")
ALONE = mark("alone")
TOO_LONG = mark("Waits too long")
BEGUN = mark("interview not finished")
STEP_WORDS = {
    Limit.EMERGENCY: mark("not screened yet"),
    Limit.SCREENING: mark("not screened yet"),
    Limit.REFERRAL: mark("screened, not referred yet"),
}
COMPANY = "with_whom"
"""The list of the codebook that says whom somebody is with."""
_HOUR, _DAY = 60, 24 * 60
MOST = 250
"""Rows that a screen shows at most."""


class Place(StrEnum):
    """Where in the queue somebody stands (rule 3)."""

    NOW = "now"
    TOO_LONG = "too long"
    WAITING = "waiting"


PLACE_WORDS = {
    Place.NOW: mark("At once"),
    Place.TOO_LONG: mark("Waiting too long"),
    Place.WAITING: mark("Waiting"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what is large, what stands below it, where it belongs."""

    about: str
    number: str
    told: str
    place: Place
    household: bool
    languages: tuple[str, ...]


class Queue:
    """The queue as it stands now. `wanted` is what it is looked at by."""

    def __init__(
        self, vault: OpenVault, words: Words, wanted: Wanted, shown: int = PAGE, number: str = ""
    ) -> None:
        """`number` is the beginning of one that somebody shows: then only whoever has it stands here."""
        self.vault = vault
        self.wanted = wanted
        self.shown = shown
        self.number = number.strip()
        self._words = words
        self.may_look = vault.may(Action.INTERVIEW)
        self.lines: tuple[Line, ...] = ()
        self.whole = self.urgent = 0
        self.languages: tuple[str, ...] = ()
        if self.may_look:
            self.read()

    def read(self) -> None:
        """Read it anew."""
        now = self.vault.world.clock.now()
        if self.number:
            rows = waiting.numbered(self.vault, self.number)
        else:
            rows = waiting.queue(self.vault, self.wanted, self.shown)
        company = company_words(self.vault, self._words.tag)
        begun = {f"{CASE}/{draft.case}" for draft in self.vault.drafts.list(self.vault.person.id)}
        self.lines = tuple(_line(one, now, self._words, company, begun=one.about in begun) for one in rows)
        self.whole, self.urgent = waiting.count(self.vault)
        self.languages = waiting.languages(self.vault)

    @property
    def is_filtered(self) -> bool:
        """Whether only a part is looked at."""
        return bool(self.number) or self.wanted != waiting.EVERYBODY

    @property
    def may_be_more(self) -> bool:
        """Whether more may wait than are shown."""
        return not self.number and len(self.lines) == self.shown

    @property
    def may_show_more(self) -> bool:
        """Whether a longer page is offered; beyond that people are found, not scrolled for."""
        return self.may_be_more and self.shown < MOST

    def at(self, place: Place) -> tuple[Line, ...]:
        """The rows of one place."""
        return tuple(line for line in self.lines if line.place is place)

    def flags(self) -> tuple[tuple[str, str], ...]:
        """The emergencies one can look for."""
        return tuple((flag.value, self._words.say(told)) for flag, told in FLAG_WORDS.items())


def company_words(vault: OpenVault, tag: str) -> Mapping[str, str]:
    """Whom somebody can be with, in words of the codebook."""
    spoken, book = catalogues.load(tag, "codebook"), vault.codebook
    return {one.name: book.choice_label(COMPANY, one.name, spoken) for one in book.lists.get(COMPANY, ())}


def _line(one: Waiting, now: datetime, words: Words, company: Mapping[str, str], *, begun: bool) -> Line:
    too_long = one.waits.is_too_long(now)
    late = Place.TOO_LONG if too_long else Place.WAITING
    place = Place.NOW if one.urgent else late
    told = " · ".join(
        [*_told(one, now, words, company, too_long=too_long), *([words.say(BEGUN)] if begun else [])]
    )
    return Line(one.about, one.number, told, place, one.household, one.languages)


def _told(
    one: Waiting, now: datetime, words: Words, company: Mapping[str, str], *, too_long: bool
) -> Iterable[str]:
    say = words.say
    if one.see_alone:
        yield say(FLAG_WORDS[Flag.AFRAID_HERE])
    if too_long:
        yield say(TOO_LONG)
    yield say(
        "{duration}, {step}",
        duration=duration(one.waits.minutes(now), words),
        step=say(STEP_WORDS[one.waits.step]),
    )
    yield from people(one, words, company)
    if one.languages:
        yield format_list((isolate_words(autonym(tag)) for tag in one.languages), words.tag)


def people(one: Waiting, words: Words, company: Mapping[str, str]) -> Iterable[str]:
    """Who is with somebody, as far as it was said."""
    if one.people > 1:
        yield words.count("{number} person", "{number} people", one.people)
    if one.children:
        yield words.count("{number} child", "{number} children", one.children)
    if ALONE in one.company and one.people <= 1:
        yield words.say(ALONE)
    yield from (company[value] for value in one.company if value in company)


def duration(minutes: int, words: Words) -> str:
    """A length of time in words, as exact as it matters."""
    if minutes < _HOUR:
        return words.count("{number} minute", "{number} minutes", minutes)
    if minutes < _DAY:
        return words.say("{hours} h {minutes} min", hours=minutes // _HOUR, minutes=minutes % _HOUR)
    days = words.count("{number} day", "{number} days", minutes // _DAY)
    return words.say("{days}, {hours} h", days=days, hours=minutes % _DAY // _HOUR)


def flag_words(flags: Iterable[str], words: Words) -> tuple[str, ...]:
    """Emergencies in words; what this version does not know is said to be that, with its name."""
    known = {flag.value: told for flag, told in FLAG_WORDS.items()}
    return tuple(
        words.say(known[flag]) if flag in known else f"{words.say(UNKNOWN_FLAG)}: {isolate_words(flag)}"
        for flag in flags
    )


def since(moment: datetime, now: datetime, tag: str) -> str:
    """A moment in the zone of the post."""
    return format_moment(moment.astimezone(now.tzinfo), tag)
