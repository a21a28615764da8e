"""Every code that is raised has one sentence, and every sentence can be filled."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import fieldkit
from fieldkit.domain.errors import PersonFault
from fieldkit.languages.catalogues import PLACEHOLDER, load
from fieldkit.languages.messages import UNKNOWN_CODE, sentence, sentences, tables

PACKAGE = Path(fieldkit.__file__).parent
CODE = re.compile(r"[a-z]+\.[a-z_]+")
ENGLISH = load("en", "interface")


class Raised(NamedTuple):
    """One place that makes an error."""

    place: str
    code: str
    data: frozenset[str] | None


def raised() -> Iterator[Raised]:
    """Every call of a class named as an error of ours whose first argument (or `code=`) is a literal code."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (code := _code(node)):
                names = {keyword.arg for keyword in node.keywords if keyword.arg != "code"}
                data = None if None in names else frozenset(name for name in names if name)
                yield Raised(f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}", code, data)


def _code(call: ast.Call) -> str | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    first = call.args[:1] + [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    ours = name.endswith(("Fault", "Error", "Refused", "ToSend"))
    if not ours or not first or not isinstance(first[0], ast.Constant):
        return None
    value = first[0].value
    return value if isinstance(value, str) and CODE.fullmatch(value) else None


def test_every_code_that_is_raised_has_a_sentence() -> None:
    missing = sorted({f"{one.code} ({one.place})" for one in raised() if one.code not in sentences()})
    assert missing == []


def test_every_sentence_is_filled_by_every_place_that_raises_it() -> None:
    wrong = []
    for one in raised():
        needed = set(PLACEHOLDER.findall(sentences().get(one.code, "")))
        # The engine of expressions knows no form; whoever compiles one adds where it stands.
        added = {"path", "what"} if one.code.startswith("expression.") else set()
        if one.data is not None and not needed <= one.data | added:
            wrong.append(f"{one.place}: {one.code} needs {sorted(needed - one.data)}")
    assert wrong == []


def test_a_code_has_one_sentence_only() -> None:
    counted = Counter(code for table in tables().values() for code in table)
    assert [code for code, count in counted.items() if count > 1] == []


def test_sentences_are_calm_and_end() -> None:
    for code, text in sentences().items():
        assert "!" not in text.replace("!=", ""), code
        assert text.strip() == text, code
        assert text.endswith((".", "?", "}")), code


def test_a_sentence_is_filled_with_the_error_s_data() -> None:
    error = PersonFault("glossary.unreadable", name="fr.csv")
    assert "fr.csv" in sentence(error, ENGLISH)


def test_a_code_without_a_sentence_names_itself() -> None:
    assert sentence(PersonFault("nobody.knows"), ENGLISH) == UNKNOWN_CODE.replace("{code}", "nobody.knows")


def test_a_name_from_a_stick_commands_no_terminal_and_turns_no_line_round() -> None:
    hostile = "\x1b]0;mine\x07\u202egpj.\udcff\nsaved.fkb"
    for tag in ("en", "ar"):
        told = sentence(PersonFault("window.file_unreadable", file=hostile), load(tag, "interface"))
        assert "�]0;mine��gpj.� saved.fkb" in told
        told.encode()
