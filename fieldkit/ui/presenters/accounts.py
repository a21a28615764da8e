"""What the pages of accounts decide: who is listed, what may be done with an account, what comes of it.

1. What changes the key of the vault closes it: afterwards everybody signs in anew, and the copies that still open
   with a phrase that is no good any more are named.
2. A phrase that the administrator sees lets in once; one that the new person types is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action, Role
from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_date
from fieldkit.services import people, search
from fieldkit.services.people import Account, NewAccount

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldkit.domain.classes import SealedClass
    from fieldkit.domain.ports import Progress
    from fieldkit.services.rekey import Rekeyed
    from fieldkit.services.vault import OpenVault

    Say = Callable[..., str]

ROLE_HINTS: dict[Role, str] = {
    Role.OFFICER: mark("First screening, referrals, leaflets"),
    Role.COUNSELLOR: mark("Screening, counselling, what was said about asylum and violence"),
    Role.CHILD_PROTECTION: mark("Children: interviews, what was said about them"),
    Role.HEALTH_WORKER: mark("Health: interviews, what was said about it"),
    Role.SUPERVISOR: mark("Second person for corrections and closing"),
    Role.ADMINISTRATOR: mark("Accounts, copies, exchange; reads nothing that is sealed"),
    Role.MONITOR: mark("Who is held for long, over all posts, and nothing else"),
    Role.COORDINATOR: mark("Bundles, figures, certificates, forms"),
}
"""What a kind of work is, in a line."""


class Accounts:
    """At either desk, for whoever looks after the accounts."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.may = vault.may(Action.MANAGE_PEOPLE)

    @property
    def listed(self) -> tuple[Account, ...]:
        """Everybody with a way in."""
        return people.accounts(self.vault) if self.may else ()

    @property
    def left(self) -> tuple[str, ...]:
        """The labels of those who had one."""
        return people.left(self.vault) if self.may else ()

    @property
    def roles(self) -> tuple[Role, ...]:
        """The kinds of work at this desk."""
        return people.ROLES[self.vault.desk]


class OneAccount:
    """Somebody's account. `done` is what a new key came to, once there is one: then the vault is closed."""

    def __init__(self, vault: OpenVault, person: str) -> None:
        self.vault = vault
        self.account = next(one for one in people.accounts(vault) if one.id == person)
        self.label, self.roles = self.account.label, set(self.account.roles)
        self.unfinished = people.unfinished(vault, person)
        self.looks = search.looks(vault, person)
        """How often they looked a name up lately (K-15)."""
        self.done: Rekeyed | None = None

    def keep(self) -> frozenset[SealedClass]:
        """Keep the name and the roles as they are chosen now; the classes whose key somebody else has to give."""
        return people.change(self.vault, self.account.id, self.label, frozenset(self.roles))

    def ask_new_phrase(self) -> None:
        """Let them choose a new phrase at the next sign-in."""
        people.demand_new_phrase(self.vault, self.account.id)

    def give_phrase(self, phrase: str, suspected: bool, progress: Progress) -> Rekeyed | None:
        """A first phrase again. Raises as `services.people.give_phrase`."""
        return people.give_phrase(self.vault, self.account.id, phrase, suspected=suspected, progress=progress)

    def end(self, progress: Progress) -> Rekeyed:
        """End the account. Raises as `services.people.end`."""
        return people.end(self.vault, self.account.id, progress)


@dataclass
class Adding:
    """Somebody who starts here. `own` is None until it was said who writes the phrase."""

    vault: OpenVault
    label: str = ""
    roles: set[Role] = field(default_factory=set)
    own: bool | None = None

    def add(self, phrase: str) -> str:
        """Give them an account; their id. Raises as `services.people.add`."""
        new = NewAccount(self.label, frozenset(self.roles), phrase, own_phrase=bool(self.own))
        return people.add(self.vault, new)


def copy_lines(done: Rekeyed, say: Say, tag: str) -> tuple[str, ...]:
    """The copies that should be destroyed, a line each."""
    return tuple(
        say("{name}, made on {day}", name=made.name, day=format_date(made.at[:10], tag))
        for made in done.copies
    )
