"""The queue of people who wait: who arrived and is not screened and referred yet (R-004, R-019).

1. Everybody who arrived stands in it until they are screened and referred, or a person says why they wait no more.
   Pressing "somebody arrived" puts them there at once, before the first question.
2. Emergencies first, then who waits longest; that order is the database's, the same for every person and filter
   (`domain.waiting`, rule 2).
3. A limit is the administrator's choice, else the content's; nobody's choice means that there is none.
4. A row has a number, never a name and never a reason; who is afraid of somebody here is "to be seen alone".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fieldkit.content import waiting as tables
from fieldkit.content.waiting import Limits, Rule
from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id, spoken_number, typed_number
from fieldkit.domain.ports import JsonObject
from fieldkit.domain.waiting import CASE, HOUSEHOLD, Because, Flag, Limit, Waits
from fieldkit.services import forms_held, intake, own_settings, retention
from fieldkit.services.errors import DeskFault
from fieldkit.services.interview import Interview
from fieldkit.services.vault import OpenVault
from fieldkit.storage import queries_desk
from fieldkit.storage.queries_desk import Said, WaitingRow

PAGE = 50
ARRIVAL = "arrival"
"""The form of the first page of every arrival: urgent needs, before any question on who somebody is (R-001)."""
STAY = frozenset({ARRIVAL, "group_event"})
"""Forms after which somebody goes on waiting: they lead back to the queue."""
ENDED = "waiting.ended"
SHORTEST_NUMBER = 2
LANGUAGE_UNKNOWN = "und"
_NO_LIMIT = -1


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody in the queue: a person, or a household that is not entered one by one yet.

    `people` is 0 where nobody said; `flags` may hold values that this version does not know.
    """

    about: str
    number: str
    household: bool
    urgent: bool
    waits: Waits
    screened: bool
    people: int
    children: int
    children_alone: int
    languages: tuple[str, ...]
    company: tuple[str, ...]
    flags: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id of the person's case or of the household."""
        return self.about.partition("/")[2]

    @property
    def see_alone(self) -> bool:
        """Whether nobody else should be there: somebody is afraid, or a child is alone."""
        return Flag.AFRAID_HERE in self.flags


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the queue: a language, a flag, or all."""

    language: str = ""
    flag: str = ""


EVERYBODY = Wanted()


# --- reading --------------------------------------------------------------------------------------------


def queue(
    vault: OpenVault, wanted: Wanted = EVERYBODY, limit: int = PAGE, skip: int = 0
) -> tuple[Waiting, ...]:
    """A page of the queue (rule 2). Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.INTERVIEW)
    rows = queries_desk.waiting(vault.database, limit, skip, wanted.language, wanted.flag)
    return _shown(vault, rows)


def find(vault: OpenVault, about: str) -> Waiting | None:
    """Somebody in the queue; None when they wait no more. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.INTERVIEW)
    row = queries_desk.waits(vault.database, about)
    return _shown(vault, (row,))[0] if row is not None else None


def numbered(vault: OpenVault, typed: str, limit: int = PAGE) -> tuple[Waiting, ...]:
    """Those in the queue whose number begins as typed: what stands on a token finds a household too.

    Raises PersonFault `access.not_allowed`.
    """
    return tuple(one for about in with_number(vault, typed, limit) if (one := find(vault, about)) is not None)


def with_number(vault: OpenVault, typed: str, limit: int = PAGE) -> tuple[str, ...]:
    """Everybody whose number begins as typed, whether they wait or not; none for fewer than two characters.

    Raises PersonFault `access.not_allowed`.
    """
    vault.demand(Action.INTERVIEW)
    first = typed_number(typed)
    if len(first) < SHORTEST_NUMBER:
        return ()
    households = queries_desk.households_numbered(vault.database, first, limit)
    return (*households, *(subject(CASE, row.case) for row in vault.queries.numbered(typed, limit)))


def count(vault: OpenVault) -> tuple[int, int]:
    """How many wait, and how many of them with an emergency; a household counts once."""
    return queries_desk.waiting_count(vault.database)


def languages(vault: OpenVault) -> tuple[str, ...]:
    """The languages of those who wait, the most frequent first."""
    return queries_desk.languages_waiting(vault.database)


def _shown(vault: OpenVault, rows: Sequence[WaitingRow]) -> tuple[Waiting, ...]:
    limits = Chosen(vault)
    said = queries_desk.said(vault.database, [row.about for row in rows])
    suggested = queries_desk.suggested(vault.database, [row.about.partition("/")[2] for row in rows])
    return tuple(
        _one(row, said[row.about], limits, suggested.get(row.about.partition("/")[2], ())) for row in rows
    )


def _one(row: WaitingRow, said: Said, limits: "Chosen", categories: Sequence[str]) -> Waiting:
    kind, _, own = row.about.partition("/")
    return Waiting(
        row.about,
        spoken_number(own),
        kind == HOUSEHOLD,
        row.urgent,
        _waits(row, limits, categories),
        bool(row.screened),
        _number(said, "people"),
        _number(said, "children"),
        _number(said, "children_alone"),
        tuple(tag for tag in said.get("language", ()) if tag != LANGUAGE_UNKNOWN),
        (*said.get("with", ()), *(("alone",) if "yes" in said.get("alone", ()) else ())),
        said.get("flag", ()),
    )


def _waits(row: WaitingRow, limits: "Chosen", categories: Sequence[str]) -> Waits:
    """What somebody waits for now, since when, and how long that may take."""
    if row.screened:
        step, since = Limit.REFERRAL, row.screened
    else:
        step, since = Limit.SCREENING, row.since
    hours = limits.hours(step, categories)
    if row.urgent:
        at_once = limits.hours(Limit.EMERGENCY, categories)
        hours = min((one for one in (hours, at_once) if one is not None), default=None)
    return Waits(step, datetime.fromisoformat(since), hours)


def _number(said: Said, what: str) -> int:
    return greatest(said.get(what, ()))


def greatest(said: Iterable[str]) -> int:
    """The greatest of the numbers that were said; 0 for none."""
    return max((int(one) for one in said if one.isascii() and one.isdecimal()), default=0)


# --- what a person does ---------------------------------------------------------------------------------


def arrive(vault: OpenVault, language: str, *, officer_language: str) -> Interview:
    """Somebody arrived: they wait from now on under the number of their case, and the first page begins.

    Raises as `intake.begin`; then nobody is entered.
    """
    vault.demand(Action.INTERVIEW)
    intake.demand_allowed(vault, forms_held.hold(vault, ARRIVAL), ARRIVAL)
    case = enter(vault, language)
    return intake.begin(
        vault, ARRIVAL, officer_language=officer_language, person_language=language, case=case
    )


def enter(vault: OpenVault, language: str = "") -> str:
    """Open a case for somebody who arrived now; its id. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.INTERVIEW)
    case = new_id(vault.world.randomness)
    payload: JsonObject = {
        "number": spoken_number(case),
        "form": "",
        "arrived": vault.world.moment(),
        **({"language": language} if language else {}),
    }
    vault.journal.append(
        actor=vault.person.id, subject=subject(CASE, case), kind="case.opened", payload=payload
    )
    return case


