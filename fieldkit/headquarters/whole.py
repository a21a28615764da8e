"""How whole the data are: asked, not asked, declined; what is missing; days that cannot be (R-033, R-178).

1. A section counts as asked when all of it was; a question that was declined makes it declined, one that was not
   asked makes it not asked. A talk counts by the worst of its sections.
2. It compares posts so that they can be helped. It ranks nobody.
3. Days that cannot be are counted as talks and not hidden: they are mistakes, and say nothing about persons.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

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
    page: Page, talks: Iterable[Talk], ways: Mapping[int, Mapping[str, Asked]], names: Sequence[str]
) -> None:
    """For each section of the first screening: posts side by side. `ways` by talk and section; a talk without the
    section did not ask it."""
    held = tuple(talks)
    posts = sorted({talk.post for talk in held})
    for name in names:
        found: dict[Name, Counter[Name]] = {Name("post", post): Counter() for post in posts}
        for talk in held:
            way = ways.get(talk.entry, {}).get(name, Asked.NOT_ASKED)
            found[Name("post", talk.post)][WAYS[way]] += 1
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
    ways: Mapping[int, Mapping[str, Asked]],
    missing: Mapping[Name, Mapping[str, bool]],
    posts: Mapping[str, str],
    days: Mapping[int, Days],
    today: date,
) -> None:
    """By post and by form how whole talks are; which answers are missing by post; which days cannot be.

    `missing` says by question and case whether the answer is not there.
    """
    held = tuple(talks)
    worst = {talk.entry: WAYS[_worst(ways.get(talk.entry, {}))] for talk in held}
    by_post: dict[Name, Counter[Name]] = {}
    by_form: dict[Name, Counter[Name]] = {}
    screenings: Counter[Name] = Counter()
    for talk in held:
        by_post.setdefault(Name("post", talk.post), Counter())[worst[talk.entry]] += 1
        by_form.setdefault(Name("form", talk.form), Counter())[worst[talk.entry]] += 1
        screenings[Name("post", talk.post)] += talk.form == COMMON_CORE
    parts(page, "whole_by_post", "post", COLUMNS, dict(sorted(by_post.items())), scope="talks")
    parts(page, "whole_by_form", "form", COLUMNS, dict(sorted(by_form.items())), scope="talks")
    _missing(page, missing, posts)
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


def _worst(ways: Mapping[str, Asked]) -> Asked:
    order = (Asked.DECLINED, Asked.NOT_ASKED, Asked.ASKED)
    return min(ways.values(), key=order.index, default=Asked.NOT_ASKED)


def _missing(page: Page, missing: Mapping[Name, Mapping[str, bool]], posts: Mapping[str, str]) -> None:
    """Persons of whom an answer is not there; who has it is kept from being worked out."""

    def line(row: Name, cases: Sequence[str]) -> list[Cell]:
        total = page.put(cell("persons", row, ALL), len(cases))
        found: list[Cell] = []
        for question in missing:
            gone = sum(missing[question].get(case, True) for case in cases)
            held = page.put(cell("missing", row, question), gone)
            page.adds(total, (held, page.put(cell("there", row, question), len(cases) - gone)))
            found.append(held)
        return [*found, total]

    rows: list[tuple[Name, Sequence[Cell]]] = [
        (Name("post", name), line(Name("post", name), [case for case in posts if posts[case] == name]))
        for name in sorted(set(posts.values()))
    ]
    rows.append((ALL, line(ALL, list(posts))))
    for index in range(len(missing) + 1):
        *below, everybody = (held[index] for _, held in rows)
        assert isinstance(everybody, Put)
        page.adds(everybody, [one for one in below if isinstance(one, Put)])
    page.table("missing", "post", (*missing, ALL), rows)


def _impossible(page: Page, talks: Sequence[Talk], days: Mapping[int, Days], today: date) -> None:
    found: dict[Name, Counter[str]] = {}
    for talk in talks:
        counted = found.setdefault(Name("post", talk.post), Counter())
        counted.update(_wrong(talk, days.get(talk.entry, Days("", None)), today))
    kinds = ("arrived_later", "arrived_long_ago", "talk_to_come", "too_old")
    rows = [(name, [counted[kind] for kind in kinds]) for name, counted in sorted(found.items())]
    page.table("impossible", "post", tuple(map(word, kinds)), rows)


def _wrong(talk: Talk, one: Days, today: date) -> list[str]:
    wrong = ["talk_to_come"] if talk.day > today.isoformat() else []
    try:
        arrived = date.fromisoformat(one.arrived[:10]) if one.arrived else None
        if arrived is not None and arrived > date.fromisoformat(talk.day):
            wrong.append("arrived_later")
        elif arrived is not None and date.fromisoformat(talk.day).year - arrived.year > LONG_AGO:
            wrong.append("arrived_long_ago")
    except ValueError:
        pass  # a part of a date is no mistake
    return wrong + (["too_old"] if one.age is not None and one.age > OLDEST else [])
