"""Giving somebody the key of a sealed class: by whoever holds it, to whom the role is cleared for it (R-163).

1. Nobody gives what they do not hold, and nobody gets what they are not cleared for: at a post by their role
   (`domain.access`), at headquarters person by person (`office_clearance`).
2. It lies ready under the other person's own key and is in their ring from their next sign-in on.
3. That it was given is an entry: who, to whom, which class.
"""

from dataclasses import dataclass

from fieldkit.domain.access import Action
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import subject
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import PERSON, OpenVault
from fieldkit.storage import sealed
from fieldkit.storage.kinds_sealed import GIVEN


@dataclass(frozen=True, slots=True)
class Clearance:
    """One person and one class: whether they hold its key, and whether they are cleared for it.

    `can_be_given`: they are cleared, the key is missing, and whoever looks holds it.
    """

    person: str
    label: str
    name: SealedClass
    holds: bool
    cleared: bool
    can_be_given: bool

    @property
    def reads(self) -> bool:
        """Whether this person can read what is sealed."""
        return self.holds and self.cleared


def clearances(vault: OpenVault) -> tuple[Clearance, ...]:
    """Everybody who has signed in since there are class keys, class by class. Everybody may see whom to ask."""
    people = [(person, vault.queries.person(person)[0]) for person in sealed.own_recipients(vault.database)]
    return tuple(_clearance(vault, person, label, name) for name in SealedClass for person, label in people)


def give(vault: OpenVault, person: str, name: SealedClass) -> None:
    """Give the key of a class to somebody (rule 2).

    Raises PersonFault `access.not_allowed`; DeskFault `keys.not_held`, `keys.not_cleared`, `keys.not_yet`.
    """
    vault.demand(Action.GIVE_CLASS_KEY)
    if name not in vault.sealed.readable:
        raise DeskFault("keys.not_held")
    if name not in vault.clearance_of(person):
        raise DeskFault("keys.not_cleared")
    if person not in sealed.own_recipients(vault.database):
        raise DeskFault("keys.not_yet")
    with vault.database.transaction():
        sealed.grant(vault.database, vault.ring, person, [name])
        vault.journal.append(
            actor=vault.person.id, subject=subject(PERSON, person), kind=GIVEN, payload={"class": name.value}
        )


def _clearance(vault: OpenVault, person: str, label: str, name: SealedClass) -> Clearance:
    holds, cleared = person in sealed.holders(vault.database, name), name in vault.clearance_of(person)
    may_give = vault.may(Action.GIVE_CLASS_KEY) and name in vault.sealed.readable
    return Clearance(person, label, name, holds, cleared, cleared and not holds and may_give)
