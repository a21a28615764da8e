"""The built-in forms: English tables and catalogues in; an XLSForm, an XForm and the review marks out."""

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from fieldkit.forms.build import Built, build_forms
from fieldkit.forms.form_texts import extract_form_texts
from fieldkit.forms.problems import FormFault
from fieldkit.forms.review_marks import ReviewMarks, read_review_marks
from fieldkit.languages.po import read_po, write_pot
from fieldkit.languages.review import Review
from tests.forms.xlsforms import po

pytestmark = pytest.mark.converter_process

FORM = """# Arrival: a tiny form.

## survey

| type | name | label | hint | relevant | constraint | constraint_message | bind::fk:critical |
| --- | --- | --- | --- | --- | --- | --- | --- |
| begin_group | family | Family | | | | | |
| text | told_name | What is your name? | As told. | | | | |
| select_one yes_no | alone | Are you alone, ${told_name}? | | | . != '' | Say one of the two. | yes |
| select_one helper | who | Who helps? | | ${alone} = 'no' | | | |
| end_group | | | | | | | |

## choices

| list_name | name | label |
| --- | --- | --- |
| yes_no | yes | Yes |
| yes_no | no | No |
| helper | friend | A friend \\| neighbour |

## settings

| form_title | version |
| --- | --- |
| Arrival | 3 |
"""
FRENCH = {
    ("arrival/title", "Arrival"): "Arrivée",
    ("arrival/family/label", "Family"): "Famille",
    ("arrival/family/told_name/label", "What is your name?"): "Comment vous appelez-vous ?",
    ("arrival/family/alone/label", "Are you alone, ${told_name}?"): "${told_name}, êtes-vous seul·e ?",
    ("arrival/choices/helper/friend/label", "A friend | neighbour"): "Un ami | voisin",
}


@pytest.fixture
def resources(tmp_path: Path) -> Path:
    folder = tmp_path / "resources"
    (folder / "forms").mkdir(parents=True)
    (folder / "codebook").mkdir()
    (folder / "forms" / "arrival.md").write_text(FORM, encoding="utf-8")
    lists = "list,name,label,parent\nyes_no,yes,Yes,\nyes_no,no,No,\n"
    (folder / "codebook" / "lists.csv").write_text(lists, encoding="utf-8")
    return folder


@pytest.fixture
def translations(tmp_path: Path) -> Path:
    folder = tmp_path / "translations"
    catalogue(folder, "fr", "forms", FRENCH, drafts=["arrival/family/told_name/label"])
    catalogue(folder, "fr", "codebook", {("list/yes_no/yes", "Yes"): "Oui"})
    return folder


def catalogue(
    folder: Path, tag: str, domain: str, entries: Mapping[tuple[str, str], str], drafts: Sequence[str] = ()
) -> None:
    (folder / tag).mkdir(parents=True, exist_ok=True)
    (folder / tag / f"{domain}.po").write_text(po(entries, drafts), encoding="utf-8")


def built(resources: Path, translations: Path, target: Path) -> tuple[Built, etree._Element, ReviewMarks]:
    (form,) = build_forms(resources, translations, target)
    xform = etree.fromstring((target / "arrival.xml").read_bytes())
    return form, xform, read_review_marks((target / "arrival.drafts.json").read_bytes())


def said(xform: etree._Element, language: str, text_id: str) -> str:
    found = xform.xpath(f"//*[local-name()='translation'][@lang='{language}']/*[@id='{text_id}']/*[1]")
    assert isinstance(found, list)
    (value,) = found
    assert isinstance(value, etree._Element)
    output = [f"<{child.get('value')}>{child.tail or ''}" for child in value]
    return (value.text or "") + "".join(output)


def test_a_form_speaks_the_languages_of_its_catalogues(
    resources: Path, translations: Path, tmp_path: Path
) -> None:
    form, xform, _ = built(resources, translations, tmp_path)
    assert form.languages == ("en", "fr")
    french = "Français (fr)"
    assert said(xform, french, "/data/family/told_name:label") == "Comment vous appelez-vous ?"
    assert said(xform, french, "helper-0") == "Un ami | voisin"
    assert said(xform, french, "yes_no-0") == "Oui"  # from the codebook, once for all forms
    assert said(xform, "English (en)", "/data/family/told_name:label") == "What is your name?"


def test_a_reference_in_a_translation_becomes_an_output_where_the_translator_put_it(
    resources: Path, translations: Path, tmp_path: Path
) -> None:
    _, xform, _ = built(resources, translations, tmp_path)
    assert said(xform, "Français (fr)", "/data/family/alone:label") == (
        "< /data/family/told_name >, êtes-vous seul·e ? "
    )


def test_a_missing_translation_stays_visible_as_missing_and_a_draft_as_draft(
    resources: Path, translations: Path, tmp_path: Path
) -> None:
    _, xform, marks = built(resources, translations, tmp_path)
    assert said(xform, "Français (fr)", "/data/family/told_name:hint") == "-"
    assert marks.of("/data/family[1]/told_name", "label", "fr") is Review.DRAFT
    assert marks.of("/data/family/told_name", "hint", "fr") is Review.MISSING
    assert marks.of("/data/family", "label", "fr") is Review.REVIEWED
    assert marks.of("/data/family", "label", "en") is Review.SOURCE
    assert marks.of("/data/family", "label", "so") is Review.MISSING
    assert marks.of_choice("/data/family/alone", "yes", "fr") is Review.REVIEWED
    assert marks.of_choice("/data/family/alone", "no", "fr") is Review.MISSING
    assert marks.titles == {"en": "Arrival", "fr": "Arrivée"}


