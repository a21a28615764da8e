"""Many leaflets at once: what is chosen, what will come out, and what an interrupted run still has to do.

1. A run that was interrupted stands first: it goes on, or what is left is given up; only then another one begins.
2. What has no text in a language is told before anything is made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fieldkit.domain.errors import DeviceFault
from fieldkit.languages.autonyms import autonym
from fieldkit.services import counsel, local_inserts, print_runs
from fieldkit.services.print_runs import FOLDER, PRINTER, IntoFolder, Plan, Run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fieldkit.domain.ports import Progress
    from fieldkit.services.print_runs import Output
    from fieldkit.services.vault import OpenVault


@dataclass
class PrintRun:
    """The page. `to_printer` makes the way to a printer, by its name."""

    vault: OpenVault
    tag: str
    to_printer: Callable[[str], Output]
    leaflets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    copies: int = 1
    large: bool = False
    place: str = ""
    over: Run | None = None
    """The run that has just ended, to be told about."""
    held: Run | None = field(init=False)

    def __post_init__(self) -> None:
        self.offered = tuple((one.id, one.title) for one in counsel.leaflets(self.tag, self.vault))
        self.tags = tuple((tag, autonym(tag)) for tag in counsel.leaflet_languages())
        self.places = local_inserts.places(self.vault)
        self.read()

    def read(self) -> None:
        """Read what is left of an interrupted run."""
        self.held = print_runs.held(self.vault)

    def plan(self) -> Plan:
        """What will come out of what is chosen now (rule 2)."""
        if not self.leaflets or not self.languages:
            return Plan((), ())
        return print_runs.plan(self.vault, self.leaflets, self.languages)

    def begin(self, to: str, where: str) -> None:
        """Write the run down; `go_on` does it. Raises as `print_runs.begin`."""
        made = Run(self.plan().items, self.copies, to, where, self.large, self.place)
        self.held = print_runs.begin(self.vault, made)

    def begin_files(self, folder: Path) -> None:
        """As files in a folder."""
        self.begin(FOLDER, str(folder))

    def begin_printing(self, printer: str) -> None:
        """At a printer."""
        self.begin(PRINTER, printer)

    def output(self) -> Output:
        """Where the run that is held goes. Raises DeviceFault `runs.folder_gone`, `runs.printer_gone`."""
        assert self.held is not None, "there is something to go on with"
        if self.held.to == PRINTER:
            return self.to_printer(self.held.where)
        from pathlib import Path  # noqa: PLC0415 (only for a run into files)

        folder = Path(self.held.where)
        if not folder.is_dir():
            raise DeviceFault("runs.folder_gone")
        return IntoFolder(folder)

    def go_on(self, progress: Progress) -> Run:
        """Do what is left; in the background. Raises as `output` and `print_runs.go_on`."""
        return print_runs.go_on(self.vault, self.output(), progress)

    def ended(self, run: Run) -> None:
        """The run came to its end."""
        self.over = run
        self.read()

    def give_up(self) -> None:
        """Forget what is left; what came out stays."""
        print_runs.give_up(self.vault)
        self.read()
