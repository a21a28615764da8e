"""Bundles from posts, at headquarters: looked at, then taken in.

1. Importing is a look first and an acceptance second; accepting is one transaction.
2. Sticks come in any order: a bundle that comes before those in front of it waits here, sealed as it is.
"""

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from fieldkit.domain.access import Action
from fieldkit.domain.errors import FieldkitError, ForeignFault
from fieldkit.domain.ports import Progress, unwatched
from fieldkit.files import make_folder, open_regular, write_whole_with
from fieldkit.headquarters.store import Imported
from fieldkit.services import enrolment, erasure
from fieldkit.services.errors import ContentRefused, ExchangeFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage.errors import DatabaseFault, disk_faults
from fieldkit.sync.bundle import SUFFIX
from fieldkit.sync.incoming import Verified

WAITING = "waiting"
"""The folder beside the vault for sealed bundles that came before those in front of them."""
UNREADABLE = "exchange.disk_failed"
"""The code of a stick that cannot be read or written; the vault's own disk has others."""
_PIECE = 1024 * 1024


def look(vault: OpenVault, path: Path) -> Verified:
    """What a bundle is and brings, verified; nothing is changed.

    Raises BundleFault with what is wrong; ContentRefused `bundle.not_a_file`.
    """
    vault.demand(Action.IMPORT_BUNDLE)
    try:
        with open_regular(path) as file:
            if file is None:
                raise ContentRefused("bundle.not_a_file")
            return enrolment.store(vault).look(file)
    except OSError as error:
        raise DatabaseFault("exchange.disk_failed") from error


def import_bundle(vault: OpenVault, path: Path, progress: Progress = unwatched) -> Imported:
    """Look, then accept. Raises as `look`; BundleFault `bundle.hole`; then nothing changed."""
    return accept(vault, look(vault, path), progress)


def accept(vault: OpenVault, verified: Verified, progress: Progress = unwatched) -> Imported:
    """Keep what `look` verified. Raises BundleFault `bundle.hole`; JournalFault when the vault has changed since;
    DatabaseFault: then nothing changed."""
    vault.demand(Action.IMPORT_BUNDLE)
    progress(0, 2)
    imported = enrolment.store(vault).accept(verified, vault.person.id)
    progress(1, 2)
    erasure.apply_again(vault.database)  # a store that was put back learns from its posts what it had erased
    progress(2, 2)
    return imported


@dataclass(frozen=True, slots=True)
class Waits:
    """A bundle that headquarters keeps because those before it are missing: entries `missing_first` to
    `missing_last` of this post."""

    post: str
    first: int
    last: int
    missing_first: int
    missing_last: int


@dataclass(frozen=True, slots=True)
class Sticks:
    """What came of several bundles: what was taken in, how many changed nothing, what waits, what was refused."""

    imported: tuple[Imported, ...]
    already: int
    waiting: tuple[Waits, ...]
    refused: tuple[tuple[Path, FieldkitError], ...]


def bundles_on(folder: Path) -> tuple[Path, ...]:
    """What looks like a bundle in a folder, by its name. Raises ExchangeFault `exchange.no_folder`."""
    try:
        return tuple(sorted(path for path in folder.iterdir() if path.name.endswith(SUFFIX)))
    except OSError as error:
        raise ExchangeFault("exchange.no_folder") from error


def import_sticks(vault: OpenVault, paths: Sequence[Path], progress: Progress = unwatched) -> Sticks:
    """Take bundles in, in whatever order they come. One that comes before those in front of it is kept here, sealed
    as it is, and taken in as soon as they are; one that is refused keeps no other out.

    Raises PersonFault `access.not_allowed`; DatabaseFault when the vault's own disk fails.
    """
    vault.demand(Action.IMPORT_BUNDLE)
    return _Taking(vault, progress).take(paths)


class _Taking:
    """Bundles from several sticks, and those that wait from before."""

    def __init__(self, vault: OpenVault, progress: Progress) -> None:
        self._vault, self._progress = vault, progress
        self._kept = vault.folder / WAITING
        self._imported: list[Imported] = []
        self._already = 0
        self._refused: list[tuple[Path, FieldkitError]] = []

    def take(self, paths: Sequence[Path]) -> Sticks:
        early: list[Path] = []
        for done, path in enumerate(paths):
            self._progress(done, len(paths))
            if self._one(path):
                early.append(path)
        for path in early:
            self._keep(path)
        waiting = self._waiting()
        self._progress(len(paths), len(paths))
        return Sticks(tuple(self._imported), self._already, waiting, tuple(self._refused))

    def _one(self, path: Path) -> bool:
        """Take one in; whether it has to wait for those before it."""
        try:
            found = import_bundle(self._vault, path)
        except (ForeignFault, ContentRefused) as fault:
            if fault.code == "bundle.hole":
                return True
            self._refused.append((path, fault))
        except DatabaseFault as fault:
            if fault.code != UNREADABLE:  # the vault's own disk, not the stick: nothing can be taken in
                raise
            self._refused.append((path, fault))
        else:
            self._already += found.already
            if not found.already:
                self._imported.append(found)
        return False

    def _keep(self, path: Path) -> None:
        """Copy a sealed bundle in: it says nothing to anybody but this headquarters."""
        with disk_faults():
            make_folder(self._kept)
            with open_regular(path) as file:
                if file is None:
                    return
                kept = self._kept / (hashlib.file_digest(file, "sha256").hexdigest()[:32] + SUFFIX)
                if kept.exists():  # the same stick came once more
                    return
                file.seek(0)
                write_whole_with(kept, partial(shutil.copyfileobj, file, length=_PIECE))

    def _waiting(self) -> tuple[Waits, ...]:
        """Take in whatever fits now, over and over, and say what still waits."""
        if not self._kept.is_dir():
            return ()
        paths = list(bundles_on(self._kept))
        while True:
            early = [path for path in paths if self._one(path)]
            for path in set(paths) - set(early):
                path.unlink(missing_ok=True)
            if len(early) == len(paths):
                return tuple(self._told(early))
            paths = early

    def _told(self, paths: Sequence[Path]) -> Iterator[Waits]:
        for path in paths:
            seen = look(self._vault, path)
            if seen.hole is not None:
                yield Waits(seen.sender.post, seen.first, seen.last, seen.hole.first, seen.hole.last)
