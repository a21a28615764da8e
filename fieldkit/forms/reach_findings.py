"""Questions that nobody will ever see, choices that are asked for and not offered, answers that nobody can give.

These are warnings: the form runs, and does something else than its author meant.
"""

from collections.abc import Iterator
from typing import Any, Final

from fieldkit.forms.columns import nearest
from fieldkit.forms.definition import Control, Form, Formula
from fieldkit.forms.expressions.scope import Scope, TemplatePath
from fieldkit.forms.expressions.syntax import Call, Chain, Expression, Filter, Negate, Path
from fieldkit.forms.nodes import Node
from fieldkit.forms.places import Places
from fieldkit.forms.possible import Facts, possible
from fieldkit.forms.problems import Problem, warning

MOST_ROUNDS: Final = 20
"""How often what is never shown is followed to what depends on it."""
_SHOWN: Final = 12  # choices that a sentence names


def reach_findings(form: Form, places: Places) -> tuple[Problem, ...]:
    """The findings in a form, in the order of its questions."""
    reach = _Reach(form, places)
    return (*reach.never_shown(), *reach.never_accepted(), *reach.not_offered(), *reach.filters())


class _Reach:
    def __init__(self, form: Form, places: Places) -> None:
        self.form, self.places = form, places
        self.lists: dict[str, tuple[frozenset[str], frozenset[str]] | None] = {}
        self.controls = {c.path: c for c in form.controls if c.path is not None}
        self.written = frozenset(action.target for action in form.actions)
        self.dead: dict[TemplatePath, str] = {}

    def _place(self, path: TemplatePath, part: str) -> dict[str, Any]:
        return self.places.question("/" + "/".join(path), part)

    def _scope(self, path: TemplatePath) -> Scope:
        return Scope(path, path, self.form.rows, self.form.namespaces)

    def _facts(self) -> Facts:
        return Facts(self._offered, self._takes_one, frozenset(self.dead))

    # ---- what is never shown -------------------------------------------------------------------------

    def never_shown(self) -> Iterator[Problem]:
        """Rule by rule until nothing new is found; what stands in a group that is never shown goes with it."""
        causes: dict[TemplatePath, None] = {}
        for _ in range(MOST_ROUNDS):
            found = [
                path
                for path, formula in self._relevances()
                if path not in self.dead and self._never(path, formula)
            ]
            if not found:
                break
            for path in found:
                causes[path] = None
                self._bury(path)
        for path in causes:
            if not any(path[:depth] in causes for depth in range(1, len(path))):
                is_group = path not in self.controls or self.controls[path].kind in ("group", "repeat")
                code = "form.group_never_shown" if is_group else "form.never_shown"
                yield warning(code, name=path[-1], **self._place(path, "relevant"))

    def _relevances(self) -> Iterator[tuple[TemplatePath, Formula]]:
        for path, bind in self.form.binds.items():
            if bind.relevant is not None:
                yield path, bind.relevant

    def _never(self, path: TemplatePath, formula: Formula) -> bool:
        return not possible(formula.tree, self._scope(path), self._facts()).be_true

    def _bury(self, path: TemplatePath) -> None:
        for other in self.form.shapes:
            if other[: len(path)] == path:
                self.dead[other] = path[-1]

    # ---- what nobody can answer ----------------------------------------------------------------------

    def never_accepted(self) -> Iterator[Problem]:
        """A constraint that no answer satisfies; a notice that must be answered and is always shown."""
        for path, bind in self.form.binds.items():
            control = self.controls.get(path)
            if control is None or path in self.dead:
                continue
            if (
                bind.constraint is not None
                and not possible(bind.constraint.tree, self._scope(path), self._facts()).be_true
            ):
                yield warning("form.never_accepted", name=path[-1], **self._place(path, "constraint"))
            shape = self.form.shapes[path]
            if shape.required and shape.readonly and bind.calculate is None and bind.relevant is None:
                is_empty = control.kind == "input" and not _default(self.form.root, path)
                if is_empty and not any(action.target == path for action in self.form.actions):
                    yield warning("form.required_notice", name=path[-1], **self._place(path, "required"))

    # ---- choices -------------------------------------------------------------------------------------

    def not_offered(self) -> Iterator[Problem]:
        """Values that expressions ask for and no list has."""
        for path, bind in self.form.binds.items():
            rules = (
                ("relevant", bind.relevant),
                ("constraint", bind.constraint),
                ("required", bind.required),
            )
            for part, formula in (*rules, ("readonly", bind.readonly), ("calculation", bind.calculate)):
                for tree in _conditions(formula.tree) if formula is not None else ():
                    facts = Facts(self._offered, self._takes_one)
                    possible(tree, self._scope(path), facts)
                    for strange in facts.strange:
                        offered = self._offered(strange.question) or frozenset()
                        meant = nearest(strange.value, offered)
                        code = "form.value_not_offered_meant" if meant else "form.value_not_offered"
                        data: dict[str, Any] = {
                            "value": strange.value,
                            "name": strange.question[-1],
                            "meant": meant,
                        }
                        yield warning(code, **data, **self._place(path, part))

    def filters(self) -> Iterator[Problem]:
        """Filters that ask for a column that the list does not have: the list is always empty."""
        for path, control in self.controls.items():
            names = self._list_names(control)
            if control.itemset is None or len(names) != 1:
                continue
            known = self._list(names[0])
            for column in sorted(_columns(control.itemset.nodeset.tree)) if known is not None else ():
                if known is not None and column not in known[1] and known[1]:
                    meant = nearest(column, known[1])
                    code = "form.filter_column_unknown_meant" if meant else "form.filter_column_unknown"
                    data: dict[str, Any] = {"column_name": column, "list": names[0], "meant": meant}
                    yield warning(code, **data, **self._place(path, "choice_filter"))

    def _list_names(self, control: Control) -> list[str]:
        return sorted(control.itemset.nodeset.reads.instances) if control.itemset is not None else []

    def _takes_one(self, path: TemplatePath) -> bool:
        control = self.controls.get(path)
        return control is None or control.kind == "select1"

    def _offered(self, path: TemplatePath) -> frozenset[str] | None:
        """The values a question can have; None where they are not certain."""
        control = self.controls.get(path)
        bind = self.form.binds.get(path)
        if control is None or control.kind not in ("select", "select1", "rank") or control.query is not None:
            return None
        if (bind is not None and bind.calculate is not None) or path in self.written:
            return None
        if control.itemset is None:
            is_search = "search(" in control.appearance
            return None if is_search else frozenset(choice.value for choice in control.choices)
        names = self._list_names(control)
        known = self._list(names[0]) if len(names) == 1 else None
        written = self.form.shapes[path].control
        return known[0] if known is not None and known[0] and written is control else None

    def _list(self, name: str) -> tuple[frozenset[str], frozenset[str]] | None:
        """Values and columns of a list that is there; None when its file is missing."""
        if name not in self.lists:
            read = self.form.instances.get(name)
            top = read() if read is not None and name not in self.form.missing_lists else None
            self.lists[name] = _items(top) if top is not None else None
        return self.lists[name]


