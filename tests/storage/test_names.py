"""Somebody is found again by name, however it is spelled; what went is found nowhere. All names are invented."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldkit.content import codebook
from fieldkit.domain.ids import new_id
from fieldkit.files import resources
from fieldkit.storage.kinds_names import TOLD_NAMES
from fieldkit.storage.names import look_up
from fieldkit.storage.projections import rebuild
from tests.storage.desks import OFFICER, Desk
from tests.storage.payloads import PAYLOADS

NAMES = ("Yusuf al-Musafir (invented)", "آمنة المخترعة", "Tesfay Invented", "Zoë Ñandú-Invented")


@pytest.fixture
def cases(desk: Desk) -> dict[str, str]:
    """A case for each name."""
    return {name: told(desk, name) for name in NAMES}


def told(desk: Desk, *names: str) -> str:
    case = new_id(desk.randomness)
    payload: dict[str, Any] = {**PAYLOADS["submission.kept"], "facts": {"name_told": list(names)}}
    desk.journal.append(actor=OFFICER, subject=f"case/{case}", kind="submission.kept", payload=payload)
    return case


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("yus", NAMES[0]),
        ("musafir yusuf", NAMES[0]),
        ("Yousef", NAMES[0]),
        ("يوسف", NAMES[0]),
        ("Amina", NAMES[1]),
        ("آم", NAMES[1]),
        ("ተስፋይ", NAMES[2]),
        ("zoe nandu", NAMES[3]),
    ],
)
def test_a_name_is_found_as_it_was_written_and_as_it_may_be_spelled(
    desk: Desk, cases: dict[str, str], typed: str, name: str
) -> None:
    assert cases[name] in [found.case for found in look_up(desk.database, typed)]


def test_what_was_typed_comes_before_what_sounds_alike(desk: Desk) -> None:
    alike, typed = told(desk, "Mahmoud Invented"), told(desk, "Mohammed Invented")
    assert [one.case for one in look_up(desk.database, "mohammed")] == [typed, alike]


def test_a_case_with_several_names_is_found_once(desk: Desk) -> None:
    case = told(desk, "Amina Invented", "Aminata Invented")
    assert [one.case for one in look_up(desk.database, "amin")] == [case]


def test_no_more_than_asked_for(desk: Desk) -> None:
    for number in range(8):
        told(desk, f"Amina Invented-{number}")
    assert len(look_up(desk.database, "amina", limit=5)) == 5


def test_what_was_erased_is_not_found_and_its_words_stand_nowhere(desk: Desk, cases: dict[str, str]) -> None:
    assert _index_holds(desk, b"tesfay")
    (entry, _), *_ = desk.journal.about(f"case/{cases[NAMES[2]]}")
    desk.journal.erase([entry.payload])
    assert look_up(desk.database, "tesfay") == ()
    assert not _index_holds(desk, b"tesfay")
    assert look_up(desk.database, "yusuf")


def test_rebuilding_finds_the_same(desk: Desk, cases: dict[str, str]) -> None:
    rebuild(desk.database)
    rebuild(desk.database, f"case/{cases[NAMES[0]]}")
    for name, case in cases.items():
        assert case in [one.case for one in look_up(desk.database, name)]
    assert desk.database.number("SELECT COUNT(*) FROM names") == len(NAMES)


@given(typed=st.text(max_size=60))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_no_query(desk: Desk, typed: str) -> None:
    assert isinstance(look_up(desk.database, typed), tuple)


NOT_SEARCHED = {"lost_name", "sought_name", "message_name"}
"""Who is missing, looked for or written to: a match is for the tracing role alone (`protection.md` 14)."""


def test_the_codebook_has_no_other_names() -> None:
    facts = codebook.load(resources()).facts.values()
    kept = {fact.name for fact in facts if fact.kind == "text" and "name" in fact.name.split("_")}
    assert kept == {*TOLD_NAMES, *NOT_SEARCHED}
    assert NOT_SEARCHED.isdisjoint(TOLD_NAMES)


def _index_holds(desk: Desk, word: bytes) -> bool:
    blocks = desk.database.rows("SELECT block FROM names_found_data")
    return any(word in block[0].lower() for block in blocks)
