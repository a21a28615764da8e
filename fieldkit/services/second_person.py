"""What needs a second person: a correction of a closed case, closing what protects somebody, a plan that a lock
stops (`protection.md` 5).

1. One person proposes; another account with the right to it agrees or refuses, with a reason. Nobody is their own
   second person.
2. Until somebody agrees, nothing changes: protection stays on and the request waits, also for ever.
3. What was proposed is kept as it was written down. Agreeing writes it again as what counts, with both names; it
   replaces what was on the proposer's screen, so that what changed since then stands beside it as a difference.
4. A correction may be agreed to only by somebody who may open its form.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fieldkit.domain.access import Action
from fieldkit.domain.entries import Entry
from fieldkit.domain.ids import new_id
from fieldkit.domain.outcome import Mark
from fieldkit.domain.ports import JsonObject
from fieldkit.services import finished, for_office, meanwhile, measures, refer, sealed
from fieldkit.services.case_file import FINISHED
from fieldkit.services.errors import DeskFault
from fieldkit.services.judge import Answers
from fieldkit.services.recipients import HEADQUARTERS
from fieldkit.services.refs import leaf
from fieldkit.services.vault import OpenVault
from fieldkit.storage import kinds_measures
from fieldkit.storage.journal import Change
from fieldkit.storage.kinds_decided import CLOSING, CORRECTION
from fieldkit.storage.kinds_measures import MEASURE

PROPOSED, PROPOSED_KEPT, PROPOSED_SEALED = "correction.proposed", "correction.kept", "correction.sealed"
CLOSING_ASKED, CLOSED = "outcome.closing_asked", "outcome.closed"
_AGREED = {CORRECTION: "correction.accepted", CLOSING: CLOSED, MEASURE: kinds_measures.PLANNED}
_REFUSED = {
    CORRECTION: "correction.refused",
    CLOSING: "outcome.closing_refused",
    MEASURE: kinds_measures.NOT_AGREED,
}
_ASKS = frozenset({PROPOSED, PROPOSED_KEPT, PROPOSED_SEALED, CLOSING_ASKED, kinds_measures.ASKED})


Read = tuple[Entry, dict[str, Any]]
Reader = Callable[[OpenVault, Entry], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a second person. `what` is CORRECTION, CLOSING or MEASURE; `instance_id` is the
    interview that would be corrected, `category` the one that would be closed, `measure` what would be planned,
    with the locks that are shut; what it is not about is empty."""

    proposal: str
    about: str
    what: str
    asked_by: str
    asked_by_id: str
    at: str
    reason: str
    category: str = ""
    instance_id: str = ""
    form: str = ""
    changes: tuple[Mapping[str, Any], ...] = ()
    measure: str = ""
    shut: tuple[str, ...] = ()

    @property
    def case(self) -> str:
        """The case it is about."""
        return self.about.partition("/")[2]


def propose(vault: OpenVault, changes: Sequence[Change], before: str) -> str:
    """Keep a correction as a proposal (rule 3), in the caller's transaction; its id. `before` is the interview."""
    proposal = new_id(vault.world.randomness)
    if all(
        one.seal is not None for one in changes if one.kind == FINISHED
    ):  # that somebody waits is not sealed
        changes = [Change(changes[0].subject, PROPOSED, {}), *changes]
    vault.journal.append_many(
        vault.person.id, [_wrapped(one, proposal, before, len(changes)) for one in changes]
    )
    return proposal


def _wrapped(change: Change, proposal: str, before: str, parts: int) -> Change:
    told: JsonObject = {
        "proposal": proposal,
        "parts": parts,
        "before": before,
        "kind": change.kind,
        "content": change.payload,
        "replaces": list(change.replaces),
    }
    kind = PROPOSED_SEALED if change.seal is not None else PROPOSED_KEPT
    kind = PROPOSED if change.seal is None and change.kind in (FINISHED, PROPOSED) else kind
    return replace(change, kind=kind, payload=told, replaces=())


def waiting(vault: OpenVault, about: str = "") -> tuple[Waiting, ...]:
    """What waits, of one case or of all, the oldest first as far as one laptop can tell. What is sealed of it is
    left out: `opened` reads that."""
    found = []
    for proposal, subject in vault.queries.waiting_for_second(about):
        entries = list(_entries(vault, subject, proposal, _plain))
        if entries:
            found.append(_waiting(vault, proposal, entries))
    return tuple(found)


def opened(vault: OpenVault, one: Waiting) -> Waiting:
    """The same with what is sealed of it and this person may read; that they read it is written down
    (`services.sealed`)."""
    return _waiting(vault, one.proposal, list(_entries(vault, one.about, one.proposal, sealed.payload)))


