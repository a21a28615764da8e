"""How a post and headquarters come to know each other, step by step (`vault-and-bundles.md`).

1. Nothing is trusted before two people compared ten words, and "no" changes nothing.
2. The recovery slot is told as what it is: headquarters can open this laptop.
3. Headquarters certifies with the stick in; the phrase of the stick is kept no longer than it takes to use it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.services import devices, enrolment, importing, rotation, stacks
from fieldkit.sync.trust_list import MAX_LIST_BYTES
from fieldkit.ui.presenters.files import read_file, write_file

if TYPE_CHECKING:
    from fieldkit.domain.ports import Progress
    from fieldkit.services.enrolment import Asking, Enrolment, SealedFile, Summary
    from fieldkit.services.importing import Sticks
    from fieldkit.services.vault import OpenVault

MAX_BYTES = 64 * 1024
"""Office files, requests, certificates and the stick's file have two to four KB."""


class Step(StrEnum):
    """The steps of a post."""

    OFFICE = "office"
    REQUEST = "request"
    CERTIFICATE = "certificate"
    DONE = "done"


class Enrol:
    """At a post."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.may_enrol = vault.may(Action.ENROL)
        self.offered: Summary | None = None
        self._content = b""
        self.read()

    def read(self) -> None:
        """Read how far the post has come."""
        self.state: Enrolment = enrolment.enrolment(self.vault)

    @property
    def step(self) -> Step:
        """What is to be done next."""
        if self.state.office is None:
            return Step.OFFICE
        if self.state.certified:
            return Step.CERTIFICATE if self.state.changing_key else Step.DONE
        return Step.CERTIFICATE if self.state.request_made else Step.REQUEST

    def read_office(self, path: Path) -> None:
        """Look at an office file; nothing is kept. Raises TrustFault, DeviceFault."""
        self._content = read_file(path, MAX_BYTES)
        self.offered = enrolment.read_office_file(self._content)

    def forget_office(self) -> None:
        """The words did not agree: what was looked at is let go."""
        self.offered, self._content = None, b""

    def trust(self) -> None:
        """The words agreed. Raises TrustFault, ExchangeFault, DatabaseFault; then nothing is trusted."""
        enrolment.trust_office(self.vault, self._content)
        self.forget_office()
        self.read()

    @property
    def own_words(self) -> Asking:
        """The words of this laptop's request."""
        return enrolment.own_words(self.vault)

    def write_request(self, folder: Path) -> Path:
        """Write the device request into `folder`. Raises ExchangeFault, TrustFault, DeviceFault."""
        request = enrolment.device_request(self.vault)
        written = write_file(folder, request.name, request.content)
        self.read()
        return written

    def ask_new_key(self, folder: Path) -> Path:
        """Write a request for a new signing key into `folder`. Raises as `services.rotation.new_signing_key`."""
        request = rotation.new_signing_key(self.vault)
        written = write_file(folder, request.name, request.content)
        self.read()
        return written

    def keep_key(self) -> None:
        """Ask no more for a new signing key."""
        rotation.keep_present_key(self.vault)
        self.read()

    def take_in(self, path: Path) -> bool:
        """Take in what headquarters says about trust; whether that was news. Raises TrustFault, ExchangeFault."""
        return devices.accept(self.vault, read_file(path, MAX_LIST_BYTES))

    def accept(self, path: Path) -> None:
        """Keep the certificate that came back. Raises TrustFault, DeviceFault."""
        enrolment.accept_certificate(self.vault, read_file(path, MAX_BYTES))
        self.read()


@dataclass
class Certify:
    """At headquarters: one laptop that asks."""

    vault: OpenVault
    asked: Asking | None = None
    agreed: bool = False
    stick: Path | None = None
    made: SealedFile | None = None
    _request: bytes = b""

    @property
    def office(self) -> Summary:
        """This office, as posts compare it."""
        return enrolment.office_summary(self.vault)

    def import_stick(self, folder: Path, progress: Progress) -> Sticks:
        """Take in every bundle in a folder, in whatever order. Raises as `services.importing.import_sticks`."""
        return importing.import_sticks(self.vault, importing.bundles_on(folder), progress)

    def take_stacks(self, folder: Path) -> int:
        """Keep the stacks of complaints in a folder, unopened; how many are new."""
        return stacks.take_in(self.vault, folder)

    @property
    def stacks_waiting(self) -> int:
        """How many stacks of complaints wait to be handed on."""
        return stacks.waiting(self.vault)

    def hand_on_stacks(self, folder: Path) -> int:
        """Hand them on to the independent body. Raises as `stacks.hand_on`."""
        return stacks.hand_on(self.vault, folder)

    def write_office(self, folder: Path) -> Path:
        """Write the office file into `folder`. Raises DeviceFault."""
        file = enrolment.office_file(self.vault)
        return write_file(folder, file.name, file.content)

    def read_request(self, path: Path) -> None:
        """Look at a device request; nothing is kept. Raises TrustFault, DeviceFault."""
        self._request = read_file(path, MAX_BYTES)
        self.asked = enrolment.read_request(self._request)
        self.agreed, self.made = False, None

    def forget_request(self) -> None:
        """The words do not agree: as if the file had never come."""
        self.asked = None

    def certify(self, phrase: str) -> None:
        """Make the certificate. Raises OfflineFault `offline.wrong_phrase`, HeadquartersFault, TrustFault,
        DeviceFault."""
        assert self.stick is not None and self.agreed, "asked only after both"
        self.made = enrolment.certify(self.vault, self._request, read_file(self.stick, MAX_BYTES), phrase)

    def write_certificate(self, folder: Path) -> Path:
        """Write the certificate into `folder`. Raises DeviceFault."""
        assert self.made is not None, "asked only when it was made"
        return write_file(folder, self.made.name, self.made.content)
