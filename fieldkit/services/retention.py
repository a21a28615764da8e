"""What has been kept long enough, shown before it goes (R-184; `journal.md`, rule 8).

1. How long is content: a row a category and country (`content.retention`).
2. No clock of this laptop is asked, neither for the end of the time nor for its beginning. It ends on the day of
   the newest signed receipt. It begins on the day of the first receipt that covered the newest record of a case: by
   then it was written. So a clock that is wrong makes nothing due; what no receipt covers is never due.
3. A record of the case that is newer begins the time anew; papers, requests and the like do not.
4. Shown is a number, since when, and where else it is held: never a category.
5. A household or a group says who came with whom. It goes after everybody in it: while one of its people is kept
   here it is not due, and while one of them waits it does not go.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fieldkit.content import retention as tables
from fieldkit.content.retention import TOGETHER, Retention, Rule
from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import spoken_number
from fieldkit.services import enrolment, own_settings, receipts
from fieldkit.services.recipients import HEADQUARTERS
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.storage import queries_desk
from fieldkit.storage import receipts as held_receipts
from fieldkit.storage.receipts import Removal

CASE, SURVEY = "case", "submission"
COUNTRY = "country"

NOT_NEWER = frozenset(
    {"document.printed", "information.given", "request.made", "request.answered", "sealed.read"}
)
"""Kinds of entries that begin no new time (rule 3)."""


@dataclass(frozen=True, slots=True)
class Due:
    """Records that have been kept long enough. `number` is what people say; `since` the day from which it counts.

    `safe`: headquarters says that all of it that was for headquarters lies there twice. `shared`: the person let
    headquarters have answers; the rest, and everything of those who did not, is on this laptop only.
    """

    about: str
    number: str
    since: date
    due_on: date
    rule: Rule
    safe: bool
    shared: bool
    under_way: bool
    """Whether somebody has an unfinished interview of this case, or people of this household wait."""

    @property
    def is_together(self) -> bool:
        """Whether it is a household or a group: nothing of it was ever for headquarters (rule 5)."""
        return self.about.partition("/")[0] in TOGETHER


def rules(vault: OpenVault) -> Retention:
    """The table in force. Raises ContentFault."""
    return tables.load(vault.content[0], vault.codebook)


def country(vault: OpenVault) -> str:
    """The country of this post, as its rows in the table name it; empty until somebody says."""
    held = own_settings.standing(vault, COUNTRY)
    return str(held[0]) if len(held) == 1 else ""


def choose_country(vault: OpenVault, code: str) -> None:
    """Keep which country this post is in. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.PURGE_UNSAFE)
    own_settings.choose(vault, COUNTRY, code)


def due(vault: OpenVault) -> tuple[Due, ...]:
    """Everything that is due, the oldest first. Nothing before the first receipt (rule 2).

    Raises PersonFault `access.not_allowed`; ExchangeFault `enrol.not_a_post`; ContentFault.
    """
    vault.demand(Action.PURGE)
    enrolment.demand_desk(vault, Desk.POST)
    today = receipts.newest_day(vault)
    if today is None:
        return ()
    look = _Look(vault, today)
    newest = held_receipts.newest_numbers(vault.database, (CASE, SURVEY, *TOGETHER), NOT_NEWER)
    found = (look.at(about, numbers) for about, numbers in newest.items())
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.due_on, one.number)))


def gone(vault: OpenVault) -> tuple[Removal, ...]:
    """What went from here, the newest first. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.PURGE)
    return held_receipts.removals(vault.database)


def days_apart(vault: OpenVault) -> int:
    """By how many days this laptop's clock and the newest receipt differ; people are told when it is many."""
    newest = receipts.newest_day(vault)
    return 0 if newest is None else (vault.world.today() - newest).days


def safe_numbers(vault: OpenVault) -> dict[str, int]:
    """Up to which number each own stream is safe at headquarters."""
    standings = {stream: receipts.held(vault, stream) for stream in receipts.own_streams(vault)}
    return {stream: one.safe if one is not None else 0 for stream, one in standings.items()}


class _Look:
    """What every case is measured by, read once."""

    def __init__(self, vault: OpenVault, today: date) -> None:
        self._database = vault.database
        self._today = today
        self._rules = rules(vault)
        self._country = country(vault)
        self._categories = held_receipts.categories(vault.database)
        self._shared = {subject(CASE, case) for case in vault.queries.agreed(HEADQUARTERS)}
        self._drafts = held_receipts.cases_with_drafts(vault.database)
        self._safe = safe_numbers(vault)
        self._last = held_receipts.newest_numbers(vault.database, (CASE, SURVEY), ())
        self._days = {stream: _Covered(vault, stream) for stream in self._safe}

    def at(self, about: str, numbers: Mapping[str, int]) -> Due | None:
        """Whether one case or survey is due."""
        kind, _, name = about.partition("/")
        rule = self._rule(kind, name)
        days = [self._days[stream].day(number) for stream, number in numbers.items() if stream in self._days]
        if rule is None or not days or any(day is None for day in days):
            return None
        if kind in TOGETHER and queries_desk.with_value(self._database, kind, name):
            return None
        since = max(day for day in days if day is not None)
        due_on = since + timedelta(days=rule.days)
        if due_on > self._today:
            return None
        return Due(
            about,
            spoken_number(name),
            since,
            due_on,
            rule,
            self._is_safe(about),
            about in self._shared,
            name in self._drafts or self._waits(kind, about),
        )

    def _waits(self, kind: str, about: str) -> bool:
        return kind in TOGETHER and queries_desk.waits(self._database, about) is not None

    def _rule(self, kind: str, name: str) -> Rule | None:
        if kind == SURVEY:
            return self._rules.survey(self._country)
        if kind in TOGETHER:
            return self._rules.together(kind, self._country)
        return self._rules.longest(self._categories.get(name, ()), self._country)

    def _is_safe(self, about: str) -> bool:
        """Whether all there is about it is safe; what came from headquarters is."""
        last = self._last.get(about, {})
        return all(number <= self._safe.get(stream, number) for stream, number in last.items())


class _Covered:
    """On which day headquarters first said that it held an entry of one stream (rule 2)."""

    def __init__(self, vault: OpenVault, stream: str) -> None:
        rows = sorted((row.number, row.day) for row in held_receipts.accepted(vault.database, stream))
        self._numbers = [number for number, _ in rows]
        self._days = [day for _, day in rows]
        for place in range(len(rows) - 2, -1, -1):  # a receipt for more covers the lower numbers too
            self._days[place] = min(self._days[place], self._days[place + 1])

    def day(self, number: int) -> date | None:
        """The day, or None while no receipt covers it."""
        place = bisect_left(self._numbers, number)
        return date.fromisoformat(self._days[place]) if place < len(self._days) else None
