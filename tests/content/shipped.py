"""The shipped content as tests look at it: the forms row by row, and all English sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from fieldkit.content import sources
from fieldkit.files import resources
from fieldkit.forms.form_texts import Source, extract_form_texts, read_sources
from fieldkit.leaflets.source import leaflet_texts

RESOURCES = resources()
SCREENING = "screening"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the survey with the section (top-level group) it stands in."""

    cells: dict[str, str]
    section: str

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    @property
    def kind(self) -> str:
        return self["type"].split()[0]

    @property
    def list_name(self) -> str:
        return self["type"].split()[1] if self.kind.startswith("select") else ""

    @property
    def is_asked(self) -> bool:
        return not self.kind.startswith(("begin", "end")) and self.kind not in {
            *("note", "calculate", "hidden")
        }


@cache
def _sources() -> dict[str, Source]:
    return {source.id: source for source in read_sources(RESOURCES)}


def form_ids() -> tuple[str, ...]:
    """Every built-in form."""
    return tuple(_sources())


def sheet(name: str, form: str = SCREENING) -> list[dict[str, str]]:
    """The rows of a sheet of a form, as written."""
    source = _sources()[form]
    (found,) = (one for one in source.sheets if one.name == name)
    return [dict(zip(found.header, row.cells, strict=True)) for row in found.rows]


def survey(form: str = SCREENING) -> list[Line]:
    """The rows of the survey in order, groups included."""
    lines: list[Line] = []
    depth, section = 0, ""
    for cells in sheet("survey", form):
        if cells["type"].startswith("begin"):
            section = cells["name"] if depth == 0 else section
            depth += 1
        lines.append(Line(cells, section))
        depth -= cells["type"].startswith("end")
    assert depth == 0
    return lines


def sections(form: str = SCREENING) -> dict[str, str]:
    """The kind (`fk:section`) of each top-level group, in order."""
    return {
        line["name"]: line["bind::fk:section"]
        for line in survey(form)
        if line.kind == "begin_group" and line["name"] == line.section
    }


def sentences() -> Iterator[tuple[str, str]]:
    """Every English text that anybody can read, with where it stands."""
    for context, text, _ in extract_form_texts(RESOURCES):
        yield context, text
    for context, text, _ in sources.codebook_texts(RESOURCES):
        yield context, text
    for context, text, _ in leaflet_texts(RESOURCES):
        yield context, text
