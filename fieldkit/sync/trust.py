"""Who belongs to whom: office file, device request, certificate.

1. A post trusts an office when two people have compared the words of the office file, and not before.
2. A device request is signed by the key it brings: nobody can ask for a certificate on another's key.
3. A certificate names organisation, device, stream, signing key and post. It does not expire; it is revoked,
   by device or by stream.
4. Whatever is signed by the certificate key is made while the stick with that key is in, and never else.
5. Practice and work are apart: an office for training certifies laptops for training and no other, and the mark
   stands in office file, request and certificate. A mark that is not there says: for work.
6. The office file, and later the trust list, name the keys of the sealed classes for which somebody at
   headquarters is cleared; a class that is not named is sealed for nobody there.
7. When the certificate key was replaced, a certificate by a former one holds only for the devices on the record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from fieldkit.crypto.sealing import is_recipient
from fieldkit.crypto.signature import SigningKey
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import canonical, read_object
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import JsonValue, Randomness
from fieldkit.sync.continuing import (
    Parent,
    check_endorsement,
    endorse,
    read_parents,
    write_parents,
)
from fieldkit.sync.faults import TrustFault
from fieldkit.sync.statement import (
    Signed,
    from_object,
    is_label,
    read_key,
    read_statement,
    sign_statement,
    to_file,
)

MOST_KEYS = 8
"""Keys of one kind that headquarters names at a time, former ones included."""

_OFFICE = "office"
_REQUEST = "device request"
_CERTIFICATE = "certificate"
_OFFICE_FIELDS = frozenset({"keys", "name", "organisation", "recipient", "recovery"})
_DEVICE_FIELDS = frozenset({"device", "key", "organisation", "post", "stream"})
_OFFICE_MAY = frozenset({"classes", "former_receipts", "training"})
_CERTIFICATE_MAY = frozenset({"former", "parents", "training"})
_REQUEST_MAY = _CERTIFICATE_MAY | {"endorsement"}


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """What a post must know of its headquarters. Public keys are 32 bytes; recipients are `age1…`."""

    organisation: str
    name: str
    recipient: str
    recovery: str
    certificate_key: bytes
    receipt_key: bytes
    training: bool = False
    former_receipts: tuple[bytes, ...] = ()
    """Keys that receipts were signed with before, the newest first."""
    classes: Mapping[SealedClass, str] = field(default_factory=dict)
    """The recipient of every sealed class that somebody at headquarters is cleared for."""
    fingerprint: bytes = b""
    """SHA-256 of what the file states, shown as words (`crypto.phrases.fingerprint_words`)."""


@dataclass(frozen=True, slots=True)
class DeviceRequest:
    """A laptop's request to be certified, its own signature verified, and that of its `former` key if it had one.

    `parents` are the streams it continues, the nearest first.
    """

    organisation: str
    device: str
    stream: str
    key: bytes
    post: str
    training: bool = False
    parents: tuple[Parent, ...] = ()
    former: bytes = b""
    fingerprint: bytes = b""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Headquarters' word that this stream is written by this key, on this device, at this post."""

    organisation: str
    device: str
    stream: str
    key: bytes
    post: str
    signed: dict[str, Any]
    """The signed statement, as it travels in a manifest."""
    training: bool = False
    parents: tuple[Parent, ...] = ()
    former: bytes = b""
    """The key that wrote this stream before; empty for the first one."""

    @property
    def is_for(self) -> tuple[str, str, bytes]:
        """Device, stream and key: what it says belong together."""
        return self.device, self.stream, self.key

    def parent(self, stream: str) -> Parent | None:
        """Where this stream left the other one that it continues; None when it does not."""
        return next((parent for parent in self.parents if parent.stream == stream), None)

    def fits(self, identity: "DeviceIdentity") -> bool:
        """Whether it was issued to `identity`."""
        return self.is_for == (identity.device, identity.stream, identity.key.public)

    def to_bytes(self) -> bytes:
        """The certificate file."""
        return to_file(self.signed)


