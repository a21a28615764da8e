"""The tour: the real windows, driven through the whole path. And the process that comes after a lock."""

import sys
from pathlib import Path

import click

from fieldkit.cli.program import FOLDER, program, told


@program.command("after-lock", hidden=True)
@click.option("--geometry", default="", help="Where the window before this one stood.")
def after_lock(geometry: str) -> None:
    """Show sign-in in the place of a process that ended at a lock. The program begins this itself."""
    from fieldkit.ui import application

    sys.exit(application.run(application.default_folder(), geometry))


@program.command()
@click.option("--out", type=FOLDER, default=Path("tour"), help="Where pictures, papers and the report go.")
@click.option(
    "--screens", is_flag=True, help="Instead: every screen once, in English, in Arabic and at 200 %."
)
@click.option("--leaflet", multiple=True, help="The leaflet on asylum in this language; by default in all.")
@told
def tour(out: Path, screens: bool, leaflet: tuple[str, ...]) -> None:
    """Drive the real windows through the whole path with invented people, and leave pictures."""
    from fieldkit.services.counsel import LEAFLET_LANGUAGES
    from fieldkit.ui.tour import run_screens, run_tour

    sys.exit(run_screens(out) if screens else run_tour(out, leaflet or LEAFLET_LANGUAGES))
