"""What the first screen of a desk decides: what can be begun, and what lies unfinished."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.domain.waiting import CASE

if TYPE_CHECKING:
    from fieldkit.services.forms_held import OfferedForm
    from fieldkit.services.intake import DraftRow
    from fieldkit.services.vault import OpenVault

PROTECTION, SURVEYS = "protection", ("survey", "post")


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An interview to go on with. It is told by its number, never by a name."""

    id: str
    number: str
    title: str
    started: str
    person_language: str
    case: str = ""


class Home:
    """`offered` and `drafts` are read once, when the screen is shown; titles are in the language `tag`."""

    def __init__(
        self,
        vault: OpenVault,
        offered: Callable[[OpenVault], tuple[OfferedForm, ...]],
        drafts: Callable[[OpenVault], tuple[DraftRow, ...]],
        tag: str,
    ) -> None:
        held = offered(vault)
        titles = {form.id: form.title(tag) for form in held}
        self._forms = tuple(form for form in held if form.allowed)
        self.unfinished = tuple(
            Unfinished(
                row.id,
                row.number,
                titles.get(row.form, row.title),
                row.started,
                row.person_language,
                row.case,
            )
            for row in drafts(vault)
        )
        self.may_interview = vault.may(Action.INTERVIEW)
        self.may_import_forms = vault.may(Action.IMPORT_FORM)

    def unfinished_beside(self, shown: Collection[str]) -> tuple[Unfinished, ...]:
        """Those that do not go on from a row that is `shown` in the queue: whoever waits stands on the screen once.
        From a row the oldest interview of a person goes on; a second one stands here."""
        gone_on = {one.case: one.id for one in reversed(self.unfinished) if f"{CASE}/{one.case}" in shown}
        return tuple(one for one in self.unfinished if gone_on.get(one.case) != one.id)

    @property
    def interviews(self) -> tuple[OfferedForm, ...]:
        """The protection forms that this person may begin."""
        return tuple(form for form in self._forms if form.kind.value == PROTECTION)

    @property
    def surveys(self) -> tuple[OfferedForm, ...]:
        """The surveys and the forms about the post that this person may begin."""
        return tuple(form for form in self._forms if form.kind.value in SURVEYS)

    @property
    def first_form(self) -> OfferedForm | None:
        """The form that "New interview" begins; None where there is none."""
        return self.interviews[0] if self.may_interview and self.interviews else None
