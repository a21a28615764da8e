"""Desks for the protocols: real vaults of invented posts, opened and looked through."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.outcome import Mark
from fieldkit.services.vault import OpenVault, SignIn, at_door
from fieldkit.services.world import World
from fieldkit.storage import projections
from tests.conftest import PHRASE
from tests.storage.desks import projected
from tests.stories.people import AGREED, AN_ADULT, FEAR, IN_PRIVATE, NO_URGENT_NEED, Told
from tests.worlds import world

TELLS: tuple[Told, ...] = (NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)
"""A talk that can be finished, in the order in which it is told."""


def told() -> Iterator[tuple[str, str | Mark]]:
    """Each answer of a talk."""
    for answers in TELLS:
        yield from answers.items()


@contextmanager
def opened(folder: Path, seed: str, *, phrase: str = PHRASE, at: World | None = None) -> Iterator[OpenVault]:
    """The vault in `folder` with its first person signed in; closed at the end."""
    vault = sign_in(folder, seed, phrase=phrase, at=at)
    try:
        yield vault
    finally:
        vault.close()


def sign_in(folder: Path, seed: str, *, phrase: str = PHRASE, at: World | None = None) -> OpenVault:
    """The vault in `folder` with its first person signed in."""
    door = at_door(folder)
    assert door is not None, "there is no vault"
    return SignIn(folder, at or world(seed), FOR_TESTS).open(door.people[0].id, phrase)


def unsound(vault: OpenVault) -> list[str]:
    """What is wrong with a vault as a whole; nothing when it is as it should be."""
    found = [
        f"stream {stream[:8]}: {fault}"
        for stream in vault.journal.heads()
        for fault in vault.journal.verify(stream).faults
    ]
    if vault.database.rows("PRAGMA integrity_check") != [("ok",)]:
        found.append("the database is damaged")
    return found


def not_rebuilt(vault: OpenVault) -> list[str]:
    """The projections that are not what a rebuild makes of the journal (journal rule 4)."""
    before = projected(vault.database)
    projections.rebuild(vault.database)
    after = projected(vault.database)
    return [table for table in before if before[table] != after[table]]
