"""What headquarters' screens read from the projections: cases, and the rows that are counted.

1. Only what stands counts: an outcome or interview that a later one replaces is history. Where two stand that
   contradict each other, the more protective one counts: confirmed, with the other shown beside it.
2. A section counts as asked only when all of it was: a question that was declined makes it declined, one that
   was not asked makes it not asked (`protection.md` 1 and 15).
3. Surveys are not interviews and open no case.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.domain.classes import SealedClass
from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.outcome import NO_SPECIFIC_NEED, Verdict
from fieldkit.headquarters.counting import Asked, CountTable, InterviewRow, Needs, OutcomeRow, count
from fieldkit.storage.branches import stream_of
from fieldkit.storage.database import Database
from fieldkit.sync.trust import Certificate, certificate_from

_CASES = """
    SELECT cases.case_id, MIN(cases.number), MIN(cases.form), MIN(cases.day), MIN(streams.stream)
    FROM cases JOIN entries ON entries.id = cases.entry JOIN streams ON streams.id = entries.stream
    GROUP BY cases.case_id ORDER BY MIN(cases.day) DESC, MIN(cases.number)
"""
_INTERVIEWS = """
    SELECT submissions.entry, submissions.case_id, submissions.day,
           sections.name, sections.asked, sections.declined, sections.not_asked
    FROM submissions
    JOIN entries ON entries.id = submissions.entry
    LEFT JOIN sections ON sections.entry = submissions.entry
    WHERE submissions.survey = 0 AND submissions.case_id <> '' AND NOT EXISTS (
        SELECT 1 FROM replacements JOIN field_values AS newer ON newer.entry = replacements.entry
        WHERE replacements.replaced = entries.digest
          AND newer.subject = entries.subject AND newer.field LIKE 'interview/%'
    )
    ORDER BY submissions.entry, sections.place
"""
_OUTCOMES = """
    SELECT outcomes.case_id, outcomes.day, outcomes.category, outcomes.state, outcomes.verdict, NOT EXISTS (
        SELECT 1 FROM replacements JOIN outcomes AS newer ON newer.entry = replacements.entry
        WHERE replacements.replaced = entries.digest AND newer.category = outcomes.category
    ) AND NOT (outcomes.category = ?1 AND EXISTS (
        SELECT 1 FROM outcomes AS found WHERE found.case_id = outcomes.case_id AND found.category <> ?1
          AND found.entry > outcomes.entry AND (found.state = 'confirmed' OR found.verdict = 'yes')
    ))
    FROM outcomes JOIN entries ON entries.id = outcomes.entry
    WHERE outcomes.case_id <> ''
    ORDER BY outcomes.category, outcomes.entry
"""
_WITHHELD = """
    SELECT COUNT(*) FROM entries JOIN absences ON absences.digest = entries.payload
    WHERE absences.state = 'withheld'
"""
_STANDING = """
    SELECT submissions.instance_id FROM submissions JOIN entries ON entries.id = submissions.entry
    WHERE NOT EXISTS (
        SELECT 1 FROM replacements JOIN field_values AS newer ON newer.entry = replacements.entry
        WHERE replacements.replaced = entries.digest
          AND newer.subject = entries.subject AND newer.field LIKE 'interview/%'
    )
"""
_SEALED = """
    SELECT entries.subject, hex(entries.payload), sealed_payloads.class FROM entries
    JOIN sealed_payloads ON sealed_payloads.digest = entries.payload
    WHERE entries.kind = ?1 AND entries.subject LIKE 'case/%' AND (?2 = '' OR entries.subject = 'case/' || ?2)
    AND NOT EXISTS (SELECT 1 FROM replacements WHERE replacements.replaced = entries.digest) ORDER BY entries.id
"""
_CERTIFICATES = "SELECT certificate FROM certificates ORDER BY entry"


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A sealed payload that is held: of which case, its digest, its class."""

    case: str
    digest: str
    name: SealedClass


