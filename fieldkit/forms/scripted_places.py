"""From a question as a script names it (`family[2]/name`) to where it stands in the running form."""

import re
from typing import Final

from fieldkit.domain.errors import Datum
from fieldkit.forms.columns import nearest
from fieldkit.forms.nodes import Node
from fieldkit.forms.scripted import Miss
from fieldkit.forms.session import Session
from fieldkit.forms.shapes import TemplatePath

_SEGMENT: Final = re.compile(r"([^\[\]/]+)(?:\[(\d+)\])?")
_SHOWN: Final = 5  # places that are named when a name may mean several


class NotFound(Exception):
    """The question is not there, or nobody can tell which is meant; `miss` says so."""

    def __init__(self, code: str, **data: Datum) -> None:
        super().__init__(code)
        self.miss = Miss(code, data)


class Places:
    """Finds questions of one running form."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.form = session.form

    def node(self, said: str) -> Node:
        """The node that is meant. Raises NotFound."""
        path, rows = self._template(said)
        return self._walk(path, rows)

    def repeat(self, said: str) -> tuple[str, int]:
        """The ref of a repeat without a row, and how many rows there are. Raises NotFound."""
        path, rows = self._template(said)
        if path not in self.form.rows:
            raise NotFound("script.no_repeat", question=said)
        parent = self._walk(path[:-1], {at: row for at, row in rows.items() if at < len(path) - 1})
        count = len(parent.named.get(path[-1], ()))
        return f"{self.session.ref(parent)}/{path[-1]}", count

    def _template(self, said: str) -> tuple[TemplatePath, dict[int, int]]:
        """The template path, and the rows that were named, by depth."""
        segments = _SEGMENT.findall(said.strip().strip("/").removeprefix("${").removesuffix("}"))
        if not segments:
            raise NotFound("script.question_unknown", question=said)
        names = [name.strip() for name, _ in segments]
        found = {
            path: depths
            for path in self.form.shapes
            if (depths := _depths(names, path)) is not None and not path[-1].startswith("@")
        }
        asked = {path: depths for path, depths in found.items() if self.form.shapes[path].control is not None}
        one = asked if len(asked) == 1 else found
        if not one:
            known = tuple(path[-1] for path in self.form.shapes)
            meant = nearest(names[-1], known)
            code = "script.question_unknown_meant" if meant else "script.question_unknown"
            raise NotFound(code, question=said, meant=meant)
        if len(one) > 1:
            places = ", ".join("/".join(path[1:]) for path in list(one)[:_SHOWN])
            raise NotFound("script.question_ambiguous", question=said, places=places)
        path, depths = next(iter(one.items()))
        return path, {depth: int(row) for depth, (_, row) in zip(depths, segments, strict=True) if row}

    def _walk(self, path: TemplatePath, rows: dict[int, int]) -> Node:
        at: Node = self.session.state.root
        for depth, name in enumerate(path[1:], start=1):
            nodes = at.named.get(name, ())
            is_row = path[: depth + 1] in self.form.rows
            at = nodes[_row(rows.get(depth, 0), name, len(nodes)) - 1 if is_row else 0]
        return at


def _row(named: int, repeat: str, count: int) -> int:
    """The row that is meant, from 1; the only one need not be named. Raises NotFound."""
    if named == 0 and count > 1:
        raise NotFound("script.row_unsaid", repeat=repeat, count=count)
    row = named or 1
    if not 1 <= row <= count:
        raise NotFound("script.row_not_there", row=row, repeat=repeat, count=count)
    return row


def _depths(names: list[str], path: TemplatePath) -> list[int] | None:
    """Where the named parts stand in a path, from its end backwards; None when they do not."""
    if path[-1] != names[-1]:
        return None
    depths, depth = [len(path) - 1], len(path) - 2
    for name in reversed(names[:-1]):
        while depth >= 0 and path[depth] != name:
            depth -= 1
        if depth < 0:
            return None
        depths.append(depth)
        depth -= 1
    return depths[::-1]
