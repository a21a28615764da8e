"""What headquarters has said it holds, at a post; what it would say to each post, at headquarters.

1. What stands here was signed by headquarters; nothing is guessed from what was exported.
2. A file from headquarters is any statement that a bundle can bring; what it is, it says itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.services import erasure, exchange, receipts, statements
from fieldkit.services.vault import Desk
from fieldkit.sync.erasures import MAX_ERASURE_BYTES, Erasure, Where
from fieldkit.sync.faults import TrustFault
from fieldkit.sync.statement import kind_of
from fieldkit.ui.presenters.files import read_file

if TYPE_CHECKING:
    from fieldkit.domain.ports import Progress
    from fieldkit.services.exchange import Exported
    from fieldkit.services.receipts import ReadyReceipt, Standing
    from fieldkit.services.vault import OpenVault


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file: its kind, whether it was new, and whether records went from here."""

    kind: str
    new: bool
    erased: bool = False


class Receipts:
    """At a post."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.read()

    def read(self) -> None:
        """Read what stands now."""
        self.standing: Standing | None = receipts.held(self.vault)
        self.here = self.vault.journal.head(self.vault.stream).number
        self.waiting = receipts.waiting(self.vault, receipts.first_to_send(self.vault))
        self.not_safe = receipts.waiting(self.vault, receipts.first_to_send(self.vault, again=True))

    @property
    def may(self) -> bool:
        """Whether this person takes in what headquarters says."""
        return self.vault.may(Action.EXPORT)

    def take_in(self, path: Path) -> Taken:
        """Take in a file from headquarters. Raises TrustFault, ReceiptFault, ExchangeFault, DeviceFault."""
        content = read_file(path, MAX_ERASURE_BYTES)
        kind = kind_of(content, MAX_ERASURE_BYTES)
        part = statements.PARTS.get(kind)
        if part is None:
            raise TrustFault("trust.other_file")
        done = part.accept(self.vault, content)
        erased = isinstance(done, Erasure) and done.where is Where.EVERYWHERE
        self.read()
        return Taken(kind, bool(done), erased)

    def send_again(self, folder: Path, progress: Progress) -> Exported:
        """Write what headquarters does not hold safely. Raises as `services.exchange.export`."""
        return exchange.export(self.vault, folder, progress, again=True)


class OfficeReceipts:
    """At headquarters."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.ready: tuple[ReadyReceipt, ...] = receipts.ready(vault)

    def write(self, folder: Path) -> tuple[str, ...]:
        """Write every receipt, and every erasure, into a folder; the names. Raises DatabaseFault."""
        return (*receipts.write_all(self.vault, folder), *erasure.write_all(self.vault, folder))


def is_office(vault: OpenVault) -> bool:
    """Whether this is headquarters."""
    return vault.desk is Desk.HEADQUARTERS
