"""Every code that storage and crypto can raise has a sentence with a next step, and its blanks can be filled."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import fieldkit
from fieldkit.languages.messages.backup import MESSAGES as BACKUP
from fieldkit.languages.messages.crypto import MESSAGES as CRYPTO
from fieldkit.languages.messages.people import MESSAGES as PEOPLE
from fieldkit.languages.messages.storage import MESSAGES as STORAGE

PACKAGE = Path(fieldkit.__file__).parent
FILES = [
    *sorted((PACKAGE / "storage").rglob("*.py")),
    *(PACKAGE / "crypto" / f"{name}.py" for name in ("primitives", "keys", "phrases")),
    PACKAGE / "domain" / "entries.py",
]
SENTENCES = STORAGE | CRYPTO | BACKUP | PEOPLE


def raised() -> Iterator[tuple[str, set[str]]]:
    """Each code that stands in a call to a fault, with the names of the data it is given."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("Fault", "Mistake")):
                data = {keyword.arg for keyword in node.keywords if keyword.arg is not None}
                for code in ast.walk(node.args[0]):
                    if isinstance(code, ast.Constant) and isinstance(code.value, str) and "." in code.value:
                        yield code.value, data


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_every_code_has_a_sentence() -> None:
    codes = {code for code, _ in raised()}
    assert len(codes) > 30
    assert codes <= set(SENTENCES)


def test_every_blank_is_filled_wherever_the_code_is_raised() -> None:
    assert [(code, data) for code, data in raised() if not blanks(SENTENCES[code]) <= data] == []


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_sentences_are_plain_and_say_what_became_of_the_data(code: str) -> None:
    sentence = SENTENCES[code]
    assert sentence.endswith(".")
    assert "!" not in sentence
    assert sentence.count(".") >= 3, "what happened, what it means for the data, what to do next"
