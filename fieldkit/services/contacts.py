"""With whom this post exchanges letters: other posts, other bodies, the body that complaints go to.

1. A contact is kept by an administrator after two people read its words to each other; typed keys too.
2. A contact belongs to one protocol of the content in force: it says what the contact may receive. Without a
   protocol there is no contact, except the independent body, which receives sealed complaints and nothing else.
3. Where two people disagree about a contact's keys, or one took it off the list, nothing goes to it.
4. Invented contacts stand only in a vault for training, and nobody holds their keys (`protection.md` 10).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.content import protocols
from fieldkit.content.tables import read_table
from fieldkit.crypto import phrases
from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.sharing import SharingProtocol
from fieldkit.files import resources
from fieldkit.services.enrolment import SealedFile, Summary
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage.projections import standing, subjects_with_values
from fieldkit.sync import contact_file
from fieldkit.sync.contact_file import FILE, ContactFile, LetterKeys

CONTACT = "contact"
LETTER_KEYS = "letter keys"
"""Under this name the vault's own keys lie among its belongings."""

_SAMPLE = ("id", "name", "protocol", "recipient")


class ContactKind(StrEnum):
    """What a contact is: a post with this program, a body that opens files by hand, the one for complaints."""

    POST = "post"
    BODY = "body"
    COMPLAINTS = "complaints"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody letters can go to. `key` is empty unless they sign letters to us; `abroad` is a country or empty."""

    id: str
    name: str
    kind: ContactKind
    recipient: str
    key: bytes
    protocol: str
    abroad: str
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """A contact that was looked at and not kept yet: its words are to be compared."""

    summary: Summary
    file: ContactFile


# --- this vault's own -----------------------------------------------------------------------------------


def own_keys(vault: OpenVault) -> LetterKeys:
    """This vault's keys for letters, made when they are first needed."""
    content = vault.belongings.get(LETTER_KEYS)
    if content is not None:
        return LetterKeys.from_bytes(content)
    made = LetterKeys.new(vault.world.randomness)
    vault.belongings.put(LETTER_KEYS, made.to_bytes())
    return made


def own_file(vault: OpenVault) -> SealedFile:
    """This post's contact file; nothing in it is secret. Raises LetterFault `contact.name`."""
    vault.demand(Action.KEEP_CONTACTS)
    return SealedFile(FILE, contact_file.write_contact(own_keys(vault), vault.name))


def own_summary(vault: OpenVault) -> Summary:
    """The words of this post's own contact file, to be read to the other side."""
    own = contact_file.read_contact(contact_file.write_contact(own_keys(vault), vault.name))
    return _summary(own)


# --- others ---------------------------------------------------------------------------------------------


def read_file(vault: OpenVault, content: bytes) -> Offered:
    """The post that a contact file describes, to be compared; nothing is kept.

    Raises LetterFault `contact.unreadable`; DeskFault `contact.own`.
    """
    file = contact_file.read_contact(content)
    if file.key == own_keys(vault).signing.public:
        raise DeskFault("contact.own")
    return Offered(_summary(file), file)


def typed(name: str, recipient: str) -> Offered:
    """Somebody whose age key was typed, to be compared. Raises LetterFault `contact.name`, `contact.key`."""
    file = contact_file.typed_contact(name.strip(), recipient.strip())
    return Offered(_summary(file), file)


def keep(vault: OpenVault, offered: Offered, protocol: str = "") -> Contact:
    """Keep a contact whose words were compared; without a protocol it is the body that complaints go to.

    One that is known by its keys is changed, not doubled. Raises PersonFault `access.not_allowed`; DeskFault
    `contact.protocol`.
    """
    vault.demand(Action.KEEP_CONTACTS)
    found = find_protocol(vault, protocol) if protocol else None
    if protocol and found is None:
        raise DeskFault("contact.protocol")
    file = offered.file
    known = next((one for one in all_contacts(vault) if _same(one, file, protocol)), None)
    contact = Contact(
        known.id if known else new_id(vault.world.randomness),
        file.name,
        _kind(file, protocol),
        file.recipient,
        file.key,
        protocol,
        found.abroad if found else "",
    )
    _write(vault, contact, stopped=False)
    return contact


def stop(vault: OpenVault, contact: str) -> None:
    """Take a contact off the list: nothing goes there any more, and its letters are not believed."""
    vault.demand(Action.KEEP_CONTACTS)
    _write(vault, find(vault, contact), stopped=True)