class CaseState(StrEnum):
    """How far a case has come. It says nothing about the person."""

    CONFIRMED = "confirmed"
    SUGGESTED = "suggested"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as it is listed. `opened` is the day on the post's clock (ISO); `post` is the place's name.

    `confirmed` and `suggested` are categories in codebook order; a suggestion that somebody confirmed stands
    in `confirmed` alone. `suggested` is what still waits for a person.
    """

    case: str
    number: str
    post: str
    opened: str
    form: str
    confirmed: tuple[str, ...]
    suggested: tuple[str, ...]

    @property
    def state(self) -> CaseState:
        """Confirmed, suggested only, or without outcome."""
        if self.confirmed:
            return CaseState.CONFIRMED
        return CaseState.SUGGESTED if self.suggested else CaseState.OPEN


def certificates(database: Database) -> tuple[Certificate, ...]:
    """Every device that this headquarters has certified, the oldest first."""
    found = []
    for (text,) in database.rows(_CERTIFICATES):
        try:
            found.append(certificate_from(json.loads(text)))
        except (ForeignFault, ValueError):
            continue  # of a newer version: kept in the journal, not understood here
    return tuple(found)


def cases(database: Database) -> tuple[CaseRow, ...]:
    """All cases of which something readable is held, the newest day first."""
    posts = {certificate.stream: certificate.post for certificate in certificates(database)}
    confirmed, suggested = _by_case(outcomes(database))
    return tuple(
        CaseRow(
            case=case,
            number=number,
            post=posts.get(stream_of(stream), ""),
            opened=day,
            form=form,
            confirmed=tuple(sorted(confirmed.get(case, set()))),
            suggested=tuple(sorted(suggested.get(case, set()) - confirmed.get(case, set()))),
        )
        for case, number, form, day, stream in database.rows(_CASES)
    )


def standing_instances(database: Database) -> frozenset[str]:
    """The finished interviews that stand, by the name of their submission (rule 1)."""
    return frozenset(row[0] for row in database.rows(_STANDING))


def sealed_payloads(database: Database, kind: str, case: str = "") -> tuple[SealedRow, ...]:
    """What is held sealed of entries of a kind about cases (or one of them), and stands, the oldest first."""
    return tuple(
        SealedRow(about.partition("/")[2], digest.lower(), SealedClass(name))
        for about, digest, name in database.rows(_SEALED, (kind, case))
    )


def number_of_cases(database: Database) -> int:
    """How many cases are listed."""
    return database.number("SELECT COUNT(DISTINCT case_id) FROM cases")


def counts(database: Database, categories: Iterable[str] = (), needs: Needs | None = None) -> CountTable:
    """All figures; see `counting.count`."""
    return count(
        interviews(database),
        outcomes(database),
        categories=categories,
        needs=needs,
        withheld=withheld(database),
    )


def withheld(database: Database) -> int:
    """How many entries are held as links without content."""
    return database.number(_WITHHELD)


def interviews(database: Database) -> tuple[InterviewRow, ...]:
    """The finished interviews that stand."""
    rows: dict[int, InterviewRow] = {}
    for entry, case, day, name, asked, declined, not_asked in database.rows(_INTERVIEWS):
        row = rows.setdefault(entry, InterviewRow(case, day, {}))
        if name is not None:
            ways = dict(row.sections)
            ways[name] = _least(ways.get(name, Asked.ASKED), _how(asked, declined, not_asked))
            rows[entry] = InterviewRow(case, day, ways)
    return tuple(rows.values())


def outcomes(database: Database) -> tuple[OutcomeRow, ...]:
    """The categories that rules suggested, whatever became of it, and those that people confirmed."""
    return tuple(_outcomes(database))


def _outcomes(database: Database) -> Iterator[OutcomeRow]:
    for case, day, category, state, verdict, stands in database.rows(_OUTCOMES, (NO_SPECIFIC_NEED,)):
        if state == CaseState.CONFIRMED and stands:
            yield OutcomeRow(case, day, category, suggested=False, confirmed=True)
        elif state == CaseState.SUGGESTED and verdict == Verdict.YES:
            yield OutcomeRow(case, day, category, suggested=True, confirmed=False)


def _by_case(rows: Iterable[OutcomeRow]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    confirmed: dict[str, set[str]] = {}
    suggested: dict[str, set[str]] = {}
    for row in rows:
        (confirmed if row.confirmed else suggested).setdefault(row.case, set()).add(row.category)
    return confirmed, suggested


def _how(asked: int, declined: int, not_asked: int) -> Asked:
    if declined:
        return Asked.DECLINED
    return Asked.ASKED if asked and not not_asked else Asked.NOT_ASKED


def _least(one: Asked, other: Asked) -> Asked:
    """What two parts of the same section come to: declined, else not asked, else asked."""
    return min(one, other, key=(Asked.DECLINED, Asked.NOT_ASKED, Asked.ASKED).index)
