"""Where people are on their way, who came from far away, and routes apart from people (R-006, R-026, R-124).

1. Persons by phase stand by post; countries and parts of the world never stand beside a post.
2. Routes come from sheets that count people on the move and name nobody (R-176): they are no persons of ours, and
   cannot be joined with them. No price and nobody who told of a route stands anywhere.
3. What a sheet leaves open is not told; dead and missing are told as reported, and are fewer than they were.
4. Whether people met at sea were asked before they were moved on stands with the reason, by groups (R-120).
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fieldkit.domain.outcome import Mark
from fieldkit.headquarters.office_rows import Answer
from fieldkit.headquarters.tables import ALL, Cell, Gap, Name, Page, Spot, answers, parts, whole, word

BEFORE = word("before_leaving")
UNKNOWN, DECLINED, NOT_ASKED = word("not_known"), word("declined"), word("not_asked")
ENDS = (UNKNOWN, DECLINED, NOT_ASKED)
_END = {Mark.UNKNOWN: UNKNOWN, Mark.DECLINED: DECLINED}
GROUPS = ("women", "men", "girls", "boys")
NOT_APART = word("not_apart")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is counted: its name, the list of its answers, whether several can be given, and whether
    everybody is asked it."""

    name: str
    list: str
    several: bool = False
    of_all: bool = False


@dataclass(frozen=True, slots=True)
class Moving:
    """One line of a sheet of people on the move: from where to where, how many of each, and what was named."""

    way: str
    start: str
    end: str
    people: Mapping[str, int | None]
    means: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """How many people, as far as it is told."""
        return sum(self.people.get(name) or 0 for name in GROUPS)


@dataclass(frozen=True, slots=True)
class Event:
    """One sheet of a group that came: how, how many of each, and whether people were asked before they went on."""

    kind: str
    numbers: Mapping[str, int | None] = field(default_factory=dict)
    onward: str = ""
    why: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """How many people: what was said, and no fewer than were told apart."""
        return max(self.numbers.get("people") or 0, sum(self.numbers.get(name) or 0 for name in GROUPS))

    @property
    def told_apart(self) -> dict[str, int | None]:
        """How many of each, and how many the sheet does not tell apart."""
        known = {name: self.numbers.get(name) for name in GROUPS}
        return {**known, NOT_APART.key: self.number - sum(number or 0 for number in known.values())}


def lay_phases(
    page: Page, said: Mapping[str, Answer], posts: Mapping[str, str], listed: Sequence[str]
) -> None:
    """Persons by phase and post. Before leaving nobody is asked: the posts stand at borders."""
    found: dict[Name, Counter[Name]] = {Name("post", post): Counter() for post in sorted(set(posts.values()))}
    for (post, one), count in Counter((post, said.get(case)) for case, post in posts.items()).items():
        found[Name("post", post)][_said_once(one, "phases")] += count
    columns = (BEFORE, *with_unlisted("list:phases", listed, found), *ENDS)
    parts(
        page,
        "phases",
        "post",
        columns,
        found,
        scope="persons",
        of_columns="phases",
        unknown=frozenset({BEFORE, *ENDS}),
        instead={(row, BEFORE): Gap.NOT_TOLD for row in (*found, ALL)},
    )


def lay_profiles(
    page: Page,
    asked: Sequence[tuple[Question, Mapping[str, Answer]]],
    everybody: Collection[str],
    led: Collection[str],
    scope: str = "far",
) -> None:
    """What people told in a talk for some, question by question and never two together. `everybody` are the cases,
    `led` those with whom the talk of this scope was led (from another continent, coming back)."""
    silent = Answer((), Mark.NOT_ASKED)
    for question, said in asked:
        cases = everybody if question.of_all else led
        held = Counter(said.get(case, silent) for case in cases)
        persons, ends = Counter[Name](), Counter[Name]()
        for one, count in held.items():
            for value in dict.fromkeys(one.values):
                persons[Name(f"list:{question.list}", value)] += count
            if not one.values:
                ends[_END.get(one.mark, NOT_ASKED)] += count
        answers(
            page,
            "profile",
            Name("question", question.name),
            dict(sorted(persons.items())),
            answered=sum(count for one, count in held.items() if one.values),
            ends={end: ends[end] for end in ENDS},
            several=question.several,
            everybody=whole("persons" if question.of_all else scope),
        )


