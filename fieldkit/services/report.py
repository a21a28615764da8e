"""What headquarters sees: cases, and counts by category and day with their definitions (`protection.md` 15).

A category that would out somebody stands in neither for whoever is not cleared for it (`confidential`).
"""

from collections.abc import Mapping
from dataclasses import replace

from fieldkit.domain.access import Action
from fieldkit.domain.outcome import COMMON_CORE
from fieldkit.headquarters import queries
from fieldkit.headquarters.counting import CountTable
from fieldkit.headquarters.queries import CaseRow
from fieldkit.services import confidential, forms_held
from fieldkit.services.judge import LED
from fieldkit.services.sections import sections_of
from fieldkit.services.vault import OpenVault


def cases(vault: OpenVault) -> tuple[CaseRow, ...]:
    """Every case that was received, the newest day first; numbers, never names."""
    vault.demand(Action.COUNT)
    return tuple(
        replace(
            row,
            confirmed=confidential.visible(vault, row.confirmed),
            suggested=confidential.visible(vault, row.suggested),
        )
        for row in queries.cases(vault.database)
    )


def counts(vault: OpenVault) -> CountTable:
    """Persons by category and day: suggested, confirmed, and of how many interviews it could be known."""
    vault.demand(Action.COUNT)
    table = queries.counts(vault.database, vault.codebook.categories, needed_sections(vault))
    listed = confidential.visible(vault, table.categories)
    cells = {(day, category): cell for (day, category), cell in table.cells.items() if category in listed}
    totals = {category: cell for category, cell in table.totals.items() if category in listed}
    return replace(table, categories=listed, cells=cells, totals=totals)


def needed_sections(vault: OpenVault) -> Mapping[str, frozenset[str]]:
    """For each category the sections whose answers its rules read: only an interview that asked them can tell.

    A name that stands in several sections (fear, which can be mentioned anywhere) is asked for good in the last.
    What the first screening asks is asked there; a rule on a talk for some people (`judge`, rule 4) needs none.
    """
    place = {name: section for form in _core_last(vault) for name, section in _places(vault, form)}
    return {
        category: frozenset(
            place[name]
            for rule in vault.rules.of(category)
            if not any(name.startswith(LED) for name in rule.names)
            for name in rule.names
            if name in place
        )
        for category in vault.codebook.categories
        if vault.rules.of(category)
    }


def _core_last(vault: OpenVault) -> list[str]:
    """The protection forms; the common core last, so that its sections count."""
    held = [form for form, access in forms_held.accesses(vault).items() if access.kind.has_case]
    return sorted(held, key=lambda form: form == COMMON_CORE)


def _places(vault: OpenVault, form_id: str) -> list[tuple[str, str]]:
    """Every question of a built-in form with its section, in the order of the form."""
    form = forms_held.hold(vault, form_id).form
    names = {section.controls[0].path: section.name for section in sections_of(form) if section.name}
    return [(path[-1], names[path[:2]]) for path in form.shapes if path[:2] in names and len(path) > 2]
