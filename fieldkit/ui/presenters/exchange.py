"""What the exchange page decides: whether this post can export, and what an import would bring.

1. Without certificate and recovery slot nothing is exported; what is missing is said.
2. At headquarters a bundle is looked at first; what was verified is shown, then a person accepts.
3. A bundle that is held already is no mistake, and is told kindly.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.domain.errors import FieldkitError
from fieldkit.services import enrolment, exchange, importing, journeys, restored
from fieldkit.services.errors import ExchangeFault
from fieldkit.storage.quarantine import Why
from fieldkit.sync.faults import BundleFault
from fieldkit.ui.presenters.restored import SHORT

if TYPE_CHECKING:
    from fieldkit.domain.ports import Progress
    from fieldkit.headquarters.store import Imported
    from fieldkit.services.exchange import Exported
    from fieldkit.services.vault import OpenVault
    from fieldkit.sync.incoming import Verified


class Export:
    """At a post."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.state = enrolment.enrolment(vault)
        self.may_export = vault.may(Action.EXPORT)
        self.may_enrol = vault.may(Action.ENROL)
        self.may_import_forms = vault.may(Action.IMPORT_FORM)
        self.done: Exported | None = None
        found = restored.finding(vault)
        self.disagrees = SHORT[found.what] if found is not None else ""
        """What is the matter between this laptop and headquarters (English source); empty when nothing is."""

    @property
    def refusal(self) -> FieldkitError | None:
        """Why nothing can be exported yet; None when it can."""
        return None if self.state.certified else ExchangeFault("exchange.not_enrolled")

    @property
    def left(self) -> int:
        """How many files of an export that was begun are still to be written."""
        journey = journeys.under_way(self.vault) if self.refusal is None else None
        return len(journey.left) if journey else 0

    def forget(self) -> None:
        """Give up an export that was begun: the next one begins anew."""
        journeys.forget(self.vault)

    def export(self, folder: Path, progress: Progress) -> Exported:
        """Write the bundles into `folder`. Raises as `services.exchange.export`."""
        return exchange.export(self.vault, folder, progress)


class Look:
    """At headquarters: one bundle, verified, before anything is kept."""

    def __init__(self, vault: OpenVault, path: Path) -> None:
        self.vault = vault
        self.path = path
        self.verified: Verified | None = None
        self.imported: Imported | None = None

    def look(self) -> Verified:
        """Verify the bundle; nothing is changed. Raises BundleFault, ContentRefused, DatabaseFault."""
        return importing.look(self.vault, self.path)

    @property
    def entries_new(self) -> int:
        """How many entries are not held yet."""
        assert self.verified is not None
        return len(self.verified.items) - self.verified.known

    @property
    def hole(self) -> FieldkitError | None:
        """What is missing between what is held and what came; None when nothing is."""
        if self.verified is None or self.verified.hole is None:
            return None
        hole, post = self.verified.hole, self.verified.sender.post
        return BundleFault("bundle.hole", first=hole.first, last=hole.last, post=post)

    @property
    def apart(self) -> Why | None:
        """Why what came would be set aside instead of merged; None when it would not."""
        return enrolment.store(self.vault).why_apart(self.verified) if self.verified is not None else None

    @property
    def can_accept(self) -> bool:
        """Whether accepting would be possible and would change something."""
        if self.verified is None or self.imported is not None:
            return False
        return self.verified.hole is None or self.apart is not None

    def accept(self, progress: Progress) -> Imported:
        """Keep what was looked at, in one transaction. Raises as `services.importing.accept`."""
        assert self.verified is not None, "looked at first"
        return importing.accept(self.vault, self.verified, progress)
