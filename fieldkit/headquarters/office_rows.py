"""What the pages of figures read from the projections, row by row. Only what stands, and never what is sealed.

1. A person belongs to the post that opened the case; what came without content belongs to nobody.
2. Where a person was asked the same in several talks, the newest talk that has an answer counts; else that it was
   declined in one of them counts, else that it was not known, else that it was not asked.
3. What a post heard of a referral and what headquarters told it count alike; an end counts before "they know".
4. A payload is read only to learn how a question ended that has no answer, where a page shows it, and once: what
   it says never changes (`Marks`).
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from fieldkit.domain.outcome import Mark, Verdict
from fieldkit.domain.waiting import Step
from fieldkit.headquarters import queries
from fieldkit.headquarters.counting import Asked
from fieldkit.headquarters.tables import Name, word
from fieldkit.storage.branches import stream_of
from fieldkit.storage.database import Database
from fieldkit.storage.queries_papers import ENDED, SUPERSEDED

_POSTS = """
    SELECT cases.case_id, entries.stream FROM entries INDEXED BY entries_place
    CROSS JOIN cases ON cases.entry = entries.id ORDER BY cases.entry DESC
"""
_MONTHS = "SELECT case_id, substr(day, 1, 7) FROM cases ORDER BY entry DESC"
_HELD = """
    SELECT 'held_persons', day, COUNT(*) FROM (SELECT MIN(day) AS day FROM cases GROUP BY case_id) GROUP BY day
    UNION ALL SELECT 'held_referrals', day, COUNT(*) FROM referrals GROUP BY day
    UNION ALL SELECT 'held_help', day, COUNT(*) FROM assistance GROUP BY day
    UNION ALL SELECT 'held_papers', day, COUNT(*) FROM issued WHERE state = 'issued' GROUP BY day
    UNION ALL SELECT 'held_informed', day, COUNT(*) FROM information GROUP BY day
"""
_PLACES = f"""
    SELECT form, day, COUNT(*) FROM submissions
    WHERE survey = 1 AND entry NOT IN {SUPERSEDED} GROUP BY form, day
"""  # noqa: S608 (constants)
_STREAMS = "SELECT id, stream FROM streams"
_OF_TALKS = f"""
    FROM entries INDEXED BY entries_place CROSS JOIN submissions ON submissions.entry = entries.id
    WHERE submissions.survey = 0 AND submissions.case_id <> '' AND submissions.entry NOT IN {SUPERSEDED}
"""
_TALKS = f"""
    SELECT submissions.entry, submissions.case_id, submissions.form, submissions.day, entries.stream
    {_OF_TALKS} ORDER BY submissions.day, submissions.entry
"""
_WAY = """
    CASE WHEN sections.declined THEN 0 WHEN NOT sections.asked OR sections.not_asked THEN 1 ELSE 2 END
"""
_WORST = f"SELECT entry, MIN({_WAY}) FROM sections GROUP BY entry"  # noqa: S608 (constants of this file)
_SECTIONS = f"""
    SELECT sections.name, entries.stream, {_WAY}, COUNT(*)
    FROM entries INDEXED BY entries_place CROSS JOIN submissions ON submissions.entry = entries.id
    CROSS JOIN sections ON sections.entry = submissions.entry
    WHERE submissions.survey = 0 AND submissions.case_id <> '' AND submissions.form = ?
    AND submissions.entry NOT IN {SUPERSEDED} GROUP BY 1, 2, 3
"""  # noqa: S608 (constants)
_MARKS = """
    SELECT submissions.entry, json_extract(CAST(payloads.content AS TEXT), {paths})
    FROM submissions JOIN entries ON entries.id = submissions.entry
    JOIN payloads ON payloads.digest = entries.payload
    WHERE submissions.entry IN (SELECT value FROM json_each(?)) ORDER BY submissions.entry
"""
_FIRST = "SELECT entry, value FROM facts WHERE name = ? AND place = 0"
_MORE = "SELECT entry, value FROM facts WHERE name = ? AND place > 0 ORDER BY entry, place"
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
    WHERE {which} IN (SELECT value FROM json_each(?)) AND case_id <> ''
    AND (state = 'confirmed' OR state = 'suggested' AND verdict = ?) ORDER BY day, entry
"""
_MISTAKES = "SELECT case_id, category FROM outcomes WHERE state = 'closed'"
_ASKED_ALL = f"""
    SELECT entry FROM sections WHERE name IN (SELECT value FROM json_each(?)) AND {_WAY} = 2
    GROUP BY entry HAVING COUNT(DISTINCT name) = ?
"""  # noqa: S608 (constants)
_NEEDS = "SELECT about, what, value FROM arrival_said WHERE what IN ('met', 'unmet') ORDER BY entry"
_HELP = "SELECT DISTINCT case_id, what, state FROM assistance ORDER BY case_id, what, state"
_STEPS = """
    SELECT about, MIN(CASE step WHEN ? THEN at END), MIN(CASE step WHEN ? THEN at END),
           MIN(CASE step WHEN ? THEN at END)
    FROM arrival_steps WHERE about LIKE 'case/%' GROUP BY about
"""
_SHEETS = f"""
    SELECT submissions.form, submissions.day, entries.stream, hex(entries.payload)
    FROM submissions JOIN entries ON entries.id = submissions.entry
    WHERE submissions.survey = 1 AND submissions.form = ? AND submissions.entry NOT IN {SUPERSEDED}
    ORDER BY submissions.day, submissions.entry
"""  # noqa: S608 (constants)
_WAYS = (Asked.DECLINED, Asked.NOT_ASKED, Asked.ASKED)
"""As `_WAY` numbers them: the worst first."""


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


