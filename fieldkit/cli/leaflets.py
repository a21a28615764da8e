"""Leaflets: list, make as PDF."""

from pathlib import Path

import click

from fieldkit.cli.program import OUT, language, program, told


@program.group()
def leaflet() -> None:
    """Leaflets: list, make as PDF."""


@leaflet.command("list")
@told
def leaflet_list() -> None:
    """The leaflets there are, and how far each language can be trusted."""
    from fieldkit.services import counsel

    for offered in counsel.leaflets(language()):
        languages = ", ".join(f"{tag} {status}" for tag, status in offered.languages.items())
        click.echo(f"{offered.id} {offered.title}: {languages}")


@leaflet.command("make")
@click.argument("leaflet_id")
@click.option("--in", "tag", default="en", help="Language of the leaflet.")
@click.option("--out", type=OUT, required=True)
@told
def leaflet_make(leaflet_id: str, tag: str, out: Path) -> None:
    """Make one leaflet as PDF, without a post's own contacts."""
    from fieldkit.files import write_whole
    from fieldkit.languages import catalogues
    from fieldkit.leaflets import source
    from fieldkit.services import counsel
    from fieldkit.ui.world import real_world

    document = source.leaflet(leaflet_id, tag, catalogues.load(tag, "leaflets"))
    printed = counsel.print_pages(document, real_world())
    write_whole(out, printed.pdf)
    click.echo(f"{out}: {printed.pages} pages")
