"""The first screening, filled in by the real form engine, with invented people."""

from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.content import codebook
from fieldkit.content.codebook import FactKind
from fieldkit.forms.authoring import convert_xlsform
from fieldkit.forms.definition import Form
from fieldkit.forms.reader import read_form
from fieldkit.forms.session import Session
from tests.content.shipped import RESOURCES
from tests.worlds import MORNING, CountedRandomness, HandClock

BOOK = codebook.load(RESOURCES)
PRIVATE = {"privacy/private_place": "yes", "privacy/nobody_listening": "yes"}


@pytest.fixture(scope="module")
def form() -> Form:
    return _form()


@cache
def _form() -> Form:
    content = (RESOURCES / "forms" / "screening.md").read_bytes()
    return read_form(convert_xlsform(content, "screening.md").xform)


def start(form: Form, answers: dict[str, str] | None = None) -> Session:
    session = Session(form, clock=HandClock(), randomness=CountedRandomness())
    for path, value in (answers or {}).items():
        session.set_value(f"/data/{path}", value)
    return session


def fact(session: Session, name: str) -> tuple[str, ...]:
    return session.facts([name]).get(name, ())


def faults(session: Session) -> list[str]:
    return [fault.ref for fault in session.faults()]


def test_nothing_is_answered_before_anybody_was_asked(form: Form) -> None:
    session = start(form)
    assert session.facts(BOOK.facts) == {"age_heard": ("no",)}
    assert faults(session) == []


def test_a_derived_fact_is_empty_while_nothing_is_known(form: Form) -> None:
    """So that a rule cannot take silence for an answer; `age_heard` speaks of the talk, not of the person."""
    derived = {name for name, fact in BOOK.facts.items() if fact.kind is FactKind.DERIVED}
    assert start(form).facts(derived - {"age_heard"}) == {}


def test_an_adult_by_word_and_a_child_by_birth_date_is_a_child(form: Form) -> None:
    session = start(form, {"person/age_years": "25", "person/birth_date": "2009-03-03"})
    assert fact(session, "age_by_birth_date") == ("16",)
    assert fact(session, "age_group") == ("under_18",)
    assert session.is_relevant("/data/person/doubt_means_child")
    assert faults(session) == []


def test_a_child_by_word_stays_one_whatever_the_birth_date_says(form: Form) -> None:
    session = start(form, {"person/age_years": "15", "person/birth_date": "1990-01-01"})
    assert fact(session, "age_group") == ("under_18",)
    assert session.is_relevant("/data/person/doubt_means_child")


@pytest.mark.parametrize(("born", "age"), [("2008-03-02", "18"), ("2008-03-03", "17"), ("2008-02-29", "18")])
def test_a_birthday_counts_from_the_day_itself(form: Form, born: str, age: str) -> None:
    """On 2 March 2026."""
    session = start(form, {"person/birth_date": born})
    assert fact(session, "age_by_birth_date") == (age,)


def test_not_sure_about_the_age_is_perhaps_a_child(form: Form) -> None:
    assert fact(start(form, {"person/age_band": "not_sure"}), "age_group") == ("perhaps_child",)


def test_the_band_is_asked_only_when_the_years_are_not_known(form: Form) -> None:
    session = start(form, {"person/age_band": "18_to_59"})
    assert fact(session, "age_group") == ("adult",)
    session.set_value("/data/person/age_years", "66")
    assert not session.is_relevant("/data/person/age_band")
    assert fact(session, "age_group") == ("older",)


@pytest.mark.parametrize(
    ("who", "opens"),
    [
        ({"privacy/interpreted": "nobody"}, True),
        ({"privacy/interpreted": "interpreter", "privacy/interpreter_undertaking": "yes"}, True),
        ({"privacy/interpreted": "interpreter", "privacy/interpreter_undertaking": "no"}, False),
        ({"privacy/interpreted": "interpreter"}, False),
        ({"privacy/interpreted": "companion"}, False),
        ({"privacy/interpreted": "child"}, False),
        ({"privacy/interpreted": "arrival"}, False),
        ({}, False),
    ],
)
def test_through_whom_the_private_part_opens(form: Form, who: dict[str, str], opens: bool) -> None:
    session = start(form, PRIVATE | who)
    assert session.is_relevant("/data/private/harm") is opens
    assert session.is_relevant("/data/closing/private_planned") is not opens


@pytest.mark.parametrize("missing", PRIVATE)
def test_without_a_private_place_the_private_part_stays_closed(form: Form, missing: str) -> None:
    answers = PRIVATE | {"privacy/interpreted": "nobody", missing: "no"}
    session = start(form, answers)
    assert not session.is_relevant("/data/private/harm")
    assert session.is_relevant("/data/closing/again_when")


