"""One key pair for both: what signs for a laptop also opens what is sealed to it.

1. The X25519 pair follows from the Ed25519 pair by the map between the curves, as `age` does for SSH keys
   (https://github.com/C2SP/C2SP/blob/main/age.md, ssh-ed25519). That one pair may do both is proven for this use
   (Thormarker, "On using the same key pair for Ed25519 and an X25519 based KEM", 2021).
2. So headquarters can seal to every laptop whose certificate it holds, and a new signing key is a new sealing key.
3. What comes out is an ordinary recipient `age1…` and identity `AGE-SECRET-KEY-1…`: stock `age -d -i` opens it.
"""

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey as _Ed25519Key
from nacl.signing import VerifyKey as _Ed25519Public

from fieldkit.crypto.sealing import SealFault, SealingKey
from fieldkit.crypto.signature import PUBLIC_BYTES, SigningKey

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def recipient_of(public: bytes) -> str:
    """The recipient of whoever signs with the key of this public half. Raises SealFault `seal.recipient`."""
    try:
        if len(public) != PUBLIC_BYTES:
            raise ValueError
        return bech32("age", bytes(_Ed25519Public(public).to_curve25519_public_key()))
    except (CryptoError, RuntimeError, ValueError) as error:
        raise SealFault("seal.recipient") from error


def opening_key(key: SigningKey) -> SealingKey:
    """The key that opens what is sealed to `recipient_of(key.public)`."""
    private = bytes(_Ed25519Key(key.to_bytes()).to_curve25519_private_key())
    return SealingKey(bech32("age-secret-key-", private).upper().encode("ascii"))


def bech32(kind: str, content: bytes) -> str:
    """`content` as text with a checksum (BIP 173, without its limit of length), as `age` writes keys."""
    values = _in_fives(content)
    spread = [ord(c) >> 5 for c in kind] + [0] + [ord(c) & 31 for c in kind]
    check = _checksum([*spread, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [(check >> 5 * (5 - place)) & 31 for place in range(6)]
    return kind + "1" + "".join(_LETTERS[value] for value in values)


def _in_fives(content: bytes) -> list[int]:
    bits = int.from_bytes(content, "big") << (-len(content) * 8 % 5)
    count = -(-len(content) * 8 // 5)
    return [(bits >> 5 * (count - 1 - place)) & 31 for place in range(count)]


def _checksum(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, part in enumerate(_GENERATOR):
            check ^= part if (top >> place) & 1 else 0
    return check
