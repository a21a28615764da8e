"""A receipt: headquarters' signed word on one stream (`journal.md`, rule 8).

1. It says: of this stream I hold every entry up to `number`, whose digest is `digest`; up to `safe` all of it also
   lies in a verified copy of my store on a second medium; I signed this on `day`.
2. It is signed with headquarters' receipt key, which signs nothing else. It is not secret: digests of salted
   records say nothing to anybody.
3. `safe` is never above `number`. Nothing else is promised: what is held is not what was agreed to, and an entry
   that came without its content is held without it.
"""

import re
from dataclasses import dataclass
from datetime import date

from fieldkit.crypto.signature import SigningKey
from fieldkit.sync.faults import TrustFault
from fieldkit.sync.statement import Signed, read_statement, sign_statement, to_file

KIND = "receipt"
_FIELDS = frozenset({"day", "held", "organisation", "safe", "stream"})
_DIGEST = re.compile("[0-9a-f]{64}")
_MOST = 2**53
"""Whole numbers that every reader of JSON understands."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What headquarters holds of `stream`: up to `number` with `digest`; up to `safe` twice; signed on `day`."""

    organisation: str
    stream: str
    number: int
    digest: str
    safe: int
    day: date


def write_receipt(receipt: Receipt, key: SigningKey) -> bytes:
    """The signed statement, ready to travel."""
    signed = sign_statement(
        KIND,
        {
            "day": receipt.day.isoformat(),
            "held": {"digest": receipt.digest, "number": receipt.number},
            "organisation": receipt.organisation,
            "safe": receipt.safe,
            "stream": receipt.stream,
        },
        key,
    )
    content = to_file(signed)
    read_receipt(content, key.public)  # nothing leaves that the other side would refuse
    return content


def read_receipt(content: bytes, public: bytes) -> Receipt:
    """The receipt in a file, signed by `public`.

    Raises TrustFault `trust.unreadable`, `trust.other_file`, `trust.newer`, `trust.not_signed`.
    """
    signed = read_statement(content, KIND, _FIELDS)
    receipt = _read(signed)
    signed.check(public)
    return receipt


def _read(signed: Signed) -> Receipt:
    held, safe, day = (signed.fields[name] for name in ("held", "safe", "day"))
    if not isinstance(held, dict) or set(held) != {"digest", "number"} or not isinstance(day, str):
        raise TrustFault("trust.unreadable")
    number, digest = held["number"], held["digest"]
    sound = (
        type(number) is int
        and type(safe) is int
        and 0 <= safe <= number < _MOST
        and number > 0
        and isinstance(digest, str)
        and _DIGEST.fullmatch(digest) is not None
    )
    if not sound:
        raise TrustFault("trust.unreadable")
    return Receipt(
        signed.identifier("organisation"), signed.identifier("stream"), number, digest, safe, _day(day)
    )


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise TrustFault("trust.unreadable") from error
    if day.isoformat() != text:  # one spelling of everything
        raise TrustFault("trust.unreadable")
    return day
