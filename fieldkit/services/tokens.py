"""Tokens of a surge: a number each, printed together, and nothing else (`protection.md` 7 and 8).

1. A token carries the number alone: no name, no post, no day, nothing that says why somebody has it.
2. Where there is no printer they are copied by hand from the same list.
"""

from collections.abc import Sequence

from fieldkit.domain.access import Action
from fieldkit.domain.document import Document, Page, Run, Table
from fieldkit.services.vault import OpenVault

ACROSS = 2
"""Tokens side by side; the lines of the table are where they are cut."""


def tokens(vault: OpenVault, numbers: Sequence[str]) -> Document:
    """The tokens as blocks. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.PRINT_SLIP)
    cells = [(Run(number, bold=True, atomic=True),) for number in numbers]
    cells += [(Run(""),)] * (-len(cells) % ACROSS)
    rows = tuple(tuple(cells[first : first + ACROSS]) for first in range(0, len(cells), ACROSS))
    table = Table(rows, "en", (1 / ACROSS,) * ACROSS)
    return Document(title="Numbers", language="en", blocks=(table,), footer="", draft_notice="", page=Page.A4)