def test_critical_sentences_are_known_by_their_path(
    resources: Path, translations: Path, tmp_path: Path
) -> None:
    _, xform, marks = built(resources, translations, tmp_path)
    assert marks.is_critical("/data/family/alone")
    assert not marks.is_critical("/data/family/told_name")
    binds = xform.xpath("//*[local-name()='bind'][@*[local-name()='critical']='yes']/@nodeset")
    assert binds == ["/data/family/alone"]


def test_a_translation_with_another_reference_is_left_out_and_named(
    resources: Path, translations: Path, tmp_path: Path
) -> None:
    wrong = FRENCH | {("arrival/family/alone/label", "Are you alone, ${told_name}?"): "${nom}, seul·e ?"}
    catalogue(translations, "fr", "forms", wrong)
    form, xform, marks = built(resources, translations, tmp_path)
    assert form.left_out == (("fr", "family/alone/label"),)
    assert said(xform, "Français (fr)", "/data/family/alone:label") == "-"
    assert marks.of("/data/family/alone", "label", "fr") is Review.MISSING


def test_a_translation_of_an_older_sentence_is_not_used(
    resources: Path, translations: Path, tmp_path: Path
) -> None:
    text = FORM.replace("What is your name?", "Which name do you use?")
    (resources / "forms" / "arrival.md").write_text(text, encoding="utf-8")
    _, _, marks = built(resources, translations, tmp_path)
    assert marks.of("/data/family/told_name", "label", "fr") is Review.MISSING


def test_the_version_changes_with_the_text_a_translation_or_a_review_and_with_nothing_else(
    resources: Path, translations: Path, tmp_path: Path
) -> None:
    first = built(resources, translations, tmp_path)[0].version
    assert re.fullmatch(r"3-[0-9a-f]{8}", first)
    assert built(resources, translations, tmp_path / "again")[0].version == first
    catalogue(translations, "fr", "forms", FRENCH)  # reviewed now
    reviewed = built(resources, translations, tmp_path)[0].version
    catalogue(translations, "fr", "forms", FRENCH | {("arrival/family/label", "Family"): "La famille"})
    worded = built(resources, translations, tmp_path)[0].version
    text = FORM.replace("As told.", "As the person says it.")
    (resources / "forms" / "arrival.md").write_text(text, encoding="utf-8")
    asked = built(resources, translations, tmp_path)[0].version
    assert len({first, reviewed, worded, asked}) == 4


def test_the_same_sources_give_the_same_bytes(resources: Path, translations: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    build_forms(resources, translations, one)
    build_forms(resources, translations, other)
    names = sorted(path.name for path in one.iterdir())
    assert names == ["arrival.drafts.json", "arrival.xlsx", "arrival.xml"]
    assert all((one / name).read_bytes() == (other / name).read_bytes() for name in names)


def test_the_xlsform_that_is_written_is_an_ordinary_one(
    resources: Path, translations: Path, tmp_path: Path
) -> None:
    build_forms(resources, translations, tmp_path)
    book = load_workbook(io.BytesIO((tmp_path / "arrival.xlsx").read_bytes()))
    assert book.sheetnames == ["survey", "choices", "settings"]
    header = [cell.value for cell in book["survey"][1]]
    assert header[:4] == ["type", "name", "label::English (en)", "label::Français (fr)"]
    settings = dict(zip(*[[cell.value for cell in row] for row in book["settings"].rows], strict=True))
    assert settings["form_id"] == "arrival"
    assert settings["default_language"] == "English (en)"


def test_a_form_without_translations_is_still_built_in_english(resources: Path, tmp_path: Path) -> None:
    form, xform, marks = built(resources, tmp_path / "nothing", tmp_path)
    assert form.languages == ("en",)
    assert said(xform, "English (en)", "yes_no-0") == "Yes"
    assert marks.of("/data/family", "label", "fr") is Review.MISSING


def test_a_mistake_is_told_with_the_line_of_the_table_and_nothing_is_written(
    resources: Path, translations: Path, tmp_path: Path
) -> None:
    text = FORM.replace("${alone} = 'no'", "${allone} = 'no'")
    (resources / "forms" / "arrival.md").write_text(text, encoding="utf-8")
    with pytest.raises(FormFault) as refused:
        build_forms(resources, translations, tmp_path / "out")
    (problem,) = [problem for problem in refused.value.problems if problem.is_error]
    assert (problem.code, problem.column) == ("form.reference_unknown_meant", "relevant")
    assert "${allone}" in text.splitlines()[(problem.row or 0) - 1]
    assert list((tmp_path / "out").iterdir()) == []


def test_translators_get_every_text_that_the_build_looks_up(resources: Path, tmp_path: Path) -> None:
    texts = extract_form_texts(resources)
    assert set(FRENCH) <= {(context, text) for context, text, _ in texts}
    assert not any(context.startswith("arrival/choices/yes_no") for context, _, _ in texts)
    remarks = {context: remark for context, _, remark in texts}
    assert "Critical" in remarks["arrival/family/alone/label"]
    assert "${...}" in remarks["arrival/family/alone/label"]
    template = write_pot(texts)
    assert template == write_pot(texts)
    assert b"POT-Creation-Date" not in template
    (tmp_path / "forms.po").write_bytes(template.replace(b'msgstr ""\n\n', b'msgstr "x"\n\n'))
    assert set(FRENCH) <= set(read_po(tmp_path / "forms.po"))
