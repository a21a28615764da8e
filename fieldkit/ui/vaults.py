"""The vault in one folder: looked at, opened, made. `services.vault` is loaded when it is first used."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fieldkit.crypto.primitives import Policy
    from fieldkit.services.vault import AtDoor, NewVault, OpenVault, SignIn
    from fieldkit.services.world import World


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
        from fieldkit.services import vault  # noqa: PLC0415

        return vault.create_vault(self.folder, new, self.world, self.policy or primitives.STANDARD)

    def offer_phrase(self, language: str) -> str:
        """Six words."""
        from fieldkit.services import vault  # noqa: PLC0415

        return vault.offer_phrase(self.world, language)

    def check_phrase(self, phrase: str, about: Iterable[str] = ()) -> str:
        """The code of why a phrase is not good enough; empty when it is."""
        from fieldkit.services import vault  # noqa: PLC0415

        return vault.check_phrase(phrase, about) or ""
