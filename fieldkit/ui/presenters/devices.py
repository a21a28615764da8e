"""What headquarters' page of laptops decides: who is trusted, what is due, what was set aside, which keys wait.

1. Taking trust away works at once and needs no stick; telling everybody needs it. While they differ, that is the
   one thing the page asks for.
2. What was set aside is shown as what it is, and merged only with a reason.
3. The phrase of a stick is kept no longer than it takes to use it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.services import devices, enrolment, exchange, rotation
from fieldkit.ui.presenters.files import read_file, write_file

if TYPE_CHECKING:
    from fieldkit.services.devices import Aside, Shown
    from fieldkit.services.enrolment import SealedFile
    from fieldkit.services.vault import OpenVault

MAX_STICK_BYTES = 64 * 1024


class Job(StrEnum):
    """What is done with the stick in."""

    LIST = "list"
    BUNDLE_KEY = "bundle key"
    RECEIPT_KEY = "receipt key"
    NEW_STICK = "new stick"


class Asked(StrEnum):
    """What a reason is being asked for."""

    REVOKE = "revoke"
    ADMIT = "admit"
    LET_GO = "let go"


@dataclass(frozen=True, slots=True)
class Question:
    """A reason that is being asked: for what, and about which laptop or stream (its id)."""

    what: Asked
    about: str = ""


class Laptops:
    """The page. `job` waits for the stick, `question` for a reason; `made` is the list to hand on."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.may = vault.may(Action.CERTIFY)
        self.job: Job | None = None
        self.question: Question | None = None
        self.stick: Path | None = None
        self.new_folder: Path | None = None
        self.made: SealedFile | None = None
        self.read()

    def read(self) -> None:
        """Read everything anew."""
        self.laptops: tuple[Shown, ...] = devices.overview(self.vault) if self.may else ()
        self.aside: tuple[Aside, ...] = devices.set_aside(self.vault) if self.may else ()
        self.due = self.may and devices.is_due(self.vault)
        self.waiting: tuple[str, ...] = rotation.waiting_for(self.vault) if self.may else ()
        self.former_keys = self.may and bool(enrolment.office_keys(self.vault).former_bundles)
        held = enrolment.held_list(self.vault)
        self.number = held.number if held is not None else 0
        self.own = (
            (exchange.rules_mark(self.vault), exchange.forms_mark(self.vault)) if self.may else ("", "")
        )
        self.list_file = devices.list_file(self.vault)

    def answer(self, reason: str) -> None:
        """The reason that was asked for. Raises as `services.devices` and `services.rotation`."""
        assert self.question is not None, "asked only when one is"
        about = self.question.about
        match self.question.what:
            case Asked.REVOKE:
                devices.revoke(self.vault, about, reason)
            case Asked.ADMIT:
                devices.admit(self.vault, about, reason)
            case Asked.LET_GO:
                rotation.let_go(self.vault, reason)
        self.question = None
        self.read()

    def let_go(self) -> None:
        """Let the former bundle key go: nobody waits for it any more."""
        rotation.let_go(self.vault)
        self.read()

    def begin(self, job: Job | None) -> None:
        """Ask for the stick, or ask no more."""
        self.job, self.stick, self.new_folder, self.question = job, None, None, None

    @property
    def ready(self) -> bool:
        """Whether all is chosen that the job needs beside the phrases."""
        return self.stick is not None and (self.job is not Job.NEW_STICK or self.new_folder is not None)

    def do(self, phrase: str, new_phrase: str = "") -> None:
        """Do the job with the stick in. Raises OfflineFault `offline.wrong_phrase`, HeadquartersFault, DeskFault,
        DatabaseFault, DeviceFault."""
        assert self.stick is not None and self.job is not None, "asked only after both"
        stick = read_file(self.stick, MAX_STICK_BYTES)
        match self.job:
            case Job.LIST:
                self.made = devices.publish(self.vault, stick, phrase)
            case Job.BUNDLE_KEY:
                self.made = rotation.new_bundle_key(self.vault, stick, phrase)
            case Job.RECEIPT_KEY:
                self.made = rotation.new_receipt_key(self.vault, stick, phrase)
            case Job.NEW_STICK:
                assert self.new_folder is not None, "asked only after it was chosen"
                self.made = rotation.new_stick(self.vault, stick, phrase, self.new_folder, new_phrase)
        self.begin(None)
        self.read()

    def write_list(self, folder: Path) -> Path:
        """Write the newest list into a folder, with who vouched for each new certificate key beside it; the list's
        path. Raises DeviceFault."""
        assert self.list_file is not None, "asked only when there is one"
        for place, content in enumerate(enrolment.office_keys(self.vault).successions, start=1):
            write_file(folder, f"new-office-{place}.fks", content)
        return write_file(folder, self.list_file.name, self.list_file.content)
