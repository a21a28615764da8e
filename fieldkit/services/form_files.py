"""What comes with a form: lists, pictures, sounds and films, in its folder or with it in one archive.

1. Of a folder only lists, and the media that the form names, are read: what else lies there is nobody's business.
2. Everything is bounded before it is unpacked, and counted again while it is: an archive that says it is small and
   is not is refused (a few kilobytes can say they are gigabytes).
3. A name from outside is never a path: only its last part counts, and it is looked for where the form lies.
4. A form without its media is a form; what is missing is named.
"""

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from fieldkit.files import read_bounded
from fieldkit.services.errors import ContentRefused
from fieldkit.services.media_types import medium_of
from fieldkit.services.uploads import LARGEST, MIB, SEEN_OR_HEARD

LISTS: Final = frozenset({".csv", ".xml", ".geojson"})
MOST_MEDIA_BYTES: Final = 128 * MIB
"""All media of a form together, and all files of an archive."""

MOST_ENTRIES: Final = 1000
BESIDE: Final = "-media"
"""ODK's name for the folder beside `form.xlsx` is `form-media`."""

_NAMED: Final = re.compile(rb"jr://(?:images|audio|video)/([^<>\"]+)")
_ZIP: Final = b"PK\x03\x04"
_WORKBOOK: Final = "[Content_Types].xml"
_XFORM: Final = b"http://www.w3.org/2002/xforms"
_HEAD = 16 * 1024
_PIECE = 64 * 1024
_ENCRYPTED = 0x1
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class FormFiles:
    """A form and what lies beside it. `folders` are looked into for media, `held` came in an archive."""

    name: str
    content: bytes
    lists: Mapping[str, bytes]
    folders: tuple[Path, ...] = ()
    held: Mapping[str, bytes] = field(default_factory=dict)

    def media(self, xform: bytes | None) -> dict[str, bytes]:
        """The media that the form names and that are there. Raises ContentRefused `form.media_too_large`."""
        found: dict[str, bytes] = {}
        for name in media_named(xform or b""):
            content = self.held.get(name) or self._in_folders(name)
            if content and medium_of(content, name).kind in SEEN_OR_HEARD:
                found[name] = content
            if sum(map(len, found.values())) > MOST_MEDIA_BYTES:
                raise ContentRefused("form.media_too_large", limit=MOST_MEDIA_BYTES // MIB)
        return found

    def _in_folders(self, name: str) -> bytes | None:
        for folder in self.folders:
            path = folder / name
            if path.is_file():
                content = read_bounded(path, LARGEST)
                if content is None:
                    raise ContentRefused("form.media_too_large", limit=LARGEST // MIB)
                return content
        return None


def media_named(xform: bytes) -> tuple[str, ...]:
    """The names of the pictures, sounds and films that a form asks for, each once."""
    found = (html.unescape(name.decode("utf-8", "replace")) for name in _NAMED.findall(xform))
    return tuple(dict.fromkeys(name for one in found if (name := _last(one))))


def form_files(path: Path, content: bytes) -> FormFiles:
    """The form that a file is or holds, with what lies beside it.

    Raises ContentRefused `form.archive_damaged`, `form.archive_without_form`, `form.media_too_large`; OSError.
    """
    if content.startswith(_ZIP) and not _is_workbook(content):
        return _from_archive(content)
    folders = (path.parent / f"{path.stem}{BESIDE}", path.parent)
    return FormFiles(path.name, content, files_beside(path), folders)


def files_beside(form: Path) -> dict[str, bytes]:
    """The lists that lie beside a form (`select_one_from_file`): CSV, XML or GeoJSON, bounded."""
    found: dict[str, bytes] = {}
    for folder in (form.parent, form.parent / f"{form.stem}{BESIDE}"):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.suffix.lower() in LISTS and path != form:
                content = read_bounded(path, LARGEST)
                if content is not None and sum(map(len, found.values())) + len(content) <= MOST_MEDIA_BYTES:
                    found[path.name] = content
    return found


def _is_workbook(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _WORKBOOK in archive.namelist()
    except _BROKEN:
        return True  # the form's own check says what is wrong with it


def _from_archive(content: bytes) -> FormFiles:
    held: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name, data in _unpacked(archive):
                held.setdefault(name, data)
    except _BROKEN as fault:
        raise ContentRefused("form.archive_damaged") from fault
    name = _the_form(held)
    lists = {one: data for one, data in held.items() if _ending(one) in LISTS and one != name}
    return FormFiles(name, held[name], lists, held=held)


def _unpacked(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and _last(entry.filename)]
    locked = any(entry.flag_bits & _ENCRYPTED for entry in entries)
    if len(entries) > MOST_ENTRIES or locked:
        raise ContentRefused("form.archive_damaged")
    if sum(entry.file_size for entry in entries) > MOST_MEDIA_BYTES:
        raise ContentRefused("form.media_too_large", limit=MOST_MEDIA_BYTES // MIB)
    left = MOST_MEDIA_BYTES
    for entry in entries:
        data = bytearray()
        with archive.open(entry) as file:
            for piece in iter(lambda: file.read(_PIECE), b""):
                data += piece
                left -= len(piece)
                if left < 0:
                    raise ContentRefused("form.media_too_large", limit=MOST_MEDIA_BYTES // MIB)
        yield _last(entry.filename), bytes(data)


def _the_form(held: Mapping[str, bytes]) -> str:
    """The one workbook, else the one XForm."""
    found = [name for name in held if _ending(name) == ".xlsx"] or [
        name for name, data in held.items() if _ending(name) == ".xml" and _XFORM in data[:_HEAD]
    ]
    if len(found) != 1:
        raise ContentRefused("form.archive_without_form")
    return found[0]


def _last(name: str) -> str:
    """The last part of a name from outside; empty for what hides itself or would lead elsewhere."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "" if last.startswith(".") or "\x00" in last or ":" in last else last


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
