"""The product's verbs in the order in which they happen at a desk: offer, begin, answer, finish.

1. Every answer is on disk the moment its field is left (`interview`).
2. Who may open a form, and who may go on with a draft, is asked here; what finishing makes stands in `finishing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fieldkit.content import trainings
from fieldkit.content.form_roles import FormKind
from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import spoken_number
from fieldkit.domain.ports import JsonObject
from fieldkit.forms.session import Session
from fieldkit.languages import catalogues
from fieldkit.services import forms_held, keyed_in, refer, training
from fieldkit.services.case_file import CASE
from fieldkit.services.draft_facts import DraftFacts, read_facts, says_fear
from fieldkit.services.errors import DeskFault
from fieldkit.services.finishing import Finished, finish
from fieldkit.services.forms_held import HeldForm, OfferedForm
from fieldkit.services.interview import Interview
from fieldkit.services.judge import Answers
from fieldkit.services.keyed_in import OnPaper
from fieldkit.services.refs import leaf
from fieldkit.services.talk_clock import TalkClock, TalkRandomness, new_seed
from fieldkit.services.vault import OpenVault
from fieldkit.storage.drafts import Done, Draft, DraftOp

__all__ = [
    "OFFICERS_SIDE",
    "DraftRow",
    "Finished",
    "begin",
    "demand_allowed",
    "discard",
    "drafts",
    "finish",
    "offered_forms",
    "own_draft",
    "resume",
    "run",
]

OFFICERS_SIDE = ("en", "fr", "es", "ar")
"""Languages in which officers lead an interview at this stage."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An unfinished interview in the list of its owner."""

    id: str
    number: str
    form: str
    title: str
    started: str
    person_language: str
    case: str = ""


def offered_forms(vault: OpenVault) -> tuple[OfferedForm, ...]:
    """The forms that can be begun here."""
    return forms_held.offered_forms(vault)


def begin(
    vault: OpenVault,
    form_id: str,
    *,
    officer_language: str,
    person_language: str,
    case: str = "",
    paper: OnPaper | None = None,
) -> Interview:
    """Begin an interview; with `case`, another one of the same person; with `paper`, one that was written down
    before and is keyed in now.

    Raises PersonFault `access.not_allowed`, `form.not_for_role`, `form.unknown`, `form.on_paper_only`; what
    `keyed_in.check` raises.
    """
    held = forms_held.hold(vault, form_id)
    demand_allowed(vault, held, form_id)
    if held.kind is FormKind.PAPER:
        raise DeskFault("form.on_paper_only")
    facts = [DraftOp(Done.SEED, "", new_seed(vault.world.randomness))]
    if held.known is not None:
        facts.append(DraftOp(Done.KNOWN, "", str(held.known)))
    if paper is not None:
        keyed_in.check(paper, vault.world.today())
        facts.append(DraftOp(Done.PAPER, "", paper.spelled()))
    draft = vault.drafts.start(
        person=vault.person.id,
        form=form_id,
        version=held.form.version,
        officer_language=officer_language,
        person_language=person_language,
        case=case,
        facts=facts,
    )
    interview = resume(vault, draft)
    interview.begin_without_agreement()
    if not interview.survey:
        interview.begin_with_empty_repeats()
    return interview


def resume(vault: OpenVault, draft_id: str) -> Interview:
    """Go on with one's own unfinished interview. Raises DeskFault `intake.no_draft`, `form.version_unknown`,
    `form.not_for_role` where the form is no longer for what this person does."""
    draft = own_draft(vault, draft_id)
    access = forms_held.accesses(vault).get(draft.form)
    if access is not None and not access.may_open(vault.person.roles):
        raise DeskFault("form.not_for_role")
    facts = read_facts(vault.drafts.history(draft_id))
    held = forms_held.hold(vault, draft.form, draft.version, facts.known)
    interview = run(vault, held, draft, facts)
    interview.restore()
    return interview


