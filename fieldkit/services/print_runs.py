"""Many leaflets at once: "these 6 in these 9 languages, 20 copies each", to a printer or as files.

1. What is still to do lies in the vault, written down after each leaflet: after a pause, a crash or a power cut the
   rest goes on. A file is whole or not there; at a printer at most one leaflet is printed again.
2. A leaflet is made only in a language in which it has text. What there is none for is told before it begins.
3. One that cannot be composed does not keep the others from paper: it is named at the end, with its fault.
4. Files go into a folder of their own, so that nothing of anybody's is written over.
5. A full disk, a stick that is gone, a printer that vanished stop the run with a sentence; nothing stands half, and
   what was finished is finished.
"""

import errno
import json
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from fieldkit.domain.access import Action
from fieldkit.domain.errors import DeviceFault
from fieldkit.domain.ports import JsonObject, Progress
from fieldkit.files import write_whole
from fieldkit.leaflets.faults import LeafletFault
from fieldkit.services import counsel
from fieldkit.services.counsel import Edition, Printed
from fieldkit.services.errors import DeskFault
from fieldkit.services.library import has_text
from fieldkit.services.vault import OpenVault

HELD = "print run"
"""The name of the run among the vault's belongings; one at a time."""
MOST_COPIES = 500
FOLDER, PRINTER = "folder", "printer"
_MOST_FOLDERS = 999


@dataclass(frozen=True, slots=True)
class Plan:
    """What can be made, and what has no text (rule 2): pairs of leaflet and language."""

    items: tuple[tuple[str, str], ...]
    without: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it lies in the vault. `done`: how many of `items` are finished; `failed` those that could not be
    composed, by place in `items`, with the code of the fault and its data."""

    items: tuple[tuple[str, str], ...]
    copies: int
    to: str
    where: str
    large: bool = False
    place: str = ""
    done: int = 0
    pages: int = 0
    failed: dict[int, tuple[str, dict[str, str | int]]] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self.done >= len(self.items)

    @property
    def made(self) -> int:
        """How many leaflets came out."""
        return self.done - len(self.failed)


class Output(Protocol):
    """Where finished leaflets go. Raises DeviceFault; then nothing of this leaflet came out, or the printer says
    what it lacks."""

    def put(self, edition: Edition, printed: Printed, copies: int) -> None: ...


class IntoFolder:
    """Files, each whole or not there (rule 5). The number of copies stands in the name, for whoever prints them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, edition: Edition, printed: Printed, copies: int) -> None:
        """Raises DeviceFault `window.disk_full`, `runs.folder_gone`."""
        name = edition.file_name if copies == 1 else f"{Path(edition.file_name).stem}-{copies}x.pdf"
        try:
            write_whole(self._folder / name, printed.pdf)
        except OSError as error:
            full = error.errno == errno.ENOSPC
            raise DeviceFault("window.disk_full" if full else "runs.folder_gone") from error


def plan(vault: OpenVault, leaflets: Collection[str], languages: Collection[str]) -> Plan:
    """Every leaflet in every language, in the order of the library (rule 2)."""
    offered = {one.id: one for one in counsel.leaflets("en", vault)}
    pairs = [(one, tag) for one in offered if one in leaflets for tag in languages]
    there = tuple(pair for pair in pairs if has_text(offered[pair[0]].languages, pair[1]))
    return Plan(there, tuple(pair for pair in pairs if pair not in there))


def begin(vault: OpenVault, run: Run) -> Run:
    """Write down what is to be done. Raises DeskFault `runs.nothing`, `runs.copies`, `runs.one_waits`; PersonFault
    `access.not_allowed`; DeviceFault `runs.folder_gone`."""
    vault.demand(Action.PRINT_LEAFLET)
    if not run.items:
        raise DeskFault("runs.nothing")
    if not 1 <= run.copies <= MOST_COPIES:
        raise DeskFault("runs.copies", most=MOST_COPIES)
    if held(vault) is not None:
        raise DeskFault("runs.one_waits")
    if run.to == FOLDER:
        run = replace(run, where=str(_own_folder(Path(run.where), vault.world.today().isoformat())))
    _keep(vault, run)
    return run


def held(vault: OpenVault) -> Run | None:
    """The run that is not over, if there is one."""
    content = vault.belongings.get(HELD)
    if content is None:
        return None
    said: dict[str, Any] = json.loads(content)
    said["items"] = tuple((str(leaflet), str(tag)) for leaflet, tag in said["items"])
    said["failed"] = {int(place): (code, data) for place, (code, data) in said["failed"].items()}
    return Run(**said)


def go_on(vault: OpenVault, output: Output, progress: Progress) -> Run:
    """Do the rest. `progress` may stop it between two leaflets by raising: what is left waits (rule 1).

    Raises DeskFault `runs.none`; DeviceFault of the output; PersonFault `access.not_allowed`.
    """
    vault.demand(Action.PRINT_LEAFLET)
    run = held(vault)
    if run is None:
        raise DeskFault("runs.none")
    for now in _steps(vault, run, output, progress):
        run = now
        _keep(vault, run)
    vault.belongings.drop(HELD)
    return run


def give_up(vault: OpenVault) -> None:
    """Forget what is left; what came out stays."""
    vault.demand(Action.PRINT_LEAFLET)
    vault.belongings.drop(HELD)


def _steps(vault: OpenVault, run: Run, output: Output, progress: Progress) -> Iterator[Run]:
    while not run.is_over:
        progress(run.done, len(run.items))
        leaflet, language = run.items[run.done]
        wanted = Edition(leaflet, language, large=run.large, place=run.place)
        try:
            printed = counsel.print_pages(counsel.edition(vault, wanted), vault.world)
        except LeafletFault as fault:
            failed = {**run.failed, run.done: (fault.code, dict(fault.data))}
            run = replace(run, done=run.done + 1, failed=failed)
        else:
            output.put(wanted, printed, run.copies)
            run = replace(run, done=run.done + 1, pages=run.pages + printed.pages * run.copies)
            told: JsonObject = {"copies": run.copies, "to": run.to}
            counsel.record_printed(vault, leaflet, language, printed.pages, told=told)
        yield run


def _keep(vault: OpenVault, run: Run) -> None:
    vault.belongings.put(HELD, json.dumps(asdict(run)).encode())


def _own_folder(folder: Path, day: str) -> Path:
    """A new folder in `folder` (rule 4)."""
    for number in range(1, _MOST_FOLDERS):
        made = folder / (f"leaflets-{day}" if number == 1 else f"leaflets-{day}-{number}")
        try:
            made.mkdir()
        except FileExistsError:
            continue
        except OSError as error:
            full = error.errno == errno.ENOSPC
            raise DeviceFault("window.disk_full" if full else "runs.folder_gone") from error
        return made
    raise DeviceFault("runs.folder_gone")
