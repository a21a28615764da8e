"""Repairs how expressions are written, never what they mean.

1. Quotation marks and signs of word processors become plain ones wherever they stand.
2. An expression that cannot be read is tried again with one habit of other languages after another put right
   (`==`, `&&`, `AND`, `<>`, `;` between values, `&gt;`); it is changed only when it can be read afterwards.
3. A missing bracket or quotation mark is never guessed: where it belongs decides what is meant.
"""

import html
import re
from collections.abc import Callable
from typing import Final

from fieldkit.forms.columns import EXPRESSION_PARTS
from fieldkit.forms.expression_checks import check_expression
from fieldkit.forms.expressions.functions import FUNCTIONS
from fieldkit.forms.repair.bench import Bench

_SIGNS: Final = str.maketrans(
    {
        "\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-",
        "\uff08": "(", "\uff09": ")", "\uff0c": ",", "\u060c": ",", "\uff1d": "=", "\uff1c": "<",
        "\uff1e": ">", "\uff5b": "{", "\uff5d": "}", "\uff04": "$", "\u00d7": "*", "\uff0b": "+",
    }
)  # fmt: skip
_WORDS: Final = (("\u2265", ">="), ("\u2264", "<="), ("\u2260", "!="), ("\u00f7", " div "))
_DOUBLE: Final = re.compile("[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02]")
_SINGLE: Final = re.compile("[\u2018\u2019\u201a\u201b\u2039\u203a\u2032`\u00b4\uff07]")
_OUTSIDE: Final = re.compile(r"(\"[^\"]*\"|'[^']*'|\$\{[^}]*\})")
_FUNCTION: Final = re.compile(r"(?<![\w.$\-/:])([A-Za-z][\w\-]*(?:_[A-Za-z]\w*)*)\s*(?=\()")
_CHECKED: Final = tuple(part for part in EXPRESSION_PARTS if part != "default")
_LIKE_EXPRESSION: Final = re.compile(r"\$\{|\w\(.*\)")

Habit = Callable[[str], str]


def _outside(change: Habit) -> Habit:
    """The change made only outside quotation marks and references."""

    def changed(text: str) -> str:
        return "".join(part if at % 2 else change(part) for at, part in enumerate(_OUTSIDE.split(text)))

    return changed


def _functions(text: str) -> str:
    spelled = {name.lower().replace("_", "-"): name for name in FUNCTIONS}

    def own(match: re.Match[str]) -> str:
        name = match[1]
        known = spelled.get(name.lower().replace("_", "-"))
        return known if known and name not in FUNCTIONS and name not in {"and", "or"} else match[0]

    return _FUNCTION.sub(own, text)


_HABITS: Final[tuple[Habit, ...]] = (
    lambda text: html.unescape(text) if "&" in text else text,
    lambda text: text.removeprefix("="),
    _outside(lambda text: re.sub(r"\b(AND|OR|MOD|DIV|And|Or)\b", lambda match: match[0].lower(), text)),
    _outside(_functions),
    _outside(lambda text: re.sub(r"={2,}", "=", text)),
    _outside(lambda text: text.replace("<>", "!=").replace("=>", ">=").replace("=<", "<=")),
    _outside(lambda text: re.sub(r"([<>!])\s+=", r"\1=", text)),
    _outside(lambda text: re.sub(r"\s*&&\s*", " and ", text)),
    _outside(lambda text: re.sub(r"\s*\|\|\s*", " or ", text)),
    _outside(lambda text: re.sub(r"\bNOT\s*\(", "not(", text)),
    _outside(lambda text: text.replace(";", ",")),
    _outside(lambda text: re.sub(r"\s+(and|or)\s*$", "", text)),
    _outside(lambda text: re.sub(r"^\s*(and|or)\s+", "", text)),
)


def mend_expressions(bench: Bench) -> None:
    """Every expression that can be read after its writing is put right."""
    for kind in ("survey", "settings"):
        view = bench.view(kind)
        columns = view.of((*_CHECKED, "default") if kind == "survey" else ("instance_name",)) if view else ()
        for line in view.lines if view else ():
            for column in columns:
                text = line.text(column.index)
                if column.part == "default" and not _LIKE_EXPRESSION.search(text):
                    continue
                now = mended_expression(text) if text.strip() else text
                if view and now != text:
                    code = "repair.quotes" if now == straight(text) else "repair.expression"
                    view.put(line, column, now, code)


def mended_expression(text: str) -> str:
    """The expression in a spelling that can be read; the same when nothing certain can be done."""
    plain = straight(text)
    if _reads(plain):
        return plain
    for habit in _HABITS:
        changed = habit(plain)
        # A habit that does not make the whole readable may still be one of several that do.
        plain = changed if _no_worse(changed, plain) else plain
    return plain if _reads(plain) else straight(text)


def straight(text: str) -> str:
    """With straight quotation marks and plain signs; the kind of mark that makes it readable."""
    signs = text.translate(_SIGNS)
    for word, plain in _WORDS:
        signs = signs.replace(word, plain)
    if _reads(text):
        return text
    tries = [one for spelled in (text, signs) for one in _quoted(spelled)]
    return next((one for one in tries if _reads(one)), tries[-len(tries) // 2])


def _quoted(text: str) -> tuple[str, ...]:
    return (
        _SINGLE.sub("'", _DOUBLE.sub('"', text)),
        _SINGLE.sub("'", _DOUBLE.sub("'", text)),
        _SINGLE.sub('"', _DOUBLE.sub('"', text)),
        _doubled(text),
    )


def _doubled(text: str) -> str:
    """Double marks around values, single ones inside them kept: \u201cdon\u2019t know\u201d."""
    return _SINGLE.sub("'", re.sub("[\u201c\u201e\u00ab]([^\u201d\u00bb]*)[\u201d\u00bb]", r'"\1"', text))


def _reads(text: str) -> bool:
    return not any(True for _ in check_expression(text))


def _no_worse(text: str, before: str) -> bool:
    def first(expression: str) -> int:
        told = next(check_expression(expression), None)
        return len(expression) + 1 if told is None else int(told[1].get("position", len(expression)))

    return text != before and (_reads(text) or first(text) >= first(before) - abs(len(text) - len(before)))