@dataclass(frozen=True, slots=True)
class DeviceIdentity:
    """What a laptop is to others: device id, the stream it writes, the key that signs for it. Secret."""

    device: str
    stream: str
    key: SigningKey

    @classmethod
    def new(cls, stream: str, randomness: Randomness) -> Self:
        """A new identity for the journal stream `stream`."""
        return cls(new_id(randomness), stream, SigningKey.generate(randomness))

    def to_bytes(self) -> bytes:
        """For the vault and nothing else."""
        seed = self.key.to_bytes().hex()
        return canonical({"device": self.device, "format": 1, "seed": seed, "stream": self.stream})

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """What `to_bytes` wrote. Raises ForeignFault `trust.unreadable`."""
        fields = read_object(content, "trust.unreadable")
        try:
            return cls(fields["device"], fields["stream"], SigningKey(bytes.fromhex(fields["seed"])))
        except (KeyError, TypeError, ValueError) as error:
            raise TrustFault("trust.unreadable") from error


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom headquarters believes: certificates by this key, except those of what is revoked.

    `revoked` holds device ids and stream ids. `former` are certificate keys that were replaced; they speak only
    for what is `listed` (rule 7).
    """

    organisation: str
    certificate_key: bytes
    revoked: frozenset[str] = frozenset()
    former: frozenset[bytes] = frozenset()
    listed: frozenset[tuple[str, str, bytes]] = field(default_factory=frozenset)


def write_office(office: OfficeFile, certificate_key: SigningKey) -> bytes:
    """The office file, signed by the certificate key it names."""
    fields: dict[str, JsonValue] = {
        "keys": {"certificates": office.certificate_key.hex(), "receipts": office.receipt_key.hex()},
        "name": office.name,
        "organisation": office.organisation,
        "recipient": office.recipient,
        "recovery": office.recovery,
        **_mark(office.training),
    }
    if office.former_receipts:
        fields["former_receipts"] = [key.hex() for key in office.former_receipts]
    if office.classes:
        fields["classes"] = write_classes(office.classes)
    content = to_file(sign_statement(_OFFICE, fields, certificate_key))
    read_office(content)  # nothing leaves that the other side would refuse
    return content


def read_office(content: bytes) -> OfficeFile:
    """The office that a file describes; trust it only after its words were compared.

    Raises TrustFault `trust.unreadable`, `trust.other_file`, `trust.newer`, `trust.not_signed`.
    """
    signed = read_statement(content, _OFFICE, _OFFICE_FIELDS, _OFFICE_MAY)
    keys, recipient, recovery = (signed.fields[name] for name in ("keys", "recipient", "recovery"))
    sound = isinstance(keys, dict) and set(keys) == {"certificates", "receipts"}
    if not sound or not all(isinstance(text, str) and is_recipient(text) for text in (recipient, recovery)):
        raise TrustFault("trust.unreadable")
    office = OfficeFile(
        organisation=signed.identifier("organisation"),
        name=signed.text("name"),
        recipient=recipient,
        recovery=recovery,
        certificate_key=read_key(keys["certificates"]),
        receipt_key=read_key(keys["receipts"]),
        training=_is_training(signed),
        former_receipts=_former_receipts(signed),
        classes=read_classes(signed.fields),
        fingerprint=signed.fingerprint,
    )
    signed.check(office.certificate_key)
    return office


def write_request(
    identity: DeviceIdentity,
    office: OfficeFile,
    post: str,
    *,
    parents: Sequence[Parent] = (),
    former: SigningKey | None = None,
) -> bytes:
    """The device request of this laptop to `office`; `post` is the name people know the place by.

    `parents` are the streams it continues; `former` is the key that wrote this stream before. The mark for
    training is the office's: a laptop never asks one of the other sort. Raises TrustFault `trust.name`.
    """
    if not is_label(post):
        raise TrustFault("trust.name")
    own = (identity.device, identity.stream, identity.key.public)
    fields = _device_fields(office.organisation, own, post, office.training, parents)
    if former is not None:
        fields["former"] = former.public.hex()
        fields["endorsement"] = endorse(former, device=own[0], stream=own[1], key=own[2])
    content = to_file(sign_statement(_REQUEST, fields, identity.key))
    read_request(content)  # nothing leaves that the other side would refuse
    return content


def read_request(content: bytes) -> DeviceRequest:
    """The request in a file. Raises TrustFault as `read_office`."""
    signed = read_statement(content, _REQUEST, _DEVICE_FIELDS, _REQUEST_MAY)
    request = DeviceRequest(**_read_device(signed), fingerprint=signed.fingerprint)
    signed.check(request.key)
    endorsement = signed.fields.get("endorsement", "")
    if not isinstance(endorsement, str) or bool(endorsement) != bool(request.former):
        raise TrustFault("trust.unreadable")
    if request.former:
        own = {"device": request.device, "stream": request.stream, "key": request.key}
        check_endorsement(endorsement, request.former, **own)  # type: ignore[arg-type]  # texts and one key
    return request


def certify(request: DeviceRequest, organisation: str, certificate_key: SigningKey) -> Certificate:
    """Headquarters' certificate for `request`. Raises TrustFault `trust.other_office`."""
    if request.organisation != organisation:
        raise TrustFault("trust.other_office")
    own = (request.device, request.stream, request.key)
    fields = _device_fields(organisation, own, request.post, request.training, request.parents)
    if request.former:
        fields["former"] = request.former.hex()
    return certificate_from(sign_statement(_CERTIFICATE, fields, certificate_key))


