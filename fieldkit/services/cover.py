"""The cover's way back, and after how long without a key the vault is locked.

1. The six digits are nowhere, on no disk: what lies in the vault is a tag of them under a key that only their
   person's own ring carries. Neither a stolen file nor another account can try a million numbers on it.
2. They are compared in a time that tells nothing. Five wrong tries, or fifteen minutes, and the vault is locked.
3. Everybody chooses their own digits. The minutes are the vault's, and an administrator's to choose: an entry
   (`own_settings`), so that it stands who let a laptop lie open longer. Of several the fewest rule.
"""

from typing import Final

from fieldkit.crypto.primitives import SALT_BYTES, constant_time_equal, hkdf, mac
from fieldkit.domain.access import Action
from fieldkit.services import own_settings
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault

DIGITS: Final = 6
TRIES: Final = 5
COVERED_MINUTES: Final = 15

IDLE_USUAL: Final = 5
IDLE_OFFERED: Final = (1, 2, 5, 10, 15, 30)
"""Minutes without a key after which the vault is locked."""

_IDLE = "idle_minutes"
_MAC_BYTES = 32
_STEPS = "0123456789"


def is_good(digits: str) -> bool:
    """Whether a number can be chosen: six digits, neither all the same nor counted up or down."""
    right = len(digits) == DIGITS and digits.isascii() and digits.isdecimal()
    return right and len(set(digits)) > 1 and digits not in _STEPS and digits not in _STEPS[::-1]


def is_set(vault: OpenVault) -> bool:
    """Whether the person who is signed in has chosen digits, under the key they have now."""
    salt, key_mark, _ = _held(vault)
    return constant_time_equal(key_mark, _tag(vault, salt, ""))


def choose(vault: OpenVault, digits: str) -> None:
    """Take other digits for the person who is signed in. Raises DeskFault `cover.weak_digits`, StorageFault."""
    if not is_good(digits):
        raise DeskFault("cover.weak_digits")
    salt = vault.world.randomness.bytes(SALT_BYTES)
    vault.belongings.put(_name(vault), salt + _tag(vault, salt, "") + _tag(vault, salt, digits))


def fits(vault: OpenVault, digits: str) -> bool:
    """Whether these are the digits of the person who is signed in."""
    salt, _, tag = _held(vault)
    return is_good(digits) and constant_time_equal(tag, _tag(vault, salt, digits))


def idle_minutes(vault: OpenVault) -> int:
    """After how many minutes without a key this vault is locked."""
    chosen = own_settings.standing(vault, _IDLE)
    return min((one for one in IDLE_OFFERED if one in chosen), default=IDLE_USUAL)


def choose_idle_minutes(vault: OpenVault, minutes: int) -> None:
    """Let this vault be locked after so many minutes. Raises PersonFault `access.not_allowed`, DeskFault
    `cover.not_offered`, StorageFault."""
    vault.demand(Action.SET_LOCK)
    if minutes not in IDLE_OFFERED:
        raise DeskFault("cover.not_offered", minutes=minutes)
    own_settings.choose(vault, _IDLE, minutes)


def _name(vault: OpenVault) -> str:
    return f"cover {vault.person.id}"


def _held(vault: OpenVault) -> tuple[bytes, bytes, bytes]:
    """Salt, the mark of the key that was used (a tag of no digits at all), tag."""
    held = vault.belongings.get(_name(vault)) or b""
    return held[:SALT_BYTES], held[SALT_BYTES : SALT_BYTES + _MAC_BYTES], held[SALT_BYTES + _MAC_BYTES :]


def _tag(vault: OpenVault, salt: bytes, digits: str) -> bytes:
    return mac(hkdf(vault.ring.drafts_key(), b"fieldkit cover 1"), salt + digits.encode())
