"""What the page of copies decides: which copies there are, whose phrases open them, what a check found.

1. A copy that opens for somebody who left, or with a former phrase, is told first: it should be destroyed.
2. What was found wrong is told in full, each with its next step.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.languages.numbers import format_date
from fieldkit.services import backup

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldkit.domain.ports import Progress
    from fieldkit.services.backup import Made, Opener
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
        return backup.back_up(self.vault, folder, progress)

    def check(self, progress: Progress) -> Examined:
        """Examine the vault where it lies."""
        return self.vault.examine(progress)


def _openers(openers: tuple[Opener, ...], say: Say) -> str:
    return ", ".join(_opener(one, say) for one in openers)


def _opener(one: Opener, say: Say) -> str:
    if not one.still_here:
        return say("{person} (has left)", person=one.label)
    return one.label if one.same_phrase else say("{person} (with a former phrase)", person=one.label)
