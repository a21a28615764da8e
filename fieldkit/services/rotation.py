"""New keys at both ends, each with what everybody else must learn of it (issue 4, line 5).

1. A key is replaced because somebody may have seen it, or because it is time. Nothing that was sealed or signed
   before is lost by it.
2. At headquarters a new key and the trust list that names it are one step, with the stick in.
3. A former bundle key is let go when every trusted laptop has said that it knows the list with the new one; or when
   a person decides so, with a reason: what was sealed to the former key then opens for nobody.
4. A new stick is written and read back before the old one stops to count. The old one is kept until every post has
   taken the new office in: recovery slots that were sealed before open with it alone.
5. A post's new signing key is vouched for by its present one. Its stream goes on, and the present key serves until
   the new certificate is here.
"""

from collections.abc import Callable
from pathlib import Path

from fieldkit.crypto.offline import OfflineKeys, open_offline, seal_offline
from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ports import JsonObject
from fieldkit.files import write_whole
from fieldkit.headquarters import devices as held_devices
from fieldkit.headquarters import rotation
from fieldkit.headquarters.office import OfficeKeys
from fieldkit.services import devices, enrolment, erasure, pack_office
from fieldkit.services.enrolment import NEXT_IDENTITY, SealedFile
from fieldkit.services.errors import DeskFault, ExchangeFault
from fieldkit.services.vault import OFFICE_KEYS, OFFLINE_FILE, OpenVault, check_phrase
from fieldkit.storage.errors import DatabaseFault, disk_faults
from fieldkit.sync.trust import DeviceIdentity

NAMED_IN = "bundle key named in"
"""Among the belongings: the number of the first trust list that names the present bundle key."""


# --- at headquarters ----------------------------------------------------------------------------------


def new_bundle_key(vault: OpenVault, offline_file: bytes, offline_phrase: str) -> SealedFile:
    """Let bundles be sealed to a new key from now on; the trust list that says so.

    Raises OfflineFault `offline.wrong_phrase`; SealFault; HeadquartersFault `headquarters.other_stick`.
    """
    made = _replaced(vault, offline_file, offline_phrase, "bundles", rotation.new_bundle_key)
    newest = enrolment.held_list(vault)
    assert newest is not None, "it was just made"
    vault.belongings.put(NAMED_IN, str(newest.number).encode())
    return made


def new_receipt_key(vault: OpenVault, offline_file: bytes, offline_phrase: str) -> SealedFile:
    """Sign receipts with a new key from now on; the trust list that says so. Raises as `new_bundle_key`."""

    def change(keys: OfficeKeys, offline: OfflineKeys) -> OfficeKeys:
        return rotation.new_receipt_key(keys, offline, vault.world.randomness)

    made = _replaced(vault, offline_file, offline_phrase, "receipts", change)
    newest = enrolment.held_list(vault)
    assert newest is not None, "it was just made"
    before = vault.belongings.get(devices.RECEIPTS_NAMED_IN) or b""
    numbers = [str(newest.number).encode(), *before.split()]
    vault.belongings.put(devices.RECEIPTS_NAMED_IN, b" ".join(numbers))
    return made


def new_stick(
    vault: OpenVault, offline_file: bytes, offline_phrase: str, folder: Path, new_phrase: str
) -> SealedFile:
    """New offline keys on another stick, in `folder` (rule 4); the trust list, signed by the new one.

    Raises as `new_bundle_key`; DeskFault `rotation.weak_phrase`, `rotation.same_stick`; DatabaseFault
    `vault.disk_full`, `vault.disk_failed`: then nothing changed.
    """
    vault.demand(Action.CERTIFY)
    keys = enrolment.office_keys(vault)
    if check_phrase(new_phrase, (keys.office.name, vault.person.label)) is not None:
        raise DeskFault("rotation.weak_phrase")
    offline = open_offline(offline_file, offline_phrase)
    changed, made = rotation.new_stick(
        keys,
        offline,
        vault.world.randomness,
        day=vault.world.today().isoformat(),
        erasures=erasure.signed_here(vault),
    )
    _write_stick(folder / OFFLINE_FILE, made, new_phrase)
    with vault.database.transaction():
        _keep(vault, changed, "certificates")
        pack_office.name_again(vault, keys.office, made)
        return SealedFile(devices.LIST_FILE, devices.publish_with(vault, changed, made))


