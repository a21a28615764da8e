"""Finishing an interview: one transaction that leaves nothing half done.

1. The case, the submission, the agreements and what the rules say are written together; the draft goes, and its
   files go over, in the same transaction.
2. A survey from elsewhere opens no case and meets no rule (`protection.md` 13); a sheet about the post neither.
3. A correction in a closed case, and one that takes back what keeps a lock shut (`changes`, rule 3), counts only
   when a second person has agreed (`second_person`); another talk opens a closed case again (`closing`).
What of an interview travels and what stays is `entered`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fieldkit.content.form_roles import FormKind
from fieldkit.domain.classes import CONFIDENTIAL_FORMS, SealedClass
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import spoken_number
from fieldkit.domain.outcome import Mark
from fieldkit.domain.ports import JsonObject
from fieldkit.services import (
    changes,
    closing,
    confidential,
    entered,
    for_office,
    forms_held,
    held_people,
    measures,
    parting,
    refer,
    sealed,
    second_person,
)
from fieldkit.services.case_file import CASE, read_case
from fieldkit.services.draft_facts import Corrected
from fieldkit.services.errors import DeskFault
from fieldkit.services.interview import Interview
from fieldkit.services.judge import Answers
from fieldkit.services.refs import leaf
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import Change
from fieldkit.storage.kinds_papers import TALKED

SURVEY = "submission"


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


def finish(vault: OpenVault, interview: Interview, *, beside: bool = False) -> Finished:
    """Finish an interview (rule 1). A correction of a closed case is kept as a proposal (rule 3).

    `beside` keeps a correction also when somebody else has corrected the same meanwhile (`changes.of_correction`).
    Raises DeskFault `intake.not_finished` with the number of what is missing; as `changes.of_correction`.
    """
    unmet = interview.unanswered()
    if unmet:
        raise DeskFault("intake.not_finished", count=len(unmet))
    correction = changes.of_correction(vault, interview, beside=beside)
    payload = {**entered.payload_of(vault, interview), **correction}
    with vault.database.transaction():
        payload = {**payload, **entered.hand_over_files(vault, interview, str(payload["instance_id"]))}
        write = _survey if interview.survey else _into_case
        finished = write(vault, interview, payload)
        vault.drafts.discard(interview.draft_id)
    return finished


def _survey(vault: OpenVault, interview: Interview, payload: JsonObject) -> Finished:
    corrected = interview.facts.corrected
    about = corrected.subject if corrected else subject(SURVEY, interview.draft_id)
    replaces = tuple(sorted({corrected.finished, *corrected.seen})) if corrected else ()
    access = forms_held.accesses(vault).get(interview.form.id)
    if access is None or access.kind is not FormKind.POST:
        vault.journal.append_many(vault.person.id, [Change(about, "submission.finished", payload, replaces)])
    else:
        told, kept = entered.part_sheet(vault, interview, payload)
        former = (corrected.kept,) if corrected and corrected.kept else ()
        halves = [
            Change(about, "submission.finished", told, replaces),
            Change(about, "submission.kept", kept, former),
        ]
        vault.journal.append_many(vault.person.id, halves)
    return Finished("", interview.number, str(payload["instance_id"]), about)


def _into_case(vault: OpenVault, interview: Interview, payload: JsonObject) -> Finished:
    # The draft's id becomes the case's, so that the number told at the start of the talk stays the same.
    case = interview.case or interview.draft_id
    about = subject(CASE, case)
    entries = []
    if not interview.case:
        entries.append(Change(about, "case.opened", _opened(vault, interview)))
    opened, sealed_parts = parting.sealed_out(
        payload, entered.classes_of(vault, interview), entered.file_classes(vault, interview)
    )
    shared_names = entered.names_shared(vault)
    going = frozenset(
        name for held in sealed_parts.values() for name in entered.files_that_travel(held, shared_names)
    )
    shared, kept = entered.part(opened, shared_names, going)
    corrected = interview.facts.corrected
    replaced = tuple(sorted({corrected.finished, *corrected.seen})) if corrected else ()
    replaced_kept = (corrected.kept,) if corrected and corrected.kept else ()
    agreed = entered.agrees(vault, interview)
    halves = [
        Change(about, "submission.finished", shared, replaced),
        Change(about, "submission.kept", kept, replaced_kept),
    ]
    entries += [confidential.of_form(vault, one, interview.form.id, agreed=agreed) for one in halves]
    for name, held in sealed_parts.items():
        entries += _sealed(vault, about, name, held, corrected, agreed)
    entries += _agreements(vault, about, interview)
    entries += _interpreters(about, interview, str(payload["instance_id"]))
    finished = Finished(case, spoken_number(case), str(payload["instance_id"]), about)
    closed = read_case(vault.journal, case) if interview.case else None
    takes_back = changes.takes_back(vault, interview)
    if takes_back or (closed is not None and closed.is_closed and corrected is not None):
        assert corrected is not None, "only a correction takes anything back"
        return replace(finished, proposal=second_person.propose(vault, entries, corrected.instance_id))
    again = closing.opened_again(closed) if closed is not None else None
    written = vault.journal.append_many(vault.person.id, [*entries, *([again] if again else [])])
    for_office.name_files(vault, written, entries)
    at_hand = _at_hand(payload)
    refer.record_suggestions(vault, case, at_hand, frozenset(one.payload for one in written))
    if corrected is None:
        measures.of_interview(vault, case, at_hand.values)
        held_people.of_interview(vault, case, at_hand.values)
    return finished


def _opened(vault: OpenVault, interview: Interview) -> JsonObject:
    """A new case: whoever it is about waits from the moment they sat down, or from the one on their paper."""
    paper = interview.facts.paper
    opened: JsonObject = {
        "number": spoken_number(interview.draft_id),
        "form": "" if interview.form.id in CONFIDENTIAL_FORMS else interview.form.id,
        "arrived": _begun(vault, interview),
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
    shared_names = entered.names_shared(vault)
    travels, stays = entered.part_sealed(held, shared_names)
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


def _interpreters(about: str, interview: Interview, instance_id: str) -> list[Change]:
    """What the person said to each interpreter of this talk (R-197)."""
    return [
        Change(
            about, TALKED, {"interpreter": name, "agreed": yes, "stranger": yes, "instance_id": instance_id}
        )
        for name, yes in interview.through.items()
    ]


def _begun(vault: OpenVault, interview: Interview) -> str:
    draft = vault.drafts.read(interview.draft_id)
    assert draft is not None, "it goes only when this is finished"
    return draft.started
