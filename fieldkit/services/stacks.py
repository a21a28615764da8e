"""Stacks of complaints at headquarters: kept as they came, handed on unopened to the independent body (R-187).

1. Headquarters has no key to them. It can tell that a file is a stack, and how many there are: no more. It keeps
   no word of which post one came from, and writes down numbers alone.
2. They are kept beside the vault as they came, under the digest of their bytes, so the same stick changes nothing.
3. Handing on writes every one under a new name that says nothing, read back before it counts. They stay here until
   they were handed on three times, because a stick can be lost; the body knows what it has already.
"""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.files import make_folder, open_regular, write_whole, write_whole_with
from fieldkit.services import enrolment
from fieldkit.services.errors import ExchangeFault, stick_faults
from fieldkit.services.vault import OpenVault
from fieldkit.storage.errors import disk_faults
from fieldkit.sync import complaints as records
from fieldkit.sync.faults import BundleFault, NothingToSend

FOLDER = "stacks"
"""The folder beside the vault."""
ENOUGH = 3
"""How often a stack is handed on before it goes."""
MAX_BYTES = 1024 * 1024
RECEIVED, HANDED_ON = "stacks.received", "stacks.handed_on"


def take_in(vault: OpenVault, folder: Path) -> int:
    """Keep the stacks that lie in a folder, unopened; how many are new. Other files there do not matter.

    Raises PersonFault `access.not_allowed`; ExchangeFault `enrol.not_headquarters`, `exchange.no_folder`;
    DatabaseFault `vault.disk_full`, `vault.disk_failed`: what was kept before stays.
    """
    vault.demand(Action.IMPORT_BUNDLE)
    enrolment.office_keys(vault)
    try:
        brought = sorted(path for path in folder.iterdir() if path.name.endswith(records.SUFFIX))
    except OSError as error:
        raise ExchangeFault("exchange.no_folder") from error
    new = 0
    for path in brought:
        content = _stack(path)
        if content is not None:
            new += _keep(vault, content)
    if new:
        _note(vault, RECEIVED, new)
    return new


def waiting(vault: OpenVault) -> int:
    """How many stacks are kept here."""
    return len(_kept(vault))


def hand_on(vault: OpenVault, folder: Path) -> int:
    """Write every stack into a folder for the independent body; how many (rule 3).

    Raises PersonFault `access.not_allowed`; NothingToSend `stack.none`; ExchangeFault `exchange.no_folder`;
    DatabaseFault `exchange.disk_full`, `exchange.disk_failed`: then all of them stay here, to be handed on again.
    """
    vault.demand(Action.IMPORT_BUNDLE)
    enrolment.office_keys(vault)
    kept = _kept(vault)
    if not kept:
        raise NothingToSend("stack.none")
    if not folder.is_dir():
        raise ExchangeFault("exchange.no_folder")
    for path in kept:
        _write(folder / records.stack_name(vault.world.randomness), path.read_bytes())
    for path in kept:
        _handed(path)
    _note(vault, HANDED_ON, len(kept))
    return len(kept)


def _stack(path: Path) -> bytes | None:
    """The bytes of a stack; None for any other file, such as a signed statement."""
    with suppress(OSError, BundleFault), open_regular(path) as file:
        content = file.read(MAX_BYTES + 1) if file is not None else b""
        records.records_of(content)
        return content
    return None


def _keep(vault: OpenVault, content: bytes) -> bool:
    place, name = vault.folder / FOLDER, sha256(content).hexdigest()
    with disk_faults():
        make_folder(place)
        if any(path.name.startswith(name) for path in _kept(vault)):
            return False
        write_whole(place / f"{name}.0", content)
    return True


def _kept(vault: OpenVault) -> list[Path]:
    """The kept stacks; the ending of a name says how often it was handed on."""
    place = vault.folder / FOLDER
    if not place.is_dir():
        return []
    return sorted(path for path in place.iterdir() if path.suffix[1:] in _TIMES)


_TIMES = frozenset(str(times) for times in range(ENOUGH))


def _handed(path: Path) -> None:
    """Count once more; after the last time it goes. A name that cannot be changed is handed on again another
    time."""
    times = int(path.suffix[1:]) + 1
    with suppress(OSError):
        if times < ENOUGH:
            path.replace(path.with_suffix(f".{times}"))
        else:
            path.unlink()


def _write(path: Path, content: bytes) -> None:
    with stick_faults():
        write_whole_with(path, lambda file: file.write(content))


def _note(vault: OpenVault, kind: str, count: int) -> None:
    vault.journal.append(
        actor=vault.person.id, subject=subject("stacks", "all"), kind=kind, payload={"count": count}
    )
