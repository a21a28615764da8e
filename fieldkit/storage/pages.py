"""Rows read from single pages of a damaged file, without its tables' roots or anything else that may be broken.

1. Only pages that authenticate are read (`crypto.pages`), each at its place: no row comes from altered bytes.
2. Of a page the newest version counts that was committed and is sound: the log's, the log's before, the file's.
   Pages whose newest version is broken are given last, so that a row that moved meanwhile is taken from a newer
   one.
3. A page that nobody points to any more is read too. What was deleted is not there: freed pages are overwritten
   (`PRAGMA secure_delete`).
4. A row that goes on in pages that are broken is not given in part.

Formats: https://www.sqlite.org/fileformat2.html, 1.6 (b-tree pages), 2.1 (records), 4 (the log).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from fieldkit.crypto.keys import DatabaseKey
from fieldkit.crypto.pages import PAGE_BYTES, SALT_BYTES, USABLE_BYTES, PageKey
from fieldkit.storage.errors import DatabaseFault

Cell = None | int | float | str | bytes

_LOG_HEADER, _FRAME_HEADER = 32, 24
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER = 0x0D, 0x0A, 0x02


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of a table (with its rowid) or of an index or a table without rowids (None)."""

    rowid: int | None
    values: tuple[Cell, ...]


