"""Accounts on one laptop: who comes in, with which phrase, to do what (`vault-and-bundles.md`, keys and people).

1. Everybody has a slot of their own. A phrase that the administrator has seen lets in once: a new one must be
   chosen before anything else.
2. Somebody always stays who may look after the accounts, and nobody ends their own.
3. Who leaves takes nothing along: the vault gets a new key in the same step (`services.rekey`). So does a phrase
   that somebody else may know. A phrase that is changed as a habit rewrites one slot.
4. Class keys follow the roles, as far as the administrator holds them; what they do not hold, a colleague gives who
   does. A role that goes takes the clearance along, and the key of the class is due to be renewed.
5. Every step is an entry, without the phrase.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from fieldkit.crypto.primitives import CryptoFault
from fieldkit.domain.access import Action, Role, cleared_for
from fieldkit.domain.access import may as may_do
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import JsonObject, Progress, unwatched
from fieldkit.services import office_clearance, rekey
from fieldkit.services.errors import DeskFault
from fieldkit.services.rekey import NewWay, Rekeyed
from fieldkit.services.vault import PERSON, Desk, OpenVault, check_phrase
from fieldkit.storage import sealed, slots
from fieldkit.storage.door import Door
from fieldkit.storage.errors import DoorFault
from fieldkit.storage.header import MAX_PEOPLE
from fieldkit.storage.journal import Change
from fieldkit.storage.kinds_people import ADDED, CHANGED, ENDED
from fieldkit.sync.statement import is_label

NO_COORDINATOR = "no coordinator any more"
PHRASE_DUE, PHRASE_GIVEN, PHRASE_CHANGED = "phrase.due", "phrase.given", "phrase.changed"
LONGEST_LABEL = 60
"""Characters; it stands on a button."""

OF_HEADQUARTERS = frozenset({Role.COORDINATOR, Role.MONITOR})
"""What is done at headquarters only."""
ROLES: dict[Desk, tuple[Role, ...]] = {
    Desk.POST: tuple(role for role in Role if role not in OF_HEADQUARTERS),
    Desk.HEADQUARTERS: (Role.COORDINATOR, Role.ADMINISTRATOR, Role.SUPERVISOR, Role.MONITOR),
}
"""What people do at a desk, in the order in which it is offered."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with a way in. `cleared` are the sealed classes they may read, `waiting` those of them whose key
    they were not given yet."""

    id: str
    label: str
    roles: frozenset[Role]
    phrase_due: bool
    is_me: bool
    cleared: frozenset[SealedClass]
    waiting: frozenset[SealedClass]


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Somebody who starts here. `own_phrase`: they typed it themselves, and nobody looked."""

    label: str
    roles: frozenset[Role]
    phrase: str = field(repr=False)
    own_phrase: bool = False


