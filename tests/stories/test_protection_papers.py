"""Protection rule 8: papers. Somebody finds the slip in a pocket and tries to learn why its owner carries
it."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from fieldkit.content.directory import Service
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.ids import spoken_number
from fieldkit.domain.ports import JsonObject
from fieldkit.languages import catalogues
from fieldkit.leaflets import pages, source
from fieldkit.services import answers_to_people, civil_sheets, counsel, directory, issued, issued_pages, refer
from fieldkit.services.answers_to_people import Carried
from fieldkit.services.intake import Finished
from fieldkit.services.issued import CARRIED, PaperKind, Wish
from fieldkit.services.papers import SlipFacts, slip_document
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import Change
from tests.stories.desks import Desks, text_of
from tests.stories.people import AGREED, FEAR, HURT, IN_PRIVATE, NO_URGENT_NEED, screened, somebody

NAME = "Nuru Invented-Traveller"
STREET = "Quiet Lane 9 (invented)"
CODE = re.compile(r"\bC\d\d\b|\b[CL]\d\d?-\d")
SHELTER = Service(
    id="5a" * 16,
    name="Shelter for Women Who Were Hurt (invented)",
    name_on_paper="House 9 (invented)",
    kinds=("safe_place",),
    categories=("C09", "C10"),
    languages=("en", "ti"),
    hours="",
    place="",
    hidden_address=True,
    phone="+44 7700 900109",
    verified=None,
)


def telling(vault: OpenVault, *tags: str) -> Iterator[str]:
    """Everything that would say why: categories, reasons, procedures, leaflet titles, in these languages."""
    book = vault.codebook
    for tag in tags:
        words = catalogues.load(tag, "codebook")
        for category in book.categories:
            yield book.category_name(category, words)
            yield book.procedure(category, words)
        yield from (words.in_context(text.id, text.text) for text in vault.rules.texts)
        titles = catalogues.load(tag, "leaflets")
        for leaflet in source.leaflet_ids():
            yield titles.in_context(f"{leaflet}/title", source.read_leaflet(leaflet).title)


def gives_nothing_away(vault: OpenVault, paper: str, service: Service, *tags: str) -> None:
    """Neither the person nor the reason nor the kind of help can be read on it."""
    assert [said for said in telling(vault, *tags) if said in paper] == []
    assert not CODE.search(paper)
    assert NAME not in paper
    assert service.name not in paper
    assert STREET not in paper
    assert service.name_on_paper in paper


def hurt_person(vault: OpenVault, language: str = "ti") -> Finished:
    told = (NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody(NAME), FEAR, HURT)
    return screened(vault, *told, person=language)


def test_an_answer_to_a_person_is_not_printed_before_it_is_safe_to_carry(desks: Desks) -> None:
    vault = desks.training
    case = hurt_person(vault).case
    with pytest.raises(PersonFault, match=r"record\.not_safe_to_carry"):
        answers_to_people.see(vault, case, Carried(("en",), safe=False))


def test_an_answer_without_the_private_part_gives_no_reason_away(desks: Desks) -> None:
    """Everything else that is kept stands on it; with everything, because the person wants it, that too."""
    vault = desks.training
    done = hurt_person(vault)
    refer.confirm(vault, done.case, "C10", "C10-1")
    plain = text_of(answers_to_people.see(vault, done.case, Carried(("en",), safe=True)))
    whole = text_of(answers_to_people.see(vault, done.case, Carried(("en",), safe=True, everything=True)))
    names = [
        vault.codebook.category_name(one, catalogues.load("en", "codebook"))
        for one in vault.codebook.categories
    ]
    assert [name for name in names if name in plain] == []
    assert [name for name in names if name in whole] != []
    assert NAME in plain


def test_a_slip_names_neither_the_person_nor_the_reason(desks: Desks) -> None:
    vault = desks.training
    for language in ("ti", "ar", "en"):
        done = hurt_person(vault, language)
        for category, service in (("C09", "S04"), ("C10", "S06"), ("C25", "S13")):
            referral = refer.refer(vault, done.case, category, service, safe_to_carry=True)
            paper = refer.slip(vault, done.case, referral)
            sent_to = next(held for held in directory.all_services(vault) if held.id == service)
            gives_nothing_away(vault, text_of(paper), sent_to, language, "en")
            assert done.number in text_of(paper)


def test_what_comes_out_of_the_printer_says_no_more_than_that(desks: Desks) -> None:
    vault = desks.training
    done = hurt_person(vault, "en")
    referral = refer.refer(vault, done.case, "C09", "S04", safe_to_carry=True)
    printed = counsel.print_pages(refer.slip(vault, done.case, referral), vault.world)
    read = " ".join(pages.page_text(printed.pdf, page) for page in range(printed.pages)).replace("\r\n", " ")
    service = next(held for held in directory.all_services(vault) if held.id == "S04")
    gives_nothing_away(vault, read, service, "en")
    for word in (NAME, "women", "violence", "protected"):
        assert word.encode() not in printed.pdf, "nor does the file say it to whoever opens it"


def test_a_hidden_address_never_comes_onto_paper(desks: Desks) -> None:
    vault = desks.training
    with pytest.raises(PersonFault, match=r"directory\.hidden_place"):
        directory.record_service(vault, replace(SHELTER, place=STREET))
    directory.record_service(vault, replace(SHELTER, hidden_address=False, place=STREET))
    directory.record_service(vault, SHELTER)
    done = hurt_person(vault)
    referral = refer.refer(vault, done.case, "C09", SHELTER.id, safe_to_carry=True)
    gives_nothing_away(vault, text_of(refer.slip(vault, done.case, referral)), SHELTER, "ti", "en")


def test_where_two_people_disagree_the_address_stays_hidden(desks: Desks) -> None:
    """Both wrote at the same time, on one laptop or two, and nobody has settled it yet."""
    vault, about = desks.training, subject("service", SHELTER.id)
    for hidden, place in ((True, ""), (False, STREET)):
        fields: JsonObject = {"name": SHELTER.name, "hidden_address": hidden, "place": place}
        payload: JsonObject = {"fields": fields}
        vault.journal.append_many("somebody", [Change(about, "service.recorded", payload)])
    held = next(service for service in directory.all_services(vault) if service.id == SHELTER.id)
    assert held.hidden_address
    assert held.place == ""


def test_a_hidden_address_that_somebody_typed_all_the_same_stays_off_the_paper(desks: Desks) -> None:
    facts = SlipFacts("12-34", replace(SHELTER, place=STREET), "Post", desks.training.world.today())
    words = catalogues.load("en", "codebook")
    assert STREET not in text_of(slip_document(facts, desks.training.codebook.texts, words, words))


def test_what_is_not_safe_to_carry_is_not_printed(desks: Desks) -> None:
    done = hurt_person(desks.training)
    referral = refer.refer(desks.training, done.case, "C01", "S02", safe_to_carry=False)
    with pytest.raises(PersonFault, match=r"refer\.not_safe_to_carry"):
        refer.slip(desks.training, done.case, referral)


def test_a_referral_that_was_declined_leaves_no_paper(desks: Desks) -> None:
    done = hurt_person(desks.training)
    referral = refer.refer(desks.training, done.case, "C01", "S02", declined=True, safe_to_carry=True)
    with pytest.raises(PersonFault, match=r"refer\.declined"):
        refer.slip(desks.training, done.case, referral)


def test_a_house_with_a_hidden_address_is_on_no_leaflet(desks: Desks) -> None:
    vault = desks.training
    hidden = [service for service in directory.all_services(vault) if service.hidden_address]
    assert hidden
    for leaflet_id in source.leaflet_ids():
        paper = text_of(counsel.leaflet(vault, leaflet_id, "en"))
        assert [held.id for held in hidden if held.name_on_paper in paper or held.phone in paper] == []


def test_that_something_was_printed_is_kept_without_its_content(desks: Desks) -> None:
    done = hurt_person(desks.training)
    counsel.record_printed(desks.training, "referral slip", "ti", 1, done.case)
    entry = desks.training.journal.about(f"case/{done.case}")[-1][0]
    payload = desks.training.journal.payload(entry.payload)
    assert payload is not None
    assert payload.value() == {"what": "referral slip", "language": "ti", "pages": 1}


def test_for_every_category_and_every_service_the_slip_gives_nothing_away(desks: Desks) -> None:
    vault = desks.training
    services = [
        one for one in directory.all_services(vault) if not one.is_consulate
    ]  # nobody is referred there
    words = list(telling(vault, "en"))
    for category in vault.codebook.categories.keys() - {"C26"}:  # nobody is referred without a need
        done = screened(vault, person="en")
        for service in services:
            referral = refer.refer(vault, done.case, category, service.id, safe_to_carry=True)
            paper = text_of(refer.slip(vault, done.case, referral))
            assert [said for said in words if said in paper] == []
            assert not CODE.search(paper)
            assert service.name not in paper
            assert service.place_on_paper in paper
            assert not service.hidden_address or service.place == ""


def wishes(*, safe: bool) -> Iterator[Wish]:
    """Every paper that a person carries."""
    for kind in sorted(CARRIED):
        yield Wish(kind, ("ti", "en"), safe, lines=("a passport (invented)",), begin="09:00", end="10:00")


def test_a_paper_that_is_carried_is_not_made_before_it_is_safe_to_carry(desks: Desks) -> None:
    vault = desks.training
    case = screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody(NAME), FEAR).case
    for wish in wishes(safe=False):
        with pytest.raises(PersonFault) as fault:
            issued.issue(vault, case, wish)
        assert fault.value.code == "record.not_safe_to_carry", wish.kind
    for wish in wishes(safe=True):
        document = issued.issue(vault, case, wish)
        with pytest.raises(PersonFault) as fault:
            issued_pages.page(vault, case, document)
        assert fault.value.code == "record.not_safe_to_carry", "asked again before it is printed again"


def test_no_paper_that_is_made_for_a_person_says_why_they_are_here(desks: Desks) -> None:
    """Everything was confirmed that there is; a house with a hidden address takes over."""
    vault = desks.training
    case = screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody(NAME), FEAR, HURT).case
    for category in vault.codebook.categories:
        if category != "C26":
            refer.choose(vault, case, category, "as in the story")
    service = next(one for one in directory.all_services(vault) if one.hidden_address)
    for wish in (*wishes(safe=True), Wish(PaperKind.HAND_OVER, ("ti", "en"), service=service.id)):
        document = issued.issue(vault, case, wish)
        paper = issued_pages.page(vault, case, document, safe_to_carry=True)
        said = text_of(paper)
        assert [why for why in telling(vault, "en", "ti") if why in said] == [], wish.kind
        assert not CODE.search(said) and NAME not in said and service.name not in said


def test_a_sheet_for_a_registry_has_a_name_and_neither_country_nor_number_nor_reason(desks: Desks) -> None:
    """R-096: what a registry needs, and nothing that tells why somebody is here."""
    vault = desks.training
    case = screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody(NAME), FEAR, HURT).case
    wish = Wish(PaperKind.BIRTH, ("ti", "en"), True, about=civil_sheets.THE_PERSON)
    document = issued.issue(vault, case, wish)
    said = text_of(issued_pages.page(vault, case, document, safe_to_carry=True))
    assert NAME in said
    assert [why for why in telling(vault, "en", "ti") if why in said] == []
    assert not CODE.search(said) and "Eritrea" not in said
    assert spoken_number(case) not in said
