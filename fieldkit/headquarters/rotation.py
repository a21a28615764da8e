"""New keys for headquarters, one at a time; each leaves what the former one is still needed for.

1. Bundle key: from now on bundles are sealed to the new one; the former one still opens what was sealed to it.
2. Receipt key: from now on receipts and other statements are signed with the new one; the trust list names both,
   the present one first.
3. Certificate key: a new stick with a new certificate key and a new recovery key. The old stick vouches for the
   new office file; certificates by the old key hold for the laptops on the record, and for no other.
4. Class keys: the office file names those for which somebody is cleared. The private halves never come here.
5. Every new key means a new office file: posts that enrol later must know it from the start.

Pure: keys in, keys out. `services.rotation` keeps them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from fieldkit.crypto.offline import OfflineKeys
from fieldkit.crypto.sealing import SealingKey
from fieldkit.crypto.signature import SigningKey
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.ports import Randomness
from fieldkit.headquarters.office import OfficeKeys, check_stick
from fieldkit.sync.succession import write_succession
from fieldkit.sync.trust import MOST_KEYS, OfficeFile, write_office


def new_bundle_key(keys: OfficeKeys, offline: OfflineKeys) -> OfficeKeys:
    """Rule 1. Raises HeadquartersFault `headquarters.other_stick`."""
    check_stick(keys, offline)
    made = SealingKey.generate()
    office = _signed(replace(keys.office, recipient=made.recipient), offline)
    former = (keys.bundles, *keys.former_bundles)[: MOST_KEYS - 1]
    return replace(keys, bundles=made, former_bundles=former, office_file=office)


def forget_bundle_keys(keys: OfficeKeys) -> OfficeKeys:
    """Let the former bundle keys go: every laptop has acknowledged the present one, or somebody decided so."""
    return replace(keys, former_bundles=())


def new_receipt_key(keys: OfficeKeys, offline: OfflineKeys, randomness: Randomness) -> OfficeKeys:
    """Rule 2. Raises HeadquartersFault `headquarters.other_stick`."""
    check_stick(keys, offline)
    made = SigningKey.generate(randomness)
    former = (keys.receipts, *keys.former_receipts)[: MOST_KEYS - 1]
    named = tuple(key.public for key in former)
    office = _signed(replace(keys.office, receipt_key=made.public, former_receipts=named), offline)
    return replace(keys, receipts=made, former_receipts=former, office_file=office)


def name_classes(keys: OfficeKeys, offline: OfflineKeys, classes: Mapping[SealedClass, str]) -> OfficeKeys:
    """Rule 4. Raises HeadquartersFault `headquarters.other_stick`."""
    check_stick(keys, offline)
    if dict(keys.office.classes) == dict(classes):
        return keys
    return replace(keys, office_file=_signed(replace(keys.office, classes=dict(classes)), offline))


def new_stick(
    keys: OfficeKeys,
    offline: OfflineKeys,
    randomness: Randomness,
    *,
    day: str = "",
    erasures: Iterable[str] = (),
) -> tuple[OfficeKeys, OfflineKeys]:
    """Rule 3: the keys for the vault, and those for the new stick. `erasures` are those that were signed until this
    `day` (ISO): they are believed on. Raises HeadquartersFault `headquarters.other_stick`."""
    check_stick(keys, offline)
    made = OfflineKeys(offline.organisation, SigningKey.generate(randomness), SealingKey.generate())
    changed = replace(keys.office, certificate_key=made.certificates.public, recovery=made.recovery.recipient)
    office = _signed(changed, made)
    vouched = write_succession(office, offline.certificates, day=day, erasures=erasures)
    after = replace(
        keys,
        office_file=office,
        former_certificates=(offline.certificates.public, *keys.former_certificates),
        successions=(*keys.successions, vouched),
    )
    return after, made


def _signed(office: OfficeFile, offline: OfflineKeys) -> bytes:
    return write_office(office, offline.certificates)
