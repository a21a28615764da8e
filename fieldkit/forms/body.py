"""Reads the body of a form: controls, groups, repeats, choices, and the actions inside them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from fieldkit.forms.definition import FK, Action, Control, Formula, Itemset, StaticChoice, TextSource
from fieldkit.forms.expressions.reads import template_of
from fieldkit.forms.expressions.scope import Scope
from fieldkit.forms.expressions.syntax import Call, Path
from fieldkit.forms.formulas import Formulas
from fieldkit.forms.itext import pieces_of
from fieldkit.forms.lookups import search_call
from fieldkit.forms.shapes import TemplatePath, template_path

JR = "http://openrosa.org/javarosa"
_OWN = f"{{{FK}}}"
CONTROLS = frozenset({"input", "select1", "select", "rank", "range", "trigger", "upload"})
_ITEXT = re.compile(r"\s*jr:itext\(\s*(['\"])(.*?)\1\s*\)\s*", re.DOTALL)
_OPTIONS = (
    "start",
    "end",
    "step",
    "rows",
    "autoplay",
    "accuracyThreshold",
    "unacceptableAccuracyThreshold",
    "format",
)


def local(element: Any) -> str:
    """The element's name without namespace; `""` for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def elements(parent: Any, *names: str) -> Iterator[Any]:
    """The children of `parent` with one of `names`."""
    return parent.iterchildren(*[f"{{*}}{name}" for name in names])  # type: ignore[no-any-return]


def own_attributes(element: Any) -> Mapping[str, str]:
    """The attributes in the fk namespace, by local name."""
    return {str(k)[len(_OWN) :]: str(v) for k, v in element.attrib.items() if k.startswith(_OWN)}


