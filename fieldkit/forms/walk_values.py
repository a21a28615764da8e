"""Random values that a question may take, for automatic walks.

A question's own constraint is the best hint: numbers, dates and words written in it are tried, and what lies
next to them.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from fieldkit.domain.ports import Randomness
from fieldkit.forms.answers import canonical
from fieldkit.forms.finding import in_same_rows
from fieldkit.forms.items import QuestionItem
from fieldkit.forms.session import Session
from fieldkit.forms.walk_patterns import matching

_WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath", "islet", "juniper")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")
_LITERAL = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PATTERN = re.compile(r"regex\s*\([^,]*,\s*(?:'([^']*)'|\"([^\"]*)\")")
_LENGTH = re.compile(r"string-length\([^)]*\)\s*[<>!]?=?\s*(\d+)")
MANY = 60
"""The attempt from which any number of choices is taken at once."""
MOST_LETTERS = 4_000
_PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63600000000200"
    "014882a4710000000049454e44ae426082"
)
"""A picture of one point (PNG)."""
_ENDINGS = {"image": ".png", "audio": ".wav", "video": ".mp4"}


class Dice:
    """Draws that a seed determines."""

    def __init__(self, source: Randomness) -> None:
        self._source = source

    def below(self, count: int) -> int:
        """A whole number from 0 up to, not including, `count`."""
        return int.from_bytes(self._source.bytes(4), "big") % max(count, 1)

    def one(self, items: Sequence[str]) -> str:
        """One of `items`."""
        return items[self.below(len(items))]


def candidate(
    session: Session, question: QuestionItem, dice: Dice, attempt: int, files: dict[str, bytes]
) -> str | None:
    """A value to try; None when there is nothing to choose from."""
    match question.control:
        case "select1" | "select" | "rank":
            return _chosen(session, question, dice, attempt)
        case "trigger":
            return "OK"
        case "range":
            return _in_range(question, dice)
        case "upload":
            return _file(question, files)
        case _:
            return _typed(session, question, dice, attempt)


def _chosen(session: Session, question: QuestionItem, dice: Dice, attempt: int) -> str | None:
    offered = [value for value in session.offered_values(question.ref) if value]
    if question.control == "select1":
        return dice.one(offered) if offered else None
    values = [value for value in offered if " " not in value]
    if not values:
        return None
    order = _shuffled(values, dice)
    most = min(3, len(order)) if attempt < MANY else len(order)
    return " ".join(order if question.control == "rank" else order[: 1 + dice.below(most)])


def _shuffled(values: Sequence[str], dice: Dice) -> list[str]:
    left, order = list(values), []
    while left:
        order.append(left.pop(dice.below(len(left))))
    return order


def _in_range(question: QuestionItem, dice: Dice) -> str:
    start, end, step = (_bound(question, name, default) for name, default in _RANGE)
    steps = int(abs(end - start) / abs(step)) if step else 0
    value = start + (abs(step) if end >= start else -abs(step)) * dice.below(steps + 1)
    return str(int(value)) if question.type == "int" else f"{value:.10g}"


_RANGE = (("start", 0.0), ("end", 10.0), ("step", 1.0))


def _bound(question: QuestionItem, name: str, default: float) -> float:
    """A bound of a range; one that is written wrongly counts as not written."""
    written = canonical("decimal", question.options.get(name, ""))
    return float(written) if written else default


def _file(question: QuestionItem, files: dict[str, bytes]) -> str:
    kind = question.media_type.partition("/")[0]
    name = f"walk-{len(files) + 1}{_ENDINGS.get(kind, '.txt')}"
    files[name] = _PICTURE if kind == "image" else b"walk"
    return name


def _typed(session: Session, question: QuestionItem, dice: Dice, attempt: int) -> str:
    rule = _constraint(session, question)
    if rule and attempt % 3 == 1:
        beside = _answers_beside(session, question)
        if beside:
            return _near(dice.one(beside), question.type, dice)
    match question.type:
        case "int":
            return str(int(_number(rule, dice, attempt)))
        case "decimal":
            return f"{_number(rule, dice, attempt) + dice.below(100) / 100:.2f}"
        case "date":
            return _date(session, rule, dice)
        case "time":
            return f"{dice.below(24):02d}:{dice.below(60):02d}:00"
        case "dateTime":
            return f"{_date(session, rule, dice)}T{dice.below(24):02d}:{dice.below(60):02d}:00.000+00:00"
        case "geopoint":
            return _point(dice)
        case "geotrace":
            return ";".join(_point(dice) for _ in range(3))
        case "geoshape":
            corners = [_point(dice) for _ in range(3)]
            return ";".join([*corners, corners[0]])
        case "boolean":
            return dice.one(("true", "false"))
        case _:
            return _text(rule, question, dice, attempt)


def _constraint(session: Session, question: QuestionItem) -> str:
    shape = session.node(question.ref).shape
    bind = shape.bind if shape is not None else None
    return bind.constraint.text if bind is not None and bind.constraint is not None else ""


def _answers_beside(session: Session, question: QuestionItem) -> list[str]:
    """The answers that the question's own rule compares it with."""
    node = session.node(question.ref)
    bind = node.shape.bind if node.shape is not None else None
    reads = bind.constraint.reads.reads if bind is not None and bind.constraint is not None else ()
    found = (in_same_rows(session.env.root, node, read.path) for read in sorted(reads) if read.path)
    return [
        one.value for one in found if one is not None and one is not node and one.value and not one.children
    ]