def read_certificate(content: bytes, office: OfficeFile) -> Certificate:
    """The certificate in a file, signed by `office`.

    Raises TrustFault as `read_office`, and `trust.other_office`.
    """
    certificate = _certificate(read_statement(content, _CERTIFICATE, _DEVICE_FIELDS, _CERTIFICATE_MAY))
    check_certificate(certificate, Trust(office.organisation, office.certificate_key))
    return certificate


def accept_certificate(
    content: bytes, office: OfficeFile, identity: DeviceIdentity, former: frozenset[bytes] = frozenset()
) -> Certificate:
    """The certificate in a file, for this laptop; one by a `former` key of the office will do, for this was
    checked as it came. Raises as `read_certificate`, and `trust.not_ours`."""
    certificate = _certificate(read_statement(content, _CERTIFICATE, _DEVICE_FIELDS, _CERTIFICATE_MAY))
    listed = frozenset({certificate.is_for})
    check_certificate(
        certificate, Trust(office.organisation, office.certificate_key, former=former, listed=listed)
    )
    if not certificate.fits(identity):
        raise TrustFault("trust.not_ours", post=certificate.post)
    return certificate


def certificate_from(value: Any) -> Certificate:
    """The certificate in an object, such as a manifest's; not to be believed before `check_certificate`."""
    return _certificate(from_object(value, _CERTIFICATE, _DEVICE_FIELDS, _CERTIFICATE_MAY))


def check_certificate(certificate: Certificate, trust: Trust) -> None:
    """Return when `trust` covers `certificate`.

    Raises TrustFault `trust.other_office`, `trust.not_signed`, `trust.revoked`.
    """
    if certificate.organisation != trust.organisation:
        raise TrustFault("trust.other_office")
    signed = from_object(certificate.signed, _CERTIFICATE, _DEVICE_FIELDS, _CERTIFICATE_MAY)
    keys = trust.former if certificate.is_for in trust.listed else frozenset()
    _check_by_one_of(signed, [trust.certificate_key, *sorted(keys)])
    if not trust.revoked.isdisjoint({certificate.device, certificate.stream}):
        raise TrustFault("trust.revoked", post=certificate.post)


def _certificate(signed: Signed) -> Certificate:
    value = {"signature": signed.signature.decode("ascii"), "statement": signed.fields}
    return Certificate(**_read_device(signed), signed=value)


def _check_by_one_of(signed: Signed, keys: Sequence[bytes]) -> None:
    for key in keys:
        try:
            signed.check(key)
        except TrustFault:
            continue
        return
    raise TrustFault("trust.not_signed")


def _device_fields(
    organisation: str,
    own: tuple[str, str, bytes],
    post: str,
    training: bool,
    parents: Sequence[Parent],
) -> dict[str, JsonValue]:
    device, stream, key = own
    fields: dict[str, JsonValue] = {
        "device": device,
        "key": key.hex(),
        "organisation": organisation,
        "post": post,
        "stream": stream,
        **_mark(training),
    }
    if parents:
        fields["parents"] = write_parents(parents)
    return fields


def _read_device(signed: Signed) -> dict[str, Any]:
    identifiers = {name: signed.identifier(name) for name in ("device", "organisation", "stream")}
    parents = read_parents(signed.fields["parents"]) if "parents" in signed.fields else ()
    return {
        **identifiers,
        "key": signed.key("key"),
        "post": signed.text("post"),
        "training": _is_training(signed),
        "parents": parents,
        "former": signed.key("former") if "former" in signed.fields else b"",
    }


def write_classes(classes: Mapping[SealedClass, str]) -> dict[str, JsonValue]:
    """The class keys as a statement has them."""
    return {name.value: recipient for name, recipient in classes.items()}


def read_classes(fields: Mapping[str, Any]) -> dict[SealedClass, str]:
    """The class keys in a statement; none in one from before there were any. A class that this version does not
    know is left out: nothing here is sealed as that. Raises TrustFault `trust.unreadable`."""
    held = fields.get("classes", {})
    if "classes" in fields and (not isinstance(held, dict) or not held):
        raise TrustFault("trust.unreadable")
    if not all(isinstance(one, str) and is_recipient(one) for one in held.values()):
        raise TrustFault("trust.unreadable")
    return {name: held[name.value] for name in SealedClass if name.value in held}


def _former_receipts(signed: Signed) -> tuple[bytes, ...]:
    if "former_receipts" not in signed.fields:
        return ()
    held = signed.fields["former_receipts"]
    if not isinstance(held, list) or not 0 < len(held) < MOST_KEYS:
        raise TrustFault("trust.unreadable")
    return tuple(read_key(key) for key in held)


def _mark(training: bool) -> dict[str, JsonValue]:
    """The mark for training, in its one spelling: there, or not there."""
    return {"training": True} if training else {}


def _is_training(signed: Signed) -> bool:
    if signed.fields.get("training", True) is not True:
        raise TrustFault("trust.unreadable")
    return "training" in signed.fields