def end(vault: OpenVault, about: str, because: Because, reason: str = "") -> None:
    """Keep why somebody waits no more. Raises PersonFault `access.not_allowed`; DeskFault `waiting.unknown`."""
    vault.demand(Action.INTERVIEW)
    if queries_desk.waits(vault.database, about) is None:
        raise DeskFault("waiting.unknown")
    vault.journal.append(
        actor=vault.person.id,
        subject=about,
        kind=ENDED,
        payload={"because": because.value, "reason": reason.strip()},
    )


def again(vault: OpenVault, about: str, reason: str = "") -> None:
    """Somebody waits again: what ended it counts no more.

    A case that was closed is opened again in the case. Raises PersonFault `access.not_allowed`; DeskFault
    `waiting.unknown` when nothing had ended it.
    """
    vault.demand(Action.INTERVIEW)
    ended = [identity for entry, identity in vault.journal.about(about) if entry.kind == ENDED]
    if not ended:
        raise DeskFault("waiting.unknown")
    vault.journal.append(
        actor=vault.person.id,
        subject=about,
        kind="waiting.again",
        payload={"reason": reason.strip()},
        replaces=tuple(sorted(ended)),
    )


# --- limits ---------------------------------------------------------------------------------------------


class Chosen:
    """The limits that hold at this post: the administrator's, else the content's (rule 3)."""

    def __init__(self, vault: OpenVault) -> None:
        self._table: Limits = tables.load(vault.content[0], vault.codebook)
        self._country = retention.country(vault)
        self._found: dict[tuple[Limit, tuple[str, ...]], int | None] = {}
        self._own = {step: own_settings.standing(vault, _field(step)) for step in Limit}

    def own(self, step: Limit) -> int | None:
        """What an administrator chose; None when nobody did. Of several choices the shortest rules."""
        numbers = [one for one in self._own[step] if isinstance(one, int) and one != _NO_LIMIT]
        return min(numbers, default=None)

    def is_own(self, step: Limit) -> bool:
        """Whether an administrator chose, also that there is no limit."""
        return bool(self._own[step])

    def rule(self, step: Limit, categories: Iterable[str] = ()) -> Rule | None:
        """What the content says."""
        return self._table.shortest(step, categories, self._country)

    def hours(self, step: Limit, categories: Iterable[str] = ()) -> int | None:
        """How many hours a step may take; None for no limit."""
        asked = (step, tuple(categories))
        if asked not in self._found:
            rule = self.rule(step, asked[1])
            said = rule.hours if rule is not None else None
            self._found[asked] = self.own(step) if self.is_own(step) else said
        return self._found[asked]


def choose_limit(vault: OpenVault, step: Limit, hours: int | None) -> None:
    """Keep how many hours a step may take at this post; None for no limit.

    Raises PersonFault `access.not_allowed`; DeskFault `waiting.bad_limit`.
    """
    vault.demand(Action.SET_LIMITS)
    if hours is not None and hours < 0:
        raise DeskFault("waiting.bad_limit")
    own_settings.choose(vault, _field(step), _NO_LIMIT if hours is None else hours)


def _field(step: Limit) -> str:
    return f"waiting/{step.value}"
