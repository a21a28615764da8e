"""The archive inside a bundle: ustar in exactly one spelling.

1. Regular files only, with fixed owner, mode and time; a name is at most 100 of `a-z 0-9 . _ - /`, never a
   way up or out; each name once.
2. Contents are filled up with zeros to 512 bytes; two zero blocks end the archive; nothing follows.
3. The reader builds every header again from what it read and compares the bytes. What could be spelled
   differently, or hide something, is refused.
4. The reader takes bytes as they come and holds at most one piece of them.

Format: POSIX.1-1988 ustar, as GNU tar writes it with
`--format=ustar --owner=0 --group=0 --numeric-owner --mode=0600 --mtime=@0 -b1`.
"""

import re
from collections.abc import Generator, Iterator
from typing import Protocol

from fieldkit.sync.faults import BundleFault

BLOCK = 512
END = bytes(2 * BLOCK)
MAX_FILES = 260
MAX_FILE_BYTES = 512 * 1024 * 1024
PIECE = 1024 * 1024
"""Bytes that are looked at together: small pieces cost more than what is done with them."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(?:[./][a-z0-9][a-z0-9_-]*)*")
_ZERO = bytes(BLOCK)


class Visitor(Protocol):
    """Receives the files of an archive in their order. What it raises ends the reading."""

    def begin(self, name: str, size: int) -> None:
        """A file of `size` bytes begins."""
        ...

    def content(self, piece: bytes) -> None:
        """The next bytes of the file; never empty."""
        ...

    def end(self) -> None:
        """The file is complete."""
        ...


def is_name(name: str) -> bool:
    """Whether `name` may stand in an archive."""
    return len(name) <= 100 and _NAME.fullmatch(name) is not None


def header(name: str, size: int) -> bytes:
    """The one header block of a file of `size` bytes."""
    start = name.encode("ascii").ljust(100, b"\0") + b"0000600\0" + b"0000000\0" * 2
    numbers = b"%011o\0" % size + b"%011o\0" % 0
    rest = b"0" + bytes(100) + b"ustar\x0000" + bytes(64) + b"0000000\0" * 2
    unsigned = (start + numbers + b" " * 8 + rest).ljust(BLOCK, b"\0")
    return unsigned[:148] + b"%06o\0 " % sum(unsigned) + unsigned[156:]


def size_in_archive(size: int) -> int:
    """What a file of `size` bytes takes up, with its header."""
    return BLOCK + size + -size % BLOCK


def is_zero(content: bytes) -> bool:
    """Whether every byte is zero."""
    return content == bytes(len(content))


def file_in_archive(name: str, content: bytes) -> Iterator[bytes]:
    """The bytes of one file, in pieces."""
    yield header(name, len(content))
    yield content
    yield bytes(-len(content) % BLOCK)


class ArchiveReader:
    """Reads an archive that is pushed into it with `write`; call `finish` when there is no more.

    Raises BundleFault `bundle.altered` for anything that is not the one spelling.
    """

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._held = bytearray()
        self._names: set[str] = set()
        self._done = False
        self._parser = self._parse()
        self._wanted = next(self._parser)

    def write(self, content: bytes, /) -> int:
        """Take all of `content`."""
        self._held += content
        if len(self._held) >= self._wanted or self._done:
            self._read()
        return len(content)

    def _read(self) -> None:
        start = 0
        while len(self._held) - start >= self._wanted and not self._done:
            with memoryview(self._held) as held:
                block = bytes(held[start : start + self._wanted])
            start += self._wanted
            self._advance(block)
        del self._held[:start]
        if self._done and self._held:
            raise BundleFault("bundle.altered")

    def flush(self) -> None:
        """Nothing is held back that could be read already."""

    def finish(self) -> None:
        """Say that everything was written; raises unless the archive is complete."""
        if not self._done:
            raise BundleFault("bundle.altered")

    def _advance(self, block: bytes) -> None:
        try:
            self._wanted = self._parser.send(block)
        except StopIteration:
            self._done = True

    def _parse(self) -> Generator[int, bytes, None]:
        """Yields how many bytes it needs next and is sent exactly these."""
        while (block := (yield BLOCK)) != _ZERO:
            name, size = self._read_header(block)
            self._visitor.begin(name, size)
            for start in range(0, size, PIECE):
                self._visitor.content((yield min(PIECE, size - start)))
            if size % BLOCK and not is_zero((yield -size % BLOCK)):
                raise BundleFault("bundle.altered")
            self._visitor.end()
        if (yield BLOCK) != _ZERO:
            raise BundleFault("bundle.altered")

    def _read_header(self, block: bytes) -> tuple[str, int]:
        try:
            name = block[:100].rstrip(b"\0").decode("ascii")
            size = int(block[124:135], 8)
        except ValueError as error:
            raise BundleFault("bundle.altered") from error
        fits = is_name(name) and 0 <= size <= MAX_FILE_BYTES and name not in self._names
        if not fits or len(self._names) >= MAX_FILES or header(name, size) != block:
            raise BundleFault("bundle.altered")
        self._names.add(name)
        return name, size
