"""Files that belong to answers and to forms: their bytes lie in the encrypted database and nowhere else.

1. A file is there whole or not at all: its row and all its parts are one transaction, and what is read is checked
   against the digest it was kept under.
2. A file belongs to one holder. A draft's files go when the draft goes; finishing hands those that the
   submission names to it, in the caller's transaction.
3. Names are made here, from randomness: what somebody called a file says too much (`files`, rule 3).
4. Bytes never leave through a file on disk: they are read into memory, in pieces where they are many.
5. Only the journal says what a finished interview has; here lie the bytes. They travel with the entry that names
   them or not at all, and are taken only for an entry whose payload is held.
6. A draft's files are sealed to the key of the person who leads it, those of sealed answers to that of the class.
   Of what is sealed, size and digest in the table are those of the sealed bytes.
7. A sealed file that may travel is sealed a second time, to headquarters' key for its class, and lies under a
   holder of its own until the sealed entry that it goes with has a digest.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fieldkit.crypto.keys import Keyring
from fieldkit.crypto.sealing import SealingKey, open_sealed, seal
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.ports import Randomness
from fieldkit.storage.database import Database, Row
from fieldkit.storage.errors import ClassFault, DatabaseFault, StorageMistake
from fieldkit.storage.former_keys import former

PIECE = 256 * 1024
"""Bytes of one part."""

NAME_BYTES = 8

_COLUMNS = (
    "name, media_type, "
    "COALESCE((SELECT NULLIF(size, 0) FROM sealed_files WHERE attachment = attachments.id), size), digest"
)
_OWN = ""  # stands where the class would, for a file of one's own draft


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file. `size` in bytes; `digest` is the SHA-256 of its bytes in hexadecimal."""

    name: str
    media_type: str
    size: int
    digest: str


def draft_holder(draft: str) -> str:
    """Where the files of an unfinished interview belong."""
    return f"draft/{draft}"


def submission_holder(instance_id: str) -> str:
    """Where the files of a finished interview belong."""
    return f"submission/{instance_id}"


def form_holder(form: str, version: str) -> str:
    """Where the pictures, sounds and films that came with a form belong."""
    return f"form/{form}/{version}"


def office_holder(payload: str) -> str:
    """Where the files lie that go with a sealed payload (its digest) to headquarters."""
    return f"office/{payload}"


