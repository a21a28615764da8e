"""What the page before a move says: what stays behind, what wants to be looked at, what moves; and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from fieldkit.forms.moving import Outcome, Reason
from fieldkit.languages.marking import mark
from fieldkit.services import moving
from fieldkit.services.told import MARK_WORDS

if TYPE_CHECKING:
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.moving import Line, Plan
    from fieldkit.services.vault import OpenVault

REASON_WORDS: Final[Mapping[Reason, str]] = {
    Reason.GONE: mark("The newer version does not ask this any more, or asks it under another name."),
    Reason.OTHER_REPEAT: mark(
        "The newer version asks this for each entry of a list, or not for each any more."
    ),
    Reason.OTHER_KIND: mark("The newer version wants another kind of answer."),
    Reason.WORKED_OUT: mark("The newer version works this out by itself."),
    Reason.CHOICE_GONE: mark("The newer version does not offer this answer any more."),
    Reason.ROW_GONE: mark("The newer version makes fewer entries here."),
    Reason.OTHER_PLACE: mark("It stands in another part of the form now."),
    Reason.REFUSED: mark("The newer version does not accept this answer as it stands."),
    Reason.NOT_RELEVANT: mark(
        "The newer version does not ask this after the other answers. It stays with them."
    ),
}
"""Why an answer is left, or wants to be looked at."""

ORDER: Final = (Outcome.LEFT, Outcome.LOOK, Outcome.MOVED)
HEADINGS: Final[Mapping[Outcome, str]] = {
    Outcome.LEFT: mark("These answers do not move"),
    Outcome.LOOK: mark("These answers move, and want to be looked at"),
    Outcome.MOVED: mark("These answers move as they are"),
}


class MovePage:
    """A draft and what would move. Raises what `moving.plan` raises."""

    def __init__(self, vault: OpenVault, draft: str) -> None:
        self._vault = vault
        self.plan: Plan = moving.plan(vault, draft)

    def lines(self, outcome: Outcome) -> tuple[Line, ...]:
        """The answers with this outcome."""
        return self.plan.of(outcome)

    def answer(self, line: Line, words: Words) -> str:
        """What was answered, or how the question ended."""
        return words.say(MARK_WORDS[line.mark]) if line.mark is not None else line.answer

    def move(self) -> None:
        """Do it. Raises DeskFault `draft.changed`, StorageFault."""
        moving.move(self._vault, self.plan)