class DamagedFile:
    """The pages of one database file and of its log. A context manager; changes nothing.

    Raises DatabaseFault `rescue.nothing_readable` when no page opens under any salt that is known.
    """

    def __init__(self, path: Path, key: DatabaseKey) -> None:
        self._file = path.open("rb")
        self._files: list[BinaryIO] = [self._file]
        self._places: dict[int, list[tuple[BinaryIO, int]]] = {}
        self.broken: set[int] = set()
        self.stale: set[int] = set()
        try:
            self._find_pages(path)
            self.count = max(self._places, default=0)
            self._key = self._fitting(key)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "DamagedFile":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the files; calling it again does nothing."""
        for file in self._files:
            file.close()

    def page(self, number: int) -> bytes | None:
        """The newest sound content of a page (rule 2), or None."""
        for place, (file, offset) in enumerate(self._places.get(number, ())):
            content = self._key.open(number, _read(file, offset))
            if content is not None:
                if place:
                    self.stale.add(number)
                return content
        self.broken.add(number)
        return None

    def rows(self) -> Iterator[tuple[int, FoundRow]]:
        """Every row of every sound page, with the number of its page; stale pages last."""
        later = []
        for number in range(1, self.count + 1):
            content = self.page(number)
            if number in self.stale:
                later.append(number)
            elif content is not None:
                yield from ((number, row) for row in self._rows_of(number, content))
        for number in later:
            content = self.page(number)
            if content is not None:
                yield from ((number, row) for row in self._rows_of(number, content))

    def _rows_of(self, number: int, page: bytes) -> Iterator[FoundRow]:
        start = 100 if number == 1 else 0
        kind = page[start]
        if kind not in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER):
            return
        pointers = start + (12 if kind == _INDEX_INNER else 8)
        for cell in range(int.from_bytes(page[start + 3 : start + 5], "big")):
            at = pointers + 2 * cell
            try:
                row = self._row(kind, page, int.from_bytes(page[at : at + 2], "big"))
            except (IndexError, ValueError):
                continue  # an overflow page that begins like a leaf
            if row is not None:
                yield row

    def _row(self, kind: int, page: bytes, at: int) -> FoundRow | None:
        rowid = None
        at += 4 if kind == _INDEX_INNER else 0
        size, at = _varint(page, at)
        if kind == _TABLE_LEAF:
            rowid, at = _varint(page, at)
        record = self._payload(page, at, size, _most_local(kind))
        return None if record is None else FoundRow(rowid, _values(record))

    def _payload(self, page: bytes, at: int, size: int, most: int) -> bytes | None:
        """The bytes of a record, those on further pages included; None when any of these is broken."""
        if size <= most:
            content = page[at : at + size]
            return content if len(content) == size else None
        if size > self.count * USABLE_BYTES:
            return None
        least = (USABLE_BYTES - 12) * 32 // 255 - 23
        local = least + (size - least) % (USABLE_BYTES - 4)
        local = local if local <= most else least
        whole = bytearray(page[at : at + local])
        following = int.from_bytes(page[at + local : at + local + 4], "big")
        while len(whole) < size:
            further = self.page(following) if 0 < following <= self.count else None
            if further is None:
                return None
            following = int.from_bytes(further[:4], "big")
            whole += further[4 : 4 + size - len(whole)]
        return bytes(whole)

    # --- where pages lie ------------------------------------------------------------------------------

    def _find_pages(self, path: Path) -> None:
        size = path.stat().st_size
        for number, offset in enumerate(range(0, size, PAGE_BYTES), start=1):
            self._places[number] = [(self._file, offset)]
        log = path.with_name(path.name + "-wal")
        if log.is_file() and log.stat().st_size > _LOG_HEADER:
            file = log.open("rb")
            self._files.append(file)
            for number, offset in _committed(file, log.stat().st_size):
                self._places.setdefault(number, []).insert(0, (file, offset))

    def _versions(self, number: int) -> Iterator[tuple[int, BinaryIO, int]]:
        yield from ((number, file, offset) for file, offset in self._places.get(number, ()))

    def _fitting(self, key: DatabaseKey) -> PageKey:
        """The key with the salt under which pages open: the file's, a copy of it in the log, or the one that
        follows from the key (`storage.database`, rule 6)."""
        firsts = [_read(file, offset)[:SALT_BYTES] for file, offset in self._places.get(1, ())]
        for salt in dict.fromkeys((*firsts, key.for_salt())):
            if len(salt) != SALT_BYTES:
                continue
            fitting = PageKey(key, salt)
            places = (one for number in range(1, self.count + 1) for one in self._versions(number))
            if any(fitting.open(number, _read(file, offset)) for number, file, offset in places):
                return fitting
        raise DatabaseFault("rescue.nothing_readable")


def _committed(file: BinaryIO, size: int) -> list[tuple[int, int]]:
    """The page numbers and places of the log's frames up to the last commit, oldest first.

    Frames of an earlier round carry other salts. Their own checksums are not asked: a page proves itself.
    """
    file.seek(0)
    salts = file.read(_LOG_HEADER)[16:24]
    frames: list[tuple[int, int]] = []
    committed = 0
    for offset in range(_LOG_HEADER, size - _FRAME_HEADER - PAGE_BYTES + 1, _FRAME_HEADER + PAGE_BYTES):
        file.seek(offset)
        head = file.read(_FRAME_HEADER)
        if head[8:16] != salts:
            continue
        frames.append((int.from_bytes(head[:4], "big"), offset + _FRAME_HEADER))
        if any(head[4:8]):
            committed = len(frames)
    return [frame for frame in frames[:committed] if 0 < frame[0] < 2**31]


def _read(file: BinaryIO, offset: int) -> bytes:
    try:
        file.seek(offset)
        return file.read(PAGE_BYTES)
    except OSError:
        return b""  # a bad sector: as good as altered


def _most_local(kind: int) -> int:
    return USABLE_BYTES - 35 if kind == _TABLE_LEAF else (USABLE_BYTES - 12) * 64 // 255 - 23


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(8):
        byte = content[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    value = value << 8 | content[at + 8]
    return value - 2**64 if value >= 2**63 else value, at + 9


def _values(record: bytes) -> tuple[Cell, ...]:
    length, at = _varint(record, 0)
    place, values = length, []
    while at < length:
        kind, at = _varint(record, at)
        value, place = _value(record, kind, place)
        values.append(value)
    if place != len(record):
        raise ValueError("not a record")
    return tuple(values)


def _value(record: bytes, kind: int, at: int) -> tuple[Cell, int]:
    if kind in (0, 8, 9):
        return {0: None, 8: 0, 9: 1}[kind], at
    if kind in (10, 11):
        raise ValueError("reserved")
    size = {5: 6, 6: 8, 7: 8}.get(kind, kind) if kind < 12 else (kind - 12) // 2
    content = record[at : at + size]
    if len(content) != size:
        raise ValueError("cut off")
    if kind >= 12:
        return (content if kind % 2 == 0 else content.decode("utf-8")), at + size
    if kind == 7:
        raise ValueError("no table here holds a fraction")
    return int.from_bytes(content, "big", signed=True), at + size
