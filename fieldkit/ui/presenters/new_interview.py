"""What beginning an interview decides: which forms are offered, and which languages stand side by side.

1. Protection forms come first, surveys below; a form that this person may not open is shown with the reason.
2. The officer's side is the program's language where officers lead interviews in it, else English.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.content.form_roles import FormKind
from fieldkit.languages.autonyms import LANGUAGES
from fieldkit.languages.marking import mark
from fieldkit.services import intake

if TYPE_CHECKING:
    from fieldkit.services.forms_held import OfferedForm
    from fieldkit.services.vault import OpenVault

FOR_OTHER_ROLES = mark("This form is for other roles than yours. Ask the person who looks after accounts.")
FOR_THE_TRAINED = mark(
    "This form asks for a training. Ask somebody who has it, or have yours written down under Accounts."
)


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form to begin. `why_not` is empty when it can be begun."""

    id: str
    title: str
    survey: bool
    why_not: str


def form_rows(vault: OpenVault, tag: str) -> tuple[FormRow, ...]:
    """The forms of this vault with their titles in `tag` (rule 1)."""
    here = (form for form in intake.offered_forms(vault) if form.kind is not FormKind.PAPER)
    offered = sorted(here, key=_is_survey)
    return tuple(FormRow(form.id, form.title(tag), _is_survey(form), _why_not(form)) for form in offered)


def only_form(rows: Collection[FormRow]) -> str:
    """The form to begin without asking, when there is just one that can be; else empty."""
    usable = [form.id for form in rows if not form.why_not]
    return usable[0] if len(usable) == 1 == len(rows) else ""


def officers_side(tag: str) -> str:
    """The language of the officer's side in a program that speaks `tag` (rule 2)."""
    return tag if tag in intake.OFFICERS_SIDE else "en"


def text_languages(of_form: Collection[str], person: str, *, offer: bool = False) -> tuple[str, ...]:
    """The languages in which a form has text, in order of need. With `offer`, the person's is among them."""
    known = [language.tag for language in LANGUAGES if language.tag in of_form]
    others = [tag for tag in of_form if tag not in known]
    found = [*known, *others]
    if offer and person not in found:
        found.insert(0, person)
    return tuple(found)


def _why_not(form: OfferedForm) -> str:
    if form.allowed:
        return ""
    return FOR_THE_TRAINED if form.untrained else FOR_OTHER_ROLES


def _is_survey(form: OfferedForm) -> bool:
    return not form.kind.has_case
