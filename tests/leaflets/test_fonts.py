"""The program's fonts: only its own, only unaltered."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from fieldkit import files
from fieldkit.leaflets.faults import FontFault
from fieldkit.leaflets.fonts import Library, shipped

FOLDER = files.resources() / "fonts"
ROWS = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["fonts"]


def copied(target: Path, *names: str) -> Library:
    for name in ("manifest.json", *names):
        shutil.copyfile(FOLDER / name, target / name)
    return Library(target)


def test_an_altered_font_is_refused(tmp_path: Path) -> None:
    library = copied(tmp_path, "FieldkitThai-Regular.ttf")
    font = tmp_path / "FieldkitThai-Regular.ttf"
    content = bytearray(font.read_bytes())
    content[-1] ^= 1
    font.write_bytes(bytes(content))
    with pytest.raises(FontFault) as refused:
        library.main_font("th")
    assert refused.value.code == "leaflet.font_altered"
    assert refused.value.data == {"file": "FieldkitThai-Regular.ttf"}


def test_a_missing_font_is_told(tmp_path: Path) -> None:
    with pytest.raises(FontFault) as refused:
        copied(tmp_path).main_font("th")
    assert refused.value.code == "leaflet.font_missing"


def test_a_damaged_manifest_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(FontFault) as refused:
        Library(tmp_path)
    assert refused.value.code == "leaflet.font_altered"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_every_font_is_the_one_of_the_manifest_under_a_private_name(row: dict[str, object]) -> None:
    file = str(row["file"])
    assert hashlib.sha256((FOLDER / file).read_bytes()).hexdigest() == row["sha256"]
    face = shipped().font(file).face
    assert face.get_name(1) == row["family"]
    assert str(row["family"]).startswith("Fieldkit ")
    assert face.get_name(2) == {400: "Regular", 700: "Bold"}[shipped().font(file).weight]


def test_no_file_without_a_row_and_the_licence_is_there() -> None:
    assert {path.name for path in FOLDER.glob("*.ttf")} == {str(row["file"]) for row in ROWS}
    licence = (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence
    assert all(str(row["family"]) in licence for row in ROWS)


def test_every_family_but_the_signs_has_figures_and_most_have_letters_for_addresses() -> None:
    for row in ROWS:
        font = shipped().font(str(row["file"]))
        assert font.covers("+0123456789 @") or row["family"] == "Fieldkit Symbols"
        assert font.covers("Az") or row["family"] in ("Fieldkit Symbols", "Fieldkit Naskh")


def test_latin_letters_beside_arabic_are_those_of_our_latin_family() -> None:
    for bold in (False, True):
        assert shipped().font_for("A", "Latn", "ar", bold=bold).family == "Fieldkit Sans"
        assert shipped().font_for("A", "Arab", "ar", bold=bold).family == "Fieldkit Sans"
