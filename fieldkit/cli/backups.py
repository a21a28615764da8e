"""`vault check`, copies of a vault, and putting one back, for scripts."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from fieldkit.cli.program import FOLDER, told, words
from fieldkit.cli.vaults import one_person, phrase, signed_in, vault, vault_folder

OUT_FOLDER = click.Path(path_type=Path)


@vault.command("check")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on the last line.")
@told
def vault_check(as_json: bool) -> None:
    """Look whether pages, tables, journal, files and header are sound. Exit code 1 when anything is not."""
    from fieldkit.services import checkup
    from fieldkit.ui.world import real_world

    folder = vault_folder()
    person = one_person(folder)
    examined = checkup.check(folder, person, phrase(), real_world())
    if as_json:
        click.echo(json.dumps(_facts(examined)))
    else:
        for line in _lines(examined):
            click.echo(line)
    sys.exit(0 if examined.sound else 1)


@vault.command("verify")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on the last line.")
@told
def vault_verify(as_json: bool) -> None:
    """Up to which entry each stream of the journal is proved by a receipt, and what lies unprotected after it.

    Exit code 1 when anything does not fit.
    """
    from fieldkit.services import proof

    opened = signed_in()
    try:
        found = proof.proofs(opened)
    finally:
        opened.close()
    for one in found:
        if not as_json:
            receipt = f"proved up to {one.proved} by the receipt of {one.day}" if one.proved else "no receipt"
            click.echo(
                f"stream {one.stream}: {one.entries} entries, {receipt}, {one.unprotected} unprotected"
            )
            for fault in one.faults:
                click.echo(_said(fault))
    if as_json:
        click.echo(
            json.dumps({"sound": all(one.sound for one in found), "streams": [_proved(one) for one in found]})
        )
    sys.exit(0 if all(one.sound for one in found) else 1)


def _proved(one: Any) -> dict[str, Any]:
    numbers = {
        name: getattr(one, name) for name in ("stream", "own", "entries", "proved", "day", "unprotected")
    }
    return {**numbers, "faults": [fault.code for fault in one.faults]}


@vault.command("back-up")
@click.argument("target", type=FOLDER)
@told
def vault_back_up(target: Path) -> None:
    """Write an examined copy into a new folder in TARGET, such as a stick."""
    from fieldkit.services import backup

    opened = signed_in()
    try:
        made = backup.back_up(opened, target)
    finally:
        opened.close()
    click.echo(f"{made.name}: written and examined")


@vault.command("backups")
@told
def vault_backups() -> None:
    """The copies that were made of this vault, and whose phrases open them."""
    from fieldkit.services import backup

    opened = signed_in()
    try:
        listed = backup.earlier(opened)
    finally:
        opened.close()
    for made in listed:
        openers = ", ".join(one.label + _since(one) for one in made.openers)
        click.echo(f"{made.name}  {made.at}  opens for: {openers}")


@vault.command("restore")
@click.argument("copy", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("target", type=OUT_FOLDER)
@click.option("--erased", type=FOLDER, help="A folder with signed erasures (.fks) of headquarters.")
@told
def vault_restore(copy: Path, target: Path, erased: Path | None) -> None:
    """Put the copy in COPY back into the empty folder TARGET, with a phrase of the day of the copy.

    What headquarters had erased since is erased again: the signed files beside COPY and in --erased say what.
    """
    from fieldkit.services import backup
    from fieldkit.ui.world import real_world

    found = backup.found_in(copy)
    if len(found) != 1:
        raise click.ClickException("Name the folder of one copy.")
    beside = [erased] if erased is not None else []
    backup.restore(found[0], target, one_person(copy), phrase(), real_world(), erased_in=beside)
    click.echo(f"{target}: put back. It writes a new stream; a post needs a new certificate to export.")


def _since(one: Any) -> str:
    if not one.still_here:
        return " (left)"
    return "" if one.same_phrase else " (former phrase)"


def _facts(examined: Any) -> dict[str, Any]:
    return {
        "sound": examined.sound,
        "broken_pages": list(examined.broken_pages),
        "streams": [
            {
                "stream": one.stream[:8],
                "entries": one.last,
                "held": one.held,
                "withheld": one.withheld,
                "erased": one.erased,
                "faults": len(one.faults),
            }
            for one in examined.streams
        ],
        "files": examined.files,
        "unread": examined.unread,
        "faults": [{"code": one.code, **one.data, "sentence": _said(one)} for one in examined.faults],
    }


def _lines(examined: Any) -> list[str]:
    lines = [
        f"stream {one.stream[:8]}: {one.last} entries, {'sound' if one.sound else f'{len(one.faults)} faults'}"
        for one in examined.streams
    ]
    lines.append(f"files: {examined.files}")
    return lines + ([_said(one) for one in examined.faults] or ["sound"])


def _said(fault: Any) -> str:
    from fieldkit.languages.messages import sentence

    return sentence(fault, words())


@vault.command("rescue")
@click.argument("damaged", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("target", type=OUT_FOLDER)
@click.option("--header", type=FOLDER, help="An earlier copy, for when both headers of DAMAGED are gone.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on the last line.")
@told
def vault_rescue(damaged: Path, target: Path, header: Path | None, as_json: bool) -> None:
    """Write what can be read in DAMAGED as a new vault into the empty folder TARGET, and list what is lost.

    DAMAGED is only read. Exit code 1 when anything is known to be lost.
    """
    from fieldkit.services import rescue
    from fieldkit.ui.world import real_world

    person = one_person(header or damaged)
    done = rescue.rescue(damaged, target, person, phrase(), real_world(), header_from=header)
    found = done.salvaged
    if as_json:
        losses = [{"code": one.code, **one.data, "sentence": _said(one)} for one in done.losses]
        numbers = {
            name: getattr(found, name) for name in ("pages", "broken_pages", "entries", "files", "drafts")
        }
        click.echo(json.dumps({**numbers, "whole": found.whole, "losses": losses}))
    else:
        click.echo(f"{found.entries} entries, {found.files} files, {found.drafts} unfinished interviews")
        for one in done.losses:
            click.echo(_said(one))
    sys.exit(1 if done.losses else 0)
