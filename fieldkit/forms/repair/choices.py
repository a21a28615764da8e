"""Repairs choices: a name twice in a list, names with spaces, choices without a name.

1. The same choice twice (no text differs but in case, signs or where one is empty) is one choice: texts that
   only the later one has are taken over, and the later row is emptied.
2. The same name for different choices that a choice_filter keeps apart is meant: the setting that allows it
   is written.
3. The same name for different choices otherwise: the later gets a name of its own. Every expression that
   asks for the old name then asks for either, so that questions show as before; when an expression asks in a
   way that is not understood, nothing is changed.
"""

import re
from collections.abc import Iterator
from typing import Final

from fieldkit.forms.columns import MEDIA_PARTS, TEXT_PARTS, Column
from fieldkit.forms.repair.bench import Bench, Line, View
from fieldkit.forms.repair.lists import choices_of, list_names, selects
from fieldkit.forms.repair.spellings import plain, squeezed
from fieldkit.forms.repair.values import follow
from fieldkit.forms.survey_checks import SELECT

_TEXTS: Final = (*TEXT_PARTS, *MEDIA_PARTS)
_YES: Final = frozenset({"yes", "true", "true()"})
_SLUG: Final = 30  # letters of a label that make a name


def mend_choices(bench: Bench) -> None:
    """Every choice of a list with a name of its own."""
    view = bench.view("choices")
    if view is None or view.column("list_name") is None or view.column("name") is None:
        return
    _missing(view)
    for name in list_names(bench, "choices"):
        _spaces(bench, view, name)
        if not _may_repeat(bench):
            _twice(bench, view, name)


def _missing(view: View) -> None:
    """A choice without a name gets one made of its text."""
    for line in view.lines:
        said = next(
            (line.text(c.index).strip() for c in view.of(("label",)) if line.text(c.index).strip()), ""
        )
        if view.get(line, "list_name") and not view.get(line, "name") and said:
            ascii_words = re.sub(r"[^a-z0-9]+", "_", plain(said)).strip("_")[:_SLUG].strip("_")
            taken = {view.get(one, "name") for one in view.lines}
            made = ascii_words or f"choice_{line.number}"
            view.put(line, "name", _free(made, taken), "repair.choice_name_missing")


def _free(name: str, taken: set[str]) -> str:
    return (
        name if name not in taken else next(n for k in range(2, 100_000) if (n := f"{name}_{k}") not in taken)
    )


def _using(bench: Bench, list_name: str) -> frozenset[str]:
    return frozenset(question for question, asked in selects(bench).items() if asked == list_name)


def _spaces(bench: Bench, view: View, list_name: str) -> None:
    """Where several can be chosen, a space parts two choices: names must not hold one."""
    survey = bench.view("survey")
    matches = (SELECT.fullmatch(survey.get(line, "type")) for line in survey.lines) if survey else ()
    commands = {match["command"] for match in matches if match and match["list"] == list_name}
    if not any("multiple" in word or "all that" in word or word == "rank" for word in commands):
        return
    taken = {view.get(line, "name") for line in choices_of(bench, list_name)}
    for line in _lines(view, list_name):
        name = view.get(line, "name")
        if " " not in name:
            continue
        now = _free(re.sub(r"\s+", "_", name), taken)
        if follow(bench, _using(bench, list_name), name, now, also=False):
            taken.add(now)
            view.put(line, "name", now, "repair.choice_name")


def _lines(view: View, list_name: str) -> Iterator[Line]:
    return iter(choices_of(view.bench, list_name))


def _may_repeat(bench: Bench) -> bool:
    settings = bench.view("settings")
    line = next(settings.lines, None) if settings else None
    return bool(settings and line and settings.get(line, "allow_choice_duplicates").lower() in _YES)


def _twice(bench: Bench, view: View, list_name: str) -> None:
    first: dict[str, list[Line]] = {}
    filtered = _filter_columns(bench, view, list_name)
    taken = {view.get(line, "name") for line in _lines(view, list_name)}
    for line in _lines(view, list_name):
        name = view.get(line, "name")
        before = first.setdefault(name, [])
        same = next((one for one in before if _is_same(view, one, line)), None)
        if same is not None:
            _join(view, same, line)
            continue
        if before:
            if filtered and all(_apart(one, line, filtered) for one in before):
                _allow(bench, list_name)
                return
            now = _free(f"{name}_{len(before) + 1}", taken)
            if follow(bench, _using(bench, list_name), name, now, also=True):
                taken.add(now)
                view.put(line, "name", now, "repair.choice_twice", list=list_name, first=before[0].number)
        before.append(line)


def _is_same(view: View, one: Line, other: Line) -> bool:
    """Rule 1; columns that filters read must be the same to the letter."""
    for column in view.columns:
        first, second = one.text(column.index).strip(), other.text(column.index).strip()
        if first == second:
            continue
        if column.part not in _TEXTS:
            return False
        if first and second and (column.part in MEDIA_PARTS or _told(first) != _told(second)):
            return False
    return any(one.text(c.index).strip() and other.text(c.index).strip() for c in view.of(_TEXTS)) or not (
        view.says(one) and view.says(other)
    )


def _told(text: str) -> str:
    return squeezed(text) or " ".join(text.split())


def _join(view: View, kept: Line, spare: Line) -> None:
    for column in view.of(_TEXTS):
        if not kept.text(column.index).strip() and spare.text(column.index).strip():
            view.put(kept, column, spare.text(column.index), "repair.choice_text", other=spare.number)
    view.clear(spare, "repair.choice_row_twice", first=kept.number)


def _filter_columns(bench: Bench, view: View, list_name: str) -> tuple[Column, ...]:
    """The columns by which every question that uses the list filters it."""
    survey = bench.view("survey")
    rules = [
        survey.get(line, "choice_filter")
        for line in (survey.lines if survey else ())
        if survey and (match := SELECT.fullmatch(survey.get(line, "type"))) and match["list"] == list_name
    ]
    if not rules:
        return ()
    own = (c for c in view.columns if c.part not in (*_TEXTS, "list_name", "name"))
    return tuple(
        c for c in own if all(re.search(rf"(?<![\w$.\-]){re.escape(c.part)}(?![\w\-])", r) for r in rules)
    )


def _apart(one: Line, other: Line, columns: tuple[Column, ...]) -> bool:
    return any(one.text(c.index).strip() != other.text(c.index).strip() for c in columns)


def _allow(bench: Bench, list_name: str) -> None:
    settings = bench.view("settings")
    line = next(settings.lines, None) if settings else None
    if settings and line:
        settings.put(line, "allow_choice_duplicates", "yes", "repair.choices_may_repeat", list=list_name)