def agree(vault: OpenVault, proposal: str, reason: str) -> Waiting:
    """Agree to what another person proposed; it counts when this returns.

    Raises PersonFault `access.not_allowed`; DeskFault `second.unknown`, `second.same_person`,
    `second.reason_missing`, `second.not_readable`, `form.not_for_role`.
    """
    one, entries = _open(vault, proposal, reason)
    kind = _AGREED[one.what]
    told: JsonObject = {"proposal": proposal, "reason": reason.strip()}
    if one.what == CLOSING:
        asked = entries[0][1]
        meanwhile.demand_nothing_told(vault, entries[0][0])
        told = {
            "category": asked["category"],
            "because": asked["because"],
            "asked_by": one.asked_by_id,
            **told,
        }
        changes = [Change(one.about, kind, told, tuple(asked["replaces"]))]
    elif one.what == MEASURE:
        changes = [
            measures.agreed_plan(vault, one.case, entries[0][1], {**told, "asked_by": one.asked_by_id})
        ]
    else:
        parts = (_unwrapped(vault, entry, said) for entry, said in entries if said["kind"] != PROPOSED)
        changes = [*parts, Change(one.about, kind, told)]
    with vault.database.transaction():
        written = vault.journal.append_many(vault.person.id, changes)
        for_office.name_files(vault, written, changes)
        if one.what == CORRECTION:
            payloads = frozenset(entry.payload for entry in written)
            refer.record_suggestions(vault, one.case, _at_hand(entries), payloads)
    return one


def refuse(vault: OpenVault, proposal: str, reason: str) -> Waiting:
    """Say no to what another person proposed, and why. Raises as `agree`."""
    one, _ = _open(vault, proposal, reason)
    told: JsonObject = {"proposal": proposal, "reason": reason.strip()}
    vault.journal.append(actor=vault.person.id, subject=one.about, kind=_REFUSED[one.what], payload=told)
    return one


def may_decide(vault: OpenVault, one: Waiting) -> bool:
    """Whether the person who is signed in may be the second one."""
    return vault.may(Action.SECOND_PERSON) and not is_own(vault, one)


def is_own(vault: OpenVault, one: Waiting) -> bool:
    """Whether the person who is signed in asked for it (rule 1)."""
    return one.asked_by_id == vault.person.id


def _plain(vault: OpenVault, entry: Entry) -> dict[str, Any] | None:
    held = vault.journal.payload(entry.payload)
    return held.value() if held is not None else None


def _at_hand(entries: list[Read]) -> Answers:
    """The answers that were agreed to, sealed or not."""
    contents = [said["content"] for _, said in entries]
    values = {name: tuple(given) for held in contents for name, given in held.get("facts", {}).items()}
    marks = {leaf(ref): Mark(mark) for held in contents for ref, mark in held.get("marks", {}).items()}
    return Answers(values, marks)


def _open(vault: OpenVault, proposal: str, reason: str) -> tuple[Waiting, list[Read]]:
    """The proposal with its entries, when this person may decide on it (rules 1 and 4)."""
    vault.demand(Action.SECOND_PERSON)
    about = next((where for name, where in vault.queries.waiting_for_second() if name == proposal), None)
    entries = list(_entries(vault, about, proposal, sealed.payload)) if about is not None else []
    if not entries:
        raise DeskFault("second.unknown")
    one = _waiting(vault, proposal, entries)
    if is_own(vault, one):
        raise DeskFault("second.same_person")
    if not reason.strip():
        raise DeskFault("second.reason_missing")
    if one.what == CORRECTION:
        finished.demand_may_see(vault, one.form)
        if len(entries) != entries[0][1]["parts"]:  # something of it is sealed to others
            raise DeskFault("second.not_readable")
    return one, entries


def _entries(vault: OpenVault, about: str, proposal: str, read: Reader) -> Iterator[Read]:
    """The entries in which something was proposed, as far as they can be read here."""
    for entry, _ in vault.journal.about(about):
        if entry.kind in _ASKS:
            said = read(vault, entry) or {}
            if said.get("proposal") == proposal:
                yield entry, said


def _waiting(vault: OpenVault, proposal: str, entries: list[Read]) -> Waiting:
    entry, said = entries[0]
    common = (vault.queries.person(entry.actor)[0], entry.actor, entry.at)
    if entry.kind == CLOSING_ASKED:
        return Waiting(
            proposal, entry.subject, CLOSING, *common, reason=said["reason"], category=said["category"]
        )
    if entry.kind == kinds_measures.ASKED:
        told = {"reason": said["reason"], "measure": said["what"], "shut": tuple(said["shut"])}
        return Waiting(proposal, entry.subject, MEASURE, *common, **told)
    contents = [held["content"] for _, held in entries]
    changes = tuple(one for content in contents for one in content.get("changes", ()))
    form = next((content["form"] for content in contents if "form" in content), "")
    return Waiting(
        proposal,
        entry.subject,
        CORRECTION,
        *common,
        reason=next((one["reason"] for one in changes if one["reason"]), ""),
        instance_id=said["before"],
        form=form,
        changes=changes,
    )


def _unwrapped(vault: OpenVault, entry: Entry, said: Mapping[str, Any]) -> Change:
    """What was proposed, as what counts, with the name of whoever proposed it; sealed as it was."""
    content = {**said["content"], "proposed_by": entry.actor, "proposal": said["proposal"]}
    seal = vault.sealed.class_of(entry.payload)
    agreed = entry.subject_id in vault.queries.agreed(HEADQUARTERS)
    also = for_office.keys(vault).get(seal, "") if seal is not None and agreed else ""
    return Change(entry.subject, said["kind"], content, tuple(said["replaces"]), seal, also)
