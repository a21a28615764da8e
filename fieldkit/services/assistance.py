"""The ledger of help: what was offered to a person, and what the person received (R-007).

1. Help is written down whatever the case's state, and whatever the person's papers or status (R-003).
2. Not wanting it is kept without any consequence.
3. Of health care only that it was offered and taken stands here, never a result (R-015, K-30).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.languages.marking import mark
from fieldkit.services.case_file import CASE, read_case
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage import queries_papers
from fieldkit.storage.kinds_papers import ASSISTANCE, GIVEN

KINDS: Mapping[str, str] = {
    "shelter": mark("A place to sleep"),
    "food": mark("Food and water"),
    "clothing": mark("Clothes or a blanket"),
    "counselling": mark("Listening and advice"),
    "medical": mark("A doctor or a nurse"),
    "asylum_procedure": mark("The way to the asylum procedure"),
    "other": mark("Other help"),
}
"""The kinds of help of R-007, as they are shown."""

STATES: Mapping[str, str] = {
    "offered": mark("Offered"),
    "received": mark("Received"),
    "declined": mark("Not wanted"),
}


@dataclass(frozen=True, slots=True)
class Help:
    """One line of the ledger. `service` is one of the directory, or empty."""

    kind: str
    state: str
    service: str
    day: str


def record(vault: OpenVault, case: str, kind: str, state: str, service: str = "") -> None:
    """Keep that help was offered, received, or not wanted, today.

    Raises PersonFault `access.not_allowed`, `case.unknown`; DeskFault `help.unknown`.
    """
    vault.demand(Action.FOLLOW_UP)
    read_case(vault.journal, case)
    if kind not in KINDS or state not in GIVEN:
        raise DeskFault("help.unknown")
    day = vault.world.today().isoformat()
    vault.journal.append(
        actor=vault.person.id,
        subject=subject(CASE, case),
        kind=ASSISTANCE,
        payload={"what": kind, "state": state, "service": service, "day": day},
    )


def ledger(vault: OpenVault, case: str) -> tuple[Help, ...]:
    """What stands in the ledger of a person, the oldest first."""
    held = read_case(vault.journal, case).of_kind(ASSISTANCE)
    return tuple(
        Help(said.payload["what"], said.payload["state"], said.payload["service"], said.payload["day"])
        for said in held
    )


def standing(vault: OpenVault, case: str) -> Mapping[str, str]:
    """The newest word on each kind of help; what was received stays received."""
    found: dict[str, str] = {}
    for one in ledger(vault, case):
        if found.get(one.kind) != "received":
            found[one.kind] = one.state
    return found


def counts(vault: OpenVault) -> tuple[tuple[str, str, int], ...]:
    """At headquarters: persons by kind and state, each once; of whom something was received counts as that
    alone."""
    vault.demand(Action.COUNT)
    return queries_papers.helped(vault.database)
