"""The sections of an interview: the top-level groups of a form, and how each was asked.

A form from elsewhere may have questions outside any group; those that stand together are a section too, named
by the form's title.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fieldkit.domain.outcome import CoreSection, Interpreted, Mark
from fieldkit.forms.definition import Control, Form
from fieldkit.services.gates import Gate, SectionKind

LOOSE = "@"
"""How the reference of a section without a group begins."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section as the form declares it. `ref` is the group's path, or `@n` for loose questions."""

    ref: str
    name: str
    kind: SectionKind
    controls: tuple[Control, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section as it stands now: its gate, and whether every question in it has an end (`done`)."""

    ref: str
    name: str
    kind: SectionKind
    gate: Gate
    done: bool


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """How one section was asked, for the journal and for rule 1 of `protection.md`."""

    core: CoreSection
    declined: int
    not_asked: int


def sections_of(form: Form) -> tuple[Section, ...]:
    """The sections of a form, in its order."""
    found: list[Section] = []
    loose: list[Control] = []
    for control in form.body:
        if control.kind == "group" and control.path is not None:
            _close(loose, found)
            found.append(_section(form, control, control.path))
        else:
            loose.append(control)
    _close(loose, found)
    return tuple(found)


def _section(form: Form, control: Control, path: tuple[str, ...]) -> Section:
    bind = form.binds.get(path)
    attributes = {**(bind.attributes if bind else {}), **control.attributes}
    kind = attributes.get("section", "")
    known = kind in set(SectionKind)
    return Section(
        "/" + "/".join(path), path[-1], SectionKind(kind) if known else SectionKind.PLAIN, (control,)
    )


def _close(loose: list[Control], found: list[Section]) -> None:
    if loose:
        found.append(Section(f"{LOOSE}{len(found)}", "", SectionKind.PLAIN, tuple(loose)))
        loose.clear()


def record(
    section: Section,
    marks: Mapping[str, Mark],
    *,
    in_private: bool,
    interpreted: Interpreted,
    reviewed_text: bool,
) -> SectionRecord:
    """How `section` was asked; `marks` are those of its questions that were relevant.

    A section counts as asked when something was put to the person and nothing in it was left unasked.
    """
    ends = list(marks.values())
    not_asked = sum(mark in (Mark.NOT_ASKED, Mark.SKIPPED) for mark in ends)
    asked = bool(ends) and not_asked == 0
    return SectionRecord(
        CoreSection(section.name, asked, in_private, interpreted, reviewed_text),
        sum(mark is Mark.DECLINED for mark in ends),
        not_asked,
    )
