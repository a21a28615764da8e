"""Somebody may move freely in the region: which texts fit what was told, and whom to ask; never who may enter
(R-136, N-031)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.content.provenance import Mark
from fieldkit.domain.access import Role
from fieldkit.domain.outcome import Verdict
from fieldkit.services import free_movement, pack_source, refer, region
from fieldkit.services.errors import ContentRefused
from fieldkit.services.vault import OpenVault
from tests.stories import offices
from tests.stories.desks import only_as
from tests.stories.packs import Makers, makers, phrases_cost_little
from tests.stories.people import AGREED, AN_ADULT, IN_PRIVATE, NO_URGENT_NEED, Told, led
from tests.stories.test_region_pack import changed

__all__ = ["makers", "phrases_cost_little"]

CITIZEN: Told = {"free_citizen": "yes", "free_travel_paper": "yes", "free_health_paper": "yes"}


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    vault = offices.open_post(tmp_path_factory.mktemp("free"), "Free post (invented)", training=True)
    only_as(vault, Role.ADMINISTRATOR)
    region.choose(vault, "west_africa")
    only_as(vault, Role.OFFICER)
    yield vault
    vault.close()


def told(post: OpenVault, answers: Told) -> str:
    return led(post, "profile", IN_PRIVATE, AGREED, answers).case


def verdicts(post: OpenVault, case: str) -> dict[str, Verdict | None]:
    return {one.rule.id: one.verdict for one in free_movement.fits(post, case)}


def test_a_citizen_with_both_papers_sees_the_texts_that_fit(post: OpenVault) -> None:
    case = told(post, CITIZEN)
    found = verdicts(post, case)
    assert found["entry"] is found["stay"] is Verdict.YES
    assert next(iter(found)) in {"entry", "stay"}, "what fits stands first"
    assert found["fees"] is None, "this one is for everybody to read"
    assert any(one.category == "C20" for one in refer.suggestions(post, case))


def test_a_paper_that_nobody_asked_about_is_no_paper_that_is_missing(post: OpenVault) -> None:
    case = told(post, {"free_citizen": "yes", "free_travel_paper": "not_sure"})
    found = {one.rule.id: one for one in free_movement.fits(post, case)}
    assert found["stay"].verdict is Verdict.YES
    assert found["entry"].verdict is Verdict.CANNOT_TELL
    assert set(found["entry"].missing) == {"free_travel_paper", "free_health_paper"}


def test_whoever_has_no_health_paper_keeps_every_other_way(post: OpenVault) -> None:
    case = told(post, {**CITIZEN, "free_health_paper": "no", "fear_mentioned": "yes"})
    assert verdicts(post, case)["entry"] is Verdict.NO
    yes = {one.category for one in refer.suggestions(post, case) if one.verdict is Verdict.YES}
    assert {"C01", "C20"} <= yes, "fear is heard, whatever the papers"


def test_nothing_was_asked_so_nothing_is_told(post: OpenVault) -> None:
    case = led(post, "screening", NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT).case
    assert Verdict.YES not in verdicts(post, case).values()
    assert Verdict.NO not in verdicts(post, case).values()


def test_no_text_is_shown_as_reviewed_and_somebody_to_ask_is_named(post: OpenVault) -> None:
    case = told(post, CITIZEN)
    for one in free_movement.fits(post, case):
        assert Mark.UNREVIEWED in one.rule.about.marks(post.world.today())
    parts = {choice.name for choice in post.codebook.lists["actors"]}
    assert set(free_movement.ASKED) <= parts


def test_a_condition_that_cannot_be_evaluated_is_refused_with_its_row(
    makers: Makers, post: OpenVault, tmp_path: Path
) -> None:
    folder = tmp_path / "region"
    pack_source.begin_from(makers.vault, "west_africa", folder)
    changed(folder, "region/movement.csv", "${free_citizen} = 'yes'", "${free_citizen} = = 'yes'")
    with pytest.raises(ContentRefused) as caught:
        makers.laid_out(folder)
    assert (caught.value.code, caught.value.data["row"]) == ("pack.movement_refused", 2)
