"""`survey forward`: finished surveys to another organisation's form server, for scripts."""

import os

import click

from fieldkit.cli.program import at_a_vault, program, told
from fieldkit.cli.vaults import signed_in


@program.group()
@at_a_vault
def survey() -> None:
    """Surveys: those that are finished, and forwarding them to an OpenRosa server."""


@survey.command("forward")
@click.argument("address")
@click.option(
    "--user", default="", help="The user at the server; the password is asked for, never an argument."
)
@click.option("--dry", is_flag=True, help="Only list what would be sent.")
@told
def survey_forward(address: str, user: str, dry: bool) -> None:
    """Send every finished survey that the server at ADDRESS does not have; exact bytes, files included.

    For scripts the password may stand in FIELDKIT_SERVER_PASSWORD.
    """
    from fieldkit.services import forwarding
    from fieldkit.sync.openrosa import Server

    password = os.environ.get("FIELDKIT_SERVER_PASSWORD", "")
    if user and not password and not dry:
        password = click.prompt("Password at the server", hide_input=True)
    server = Server(address, user, password)
    opened = signed_in()
    try:
        for one in forwarding.waiting(opened, server):
            if not dry:
                forwarding.forward(opened, one.about, one.instance_id, server)
            click.echo(f"{one.form} {one.day} {one.instance_id}: {'waits' if dry else 'sent'}")
    finally:
        opened.close()
