"""The product's verbs in the order in which they happen at a desk: offer, begin, answer, finish.

1. Every answer is on disk the moment its field is left (`interview`).
2. Finishing is one transaction: the case, the submission, the agreements, what the rules say. The draft goes in
   the same transaction.
4. What may travel and what stays are parted as they are written: `submission.finished` has the answers of which
   the codebook names headquarters as a recipient; the exact bytes of the submission and every other answer stand
   in `submission.kept`, which stays at the post (R-164). What is of a sealed class stands in neither: it is kept
   under the key of its class (`parting`), in two entries parted in the same way.
3. A survey from elsewhere opens no case and meets no rule (`protection.md` 13).
6. A correction in a closed case counts only when a second person has agreed (`second_person`); another talk opens
   the case again (`closing`).
7. That fear of going back was said, or a wish for protection, stands with the answer that was ticked over it: only
   two people take it away (R-022).
5. Files that were attached go over to the submission in the same transaction, and are listed in its entry by name,
   size and digest. Those of an answer that travels go with it, those of sealed answers sealed; a picture, sound or
   film never leaves with a protection interview, whatever a form took (`protection.md` 9).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fieldkit.content import trainings
from fieldkit.content.form_roles import FormKind
from fieldkit.domain.access import Action
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import spoken_number
from fieldkit.domain.outcome import Interpreted, Mark
from fieldkit.domain.ports import JsonObject
from fieldkit.forms.session import Session
from fieldkit.languages import catalogues
from fieldkit.services import (
    changes,
    closing,
    for_office,
    forms_held,
    keyed_in,
    measures,
    parting,
    refer,
    sealed,
    second_person,
    training,
)
from fieldkit.services.case_file import CASE, read_case
from fieldkit.services.draft_facts import Corrected, DraftFacts, read_facts
from fieldkit.services.errors import DeskFault
from fieldkit.services.forms_held import HeldForm, OfferedForm
from fieldkit.services.interview import Interview
from fieldkit.services.judge import Answers
from fieldkit.services.keyed_in import OnPaper
from fieldkit.services.parting import Classes
from fieldkit.services.recipients import HEADQUARTERS
from fieldkit.services.refs import leaf
from fieldkit.services.sections import Section, SectionRecord, record
from fieldkit.services.talk_clock import TalkClock, TalkRandomness, new_seed
from fieldkit.services.uploads import SEEN_OR_HEARD, UPLOAD, asked_kind
from fieldkit.services.vault import OpenVault
from fieldkit.storage.drafts import Done, Draft, DraftOp
from fieldkit.storage.journal import Change

SURVEY = "submission"
STAYS = ("xml", "travel", "left", "changes", "attachments", "on_paper", "known")
"""Parts of a finished interview that never travel, whatever they name (rule 4)."""
TRAVELLED = frozenset(
    {Done.SET, Done.MARK, Done.ADD_ROW, Done.REMOVE_ROW, Done.POSITION, Done.LANGUAGE, Done.MOVED}
)
OFFICERS_SIDE = ("en", "fr", "ar")
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


@dataclass(frozen=True, slots=True)
class Finished:
    """What finishing made: `case` is empty for a survey."""

    case: str
    number: str
    instance_id: str
    about: str
    """What its entries are kept under."""

    proposal: str = ""
    """What waits for a second person; empty when it counts already."""


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
    if not interview.survey:
        interview.begin_with_empty_repeats()
    return interview


def resume(vault: OpenVault, draft_id: str) -> Interview:
    """Go on with one's own unfinished interview. Raises DeskFault `intake.no_draft`, `form.version_unknown`."""
    draft = own_draft(vault, draft_id)
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
        )
        for draft in vault.drafts.list(vault.person.id)
    )


def discard(vault: OpenVault, draft_id: str) -> None:
    """Throw one's own unfinished interview away. Raises DeskFault `intake.no_draft`."""
    vault.drafts.discard(own_draft(vault, draft_id).id)


def finish(vault: OpenVault, interview: Interview, *, beside: bool = False) -> Finished:
    """Finish an interview (rule 2). A correction of a closed case is kept as a proposal (rule 6).

    `beside` keeps a correction also when somebody else has corrected the same meanwhile (`changes.of_correction`).
    Raises DeskFault `intake.not_finished` with the number of what is missing; as `changes.of_correction`.
    """
    unmet = interview.unanswered()
    if unmet:
        raise DeskFault("intake.not_finished", count=len(unmet))
    correction = changes.of_correction(vault, interview, beside=beside)
    payload = {**_payload(vault, interview), **correction}
    with vault.database.transaction():
        payload = {**payload, **_files(vault, interview, str(payload["instance_id"]))}
        write = _survey if interview.survey else _into_case
        finished = write(vault, interview, payload)
        vault.drafts.discard(interview.draft_id)
    return finished


