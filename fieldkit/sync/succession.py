"""A new certificate key of headquarters, vouched for by the one before it.

1. The old key signs which office file follows; that file is signed by the new key, as every office file is. A post
   that believed the old key believes the new one without comparing words again.
2. When the old key is lost, nobody can vouch: then the words of the new office file are compared anew.
3. A succession leads on from exactly one key: one that begins elsewhere is refused, so none can be skipped or
   played back.
"""

from dataclasses import dataclass

from fieldkit.crypto.signature import SigningKey
from fieldkit.sync.faults import TrustFault
from fieldkit.sync.statement import read_key, read_statement, sign_statement, to_file
from fieldkit.sync.trust import OfficeFile, read_office

KIND = "office succession"
_FIELDS = frozenset({"former", "office", "organisation"})


@dataclass(frozen=True, slots=True)
class Succession:
    """The office as it is from now on, the bytes of its file, and the certificate key that it had before."""

    office: OfficeFile
    office_file: bytes
    former: bytes


def write_succession(office_file: bytes, former: SigningKey) -> bytes:
    """The old key's word for a new office file."""
    office = read_office(office_file)
    fields = {
        "former": former.public.hex(),
        "office": office_file.decode("utf-8"),
        "organisation": office.organisation,
    }
    content = to_file(sign_statement(KIND, fields, former))
    read_succession(content)
    return content


def read_succession(content: bytes) -> Succession:
    """What a file says, signed by the key it names as the former one; whether that one was ours is the caller's to
    ask. Raises TrustFault as `trust.read_office`."""
    signed = read_statement(content, KIND, _FIELDS)
    text = signed.fields["office"]
    former = read_key(signed.fields["former"])
    if not isinstance(text, str):
        raise TrustFault("trust.unreadable")
    signed.check(former)
    office_file = text.encode("utf-8")
    office = read_office(office_file)
    if office.organisation != signed.identifier("organisation") or office.certificate_key == former:
        raise TrustFault("trust.unreadable")
    return Succession(office, office_file, former)
