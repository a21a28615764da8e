"""Which content is in force: the shipped one, and over it that of the newest pack that has come into force.

1. A pack that was accepted waits for its day, by this laptop's clock; then it is in force, and stays so when the
   clock is set back. It gives way only to a pack with a higher number.
2. Older packs stay: a draft goes on with the form version it was begun with, and a suggestion names its rules.
3. A pack that this version of the program cannot read any more locks nobody out: the shipped content serves, and
   the screen of packs says so.

Nothing here verifies anything: what lies here was verified when it was accepted (`services.packs`).
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from fieldkit.content import packs as pack_content
from fieldkit.content import regions
from fieldkit.domain.entries import canonical, read_object, subject
from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.shelf import Folder, Shelf
from fieldkit.files import resources
from fieldkit.languages import catalogues
from fieldkit.languages.catalogues import Compiled
from fieldkit.storage.attachments import Attachments
from fieldkit.storage.belongings import Belongings

if TYPE_CHECKING:
    from fieldkit.services.vault import OpenVault

PACK = "content pack"
"""The kind of subject of entries about packs."""

SAMPLE, TRAINING = "sample region", "training"
"""Which shipped region a vault for training chose, and that it was made for training, among the belongings."""

LIST = "packs"
"""The name of the list of packs among the belongings."""

_UNREADABLE = "pack.unsound"


@dataclass(frozen=True, slots=True)
class KnownPack:
    """A pack that was accepted. `expires` is a day; `began` the day it came into force, None while it waits."""

    number: int
    title: str
    active_from: date
    expires: date
    reviewed_by: str
    reviewed_on: date | None
    accepted: date
    began: date | None = None
    early: str = ""
    """Why it came into force before its day, in an administrator's words; empty otherwise."""


class Packs:
    """The packs of a vault. Files of a pack lie among the attachments, each checked against its digest."""

    def __init__(self, belongings: Belongings, attachments: Attachments) -> None:
        self._belongings = belongings
        self._attachments = attachments

    def all(self) -> tuple[KnownPack, ...]:
        """Every pack that was accepted, the newest first."""
        content = self._belongings.get(LIST)
        if content is None:
            return ()
        found = (_pack(fields) for fields in read_object(content, _UNREADABLE)["packs"])
        return tuple(sorted(found, key=lambda pack: -pack.number))

    def find(self, number: int) -> KnownPack | None:
        """One of them, or None."""
        return next((pack for pack in self.all() if pack.number == number), None)

    @property
    def in_force(self) -> KnownPack | None:
        """The pack in force; None while the shipped content is alone."""
        return next((pack for pack in self.all() if pack.began is not None), None)

    @property
    def waiting(self) -> tuple[KnownPack, ...]:
        """Those that will come into force, the next one first."""
        least = self.in_force.number if self.in_force else 0
        return tuple(pack for pack in reversed(self.all()) if pack.began is None and pack.number > least)

    def due(self, today: date) -> KnownPack | None:
        """The newest of those whose day has come."""
        return next((pack for pack in reversed(self.waiting) if pack.active_from <= today), None)

    def keep(self, pack: KnownPack) -> None:
        """Keep a pack, new or changed, in the list."""
        others = (one for one in self.all() if one.number != pack.number)
        self._belongings.put(LIST, canonical({"packs": [_fields(one) for one in (pack, *others)]}))

    def begin(self, number: int, today: date, early: str = "") -> KnownPack:
        """Note that a pack is in force from today."""
        found = self.find(number)
        assert found is not None, "asked of a pack that is here"
        begun = replace(found, began=today, early=early)
        self.keep(begun)
        return begun

    def keep_files(self, number: int, files: Mapping[str, bytes]) -> None:
        """Keep the files of a pack. Raises DatabaseFault."""
        for name, content in files.items():
            self._attachments.put(holder(number), name, content, media_type="application/octet-stream")

    def files(self, number: int) -> Mapping[str, bytes]:
        """The files of a pack. Raises DatabaseFault `attachment.damaged`."""
        place = holder(number)
        return {one.name: self._attachments.content(place, one.name) for one in self._attachments.of(place)}

    def keep_words(self, number: int, words: Mapping[tuple[str, str], Compiled]) -> None:
        """Keep the compiled catalogues of a pack. Raises DatabaseFault."""
        for (tag, domain), one in words.items():
            content = canonical(
                {
                    "content": one.content.hex(),
                    "drafts": sorted(one.drafts),
                    "entries": sorted(one.entries),
                }
            )
            name = f"{tag}.{domain}"
            self._attachments.put(words_holder(number), name, content, media_type="application/json")

    def words(self, number: int) -> dict[tuple[str, str], Compiled]:
        """The compiled catalogues of a pack, by language and domain. Raises DatabaseFault `attachment.damaged`."""
        found = {}
        place = words_holder(number)
        for one in self._attachments.of(place):
            fields = read_object(self._attachments.content(place, one.name), _UNREADABLE)
            tag, _, domain = one.name.partition(".")
            found[tag, domain] = Compiled(
                bytes.fromhex(fields["content"]), frozenset(fields["entries"]), frozenset(fields["drafts"])
            )
        return found

    def shelf(self, number: int) -> Shelf:
        """The shipped content and over it that of one pack."""
        return Shelf(resources(), self.files(number))

    def content(self) -> tuple[Folder, FieldkitError | None]:
        """The content in force; with the fault for which the shipped one serves instead (rule 3)."""
        pack = self.in_force
        if pack is None:
            return self._shipped(), None
        try:
            shelf = self.shelf(pack.number)
            pack_content.check(shelf.over, resources())
        except FieldkitError as fault:
            return resources(), fault
        return shelf, None

    @property
    def sample(self) -> str:
        """The shipped region that a vault for training chose; empty for none, and always in a real vault."""
        if self._belongings.get(TRAINING) is None:
            return ""
        chosen = (self._belongings.get(SAMPLE) or b"").decode()
        return chosen if chosen in regions.shipped_ids(resources()) else ""

    def choose_sample(self, region: str) -> None:
        """Keep which shipped region serves; the caller asks whether it may."""
        self._belongings.put(SAMPLE, region.encode())

    def _shipped(self) -> Folder:
        """The shipped content, and over it the region that was chosen for training."""
        region = self.sample
        return Shelf(resources(), regions.as_pack(resources(), region)) if region else resources()


