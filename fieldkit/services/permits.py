"""Papers with a last day: what an authority gave a person, and the post's own proof of registration (R-054, R-135).

1. Which kind is a name of the codebook's list `permit_kinds`; the number may stay empty, stands on the person's own
   page only, and on no list. Nothing of it leaves the post (`travel`).
2. That a paper counts, or has run out, is no verdict on anybody: it says when to ask for a new one. Nothing is
   closed and nothing is refused because of a day.
3. Somebody is reminded some days before the last day (`content.limits`, else `NOTICE_DAYS`), and from then on until
   a new paper is written down, or somebody says that this one is not needed any more, for a year at most. In a
   closed case nobody is.
4. A paper that is renewed stays in the case, with the one that took its place.
5. What is written down is never refused because of the case: a closed one takes it too (`protection.md` 5).
6. Time to rest may have no last day, and who may end it early is a rule of its own (`recovering`).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fieldkit.content.limits import Limit
from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.locks import RECOVERY_TIME
from fieldkit.domain.ports import JsonObject
from fieldkit.services import limits, recovering
from fieldkit.services.case_file import CASE, Said, read_case
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage import queries_days
from fieldkit.storage.journal import Change
from fieldkit.storage.kinds_papers import PERMIT, PERMIT_ENDED

KINDS = "permit_kinds"
"""The codebook's list of kinds."""
NOTICE_DAYS = 14
"""Days before the last day, where no country set another number: time to ask for a new paper, nobody's limit."""
DAYS_AFTER = 365
"""So long after its last day a paper is reminded of: then nobody can do anything with it."""
MOST_NUMBER = 60
MOST_ROWS = 300


class Over(StrEnum):
    """Why nobody is reminded of a paper any more."""

    RENEWED = "renewed"
    LOST = "lost"
    NOT_NEEDED = "not_needed"
    MISTAKE = "mistake"


@dataclass(frozen=True, slots=True)
class Told:
    """What is written down of a paper. `since` may be empty, `number` too, `until` of time to rest. Days
    are ISO."""

    kind: str
    until: str
    since: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Permit:
    """A paper that stands in a case; `over` says why it counts no more, or is empty."""

    id: str
    told: Told
    day: str
    over: str = ""


@dataclass(frozen=True, slots=True)
class LastDay:
    """A paper of which somebody has to be reminded: `days` until its last day, below 0 when that is over. `own` is
    a proof of registration of a post."""

    case: str
    number: str
    document: str
    until: str
    days: int
    own: bool


def record(vault: OpenVault, case: str, told: Told, renews: str = "") -> str:
    """Keep that the person has a paper; its id. `renews` is the one whose place it takes (rule 4).

    Raises PersonFault `access.not_allowed`, `case.unknown`; DeskFault `permit.kind`, `permit.day`,
    `permit.number`, `permit.unknown`.
    """
    vault.demand(Action.RECORD_PERMIT)
    read_case(vault.journal, case)
    _check(vault, told)
    about, permit = subject(CASE, case), new_id(vault.world.randomness)
    changes = []
    if renews:
        changes.append(Change(about, PERMIT_ENDED, _over(_find(vault, case, renews), Over.RENEWED, "")))
    payload: JsonObject = {
        "permit": permit,
        "kind": told.kind,
        "number": told.number.strip(),
        "since": told.since,
        "until": told.until,
        **({"renews": renews} if renews else {}),
    }
    vault.journal.append_many(vault.person.id, [*changes, Change(about, PERMIT, payload)])
    return permit


def end(vault: OpenVault, case: str, permit: str, because: Over, reason: str = "") -> None:
    """Keep that a paper is not to be reminded of any more. Raises PersonFault `access.not_allowed`,
    `case.unknown`; DeskFault `permit.unknown`; as `recovering.demand_may_end`."""
    vault.demand(Action.RECORD_PERMIT)
    told = _over(_find(vault, case, permit), because, reason.strip())
    kept = next(
        said for said in read_case(vault.journal, case).of_kind(PERMIT) if said.payload["permit"] == permit
    )
    recovering.demand_may_end(vault, kept, because.value, reason)
    vault.journal.append(actor=vault.person.id, subject=subject(CASE, case), kind=PERMIT_ENDED, payload=told)


def permits(vault: OpenVault, case: str) -> tuple[Permit, ...]:
    """The papers of a person that others made, the oldest first."""
    file = read_case(vault.journal, case)
    over = {said.payload["permit"]: str(said.payload["because"]) for said in file.of_kind(PERMIT_ENDED)}
    return tuple(_permit(said, over.get(said.payload["permit"], "")) for said in file.of_kind(PERMIT))


def notice_days(vault: OpenVault) -> int:
    """How many days before its last day somebody is reminded of a paper (rule 3)."""
    held = limits.of(vault, Limit.NOTICE)
    return held.days if held is not None else NOTICE_DAYS


def last_days(vault: OpenVault) -> tuple[LastDay, ...]:
    """The papers at this post of which somebody has to be reminded today, the earliest last day first (rule 3)."""
    vault.demand(Action.RECORD_PERMIT)
    rows = queries_days.last_days(vault.database, _window(vault), MOST_ROWS)
    return tuple(_last_day(row, vault.world.today()) for row in rows)


def of_case(vault: OpenVault, case: str) -> tuple[LastDay, ...]:
    """The same of one person."""
    rows = queries_days.last_days_of(vault.database, case, _window(vault), MOST_ROWS)
    return tuple(_last_day(row, vault.world.today()) for row in rows)


def _window(vault: OpenVault) -> tuple[str, str]:
    """The last days of which somebody is reminded today: from which to which (ISO)."""
    today = vault.world.today()
    first, last = today - timedelta(days=DAYS_AFTER), today + timedelta(days=notice_days(vault))
    return first.isoformat(), last.isoformat()


def _last_day(row: queries_days.LastDayRow, today: date) -> LastDay:
    days = (date.fromisoformat(row.until) - today).days
    return LastDay(row.case, row.number, row.document, row.until, days, row.own)


def _check(vault: OpenVault, told: Told) -> None:
    if told.kind not in {choice.name for choice in vault.codebook.lists.get(KINDS, ())}:
        raise DeskFault("permit.kind")
    rests = told.kind == RECOVERY_TIME and not told.until
    days = [told.since] * bool(told.since) + [told.until] * (not rests)
    if not all(map(_is_day, days)) or days != sorted(days):
        raise DeskFault("permit.day")
    if len(told.number.strip()) > MOST_NUMBER:
        raise DeskFault("permit.number", limit=MOST_NUMBER)


def _is_day(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


def _find(vault: OpenVault, case: str, permit: str) -> Permit:
    found = next((one for one in permits(vault, case) if one.id == permit), None)
    if found is None or found.over:
        raise DeskFault("permit.unknown")
    return found


def _over(one: Permit, because: Over, reason: str) -> JsonObject:
    return {"permit": one.id, "because": because.value, "reason": reason}


def _permit(said: Said, over: str) -> Permit:
    held = said.payload
    told = Told(held["kind"], held["until"], held["since"], held["number"])
    return Permit(held["permit"], told, said.entry.at[:10], over)
