"""Days until a child has a guardian: the row that names the country, and who answers for it."""

from pathlib import Path

import pytest

from fieldkit.content import child_limits, codebook
from fieldkit.content.child_limits import ChildStep
from fieldkit.content.faults import ContentFault
from fieldkit.domain.shelf import Shelf
from fieldkit.files import resources

HEAD = "step,country,days,source,reviewed_by,reviewed_on\n"
BOOK = codebook.load(resources())


def limits(*rows: str) -> child_limits.ChildLimits:
    table = (HEAD + "\n".join(rows) + "\n").encode()
    return child_limits.load(Shelf(Path(resources()), {"codebook/child_limits.csv": table}), BOOK)


def test_no_shipped_number_pretends_that_somebody_answers_for_it() -> None:
    shipped = child_limits.load(resources(), BOOK)
    assert {row.step for row in shipped.rows} == set(ChildStep)
    assert all(row.reviewed_on is None and row.source for row in shipped.rows)


def test_the_row_of_the_country_comes_first_and_without_a_row_there_is_no_limit() -> None:
    held = limits("guardian,*,7,a proposal,,", "guardian,SO,3,a law (invented),A. Lawyer,2026-03-01")
    days = {place: held.of(ChildStep.GUARDIAN, place) for place in ("SO", "KE")}
    assert {place: row.days for place, row in days.items() if row} == {"SO": 3, "KE": 7}
    assert held.of(ChildStep.ASSESSMENT, "SO") is None


@pytest.mark.parametrize(
    "row",
    [
        "schooling,*,1,x,,",
        "guardian,Nowhere,1,x,,",
        "guardian,*,,x,,",
        "guardian,*,-1,x,,",
        "guardian,*,1,x,A. Lawyer,",
        "guardian,*,1,,,",
    ],
)
def test_a_row_that_cannot_be_is_refused(row: str) -> None:
    with pytest.raises(ContentFault):
        limits(row)
