"""Persons with indicators of trafficking: by kind of sign, sex, age band, and days to a referral (R-079).

1. They are persons with indicators. Nobody here is called anything else, and nothing here estimates how many there
   are (`protection.md` 15).
2. No post, no nationality and no day stands beside them, and no two of these tables are one.
3. Which forms of exploitation people told of stays at the posts; what is sealed for headquarters is counted on its
   own page, for those who may read it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from fieldkit.domain.outcome import Mark
from fieldkit.headquarters.journeys_counted import with_unlisted
from fieldkit.headquarters.office_rows import Answer, Found, Referred
from fieldkit.headquarters.tables import ALL, Gap, Name, Page, Spot, answers, cell, parts, word

CATEGORIES = ("C04", "C05")
UNKNOWN, DECLINED, NOT_ASKED = word("not_known"), word("declined"), word("not_asked")
ENDS = (UNKNOWN, DECLINED, NOT_ASKED)
_END = {Mark.UNKNOWN: UNKNOWN, Mark.DECLINED: DECLINED}
SAME_DAY, DAYS_3, WEEK, LATER = word("same_day"), word("days_3"), word("week"), word("later")
NOT_WANTED, NONE = word("not_wanted"), word("no_referral")
_EVERYBODY = ("signs", "everybody")
_LISTS = {"signs_by_sex": "sexes", "signs_by_age": "age_groups"}
TIMES = (SAME_DAY, DAYS_3, WEEK, LATER, NOT_WANTED, NONE)


def lay(
    page: Page,
    found: Iterable[Found],
    known: Mapping[str, bool],
    sexes: Mapping[str, Answer],
    ages: Mapping[str, Answer],
    lists: Mapping[str, tuple[str, ...]],
    referred: Iterable[Referred],
) -> None:
    """The tables of the page.

    `known` says by category whether anybody was asked what it needs; `lists` are the sexes and age groups.
    """
    held = [one for one in found if one.category in CATEGORIES]
    first: dict[str, dict[str, str]] = {category: {} for category in CATEGORIES}
    for one in held:
        days = first[one.category]
        days[one.case] = min(days.get(one.case, one.day), one.day)
    unasked = frozenset(one for one, cases in first.items() if not cases and not known.get(one, False))
    if not (unasked >= frozenset(CATEGORIES)):
        _kinds(page, held)
    _split(page, "signs_by_sex", lists["sexes"], first, sexes, unasked)
    _split(page, "signs_by_age", lists["age_groups"], first, ages, unasked)
    _times(page, first, tuple(referred), unasked)
    page.table("signs_by_form", "what", (word("persons"),), [(word("forms_of_exploitation"), [Gap.NOT_TOLD])])


def _kinds(page: Page, held: Sequence[Found]) -> None:
    rules: dict[str, set[str]] = {}
    for one in held:
        rules.setdefault(one.case, set()).update({one.rule} - {""})
    persons = Counter(Name("rule", rule) for named in rules.values() for rule in named)
    answers(
        page,
        "signs_by_kind",
        word("kinds_of_signs"),
        dict(sorted(persons.items())),
        answered=sum(bool(named) for named in rules.values()),
        ends={word("by_a_person"): sum(not named for named in rules.values())},
        several=True,
        everybody=_EVERYBODY,
        told_as=word("by_a_rule"),
    )
    _both(page, held)


def _both(page: Page, held: Sequence[Found]) -> None:
    """That everybody with signs is those of each pathway, less those of both."""
    cases = [{one.case for one in held if one.category == category} for category in CATEGORIES]
    rows = [Name("category", category) for category in CATEGORIES]
    counted = [page.put(cell("signs", row, ALL), len(found)) for row, found in zip(rows, cases, strict=True)]
    both = page.put(("signs", "both"), len(cases[0] & cases[1]))
    together = page.put(("signs", "together"), sum(map(len, cases)))
    page.adds(together, counted)
    page.adds(together, (page.put(_EVERYBODY, len(cases[0] | cases[1])), both))


def _split(
    page: Page,
    name: str,
    values: tuple[str, ...],
    first: Mapping[str, Mapping[str, str]],
    said: Mapping[str, Answer],
    unasked: frozenset[str],
) -> None:
    listed = _LISTS[name]

    def way(case: str) -> Name:
        one = said.get(case)
        if one is None:
            return NOT_ASKED
        return Name(f"list:{listed}", one.values[0]) if one.values else _END.get(one.mark, NOT_ASKED)

    counts = {Name("category", category): Counter(map(way, cases)) for category, cases in first.items()}
    columns = (*with_unlisted(f"list:{listed}", values, counts), *ENDS)
    parts(
        page,
        name,
        "category",
        columns,
        counts,
        scope="signs",
        unknown=frozenset(ENDS) if any(first.values()) else frozenset(),
        instead=_instead(columns, unasked),
        down=False,
    )


def _times(
    page: Page,
    first: Mapping[str, Mapping[str, str]],
    referred: tuple[Referred, ...],
    unasked: frozenset[str],
) -> None:
    made: dict[tuple[str, str], list[Referred]] = {}
    for one in referred:
        made.setdefault((one.case, one.category), []).append(one)
    counts = {
        Name("category", category): Counter(
            _time(day, made.get((case, category), [])) for case, day in days.items()
        )
        for category, days in first.items()
    }
    instead = _instead(TIMES, unasked)
    parts(page, "signs_by_time", "category", TIMES, counts, scope="signs", instead=instead, down=False)


def _instead(columns: tuple[Name, ...], unasked: frozenset[str]) -> dict[Spot, Gap]:
    return {
        (Name("category", one), column): Gap.NOT_ASKED
        for one in sorted(unasked)
        for column in (*columns, ALL)
    }


def _time(day: str, referrals: list[Referred]) -> Name:
    wanted = [one.day for one in referrals if not one.declined]
    if not wanted:
        return NOT_WANTED if referrals else NONE
    took = (date.fromisoformat(min(wanted)) - date.fromisoformat(day)).days
    for name, most in ((SAME_DAY, 0), (DAYS_3, 3), (WEEK, 7)):
        if took <= most:
            return name
    return LATER
