"""From the bytes of an XForm to a `Form`.

1. Nothing is guessed silently: what cannot be read refuses the form with every problem found; what is missing or
   not supported yet is named and the form opens.
2. A bind's nodeset may be relative to the root. Prototypes of rows (`jr:template`, else the first row) leave the
   instance. A form without `meta/instanceID` gets one.
3. Expressions are compiled at once, texts and secondary instances only when they are asked.
"""

from collections.abc import Mapping
from typing import Any

from fieldkit.forms.body import JR, Body, elements, local, own_attributes
from fieldkit.forms.building import uncollected
from fieldkit.forms.definition import Bind, Control, Form, Formula
from fieldkit.forms.expressions.graph import Graph, Vertex, What, build_graph
from fieldkit.forms.expressions.reads import Kind
from fieldkit.forms.formulas import Formulas
from fieldkit.forms.itext import Texts
from fieldkit.forms.lookups import Lookups, NamedLists
from fieldkit.forms.nodes import ELEMENT, Node, document, plain_tree
from fieldkit.forms.problems import FormFault, Problem, error, warning
from fieldkit.forms.secondary import Lists
from fieldkit.forms.shapes import Shape, TemplatePath, copy_tree, shape_tree, template_path
from fieldkit.forms.xml import parse_xml

OPENROSA = "http://openrosa.org/xforms"
_RULES = ("relevant", "calculate", "required", "readonly", "constraint")
_MESSAGES = (
    (f"{{{JR}}}constraintMsg", "constraint_message"),
    (f"{{{JR}}}requiredMsg", "required_message"),
)
_TRUE = frozenset({"true()", "true", "1"})
_FALSE = frozenset({"false()", "false", "0", ""})
_UNSUPPORTED_ACTIONS = ("setgeopoint", "recordaudio")


def read_form(xform: bytes, resources: Mapping[str, bytes] | None = None) -> Form:
    """The form that `xform` spells; `resources` are the files beside it, by name or `jr://` address.

    Raises FormFault with `problems` when it cannot be used.
    """
    with uncollected():
        return _Reader(xform, resources or {}).form()


