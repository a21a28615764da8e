"""Words of maintainers: compile catalogues and forms, bring translations up to date."""

import os
from pathlib import Path

import click

from fieldkit.cli.program import program, told


@program.command()
@told
def build() -> None:
    """Compile catalogues and built-in forms (done by set-up)."""
    from fieldkit import files
    from fieldkit.forms.build import build_forms
    from fieldkit.languages.compiling import compile_catalogues

    compile_catalogues(files.translations(), files.built() / "translations")
    target = files.built() / "forms"
    for made in build_forms(files.resources(), files.translations(), target, os.cpu_count() or 1):
        click.echo(f"{made.id} {made.version}: {', '.join(made.languages)}")
        for tag, key in made.left_out:
            click.echo(f"  left out, other references than the source: {tag} {key}")


@program.command()
@told
def translations() -> None:
    """For maintainers: write the templates anew and bring every catalogue up to date with them."""
    from fieldkit import files
    from fieldkit.content.sources import codebook_texts, region_texts
    from fieldkit.forms.form_texts import extract_form_texts
    from fieldkit.languages.extract import interface_template, template_of, to_bytes
    from fieldkit.languages.updating import update_catalogues
    from fieldkit.leaflets.source import leaflet_texts

    resources, folder = files.resources(), files.translations()
    templates = {
        "interface": interface_template(Path(__file__).parents[1]),
        "forms": template_of(extract_form_texts(resources)),
        "codebook": template_of([*codebook_texts(resources), *region_texts(resources)]),
        "leaflets": template_of(leaflet_texts(resources)),
    }
    for domain, template in templates.items():
        files.write_whole(folder / f"{domain}.pot", to_bytes(template))
    update_catalogues(folder, folder)
