"""The directory of this place: what a contact needs before it can be kept.

1. A contact has two names: its own, and a neutral one that may stand on paper (`protection.md` 8).
2. A secret address is not written down here at all; the phone leads there.
3. A contact is dated the day somebody checked it, so that it can grow old visibly (R-042).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from fieldkit.content.directory import Service
from fieldkit.domain.access import Action
from fieldkit.domain.ids import new_id
from fieldkit.languages import catalogues
from fieldkit.languages.autonyms import LANGUAGES
from fieldkit.languages.marking import mark
from fieldkit.services import directory

if TYPE_CHECKING:
    from fieldkit.services.vault import OpenVault

_NO_NAME = mark("Write the name of the service.")
_NO_PAPER_NAME = mark("Write a name that may stand on paper. It says nothing about why somebody goes there.")
_NO_WAY = mark("Write a phone number, or a place. Without one of them nobody can get there.")
_HIDDEN_NEEDS_PHONE = mark("Write a phone number. The address is secret, so only the phone leads there.")
_NO_NEED = mark("Choose at least one need that this service serves.")


@dataclass
class Entry:
    """A contact being written."""

    id: str = ""
    name: str = ""
    name_on_paper: str = ""
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    hours: str = ""
    place: str = ""
    hidden_address: bool = False
    phone: str = ""
    checked: bool = True
    verified: date | None = None

    def problems(self) -> dict[str, str]:
        """What is missing, by field; sentences in the English source. Empty when it can be kept."""
        no_phone = not self.phone.strip()
        checks = (
            ("name", not self.name.strip(), _NO_NAME),
            ("name_on_paper", not self.name_on_paper.strip(), _NO_PAPER_NAME),
            ("phone", no_phone and self.hidden_address, _HIDDEN_NEEDS_PHONE),
            ("phone", no_phone and not self.hidden_address and not self.place.strip(), _NO_WAY),
            ("categories", not self.categories, _NO_NEED),
        )
        return {name: sentence for name, missing, sentence in checks if missing}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: a kind of help, a need, a language."""

    value: str
    text: str
    tag: str = ""


@dataclass
class Directory:
    """The contacts of this vault, and what can be chosen for one."""

    vault: OpenVault
    tag: str
    services: tuple[Service, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._words = catalogues.load(self.tag, "codebook")
        self.may_edit = self.vault.may(Action.EDIT_DIRECTORY)
        self.read()

    def read(self) -> None:
        """Read the directory as it stands now."""
        self.services = directory.all_services(self.vault)
        self.missing = directory.contacts_missing(self.vault)

    @property
    def kinds(self) -> tuple[Choice, ...]:
        """Kinds of help."""
        codebook = self.vault.codebook
        return tuple(
            Choice(one.name, codebook.choice_label("service_kinds", one.name, self._words))
            for one in codebook.lists["service_kinds"]
        )

    @property
    def categories(self) -> tuple[Choice, ...]:
        """Needs that a service may serve."""
        codebook = self.vault.codebook
        return tuple(Choice(one, codebook.category_name(one, self._words)) for one in codebook.categories)

    @property
    def languages(self) -> tuple[Choice, ...]:
        """Languages by their own names, the most needed first."""
        known = {one.name for one in self.vault.codebook.lists["languages"]}
        return tuple(Choice(row.tag, row.autonym, row.tag) for row in LANGUAGES if row.tag in known)

    def names(self, categories: tuple[str, ...]) -> tuple[str, ...]:
        """Categories in plain words."""
        return tuple(self.vault.codebook.category_name(one, self._words) for one in categories)

    def is_stale(self, service: Service) -> bool:
        """Whether it should be checked again."""
        return service.is_stale(self.vault.world.today())

    def save(self, entry: Entry) -> None:
        """Keep a contact, new or changed. Raises DeskFault."""
        today = self.vault.world.today()
        service = Service(
            entry.id or new_id(self.vault.world.randomness),
            entry.name.strip(),
            entry.name_on_paper.strip(),
            entry.kinds,
            entry.categories,
            entry.languages,
            entry.hours.strip(),
            "" if entry.hidden_address else entry.place.strip(),
            entry.hidden_address,
            entry.phone.strip(),
            today if entry.checked else entry.verified,
        )
        directory.record_service(self.vault, service)
        self.read()


def entry_of(service: Service) -> Entry:
    """A contact to be changed."""
    return Entry(
        service.id,
        service.name,
        service.name_on_paper,
        service.kinds,
        service.categories,
        service.languages,
        service.hours,
        service.place,
        service.hidden_address,
        service.phone,
        False,
        service.verified,
    )