def waiting_for(vault: OpenVault) -> tuple[str, ...]:
    """The posts that have not said yet that they know the present bundle key; empty when it was never replaced."""
    vault.demand(Action.CERTIFY)
    if not enrolment.office_keys(vault).former_bundles:
        return ()
    named_in = int(vault.belongings.get(NAMED_IN) or b"0")
    return tuple(
        sorted(
            one.certificate.post
            for one in held_devices.devices(vault.database)
            if one.trusted and one.acknowledged < named_in
        )
    )


def let_go(vault: OpenVault, reason: str = "") -> None:
    """Let the former bundle keys go (rule 3).

    Raises DeskFault `rotation.nothing_former`, `rotation.still_waiting` (without a reason).
    """
    waiting = waiting_for(vault)
    keys = enrolment.office_keys(vault)
    if not keys.former_bundles:
        raise DeskFault("rotation.nothing_former")
    if waiting and not reason.strip():
        raise DeskFault("rotation.still_waiting", count=len(waiting))
    told: JsonObject = {"reason": reason.strip(), "waiting": len(waiting), "which": "bundles"}
    with vault.database.transaction():
        vault.belongings.put(OFFICE_KEYS, rotation.forget_bundle_keys(keys).to_bytes())
        _note(vault, "key.let_go", told)


def _replaced(
    vault: OpenVault,
    offline_file: bytes,
    offline_phrase: str,
    which: str,
    change: Callable[[OfficeKeys, OfflineKeys], OfficeKeys],
) -> SealedFile:
    """Rule 2."""
    vault.demand(Action.CERTIFY)
    offline = open_offline(offline_file, offline_phrase)
    changed = change(enrolment.office_keys(vault), offline)
    with vault.database.transaction():
        _keep(vault, changed, which)
        return SealedFile(devices.LIST_FILE, devices.publish_with(vault, changed, offline))


def _keep(vault: OpenVault, changed: OfficeKeys, which: str) -> None:
    vault.belongings.put(OFFICE_KEYS, changed.to_bytes())
    told: JsonObject = {"office": changed.office.fingerprint.hex(), "which": which}
    _note(vault, "key.replaced", told)


def _write_stick(path: Path, offline: OfflineKeys, phrase: str) -> None:
    """Write the new stick, and read it back as it will be read (rule 4)."""
    if path.exists():
        raise DeskFault("rotation.same_stick", file=OFFLINE_FILE)
    with disk_faults():
        write_whole(path, seal_offline(offline, phrase))
        again = open_offline(path.read_bytes(), phrase)
    if again.certificates.public != offline.certificates.public:
        raise DatabaseFault("vault.disk_failed")


# --- at a post ----------------------------------------------------------------------------------------


def new_signing_key(vault: OpenVault) -> SealedFile:
    """Ask for a certificate on a new signing key (rule 5); the request. Asked again, it is for the same key.

    Raises ExchangeFault `exchange.not_enrolled`; PersonFault `access.not_allowed`.
    """
    vault.demand(Action.ENROL)
    if not enrolment.enrolment(vault).certified:
        raise ExchangeFault("exchange.not_enrolled")
    if vault.belongings.get(NEXT_IDENTITY) is None:
        present = enrolment.own_identity(vault)
        made = DeviceIdentity.new(present.stream, vault.world.randomness)
        following = DeviceIdentity(present.device, present.stream, made.key)
        with vault.database.transaction():
            vault.belongings.put(NEXT_IDENTITY, following.to_bytes())
            _note(vault, "key.asked", {"key": following.key.public.hex()})
    return enrolment.device_request(vault)


def keep_present_key(vault: OpenVault) -> None:
    """Ask no more for a new signing key: the request was not answered, and the present key stays."""
    vault.demand(Action.ENROL)
    vault.belongings.drop(NEXT_IDENTITY)


def _note(vault: OpenVault, kind: str, payload: JsonObject) -> None:
    vault.journal.append(
        actor=vault.person.id, subject=subject(devices.TRUST, "keys"), kind=kind, payload=payload
    )
