"""Every code that authoring can give has a sentence, and every sentence finds the data it names."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import fieldkit.forms
from fieldkit.forms.refusals import _BY_CODE, _PATTERNS
from fieldkit.languages.messages.forms_authoring import MESSAGES

FOLDER = Path(fieldkit.forms.__file__).parent
OWN = (
    *(
        "authoring",
        "build",
        "checks",
        "columns",
        "expression_checks",
        "form_texts",
        "markdown_tables",
        "places",
    ),
    *(
        "portability",
        "possible",
        "problems",
        "protection_findings",
        "reach_findings",
        "refusals",
        "repaired",
        "sheet_checks",
        "survey_checks",
        "workbook",
    ),
)


def codes() -> set[str]:
    found: set[str] = set()
    for name in OWN:
        for node in ast.walk(ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value} if re.fullmatch(r"form\.\w+", node.value) else set()
    return found


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert codes() == {code for code in MESSAGES if code.startswith("form.")}


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_sentences_end_and_have_no_exclamation_mark(code: str) -> None:
    assert "!" not in MESSAGES[code]
    assert MESSAGES[code].endswith((".", "{reason}"))


def placeholders(code: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(MESSAGES[code]) if name}


def test_the_converters_sentences_hold_what_ours_name() -> None:
    from pyxform.errors import ErrorCode  # noqa: PLC0415

    for name, (code, _, _) in _BY_CODE.items():
        given = set(re.findall(r"(?<!\{)\{(\w+)\}", ErrorCode[name].value.msg))
        assert placeholders(code) <= given | {"sheet", "column", "reason"}, name
    for pattern, ours, _, _ in _PATTERNS:
        if ours is not None:
            assert placeholders(ours) <= set(pattern.groupindex) | {"column"}, ours


def test_every_code_of_the_converter_is_known() -> None:
    from pyxform.errors import ErrorCode  # noqa: PLC0415

    unknown = {code.name for code in ErrorCode} - set(_BY_CODE)
    assert unknown <= {"INTERNAL_001", "INTERNAL_002"}