def all_contacts(vault: OpenVault) -> tuple[Contact, ...]:
    """Those that stand; in training the invented ones too."""
    return (*_kept(vault), *(_samples(vault) if vault.training else ()))


def names(vault: OpenVault) -> dict[str, str]:
    """What contacts are called, by id, those included that were taken off the list: letters went to them."""
    found = {one.id: one.name for one in all_contacts(vault)}
    for about in subjects_with_values(vault.database, CONTACT):
        called = sorted(str(one.value) for one in standing(vault.database, about) if one.field == "name")
        found.setdefault(about.partition("/")[2], " / ".join(dict.fromkeys(called)))
    return found


def find(vault: OpenVault, contact: str) -> Contact:
    """One of them. Raises DeskFault `share.unknown_contact`."""
    found = next((one for one in all_contacts(vault) if one.id == contact), None)
    if found is None:
        raise DeskFault("share.unknown_contact")
    return found


def signing(vault: OpenVault) -> tuple[Contact, ...]:
    """Those that sign letters to us."""
    return tuple(one for one in all_contacts(vault) if one.key)


def complaints_body(vault: OpenVault) -> Contact | None:
    """The independent body, when its key is here."""
    return next((one for one in _kept(vault) if one.kind is ContactKind.COMPLAINTS), None)


def all_protocols(vault: OpenVault) -> tuple[SharingProtocol, ...]:
    """The protocols of the content in force; in training the invented ones too."""
    invented = protocols.load_sample(resources(), vault.codebook) if vault.training else ()
    return (*protocols.load_sharing(vault.content[0], vault.codebook), *invented)


def find_protocol(vault: OpenVault, protocol: str) -> SharingProtocol | None:
    """One of them, or None."""
    return next((one for one in all_protocols(vault) if one.id == protocol), None)


def _kept(vault: OpenVault) -> tuple[Contact, ...]:
    found = (_contact(vault, about) for about in subjects_with_values(vault.database, CONTACT))
    return tuple(contact for contact in found if contact is not None)


def _same(contact: Contact, file: ContactFile, protocol: str) -> bool:
    by_key = file.key and contact.key == file.key
    return bool(by_key or contact.recipient == file.recipient) and bool(contact.protocol) == bool(protocol)


def _kind(file: ContactFile, protocol: str) -> ContactKind:
    if not protocol:
        return ContactKind.COMPLAINTS
    return ContactKind.POST if file.key else ContactKind.BODY


def _write(vault: OpenVault, contact: Contact, *, stopped: bool) -> None:
    about = subject(CONTACT, contact.id)
    vault.journal.append(
        actor=vault.person.id,
        subject=about,
        kind="contact.kept",
        payload={
            "fields": {
                "name": contact.name,
                "kind": contact.kind.value,
                "recipient": contact.recipient,
                "key": contact.key.hex(),
                "protocol": contact.protocol,
                "abroad": contact.abroad,
                "stopped": stopped,
            }
        },
        replaces=sorted({value.entry for value in standing(vault.database, about)}),
    )


def _contact(vault: OpenVault, about: str) -> Contact | None:
    """The contact as its standing values say; None when it is off the list (rule 3)."""
    values: dict[str, set[object]] = {}
    for value in standing(vault.database, about):
        values.setdefault(value.field, set()).add(value.value)
    if values.get("stopped") != {False} or any(len(held) > 1 for held in values.values()):
        return None
    one = {name: str(next(iter(held))) for name, held in values.items()}
    return Contact(
        about.partition("/")[2],
        one["name"],
        ContactKind(one["kind"]),
        one["recipient"],
        bytes.fromhex(one["key"]),
        one["protocol"],
        one["abroad"],
    )


def _samples(vault: OpenVault) -> Iterator[Contact]:
    table = resources() / "directory" / "sample_contacts.csv"
    for row in read_table(table, _SAMPLE, key=("id",)):
        name, protocol = row.needed("name"), row.needed("protocol")
        found = find_protocol(vault, protocol)
        if found is not None:
            recipient = row.needed("recipient")
            yield Contact(
                row.needed("id"), name, ContactKind.BODY, recipient, b"", protocol, found.abroad, sample=True
            )


def _summary(file: ContactFile) -> Summary:
    return Summary(file.name, phrases.fingerprint_words(file.fingerprint))
