"""The practice case: who comes, what happens on each screen and why, what is looked at in the end (R-036, R-157).

1. A line belongs to a screen, or to a kind of section of an interview; each line and each look names its paragraph
   of the booklet.
2. A pack's case stands instead of the shipped one, whole: lines speak of the person who comes.
3. What can be looked at in the end is known to the program (`LOOKS`); a case names those that belong to it, in
   words of its own.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from fieldkit.content.faults import ContentFault
from fieldkit.content.learning import paragraphs
from fieldkit.content.tables import Row, read_table
from fieldkit.content.texts import SourceText, Texts
from fieldkit.domain.shelf import Folder

FILE = "training/practice.csv"
WHO, LOOK = "person", "look"
PLACES = frozenset({"screen", "section"})
LOOKS = (
    *("needs_first", "needs_settled", "agreement", "privacy", "fear"),
    *("screened", "decided", "referred", "slip"),
)
Place = tuple[str, str]
_COLUMNS = ("step", "kind", "name", "text", "paragraph")


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `name` is the screen, the kind of section, or what is looked at; empty of who comes."""

    step: str
    kind: str
    name: str
    text: str
    paragraph: str

    @property
    def text_id(self) -> str:
        """Under which id the sentence is translated."""
        return f"practice/{self.step}"


@dataclass(frozen=True, slots=True)
class Case:
    """The whole case."""

    who: tuple[Line, ...]
    lines: Mapping[Place, Line]
    looks: tuple[Line, ...]

    def texts(self) -> Texts:
        """Every sentence by its id."""
        return Texts(_texts(self))


def load(folder: Folder) -> Case:
    """The case as it stands with a pack (rule 2). Raises ContentFault naming file, row and column."""
    rows = read_table(folder / "training" / "practice.csv", _COLUMNS, ("step",))
    known = paragraphs(folder)
    lines = [_line(row, known) for row in rows]
    who = tuple(line for line in lines if line.kind == WHO)
    if not who:
        raise ContentFault("content.nobody_comes", file="practice.csv")
    looks = tuple(line for line in lines if line.kind == LOOK)
    places: dict[Place, Line] = {}
    for row, line in zip(rows, lines, strict=True):
        if line.kind in PLACES and places.setdefault((line.kind, line.name), line) is not line:
            raise row.fault("content.duplicate", "name")
    return Case(who, places, looks)


def texts(resources: Folder) -> Iterator[SourceText]:
    """What translators are given. Raises ContentFault."""
    yield from load(resources).texts()


def _line(row: Row, known: Collection[str]) -> Line:
    kind = row.name("kind", {*PLACES, WHO, LOOK})
    name = row.text("name")
    if kind == LOOK:
        name = row.name("name", LOOKS)
    elif kind in PLACES:
        name = row.needed("name")
    paragraph = row.name("paragraph", known) if kind != WHO else ""
    return Line(row.needed("step"), kind, name, row.needed("text"), paragraph)


_REMARKS = {
    WHO: "Of the practice case: who comes. Invented.",
    LOOK: "Of the practice case: what was done, or was left out.",
}


def _texts(case: Case) -> Iterator[SourceText]:
    for line in (*case.who, *case.lines.values(), *case.looks):
        remark = _REMARKS.get(line.kind, "Told above a screen of the practice case.")
        yield SourceText(line.text_id, line.text, remark)
