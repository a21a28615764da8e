"""What the pages of figures read from the projections, row by row. Only what stands, and never what is sealed.

1. A person belongs to the post that opened the case; what came without content belongs to nobody.
2. Where a person was asked the same in several talks, the newest talk that has an answer counts; else that it was
   declined in one of them counts, else that it was not asked.
3. What a post heard of a referral and what headquarters told it count alike; an end counts before "they know".
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldkit.domain.outcome import Mark, Verdict
from fieldkit.headquarters import queries
from fieldkit.storage.branches import stream_of
from fieldkit.storage.database import Database
from fieldkit.storage.queries_papers import ENDED

_POSTS = """
    SELECT cases.case_id, streams.stream FROM cases JOIN entries ON entries.id = cases.entry
    JOIN streams ON streams.id = entries.stream ORDER BY cases.entry DESC
"""
_STANDS = """
    NOT EXISTS (
        SELECT 1 FROM replacements JOIN field_values AS newer ON newer.entry = replacements.entry
        WHERE replacements.replaced = entries.digest
          AND newer.subject = entries.subject AND newer.field LIKE 'interview/%'
    )
"""
_TALKS = f"""
    SELECT submissions.entry, submissions.case_id, submissions.form, submissions.day, streams.stream
    FROM submissions JOIN entries ON entries.id = submissions.entry JOIN streams ON streams.id = entries.stream
    WHERE submissions.survey = 0 AND submissions.case_id <> '' AND {_STANDS}
    ORDER BY submissions.day, submissions.entry
"""  # noqa: S608 (constants of this file)
_MARKS = f"""
    SELECT submissions.entry, json_extract(CAST(payloads.content AS TEXT), {{paths}})
    FROM submissions JOIN entries ON entries.id = submissions.entry
    JOIN payloads ON payloads.digest = entries.payload
    WHERE submissions.form = ? AND submissions.survey = 0 AND {_STANDS}
"""  # noqa: S608 (constants of this file)
_FACTS = "SELECT entry, value FROM facts WHERE name = ? ORDER BY entry, place"
_REFERRALS = """
    SELECT held.referral, held.case_id, held.category, held.service, held.day,
           held.declined OR EXISTS (
               SELECT 1 FROM field_values JOIN entries ON entries.id = field_values.entry
               WHERE field_values.subject = 'case/' || held.case_id
                 AND field_values.field = 'referral/' || held.referral || '/declined'
                 AND field_values.value = 'true' AND NOT EXISTS (
                     SELECT 1 FROM replacements JOIN field_values AS newer ON newer.entry = replacements.entry
                     WHERE replacements.replaced = entries.digest AND newer.field = field_values.field))
    FROM referrals AS held ORDER BY held.day, held.entry
"""
_HEARD = """
    SELECT referral, state, day FROM (
        SELECT referral, state, day, entry FROM follow_ups UNION ALL SELECT referral, state, day, entry FROM results
    ) ORDER BY entry
"""
_OUTCOMES = """
    SELECT case_id, category, rule, day FROM outcomes
    WHERE case_id <> '' AND (state = 'confirmed' OR state = 'suggested' AND verdict = ?) ORDER BY day, entry
"""
_MISTAKES = "SELECT case_id, category FROM outcomes WHERE state = 'closed'"
_NEEDS = "SELECT about, what, value FROM arrival_said WHERE what IN ('met', 'unmet') ORDER BY entry"
_HELP = "SELECT DISTINCT case_id, what, state FROM assistance ORDER BY case_id, what, state"
_STEPS = """
    SELECT about, step, MIN(at) FROM arrival_steps WHERE about LIKE 'case/%' GROUP BY about, step
"""
_SHEETS = f"""
    SELECT submissions.form, submissions.day, streams.stream, hex(entries.payload)
    FROM submissions JOIN entries ON entries.id = submissions.entry JOIN streams ON streams.id = entries.stream
    WHERE submissions.survey = 1 AND submissions.form = ? AND {_STANDS}
    ORDER BY submissions.day, submissions.entry
"""  # noqa: S608 (constants of this file)
_SECTIONS = f"""
    SELECT submissions.entry, sections.name, sections.asked, sections.declined, sections.not_asked
    FROM submissions JOIN entries ON entries.id = submissions.entry
    JOIN sections ON sections.entry = submissions.entry
    WHERE submissions.survey = 0 AND submissions.case_id <> '' AND {_STANDS}
"""  # noqa: S608 (constants of this file)


@dataclass(frozen=True, slots=True)
class Talk:
    """A finished interview that stands: its row, its case, its form, its day (ISO), the post that led it."""

    entry: int
    case: str
    form: str
    day: str
    post: str


@dataclass(frozen=True, slots=True)
class Referred:
    """A referral: `state` the newest that was heard of it, `heard` the day of the first word; empty before that."""

    id: str
    case: str
    category: str
    service: str
    day: str
    declined: bool
    state: str
    heard: str


@dataclass(frozen=True, slots=True)
class Found:
    """A category that a rule suggested or a person confirmed for somebody; `rule` is empty for a person's."""

    case: str
    category: str
    rule: str
    day: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet about a place: its form, its day, the post, and the payload it lies in."""

    form: str
    day: str
    post: str
    payload: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person said to one question: the values, or how it ended without one."""

    values: tuple[str, ...]
    mark: Mark


