"""A finished interview as it was asked: its form running again with its answers, to be read and printed."""

from dataclasses import dataclass

from fieldkit.domain.errors import ProgramFault
from fieldkit.domain.outcome import Mark
from fieldkit.forms.session import Session
from fieldkit.services import correcting, forms_held, intake, parting
from fieldkit.services.draft_facts import DraftFacts
from fieldkit.services.errors import DeskFault
from fieldkit.services.finished import FinishedInterview
from fieldkit.services.interview import Interview
from fieldkit.services.shown import NOTHING, ShownText
from fieldkit.services.vault import OpenVault
from fieldkit.storage.drafts import Draft


@dataclass(frozen=True, slots=True)
class Reopened:
    """The interview behind the answers; nothing that is done to it is kept anywhere."""

    interview: Interview

    @property
    def session(self) -> Session:
        """The running form."""
        return self.interview.session

    def label(self, ref: str, tag: str) -> ShownText:
        """The text of a question, also one that is not there any more (a row that was taken out)."""
        try:
            return self.interview.text(ref, "label", tag)
        except ProgramFault:
            return NOTHING

    def mark_of(self, ref: str) -> Mark:
        """How a question ended."""
        return self.interview.mark_of(ref)


def reopen(vault: OpenVault, one: FinishedInterview) -> Reopened:
    """Fill a fresh form with what was said. Raises DeskFault `finished.no_bytes`, `form.version_unknown`."""
    if not one.xml:
        raise DeskFault("finished.no_bytes")
    held = forms_held.hold(vault, one.form, one.version, one.known)
    languages = one.payload["languages"]
    facts = DraftFacts()
    for number, op in enumerate(correcting.facts_of(one, seed=one.identity)):
        facts.take_op(number, op)
    draft = Draft(
        "0" * 32,
        vault.person.id,
        "",
        one.form,
        one.version,
        one.written,
        languages["officer"],
        languages["person"],
        "",
        "",
    )
    interview = intake.run(vault, held, draft, facts)
    interview.fill(one.xml, one.marks)
    interview.fill_hidden(_hidden(vault, one, interview))
    return Reopened(interview)


def _hidden(vault: OpenVault, one: FinishedInterview, interview: Interview) -> list[str]:
    """The questions of which this person cannot see whether they were answered."""
    names = {hidden.name for hidden in one.hidden}
    classes = parting.classes_of(interview.form, vault.codebook) if names else None
    asked = interview.all_questions() if classes else ()
    return [item.ref for item in asked if classes is not None and classes.of(item.ref) in names]
