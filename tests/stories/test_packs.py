"""Content packs: headquarters makes one, two people sign it, a post takes it in from a stick.

Keys, phrases, forms and offices are invented.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest

from fieldkit import files as shipped
from fieldkit.content.form_roles import FormKind
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.access import Role
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import FieldkitError, PersonFault
from fieldkit.services import (
    administer,
    counsel,
    directory,
    exchange,
    forms_held,
    importing,
    packs,
)
from fieldkit.services.vault import OpenVault, SignIn
from tests.conftest import PHRASE
from tests.stories import offices
from tests.stories.desks import only_as, text_of
from tests.stories.offices import clock_of
from tests.stories.packs import (
    SERVICES,
    TODAY,
    Makers,
    a_form,
    makers,
    phrases_cost_little,
    post,
    refusal,
    source,
)
from tests.worlds import MORNING, world

__all__ = ["makers", "phrases_cost_little", "post", "source"]


def noted(vault: OpenVault, number: int) -> list[str]:
    return [entry.kind for entry, _ in vault.journal.about(subject("content pack", str(number)))]


def test_a_pack_goes_from_headquarters_to_a_post(makers: Makers, post: OpenVault, source: Path) -> None:
    before = post.rules.version
    folder = makers.laid_out(source)
    assert refusal(post, folder) == "pack.not_signed"
    makers.signed(folder, 0)
    assert refusal(post, folder) == "pack.not_signed", "one person alone makes no pack"
    makers.signed(folder, 2)
    looked = packs.look(post, folder)
    assert (looked.manifest.title, looked.forms, looked.waits) == ("Spring content", ("water_points",), False)
    assert packs.state(post).in_force is None, "looking keeps nothing"
    taken = packs.accept(post, folder)
    assert packs.state(post).in_force == taken
    assert post.rules.version != before
    assert packs.rules_of(post, post.rules.version) == 1
    assert packs.rules_of(post, before) is None
    assert noted(post, 1) == ["pack.accepted", "pack.began"]
    assert packs.state(makers.vault).in_force is not None, "headquarters works with what it signed"


def test_a_form_becomes_a_protection_form_only_through_a_signed_pack(
    makers: Makers, post: OpenVault, source: Path
) -> None:
    administer.install_form(post, a_form("2"), "water_points.xlsx")
    assert kind_of(post) is FormKind.SURVEY
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    assert kind_of(post) is FormKind.PROTECTION
    held = forms_held.hold(post, "water_points")
    assert (held.form.version, held.kind) == ("3", FormKind.PROTECTION)
    assert forms_held.hold(post, "water_points", "2").kind is FormKind.SURVEY, "the survey's drafts go on"
    with pytest.raises(FieldkitError) as caught:
        administer.install_form(post, a_form("4"), "water_points.xlsx")
    assert caught.value.code == "form.built_in_id"
    only_as(post, Role.OFFICER)
    assert not next(form for form in forms_held.offered_forms(post) if form.id == "water_points").allowed


def kind_of(vault: OpenVault) -> FormKind:
    return next(form.kind for form in forms_held.offered_forms(vault) if form.id == "water_points")


def test_old_versions_stay_for_what_was_begun_with_them(
    makers: Makers, post: OpenVault, source: Path
) -> None:
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    first = post.rules.version
    (source / "forms" / "water_points.xlsx").write_bytes(a_form("5"))
    (source / "codebook" / "rules.csv").unlink()
    packs.accept(post, makers.signed(makers.laid_out(source), 1, 2))
    assert forms_held.hold(post, "water_points").form.version == "5"
    assert forms_held.hold(post, "water_points", "3").form.version == "3"
    assert packs.rules_of(post, first) == 1
    assert [pack.number for pack in packs.state(post).earlier] == [1]


def test_a_pack_waits_for_its_day_by_the_laptops_clock(makers: Makers, post: OpenVault, source: Path) -> None:
    folder = makers.signed(makers.laid_out(source, waits=10), 0, 1)
    before = post.rules.version
    assert packs.look(post, folder).waits
    packs.accept(post, folder)
    assert packs.state(post).in_force is None
    assert [pack.active_from for pack in packs.state(post).waiting] == [TODAY + timedelta(days=10)]
    assert post.rules.version == before
    clock_of(post).turn(days=10)
    in_force = packs.state(post).in_force
    assert in_force is not None and in_force.began == TODAY + timedelta(days=10)
    assert post.rules.version != before
    clock_of(post).turn(days=-4000)
    assert packs.state(post).in_force == in_force, "a clock that is set back takes nothing away"


def test_it_begins_at_sign_in(makers: Makers, post: OpenVault, source: Path, tmp_path: Path) -> None:
    packs.accept(post, makers.signed(makers.laid_out(source, waits=2), 0, 1))
    person = post.person.id
    post.close()
    later = world("later", MORNING + timedelta(days=3))
    again = SignIn(tmp_path / "post", later, FOR_TESTS).open(person, PHRASE)
    try:
        assert again.packs.in_force is not None
        assert noted(again, 1) == ["pack.accepted", "pack.began"]
    finally:
        again.close()


def test_an_administrator_may_let_it_begin_earlier_with_a_reason(
    makers: Makers, post: OpenVault, source: Path
) -> None:
    packs.accept(post, makers.signed(makers.laid_out(source, waits=10), 0, 1))
    for number, reason, code in ((9, "x", "pack.unknown"), (1, "  ", "pack.reason_missing")):
        with pytest.raises(PersonFault) as caught:
            packs.activate(post, number, reason)
        assert caught.value.code == code
    packs.activate(post, 1, "New law since yesterday")
    entry = list(post.journal.about(subject("content pack", "1")))[-1][0]
    kept = post.journal.payload(entry.payload)
    assert kept is not None and kept.value()["reason"] == "New law since yesterday"
    with pytest.raises(PersonFault) as caught:
        packs.activate(post, 1, "once more")
    assert caught.value.code == "pack.not_waiting"


def test_only_an_administrator_takes_packs_in(makers: Makers, post: OpenVault, source: Path) -> None:
    folder = makers.signed(makers.laid_out(source), 0, 1)
    only_as(post, Role.OFFICER, Role.COUNSELLOR)
    assert refusal(post, folder) == "access.not_allowed"
    only_as(makers.vault, Role.ADMINISTRATOR)
    with pytest.raises(PersonFault):
        makers.laid_out(source)


def test_going_back_needs_a_newer_pack(makers: Makers, post: OpenVault, source: Path) -> None:
    first = makers.signed(makers.laid_out(source), 0, 1)
    (source / "codebook" / "rules.csv").unlink()
    second = makers.signed(makers.laid_out(source), 0, 1)
    packs.accept(post, second)
    assert refusal(post, first) == "pack.older"
    assert refusal(post, second) == "pack.held"


def test_an_expired_pack_warns_and_locks_nobody_out(makers: Makers, post: OpenVault, source: Path) -> None:
    folder = makers.signed(makers.laid_out(source), 0, 1)
    packs.accept(post, folder)
    clock_of(post).turn(days=4000)
    state = packs.state(post)
    assert state.expired and state.in_force is not None
    assert post.rules.rules
    (source / "codebook" / "rules.csv").unlink()
    second = makers.signed(makers.laid_out(source), 1, 2)
    assert packs.look(post, second).expired
    assert packs.accept(post, second).number == 2, "also an expired one is taken: the clock may be wrong"


INSERTS = (
    "insert,language,text,reviewed_by,reviewed_on\n"
    "stay_while_waiting,en,You may stay for now.,A. Lawyer (invented),2026-02-01\n"
)


def test_reviewed_sentences_reach_the_leaflet_with_who_and_when(
    makers: Makers, post: OpenVault, source: Path
) -> None:
    assert "You may stay for now." not in text_of(counsel.leaflet(post, "L01", "en"))
    (source / "leaflets").mkdir()
    (source / "leaflets" / "inserts.csv").write_text(INSERTS, encoding="utf-8")
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    (insert,) = packs.inserts(post)
    assert (insert.reviewed_by, insert.reviewed_on) == ("A. Lawyer (invented)", date(2026, 2, 1))
    assert "You may stay for now." in text_of(counsel.leaflet(post, "L01", "en"))
    assert "You may stay for now." not in text_of(counsel.leaflet(post, "L01", "fr")), (
        "reviewed in one language only"
    )


def test_leaflets_and_public_services_come_with_a_pack(makers: Makers, post: OpenVault, source: Path) -> None:
    (source / "leaflets").mkdir()
    (source / "directory").mkdir()
    leaflet = (shipped.resources() / "leaflets" / "L01.md").read_text(encoding="utf-8")
    (source / "leaflets" / "L77.md").write_text(leaflet.replace("id: L01", "id: L77"), encoding="utf-8")
    (source / "directory" / "services.csv").write_text(SERVICES, encoding="utf-8")
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    assert "L77" in [offered.id for offered in counsel.leaflets("en", post)]
    assert [service.id for service in directory.all_services(post)] == ["N01"]
    assert directory.all_services(post)[0].may_be_printed(training=False)


def test_an_export_names_the_pack_in_force(
    makers: Makers, post: OpenVault, source: Path, tmp_path: Path
) -> None:
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    offices.enrol(post, makers.office)
    stick = tmp_path / "carried"
    stick.mkdir()
    (name,) = exchange.export(post, stick).files
    verified = importing.look(makers.vault, stick / name)
    assert verified.versions.keys() == {"forms", "pack", "rules"}
    assert (verified.versions["pack"], verified.versions["rules"]) == ("1", post.rules.version[:16])
