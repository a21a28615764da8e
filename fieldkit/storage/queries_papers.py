"""What happened past a lock, referrals to follow up, papers and help, as screens ask for them. Reading only."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.domain.outcome import SUITABLE
from fieldkit.storage.database import Database


@dataclass(frozen=True, slots=True)
class AlertRow:
    """Something that happened past a lock at a post: what, on which day; of whom is not said."""

    stream: str
    what: str
    day: str
    locks: int


@dataclass(frozen=True, slots=True)
class OpenReferral:
    """A referral of which nobody heard the end. `state` is the newest that was heard, or empty."""

    referral: str
    case: str
    number: str
    category: str
    service: str
    day: str
    state: str


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """A paper as it stands: `state` is issued or revoked, `valid` the last day or empty."""

    document: str
    case: str
    paper: str
    state: str
    valid: str
    day: str


class Interpreting(StrEnum):
    """How a talk was interpreted: by somebody suitable or with nobody needed, by nobody suitable, not written."""

    THERE = "there"
    MISSING = "missing"
    NOT_WRITTEN = "not written"


@dataclass(frozen=True, slots=True)
class Interpreted:
    """A finished talk: its row, the stream that wrote it, the person's language, through whom, and whether the
    person's newest word on the interpreter was no (`protection.md` 2)."""

    entry: int
    stream: str
    language: str
    through: str
    refused: bool

    @property
    def state(self) -> Interpreting:
        """A companion, a child, another arrival, or somebody the person does not want, is nobody suitable."""
        if not self.through:
            return Interpreting.NOT_WRITTEN
        suits = self.through in SUITABLE and not (self.refused and self.through == "interpreter")
        return Interpreting.THERE if suits else Interpreting.MISSING


SUPERSEDED = """(
    SELECT former.id FROM replacements JOIN field_values AS newer ON newer.entry = replacements.entry
    JOIN entries AS former ON former.digest = replacements.replaced AND former.subject = newer.subject
    WHERE newer.field LIKE 'interview/%'
)"""
"""The entries of interviews that a correction replaced: looked up from the few corrections, not from every talk."""
ENDED = ("served", "not served", "declined")
"""After one of these nothing is to be followed up."""


def alerts_of(database: Database, limit: int = 500) -> tuple[AlertRow, ...]:
    """What headquarters was told of, the newest first."""
    rows = database.rows(
        "SELECT streams.stream, measures.what, measures.day, measures.shut FROM measures "
        "JOIN entries ON entries.id = measures.entry JOIN streams ON streams.id = entries.stream "
        "WHERE measures.state = 'told' ORDER BY measures.day DESC, measures.entry DESC LIMIT ?",
        (limit,),
    )
    return tuple(AlertRow(*row) for row in rows)


def alerted_cases(database: Database) -> frozenset[str]:
    """The cases of this vault in which something happened past a lock."""
    rows = database.rows(
        "SELECT DISTINCT case_id FROM measures WHERE state = 'happened' AND shut > 0 AND case_id <> ''"
    )
    return frozenset(row[0] for row in rows)


def open_referrals(database: Database, limit: int = 500) -> tuple[OpenReferral, ...]:
    """Referrals that nobody declined and of which no end was heard, the oldest first."""
    marks = ", ".join("?" for _ in ENDED)
    rows = database.rows(
        "SELECT held.referral, held.case_id, "  # noqa: S608 (marks only)
        "COALESCE((SELECT MIN(number) FROM cases WHERE cases.case_id = held.case_id), ''), "
        "held.category, held.service, held.day, "
        "COALESCE((SELECT state FROM follow_ups WHERE follow_ups.referral = held.referral "
        "ORDER BY follow_ups.entry DESC LIMIT 1), "
        "(SELECT state FROM results WHERE results.referral = held.referral "
        "ORDER BY results.entry DESC LIMIT 1), '') "
        "FROM referrals AS held WHERE held.declined = 0 "
        f"AND NOT EXISTS (SELECT 1 FROM results WHERE results.referral = held.referral AND state IN ({marks})) "
        f"AND NOT EXISTS (SELECT 1 FROM follow_ups WHERE follow_ups.referral = held.referral "
        f"AND state IN ({marks})) "
        "ORDER BY held.day, held.entry LIMIT ?",
        (*ENDED, *ENDED, limit),
    )
    return tuple(OpenReferral(*row) for row in rows)


def issued(database: Database, case: str) -> tuple[IssuedRow, ...]:
    """The papers of a case as they stand, the oldest first; one that anybody called back is revoked."""
    return _issued(database, "case_id = ?", (case,))


def with_code(database: Database, code: str) -> tuple[IssuedRow, ...]:
    """The papers that carry a code, by its digest."""
    return _issued(database, "code = ? AND code <> ''", (code,))


def _issued(database: Database, where: str, values: Sequence[str]) -> tuple[IssuedRow, ...]:
    rows = database.rows(
        "SELECT document, case_id, paper, CASE WHEN EXISTS ("  # noqa: S608 (constants of this file)
        "SELECT 1 FROM issued AS gone WHERE gone.document = issued.document AND gone.state = 'revoked') "
        f"THEN 'revoked' ELSE 'issued' END, valid, day FROM issued WHERE state = 'issued' AND {where} "
        "ORDER BY entry",
        tuple(values),
    )
    return tuple(IssuedRow(*row) for row in rows)


def helped(database: Database) -> tuple[tuple[str, str, int], ...]:
    """Of each kind of help and each state: how many persons, each once (R-007)."""
    rows = database.rows(
        "SELECT what, state, COUNT(DISTINCT case_id) FROM assistance GROUP BY what, state ORDER BY what, state"
    )
    return tuple((str(what), str(state), int(count)) for what, state, count in rows)


def interpreting(database: Database) -> tuple[Interpreted, ...]:
    """The finished talks that stand, about people, each once: how each was interpreted (R-197)."""
    rows = database.rows(
        "SELECT submissions.entry, streams.stream, submissions.person_language, submissions.interpreted, "  # noqa: S608
        "COALESCE((SELECT steps.state FROM steps WHERE steps.case_id = submissions.case_id "
        "AND steps.step = 'interpreter' ORDER BY steps.entry DESC LIMIT 1), '') = 'not agreed' "
        "FROM entries INDEXED BY entries_place CROSS JOIN submissions ON submissions.entry = entries.id "
        "CROSS JOIN streams ON streams.id = entries.stream "
        "WHERE submissions.survey = 0 AND submissions.case_id <> '' "
        f"AND submissions.entry NOT IN {SUPERSEDED} ORDER BY submissions.day, submissions.entry"
    )
    return tuple(
        Interpreted(entry, stream, language, through, bool(no))
        for entry, stream, language, through, no in rows
    )


def newest_entry(database: Database) -> int:
    """The row of the newest entry but for those that only say what was printed; 0 when there is none."""
    row = database.one("SELECT id FROM entries WHERE kind <> 'document.printed' ORDER BY id DESC LIMIT 1")
    return 0 if row is None else int(row[0])


def interpreters_streams(database: Database) -> tuple[tuple[str, str], ...]:
    """Each interpreter, and the stream that wrote them down first."""
    rows = database.rows(
        "SELECT held.interpreter, streams.stream FROM interpreters AS held "
        "JOIN entries ON entries.id = held.entry JOIN streams ON streams.id = entries.stream "
        "ORDER BY held.entry DESC"
    )
    return tuple((name, stream) for name, stream in rows)
