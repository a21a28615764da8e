"""The directory of this place: what a contact needs before it can be kept.

1. A contact has two names: its own, and a neutral one that may stand on paper (`protection.md` 8).
2. A secret address is not written down here at all; the phone leads there.
3. A contact is dated the day somebody checked it, so that it can grow old visibly (R-042).
4. A consulate is entered with its country and for no need. Nothing on this page says whom it may hear of (N-088).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from fieldkit.content.directory import CONSULATE, Service
from fieldkit.domain.access import Action
from fieldkit.domain.ids import new_id
from fieldkit.languages import catalogues
from fieldkit.languages.autonyms import LANGUAGES
from fieldkit.languages.marking import mark
from fieldkit.services import directory
from fieldkit.ui.presenters import countries
from fieldkit.ui.presenters.category_names import category_name

if TYPE_CHECKING:
    from fieldkit.services.vault import OpenVault
    from fieldkit.ui.presenters.countries import Country

_NO_NAME = mark("Write the name of the service.")
_NO_PAPER_NAME = mark("Write a name that may stand on paper. It says nothing about why somebody goes there.")
_NO_WAY = mark("Write a phone number, or a place. Without one of them nobody can get there.")
_HIDDEN_NEEDS_PHONE = mark("Write a phone number. The address is secret, so only the phone leads there.")
_YES, _NO = mark("Yes"), mark("No")
_NO_NEED = mark("Choose at least one need that this service serves.")
_NO_COUNTRY = mark("Choose the country of this consulate.")


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
    mandate: str = ""
    groups: str = ""
    ask_for: str = ""
    nationals: bool | None = None
    country: str = ""
    seen: tuple[str, ...] = ()
    """The entries that were on the screen when this was opened (journal rule 5)."""

    @property
    def is_consulate(self) -> bool:
        """Whether it belongs to another State (rule 4)."""
        return CONSULATE in self.kinds

    def problems(self) -> dict[str, str]:
        """What is missing, by field; sentences in the English source. Empty when it can be kept."""
        no_phone = not self.phone.strip()
        checks = (
            ("name", not self.name.strip(), _NO_NAME),
            ("name_on_paper", not self.name_on_paper.strip(), _NO_PAPER_NAME),
            ("phone", no_phone and self.hidden_address, _HIDDEN_NEEDS_PHONE),
            ("phone", no_phone and not self.hidden_address and not self.place.strip(), _NO_WAY),
            ("categories", not self.categories and not self.is_consulate, _NO_NEED),
            ("country", not self.country and self.is_consulate, _NO_COUNTRY),
        )
        return {name: sentence for name, missing, sentence in checks if missing}


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """A line that two people wrote differently: the field, mine, theirs, and who wrote theirs when."""

    field: str
    mine: str
    theirs: str
    who: str
    at: str


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
        held = directory.all_services(self.vault)
        self.services = tuple(sorted(held, key=lambda one: not self.is_old(one)))
        """What has to be checked again stands first; else in their order."""
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
        return tuple(category_name(self.vault.codebook, one, self.tag) for one in categories)

    def country_name(self, code: str) -> str:
        """A country in words."""
        return countries.country_name(self.vault, code, self.tag)

    def countries_like(self, typed: str) -> tuple[Country, ...]:
        """Countries by what was typed of their name."""
        return countries.matches(self.vault, typed, self.tag)

    def is_stale(self, service: Service) -> bool:
        """Whether it should be checked again."""
        return service.is_stale(self.vault.world.today())

    def is_old(self, service: Service) -> bool:
        """Whether somebody has to call there: what is invented is never called."""
        return self.is_stale(service) and not service.sample

    @property
    def old(self) -> int:
        """How many have to be checked again."""
        return sum(self.is_old(one) for one in self.services)

    def confirm(self, service: Service) -> None:
        """Keep that somebody asked today, and all is still so. Raises as `directory.record_service`."""
        self.save(replace(self.edit(service), checked=True))

    def new_id(self) -> str:
        """The name of a contact that is not written yet."""
        return new_id(self.vault.world.randomness)

    def edit(self, service: Service) -> Entry:
        """A contact to be changed, as it stands now."""
        return replace(entry_of(service), seen=directory.seen(self.vault, service.id))

    def save(self, entry: Entry, *, beside: bool = False) -> None:
        """Keep a contact, new or changed; `beside` also when somebody else changed the same meanwhile. Raises
        DeskFault `conflict.changed_meanwhile` and others."""
        held = entry if entry.id else replace(entry, id=self.new_id())
        directory.record_service(self.vault, self._service(held), entry.seen, beside=beside)
        self.read()

    def meanwhile(self, entry: Entry) -> tuple[Meanwhile, ...]:
        """What somebody else wrote since this was opened, where it differs from what stands here."""
        mine = dict(directory.fields_of(self._service(entry)))
        return tuple(
            Meanwhile(
                value.field,
                self._told(mine[value.field]),
                self._told(value.value),
                self.vault.queries.person(found.actor)[0] if found is not None else "",
                found.at if found is not None else "",
            )
            for value in directory.changed_meanwhile(self.vault, self._service(entry), entry.seen)
            for found in (self.vault.journal.find(value.entry),)
        )

    def theirs(self, entry: Entry) -> Entry:
        """The contact as somebody else left it."""
        self.read()
        return self.edit(next(one for one in self.services if one.id == entry.id))

    def with_theirs_seen(self, entry: Entry) -> Entry:
        """What stands here, now that theirs was on the screen too: keeping it replaces theirs."""
        return replace(entry, seen=(*entry.seen, *directory.seen(self.vault, entry.id)))

    def _told(self, value: object) -> str:
        if isinstance(value, bool):
            return _YES if value else _NO
        return " · ".join(map(str, value)) if isinstance(value, list) else str(value or "")

    def _service(self, entry: Entry) -> Service:
        today = self.vault.world.today()
        return Service(
            entry.id,
            entry.name.strip(),
            entry.name_on_paper.strip(),
            entry.kinds,
            () if entry.is_consulate else entry.categories,
            entry.languages,
            entry.hours.strip(),
            "" if entry.hidden_address else entry.place.strip(),
            entry.hidden_address,
            entry.phone.strip(),
            today if entry.checked else entry.verified,
            mandate=entry.mandate.strip(),
            groups=entry.groups.strip(),
            ask_for=entry.ask_for.strip(),
            nationals=entry.nationals,
            country=entry.country if entry.is_consulate else "",
        )


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
        service.mandate,
        service.groups,
        service.ask_for,
        service.nationals,
        service.country,
    )
