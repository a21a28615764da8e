"""A region becomes the content of a post: begun from what the program brings, reviewed, signed, taken in.

Keys, phrases, offices, reviewers and places are invented.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from fieldkit.content.provenance import Mark
from fieldkit.domain.access import Role
from fieldkit.domain.errors import FieldkitError, PersonFault
from fieldkit.files import resources
from fieldkit.languages.numbers import format_date
from fieldkit.services import (
    booklet,
    directory,
    forms_held,
    pack_source,
    packs,
    region,
    region_paper,
    retention,
)
from fieldkit.services.region_paper import Said
from fieldkit.services.vault import OpenVault
from tests.stories import offices
from tests.stories.desks import only_as, text_of
from tests.stories.packs import Makers, makers, phrases_cost_little, post

__all__ = ["makers", "phrases_cost_little", "post"]

GULF = "gulf_of_aden"


@pytest.fixture
def source(makers: Makers, tmp_path: Path) -> Path:
    """What the program brings of the Gulf of Aden, in a folder of headquarters."""
    folder = tmp_path / "our region"
    names = pack_source.begin_from(makers.vault, GULF, folder)
    assert "codebook/steps.csv" in names and "region/definitions.csv" in names
    return folder


def changed(folder: Path, name: str, before: str, after: str) -> None:
    """A cell changed in a spreadsheet."""
    text = (folder / name).read_text(encoding="utf-8")
    assert before in text
    (folder / name).write_text(text.replace(before, after, 1), encoding="utf-8")


def refused(makers: Makers, folder: Path) -> FieldkitError:
    """What headquarters is told when it lays the pack out."""
    with pytest.raises(FieldkitError) as caught:
        makers.laid_out(folder)
    return caught.value


def test_a_post_of_the_gulf_of_aden_gets_its_steps_for_a_child_alone(
    makers: Makers, post: OpenVault, source: Path
) -> None:
    before = region.steps_of(post, "C06")
    assert before[0].about.jurisdiction == "*", "until then the steps for every place serve"
    packs.accept(post, makers.signed(makers.laid_out(source, title="Gulf of Aden"), 0, 1))
    steps = region.steps_of(post, "C06")
    assert {step.about.jurisdiction for step in steps} == {GULF}
    first, second, *rest = steps
    assert (first.actor, first.within_hours, first.document) == ("this_post", 0, "child_alert")
    assert "broker" in second.text
    assert [step.actor for step in rest] == [
        "child_protection",
        "child_protection",
        "asylum_authority",
        "tracing_service",
    ]
    assert region.steps_of(post, "C26")[0].about.jurisdiction == "*", "no steps of the region for this one"
    assert not region.is_sample(post)


def test_bodies_are_those_of_the_posts_own_country(makers: Makers, post: OpenVault, source: Path) -> None:
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    retention.choose_country(post, "DJ")
    asked = [one.id for one in region.bodies(post, "asylum_authority", "C01")]
    assert asked == ["dj_government", "dj_unhcr"]
    assert [one.id for one in region.bodies(post, "child_protection")] == ["unicef"]


def test_the_regions_own_questions_are_offered_there_and_nowhere_else(
    makers: Makers, post: OpenVault, source: Path
) -> None:
    def offered() -> set[str]:
        return {form.id for form in forms_held.offered_forms(post) if form.id.startswith("extras")}

    assert offered() == set()
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    assert offered() == {"extras_gulf_of_aden"}


def test_an_expired_definition_is_marked_and_not_printed(
    makers: Makers, post: OpenVault, source: Path
) -> None:
    yesterday = (post.world.today() - timedelta(days=1)).isoformat()
    review = f"002:383,Lawyer 1 (invented),2025-01-10,{yesterday}"
    changed(source, "region/definitions.csv", "002:383,,,", review)
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    here = region.here(post)
    assert here is not None
    expired = next(one for one in here.definitions if one.id == "prima_facie")
    assert expired.about.marks(post.world.today()) == (Mark.EXPIRED,)
    said = Said(post.codebook, "en", post.world.today())
    assert f"Expired on {format_date(yesterday, 'en')}" in said.about(expired.about, here)
    paper = text_of(region_paper.document(post, here, "en", sample=False))
    assert "Recognised as a group" not in paper
    assert "Items that have expired are left out" in paper


def test_an_item_that_nobody_has_reviewed_says_so_on_screen_and_on_paper(
    makers: Makers, post: OpenVault, source: Path
) -> None:
    changed(
        source, "region/definitions.csv", "002:371; 002:381,,,", "002:371,Lawyer 1 (invented),2026-01-10,"
    )
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    here = region.here(post)
    assert here is not None
    said = Said(post.codebook, "en", post.world.today())
    texts = {one.id: said.about(one.about, here) for one in here.definitions}
    assert "Reviewed by Lawyer 1 (invented), 10 January 2026." in texts["not_sent_back"]
    assert texts["child"].startswith("For: Gulf of Aden. Source: 001:522-523. Nobody has reviewed this.")
    paper = text_of(region_paper.document(post, here, "en", sample=False))
    assert texts["child"] in paper and texts["not_sent_back"] in paper
    assert "No lawyer has read this text." in paper
    assert "A sample" not in paper


def test_a_rule_with_a_broken_expression_is_refused_with_its_row(
    makers: Makers, post: OpenVault, source: Path
) -> None:
    shipped = (resources() / "codebook" / "rules.csv").read_text(encoding="utf-8")
    row = len(shipped.splitlines()) + 1
    (source / "codebook" / "rules.csv").write_text(
        f"{shipped}C06-x,C06,no_such_function(${{age_years}}) = 1,Because.,,,,,\n", encoding="utf-8"
    )
    fault = refused(makers, source)
    assert (fault.code, fault.data["rule"], fault.data["row"]) == ("pack.rule_refused", "C06-x", row)
    (source / "codebook" / "rules.csv").write_text(
        f"{shipped}C06-x,C06,(${{age_years}} < 18,Because.,,,,,\n", encoding="utf-8"
    )
    fault = refused(makers, source)
    assert (fault.code, fault.data["row"], fault.data["column"]) == ("content.broken_expression", row, "when")
    assert packs.state(post).in_force is None


def test_a_step_without_a_number_is_refused_with_its_row(makers: Makers, source: Path) -> None:
    changed(source, "codebook/steps.csv", "C06,2,gulf_of_aden", "C06,7,gulf_of_aden")
    fault = refused(makers, source)
    assert (fault.code, fault.data["column"], fault.data["expected"]) == ("content.step_order", "step", 2)


def test_headquarters_begins_only_in_an_empty_folder_and_only_coordinators_do(
    makers: Makers, post: OpenVault, source: Path, tmp_path: Path
) -> None:
    with pytest.raises(FieldkitError, match=r"region\.folder_not_empty"):
        pack_source.begin_from(makers.vault, "americas", source)
    with pytest.raises(FieldkitError, match=r"region\.unknown"):
        pack_source.begin_from(makers.vault, "../codebook", tmp_path / "new")
    with pytest.raises(PersonFault):
        pack_source.begin_from(post, GULF, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_sample_region_serves_in_training_only_with_its_invented_directory(
    post: OpenVault, tmp_path: Path
) -> None:
    with pytest.raises(FieldkitError, match=r"region\.not_training"):
        region.choose(post, GULF)
    assert region.here(post) is None
    practice = offices.open_post(tmp_path / "practice", "Practice post (invented)", training=True)
    try:
        region.choose(practice, GULF)
        here = region.here(practice)
        assert here is not None and region.is_sample(practice)
        assert region.steps_of(practice, "C06")[0].about.jurisdiction == GULF
        assert directory.all_services(practice)[0].id == "GA01"
        paper = text_of(region_paper.document(practice, here, "en", sample=True))
        assert "A sample, for training. Nobody who works there has reviewed it." in paper
        with pytest.raises(PersonFault):
            region.choose(only_as(practice, Role.OFFICER), "")
    finally:
        practice.close()


def test_a_skeleton_says_that_it_is_one(tmp_path: Path) -> None:
    practice = offices.open_post(tmp_path / "practice", "Practice post (invented)", training=True)
    try:
        region.choose(practice, "central_asia")
        here = region.here(practice)
        assert here is not None
        paper = text_of(region_paper.document(practice, here, "en", sample=True))
        assert "Only a beginning. What is missing stands at the end." in paper
        assert "The steps of every pathway." in paper
        assert region.steps_of(practice, "C06")[0].about.jurisdiction == "*"
        region.choose(practice, "")
        assert region.here(practice) is None
    finally:
        practice.close()


def test_a_booklet_of_a_pack_is_read_before_anybody_signs(
    makers: Makers, post: OpenVault, source: Path
) -> None:
    (source / "booklet").mkdir()
    shipped = (resources() / "booklet" / "places.csv").read_text(encoding="utf-8")
    (source / "booklet" / "places.csv").write_text(f"{shipped}fact,nationality,nowhere\n", encoding="utf-8")
    fault = refused(makers, source)
    assert (fault.code, fault.data["file"], fault.data["value"]) == (
        "content.unknown_name",
        "places.csv",
        "nowhere",
    )
    (source / "booklet" / "places.csv").write_text(f"{shipped}fact,nationality,c14\n", encoding="utf-8")
    packs.accept(post, makers.signed(makers.laid_out(source), 0, 1))
    assert booklet.Booklet("en", post).at(("fact", "nationality")).id == "c14"
    (source / "booklet" / "B01.md").write_text("no head", encoding="utf-8")
    assert refused(makers, source).code == "leaflet.front_matter"
