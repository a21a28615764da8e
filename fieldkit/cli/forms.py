"""Forms: check, repair, convert, preview, test by a script, fill in at random."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from fieldkit.cli.program import FILE, OUT, content_of, language, program, speaks, told, words


@program.group()
def form() -> None:
    """Forms: check, repair, convert, preview, test, fill in at random."""


@form.command("check")
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@speaks
@told
def form_check(file: Path, as_json: bool) -> None:
    """Say everything that is wrong with a form: sheet, row, what to do. Exit code 1 when it is refused."""
    from fieldkit.forms.report_lines import check_report_json, check_report_lines

    report = _checked(file)
    if as_json:
        click.echo(json.dumps(check_report_json(report, words()), ensure_ascii=False))
    else:
        _say(check_report_lines(report, words()))
    sys.exit(0 if report.is_usable else 1)


@form.command("repair")
@click.argument("file", type=FILE)
@click.argument("out", type=OUT)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@speaks
@told
def form_repair(file: Path, out: Path, as_json: bool) -> None:
    """Write a repaired copy of a spreadsheet form and say what was changed: sheet, row, before, now.

    The form itself stays as it is. What nobody but its author can know is left and named; exit code 1 then.
    """
    from fieldkit.files import write_whole
    from fieldkit.forms.repair_lines import repair_json, repair_lines
    from fieldkit.services.administer import files_beside, repair_form

    if out.resolve() == file.resolve():
        raise click.ClickException("The copy needs another name than the form.")
    repaired = repair_form(content_of(file), file.name, files_beside(file))
    write_whole(out, repaired.content)
    if as_json:
        click.echo(json.dumps(repair_json(repaired, words()), ensure_ascii=False))
    else:
        _say(repair_lines(repaired, words()))
    sys.exit(0 if repaired.report.is_usable else 1)


@form.command("convert")
@click.argument("file", type=FILE)
@click.argument("out", type=OUT)
@speaks
@told
def form_convert(file: Path, out: Path) -> None:
    """Write the ODK XForm of a form, with the lists it needs beside it, and name every file."""
    from fieldkit.files import write_whole

    report = _usable(file)
    write_whole(out, report.xform)
    click.echo(out)
    for name, content in report.resources.items():
        beside = out.with_name(Path(name).name)
        if beside.resolve() != (file.parent / name).resolve():
            write_whole(beside, content)
        click.echo(beside)


@form.command("preview")
@click.argument("file", type=FILE)
@speaks
@told
def form_preview(file: Path) -> None:
    """Open a form in the real window to try it. Nothing is kept; the window says so on every page."""
    from fieldkit.services.form_files import form_files
    from fieldkit.ui import preview

    report = _usable(file)
    media = form_files(file, content_of(file)).media(report.xform)
    sys.exit(preview.run(report, language(), media))


@form.command("test")
@click.argument("file", type=FILE)
@click.argument("script", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@speaks
@told
def form_test(file: Path, script: Path, as_json: bool) -> None:
    """Run a scripted interview: a table of answers and expectations. Exit code 1 at a miss.

    The script is a markdown table, a CSV file or a sheet, with the columns do, question, value and note:

    \b
    | do             | question       | value      | note              |
    | -------------- | -------------- | ---------- | ----------------- |
    | answer         | age            | 12         |                   |
    | expect shown   | guardian       |            | a child           |
    | add row        | family         |            |                   |
    | answer         | family[1]/name | Amina      |                   |
    | answer         | age            | 400        |                   |
    | expect refused | age            | Too old    | with this message |

    \b
    Steps: answer, clear, add row, remove row, language, today, interview (a new one),
    expect value | shown | hidden | required | optional | choices | choice | no choice | label | rows,
    expect accepted | refused, expect finished | unfinished.
    """
    from fieldkit.forms.reader import read_form
    from fieldkit.forms.scripted_lines import script_json, script_lines
    from fieldkit.forms.scripted_reading import read_script
    from fieldkit.forms.scripted_running import run_script
    from fieldkit.ui.world import real_world

    steps = read_script(content_of(script), script.name)
    report, world = _usable(file), real_world()
    read = read_form(report.xform, report.resources)
    ran = run_script(read, steps, clock=world.clock, randomness=world.randomness)
    if as_json:
        click.echo(json.dumps(script_json(ran, words()), ensure_ascii=False))
    else:
        _say(script_lines(ran, words()))
    sys.exit(0 if ran.passed else 1)


@form.command("walk")
@click.argument("file", type=FILE)
@click.option("--seed", default=1, help="Which random answers.")
@click.option("--json", "as_json", is_flag=True, help="Only the last line.")
@speaks
@told
def form_walk(file: Path, seed: int, as_json: bool) -> None:
    """Answer every relevant question with random valid values until the end."""
    from fieldkit.forms.reader import read_form
    from fieldkit.forms.walk import walk
    from fieldkit.ui.world import real_world

    report = _usable(file)
    walked = walk(read_form(report.xform, report.resources), seed, clock=real_world().clock)
    for name in () if as_json else walked.unsupported:
        click.echo(f"Not answered in this version: {name}")
    click.echo(walked.line())
    sys.exit(0 if walked.finished else 1)


def _say(lines: tuple[str, ...]) -> None:
    for line in lines:
        click.echo(line)


def _checked(file: Path) -> Any:
    from fieldkit.services.administer import check_form
    from fieldkit.services.form_files import form_files

    files = form_files(file, content_of(file))
    return check_form(files.content, files.name, files.lists)


def _usable(file: Path) -> Any:
    """The check of a form that can be used; else its faults are said, and what to do."""
    from fieldkit.forms.report_lines import problem_line

    report = _checked(file)
    if report.xform is None:
        for problem in report.errors:
            click.echo(problem_line(problem, words()), err=True)
        raise click.ClickException(
            f"The form is refused. Mend it, or let what can be repaired be repaired: "
            f"form repair {file.name} repaired.xlsx"
        )
    return report
