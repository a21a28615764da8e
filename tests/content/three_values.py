"""A second, tiny reading of rule conditions for tests: `and`, `or`, `not`, `=`, `selected`, in three values.

It knows nothing of the forms' engine, so that what a shipped rule means is stated twice, independently.
"""

import re
from collections.abc import Mapping

from fieldkit.domain.outcome import Verdict

Answers = Mapping[str, tuple[str, ...]]

_ATOM = re.compile(r"selected\(\$\{(\w+)\}, '(\w+)'\)|\$\{(\w+)\} = '(\w+)'")
_TOKEN = re.compile(r"\s*(<\d+>|and|or|not|\(|\))")


def verdict(when: str, answers: Answers) -> Verdict:
    """What the condition says of the answers; a name without answer is unknown."""
    atoms: list[bool | None] = []

    def number(match: re.Match[str]) -> str:
        name, value = (match[1], match[2]) if match[1] else (match[3], match[4])
        known = answers.get(name, ())
        split = [part for one in known for part in (one.split() if match[1] else [one])]
        atoms.append(value in split if known else None)
        return f"<{len(atoms) - 1}>"

    shape = _ATOM.sub(number, when)
    tokens = _TOKEN.findall(shape)
    assert "".join(tokens) == re.sub(r"\s", "", shape), f"a condition this reading does not know: {when}"
    value, rest = _either(tokens, atoms)
    assert not rest
    return {True: Verdict.YES, False: Verdict.NO, None: Verdict.CANNOT_TELL}[value]


def _either(tokens: list[str], atoms: list[bool | None]) -> tuple[bool | None, list[str]]:
    value, tokens = _both(tokens, atoms)
    while tokens[:1] == ["or"]:
        other, tokens = _both(tokens[1:], atoms)
        value = True if True in (value, other) else None if None in (value, other) else False
    return value, tokens


def _both(tokens: list[str], atoms: list[bool | None]) -> tuple[bool | None, list[str]]:
    value, tokens = _one(tokens, atoms)
    while tokens[:1] == ["and"]:
        other, tokens = _one(tokens[1:], atoms)
        value = False if False in (value, other) else None if None in (value, other) else True
    return value, tokens


def _one(tokens: list[str], atoms: list[bool | None]) -> tuple[bool | None, list[str]]:
    head, *rest = tokens
    if head == "not":
        value, rest = _one(rest, atoms)
        return (None if value is None else not value), rest
    if head == "(":
        value, rest = _either(rest, atoms)
        assert rest[0] == ")"
        return value, rest[1:]
    return atoms[int(head.strip("<>"))], rest
