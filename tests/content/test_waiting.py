"""How long somebody may wait: the shortest row that applies, and who answers for it."""

from pathlib import Path

import pytest

from fieldkit.content import codebook, waiting
from fieldkit.content.faults import ContentFault
from fieldkit.domain.shelf import Shelf
from fieldkit.domain.waiting import Limit
from fieldkit.files import resources

HEAD = "step,category,country,hours,source,reviewed_by,reviewed_on\n"


def limits(*rows: str) -> waiting.Limits:
    table = (HEAD + "\n".join(rows) + "\n").encode()
    shelf = Shelf(Path(resources()), {"codebook/waiting.csv": table})
    return waiting.load(shelf, codebook.load(resources()))


def test_no_shipped_number_pretends_that_somebody_answers_for_it() -> None:
    shipped = waiting.load(resources(), codebook.load(resources()))
    assert {rule.step for rule in shipped.rules} == set(Limit)
    assert all(rule.reviewed_on is None and rule.source for rule in shipped.rules)


def test_the_row_that_names_more_comes_first_and_of_several_the_shortest_counts() -> None:
    held = limits(
        "referral,*,*,24,a proposal,,",
        "referral,*,SO,48,a law (invented),A. Lawyer,2026-03-01",
        "referral,C06,*,0,at once,,",
        "referral,C01,SO,8,a law (invented),,",
    )

    def hours(country: str, *categories: str) -> int | None:
        rule = held.shortest(Limit.REFERRAL, categories, country)
        return rule.hours if rule else None

    assert hours("KE") == 24
    assert hours("SO") == 48
    assert hours("SO", "C01") == 8
    assert hours("SO", "C01", "C06") == 0
    assert hours("SO", "C77") == 48, "a category of a newer table has the row of all"
    assert held.shortest(Limit.SCREENING, (), "SO") is None, "no row, no limit"


@pytest.mark.parametrize(
    "row",
    [
        "boarding,*,*,1,x,,",
        "referral,C99,*,1,x,,",
        "referral,*,Nowhere,1,x,,",
        "referral,*,*,,x,,",
        "referral,*,*,1,x,A. Lawyer,",
        "referral,*,*,1,,,",
    ],
)
def test_a_row_that_cannot_be_is_refused(row: str) -> None:
    with pytest.raises(ContentFault):
        limits(row)
