"""Repairs names: spaces, accents and signs, missing and doubled ones; references follow.

A doubled name is given to one question only when every reference tells which of them it means; else it stays.
"""

import re
from dataclasses import dataclass
from typing import Final

from fieldkit.forms.repair.bench import Bench, Line, View
from fieldkit.forms.repair.references import readers, rename_references
from fieldkit.forms.repair.spellings import plain
from fieldkit.forms.survey_checks import BEGIN, END, NAME, REFERENCE, SETTINGS_TYPES

_LATIN: Final = re.compile(r"[A-Za-z0-9_.\- \u00c0-\u024f\W]*")
_ASCII: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
_NAMELESS: Final = frozenset({"note", "audit"})
_ROOT: Final = "data"


def fit_name(name: str, otherwise: str = "question") -> str:
    """`Nom du chef` as `nom_du_chef` would be written: what XML takes, Latin letters without accents."""
    latin = _LATIN.fullmatch(name) is not None
    kept = "".join(
        plain(sign) if sign.islower() or not sign.isalpha() else plain(sign).upper() for sign in name
    )
    spelled = re.sub(r"[^\w.\-]+", "_", kept if latin else name).strip("_-.")
    if not spelled:
        return otherwise
    return spelled if NAME.fullmatch(spelled) else f"q_{spelled}"


def mend_names(bench: Bench) -> None:
    """Names with spaces, accents or signs; references to them follow."""
    view = bench.view("survey")
    taken = {view.get(line, "name") for line in view.lines} if view else set()
    renamed: dict[str, str] = {}
    for line in view.lines if view else ():
        if view is None or END.fullmatch(view.get(line, "type")) or view.get(line, "type") in SETTINGS_TYPES:
            continue
        name = view.get(line, "name")
        now = renamed.get(name) or (fit_name(name) if name and not _is_fit(name) else name)
        if name and now != name:
            now = renamed[name] = renamed.get(name) or _free(now, taken)
            taken.add(now)
            view.put(line, "name", now, "repair.name")
    rename_references(bench, renamed, "repair.reference_follows")
    _missing(bench, taken)
    _reserved(bench, taken)


def _is_fit(name: str) -> bool:
    """Letters of other scripts are allowed in XML and stay; only accents are taken off, as many tools need."""
    return NAME.fullmatch(name) is not None and (
        _ASCII.fullmatch(name) is not None or not _LATIN.fullmatch(name)
    )


def _free(name: str, taken: set[str]) -> str:
    lower = {one.lower() for one in taken}
    if name.lower() not in lower:
        return name
    return next(one for number in range(2, 100_000) if (one := f"{name}_{number}").lower() not in lower)


def _missing(bench: Bench, taken: set[str]) -> None:
    view = bench.view("survey")
    for line in view.lines if view else ():
        kind = view.get(line, "type") if view else ""
        if not view or not kind or END.fullmatch(kind) or kind in SETTINGS_TYPES or view.get(line, "name"):
            continue
        if kind == "audit":
            view.put(line, "name", "audit", "repair.name_missing")
        elif kind not in _NAMELESS:
            begin = BEGIN.fullmatch(kind)
            now = _free(f"{begin[1].split()[-1] if begin else 'question'}_{line.number}", taken)
            taken.add(now)
            view.put(line, "name", now, "repair.name_missing")


def _reserved(bench: Bench, taken: set[str]) -> None:
    view = bench.view("survey")
    for line in view.lines if view else ():
        if view is None:
            return
        name, kind = view.get(line, "name"), view.get(line, "type")
        if kind == "audit" and name != "audit":
            view.put(line, "name", "audit", "repair.name_reserved")
        elif name == "meta" or (name == _ROOT and kind.endswith("repeat") and BEGIN.fullmatch(kind)):
            now = _free(f"{name}_1", taken)
            taken.add(now)
            view.put(line, "name", now, "repair.name_reserved")
            rename_references(bench, {name: now}, "repair.reference_follows")


@dataclass(slots=True, eq=False)
class _Named:
    line: Line
    name: str
    group: tuple[int, ...]  # rows of the groups around it, outermost first
    is_repeat: bool