def _survey(vault: OpenVault, interview: Interview, payload: JsonObject) -> Finished:
    corrected = interview.facts.corrected
    about = corrected.subject if corrected else subject(SURVEY, interview.draft_id)
    replaces = tuple(sorted({corrected.finished, *corrected.seen})) if corrected else ()
    vault.journal.append(
        actor=vault.person.id,
        subject=about,
        kind="submission.finished",
        payload=payload,
        replaces=replaces,
    )
    return Finished("", interview.number, str(payload["instance_id"]), about)


def _into_case(vault: OpenVault, interview: Interview, payload: JsonObject) -> Finished:
    # The draft's id becomes the case's, so that the number told at the start of the talk stays the same.
    case = interview.case or interview.draft_id
    about = subject(CASE, case)
    entries = []
    if not interview.case:
        entries.append(Change(about, "case.opened", _opened(vault, interview)))
    opened, sealed_parts = parting.sealed_out(
        payload, _classes(vault, interview), _file_classes(vault, interview)
    )
    shared_names = _shared_names(vault)
    going = frozenset(
        name for held in sealed_parts.values() for name in files_that_travel(held, shared_names)
    )
    shared, kept = part(opened, shared_names, going)
    corrected = interview.facts.corrected
    replaced = tuple(sorted({corrected.finished, *corrected.seen})) if corrected else ()
    replaced_kept = (corrected.kept,) if corrected and corrected.kept else ()
    entries.append(Change(about, "submission.finished", shared, replaced))
    entries.append(Change(about, "submission.kept", kept, replaced_kept))
    for name, held in sealed_parts.items():
        entries += _sealed(vault, about, name, held, corrected, _agrees(vault, interview))
    entries += _agreements(vault, about, interview)
    finished = Finished(case, spoken_number(case), str(payload["instance_id"]), about)
    closed = read_case(vault.journal, case) if interview.case else None
    if closed is not None and closed.is_closed and corrected is not None:
        return replace(finished, proposal=second_person.propose(vault, entries, corrected.instance_id))
    again = closing.opened_again(closed) if closed is not None else None
    written = vault.journal.append_many(vault.person.id, [*entries, *([again] if again else [])])
    for_office.name_files(vault, written, entries)
    at_hand = _at_hand(payload)
    refer.record_suggestions(vault, case, at_hand, frozenset(one.payload for one in written))
    if corrected is None:
        measures.of_interview(vault, case, at_hand.values)
    return finished


def _opened(vault: OpenVault, interview: Interview) -> JsonObject:
    """A new case: whoever it is about waits from the moment they sat down, or from the one on their paper."""
    paper = interview.facts.paper
    opened: JsonObject = {
        "number": spoken_number(interview.draft_id),
        "form": interview.form.id,
        "arrived": own_draft(vault, interview.draft_id).started,
        "language": interview.person_language,
    }
    if paper is None:
        return opened
    arrived = paper.moment(vault.world.clock).isoformat(timespec="seconds")
    return {**opened, "arrived": arrived, "on_paper": paper.travels()}


def _sealed(
    vault: OpenVault,
    about: str,
    name: SealedClass,
    held: JsonObject,
    corrected: Corrected | None,
    agreed: bool,
) -> list[Change]:
    """The two entries of one class; the first only where its form asks something that headquarters may receive, and
    sealed for it as well when the person `agreed` (`for_office`)."""
    shared_names = _shared_names(vault)
    travels, stays = part_sealed(held, shared_names)
    facts = vault.codebook.facts.values()
    kinds = {sealed.SEALED_KEPT: stays}
    if any(fact.name in shared_names and fact.sensitivity.sealed_class is name for fact in facts):
        kinds[sealed.SEALED] = travels
    before = corrected.sealed if corrected else {}
    for_headquarters = for_office.keys(vault).get(name, "") if agreed else ""
    return [
        Change(
            about,
            kind,
            payload,
            tuple(filter(None, [before.get(f"{kind} {name}")])),
            name,
            for_headquarters if kind == sealed.SEALED else "",
        )
        for kind, payload in sorted(kinds.items())
    ]


def _agrees(vault: OpenVault, interview: Interview) -> bool:
    """Whether the person says yes to headquarters: in this talk, else in what was said before."""
    said = interview.agreements().get(HEADQUARTERS)
    return interview.case in vault.queries.agreed(HEADQUARTERS) if said is None else bool(said)


