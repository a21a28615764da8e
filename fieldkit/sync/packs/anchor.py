"""What binds the root of the packs to the headquarters whose words were compared (`protection.md` 13).

1. The words of the office file name its certificate key; that key signs which root is the first one. So nobody
   but the office that two people compared can say whose packs are believed.
2. It says so once: from the first pack on, a root is followed only by one that two keys of it have signed. A stolen
   certificate key cannot replace a root that a post already knows.
"""

from dataclasses import dataclass

from fieldkit.crypto.signature import SigningKey
from fieldkit.sync.faults import TrustFault
from fieldkit.sync.packs.faults import PackFault
from fieldkit.sync.statement import read_statement, sign_statement, to_file
from fieldkit.sync.trust import OfficeFile

_KIND = "pack root"
_FIELDS = frozenset({"organisation", "root"})


@dataclass(frozen=True, slots=True)
class Anchor:
    """The first root of an organisation: SHA-256 of its signed part, 32 bytes."""

    organisation: str
    root: bytes


def write_anchor(anchor: Anchor, certificate_key: SigningKey) -> bytes:
    """The anchor file, made with the stick of the offline keys in."""
    fields = {"organisation": anchor.organisation, "root": anchor.root.hex()}
    return to_file(sign_statement(_KIND, fields, certificate_key))


def read_anchor(content: bytes, office: OfficeFile) -> Anchor:
    """The anchor in a file, signed by `office`. Raises PackFault `pack.other_office`, `pack.altered`."""
    try:
        signed = read_statement(content, _KIND, _FIELDS)
        anchor = Anchor(signed.identifier("organisation"), signed.key("root"))
        if anchor.organisation != office.organisation:
            raise PackFault("pack.other_office")
        signed.check(office.certificate_key)
    except TrustFault as fault:
        code = "pack.other_office" if fault.code == "trust.not_signed" else "pack.altered"
        raise PackFault(code) from fault
    return anchor
