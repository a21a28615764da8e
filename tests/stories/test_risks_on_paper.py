"""Harm that words and papers could do (requirements, section 7): false hope, fear, wrong or unreadable words.

Each story tries to do it. Nobody and no place here exists.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from fieldkit.domain.access import Role
from fieldkit.services import (
    answers_to_people,
    blank_form,
    counsel,
    directory,
    households,
    interpreters,
    local_inserts,
    refer,
)
from fieldkit.services.answers_to_people import Carried
from fieldkit.services.interpreters import Told as Interpreting
from fieldkit.services.library import instead
from fieldkit.services.vault import OpenVault
from tests.stories import offices
from tests.stories.desks import only_as, text_of
from tests.stories.people import (
    AGREED,
    HURT,
    IN_PRIVATE,
    NO_URGENT_NEED,
    NOTHING_FOUND,
    begin,
    ref_of,
    screened,
    somebody,
)

RIGHTS = re.compile(
    r"\byou (may|have rights|have a right|choose)\b|\byour choice\b|\bbelong to you\b", re.IGNORECASE
)
DANGERS = re.compile(
    r"\b(drown|danger|hurt|smuggl|traffick|force[sd]?|locked up|robbed|kept until|without water)",
    re.IGNORECASE,
)
SCARES = re.compile(
    r"\b(you will (die|drown|be)|never come back|certain death|killed|raped|illegal|criminal)\b", re.I
)
PROMISES = re.compile(r"\b(you will (get|receive|be given|stay)|we guarantee|for sure you)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    """A training post; everybody in these stories is a case of their own."""
    vault = offices.open_post(tmp_path_factory.mktemp("paper"), "Paper post (invented)")
    yield vault
    vault.close()


@pytest.fixture
def post(desk: OpenVault) -> OpenVault:
    return only_as(desk, *Role)


# --- false hope and fear (K-18, K-19) ----------------------------------------------------------------------


@pytest.mark.parametrize("leaflet", ["L07", "L34", "L16", "L06"])
def test_a_leaflet_on_dangers_begins_with_rights_and_says_who_helps(post: OpenVault, leaflet: str) -> None:
    """K-19: a campaign that only frightens hides that somebody may ask for asylum."""
    said = text_of(counsel.leaflet(post, leaflet, "en"))
    danger = DANGERS.search(said)
    assert danger is not None
    assert RIGHTS.search(said[: danger.start()]), "rights stand before the first danger"
    assert "asylum" in said and re.search(r"(help )?by phone", said, re.IGNORECASE)
    assert not SCARES.search(said)


def test_no_leaflet_makes_a_hope_that_nobody_can_keep(post: OpenVault) -> None:
    """K-18."""
    for held in counsel.leaflets("en", post):
        assert not PROMISES.search(text_of(counsel.leaflet(post, held.id, "en"))), held.id


# --- words that nobody who speaks them has read (K-20) ----------------------------------------------------


def test_an_important_sentence_that_nobody_reviewed_never_stands_alone(post: OpenVault) -> None:
    """K-20: on the screen its source stands with it, on paper too, and both say "draft"."""
    interview = begin(post, person="ti")
    shown = interview.text(ref_of(interview, "may_ask_asylum"), "label", "ti")
    assert shown.source is not None and shown.source.startswith("You may ask for asylum.")
    paper = counsel.leaflet(post, "L01", "ti")
    assert paper.draft_notice
    assert "You may ask for asylum." in text_of(paper)


def test_nobody_is_found_without_needs_in_words_that_nobody_reviewed(post: OpenVault) -> None:
    """K-20, K-01: all was asked and all answered no, in a translation that may be wrong."""
    everything = (NO_URGENT_NEED, IN_PRIVATE, AGREED, NOTHING_FOUND)
    assert refer.no_specific_need_allowed(post, screened(post, *everything, person="en").case)
    assert not refer.no_specific_need_allowed(post, screened(post, *everything, person="ti").case)


# --- an interpreter who leaks (K-21), people who are left out (K-25) --------------------------------------


def test_an_interpreter_whom_the_person_does_not_want_is_not_the_interpreter(post: OpenVault) -> None:
    """K-21: from the same family, or not wanted, for a reason that nobody asks."""
    case = screened(post, person="ti").case
    name = interpreters.keep(post, Interpreting("I-11", ("ti",), undertaking=post.world.today()))
    assert not interpreters.record_agreed(post, case, name, agreed=False, stranger=True)
    assert not interpreters.record_agreed(post, case, name, agreed=True, stranger=False)
    interpreters.keep(post, Interpreting("I-11", ("ti",), undertaking=post.world.today(), stopped=True), name)
    assert "I-11" not in {one.code for one in interpreters.speaking(post, "ti")}


def test_somebody_who_reads_nothing_and_whose_language_nobody_has_is_not_left_without_help(
    post: OpenVault,
) -> None:
    """K-25: a language without any text here, and no interpreter."""
    interview = begin(post, person="wo")
    label = interview.text("/data/urgent/urgent_medical", "label", "wo").text
    assert label == "Do you need a doctor or a nurse now?", "shown in English rather than not at all"
    offered = {one.id: one for one in counsel.leaflets("en", post)}
    assert all(instead(offered[one], "wo").pictures for one in ("L03", "L29", "L32"))
    pictured = counsel.edition(post, counsel.Edition("L03", "en", pictures=True))
    assert pictured.blocks
    told = {"urgent_medical": "yes", "reads": "no", "inconclusive": "no_interpreter"}
    case = screened(post, AGREED, told, person="wo").case
    open_ = {one.category for one in refer.suggestions(post, case) if one.verdict.value == "yes"}
    assert {"C11", "C27"} <= open_


def test_without_any_laptop_there_is_still_a_form(post: OpenVault) -> None:
    """K-25: printed blank before the power goes."""
    said = text_of(blank_form.blank_form(post, "arrival", ("en", "ar")))
    assert "Do you need a doctor or a nurse now?" in said


# --- numbers that lead nowhere (K-26), a brother who reads along (K-07) -----------------------------------


def test_a_service_that_closed_is_marked_old_and_stands_on_no_leaflet(post: OpenVault) -> None:
    """K-26: nobody asked there for more than a year."""
    clinic = replace(
        directory.all_services(post)[0],
        id="c1" * 16,
        name="Closed clinic (invented)",
        name_on_paper="House 7 (invented)",
        kinds=("visitors",),
        hidden_address=False,
        phone="+44 1632 960155",
        verified=date(2024, 1, 1),
        sample=False,
    )
    directory.record_service(post, clinic)
    held = next(one for one in directory.all_services(post) if one.id == clinic.id)
    assert held.is_stale(post.world.today())
    assert "contact_visitors" not in local_inserts.printable(post)
    assert "960155" not in text_of(counsel.leaflet(post, "L23", "en"))


def test_a_brother_who_asks_for_his_record_learns_nothing_of_his_sister(post: OpenVault) -> None:
    """K-07, K-11: they are one household here, and he brought her."""
    sister = screened(
        post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Hiwot Testperson"), HURT, person="en"
    )
    brother = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Abel Testperson"), person="en")
    households.join(post, brother.case, f"case/{sister.case}", "sibling")
    paper = answers_to_people.see(post, brother.case, Carried(("en",), safe=True, everything=True))
    said = text_of(paper)
    assert "Abel Testperson" in said
    for word in ("Hiwot", sister.number):
        assert word not in said, word
