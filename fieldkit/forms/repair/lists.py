"""Repairs lists of choices: names of lists, choices without their list, and lists asked for by another spelling."""

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import Final

from fieldkit.forms.repair.bench import Bench, Line
from fieldkit.forms.repair.spellings import plain, squeezed
from fieldkit.forms.survey_checks import SELECT

_CLOSE: Final = 0.82
_APART: Final = 0.06  # how much better the best must be than the second best


def list_names(bench: Bench, kind: str) -> tuple[str, ...]:
    """The lists that there are, in the order of the sheet."""
    return tuple(_by_list(bench, kind))


def _by_list(bench: Bench, kind: str) -> dict[str, list[Line]]:
    def count() -> dict[str, list[Line]]:
        view = bench.view(kind)
        found: dict[str, list[Line]] = {}
        for line in view.lines if view else ():
            name = view.get(line, "list_name") if view else ""
            if name:
                found.setdefault(name, []).append(line)
        return found

    return bench.remember(kind, "lists", count)


def list_for(bench: Bench, command: str, wanted: str) -> str:
    """The list that a select asks for: the very one, one spelled a little differently, or nothing."""
    kind = "external_choices" if command == "select_one_external" else "choices"
    return alike(wanted, list_names(bench, kind))


def alike(wanted: str, known: tuple[str, ...]) -> str:
    """The one of `known` that was meant: itself, the same letters, or the only one that is close."""
    if wanted in known:
        return wanted
    same = [name for name in known if squeezed(name) == squeezed(wanted)]
    if len(same) == 1:
        return same[0]
    if same or len(squeezed(wanted)) < len("abcd"):
        return ""
    turned = [name for name in known if sorted(plain(name)) == sorted(plain(wanted))]
    if len(turned) == 1:
        return turned[0]
    fitting = (name for name in known if _digits(name) == _digits(wanted))
    ranked = sorted(((_ratio(wanted, name), name) for name in fitting), reverse=True)
    if not ranked or ranked[0][0] < _CLOSE:
        return ""
    return ranked[0][1] if len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _APART else ""


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, plain(one), plain(other)).ratio()


def _digits(name: str) -> str:
    """`q1` and `q2` are close and never meant for each other."""
    return re.sub(r"\D", "", name)


def mend_list_names(bench: Bench) -> None:
    """Choices under an empty list name belong to the list above; names with spaces get underscores."""
    for kind in ("choices", "external_choices"):
        view = bench.view(kind)
        if view is None or view.column("list_name") is None:
            continue
        _fill_down(bench, kind)
        spelled: dict[str, Counter[str]] = {}
        for line in view.lines:
            name = view.get(line, "list_name")
            spelled.setdefault(squeezed(name), Counter())[name] += 1
        asked = _asked(bench)
        for line in view.lines:
            name = view.get(line, "list_name")
            now = _one_spelling(spelled[squeezed(name)], asked) if name else ""
            if now and now != name and now.strip():
                view.put(line, "list_name", now, "repair.list_name")


def _fill_down(bench: Bench, kind: str) -> None:
    view = bench.view(kind)
    if view is None:
        return
    above, last = "", 0
    for line in view.lines:
        name = view.get(line, "list_name")
        if not name and above and line.number == last + 1 and view.get(line, "name") and view.says(line):
            view.put(line, "list_name", above, "repair.list_name_above")
            name = above
        above, last = name, line.number


def _asked(bench: Bench) -> frozenset[str]:
    survey = bench.view("survey")
    kinds = (survey.get(line, "type") for line in survey.lines) if survey else ()
    return frozenset(match["list"] for kind in kinds if (match := SELECT.fullmatch(kind)))


def _one_spelling(spellings: Counter[str], asked: frozenset[str]) -> str:
    """The spelling for all: one that a question asks for, else the most frequent; never with a space."""
    if len([name for name in spellings if name in asked]) > 1:
        return ""  # two lists on purpose
    best = max(spellings, key=lambda name: (name in asked, spellings[name], name))
    return re.sub(r"\s+", "_", best)


def choices_of(bench: Bench, list_name: str, kind: str = "choices") -> tuple[Line, ...]:
    """The choices of a list."""
    return tuple(_by_list(bench, kind).get(list_name, ()))


def selects(bench: Bench) -> dict[str, str]:
    """The list of each question that chooses, by the question's name."""

    def count() -> dict[str, str]:
        survey = bench.view("survey")
        found = {}
        for line in survey.lines if survey else ():
            match = SELECT.fullmatch(survey.get(line, "type")) if survey else None
            if match and survey:
                found[survey.get(line, "name")] = match["list"]
        return found

    return bench.remember("survey", "selects", count)