class _Reader:
    def __init__(self, xform: bytes, resources: Mapping[str, bytes]) -> None:
        self.page = parse_xml(xform)
        self.problems: list[Problem] = []
        self.model = _only(self.page, "model")
        self.body = _only(self.page, "body")
        if self.model is None:
            raise FormFault([error("form.no_model")])
        self.lists = Lists(resources)
        self.namespaces = {p: uri for p, uri in {**self.page.nsmap, **self.model.nsmap}.items() if p}
        self.unsupported: list[str] = []
        self.texts = Texts(
            [t for itext in elements(self.model, "itext") for t in elements(itext, "translation")]
        )

    def form(self) -> Form:
        root = self._instances()
        rows = frozenset(self._row_paths(self.body, (root.name,)))
        _add_meta(root, self.namespaces)
        shapes = shape_tree(root)
        _take_prototypes(root, shapes, rows)
        formulas = Formulas(rows, self.namespaces)
        bind_elements = list(elements(self.model, "bind"))
        ids = {
            e.get("id"): template_path(e.get("nodeset", ""), (root.name,))
            for e in bind_elements
            if e.get("id")
        }
        reader = Body(formulas, (root.name,), ids)
        binds = self._binds(bind_elements, shapes, reader, root.name)
        body = reader.read(self.body, (root.name,)) if self.body is not None else ()
        lookups = Lookups(formulas, self.texts, self.lists)
        for control in reader.controls:
            lookups.give(control)
            self.problems += lookups.missing_columns(control)
        self._actions(reader)
        self._controls(reader, shapes)
        named = NamedLists(reader.controls)
        graph = build_graph(_vertices(shapes, reader.controls, named), shapes, rows)
        self.problems += formulas.problems + self.lists.problems + _cycle(graph)
        self._listen(reader, shapes)
        self._refuse()
        return self._finished(root, shapes, rows, binds, body, reader, graph)

    def _refuse(self) -> None:
        errors = [problem for problem in self.problems if problem.is_error]
        if errors:
            raise FormFault(errors)

    def _finished(
        self,
        root: Node,
        shapes: dict[TemplatePath, Shape],
        rows: frozenset[TemplatePath],
        binds: dict[TemplatePath, Bind],
        body: tuple[Control, ...],
        reader: Body,
        graph: Graph,
    ) -> Form:
        title = _only(self.page, "title")
        written = {a.tag: a.value for a in root.attributes}
        submission = next(iter(elements(self.model, "submission")), None)
        own = {**own_attributes(self.model), **{a.name: a.value for a in root.attributes if a.prefix == "fk"}}
        for name, get in self.lists.pulled().items():
            self.lists.found.setdefault(name, get)
        return Form(
            id=written.get("id", ""),
            version=written.get("version", ""),
            title=(title.text or "") if title is not None else "",
            languages=self.texts.languages,
            default_language=self.texts.default,
            root=root,
            shapes=shapes,
            rows=rows,
            binds=binds,
            body=body,
            controls=tuple(reader.controls),
            texts=self.texts,
            actions=tuple(reader.actions),
            instances=self.lists.found,
            graph=graph,
            metadata=own,
            attributes=written,
            namespaces=self.namespaces,
            problems=tuple(self.problems),
            missing_files=tuple(self.lists.missing.values()),
            missing_lists=self.lists.missing,
            unsupported=tuple(dict.fromkeys(self.unsupported)),
            encrypted=submission is not None and submission.get("base64RsaPublicKey") is not None,
            formulas=reader.formulas,
        )

    # ---- the model -----------------------------------------------------------------------------------

    def _instances(self) -> Node:
        primary: Any = None
        for element in elements(self.model, "instance"):
            inner = next((child for child in element if isinstance(child.tag, str)), None)
            if primary is None and inner is not None and element.get("src") is None:
                primary = inner
            else:
                self.lists.add(element)
        if primary is None:
            raise FormFault([error("form.no_instance")])
        root = plain_tree(primary)
        document(root)
        return root

    def _row_paths(self, element: Any, context: TemplatePath) -> list[TemplatePath]:
        found: list[TemplatePath] = []
        for child in element if element is not None else ():
            name = local(child)
            if name not in ("group", "repeat"):
                continue
            ref = child.get("ref") or child.get("nodeset")
            path = template_path(ref, context) if ref else context
            if name == "repeat" and len(path) > 1:  # the root cannot be a row
                found.append(path)
            found += self._row_paths(child, path)
        return found

    def _binds(
        self, found: list[Any], shapes: Mapping[TemplatePath, Shape], body: Body, root: str
    ) -> dict[TemplatePath, Bind]:
        binds: dict[TemplatePath, Bind] = {}
        for element in found:
            path = template_path(element.get("nodeset", element.get("ref", "")), (root,))
            shape = shapes.get(path)
            if shape is None:
                self.problems.append(warning("form.bind_nowhere", path="/" + "/".join(path)))
                continue
            bind = binds.setdefault(path, Bind(path))
            self._fill_bind(bind, element, body)
            shape.bind = bind
            shape.type = bind.type
        return binds

    def _fill_bind(self, bind: Bind, element: Any, body: Body) -> None:
        path, written = bind.path, dict(element.attrib)
        bind.type = written.get("type", bind.type).rpartition(":")[2]
        for what in _RULES:
            text = written.get(what)
            if text is not None and text.strip():
                setattr(bind, what, body.formulas.make(_words(text), path, what))
        for key, name in _MESSAGES:
            text = written.get(key)
            if text is not None:
                setattr(bind, name, body.message(text, path))
        preload = written.get(f"{{{JR}}}preload")
        if preload is not None:
            bind.preload = (preload, written.get(f"{{{JR}}}preloadParams", ""))
        pixels = written.get(f"{{{OPENROSA}}}max-pixels", "")
        bind.max_pixels = int(pixels) if pixels.isascii() and pixels.isdigit() and len(pixels) < 6 else None
        bind.attributes = {**bind.attributes, **own_attributes(element)}

    def _actions(self, body: Body) -> None:
        for child in elements(self.model, "setvalue"):
            body.action(child, None)
        for child in self.page.iter(*(f"{{*}}{name}" for name in _UNSUPPORTED_ACTIONS)):
            self.unsupported.append(local(child))

    # ---- body and instance meet ----------------------------------------------------------------------

    def _controls(self, body: Body, shapes: Mapping[TemplatePath, Shape]) -> None:
        for control in body.controls:
            if control.path is None:
                continue
            shape = shapes.get(control.path)
            if shape is None:
                if control.kind != "group":
                    self.problems.append(warning("form.control_nowhere", path="/" + "/".join(control.path)))
            elif shape.control is None or control.kind == "repeat":
                shape.control = control

    def _listen(self, body: Body, shapes: Mapping[TemplatePath, Shape]) -> None:
        for action in body.actions:
            if action.source is not None and "xforms-value-changed" in action.events:
                shape = shapes.get(action.source)
                if shape is not None:
                    shape.listened = True


def _words(text: str) -> str:
    """`true` and `false` as some builders write them, without brackets."""
    bare = text.strip()
    return f"{bare}()" if bare in ("true", "false") else text


