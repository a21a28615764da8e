"""What a place adds to its leaflets: from where, until when, and what never reaches paper."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.content.directory import Service
from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.languages.isolates import without_isolates
from fieldkit.services import counsel, directory, local_inserts
from fieldkit.services.local_inserts import HOLDS_FOR, WARNS_BEFORE, From, State, state_of
from fieldkit.services.vault import OpenVault
from tests.stories.desks import only_as, text_of
from tests.stories.offices import clock_of, open_post

FOOD = Service(
    id="f0" * 16,
    name="Kitchen of the harbour (invented)",
    name_on_paper="House 9 (invented)",
    kinds=("food", "sea", "hotline"),
    categories=("C15",),
    languages=("en",),
    hours="Every day, 07:00-19:00",
    place="Pier 2 (invented)",
    hidden_address=False,
    phone="+44 1632 960177",
    verified=date(2026, 2, 1),
)


@pytest.fixture
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    vault = open_post(tmp_path_factory.mktemp("inserts") / "vault", "Harbour post (invented)", training=False)
    directory.record_service(vault, replace(FOOD, verified=vault.world.today()))
    yield vault
    vault.close()


def printed(vault: OpenVault, leaflet: str = "L03", place: str = "") -> str:
    wanted = counsel.Edition(leaflet, "en", place=place)
    return without_isolates(text_of(counsel.edition(vault, wanted))).replace("\u00a0", " ")


def test_the_directory_fills_what_leaflets_ask_for(post: OpenVault) -> None:
    held = local_inserts.inserts(post)
    for name, text in (
        ("contact_food", "House 9 (invented) +44 1632 960177"),
        ("place_food", "Pier 2 (invented)"),
        ("hours_food", "Every day, 07:00-19:00"),
        ("phone_sea", "+44 1632 960177"),
        ("hotline", "House 9 (invented) +44 1632 960177"),
    ):
        assert (held[name].text, held[name].state, held[name].comes_from) == (
            text,
            State.GOOD,
            From.DIRECTORY,
        )
    assert held["contact_food"].until == post.world.today() + HOLDS_FOR
    assert "House 9 (invented) +44 1632 960177" in printed(post)


def test_every_line_that_a_leaflet_asks_for_can_be_filled(post: OpenVault) -> None:
    """No placeholder is out of reach: a kind of service, a pathway, or written by hand."""
    kinds = {one.name for one in post.codebook.lists["service_kinds"]} | set(
        local_inserts.CONTACTS_BY_PATHWAY
    )
    for name in local_inserts.needed_names(post):
        by_kind = name.partition("_")[2] in kinds and name.partition("_")[0] in (
            "contact",
            "place",
            "hours",
            "phone",
        )
        assert by_kind or name in local_inserts.PHRASES or name == "hotline", name
        local_inserts.keep(post, name, f"Line of {name}", post.world.today())
    assert set(local_inserts.printable(post)) >= set(local_inserts.needed_names(post))


def test_a_contact_that_nobody_checked_for_a_year_is_left_out_and_said(post: OpenVault) -> None:
    clock_of(post).turn(days=HOLDS_FOR.days + 1)
    assert "960177" not in printed(post)
    out = {one.name for one in local_inserts.left_out(post, "L03")}
    assert {"contact_food", "place_food", "hours_food", "hotline"} <= out


def test_what_was_written_for_a_place_stands_first_then_the_post_then_the_directory(post: OpenVault) -> None:
    today = post.world.today()
    gate = local_inserts.add_place(post, "Gate two (invented)").id
    local_inserts.keep(post, "contact_food", "Kitchen bus (invented)", today)
    assert "Kitchen bus (invented)" in printed(post) and "Kitchen bus (invented)" in printed(post, place=gate)
    local_inserts.keep(post, "contact_food", "Tent 4 (invented)", today, gate)
    assert "Tent 4 (invented)" in printed(post, place=gate) and "Tent 4" not in printed(post)
    local_inserts.keep(post, "contact_food", "", None, gate)
    local_inserts.keep(post, "contact_food", "", None)
    assert "House 9 (invented)" in printed(post, place=gate)
    assert [one.name for one in local_inserts.places(post)] == ["Gate two (invented)"]


def test_a_written_line_goes_with_its_day(post: OpenVault) -> None:
    day = post.world.today()
    local_inserts.keep(post, "hotline", "+44 1632 960111", day + WARNS_BEFORE)
    assert local_inserts.inserts(post)["hotline"].state is State.ENDS_SOON
    assert "+44 1632 960111" in printed(post)
    assert "hotline" in {one.name for one in local_inserts.to_check(post, "L03")}
    clock_of(post).turn(days=WARNS_BEFORE.days + 1)
    assert "hotline" in {one.name for one in local_inserts.left_out(post, "L03")}
    assert local_inserts.inserts(post)["hotline"].state is State.EXPIRED
    assert "960111" not in printed(post)


def test_two_different_lines_that_nobody_decided_between_are_not_printed(post: OpenVault) -> None:
    day = post.world.today()
    before = local_inserts.seen(post, "hotline")
    local_inserts.keep(post, "hotline", "+44 1632 960111", day, seen=before)
    local_inserts.keep(post, "hotline", "+44 1632 960112", day, seen=before)
    assert local_inserts.inserts(post)["hotline"].state is State.DIFFERS
    assert "96011" not in printed(post)
    local_inserts.keep(post, "hotline", "+44 1632 960112", day)
    assert "+44 1632 960112" in printed(post)


def test_every_way_of_putting_it_on_paper_has_the_same_lines(post: OpenVault) -> None:
    for wanted in (
        counsel.Edition("L03", "ar", large=True),
        counsel.Edition("L03", "ar", beside="en"),
        counsel.Edition("L03", "ar", pictures=True),
    ):
        document = counsel.edition(post, wanted)
        assert "+44 1632 960177" in without_isolates(text_of(document)).replace("\u00a0", " ")
        assert document.large_print is wanted.large and document.draft_notice
    assert counsel.Edition("L03", "ar", "en", large=True).file_name == "leaflet-L03-ar-en-large.pdf"


def test_a_secret_address_fills_no_line(post: OpenVault) -> None:
    directory.record_service(
        post, replace(FOOD, id="f1" * 16, kinds=("shelter",), place="", hidden_address=True)
    )
    held = local_inserts.inserts(post)
    assert held["contact_shelter"].state is State.MISSING


@pytest.mark.parametrize(
    ("text", "days", "code"),
    [
        ("Tent", None, r"inserts\.no_day"),
        ("Tent", -1, r"inserts\.past_day"),
        ("x" * 301, 1, r"inserts\.too_long"),
    ],
)
def test_a_line_without_a_day_is_refused(post: OpenVault, text: str, days: int | None, code: str) -> None:
    until = None if days is None else post.world.today() + timedelta(days=days)
    before = post.journal.heads()
    with pytest.raises(PersonFault, match=code):
        local_inserts.keep(post, "hotline", text, until)
    assert post.journal.heads() == before


def test_whoever_may_not_change_the_directory_writes_no_line(post: OpenVault) -> None:
    only_as(post, Role.OFFICER)
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        local_inserts.keep(post, "hotline", "+44 1632 960111", post.world.today())


def test_a_phrase_is_offered_in_the_countrys_language(post: OpenVault) -> None:
    assert local_inserts.suggestion(post, "phrase_doctor", "en") == "I need a doctor."
    assert local_inserts.suggestion(post, "phrase_doctor", "fr") not in ("", "I need a doctor.")
    assert local_inserts.suggestion(post, "hotline", "fr") == ""


@given(st.text(min_size=1), st.none() | st.dates(), st.dates(max_value=date(9000, 1, 1)))
def test_what_is_past_its_day_is_never_printed(text: str, until: date | None, today: date) -> None:
    state = state_of(text, until, today)
    if until is not None and until < today:
        assert state is State.EXPIRED and state not in local_inserts.PRINTED
    else:
        assert state in local_inserts.PRINTED
