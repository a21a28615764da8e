"""What a machine can see is wrong with a translation, over every catalogue that is committed."""

from pathlib import Path

import pytest

from fieldkit.domain.errors import ForeignFault
from fieldkit.files import translations
from fieldkit.languages.autonyms import language
from fieldkit.languages.glossary import Term, read_glossary
from fieldkit.languages.quality import Check, check_catalogues, check_text

ASYLUM = Term("asylum", "asile", (), ("refuge politique",), "")

CATALOGUES = sorted(path.relative_to(translations()).as_posix() for path in translations().glob("*/*.po"))


def test_no_committed_translation_has_a_finding() -> None:
    assert CATALOGUES
    assert list(check_catalogues(translations())) == []


@pytest.mark.parametrize("place", CATALOGUES)
def test_a_catalogue_is_that_of_a_known_language_and_domain(place: str) -> None:
    tag, name = place.split("/")
    assert language(tag) is not None
    assert name in {"interface.po", "forms.po", "leaflets.po", "codebook.po"}


@pytest.mark.parametrize("tag", ["fr", "es", "ar", "ti", "so", "pt", "ru", "sw", "ht", "om"])
def test_every_language_of_this_stage_has_its_words_of_safety(tag: str) -> None:
    terms = {term.term: term for term in read_glossary(translations() / "glossary" / f"{tag}.csv")}
    assert {"asylum", "to ask for asylum", "interpreter", "complaint", "free of charge"} <= set(terms)
    assert all(term.translation for term in terms.values())


@pytest.mark.parametrize(
    ("source", "translation", "finding"),
    [
        ("Hello {name}, welcome", "Bonjour {nom}, bienvenue", Check.PLACEHOLDERS),
        ("Call {{hotline}} today", "Appelez {hotline} ici", Check.PLACEHOLDERS),
        ("You are ${age} now", "Vous avez maintenant", Check.PLACEHOLDERS),
        ("From 18 to 59", "De 18 à 95", Check.NUMBERS),
        ("Say **this** aloud", "Dites **ceci à voix haute", Check.MARKUP),
        ("You may stop.", "Можно остановиться.", Check.SCRIPT),
        ("You may stop the interview now.", "Vous pouvez stop the interview.", Check.ENGLISH),
        ("Do you need water?", "Vous avez besoin d'eau.", Check.QUESTION),
        ("You may leave out any question that you want.", "Oui.", Check.LENGTH),
        ("You may ask for asylum.", "Vous pouvez demander le refuge.", Check.GLOSSARY),
        ("You may ask for asylum.", "Demandez l'asile, le refuge politique.", Check.AVOIDED),
    ],
)
def test_a_wrong_translation_is_found(source: str, translation: str, finding: Check) -> None:
    assert finding in set(check_text(source, translation, "fr", (ASYLUM,)))


@pytest.mark.parametrize(
    ("source", "translation", "tag"),
    [
        ("From 18 to 59", "من ١٨ إلى ٥٩", "ar"),
        ("Do you need water?", "هل أنت بحاجة إلى ماء؟", "ar"),
        ("Asylum authority: {{contact_asylum}}", "Autorité chargée de l'asile : {{contact_asylum}}", "fr"),
        ("Yes", "እወ", "ti"),
        ("{number} pages", "{number} صفحة", "ar"),
    ],
)
def test_a_sound_translation_has_no_finding(source: str, translation: str, tag: str) -> None:
    assert list(check_text(source, translation, tag, (ASYLUM,) if tag == "fr" else ())) == []


def test_where_the_english_tells_two_words_apart_both_are_said() -> None:
    smuggling = Term("smuggling", "passage par un passeur", ("passeur",), ("traite",), "")
    both = (smuggling, Term("trafficking", "traite", (), ("trafic",), ""))
    said = "La traite n'est pas le passage par un passeur."
    assert not set(check_text("Trafficking is not smuggling.", said, "fr", both))
    said = "Payer un passeur pour la traite est un chemin."
    assert Check.AVOIDED in set(check_text("To pay for smuggling is a way.", said, "fr", both))


def test_a_glossary_with_other_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fr.csv").write_text("term,translation\nasylum,asile\n", encoding="utf-8")
    with pytest.raises(ForeignFault, match=r"glossary.unreadable"):
        read_glossary(tmp_path / "fr.csv")
    assert read_glossary(tmp_path / "none.csv") == ()