def accounts(vault: OpenVault) -> tuple[Account, ...]:
    """Everybody with a way in, as at sign-in. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.MANAGE_PEOPLE)
    return _accounts(vault)


def left(vault: OpenVault) -> tuple[str, ...]:
    """The labels of those who have no way in any more, the first one first."""
    vault.demand(Action.MANAGE_PEOPLE)
    here = {slot.person for slot in vault.header.slots}
    return tuple(_label(vault, person) for person in _ours(vault) if person not in here)


def add(vault: OpenVault, new: NewAccount) -> str:
    """Give somebody an account; their id.

    Raises PersonFault `access.not_allowed`; DeskFault `people.label_missing`, `people.label_taken`,
    `people.no_role`, `people.too_many`, `vault.weak_phrase`; DatabaseFault.
    """
    vault.demand(Action.MANAGE_PEOPLE)
    label = _checked_label(vault, new.label)
    _check_roles(vault, new.roles)
    if len(vault.header.slots) >= MAX_PEOPLE:
        raise DeskFault("people.too_many", most=MAX_PEOPLE)
    demand_strong(vault, new.phrase, label)
    person = new_id(vault.world.randomness)
    ring = vault.ring.for_classes(cleared_for(new.roles))
    header = slots.with_slot(
        vault.header,
        ring,
        person=person,
        label=label,
        phrase=new.phrase,
        randomness=vault.world.randomness,
        policy=vault.policy,
        due=not new.own_phrase,
    )
    with vault.database.transaction():
        _write(vault, person, ADDED, {"label": label, "roles": _spelled(new.roles)})
        sealed.enter(vault.database, person, ring)
    vault.write_header(header)
    return person


def change(vault: OpenVault, person: str, label: str, roles: frozenset[Role]) -> frozenset[SealedClass]:
    """Call somebody otherwise, or let them do other work. The classes whose key somebody else has to give them.

    Raises as `add`, and DeskFault `people.last_administrator`, `people.unknown`.
    """
    vault.demand(Action.MANAGE_PEOPLE)
    before = _account(vault, person)
    label = before.label if label.strip() == before.label else _checked_label(vault, label)
    _check_roles(vault, roles)
    _demand_somebody_left(vault, person, roles)
    cleared = _cleared(vault, person, roles)
    lost, gained = before.cleared - cleared, cleared - _held(vault, person)
    at_hand = (
        gained & vault.ring.classes.keys() if person in sealed.own_recipients(vault.database) else frozenset()
    )
    with vault.database.transaction():
        _write(vault, person, CHANGED, {"label": label, "roles": _spelled(roles)}, replacing=True)
        if vault.desk is Desk.HEADQUARTERS:
            office_clearance.end_all(vault, person, lost, NO_COORDINATOR)
        for name in lost:  # one by one: taking all at once would take the person's own key too
            sealed.withdraw(vault.database, person, {name})
        if at_hand:
            sealed.grant(vault.database, vault.ring, person, at_hand)
    if label != before.label:
        vault.write_header(slots.with_label(vault.header, person, label))
    if person == vault.person.id:
        vault.read_person()
    return gained - at_hand


def end(vault: OpenVault, person: str, progress: Progress = unwatched) -> Rekeyed:
    """Somebody leaves: their way in goes, and the vault gets a new key (rule 3). It is closed afterwards.

    Raises PersonFault `access.not_allowed`; DeskFault `people.not_yourself`, `people.unknown`,
    `people.last_administrator`; DatabaseFault as `rekey.rekey`.
    """
    vault.demand(Action.MANAGE_PEOPLE)
    account = _account(vault, person)
    if account.is_me:
        raise DeskFault("people.not_yourself")
    _demand_somebody_left(vault, person, frozenset())
    ended = Change(
        subject(PERSON, person), ENDED, {"label": account.label}, vault.queries.person_entries(person)
    )
    return rekey.rekey(vault, rekey.LEFT, leaver=person, entries=(ended,), progress=progress)


def demand_new_phrase(vault: OpenVault, person: str) -> None:
    """Somebody must choose a new phrase at the next sign-in, before anything else. Raises as `end`."""
    vault.demand(Action.MANAGE_PEOPLE)
    _account(vault, person)
    vault.write_header(slots.with_due(vault.header, person))
    _write(vault, person, PHRASE_DUE, {})


def give_phrase(
    vault: OpenVault,
    person: str,
    phrase: str,
    *,
    own_phrase: bool = False,
    suspected: bool = False,
    progress: Progress = unwatched,
) -> Rekeyed | None:
    """A first phrase again for somebody who forgot theirs, or whose phrase somebody else may know.

    What only their own key opens (their unfinished interviews, class keys that are not at hand here) does not come
    back by this; headquarters' recovery brings it. `suspected`: the vault gets a new key and is closed. Raises as
    `end`, and DeskFault `vault.weak_phrase`.
    """
    vault.demand(Action.MANAGE_PEOPLE)
    account = _account(vault, person)
    demand_strong(vault, phrase, account.label)
    told: JsonObject = {"suspected": suspected}
    if suspected:
        entry = Change(subject(PERSON, person), PHRASE_GIVEN, told)
        way = NewWay(person, account.label, phrase, due=not own_phrase)
        return rekey.rekey(vault, rekey.SUSPECTED, new_way=way, entries=(entry,), progress=progress)
    ring = vault.ring.for_classes(_held(vault, person))
    header = slots.with_slot(
        vault.header,
        ring,
        person=person,
        label=account.label,
        phrase=phrase,
        randomness=vault.world.randomness,
        policy=vault.policy,
        due=not own_phrase,
    )
    vault.write_header(header)
    with vault.database.transaction():
        sealed.enter_anew(vault.database, person, ring)
        _write(vault, person, PHRASE_GIVEN, told)
    return None


def change_own_phrase(
    vault: OpenVault,
    present: str,
    phrase: str,
    *,
    suspected: bool = False,
    progress: Progress = unwatched,
) -> Rekeyed | None:
    """Choose a new phrase. Who must choose one has just proved the present one, and leaves it empty.

    `suspected`: somebody may know the present one, so the vault gets a new key and is closed. Raises DoorFault
    `vault.wrong_phrase`, `vault.wait`; DeskFault `vault.weak_phrase`, `people.same_phrase`; DatabaseFault.
    """
    me = vault.person
    if not vault.phrase_due:
        Door(vault.folder, vault.world.ticks).unlock(me.id, present, vault.policy)
    demand_strong(vault, phrase, me.label)
    _demand_other(vault, phrase)
    if suspected:
        entry = Change(subject(PERSON, me.id), PHRASE_CHANGED, {"suspected": True})
        way = NewWay(me.id, me.label, phrase)
        return rekey.rekey(vault, rekey.SUSPECTED, new_way=way, entries=(entry,), progress=progress)
    header = slots.with_slot(
        vault.header,
        vault.ring,
        person=me.id,
        label=me.label,
        phrase=phrase,
        randomness=vault.world.randomness,
        policy=vault.policy,
    )
    vault.write_header(header)
    _write(vault, me.id, PHRASE_CHANGED, {"suspected": False})
    return None


def unfinished(vault: OpenVault, person: str) -> int:
    """How many interviews somebody has begun and not finished: what a first phrase again would not open."""
    vault.demand(Action.MANAGE_PEOPLE)
    return len(vault.drafts.list(person))


def demand_strong(vault: OpenVault, phrase: str, label: str) -> None:
    """Raise DeskFault `vault.weak_phrase` unless a phrase is good enough."""
    reason = check_phrase(phrase, (vault.name, label))
    if reason is not None:
        raise DeskFault("vault.weak_phrase", reason=reason)


# --- rules --------------------------------------------------------------------------------------------


def _accounts(vault: OpenVault) -> tuple[Account, ...]:
    found = []
    for slot in vault.header.slots:
        _, roles = vault.queries.person(slot.person)
        known = frozenset(Role(role) for role in roles)
        cleared = vault.clearance_of(slot.person)
        waiting = cleared - _held(vault, slot.person)
        is_me = slot.person == vault.person.id
        found.append(Account(slot.person, slot.label, known, slot.due, is_me, cleared, waiting))
    return tuple(found)


def _account(vault: OpenVault, person: str) -> Account:
    found = next((account for account in _accounts(vault) if account.id == person), None)
    if found is None:
        raise DeskFault("people.unknown")
    return found


def _held(vault: OpenVault, person: str) -> frozenset[SealedClass]:
    return frozenset(name for name in SealedClass if person in sealed.holders(vault.database, name))


def _cleared(vault: OpenVault, person: str, roles: frozenset[Role]) -> frozenset[SealedClass]:
    """What somebody may read when they do this work: at headquarters what they are cleared for as coordinators."""
    if vault.desk is Desk.POST:
        return cleared_for(roles)
    return vault.clearance_of(person) if Role.COORDINATOR in roles else frozenset()


def _ours(vault: OpenVault) -> tuple[str, ...]:
    """People whose accounts were made in this vault: headquarters also holds what posts wrote about theirs."""
    own = {entry.subject_id for entry, _ in vault.journal.entries(vault.stream) if entry.kind == ADDED}
    return tuple(person for person in vault.queries.people() if person in own)


def _label(vault: OpenVault, person: str) -> str:
    return vault.queries.person(person)[0]


def _checked_label(vault: OpenVault, label: str) -> str:
    named = " ".join(label.split())
    if not named:
        raise DeskFault("people.label_missing")
    if len(named) > LONGEST_LABEL:
        raise DeskFault("people.label_long", most=LONGEST_LABEL)
    if not is_label(named):
        raise DeskFault("people.label_unshown")
    if any(slot.label.casefold() == named.casefold() for slot in vault.header.slots):
        raise DeskFault("people.label_taken")
    return named


def _check_roles(vault: OpenVault, roles: frozenset[Role]) -> None:
    if not roles or not roles <= frozenset(ROLES[vault.desk]):
        raise DeskFault("people.no_role")


def _demand_somebody_left(vault: OpenVault, person: str, roles: frozenset[Role]) -> None:
    """Rule 2."""
    others = [account.roles for account in _accounts(vault) if account.id != person]
    if not any(may_do(held, Action.MANAGE_PEOPLE) for held in (roles, *others)):
        raise DeskFault("people.last_administrator")


def _demand_other(vault: OpenVault, phrase: str) -> None:
    try:
        slots.unlock(vault.folder, vault.person.id, phrase, vault.policy)
    except (DoorFault, CryptoFault):
        return
    raise DeskFault("people.same_phrase")


def _spelled(roles: Iterable[Role]) -> list[str]:
    return sorted(role.value for role in roles)


def _write(vault: OpenVault, person: str, kind: str, payload: JsonObject, *, replacing: bool = False) -> None:
    replaces = vault.queries.person_entries(person) if replacing else ()
    vault.journal.append(
        actor=vault.person.id, subject=subject(PERSON, person), kind=kind, payload=payload, replaces=replaces
    )