class Rows:
    """Reads for all pages. `here` names what headquarters itself wrote; `asked` says by question in which form it
    stands where."""

    def __init__(self, database: Database, here: str, asked: Mapping[str, Mapping[str, str]]) -> None:
        self._database = database
        self._asked = asked
        self._ended: dict[str, dict[int, Mark]] = {name: {} for name in asked}
        for form in dict.fromkeys(form for refs in asked.values() for form in refs):
            self._read_ends(form, {name: refs[form] for name, refs in asked.items() if form in refs})
        known = queries.certificates(database)
        self._names = {certificate.stream: certificate.post for certificate in known}
        self._here = here
        self._talks: tuple[Talk, ...] | None = None

    def post(self, stream: str) -> str:
        """The post that wrote a stream."""
        return self._names.get(stream_of(stream), self._here)

    def posts(self) -> dict[str, str]:
        """The post of each case (rule 1)."""
        return {case: self.post(stream) for case, stream in self._database.rows(_POSTS)}

    def talks(self) -> tuple[Talk, ...]:
        """The finished interviews that stand, the oldest first; read once."""
        if self._talks is None:
            rows = self._database.rows(_TALKS)
            self._talks = tuple(
                Talk(entry, case, form, day, self.post(stream)) for entry, case, form, day, stream in rows
            )
        return self._talks

    def answers(self, name: str) -> dict[str, Answer]:
        """What each person said to a question (rule 2). Whoever was in no talk that has it is not among them."""
        refs, ended = self._asked[name], self._ended[name]
        given: dict[int, list[str]] = {}
        for entry, value in self._database.rows(_FACTS, (name,)):
            given.setdefault(entry, []).append(value)
        found: dict[str, Answer] = {}
        for talk in self.talks():
            values = given.get(talk.entry)
            if values is not None:
                parts = tuple(part for value in values for part in value.split())
                found[talk.case] = Answer(parts, Mark.ANSWERED)
            elif talk.form in refs:
                mark = ended.get(talk.entry, Mark.NOT_ASKED)
                before = found.get(talk.case)
                if before is None or (not before.values and _WEIGHT[mark] > _WEIGHT[before.mark]):
                    found[talk.case] = Answer((), mark)
        return found

    def _read_ends(self, form: str, refs: Mapping[str, str]) -> None:
        """How the questions of a form ended that were declined or not known: one reading for all of them."""
        names = list(refs)
        paths = ["$.form", *(f'$.marks."{refs[name]}"' for name in names)]  # two at least: then it is a list
        marks = _MARKS.format(paths=", ".join("?" for _ in paths))
        for entry, told in self._database.rows(marks, (*paths, form)):
            for name, text in zip(names, json.loads(told)[1:], strict=True):
                if text in _KEPT:
                    self._ended[name][entry] = Mark(text)

    def facts(self, name: str) -> dict[int, str]:
        """The first value of a fact in each talk, by the talk's row."""
        found: dict[int, str] = {}
        for entry, value in self._database.rows(_FACTS, (name,)):
            found.setdefault(entry, value)
        return found

    def referrals(self) -> tuple[Referred, ...]:
        """Every referral with what was heard of it (rule 3)."""
        states: dict[str, str] = {}
        first: dict[str, str] = {}
        for referral, state, day in self._database.rows(_HEARD):
            first[referral] = min(first.get(referral, day), day)
            if state in ENDED or states.get(referral) not in ENDED:
                states[referral] = state
        return tuple(
            Referred(one, case, category, service, day, bool(no), states.get(one, ""), first.get(one, ""))
            for one, case, category, service, day, no in self._database.rows(_REFERRALS)
        )

    def outcomes(self) -> tuple[Found, ...]:
        """Categories that were suggested or confirmed and not taken back as a mistake, the oldest first."""
        mistakes = set(self._database.rows(_MISTAKES))
        rows = self._database.rows(_OUTCOMES, (Verdict.YES.value,))
        return tuple(Found(*row) for row in rows if (row[0], row[1]) not in mistakes)

    def settled(self) -> dict[tuple[str, str], bool]:
        """Of each urgent need that somebody looked after, by case and need: whether it was met in the end."""
        rows = self._database.rows(_NEEDS)
        return {(about.partition("/")[2], need): what == "met" for about, what, need in rows}

    def steps(self) -> dict[tuple[str, str], str]:
        """The first moment of each step of each case (`domain.waiting`)."""
        rows = self._database.rows(_STEPS)
        return {(about.partition("/")[2], step): at for about, step, at in rows}

    def help(self) -> tuple[tuple[str, str, str], ...]:
        """The ledger: case, kind of help, what became of the offer."""
        return tuple((case, what, state) for case, what, state in self._database.rows(_HELP))

    def sheets(self, form: str) -> tuple[Sheet, ...]:
        """The sheets of a form about places that stand, the oldest first."""
        rows = self._database.rows(_SHEETS, (form,))
        return tuple(
            Sheet(name, day, self.post(stream), digest.lower()) for name, day, stream, digest in rows
        )

    def sections(self) -> Iterable[tuple[int, str, int, int, int]]:
        """Each section of each talk: the talk's row, its name, whether it was asked, how much was declined, and how
        much was not asked."""
        yield from self._database.rows(_SECTIONS)


_KEPT = frozenset({Mark.DECLINED.value, Mark.UNKNOWN.value})
_WEIGHT = {Mark.NOT_ASKED: 0, Mark.UNKNOWN: 1, Mark.DECLINED: 2, Mark.ANSWERED: 3}
