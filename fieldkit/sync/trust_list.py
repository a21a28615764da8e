"""The trust list: what headquarters says of laptops and of its own keys, signed and numbered.

1. Signed by the certificate key, so made with the stick in: a stolen laptop of headquarters cannot name new keys.
2. Numbered: a list with a lower number than the one that is held is refused, and so is another one with the same.
   Whoever holds back a newer list can delay it and cannot undo an older one's revocations.
3. It names laptops by their ids and keys, and no place, no person and no reason: it travels in packs, unsealed.
4. Of what is revoked it says up to which entry headquarters holds each stream (the cut-off): what lies above is
   not merged. Keys of headquarters stand in their order, the present one first; bundles that were sealed to a
   former one still open until every laptop has acknowledged the list that replaced it.
5. It names the keys of the sealed classes for which somebody is cleared there. A list without any, as every one
   was before there were such keys, is as good as ever: then nothing is sealed for headquarters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fieldkit.crypto.sealing import is_recipient
from fieldkit.crypto.signature import SigningKey
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.ids import is_id
from fieldkit.domain.ports import JsonValue
from fieldkit.sync.continuing import Parent
from fieldkit.sync.faults import TrustFault
from fieldkit.sync.statement import Signed, is_day, read_key, read_statement, sign_statement, to_file
from fieldkit.sync.trust import MOST_KEYS, OfficeFile, read_classes, write_classes

KIND = "trust list"
MAX_LIST_BYTES = 1024 * 1024
"""About 300 bytes a laptop: room for three thousand."""

_FIELDS = frozenset({"day", "devices", "number", "organisation", "receipts", "recipients", "revoked"})
_MAY = frozenset({"classes"})
_DEVICE = {"device", "key", "stream"}
_REVOKED = {"cut_offs", "id"}
_MAX_NUMBER = 2**53 - 1

CutOff = Parent
"""A stream with the number and digest up to which it is held: the same three things as a parent."""


@dataclass(frozen=True, slots=True)
class ListedDevice:
    """A laptop that is trusted: its id, the stream it writes, the key that signs for it (32 bytes)."""

    device: str
    stream: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Revoked:
    """A device or a stream, by its id, that is not trusted any more, with where each of its streams was cut
    off."""

    id: str
    cut_offs: tuple[CutOff, ...] = ()


@dataclass(frozen=True, slots=True)
class TrustList:
    """What one list says. `day` is headquarters' date (ISO); of `recipients` and `receipt_keys` the present one is
    the first."""

    organisation: str
    number: int
    day: str
    devices: tuple[ListedDevice, ...]
    revoked: tuple[Revoked, ...]
    recipients: tuple[str, ...]
    receipt_keys: tuple[bytes, ...]
    classes: Mapping[SealedClass, str] = field(default_factory=dict)
    """Headquarters' recipient for each sealed class that somebody there is cleared for."""
    fingerprint: bytes = b""

    @property
    def revoked_ids(self) -> frozenset[str]:
        """Devices and streams that are not trusted any more."""
        return frozenset(one.id for one in self.revoked)

    def trusts(self, device: str) -> bool:
        """Whether a laptop is listed, and neither it nor its stream is revoked."""
        return any(
            one.device == device and self.revoked_ids.isdisjoint({one.device, one.stream})
            for one in self.devices
        )


def write_trust_list(what: TrustList, certificate_key: SigningKey) -> bytes:
    """The signed list. Raises TrustFault `trust.unreadable` for one that nobody could read again."""
    fields: dict[str, JsonValue] = {
        "day": what.day,
        "devices": [
            {"device": one.device, "key": one.key.hex(), "stream": one.stream} for one in what.devices
        ],
        "number": what.number,
        "organisation": what.organisation,
        "receipts": [key.hex() for key in what.receipt_keys],
        "recipients": list(what.recipients),
        "revoked": [
            {"cut_offs": [cut.to_fields() for cut in one.cut_offs], "id": one.id} for one in what.revoked
        ],
    }
    if what.classes:
        fields["classes"] = write_classes(what.classes)
    content = to_file(sign_statement(KIND, fields, certificate_key))
    _read(read_statement(content, KIND, _FIELDS, _MAY, limit=MAX_LIST_BYTES))
    return content


def read_trust_list(content: bytes, office: OfficeFile) -> TrustList:
    """The list in a file, signed by `office`.

    Raises TrustFault `trust.unreadable`, `trust.other_file`, `trust.newer`, `trust.other_office`,
    `trust.not_signed`.
    """
    signed = read_statement(content, KIND, _FIELDS, _MAY, limit=MAX_LIST_BYTES)
    found = _read(signed)
    if found.organisation != office.organisation:
        raise TrustFault("trust.other_office")
    signed.check(office.certificate_key)
    return found


def reread(content: bytes) -> TrustList:
    """A list that was believed when it came and lies in the vault: the key that signed it may have gone since.

    Raises TrustFault `trust.unreadable`.
    """
    return _read(read_statement(content, KIND, _FIELDS, _MAY, limit=MAX_LIST_BYTES))


def is_news(came: TrustList, held: TrustList | None) -> bool:
    """Whether `came` is newer than what is held; False for the same one again (rule 2).

    Raises TrustFault `trust.list_older`, `trust.list_forked`.
    """
    if held is None or came.number > held.number:
        return True
    if came.number < held.number:
        raise TrustFault("trust.list_older", number=came.number, held=held.number)
    if came != held:
        raise TrustFault("trust.list_forked", number=came.number)
    return False


def _read(signed: Signed) -> TrustList:
    fields = signed.fields
    number, day = fields["number"], fields["day"]
    if type(number) is not int or not 1 <= number <= _MAX_NUMBER or not is_day(day):
        raise TrustFault("trust.unreadable")
    found = TrustList(
        organisation=signed.identifier("organisation"),
        number=number,
        day=day,
        devices=tuple(_device(one) for one in _several(fields["devices"])),
        revoked=tuple(_revoked(one) for one in _several(fields["revoked"])),
        recipients=tuple(_recipient(one) for one in _several(fields["recipients"])),
        receipt_keys=tuple(read_key(one) for one in _several(fields["receipts"])),
        classes=read_classes(fields),
        fingerprint=signed.fingerprint,
    )
    if not (0 < len(found.recipients) <= MOST_KEYS and 0 < len(found.receipt_keys) <= MOST_KEYS):
        raise TrustFault("trust.unreadable")
    ids = (
        [one.device + one.stream + one.key.hex() for one in found.devices],
        [one.id for one in found.revoked],
    )
    if any(list(names) != sorted(set(names)) for names in ids):  # one spelling: sorted, nothing twice
        raise TrustFault("trust.unreadable")
    return found


def _device(value: Any) -> ListedDevice:
    fields = _exactly(value, _DEVICE)
    return ListedDevice(_id(fields["device"]), _id(fields["stream"]), read_key(fields["key"]))


def _revoked(value: Any) -> Revoked:
    fields = _exactly(value, _REVOKED)
    return Revoked(_id(fields["id"]), tuple(CutOff.from_fields(one) for one in _several(fields["cut_offs"])))


def _recipient(value: Any) -> str:
    if not isinstance(value, str) or not is_recipient(value):
        raise TrustFault("trust.unreadable")
    return value


def _id(value: Any) -> str:
    if not isinstance(value, str) or not is_id(value):
        raise TrustFault("trust.unreadable")
    return value


def _exactly(value: Any, names: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != names:
        raise TrustFault("trust.unreadable")
    return value


def _several(value: Any) -> Sequence[Any]:
    if not isinstance(value, list):
        raise TrustFault("trust.unreadable")
    return value
