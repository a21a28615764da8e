"""What headquarters' figures show, and what each of them means.

1. What was not asked is written as "not asked", never as 0 (`protection.md` 15).
2. Every figure has its definition one press away.
3. Nothing here crosses category, nationality and post, and nothing here may be handed on as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.headquarters.counting import SECTION, Base, Cell, Figure
from fieldkit.headquarters.queries import CaseState
from fieldkit.languages.marking import mark
from fieldkit.languages.messages.headquarters import DEFINITIONS
from fieldkit.services import report
from fieldkit.ui.presenters.category_names import category_name
from fieldkit.ui.presenters.form_texts import FormTexts

if TYPE_CHECKING:
    from fieldkit.headquarters.counting import CountTable
    from fieldkit.headquarters.queries import CaseRow
    from fieldkit.services.vault import OpenVault

STATE_WORDS: dict[CaseState, str] = {
    CaseState.CONFIRMED: mark("confirmed"),
    CaseState.SUGGESTED: mark("suggested, waits for a person"),
    CaseState.OPEN: mark("no category yet"),
}
ALL_DAYS = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What figures mean that share a definition: names and definition in the English source, and values."""

    figures: tuple[tuple[str, int | None], ...]
    definition: str


_SUGGESTED, _CONFIRMED = mark("Suggested"), mark("Confirmed")
_ASKED, _NOT_ASKED, _DECLINED = mark("Asked"), mark("Not asked"), mark("Declined")


class Figures:
    """The figures as they stand now; texts in the language `tag`."""

    def __init__(self, vault: OpenVault, tag: str) -> None:
        self._vault = vault
        self._tag = tag
        self.table: CountTable = report.counts(vault)
        self.cases: tuple[CaseRow, ...] = report.cases(vault)
        forms = dict.fromkeys(row.form for row in self.cases)
        self._forms = FormTexts(vault, [(form, None) for form in forms], tag)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was received yet."""
        return not self.table.days

    @property
    def days(self) -> tuple[str, ...]:
        """All days together, then each day, the newest first."""
        return (ALL_DAYS, *reversed(self.table.days))

    @property
    def categories(self) -> tuple[str, ...]:
        """In the order of the codebook."""
        return self.table.categories

    def name(self, category: str) -> str:
        """A category in plain words."""
        return category_name(self._vault.codebook, category, self._tag)

    def cell(self, day: str, category: str) -> Cell:
        """One category on one day, or over all days."""
        return self.table.cells[day, category] if day else self.table.totals[category]

    def meaning(self, day: str, category: str) -> tuple[Meaning, ...]:
        """What the figures of a cell mean."""
        cell = self.cell(day, category)
        return (
            meaning(_SUGGESTED, cell.suggested),
            meaning(_CONFIRMED, cell.confirmed),
            _base(cell.base),
        )

    def sections(self) -> tuple[tuple[str, Base], ...]:
        """How often each section was asked."""
        return tuple(self.table.sections.items())

    def section_name(self, name: str) -> str:
        """What a section is called; its name in the form when no form here has it."""
        return self._forms.section(name) or name

    def section_meaning(self) -> str:
        """What the figures of a section mean, in the English source."""
        return DEFINITIONS[SECTION]

    def case_categories(self, row: CaseRow) -> str:
        """The categories of a case in plain words, confirmed ones first."""
        return " · ".join(self.name(category) for category in (*row.confirmed, *row.suggested))


def meaning(name: str, figure: Figure) -> Meaning:
    """What one figure means."""
    return Meaning(((name, figure.value),), DEFINITIONS[figure.definition])


def _base(base: Base) -> Meaning:
    figures = ((_ASKED, base.asked), (_NOT_ASKED, base.not_asked), (_DECLINED, base.declined))
    return Meaning(figures, DEFINITIONS[base.definition])
