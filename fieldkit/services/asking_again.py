"""Asking somebody again who may be told (`protection.md` 3): a yes after a no, for one office.

1. Only where the person was asked before, in an interview that explained it: that answer is replaced, by name.
2. From then on what was withheld travels with the next export; what went before cannot be called back.
3. Saying no after a yes is withdrawing, and has its own way (`requests_of_people`).
"""

from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.services import requests_of_people
from fieldkit.services.case_file import CASE
from fieldkit.services.errors import DeskFault
from fieldkit.services.requests_of_people import AGREEMENT
from fieldkit.services.vault import OpenVault
from fieldkit.storage import projections


def refused(vault: OpenVault, case: str) -> tuple[str, ...]:
    """The offices to which the standing answer is no."""
    return tuple(one.recipient for one in requests_of_people.agreements(vault, case) if not one.yes)


def agrees_now(vault: OpenVault, case: str, recipient: str) -> None:
    """Keep that the person was asked again and says yes to this office.

    Raises PersonFault `access.not_allowed`; DeskFault `home.not_asked`.
    """
    vault.demand(Action.ASK_AGAIN)
    if recipient not in refused(vault, case):
        raise DeskFault("home.not_asked", recipient=recipient)
    about = subject(CASE, case)
    standing = projections.standing(vault.database, about, f"{AGREEMENT}{recipient}")
    vault.journal.append(
        actor=vault.person.id,
        subject=about,
        kind="agreement.recorded",
        payload={"recipient": recipient, "agreed": True},
        replaces=tuple(value.entry for value in standing),
    )
