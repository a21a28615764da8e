"""Functions on answers chosen from lists, on checklists and on translated texts."""

from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.functions.table import ANY_NUMBER, Function, row
from fieldkit.forms.expressions.values import Value, number_value, truth_value
from fieldkit.forms.nodes import Node, text_of


def _selected_at(_: Environment, text: str, place: float) -> str:
    chosen = text.split()
    return chosen[int(place)] if place == place and 0 <= place < len(chosen) else ""


def _checklist(_: Environment, least: float, most: float, *values: Value) -> bool:
    return _within(least, most, float(sum(_truths(values))))


def _truths(values: tuple[Value, ...]) -> list[bool]:
    found: list[bool] = []
    for value in values:
        if isinstance(value, list):
            found += [truth_value([node]) for node in value]
        else:
            found.append(truth_value(value))
    return found


def _weighted(env: Environment, least: float, most: float, *pairs: Value) -> bool:
    total = 0.0
    for value, weight in zip(pairs[::2], pairs[1::2], strict=False):
        if isinstance(value, list) and isinstance(weight, list) and len(value) > 1:
            for one, heavy in zip(value, weight, strict=False):
                total += number_value([heavy], env.zone) if truth_value([one]) else 0.0
        elif truth_value(value):
            total += number_value(weight, env.zone)
    return _within(least, most, total)


def _within(least: float, most: float, count: float) -> bool:
    """-1 means no bound on that side."""
    return (least == -1 or count >= least) and (most == -1 or count <= most)


def _itext(env: Environment, name: str) -> str:
    return env.itext(name)


def _choice_name(env: Environment, node: Node, value: str, question: str) -> str:
    return env.choice_name(value, question, node)


def _count_filled(_: Environment, nodes: list[Node]) -> float:
    return float(sum(1 for node in nodes if node.active and text_of(node) != ""))


FUNCTIONS: tuple[Function, ...] = (
    row("selected", (2, 2), "s", "b", lambda _, text, one: one.strip() in text.split() or one == text == ""),
    row("is-selected", (2, 2), "s", "b", lambda _, text, one: one.strip() in text.split()),
    row("selected-at", (2, 2), "sn", "s", _selected_at),
    row("count-selected", (1, 1), "s", "n", lambda _, text: float(len(text.split()))),
    row("count-non-empty", (1, 1), "N", "n", _count_filled),
    row("checklist", (2, ANY_NUMBER), "nnv", "b", _checklist),
    row("weighted-checklist", (2, ANY_NUMBER), "nnv", "b", _weighted),
    row("jr:itext", (1, 1), "s", "s", _itext),
    row("jr:choice-name", (2, 2), "s", "s", _choice_name, here=True),
)