def _at_hand(payload: JsonObject) -> Answers:
    """The answers of an interview that is being finished, sealed or not."""
    facts, marks = payload["facts"], payload["marks"]
    assert isinstance(facts, Mapping) and isinstance(marks, Mapping)
    values = {
        name: tuple(str(one) for one in given) for name, given in facts.items() if isinstance(given, list)
    }
    return Answers(values, {leaf(ref): Mark(str(mark)) for ref, mark in marks.items()})


def _agreements(vault: OpenVault, about: str, interview: Interview) -> list[Change]:
    """What was said about sharing. A correction says only what it changes, and replaces what it began with."""
    corrected = interview.facts.corrected
    before = changes.original(vault, interview).payload.get("agreed", {}) if corrected else {}
    return [
        Change(
            about,
            "agreement.recorded",
            {"recipient": recipient, "agreed": bool(agreed)},
            tuple(corrected.seen) if corrected else (),
        )
        for recipient, agreed in interview.agreements().items()
        if before.get(recipient) is not bool(agreed)
    ]


def _payload(vault: OpenVault, interview: Interview) -> JsonObject:
    submission = interview.session.submission()
    interpreted = interview.setting().interpreted
    return {
        "form": submission.form_id,
        "version": submission.form_version,
        "xml": submission.content.decode("utf-8"),
        "instance_id": submission.instance_id,
        "facts": _facts(vault, interview),
        "marks": {
            item.ref: interview.mark_of(item.ref).value
            for item in interview.all_questions()
            if interview.asks(item)
        },
        "sections": [_section(interview, section) for section in interview.declared_sections()],
        "interpreted": interpreted.value if interpreted else "",
        "languages": {"officer": interview.officer_language, "person": interview.person_language},
        "survey": interview.survey,
        "agreed": {recipient: bool(agreed) for recipient, agreed in interview.agreements().items()},
        "travel": [
            [logged.seq, logged.op.kind.value, logged.op.ref, logged.at]
            for logged in vault.drafts.history(interview.draft_id)
            if logged.op.kind in TRAVELLED
        ],
        "left": [one.fields() for one in interview.left_behind()],
        **_happened(interview),
        **({} if interview.facts.known is None else {"known": interview.facts.known}),
    }


def _happened(interview: Interview) -> JsonObject:
    """When and by whom a paper was written down, where this interview was one (`keyed_in`, rule 2)."""
    paper = interview.facts.paper
    return {"on_paper": paper.fields()} if paper is not None else {}


def _files(vault: OpenVault, interview: Interview, instance_id: str) -> JsonObject:
    """Hand the files over to the submission, and list them (rule 5)."""
    named = interview.uploads.named()
    keys = for_office.keys(vault) if _agrees(vault, interview) else {}
    given = vault.attachments.hand_over(
        interview.draft_id, instance_id, named, _file_classes(vault, interview), keys
    )
    listed: list[JsonObject] = [
        {"name": one.name, "type": one.media_type, "size": one.size, "sha256": one.digest} for one in given
    ]
    return {"attachments": listed} if listed else {}


def part(
    payload: JsonObject, shared: frozenset[str], sealed_files: frozenset[str] = frozenset()
) -> tuple[JsonObject, JsonObject]:
    """What of a finished interview may travel, and what stays (rules 4 and 5). `shared` are codebook names,
    `sealed_files` those of files that travel sealed: that they belong to this interview is told.

    Every fact and mark is in exactly one of the two.
    """
    facts, marks = payload["facts"], payload["marks"]
    assert isinstance(facts, Mapping) and isinstance(marks, Mapping)

    def parted(wanted: bool) -> JsonObject:
        return {
            "instance_id": payload["instance_id"],
            "facts": {name: values for name, values in facts.items() if (name in shared) is wanted},
            "marks": {ref: mark for ref, mark in marks.items() if (leaf(ref) in shared) is wanted},
        }

    told = {name: value for name, value in payload.items() if name not in STAYS}
    paper = keyed_in.of_payload(payload)
    if paper is not None:
        told["on_paper"] = paper.travels()
    kept = {**parted(False), **{name: payload[name] for name in STAYS if name in payload}}
    going = files_that_travel(payload, shared) | sealed_files
    listed = payload.get("attachments", ())
    assert isinstance(listed, Iterable)
    for held, wanted in ((told, True), (kept, False)):
        rows = [row for row in listed if isinstance(row, Mapping) and (row["name"] in going) is wanted]
        held.update({"attachments": rows} if rows else {})
        if not rows:
            held.pop("attachments", None)
    return {**told, **parted(True), "xml": ""}, kept


