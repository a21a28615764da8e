"""What is due at this post, counted for the first screen: children without a guardian, calls that nobody answered,
referrals without news, papers that end, people held for long (R-085, R-040, R-054, R-127; `protection.md` 6).

1. Whoever may do something about a thing hears of it, and nobody else: a kind, a number, and where its list is. No
   name, no category, no reason: the first screen is read from across the desk.
2. Nothing is due without a limit; whose it is, and who answers for it, stands on the lists.
3. Everything is looked at once for a day and a person; from then on only the cases about which something was
   written since. What ends a count (a setting, records that went, another pack) makes it begin anew.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from fieldkit.content.limits import Limit
from fieldkit.domain.access import Action
from fieldkit.domain.children import Late, Line
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.holding import days_between
from fieldkit.services import child_register, follow_up, limits, permits
from fieldkit.services.case_file import CASE
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.storage import queries_days

MOST_HELD = 500
MANY = 100
"""Cases written about since the last count from which everything is looked at anew."""
HARMLESS = frozenset(
    {"backup", "contact", "export", "group", "household", "information", "insert", "interpreter", "look"}
)
"""What entries can be about that change nothing of what is counted here (rule 3)."""


class Kind(StrEnum):
    """What can be due, in the order in which it is told."""

    CALL = "call"
    GUARDIAN = "guardian"
    HELD = "held"
    REFERRAL = "referral"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Counted:
    """How much of one kind is due now."""

    kind: Kind
    number: int


Rows = Iterable[tuple[str, str]]
"""Cases, each with the moment (ISO) at which it is due; an empty one is due now."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who may do something about a kind, all of it, and that of one case."""

    actions: frozenset[Action]
    whole: Callable[[OpenVault], Rows]
    of_case: Callable[[OpenVault, str], Rows]


@dataclass(slots=True)
class Counting:
    """What was counted last, for whom and up to which entry: by kind and case, when each is due."""

    day: date
    kinds: frozenset[Kind]
    last: int
    held: dict[Kind, dict[str, list[str]]] = field(default_factory=dict)


def counts(vault: OpenVault) -> tuple[Counted, ...]:
    """What is due now for the person who is signed in; nothing at headquarters, which has lists of its own.

    Raises ContentFault, DatabaseFault.
    """
    if vault.desk is not Desk.POST:
        return ()
    book, now = _counted(vault), vault.world.clock.now()
    found = (Counted(kind, _due(book.held[kind], now)) for kind in Kind if kind in book.held)
    return tuple(one for one in found if one.number)


def may_see(vault: OpenVault, kind: Kind) -> bool:
    """Whether the person who is signed in may do something about a kind (rule 1)."""
    return any(vault.may(action) for action in SOURCES[kind].actions)


def _due(held: Mapping[str, list[str]], now: datetime) -> int:
    return sum(not by or datetime.fromisoformat(by) < now for moments in held.values() for by in moments)


def _counted(vault: OpenVault) -> Counting:
    """The count as it stands now (rule 3)."""
    held, today = vault.counted, vault.world.today()
    kinds = frozenset(kind for kind in Kind if may_see(vault, kind))
    last = vault.queries.newest_entry()
    if isinstance(held, Counting) and (held.day, held.kinds) == (today, kinds):
        touched = _touched(vault, held.last) if last > held.last else frozenset()
        if touched is not None:
            _look_again(vault, held, touched)
            held.last = last
            return held
    made = Counting(today, kinds, last)
    for kind in kinds:
        made.held[kind] = _by_case(SOURCES[kind].whole(vault))
    vault.counted = made
    return made


def _touched(vault: OpenVault, after: int) -> frozenset[str] | None:
    """The cases about which something was written since; None where everything has to be looked at."""
    found = set()
    for about in vault.queries.subjects_after(after):
        kind, _, name = about.partition("/")
        if kind == CASE:
            found.add(name)
        elif kind not in HARMLESS:
            return None
    return frozenset(found) if len(found) <= MANY else None


def _look_again(vault: OpenVault, book: Counting, cases: frozenset[str]) -> None:
    for case in cases:
        for kind, held in book.held.items():
            held.pop(case, None)
            held.update(_by_case(_of_case(vault, kind, case)))


def _of_case(vault: OpenVault, kind: Kind, case: str) -> Rows:
    try:
        return list(SOURCES[kind].of_case(vault, case))
    except PersonFault:  # nothing of it is held here any more
        return ()


def _by_case(rows: Rows) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for case, by in rows:
        found.setdefault(case, []).append(by)
    return found


# --- each kind --------------------------------------------------------------------------------------------


def _calls(vault: OpenVault) -> Rows:
    return ((line.case, "") for line in child_register.not_answered(vault))


def _call_of(vault: OpenVault, case: str) -> Rows:
    return ((line.case, "") for line in child_register.not_answered(vault, case))


def _guardians(vault: OpenVault) -> Rows:
    return ((line.case, "") for line in child_register.without_guardian(vault))


def _guardian_of(vault: OpenVault, case: str) -> Rows:
    line = child_register.of_case(vault, case)
    return [(case, "")] if line is not None and _lacks_guardian(line) else []


def _lacks_guardian(line: Line) -> bool:
    return not line.is_closed and Late.GUARDIAN in line.late


def _referrals(vault: OpenVault) -> Rows:
    return _without_news(follow_up.to_follow_up(vault))


def _referrals_of(vault: OpenVault, case: str) -> Rows:
    return _without_news(follow_up.of_case(vault, case))


def _without_news(rows: Iterable[follow_up.ToFollow]) -> Iterator[tuple[str, str]]:
    return ((one.case, one.due) for one in rows if one.due and not one.state)


def _papers(vault: OpenVault) -> Rows:
    return ((one.case, "") for one in permits.last_days(vault))


def _papers_of(vault: OpenVault, case: str) -> Rows:
    return ((one.case, "") for one in permits.of_case(vault, case))


def _held(vault: OpenVault) -> Rows:
    return _held_of(vault, "")


def _held_of(vault: OpenVault, case: str) -> Rows:
    limit, today = limits.of(vault, Limit.HELD), vault.world.today()
    if limit is None:
        return ()
    rows = queries_days.held_now(vault.database, MOST_HELD, case)
    return [(one.case, "") for one in rows if days_between(one.since, "", today) >= limit.days]


SOURCES: Mapping[Kind, Source] = {
    Kind.CALL: Source(child_register.MAY_HELP, _calls, _call_of),
    Kind.GUARDIAN: Source(child_register.MAY_HELP, _guardians, _guardian_of),
    Kind.HELD: Source(frozenset({Action.SEE_HELD}), _held, _held_of),
    Kind.REFERRAL: Source(frozenset({Action.FOLLOW_UP}), _referrals, _referrals_of),
    Kind.PAPER: Source(frozenset({Action.RECORD_PERMIT}), _papers, _papers_of),
}
