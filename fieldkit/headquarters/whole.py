"""How whole the data are: asked, not asked, declined; what is missing; days that cannot be (R-033, R-178).

1. A section counts as asked when all of it was; a question that was declined makes it declined, one that was not
   asked makes it not asked. A talk counts by the worst of its sections.
2. It compares posts so that they can be helped. It ranks nobody.
3. Days that cannot be are counted as talks and not hidden: they are mistakes, and say nothing about persons.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from fieldkit.domain.outcome import COMMON_CORE
from fieldkit.headquarters.counting import Asked
from fieldkit.headquarters.office_rows import Talk
from fieldkit.headquarters.tables import ALL, Cell, Name, Page, Put, cell, parts, word

WAYS = {Asked.ASKED: word("asked"), Asked.NOT_ASKED: word("not_asked"), Asked.DECLINED: word("declined")}
COLUMNS = tuple(WAYS.values())
LONG_AGO = 10
"""Years between arrival and talk that somebody should look at; a proposal."""
OLDEST = 110
"""Years; nobody whose age is higher is likely to stand at a border."""


@dataclass(frozen=True, slots=True)
class Days:
    """What of one talk is looked at: arrival and age as they were given, empty or None when they were not."""

    arrived: str
    age: int | None


def lay_sections(
    page: Page, talks: Mapping[str, int], ways: Mapping[tuple[str, str, Asked], int], names: Sequence[str]
) -> None:
    """For each section of the first screening: posts side by side. `talks` by post, `ways` by section, post and
    way; a talk without the section did not ask it."""
    for name in names:
        found: dict[Name, Counter[Name]] = {}
        for post in sorted(talks):
            counts = {way: ways.get((name, post, way), 0) for way in WAYS}
            counts[Asked.NOT_ASKED] += talks[post] - sum(counts.values())
            found[Name("post", post)] = Counter({WAYS[way]: count for way, count in counts.items() if count})
        parts(
            page,
            "section",
            "post",
            COLUMNS,
            found,
            scope="screenings",
            of_columns=f"section {name}",
            subject=Name("section", name),
        )


def lay(
    page: Page,
    talks: Iterable[Talk],
    worst: Mapping[int, Asked],
    said: Mapping[Name, Mapping[str, tuple[str, ...]]],
    posts: Mapping[str, str],
    days: Mapping[int, Days],
    today: date,
) -> None:
    """By post and by form how whole talks are; which answers are missing by post; which days cannot be.

    `worst` says of each talk how the worst of its sections was asked, `said` by question and case what was
    answered.
    """
    held = tuple(talks)
    by_post: dict[Name, Counter[Name]] = {}
    by_form: dict[Name, Counter[Name]] = {}
    screenings: Counter[Name] = Counter()
    tally = Counter((talk.post, talk.form, worst.get(talk.entry, Asked.NOT_ASKED)) for talk in held)
    for (post, form, way), count in tally.items():
        by_post.setdefault(Name("post", post), Counter())[WAYS[way]] += count
        by_form.setdefault(Name("form", form), Counter())[WAYS[way]] += count
        screenings[Name("post", post)] += count if form == COMMON_CORE else 0
    parts(page, "whole_by_post", "post", COLUMNS, dict(sorted(by_post.items())), scope="talks")
    parts(page, "whole_by_form", "form", COLUMNS, dict(sorted(by_form.items())), scope="talks")
    _missing(page, said, posts)
    _same(page, by_post, screenings, posts)
    _impossible(page, held, days, today)


def _same(
    page: Page, talks: Mapping[Name, Counter[Name]], screenings: Counter[Name], posts: Mapping[str, str]
) -> None:
    """Where everybody had one talk, and it was the first screening, three totals are one number: if one is hidden,
    none is told."""
    persons = Counter(Name("post", post) for post in posts.values())
    for row, found in talks.items():
        total = page.put(cell("talks", row, ALL), found.total())
        for scope, counted in (("screenings", screenings), ("persons", persons)):
            if counted[row] == found.total():
                page.adds(total, [page.put(cell(scope, row, ALL), counted[row])])


def _missing(
    page: Page, said: Mapping[Name, Mapping[str, tuple[str, ...]]], posts: Mapping[str, str]
) -> None:
    """Persons of whom an answer is not there; who has it is kept from being worked out."""
    persons = Counter(posts.values())
    given = {
        question: Counter(posts[case] for case, values in held.items() if values and case in posts)
        for question, held in said.items()
    }

    def line(row: Name, whole: int, there: Callable[[Counter[str]], int]) -> list[Cell]:
        total = page.put(cell("persons", row, ALL), whole)
        found: list[Cell] = []
        for question, counts in given.items():
            held = page.put(cell("missing", row, question), whole - there(counts))
            page.adds(total, (held, page.put(cell("there", row, question), there(counts))))
            found.append(held)
        return [*found, total]

    rows: list[tuple[Name, Sequence[Cell]]] = [
        (Name("post", name), line(Name("post", name), persons[name], itemgetter(name)))
        for name in sorted(persons)
    ]
    rows.append((ALL, line(ALL, persons.total(), Counter.total)))
    for index in range(len(said) + 1):
        *below, everybody = (held[index] for _, held in rows)
        assert isinstance(everybody, Put)
        page.adds(everybody, [one for one in below if isinstance(one, Put)])
    page.table("missing", "post", (*said, ALL), rows)


def _impossible(page: Page, talks: Sequence[Talk], days: Mapping[int, Days], today: date) -> None:
    found: dict[Name, Counter[str]] = {}
    nothing = Days("", None)
    for (post, day, one), count in Counter(
        (talk.post, talk.day, days.get(talk.entry, nothing)) for talk in talks
    ).items():
        counted = found.setdefault(Name("post", post), Counter())
        counted.update(dict.fromkeys(_wrong(day, one, today), count))
    kinds = ("arrived_later", "arrived_long_ago", "talk_to_come", "too_old")
    rows = [(name, [counted[kind] for kind in kinds]) for name, counted in sorted(found.items())]
    page.table("impossible", "post", tuple(map(word, kinds)), rows)


def _wrong(day: str, one: Days, today: date) -> list[str]:
    wrong = ["talk_to_come"] if day > today.isoformat() else []
    try:
        arrived = date.fromisoformat(one.arrived[:10]) if one.arrived else None
        if arrived is not None and arrived > date.fromisoformat(day):
            wrong.append("arrived_later")
        elif arrived is not None and date.fromisoformat(day).year - arrived.year > LONG_AGO:
            wrong.append("arrived_long_ago")
    except ValueError:
        pass  # a part of a date is no mistake
    return wrong + (["too_old"] if one.age is not None and one.age > OLDEST else [])
