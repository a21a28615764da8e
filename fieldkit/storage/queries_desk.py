"""The queue of people who wait, households and groups, as screens ask for them. Reading only.

The order of the queue is the index of `waiting`: a page of it costs the same however many wait, or waited once.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from fieldkit.storage.database import Database

Said = dict[str, tuple[str, ...]]
"""What is known of somebody: flag, people, children, children_alone, language, with, alone, household, group …"""

LOOKED_AT = 500
"""Rows from whose languages one can choose: a whole day of a busy post."""
_ORDER = "ORDER BY urgent DESC, since, waiting.about"
_SPEAKS = (
    "SELECT 1 FROM arrival_said WHERE arrival_said.about = waiting.about AND what = 'language' AND value = ?1"
)
_FLAG_STANDS = """
    SELECT 1 FROM arrival_said AS held JOIN entries ON entries.id = held.entry
    WHERE held.about = waiting.about AND held.what = 'flag' AND held.value = ?2 AND NOT EXISTS (
        SELECT 1 FROM arrival_said AS newer WHERE newer.about = held.about AND newer.what = 'settled'
        AND newer.value = held.value || ' ' || lower(hex(entries.digest))
    )
"""
_WANTED = f"""
    (?1 = '' OR EXISTS ({_SPEAKS})) AND (?2 = '' OR EXISTS ({_FLAG_STANDS}))
"""


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Somebody in the queue: since when (ISO, one zone), and when they were screened (empty: not yet)."""

    about: str
    urgent: bool
    since: str
    screened: str


def waiting(
    database: Database, limit: int, skip: int = 0, language: str = "", flag: str = ""
) -> tuple[WaitingRow, ...]:
    """A page of the queue; with a language or a flag, only those of whom it is known."""
    # The page first, and only then what is shown of each.
    page = f"SELECT about, urgent, since FROM waiting WHERE {_WANTED} {_ORDER} LIMIT ?3 OFFSET ?4"  # noqa: S608
    if not language and not flag:
        page = f"SELECT about, urgent, since, ?1, ?2 FROM waiting {_ORDER} LIMIT ?3 OFFSET ?4"  # noqa: S608
    rows = database.rows(
        "SELECT page.about, page.urgent, page.since, COALESCE((SELECT MIN(at) FROM arrival_steps "  # noqa: S608
        f"WHERE about = page.about AND step = 'screened'), '') FROM ({page}) AS page "
        "ORDER BY urgent DESC, since, page.about",
        (language, flag, limit, skip),
    )
    return tuple(WaitingRow(about, bool(urgent), since, screened) for about, urgent, since, screened in rows)


def waiting_count(database: Database) -> tuple[int, int]:
    """How many persons and households wait, and how many of them with an emergency."""
    whole = database.number("SELECT COUNT(*) FROM waiting")
    return whole, database.number("SELECT COUNT(*) FROM waiting WHERE urgent = 1")


def waits(database: Database, about: str) -> WaitingRow | None:
    """Whether somebody waits."""
    row = database.one(
        "SELECT about, urgent, since, COALESCE((SELECT MIN(at) FROM arrival_steps "
        "WHERE about = waiting.about AND step = 'screened'), '') FROM waiting WHERE about = ?",
        (about,),
    )
    return WaitingRow(row[0], bool(row[1]), row[2], row[3]) if row is not None else None


def steps(database: Database, about: str) -> tuple[tuple[str, str], ...]:
    """What happened to somebody, and when (ISO, one zone), in that order."""
    rows = database.rows("SELECT step, at FROM arrival_steps WHERE about = ? ORDER BY at, entry", (about,))
    return tuple((row[0], row[1]) for row in rows)


def said(database: Database, abouts: Sequence[str]) -> dict[str, Said]:
    """What is known of each of these; a flag that was dealt with is left out."""
    found: dict[str, Said] = {about: {} for about in abouts}
    rows = database.rows(
        "SELECT DISTINCT held.about, held.what, held.value FROM arrival_said AS held "
        "JOIN entries ON entries.id = held.entry WHERE held.about IN (SELECT value FROM json_each(?)) "
        "AND NOT (held.what = 'flag' AND EXISTS ("
        "  SELECT 1 FROM arrival_said AS newer WHERE newer.about = held.about AND newer.what = 'settled' "
        "  AND newer.value = held.value || ' ' || lower(hex(entries.digest)))) "
        "ORDER BY held.about, held.entry, held.place",
        (json.dumps(list(abouts)),),
    )
    for about, what, value in rows:
        known = found[about]
        known[what] = (*known.get(what, ()), value)
    return found


def flag_entries(database: Database, about: str, flag: str) -> tuple[str, ...]:
    """The entries that raised a flag, by identity: what settling it replaces."""
    rows = database.rows(
        "SELECT DISTINCT entries.digest FROM arrival_said AS held JOIN entries ON entries.id = held.entry "
        "WHERE held.about = ? AND held.what = 'flag' AND held.value = ?",
        (about, flag),
    )
    return tuple(sorted(row[0].hex() for row in rows))


def households_numbered(database: Database, first: str, most: int) -> tuple[str, ...]:
    """The households whose number begins so."""
    rows = database.rows(
        "SELECT DISTINCT about FROM arrival_said WHERE what = 'number' AND value >= ?1 AND value < ?1 || '~' "
        "ORDER BY value LIMIT ?2",
        (first, most),
    )
    return tuple(row[0] for row in rows)


def with_value(database: Database, what: str, value: str) -> tuple[str, ...]:
    """Everybody of whom something is known, such as the members of a household, the first one first."""
    rows = database.rows(
        "SELECT about FROM arrival_said WHERE what = ? AND value = ? GROUP BY about ORDER BY MIN(entry)",
        (what, value),
    )
    return tuple(row[0] for row in rows)


def languages_waiting(database: Database, most: int = 12) -> tuple[str, ...]:
    """The languages of those who stand first in the queue, the most frequent first."""
    rows = database.rows(
        # From those who wait to what they speak: the other way round everybody who was ever here would be read.
        f"SELECT value FROM (SELECT about FROM waiting {_ORDER} LIMIT ?2) AS first "  # noqa: S608 (constant)
        "CROSS JOIN arrival_said ON arrival_said.about = first.about "
        "AND what = 'language' GROUP BY value ORDER BY COUNT(*) DESC, value LIMIT ?1",
        (most, LOOKED_AT),
    )
    return tuple(row[0] for row in rows)


def groups(database: Database, most: int = 20) -> tuple[str, ...]:
    """Groups that came, the newest first."""
    rows = database.rows(
        "SELECT about FROM arrival_said WHERE what = 'came' GROUP BY about ORDER BY MAX(value) DESC, about LIMIT ?",
        (most,),
    )
    return tuple(row[0] for row in rows)


def suggested(database: Database, cases: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The categories that rules suggested or people confirmed of each of these cases."""
    found: dict[str, tuple[str, ...]] = {}
    for case, category in database.rows(
        "SELECT DISTINCT case_id, category FROM outcomes "
        "WHERE case_id IN (SELECT value FROM json_each(?)) AND (state = 'confirmed' OR verdict = 'yes') "
        "ORDER BY case_id, category",
        (json.dumps(list(cases)),),
    ):
        found[case] = (*found.get(case, ()), category)
    return found
