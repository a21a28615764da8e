"""Persons by what the codebook breaks figures down by: sex beside one other thing at a time (R-172, N-046).

1. Every table counts the same persons, so that their totals agree; sex is the only thing that stands beside
   another. No pathway stands beside a nationality or a post, and no nationality beside a post.
2. Who gave no answer has a row and a column of their own: that is not another answer.
3. Where several answers can be given a person stands in each row, and rows add up to nobody.
4. Pathways that would out somebody are in no table (K-11); those of trafficking have a page of their own.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fieldkit.headquarters.hiding import Key
from fieldkit.headquarters.office_rows import Found
from fieldkit.headquarters.tables import ALL, Name, Page, Put, cell, parts, whole, word

NO_ANSWER = word("no_answer")
SCOPE, BY_SEX = "persons", "persons by sex"
SEX = Name("question", "sex")
Said = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What persons are broken down by: the table, the question, the list of its answers, whether several can be
    given."""

    table: str
    question: str
    list: str
    several: bool = False


BREAKDOWNS = (
    Breakdown("by_age", "age_group", "age_groups"),
    Breakdown("by_nationality", "nationality", "countries"),
    Breakdown("by_origin", "origin_country", "countries"),
    Breakdown("by_destination", "destination", "countries"),
    Breakdown("by_language", "languages_spoken", "languages", several=True),
    Breakdown("by_education", "education", "education"),
    Breakdown("by_work", "work_before", "work_kinds", several=True),
    Breakdown("by_reason", "reasons", "reasons", several=True),
)


def lay(
    page: Page,
    posts: Mapping[str, str],
    months: Mapping[str, str],
    said: Mapping[str, Said],
    sexes: Sequence[str],
    found: Iterable[Found],
) -> None:
    """The tables. `posts` and `months` (such as `2026-03`) by case, `said` by question; `found` are the pathways of
    those cases."""
    given = said["sex"]
    sex = {case: (given.get(case) or ("",))[0] for case in posts}
    columns = (*(Name("list:sexes", one) for one in _listed(sexes, sex.values())), NO_ANSWER)
    of_sex = {key: Name("list:sexes", key) if key else NO_ANSWER for key in set(sex.values())}

    def counted(kind: str, pairs: Iterable[tuple[str, str]]) -> dict[Name, Counter[Name]]:
        held: dict[Name, Counter[Name]] = {}
        for (key, row), count in Counter((sex[case], row) for case, row in pairs).items():
            held.setdefault(Name(kind, row) if row else NO_ANSWER, Counter())[of_sex[key]] += count
        return dict(sorted(held.items()))

    def table(name: str, rows_are: str, rows: Mapping[Name, Counter[Name]], *, down: bool = True) -> None:
        parts(page, name, rows_are, columns, rows, scope=_scope(name), of_columns=BY_SEX, down=down)
        if down:
            page.adds(page.put(whole(_scope(name)), len(posts)), [page.put(whole(SCOPE), len(posts))])
        else:
            _others(page, name, columns, rows, totals)

    totals = Counter(of_sex[key] for key in sex.values())
    table("by_post", "post", counted("post", posts.items()))
    table("by_month", "month", counted("month", ((case, months[case]) for case in posts if case in months)))
    for one in BREAKDOWNS:
        rows = counted(f"list:{one.list}", _rows(one, said[one.question], posts))
        table(one.table, _ROWS_ARE.get(one.list, "answer"), rows, down=not one.several)
    pathways = {(one.case, one.category) for one in found if one.case in posts}
    table("by_pathway", "category", counted("category", pathways), down=False)


def link(page: Page, posts: Iterable[str]) -> None:
    """Say which numbers are the same as those of answers that are missing (`whole`): if one is hidden, both are."""
    same = [
        (cell(f"by_post {BY_SEX}", Name("post", post), NO_ANSWER), Name("post", post), SEX)
        for post in sorted(set(posts))
    ]
    same.append((cell(BY_SEX, ALL, NO_ANSWER), ALL, SEX))
    same += [
        (cell(_scope(one.table), NO_ANSWER, ALL), ALL, Name("question", one.question)) for one in BREAKDOWNS
    ]
    for here, row, question in same:
        there = cell("missing", row, question)
        if page.has(here) and page.has(there):
            page.adds(Put(here), [Put(there)])


def of_month(month: str) -> Key:
    """Where the persons of a month stand."""
    return cell(_scope("by_month"), Name("month", month), ALL)


def _scope(table: str) -> str:
    return SCOPE if table == "by_post" else f"{SCOPE} {table}"


def _others(
    page: Page,
    name: str,
    columns: Sequence[Name],
    rows: Mapping[Name, Counter[Name]],
    totals: Mapping[Name, int],
) -> None:
    """Where rows add up to nobody, who does *not* stand in one is a number too: it is kept from being worked
    out."""
    for row, counts in rows.items():
        for column in columns:
            whole_of, here = cell(BY_SEX, ALL, column), cell(f"{name} {BY_SEX}", row, column)
            others = page.put((*here, "not"), totals[column] - counts[column])
            page.adds(page.put(whole_of, totals[column]), (Put(here), others))
        everybody, here = sum(totals.values()), cell(_scope(name), row, ALL)
        others = page.put((*here, "not"), everybody - counts.total())
        page.adds(page.put(whole(SCOPE), everybody), (Put(here), others))


_ROWS_ARE = {"countries": "country", "languages": "language"}


def _listed(listed: Sequence[str], given: Iterable[str]) -> tuple[str, ...]:
    """The answers of a list, and those that only a newer codebook has."""
    return (*listed, *sorted(set(given) - {*listed, ""}))


def _rows(one: Breakdown, said: Said, posts: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Each person with each answer, or with nothing where there is none."""
    for case in posts:
        values = said.get(case)
        if not values:
            yield case, ""
        elif one.several:
            yield from ((case, value) for value in dict.fromkeys(values))
        else:
            yield case, values[0]