def _items(top: Node) -> tuple[frozenset[str], frozenset[str]]:
    values, columns = set(), set()
    for root in top.children:
        for item in root.children:
            for child in item.children:
                columns.add(child.name)
                if child.name in ("name", "value", "id"):
                    values.add(child.value)
    return frozenset(values), frozenset(columns)


def _default(root: Node, path: TemplatePath) -> str:
    at = root
    for name in path[1:]:
        found = at.named.get(name, ())
        if not found:
            return ""
        at = found[0]
    return at.value


def _conditions(tree: Expression) -> Iterator[Expression]:
    """Every comparison and choice in an expression, wherever it stands."""
    match tree:
        case Chain(first, rest):
            if rest[0][0] in ("=", "!="):
                yield tree
            for operand in (first, *(operand for _, operand in rest)):
                yield from _conditions(operand)
        case Call(name, arguments):
            if name == "selected":
                yield tree
            for argument in arguments:
                yield from _conditions(argument)
        case Negate(operand):
            yield from _conditions(operand)
        case _:
            return


def _columns(tree: Expression | str | None) -> Iterator[str]:
    """The columns that the conditions of a list's path ask for."""
    match tree:
        case Path(start, steps):
            yield from _columns(start)
            for step in steps:
                for predicate in step.predicates:
                    yield from _asked(predicate)
        case Filter(base, predicates):
            yield from _columns(base)
            for predicate in predicates:
                yield from _asked(predicate)
        case Call("randomize", arguments):
            yield from _columns(arguments[0])
        case _:
            return


def _asked(tree: Expression) -> Iterator[str]:
    match tree:
        case Path(None, [step]) if step.axis == "child" and step.test.isidentifier() and not step.predicates:
            yield step.test
        case Chain(first, rest):
            for operand in (first, *(operand for _, operand in rest)):
                yield from _asked(operand)
        case Call(_, arguments):
            for argument in arguments:
                yield from _asked(argument)
        case Negate(operand):
            yield from _asked(operand)
        case _:
            return
