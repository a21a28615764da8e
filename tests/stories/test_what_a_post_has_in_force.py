"""Headquarters sees which post works with which content pack, rules and approved forms, as its last bundle said."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fieldkit.content.form_roles import FormKind
from fieldkit.services import devices, exchange, forms_held
from fieldkit.services.devices import Shown
from fieldkit.services.in_force import KnownPack, Packs
from fieldkit.services.vault import OpenVault
from fieldkit.storage.projections import rebuild
from tests.stories import offices
from tests.stories.offices import Office, carry
from tests.stories.people import AGREED, IN_PRIVATE, NO_URGENT_NEED, screened, somebody


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = offices.found(tmp_path / "office", "Counting Packs Service (invented)")
    yield made
    made.vault.close()


@pytest.fixture
def post(tmp_path: Path, office: Office) -> Iterator[OpenVault]:
    made = offices.open_post(tmp_path / "post", "Pack post (invented)")
    offices.enrol(made, office)
    yield made
    made.close()


def shown(office: Office) -> Shown:
    (one,) = devices.overview(office.vault)
    return one


def send(post: OpenVault, office: Office, stick: Path) -> None:
    screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Amaru Testperson"))
    carry(post, office, stick)


def test_before_the_first_bundle_nothing_is_said(office: Office, post: OpenVault) -> None:
    assert shown(office).content is None


def test_a_post_without_a_pack_works_with_what_the_program_came_with(
    office: Office, post: OpenVault, tmp_path: Path
) -> None:
    send(post, office, tmp_path)
    told = shown(office).content
    assert told is not None
    assert (told.pack, told.day) == ("", "2026-03-02")
    assert told.forms == exchange.forms_mark(office.vault), "the same forms as at headquarters"
    assert told.rules == exchange.rules_mark(office.vault)


def test_a_newer_pack_shows_with_the_next_bundle_and_after_everything_is_rebuilt(
    office: Office, post: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(post, office, tmp_path)
    day = post.world.today()
    pack = KnownPack(7, "Rainy season (invented)", day, day, "", None, day)
    with monkeypatch.context() as patch:
        patch.setattr(Packs, "in_force", property(lambda _: pack))
        patch.setattr(exchange, "forms_mark", lambda _: "0" * 16)
        send(post, office, tmp_path)
    told = shown(office).content
    assert told is not None and told.pack == "7"
    assert told.forms != exchange.forms_mark(office.vault)
    rebuild(office.vault.database)
    assert shown(office).content == told


def test_the_mark_of_the_forms_changes_with_a_version_and_not_with_a_survey(
    post: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, offered = exchange.forms_mark(post), forms_held.offered_forms(post)
    survey = replace(offered[0], id="wells", kind=FormKind.SURVEY)
    monkeypatch.setattr(forms_held, "offered_forms", lambda _: (*offered, survey))
    assert exchange.forms_mark(post) == before
    newer = replace(offered[0], version="99999")
    monkeypatch.setattr(forms_held, "offered_forms", lambda _: (newer, *offered[1:]))
    assert exchange.forms_mark(post) != before
