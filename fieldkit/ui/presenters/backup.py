"""What the page of copies decides: which copies there are, whose phrases open them, what a check found.

1. A copy that opens for somebody who left, or with a former phrase, is told first: it should be destroyed.
2. What was found wrong is told in full, each with its next step.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.languages.numbers import format_date, format_number
from fieldkit.services import backup, proof

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldkit.domain.errors import FieldkitError
    from fieldkit.domain.ports import Progress
    from fieldkit.services.backup import Made, Opener
    from fieldkit.services.proof import Proof
    from fieldkit.services.vault import OpenVault
    from fieldkit.storage.examination import Examined

    Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class CopyLine:
    """A copy as it is listed: the name of its folder, its day, for whom it opens."""

    name: str
    day: str
    opens_for: str
    opens_for_others: bool


class Copies:
    """At either desk, for whoever may make copies."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.may = vault.may(Action.BACK_UP)
        self.made: Made | None = None
        self.examined: Examined | None = None
        self.unfinished: tuple[str, ...] = ()
        self._folder: Path | None = None
        self.proofs: tuple[Proof, ...] = ()

    def lines(self, say: Say, tag: str) -> tuple[CopyLine, ...]:
        """The copies the journal knows of, the newest first."""
        return tuple(
            CopyLine(
                made.name, format_date(made.at[:10], tag), _openers(made.openers, say), made.opens_for_others
            )
            for made in (backup.earlier(self.vault) if self.may else ())
        )

    def copy(self, folder: Path, progress: Progress) -> Made:
        """Write a copy into `folder`. Raises as `services.backup.back_up`."""
        made = backup.back_up(self.vault, folder, progress)
        self._folder, self.unfinished = folder, backup.unfinished_in(folder)
        return made

    def tidy(self) -> None:
        """Take away what earlier copies left in the folder when they were cut off."""
        assert self._folder is not None, "told only after a copy"
        backup.take_away_unfinished(self._folder)
        self.unfinished = backup.unfinished_in(self._folder)

    def check(self, progress: Progress) -> Examined:
        """Examine the vault where it lies, and look how far the journal is proved."""
        examined = self.vault.examine(progress)
        self.proofs = proof.proofs(self.vault)
        return examined

    def proved(self, say: Say, tag: str) -> tuple[tuple[str, str], ...]:
        """For each stream where it is written and how far it is proved, after a check."""
        return tuple((one.where or say("Another place"), _proved(one, say, tag)) for one in self.proofs)

    @property
    def journal_faults(self) -> tuple[FieldkitError, ...]:
        """What does not fit what headquarters signed, beside what the examination found."""
        found = self.examined.faults if self.examined is not None else ()
        codes = {fault.code for fault in found}
        return tuple(fault for one in self.proofs for fault in one.faults if fault.code not in codes)


def _proved(one: Proof, say: Say, tag: str) -> str:
    entries = format_number(one.entries, tag)
    if not one.proved:
        return say(
            "{entries} entries. No receipt covers them: whoever has the key of this vault could write them anew.",
            entries=entries,
        )
    proved, day = format_number(one.proved, tag), format_date(one.day, tag)
    if not one.unprotected:
        return say("{entries} entries, all proved by the receipt of {day}.", entries=entries, day=day)
    return say(
        "{entries} entries. Up to {proved} they are proved by the receipt of {day}. What comes after it is not "
        "protected against somebody who has the key of this vault.",
        entries=entries,
        proved=proved,
        day=day,
    )


def _openers(openers: tuple[Opener, ...], say: Say) -> str:
    return ", ".join(_opener(one, say) for one in openers)


def _opener(one: Opener, say: Say) -> str:
    if not one.still_here:
        return say("{person} (has left)", person=one.label)
    return one.label if one.same_phrase else say("{person} (with a former phrase)", person=one.label)