class Attachments:
    """The files of a vault."""

    def __init__(self, database: Database, randomness: Randomness, ring: Keyring | None = None) -> None:
        self._database = database
        self._randomness = randomness
        self._ring = ring

    def keep(self, draft: str, content: bytes, *, media_type: str, ending: str) -> Attachment:
        """Keep a new file of a draft under a name of its own that ends in `.ending`; on disk when this returns.

        Raises StorageMistake `draft.unknown`; DatabaseFault: then nothing of it is kept.
        """
        with self._database.writing():
            if self._database.one("SELECT 1 FROM drafts WHERE id = ?", (draft,)) is None:
                raise StorageMistake("draft.unknown")
            name = f"{self._randomness.bytes(NAME_BYTES).hex()}.{ending}"
            return self._write(draft_holder(draft), draft, name, media_type, content)

    def put(self, holder: str, name: str, content: bytes, *, media_type: str) -> Attachment:
        """Keep a file of a form under the name the form knows, instead of what lay there."""
        with self._database.writing():
            self.drop(holder, (name,))
            return self._write(holder, None, name, media_type, content)

    def of(self, holder: str) -> tuple[Attachment, ...]:
        """The files of a holder, in the order in which they were kept."""
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM attachments WHERE holder = ? ORDER BY id",  # noqa: S608 (constant)
            (holder,),
        )
        return tuple(Attachment(name, kind, size, digest.hex()) for name, kind, size, digest in rows)

    def find(self, holder: str, name: str) -> Attachment | None:
        """One file of a holder, or None."""
        row = self._database.one(
            f"SELECT {_COLUMNS} FROM attachments WHERE holder = ? AND name = ?",  # noqa: S608 (constant)
            (holder, name),
        )
        return None if row is None else Attachment(row[0], row[1], row[2], row[3].hex())

    def pieces(self, holder: str, name: str) -> Iterator[bytes]:
        """The bytes of a file, in parts of at most PIECE.

        Raises DatabaseFault `attachment.damaged` at its end, or at once when there is no such file; ClassFault
        `sealed.not_cleared` when it is sealed to somebody else.
        """
        row = self._database.one(
            "SELECT id, digest FROM attachments WHERE holder = ? AND name = ?", (holder, name)
        )
        if row is None:
            raise DatabaseFault("attachment.damaged", file=name)
        sealed = self._seal_of(row[0])
        if sealed is not None:
            yield from self._opened(row[0], row[1], sealed, name)
            return
        found = hashlib.sha256()
        for part in parts(self._database, row[0]):
            found.update(part)
            yield part
        if found.digest() != row[1]:
            raise DatabaseFault("attachment.damaged", file=name)

    def content(self, holder: str, name: str) -> bytes:
        """All the bytes of a file. Raises DatabaseFault `attachment.damaged`."""
        return b"".join(self.pieces(holder, name))

    def drop(self, holder: str, names: Collection[str]) -> None:
        """Take files of a holder away; those that are not there do not matter."""
        with self._database.writing():
            self._database.execute_each(
                "DELETE FROM attachments WHERE holder = ? AND name = ?", [(holder, name) for name in names]
            )

    def drop_others(self, draft: str, named: Collection[str]) -> tuple[str, ...]:
        """Take away the files of a draft that no answer names any more; the names of those that went."""
        holder = draft_holder(draft)
        loose = tuple(held.name for held in self.of(holder) if held.name not in named)
        if loose:
            self.drop(holder, loose)
        return loose

    def hand_over(
        self,
        draft: str,
        instance_id: str,
        named: Collection[str],
        classes: Mapping[str, SealedClass] | None = None,
        office: Mapping[SealedClass, str] | None = None,
    ) -> tuple[Attachment, ...]:
        """Give the files that a submission names to it, in the caller's transaction (rule 2). What it got, with
        the sizes and digests of the open bytes. `classes` are those of files that stay sealed, by name (rule
        6), `office` the keys of headquarters to which they are sealed as well (rule 7).

        Raises StorageMistake `sealed.no_key`, DatabaseFault `attachment.damaged`.
        """
        self._database.demand_transaction()
        self.drop_others(draft, named)
        for held in self.of(draft_holder(draft)):
            name = (classes or {}).get(held.name)
            if name is not None and name in (office or {}):
                content = self.content(draft_holder(draft), held.name)
                self.seal_for_office(_waits(instance_id, name), held, content, name, (office or {})[name])
        given = tuple(
            self._reseal(draft, held, (classes or {}).get(held.name)) for held in self.of(draft_holder(draft))
        )
        self._database.execute(
            "UPDATE attachments SET holder = ?, draft = NULL WHERE draft = ?",
            (submission_holder(instance_id), draft),
        )
        return given

    def seal_for_office(
        self, holder: str, held: Attachment, content: bytes, name: SealedClass, recipient: str
    ) -> None:
        """Seal a file for headquarters too (rule 7), in the caller's transaction or its own."""
        stored = seal(content, [recipient])
        with self._database.writing():
            self.drop(holder, (held.name,))
            row = self._database.insert(
                "INSERT INTO attachments (holder, draft, name, media_type, size, digest) "
                "VALUES (?, NULL, ?, ?, ?, ?)",
                (holder, held.name, held.media_type, len(stored), hashlib.sha256(stored).digest()),
            )
            _insert_parts(self._database, row, stored)
            self._say_sealed(row, name.value, recipient)

    def name_office_copies(self, instance_id: str, name: SealedClass, payload: str) -> None:
        """The sealed entry that the copies of this class go with names this payload."""
        with self._database.writing():
            self._database.execute(
                "UPDATE attachments SET holder = ? WHERE holder = ?",
                (office_holder(payload), _waits(instance_id, name)),
            )

    def sealed_content(self, holder: str, name: str) -> bytes:
        """The stored bytes of a file as they travel. Raises DatabaseFault `attachment.damaged`."""
        row = self._database.one(
            "SELECT id, digest FROM attachments WHERE holder = ? AND name = ?", (holder, name)
        )
        stored = b"" if row is None else b"".join(parts(self._database, row[0]))
        if row is None or hashlib.sha256(stored).digest() != row[1]:
            raise DatabaseFault("attachment.damaged", file=name)
        return stored

    def seal_open_files(self, person: str) -> None:
        """Seal what lies open of a person's drafts: kept before people had keys of their own."""
        own = self._ring.own if self._ring is not None else None
        open_files = self._database.rows(
            "SELECT attachments.id, size FROM attachments JOIN drafts ON drafts.id = attachments.draft "
            "WHERE drafts.person = ? AND attachments.id NOT IN (SELECT attachment FROM sealed_files)",
            (person,),
        )
        if own is None or not open_files:
            return
        with self._database.writing():
            for row, size in open_files:
                content = b"".join(parts(self._database, row))
                lay_parts(self._database, row, seal(content, [own.recipient]))
                self._say_sealed(row, _OWN, own.recipient, size)

    def copy(self, holder: str, draft: str) -> None:
        """Give a draft the files of another holder under the same names: a finished interview is edited, or a
        draft moves to another version of its form."""
        with self._database.writing():
            for held in self.of(holder):
                self._write(
                    draft_holder(draft), draft, held.name, held.media_type, self.content(holder, held.name)
                )

    def _write(
        self, holder: str, draft: str | None, name: str, media_type: str, content: bytes
    ) -> Attachment:
        own = self._ring.own if self._ring is not None and draft is not None else None
        stored = content if own is None else seal(content, [own.recipient])
        row = self._database.insert(
            "INSERT INTO attachments (holder, draft, name, media_type, size, digest) VALUES (?, ?, ?, ?, ?, ?)",
            (holder, draft, name, media_type, len(stored), hashlib.sha256(stored).digest()),
        )
        _insert_parts(self._database, row, stored)
        if own is not None:
            self._say_sealed(row, _OWN, own.recipient, len(content))
        return Attachment(name, media_type, len(content), hashlib.sha256(content).hexdigest())

    def _reseal(self, draft: str, held: Attachment, name: SealedClass | None) -> Attachment:
        """A file of a draft as its submission keeps it."""
        row = self._database.number(
            "SELECT id FROM attachments WHERE holder = ? AND name = ?", (draft_holder(draft), held.name)
        )
        sealed = self._seal_of(row)
        if sealed is None and name is None:
            return held
        content = self.content(draft_holder(draft), held.name)
        self._database.execute("DELETE FROM sealed_files WHERE attachment = ?", (row,))
        if name is None:
            lay_parts(self._database, row, content)
        else:
            found = self._database.one("SELECT recipient FROM class_keys WHERE class = ?", (name.value,))
            if found is None:
                raise StorageMistake("sealed.no_key")
            lay_parts(self._database, row, seal(content, [found[0]]))
            self._say_sealed(row, name.value, found[0])
        return Attachment(held.name, held.media_type, len(content), hashlib.sha256(content).hexdigest())

    def _say_sealed(self, row: int, name: str, recipient: str, size: int = 0) -> None:
        self._database.execute(
            "INSERT INTO sealed_files (class, recipient, size, attachment) VALUES (?, ?, ?, ?)",
            (name, recipient, size, row),
        )

    def _seal_of(self, row: int) -> Row | None:
        return self._database.one("SELECT class, recipient FROM sealed_files WHERE attachment = ?", (row,))

    def _opened(self, row: int, digest: bytes, sealed: Row, name: str) -> Iterator[bytes]:
        present = self._key(sealed[0])
        key = None if present is None else former(self._database, present, sealed[1])
        if key is None:
            raise ClassFault("sealed.not_cleared")
        stored = b"".join(parts(self._database, row))
        if hashlib.sha256(stored).digest() != digest:
            raise DatabaseFault("attachment.damaged", file=name)
        content = open_sealed(stored, [key])
        for start in range(0, len(content), PIECE):
            yield content[start : start + PIECE]

    def _key(self, name: str) -> SealingKey | None:
        if self._ring is None:
            return None
        return self._ring.own if name == _OWN else self._ring.classes.get(SealedClass(name))


