"""What came from headquarters, as screens ask for it. Reading only."""

from dataclasses import dataclass

from fieldkit.storage.database import Database

_OPEN_TASKS = """
    SELECT tasks.task, tasks.case_id,
           COALESCE((SELECT MIN(number) FROM cases WHERE cases.case_id = tasks.case_id), ''),
           tasks.text, tasks.due, tasks.day
    FROM tasks
    WHERE NOT EXISTS (SELECT 1 FROM tasks_done WHERE tasks_done.task = tasks.task)
      AND (?1 IS NULL OR tasks.case_id = ?1)
    ORDER BY tasks.due = '', tasks.due, tasks.entry
"""
_AGREED_BY = """
    SELECT held.case_id FROM agreements AS held JOIN entries ON entries.id = held.entry
    JOIN streams ON streams.id = entries.stream
    WHERE held.recipient = ?1 AND (streams.stream <> ?2 OR entries.number <= ?3) AND NOT EXISTS (
        SELECT 1 FROM replacements JOIN agreements AS newer ON newer.entry = replacements.entry
        JOIN entries AS later ON later.id = newer.entry JOIN streams AS other ON other.id = later.stream
        WHERE replacements.replaced = entries.digest AND newer.case_id = held.case_id
          AND newer.recipient = held.recipient AND (other.stream <> ?2 OR later.number <= ?3)
    ) GROUP BY held.case_id HAVING MIN(held.agreed) = 1
"""


@dataclass(frozen=True, slots=True)
class Task:
    """Something headquarters asks for; `number` is the case's, empty when it is about none. `due` may be empty."""

    id: str
    case: str
    number: str
    text: str
    due: str
    day: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a referral, as headquarters told it."""

    referral: str
    state: str
    text: str
    day: str


@dataclass(frozen=True, slots=True)
class Message:
    """What headquarters said about a case."""

    text: str
    day: str


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral as it was made: category and service by their ids."""

    referral: str
    category: str
    service: str
    declined: bool
    day: str


def open_tasks(database: Database, case: str | None = None) -> tuple[Task, ...]:
    """What is still to be done, about one case or all; what is due first stands first."""
    return tuple(Task(*row) for row in database.rows(_OPEN_TASKS, (case,)))


def results(database: Database, case: str) -> tuple[Result, ...]:
    """What became of the referrals of a case, the oldest first."""
    rows = database.rows(
        "SELECT referral, state, text, day FROM results WHERE case_id = ? ORDER BY entry", (case,)
    )
    return tuple(Result(*row) for row in rows)


def messages(database: Database, case: str) -> tuple[Message, ...]:
    """What headquarters said about a case, the oldest first."""
    rows = database.rows("SELECT text, day FROM messages WHERE case_id = ? ORDER BY entry", (case,))
    return tuple(Message(*row) for row in rows)


def referrals(database: Database, case: str) -> tuple[ReferralRow, ...]:
    """The referrals of a case, the oldest first."""
    rows = database.rows(
        "SELECT referral, category, service, declined, day FROM referrals WHERE case_id = ? ORDER BY entry",
        (case,),
    )
    return tuple(
        ReferralRow(referral, category, service, bool(declined), day)
        for referral, category, service, declined, day in rows
    )


def is_referral(database: Database, case: str, referral: str) -> bool:
    """Whether a case has this referral."""
    return any(one.referral == referral for one in referrals(database, case))


def files_of(database: Database, case: str) -> tuple[tuple[str, str, str, bool], ...]:
    """The files attached to the interviews of a case: holder, name, media type, whether the bytes are here."""
    rows = database.rows(
        "SELECT DISTINCT files.holder, files.name, files.media_type, attachments.id IS NOT NULL FROM submissions "
        "JOIN files ON files.entry = submissions.entry "
        "LEFT JOIN attachments ON attachments.holder = files.holder AND attachments.name = files.name "
        "WHERE submissions.case_id = ? ORDER BY files.entry, files.name",
        (case,),
    )
    return tuple((holder, name, kind, bool(here)) for holder, name, kind, here in rows)


def agreed_by(database: Database, recipient: str, stream: str, number: int) -> frozenset[str]:
    """The cases whose standing answer to this recipient was yes when `stream` had come as far as `number`
    (`Queries.agreed` as of then)."""
    return frozenset(row[0] for row in database.rows(_AGREED_BY, (recipient, stream, number)))
