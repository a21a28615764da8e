"""The regions that come with the program: complete or honest skeletons, in plain words; and what is refused."""

import re
from datetime import date

import pytest

from fieldkit.content import codebook as codebooks
from fieldkit.content import directory, form_roles, packs, regions
from fieldkit.content.codebook import Codebook
from fieldkit.content.faults import ContentFault
from fieldkit.content.provenance import Mark
from fieldkit.content.regions import Region, State
from fieldkit.domain.shelf import Shelf
from fieldkit.files import resources
from tests.content.test_words import FICTIONAL_NUMBERS, FORBIDDEN, MAX_WORDS, PROMISES, TELLING

BOOK = codebooks.load(resources())
SHIPPED = {region.id: region for region in regions.shipped(resources(), BOOK)}
FORMS = form_roles.load(resources())
TODAY = date(2026, 11, 21)
NAMED = frozenset(
    {
        "IAM",
        "IOM",
        "UNHCR",
        "UNICEF",
        "UNDP",
        "IGAD",
        "CONARE",
        "OAS",
        "MERCOSUR",
        "ECOWAS",
        "REVA",
        "CARICOM",
    }
    | {"TRITA", "OSCE", "UNRCCA", "CIGEM", "CAMPO", "EAC", "SADC", "CIS", "CA"}
)
"""Bodies and agreements that are known by their letters; the full name stands beside them."""
SOURCE = re.compile(
    r"00[0-4]:\d+(-\d+)?(; 00[0-4]:\d+(-\d+)?)*(; (D: no source names a language|[A-Z].+))?|[A-Z].+|the sources .+"
)


@pytest.fixture(scope="module", params=sorted(SHIPPED))
def region(request: pytest.FixtureRequest) -> Region:
    found = SHIPPED[request.param]
    assert isinstance(found, Region)
    return found


def test_two_are_complete_and_five_say_that_they_are_a_beginning() -> None:
    states = {name: one.state for name, one in SHIPPED.items()}
    complete = {name for name, state in states.items() if state is State.COMPLETE}
    assert complete == {"gulf_of_aden", "americas"}
    skeletons = {"west_africa", "caribbean", "southern_route", "central_asia", "asia_pacific"}
    assert set(states) - complete == skeletons
    assert all(SHIPPED[name].text.startswith("Only a beginning.") for name in skeletons)


def test_every_item_has_a_place_and_a_source_and_nobody_has_reviewed_it(region: Region) -> None:
    abouts = list(region.abouts())
    assert len(abouts) > 20
    assert all(about.marks(TODAY) == (Mark.UNREVIEWED,) for about in abouts)
    assert [about.source for about in abouts if SOURCE.fullmatch(about.source) is None] == []
    assert {about.jurisdiction for about in abouts} - {region.id} <= set(region.countries)


def test_every_region_says_what_is_missing_and_who_could_know(region: Region) -> None:
    gaps = {gap.id for gap in region.missing}
    assert {"contacts", "limits", "law"} <= gaps
    assert region.form in FORMS, "a few questions of its own, also where the region is a beginning (R-027)"
    if region.state is State.SKELETON:
        assert {"procedures", "extras", "directory"} <= gaps
        assert region.procedures.steps == {}


@pytest.mark.parametrize("name", ["gulf_of_aden", "americas"])
def test_a_complete_region_has_steps_for_its_pathways_with_somebody_to_do_them(name: str) -> None:
    region = SHIPPED[name]
    written = {category for category, _ in region.procedures.steps}
    assert {
        "C01",
        "C04",
        "C05",
        "C06",
        "C07",
        "C09",
        "C11",
        "C17",
        "C18",
        "C19",
        "C23",
        "C25",
        "C28",
    } <= written
    for steps in region.procedures.steps.values():
        assert len(steps) >= 2
        assert steps[0].within_hours == 0 or steps[0].actor != "this_post", (
            "what the post does first is done at once"
        )
    for roles in (
        "asylum_authority",
        "child_protection",
        "protection_service",
        "return_service",
        "tracing_service",
    ):
        assert region.actors_for(roles, region.countries[0]) or roles == "child_protection"


@pytest.mark.parametrize("name", ["gulf_of_aden", "americas"])
def test_a_child_alone_is_a_call_at_once_and_never_a_lock(name: str) -> None:
    first, *others = SHIPPED[name].procedures.of("C06")
    assert (first.within_hours, first.document) == (0, "child_alert")
    assert any("guardian" in step.text for step in others)


def test_bodies_of_the_country_come_before_those_of_the_region() -> None:
    found = [one.id for one in SHIPPED["americas"].actors_for("child_protection", "CR")]
    assert found == ["cr_child"], "no other country's body"
    asked = SHIPPED["americas"].actors_for("asylum_authority", "AR")
    assert [one.id for one in asked] == ["ar_conare", "unhcr"]
    assert [one.id for one in SHIPPED["americas"].actors_for("asylum_authority", "AR", "C28")] == []