def mend_doubled_names(bench: Bench) -> None:
    """A name used twice: the same row twice is asked once; different questions get names of their own."""
    view = bench.view("survey")
    if view is None:
        return
    groups = _groups_of_rows(view)
    alike: dict[str, list[_Named]] = {}
    for named in _named(view, groups):
        alike.setdefault(named.name, []).append(named)
    taken = set(alike)
    for name, found in alike.items():
        if len(found) == 1:
            continue
        kept = _drop_same_rows(view, found)
        asked = _rows_that_ask(bench, name)
        siblings = len({one.group for one in kept}) < len(kept) or sum(one.is_repeat for one in kept) > 1
        if len(kept) > 1 and (siblings or asked):
            _part(bench, view, kept, asked, groups, taken)


def _groups_of_rows(view: View) -> dict[int, tuple[int, ...]]:
    """The groups around each row; a group's own row counts as inside it."""
    found: dict[int, tuple[int, ...]] = {}
    stack: list[int] = []
    for line in view.lines:
        kind = view.get(line, "type")
        if BEGIN.fullmatch(kind):
            stack.append(line.number)
        found[line.number] = tuple(stack)
        if END.fullmatch(kind):
            del stack[-1:]
    return found


def _named(view: View, groups: dict[int, tuple[int, ...]]) -> list[_Named]:
    found = []
    for line in view.lines:
        name, kind = view.get(line, "name"), view.get(line, "type")
        is_off = view.get(line, "disabled").lower() in {"yes", "true"}
        if not name or not kind or END.fullmatch(kind) or kind in SETTINGS_TYPES or is_off:
            continue
        begin = BEGIN.fullmatch(kind)
        around = groups[line.number]
        found.append(
            _Named(line, name, around[:-1] if begin else around, begin is not None and "repeat" in kind)
        )
    return found


def _drop_same_rows(view: View, found: list[_Named]) -> list[_Named]:
    kept: list[_Named] = []
    for one in found:
        same = [other for other in kept if other.group == one.group and _cells(other) == _cells(one)]
        if same and not BEGIN.fullmatch(view.get(one.line, "type")):
            view.clear(one.line, "repair.row_twice", first=same[0].line.number)
        else:
            kept.append(one)
    return kept


def _cells(named: _Named) -> list[str]:
    texts = [" ".join(text.split()) for text in named.line.cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _rows_that_ask(bench: Bench, name: str) -> frozenset[int]:
    """Survey rows with a reference to the name; 0 for a reference in another sheet."""
    return frozenset(
        line.number if view.table.kind == "survey" else 0
        for view, line, _, text in readers(bench)
        if any(match[1].removeprefix("last-saved#") == name for match in REFERENCE.finditer(text))
    )


def _part(
    bench: Bench,
    view: View,
    found: list[_Named],
    asked: frozenset[int],
    groups: dict[int, tuple[int, ...]],
    taken: set[str],
) -> None:
    """Give all but the first a name of its own, if each reference tells whom it means."""
    meant: dict[int, list[int]] = {at: [] for at in range(len(found))}
    for row in asked:
        at = _whom(found, row, groups)
        if at is None:
            return
        meant[at].append(row)
    for at, one in enumerate(found[1:], start=1):
        now = _free(f"{one.name}_{at + 1}", taken)
        taken.add(now)
        view.put(one.line, "name", now, "repair.name_twice", first=found[0].line.number)
        if meant[at]:
            rename_references(bench, {one.name: now}, "repair.reference_follows", frozenset(meant[at]))


def _whom(found: list[_Named], row: int, groups: dict[int, tuple[int, ...]]) -> int | None:
    """Which of the questions a row asks for: itself, the only one in its nearest group, or the only one above."""
    around = groups.get(row)
    if around is None:
        return None
    for at, one in enumerate(found):
        if one.line.number == row:
            return at
    shared = [len(_shared(one.group, around)) for one in found]
    nearest = [at for at, depth in enumerate(shared) if depth == max(shared)]
    above = [at for at in nearest if found[at].line.number < row]
    return nearest[0] if len(nearest) == 1 else above[0] if len(above) == 1 else None


def _shared(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    pairs = enumerate(zip(one, other, strict=False))
    count = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    return one[:count]
