"""Words of a language: drafts are used and known as drafts, what is missing is said in English."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fieldkit.domain.errors import DeviceFault, ForeignFault
from fieldkit.languages.catalogues import Words, available, compile_catalogues, load
from fieldkit.languages.isolates import FSI, PDI
from fieldkit.languages.po import read_po
from fieldkit.languages.review import Review

FRENCH = """
msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Lock"
msgstr "Verrouiller"

#, fuzzy
msgid "Hello {name}"
msgstr "Bonjour {name}"

#, fuzzy
msgid "Wrong placeholder {name}"
msgstr "Mauvais {nom}"

#, fuzzy
msgid "{number} page"
msgid_plural "{number} pages"
msgstr[0] "{number} page imprimée"
msgstr[1] "{number} pages imprimées"

#, fuzzy
#| msgid "You may leave."
msgid "You may not leave."
msgstr "Vous pouvez partir."

msgid "Empty"
msgstr ""

#, fuzzy
msgctxt "screening/place/label"
msgid "Here"
msgstr "Ici"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "translations" / "fr"
    source.mkdir(parents=True)
    (source / "interface.po").write_text(FRENCH, encoding="utf-8", newline="\n")
    compile_catalogues(source.parent, tmp_path / "built")
    return tmp_path / "built"


@pytest.fixture
def french(folder: Path) -> Words:
    return load("fr", "interface", folder)


def test_a_draft_is_shown_and_known_as_a_draft(french: Words) -> None:
    assert french.say("Hello {name}", name="Amina") == "Bonjour Amina"
    assert french.review("Hello {name}") is Review.DRAFT
    assert french.say("Lock") == "Verrouiller"
    assert french.review("Lock") is Review.REVIEWED
    assert not french.is_draft("Lock")


def test_what_is_missing_is_said_in_english_and_known_as_missing(french: Words) -> None:
    for text in ("Never heard of", "Empty"):
        assert french.say(text) == text
        assert french.review(text) is Review.MISSING
        assert not french.is_translated(text)
        assert not french.is_draft(text)


def test_a_translation_of_an_older_sentence_is_never_shown(french: Words, folder: Path) -> None:
    assert french.say("You may not leave.") == "You may not leave."
    assert french.review("You may not leave.") is Review.MISSING
    source = folder.parent / "translations" / "fr" / "interface.po"
    assert ("", "You may not leave.") not in read_po(source)
    assert read_po(source)["", "Hello {name}"].draft


def test_a_translation_that_cannot_be_filled_gives_way_to_the_source(french: Words) -> None:
    assert french.say("Wrong placeholder {name}", name="x") == "Wrong placeholder x"


def test_plural_forms_are_those_of_the_language(french: Words) -> None:
    # French counts 0 as one; English does not.
    assert french.count("{number} page", "{number} pages", 0) == "0 page imprimée"
    assert french.count("{number} page", "{number} pages", 2) == "2 pages imprimées"
    assert load("en", "interface").count("{number} page", "{number} pages", 0) == "0 pages"
    assert french.count("{number} row", "{number} rows", 1) == "1 row"


def test_a_text_is_found_where_it_stands_and_only_there(french: Words) -> None:
    assert french.in_context("screening/place/label", "Here") == "Ici"
    assert french.is_draft("Here", "screening/place/label")
    assert french.in_context("other/label", "Here") == "Here"
    assert french.review("Here", "other/label") is Review.MISSING
    assert french.review("Here") is Review.MISSING


def test_the_source_language_is_the_source() -> None:
    english = load("en", "forms")
    assert english.say("A {b}", b=1) == "A 1"
    assert english.review("anything") is Review.SOURCE
    assert english.is_translated("anything")
    assert not english.is_draft("anything")


def test_an_unknown_language_speaks_the_source(folder: Path) -> None:
    assert load("kri", "interface", folder).say("Lock") == "Lock"
    assert load("../fr", "interface", folder / "x").say("Lock") == "Lock"


def test_values_keep_their_own_direction_in_right_to_left_text(folder: Path) -> None:
    arabic = load("ar", "interface", folder)
    assert arabic.say("File {file}", file="L01.pdf") == f"File {FSI}L01.pdf{PDI}"
    assert arabic.say("{n} files", n=3) == "3 files"


def test_inserts_of_leaflets_and_questions_of_forms_are_not_filled() -> None:
    assert Words("en").say("{a} {{a}} ${a}", a="x") == "x {{a}} ${a}"


def test_a_value_cannot_open_another_placeholder() -> None:
    assert Words("en").say("{a} and {b}", a="{b}", b="x") == "{b} and x"


def test_what_is_offered_is_what_was_compiled(folder: Path) -> None:
    assert available(folder) == ("en", "fr")
    assert available(folder, "forms") == ("en",)


def test_outputs_without_a_source_are_removed(folder: Path) -> None:
    source = folder.parent / "translations"
    (source / "fr" / "interface.po").unlink()
    compile_catalogues(source, folder)
    assert available(folder) == ("en",)
    assert list(folder.rglob("*.json")) == []


def test_the_same_sources_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    compile_catalogues(tmp_path / "translations", tmp_path / "again")
    for name in ("interface.mo", "interface.drafts.json"):
        assert (tmp_path / "again" / "fr" / name).read_bytes() == (folder / "fr" / name).read_bytes()
    assert "Lock" not in json.loads((folder / "fr" / "interface.drafts.json").read_bytes())


@pytest.mark.parametrize("damage", [b"", b"no catalogue at all", b"\xde\x12\x04\x95\0\0\0\0\xff\0\0\0"])
def test_a_damaged_catalogue_is_told(folder: Path, damage: bytes) -> None:
    (folder / "fr" / "interface.mo").write_bytes(damage)
    with pytest.raises(DeviceFault, match=r"catalogue.unreadable"):
        load("fr", "interface", folder)


def test_a_source_that_is_no_gettext_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "forms.po").write_text('msgid "open\n', encoding="utf-8")
    with pytest.raises(ForeignFault, match=r"po.unreadable"):
        compile_catalogues(tmp_path, tmp_path / "built")
    assert not (tmp_path / "built").exists()


def test_words_load_without_the_reader_of_sources() -> None:
    """No .po is parsed at start, and Babel's locale data is not loaded either."""
    program = (
        "import sys; from fieldkit.languages import catalogues, numbers, isolates, autonyms, messages;"
        "catalogues.load('fr', 'interface');"
        "sys.exit(', '.join(name for name in sys.modules if name.startswith('babel')) or 0)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
