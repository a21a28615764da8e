"""XLSForm in, ODK XForm out: the only door to pyxform.

1. A file is measured before it is parsed (`workbook`), and parsed and converted in a process of its own,
   which is stopped after `TIME_LIMIT`: a hostile or only very large form cannot hold the program.
2. What is wrong is told all at once, with sheet, row, column and remedy, in this program's words.
3. Contents go through pipes; nothing is written to disk.
4. The text of questions stays as its author typed it: the converter would make curly quotes straight in
   French sentences too, so they are carried past it.
"""

import base64
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from fieldkit.domain.errors import ProgramFault
from fieldkit.forms import markdown_tables
from fieldkit.forms.columns import MEDIA_PARTS, SHEETS, TEXT_PARTS, Table, cell
from fieldkit.forms.places import Places, places_of
from fieldkit.forms.problems import FormFault, Problem, Severity, error
from fieldkit.forms.refusals import Refusals
from fieldkit.forms.repair.bench import Bench
from fieldkit.forms.repair.files import read_pages, write_pages
from fieldkit.forms.repair.steps import repair
from fieldkit.forms.sheet_checks import check_sheets
from fieldkit.forms.workbook import OLE, Sheet, kind_of, measure_workbook, measure_xml, read_workbook

FK: Final = "https://fieldkit.org/xforms"
TIME_LIMIT: Final = 20.0  # seconds
MAX_XFORM_BYTES: Final = 64 * 1024 * 1024
CHILD_WORD: Final = "convert-form-in-child"
"""The hidden first word of the command line that makes a frozen program the converter."""
FROZEN_CONVERTER: Final = "fieldkit-converter"
"""The program beside a frozen one that is the same with a fixed hash seed (`build_installer.py`)."""

REPAIR: Final = "repair"
"""What the child is asked for instead of a kind of file, when it shall repair a workbook."""

READ: Final = "read"
"""What it is asked for when it shall only read the sheets of a workbook: rows with their numbers."""

_MODULE: Final = "fieldkit.forms.converter_child"
_CURLY: Final = {"\u2018": "\ue018", "\u2019": "\ue019", "\u201c": "\ue01c", "\u201d": "\ue01d"}
_CARRIED: Final = str.maketrans(_CURLY)
_RESTORED: Final = str.maketrans({carried: curly for curly, carried in _CURLY.items()})


@dataclass(frozen=True, slots=True)
class Converted:
    """A form ready for the reader. `resources` are its side files by name; `places` lead to the sheets."""

    xform: bytes
    resources: Mapping[str, bytes] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    places: Places = field(default_factory=Places)


def convert_xlsform(
    content: bytes, name: str, beside: Mapping[str, bytes] | None = None, *, seconds: float = TIME_LIMIT
) -> Converted:
    """Convert an .xlsx (or the markdown tables of a built-in form); an .xml form is taken as it is.

    `beside` are files of choices that lie beside the form, by name. Raises FormFault with every problem.
    """
    kind = kind_of(content, name)
    if kind == "xml":
        measure_xml(content)
        return Converted(content, dict(beside or {}))
    if kind == "xlsx":
        measure_workbook(content)
    reply = ask_child(kind, name, content, seconds)
    problems = tuple(problem_of(item) for item in reply["problems"])
    if any(problem.is_error for problem in problems):
        raise FormFault(problems)
    resources = {name: text.encode() for name, text in reply["resources"].items()} | dict(beside or {})
    return Converted(reply["xform"].encode(), resources, problems, Places(**reply["places"]))


def ask_child(kind: str, name: str, content: bytes, seconds: float) -> dict[str, Any]:
    """Let the child convert (`kind` xlsx or md) or repair a form; its reply. Raises FormFault, ProgramFault."""
    return _reply(_run_child(json.dumps({"kind": kind, "name": name}).encode() + b"\n" + content, seconds))


def convert_here(request: bytes) -> bytes:
    """What the child process does with its whole input; returns what it writes to its output."""
    head, _, content = request.partition(b"\n")
    asked = json.loads(head)
    try:
        if asked["kind"] == READ:
            lines = [
                [(1, sheet.header), *((row.number, row.cells) for row in sheet.rows)]
                for sheet in read_workbook(content)
            ]
            return json.dumps({"sheets": lines, "problems": []}).encode()
        if asked["kind"] == REPAIR:
            return json.dumps(_repair(content, Path(asked["name"]).stem)).encode()
        sheets = markdown_tables.parse(content) if asked["kind"] == "md" else read_workbook(content)
        reply = _convert_sheets(sheets, Path(asked["name"]).stem)
    except FormFault as fault:
        reply = {"problems": [_item(problem) for problem in fault.problems]}
    return json.dumps({"xform": "", "resources": {}, "places": {}, "problems": []} | reply).encode()


