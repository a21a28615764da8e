"""Who is trusted: laptops as headquarters sees them, and what a post is told of it (issue 4, line 5).

1. A revocation works at headquarters at once: what that laptop sends later is set aside, and nothing more is
   sealed to it. Everybody else learns it from the trust list.
2. A trust list is made with the stick in, and with it the office file, which names the same class keys. While
   headquarters knows more than its newest list says, one is due.
3. A post takes in what the certificate key of its headquarters signed, and nothing older than what it has. It may
   come in a bundle, in a content pack, or as a file by itself.
4. A new certificate key is believed when the one before vouched for it (`sync.succession`). Then the recovery slot
   is sealed anew: the recovery key has changed with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from fieldkit.crypto.offline import OfflineKeys, open_offline
from fieldkit.crypto.signature import SigningKey
from fieldkit.domain.access import Action
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import canonical, subject
from fieldkit.domain.ports import JsonObject
from fieldkit.headquarters import devices as held_devices
from fieldkit.headquarters import rotation
from fieldkit.headquarters.devices import Content, Device
from fieldkit.headquarters.office import OfficeKeys, check_stick
from fieldkit.services import enrolment
from fieldkit.services.enrolment import FORMER_KEYS, LIST, OFFICE, SealedFile, Summary
from fieldkit.services.errors import ExchangeFault
from fieldkit.services.vault import OFFICE_KEYS, Desk, OpenVault
from fieldkit.storage import former_keys
from fieldkit.storage import sealed as sealed_keys
from fieldkit.storage.quarantine import SetAside, Why
from fieldkit.sync import succession, trust_list
from fieldkit.sync.faults import TrustFault
from fieldkit.sync.statement import kind_of
from fieldkit.sync.trust_list import MAX_LIST_BYTES, TrustList

__all__ = ["Aside", "SetAside", "Shown", "Why"]

LIST_FILE = "trust-list.fks"
RECEIPTS_NAMED_IN = "receipt keys named in"
"""Among the belongings: for each receipt key but the first, the newest first, the list that named it first."""

TRUST = "trust"
"""The kind of subject of entries about lists and keys."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A laptop as it is listed. `held` is the number of the newest entry that is held of it, 0 for none;
    `knows` is the number of the trust list that it was last heard to have; `why` and `since`: why it is not
    trusted any more.
    """

    device: str
    stream: str
    post: str
    trusted: bool
    held: int
    knows: int
    why: str = ""
    since: str = ""
    content: Content | None = None
    """What it was last heard to have in force; None before its first bundle."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Entries that were set aside: of which post, and what they are."""

    post: str
    what: SetAside


# --- at headquarters ----------------------------------------------------------------------------------


