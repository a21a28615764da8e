"""Accounts, a lost phrase and the end of a vault, for scripts and for whoever has no screen."""

import sys
from pathlib import Path

import click

from fieldkit.cli.program import FILE, FOLDER, content_of, told
from fieldkit.cli.vaults import hq, one_person, phrase, signed_in, vault, vault_folder


@vault.command("people")
@told
def vault_people() -> None:
    """Everybody with a way in, and what they do here."""
    from fieldkit.services import people

    opened = signed_in()
    try:
        listed, left = people.accounts(opened), people.left(opened)
    finally:
        opened.close()
    for account in listed:
        due = "  (must choose a new phrase)" if account.phrase_due else ""
        click.echo(f"{account.label}: {', '.join(sorted(account.roles)) or 'no work'}{due}")
    for label in left:
        click.echo(f"{label}: has left")


@vault.command("end-account")
@click.argument("label")
@told
def vault_end_account(label: str) -> None:
    """End the account LABEL: the vault gets a new key, and its phrase opens nothing any more."""
    from fieldkit.services import people

    opened = signed_in()
    try:
        found = [account for account in people.accounts(opened) if account.label == label]
        if len(found) != 1:
            raise click.ClickException("Nobody is called so at sign-in.")
        done = people.end(opened, found[0].id)
    finally:
        opened.close()
    click.echo(f"{label}: has left. The vault has a new key.")
    for name in done.without_way:
        click.echo(f"{name}: needs a first phrase again")
    for made in done.copies:
        click.echo(f"{made.name}, made at {made.at}: still opens with a phrase that is no good here any more")


@vault.command("ask-recovery")
@click.argument("target", type=FOLDER)
@click.option("--new", "label", default="", help="Somebody new, who comes in as administrator.")
@told
def vault_ask_recovery(target: Path, label: str) -> None:
    """Write a recovery request into TARGET. The phrase that is asked for opens the answer, and nothing else."""
    from fieldkit.files import write_whole
    from fieldkit.services import recovery
    from fieldkit.ui.world import real_world

    folder = vault_folder()
    who = "" if label else one_person(folder)
    made = recovery.ask(folder, who, phrase(), real_world(), label=label)
    write_whole(target / made.file.name, made.file.content)
    click.echo(f"{target / made.file.name}: bring it to headquarters")
    click.echo(f"Words to compare: {' '.join(made.words)}")


@vault.command("accept-recovery")
@click.argument("answer", type=FILE)
@told
def vault_accept_recovery(answer: Path) -> None:
    """Come in with headquarters' ANSWER and the phrase of the request; a new phrase is due at the next sign-in."""
    from fieldkit.services import recovery
    from fieldkit.ui.world import real_world

    content = content_of(answer)
    click.echo(f"Words to compare: {' '.join(recovery.answer_words(content))}")
    opened = recovery.accept(vault_folder(), content, phrase(), real_world())
    label = opened.person.label
    opened.close()
    click.echo(f"{label}: can sign in with the phrase of the request, and must choose a new one first")


@hq.command("answer-recovery")
@click.argument("request", type=FILE)
@click.argument("stick", type=FILE)
@click.argument("target", type=FOLDER)
@told
def hq_answer_recovery(request: Path, stick: Path, target: Path) -> None:
    """Answer the recovery REQUEST with the offline keys in STICK; compare its words on the phone first."""
    from fieldkit.files import write_whole
    from fieldkit.services import recovery

    opened = signed_in()
    try:
        content = content_of(request)
        asked = recovery.read_request(content)
        click.echo(f"{asked.post}: {asked.label} wants to come in")
        click.echo(f"Words to compare: {' '.join(asked.words)}")
        click.confirm("Do all ten words agree?", abort=True)
        offline = str(click.prompt("Phrase of the offline keys", hide_input=True))
        made = recovery.answer(opened, content, content_of(stick), offline)
    finally:
        opened.close()
    write_whole(target / made.file.name, made.file.content)
    click.echo(f"{target / made.file.name}: give it to the post")
    click.echo(f"Words to compare: {' '.join(made.words)}")


@vault.command("destroy")
@told
def vault_destroy() -> None:
    """Destroy every way into the vault, then its files. Nobody can open it afterwards."""
    from fieldkit.services import wipe

    folder = vault_folder()
    click.echo(
        "Nobody can open the vault afterwards. Copies on other disks are not reached; an SSD may keep pieces."
    )
    done = wipe.wipe(folder, str(click.prompt(f"Write {wipe.WORD} to destroy it")))
    for name in done.still_open:
        click.echo(f"{name}: could NOT be overwritten; the vault still opens. Break the disk.", err=True)
    if done.still_open:
        sys.exit(1)
    for name in done.left:
        click.echo(f"{name}: could not be removed")
    click.echo("No phrase opens anything here any more.")
