"""Children who are alone or with adults who are not the parents, as the register asks for them. Reading only.

Nothing sealed is projected, so nothing sealed is read here: of a talk on tracing it is known that it was led.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fieldkit.domain.conflicts import CLOSED_CASE
from fieldkit.storage.database import Database
from fieldkit.storage.kinds_children import GUARDIAN
from fieldkit.storage.kinds_decided import STATE

REGISTRATION = "child_registration"
FORMS = ("child_first", "best_interest_assessment", "best_interest_determination", "tracing")
"""Forms that are led with such a child only; a registration counts unless it says "with mother or father"."""
CATEGORIES = ("C06", "C07")
FACTS = (
    *(
        "age_years",
        "age_band",
        "sex",
        "handed_over",
        "handed_to",
        "waits_with",
        "guardian_named",
        "living_place",
    ),
    *("assessment_stage", "needs_determination", "look_again", "name_told"),
)
"""Open answers that the register reads, whether they may travel or stay at the post."""

_BY_CATEGORY = """
    SELECT DISTINCT held.case_id FROM outcomes AS held INDEXED BY outcomes_case
    WHERE held.category IN (SELECT value FROM json_each(?1)) AND held.case_id <> ''
      AND (held.state IN ('confirmed', 'not confirmed') OR held.verdict = 'yes')
      AND NOT EXISTS (
        SELECT 1 FROM outcomes AS gone WHERE gone.case_id = held.case_id AND gone.category = held.category
        AND gone.state = 'closed' AND gone.entry > held.entry
      ) {of_one}
"""
_BY_FORM = """
    SELECT DISTINCT case_id FROM submissions
    WHERE survey = 0 AND form IN (SELECT value FROM json_each(?1)) AND case_id <> '' {of_one}
"""
_REGISTERED = """
    SELECT DISTINCT case_id FROM submissions WHERE survey = 0 AND form = ?1 AND case_id <> '' AND NOT EXISTS (
        SELECT 1 FROM facts WHERE facts.entry = submissions.entry AND name = 'care_kind' AND value = 'parents'
    ) {of_one}
"""
_CASES = """
    SELECT cases.case_id, MIN(cases.number), MIN(cases.day), MIN(streams.stream)
    FROM cases JOIN entries ON entries.id = cases.entry JOIN streams ON streams.id = entries.stream
    WHERE cases.case_id IN (SELECT value FROM json_each(?1)) GROUP BY cases.case_id
"""
_NOT_REPLACED = "NOT EXISTS (SELECT 1 FROM replacements WHERE replacements.replaced = entries.digest)"
_TALKS = f"""
    SELECT submissions.case_id, submissions.form, submissions.day
    FROM submissions JOIN entries ON entries.id = submissions.entry
    WHERE submissions.case_id IN (SELECT value FROM json_each(?1)) AND {_NOT_REPLACED}
    ORDER BY submissions.day, submissions.entry
"""  # noqa: S608 (constants)
_SAID = f"""
    SELECT wanted.value, facts.name, facts.value, COALESCE(submissions.day, '')
    FROM json_each(?1) AS wanted
    CROSS JOIN entries ON entries.subject = 'case/' || wanted.value
    CROSS JOIN facts ON facts.entry = entries.id AND facts.name IN (SELECT value FROM json_each(?2))
    LEFT JOIN submissions ON submissions.entry = entries.id
    WHERE {_NOT_REPLACED} ORDER BY submissions.day, facts.entry, facts.place
"""  # noqa: S608 (constants)
_GUARDIANS = """
    SELECT case_id, step, state, day FROM steps
    WHERE case_id IN (SELECT value FROM json_each(?1)) AND step >= ?2 AND step < ?2 || '~' ORDER BY entry
"""
_CALLED = """
    SELECT wanted.value, MIN(substr(arrival_steps.at, 1, 10)) FROM json_each(?1) AS wanted
    CROSS JOIN arrival_said ON arrival_said.about = 'case/' || wanted.value AND arrival_said.what = 'called'
    LEFT JOIN arrival_steps ON arrival_steps.entry = arrival_said.entry GROUP BY wanted.value
"""
_STATES = """
    SELECT wanted.value, held.value FROM json_each(?1) AS wanted
    CROSS JOIN field_values AS held ON held.subject = 'case/' || wanted.value AND held.field = ?2
    JOIN entries ON entries.id = held.entry
    WHERE NOT EXISTS (
        SELECT 1 FROM replacements JOIN field_values AS newer ON newer.entry = replacements.entry
        WHERE replacements.replaced = entries.digest AND newer.subject = held.subject AND newer.field = held.field
    )
"""
_NO_GUARDIAN = """
    SELECT wanted.value FROM json_each(?1) AS wanted
    CROSS JOIN cases ON cases.case_id = wanted.value AND cases.day < ?3 WHERE NOT EXISTS (
        SELECT 1 FROM steps AS named WHERE named.case_id = wanted.value AND named.step >= ?2
        AND named.step < ?2 || '~' AND named.state = 'named' AND NOT EXISTS (
            SELECT 1 FROM steps AS gone
            WHERE gone.case_id = named.case_id AND gone.step = named.step AND gone.state = 'ended'
        )
    )
