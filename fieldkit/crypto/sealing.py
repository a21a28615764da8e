"""Sealing to somebody's key: the `age` format by `pyrage`, opened by hand with stock `age -d -i`.

1. Only X25519 recipients (`age1…`); a file sealed with a phrase is another matter (`offline`).
2. Nothing is opened that is larger than a stated limit; opened bytes are never longer than sealed ones.
3. Sealing hides the sender: who wrote it stands inside, in a signature.

Format: https://age-encryption.org/v1
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, Self, TypeVar

import pyrage

from fieldkit.domain.errors import ForeignFault

MAGIC = b"age-encryption.org/v1\n"
MAX_SEALED_BYTES = 513 * 1024 * 1024
"""512 MiB of content with the format's 16 bytes for every 64 KiB."""

_NO_KEY_FITS = "No matching keys found"  # pyrage has one error class; this sentence is rage's, see the tests

_Result = TypeVar("_Result")


class SealFault(ForeignFault):
    """Something sealed cannot be opened, or a key is not one."""


class Source(Protocol):
    """Where sealed bytes are read from, such as an open file."""

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes; empty at the end."""
        ...


class Sink(Protocol):
    """Takes opened bytes as they come. What it raises ends the opening and reaches the caller."""

    def write(self, content: bytes, /) -> int:
        """Take all of `content` and say how many bytes that was."""
        ...

    def flush(self) -> None:
        """Nothing is held back."""
        ...


class SealingKey:
    """A private X25519 key: what is sealed to its `recipient` can be opened with it."""

    __slots__ = ("_identity", "recipient")

    recipient: str
    """The public half, `age1…`: to whom others seal."""

    def __init__(self, text: bytes) -> None:
        """The key in `text`: one line `AGE-SECRET-KEY-1…`. Raises SealFault `seal.key_unreadable`."""
        try:
            self._identity: Any = pyrage.x25519.Identity.from_str(text.decode("ascii").strip())
        except (pyrage.IdentityError, UnicodeDecodeError) as error:
            raise SealFault("seal.key_unreadable") from error
        self.recipient = str(self._identity.to_public())

    @classmethod
    def generate(cls) -> Self:
        """A new key. The library draws it from the operating system; no randomness can be handed in."""
        return cls(str(pyrage.x25519.Identity.generate()).encode("ascii"))

    def to_bytes(self) -> bytes:
        """The secret key as the line that stock `age -i` reads: only into a vault or a sealed file."""
        return str(self._identity).encode("ascii") + b"\n"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SealingKey) and self.recipient == other.recipient

    def __hash__(self) -> int:
        return hash(self.recipient)

    def __repr__(self) -> str:
        return f"SealingKey({self.recipient})"


def is_recipient(text: str) -> bool:
    """Whether `text` is an X25519 recipient in its one spelling."""
    try:
        return str(pyrage.x25519.Recipient.from_str(text)) == text
    except pyrage.RecipientError:
        return False


def seal(plaintext: bytes, recipients: Sequence[str]) -> bytes:
    """`plaintext` sealed so that each of `recipients` can open it. Raises SealFault `seal.recipient`."""
    return bytes(pyrage.encrypt(plaintext, _keys_of(recipients)))


def seal_into(source: Source, sink: Sink, recipients: Sequence[str]) -> None:
    """Seal what `source` gives into `sink`, piece by piece: for what is too large to lie in memory twice.

    Raises SealFault `seal.recipient`, and whatever the two ends raise.
    """
    keys = _keys_of(recipients)
    watched = _Watched(source, sink)
    try:
        pyrage.encrypt_io(watched, watched, keys)
    except Exception as error:
        raise watched.failure or error from None


def _keys_of(recipients: Sequence[str]) -> list[Any]:
    if not recipients:
        raise SealFault("seal.recipient")
    try:
        return [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
    except pyrage.RecipientError as error:
        raise SealFault("seal.recipient") from error


def open_sealed(ciphertext: bytes, keys: Sequence[SealingKey], limit: int = MAX_SEALED_BYTES) -> bytes:
    """What was sealed to one of `keys`.

    Raises SealFault: `seal.too_large` (over `limit` bytes), `seal.not_sealed` (another kind of file),
    `seal.not_for_us` (sealed to other keys), `seal.damaged` (altered or cut short).
    """
    if len(ciphertext) > limit:
        raise SealFault("seal.too_large", limit=limit)
    if not ciphertext.startswith(MAGIC):
        raise SealFault("seal.not_sealed")
    try:
        return bytes(pyrage.decrypt(ciphertext, [key._identity for key in keys]))
    except pyrage.DecryptError as error:
        raise _fault(error) from error


def open_into(source: Source, sink: Sink, key: SealingKey) -> None:
    """Open `source` piece by piece into `sink`: for what is too large to lie in memory.

    Each piece is authentic, but only the return says that nothing was cut off: keep nothing before it.
    Raises SealFault as `open_sealed`, and whatever `sink` raises.
    """
    watched = _Watched(source, sink)
    try:
        pyrage.decrypt_io(watched, watched, [key._identity])
    except Exception as error:
        if watched.failure is not None:
            raise watched.failure from None
        if isinstance(error, (pyrage.DecryptError, OSError)):
            raise _fault(error) from error
        raise


class _Watched:
    """Remembers what the two ends raised: the library would report it as a damaged file."""

    def __init__(self, source: Source, sink: Sink) -> None:
        self._source = source
        self._sink = sink
        self.failure: Exception | None = None

    def read(self, size: int = -1, /) -> bytes:
        return self._once(lambda: self._source.read(size))

    def write(self, content: bytes, /) -> int:
        return self._once(lambda: self._sink.write(content))

    def flush(self) -> None:
        self._sink.flush()

    def _once(self, call: Callable[[], _Result]) -> _Result:
        if self.failure is not None:
            raise self.failure  # the library tries again on its way out
        try:
            return call()
        except Exception as error:
            self.failure = error
            raise


def _fault(error: Exception) -> SealFault:
    return SealFault("seal.not_for_us" if str(error) == _NO_KEY_FITS else "seal.damaged")
