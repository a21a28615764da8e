"""What a coordinator does with a form at the command line: check, repair, convert, test, walk."""

import io
import json
import zipfile
from pathlib import Path

from click.testing import CliRunner, Result

from fieldkit import files
from fieldkit.cli.main import WORDS
from fieldkit.cli.program import program
from tests.forms.xlsforms import CHOICES, survey, vector, xlsx

MESSY = xlsx(survey=survey(("text", "a b", "A"), ("integer", "n", "N ${a b}")))
REFUSED = xlsx(survey=survey(("text", "a b", "A"), ("integer", "n", "N ${nobody}")))


def run(*words: object) -> Result:
    assert WORDS  # loading them puts the words into the program
    return CliRunner().invoke(program, [str(word) for word in words])


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_check_says_what_is_wrong_and_where_in_the_language_asked_for(tmp_path: Path) -> None:
    form = put(tmp_path, "form.xlsx", REFUSED)
    english, french = run("form", "check", form), run("form", "check", form, "--language", "fr")
    assert english.exit_code == french.exit_code == 1
    assert "survey, row 3, label: There is no question with the name nobody." in english.output
    assert "survey, ligne 3, label: " in french.output
    assert run("--language", "fr", "form", "check", form).output == french.output
    data = json.loads(run("form", "check", form, "--json").output)
    assert {"form.name_bad", "form.reference_unknown"} <= {problem["code"] for problem in data["problems"]}


def test_a_repair_writes_a_copy_and_lists_every_change(tmp_path: Path) -> None:
    form, out = put(tmp_path, "form.xlsx", MESSY), tmp_path / "repaired.xlsx"
    done = run("form", "repair", form, out)
    assert done.exit_code == 0
    assert done.output.startswith("2 repairs.\nsurvey, row 2, name: ")
    assert "The copy can be used as a form." in done.output
    assert form.read_bytes() == MESSY
    assert run("form", "check", out).exit_code == 0
    again = json.loads(run("form", "repair", out, tmp_path / "again.xlsx", "--json").output)
    assert (again["repaired"], again["left"]["usable"]) == (False, True)


def test_what_could_not_be_repaired_is_named_and_ends_with_code_1(tmp_path: Path) -> None:
    form = put(tmp_path, "form.xlsx", REFUSED)
    done = run("form", "repair", form, tmp_path / "repaired.xlsx")
    assert done.exit_code == 1
    assert "Left for you" in done.output
    assert "There is no question with the name nobody." in done.output
    assert run("form", "repair", form, form).exit_code == 1
    assert form.read_bytes() == REFUSED
    xml = put(tmp_path, "form.xml", b"<html/>")
    refused = run("form", "repair", xml, tmp_path / "x.xlsx")
    assert refused.exit_code == 1
    assert "Only a spreadsheet (.xlsx) can be repaired." in refused.stderr


def test_a_conversion_writes_the_xform_and_names_the_lists_beside_it(tmp_path: Path) -> None:
    rows = (("select_one_from_file towns.csv", "town", "Town?"),)
    form = put(tmp_path, "form.xlsx", xlsx(survey=survey(*rows)))
    put(tmp_path, "towns.csv", b"name,label\na,A\n")
    put(tmp_path, "other.csv", b"name,label\n")
    (tmp_path / "out").mkdir()
    out = tmp_path / "out" / "form.xml"
    done = run("form", "convert", form, out)
    assert done.exit_code == 0
    assert done.output.split() == [str(out), str(out.with_name("towns.csv"))]
    assert run("form", "check", out).exit_code == 0
    refused = run("form", "convert", put(tmp_path, "bad.xlsx", REFUSED), tmp_path / "bad.xml")
    assert refused.exit_code == 1
    assert "form repair bad.xlsx repaired.xlsx" in refused.stderr
    assert not (tmp_path / "bad.xml").exists()


def test_a_script_is_run_row_by_row(tmp_path: Path) -> None:
    form = put(tmp_path, "form.xlsx", xlsx(choices=CHOICES))
    good = put(tmp_path, "good.md", b"|do|question|value|\n|answer|alone|yes|\n|expect value|alone|yes|\n")
    bad = put(tmp_path, "bad.csv", b"do,question,value\nanswer,alone,perhaps\n")
    done = run("form", "test", form, good)
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "2 steps, all as expected.")
    missed = run("form", "test", form, bad)
    assert missed.exit_code == 1
    assert "✗ row 2: answer alone perhaps — perhaps is not offered. Offered are: yes, no." in missed.output
    assert json.loads(run("form", "test", form, bad, "--json").output)["missed"] == 1
    broken = run("form", "test", form, put(tmp_path, "s.md", b"|do|question|\n|sing|a|\n"))
    assert broken.exit_code == 1
    assert "row 2: sing is no step." in broken.stderr
    assert "expect value | shown | hidden" in run("form", "test", "--help").output


def test_the_example_script_fits_the_form_it_was_written_for() -> None:
    form = files.resources() / "forms" / "screening.md"
    script = files.resources() / "examples" / "screening.test.md"
    assert run("form", "test", form, script).exit_code == 0


def test_the_last_line_of_a_walk_is_what_was_asked_and_answered(tmp_path: Path) -> None:
    repaired = tmp_path / "repaired.xlsx"
    form = put(tmp_path, "unhcr-demo.xlsx", vector("real/unhcr-demo.xlsx"))
    assert run("form", "repair", form, repaired).exit_code == 0
    for seed in (1, 2, 3):
        done = run("form", "walk", repaired, "--seed", seed, "--json")
        line = json.loads(done.output.splitlines()[-1])
        assert list(line) == ["questions", "answered", "unanswered", "finished"]
        assert (done.exit_code, line["finished"]) == (0, True)


def test_an_xform_is_checked_walked_and_tested_like_a_spreadsheet(tmp_path: Path) -> None:
    form = put(tmp_path, "eimci.xml", vector("real/eimci.xml"))
    assert run("form", "check", form).exit_code == 0
    assert json.loads(run("form", "walk", form, "--json").output)["finished"]
    script = put(tmp_path, "s.md", b"|do|question|value|\n|expect finished|||\n")
    assert "✗ row 2: expect finished" in run("form", "test", form, script).output


def test_a_form_with_its_files_in_one_archive_is_a_form_too(tmp_path: Path) -> None:
    rows = survey(("select_one_from_file huts.csv", "hut", "Which hut?"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("huts-form.xlsx", xlsx(survey=rows))
        archive.writestr("huts.csv", "name,label\na,Hut A\n")
    form = put(tmp_path, "huts.zip", packed.getvalue())
    checked = run("form", "check", form)
    assert checked.exit_code == 0 and "huts.csv" not in checked.output, "the list is there"
    walked = json.loads(run("form", "walk", form, "--json").output.splitlines()[-1])
    assert walked == {"questions": 1, "answered": 1, "unanswered": [], "finished": True}
