"""What the pages of a lost phrase decide, at the post (nobody is in) and at headquarters.

1. Nothing is used before its words were compared over a known phone, in both directions.
2. The six words that wait for the answer are chosen like any phrase; after it a new phrase must be chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.ui.presenters.files import read_file, write_file

if TYPE_CHECKING:
    from fieldkit.crypto.primitives import Policy
    from fieldkit.services.recovery import Asked, Made, Waiting
    from fieldkit.services.vault import AtDoor, OpenVault
    from fieldkit.ui.vaults import Vaults

MAX_BYTES = 512 * 1024
NEW = "new"
"""Chosen instead of somebody at the door."""


class Lost:
    """At the post. `made` is the request once there is one, `content` the answer once it was chosen."""

    def __init__(self, vaults: Vaults) -> None:
        from fieldkit.services import recovery  # noqa: PLC0415 (loads when somebody lost a phrase)

        self._vaults = vaults
        self._services = recovery
        self.door: AtDoor | None = vaults.at_door()
        self.can_ask = recovery.can_ask(vaults.folder)
        self.waiting: Waiting | None = recovery.waiting(vaults.folder)
        self.who, self.label = "", ""
        self.made: Made | None = None
        self.content = b""
        self.agreed = False

    @property
    def about(self) -> tuple[str, ...]:
        """Words that others know."""
        return (self.door.name if self.door else "", self.label)

    def ask(self, phrase: str) -> None:
        """Make the request. Raises as `services.recovery.ask`."""
        who = "" if self.who == NEW else self.who
        self.made = self._services.ask(
            self._vaults.folder, who, phrase, self._vaults.world, self._policy, label=self.label
        )
        self.waiting = self._services.waiting(self._vaults.folder)

    def write(self, folder: Path) -> Path:
        """Write the request into `folder`. Raises DeviceFault."""
        assert self.made is not None, "offered only when it was made"
        return write_file(folder, self.made.file.name, self.made.file.content)

    def read_answer(self, path: Path) -> None:
        """Look at an answer; nothing is used. Raises DeviceFault, ForeignFault."""
        self.content, self.agreed = read_file(path, MAX_BYTES), False

    @property
    def answer_words(self) -> tuple[str, ...]:
        """The words of the answer."""
        return self._services.answer_words(self.content)

    def come_in(self, phrase: str) -> OpenVault:
        """Use the answer. Raises as `services.recovery.accept`."""
        return self._services.accept(
            self._vaults.folder, self.content, phrase, self._vaults.world, self._policy
        )

    @property
    def _policy(self) -> Policy:
        from fieldkit.crypto.primitives import STANDARD  # noqa: PLC0415

        return self._vaults.policy or STANDARD


@dataclass
class OpenLaptop:
    """At headquarters: one laptop whose phrases are lost."""

    vault: OpenVault
    asked: Asked | None = None
    agreed: bool = False
    stick: Path | None = None
    made: Made | None = None
    _request: bytes = b""

    def read_request(self, path: Path) -> None:
        """Look at a request; nothing is opened. Raises RecoveryRefused, DeviceFault, ForeignFault."""
        from fieldkit.services import recovery  # noqa: PLC0415

        self._request = read_file(path, MAX_BYTES)
        self.asked = recovery.read_request(self._request)
        self.agreed, self.made = False, None

    def forget_request(self) -> None:
        """The words do not agree: as if the file had never come."""
        self.asked = None

    def answer(self, phrase: str) -> None:
        """Make the answer with the stick in. Raises as `services.recovery.answer`."""
        from fieldkit.services import recovery  # noqa: PLC0415

        assert self.stick is not None and self.agreed, "asked only after both"
        self.made = recovery.answer(self.vault, self._request, read_file(self.stick, MAX_BYTES), phrase)

    def write(self, folder: Path) -> Path:
        """Write the answer into `folder`. Raises DeviceFault."""
        assert self.made is not None, "asked only when it was made"
        return write_file(folder, self.made.file.name, self.made.file.content)
