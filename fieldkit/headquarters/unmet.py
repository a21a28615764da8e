"""Needs that were not met: asked for, not given (R-009, R-007). An empty shelf that is written down can be filled.

1. A doubt counts as a need (`services.needs`). Met is what somebody wrote down as met; of the rest it is told
   whether somebody wrote that it could not be met, or whether nobody wrote anything.
2. A person stands in the row of each need, so rows add up to nobody.
3. Of help that was offered the best that became of it counts: received, then not wanted, then only offered.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from fieldkit.headquarters.office_rows import Referred
from fieldkit.headquarters.referred import BY_SERVICE, OVERDUE, SCOPE, WAITING, counted
from fieldkit.headquarters.tables import ALL, Cell, Gap, Name, Page, answers, cell, parts, word

Said = Mapping[str, tuple[str, ...]]
"""What was answered to a question by case; nothing for whoever gave no answer."""
MET, NOT_MET, OPEN = word("met"), word("not_met"), word("nothing_written")
_BEST = ("received", "declined", "offered")
_HELP = {"received": word("received"), "declined": word("not_wanted"), "offered": word("only_offered")}


def lay(
    page: Page,
    told: Mapping[str, Said | None],
    settled: Mapping[tuple[str, str], bool],
    telling: frozenset[str],
    ledger: Iterable[tuple[str, str, str]],
    missing: Said,
) -> None:
    """Urgent needs, the ledger of help, what could not be given.

    `told` by need and case what was said, None for a need that posts do not send; `telling` the answers that tell a
    need; `missing`: what people could not be given at the first desk.
    """
    lay_urgent(page, told, settled, telling)
    _helped(page, ledger)
    _not_given(page, missing)


def lay_open(page: Page, rows: Iterable[Referred], overdue: frozenset[str]) -> None:
    """Referrals without an answer by service: the same numbers as on the page of referrals (`referred.lay`)."""
    columns = (OVERDUE, WAITING)
    held = counted(rows, "service", lambda one: one.service, overdue)
    at = f"{BY_SERVICE} {SCOPE}"
    lines: list[tuple[Name, Sequence[Cell]]] = [
        (row, [page.put(cell(at, row, column), found[column]) for column in columns])
        for row, found in held.items()
    ]
    whole = [
        page.put(cell(SCOPE, ALL, column), sum(found[column] for found in held.values()))
        for column in columns
    ]
    page.table("without_answer", "service", columns, [*lines, (ALL, whole)])


def lay_gaps(page: Page, gaps: Mapping[Name, int]) -> None:
    """At how many places a thing was missing."""
    page.table("gaps", "thing", (word("places"),), [(name, [count]) for name, count in gaps.items()])


def lay_urgent(
    page: Page,
    told: Mapping[str, Said | None],
    settled: Mapping[tuple[str, str], bool],
    telling: frozenset[str],
) -> None:
    """Urgent needs, by need and case what was said, and what somebody wrote down about it (rules 1 and 2)."""
    columns = (MET, NOT_MET, OPEN)
    found: dict[Name, Counter[Name]] = {}
    gaps: dict[Name, Gap] = {}
    for need, said in told.items():
        row = Name("need", need)
        counts = found.setdefault(row, Counter())
        if said is None:
            gaps[row] = Gap.NOT_TOLD
        elif not any(said.values()):
            gaps[row] = Gap.NOT_ASKED
        for case, values in (said or {}).items():
            if not telling.isdisjoint(values):
                state = settled.get((case, need))
                counts[OPEN if state is None else MET if state else NOT_MET] += 1
    instead = {(row, column): gap for row, gap in gaps.items() for column in (*columns, ALL)}
    parts(page, "urgent_needs", "need", columns, found, scope="needs", instead=instead, down=False)


def _helped(page: Page, ledger: Iterable[tuple[str, str, str]]) -> None:
    best: dict[tuple[str, str], str] = {}
    for case, what, state in ledger:
        held = best.get((what, case), state)
        best[what, case] = min(held, state, key=_BEST.index)
    found: dict[Name, Counter[Name]] = {}
    for (what, _), state in sorted(best.items()):
        found.setdefault(Name("help", what), Counter())[_HELP[state]] += 1
    parts(page, "ledger", "help", tuple(_HELP.values()), found, scope="help", down=False)


def _not_given(page: Page, missing: Said) -> None:
    found = Counter(value for values in missing.values() for value in values)
    persons = {Name("list:help_given", value): count for value, count in found.items()}
    answers(
        page,
        "not_given",
        Name("question", "help_missing"),
        dict(sorted(persons.items())),
        answered=sum(map(bool, missing.values())),
        ends={word("not_asked"): sum(not values for values in missing.values())},
        several=True,
    )
