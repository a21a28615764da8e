"""What the surge view decides: the row that is being written, the rows that are there, what was told to the group.

1. One row a household, at most eight inputs: people, children, children alone, languages, urgent, keep
   (`protection.md` 7). The number comes by itself.
2. An empty number of children is none; an empty number of people is not guessed.
3. Nothing of a row is a screening: everybody stays "not screened yet".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fieldkit.domain.waiting import Flag
from fieldkit.languages.autonyms import LANGUAGES, autonym
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_list
from fieldkit.services import households, recognition
from fieldkit.services.households import How, Row
from fieldkit.ui.presenters.queue import FLAG_WORDS

if TYPE_CHECKING:
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.households import Group, Household
    from fieldkit.services.vault import OpenVault

HOW_WORDS = {
    How.BOAT: mark("By boat"),
    How.VEHICLE: mark("By vehicle"),
    How.FOOT: mark("On foot"),
    How.OTHER: mark("In another way"),
}
ASKED = (Flag.FIRST_AID, Flag.LABOUR, Flag.RESCUED, Flag.AFRAID_HERE)
"""Emergencies that are pressed; that a child is alone follows from its number."""
OFFERED_LANGUAGES = 10
"""Languages offered at once; the others fold out."""
SHOWN = 30
"""Rows listed under the one that is written: the newest first."""
NUMBERS = ("people", "children", "children_alone")
_LONGEST = 6
SPOKEN = "spoken"


@dataclass
class Writing:
    """The row that is being written; numbers as they were typed."""

    people: str = ""
    children: str = ""
    children_alone: str = ""
    languages: tuple[str, ...] = ()
    flags: tuple[str, ...] = field(default=())

    def row(self) -> Row:
        """What will be kept."""
        people, children, alone = (_number(getattr(self, name)) for name in NUMBERS)
        return Row(people, children, alone, self.languages, self.flags)


class Surge:
    """One group; empty before it is begun."""

    def __init__(self, vault: OpenVault, group: str, words: Words) -> None:
        self.vault = vault
        self.id = group
        self.writing = Writing()
        self._words = words
        self.read()

    def read(self) -> None:
        """Read the group as it stands now."""
        self.group: Group | None = households.group_of(self.vault, self.id) if self.id else None
        self.earlier = () if self.id else households.groups(self.vault)
        newest = reversed(self.group.households[-SHOWN:]) if self.group else ()
        self.rows: tuple[Household, ...] = tuple(households.household_of(self.vault, one) for one in newest)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of all households, in the order they were given."""
        return households.numbers(self.group.households) if self.group else ()

    @property
    def people(self) -> int:
        """How many people stand in the rows."""
        return households.people_of(self.vault, self.group) if self.group else 0

    def languages(self) -> tuple[tuple[str, str], ...]:
        """The languages offered at once: those this group speaks, then those most arrivals speak."""
        spoken = [tag for row in self.rows for tag in row.row.languages]
        tags = dict.fromkeys([*spoken, *(one.tag for one in LANGUAGES)])
        return tuple((tag, autonym(tag)) for tag in list(tags)[:OFFERED_LANGUAGES])

    def more_languages(self) -> tuple[tuple[str, str], ...]:
        """All others."""
        offered = {tag for tag, _ in self.languages()}
        return tuple((one.tag, one.autonym) for one in LANGUAGES if one.tag not in offered)

    def begin(self, how: str, people: str = "") -> None:
        """A group came. Raises as `households.begin_group`."""
        self.id = households.begin_group(self.vault, How(how), _number(people))
        self.read()

    def keep(self) -> str:
        """Keep the row and begin the next; its number. Raises as `households.record`."""
        household = households.record(self.vault, self.writing.row(), self.id)
        self.writing = Writing()
        self.read()
        return households.numbers((household,))[0]

    def spoken(self) -> tuple[tuple[str, str], ...]:
        """In which languages the group could have been told: those of its rows, else those most arrivals speak."""
        held = sorted(households.languages_of(self.vault, self.group)) if self.group else []
        return tuple((tag, autonym(tag)) for tag in held) or self.languages()

    def inform(self, languages: tuple[str, ...]) -> None:
        """The whole group was told, in these languages. Raises as `households.inform`."""
        households.inform(self.vault, self.id, languages, SPOKEN)
        self.read()

    def route(self, row: str) -> None:
        """The group was passed on by a shorter way. Raises as `recognition.route_group`."""
        recognition.route_group(self.vault, self.id, row)
        self.read()

    def told(self, one: Household) -> str:
        """What stands beside the number of a row."""
        words, row = self._words, one.row
        parts = [words.count("{number} person", "{number} people", row.people)]
        if row.children:
            parts.append(words.count("{number} child", "{number} children", row.children))
        if row.languages:
            parts.append(format_list((isolate_words(autonym(tag)) for tag in row.languages), words.tag))
        if row.flags:
            parts.append(words.say("at once"))
        return " · ".join(parts)

    def flags(self) -> tuple[tuple[str, str], ...]:
        """The emergencies to press."""
        return tuple((flag.value, self._words.say(FLAG_WORDS[flag])) for flag in ASKED)


def _number(typed: str) -> int:
    """A number as it was typed, in any digits; 0 for an empty line or anything else."""
    text = "".join(typed.split())
    return int(text) if text.isdecimal() and len(text) <= _LONGEST else 0


def is_number(typed: str) -> bool:
    """Whether a line is empty or a number."""
    text = "".join(typed.split())
    return not text or (text.isdecimal() and len(text) <= _LONGEST)
