"""What of an interview is sealed, and as what: the codebook's `sensitivity`, and what its form names (R-163).

1. A question whose codebook name has a sealed class is sealed as that. A form may name a class too, on a question
   or a group: `fk:sealed="health"`; the form's word comes first, the nearest group before the farther.
2. What a form works out from sealed answers is sealed like them, and so is the text that says how much of a date is
   known. Where the answers are of several classes, it is sealed as the first of them in the order of `SealedClass`.
3. Everything about a sealed question goes with it: value, how it ended, its element in the submission, when it was
   touched, why it was changed, the file that is its answer, what an older version of the form had asked.
4. Which classes a form can seal is told openly; nothing here depends on what was answered.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fieldkit.content.codebook import Codebook
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.ports import JsonObject
from fieldkit.forms import cutting
from fieldkit.forms.definition import Form
from fieldkit.forms.expressions.graph import What
from fieldkit.forms.shapes import TemplatePath
from fieldkit.services import partly
from fieldkit.services.errors import ContentRefused
from fieldkit.services.refs import leaf, template

ATTRIBUTE = "sealed"


@dataclass(frozen=True, slots=True)
class Classes:
    """The class of every question of a form that has one."""

    by_path: Mapping[TemplatePath, SealedClass]
    by_name: Mapping[str, SealedClass]

    @property
    def present(self) -> tuple[SealedClass, ...]:
        """The classes that an interview with this form seals, in their order."""
        held = {*self.by_path.values()}
        return tuple(name for name in SealedClass if name in held)

    def of(self, ref: str) -> SealedClass | None:
        """The class of the question at a concrete path, also of one that only an older version asked."""
        return self.by_path.get(template(ref)) or self.by_name.get(leaf(ref))


def classes_of(form: Form, codebook: Codebook) -> Classes:
    """What a protection form seals. Raises ContentRefused `form.class_unknown` (rule 1)."""
    by_path = dict(_named(form, codebook))
    _spread(form, codebook, by_path)
    by_name = dict(_of_codebook(codebook))
    for path, name in by_path.items():
        by_name.setdefault(path[-1], name)
    return Classes(by_path, by_name)


def sealed_out(
    payload: JsonObject, classes: Classes, files: Mapping[str, SealedClass]
) -> tuple[JsonObject, dict[SealedClass, JsonObject]]:
    """A finished interview without what is sealed, and for each class what goes under its key (rule 3).

    `files` are the classes of attached files, by name. Raises ProgramFault `form.cut`.
    """
    held: dict[str, Any] = dict(payload)
    rest, cuts = cutting.cut(held["xml"].encode("utf-8"), lambda path: classes.by_path.get(path) or "")
    left = {classes.of(row["ref"]) for row in held.get("left", ())} - {None}
    names = [name for name in SealedClass if name in {*classes.present, *left}]
    parts: dict[SealedClass, dict[str, Any]] = {}
    for name in names:
        parts[name] = {
            "class": name.value,
            "instance_id": held["instance_id"],
            "cuts": [[one.place, one.order, one.text] for one in cuts.get(name.value, ())],
        }
    keys: dict[str, Callable[[Any], SealedClass | None]] = {
        "facts": classes.by_name.get,
        "marks": classes.of,
        "travel": lambda row: classes.of(row[2]),
        "left": lambda row: classes.of(row["ref"]),
        "changes": lambda row: classes.of(row["ref"]),
        "attachments": lambda row: files.get(row["name"]),
    }
    opened: dict[str, Any] = {**held, "xml": rest.decode("utf-8")}
    for key, of in keys.items():
        for name, part in parts.items():
            _share_out(held, part, key, lambda one, of=of, name=name: of(one) is name)  # type: ignore[misc]
        _share_out(held, opened, key, lambda one, of=of: of(one) not in parts)  # type: ignore[misc]
    sealed_files = [
        _only_named(row) for row in held.get("attachments", ()) if files.get(row["name"]) in parts
    ]
    if sealed_files:
        opened["attachments"] = [*opened.get("attachments", ()), *sealed_files]
    return {**opened, **({"sealed": [name.value for name in parts]} if parts else {})}, dict(parts)


def put_together(rest: bytes, parts: Iterable[Mapping[str, Any]]) -> bytes:
    """The bytes of a submission with the parts that could be opened; the exact bytes when those were all."""
    return cutting.joined(rest, [cutting.Cut(*one) for part in parts for one in part.get("cuts", ())])


def _share_out(
    held: Mapping[str, Any], into: dict[str, Any], key: str, wanted: Callable[[Any], bool]
) -> None:
    """Those of the values under `key` that are `wanted`: of a mapping by their names, of a list by themselves."""
    value = held.get(key)
    if isinstance(value, Mapping):
        into[key] = {name: one for name, one in value.items() if wanted(name)}
    elif value is not None:
        into[key] = [one for one in value if wanted(one)]


def _only_named(row: Mapping[str, Any]) -> dict[str, Any]:
    """That a sealed file belongs here, so that it goes when the interview goes; nothing of what it is."""
    return {"name": row["name"], "type": "", "size": 0, "sha256": ""}


def _named(form: Form, codebook: Codebook) -> Iterator[tuple[TemplatePath, SealedClass]]:
    """Rule 1."""
    by_form = dict(_by_form(form))
    of_codebook = dict(_of_codebook(codebook))
    for path, shape in form.shapes.items():
        if shape.children:
            continue
        above = (by_form[path[:end]] for end in range(len(path), 0, -1) if path[:end] in by_form)
        name = next(above, None) or of_codebook.get(path[-1])
        if name is not None:
            yield path, name


def _by_form(form: Form) -> Iterator[tuple[TemplatePath, SealedClass]]:
    for path, bind in form.binds.items():
        if ATTRIBUTE in bind.attributes:
            yield path, _class(bind.attributes[ATTRIBUTE])
    for control in form.controls:
        if control.path is not None and ATTRIBUTE in control.attributes:
            yield control.path, _class(control.attributes[ATTRIBUTE])


def _class(word: str) -> SealedClass:
    if word not in set(SealedClass):
        raise ContentRefused("form.class_unknown", name=word)
    return SealedClass(word)


def _of_codebook(codebook: Codebook) -> Iterator[tuple[str, SealedClass]]:
    for fact in codebook.facts.values():
        if fact.sensitivity.sealed_class is not None:
            yield fact.name, fact.sensitivity.sealed_class


def _spread(form: Form, codebook: Codebook, found: dict[TemplatePath, SealedClass]) -> None:
    """Rule 2: the text beside a date, what is worked out, what is copied. A class the codebook names stays."""
    for path, bind in form.binds.items():
        beside = bind.attributes.get(partly.ATTRIBUTE)
        if beside and path in found:
            found.setdefault((*path[:-1], beside), found[path])
    for vertex in form.graph.vertices:  # what is read stands before what reads it
        if vertex.what is What.CALCULATE and not _is_open(codebook, vertex.shape.path):
            _take_from(found, vertex.shape.path, (read.path for read in vertex.reads))
    for action in form.actions:
        if action.value is not None and not _is_open(codebook, action.target):
            _take_from(found, action.target, (read.path for read in action.value.reads.reads))


def _is_open(codebook: Codebook, path: TemplatePath) -> bool:
    """Whether the codebook says of what is worked out that everybody may read it."""
    return path[-1] in codebook.facts


def _take_from(
    found: dict[TemplatePath, SealedClass], path: TemplatePath, reads: Iterable[TemplatePath]
) -> None:
    names = {found[read] for read in reads if read in found}
    first = next((name for name in SealedClass if name in names), None)
    if first is not None:
        found.setdefault(path, first)
