"""Erasing for ever, at headquarters: what posts ask, who is there, what is signed. Phrases are handed through."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.crypto.offline import MAX_FILE_BYTES
from fieldkit.crypto.primitives import STANDARD, Policy
from fieldkit.services import erasure
from fieldkit.services.erasure import AskedErasure, Erasure, Second, Where
from fieldkit.ui.presenters.files import read_file

if TYPE_CHECKING:
    from fieldkit.services.vault import OpenVault


@dataclass
class Erasing:
    """Raises PersonFault `access.not_allowed`."""

    vault: OpenVault
    policy: Policy | None = None
    chosen: AskedErasure | None = None
    where: Where | None = None
    second: str = ""
    stick: Path | None = None
    done: tuple[Erasure, ...] = ()

    def __post_init__(self) -> None:
        self.read()

    def read(self) -> None:
        """Read what waits now."""
        self.waiting = erasure.waiting(self.vault)
        self.seconds = erasure.seconds(self.vault)

    def choose(self, one: AskedErasure) -> None:
        """Look at one request; where it is erased is what the post asked for, until somebody says otherwise."""
        self.chosen, self.where, self.done = one, one.where, ()

    @property
    def ready(self) -> bool:
        """Whether everything but the words and phrases is there."""
        return self.chosen is not None and bool(self.second) and self.stick is not None

    def sign(self, reason: str, phrase: str, offline_phrase: str) -> int:
        """Sign and carry out; how many records. Raises as `services.erasure.sign`; DeviceFault."""
        assert self.chosen is not None and self.where is not None and self.stick is not None
        self.done = erasure.sign(
            self.vault,
            self.chosen.about,
            because=self.chosen.because,
            where=self.where,
            reason=reason,
            second=Second(self.second, phrase),
            offline_file=read_file(self.stick, MAX_FILE_BYTES),
            offline_phrase=offline_phrase,
            policy=self.policy or STANDARD,
        )
        self.chosen = None
        self.read()
        return sum(len(one.digests) for one in self.done)