def test_a_private_answer_is_not_a_fact_once_the_place_is_no_longer_private(form: Form) -> None:
    session = start(form, PRIVATE | {"privacy/interpreted": "nobody", "private/harm": "hurt"})
    assert fact(session, "harm") == ("hurt",)
    session.set_value("/data/privacy/interpreted", "companion")
    assert fact(session, "harm") == ()


def test_fear_is_heard_from_every_section(form: Form) -> None:
    session = start(form, {"urgent/fear_mentioned": "yes", "closing/fear_mentioned": "no"})
    assert fact(session, "fear_mentioned") == ("yes", "no")


def test_saying_no_to_every_recipient_closes_nothing(form: Form) -> None:
    session = start(form)
    before = [question.ref for question in session.all_questions()]
    for recipient in BOOK.recipients.values():
        session.set_value(f"/data/agreement/{recipient.agreement}", "no")
    assert [question.ref for question in session.all_questions()] == before


def test_the_cascade_narrows_from_country_to_place(form: Form) -> None:
    session = start(form, {"journey/origin_country": "DJ"})
    regions = [choice.value for choice in session.choices("/data/journey/origin_region")]
    assert "DJ-OB" in regions and regions[-1] == "other" and "ER-AN" not in regions
    session.set_value("/data/journey/origin_region", "DJ-OB")
    places = [choice.value for choice in session.choices("/data/journey/origin_place")]
    assert places == ["DJ-OB-1", "DJ-OB-2", "other"]


def test_a_country_without_regions_asks_for_no_region(form: Form) -> None:
    session = start(form, {"journey/origin_country": "KE"})
    assert not session.is_relevant("/data/journey/origin_region")
    assert not session.is_relevant("/data/journey/origin_words")


def test_a_place_nobody_listed_is_told_in_words(form: Form) -> None:
    session = start(form, {"journey/origin_country": "other"})
    assert session.is_relevant("/data/journey/origin_words")
    assert not session.is_relevant("/data/journey/origin_region")


def test_no_nationality_is_offered_for_nationality_only(form: Form) -> None:
    session = start(form, {"why/fear_return": "perhaps"})
    assert {"none", "unclear"} <= {choice.value for choice in session.choices("/data/person/nationality")}
    feared = {choice.value for choice in session.choices("/data/why/feared_country")}
    assert feared.isdisjoint({"none", "unclear"}) and "other" in feared


def test_a_family_is_written_person_by_person(form: Form) -> None:
    session = start(form)
    repeat = "/data/family_group/family"
    for number, (relation, place) in enumerate([("child", "here"), ("parent", "home")], start=1):
        if f"{repeat}[{number}]/member_relation" not in {q.ref for q in session.all_questions()}:
            session.add_row(repeat)
        session.set_value(f"{repeat}[{number}]/member_relation", relation)
        session.set_value(f"{repeat}[{number}]/member_place", place)
    assert fact(session, "member_relation") == ("child", "parent")
    assert session.is_relevant(f"{repeat}[1]/member_carer")
    assert not session.is_relevant(f"{repeat}[2]/member_carer")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("person/age_years", "121"),
        ("person/age_years", "-1"),
        ("person/birth_date", "2026-03-03"),
        ("journey/arrival_date", "2030-01-01"),
        ("health/health_needs", "none ill"),
        ("family_group/children_needs", "no_child school"),
        ("information/information_how", "spoken not_told"),
    ],
)
def test_what_cannot_be_is_named_and_kept(form: Form, path: str, value: str) -> None:
    session = start(form, {path: value})
    assert faults(session) == [f"/data/{path}"]
    assert sorted(session.value(f"/data/{path}").split()) == sorted(value.split())


AGES = st.none() | st.integers(min_value=0, max_value=120)
BIRTHS = st.none() | st.dates(min_value=date(1920, 1, 1), max_value=MORNING.date())
BANDS = st.sampled_from(["", "under_18", "18_to_59", "60_or_more", "not_sure"])


@given(AGES, BIRTHS, BANDS)
def test_whatever_says_child_wins(years: int | None, born: date | None, band: str) -> None:
    """Law: one answer that says child makes a child; no answer at all says nothing (`protection.md` 1, 9)."""
    answers = {
        "person/age_band": band,
        "person/age_years": "" if years is None else str(years),
        "person/birth_date": born.isoformat() if born else "",
    }
    session = start(_form(), answers)
    today = MORNING.date()
    by_birth = (
        None if born is None else today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    )
    heard_band = band if years is None else ""
    said = [age for age in (years, by_birth) if age is not None]
    if any(age < 18 for age in said) or heard_band == "under_18":
        expected: tuple[str, ...] = ("under_18",)
    elif heard_band == "not_sure":
        expected = ("perhaps_child",)
    elif any(age >= 60 for age in said) or heard_band == "60_or_more":
        expected = ("older",)
    else:
        expected = ("adult",) if said or heard_band else ()
    assert fact(session, "age_group") == expected
    assert fact(session, "age_heard") == (("yes",) if expected else ("no",))
