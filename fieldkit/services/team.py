"""Lists that people who work together keep: a mobile team, a border team of several bodies, who gets which report
(R-182, R-198, R-199, R-200, N-097).

1. Nobody whom the desk helps stands in them: no name is asked for, and a text with a number of a case is refused.
   So a list can be printed and saved without anybody of them on it.
2. People of the team stand there by their function, offices with the office's own number.
3. Which number of a case may be spoken in a meeting, the person said: yes to every body that sits there
   (`protection.md` 3). It is asked here, told, and not kept.
4. The lists are this laptop's own: nothing of them leaves in a bundle, and nothing is sent by itself. They go on
   paper, or as a table file that somebody saves and carries.
5. A row is not written over: what somebody else changed meanwhile stays beside it until somebody looks.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id, typed_number
from fieldkit.domain.ports import JsonObject
from fieldkit.languages.messages.figures import PAGES
from fieldkit.languages.typed_days import day_of
from fieldkit.leaflets import source
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage import projections
from fieldkit.storage.kinds_papers import TEAM

ROW = "row"
MOST_ROWS = 300
SHORT, LONG = 120, 800
"""Signs in a line, and in short minutes."""


class Holds(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NOTES = "notes"
    DAY = "day"
    LANGUAGES = "languages"
    LEAFLETS = "leaflets"
    TOPIC = "topic"
    REPORTS = "reports"


CHOSEN = frozenset({Holds.LANGUAGES, Holds.LEAFLETS, Holds.TOPIC, Holds.REPORTS})
"""Columns whose values are names out of a list."""


class TeamList(StrEnum):
    """The lists."""

    ROSTER = "roster"
    VISITS = "visits"
    MEETINGS = "meetings"
    TASKS = "tasks"
    RECIPIENTS = "recipients"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, whether a row needs it."""

    name: str
    holds: Holds
    needed: bool = False


_TEXT, _NOTES, _DAY = Holds.TEXT, Holds.NOTES, Holds.DAY
COLUMNS: Mapping[TeamList, tuple[Column, ...]] = {
    TeamList.ROSTER: (
        Column("function", _TEXT, needed=True),
        Column("office", _TEXT),
        Column("languages", Holds.LANGUAGES),
    ),
    TeamList.VISITS: (
        Column("day", _DAY, needed=True),
        Column("place", _TEXT, needed=True),
        Column("who", _TEXT, needed=True),
        Column("languages", Holds.LANGUAGES),
        Column("leaflets", Holds.LEAFLETS),
        Column("bring", _TEXT),
    ),
    TeamList.MEETINGS: (
        Column("day", _DAY, needed=True),
        Column("hour", _TEXT),
        Column("place", _TEXT, needed=True),
        Column("bodies", _TEXT, needed=True),
        Column("minutes", _NOTES),
    ),
    TeamList.TASKS: (
        Column("what", _TEXT, needed=True),
        Column("who", _TEXT, needed=True),
        Column("until", _DAY, needed=True),
        Column("done", _DAY),
    ),
    TeamList.RECIPIENTS: (
        Column("topic", Holds.TOPIC, needed=True),
        Column("office", _TEXT, needed=True),
        Column("function", _TEXT, needed=True),
        Column("reach", _TEXT, needed=True),
        Column("reports", Holds.REPORTS),
    ),
}
TOPICS = ("extra_continental", "trafficking", "child", "statistics", "process", "other")
"""What a list of recipients is about; `process`: a regional process or a task force (R-200)."""
BY: Mapping[TeamList, tuple[str, ...]] = {
    TeamList.ROSTER: ("function",),
    TeamList.VISITS: ("day", "place"),
    TeamList.MEETINGS: ("day", "hour"),
    TeamList.TASKS: ("done", "until", "what"),
    TeamList.RECIPIENTS: ("topic", "office"),
}
"""In which order rows stand; tasks that are not done first."""