def speak(vault: "OpenVault") -> None:
    """Let the words of the pack in force come before the shipped ones; words that cannot be read are left out."""
    pack = vault.packs.in_force
    catalogues.lay_over({})
    if pack is not None:
        with suppress(FieldkitError):
            catalogues.lay_over(vault.packs.words(pack.number))


def activate_due(vault: "OpenVault") -> KnownPack | None:
    """Let the newest pack whose day has come begin, with an entry; None when none has. Raises DatabaseFault."""
    due = vault.packs.due(vault.world.today())
    return begin(vault, due) if due is not None else None


def begin(vault: "OpenVault", pack: KnownPack, early: str = "") -> KnownPack:
    """Let a pack that waits begin now; `early` says why before its day. Raises DatabaseFault."""
    with vault.database.transaction():
        begun = vault.packs.begin(pack.number, vault.world.today(), early)
        vault.journal.append(
            actor=vault.person.id,
            subject=subject(PACK, str(pack.number)),
            kind="pack.began",
            payload={"reason": early, "title": pack.title},
        )
    vault.content_changed()
    speak(vault)
    return begun


def words_holder(number: int) -> str:
    """Where the compiled catalogues of a pack belong among the attachments."""
    return f"pack-words/{number}"


def holder(number: int) -> str:
    """Where the files of a pack belong among the attachments."""
    return f"pack/{number}"


def _fields(pack: KnownPack) -> dict[str, str | int]:
    return {
        "accepted": pack.accepted.isoformat(),
        "active_from": pack.active_from.isoformat(),
        "began": pack.began.isoformat() if pack.began else "",
        "early": pack.early,
        "expires": pack.expires.isoformat(),
        "number": pack.number,
        "reviewed_by": pack.reviewed_by,
        "reviewed_on": pack.reviewed_on.isoformat() if pack.reviewed_on else "",
        "title": pack.title,
    }


def _pack(fields: Mapping[str, str]) -> KnownPack:
    return KnownPack(
        int(fields["number"]),
        fields["title"],
        date.fromisoformat(fields["active_from"]),
        date.fromisoformat(fields["expires"]),
        fields["reviewed_by"],
        _day(fields["reviewed_on"]),
        date.fromisoformat(fields["accepted"]),
        _day(fields["began"]),
        fields["early"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
