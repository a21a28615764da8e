"""What is said of a laptop that is not what headquarters believes: what happened, what is safe, the one next step.

1. The sentences are the English source; the screen says them.
2. Whoever may not enrol is told who can.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.languages.marking import mark
from fieldkit.services import restored
from fieldkit.services.restored import What

if TYPE_CHECKING:
    from fieldkit.services.restored import Finding
    from fieldkit.services.vault import OpenVault


@dataclass(frozen=True, slots=True)
class Said:
    """What happened, and what to be careful with."""

    happened: str
    careful: str


SAID: dict[What, Said] = {
    What.PUT_BACK: Said(
        mark(
            "Headquarters holds entries of this laptop that are not here any more. Somebody put its disk or its "
            "vault back to an earlier day, for example from a copy of the whole disk."
        ),
        mark(
            "What was written after that day is at headquarters as far as it was exported, and not on this "
            "laptop."
        ),
    ),
    What.COPIED: Said(
        mark(
            "Headquarters holds other entries under the same numbers. There are two laptops with one name: this "
            "one was copied, or it was put back to an earlier day and used since."
        ),
        mark(
            "Find out where the other laptop is. If nobody knows, call headquarters: it may have been stolen."
        ),
    ),
    What.NOT_TRUSTED: Said(
        mark(
            "Headquarters said that it does not trust this laptop any more. Perhaps it was reported as lost and "
            "was found again."
        ),
        mark(
            "Call headquarters on a number you know, before you begin again. Had a stranger this laptop, tell them."
        ),
    ),
}
SHORT: dict[What, str] = {
    What.PUT_BACK: mark(
        "This laptop was put back to an earlier day. Nothing can be exported until it begins again."
    ),
    What.COPIED: mark(
        "There is a second laptop with this one's name. Nothing can be exported until this one begins again."
    ),
    What.NOT_TRUSTED: mark(
        "Headquarters does not trust this laptop any more. Nothing can be exported until it begins again."
    ),
}
"""For the first screen."""


class Disagreement:
    """One laptop. `found` is None when nothing is the matter (any more)."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.may = vault.may(Action.ENROL)
        self.found: Finding | None = restored.finding(vault)

    @property
    def said(self) -> Said | None:
        """What is said of it."""
        return SAID[self.found.what] if self.found is not None else None

    def begin_again(self) -> None:
        """Let the laptop begin again, with its data kept. Raises as `services.restored.begin_again`."""
        restored.begin_again(self.vault)
        self.found = None
