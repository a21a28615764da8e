"""What is due to go from this laptop: shown, chosen, removed; and what went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.domain.ids import spoken_number
from fieldkit.languages import catalogues
from fieldkit.services import (
    child_paper,
    child_register,
    events,
    permits,
    purge,
    receipts,
    retention,
    what_is_due,
)
from fieldkit.services.what_is_due import Kind

if TYPE_CHECKING:
    from fieldkit.domain.children import Line
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.events import Event
    from fieldkit.services.retention import Due
    from fieldkit.services.vault import OpenVault
    from fieldkit.storage.receipts import Removal

MANY_DAYS = 2
"""Days by which a clock may differ from the newest receipt without anybody being told: it ran ahead of it."""


@dataclass(frozen=True, slots=True)
class WentLine:
    """Something that went, by the number people say."""

    number: str
    removal: Removal


class DuePage:
    """What somebody may do something about, kind by kind; records that can go only for whoever removes them.

    Raises PersonFault `access.not_allowed` for whoever may do nothing here; ExchangeFault `enrol.not_a_post`.
    """

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.read()

    def read(self) -> None:
        """Read what is due now."""
        self._read_records()
        self.children: tuple[Line, ...] = child_register.without_guardian(self.vault)
        self.not_answered: tuple[Line, ...] = child_register.not_answered(self.vault)
        self.last_days = permits.last_days(self.vault) if self.vault.may(Action.RECORD_PERMIT) else ()
        counted = {one.kind: one.number for one in what_is_due.counts(self.vault)}
        self.overdue, self.held = counted.get(Kind.REFERRAL, 0), counted.get(Kind.HELD, 0)

    def _read_records(self) -> None:
        """What can go from this laptop."""
        self.may_remove = self.vault.may(Action.PURGE)
        self.rows: tuple[Due, ...] = retention.due(self.vault) if self.may_remove else ()
        gone = retention.gone(self.vault) if self.may_remove else ()
        self.went = tuple(WentLine(spoken_number(one.about.partition("/")[2]), one) for one in gone)
        self.counted_to = receipts.newest_day(self.vault)
        self.days_apart = retention.days_apart(self.vault)
        self.country = retention.country(self.vault)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is due for this person."""
        waiting = (self.children, self.not_answered, self.last_days, self.overdue, self.held, self.rows)
        return not any(waiting)

    @property
    def safe(self) -> tuple[Due, ...]:
        """What can go at once."""
        return tuple(one for one in self.rows if one.safe and not one.under_way)

    @property
    def not_safe(self) -> tuple[Due, ...]:
        """What an administrator may let go, with a reason."""
        return tuple(one for one in self.rows if not one.safe and not one.under_way)

    @property
    def may_name_guardian(self) -> bool:
        """Whether this person may write down a child's guardian."""
        return self.vault.may(Action.NAME_GUARDIAN)

    @property
    def may_call(self) -> bool:
        """Whether this person may call for a child."""
        return self.vault.may(Action.ALERT)

    @property
    def may_open_register(self) -> bool:
        """Whether this person may look at the register of children."""
        return self.vault.may(Action.CHILD_REGISTER)

    def without_guardian(self, line: Line, words: Words) -> str:
        """How long a child has had no guardian, in words."""
        return child_paper.without(line, words)

    @property
    def may_override(self) -> bool:
        """Whether this person may remove what is not safe, and say which country this is."""
        return self.vault.may(Action.PURGE_UNSAFE)

    @property
    def clock_is_behind(self) -> bool:
        """Whether headquarters signed a day that has not come yet by the clock here."""
        return self.days_apart < -MANY_DAYS

    @property
    def reviewed(self) -> bool:
        """Whether a named person has read every number that is used here."""
        return all(one.rule.reviewed_by for one in self.rows)

    def events(self, one: WentLine, tag: str) -> tuple[Event, ...]:
        """What the entries of something that went still tell: when and what kind, without content."""
        kind, _, name = one.removal.about.partition("/")
        return events.events(self.vault, name, tag) if kind == retention.CASE else ()

    def countries(self, tag: str) -> tuple[tuple[str, str], ...]:
        """The countries for which the table has rows of its own."""
        spoken = catalogues.load(tag, "codebook")
        codes = sorted({rule.country for rule in retention.rules(self.vault).rules} - {"*"})
        return tuple((code, self.vault.codebook.choice_label("countries", code, spoken)) for code in codes)

    def choose_country(self, code: str) -> None:
        """Keep which country this is."""
        retention.choose_country(self.vault, code)
        self.read()

    def remove(self, rows: tuple[Due, ...], reason: str = "") -> int:
        """Remove these; how many went. Raises as `services.purge.purge`."""
        gone = purge.purge(self.vault, [one.about for one in rows], reason=reason)
        self.read()
        return len(gone)
