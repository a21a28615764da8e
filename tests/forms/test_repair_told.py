"""A file that is no spreadsheet, and how a repair is told to people and to programs."""

import json

import pytest

from fieldkit.forms.problems import FormFault
from fieldkit.forms.repair_lines import repair_json, repair_lines
from fieldkit.forms.repaired import repair_form
from fieldkit.languages.catalogues import load
from fieldkit.languages.messages import sentences
from tests.forms.repairing import SHEET_FAULTS, repaired
from tests.forms.xlsforms import survey


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<h:html xmlns:h='http://www.w3.org/1999/xhtml'/>", "form.repair_needs_spreadsheet"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"no workbook", "form.file_no_workbook"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "form.file_encrypted"),
        (b"PK\x03\x04 no zip", "form.file_damaged"),
        (b"", "form.file_empty"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_with_a_sentence(content: bytes, code: str) -> None:
    with pytest.raises(FormFault) as refused:
        repair_form(content, "form.xls")
    assert [problem.code for problem in refused.value.problems] == [code]


def test_the_list_of_repairs_reads_as_lines_and_as_data() -> None:
    words = load("en", "interface")
    found = repaired(survey=survey(("text", "a b", "A"), ("text", "c", "${nobody}")))
    lines = repair_lines(found, words)
    assert lines[0] == "1 repair."
    assert lines[1].startswith("survey, row 2, name: Names hold letters")
    assert lines[1].endswith("Before: a b · Now: a_b")
    assert lines[3].startswith("survey, row 3, label: There is no question with the name nobody.")
    data = json.loads(json.dumps(repair_json(found, words)))
    assert (data["repaired"], data["left"]["usable"]) == (True, False)
    assert data["changes"][0]["now"] == "a_b"
    assert repair_lines(repaired(), words)[0] == "There was nothing to repair."


def test_every_code_of_a_repair_has_a_sentence() -> None:
    known = {code for code in sentences() if code.startswith("repair.")}
    used = {change.code for sheets, _ in SHEET_FAULTS.values() for change in repaired(**sheets).changes}
    assert used <= known