def _near(value: str, kind: str, dice: Dice) -> str:
    """The value, or one next to it where there is such a thing."""
    step = dice.below(5) - 2
    if kind in ("int", "decimal"):
        number = canonical("decimal", value)
        return str(int(float(number) + step)) if number else value
    if kind in ("date", "dateTime") and _DATE.match(value):
        day = date.fromisoformat(value[:10]) + timedelta(days=step * (1 + dice.below(100)))
        return day.isoformat() + (value[10:] if kind == "dateTime" else "")
    return value


def _number(rule: str, dice: Dice, attempt: int) -> float:
    written = [float(text) for text in _NUMBER.findall(rule)]
    if written and attempt % 4:
        at = written[dice.below(len(written))]
        return at + (dice.below(7) - 3) * (1 if attempt < 40 else max(1, int(at / 10)))
    return float(dice.below((10, 100, 1000, 100_000)[attempt % 4]))


def _date(session: Session, rule: str, dice: Dice) -> str:
    written = _DATE.findall(rule)
    if written and dice.below(2):
        return dice.one(written)
    day = session.env.now().date()
    reach = (30, 400, 4_000, 30_000)[dice.below(4)]
    sign = -1 if dice.below(3) else 1
    return (day + timedelta(days=sign * dice.below(reach))).isoformat()


def _point(dice: Dice) -> str:
    return f"{dice.below(120) - 60}.{dice.below(1000):03d} {dice.below(300) - 150}.{dice.below(1000):03d} 0.0 0.0"


def _text(rule: str, question: QuestionItem, dice: Dice, attempt: int) -> str:
    shapes = (
        lambda: dice.one(_WORDS),
        lambda: _digits(dice, 1 + dice.below(16)),
        lambda: dice.one(_WORDS).capitalize() + " " + dice.one(_WORDS).capitalize(),
        lambda: dice.one(_WORDS).upper()[: 1 + dice.below(4)] + _digits(dice, 1 + dice.below(8)),
        lambda: f"{dice.one(_WORDS)}@example.org",
        lambda: "+" + _digits(dice, 7 + dice.below(9)),
        lambda: "0" + _digits(dice, 6 + dice.below(6)),
        lambda: str(dice.below(150)),
        lambda: f"{_digits(dice, 3)}-{_digits(dice, 4)}",
    )
    if "numbers" in question.appearance:
        return _digits(dice, 1 + dice.below(12))
    patterns = [one or other for one, other in _PATTERN.findall(rule)]
    if patterns and attempt % 3 != 1:
        return matching(dice.one(patterns), dice)
    length = _LENGTH.search(rule)
    if length and attempt % 3 == 0:
        count = min(int(length[1]), MOST_LETTERS)
        return _digits(dice, count) if attempt % 2 else (dice.one(_WORDS) * count)[:count]
    literals = [one or other for one, other in _LITERAL.findall(rule)]
    if literals and attempt % 3 == 1:
        return dice.one(literals) or dice.one(_WORDS)
    return shapes[attempt % len(shapes) if rule else 0]()


def _digits(dice: Dice, count: int) -> str:
    return "".join(str(dice.below(10)) for _ in range(count))
