"""The tour: the real windows, driven through the whole path."""

import sys
from pathlib import Path

import click

from fieldkit.cli.program import FOLDER, program, told


@program.command()
@click.option("--out", type=FOLDER, default=Path("tour"), help="Where pictures, papers and the report go.")
@told
def tour(out: Path) -> None:
    """Drive the real windows through the whole path with invented people, and leave pictures."""
    from fieldkit.ui.tour import run_tour

    sys.exit(run_tour(out))
