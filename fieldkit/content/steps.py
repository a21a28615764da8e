"""The steps of a procedure, in order: who does what, by when, with which paper (R-041).

1. The steps of a pathway are numbered from 1 without a gap, in each jurisdiction that has any.
2. A country's own list takes the place of the region's, the region's that of the list for every place; they are
   never mixed (`content.provenance`).
3. `within_hours` is empty ("as soon as possible") or 0 ("at once") until a country's pack sets its limits: the
   sources give no other number (R-019).
4. A step that has expired stays in the list, marked, and is not printed; the paper says that one is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fieldkit.content import provenance
from fieldkit.content.codebook import Codebook
from fieldkit.content.provenance import Provenance
from fieldkit.content.tables import Row, read_table
from fieldkit.content.texts import SourceText, Translations
from fieldkit.domain.shelf import Folder

TABLE = "codebook/steps.csv"
_COLUMNS = (
    *("category", "step", "jurisdiction", "actor", "text", "within_hours", "document"),
    *("source", "reviewed_by", "reviewed_on", "valid_until"),
)


@dataclass(frozen=True, slots=True)
class ProcedureStep:
    """One row. `actor` is a name of the list `actors`, `document` one of `documents` or empty; `within_hours` is
    counted from the moment the need was recognised, 0 is at once, None as soon as possible."""

    category: str
    number: int
    actor: str
    text: str
    within_hours: int | None
    document: str
    about: Provenance

    @property
    def text_id(self) -> str:
        """The context of its translation in the domain `codebook`."""
        return f"step/{self.category}/{self.number}"

    def say(self, words: Translations) -> str:
        """What to do, in the language of `words`."""
        return words.in_context(self.text_id, self.text)


@dataclass(frozen=True, slots=True)
class Procedures:
    """All steps that are held, by category and jurisdiction."""

    steps: Mapping[tuple[str, str], tuple[ProcedureStep, ...]]

    def of(self, category: str, country: str = "") -> tuple[ProcedureStep, ...]:
        """The steps of a pathway at a post in `country`, in order; none when nobody wrote any (rule 2)."""
        found = {place for held, place in self.steps if held == category}
        place = provenance.nearest(found, country)
        return self.steps[category, place] if place is not None else ()

    def printable(self, category: str, today: date, country: str = "") -> tuple[ProcedureStep, ...]:
        """Those of them that may stand on paper; fewer than `of` when some have expired (rule 4)."""
        return tuple(step for step in self.of(category, country) if step.about.may_be_printed(today))

    def over(self, beneath: "Procedures") -> "Procedures":
        """These steps, and those of `beneath` for every pathway and place that has none here."""
        return Procedures({**beneath.steps, **self.steps})

    def texts(self) -> tuple[SourceText, ...]:
        """What translators are given."""
        remark = "A step of a procedure; officers read it."
        return tuple(
            SourceText(step.text_id, step.text, remark) for held in self.steps.values() for step in held
        )


def load(folder: Folder, codebook: Codebook, region: str = "") -> Procedures:
    """The steps of `codebook/steps.csv`; `region` may be named as a jurisdiction. Raises ContentFault."""
    rows = read_table(folder / "codebook" / "steps.csv", _COLUMNS, key=("jurisdiction", "category", "step"))
    places = provenance.jurisdictions(codebook, region)
    found: dict[tuple[str, str], tuple[ProcedureStep, ...]] = {}
    for row in rows:
        step = _step(row, codebook, places)
        before = found.get((step.category, step.about.jurisdiction), ())
        if step.number != len(before) + 1:
            raise row.fault("content.step_order", "step", value=step.number, expected=len(before) + 1)
        found[step.category, step.about.jurisdiction] = (*before, step)
    return Procedures(found)


def _step(row: Row, codebook: Codebook, places: frozenset[str]) -> ProcedureStep:
    row.needed("step")
    number = row.number_or_none("step")
    assert number is not None, "an empty cell was refused"
    return ProcedureStep(
        row.name("category", codebook.categories),
        number,
        row.name("actor", _values(codebook, "actors")),
        row.needed("text"),
        row.hours_or_none("within_hours"),
        row.name("document", _values(codebook, "documents")) if row.text("document") else "",
        provenance.read(row, places),
    )


def _values(codebook: Codebook, name: str) -> frozenset[str]:
    return frozenset(choice.name for choice in codebook.lists.get(name, ()))
