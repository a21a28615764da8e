"""The command line: the windows' jobs for scripts and tests. Thin: words in, services called, sentences out.

1. Qt is loaded only for the windows, the preview and the tour.
2. A phrase is never an argument: it is asked for without echo, or read from a file descriptor named in
   FIELDKIT_PHRASE_FD for scripts.
3. Errors are said in the language asked for, with the next step, on standard error; exit code 1.
"""

import errno
import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from fieldkit import __version__
from fieldkit.domain.errors import DeviceFault, FieldkitError, ForeignFault
from fieldkit.files import read_bounded
from fieldkit.languages.catalogues import Words

_P = ParamSpec("_P")
_R = TypeVar("_R")

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MAX_BROUGHT_BYTES = 64 * 1024 * 1024
"""The longest file that a command takes into memory as a whole."""
FOLDER = click.Path(file_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)


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


def _speak(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value:
        context.find_root().obj = value


speaks = click.option("--language", expose_value=False, callback=_speak, help="Language of messages.")
"""The option of the program once more, for those who write it behind the word that it belongs to."""


def _note(context: click.Context, parameter: click.Parameter, value: object) -> None:
    context.meta[f"door {parameter.name}"] = value


def at_a_vault(group: Callable[_P, _R]) -> Callable[_P, _R]:
    """The options of a group whose words open a vault; `vaults.signed_in` asks for what they leave open."""
    who = "The label at sign-in; not needed when there is one person."
    group = click.option("--person", default="", expose_value=False, callback=_note, help=who)(group)
    where = "The vault; else FIELDKIT_HOME."
    return click.option("--folder", type=FOLDER, expose_value=False, callback=_note, help=where)(group)


def told(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """A command whose refusals are said as sentences with their next step."""

    @functools.wraps(command)
    def run(*arguments: _P.args, **options: _P.kwargs) -> _R:
        try:
            return command(*arguments, **options)
        except FieldkitError as error:
            fault = error
        except OSError as error:  # of a folder that was named, mostly; a vault's own disk speaks for itself
            if error.errno == errno.EPIPE:
                raise
            full = error.errno == errno.ENOSPC
            fault = DeviceFault("window.disk_full" if full else "window.disk_failed")
        click.echo(_sentence(fault), err=True)
        sys.exit(1)

    return run


def content_of(path: Path) -> bytes:
    """The bytes of a small file that was named. Raises ForeignFault `window.file_too_large`; DeviceFault
    `window.file_unreadable`."""
    try:
        content = read_bounded(path, MAX_BROUGHT_BYTES)
    except OSError as error:
        raise DeviceFault("window.file_unreadable", file=path.name) from error
    if content is None:
        raise ForeignFault("window.file_too_large", file=path.name)
    return content


def language() -> str:
    """The language of messages that was asked for."""
    return click.get_current_context().find_root().obj or "en"


def words() -> Words:
    """Its words."""
    from fieldkit.languages import catalogues

    return catalogues.load(language(), "interface")


def _sentence(error: FieldkitError) -> str:
    from fieldkit.forms.problems import FormFault
    from fieldkit.forms.report_lines import problem_line
    from fieldkit.languages.messages import sentence

    if isinstance(error, FormFault) and error.problems:
        return "\n".join(problem_line(problem, words()) for problem in error.problems)
    return sentence(error, words())
