"""Functions on text."""

import base64
import binascii
import hashlib
import uuid as uuids

from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.faults import EvaluationFault
from fieldkit.forms.expressions.functions.table import ANY_NUMBER, Function, row
from fieldkit.forms.expressions.patterns import matcher
from fieldkit.forms.expressions.values import Value, text_value
from fieldkit.forms.nodes import Node, text_of


def spread(values: tuple[Value, ...]) -> list[str]:
    """The texts of all values, each relevant node of a set its own."""
    found: list[str] = []
    for value in values:
        if isinstance(value, list):
            found += [text_of(node) for node in value if node.active]
        else:
            found.append(text_value(value))
    return found


def _concat(_: Environment, *values: Value) -> str:
    return "".join(spread(values))


def _join(_: Environment, glue: str, *values: Value) -> str:
    return glue.join(spread(values))


def _substring(_: Environment, text: str, start: float, length: float | None = None) -> str:
    # XPath 1.0, 4.2: positions from 1, rounded half up; NaN and infinities fall out of the comparison
    first = _half_up(start)
    last = first + _half_up(length) if length is not None else float("inf")
    return "".join(letter for at, letter in enumerate(text, 1) if first <= at < last)


def _half_up(number: float) -> float:
    return float((number + 0.5) // 1) if abs(number) < 1e15 else number


def _substr(_: Environment, text: str, start: float, end: float | None = None) -> str:
    # ODK XForms: positions from 0, negative from the end, the end not included
    return text[_slot(start, len(text)) : len(text) if end is None else _slot(end, len(text))]


def _slot(number: float, length: int) -> int:
    if number != number:
        return 0
    place = int(max(min(number, length), -length))
    return place if place >= 0 else length + place


def _translate(_: Environment, text: str, old: str, new: str) -> str:
    table: dict[int, str | None] = {}
    for at, letter in enumerate(old):
        table.setdefault(ord(letter), new[at] if at < len(new) else None)
    return text.translate(table)


def _before(_: Environment, text: str, mark: str) -> str:
    return text.partition(mark)[0] if mark and mark in text else ""


def _after(_: Environment, text: str, mark: str) -> str:
    return text.partition(mark)[2] if mark else text


def _regex(_: Environment, text: str, pattern: str) -> bool:
    # JavaRosa: the whole text must match (Enketo: any part)
    return matcher(pattern)(text)


_DIGESTS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


def _digest(_: Environment, text: str, method: str, spelling: str = "base64") -> str:
    name = _DIGESTS.get(method.upper())
    if name is None or spelling.lower() not in ("base64", "hex"):
        raise EvaluationFault("expression.digest", method=method[:20])
    # not for safety: forms compare and shorten with it, so old methods are as good as the form's author made them
    made = hashlib.new(name, text.encode(), usedforsecurity=False)
    return made.hexdigest() if spelling.lower() == "hex" else base64.b64encode(made.digest()).decode()


def _base64(_: Environment, text: str) -> str:
    try:
        return base64.b64decode(text, validate=False).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _uuid(env: Environment, length: float | None = None) -> str:
    if length is None:
        return str(uuids.UUID(bytes=env.randomness.bytes(16), version=4))
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    count = min(int(length), 1_000) if length == length and length > 0 else 0
    return "".join(letters[int(env.chance() * len(letters))] for _ in range(count))


def _string(_: Environment, node: Node, value: Value | None = None) -> str:
    return text_of(node) if value is None else text_value(value)


def _length(_: Environment, node: Node, text: str | None = None) -> float:
    return float(len(text_of(node) if text is None else text))


def _normalize(_: Environment, node: Node, text: str | None = None) -> str:
    return " ".join((text_of(node) if text is None else text).split())


FUNCTIONS: tuple[Function, ...] = (
    row("string", (0, 1), "v", "s", _string, here=True),
    row("concat", (0, ANY_NUMBER), "v", "s", _concat),
    row("join", (1, ANY_NUMBER), "sv", "s", _join),
    row("starts-with", (2, 2), "s", "b", lambda _, text, start: text.startswith(start)),
    row("ends-with", (2, 2), "s", "b", lambda _, text, end: text.endswith(end)),
    row("contains", (2, 2), "s", "b", lambda _, text, part: part in text),
    row("substring", (2, 3), "snn", "s", _substring),
    row("substr", (2, 3), "snn", "s", _substr),
    row("substring-before", (2, 2), "s", "s", _before),
    row("substring-after", (2, 2), "s", "s", _after),
    row("string-length", (0, 1), "s", "n", _length, here=True),
    row("normalize-space", (0, 1), "s", "s", _normalize, here=True),
    row("translate", (3, 3), "s", "s", _translate),
    row("regex", (2, 2), "s", "b", _regex),
    row("digest", (2, 3), "s", "s", _digest),
    row("base64-decode", (1, 1), "s", "s", _base64),
    row("uuid", (0, 1), "n", "s", _uuid, changes=True),
)
