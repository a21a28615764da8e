"""The code on a proof of registration, and what anybody of the same headquarters may learn from it (R-053).

1. The code holds a number, the last day, two random bytes that tell one paper from the next, and a signature
   by the laptop that made it. No name, no country, no category, no post: who steals it has what stands on the
   paper.
2. It is checked without any network: with this laptop's own key, and with the keys of the trust list that
   headquarters signed. A laptop that is not trusted any more signs for nothing.
3. A check says one of five things, and nothing else: valid, over, called back, not ours, not readable. Nobody
   is looked up, and no case is opened by it. What this laptop signed and does not hold any more was called
   back, or what it was made for was erased.
4. Nothing is kept of a check.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fieldkit.crypto.signature import SIGNATURE_BYTES, SignatureFault, SigningKey, verify
from fieldkit.domain.ids import number_bytes, number_of_bytes
from fieldkit.headquarters import devices as held_devices
from fieldkit.services import enrolment
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.storage import queries_papers

MARK = "FKP1"
"""What a code begins with."""
ISSUE_BYTES = 2
_SIGNED_AS = b"fieldkit proof of registration 1\x00"
_BEGIN = date(2020, 1, 1)
_BODY_BYTES = 9
_LONGEST = 400
"""Characters that are looked at: a code has 122; whoever types it may put spaces in."""


class Result(StrEnum):
    """What a check says (rule 3)."""

    VALID = "valid"
    OVER = "over"
    CALLED_BACK = "called back"
    NOT_OURS = "not ours"
    NOT_READABLE = "not readable"


@dataclass(frozen=True, slots=True)
class Body:
    """What is signed: a case's number such as `7KQ2-M0XD`, the last day, and which paper."""

    number: str
    until: date
    issue: bytes

    def to_bytes(self) -> bytes:
        """Nine bytes."""
        days = (self.until - _BEGIN).days
        return number_bytes(self.number) + days.to_bytes(2, "big") + self.issue

    @classmethod
    def read(cls, content: bytes) -> "Body":
        """What `to_bytes` wrote."""
        until = _BEGIN + timedelta(days=int.from_bytes(content[5:7], "big"))
        return cls(number_of_bytes(content[:5]), until, content[7:])

    @property
    def name(self) -> str:
        """The digest by which the paper is known in the record."""
        return hashlib.sha256(_SIGNED_AS + self.to_bytes()).hexdigest()


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check says; number and last day as they stand in the code, where it is one of ours."""

    result: Result
    number: str = ""
    until: str = ""


def write(body: Body, key: SigningKey) -> str:
    """The code's text: only signs of which a QR code holds most."""
    content = body.to_bytes()
    packed = content + key.sign(_SIGNED_AS + content)
    return MARK + base64.b32encode(packed).decode("ascii").rstrip("=")


def check(vault: OpenVault, text: str) -> Checked:
    """What a code says that was scanned or typed (rules 2 and 3)."""
    content = _unpacked(text)
    if content is None:
        return Checked(Result.NOT_READABLE)
    body, signature = content[:_BODY_BYTES], content[_BODY_BYTES:]
    signer = next((key for key in _keys(vault) if _signed(key, body, signature)), None)
    if signer is None:
        return Checked(Result.NOT_OURS)
    said = Body.read(body)
    return Checked(_standing(vault, said, own=signer == _own(vault)), said.number, said.until.isoformat())


def _standing(vault: OpenVault, body: Body, *, own: bool) -> Result:
    held = queries_papers.with_code(vault.database, body.name)
    if any(one.state != "issued" for one in held) or (own and not held):
        return Result.CALLED_BACK
    return Result.OVER if vault.world.today() > body.until else Result.VALID


def _unpacked(text: str) -> bytes | None:
    letters = "".join(text[:_LONGEST].split()).upper()
    if not letters.startswith(MARK):
        return None
    letters = letters.removeprefix(MARK)
    try:
        content = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except (binascii.Error, ValueError):
        return None
    return content if len(content) == _BODY_BYTES + SIGNATURE_BYTES else None


def _signed(key: bytes, body: bytes, signature: bytes) -> bool:
    try:
        verify(key, _SIGNED_AS + body, signature)
    except SignatureFault:
        return False
    return True


def _own(vault: OpenVault) -> bytes:
    return enrolment.own_identity(vault).key.public if vault.desk is Desk.POST else b""


def _keys(vault: OpenVault) -> Iterator[bytes]:
    """The keys of this laptop and of all that are trusted (rule 2)."""
    held = enrolment.held_list(vault)
    if vault.desk is Desk.HEADQUARTERS:
        yield from (one.certificate.key for one in held_devices.devices(vault.database) if one.trusted)
    else:
        yield _own(vault)
        if held is not None:
            yield from (one.key for one in held.devices if held.trusts(one.device))
