"""The command line: the windows' jobs for scripts and tests. Thin: words in, services called, sentences out.

1. Qt is loaded only for the windows and the tour.
2. A phrase is never an argument: it is asked for without echo, or read from a file descriptor named in
   FIELDKIT_PHRASE_FD for scripts.
3. Errors are said in the language asked for, with the next step, on standard error; exit code 1.
"""

import functools
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from fieldkit import __version__
from fieldkit.domain.errors import FieldkitError

_P = ParamSpec("_P")
_R = TypeVar("_R")

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group(invoke_without_command=True)
@click.version_option(__version__, prog_name="fieldkit")
@click.option("--language", default="en", help="Language of messages.")
@click.pass_context
def program(context: click.Context, language: str) -> None:
    """Protection interviews, leaflets and sealed exchange for border posts. Without a word: the windows."""
    from fieldkit import logs

    logs.start()
    context.obj = language
    if context.invoked_subcommand is None:
        from fieldkit.ui import application

        sys.exit(application.run(application.default_folder()))


def main() -> None:
    """Run the command line; every refusal is a sentence and exit code 1."""
    if sys.argv[1:2] == [
        "convert-form-in-child"
    ]:  # the converter's child, when the program is one frozen file
        from fieldkit.forms import converter_child

        sys.exit(converter_child.main())
    program()


