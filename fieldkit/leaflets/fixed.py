"""The fixed sentences of every leaflet, from `resources/leaflets/fixed.csv`: notices, footer, states."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from fieldkit.domain.shelf import Folder, Shelf
from fieldkit.files import read_bounded
from fieldkit.leaflets.faults import LeafletFault

_COLUMNS = ["id", "text", "comment", "critical"]
_NEEDED = frozenset(
    {
        *("draft_notice", "partly_notice", "ask_interpreter", "law_not_reviewed", "in_english", "footer"),
        *("status_source", "status_reviewed", "status_draft", "status_partly"),
    }
)
_MAX_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class FixedText:
    """One sentence and what translators are told of it."""

    id: str
    text: str
    comment: str


def held(path: Folder, limit: int) -> bytes | None:
    """A file of the pack in force, else the shipped one; None when it is too long or none."""
    if isinstance(path, Shelf):
        content = path.held()
        if content is not None:
            return content if len(content) <= limit else None
        path = path.beneath
    return read_bounded(path, limit)


def read_fixed(folder: Folder) -> Mapping[str, FixedText]:
    """The sentences by id. Raises LeafletFault when the table is not what it should be."""
    path = folder / "leaflets" / "fixed.csv"
    content = held(path, _MAX_BYTES)
    try:
        lines = list(csv.reader(io.StringIO((content or b"").decode("utf-8"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as fault:
        raise LeafletFault("leaflet.not_text", file=path.name) from fault
    if not lines or lines[0] != _COLUMNS or any(len(line) != len(_COLUMNS) for line in lines[1:]):
        raise LeafletFault("leaflet.fixed_table", file=path.name)
    found = {line[0]: FixedText(line[0], line[1], line[2]) for line in lines[1:]}
    if missing := sorted(name for name in _NEEDED if name not in found or not found[name].text):
        raise LeafletFault("leaflet.fixed_missing", file=path.name, id=missing[0])
    return found
