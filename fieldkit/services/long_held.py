"""Long holding over all posts, with the body that answers for it (R-127).

1. Of people who said yes to headquarters: post, days, ground, who answers for it, the last look at it. What nobody
   told is not told, never a no.
2. Of all others headquarters hears only that somebody was held past a rule (`measure.told`): such a time stands
   in the list without of whom; whether it goes on is not told either.
3. From how many days on holding is long is content (`content.limits`), with its source and review. Without it the
   list says nothing is long: it only sorts by days.
4. Whoever is not of headquarters (the monitor) sees neither a case nor its number.
"""

from collections.abc import Mapping
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
    """The whole list, the longest first, and the number of days that counts here."""

    rows: tuple[LongRow, ...]
    limit: Days | None


def long_held(vault: OpenVault) -> LongHeld:
    """The list over all posts. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.SEE_LONG_HELD)
    limit = limits.of(vault, Limit.HELD)
    posts = {one.stream: one.post for one in certificates(vault.database)}
    known = [_known(vault, row, posts, limit) for row in queries_days.held_now(vault.database, MOST_ROWS)]
    told = queries_days.held_unnamed(vault.database, MOST_ROWS)
    unnamed = [_row(vault, posts, limit, one.stream, one.day, None) for one in told]
    rows = (one for one in (*known, *unnamed) if one is not None)
    return LongHeld(tuple(sorted(rows, key=lambda one: (-one.days, one.post))), limit)


def _known(vault: OpenVault, row: HeldRow, posts: Mapping[str, str], limit: Days | None) -> LongRow | None:
    try:
        held = held_people.read(vault, row)
    except PersonFault:  # its case was erased, or came without what opens it
        return _row(vault, posts, limit, row.stream, row.since, None)
    if not vault.may(Action.COUNT):
        held = replace(held, case="", number="")
    return _row(vault, posts, limit, row.stream, row.since, held)


def _row(
    vault: OpenVault, posts: Mapping[str, str], limit: Days | None, stream: str, since: str, held: Held | None
) -> LongRow:
    days = holding.days_between(since, "", vault.world.today())
    is_long = None if limit is None or held is None else days >= limit.days
    return LongRow(posts.get(stream_of(stream), ""), since, days, is_long, held)
