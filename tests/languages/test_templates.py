"""From sources to templates to catalogues, without losing a translator's work."""

from pathlib import Path

from babel.messages.pofile import normalize

from fieldkit.languages.extract import interface_template, template_of, to_bytes
from fieldkit.languages.gettext_files import read_catalogue
from fieldkit.languages.po import read_po
from fieldkit.languages.updating import update_catalogues

CODE = """
from fieldkit.languages.marking import mark

TITLE = mark("People")

def screen(words, rows):
    # Translators: on a button
    words.say("Print {number} pages", number=3)
    words.count("{number} case", "{number} cases", len(rows))
    words.say(
        "A long sentence "
        "in two parts."
    )
    rows.count("not a text")
    rows.count(b"not a text either")
    rows.say("slip/title", words)
    return words.say(TITLE)
"""


def test_texts_are_found_where_code_says_them(tmp_path: Path) -> None:
    (tmp_path / "part.py").write_text(CODE, encoding="utf-8")
    template = interface_template(tmp_path)
    found = {message.id for message in template if message.id}
    plural = ("{number} case", "{number} cases")
    assert found == {"People", "Print {number} pages", plural, "A long sentence in two parts."}
    printed = template.get("Print {number} pages")
    assert printed is not None
    assert printed.auto_comments == ["on a button"]


def test_the_same_code_gives_the_same_template_wherever_it_stands(tmp_path: Path) -> None:
    (tmp_path / "part.py").write_text(CODE, encoding="utf-8")
    first = to_bytes(interface_template(tmp_path))
    (tmp_path / "part.py").write_text("\n\n\n" + CODE, encoding="utf-8")
    assert to_bytes(interface_template(tmp_path)) == first
    assert b"POT-Creation-Date" not in first


def write(folder: Path, tag: str, content: str) -> Path:
    (folder / tag).mkdir(parents=True, exist_ok=True)
    path = folder / tag / "forms.po"
    path.write_text(content, encoding="utf-8", newline="\n")
    return path


HELD = """
msgctxt "f/a/label"
msgid "Name"
msgstr "Nom"

#, fuzzy
msgctxt "f/b/label"
msgid "Old question?"
msgstr "Ancienne question ?"

# Checked with A. Example.
msgctxt "f/c/label"
msgid "Age"
msgstr "Âge"

msgctxt "f/gone/label"
msgid "Gone"
msgstr "Parti"
"""

TEXTS = [
    ("f/a/label", "Name", ""),
    ("f/b/label", "New question?", "Critical sentence."),
    ("f/c/label", "Age", ""),
    ("f/d/label", "Quite new", ""),
]


def test_a_catalogue_is_brought_up_to_date_and_loses_no_work(tmp_path: Path) -> None:
    path = write(tmp_path, "fr", HELD)
    (tmp_path / "forms.pot").write_bytes(to_bytes(template_of(TEXTS)))
    update_catalogues(tmp_path, tmp_path)
    held = read_catalogue(path)
    same, changed, remarked, new = (held.get(text, context) for context, text, _ in TEXTS)
    assert same is not None and same.string == "Nom" and not same.fuzzy
    assert changed is not None and changed.string == "Ancienne question ?" and changed.fuzzy
    assert tuple(changed.previous_id) == ("Old question?",)
    assert changed.auto_comments == ["Critical sentence."]
    assert remarked is not None and remarked.user_comments == ["Checked with A. Example."]
    assert new is not None and not new.string
    assert held.get("Gone", "f/gone/label") is None


def test_the_translation_of_a_changed_sentence_is_kept_but_not_used(tmp_path: Path) -> None:
    path = write(tmp_path, "fr", HELD)
    (tmp_path / "forms.pot").write_bytes(to_bytes(template_of(TEXTS)))
    update_catalogues(tmp_path, tmp_path)
    assert set(read_po(path)) == {("f/a/label", "Name"), ("f/c/label", "Age")}


LONG = "Everything that you say here stays here, “unless” a child is in danger; " * 4 + 'ask "who" reads it.'


def test_a_long_former_text_is_read_back_as_it_was_and_by_any_program(tmp_path: Path) -> None:
    held = "\n".join(('msgctxt "f/b/label"', f"msgid {normalize(LONG)}", 'msgstr "Vieux"', ""))
    path = write(tmp_path, "fr", held)
    (tmp_path / "forms.pot").write_bytes(to_bytes(template_of([("f/b/label", "Quite another text", "")])))
    for _ in range(2):
        update_catalogues(tmp_path, tmp_path)
        changed = read_catalogue(path).get("Quite another text", "f/b/label")
        assert changed is not None and tuple(changed.previous_id) == (LONG,)
    marked = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#|")]
    assert len(marked) > 3, "it takes several lines"
    assert all(line.removeprefix("#| msgid ").removeprefix("#| ").count('"') >= 2 for line in marked)
    assert all(line.endswith('"') for line in marked), "each line is a whole string"


def test_updating_twice_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, "fr", HELD)
    (tmp_path / "forms.pot").write_bytes(to_bytes(template_of(TEXTS)))
    update_catalogues(tmp_path, tmp_path)
    once = path.read_bytes()
    update_catalogues(tmp_path, tmp_path)
    assert path.read_bytes() == once


def test_a_text_without_a_place_is_found_again_by_likeness(tmp_path: Path) -> None:
    path = write(tmp_path, "fr", 'msgid "The vault could not be opened."\nmsgstr "Coffre non ouvert."\n')
    texts = [("", "The vault could not be opened now.", ""), ("", "Something else entirely.", "")]
    (tmp_path / "forms.pot").write_bytes(to_bytes(template_of(texts)))
    update_catalogues(tmp_path, tmp_path)
    held = read_catalogue(path)
    changed, new = held.get(texts[0][1]), held.get(texts[1][1])
    assert changed is not None and changed.fuzzy and changed.string == "Coffre non ouvert."
    assert new is not None and not new.string


def test_a_text_that_counts_no_more_is_another_text(tmp_path: Path) -> None:
    plural = (
        'msgid "{number} day"\nmsgid_plural "{number} days"\n'
        'msgstr[0] "{number} jour"\nmsgstr[1] "{number} jours"\n'
    )
    path = write(tmp_path, "fr", plural)
    (tmp_path / "forms.pot").write_bytes(to_bytes(template_of([("", "{number} day", "")])))
    update_catalogues(tmp_path, tmp_path)
    held = read_catalogue(path).get("{number} day")
    assert held is not None
    assert held.id == "{number} day"
    assert not held.string
