"""What screens ask of the projections. Reading only.

The journal knows who wrote an entry by its stream; a list of cases therefore carries the stream.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from fieldkit.domain.ids import typed_number
from fieldkit.storage.database import Database

_CASES = (
    "SELECT cases.case_id, cases.number, streams.stream, cases.form, cases.day FROM cases "
    "JOIN entries ON entries.id = cases.entry JOIN streams ON streams.id = entries.stream"
)
_SHORTEST_NUMBER = 2


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list: its number, the stream that opened it, the form, the day it was opened."""

    case: str
    number: str
    stream: str
    form: str
    day: str


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """A finished survey in a list: what its entries are kept under, its form, the day of the talk."""

    about: str
    form: str
    day: str


class Queries:
    """The lists of one vault."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def cases(self, limit: int = 1000, skip: int = 0) -> tuple[CaseRow, ...]:
        """Cases, newest day first."""
        rows = self._database.rows(
            f"{_CASES} ORDER BY cases.day DESC, cases.case_id DESC LIMIT ? OFFSET ?",  # the index, read backwards
            (limit, skip),
        )
        return tuple(CaseRow(*row) for row in rows)

    def numbered(self, typed: str, limit: int = 30) -> tuple[CaseRow, ...]:
        """Cases whose number begins as typed, however it was typed; none for fewer than two characters."""
        first = typed_number(typed)
        if len(first) < _SHORTEST_NUMBER:
            return ()
        rows = self._database.rows(
            f"{_CASES} WHERE cases.number >= ?1 AND cases.number < ?1 || '~' ORDER BY cases.number LIMIT ?2",
            (first, limit),
        )
        return tuple(CaseRow(*row) for row in rows)

    def cases_named(self, ids: Sequence[str]) -> tuple[CaseRow, ...]:
        """The cases with these ids that are here, in any order."""
        named = f"{_CASES} WHERE cases.case_id IN (SELECT value FROM json_each(?))"  # noqa: S608 (constant)
        rows = self._database.rows(named, (json.dumps(list(ids)),))
        return tuple(CaseRow(*row) for row in rows)

    def case_count(self) -> int:
        """How many cases there are."""
        return self._database.number("SELECT COUNT(*) FROM cases")

    def confirmed(self) -> dict[str, tuple[str, ...]]:
        """The confirmed categories of every case, in order of their codes."""
        found: dict[str, tuple[str, ...]] = {}
        for case, category in self._database.rows(
            "SELECT DISTINCT case_id, category FROM outcomes WHERE state = 'confirmed' "
            "ORDER BY case_id, category"
        ):
            found[case] = (*found.get(case, ()), category)
        return found

    def newest_entry(self) -> int:
        """The place in this database of the entry that came last; 0 where there is none."""
        return self._database.number("SELECT COALESCE(MAX(id), 0) FROM entries")

    def subjects_after(self, place: int) -> tuple[str, ...]:
        """What the entries are about that came after one, each once."""
        # By the key alone: for a DISTINCT the planner would read every subject there is.
        rows = self._database.rows("SELECT subject FROM entries WHERE id > ? ORDER BY id", (place,))
        return tuple(dict.fromkeys(row[0] for row in rows))

    def person(self, person: str) -> tuple[str, tuple[str, ...]]:
        """The label and the roles of somebody with an account; nothing when unknown. Where several changes stand
        side by side, the roles that all of them leave."""
        rows = self._database.rows(_STANDING_PERSON, (person,))
        held = [frozenset(json.loads(row[1])) for row in rows]
        roles = frozenset.intersection(*held) if held else frozenset()
        return (rows[-1][0] if rows else ""), tuple(sorted(roles))

    def person_entries(self, person: str) -> tuple[str, ...]:
        """The entries that say what somebody is called and does here, by identity: what a change replaces."""
        return tuple(row[2].hex() for row in self._database.rows(_STANDING_PERSON, (person,)))

    def people(self) -> tuple[str, ...]:
        """Everybody who ever had an account, the first one first."""
        rows = self._database.rows("SELECT person FROM people GROUP BY person ORDER BY MIN(entry)")
        return tuple(row[0] for row in rows)

    def clearances(self, stream: str, person: str = "") -> tuple[tuple[str, str, str, str], ...]:
        """Who is cleared for which class at headquarters, as its own `stream` says: person, class, reason, entry.
        With `person`, only theirs. Where somebody took a clearance back that another gave anew, it is back."""
        rows = self._database.rows(_CLEARANCES, (stream, person))
        return tuple((row[0], row[1], row[2], row[3].hex()) for row in rows)

    def survey_ids(self) -> tuple[str, ...]:
        """The forms that were imported as surveys."""
        rows = self._database.rows("SELECT DISTINCT form FROM forms WHERE source = 'survey' ORDER BY form")
        return tuple(row[0] for row in rows)

    def survey_subjects(self) -> tuple[str, ...]:
        """What finished surveys are kept under, the oldest first; a correction is kept under its original's."""
        rows = self._database.rows(
            "SELECT entries.subject, MIN(entries.id) FROM submissions "
            "JOIN entries ON entries.id = submissions.entry WHERE submissions.survey = 1 "
            "GROUP BY entries.subject ORDER BY MIN(entries.id)"
        )
        return tuple(row[0] for row in rows)

    def surveys(self, limit: int = 1000) -> tuple[SurveyRow, ...]:
        """Finished surveys, the newest first; one with its corrections is one."""
        rows = self._database.rows(
            "SELECT entries.subject, MIN(submissions.form), MIN(submissions.day), MAX(entries.id) FROM submissions "
            "JOIN entries ON entries.id = submissions.entry WHERE submissions.survey = 1 "
            "GROUP BY entries.subject ORDER BY MAX(entries.id) DESC LIMIT ?",
            (limit,),
        )
        return tuple(SurveyRow(*row[:3]) for row in rows)

    def agreed(self, recipient: str) -> frozenset[str]:
        """The cases of which every answer that stands is a yes to this recipient: where answers differ the most
        protective one counts, whoever wrote it down last (`domain.conflicts`)."""
        rows = self._database.rows(
            "SELECT held.case_id FROM agreements AS held JOIN entries ON entries.id = held.entry "
            "WHERE held.recipient = ? AND NOT EXISTS ("
            "  SELECT 1 FROM replacements JOIN agreements AS newer ON newer.entry = replacements.entry "
            "  WHERE replacements.replaced = entries.digest "
            "  AND newer.case_id = held.case_id AND newer.recipient = held.recipient"
            ") GROUP BY held.case_id HAVING MIN(held.agreed) = 1",
            (recipient,),
        )
        return frozenset(row[0] for row in rows)

    def waiting_for_second(self, about: str = "") -> tuple[tuple[str, str], ...]:
        """What waits for a second person, of one subject or of all: each proposal and what it is about."""
        rows = self._database.rows(
            "SELECT proposal, MIN(about), MIN(entry) FROM proposals WHERE (?1 = '' OR about = ?1) "
            "AND proposal NOT IN (SELECT proposal FROM proposals WHERE state <> 'asked') "
            "GROUP BY proposal ORDER BY MIN(entry)",
            (about,),
        )
        return tuple((row[0], row[1]) for row in rows)

    def imported(self, bundle: str) -> bool:
        """Whether a bundle was imported before."""
        return self._database.one("SELECT 1 FROM imports WHERE bundle = ?", (bundle,)) is not None


_CLEARANCES = """
    SELECT held.person, held.class, held.reason, entries.digest FROM clearances AS held
    JOIN entries ON entries.id = held.entry JOIN streams ON streams.id = entries.stream
    WHERE streams.stream = ?1 AND (?2 = '' OR held.person = ?2) AND held.stands = 1 AND NOT EXISTS (
        SELECT 1 FROM replacements
        JOIN clearances AS newer ON newer.entry = replacements.entry
        WHERE replacements.replaced = entries.digest
        AND newer.person = held.person AND newer.class = held.class AND newer.stands = 0
    ) ORDER BY held.entry
"""
_STANDING_PERSON = """
    SELECT held.label, held.roles, entries.digest FROM people AS held
    JOIN entries ON entries.id = held.entry
    WHERE held.person = ? AND NOT EXISTS (
        SELECT 1 FROM replacements
        JOIN people AS newer ON newer.entry = replacements.entry
        WHERE replacements.replaced = entries.digest AND newer.person = held.person
    ) ORDER BY held.entry
"""
