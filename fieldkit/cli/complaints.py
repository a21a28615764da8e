"""Complaints at the independent body and on their way to it, for scripts.

`open` needs no vault and writes no file: what people told stands on the screen, or goes where its output is led to.
"""

import json
from pathlib import Path

import click

from fieldkit.cli.program import FILE, content_of, program, told
from fieldkit.cli.vaults import hq, signed_in

STACKS = click.Path(exists=True, dir_okay=False, path_type=Path)


@program.group("complaints")
def complaints() -> None:
    """Sealed complaints, at the independent body."""


@complaints.command("open")
@click.argument("key", type=FILE)
@click.argument("stacks", type=STACKS, nargs=-1, required=True)
@told
def complaints_open(key: Path, stacks: tuple[Path, ...]) -> None:
    """Open stacks (.fks) with the body's KEY, an identity of `age`. One complaint a line as JSON; blanks and what
    came before in another stack are left out."""
    from fieldkit.crypto.sealing import SealingKey
    from fieldkit.sync import complaints as sealed

    opened = SealingKey(_line(content_of(key)))
    found = [record for stack in stacks for record in sealed.records_of(content_of(stack))]
    for one in sealed.read_records(found, opened):
        click.echo(json.dumps({"post": one.post, "text": one.text, "week": one.week}, ensure_ascii=False))


@hq.command("take-stacks")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@told
def hq_take_stacks(folder: Path) -> None:
    """Keep the stacks of complaints in FOLDER, unopened; how many are new."""
    from fieldkit.services import stacks

    opened = signed_in()
    try:
        new, waiting = stacks.take_in(opened, folder), stacks.waiting(opened)
    finally:
        opened.close()
    click.echo(json.dumps({"new": new, "waiting": waiting}))


@hq.command("hand-on-stacks")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@told
def hq_hand_on_stacks(folder: Path) -> None:
    """Write the stacks of complaints into FOLDER for the independent body."""
    from fieldkit.services import stacks

    opened = signed_in()
    try:
        written = stacks.hand_on(opened, folder)
    finally:
        opened.close()
    click.echo(json.dumps({"written": written}))


def _line(content: bytes) -> bytes:
    """The identity in a key file as `age-keygen` writes it: its lines of comment are passed over."""
    lines = [line for line in content.splitlines() if line.strip() and not line.startswith(b"#")]
    return lines[0] if lines else b""
