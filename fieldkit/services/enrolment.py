"""How a post and its headquarters come to know each other (`vault-and-bundles.md`, headquarters and enrolment).

1. A post trusts an office file only after two people compared its words.
2. From then on the vault has a recovery slot: headquarters' offline recovery key can open it, and the post is
   told so.
3. The device request names the post and is signed by the laptop; headquarters signs it into a certificate with
   the stick in. Until the certificate is here, export is refused.
4. A laptop that begins again names the streams it continues, and shows that it had their key
   (`services.restored`).
5. What headquarters said later (`services.devices`) counts from then on: its present keys, and who is trusted.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from fieldkit.crypto import phrases
from fieldkit.crypto.offline import open_offline
from fieldkit.domain.access import Action
from fieldkit.domain.entries import read_object
from fieldkit.headquarters.office import OfficeKeys
from fieldkit.headquarters.store import Store
from fieldkit.services.errors import ExchangeFault
from fieldkit.services.vault import IDENTITY, OFFICE_KEYS, Desk, OpenVault
from fieldkit.storage.belongings import Belongings
from fieldkit.storage.staging import Staging
from fieldkit.sync import succession, trust, trust_list
from fieldkit.sync.continuing import MOST_PARENTS, Parent
from fieldkit.sync.faults import TrustFault
from fieldkit.sync.trust import Certificate, DeviceIdentity, DeviceRequest, OfficeFile
from fieldkit.sync.trust_list import TrustList

OFFICE, CERTIFICATE, REQUEST_MADE = "office", "certificate", "request made"
LIST, FORMER_KEYS = "trust list", "former certificate keys"
FORMER_IDENTITY, NEXT_IDENTITY = "former identity", "next identity"
"""Names among the belongings: who this laptop was when it was last certified, and who it asks to be."""

BEGAN = "stream.began"

OFFICE_FILE, REQUEST_FILE, CERTIFICATE_FILE = "office.fko", "device.fkr", "certificate.fkc"
"""File names that say what a file is and nothing about the post."""


@dataclass(frozen=True, slots=True)
class Summary:
    """An office or a device as two people compare it: its name, and ten words to read aloud."""

    name: str
    words: tuple[str, ...]
    fingerprint: bytes = b""
    """The 32 bytes that the words are made of, for a code that a machine reads."""


@dataclass(frozen=True, slots=True)
class Asking(Summary):
    """A device that asks: what two people compare, and what a certificate would say beside that."""

    training: bool = False
    continues: tuple[Parent, ...] = ()
    """The streams that it says it continues."""
    changes_key: bool = False
    """Whether it writes its stream already and only changes the key that signs for it."""


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A file to be written where the person says."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Enrolment:
    """How far a post has come with its headquarters."""

    office: Summary | None
    request_made: bool
    certified: bool
    recovery_slot: bool
    changing_key: bool = False
    """Whether a new signing key was asked for; the present one serves until its certificate is here."""


def enrolment(vault: OpenVault) -> Enrolment:
    """How far this post has come."""
    office = _held_office(vault)
    return Enrolment(
        summary(office.name, office.fingerprint) if office else None,
        vault.belongings.get(REQUEST_MADE) is not None,
        vault.belongings.get(CERTIFICATE) is not None,
        not vault.header.recovery_missing,
        vault.belongings.get(NEXT_IDENTITY) is not None,
    )


# --- at the post --------------------------------------------------------------------------------------


def read_office_file(content: bytes) -> Summary:
    """The office that a file describes, to be compared; nothing is kept. Raises TrustFault."""
    office = trust.read_office(content)
    return summary(office.name, office.fingerprint)


def trust_office(vault: OpenVault, content: bytes) -> None:
    """Trust the office whose words were compared, and seal the recovery slot to it.

    Raises TrustFault; ExchangeFault `enrol.other_office` when this post belongs to another one already,
    `enrol.for_training`, `enrol.for_work` when one of the two is for training and the other is not;
    DatabaseFault when the header cannot be written (then nothing is trusted).
    """
    vault.demand(Action.ENROL)
    demand_desk(vault, Desk.POST)
    office = trust.read_office(content)
    held = _held_office(vault)
    if held is not None and held.organisation != office.organisation:
        raise ExchangeFault("enrol.other_office", name=held.name)
    if office.training is not vault.training:
        raise ExchangeFault("enrol.for_training" if office.training else "enrol.for_work", name=office.name)
    vault.write_recovery(office.recovery)
    with vault.database.transaction():
        vault.belongings.put(OFFICE, content)
        if held is not None and held.certificate_key != office.certificate_key:
            # Compared anew: what an unknown key signed before counts no more, lists included.
            for name in (LIST, FORMER_KEYS, CERTIFICATE):
                vault.belongings.drop(name)


def device_request(vault: OpenVault) -> SealedFile:
    """This laptop's request for a certificate. Raises ExchangeFault `enrol.no_office`, TrustFault `trust.name`."""
    vault.demand(Action.ENROL)
    content = _request(vault)
    vault.belongings.put(REQUEST_MADE, b"yes")
    return SealedFile(REQUEST_FILE, content)


