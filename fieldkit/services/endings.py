"""How the questions of an interview ended: answered, or with a mark beside an empty value.

Looked at after every answer, so it walks nodes and makes no view of any question (`forms.asked`).
"""

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from fieldkit.domain.outcome import Mark
from fieldkit.forms.asked import asked
from fieldkit.forms.nodes import Node
from fieldkit.forms.pages import is_readonly, own
from fieldkit.forms.session import Session
from fieldkit.services.sections import Section

_Held = TypeVar("_Held")

NOT_ASKED_KINDS = frozenset({"note", "trigger"})
"""Controls that ask nothing: a mark on them says nothing about the person."""


class Endings:
    """`marks` by concrete path; what has a value is answered whatever a mark says."""

    def __init__(self, session: Session) -> None:
        self.marks: dict[str, Mark] = {}
        self._session = session

    def of(self, ref: str) -> Mark:
        """How the question at `ref` ended so far."""
        if self._session.value(ref):
            return Mark.ANSWERED
        return self.marks.get(ref, Mark.NOT_ASKED)

    def end_of(self, node: Node) -> Mark:
        """The same, for a node."""
        if node.value:
            return Mark.ANSWERED
        return self.marks.get(self._session.ref(node), Mark.NOT_ASKED)

    def in_section(self, section: Section) -> dict[str, Mark]:
        """How each question that is put to the person now ended."""
        return {self._session.ref(node): self.end_of(node) for node in self._put_in(section)}

    def is_done(self, section: Section) -> bool:
        """Whether something is put to the person in a section, and nothing in it is open."""
        seen = False
        for node in self._put_in(section):
            seen = True
            if self.end_of(node) is Mark.NOT_ASKED:
                return False
        return seen

    def without_row(self, row: str) -> None:
        """A row was taken away."""
        self.marks = marks_without_row(self.marks, row)

    def _put_in(self, section: Section) -> Iterator[Node]:
        for control, node in asked(self._session.state, section.controls):
            if control.kind in NOT_ASKED_KINDS or is_readonly(node):
                continue
            if (
                not own(control, node).get("key")
                or len(self._session.offered_values(self._session.ref(node))) > 1
            ):
                yield node


def marks_without_row(marks: Mapping[str, _Held], row: str) -> dict[str, _Held]:
    """What is held by path after row `/a/b[2]` was taken away: its own is gone, that of later rows moves up by
    one."""
    stem, _, number = row.rpartition("[")
    gone = int(number.rstrip("]"))
    pattern = re.compile(re.escape(stem) + r"\[(\d+)\](.*)", re.DOTALL)
    kept: dict[str, _Held] = {}
    for ref, mark in marks.items():
        match = pattern.fullmatch(ref)
        if match is None:
            kept[ref] = mark
        elif int(match[1]) != gone:
            place = int(match[1]) - (int(match[1]) > gone)
            kept[f"{stem}[{place}]{match[2]}"] = mark
    return kept
