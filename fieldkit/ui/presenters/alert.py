"""A child's alert: what other posts would receive, to whom it goes, and the calls that come before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.languages import catalogues
from fieldkit.services import duty, early_alert
from fieldkit.services.duty import CHILD_PATHWAYS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from fieldkit.content.directory import Service
    from fieldkit.domain.duty import OnDuty
    from fieldkit.services.duty import ToCall
    from fieldkit.services.early_alert import Alerted, Call, FourThings
    from fieldkit.services.vault import OpenVault
    from fieldkit.ui.presenters.outcome import Row

__all__ = ["CHILD_PATHWAYS", "AlertPage", "is_about_a_child"]


def is_about_a_child(rows: Iterable[Row]) -> bool:
    """Whether a pathway for children is among those that are suggested."""
    return any(row.category in CHILD_PATHWAYS for row in rows)


class AlertPage:
    """With a case: the alert to be made. Without one: the alerts there are."""

    def __init__(self, vault: OpenVault, case: str, tag: str) -> None:
        self.vault = vault
        self.case = case
        self.may_alert = vault.may(Action.ALERT)
        self.done: Alerted | None = None
        self.alerts = early_alert.alerts(vault)
        self._words = catalogues.load(tag, "codebook")
        may, left_out = early_alert.receivers(vault, case) if case else ((), ())
        self.posts = tuple(one.name for one in may)
        self.left_out = tuple(one.name for one in left_out)
        self.to_call: tuple[ToCall, ...] = duty.to_call(vault) if case else ()

    def duty_of(self, service: Service) -> OnDuty | None:
        """When a number is on duty, now or next; None when it is not in the list."""
        return next((one.duty for one in self.to_call if one.service.id == service.id), None)

    @property
    def call_first(self) -> tuple[Service, ...]:
        """The numbers of child protection: who is on duty now first, then who comes next, then all others. The
        alert is no call."""
        return tuple(one.service for one in self.to_call)

    @property
    def calls(self) -> tuple[Call, ...]:
        """The calls that were made for this child."""
        return early_alert.calls(self.vault, self.case)

    @property
    def next_to_call(self) -> Service | None:
        """The first number at which nobody has been tried yet; None when all were, or somebody answered."""
        tried = {call.service for call in self.calls}
        if any(call.answered_by for call in self.calls):
            return None
        return next((one for one in self.call_first if one.id not in tried), None)

    def service_name(self, service: str) -> str:
        """What a service is called; its id when it is not in the directory any more."""
        return next((one.name for one in self.call_first if one.id == service), service)

    def called(self, service: str, answered_by: str = "", waits: str = "") -> None:
        """Keep a call. Raises as `early_alert.record_call`."""
        early_alert.record_call(self.vault, self.case, service, answered_by, waits)

    def four_things(self, call: str) -> FourThings:
        """What would go. Raises DeskFault `alert.no_child`, `alert.no_number`."""
        return early_alert.four_things(self.vault, self.case, call)

    def sex(self, value: str) -> str:
        """A sex in words; a dash when it is not known."""
        return self.vault.codebook.choice_label("sexes", value, self._words) if value else "-"

    def raise_alert(self, call: str, folder: Path | None) -> Alerted:
        """Make the alert. Raises as `early_alert.raise_alert`."""
        self.done = early_alert.raise_alert(self.vault, self.case, call, folder)
        self.alerts = early_alert.alerts(self.vault)
        return self.done