def files_that_travel(held: Mapping[str, Any], shared: frozenset[str]) -> frozenset[str]:
    """The names of files that are the answer of a question headquarters is a recipient of (rule 5)."""
    answers = {value for name, values in held["facts"].items() if name in shared for value in values}
    return frozenset(
        row["name"]
        for row in held.get("attachments", ())
        if row["name"] in answers and asked_kind(row["type"]) not in SEEN_OR_HEARD
    )


def part_sealed(held: JsonObject, shared: frozenset[str]) -> tuple[JsonObject, JsonObject]:
    """What of one class headquarters is a recipient of, and all the rest of it (rule 4)."""
    facts, marks = held["facts"], held["marks"]
    assert isinstance(facts, Mapping) and isinstance(marks, Mapping)

    def parted(wanted: bool) -> JsonObject:
        return {
            "facts": {name: values for name, values in facts.items() if (name in shared) is wanted},
            "marks": {ref: mark for ref, mark in marks.items() if (leaf(ref) in shared) is wanted},
        }

    named: JsonObject = {"class": held["class"], "instance_id": held["instance_id"]}
    going = files_that_travel(held, shared)
    listed = held.get("attachments", ())
    assert isinstance(listed, Iterable)
    rows = [row for row in listed if isinstance(row, Mapping) and row["name"] in going]
    return {**named, **parted(True), **({"attachments": rows} if rows else {})}, {**held, **parted(False)}


def _classes(vault: OpenVault, interview: Interview) -> Classes:
    """What this interview seals. A survey belongs to no case and asks nothing of the codebook's."""
    return Classes({}, {}) if interview.survey else parting.classes_of(interview.form, vault.codebook)


def _file_classes(vault: OpenVault, interview: Interview) -> dict[str, SealedClass]:
    """The classes of the files that are answers of sealed questions, by name."""
    classes = _classes(vault, interview)
    asked = (
        (item.value, classes.of(item.ref)) for item in interview.all_questions() if item.control == UPLOAD
    )
    return {value: name for value, name in asked if value and name is not None}


def _shared_names(vault: OpenVault) -> frozenset[str]:
    facts = vault.codebook.facts.values()
    return frozenset(fact.name for fact in facts if HEADQUARTERS in fact.recipients)


def _facts(vault: OpenVault, interview: Interview) -> JsonObject:
    if interview.survey:
        return {}
    found = {name: list(values) for name, values in interview.session.facts(vault.codebook.facts).items()}
    for name, value in interview.said_before_it_closed():
        if name in vault.codebook.facts:
            found.setdefault(name, []).append(value)
    # A correction has its reason, and what was suggested once stays whatever is corrected (journal rule 6).
    for name, value in interview.fear_said if interview.facts.corrected is None else ():
        if value not in found.get(name, ()):
            found.setdefault(name, []).append(value)
    return dict(found)


def _section(interview: Interview, section: Section) -> JsonObject:
    marks = interview.marks_in(section)
    setting = interview.setting()
    found: SectionRecord = record(
        section,
        marks,
        in_private=setting.private,
        interpreted=setting.interpreted or Interpreted.COMPANION,
        reviewed_text=all(
            interview.shown.reviewed(ref, interview.person_language)
            for ref, mark in marks.items()
            if mark is not Mark.NOT_ASKED
        ),
    )
    core = found.core
    return {
        "name": core.name,
        "kind": section.kind.value,
        "asked": core.asked,
        "in_private": core.in_private,
        "interpreted": setting.interpreted.value if setting.interpreted else "",
        "reviewed_text": core.reviewed_text,
        "declined": found.declined,
        "not_asked": found.not_asked,
    }


def demand_allowed(vault: OpenVault, held: HeldForm, form_id: str) -> None:
    """Raise PersonFault `access.not_allowed`, `form.not_for_role`, `form.not_trained` unless this person may open
    the form."""
    survey = not held.kind.has_case
    vault.demand(Action.SURVEY if survey else Action.INTERVIEW)
    offered = next(form for form in offered_forms(vault) if form.id == form_id)
    lacking = training.missing(vault, form_id)
    if lacking:
        words = catalogues.load(vault.header.language, "codebook")
        named = (vault.codebook.choice_label(trainings.LIST, one, words) for one in lacking)
        raise DeskFault("form.not_trained", training=", ".join(named))
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
