"""How the shipped content speaks (`words.md`; `protection.md` 7, 8, 10, 11, 16)."""

import re

import pytest

from fieldkit.content import codebook, directory
from fieldkit.leaflets.source import leaflet_ids, read_leaflet
from tests.content.shipped import RESOURCES, sentences

BOOK = codebook.load(RESOURCES)
SERVICES = directory.load_sample(RESOURCES, BOOK)

FORBIDDEN = re.compile(
    r"\b(illegals?|illegally|bogus|aliens?|claim(s|ed|ing)?|genuine|fake|verdict|scores?|scored|scoring|ranking"
    r"|risk level|threats?|threaten(ed|s)?|suspects?|suspected|offenders?|criminals?|victims?|cleared"
    r"|eligible|ineligible|credible|credibility|deport(ed|able|ation)?|rejected|approved|smuggled|trafficked|prostitut\w*"
    r"|looks adult|looks like an adult|is not a refugee|is a refugee|economic migrants?|burden|flood of)\b",
    re.IGNORECASE,
)
TELLING = re.compile(
    r"asylum|refugee|child|women|woman|girl|shelter|protect|traffick|exploit|violence|tortur|health|clinic|hospital"
    r"|legal|lawyer|police|return|national|complain|search|missing|counsel|night|information|migra",
    re.IGNORECASE,
)
FICTIONAL_NUMBERS = re.compile(r"\+44 (1632 960\d{3}|7700 900\d{3})")
"""Ranges that the British regulator keeps free for drama; no call to them reaches anybody."""

PROMISES = re.compile(
    r"\b(will be allowed|you can stay|you may stay|will not be sent|cannot be sent back"
    r"|nobody will (know|learn)|free lawyer|lawyer is free|within \d+ (days|hours)|we promise"
    r"|is secret|stays secret|kept secret|have the right to (stay|appeal|remain))\b",
    re.IGNORECASE,
)

EXPLAINED = {"L12": frozenset({"HIV"})}
"""Names of capitals that people know only so; the leaflet says what it is."""

MAX_WORDS = 26
"""In a sentence. `words.md` 1 asks for short ones; lists of choices in a sentence need the most."""


def test_no_word_judges_ranks_or_insults() -> None:
    found = {(where, match.group()) for where, text in sentences() if (match := FORBIDDEN.search(text))}
    assert found == set()


def test_nothing_shouts() -> None:
    assert [where for where, text in sentences() if "!" in text] == []


def test_no_abbreviation_is_left_unexplained() -> None:
    capitals = re.compile(r"\b[A-Z]{2,}\b")
    found = [
        (where, text)
        for where, text in sentences()
        if set(capitals.findall(text)) - EXPLAINED.get(where.split("/")[0], frozenset())
    ]
    assert found == []


def test_sentences_are_short() -> None:
    long = []
    for where, text in sentences():
        for sentence in re.split(r"(?<=[.?:])\s", text):
            if len(sentence.split()) > MAX_WORDS:
                long.append((where, sentence))
    assert long == []


def test_a_leaflet_or_a_form_promises_nothing() -> None:
    assert [(where, text) for where, text in sentences() if PROMISES.search(text)] == []


def test_the_vocabulary_of_outcomes_is_refer_needs_and_screen_again() -> None:
    assert {choice.name for choice in BOOK.lists["steps"]} == {"refer_to", "needs", "screen_again"}


@pytest.mark.parametrize("list_name", ["steps", "inconclusive", "registration", "age_bands", "age_groups"])
def test_no_list_holds_a_decision_on_status_or_an_age_by_looks(list_name: str) -> None:
    words = {f"{choice.name} {choice.label}".lower() for choice in BOOK.lists[list_name]}
    assert not any(
        re.search(r"adult by|looks|accepted|denied|granted|no risk|safe to return", word) for word in words
    )


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.id)
def test_a_name_on_paper_tells_nothing(service: directory.Service) -> None:
    """For every service and so for every category it serves (`protection.md` 8)."""
    assert not TELLING.search(service.name_on_paper)
    assert not TELLING.search(service.place_on_paper)
    assert service.name_on_paper != service.name


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.id)
def test_a_sample_says_that_it_is_invented_and_reaches_nobody(service: directory.Service) -> None:
    assert service.sample
    assert "(invented)" in service.name and "(invented)" in service.name_on_paper
    assert FICTIONAL_NUMBERS.fullmatch(service.phone)
    assert not service.may_be_printed(training=False)
    assert service.may_be_printed(training=True)


def test_every_pathway_has_somewhere_to_go_in_the_training_directory() -> None:
    served = {category for service in SERVICES for category in service.categories}
    assert BOOK.categories.keys() - served == set()


def test_a_protected_house_has_no_address() -> None:
    hidden = [service for service in SERVICES if service.hidden_address]
    assert hidden
    assert all(service.place_on_paper == "" for service in hidden)


def test_the_slip_has_no_word_that_tells() -> None:
    telling = re.compile(r"asylum|refugee|traffick|violence|category|victim|C\d\d", re.IGNORECASE)
    slip = [text for text in BOOK.texts if text.id.startswith("slip/")]
    assert len(slip) > 10
    assert [text.id for text in slip if telling.search(text.text)] == []
    texts = {text.id: text for text in slip}
    assert texts["slip/not_a_decision"].critical and "not a decision" in texts["slip/not_a_decision"].text


def test_text_about_law_says_that_no_lawyer_has_read_it() -> None:
    for leaflet_id in leaflet_ids(RESOURCES):
        source = read_leaflet(leaflet_id, RESOURCES)
        assert source.reviewed_by_lawyer is None
        assert any(block.law for block in source.texts())


def test_what_a_leaflet_may_promise_only_after_review_is_a_question_until_then() -> None:
    inserts = [
        (leaflet_id, block)
        for leaflet_id in leaflet_ids(RESOURCES)
        for block in read_leaflet(leaflet_id, RESOURCES).texts()
        if block.insert
    ]
    assert {"stay_while_waiting", "lawyer", "who_knows", "deadlines", "appeal"} == {
        block.insert for leaflet_id, block in inserts if leaflet_id == "L01"
    }
    assert [
        (leaflet_id, block.id)
        for leaflet_id, block in inserts
        if not (block.law and block.text.endswith("?"))
    ] == []
