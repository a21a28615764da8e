"""Letters between posts: what was handed over and waits for its receipt, and what came in.

1. A letter is looked at first; a person takes over, and the receipt is written at once, or later again.
2. "Not yet confirmed" stands until the other post's receipt was opened here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.services import confidential, early_alert, hand_over, letters
from fieldkit.services.case_file import read_case
from fieldkit.storage.shared import Shared
from fieldkit.sync.shares import Kind, LetterFault
from fieldkit.ui.presenters.category_names import category_name

if TYPE_CHECKING:
    from pathlib import Path

    from fieldkit.services.hand_over import Arrived, Going, TakenOver
    from fieldkit.services.vault import OpenVault
    from fieldkit.storage.shared import AlertRow, TakenOverRow


class HandOverPage:
    """What stands between this post and others."""

    def __init__(self, vault: OpenVault, tag: str) -> None:
        self.vault = vault
        self.may_share = vault.may(Action.SHARE)
        self.arrived: Arrived | None = None
        self.taken: TakenOver | None = None
        self.receipt = ""
        self.confirmed: Going | None = None
        self.alert: AlertRow | None = None
        self._tag = tag
        self.read()

    def read(self) -> None:
        """Read what went and what came."""
        self.going: tuple[Going, ...] = hand_over.handed_over(self.vault)
        self.came: tuple[TakenOverRow, ...] = Shared(self.vault.database).taken_over()

    def open(self, path: Path) -> None:
        """Open a file from another post: a hand-over is shown, a receipt and an alert are kept.

        Raises LetterFault, DeskFault, ContentRefused, DatabaseFault, PersonFault.
        """
        self.arrived, self.taken, self.confirmed, self.alert, self.receipt = None, None, None, None, ""
        content = letters.read_file(path)
        kind = hand_over.kind_of(self.vault, content)
        if kind is Kind.HAND_OVER:
            self.arrived = hand_over.look(self.vault, content)
        elif kind is Kind.RECEIPT:
            self.confirmed = hand_over.accept_receipt(self.vault, content)
        elif kind is Kind.ALERT:
            self.alert = early_alert.receive(self.vault, content)
        else:
            raise LetterFault("letter.other_kind")
        self.read()

    def take_over(self) -> None:
        """Make a case of what was shown. Raises DeskFault, DatabaseFault."""
        assert self.arrived is not None, "asked only when something was shown"
        self.taken = hand_over.take_over(self.vault, self.arrived)
        self.read()

    def write_receipt(self, share: str, folder: Path) -> None:
        """Write the receipt of a case that was taken over. Raises DeskFault, DatabaseFault, ExchangeFault."""
        self.receipt = hand_over.write_receipt(self.vault, share, folder)

    def categories(self) -> tuple[str, ...]:
        """What the other post says this person may need, in words."""
        assert self.arrived is not None
        book, tag = self.vault.codebook, self._tag
        shown = confidential.visible(self.vault, self.arrived.categories)
        return tuple(category_name(book, one, tag) for one in shown)

    def told_elsewhere(self, case: str) -> tuple[tuple[str, str], ...]:
        """Question and answer, as they came with a case that was taken over."""
        told = hand_over.told_elsewhere(self.vault, case)
        return tuple((str(one["question"]), str(one["words"])) for one in told)

    def number_here(self, case: str) -> str:
        """The number that a case has here."""
        return read_case(self.vault.journal, case).number
