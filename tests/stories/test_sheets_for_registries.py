"""A birth and a death go to the civil registry on a sheet: what was told, and empty lines (R-096, R-011)."""

import pytest

from fieldkit.domain.document import Box
from fieldkit.domain.errors import PersonFault
from fieldkit.services import civil_sheets, intake, issued, issued_pages
from fieldkit.services.case_file import read_case
from fieldkit.services.civil_sheets import THE_PERSON, Sheet
from fieldkit.services.issued import PaperKind, Wish
from fieldkit.services.vault import OpenVault
from tests.stories.desks import Desks, text_of
from tests.stories.people import AGREED, FEAR, HURT, IN_PRIVATE, NO_URGENT_NEED, Told, answer_all
from tests.stories.test_protection_papers import CODE, telling

MOTHER: Told = {"name_told": "Hana Invented", "sex": "female", "age_years": "27", "nationality": "ER"}


def mother(vault: OpenVault) -> str:
    """Somebody who fears to go back, was hurt, and came with a baby born on the way."""
    interview = intake.begin(vault, "screening", officer_language="fr", person_language="ar")
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, AGREED, MOTHER, {"alone": "no", "with_whom": "child"})
    for place, name, age, relation in (
        (1, "Noor Invented", "0", "child"),
        (2, "Omar Invented", "31", "partner"),
    ):
        interview.add_row("/data/family_group/family")
        for question, value in (("name", name), ("relation", relation), ("age", age), ("place", "here")):
            interview.answer(f"/data/family_group/family[{place}]/member_{question}", value)
    answer_all(interview, FEAR, HURT)
    return intake.finish(vault, interview).case


def made(vault: OpenVault, case: str, kind: PaperKind, about: str) -> str:
    wish = Wish(kind, ("ar", "fr"), safe_to_carry=True, about=about)
    document = issued.issue(vault, case, wish)
    return text_of(issued_pages.page(vault, case, document, safe_to_carry=True))


def test_a_child_born_on_the_way_has_a_sheet_for_the_registry(desks: Desks) -> None:
    vault = desks.training
    case = mother(vault)
    person, baby = civil_sheets.births(vault, case)
    assert (person.key, person.name, baby.name) == (THE_PERSON, "Hana Invented", "Noor Invented")
    said = made(vault, case, PaperKind.BIRTH, baby.key)
    assert "Noor Invented" in said
    assert "Hana Invented" in said, "the mother, who told it"
    assert "Omar" not in said, "a partner is not taken for the father: that line stays empty"
    kept = issued.papers(vault, case)[-1]
    assert kept.facts == {"about": baby.key}, "no answer is kept a second time"


def test_no_category_no_reason_no_country_and_no_number_stand_beside_a_name(desks: Desks) -> None:
    vault = desks.training
    case = mother(vault)
    baby = civil_sheets.births(vault, case)[1]
    said = made(vault, case, PaperKind.BIRTH, baby.key)
    assert [why for why in telling(vault, "fr", "ar") if why in said] == []
    assert not CODE.search(said)
    number = read_case(vault.journal, case).number
    for word in (number, "ritr", "إريتريا"):
        assert word not in said
    with pytest.raises(PersonFault, match=r"record\.not_safe_to_carry"):
        issued.issue(vault, case, Wish(PaperKind.BIRTH, ("fr",), about=baby.key))


def test_what_nobody_knows_is_an_empty_line(desks: Desks) -> None:
    vault = desks.training
    case = mother(vault)
    person, baby = civil_sheets.births(vault, case)
    lines = {}
    for one in (person, baby):
        page = civil_sheets.document(vault, case, ("fr", "ar"), one.key, Sheet.BIRTH)
        lines[one.key] = sum(isinstance(block, Box) for block in page.blocks)
        assert page.draft_notice or "fr" in page.language
    assert lines[baby.key] == lines[person.key], "a known mother instead of a known sex"
    with pytest.raises(PersonFault, match=r"sheet\.nobody"):
        civil_sheets.document(vault, case, ("fr",), "nobody", Sheet.BIRTH)


def told_of(vault: OpenVault, state: str, tell: str) -> str:
    """Somebody tells of a brother; `tell` says who may be told."""
    interview = intake.begin(vault, "deceased_missing", officer_language="fr", person_language="ar")
    answer_all(interview, NO_URGENT, IN_PRIVATE, AGREED)
    interview.add_row("/data/lost_people/lost")
    row = "/data/lost_people/lost[1]/"
    for name, value in {
        "lost_state": state,
        "lost_name": "Sami Invented",
        "lost_relation": "sibling",
        "lost_country": "ER",
        "lost_place": "by the invented wells",
        "lost_buried": "yes",
        "lost_grave": "under the invented tree",
    }.items():
        interview.answer(row + name, value)
    answer_all(interview, {"lost_tell": tell})
    return intake.finish(vault, interview).case


NO_URGENT: Told = {"urgent_medical": "no", "died_or_missing": "yes"}


def test_a_death_has_a_sheet_when_the_local_authority_may_be_told(desks: Desks) -> None:
    vault = desks.training
    case = told_of(vault, "died", "family local")
    (sami,) = civil_sheets.deaths(vault, case)
    said = made(vault, case, PaperKind.DEATH, sami.key)
    for word in ("Sami Invented", "by the invented wells", "under the invented tree"):
        assert word in said
    assert "ritr" not in said
    assert not CODE.search(said)


@pytest.mark.parametrize(
    ("state", "tell"), [("missing", "family local"), ("perhaps", "local"), ("died", "family")]
)
def test_nobody_who_is_missing_is_put_on_a_sheet_of_the_dead_and_nothing_goes_past_a_wish(
    desks: Desks, state: str, tell: str
) -> None:
    vault = desks.training
    case = told_of(vault, state, tell)
    assert civil_sheets.deaths(vault, case) == ()
    with pytest.raises(PersonFault, match=r"sheet\.nobody"):
        issued.issue(vault, case, Wish(PaperKind.DEATH, ("fr",), safe_to_carry=True, about="x"))


def test_who_is_missing_stands_on_a_sheet_for_the_service_that_may_be_told(desks: Desks) -> None:
    """R-011: the data for tracing, and nothing of a death."""
    vault = desks.training
    case = told_of(vault, "missing", "search")
    assert civil_sheets.deaths(vault, case) == ()
    (sami,) = civil_sheets.lost(vault, case, Sheet.SEARCH)
    said = made(vault, case, PaperKind.SEARCH, sami.key)
    assert "Sami Invented" in said
    assert "by the invented wells" in said
    for word in ("under the invented tree", "ritr", read_case(vault.journal, case).number):
        assert word not in said
    assert civil_sheets.lost(vault, told_of(vault, "missing", "family local"), Sheet.SEARCH) == ()
