"""Secondary instances: written into the form, or files beside it (CSV, XML, GeoJSON).

1. Each is read when it is first asked; a form with 10,000 villages opens without reading them.
2. A file that is missing makes an empty list, is named in `Form.missing_files` and told as a warning.
3. CSV and GeoJSON become `root/item/column`. Sizes are bounded.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fieldkit.forms.building import uncollected
from fieldkit.forms.nodes import ELEMENT, Node, document, plain_tree
from fieldkit.forms.problems import FormFault, Problem, error, warning
from fieldkit.forms.xml import MAX_BYTES, parse_xml

MAX_HEADER = 65_536
"""Bytes of a table that are looked at for its columns."""

MAX_CELLS = 4_000_000
"""Cells of a table, each of which becomes a node."""

Lazy = Callable[[], Node | None]


class Lists:
    """The secondary instances of a form being read, with what is wrong about them."""

    def __init__(self, resources: Mapping[str, bytes]) -> None:
        self.resources = {**{name.rpartition("/")[2]: data for name, data in resources.items()}, **resources}
        self.found: dict[str, Lazy] = {}
        self.problems: list[Problem] = []
        self.missing: dict[str, str] = {}
        self.columns: dict[str, list[str]] = {}
        """The columns of the tables beside the form, by the name of the list."""

    def add(self, element: Any) -> None:
        """Take one `<instance id=…>` of the model."""
        name, source = element.get("id", ""), element.get("src")
        inner = next((child for child in element if isinstance(child.tag, str)), None)
        if inner is not None:
            self.found[name] = remembered(lambda: document(plain_tree(inner)))
        elif source is not None:
            self.found[name] = self._outside(source, name)
        else:
            self.found[name] = remembered(lambda: document(Node(ELEMENT, "root")))

    def need_table(self, name: str) -> None:
        """Have the table `name` at hand, a CSV file beside the form; note it when it is missing."""
        if name not in self.found:
            self.found[name] = self._outside(f"{name.removesuffix('.csv')}.csv", name)

    def add_rows_of(self, file: str, name: str, choose: Callable[[Node | None, str], Node]) -> None:
        """Take the rows of `file` that `choose` finds for the list `name`, as an instance of that name."""
        if name in self.found:
            return
        if file in self.resources:
            whole = self.found.setdefault(file, self._outside(file, file))
            self.found[name] = remembered(lambda: choose(whole(), name))
        else:
            self.found[name] = self._outside(file, name)

    def header(self, file: str) -> list[str]:
        """The columns of a CSV file beside the form; none when it is missing or cannot be read."""
        return _header(self.resources.get(file, b""))

    def _outside(self, source: str, list_name: str) -> Lazy:
        content = self.resources.get(source, self.resources.get(source.rpartition("/")[2]))
        if content is None:
            if "last-saved" not in source:  # before the first record there is nothing saved: no fault
                self.missing[list_name] = source.rpartition("/")[2]
                self.problems.append(warning("form.file_missing", file=source.rpartition("/")[2]))
            return remembered(lambda: document(Node(ELEMENT, "root")))
        if len(content) > MAX_BYTES:
            raise FormFault([error("form.too_large", limit=MAX_BYTES // (1024 * 1024))])
        if sum(map(content.count, (b"\n", b",", b";"))) > MAX_CELLS:
            raise FormFault([error("form.too_many_parts", limit=MAX_CELLS)])
        if _is_csv(source):
            self.columns[list_name] = _header(content)
        return remembered(lambda: read_list(source, content))

    def pulled(self) -> Mapping[str, Lazy]:
        """Lists that `pulldata` may name without an instance element: CSV files beside the form."""
        return {
            name.rpartition("/")[2].removesuffix(".csv"): self._outside(name, "")
            for name in self.resources
            if name.endswith(".csv")
        }


def remembered(make: Callable[[], Node | None]) -> Lazy:
    """`make`, called at most once."""
    made: list[Node | None] = []

    def get() -> Node | None:
        if not made:
            with uncollected():
                made.append(make())
        return made[0]

    return get


def read_list(source: str, content: bytes) -> Node:
    """A file beside a form as a document node. What cannot be read is an empty list (rule 2)."""
    try:
        return document(_read(source, content))
    except _UNREADABLE:
        return document(Node(ELEMENT, "root"))


def is_readable(source: str, content: bytes) -> bool:
    """Whether `read_list` finds more than nothing in it, and its letters are those that were written."""
    try:
        content.decode("utf-8-sig" if not content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-16")
        return bool(_read(source, content).children)
    except _UNREADABLE:
        return False


_UNREADABLE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    csv.Error,
    FormFault,
    RecursionError,
)


def _read(source: str, content: bytes) -> Node:
    if _is_csv(source):
        return _csv(content)
    if source.lower().endswith((".geojson", ".json")):
        return _geojson(content)
    return plain_tree(parse_xml(content))


def _is_csv(source: str) -> bool:
    return source.lower().startswith("jr://file-csv") or source.lower().endswith(".csv")


def _header(content: bytes) -> list[str]:
    try:
        return next(_rows(content[:MAX_HEADER]), [])
    except csv.Error:
        return []


def _rows(content: bytes) -> Iterator[list[str]]:
    """The rows of a CSV file, the header first; commas or semicolons, whichever the head has more of."""
    text = content.decode("utf-8-sig", "replace")
    sample = text[:4096]
    separator = ";" if sample.count(";") > sample.count(",") else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    yield [column.strip() for column in next(rows, [])]
    yield from rows


def _csv(content: bytes) -> Node:
    rows = _rows(content)
    header = next(rows)
    root = Node(ELEMENT, "root")
    for cells in rows:
        if any(cells):
            root.append(_item(list(zip(header, cells, strict=False))))
    return root


def _geojson(content: bytes) -> Node:
    root = Node(ELEMENT, "root")
    for feature in json.loads(content)["features"]:
        cells = [("geometry", _geometry(feature.get("geometry") or {}))]
        properties = dict(feature.get("properties") or {})
        if "id" in feature:
            properties.setdefault("id", feature["id"])
        cells += [(str(name), _plain(value)) for name, value in properties.items()]
        root.append(_item(cells))
    return root


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)


def _geometry(geometry: Mapping[str, Any]) -> str:
    """GeoJSON has longitude first; ODK has latitude, longitude, altitude, accuracy."""
    coordinates = geometry.get("coordinates") or []
    match geometry.get("type"):
        case "Point":
            points = [coordinates]
        case "LineString":
            points = coordinates
        case "Polygon":
            points = coordinates[0] if coordinates else []
        case _:
            return ""
    return "; ".join(f"{point[1]} {point[0]} 0 0" for point in points if len(point) > 1)


def _item(cells: list[tuple[str, str]]) -> Node:
    item = Node(ELEMENT, "item")
    for name, value in cells:
        if name:
            item.append(Node(ELEMENT, name, None, value))
    return item