"""
_UNANSWERED = """
    SELECT DISTINCT substr(held.about, 6) FROM arrival_said AS held
    WHERE held.what = 'called' AND held.about > 'case/' AND held.about < 'case0' {of_one} AND NOT EXISTS (
        SELECT 1 FROM arrival_said AS other JOIN arrival_steps ON arrival_steps.entry = other.entry
        WHERE other.about = held.about AND other.what = 'called'
    )
"""
_ALERTS = """
    SELECT streams.stream, alerts.number, alerts.age_band, alerts.sex, MIN(alerts.day) FROM alerts
    JOIN entries ON entries.id = alerts.entry JOIN streams ON streams.id = entries.stream
    WHERE alerts.way = 'sent' GROUP BY streams.stream, alerts.number ORDER BY MIN(alerts.day), alerts.number
"""


@dataclass(slots=True)
class ChildRow:
    """What is held of one child. `said` are answers with the day of their talk, the oldest first; `talks` the days
    on which each form was led; `guardians` the designations with the days they began and ended (or empty)."""

    case: str
    number: str
    day: str
    stream: str
    said: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    talks: dict[str, list[str]] = field(default_factory=dict)
    guardians: dict[str, tuple[str, str]] = field(default_factory=dict)
    called: str | None = None
    """The day on which somebody answered a call for the child; empty when nobody did; None without a call."""
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class AlertedChild:
    """A child of whom a post told in an alert."""

    stream: str
    number: str
    band: str
    sex: str
    day: str


def cases_of_children(database: Database, case: str = "") -> frozenset[str]:
    """The cases that stand in the register, closed ones too; with `case`, that one if it does."""
    asked = (
        (_BY_CATEGORY, json.dumps(CATEGORIES)),
        (_BY_FORM, json.dumps(FORMS)),
        (_REGISTERED, REGISTRATION),
    )
    of_one, only = ("AND case_id = ?2", (case,)) if case else ("", ())
    found = [database.rows(sql.format(of_one=of_one), (value, *only)) for sql, value in asked]
    return frozenset(row[0] for rows in found for row in rows)


def children(database: Database, cases: Iterable[str]) -> tuple[ChildRow, ...]:
    """What is held of these cases; one of which not even its opening is held is left out."""
    asked = json.dumps(sorted(cases))
    found = {row[0]: ChildRow(*row) for row in database.rows(_CASES, (asked,))}
    for case, form, day in database.rows(_TALKS, (asked,)):
        if case in found:
            found[case].talks.setdefault(form, []).append(day)
    for case, name, value, day in database.rows(_SAID, (asked, json.dumps(FACTS))):
        if case in found:
            found[case].said.setdefault(name, []).append((value, day))
    _add_guardians(found, database.rows(_GUARDIANS, (asked, GUARDIAN)))
    for case, day in database.rows(_CALLED, (asked,)):
        if case in found:
            found[case].called = day or ""
    for case in _closed(database.rows(_STATES, (asked, STATE))) & found.keys():
        found[case].is_closed = True
    return tuple(found.values())


def registered_without_guardian(database: Database, cases: Iterable[str], before: str) -> frozenset[str]:
    """Of these, the open cases that were opened before a day (ISO) and have no guardian whose task goes on."""
    asked = json.dumps(sorted(cases))
    found = {row[0] for row in database.rows(_NO_GUARDIAN, (asked, GUARDIAN, before))}
    return frozenset(found - _closed(database.rows(_STATES, (json.dumps(sorted(found)), STATE))))


def unanswered(database: Database, case: str = "") -> tuple[str, ...]:
    """The cases for which a number was called for a child and nobody ever answered; with `case`, that one if it
    is."""
    of_one, values = ("AND held.about = ?1", (f"case/{case}",)) if case else ("", ())
    return tuple(row[0] for row in database.rows(_UNANSWERED.format(of_one=of_one), values))


def alerted(database: Database) -> tuple[AlertedChild, ...]:
    """The children of whom posts told in alerts, the oldest first."""
    return tuple(AlertedChild(*row) for row in database.rows(_ALERTS))


def _add_guardians(found: dict[str, ChildRow], rows: Sequence[tuple[str, ...]]) -> None:
    """Where two days were written for one designation, the later beginning and the earlier end count."""
    for case, step, state, day in rows:
        if case in found:
            held = found[case].guardians
            began, ended = held.get(step, ("", ""))
            if state == "named":
                began = max(began, day)
            else:
                ended = min(ended or day, day)
            held[step] = (began, ended)


def _closed(rows: Sequence[tuple[str, ...]]) -> set[str]:
    """Cases of which every standing value says closed: of two that differ, open protects more."""
    states: dict[str, set[str]] = {}
    for case, value in rows:
        states.setdefault(case, set()).add(json.loads(value))
    return {case for case, held in states.items() if held == {CLOSED_CASE}}
