"""Finds which questions decide whether another is asked, must be answered, or accepts what it has.

For automatic walks: a notice such as "there is no head of household" stands until other answers change.
"""

from collections.abc import Iterable

from fieldkit.forms.definition import Form, Formula
from fieldkit.forms.shapes import Shape, TemplatePath

REACH = 2_000
"""Rules that are followed back from one question, at most."""


class Steering:
    """The rules of a form, followed backwards."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self._known: dict[TemplatePath, frozenset[TemplatePath]] = {}

    def deciders(self, path: TemplatePath) -> frozenset[TemplatePath]:
        """The template paths of questions on whose answers the question at `path` depends, itself included."""
        if path not in self._known:
            self._known[path] = frozenset(self._follow(path))
        return self._known[path]

    def _follow(self, path: TemplatePath) -> Iterable[TemplatePath]:
        seen: dict[TemplatePath, None] = {path: None}
        waiting = [path]
        while waiting and len(seen) < REACH:
            for read in self._read_by(waiting.pop()):
                if read not in seen:
                    seen[read] = None
                    waiting.append(read)
        return seen

    def _read_by(self, path: TemplatePath) -> Iterable[TemplatePath]:
        shape = self.form.shapes.get(path)
        own = shape
        while shape is not None:
            bind = shape.bind
            if bind is not None:
                yield from _paths(bind.relevant, bind.calculate if shape is own else None)
                if shape is own:
                    yield from _paths(bind.required, bind.constraint, bind.readonly)
            if shape.control is not None and shape is own and shape.control.itemset is not None:
                yield from _paths(shape.control.itemset.nodeset)
            shape = shape.parent
        if own is not None:
            yield from _below(own)


def _paths(*formulas: Formula | None) -> Iterable[TemplatePath]:
    for formula in formulas:
        if formula is not None:
            yield from sorted({read.path for read in formula.reads.reads if read.path})


def _below(shape: Shape) -> Iterable[TemplatePath]:
    """A rule that reads a group or a repeat reads what is in it."""
    for child in shape.children:
        yield child.path
