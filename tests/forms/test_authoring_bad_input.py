"""Whatever the file is, it is refused with a reason, in bounded time and memory, or it is a form."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.forms import authoring, workbook
from fieldkit.forms.authoring import convert_here, convert_xlsform
from fieldkit.forms.problems import FormFault
from fieldkit.forms.workbook import kind_of, measure_workbook
from tests.forms.xlsforms import repacked, survey, xlsx

pytestmark = pytest.mark.converter_process

GOOD = xlsx()


def code_of(content: bytes, name: str = "form.xlsx") -> str:
    with pytest.raises(FormFault) as refused:
        convert_xlsform(content, name)
    (problem,) = refused.value.problems
    return problem.code


def zipped(**entries: bytes) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in entries.items():
            archive.writestr(name, part)
    return output.getvalue()


def in_first_sheet(change: Callable[[bytes], bytes]) -> bytes:
    return repacked(GOOD, lambda name, part: change(part) if name.endswith("sheet1.xml") else part)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "form.xlsx", "form.file_empty"),
        (b"PK\x05\x06" + bytes(18), "form.xlsx", "form.file_unknown"),
        (b"type,name,label\ntext,a,A\n", "form.csv", "form.file_unknown"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512), "form.xls", "form.file_old_excel"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "form.xlsx",
            "form.file_encrypted",
        ),
        (GOOD[: len(GOOD) // 2], "form.xlsx", "form.file_damaged"),
        (GOOD[:-10], "form.xlsx", "form.file_damaged"),
        (
            zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
            "form.xlsx",
            "form.file_no_workbook",
        ),
        (zipped(**{"[Content_Types].xml": b"<Types/>"}), "form.xlsx", "form.file_no_workbook"),
        ("| survey |\n| | type | naïve |\n".encode("latin-1"), "form.md", "form.file_encoding"),
        (b"no table at all", "form.md", "form.file_no_tables"),
    ],
)
def test_what_is_no_form_is_refused_with_its_reason(content: bytes, name: str, code: str) -> None:
    assert code_of(content, name) == code


def test_a_file_that_is_too_large_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_FILE_BYTES", len(GOOD) - 1)
    assert code_of(GOOD) == "form.file_too_large"


def test_a_zip_bomb_is_refused_without_being_unpacked() -> None:
    # 65 MiB of zeros pack into 64 KiB.
    bomb = repacked(GOOD, lambda _, part: part, **{"xl/media/image1.png": bytes(65 * 1024 * 1024)})
    assert len(bomb) < 200_000
    assert code_of(bomb) == "form.file_unpacks_too_large"


def test_a_zip_with_thousands_of_parts_is_refused() -> None:
    crowd = repacked(GOOD, lambda _, part: part, **{f"xl/media/{number}.png": b"" for number in range(1_001)})
    assert code_of(crowd) == "form.file_too_many_entries"


def test_a_part_whose_size_is_a_lie_is_found_damaged() -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        size = next(entry.file_size for entry in archive.infolist() if entry.filename.endswith("sheet1.xml"))
    declared = size.to_bytes(4, "little")
    assert code_of(GOOD.replace(declared, (size - 5).to_bytes(4, "little"))) == "form.file_damaged"


def test_a_sheet_of_a_hundred_thousand_rows_is_refused_even_when_they_are_empty() -> None:
    rows = b"".join(b'<row r="%d" s="1"/>' % number for number in range(10, workbook.MAX_ROWS + 20))
    assert code_of(in_first_sheet(lambda part: part.replace(b"</sheetData>", rows + b"</sheetData>"))) == (
        "form.file_too_many_rows"
    )


def test_rows_are_counted_whatever_prefix_they_have_and_wherever_a_piece_ends() -> None:
    rows = b"".join(b'<x:row   r="%d"/>' % number for number in range(workbook.MAX_ROWS + 1))
    content = zipped(
        **{
            "[Content_Types].xml": b"<Types/>",
            "xl/worksheets/sheet1.xml": b"<sheetData>" + rows + b"</sheetData>",
        }
    )
    with pytest.raises(FormFault) as refused:
        measure_workbook(content)
    assert refused.value.problems[0].data["count"] == workbook.MAX_ROWS + 1


def test_a_row_of_hundreds_of_columns_is_refused() -> None:
    wide = survey(("text", "a", "A", *["x"] * 500))
    assert code_of(xlsx(survey=wide)) == "form.too_many_columns"


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE worksheet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        b'<!DOCTYPE worksheet SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_entities_and_document_types_are_refused_in_workbooks_and_in_xforms(declaration: bytes) -> None:
    assert code_of(in_first_sheet(lambda part: declaration + part)) == "form.file_unsafe"
    assert code_of(b'<?xml version="1.0"?>' + declaration + b"<h:html/>", "form.xml") == "form.file_unsafe"


def test_a_part_in_an_encoding_that_hides_declarations_is_refused() -> None:
    hidden = in_first_sheet(lambda part: part.decode().encode("utf-16"))
    assert code_of(hidden) == "form.file_unsafe"
    assert code_of("<?xml version='1.0'?><a/>".encode("utf-16"), "form.xml") == "form.file_unknown"


def test_sheets_that_are_no_xml_are_refused() -> None:
    assert code_of(in_first_sheet(lambda part: part[:-30])) == "form.file_no_workbook"


def test_a_form_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(FormFault) as refused:
        convert_xlsform(GOOD, "form.xlsx", seconds=0.001)
    assert [problem.code for problem in refused.value.problems] == ["form.took_too_long"]


def test_a_converter_that_dies_is_told_and_harms_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authoring, "_MODULE", "fieldkit.forms.no_such_module")
    assert code_of(GOOD) == "form.converter_stopped"


def test_a_frozen_program_starts_the_converter_beside_it_with_the_hidden_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        started.append(command)
        return subprocess.CompletedProcess(command, 1, b"", b"")

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(subprocess, "run", run)
    assert code_of(GOOD) == "form.converter_stopped"
    program = Path(sys.executable)
    beside = program.with_name(authoring.FROZEN_CONVERTER + program.suffix)
    assert started == [[str(beside), authoring.CHILD_WORD]]


def test_nothing_of_the_form_reaches_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert convert_xlsform(GOOD, "form.xlsx").xform
    assert list(tmp_path.iterdir()) == []


def test_the_same_form_gives_the_same_bytes() -> None:
    languages = ("type", "name", "label::English (en)", "label::Français (fr)", "hint::English (en)")
    content = xlsx(
        survey=survey(("text", "a", "A", "B", "C"), ("text", "b", "A", "B", "C"), header=languages)
    )
    converted = [convert_xlsform(content, "form.xlsx").xform for _ in range(3)]
    assert all(one == other for one, other in pairwise(converted))


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(min_value=0, max_value=len(GOOD) - 1))
def test_a_file_cut_anywhere_is_refused(cut: int) -> None:
    with pytest.raises(FormFault):
        measured(GOOD[:cut])


@settings(max_examples=100, deadline=None)
@given(at=st.integers(min_value=0, max_value=len(GOOD) - 1), flip=st.integers(min_value=1, max_value=255))
def test_a_file_altered_anywhere_is_refused_or_read_and_never_breaks_the_program(at: int, flip: int) -> None:
    altered = GOOD[:at] + bytes([GOOD[at] ^ flip]) + GOOD[at + 1 :]
    try:
        reply = measured(altered)
    except FormFault as refused:
        assert refused.problems
    else:
        assert reply["xform"] or reply["problems"]


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(
                ["text", "begin group", "end group", "select_one yes_no", "calculate", "note", "", "x"]
            ),
            st.text(st.sampled_from("ab ${}_é'\u2019<&\u200b"), max_size=4),
            st.text(st.sampled_from("ab ${}_é'\u2019<&|"), max_size=6),
        ),
        max_size=5,
    )
)
def test_any_sheet_is_converted_or_refused_with_places(rows: list[tuple[str, str, str]]) -> None:
    reply = measured(xlsx(survey=survey(*rows)))
    errors = [problem for problem in reply["problems"] if problem["severity"] == "error"]
    assert bool(errors) != bool(reply["xform"])
    assert all(problem["sheet"] and problem["row"] for problem in errors)


def measured(content: bytes) -> dict[str, list[dict[str, object]]]:
    """What the parent checks and the child does, in this one process: a hundred files in a second."""
    if kind_of(content, "form.xlsx") == "xlsx":
        measure_workbook(content)
    reply = json.loads(
        convert_here(json.dumps({"kind": "xlsx", "name": "f.xlsx"}).encode() + b"\n" + content)
    )
    assert isinstance(reply, dict)
    return reply