def lay_moving(page: Page, lines: Iterable[Moving]) -> None:
    """People on the move, counted at places: directions, routes, and why and how they move."""
    held = _together(one for one in lines if one.number)
    columns = tuple(map(word, GROUPS))
    ways: tuple[tuple[str, str, Callable[[Moving], Name]], ...] = (
        ("ways", "way", _way),
        ("routes", "route", _route),
    )
    for name, rows_are, way in ways:
        found = _people((way(one), one.people) for one in held)
        parts(page, name, rows_are, columns, found.counts, scope="moving", instead=found.gaps)
    named: tuple[tuple[str, str, Callable[[Moving], tuple[str, ...]]], ...] = (
        ("moving_reasons", "reasons", lambda one: one.reasons),
        ("moving_means", "means", lambda one: one.means),
        ("moving_needs", "group_needs", lambda one: one.needs),
    )
    for name, listed, of in named:
        told = [one for one in held if of(one)]
        persons: Counter[Name] = Counter()
        for one in told:
            for value in dict.fromkeys(of(one)):
                persons[Name(f"list:{listed}", value)] += one.number
        answers(
            page,
            name,
            word(name),
            dict(sorted(persons.items())),
            answered=sum(one.number for one in told),
            ends={NOT_ASKED: sum(one.number for one in held if not of(one))},
            several=True,
            everybody=whole("moving"),
        )


def lay_events(page: Page, sheets: Iterable[Event]) -> None:
    """Groups that came: how, who needs somebody at once, who was asked before they were moved on (R-120)."""
    held = tuple(sheets)
    columns = (*map(word, GROUPS), NOT_APART)
    found = _people((Name("list:event_kinds", one.kind), one.told_apart) for one in held)
    parts(page, "groups", "how_came", columns, found.counts, scope="groups", instead=found.gaps)
    rows: list[tuple[Name, Sequence[Cell]]] = []
    for name in ("children_alone", "injured", "died", "missing_people"):
        told = [value for one in held if (value := one.numbers.get(name)) is not None]
        rows.append((word(name), [page.put(("groups", name), sum(told)) if told else Gap.NOT_TOLD]))
    if held:
        page.table("group_dangers", "what", (word("persons"),), rows)
    _moved_on(page, held)


def _moved_on(page: Page, held: Sequence[Event]) -> None:
    moved = Counter(one.onward for one in held)
    people = {
        name: page.put(("moved on", name), sum(one.number for one in held if one.onward == name))
        for name in sorted(moved)
    }
    page.adds(page.put(whole("groups"), sum(one.number for one in held)), people.values())
    page.table(
        "moved_on",
        "answer",
        (word("groups"), word("persons")),
        [
            (
                Name("list:onward_checks", name) if name else word("nothing_written"),
                [moved[name], put],
            )
            for name, put in people.items()
        ],
    )
    why = Counter(Name("list:onward_reasons", reason) for one in held for reason in one.why)
    page.table("moved_on_why", "answer", (word("groups"),), [(name, [why[name]]) for name in sorted(why)])


def _together(lines: Iterable[Moving]) -> tuple[Moving, ...]:
    """Lines that differ in nothing but how many people, as one; a number that nobody told stays untold."""
    found: dict[tuple[object, ...], dict[str, int | None]] = {}
    alike: dict[tuple[object, ...], Moving] = {}
    for one in lines:
        key = (one.way, one.start, one.end, one.means, one.reasons, one.needs)
        people = found.setdefault(key, dict.fromkeys(GROUPS))
        alike[key] = one
        for name, number in one.people.items():
            people[name] = number if people.get(name) is None else (people[name] or 0) + (number or 0)
    return tuple(replace(alike[key], people=people) for key, people in found.items())


def with_unlisted(
    kind: str, listed: Sequence[str], found: Mapping[Name, Mapping[Name, int]]
) -> tuple[Name, ...]:
    """The answers of a list, and those that only a newer codebook has: they are counted too."""
    known = [Name(kind, one) for one in listed]
    given = {name for counts in found.values() for name in counts if name.kind == kind}
    return (*known, *sorted(given - set(known)))


@dataclass(frozen=True, slots=True)
class _Counts:
    """People by row and column, and where nobody told a number (rule 3)."""

    counts: dict[Name, Counter[Name]]
    gaps: dict[Spot, Gap]


def _people(rows: Iterable[tuple[Name, Mapping[str, int | None]]]) -> _Counts:
    held = sorted(rows, key=lambda row: row[0])
    counts: dict[Name, Counter[Name]] = {row: Counter() for row, _ in held}
    told: set[Spot] = set()
    for row, people in held:
        for name, number in people.items():
            counts[row][word(name)] += number or 0
            told |= {(row, word(name))} if number is not None else set()
    every = {(row, word(name)) for row, people in held for name in people}
    return _Counts(counts, dict.fromkeys(every - told, Gap.NOT_TOLD))


def _way(one: Moving) -> Name:
    return Name("list:movement_ways", one.way) if one.way else word("nothing_written")


def _route(one: Moving) -> Name:
    return Name("route", f"{one.start} {one.end}")


def _said_once(one: Answer | None, listed: str) -> Name:
    if one is None:
        return NOT_ASKED
    return Name(f"list:{listed}", one.values[0]) if one.values else _END.get(one.mark, NOT_ASKED)