def _only(page: Any, name: str) -> Any:
    """The page's own element, before any question that happens to be called `body` or `model`."""
    near = (one for place in (page, *elements(page, "head")) for one in elements(place, name))
    found = next(near, None)
    return found if found is not None else next(page.iter(f"{{*}}{name}"), None)


def _add_meta(root: Node, namespaces: Mapping[str, str]) -> None:
    """Rule 2: `meta/instanceID`, in the OpenRosa namespace when the form has no meta of its own."""
    metas = root.named.get("meta")
    prefix = next((p for p, uri in namespaces.items() if uri == OPENROSA), "")
    if not metas:
        meta = Node(ELEMENT, "meta")
        meta.namespace, meta.prefix = OPENROSA, prefix
        root.append(meta)
    else:
        meta = metas[0]
    if "instanceID" not in meta.named:
        child = Node(ELEMENT, "instanceID")
        child.namespace, child.prefix = meta.namespace, meta.prefix
        meta.append(child)


def _take_prototypes(root: Node, shapes: Mapping[TemplatePath, Shape], rows: frozenset[TemplatePath]) -> None:
    for path in sorted(
        rows, key=len, reverse=True
    ):  # inner rows first: outer prototypes then hold no templates
        shape = shapes.get(path)
        if shape is None:
            continue
        nodes = _nodes_at(root, path)
        marked = [node for node in nodes if _is_template(node)]
        plain = [node for node in nodes if not _is_template(node)]
        prototype = copy_tree((marked or nodes)[0])
        _unmark(prototype)
        shape.rows = prototype
        for node in marked:
            if node.parent is not None:
                node.parent.remove(node)
        shape.defaults = [
            copy_tree(node) for node in plain if len(plain) > 1 and node.parent is plain[0].parent
        ]


def _nodes_at(root: Node, path: TemplatePath) -> list[Node]:
    level = [root] if path[:1] == (root.name,) else []
    for name in path[1:]:
        level = [child for node in level for child in node.named.get(name, ())]
    return level


def _is_template(node: Node) -> bool:
    return any(a.name == "template" and a.namespace == JR for a in node.attributes)


def _unmark(node: Node) -> None:
    kept = [a for a in node.attributes if not (a.name == "template" and a.namespace == JR)]
    if len(kept) != len(node.attributes):
        node.attributes = kept
        node.named = {name: found for name, found in node.named.items() if name != "@template"}


def _vertices(
    shapes: Mapping[TemplatePath, Shape], controls: list[Control], named: NamedLists
) -> list[Vertex]:
    found: list[Vertex] = []
    for shape in shapes.values():
        bind = shape.bind
        if bind is not None:
            for what, formula in _rules(bind):
                reads = frozenset(formula.reads.reads | named.reads_of(formula, shape.path))
                found.append(Vertex(shape, what, formula, reads=reads))
            _constants(shape, bind)
    for control in controls:
        held = shapes.get(control.path) if control.path is not None else None
        if held is None:
            continue
        if control.count is not None and held.rows is not None:
            reads = frozenset(control.count.reads.reads)
            found.append(Vertex(held, What.COUNT, control.count, control, reads=reads))
        if control.itemset is not None and _filtered(control.itemset.nodeset):
            formula = control.itemset.nodeset
            reads = frozenset({*formula.reads.reads, *control.itemset.value.reads.reads})
            found.append(Vertex(held, What.CHOICES, formula, control, reads=reads))
    order = {path: at for at, path in enumerate(shapes)}
    return sorted(found, key=lambda vertex: order[vertex.shape.path])


def _filtered(nodeset: Formula) -> bool:
    return any(read.kind is not Kind.PLACE for read in nodeset.reads.reads)


def _rules(bind: Bind) -> list[tuple[What, Formula]]:
    found = [
        (What.RELEVANT, bind.relevant),
        (What.CALCULATE, bind.calculate),
        (What.REQUIRED, bind.required),
        (What.READONLY, bind.readonly),
    ]
    constant = _TRUE | _FALSE
    return [
        (what, formula)
        for what, formula in found
        if formula is not None
        and not (what in (What.REQUIRED, What.READONLY) and formula.text.replace(" ", "") in constant)
    ]


def _constants(shape: Shape, bind: Bind) -> None:
    """`required="true()"` needs no vertex."""
    shape.required = bind.required is not None and bind.required.text.replace(" ", "") in _TRUE
    shape.readonly = bind.readonly is not None and bind.readonly.text.replace(" ", "") in _TRUE


def _cycle(graph: Graph) -> list[Problem]:
    if not graph.cycle:
        return []
    steps = " → ".join("/" + "/".join(vertex.shape.path) for vertex in graph.cycle)
    return [error("expression.cycle", path="/" + "/".join(graph.cycle[0].shape.path), steps=steps)]