def parts(database: Database, attachment: int) -> Iterator[bytes]:
    """The stored bytes of a file in parts, as they lie there."""
    place = 0
    while True:
        part = database.one(
            "SELECT content FROM attachment_parts WHERE attachment = ? AND place = ?", (attachment, place)
        )
        if part is None:
            return
        yield bytes(part[0])
        place += 1


def lay_parts(database: Database, attachment: int, content: bytes) -> None:
    """Let `content` be the stored bytes of a file instead of what lay there, in the caller's transaction."""
    database.demand_transaction()
    database.execute("DELETE FROM attachment_parts WHERE attachment = ?", (attachment,))
    _insert_parts(database, attachment, content)
    database.execute(
        "UPDATE attachments SET size = ?, digest = ? WHERE id = ?",
        (len(content), hashlib.sha256(content).digest(), attachment),
    )


def _insert_parts(database: Database, attachment: int, content: bytes) -> None:
    for place, start in enumerate(range(0, len(content), PIECE)):
        database.execute(
            "INSERT INTO attachment_parts (attachment, place, content) VALUES (?, ?, ?)",
            (attachment, place, content[start : start + PIECE]),
        )


def _waits(instance_id: str, name: SealedClass) -> str:
    return f"office/{instance_id}/{name.value}"


def sealed_files_of(database: Database, payload: str) -> tuple[Attachment, ...]:
    """The sealed copies that go with a sealed payload: size and digest are those of the sealed bytes."""
    rows = database.rows(
        "SELECT name, media_type, size, digest FROM attachments WHERE holder = ? ORDER BY name",
        (office_holder(payload),),
    )
    return tuple(Attachment(name, kind, size, digest.hex()) for name, kind, size, digest in rows)


