"""An erasure: headquarters' signed word that some records are to be gone for ever (`journal.md`, rule 7).

1. It names records by their digests, the case or survey they are about by its random id, why in one word of a
   fixed list, and where: everywhere, or at headquarters only (when somebody takes back only what headquarters
   may have). Nothing in it says anything about a person.
2. It is signed with the certificate key, which lies on a stick: nobody erases a country's records with a laptop of
   headquarters alone.
3. One that a former certificate key signed is believed when the succession that replaced that key names it
   (`succession`, rule 3), and else not: an old stick that somebody finds erases nothing.
4. Digests stand once each and in order: one spelling of everything.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fieldkit.crypto.signature import SigningKey
from fieldkit.sync.faults import TrustFault
from fieldkit.sync.statement import Signed, read_statement, sign_statement, to_file

KIND = "erasure"
MAX_ERASURE_BYTES = 256 * 1024
MOST_DIGESTS = 2000
"""Records of one statement; more make more statements. A case has about fifteen."""

_FIELDS = frozenset({"about", "because", "day", "digests", "erasure", "organisation", "where"})
_DIGEST = re.compile("[0-9a-f]{64}")
_ABOUT = re.compile("(case|submission)/[0-9A-Za-z:-]{1,80}")


class Because(StrEnum):
    """Why something is erased."""

    WITHDRAWN = "withdrawn"
    WRONG = "wrong"
    TOO_LONG = "too long"
    LAW = "law"


class Where(StrEnum):
    """Which stores an erasure is for."""

    EVERYWHERE = "everywhere"
    HEADQUARTERS = "headquarters"


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is to be gone: the payloads under `digests`, all about `about` (`case/…`, `submission/…`)."""

    organisation: str
    erasure: str
    about: str
    digests: tuple[str, ...]
    because: Because
    where: Where
    day: date


def write_erasure(erasure: Erasure, key: SigningKey) -> bytes:
    """The signed statement."""
    signed = sign_statement(
        KIND,
        {
            "about": erasure.about,
            "because": erasure.because.value,
            "day": erasure.day.isoformat(),
            "digests": list(erasure.digests),
            "erasure": erasure.erasure,
            "organisation": erasure.organisation,
            "where": erasure.where.value,
        },
        key,
    )
    content = to_file(signed)
    read_erasure(content, [key.public])  # nothing leaves that the other side would refuse
    return content


def read_erasure(content: bytes, publics: Iterable[bytes]) -> Erasure:
    """The erasure in a file, signed by one of `publics`.

    Raises TrustFault `trust.unreadable`, `trust.other_file`, `trust.newer`, `trust.not_signed`.
    """
    signed = read_statement(content, KIND, _FIELDS, limit=MAX_ERASURE_BYTES)
    erasure = _read(signed)
    _check_one(signed, tuple(publics))
    return erasure


Former = Mapping[bytes, frozenset[str]]
"""Certificate keys that were replaced, and the erasures that each had signed until then, by their ids."""


def read_believed(content: bytes, present: bytes, former: Former) -> Erasure:
    """The erasure in a file, signed by the `present` certificate key, or by one before it and named as its
    (rule 3).

    Raises as `read_erasure`.
    """
    try:
        return read_erasure(content, [present])
    except TrustFault as fault:
        if fault.code != "trust.not_signed":
            raise
    found = known_erasure(content)
    return read_erasure(content, [key for key, signed in former.items() if found.erasure in signed])


def known_erasure(content: bytes) -> Erasure:
    """The erasure in a statement that was verified when it came. Raises as `read_erasure` when it is not one."""
    return _read(read_statement(content, KIND, _FIELDS, limit=MAX_ERASURE_BYTES))


def _check_one(signed: Signed, publics: tuple[bytes, ...]) -> None:
    for public in publics:
        try:
            signed.check(public)
        except TrustFault:
            continue
        return
    raise TrustFault("trust.not_signed")


def _read(signed: Signed) -> Erasure:
    about, because, day, digests, where = (
        signed.fields[name] for name in ("about", "because", "day", "digests", "where")
    )
    sound = (
        isinstance(about, str)
        and _ABOUT.fullmatch(about) is not None
        and because in list(Because)
        and where in list(Where)
        and isinstance(day, str)
        and isinstance(digests, list)
        and 0 < len(digests) <= MOST_DIGESTS
        and all(isinstance(one, str) and _DIGEST.fullmatch(one) for one in digests)
    )
    if not sound or sorted(set(digests)) != digests:
        raise TrustFault("trust.unreadable")
    return Erasure(
        signed.identifier("organisation"),
        signed.identifier("erasure"),
        about,
        tuple(digests),
        Because(because),
        Where(where),
        _day(day),
    )


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise TrustFault("trust.unreadable") from error
    if day.isoformat() != text:
        raise TrustFault("trust.unreadable")
    return day
