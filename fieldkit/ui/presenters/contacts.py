"""Other posts and offices: whom this post exchanges letters with, kept only after their words were compared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.services import contacts
from fieldkit.ui.presenters.files import read_file, write_file

if TYPE_CHECKING:
    from fieldkit.services.contacts import Contact, Offered
    from fieldkit.services.enrolment import Summary
    from fieldkit.services.vault import OpenVault

MAX_BYTES = 16 * 1024
COMPLAINTS = ""
"""In the place of a protocol: the independent body."""


class ContactsPage:
    """`offered` was looked at and waits for its words to be compared; `agreed` that they were."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.may_keep = vault.may(Action.KEEP_CONTACTS)
        self.offered: Offered | None = None
        self.agreed = False
        self.read()

    def read(self) -> None:
        """Read who is known."""
        self.contacts: tuple[Contact, ...] = contacts.all_contacts(self.vault)
        self.protocols = contacts.all_protocols(self.vault)

    @property
    def own(self) -> Summary:
        """This post's own words."""
        return contacts.own_summary(self.vault)

    def protocol_name(self, protocol: str) -> str:
        """What a protocol calls its recipient; empty when it is not in force any more."""
        return next((one.name for one in self.protocols if one.id == protocol), "")

    def write_own(self, folder: Path) -> Path:
        """Write this post's contact file. Raises PersonFault, LetterFault, DeviceFault."""
        file = contacts.own_file(self.vault)
        return write_file(folder, file.name, file.content)

    def look(self, path: Path) -> None:
        """Look at somebody's contact file. Raises LetterFault, DeskFault, DeviceFault."""
        self._offer(contacts.read_file(self.vault, read_file(path, MAX_BYTES)))

    def look_at_key(self, name: str, recipient: str) -> None:
        """Look at a key that was typed. Raises LetterFault."""
        self._offer(contacts.typed(name, recipient))

    def forget(self) -> None:
        """The words did not agree."""
        self.offered, self.agreed = None, False

    def keep(self, protocol: str) -> None:
        """Keep the one whose words agreed, under a protocol. Raises PersonFault, DeskFault, DatabaseFault."""
        assert self.offered is not None and self.agreed, "asked only after both"
        contacts.keep(self.vault, self.offered, protocol)
        self.forget()
        self.read()

    def stop(self, contact: str) -> None:
        """Take somebody off the list. Raises PersonFault, DeskFault."""
        contacts.stop(self.vault, contact)
        self.read()

    def _offer(self, offered: Offered) -> None:
        self.offered, self.agreed = offered, False
