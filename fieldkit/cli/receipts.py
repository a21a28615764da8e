"""Receipts, what is due, and erasing for ever, for scripts."""

import json
from pathlib import Path

import click

from fieldkit.cli.program import FILE, FOLDER, content_of, told
from fieldkit.cli.vaults import hq, signed_in, vault


@vault.command("take-in")
@click.argument("file", type=FILE)
@told
def vault_take_in(file: Path) -> None:
    """Take in a signed file of headquarters (.fks): a receipt, an erasure."""
    from fieldkit.ui.presenters.receipts import Receipts

    opened = signed_in()
    try:
        page = Receipts(opened)
        taken = page.take_in(file)
        standing = page.standing
    finally:
        opened.close()
    held = {"held": standing.number, "safe": standing.safe, "day": str(standing.day)} if standing else {}
    click.echo(json.dumps({"kind": taken.kind, "new": taken.new, **held}))


@vault.command("due")
@told
def vault_due() -> None:
    """What was kept long enough, a line each as JSON. Nothing is removed."""
    from fieldkit.services import retention

    opened = signed_in()
    try:
        rows = retention.due(opened)
    finally:
        opened.close()
    for one in rows:
        line = {
            "number": one.number,
            "since": str(one.since),
            "days": one.rule.days,
            "safe": one.safe,
            "shared": one.shared,
        }
        click.echo(json.dumps(line))


@hq.command("receipts")
@click.argument("target", type=FOLDER)
@told
def hq_receipts(target: Path) -> None:
    """Write every post's receipt, and what was erased, into a folder. None of it is secret."""
    from fieldkit.services import erasure, receipts

    opened = signed_in()
    try:
        names = (*receipts.write_all(opened, target), *erasure.write_all(opened, target))
    finally:
        opened.close()
    for name in names:
        click.echo(name)


@hq.command("erase")
@click.argument("number")
@click.option("--stick", type=FILE, required=True, help="The file with the offline keys.")
@click.option("--reason", required=True, help="Why, in your own words, without names.")
@click.option("--second", required=True, help="The label of the second person at sign-in.")
@click.option("--everywhere", is_flag=True, help="At the post too, whatever was asked for.")
@told
def hq_erase(number: str, stick: Path, reason: str, second: str, everywhere: bool) -> None:
    """Sign and carry out what a post asked to have erased about NUMBER. Asks for three phrases, one after another:
    yours, the second person's, that of the offline keys."""
    from fieldkit.services import erasure

    opened = signed_in()
    try:
        asked = [one for one in erasure.waiting(opened) if one.number == number]
        people = [person for person, label in erasure.seconds(opened) if label == second]
        if len(asked) != 1 or len(people) != 1:
            raise click.ClickException("No such request, or no such second person. Nothing was erased.")
        done = erasure.sign(
            opened,
            asked[0].about,
            because=asked[0].because,
            where=erasure.Where.EVERYWHERE if everywhere else asked[0].where,
            reason=reason,
            second=erasure.Second(people[0], _phrase("Phrase of the second person")),
            offline_file=content_of(stick),
            offline_phrase=_phrase("Phrase of the offline keys"),
        )
    finally:
        opened.close()
    click.echo(f"{sum(len(one.digests) for one in done)} records erased; write the files with: hq receipts")


def _phrase(prompt: str) -> str:
    return str(click.prompt(prompt, hide_input=True))
