"""Answers cut out of the bytes of a submission, and put back in.

1. What is cut out leaves no trace in the rest: not its value, not its element, not whether it stood there.
2. Put back in, every cut gives the exact bytes again; some of the cuts give a submission without the others.
3. Only whole elements without elements in them are cut.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lxml import etree

from fieldkit.domain.errors import ProgramFault
from fieldkit.forms.xml import parse_xml

_MARK = re.compile(rb"<!--fk (\d+)-->")


@dataclass(frozen=True, slots=True)
class Cut:
    """An element that was cut out: where it stood in the rest, in bytes, and its order among all that were cut."""

    place: int
    order: int
    text: str


def cut(content: bytes, label_of: Callable[[tuple[str, ...]], str]) -> tuple[bytes, dict[str, list[Cut]]]:
    """The rest of a submission, and under each label what was cut out. `label_of` gets the names from the root down
    to an element; an empty label keeps it.

    Raises ProgramFault `form.cut` when the bytes are not as `submission_of` writes them; FormFault for no XML.
    """
    root = parse_xml(content)
    labels: list[str] = []
    for element, path in list(_leaves(root, (_name(root),))):
        label = label_of(path)
        if label:
            element.addprevious(etree.Comment(f"fk {len(labels)}"))
            element.addnext(etree.Comment(f"fk {len(labels)}"))
            labels.append(label)
    pieces = _MARK.split(etree.tostring(root, encoding="utf-8", xml_declaration=True))
    rest, found = pieces[0], {label: list[Cut]() for label in labels}
    # Marks stand in pairs: after the first of each comes the element, after the second what follows it.
    for at in range(1, len(pieces), 4):
        order = int(pieces[at])
        found[labels[order]].append(Cut(len(rest), order, pieces[at + 1].decode("utf-8")))
        rest += pieces[at + 3]
    if joined(rest, [one for cuts in found.values() for one in cuts]) != content:
        raise ProgramFault("form.cut")
    return rest, found


def joined(rest: bytes, cuts: Iterable[Cut]) -> bytes:
    """The submission with these cuts put back in (rule 2). Raises ProgramFault `form.cut`."""
    pieces, at = [], 0
    for one in sorted(cuts, key=lambda one: one.order):
        if not at <= one.place <= len(rest):
            raise ProgramFault("form.cut")
        pieces += [rest[at : one.place], one.text.encode("utf-8")]
        at = one.place
    return b"".join((*pieces, rest[at:]))


def _leaves(
    element: "etree._Element", path: tuple[str, ...]
) -> Iterable[tuple["etree._Element", tuple[str, ...]]]:
    for child in element:
        below = (*path, _name(child))
        if len(child):
            yield from _leaves(child, below)
        else:
            yield child, below


def _name(element: "etree._Element") -> str:
    return etree.QName(element).localname