def told(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """A command whose refusals are said as sentences with their next step."""

    @functools.wraps(command)
    def run(*arguments: _P.args, **options: _P.kwargs) -> _R:
        try:
            return command(*arguments, **options)
        except FieldkitError as error:
            click.echo(_sentence(error), err=True)
            sys.exit(1)

    return run


def _sentence(error: FieldkitError) -> str:
    from fieldkit.languages import catalogues
    from fieldkit.languages.messages import sentence

    language = click.get_current_context().find_root().obj or "en"
    return sentence(error, catalogues.load(language, "interface"))


# --- build --------------------------------------------------------------------------------------------


@program.command()
@told
def build() -> None:
    """Compile catalogues and built-in forms (done by set-up)."""
    from fieldkit import files
    from fieldkit.forms.build import build_forms
    from fieldkit.languages.compiling import compile_catalogues

    compile_catalogues(files.translations(), files.built() / "translations")
    for made in build_forms(files.resources(), files.translations(), files.built() / "forms"):
        click.echo(f"{made.id} {made.version}: {', '.join(made.languages)}")
        for tag, key in made.left_out:
            click.echo(f"  left out, other references than the source: {tag} {key}")


@program.command()
@told
def translations() -> None:
    """For maintainers: write the templates anew and bring every catalogue up to date with them."""
    from fieldkit import files
    from fieldkit.content.sources import codebook_texts
    from fieldkit.forms.form_texts import extract_form_texts
    from fieldkit.languages.extract import interface_template, template_of, to_bytes
    from fieldkit.languages.updating import update_catalogues
    from fieldkit.leaflets.source import leaflet_texts

    resources, folder = files.resources(), files.translations()
    templates = {
        "interface": interface_template(Path(__file__).parent),
        "forms": template_of(extract_form_texts(resources)),
        "codebook": template_of(codebook_texts(resources)),
        "leaflets": template_of(leaflet_texts(resources)),
    }
    for domain, template in templates.items():
        files.write_whole(folder / f"{domain}.pot", to_bytes(template))
    update_catalogues(folder, folder)


# --- forms --------------------------------------------------------------------------------------------


@program.group()
def form() -> None:
    """Forms: check, fill in at random."""


@form.command("check")
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@told
def form_check(file: Path, as_json: bool) -> None:
    """Say everything that is wrong with a form: sheet, row, what to do. Exit code 1 when it is refused."""
    from fieldkit.forms.report_lines import check_report_json, check_report_lines
    from fieldkit.languages import catalogues

    report = _checked(file)
    language = click.get_current_context().find_root().obj
    words = catalogues.load(language, "interface")
    if as_json:
        click.echo(json.dumps(check_report_json(report, words), ensure_ascii=False))
    else:
        for line in check_report_lines(report, words):
            click.echo(line)
    sys.exit(0 if report.is_usable else 1)


@form.command("walk")
@click.argument("file", type=FILE)
@click.option("--seed", default=1, help="Which random answers.")
@click.option("--json", "as_json", is_flag=True, help="Only the last line.")
@told
def form_walk(file: Path, seed: int, as_json: bool) -> None:
    """Answer every relevant question with random valid values until the end."""
    from fieldkit.forms.reader import read_form
    from fieldkit.forms.walk import walk
    from fieldkit.ui.world import real_world

    report = _checked(file)
    if report.xform is None:
        raise click.ClickException(f"The form is refused. Run: form check {file}")
    walked = walk(read_form(report.xform, report.resources), seed, clock=real_world().clock)
    for name in () if as_json else walked.unsupported:
        click.echo(f"Not answered in this version: {name}")
    click.echo(walked.line())
    sys.exit(0 if walked.finished else 1)


def _checked(file: Path) -> Any:
    from fieldkit.services.administer import check_form, files_beside

    return check_form(file.read_bytes(), file.name, files_beside(file))


# --- leaflets -----------------------------------------------------------------------------------------


@program.group()
def leaflet() -> None:
    """Leaflets: list, make as PDF."""


@leaflet.command("list")
@told
def leaflet_list() -> None:
    """The leaflets there are, and how far each language can be trusted."""
    from fieldkit.services import counsel

    for offered in counsel.leaflets(click.get_current_context().find_root().obj):
        languages = ", ".join(f"{tag} {status}" for tag, status in offered.languages.items())
        click.echo(f"{offered.id} {offered.title}: {languages}")


@leaflet.command("make")
@click.argument("leaflet_id")
@click.option("--in", "tag", default="en", help="Language of the leaflet.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
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


# --- vaults, bundles, headquarters --------------------------------------------------------------------


@program.group()
@click.option("--folder", type=FOLDER, help="The vault; else FIELDKIT_HOME.")
@click.option("--person", default="", help="The label at sign-in; not needed when there is one person.")
@click.pass_context
def vault(context: click.Context, folder: Path | None, person: str) -> None:
    """The vault: who is at the door, is the journal sound."""
    context.meta["door"] = (folder, person)


@vault.command("status")
@told
def vault_status() -> None:
    """What can be told without a phrase."""
    from fieldkit.services.vault import at_door

    folder = _folder()
    door = at_door(folder)
    if door is None:
        click.echo("There is no vault here yet.")
        return
    click.echo(f"{door.name} ({door.desk}), {len(door.people)} people")
    if door.second_copy_used:
        click.echo("The first copy of the header is damaged; the second one is sound. Sign in to mend it.")


@vault.command("check")
@told
def vault_check() -> None:
    """Sign in, and follow every stream of the journal from the first entry to the last."""
    from fieldkit.storage import verification

    opened = _signed_in()
    try:
        sound = True
        for stream, head in opened.journal.heads().items():
            verified = verification.verify(opened.database, stream)
            sound = sound and verified.sound
            state = "sound" if verified.sound else f"{len(verified.faults)} faults"
            click.echo(f"stream {stream[:8]}: {head.number} entries, {state}")
    finally:
        opened.close()
    sys.exit(0 if sound else 1)


@program.group()
@click.option("--folder", type=FOLDER, help="The vault; else FIELDKIT_HOME.")
@click.option("--person", default="", help="The label at sign-in; not needed when there is one person.")
@click.pass_context
def bundle(context: click.Context, folder: Path | None, person: str) -> None:
    """Bundles: write one at a post, look into and take one in at headquarters."""
    context.meta["door"] = (folder, person)


@bundle.command("export")
@click.argument("target", type=FOLDER)
@told
def bundle_export(target: Path) -> None:
    """Write what headquarters has not confirmed into a folder, sealed."""
    from fieldkit.services import exchange

    opened = _signed_in()
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
    from fieldkit.services import exchange

    opened = _signed_in()
    try:
        found = exchange.look(opened, file) if look else exchange.import_bundle(opened, file)
    finally:
        opened.close()
    hole = f"missing {found.hole.first} to {found.hole.last}" if found.hole else "no hole"
    click.echo(f"from {found.sender.post}: entries {found.first} to {found.last}, {hole}")


@program.group()
@click.option("--folder", type=FOLDER, help="The vault; else FIELDKIT_HOME.")
@click.option("--person", default="", help="The label at sign-in; not needed when there is one person.")
@click.pass_context
def hq(context: click.Context, folder: Path | None, person: str) -> None:
    """Headquarters: cases and counts."""
    context.meta["door"] = (folder, person)


@hq.command("counts")
@told
def hq_counts() -> None:
    """Persons by category and day, as JSON; null is "nobody was asked", which is not 0."""
    from fieldkit.services import report

    opened = _signed_in()
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
    found = click.get_current_context().meta.get("door", (None, ""))
    return found[0], found[1]


def _folder() -> Path:
    named = _door()[0] or os.environ.get("FIELDKIT_HOME", "")
    if not named:
        raise click.ClickException("Say which vault: --folder FOLDER, or FIELDKIT_HOME.")
    return Path(named)


def _signed_in() -> Any:
    from fieldkit.services.vault import SignIn, at_door
    from fieldkit.ui.world import real_world

    folder, label = _folder(), _door()[1]
    door = at_door(folder)
    people = [person for person in (door.people if door else ()) if label in ("", person.label)]
    if len(people) != 1:
        raise click.ClickException("Say who signs in: --person LABEL, as the sign-in screen shows it.")
    return SignIn(folder, real_world()).open(people[0].id, _phrase())


def _phrase() -> str:
    descriptor = os.environ.get("FIELDKIT_PHRASE_FD", "")
    if descriptor.isdigit():
        with os.fdopen(int(descriptor), encoding="utf-8") as source:
            return source.readline().rstrip("\r\n")
    return str(click.prompt("Phrase", hide_input=True))


# --- windows ------------------------------------------------------------------------------------------


@program.command()
@click.option("--out", type=FOLDER, default=Path("tour"), help="Where pictures, papers and the report go.")
@told
def tour(out: Path) -> None:
    """Drive the real windows through the whole path with invented people, and leave pictures."""
    from fieldkit.ui.tour import run_tour

    sys.exit(run_tour(out))
