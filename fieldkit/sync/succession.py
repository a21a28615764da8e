"""A new certificate key of headquarters, vouched for by the one before it.

1. The old key signs which office file follows; that file is signed by the new key, as every office file is. A post
   that believed the old key believes the new one without comparing words again.
2. When the old key is lost, nobody can vouch: then the words of the new office file are compared anew.
3. It names the erasures that the old key has signed until then: these are believed on (`sync.erasures`). Others by
   the old key are not, whatever day stands in them, for whoever found the old stick could write any day.
4. A succession leads on from exactly one key: one that begins elsewhere is refused, so none can be skipped or
   played back.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from fieldkit.crypto.signature import SigningKey
from fieldkit.domain.ids import is_id
from fieldkit.domain.ports import JsonValue
from fieldkit.sync.faults import TrustFault
from fieldkit.sync.statement import Signed, is_day, read_key, read_statement, sign_statement, to_file
from fieldkit.sync.trust import OfficeFile, read_office

KIND = "office succession"
MAX_SUCCESSION_BYTES = 512 * 1024
"""Room for some fourteen thousand erasures."""

_FIELDS = frozenset({"former", "office", "organisation"})
_MAY = frozenset({"day", "erasures"})


@dataclass(frozen=True, slots=True)
class Succession:
    """The office as it is from now on, the bytes of its file, and the certificate key that it had before."""

    office: OfficeFile
    office_file: bytes
    former: bytes
    day: str = ""
    """Headquarters' date of the change (ISO); empty in one from before days were named."""
    erasures: frozenset[str] = frozenset()
    """The ids of the erasures that the former key has signed."""


def write_succession(
    office_file: bytes, former: SigningKey, *, day: str = "", erasures: Iterable[str] = ()
) -> bytes:
    """The old key's word for a new office file, and for the erasures it has signed."""
    office = read_office(office_file)
    fields: dict[str, JsonValue] = {
        "former": former.public.hex(),
        "office": office_file.decode("utf-8"),
        "organisation": office.organisation,
    }
    if day:
        fields["day"], fields["erasures"] = day, list[JsonValue](sorted(set(erasures)))
    content = to_file(sign_statement(KIND, fields, former))
    read_succession(content)
    return content


def read_succession(content: bytes) -> Succession:
    """What a file says, signed by the key it names as the former one; whether that one was ours is the caller's to
    ask. Raises TrustFault as `trust.read_office`."""
    signed = read_statement(content, KIND, _FIELDS, _MAY, MAX_SUCCESSION_BYTES)
    text = signed.fields["office"]
    former = read_key(signed.fields["former"])
    if not isinstance(text, str):
        raise TrustFault("trust.unreadable")
    signed.check(former)
    office_file = text.encode("utf-8")
    office = read_office(office_file)
    if office.organisation != signed.identifier("organisation") or office.certificate_key == former:
        raise TrustFault("trust.unreadable")
    return Succession(office, office_file, former, *_erasures(signed))


def _erasures(signed: Signed) -> tuple[str, frozenset[str]]:
    day, named = signed.fields.get("day", ""), signed.fields.get("erasures", [])
    sound = isinstance(named, list) and all(isinstance(one, str) and is_id(one) for one in named)
    if not sound or named != sorted(set(named)) or ("day" in signed.fields) != ("erasures" in signed.fields):
        raise TrustFault("trust.unreadable")
    if "day" in signed.fields and not is_day(day):
        raise TrustFault("trust.unreadable")
    return day, frozenset(named)
