"""Forms on paper: printed blank, and keyed in later with the day and the interviewer that stand on them (R-204)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.languages.typed_days import day_of
from fieldkit.services import blank_form, intake, keyed_in
from fieldkit.services.errors import DeskFault
from fieldkit.services.keyed_in import OnPaper
from fieldkit.ui.presenters.new_interview import officers_side

if TYPE_CHECKING:
    from fieldkit.services.forms_held import OfferedForm
    from fieldkit.services.vault import OpenVault

_FIELD_OF = {
    "paper.no_day": "day",
    "paper.future": "day",
    "paper.too_old": "day",
    "paper.no_hour": "hour",
    "paper.no_interviewer": "interviewer",
    "paper.no_place": "place",
}


@dataclass(slots=True)
class Head:
    """What somebody types from the head of a paper, and which form it is."""

    form: str = ""
    day: str = ""
    hour: str = ""
    interviewer: str = ""
    place: str = ""
    interpreter: str = ""
    number: str = ""

    def paper(self) -> OnPaper:
        """As it is kept."""
        return OnPaper(
            day=day_of(self.day),
            interviewer=self.interviewer.strip(),
            place=self.place.strip(),
            hour=self.hour.strip().replace(".", ":"),
            interpreter=self.interpreter.strip(),
            number=self.number.strip(),
        )


class OnPaperPage:
    """The forms of this vault that somebody may open."""

    def __init__(self, vault: OpenVault, tag: str) -> None:
        self.vault = vault
        self._tag = tag
        self.forms: tuple[OfferedForm, ...] = tuple(
            sorted(
                (form for form in intake.offered_forms(vault) if form.allowed),
                key=lambda form: not form.kind.has_case,
            )
        )
        self.form = self.forms[0].id if self.forms else ""

    @property
    def chosen(self) -> OfferedForm:
        """The form that is looked at."""
        return next(form for form in self.forms if form.id == self.form)

    @property
    def number(self) -> str:
        """The form's number as it stands on its papers."""
        return blank_form.form_number(self.chosen.id, self.chosen.version)

    def languages(self, person: str) -> tuple[str, ...]:
        """The languages of a blank form: the officer's side first, where the form has it."""
        side = officers_side(self._tag)
        first = (
            side if side in self.chosen.languages or not self.chosen.languages else self.chosen.languages[0]
        )
        return tuple(dict.fromkeys((first, person)))

    def problem(self, head: Head) -> tuple[str, str]:
        """What is wrong with the head of a paper: the code, and the field it belongs to; empty when nothing is."""
        try:
            keyed_in.check(head.paper(), self.vault.world.today())
        except DeskFault as fault:
            return fault.code, _FIELD_OF[fault.code]
        return "", ""

    def begin(self, head: Head, person: str) -> str:
        """Begin to key it in; the draft. Raises what `intake.begin` raises."""
        interview = intake.begin(
            self.vault,
            self.form,
            officer_language=officers_side(self._tag),
            person_language=person,
            paper=head.paper(),
        )
        return interview.draft_id
