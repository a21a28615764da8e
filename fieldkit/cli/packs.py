"""Content packs: three keys, a folder, two signatures at headquarters; taken in at a post."""

import os
from pathlib import Path
from typing import Any

import click

from fieldkit.cli.program import FILE, FOLDER, at_a_vault, program, told
from fieldkit.cli.vaults import signed_in

DAY = click.DateTime(formats=["%Y-%m-%d"])


@program.group()
@at_a_vault
def pack() -> None:
    """Content packs: make and sign them at headquarters, take them in at a post.

    The phrase of a stick is asked for, or read from the file descriptor in FIELDKIT_STICK_PHRASE_FD.
    """


@pack.command("status")
@told
def pack_status() -> None:
    """Say what is in force, what waits for its day, and what was before."""
    from fieldkit.cli.program import words
    from fieldkit.languages.messages import sentence
    from fieldkit.services import packs

    opened = signed_in()
    try:
        state = packs.state(opened)
    finally:
        opened.close()
    if state.in_force is None:
        click.echo("The content that came with the program is in force.")
    else:
        click.echo(f"in force: {_line(state.in_force)}{', expired' if state.expired else ''}")
    for waiting in state.waiting:
        click.echo(f"from {waiting.active_from}: {_line(waiting)}")
    for earlier in state.earlier:
        click.echo(f"before: {_line(earlier)}")
    click.echo(f"rules: {state.rules[:16]}")
    if state.fault is not None:
        click.echo(sentence(state.fault, words()))


@pack.command("import")
@click.argument("source", type=FOLDER)
@click.option("--look", is_flag=True, help="Only say what it is; change nothing.")
@told
def pack_import(source: Path, look: bool) -> None:
    """Verify a pack and take it in, whole or not at all."""
    from fieldkit.services import packs

    opened = signed_in()
    try:
        looked = packs.look(opened, source)
        if not look:
            packs.accept(opened, source)
    finally:
        opened.close()
    manifest = looked.manifest
    reviewed = f"reviewed by {manifest.reviewed_by}" if manifest.reviewed_by else "nobody has reviewed it"
    click.echo(f"pack {manifest.number}, {manifest.title}: in force from {manifest.active_from}, {reviewed}")
    click.echo(f"{looked.files} files, forms: {', '.join(looked.forms) or 'none'}")
    if looked.expired:
        click.echo(f"It expired on {looked.expires}. Ask headquarters for a newer one.")


@pack.command("activate")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why it cannot wait for its day.")
@told
def pack_activate(number: int, reason: str) -> None:
    """Let a pack that waits begin now."""
    from fieldkit.services import packs

    opened = signed_in()
    try:
        click.echo(f"in force: {_line(packs.activate(opened, number, reason))}")
    finally:
        opened.close()


@pack.command("key")
@click.argument("stick", type=FOLDER)
@told
def pack_key(stick: Path) -> None:
    """Make a key for signing packs on a stick, under a phrase of its own."""
    from fieldkit.services import pack_office

    opened = signed_in()
    try:
        number = pack_office.new_key(opened, stick, _stick_phrase("Phrase of the new key"))
    finally:
        opened.close()
    click.echo(f"key {number}: {stick / pack_office.KEY_FILE}")


@pack.command("found")
@click.argument("offline", type=FILE)
@told
def pack_found(offline: Path) -> None:
    """Name the last three keys as those that sign packs, with the stick of the offline keys in."""
    from fieldkit.services import pack_office

    opened = signed_in()
    try:
        phrase = _stick_phrase("Phrase of the offline keys")
        numbers = pack_office.found(opened, pack_office.read_key_file(offline), phrase)
    finally:
        opened.close()
    click.echo(f"packs are signed by two of: {', '.join(numbers)}")


@pack.command("replace")
@click.argument("lost")
@click.argument("new")
@told
def pack_replace(lost: str, new: str) -> None:
    """Let the key NEW take the place of the key LOST (numbers), from the next pack on."""
    from fieldkit.services import pack_office

    opened = signed_in()
    try:
        numbers = pack_office.replace_key(opened, lost, new)
    finally:
        opened.close()
    click.echo(f"after the next pack, packs are signed by two of: {', '.join(numbers)}")


@pack.command("make")
@click.argument("source", type=FOLDER)
@click.argument("out", type=FOLDER)
@click.option("--title", required=True, help="What people call it.")
@click.option("--from", "active_from", type=DAY, help="The day from which it is in force; else today.")
@click.option("--expires", type=DAY, help="After this day posts are warned; else in a year.")
@click.option("--reviewed-by", default="", help="Who has reviewed all its text.")
@click.option("--reviewed-on", type=DAY, help="When.")
@told
def pack_make(
    source: Path, out: Path, title: str, active_from: Any, expires: Any, reviewed_by: str, reviewed_on: Any
) -> None:
    """Lay out the next pack from a folder of content, not signed yet."""
    from fieldkit.services import pack_office

    opened = signed_in()
    try:
        begins = active_from.date() if active_from else opened.world.today()
        wanted = pack_office.Wanted(
            source,
            title,
            begins,
            expires.date() if expires else None,
            reviewed_by,
            reviewed_on.date() if reviewed_on else None,
        )
        click.echo(pack_office.make(opened, wanted, out))
    finally:
        opened.close()


@pack.command("sign")
@click.argument("draft", type=FOLDER)
@click.argument("stick", type=click.Path(exists=True, path_type=Path))
@told
def pack_sign(draft: Path, stick: Path) -> None:
    """Sign a pack with one stick. Two people do it, one after the other."""
    from fieldkit.services import pack_office

    opened = signed_in()
    try:
        key = pack_office.read_key_file(stick)
        state = pack_office.sign(opened, draft, key, _stick_phrase("Phrase of this stick"))
    finally:
        opened.close()
    click.echo("complete" if state.missing == 0 else f"{state.missing} more signature needed")


def _line(known: Any) -> str:
    return f"pack {known.number}, {known.title}"


def _stick_phrase(what: str) -> str:
    descriptor = os.environ.get("FIELDKIT_STICK_PHRASE_FD", "")
    if descriptor.isdigit():
        with os.fdopen(int(descriptor), encoding="utf-8") as source:
            return source.readline().rstrip("\r\n")
    return str(click.prompt(what, hide_input=True))
