"""The directory of a post: what is kept of a service, and what two people's different words come to."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldkit.content.directory import STALE_AFTER, Service
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.ports import JsonObject
from fieldkit.services import counsel, directory
from fieldkit.services.directory import all_services, record_service
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import Change
from fieldkit.storage.projections import conflicts
from tests.conftest import MakeVault
from tests.stories.desks import text_of
from tests.stories.offices import open_post

CLINIC = Service(
    id="f1" * 16,
    name="Clinic by the river (invented)",
    name_on_paper="House 3 (invented)",
    kinds=("health",),
    categories=("C11", "C09"),
    languages=("en", "ti"),
    hours="Every day",
    place="River Road 3 (invented)",
    hidden_address=False,
    phone="+44 1632 960199",
    verified=date(2026, 2, 1),
)
LINE = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> OpenVault:
    """A vault in which only what a test records stands."""
    return open_post(tmp_path_factory.mktemp("real") / "vault", "Real post (invented)", training=False)


def held(vault: OpenVault, service: str) -> Service:
    return next(found for found in all_services(vault) if found.id == service)


def test_a_service_is_kept_as_it_was_entered(real: OpenVault) -> None:
    record_service(real, CLINIC)
    assert held(real, CLINIC.id) == CLINIC


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=LINE.filter(str.strip),
    on_paper=LINE.filter(str.strip),
    hours=LINE,
    place=LINE,
    hidden=st.booleans(),
    verified=st.none() | st.dates(),
)
def test_whatever_is_entered_comes_back(
    real: OpenVault, name: str, on_paper: str, hours: str, place: str, hidden: bool, verified: date | None
) -> None:
    entered = replace(
        CLINIC,
        name=name,
        name_on_paper=on_paper,
        hours=hours,
        place="" if hidden else place,
        hidden_address=hidden,
        verified=verified,
    )
    record_service(real, entered)
    assert held(real, CLINIC.id) == entered
    assert len([service for service in all_services(real) if service.id == CLINIC.id]) == 1
    assert conflicts(real.database, subject("service", CLINIC.id)) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "directory.name_missing"),
        ({"name_on_paper": ""}, "directory.name_missing"),
        ({"sample": True}, "directory.invented"),
        ({"hidden_address": True}, "directory.hidden_place"),
    ],
)
def test_what_is_refused_leaves_the_directory_as_it_was(
    post: OpenVault, change: dict[str, object], code: str
) -> None:
    before = all_services(post), post.journal.heads()
    with pytest.raises(PersonFault) as refused:
        record_service(post, replace(CLINIC, **change))  # type: ignore[arg-type]
    assert refused.value.code == code
    assert (all_services(post), post.journal.heads()) == before


@pytest.mark.parametrize("hidden_first", [True, False])
def test_of_two_words_on_an_address_the_hidden_one_counts_in_either_order(
    make_vault: MakeVault, hidden_first: bool
) -> None:
    vault, about = make_vault(training=False), subject("service", CLINIC.id)
    hidden: JsonObject = {"fields": {"name": "A", "hidden_address": True, "place": ""}}
    open_: JsonObject = {"fields": {"name": "A", "hidden_address": False, "place": "Road 1"}}
    both = (hidden, open_) if hidden_first else (open_, hidden)
    vault.journal.append_many("somebody", [Change(about, "service.recorded", fields) for fields in both])
    assert held(vault, CLINIC.id).place == ""
    assert held(vault, CLINIC.id).hidden_address
    record_service(vault, CLINIC)
    assert held(vault, CLINIC.id) == CLINIC, "somebody settled it, seeing both"


def test_five_contacts_are_asked_for_and_then_no_more(make_vault: MakeVault) -> None:
    vault = make_vault(training=False)
    for number in range(7):
        assert directory.contacts_missing(vault) == max(0, 5 - number)
        record_service(vault, replace(CLINIC, id=f"{number:032x}"))
    assert directory.contacts_missing(make_vault(training=True)) == 0


def test_a_service_that_nobody_asked_for_half_a_year_says_so() -> None:
    assert replace(CLINIC, verified=None).is_stale(date(2026, 3, 2))
    assert not CLINIC.is_stale(CLINIC.verified + STALE_AFTER if CLINIC.verified else date.max)
    assert CLINIC.is_stale(date(2026, 12, 1))


def test_a_leaflet_says_who_helps_where_and_when(real: OpenVault) -> None:
    kitchen = replace(CLINIC, id="f2" * 16, name="Kitchen for refugees (invented)", kinds=("food",))
    record_service(real, kitchen)
    paper = text_of(counsel.leaflet(real, "L03", "en")).replace("\u00a0", " ")
    (line,) = [line for line in paper.splitlines() if line.startswith("Water and food:")]
    for said in (kitchen.name_on_paper, kitchen.phone, kitchen.place, kitchen.hours):
        assert said in line
    assert kitchen.name not in paper
