"""Protection rule 10: invented contacts never reach people. Somebody waits at a telephone that does not exist."""

import re
from dataclasses import replace
from datetime import date

import pytest

from fieldkit.content import directory as tables
from fieldkit.content.directory import Service
from fieldkit.domain.errors import PersonFault
from fieldkit.files import resources
from fieldkit.services import counsel, directory, local_inserts, refer, region
from fieldkit.services.errors import DeskFault
from fieldkit.services.in_force import SAMPLE
from fieldkit.services.vault import OpenVault
from tests.stories.desks import Desks, text_of
from tests.stories.people import AGREED, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened, somebody

# Numbers that no network gives to anybody: Ofcom's ranges for drama.
NOBODY_ANSWERS = re.compile(r"\+44 (?:1632 960|7700 900)\d{3}")


def samples(vault: OpenVault) -> tuple[Service, ...]:
    return tables.load_sample(resources(), vault.codebook)


def test_a_real_vault_begins_with_no_services_and_asks_for_five(desks: Desks) -> None:
    assert directory.all_services(desks.real) == ()
    assert directory.contacts_missing(desks.real) == 5
    for category in desks.real.codebook.categories:
        assert refer.services_for(desks.real, category) == ()


def test_every_contact_entered_counts_and_stands_alone(desks: Desks) -> None:
    for number in range(1, 6):
        real = Service(
            id=f"{number:032x}",
            name=f"Office {number}",
            name_on_paper=f"House {number}",
            kinds=("legal",),
            categories=("C01",),
            languages=("en",),
            hours="",
            place=f"Road {number}",
            hidden_address=False,
            phone="112",
            verified=date(2026, 3, 1),
        )
        directory.record_service(desks.real, real)
        assert directory.contacts_missing(desks.real) == 5 - number
        assert real in directory.all_services(desks.real)
    assert not any(service.sample for service in directory.all_services(desks.real))


def test_an_invented_contact_is_not_taken_into_a_directory(desks: Desks) -> None:
    for invented in samples(desks.real):
        with pytest.raises(PersonFault, match=r"directory\.invented"):
            directory.record_service(desks.real, invented)
    assert directory.all_services(desks.real) == ()


def test_a_real_vault_refuses_to_print_an_invented_contact_however_it_came_there(desks: Desks) -> None:
    vault = desks.real
    done = screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Omar Invented"), FEAR)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refer, "all_services", samples)
        referral = refer.refer(vault, done.case, "C01", "S02", safe_to_carry=True)
        patch.setattr(local_inserts, "all_services", samples)
        with pytest.raises(PersonFault, match=r"refer\.invented_contact"):
            refer.slip(vault, done.case, referral)
        assert not NOBODY_ANSWERS.search(text_of(counsel.leaflet(vault, "L01", "en")))


def test_a_leaflet_of_a_real_vault_has_a_line_to_write_on_instead(desks: Desks) -> None:
    paper = text_of(counsel.leaflet(desks.real, "L01", "ar"))
    assert "____" in paper
    assert not NOBODY_ANSWERS.search(paper)
    assert "invented" not in paper.lower()


def test_an_invented_contact_in_training_says_that_it_is_invented(desks: Desks) -> None:
    for service in directory.all_services(desks.training):
        assert service.sample
        assert "invented" in service.name_on_paper
        assert NOBODY_ANSWERS.fullmatch(service.phone)
    done = screened(desks.training, NO_URGENT_NEED, IN_PRIVATE, AGREED, FEAR)
    referral = refer.refer(desks.training, done.case, "C01", "S02", safe_to_carry=True)
    assert "(invented)" in text_of(refer.slip(desks.training, done.case, referral))
    hidden = replace(samples(desks.training)[3])
    assert hidden.hidden_address
    assert not hidden.place


def test_a_real_vault_uses_no_region_that_nobody_has_reviewed(desks: Desks) -> None:
    with pytest.raises(DeskFault, match=r"region\.not_training"):
        region.choose(desks.real, "gulf_of_aden")
    desks.real.belongings.put(SAMPLE, b"gulf_of_aden")  # somebody writes it there all the same
    desks.real.content_changed()
    try:
        assert region.here(desks.real) is None
        assert directory.all_services(desks.real) == ()
        assert region.steps_of(desks.real, "C06")[0].about.jurisdiction == "*"
    finally:
        desks.real.belongings.drop(SAMPLE)
        desks.real.content_changed()
