"""Repairs groups and repeats that do not close as they open.

1. An end of the wrong kind is made the end of what is open.
2. An end that closes nothing is emptied.
3. A missing end is put in only where its place is certain: an end further down closes a group around it by
   kind, or the group is the last one, is no repeat and has no rule, so that its end moves nothing but the
   layout. Else it is left to its author.
"""

from dataclasses import dataclass

from fieldkit.forms.repair.bench import Bench, Line, View
from fieldkit.forms.survey_checks import BEGIN, END, REPEATS


@dataclass(slots=True)
class _Open:
    kind: str
    name: str
    line: Line
    ruled: bool


def mend_groups(bench: Bench) -> None:
    """Close what is open and nothing else."""
    view = bench.view("survey")
    if view is None or view.column("type") is None:
        return
    stack: list[_Open] = []
    lines = list(view.lines)
    left = _ends(view, lines)
    for line in lines:
        kind = view.get(line, "type")
        begin, end = BEGIN.fullmatch(kind), END.fullmatch(kind)
        if begin:
            stack.append(
                _Open(_kind(begin[1]), view.get(line, "name"), line, bool(view.get(line, "relevant")))
            )
        elif end:
            left[_kind(end[1])] -= 1
            _close(view, stack, line, _kind(end[1]), left)
    _close_last(view, stack, lines)


def _kind(word: str) -> str:
    return "repeat" if word.lower() in REPEATS else word.lower()


def _ends(view: View, lines: list[Line]) -> dict[str, int]:
    found = {"group": 0, "repeat": 0, "loop": 0}
    for line in lines:
        match = END.fullmatch(view.get(line, "type"))
        if match:
            found[_kind(match[1])] += 1
    return found


def _close(view: View, stack: list[_Open], line: Line, kind: str, left: dict[str, int]) -> None:
    if not stack:
        view.clear(line, "repair.end_alone")
        return
    top = stack[-1]
    if top.kind == kind:
        stack.pop()
        return
    around = next((one for one in reversed(stack) if one.kind == kind), None)
    waiting = sum(1 for one in stack if one.kind == top.kind)
    if around is not None and left.get(top.kind, 0) < waiting:
        # Too few ends of the inner kind follow: the inner one was forgotten, just before this end.
        while stack and stack[-1] is not around:
            inner = stack.pop()
            before = view.page.lines[view.page.lines.index(line) - 1]
            view.insert(
                before, {"type": f"end_{inner.kind}"}, "repair.end_missing", name=inner.name or inner.kind
            )
        stack.pop()
        return
    view.put(line, "type", f"end_{top.kind}", "repair.end_kind", name=top.name or top.kind)
    left[top.kind] = left.get(top.kind, 0)
    stack.pop()


def _close_last(view: View, stack: list[_Open], lines: list[Line]) -> None:
    if len(stack) != 1 or stack[0].kind != "group" or stack[0].ruled:
        return
    after = lines[lines.index(stack[0].line) :]
    if any(BEGIN.fullmatch(view.get(line, "type")) for line in after[1:]):
        return
    view.insert(lines[-1], {"type": "end_group"}, "repair.end_missing", name=stack[0].name or "group")
