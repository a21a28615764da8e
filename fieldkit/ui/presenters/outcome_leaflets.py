"""The leaflets of a case on the outcome page: which are chosen, and the paper that all of them come out as.

The file is called "leaflets": its name says neither which nor for whom (`presenters.pages`, rule 1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.services import leaflets_for
from fieldkit.ui.presenters.pages import How, Paper

if TYPE_CHECKING:
    from fieldkit.services.counsel import Printed
    from fieldkit.services.vault import OpenVault


class OutcomeLeaflets:
    """One case; titles in the language `tag`. What is in a language of theirs is chosen at first, and the person
    takes away; what they cannot read is offered."""

    def __init__(self, vault: OpenVault, case: str, tag: str) -> None:
        self._vault = vault
        may = vault.may(Action.PRINT_LEAFLET)
        self.offered = leaflets_for.leaflets_for(vault, case, tag) if may else ()
        self.chosen = tuple(one.id for one in self.offered if one.own)

    def paper(self) -> Paper:
        """The chosen leaflets, one after the other; at least one is chosen."""
        vault = self._vault
        chosen = tuple(one for one in self.offered if one.id in self.chosen)

        def make() -> Printed:
            return leaflets_for.print_together(vault, chosen)

        def keep(how: How, count: int, copies: int = 1) -> None:
            printed = count * copies if how is How.PRINTED else 0
            leaflets_for.record_given(vault, chosen, how.value, printed=printed)

        return Paper("leaflets.pdf", chosen[0].language, make, keep)
