"""How a post and its headquarters come to know each other (`vault-and-bundles.md`, headquarters and enrolment).

1. A post trusts an office file only after two people compared its words.
2. From then on the vault has a recovery slot: headquarters' offline recovery key can open it, and the post is
   told so.
3. The device request names the post and is signed by the laptop; headquarters signs it into a certificate with
   the stick in. Until the certificate is here, export is refused.
"""

from dataclasses import dataclass

from fieldkit.crypto import phrases
from fieldkit.crypto.offline import open_offline
from fieldkit.domain.access import Action
from fieldkit.headquarters.office import OfficeKeys
from fieldkit.headquarters.store import Store
from fieldkit.services.errors import ExchangeFault
from fieldkit.services.vault import IDENTITY, OFFICE_KEYS, Desk, OpenVault
from fieldkit.storage.belongings import Belongings
from fieldkit.sync import trust
from fieldkit.sync.trust import Certificate, DeviceIdentity, OfficeFile

OFFICE, CERTIFICATE, REQUEST_MADE = "office", "certificate", "request made"
OFFICE_FILE, REQUEST_FILE, CERTIFICATE_FILE = "office.fko", "device.fkr", "certificate.fkc"
"""File names that say what a file is and nothing about the post."""


@dataclass(frozen=True, slots=True)
class Summary:
    """An office or a device as two people compare it: its name, and ten words to read aloud."""

    name: str
    words: tuple[str, ...]


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


def enrolment(vault: OpenVault) -> Enrolment:
    """How far this post has come."""
    office = _held_office(vault)
    return Enrolment(
        _summary(office.name, office.fingerprint) if office else None,
        vault.belongings.get(REQUEST_MADE) is not None,
        vault.belongings.get(CERTIFICATE) is not None,
        not vault.header.recovery_missing,
    )


# --- at the post --------------------------------------------------------------------------------------


def read_office_file(content: bytes) -> Summary:
    """The office that a file describes, to be compared; nothing is kept. Raises TrustFault."""
    office = trust.read_office(content)
    return _summary(office.name, office.fingerprint)


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
    vault.belongings.put(OFFICE, content)


def device_request(vault: OpenVault) -> SealedFile:
    """This laptop's request for a certificate. Raises ExchangeFault `enrol.no_office`, TrustFault `trust.name`."""
    vault.demand(Action.ENROL)
    content = trust.write_request(_identity(vault), _office(vault), vault.name)
    vault.belongings.put(REQUEST_MADE, b"yes")
    return SealedFile(REQUEST_FILE, content)


def accept_certificate(vault: OpenVault, content: bytes) -> None:
    """Keep the certificate that came back. Raises TrustFault `trust.not_ours` and others."""
    vault.demand(Action.ENROL)
    certificate = trust.accept_certificate(content, _office(vault), _identity(vault))
    vault.belongings.put(CERTIFICATE, certificate.to_bytes())


def own_words(vault: OpenVault) -> Summary:
    """The words of this laptop's own request, for comparing. Raises ExchangeFault `enrol.no_office`."""
    request = trust.read_request(trust.write_request(_identity(vault), _office(vault), vault.name))
    return _summary(request.post, request.fingerprint)


# --- at headquarters ----------------------------------------------------------------------------------


def office_file(vault: OpenVault) -> SealedFile:
    """What posts need to know of this office; nothing in it is secret."""
    return SealedFile(OFFICE_FILE, office_keys(vault).office_file)


def office_summary(vault: OpenVault) -> Summary:
    """The words a post compares with its office file."""
    office = office_keys(vault).office
    return _summary(office.name, office.fingerprint)


def read_request(content: bytes) -> Summary:
    """The device that asks, to be compared; nothing is kept. Raises TrustFault."""
    request = trust.read_request(content)
    return _summary(request.post, request.fingerprint)


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
    return Store(vault.database, vault.journal, office_keys(vault))


# --- what is held -------------------------------------------------------------------------------------


def held_certificate(vault: OpenVault) -> tuple[DeviceIdentity, OfficeFile, Certificate]:
    """What an export needs. Raises ExchangeFault `exchange.not_enrolled`."""
    content = vault.belongings.get(CERTIFICATE)
    office = _held_office(vault)
    if content is None or office is None:
        raise ExchangeFault("exchange.not_enrolled")
    identity = _identity(vault)
    return identity, office, trust.accept_certificate(content, office, identity)


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


def _held_office(vault: OpenVault) -> OfficeFile | None:
    content = vault.belongings.get(OFFICE)
    return trust.read_office(content) if content is not None else None


def _office(vault: OpenVault) -> OfficeFile:
    office = _held_office(vault)
    if office is None:
        raise ExchangeFault("enrol.no_office")
    return office


def _identity(vault: OpenVault) -> DeviceIdentity:
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


def _summary(name: str, fingerprint: bytes) -> Summary:
    return Summary(name, phrases.fingerprint_words(fingerprint))
