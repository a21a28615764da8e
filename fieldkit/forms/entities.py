"""Entities: what one finished interview makes known to later ones (ODK Entities specification 2024.1).

1. A submission says in `meta/entity` which list it adds to or changes, and by which id; binds with
   `entities:saveto` say which answers are kept, and under which name.
2. A change sets what it names and leaves the rest; a change of something unknown is left out.
3. Later forms read a list as a file beside them, `<list>.csv`, with the columns `name` (the id) and `label`.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from fieldkit.forms.nodes import Node, plain_tree, text_of
from fieldkit.forms.xml import parse_xml

ENTITIES = "http://www.opendatakit.org/xforms/entities"
_SAVE_TO = f"{{{ENTITIES}}}saveto"
_YES = frozenset({"1", "true"})

Path = tuple[str, ...]
"""Local names from the root of an instance."""


@dataclass(frozen=True, slots=True)
class Declared:
    """One entity of one submission, as it was said there."""

    list_name: str
    id: str
    label: str
    create: bool
    update: bool
    properties: Mapping[str, str]


@dataclass(slots=True)
class Known:
    """An entity as it stands after every submission so far; `version` counts from 1."""

    id: str
    label: str
    version: int = 1
    properties: dict[str, str] = field(default_factory=dict)


Lists = dict[str, dict[str, Known]]
"""List name -> id -> entity, in the order in which they became known."""


def saved_as(xform: bytes) -> Mapping[Path, str]:
    """Which answers of a form are kept in an entity, and under which name. Raises FormFault for no XML."""
    binds = (one for one in parse_xml(xform).iter("{*}bind") if one.get(_SAVE_TO))
    return {_path(bind.get("nodeset", "")): str(bind.get(_SAVE_TO)) for bind in binds}


def declared(submission: bytes, saved: Mapping[Path, str]) -> Iterator[Declared]:
    """The entities of a submission, one in `meta` or one in the `meta` of each row. Raises FormFault."""
    root = plain_tree(parse_xml(submission))
    yield from _below(root, (root.name,), saved)


def take(lists: Lists, said: Iterable[Declared]) -> None:
    """Let what was said take effect (rule 2)."""
    for one in said:
        held = lists.setdefault(one.list_name, {})
        entity = held.get(one.id)
        if entity is None and one.create:
            held[one.id] = Known(one.id, one.label, properties=dict(one.properties))
        elif entity is not None and one.update:
            entity.version += 1
            entity.label = one.label or entity.label
            entity.properties.update(one.properties)


def as_csv(entities: Iterable[Known]) -> bytes:
    """A list as later forms read it (rule 3)."""
    rows = list(entities)
    columns = list(dict.fromkeys(chain.from_iterable(one.properties for one in rows)))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["name", "label", "__version", *columns])
    for one in rows:
        writer.writerow([one.id, one.label, one.version, *(one.properties.get(name, "") for name in columns)])
    return text.getvalue().encode("utf-8")


def _path(nodeset: str) -> Path:
    return tuple(step.rpartition(":")[2] for step in nodeset.strip().split("/") if step)


def _below(node: Node, path: Path, saved: Mapping[Path, str]) -> Iterator[Declared]:
    for meta in node.named.get("meta", ()):
        for entity in meta.named.get("entity", ()):
            yield from _entity(entity, node, path, saved)
    for child in node.children:
        if child.children and child.name != "meta":
            yield from _below(child, (*path, child.name), saved)


def _entity(entity: Node, scope: Node, path: Path, saved: Mapping[Path, str]) -> Iterator[Declared]:
    said = _said(entity)
    if not (said.get("dataset") and said.get("id")):
        return
    label = next((text_of(one) for one in entity.named.get("label", ())), "")
    found = {
        name: text_of(node)
        for place, name in saved.items()
        if place[: len(path)] == path and (node := _at(scope, place[len(path) :])) is not None
    }
    create, update = said.get("create", "") in _YES, said.get("update", "") in _YES
    yield Declared(said["dataset"], said["id"], label, create, update, found)


def _said(entity: Node) -> dict[str, str]:
    return {attribute.name: attribute.value for attribute in entity.attributes}


def _at(scope: Node, steps: Path) -> Node | None:
    node: Node | None = scope
    for step in steps:
        node = next(iter(node.named.get(step, ())), None) if node is not None else None
    return node
