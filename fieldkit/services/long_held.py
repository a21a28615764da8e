"""Long holding over all posts, with the body that answers for it (R-127).

1. Of people who said yes to headquarters: post, days, ground, who answers for it, the last look at it. What nobody
   told is not told, never a no.
2. Of all others headquarters hears only that somebody was held past a rule (`measure.told`): such a time stands
   in the list without of whom; whether it goes on is not told either.
3. From how many days on holding is long is content (`content.limits`), with its source and review: the number of
   the country in which the post says it is, else the one that counts at headquarters. Without one the list calls
   nothing long: it only sorts by days.
4. Whoever is not of headquarters (the monitor) sees neither a case nor its number.
"""

from dataclasses import dataclass, replace

from fieldkit.content.limits import Days, Limit
from fieldkit.domain import holding
from fieldkit.domain.access import Action
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.holding import Held
from fieldkit.headquarters.queries import certificates
from fieldkit.services import held_people, limits
from fieldkit.services.vault import OpenVault
from fieldkit.storage import queries_days
from fieldkit.storage.branches import stream_of
from fieldkit.storage.queries_days import HeldRow

MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class LongRow:
    """One time that somebody is held, and where it was written down (a post's name, or empty). `held` is None
    where of whom is not told (rule 2); `is_long` is None there, and without a number of days (rule 3)."""

    post: str
    since: str
    days: int
    is_long: bool | None
    held: Held | None


@dataclass(frozen=True, slots=True)
class LongHeld:
    """The whole list, the longest first, and the numbers of days that count for it."""

    rows: tuple[LongRow, ...]
    limits: tuple[Days, ...]


def long_held(vault: OpenVault) -> LongHeld:
    """The list over all posts. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.SEE_LONG_HELD)
    look = _Look(vault)
    known = [look.known(row) for row in queries_days.held_now(vault.database, MOST_ROWS)]
    told = queries_days.held_unnamed(vault.database, MOST_ROWS)
    rows = (*known, *(look.row(one.stream, one.day, None) for one in told))
    return LongHeld(tuple(sorted(rows, key=lambda one: (-one.days, one.post))), tuple(look.limits))


class _Look:
    """What every time is measured by, read once."""

    def __init__(self, vault: OpenVault) -> None:
        self._vault = vault
        self._posts = {one.stream: one.post for one in certificates(vault.database)}
        self._here = limits.of(vault, Limit.HELD)
        self._of_posts = limits.of_posts(vault, Limit.HELD)
        of_all = (self._here, *self._of_posts.values())
        self.limits = dict.fromkeys(one for one in of_all if one is not None)

    def known(self, row: HeldRow) -> LongRow:
        """Of somebody who agreed (rules 1 and 4)."""
        try:
            held = held_people.read(self._vault, row)
        except PersonFault:  # its case was erased, or came without what opens it
            return self.row(row.stream, row.since, None)
        if not self._vault.may(Action.COUNT):
            held = replace(held, case="", number="")
        return self.row(row.stream, row.since, held)

    def row(self, stream: str, since: str, held: Held | None) -> LongRow:
        """One row, with the number of its post's country (rule 3)."""
        own = stream_of(stream)
        days = holding.days_between(since, "", self._vault.world.today())
        limit = self._of_posts.get(own, self._here)
        is_long = None if limit is None or held is None else days >= limit.days
        return LongRow(self._posts.get(own, ""), since, days, is_long, held)