def drafts(vault: OpenVault) -> tuple[DraftRow, ...]:
    """One's own unfinished interviews, oldest first."""
    titles = {form.id: form for form in offered_forms(vault)}
    return tuple(
        DraftRow(
            draft.id,
            spoken_number(draft.case or draft.id),
            draft.form,
            titles[draft.form].title(draft.officer_language) if draft.form in titles else draft.form,
            draft.started,
            draft.person_language,
            draft.case,
        )
        for draft in vault.drafts.list(vault.person.id)
    )


def discard(vault: OpenVault, draft_id: str) -> None:
    """Throw one's own unfinished interview away. That fear of going back was said in it stands all the same, in the
    case or in one that is opened for it (R-022). Raises DeskFault `intake.no_draft`."""
    draft = own_draft(vault, draft_id)
    history = vault.drafts.history(draft.id)
    access = forms_held.accesses(vault).get(draft.form)
    of_a_person = access is not None and access.kind.has_case and read_facts(history).corrected is None
    feared = [one.op for one in history if of_a_person and says_fear(one.op)]
    with vault.database.transaction():
        vault.drafts.discard(draft.id)
        if feared:
            _keep_fear(vault, draft, {leaf(op.ref): (op.value,) for op in feared})


def _keep_fear(vault: OpenVault, draft: Draft, said: Mapping[str, tuple[str, ...]]) -> None:
    """What rules say of fear that was said in a talk which is thrown away."""
    case = draft.case or draft.id
    if not draft.case:
        opened: JsonObject = {
            "number": spoken_number(case),
            "form": "",
            "arrived": draft.started,
            "language": draft.person_language,
        }
        vault.journal.append(
            actor=vault.person.id, subject=subject(CASE, case), kind="case.opened", payload=opened
        )
    refer.record_suggestions(vault, case, Answers(said, {}))


def demand_allowed(vault: OpenVault, held: HeldForm, form_id: str) -> None:
    """Raise PersonFault `access.not_allowed`, `form.not_for_role`, `form.not_trained` unless this person may open
    the form."""
    survey = not held.kind.has_case
    vault.demand(Action.SURVEY if survey else Action.INTERVIEW)
    offered = forms_held.offered(vault, form_id)
    lacking = training.missing(vault, form_id)
    if lacking:
        words = catalogues.load(vault.header.language, "codebook")
        named = (vault.codebook.choice_label(trainings.LIST, one, words) for one in lacking)
        raise DeskFault("form.not_trained", training=", ".join(named))
    if offered is None:
        raise DeskFault("form.unknown")
    if not offered.allowed:
        raise DeskFault("form.not_for_role")


def run(vault: OpenVault, held: HeldForm, draft: Draft, facts: DraftFacts) -> Interview:
    """A form running for a draft, with nothing answered yet: the talk's own clock and chance."""
    clock = _clock(vault, facts)
    clock.hold(draft.started)
    randomness = TalkRandomness(facts.seed) if facts.seed else vault.world.randomness
    session = Session(
        held.form,
        clock=clock,
        randomness=randomness,
        properties={"deviceid": vault.stream, "username": vault.person.id},
    )
    clock.run()
    return Interview(
        draft=draft.id,
        drafts=vault.drafts,
        attachments=vault.attachments,
        form=held.form,
        session=session,
        marks=held.marks,
        survey=not held.kind.has_case,
        officer_language=draft.officer_language,
        person_language=draft.person_language,
        case=draft.case,
        facts=facts,
        clock=clock,
    )


def _clock(vault: OpenVault, facts: DraftFacts) -> TalkClock:
    real = vault.world.clock
    if facts.paper is not None:
        return TalkClock(real, for_good=facts.paper.moment(real))
    if facts.corrected is not None:
        return TalkClock(real, for_good=datetime.fromisoformat(facts.corrected.at))
    return TalkClock(real)


def own_draft(vault: OpenVault, draft_id: str) -> Draft:
    """One's own draft. Raises DeskFault `intake.no_draft`."""
    draft = _read(vault, draft_id)
    if draft.person != vault.person.id:
        raise DeskFault("intake.no_draft")
    return draft


def _read(vault: OpenVault, draft_id: str) -> Draft:
    draft = vault.drafts.read(draft_id)
    if draft is None:
        raise DeskFault("intake.no_draft")
    return draft
