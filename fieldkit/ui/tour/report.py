"""What a tour leaves beside its pictures: `report.json`."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from fieldkit.files import write_whole
from fieldkit.ui.tour.guide import Shots, TourFailed

REPORT = "report.json"


@dataclass(slots=True)
class Report:
    """Steps as they were done; seconds are those of this run, for the reader's information only."""

    out: Path
    shots: Shots
    steps: list[dict[str, object]] = field(default_factory=list)
    cases_exported: int = 0
    cases_imported: int = 0
    languages: list[str] = field(default_factory=list)
    inputs: dict[str, int] = field(default_factory=dict)
    """How many inputs each counted path took."""
    failed: str = ""

    def step(self, name: str, do: Callable[[], list[str] | None]) -> None:
        """Do a step; what it returns are files it left beside its pictures. Raises TourFailed."""
        start, before = time.monotonic(), len(self.shots.taken)
        try:
            files = do() or []
        except TourFailed as failure:
            self.failed = f"{name}: {failure}"
            raise
        missing = [file for file in files if not (self.out / file).is_file()]
        if missing:
            raise TourFailed(f"{name}: these files were promised and are not there: {missing}")
        self.steps.append(
            {
                "name": name,
                "seconds": round(time.monotonic() - start, 2),
                "files": [*self.shots.taken[before:], *files],
            }
        )

    def write(self) -> None:
        """Write `report.json`."""
        content = {
            "steps": self.steps,
            "cases_exported": self.cases_exported,
            "cases_imported": self.cases_imported,
            "languages": self.languages,
            "inputs": self.inputs,
            "failed": self.failed,
        }
        write_whole(self.out / REPORT, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
