"""Fear of going back as it was mentioned in a talk that is led (R-022).

1. A mention stays noted from the moment it was made, whatever is ticked over it (`domain.locks.FEAR_SAID`).
2. Nobody takes it back alone: one person asks with a reason, in the case, and a second one agrees (`closing`).
"""

from dataclasses import dataclass

from fieldkit.domain.access import Action, Role, may
from fieldkit.domain.locks import FEAR_SAID
from fieldkit.services.interview import Interview
from fieldkit.services.vault import OpenVault


@dataclass(frozen=True, slots=True)
class Mention:
    """That it was mentioned; `taken_back` while no answer says so any more."""

    taken_back: bool


def mention(interview: Interview) -> Mention | None:
    """What stands noted; None while nobody mentioned it."""
    if not interview.fear_said:
        return None
    return Mention(not any(interview.fact(name) in values for name, values in FEAR_SAID.items()))


def who_may_settle(vault: OpenVault) -> tuple[str, ...]:
    """The labels of the others here who may be the second person (rule 2)."""
    found = []
    for person in vault.queries.people():
        label, spelled = vault.queries.person(person)
        roles = frozenset(Role(role) for role in spelled if role in set(Role))
        if person != vault.person.id and may(roles, Action.SECOND_PERSON):
            found.append(label)
    return tuple(found)
