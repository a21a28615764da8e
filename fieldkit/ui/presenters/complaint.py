"""A complaint: the hotline and the paper first, to everybody; writing it down only in a session of its own.

1. What is typed stays in the window; nothing of it is kept before it is sealed, and the window is emptied with it.
2. After sealing the program locks at once: the session was for this and for nothing else.
3. A paper that is printed or saved leaves no entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.services import complaint_paper, complaints, counsel
from fieldkit.services.errors import DeskFault
from fieldkit.ui.presenters.pages import Paper

if TYPE_CHECKING:
    from fieldkit.domain.errors import FieldkitError
    from fieldkit.services.counsel import Printed
    from fieldkit.services.vault import OpenVault


class ComplaintPage:
    """What can be offered here."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.offer = complaints.offer(vault)

    @property
    def refusal(self) -> FieldkitError | None:
        """Why nothing is written down here; None when it can be."""
        return DeskFault(self.offer.why_not) if self.offer.why_not else None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages the paper can be had in: those of the leaflets."""
        return tuple(
            dict.fromkeys(tag for held in counsel.leaflets("en", self.vault) for tag in held.languages)
        )

    def over(self, text: str) -> int:
        """By how many bytes a text is too long; 0 when it fits."""
        return complaints.over(self.vault, text)

    def seal(self, text: str) -> None:
        """Seal it. Raises as `complaints.seal`; the caller locks."""
        complaints.seal(self.vault, text)

    def paper(self, language: str) -> Paper:
        """A paper to write on, in a language; nothing is recorded of it (rule 3)."""

        def make() -> Printed:
            return counsel.print_pages(complaint_paper.document(self.vault, language), self.vault.world)

        return Paper("paper.pdf", language, make, lambda _how, _count: None)
