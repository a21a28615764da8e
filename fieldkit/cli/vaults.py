"""The vault, bundles and headquarters, for scripts."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from fieldkit.cli.program import FILE, FOLDER, at_a_vault, program, told


@program.group()
@at_a_vault
def vault() -> None:
    """The vault: who is at the door, is the journal sound."""


@vault.command("status")
@told
def vault_status() -> None:
    """What can be told without a phrase."""
    from fieldkit.services.vault import at_door

    folder = vault_folder()
    door = at_door(folder)
    if door is None:
        click.echo("There is no vault here yet.")
        return
    click.echo(f"{door.name} ({door.desk}), {len(door.people)} people")
    if door.second_copy_used:
        click.echo("The first copy of the header is damaged; the second one is sound. Sign in to mend it.")


@vault.command("info")
@told
def vault_info() -> None:
    """What this vault works with: versions of program, codebook and rules, the pack in force; as JSON."""
    from fieldkit.services.about import about

    opened = signed_in()
    try:
        held = about(opened)
    finally:
        opened.close()
    click.echo(json.dumps({**asdict(held), "codebook_day": held.codebook_day.isoformat()}))


@program.group()
@at_a_vault
def bundle() -> None:
    """Bundles: write one at a post, look into and take one in at headquarters."""


@bundle.command("export")
@click.argument("target", type=FOLDER)
@told
def bundle_export(target: Path) -> None:
    """Write what headquarters has not confirmed into a folder, sealed."""
    from fieldkit.services import exchange

    opened = signed_in()
    try:
        exported = exchange.export(opened, target)
    finally:
        opened.close()
    click.echo(f"{', '.join(exported.files)}: {exported.entries} entries, {exported.cases} cases")


@bundle.command("import")
@click.argument("file", type=FILE)
@click.option("--look", is_flag=True, help="Only say what it is; change nothing.")
@told
def bundle_import(file: Path, look: bool) -> None:
    """Verify a bundle and take it in."""
    from fieldkit.services import importing

    opened = signed_in()
    try:
        found = importing.look(opened, file) if look else importing.import_bundle(opened, file)
    finally:
        opened.close()
    hole = f"missing {found.hole.first} to {found.hole.last}" if found.hole else "no hole"
    click.echo(f"from {found.sender.post}: entries {found.first} to {found.last}, {hole}")


@program.group()
@at_a_vault
def hq() -> None:
    """Headquarters: cases and counts."""


@hq.command("counts")
@told
def hq_counts() -> None:
    """Persons by category and day, as JSON; null is "nobody was asked", which is not 0."""
    from fieldkit.services import report

    opened = signed_in()
    try:
        table = report.counts(opened)
    finally:
        opened.close()
    for day in table.days:
        for category in table.categories:
            cell = table.cells[day, category]
            line = {
                "day": day,
                "category": category,
                "confirmed": cell.confirmed.value,
                "suggested": cell.suggested.value,
                "asked": cell.base.asked,
                "not_asked": cell.base.not_asked,
                "declined": cell.base.declined,
            }
            click.echo(json.dumps(line))


def _door() -> tuple[Path | None, str]:
    """Which vault, and who, as `at_a_vault` noted them."""
    meta = click.get_current_context().meta
    return meta.get("door folder"), meta.get("door person", "")


def vault_folder() -> Path:
    """The vault that was named."""
    named = _door()[0] or os.environ.get("FIELDKIT_HOME", "")
    if not named:
        raise click.ClickException("Say which vault: --folder FOLDER, or FIELDKIT_HOME.")
    return Path(named)


def one_person(folder: Path) -> str:
    """The id of the person who signs in."""
    from fieldkit.services.door import at_door

    label = _door()[1]
    door = at_door(folder)
    people = [person for person in (door.people if door else ()) if label in ("", person.label)]
    if len(people) != 1:
        raise click.ClickException("Say who signs in: --person LABEL, as the sign-in screen shows it.")
    return people[0].id


def signed_in() -> Any:
    """The vault that was named, opened."""
    from fieldkit.services.vault import SignIn
    from fieldkit.ui.world import real_world

    folder = vault_folder()
    return SignIn(folder, real_world()).open(one_person(folder), phrase())


def phrase() -> str:
    """The phrase, never from the command line."""
    descriptor = os.environ.get("FIELDKIT_PHRASE_FD", "")
    if descriptor.isdigit():
        with os.fdopen(int(descriptor), encoding="utf-8") as source:
            return source.readline().rstrip("\r\n")
    return str(click.prompt("Phrase", hide_input=True))
