"""Last days of papers, and who is held since when, as screens ask for them. Reading only."""

from dataclasses import dataclass

from fieldkit.domain.conflicts import CLOSED_CASE, OPEN_CASE
from fieldkit.storage.database import Database
from fieldkit.storage.kinds_measures import HELD


@dataclass(frozen=True, slots=True)
class LastDayRow:
    """A paper that somebody has: its last day (ISO), and whether a post made it."""

    case: str
    number: str
    document: str
    until: str
    own: bool


@dataclass(frozen=True, slots=True)
class HeldRow:
    """Somebody who was held from a day on (ISO), and until which; empty while nobody said that it ended. `stream`
    wrote it down."""

    stream: str
    case: str
    measure: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class ToldRow:
    """That somebody was held past a lock, told without of whom: the stream that told it, and the day (ISO)."""

    stream: str
    day: str


_STANDS = """
    EXISTS (
        SELECT 1 FROM field_values AS told JOIN entries ON entries.id = told.entry
        WHERE told.subject = 'case/' || held.case_id AND told.field = 'state' AND told.value = '"{state}"'
        AND NOT EXISTS (SELECT 1 FROM replacements WHERE replacements.replaced = entries.digest)
    )
"""
_CLOSED = f"({_STANDS.format(state=CLOSED_CASE)} AND NOT {_STANDS.format(state=OPEN_CASE)})"
"""Of two people who differ, the one who says that a case is open counts (`domain.conflicts`)."""
_NUMBER = "COALESCE((SELECT MIN(number) FROM cases WHERE cases.case_id = held.case_id), '')"


def last_days(database: Database, window: tuple[str, str], limit: int) -> tuple[LastDayRow, ...]:
    """The papers that stand in open cases and whose last day lies in `window` (ISO, both included), the earliest
    first."""
    return _last_days(database, "?4 = ''", (*window, limit, ""))


def last_days_of(
    database: Database, case: str, window: tuple[str, str], limit: int
) -> tuple[LastDayRow, ...]:
    """The same of one case."""
    return _last_days(database, "held.case_id = ?4", (*window, limit, case))


def _last_days(database: Database, where: str, values: tuple[str, str, int, str]) -> tuple[LastDayRow, ...]:
    rows = database.rows(
        f"SELECT held.case_id, {_NUMBER}, held.document, held.valid, held.state = 'issued' "  # noqa: S608
        f"FROM issued AS held WHERE {where} AND held.valid BETWEEN ?1 AND ?2 "
        "AND held.state IN ('issued', 'held') "
        f"AND NOT EXISTS (SELECT 1 FROM issued AS gone WHERE gone.document = held.document "
        f"AND gone.state IN ('revoked', 'over')) AND NOT {_CLOSED} "
        "ORDER BY held.valid, held.entry LIMIT ?3",
        values,
    )
    return tuple(LastDayRow(case, number, name, until, bool(own)) for case, number, name, until, own in rows)


_HELD = f"""
    SELECT streams.stream, held.case_id AS case_id, held.measure, held.day AS day, COALESCE((
        SELECT MIN(steps.day) FROM steps
        WHERE steps.case_id = held.case_id AND steps.step = '{HELD}/' || held.measure AND steps.state = 'ended'
    ), '') AS until
    FROM measures AS held JOIN entries ON entries.id = held.entry JOIN streams ON streams.id = entries.stream
    WHERE held.state = 'happened' AND held.what = 'detention' AND held.case_id <> ''
"""  # noqa: S608 (constants)


def held_now(database: Database, limit: int, case: str = "") -> tuple[HeldRow, ...]:
    """Everybody who is held, as far as it was written down, the longest first; with `case`, in that one."""
    of_one, values = ("AND held.case_id = ?", (case,)) if case else ("", ())
    rows = database.rows(
        f"SELECT * FROM ({_HELD} {of_one}) WHERE until = '' ORDER BY day, case_id LIMIT ?",  # noqa: S608
        (*values, limit),
    )
    return tuple(HeldRow(*row) for row in rows)


def held_before(database: Database, limit: int) -> tuple[HeldRow, ...]:
    """Everybody who was held and is not any more, the newest end first."""
    rows = database.rows(
        f"SELECT * FROM ({_HELD}) WHERE until <> '' ORDER BY until DESC, case_id LIMIT ?",  # noqa: S608
        (limit,),
    )
    return tuple(HeldRow(*row) for row in rows)


def held_unnamed(database: Database, limit: int) -> tuple[ToldRow, ...]:
    """What posts told of holding past a lock, without of whom, where the entry about the person is not held here
    (the post writes it right before this one); the longest ago first."""
    rows = database.rows(
        "SELECT streams.stream, held.day FROM measures AS held JOIN entries ON entries.id = held.entry "
        "JOIN streams ON streams.id = entries.stream "
        "WHERE held.state = 'told' AND held.what = 'detention' AND NOT EXISTS ("
        "SELECT 1 FROM measures AS known JOIN entries AS before ON before.id = known.entry "
        "WHERE before.stream = entries.stream AND before.number = entries.number - 1 "
        "AND known.state = 'happened') ORDER BY held.day, held.entry LIMIT ?",
        (limit,),
    )
    return tuple(ToldRow(*row) for row in rows)


def told_settings(database: Database, field: str) -> dict[str, tuple[str, ...]]:
    """What stands of a setting of each laptop, in the spelling of its value, by the stream that wrote it."""
    found: dict[str, tuple[str, ...]] = {}
    for stream, value in database.rows(
        "SELECT streams.stream, told.value FROM field_values AS told JOIN entries ON entries.id = told.entry "
        "JOIN streams ON streams.id = entries.stream "
        "WHERE told.subject >= 'setting/' AND told.subject < 'setting0' AND told.field = ? "
        "AND NOT EXISTS (SELECT 1 FROM replacements WHERE replacements.replaced = entries.digest) "
        "ORDER BY told.entry",
        (field,),
    ):
        found[stream] = (*found.get(stream, ()), value)
    return found