def overview(vault: OpenVault) -> tuple[Shown, ...]:
    """Every laptop that was certified, by the name of its post. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.CERTIFY)
    told = held_devices.content(vault.database)
    found = (_shown(vault, one, told) for one in held_devices.devices(vault.database))
    return tuple(sorted(found, key=lambda one: (not one.trusted, one.post, one.device)))


def set_aside(vault: OpenVault) -> tuple[Aside, ...]:
    """What came and was not merged, for a person to look at."""
    vault.demand(Action.CERTIFY)
    posts = {one.certificate.device: one.certificate.post for one in held_devices.devices(vault.database)}
    return tuple(Aside(posts.get(one.device, ""), one) for one in enrolment.store(vault).quarantine.all())


def admit(vault: OpenVault, stream: str, reason: str) -> int:
    """Merge what was set aside of a stream; how many entries.

    Raises ExchangeFault `admit.reason_missing`; HeadquartersFault `quarantine.empty`; JournalFault `journal.hole`.
    """
    vault.demand(Action.CERTIFY)
    if not reason.strip():
        raise ExchangeFault("admit.reason_missing")
    return enrolment.store(vault).admit(stream, vault.person.id, reason.strip())


def revoke(vault: OpenVault, revoked: str, reason: str) -> None:
    """Trust a laptop, or one stream, no more; at once and for ever (rule 1).

    Raises HeadquartersFault `revoke.reason_missing`, `revoke.unknown`, `revoke.already`.
    """
    vault.demand(Action.CERTIFY)
    enrolment.store(vault).revoke(revoked, reason, vault.person.id)


def may_seal_to(vault: OpenVault, device: str) -> bool:
    """Whether anything may still be sealed to a laptop: it is certified here, and trusted."""
    return any(
        one.certificate.device == device and one.trusted for one in held_devices.devices(vault.database)
    )


def is_due(vault: OpenVault) -> bool:
    """Whether headquarters knows more than its newest list says (rule 2); never before there is anything to
    say."""
    newest = enrolment.held_list(vault)
    now = _now(vault, enrolment.office_keys(vault), 1)
    if newest is None:
        return bool(now.devices or now.revoked or now.classes)
    return _content(now) != _content(newest)


def publish(vault: OpenVault, offline_file: bytes, offline_phrase: str) -> SealedFile:
    """Make the next trust list, with the stick in.

    Raises OfflineFault `offline.wrong_phrase`; SealFault; HeadquartersFault `headquarters.other_stick`.
    """
    vault.demand(Action.CERTIFY)
    keys = enrolment.office_keys(vault)
    offline = open_offline(offline_file, offline_phrase)
    check_stick(keys, offline)
    with vault.database.transaction():
        return SealedFile(LIST_FILE, publish_with(vault, keys, offline))


def publish_with(vault: OpenVault, keys: OfficeKeys, offline: OfflineKeys) -> bytes:
    """The same with the stick opened, inside the caller's transaction; the list's bytes."""
    newest = enrolment.held_list(vault)
    keys = rotation.name_classes(keys, offline, class_keys(vault))
    vault.belongings.put(OFFICE_KEYS, keys.to_bytes())
    made = _now(vault, keys, newest.number + 1 if newest else 1)
    content = trust_list.write_trust_list(made, offline.certificates)
    vault.belongings.put(LIST, content)
    former_keys.name(vault.database, tuple(made.classes.values()))
    told: JsonObject = {"fingerprint": trust_list.reread(content).fingerprint.hex(), "number": made.number}
    vault.journal.append(
        actor=vault.person.id, subject=subject(TRUST, str(made.number)), kind="trust.listed", payload=told
    )
    return content


def list_file(vault: OpenVault) -> SealedFile | None:
    """The newest trust list as a file; None before the first. Nothing in it is secret."""
    content = vault.belongings.get(LIST)
    return SealedFile(LIST_FILE, content) if content is not None else None


def to_send(vault: OpenVault, device: str) -> Iterator[bytes]:
    """The statements about trust that belong into every bundle to a post, in the order in which they are taken in.
    Nothing for a laptop that is not trusted any more."""
    yield from successions(vault, device)
    yield from newest_list(vault, device)


def successions(vault: OpenVault, device: str) -> tuple[bytes, ...]:
    """Who vouched for each new certificate key, in their order."""
    return enrolment.office_keys(vault).successions if may_seal_to(vault, device) else ()


def newest_list(vault: OpenVault, device: str) -> tuple[bytes, ...]:
    """The newest trust list, if there is one."""
    content = vault.belongings.get(LIST)
    return (content,) if content is not None and may_seal_to(vault, device) else ()


def key_for(vault: OpenVault, device: str) -> SigningKey:
    """The newest receipt key that a laptop is known to believe: a bundle to it is signed with that one, or it
    could not read in it of the newer one."""
    knows = held_devices.acknowledgements(vault.database).get(device, 0)
    keys = enrolment.office_keys(vault).signing
    named_in = [int(number) for number in (vault.belongings.get(RECEIPTS_NAMED_IN) or b"").split()]
    known = (key for key, number in zip(keys, named_in, strict=False) if number <= knows)
    return next(known, keys[-1])


# --- at a post ----------------------------------------------------------------------------------------


def accept(vault: OpenVault, content: bytes) -> bool:
    """Take in a trust list, or a new certificate key that the one before vouched for; whether that was news.

    Raises TrustFault `trust.not_signed`, `trust.list_older`, `trust.list_forked` and others; ExchangeFault
    `enrol.no_office`, `enrol.not_a_post`. Then nothing changed.
    """
    vault.demand(Action.EXPORT)
    return take_in(vault, content)


def take_in(vault: OpenVault, content: bytes) -> bool:
    """The same for a service that has asked for another right already, such as that to take in a pack."""
    enrolment.demand_desk(vault, Desk.POST)
    if kind_of(content, MAX_LIST_BYTES) == succession.KIND:
        return _succeed(vault, content)
    came, held = (
        trust_list.read_trust_list(content, enrolment.known_office(vault)),
        enrolment.held_list(vault),
    )
    if not trust_list.is_news(came, held):
        return False
    with vault.database.writing():
        vault.belongings.put(LIST, content)
        _note(vault, "trust.accepted", {"number": came.number})
    return True


def trusts_this(vault: OpenVault) -> bool:
    """Whether headquarters still trusts this laptop, as far as is known here. A list that is older than its
    certificate does not name it, and says nothing about it."""
    held = enrolment.held_list(vault)
    if held is None or vault.desk is not Desk.POST:
        return True
    identity = enrolment.own_identity(vault)
    return held.revoked_ids.isdisjoint({identity.device, identity.stream})


def words_of(vault: OpenVault) -> Summary | None:
    """The newest list for comparing by voice: its number and words; None before the first."""
    held = enrolment.held_list(vault)
    return enrolment.summary(str(held.number), held.fingerprint) if held is not None else None


def _succeed(vault: OpenVault, content: bytes) -> bool:
    """Rule 4."""
    came, office = succession.read_succession(content), enrolment.known_office(vault)
    known = enrolment.former_keys(vault)
    if came.office.certificate_key == office.certificate_key or came.former in known:
        return False
    if came.office.organisation != office.organisation or came.former != office.certificate_key:
        raise TrustFault("succession.not_ours")
    if came.office.training is not vault.training:
        raise TrustFault("succession.not_ours")
    if came.office.recovery != office.recovery:
        # Before the rest, and harmless alone: who holds the new recovery key is headquarters all the same.
        vault.write_recovery(came.office.recovery)
    vouched = {**enrolment.former_erasures(vault.belongings), came.former: came.erasures}
    former = canonical(
        {
            "erasures": {key.hex(): sorted(ids) for key, ids in vouched.items()},
            "keys": sorted(key.hex() for key in known | {came.former}),
        }
    )
    with vault.database.writing():
        vault.belongings.put(OFFICE, came.office_file)
        vault.belongings.put(FORMER_KEYS, former)
        _note(vault, "office.succeeded", {"fingerprint": came.office.fingerprint.hex()})
    return True


def _note(vault: OpenVault, kind: str, payload: JsonObject) -> None:
    vault.journal.append(actor=vault.person.id, subject=subject(TRUST, "office"), kind=kind, payload=payload)


def _now(vault: OpenVault, keys: OfficeKeys, number: int) -> TrustList:
    """What a list made now would say."""
    return TrustList(
        organisation=keys.office.organisation,
        number=number,
        day=vault.world.today().isoformat(),
        devices=held_devices.listed(held_devices.devices(vault.database)),
        revoked=held_devices.listed_revocations(vault.database),
        recipients=tuple(key.recipient for key in keys.opening),
        receipt_keys=tuple(key.public for key in keys.signing),
        classes=class_keys(vault),
    )


def class_keys(vault: OpenVault) -> dict[SealedClass, str]:
    """Headquarters' key for each class that somebody who is cleared for it holds (`office_clearance`)."""
    return {
        name: recipient
        for name, recipient in sealed_keys.recipients(vault.database).items()
        if any(name in vault.clearance_of(person) for person in sealed_keys.holders(vault.database, name))
    }


def _content(what: TrustList) -> TrustList:
    """What a list says, whatever its number and day."""
    return replace(what, number=1, day="", fingerprint=b"")


def _shown(vault: OpenVault, one: Device, told: Mapping[str, Content]) -> Shown:
    certificate, gone = one.certificate, one.revocation
    return Shown(
        certificate.device,
        certificate.stream,
        certificate.post,
        one.trusted,
        vault.journal.head(certificate.stream).number,
        one.acknowledged,
        gone.reason if gone else "",
        gone.day if gone else "",
        told.get(certificate.device),
    )