def test_the_words_are_plain_and_judge_nobody(region: Region) -> None:
    texts = {text.id: text.text for text in region.texts()}
    assert {name: m.group() for name, text in texts.items() if (m := FORBIDDEN.search(text))} == {}
    assert {name: m.group() for name, text in texts.items() if (m := PROMISES.search(text))} == {}
    assert [name for name, text in texts.items() if "!" in text] == []
    capitals = re.compile(r"\b[A-Z]{2,}\b")
    assert {
        name: found for name, text in texts.items() if (found := set(capitals.findall(text)) - NAMED)
    } == {}
    sentences = [(name, part) for name, text in texts.items() for part in re.split(r"(?<=[.?:;])\s", text)]
    assert [one for one in sentences if len(one[1].split()) > MAX_WORDS + 10] == []


@pytest.mark.parametrize("name", ["gulf_of_aden", "americas"])
def test_the_directory_for_training_is_invented_serves_every_pathway_and_tells_nothing(name: str) -> None:
    services = regions.sample_services(resources(), name, BOOK)
    general = directory.load_sample(resources(), BOOK)
    assert not {one.id for one in services} & {one.id for one in general}
    assert {category for one in services for category in one.categories} | {"C26"} == set(BOOK.categories)
    for one in services:
        assert one.sample and "(invented)" in one.name and "(invented)" in one.name_on_paper
        assert FICTIONAL_NUMBERS.fullmatch(one.phone)
        assert not TELLING.search(one.name_on_paper) and not TELLING.search(one.place_on_paper)
    assert regions.sample_services(resources(), "west_africa", BOOK) == ()
    assert regions.sample_services(resources(), "../directory", BOOK) == ()


def test_what_a_headquarters_begins_with_is_content_that_a_pack_may_hold(region: Region) -> None:
    files = regions.as_pack(resources(), region.id)
    packs.check(files, resources())
    assert not any("training" in name for name in files)
    again = regions.load(Shelf(resources(), files), BOOK)
    assert again is not None
    assert (again.id, again.actors, again.definitions) == (region.id, region.actors, region.definitions)


def files_with(name: str, row: str) -> dict[str, bytes]:
    """The files of a region with a row added to one of its tables."""
    files = regions.as_pack(resources(), "gulf_of_aden")
    return {**files, name: files[name] + f"{row}\n".encode()}


@pytest.mark.parametrize(
    ("name", "row", "code", "column"),
    [
        ("region/about.csv", "other_place,O,skeleton,YE,,T.", "content.one_region", "id"),
        ("region/actors.csv", "x,gulf_of_aden,nobody,N,P,,s,,,", "content.unknown_name", "actor"),
        (
            "region/actors.csv",
            "x,gulf_of_aden,legal_help,N,Call +44 1632 960201,,s,,,",
            "content.number_in_region",
            "part",
        ),
        ("region/actors.csv", "x,americas,legal_help,N,P,,s,,,", "content.unknown_name", "jurisdiction"),
        ("region/actors.csv", "x,YE,legal_help,N,P,C99,s,,,", "content.unknown_name", "categories"),
        ("region/actors.csv", "mmtf,YE,legal_help,N,P,,s,,,", "content.duplicate", "id"),
        ("region/definitions.csv", "x,YE,T,,I,s,,,", "content.empty_cell", "text"),
        ("region/definitions.csv", "x,YE,T,Text.,I,,,,", "content.empty_cell", "source"),
        ("region/definitions.csv", "x,YE,T,Text.,I,s,Somebody,,", "content.half_review", "reviewed_on"),
        ("region/movement.csv", "x,YE,N,W,Text.,,s,,,soon", "content.bad_date", "valid_until"),
        ("region/languages.csv", "xx,YE,both,s,,,", "content.unknown_name", "language"),
        ("region/languages.csv", "pt,YE,everybody,s,,,", "content.unknown_name", "side"),
        ("codebook/steps.csv", "C06,9,gulf_of_aden,this_post,T.,0,,s,,,", "content.step_order", "step"),
    ],
)
def test_a_pack_with_a_fault_is_refused_with_row_and_column(
    name: str, row: str, code: str, column: str
) -> None:
    files = files_with(name, row)
    with pytest.raises(ContentFault) as caught:
        packs.check(files, resources())
    assert (caught.value.code, caught.value.data["column"]) == (code, column)
    assert caught.value.data["row"] == len(files[name].decode().splitlines())


def test_a_form_that_is_not_there_refuses_the_region() -> None:
    files = regions.as_pack(resources(), "gulf_of_aden")
    files["region/about.csv"] = files["region/about.csv"].replace(
        b",extras_gulf_of_aden,", b",extras_nowhere,"
    )
    with pytest.raises(ContentFault) as caught:
        packs.check(files, resources())
    assert caught.value.data["value"] == "extras_nowhere"


def test_a_table_of_a_region_that_is_missing_is_named() -> None:
    files = regions.as_pack(resources(), "americas")
    del files["region/movement.csv"]
    with pytest.raises(ContentFault) as caught:
        packs.check(files, resources())
    assert (caught.value.code, caught.value.data["file"]) == ("content.missing_file", "movement.csv")


def test_shipped_content_alone_holds_no_region() -> None:
    book: Codebook = BOOK
    assert regions.load(resources(), book) is None
    assert regions.region_id(resources()) == ""
