"""How fast headquarters' pages of figures are with 100,000 cases of twelve posts.

    python3 run.py bench figures [--json] [--cases 100000] [--n 5] [--folder DIR]

Small numbers are hidden over all pages together, so all of them are counted before one is shown; what was counted
is kept until something new is accepted. In milliseconds:

- `page_NAME`: a page is opened, from what is kept to the words of its tables;
- `again`: everything counted anew because something new was accepted; what single talks and sheets said is known;
- `first`: everything counted for the first time since somebody signed in.

The last two run beside the window, with progress and a way to stop. The last line is JSON.
"""

import argparse
import shutil
import tempfile
from functools import partial
from pathlib import Path

from benchmarks import office_cases
from benchmarks.figures import Goal, Report, Samples, tell
from fieldkit.languages.messages.figures import PAGES
from fieldkit.services import figures
from fieldkit.services.figure_words import Said, file
from fieldkit.services.vault import OpenVault

SHOWN = tuple(name for name in PAGES if name != "monthly")
GOALS = (
    *(Goal(f"page_{name}", "median_ms", 1000) for name in SHOWN),
    Goal("again", "median_ms", 10_000),
    Goal("first", "median_ms", 20_000),
)


def main(words: list[str]) -> int:
    """Print a table and JSON. Returns 0 when every goal is met, else 1."""
    parser = argparse.ArgumentParser(prog="run.py bench figures")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--n", type=int, default=5, help="rounds")
    parser.add_argument("--folder", type=Path, help="on the disk that is measured; else the temporary one")
    options = parser.parse_args(words)
    place = Path(tempfile.mkdtemp(dir=options.folder))
    try:
        vault = office_cases.found(place, options.cases)
        try:
            report = measure(vault, options.n)
        finally:
            vault.close()
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return tell(report, GOALS, as_json=options.json)


def measure(vault: OpenVault, rounds: int) -> Report:
    """All figures, in milliseconds."""
    found: dict[str, Samples] = {}
    for _ in range(rounds):
        figures.forget(vault)
        found.setdefault("first", Samples()).time(lambda: figures.pages(vault))
        vault.journal.append(
            actor=vault.person.id, subject="setting/paper", kind="setting.changed", payload={"fields": {}}
        )
        found.setdefault("again", Samples()).time(lambda: figures.pages(vault))
        for name in SHOWN:
            found.setdefault(f"page_{name}", Samples()).time(partial(_open, vault, name))
    return {name: samples.as_json() for name, samples in found.items()}


def _open(vault: OpenVault, name: str) -> None:
    """What the screen does: the tables that are kept, and every word of them."""
    kept = figures.kept_pages(vault)
    assert kept is not None, "nothing was accepted since"
    file(Said(vault, "en"), kept.of(name))
