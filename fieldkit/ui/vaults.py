"""The vault in one folder: looked at, opened, made. `services.vault` is loaded when it is first used."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fieldkit.crypto.primitives import Policy
    from fieldkit.domain.errors import FieldkitError
    from fieldkit.domain.ports import Progress
    from fieldkit.services.door import PersonAtDoor
    from fieldkit.services.new_vault import NewVault
    from fieldkit.services.vault import AtDoor, OpenVault, SignIn
    from fieldkit.services.world import World
    from fieldkit.storage.backup import FoundCopy


def _at_once() -> None:
    """Nobody had the vault before."""


@dataclass(slots=True)
class Vaults:
    """`policy` is what a phrase costs; None for the one that protects people (tests have a cheap one).

    `before_opening` is called, off the window's thread, before a vault is opened.
    """

    folder: Path
    world: World
    policy: Policy | None = None
    before_opening: Callable[[], object] = _at_once

    def at_door(self) -> AtDoor | None:
        """What can be told before anybody is in, or None without a vault. Raises StorageFault."""
        from fieldkit.services.door import at_door  # noqa: PLC0415 (all that the first window needs)

        return at_door(self.folder)

    def sign_in(self) -> SignIn:
        """The door; kept while the sign-in screen is shown."""
        from fieldkit.crypto import primitives  # noqa: PLC0415
        from fieldkit.services import vault  # noqa: PLC0415

        return vault.SignIn(self.folder, self.world, self.policy or primitives.STANDARD)

    def create(self, new: NewVault) -> OpenVault:
        """Make the vault. Raises DeskFault, StorageFault; then there is none."""
        from fieldkit.crypto import primitives  # noqa: PLC0415
        from fieldkit.services import new_vault  # noqa: PLC0415

        return new_vault.create_vault(self.folder, new, self.world, self.policy or primitives.STANDARD)

    def copies_in(self, folder: Path) -> tuple[FoundCopy, ...]:
        """The copies that lie in a folder, or the vault that it is."""
        from fieldkit.services import backup  # noqa: PLC0415

        return backup.found_in(folder)

    def people_of(self, copy: FoundCopy) -> tuple[PersonAtDoor, ...]:
        """Whose phrases open a copy."""
        from fieldkit.services.door import at_door  # noqa: PLC0415

        door = at_door(copy.path)
        return door.people if door is not None else ()

    def bring_back(self, copy: FoundCopy, person: str, phrase: str, progress: Progress) -> None:
        """Put a copy back here; a vault that lies here steps aside. Raises as `services.backup.restore`; then
        nothing has changed."""
        from fieldkit.crypto import primitives  # noqa: PLC0415
        from fieldkit.services import backup  # noqa: PLC0415

        policy = self.policy or primitives.STANDARD
        backup.restore_in_place(copy, self.folder, person, phrase, self.world, progress, policy)

    def rescue(
        self, damaged: Path, header: FoundCopy, person: str, phrase: str, progress: Progress
    ) -> tuple[FieldkitError, ...]:
        """Write what can be read of a damaged vault as the vault here; what is lost.

        `header` is the damaged vault itself, or an earlier copy whose header opens it; the damaged one may lie
        here, and steps aside then. Raises as `services.rescue.rescue`; then nothing has changed.
        """
        from fieldkit.crypto import primitives  # noqa: PLC0415
        from fieldkit.services import rescue  # noqa: PLC0415

        policy = self.policy or primitives.STANDARD
        return rescue.rescue_in_place(
            damaged, self.folder, person, phrase, self.world, progress, policy, header_from=header.path
        ).losses

    def offer_phrase(self, language: str) -> str:
        """Six words."""
        from fieldkit.services import vault  # noqa: PLC0415

        return vault.offer_phrase(self.world, language)

    def check_phrase(self, phrase: str, about: Iterable[str] = ()) -> str:
        """The code of why a phrase is not good enough; empty when it is."""
        from fieldkit.services import vault  # noqa: PLC0415

        return vault.check_phrase(phrase, about) or ""
