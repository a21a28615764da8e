"""Who at headquarters may read what is sealed: nobody at first, then person by person (R-163, R-066).

1. At headquarters no role is cleared for anything. An administrator clears one coordinator for one class, with a
   reason, and never themselves; taking it back is as open. Both are entries.
2. The first clearance makes the key of the class, sealed to that person alone (`storage.sealed_office`, rule
   4). The next people get it from somebody who holds it and is cleared (`clearance.give`), at once if that is
   whoever clears.
3. The posts learn the public halves from the next signed trust list and the office file; until then, and for a
   class that nobody is cleared for, sealed answers come as links.
4. Who is cleared no more has taken the key along: it is due to be renewed, by the next person who holds it, as
   they sign in. What others still seal to the former one can be opened by whoever holds the new
   (`storage.former_keys`).
5. When the last one goes, what lies here under their key opens for nobody; the posts have it as long as they
   keep it. So two people should be cleared for what matters.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from fieldkit.domain.access import Action, Role
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import subject
from fieldkit.services import devices, enrolment
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import PERSON, OpenVault
from fieldkit.storage import sealed, sealed_office
from fieldkit.storage.journal import Change
from fieldkit.storage.kinds_sealed import OFFICE_CLEARED, OFFICE_ENDED


@dataclass(frozen=True, slots=True)
class Cleared:
    """One coordinator and one class. `reason` why they are cleared, empty when they are not; `holds`: whether
    the key is theirs already, or still waits for somebody who has it."""

    person: str
    label: str
    name: SealedClass
    reason: str
    holds: bool

    @property
    def is_cleared(self) -> bool:
        """Whether somebody cleared them."""
        return bool(self.reason)


def overview(vault: OpenVault) -> tuple[Cleared, ...]:
    """Every coordinator with a way in, class by class. Raises PersonFault `access.not_allowed`; ExchangeFault
    `enrol.not_headquarters`."""
    vault.demand(Action.CLEAR_PERSON)
    enrolment.office_keys(vault)
    reasons = {(row[0], row[1]): row[2] for row in vault.queries.clearances(vault.stream)}
    people = [slot for slot in vault.header.slots if _is_coordinator(vault, slot.person)]
    return tuple(
        Cleared(
            one.person,
            one.label,
            name,
            reasons.get((one.person, name.value), ""),
            one.person in sealed.holders(vault.database, name),
        )
        for name in SealedClass
        for one in people
    )


def clear(vault: OpenVault, person: str, name: SealedClass, reason: str) -> bool:
    """Clear a coordinator for a class (rules 1 and 2). Whether they have the key from their next sign-in on; else
    somebody who holds it has to give it.

    Raises PersonFault `access.not_allowed`; DeskFault `clearance.reason_missing`, `clearance.not_yourself`,
    `clearance.not_coordinator`, `clearance.already`, `keys.not_yet`; ExchangeFault `enrol.not_headquarters`.
    """
    vault.demand(Action.CLEAR_PERSON)
    enrolment.office_keys(vault)
    _demand_reason(reason)
    if person == vault.person.id:
        raise DeskFault("clearance.not_yourself")
    if not _is_coordinator(vault, person):
        raise DeskFault("clearance.not_coordinator")
    if name in vault.clearance_of(person):
        raise DeskFault("clearance.already")
    if person not in sealed.own_recipients(vault.database):
        raise DeskFault("keys.not_yet")
    with vault.database.transaction():
        if name not in devices.class_keys(vault):
            sealed_office.found(vault.database, name, person)
        elif vault.cleared(name):
            sealed.grant(vault.database, vault.ring, person, [name])
        vault.journal.append_many(vault.person.id, [_change(OFFICE_CLEARED, person, name, reason)])
    return person in sealed.holders(vault.database, name)


def end(vault: OpenVault, person: str, name: SealedClass, reason: str) -> None:
    """Let somebody read a class no more (rule 4). Raises as `clear`, and DeskFault `clearance.not_cleared`."""
    vault.demand(Action.CLEAR_PERSON)
    enrolment.office_keys(vault)
    _demand_reason(reason)
    if name not in vault.clearance_of(person):
        raise DeskFault("clearance.not_cleared")
    with vault.database.transaction():
        end_all(vault, person, [name], reason)


def end_all(vault: OpenVault, person: str, names: Iterable[SealedClass], reason: str) -> None:
    """Let somebody read these classes no more, inside the caller's transaction: also because they leave, or are no
    coordinator any more."""
    for name in names:
        before = tuple(
            row[3] for row in vault.queries.clearances(vault.stream, person) if row[1] == name.value
        )
        sealed.withdraw(vault.database, person, {name})
        vault.journal.append_many(
            vault.person.id, [_change(OFFICE_ENDED, person, name, reason, before)] if before else []
        )


def renew(vault: OpenVault, name: SealedClass) -> None:
    """Let the next person who holds a class make a new key of it as they sign in (rule 4); the trust list is
    due then.

    Raises PersonFault `access.not_allowed`; DeskFault `keys.not_held` when nobody holds it.
    """
    vault.demand(Action.CLEAR_PERSON)
    enrolment.office_keys(vault)
    if name not in devices.class_keys(vault):
        raise DeskFault("keys.not_held")
    sealed_office.renew_at_next_sign_in(vault.database, name)


def _is_coordinator(vault: OpenVault, person: str) -> bool:
    return Role.COORDINATOR in vault.queries.person(person)[1]


def _demand_reason(reason: str) -> None:
    if not reason.strip():
        raise DeskFault("clearance.reason_missing")


def _change(kind: str, person: str, name: SealedClass, reason: str, replaces: tuple[str, ...] = ()) -> Change:
    told = {"class": name.value, "reason": reason.strip()}
    return Change(subject(PERSON, person), kind, dict(told), replaces)
