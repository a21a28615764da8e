"""Leaflets in a person's language: what is shown when a translation is a draft, is missing, or is wrong."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from fieldkit.domain.document import Block, Box, Document, Heading, Items, Paragraph, Run
from fieldkit.files import resources
from fieldkit.languages.isolates import without_isolates
from fieldkit.leaflets.faults import LeafletFault
from fieldkit.leaflets.source import (
    WRITE_HERE,
    Inserts,
    Status,
    leaflet,
    leaflet_ids,
    leaflet_texts,
    read_leaflet,
    status,
)

SAY_IT = "L01/say_it"
MAY_ASK = "L01/may_ask"
HOTLINE = "L01/contact_hotline"


class Words:
    """A language made of two dictionaries: what is translated, and what of it a speaker has reviewed."""

    def __init__(self, translations: Mapping[str, str], reviewed: bool = False) -> None:
        self.translations = translations
        self.reviewed = reviewed

    def in_context(self, context: str, text: str) -> str:
        return self.translations.get(context, text)

    def is_translated(self, text: str, context: str | None = None) -> bool:
        return context in self.translations

    def is_draft(self, text: str, context: str | None = None) -> bool:
        return context in self.translations and not self.reviewed


def everything() -> dict[str, str]:
    """A "translation" of all there is: the English text between two signs."""
    return {context: f"<{text}>" for context, text, _ in leaflet_texts(resources())}


NOTHING = Words({})
DRAFT = Words(everything())
REVIEWED = Words(everything(), reviewed=True)


def blocks(document: Document) -> Iterator[Block]:
    for block in document.blocks:
        yield block
        if isinstance(block, Box):
            yield from block.blocks


def said(runs: tuple[Run, ...]) -> str:
    return without_isolates("".join(run.text for run in runs))


def lines(document: Document) -> list[str]:
    """Every line of text on the paper, without invisible signs."""
    found: list[str] = []
    for block in blocks(document):
        if isinstance(block, Heading | Paragraph):
            found.append(said(block.runs))
        elif isinstance(block, Items):
            found += [said(item) for item in block.items]
    return found


def test_l01_is_there_in_english() -> None:
    document = leaflet("L01", "en", NOTHING)
    assert document.title == "Seeking protection: how to ask for asylum here"
    assert document.language == "en"
    assert lines(document)[0] == document.title
    assert document.draft_notice == ""
    footer = without_isolates(document.footer)
    assert footer.startswith("L01, version 1, 2026-11-21. English: written in this language.")


def test_what_nobody_has_reviewed_by_law_says_so_on_every_page() -> None:
    assert leaflet("L01", "en", NOTHING).footer.endswith("No lawyer has read this text.")


def test_rights_come_first() -> None:
    assert lines(leaflet("L01", "en", NOTHING))[1].startswith("You may ask for asylum.")


def test_without_a_pack_it_asks_instead_of_promising() -> None:
    text = " ".join(lines(leaflet("L01", "en", NOTHING)))
    assert "May I stay while I wait for the answer?" in text
    assert "Ask the asylum authority or legal help" in text


def test_a_reviewed_sentence_takes_the_place_of_the_question() -> None:
    inserts = Inserts(reviewed={"stay_while_waiting": "A sentence that a lawyer of this country has read."})
    text = " ".join(lines(leaflet("L01", "en", NOTHING, inserts)))
    assert "A sentence that a lawyer of this country has read." in text
    assert "May I stay while I wait" not in text
    assert "Is there a lawyer for me?" in text


def test_a_contact_that_is_not_known_is_a_line_to_write_on() -> None:
    assert f"Help by phone: {WRITE_HERE}" in lines(leaflet("L01", "en", NOTHING))


def test_a_number_is_one_piece_that_keeps_its_order() -> None:
    document = leaflet("L01", "ar", REVIEWED, Inserts(contacts={"hotline": "+44 1632 960199"}))
    runs = [
        run for block in blocks(document) if isinstance(block, Items) for item in block.items for run in item
    ]
    (number,) = [run for run in runs if "960199" in run.text]
    assert number.atomic
    assert number.text == "\u2066+44\u00a01632\u00a0960199\u2069"


def test_a_contact_with_a_name_may_take_two_lines() -> None:
    contact = "Sample Office (invented), +44 1632 960199"
    document = leaflet("L01", "en", NOTHING, Inserts(contacts={"contact_legal": contact}))
    runs = [
        run for block in blocks(document) if isinstance(block, Items) for item in block.items for run in item
    ]
    (found,) = [run for run in runs if "Sample Office" in run.text]
    assert not found.atomic
    assert without_isolates(found.text) == contact


def test_bold_words_stay_bold() -> None:
    document = leaflet("L01", "en", NOTHING)
    bold = {
        run.text
        for block in blocks(document)
        if isinstance(block, Items)
        for item in block.items
        for run in item
        if run.bold
    }
    assert '"I ask for asylum."' in bold
    assert not any("*" in line for line in lines(document))


def test_a_draft_says_so_on_every_page_in_both_languages() -> None:
    document = leaflet("L01", "ar", DRAFT)
    assert document.language == "ar"
    english = "Draft: nobody who speaks this language has checked this text."
    assert without_isolates(document.draft_notice) == f"<{english}>\n{english}"
    assert "<draft>" in document.footer


def test_a_critical_sentence_in_draft_stands_beside_the_english_one() -> None:
    document = leaflet("L01", "ar", DRAFT)
    english = "You may ask for asylum. Asylum means protection in another country. You may ask in any words."
    found = list(document.blocks)
    place = found.index(Paragraph((Run(english),), "en", small=True))
    before = found[place - 1]
    assert isinstance(before, Paragraph)
    assert (said(before.runs), before.language) == (f"<{english}>", "ar")


def test_a_critical_item_in_draft_has_the_english_in_the_same_line() -> None:
    (line,) = [line for line in lines(leaflet("L01", "ar", DRAFT)) if line.startswith("<Tell any officer")]
    english = 'Tell any officer: "I ask for asylum." Or say: "I am afraid to go back." Any language will do.'
    assert line == f"<{english}> (<In English:> {english})"


def test_an_interpreter_is_asked_to_read_what_is_critical() -> None:
    careful = [
        block for block in leaflet("L01", "ar", DRAFT).blocks if isinstance(block, Box) and block.careful
    ]
    assert len(careful) == 1
    assert "interpreter" in str(careful[0])
    assert not any(isinstance(b, Box) and b.careful for b in leaflet("L01", "ar", REVIEWED).blocks)


def test_what_a_speaker_has_reviewed_stands_alone() -> None:
    document = leaflet("L01", "ar", REVIEWED)
    assert document.draft_notice == ""
    assert all(line.startswith("<") for line in lines(document))
    assert "<checked by a speaker>" in document.footer


def test_what_is_not_translated_is_in_english_and_says_so() -> None:
    document = leaflet("L01", "so", NOTHING)
    assert lines(document) == lines(leaflet("L01", "en", NOTHING))
    assert {block.language for block in blocks(document) if not isinstance(block, Box)} == {"en"}  # type: ignore[union-attr]
    assert document.draft_notice == "Some sentences are in English because they are not translated yet."


def test_one_missing_item_stays_in_its_list_in_english() -> None:
    translations = everything()
    del translations["L01/interpreter"]
    document = leaflet("L01", "ar", Words(translations, reviewed=True))
    (numbered,) = [block for block in document.blocks if isinstance(block, Items) and block.numbered]
    assert numbered.language == "ar"
    assert said(numbered.items[2]).startswith("Ask for an interpreter. Say it if")
    assert numbered.items[2][0].text.startswith("\u2068")
    assert "not translated yet" in document.draft_notice


@pytest.mark.parametrize("wrong", ["<Phone>", "<Phone: {{contact_child}}>", "<{{hotline}} {{hotline}}>"])
def test_a_translation_that_lost_its_number_is_not_used(wrong: str) -> None:
    document = leaflet("L01", "ar", Words(everything() | {HOTLINE: wrong}, reviewed=True))
    assert f"Help by phone: {WRITE_HERE}" in lines(document)
    assert not any(wrong in line for line in lines(document))


def test_the_foot_of_a_page_survives_a_wrong_translation() -> None:
    words = Words(everything() | {"leaflet/footer": "<{identity} {version}>"}, reviewed=True)
    assert without_isolates(leaflet("L01", "ar", words).footer).startswith("L01, version 1, 2026-11-21.")


def test_the_state_of_a_leaflet_in_a_language() -> None:
    source = read_leaflet("L01", resources())
    assert status(source, "en", NOTHING) is Status.SOURCE
    assert status(source, "ar", REVIEWED) is Status.REVIEWED
    assert status(source, "ar", DRAFT) is Status.DRAFT
    assert status(source, "ar", NOTHING) is Status.MISSING
    most = {context: text for context, text in everything().items() if context != MAY_ASK}
    assert status(source, "ar", Words(most, reviewed=True)) is Status.PARTLY
    shared = Words({MAY_ASK: "<x>"}, reviewed=True)
    assert status(source, "ar", shared) is Status.MISSING, (
        "a line that another leaflet shares makes no leaflet"
    )


def test_translators_get_every_sentence_once() -> None:
    texts = leaflet_texts(resources())
    contexts = [context for context, _, _ in texts]
    assert len(set(contexts)) == len(contexts)
    assert {"L01/title", SAY_IT, HOTLINE, "leaflet/footer"} <= set(contexts)
    remarks = {context: remark for context, _, remark in texts}
    assert "named speaker" in remarks[SAY_IT]
    assert "{{...}}" in remarks[HOTLINE]


def test_every_insert_and_contact_of_l01_is_one_that_packs_know() -> None:
    source = read_leaflet("L01", resources())
    asked = {
        name
        for name in ("contact_asylum", "contact_legal", "hotline", "contact_child", "contact_complaints")
        if any(f"{{{{{name}}}}}" in block.text for block in source.texts())
    }
    assert len(asked) == 5


@pytest.mark.parametrize("unknown", ["L99", "../codebook/rules", "", "fixed"])
def test_a_leaflet_that_is_not_there_is_refused(unknown: str) -> None:
    with pytest.raises(LeafletFault, match=r"leaflet\.unknown"):
        leaflet(unknown, "en", NOTHING)


BROKEN = {
    "no head": ("---\nid", "id", "leaflet.front_matter"),
    "another id": ("id: L01", "id: L02", "leaflet.front_matter"),
    "a version that is no number": ("version: 1", "version: one", "leaflet.front_matter"),
    "a day that does not exist": ("date: 2026-11-21", "date: 2026-02-30", "leaflet.front_matter"),
    "keys in another order": ("groups: all arrivals\n", "", "leaflet.front_matter"),
    "a text without an id": (" {#may_ask critical law}", "", "leaflet.no_id"),
    "an id twice": ("{#nobody_listens}", "{#say_it}", "leaflet.same_id"),
    "a word nobody knows after the id": ("{#papers}", "{#papers important}", "leaflet.markup"),
    "a link": ("You may take a break.", "You may [take](x) a break.", "leaflet.markup"),
    "bold that does not end": ("You may take a break.", "You may **take a break.", "leaflet.markup"),
    "a box that does not end": ("{#contact_complaints}\n:::", "{#contact_complaints}", "leaflet.box_open"),
    "a box nobody knows": ("::: box", "::: frame", "leaflet.box_open"),
}


@pytest.mark.parametrize("story", BROKEN)
def test_a_leaflet_that_is_not_as_leaflets_are_written_is_refused(tmp_path: Path, story: str) -> None:
    old, new, code = BROKEN[story]
    shutil.copytree(resources() / "leaflets", tmp_path / "leaflets")
    path = tmp_path / "leaflets" / "L01.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LeafletFault) as caught:
        read_leaflet("L01", tmp_path)
    assert caught.value.code == code
    assert caught.value.data["file"] == "L01.md"


def test_a_leaflet_without_its_fixed_sentences_is_not_printed(tmp_path: Path) -> None:
    shutil.copytree(resources() / "leaflets", tmp_path / "leaflets")
    path = tmp_path / "leaflets" / "fixed.csv"
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("footer")]
    path.write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(LeafletFault) as caught:
        leaflet("L01", "en", NOTHING, folder=tmp_path)
    assert (caught.value.code, caught.value.data["id"]) == ("leaflet.fixed_missing", "footer")


@pytest.mark.parametrize("leaflet_id", leaflet_ids(resources()))
def test_every_leaflet_can_be_read_in_a_language_that_has_nothing(leaflet_id: str) -> None:
    assert leaflet(leaflet_id, "fa_AF", NOTHING).language == "fa_AF"