_NUMBER = re.compile(r"(?<![0-9A-Za-z])([0-9A-Za-z]{4})[-\s\u2010-\u2015]?([0-9A-Za-z]{4})(?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: texts and days as they were typed, chosen names as a tuple."""

    id: str
    cells: Mapping[str, str | tuple[str, ...]]

    def text(self, column: str) -> str:
        """A text or a day; empty without one."""
        held = self.cells.get(column, "")
        return held if isinstance(held, str) else " ".join(held)

    def names(self, column: str) -> tuple[str, ...]:
        """The names that were chosen."""
        held = self.cells.get(column, ())
        return held if isinstance(held, tuple) else ()


@dataclass(frozen=True, slots=True)
class MaySay:
    """Whether a number may be spoken before these bodies: to which of them the person did not say yes."""

    number: str
    not_agreed: tuple[str, ...]

    @property
    def may(self) -> bool:
        """Only with a yes to every one of them (rule 3)."""
        return not self.not_agreed


def choices(vault: OpenVault, holds: Holds) -> tuple[str, ...]:
    """The names that a column of chosen names can hold."""
    if holds is Holds.LANGUAGES:
        return tuple(choice.name for choice in vault.codebook.lists.get("languages", ()))
    if holds is Holds.LEAFLETS:
        return tuple(leaflet.id for leaflet in source.read_leaflets(vault.content[0]))
    return TOPICS if holds is Holds.TOPIC else tuple(PAGES) if holds is Holds.REPORTS else ()


def lines(vault: OpenVault, which: TeamList) -> tuple[Line, ...]:
    """The rows of a list. What somebody took out is out. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.KEEP_TEAM)
    found = [
        _line(vault, which, about) for about in projections.subjects_with_values(vault.database, _kind(which))
    ]
    standing = [one for one in found if one is not None]
    return tuple(sorted(standing, key=lambda one: (*(one.text(name) for name in BY[which]), one.id)))


def keep(vault: OpenVault, which: TeamList, cells: Mapping[str, Any], line: str = "") -> str:
    """Keep a row, new or changed; its id.

    Raises PersonFault `access.not_allowed`; DeskFault `team.missing`, `team.day`, `team.too_long`,
    `team.not_listed`, `team.number`, `team.too_many`, `team.unknown`.
    """
    held = lines(vault, which)
    if line and all(one.id != line for one in held):
        raise DeskFault("team.unknown")
    if not line and len(held) >= MOST_ROWS:
        raise DeskFault("team.too_many", limit=MOST_ROWS)
    told: dict[str, Any] = {}
    for column in COLUMNS[which]:
        told[column.name] = _checked(vault, column, cells.get(column.name, ""))
    name = line or new_id(vault.world.randomness)
    _write(vault, which, name, told)
    return name


def take_out(vault: OpenVault, which: TeamList, line: str) -> None:
    """Take a row out. Raises PersonFault `access.not_allowed`; DeskFault `team.unknown`."""
    _find(vault, which, line)
    _write(vault, which, line, None)


def done(vault: OpenVault, task: str) -> None:
    """Keep that a task was done today. Raises as `take_out`."""
    held = _find(vault, TeamList.TASKS, task)
    keep(vault, TeamList.TASKS, {**held.cells, "done": vault.world.today().isoformat()}, task)


def is_late(vault: OpenVault, task: Line) -> bool:
    """Whether a task that is not done should have been."""
    return not task.text("done") and task.text("until") < vault.world.today().isoformat()


def recipients_of(vault: OpenVault, report: str) -> tuple[Line, ...]:
    """Who gets a report by the lists; nothing is sent to them (rule 4)."""
    if not vault.may(Action.KEEP_TEAM):
        return ()
    return tuple(one for one in lines(vault, TeamList.RECIPIENTS) if report in one.names("reports"))


def may_be_spoken(vault: OpenVault, number: str, bodies: Iterable[str]) -> MaySay:
    """Whether a number may be spoken where these recipients of the codebook sit (rule 3).

    Who is told what somebody agreed to is who may share it: nobody else. Raises PersonFault `access.not_allowed`;
    DeskFault `team.no_case`, `team.no_body`.
    """
    vault.demand(Action.SHARE)
    asked = tuple(dict.fromkeys(bodies))
    if not asked:
        raise DeskFault("team.no_body")
    typed = typed_number(number)
    found = [row for row in vault.queries.numbered(typed) if row.number == typed]
    if not found:
        raise DeskFault("team.no_case")
    cases = {row.case for row in found}
    return MaySay(typed, tuple(body for body in asked if not cases <= vault.queries.agreed(body)))


# --- what is kept ---------------------------------------------------------------------------------------


def _checked(vault: OpenVault, column: Column, given: str | Sequence[str]) -> str | list[str]:
    if column.holds in CHOSEN:
        names = [given] if isinstance(given, str) and given else list(given)
        if column.needed and not names:
            raise DeskFault("team.missing")
        if not set(names) <= set(choices(vault, column.holds)):
            raise DeskFault("team.not_listed")
        return names
    text = " ".join(str(given).split())
    if column.needed and not text:
        raise DeskFault("team.missing")
    if column.holds is Holds.DAY:
        return _day(text)
    limit = LONG if column.holds is Holds.NOTES else SHORT
    if len(text) > limit:
        raise DeskFault("team.too_long", limit=limit)
    refuse_numbers(vault, text)
    return text


def _day(text: str) -> str:
    day = day_of(text)
    if text and not day:
        raise DeskFault("team.day")
    return day


def refuse_numbers(vault: OpenVault, text: str) -> None:
    """Rule 1: what looks like a number of a case, or is one of this desk; a telephone number is none. Raises
    DeskFault `team.number`."""
    for first, second in _NUMBER.findall(text):
        typed = typed_number(f"{first}{second}")
        if typed and any(row.number == typed for row in vault.queries.numbered(typed)):
            raise DeskFault("team.number")
    if any(_looks_like_one(part) for part in text.split()):
        raise DeskFault("team.number")


def _looks_like_one(part: str) -> bool:
    """Four signs, a line, four signs, with letters and digits: the number of another desk, perhaps."""
    bare = part.strip(".,;:()[]\"'")
    shaped = re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", bare) is not None
    return shaped and any(sign.isdigit() for sign in bare) and any(sign.isalpha() for sign in bare)


def _kind(which: TeamList) -> str:
    return f"team_{which.value}"


def _line(vault: OpenVault, which: TeamList, about: str) -> Line | None:
    values = [one.value for one in projections.standing(vault.database, about, ROW)]
    if not values or not all(isinstance(value, dict) for value in values):
        return None
    held: dict[str, Any] = values[0]
    columns = COLUMNS[which]
    return Line(about.partition("/")[2], {one.name: _cell(one, held.get(one.name)) for one in columns})


def _cell(column: Column, held: object) -> str | tuple[str, ...]:
    if column.holds in CHOSEN:
        return tuple(map(str, held)) if isinstance(held, list) else ()
    return held if isinstance(held, str) else ""


def _find(vault: OpenVault, which: TeamList, line: str) -> Line:
    found = next((one for one in lines(vault, which) if one.id == line), None)
    if found is None:
        raise DeskFault("team.unknown")
    return found


def _write(vault: OpenVault, which: TeamList, line: str, told: JsonObject | None) -> None:
    about = subject(_kind(which), line)
    held = projections.standing(vault.database, about, ROW)
    vault.journal.append(
        actor=vault.person.id,
        subject=about,
        kind=TEAM,
        payload={"fields": {ROW: told}},
        replaces=tuple(sorted({one.entry for one in held})),
    )


def days_ahead(rows: Iterable[Line], today: date) -> Iterator[Line]:
    """The rows with a day that is today or to come: the next visit, the next meeting first."""
    return (one for one in rows if one.text("day") >= today.isoformat())