class Body:
    """The body being read. `controls` are all of them by number, `actions` those found inside."""

    def __init__(self, formulas: Formulas, root: TemplatePath, bind_ids: Mapping[str, TemplatePath]) -> None:
        self.formulas = formulas
        self.root = root
        self.bind_ids = bind_ids
        self.controls: list[Control] = []
        self.actions: list[Action] = []

    def read(self, element: Any, context: TemplatePath) -> tuple[Control, ...]:
        """The controls below `element`, whose own place is `context`."""
        found: list[Control] = []
        for child in element:
            name = local(child)
            if name in CONTROLS:
                found.append(self._question(child, name, context))
            elif name == "group":
                found.append(self._group(child, context))
            elif name == "repeat":
                found.append(self._repeat(child, context, None))
            elif name.startswith("set") and child.get("event"):
                self.action(child, context)
        return tuple(found)

    def _path(self, element: Any, context: TemplatePath) -> TemplatePath | None:
        for key in ("ref", "nodeset"):
            if element.get(key) is not None:
                return template_path(element.get(key), context)
        return self.bind_ids.get(element.get("bind", ""))

    def _new(self, kind: str, path: TemplatePath | None, element: Any) -> Control:
        control = Control(kind, len(self.controls), path, attributes=own_attributes(element))
        control.appearance = element.get("appearance") or element.get("class") or ""
        self.controls.append(control)
        return control

    def _question(self, element: Any, name: str, context: TemplatePath) -> Control:
        path = self._path(element, context)
        control = self._new(name, path, element)
        place = path or context
        control.media_type = element.get("mediatype", "")
        control.query = element.get("query")
        control.appearance, control.search = search_call(control.appearance)
        control.options = {key: element.get(key) for key in _OPTIONS if element.get(key) is not None}
        choices: list[StaticChoice] = []
        for child in element:
            match local(child):
                case "label":
                    control.label = self.text(child, place)
                case "hint":
                    self._hint(control, child, place)
                case "item":
                    choices.append(self._choice(child, place))
                case "itemset":
                    control.itemset = self._itemset(child, place)
                case action if action.startswith("set") and child.get("event"):
                    self.action(child, place)
        control.choices = tuple(choices)
        return control

    def _hint(self, control: Control, element: Any, place: TemplatePath) -> None:
        control.hint = self.text(element, place)
        control.guidance = control.hint if control.hint.itext is not None else None

    def _texts(self, control: Control, element: Any, place: TemplatePath) -> None:
        for child in elements(element, "label"):
            control.label = self.text(child, place)
        for child in elements(element, "hint"):
            self._hint(control, child, place)

    def text(self, element: Any, place: TemplatePath) -> TextSource:
        """The text of a label, hint or value element."""
        ref = element.get("ref")
        if ref is not None:
            return self.text_ref(ref, place)
        parts: list[str | Formula] = []
        for kind, piece in pieces_of(element):
            if kind == "text":
                parts.append(piece)
            else:
                formula = self.formulas.make(piece, place, "output")
                parts += [formula] if formula is not None else []
        return TextSource(tuple(parts))

    def text_ref(self, ref: str, place: TemplatePath, scope: Scope | None = None) -> TextSource:
        """`jr:itext('id')`, `jr:itext(column)` or any path."""
        match = _ITEXT.fullmatch(ref)
        if match is not None:
            return TextSource(itext=match[2])
        formula = self.formulas.make(ref, place, "label", scope)
        if formula is None:
            return TextSource()
        if isinstance(formula.tree, Call) and formula.tree.name == "jr:itext":
            inner = ref[ref.index("(") + 1 : ref.rindex(")")]
            return TextSource(dynamic=self.formulas.make(inner, place, "label", scope))
        return TextSource((formula,))

    def message(self, text: str, place: TemplatePath) -> TextSource:
        """A `jr:constraintMsg` or `jr:requiredMsg`: an itext reference or plain text."""
        match = _ITEXT.fullmatch(text)
        return TextSource(itext=match[2]) if match is not None else TextSource((text,))

    def _choice(self, item: Any, place: TemplatePath) -> StaticChoice:
        value = next((("".join(child.itertext())).strip() for child in elements(item, "value")), "")
        label = next((self.text(child, place) for child in elements(item, "label")), TextSource((value,)))
        return StaticChoice(value, label)

    def _itemset(self, element: Any, place: TemplatePath) -> Itemset | None:
        nodeset = self.formulas.make(element.get("nodeset", "''"), place, "itemset")
        if nodeset is None:
            return None
        scope = self._row_scope(nodeset, place)
        value_ref = next((child.get("ref", ".") for child in elements(element, "value")), ".")
        label_ref = next((child.get("ref") for child in elements(element, "label")), None)
        value = self.formulas.make(value_ref, place, "itemset", scope)
        label = self.text_ref(label_ref, place, scope) if label_ref is not None else None
        return Itemset(nodeset, value, label) if value is not None else None

    def _row_scope(self, nodeset: Formula, place: TemplatePath) -> Scope:
        scope = self.formulas.scope(place)
        tree = nodeset.tree
        while isinstance(tree, Call) and tree.name == "randomize" and tree.arguments:
            tree = tree.arguments[0]
        if isinstance(tree, Path) and isinstance(tree.start, Call) and tree.start.name == "instance":
            return scope.inside_foreign()
        if isinstance(tree, Path):
            bare = Path(tree.start, [type(step)(step.axis, step.test) for step in tree.steps])
            found = template_of(bare, scope)
            return scope.at(found[0] if found else None)
        return scope.inside_foreign()

    def _group(self, element: Any, context: TemplatePath) -> Control:
        path = self._path(element, context)
        repeats = list(elements(element, "repeat"))
        others = [child for child in element if local(child) in CONTROLS or local(child) == "group"]
        if len(repeats) == 1 and not others:
            return self._repeat(repeats[0], path or context, element)
        control = self._new("group", path, element)
        self._texts(control, element, path or context)
        control.children = self.read(element, path or context)
        return control

    def _repeat(self, element: Any, context: TemplatePath, group: Any) -> Control:
        """A repeat; the group that only wraps it gives its label, hint and appearance."""
        path = self._path(element, context) or context
        control = self._new("repeat", path, element)
        for source in (element, group):
            if source is not None:
                self._texts(control, source, path)
                control.appearance = control.appearance or source.get("appearance", "")
                control.attributes = {**own_attributes(source), **control.attributes}
        count = element.get(f"{{{JR}}}count")
        if count is not None:
            control.count = self.formulas.make(count, path, "count")
        control.fixed = count is not None or element.get(f"{{{JR}}}noAddRemove") in ("true", "true()", "1")
        control.children = self.read(element, path)
        return control

    def action(self, element: Any, source: TemplatePath | None) -> None:
        """Take one `<setvalue event ref value>`; other actions (places, recordings) are noted by the reader."""
        if local(element) != "setvalue":
            return
        target = element.get("ref") or element.get("bind") or ""
        path = self.bind_ids.get(target) or template_path(target, source or self.root)
        written = element.get("value")
        value = self.formulas.make(written, path, "setvalue") if written else None
        if written and value is None:
            return
        places = self.formulas.make(target, source or self.root, "setvalue") if "[" in target else None
        events = frozenset(element.get("event", "").split())
        text = "" if written is not None else (element.text or "")
        self.actions.append(Action(events, path, value, text, source, places))