def accept_certificate(vault: OpenVault, content: bytes) -> None:
    """Keep the certificate that came back. Raises TrustFault `trust.not_ours` and others."""
    vault.demand(Action.ENROL)
    asked = _asked_identity(vault)
    certificate = trust.accept_certificate(content, _office(vault), asked, former_keys(vault))
    with vault.database.transaction():
        vault.belongings.put(CERTIFICATE, certificate.to_bytes())
        vault.belongings.put(IDENTITY, asked.to_bytes())
        for name in (NEXT_IDENTITY, FORMER_IDENTITY):
            vault.belongings.drop(name)


def own_words(vault: OpenVault) -> Asking:
    """The words of this laptop's own request, for comparing. Raises ExchangeFault `enrol.no_office`."""
    return _asking(trust.read_request(_request(vault)))


def parents(vault: OpenVault) -> tuple[Parent, ...]:
    """The streams that this vault continues, the nearest first, each with where it was left."""
    found: list[Parent] = []
    stream = vault.stream
    while (before := _before(vault, stream)) is not None and len(found) < MOST_PARENTS:
        found.append(before)
        stream = before.stream
    return tuple(found)


def _before(vault: OpenVault, stream: str) -> Parent | None:
    for entry, _ in vault.journal.entries(stream, 0, 1):
        payload = vault.journal.payload(entry.payload) if entry.kind == BEGAN else None
        said = payload.value() if payload is not None else {}
        if said.get("number"):
            return Parent(said["stream"], said["number"], said["digest"])
    return None


def _request(vault: OpenVault) -> bytes:
    identity, office = _asked_identity(vault), _office(vault)
    former = _former_identity(vault)
    continued = parents(vault) if former is not None and former.stream != identity.stream else ()
    key = former.key if former is not None else None
    return trust.write_request(identity, office, vault.name, parents=continued, former=key)


def _asked_identity(vault: OpenVault) -> DeviceIdentity:
    """Who this laptop asks to be: with a new key when one was made, else as it is."""
    content = vault.belongings.get(NEXT_IDENTITY)
    return DeviceIdentity.from_bytes(content) if content is not None else own_identity(vault)


def _former_identity(vault: OpenVault) -> DeviceIdentity | None:
    """Who vouches for what this laptop asks: its present key for a new one, else the one it had when it was last
    certified."""
    if vault.belongings.get(NEXT_IDENTITY) is not None:
        return own_identity(vault)
    content = vault.belongings.get(FORMER_IDENTITY)
    return DeviceIdentity.from_bytes(content) if content is not None else None


# --- at headquarters ----------------------------------------------------------------------------------


def office_file(vault: OpenVault) -> SealedFile:
    """What posts need to know of this office; nothing in it is secret."""
    return SealedFile(OFFICE_FILE, office_keys(vault).office_file)


def office_summary(vault: OpenVault) -> Summary:
    """The words a post compares with its office file."""
    office = office_keys(vault).office
    return summary(office.name, office.fingerprint)


def read_request(content: bytes) -> Asking:
    """The device that asks, to be compared; nothing is kept. Raises TrustFault."""
    return _asking(trust.read_request(content))


def certify(vault: OpenVault, request: bytes, offline_file: bytes, offline_phrase: str) -> SealedFile:
    """The certificate for a device whose words were compared, made with the stick in.

    Raises TrustFault; OfflineFault `offline.wrong_phrase`; SealFault; HeadquartersFault
    `headquarters.other_stick`, `headquarters.stream_taken`.
    """
    vault.demand(Action.CERTIFY)
    asked = trust.read_request(request)
    offline = open_offline(offline_file, offline_phrase)
    certificate = store(vault).certify(asked, offline, vault.person.id)
    return SealedFile(CERTIFICATE_FILE, certificate.to_bytes())


def store(vault: OpenVault) -> Store:
    """Headquarters' embedded store. Raises ExchangeFault `enrol.not_headquarters`."""
    staging = partial(Staging, vault.folder, vault.world.randomness)
    return Store(vault.database, vault.journal, office_keys(vault), staging=staging)


# --- what is held -------------------------------------------------------------------------------------


def held_certificate(vault: OpenVault) -> tuple[DeviceIdentity, OfficeFile, Certificate]:
    """What an export needs. Raises ExchangeFault `exchange.not_enrolled`."""
    content = vault.belongings.get(CERTIFICATE)
    office = _held_office(vault)
    if content is None or office is None:
        raise ExchangeFault("exchange.not_enrolled")
    identity = own_identity(vault)
    return identity, office, trust.accept_certificate(content, office, identity, former_keys(vault))


