"""The directory of a post: what is kept of a service, and what two people's different words come to."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldkit.content.directory import STALE_AFTER, Service, read_services
from fieldkit.content.faults import ContentFault
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.ports import JsonObject
from fieldkit.services import consulates, counsel, directory, refer
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
    mandate="Health ministry (invented)",
    groups="Everybody, children first",
    ask_for="The nurse on duty",
    nationals=True,
)
CONSULATE = replace(
    CLINIC,
    id="f3" * 16,
    name="Consulate of Kenya (invented)",
    kinds=("consulate",),
    categories=(),
    country="KE",
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
        ({"categories": ("C11", "C77")}, "directory.not_in_list"),
        ({"kinds": ("health", "spaceships")}, "directory.not_in_list"),
        ({"country": "KE"}, "directory.consulate"),
        ({"kinds": ("consulate",), "categories": ()}, "directory.consulate"),
        ({"kinds": ("consulate",), "country": "KE"}, "directory.consulate"),
        ({"kinds": ("consulate",), "categories": (), "country": "Kenya"}, "directory.not_in_list"),
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


def test_a_consulate_is_listed_and_nobody_is_referred_there(real: OpenVault) -> None:
    """N-088: it stands in the list with its country; no pathway leads to it, and no leaflet names it."""
    record_service(real, CONSULATE)
    assert consulates.listed(real) == consulates.listed(real, "KE") == (CONSULATE,)
    assert not any(CONSULATE in refer.services_for(real, category) for category in real.codebook.categories)


def test_an_entry_of_before_is_readable_and_what_a_newer_laptop_wrote_stays(real: OpenVault) -> None:
    about = subject("service", "f4" * 16)
    old: JsonObject = {
        "name": "Old desk (invented)",
        "name_on_paper": "House 9",
        "kinds": ["legal", "newer_kind"],
    }
    told: JsonObject = {**old, "categories": ["C01", "C77"], "phone": "1", "motto": "something newer"}
    real.journal.append_many("somebody", [Change(about, "service.recorded", {"fields": told})])
    before = held(real, "f4" * 16)
    assert (before.mandate, before.groups, before.ask_for, before.nationals) == ("", "", "", None)
    record_service(real, replace(before, mandate="State (invented)", nationals=False))
    after = held(real, "f4" * 16)
    assert (after.mandate, after.nationals, after.categories) == ("State (invented)", False, ("C01", "C77"))
    record_service(real, replace(after, mandate="", nationals=None))
    assert held(real, "f4" * 16) == before, "a line can be emptied again"


def test_a_table_with_and_one_without_the_newer_columns_are_read(tmp_path: Path, real: OpenVault) -> None:
    old = "id,name,name_on_paper,kinds,categories,languages,hours,place,hidden_address,phone,verified,sample"
    (tmp_path / "old.csv").write_text(f"{old}\nA,Desk,House 1,legal,C01,en,,,no,1,,no\n", encoding="utf-8")
    new = f"{old},mandate,groups,ask_for,nationals,country"
    row = "B,Consulate,House 2,consulate,,en,,,no,1,,no,State,,,no,KE"
    (tmp_path / "new.csv").write_text(f"{new}\n{row}\n", encoding="utf-8")
    (before,) = read_services(tmp_path / "old.csv", real.codebook)
    (after,) = read_services(tmp_path / "new.csv", real.codebook)
    assert (before.nationals, before.country) == (None, "")
    assert (after.mandate, after.nationals, after.country) == ("State", False, "KE")
    (tmp_path / "bad.csv").write_text(f"{new}\n{row[:-2]}\n", encoding="utf-8")
    with pytest.raises(ContentFault, match=r"content\.consulate"):
        read_services(tmp_path / "bad.csv", real.codebook)


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