Marks = dict[int, dict[str, Mark]]
"""How questions of talks ended that were declined or not known: by the talk's row, then by question."""


def months_held(database: Database) -> tuple[str, ...]:
    """The months in which cases were opened, such as `2026-03`, in their order."""
    return tuple(
        month for (month,) in database.rows("SELECT DISTINCT substr(day, 1, 7) FROM cases ORDER BY 1")
    )


class Rows:
    """Reads for all pages. `here` names what headquarters itself wrote; `asked` says by question in which form it
    stands where; `marks` is what earlier readings of payloads said (rule 4)."""

    def __init__(
        self,
        database: Database,
        here: str,
        asked: Mapping[str, Mapping[str, str]],
        marks: Marks | None = None,
    ) -> None:
        self._database = database
        self._asked = asked
        self._marks: Marks = {} if marks is None else marks
        known = queries.certificates(database)
        names = {certificate.stream: certificate.post for certificate in known}
        self._posts = {place: names.get(stream_of(stream), here) for place, stream in database.rows(_STREAMS)}
        self._names, self._here = names, here
        self._said: dict[str, dict[str, tuple[str, ...]]] = {}

    def post(self, stream: str) -> str:
        """The post that wrote a stream."""
        return self._names.get(stream_of(stream), self._here)

    @cached_property
    def posts(self) -> dict[str, str]:
        """The post of each case (rule 1)."""
        return {case: self._posts[place] for case, place in self._database.rows(_POSTS)}

    @cached_property
    def months(self) -> dict[str, str]:
        """The month in which each case was opened, such as `2026-03`."""
        return dict(self._database.rows(_MONTHS))

    def held(self) -> list[tuple[Name, Counter[str]]]:
        """How many records of each kind are held, by day: persons and what was done, talks and sheets by form."""
        kinds: dict[Name, Counter[str]] = {}
        for kind, day, count in self._database.rows(_HELD):
            kinds.setdefault(word(kind), Counter())[day] += count
        forms: dict[Name, Counter[str]] = {}
        for talk in self.talks:
            forms.setdefault(Name("form", talk.form), Counter())[talk.day] += 1
        for form, day, count in self._database.rows(_PLACES):
            forms.setdefault(Name("sheet", form), Counter())[day] += count
        return [*kinds.items(), *sorted(forms.items())]

    @cached_property
    def talks(self) -> tuple[Talk, ...]:
        """The finished interviews that stand, the oldest first."""
        return tuple(
            Talk(entry, case, form, day, self._posts[place])
            for entry, case, form, day, place in self._database.rows(_TALKS)
        )

    def said(self, name: str) -> dict[str, tuple[str, ...]]:
        """What each person answered to a question, nothing for whoever gave no answer (rule 2). Whoever was in no
        talk that has it is not among them."""
        if name not in self._said:
            self._said[name] = self._read(name)
        return self._said[name]

    def _read(self, name: str) -> dict[str, tuple[str, ...]]:
        forms, given = self._asked[name], self._given(name)
        found: dict[str, tuple[str, ...]] = {talk.case: () for talk in self.talks if talk.form in forms}
        found |= {talk.case: given[talk.entry] for talk in self.talks if talk.entry in given}
        return found

    def _given(self, name: str) -> dict[int, tuple[str, ...]]:
        """The values of a fact in each talk, one text that names several taken apart."""
        first = self.first(name)
        apart = {value: tuple(value.split()) for value in set(first.values())}
        found = {entry: apart[value] for entry, value in first.items()}
        for entry, value in self._database.rows(_MORE, (name,)):
            found[entry] = (*found.get(entry, ()), *value.split())
        return found

    def answers(self, name: str, cases: Collection[str] | None = None) -> dict[str, Answer]:
        """What each person said to a question, or how it ended (rule 2); of these cases only, or of all."""
        said, kept = self.said(name), _Kept()
        if cases is not None:
            said = {case: said[case] for case in cases if case in said}
        ends = self._ended(name, {case for case, values in said.items() if not values})
        return {
            case: kept(values, Mark.ANSWERED if values else ends.get(case, Mark.NOT_ASKED))
            for case, values in said.items()
        }

    def _ended(self, name: str, silent: Collection[str]) -> dict[str, Mark]:
        """How a question ended for those who gave no answer to it."""
        forms = self._asked[name]
        talks = [talk for talk in self.talks if talk.form in forms and talk.case in silent]
        self._read_marks([talk for talk in talks if talk.entry not in self._marks])
        found: dict[str, Mark] = {}
        for talk in talks:
            mark = self._marks.get(talk.entry, {}).get(name, Mark.NOT_ASKED)
            if _WEIGHT[mark] >= _WEIGHT[found.get(talk.case, Mark.NOT_ASKED)]:
                found[talk.case] = mark
        return found

    def _read_marks(self, talks: Iterable[Talk]) -> None:
        """How all questions of these talks ended that were declined or not known: one reading for all of them."""
        wanted: dict[str, list[int]] = {}
        for talk in talks:
            wanted.setdefault(talk.form, []).append(talk.entry)
        for form, entries in wanted.items():
            refs = {name: of[form] for name, of in self._asked.items() if form in of}
            paths = [
                "$.form",
                *(f'$.marks."{ref}"' for ref in refs.values()),
            ]  # two at least: then it is a list
            sql = _MARKS.format(paths=", ".join("?" for _ in paths))
            self._marks |= {entry: {} for entry in entries}
            with self._database.much_at_once():
                rows = self._database.rows(sql, (*paths, json.dumps(entries)))
            for entry, told in rows:
                ends = zip(refs, json.loads(told)[1:], strict=True)
                self._marks[entry] = {name: Mark(text) for name, text in ends if text in _KEPT}

    def first(self, name: str) -> dict[int, str]:
        """The first value of a fact in each talk, by the talk's row."""
        return dict(self._database.rows(_FIRST, (name,)))

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

    def outcomes(self, categories: Collection[str]) -> tuple[Found, ...]:
        """These categories, suggested or confirmed and not taken back as a mistake, the oldest first."""
        return self._outcomes("category", categories)

    def asked_by(self, rules: Collection[str]) -> tuple[Found, ...]:
        """The same of what these rules suggested."""
        return self._outcomes("rule", rules)

    def _outcomes(self, which: str, among: Collection[str]) -> tuple[Found, ...]:
        mistakes = set(self._database.rows(_MISTAKES))
        values = (json.dumps(sorted(among)), Verdict.YES.value)
        rows = self._database.rows(_OUTCOMES.format(which=which), values)
        return tuple(Found(*row) for row in rows if (row[0], row[1]) not in mistakes)

    def settled(self) -> dict[tuple[str, str], bool]:
        """Of each urgent need that somebody looked after, by case and need: whether it was met in the end."""
        rows = self._database.rows(_NEEDS)
        return {(about.partition("/")[2], need): what == "met" for about, what, need in rows}

    def steps(self) -> Iterator[tuple[str, str | None, str | None, str | None]]:
        """Each case with the first moment of its arrival, of its talk and of its referral (`domain.waiting`)."""
        steps = (Step.ARRIVED.value, Step.SCREENED.value, Step.REFERRED.value)
        for about, *moments in self._database.rows(_STEPS, steps):
            arrived, screened, referred = moments
            yield about.partition("/")[2], arrived, screened, referred

    def help(self) -> tuple[tuple[str, str, str], ...]:
        """The ledger: case, kind of help, what became of the offer."""
        return tuple((case, what, state) for case, what, state in self._database.rows(_HELP))

    def sheets(self, form: str) -> tuple[Sheet, ...]:
        """The sheets of a form about places that stand, the oldest first."""
        rows = self._database.rows(_SHEETS, (form,))
        return tuple(
            Sheet(name, day, self._posts[place], digest.lower()) for name, day, place, digest in rows
        )

    def sections(self, form: str) -> Counter[tuple[str, str, Asked]]:
        """How often each section of a form was asked, by post: section, post, way; talks without it are in none."""
        found: Counter[tuple[str, str, Asked]] = Counter()
        for name, place, way, count in self._database.rows(_SECTIONS, (form,)):
            found[name, self._posts[place], _WAYS[way]] += count
        return found

    @cached_property
    def worst(self) -> dict[int, Asked]:
        """The worst way in which a section of each talk was asked, by the talk's row."""
        return {entry: _WAYS[way] for entry, way in self._database.rows(_WORST)}

    def some_asked_all(self, sections: Collection[str] | None) -> bool:
        """Whether any talk asked all of these sections; None: all that it has (`counting.asked_for`)."""
        if sections is None:
            asked = {entry for entry, way in self.worst.items() if way is Asked.ASKED}
        else:
            rows = self._database.rows(_ASKED_ALL, (json.dumps(sorted(sections)), len(sections)))
            asked = {entry for (entry,) in rows}
        return any(talk.entry in asked for talk in self.talks)


class _Kept:
    """One answer for all who said the same."""

    def __init__(self) -> None:
        self._held: dict[tuple[tuple[str, ...], Mark], Answer] = {}

    def __call__(self, values: tuple[str, ...], mark: Mark) -> Answer:
        key = (values, mark)
        return self._held.get(key) or self._held.setdefault(key, Answer(values, mark))


_KEPT = frozenset({Mark.DECLINED.value, Mark.UNKNOWN.value})
_WEIGHT = {Mark.NOT_ASKED: 0, Mark.UNKNOWN: 1, Mark.DECLINED: 2}
