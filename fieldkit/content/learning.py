"""The modules that somebody learns by, and their questions (R-157, N-115): content, shipped or of a signed pack.

1. A question has one right answer, says why it is right, and names the paragraph of the booklet where it stands.
2. A pack adds modules to the shipped ones; a module that it names anew is its own, with its own questions.
3. A module opens no form. What a form asks for is a training that a person gave (`trainings`).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from fieldkit.content.tables import Row, read_table
from fieldkit.content.texts import SourceText, Texts
from fieldkit.domain.shelf import Folder, Shelf

FOLDER = "training"
TABLES = ("modules", "questions", "coverage")
LETTERS = ("a", "b", "c", "d")
_LEAST = 3
_MODULES = ("module", "title", "about")
_QUESTIONS = ("id", "module", "question", *LETTERS, "right", "because", "paragraph")
_COVERAGE = ("module", "chapter")
_PARAGRAPHS = ("paragraph", "jurisdiction", "source", "reviewed_by", "reviewed_on", "valid_until")


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `answers` by letter, `right` is one of them."""

    id: str
    text: str
    answers: tuple[tuple[str, str], ...]
    right: str
    because: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class Module:
    """One module; `chapters` of the booklet that it covers (N-099)."""

    id: str
    title: str
    about: str
    chapters: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """All modules, in their order."""

    modules: tuple[Module, ...]

    def module(self, name: str) -> Module | None:
        """One of them; None when the content of now has it no more."""
        return next((one for one in self.modules if one.id == name), None)

    def texts(self) -> Texts:
        """Every sentence by its id."""
        return Texts(_texts(self.modules))


def load(folder: Folder) -> Course:
    """The modules as they stand with a pack. Raises ContentFault naming file, row and column."""
    known = paragraphs(folder)
    if not isinstance(folder, Shelf) or not any(f"{FOLDER}/{name}.csv" in folder.over for name in TABLES):
        return Course(_read(folder.shipped if isinstance(folder, Shelf) else folder, known))
    own = _read(folder, known)
    named = {one.id for one in own}
    shipped = (one for one in _read(folder.shipped, known) if one.id not in named)
    return Course((*shipped, *own))


def paragraphs(folder: Folder) -> frozenset[str]:
    """The ids of the booklet's paragraphs. Raises ContentFault."""
    rows = read_table(folder / "booklet" / "paragraphs.csv", _PARAGRAPHS)
    return frozenset(row.needed("paragraph") for row in rows)


def texts(resources: Path) -> Iterator[SourceText]:
    """What translators are given of the shipped modules. Raises ContentFault."""
    yield from load(resources).texts()


def _read(folder: Folder, known: Collection[str]) -> tuple[Module, ...]:
    at = folder / FOLDER
    modules = {row.needed("module"): row for row in read_table(at / "modules.csv", _MODULES, ("module",))}
    chapters: dict[str, list[str]] = {name: [] for name in modules}
    for row in read_table(at / "coverage.csv", _COVERAGE, _COVERAGE):
        chapters[row.name("module", modules)].append(row.needed("chapter"))
    questions: dict[str, list[Question]] = {name: [] for name in modules}
    for row in read_table(at / "questions.csv", _QUESTIONS, ("id",)):
        questions[row.name("module", modules)].append(_question(row, known))
    for name, row in modules.items():
        if not questions[name]:
            raise row.fault("content.empty_cell", "questions")
    return tuple(
        Module(name, row.needed("title"), row.needed("about"), tuple(chapters[name]), tuple(questions[name]))
        for name, row in modules.items()
    )


def _question(row: Row, known: Collection[str]) -> Question:
    answers = tuple((letter, row.text(letter)) for letter in LETTERS if row.text(letter))
    for letter in LETTERS[:_LEAST]:
        row.needed(letter)
    return Question(
        row.needed("id"),
        row.needed("question"),
        answers,
        row.name("right", [letter for letter, _ in answers]),
        row.needed("because"),
        row.name("paragraph", known),
    )


def _texts(modules: tuple[Module, ...]) -> Iterator[SourceText]:
    for module in modules:
        yield SourceText(f"module/{module.id}/title", module.title, "Of a module that officers learn by.")
        yield SourceText(f"module/{module.id}/about", module.about)
        for one in module.questions:
            yield SourceText(f"quiz/{one.id}/question", one.text, "A question of a module.")
            for letter, answer in one.answers:
                right = "The right answer." if letter == one.right else "Not the right answer."
                yield SourceText(f"quiz/{one.id}/{letter}", answer, right)
            yield SourceText(f"quiz/{one.id}/because", one.because, "Why the right answer is right.")