def known_office(vault: OpenVault) -> OfficeFile:
    """The office this vault belongs to: at headquarters its own, at a post the one whose words were compared.

    Raises ExchangeFault `enrol.no_office`.
    """
    return office_keys(vault).office if vault.desk is Desk.HEADQUARTERS else _office(vault)


def office_in(belongings: Belongings) -> OfficeFile | None:
    """The office that a database belongs to, headquarters' own or a post's, without anybody signed in; None when
    there is none."""
    own = belongings.get(OFFICE_KEYS)
    if own is not None:
        return OfficeKeys.from_bytes(own).office
    content = belongings.get(OFFICE)
    return trust.read_office(content) if content is not None else None


_Read = TypeVar("_Read")


def held_list(vault: OpenVault) -> TrustList | None:
    """The newest trust list that was accepted here, or made here; None before the first."""
    content = vault.belongings.get(LIST)
    return trust_list.reread(content) if content is not None else None


def receipt_keys(vault: OpenVault) -> tuple[bytes, ...]:
    """The keys by which headquarters signs receipts and other statements, the present one first.

    Raises ExchangeFault `enrol.no_office`.
    """
    held = held_list(vault)
    if held is not None:
        return held.receipt_keys
    office = known_office(vault)
    return (office.receipt_key, *office.former_receipts)


def by_receipt_key(vault: OpenVault, read: Callable[[bytes], _Read]) -> _Read:
    """What `read` makes of a statement with the first of the receipt keys that signed it. Raises as `read`."""
    fault: TrustFault | None = None
    for key in receipt_keys(vault):
        try:
            return read(key)
        except TrustFault as one:
            if one.code != "trust.not_signed":
                raise
            fault = fault or one
    assert fault is not None, "there is always a key"
    raise fault


def former_keys(vault: OpenVault) -> frozenset[bytes]:
    """Certificate keys that headquarters had before, each of which vouched for the one after it."""
    content = vault.belongings.get(FORMER_KEYS)
    fields = read_object(content, "trust.unreadable") if content is not None else {"keys": []}
    return frozenset(bytes.fromhex(key) for key in fields["keys"])


def trusted_office(vault: OpenVault) -> OfficeFile | None:
    """The office whose words were compared here, with the keys it has named since; None before that."""
    return _held_office(vault)


def former_erasures(belongings: Belongings) -> dict[bytes, frozenset[str]]:
    """Certificate keys that headquarters had before, and the erasures that each had signed until it was
    replaced: at a post as the successions told it, at headquarters as it vouched itself."""
    own = belongings.get(OFFICE_KEYS)
    if own is not None:
        came = (succession.read_succession(one) for one in OfficeKeys.from_bytes(own).successions)
        return {one.former: one.erasures for one in came}
    content = belongings.get(FORMER_KEYS)
    fields = read_object(content, "trust.unreadable") if content is not None else {}
    return {bytes.fromhex(key): frozenset(ids) for key, ids in fields.get("erasures", {}).items()}


def _held_office(vault: OpenVault) -> OfficeFile | None:
    """The office whose words were compared, with the keys that it has named since (rule 5)."""
    content = vault.belongings.get(OFFICE)
    if content is None:
        return None
    office, held = trust.read_office(content), held_list(vault)
    if held is None:
        return office
    named = {"recipient": held.recipients[0], "receipt_key": held.receipt_keys[0], "classes": held.classes}
    return replace(office, **named)  # type: ignore[arg-type]  # texts, bytes and a table


def _office(vault: OpenVault) -> OfficeFile:
    office = _held_office(vault)
    if office is None:
        raise ExchangeFault("enrol.no_office")
    return office


def own_identity(vault: OpenVault) -> DeviceIdentity:
    """Who this laptop is to others. Raises ExchangeFault `enrol.not_a_post`."""
    demand_desk(vault, Desk.POST)
    return DeviceIdentity.from_bytes(vault.belongings.get(IDENTITY) or b"")


def office_keys(vault: OpenVault) -> OfficeKeys:
    """Headquarters' own keys. Raises ExchangeFault `enrol.not_headquarters`."""
    content = vault.belongings.get(OFFICE_KEYS)
    if content is None:
        raise ExchangeFault("enrol.not_headquarters")
    return OfficeKeys.from_bytes(content)


def demand_desk(vault: OpenVault, desk: Desk) -> None:
    """Raise ExchangeFault `enrol.not_a_post` unless the vault is of this desk."""
    if vault.desk is not desk:
        raise ExchangeFault("enrol.not_a_post")


def summary(name: str, fingerprint: bytes) -> Summary:
    """A fingerprint as two people compare it."""
    return Summary(name, phrases.fingerprint_words(fingerprint), fingerprint)


def _asking(request: DeviceRequest) -> Asking:
    return Asking(
        request.post,
        phrases.fingerprint_words(request.fingerprint),
        request.fingerprint,
        request.training,
        request.parents,
        bool(request.former) and not request.parents,
    )
