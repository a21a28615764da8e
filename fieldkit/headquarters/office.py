"""Headquarters' keys: made once, kept in two places, shown to posts as an office file.

1. Four keys for four duties: bundles are sealed to one, receipts are signed with one, certificates with one,
   laptops are recovered with one.
2. The first two live in headquarters' vault. The certificate key and the recovery key live on a stick, sealed
   with a phrase of their own (`crypto.offline`), and in this process only while one job runs.
3. A certificate is made only when the stick belongs to this office: its public half is checked first.
4. A key that was replaced is kept where it is still needed: a bundle key opens what was sealed before, public
   halves tell whose word was good until then. Who vouched for a new certificate key is kept as it was signed.
"""

from dataclasses import dataclass, field
from typing import Self

from fieldkit.crypto.offline import OfflineKeys
from fieldkit.crypto.sealing import SealingKey
from fieldkit.crypto.signature import SigningKey
from fieldkit.domain.entries import canonical, read_object
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import JsonValue, Randomness
from fieldkit.headquarters.faults import HeadquartersFault, KeysFault
from fieldkit.sync.statement import is_label
from fieldkit.sync.trust import (
    Certificate,
    DeviceRequest,
    OfficeFile,
    Trust,
    certify,
    read_office,
    write_office,
)

FORMAT = 1


@dataclass(frozen=True, slots=True)
class OfficeKeys:
    """What headquarters' vault holds: the two keys that work every day, and the office file. Secret."""

    bundles: SealingKey = field(repr=False)
    receipts: SigningKey = field(repr=False)
    office_file: bytes = field(repr=False)
    former_bundles: tuple[SealingKey, ...] = field(default=(), repr=False)
    """Keys that bundles were sealed to before, the newest first (rule 4)."""
    former_receipts: tuple[SigningKey, ...] = field(default=(), repr=False)
    """Keys that receipts were signed with before, the newest first: what goes to a laptop that knows no newer one
    is signed with the one it knows (rule 4)."""
    former_certificates: tuple[bytes, ...] = ()
    """Public halves, the newest first."""
    successions: tuple[bytes, ...] = field(default=(), repr=False)
    """Who vouched for each new certificate key, in their order (`sync.succession`)."""

    @property
    def office(self) -> OfficeFile:
        """What posts know of this office."""
        return read_office(self.office_file)

    @property
    def opening(self) -> tuple[SealingKey, ...]:
        """The keys that may open a bundle: the present one first."""
        return (self.bundles, *self.former_bundles)

    @property
    def signing(self) -> tuple[SigningKey, ...]:
        """The keys that sign or signed receipts: the present one first."""
        return (self.receipts, *self.former_receipts)

    def trust(
        self,
        revoked: frozenset[str] = frozenset(),
        listed: frozenset[tuple[str, str, bytes]] = frozenset(),
    ) -> Trust:
        """Whom this office believes; `revoked` holds device and stream ids, `listed` the devices on its record."""
        office, former = self.office, frozenset(self.former_certificates)
        return Trust(office.organisation, office.certificate_key, revoked, former, listed)

    def to_bytes(self) -> bytes:
        """For the vault and nothing else."""
        fields: dict[str, JsonValue] = {
            "bundles": _text(self.bundles),
            "format": FORMAT,
            "office": self.office_file.decode("utf-8"),
            "receipts": self.receipts.to_bytes().hex(),
        }
        former: dict[str, list[JsonValue]] = {
            "former bundles": [_text(key) for key in self.former_bundles],
            "former certificates": [key.hex() for key in self.former_certificates],
            "former receipts": [key.to_bytes().hex() for key in self.former_receipts],
            "successions": [content.decode("utf-8") for content in self.successions],
        }
        return canonical({**fields, **{name: held for name, held in former.items() if held}})

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """What `to_bytes` wrote. Raises ForeignFault `headquarters.keys_unreadable`."""
        fields = read_object(content, "headquarters.keys_unreadable")
        try:
            return cls(
                bundles=SealingKey(fields["bundles"].encode("ascii")),
                receipts=SigningKey(bytes.fromhex(fields["receipts"])),
                office_file=fields["office"].encode("utf-8"),
                former_bundles=tuple(
                    SealingKey(text.encode("ascii")) for text in fields.get("former bundles", ())
                ),
                former_receipts=tuple(
                    SigningKey(bytes.fromhex(seed)) for seed in fields.get("former receipts", ())
                ),
                former_certificates=tuple(map(bytes.fromhex, fields.get("former certificates", ()))),
                successions=tuple(text.encode("utf-8") for text in fields.get("successions", ())),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise KeysFault("headquarters.keys_unreadable") from error


def found_office(
    name: str, randomness: Randomness, *, training: bool = False
) -> tuple[OfficeKeys, OfflineKeys]:
    """A new organisation's keys: those for the vault, and those for the stick.

    Raises HeadquartersFault `trust.name` for a name that cannot be shown.
    """
    if not is_label(name):
        raise HeadquartersFault("trust.name")
    offline = OfflineKeys(new_id(randomness), SigningKey.generate(randomness), SealingKey.generate())
    bundles, receipts = SealingKey.generate(), SigningKey.generate(randomness)
    office = OfficeFile(
        organisation=offline.organisation,
        name=name,
        recipient=bundles.recipient,
        recovery=offline.recovery.recipient,
        certificate_key=offline.certificates.public,
        receipt_key=receipts.public,
        training=training,
    )
    return OfficeKeys(bundles, receipts, write_office(office, offline.certificates)), offline


def certify_device(request: DeviceRequest, keys: OfficeKeys, offline: OfflineKeys) -> Certificate:
    """The certificate for a device whose words were compared.

    Raises HeadquartersFault `headquarters.other_stick`, `headquarters.for_training`, `headquarters.for_work`;
    TrustFault `trust.other_office`.
    """
    check_stick(keys, offline)
    office = keys.office
    if request.training is not office.training:
        code = "headquarters.for_training" if office.training else "headquarters.for_work"
        raise HeadquartersFault(code, post=request.post)
    return certify(request, office.organisation, offline.certificates)


def check_stick(keys: OfficeKeys, offline: OfflineKeys) -> None:
    """Rule 3. Raises HeadquartersFault `headquarters.other_stick`."""
    office = keys.office
    stick = (offline.organisation, offline.certificates.public)
    if stick != (office.organisation, office.certificate_key):
        raise HeadquartersFault("headquarters.other_stick")


def _text(key: SealingKey) -> str:
    return key.to_bytes().decode("ascii").strip()