def take_sealed_file(
    database: Database,
    payload: str,
    name: str,
    digest: str,
    sealed: tuple[SealedClass, str],
    pieces: Iterator[bytes],
) -> bool:
    """Keep a sealed file that came with a sealed payload, `sealed` for a class and to a recipient; whether it
    was new.

    It belongs to the interview of the same case that names it openly, and to none when no such one is held.
    Needs the caller's transaction.
    """
    row = database.one(
        "SELECT files.holder FROM files JOIN entries AS finished ON finished.id = files.entry "
        "JOIN entries AS sealed ON sealed.subject = finished.subject AND sealed.payload = ? "
        "WHERE files.name = ? AND files.digest = ''",
        (bytes.fromhex(payload), name),
    )
    if row is None or not _take(database, (row[0], name, "", digest), lambda _: pieces):
        return False
    database.execute(
        "INSERT INTO sealed_files (class, recipient, size, attachment) "
        "SELECT ?, ?, 0, id FROM attachments WHERE holder = ? AND name = ?",
        (sealed[0].value, sealed[1], row[0], name),
    )
    return True


def files_of_entry(database: Database, stream: str, number: int) -> tuple[tuple[str, Attachment], ...]:
    """The files that an entry names and whose bytes lie here unsealed: each with its holder."""
    rows = database.rows(
        "SELECT files.holder, files.name, files.media_type, attachments.size, files.digest FROM files "
        "JOIN entries ON entries.id = files.entry "
        "JOIN attachments ON attachments.holder = files.holder AND attachments.name = files.name "
        "WHERE entries.stream = (SELECT id FROM streams WHERE stream = ?) AND entries.number = ? "
        "AND attachments.digest = unhex(files.digest) ORDER BY files.name",
        (stream, number),
    )
    return tuple((holder, Attachment(name, kind, size, digest)) for holder, name, kind, size, digest in rows)


def take_files(
    database: Database,
    stream: str,
    numbers: Sequence[int],
    came: Collection[str],
    pieces: Callable[[str], Iterator[bytes]],
) -> int:
    """Keep the files that `came`, by digest, for the entries of a stream that name them; those that are here
    already stay. How many are new. Needs the caller's transaction (rule 5)."""
    if not came:
        return 0
    wanted = frozenset(came)
    rows = {
        row
        for number in numbers
        for row in database.rows(
            "SELECT files.holder, files.name, files.media_type, files.digest FROM files "
            "JOIN entries ON entries.id = files.entry "
            "WHERE entries.stream = (SELECT id FROM streams WHERE stream = ?) AND entries.number = ?",
            (stream, number),
        )
    }
    return sum(_take(database, row, pieces) for row in sorted(rows) if row[3] in wanted)


def _take(database: Database, row: Row, pieces: Callable[[str], Iterator[bytes]]) -> bool:
    holder, name, media_type, digest = row
    held = "SELECT 1 FROM attachments WHERE holder = ? AND name = ?"
    if database.one(held, (holder, name)) is not None:
        return False
    place = database.insert(
        "INSERT INTO attachments (holder, draft, name, media_type, size, digest) VALUES (?, NULL, ?, ?, 0, ?)",
        (holder, name, media_type, bytes.fromhex(digest)),
    )
    part = size = 0
    for piece in pieces(digest):
        for start in range(0, len(piece), PIECE):
            database.execute(
                "INSERT INTO attachment_parts (attachment, place, content) VALUES (?, ?, ?)",
                (place, part, piece[start : start + PIECE]),
            )
            part += 1
        size += len(piece)
    database.execute("UPDATE attachments SET size = ? WHERE id = ?", (size, place))
    return True


def forget_files(database: Database, rows: Collection[int]) -> None:
    """Take away the bytes that belong to entries whose payload is being erased (journal rule 7)."""
    for row in rows:
        database.execute(
            "DELETE FROM attachments WHERE holder IN (SELECT holder FROM files WHERE entry = ?1) "
            "OR holder = (SELECT 'office/' || lower(hex(payload)) FROM entries WHERE id = ?1)",
            (row,),
        )