def _convert_sheets(sheets: Sequence[Sheet], stem: str) -> dict[str, Any]:
    # Loaded here: it takes a third of a second, and only the child needs it.
    from pyxform.errors import ErrorCode, PyXFormError  # noqa: PLC0415
    from pyxform.xls2xform import convert  # noqa: PLC0415

    problems = check_sheets(sheets, _types())
    if any(problem.is_error for problem in problems):
        raise FormFault(problems)
    said: list[str] = []
    refusals = Refusals({code.name: code.value.msg for code in ErrorCode}, sheets)
    try:
        result = convert(_as_converter_reads(sheets, stem), warnings=said, validate=False)
    except PyXFormError as fault:
        raise FormFault([*problems, *refusals.errors(str(fault))]) from fault
    if len(result.xform) > MAX_XFORM_BYTES:
        raise FormFault([error("form.file_too_large", limit=MAX_XFORM_BYTES // 1024 // 1024)])
    return {
        "xform": result.xform.translate(_RESTORED),
        "resources": {"itemsets.csv": result.itemsets} if result.itemsets else {},
        "places": places_of(sheets).as_json(),
        "problems": [_item(problem) for problem in (*problems, *refusals.warnings(said))],
    }


def _types() -> dict[str, bool]:
    """The question types that the converter knows, and whether people see a question of the type."""
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT  # noqa: PLC0415

    # Types such as background-audio are done when the form opens; nobody sees them, so they need no label.
    return {
        name: kind.get("control", {}).get("tag", "action") != "action"
        for name, kind in QUESTION_TYPE_DICT.items()
    }


def _repair(content: bytes, stem: str) -> dict[str, Any]:
    bench = Bench(read_pages(content), _types(), stem)
    repair(bench)
    is_old = content.startswith(OLE)
    repaired = write_pages(content, bench) if bench.changes or is_old else content
    return {
        "content": base64.b64encode(repaired).decode(),
        "changes": [asdict(change) for change in bench.listed()],
        "problems": [],
    }


def _as_converter_reads(sheets: Sequence[Sheet], stem: str) -> dict[str, Any]:
    """The sheets in the shape that the converter's own readers give it, row numbers kept."""
    book: dict[str, Any] = {
        "sheet_names": [sheet.name for sheet in sheets],
        "fallback_form_name": stem or None,
    }
    for sheet in sheets:
        kind = sheet.name.strip().lower()
        if kind in SHEETS:
            table = Table(sheet)
            # The converter takes the settings from the first row, be it empty, and an empty row for an entity.
            rows = _rows(table)
            book[kind] = [row for row in rows if row] if kind in ("settings", "entities") else rows
            book[f"{kind}_header"] = [{" ".join(column.header.split()): None for column in table.columns}]
    _declare_own_namespace(book)
    return book


def _declare_own_namespace(book: dict[str, Any]) -> None:
    """A form that uses this program's columns need not spell their namespace in its settings."""
    settings = book.get("settings") or [{}]
    header = (book.get("settings_header") or [{}])[0]
    declared = settings[0].get("namespaces", "")
    uses = any("::fk:" in column for column in book["survey_header"][0])
    if uses and "fk=" not in declared:
        settings[0]["namespaces"] = f'{declared} fk="{FK}"'.strip()
        book["settings"], book["settings_header"] = settings, [{**header, "namespaces": None}]


def _rows(table: Table) -> list[dict[str, str]]:
    last = table.sheet.rows[-1].number if table.sheet.rows else 1
    rows: list[dict[str, str]] = [{} for _ in range(last - 1)]
    for row in table.sheet.rows:
        for column in table.columns:
            text = cell(row, column.index).strip()
            if text:
                is_text = column.part in TEXT_PARTS or column.part in MEDIA_PARTS
                header = " ".join(column.header.split())
                rows[row.number - 2][header] = text.translate(_CARRIED) if is_text else text
    return rows


def _run_child(request: bytes, seconds: float) -> bytes:
    # The child must find this very package, wherever the program was started from.
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
    try:
        done = subprocess.run(  # noqa: S603 (this program itself, with words of its own)
            _child_command(),
            input=request,
            capture_output=True,
            timeout=seconds,
            check=False,
            # The converter walks sets of strings: only a fixed seed gives the same form the same bytes.
            env=os.environ | {"PYTHONPATH": path, "PYTHONHASHSEED": "0"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as fault:
        raise FormFault([error("form.took_too_long", seconds=int(TIME_LIMIT))]) from fault
    if done.returncode != 0:
        raise FormFault([error("form.converter_stopped")])
    return done.stdout


def _child_command() -> list[str]:
    if not getattr(sys, "frozen", False):
        return [sys.executable, "-m", _MODULE]
    # A frozen program does not read PYTHONHASHSEED; the one beside it has the seed built in.
    program = Path(sys.executable)
    return [str(program.with_name(FROZEN_CONVERTER + program.suffix)), CHILD_WORD]


def _reply(output: bytes) -> dict[str, Any]:
    try:
        reply = json.load(io.BytesIO(output))
    except ValueError as fault:
        raise ProgramFault("form.converter_stopped") from fault
    if not isinstance(reply, dict):
        raise ProgramFault("form.converter_stopped")
    return reply


def _item(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "data": dict(problem.data),
    }


def problem_of(item: dict[str, Any]) -> Problem:
    return Problem(**(item | {"severity": Severity(item["severity"])}))
