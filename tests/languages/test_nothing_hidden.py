"""Every text of the interface reaches the translators, however the code spells its saying."""

import ast
from collections.abc import Iterator
from pathlib import Path

import fieldkit
from fieldkit.languages.extract import interface_template

PACKAGE = Path(fieldkit.__file__).parent


def said(tree: ast.AST) -> Iterator[str]:
    """First arguments that are literals, of calls such as `say`, `context.say`, `self._say`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _name(node.func).strip("_") == "say":
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def test_every_text_that_is_said_stands_in_the_template() -> None:
    held = {one.id if isinstance(one.id, str) else one.id[0] for one in interface_template(PACKAGE)}
    hidden = {
        f"{path.relative_to(PACKAGE).as_posix()}: {text}"
        for folder in ("ui", "cli")
        for path in (PACKAGE / folder).rglob("*.py")
        for text in said(ast.parse(path.read_text(encoding="utf-8")))
        if text not in held
    }
    assert hidden == set()


def test_a_text_in_a_formatted_string_is_seen() -> None:
    assert list(said(ast.parse("f\"{x}: {self._say('Hidden')}\""))) == ["Hidden"]
