"""A check of a paper's code, for scripts: valid or not, and nothing else."""

import json

import click

from fieldkit.cli.program import told
from fieldkit.cli.vaults import signed_in, vault


@vault.command("check-paper")
@click.argument("code", nargs=-1, required=True)
@told
def vault_check_paper(code: tuple[str, ...]) -> None:
    """Say whether a proof of registration is one of ours. CODE is what a scanner reads, or what stands below
    the code on the paper; spaces do not count. Exit code 1 unless it is valid."""
    from fieldkit.services import paper_codes

    opened = signed_in()
    try:
        held = paper_codes.check(opened, " ".join(code))
    finally:
        opened.close()
    click.echo(json.dumps({"result": held.result.value, "number": held.number, "until": held.until}))
    raise SystemExit(0 if held.result is paper_codes.Result.VALID else 1)
