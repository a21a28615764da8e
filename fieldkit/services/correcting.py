"""Opening a finished interview again to correct it (OpenRosa edit).

1. The finished one stays as it is, bytes and all; a correction is a new interview that names it.
2. Only whoever may open the form may correct it, and only what still stands is corrected.
3. It goes on with the version it was led with, on the day of the talk: what is not changed stays the same.
4. It replaces what was on the screen when it began: this version, and what the person said there about sharing.
   What somebody else finished since then stays, beside it (journal rule 5).
"""

from collections.abc import Sequence

from fieldkit.domain.outcome import Mark
from fieldkit.forms import reading_back
from fieldkit.forms.moving import What
from fieldkit.services import finished, forms_held, intake
from fieldkit.services.case_file import CASE
from fieldkit.services.draft_facts import Corrected, DraftFacts
from fieldkit.services.errors import DeskFault
from fieldkit.services.finished import FinishedInterview
from fieldkit.services.interview import Interview
from fieldkit.services.sealed import whom_to_ask
from fieldkit.services.talk_clock import new_seed
from fieldkit.services.vault import OpenVault
from fieldkit.storage.attachments import submission_holder
from fieldkit.storage.drafts import Done, Draft, DraftOp
from fieldkit.storage.projections import standing

STEPS = {
    What.SET: Done.SET,
    What.MARK: Done.MARK,
    What.ADD_ROW: Done.ADD_ROW,
    What.REMOVE_ROW: Done.REMOVE_ROW,
}
"""How a step in a running form is spelled in a draft's log."""


def correct(vault: OpenVault, about: str, instance_id: str) -> Interview:
    """A draft with everything that was answered, to be corrected.

    Raises DeskFault `finished.unknown`, `finished.no_bytes`, `correct.already`, `correct.under_way`,
    `correct.sealed`, `form.not_for_role`, `form.version_unknown`; PersonFault `access.not_allowed`.
    """
    before = finished.find(vault, about, instance_id)
    if not before.xml:
        raise DeskFault("finished.no_bytes")
    if not before.stands:
        raise DeskFault("correct.already")
    if before.hidden:  # a correction is a whole interview, and this person cannot see the whole of it
        raise DeskFault("correct.sealed", ask=whom_to_ask(before.hidden))
    held = forms_held.hold(vault, before.form, before.version)
    intake.demand_allowed(vault, held, before.form)
    kind, _, name = about.partition("/")
    languages = before.payload["languages"]
    facts = facts_of(before, seed=new_seed(vault.world.randomness), seen=_on_screen(vault, before))
    with vault.drafts.together():  # a correction without its files would be no copy of what was finished
        draft = vault.drafts.start(
            person=vault.person.id,
            form=before.form,
            version=before.version,
            officer_language=languages["officer"],
            person_language=languages["person"],
            case=name if kind == CASE else "",
            facts=[*facts, *_answers(vault, before, facts)],
        )
        vault.attachments.copy(submission_holder(before.instance_id), draft)
    return intake.resume(vault, draft)


def _on_screen(vault: OpenVault, before: FinishedInterview) -> tuple[str, ...]:
    """The entries whose values a correction begins with (rule 4)."""
    agreed = before.payload.get("agreed", {})
    shown = {f"interview/{before.line}": before.instance_id}
    shown |= {f"agreement/{recipient}": answer for recipient, answer in agreed.items()}
    return tuple(
        sorted(
            value.entry
            for value in standing(vault.database, before.subject)
            if value.field in shown and shown[value.field] == value.value
        )
    )


def facts_of(before: FinishedInterview, *, seed: str, seen: Sequence[str] = ()) -> list[DraftOp]:
    """What a draft has to know of the finished interview it corrects."""
    corrected = Corrected(
        before.instance_id,
        before.written,
        before.subject,
        before.identity,
        before.kept,
        before.line,
        seen,
        before.sealed,
    )
    facts = [
        DraftOp(Done.SEED, "", seed),
        DraftOp(Done.CORRECTS, "", corrected.spelled()),
    ]
    if before.known is not None:
        facts.append(DraftOp(Done.KNOWN, "", str(before.known)))
    if before.paper is not None:
        facts.append(DraftOp(Done.PAPER, "", before.paper.spelled()))
    return facts


def _answers(vault: OpenVault, before: FinishedInterview, facts: list[DraftOp]) -> list[DraftOp]:
    """The steps that fill a fresh form with what was said, marks included."""
    known = DraftFacts()
    for number, op in enumerate(facts, 1):
        known.take_op(number, op)
    held = forms_held.hold(vault, before.form, before.version, known.known)
    blank = Draft("", vault.person.id, "", before.form, before.version, before.written, "en", "en", "", "")
    session = intake.run(vault, held, blank, known).session
    steps = [
        DraftOp(STEPS[step.what], step.ref, step.value)
        for step in reading_back.read_back(session, before.xml)
    ]
    marks = (
        DraftOp(Done.MARK, ref, mark.value)
        for ref, mark in before.marks.items()
        if mark not in (Mark.ANSWERED, Mark.NOT_ASKED)
    )
    return [*steps, *marks]
