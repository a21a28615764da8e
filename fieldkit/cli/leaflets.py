"""Leaflets: list, make as PDF, set any text in lines."""

import sys
from pathlib import Path

import click

from fieldkit.cli.program import FILE, FOLDER, OUT, language, program, told, words

_FORMS = ("page", "booklet", "cards")


@program.group(invoke_without_command=True)
@click.option("--all", "every", is_flag=True, help="Every leaflet in every language it has.")
@click.option("--out", type=FOLDER, help="Folder for all of them.")
@click.option("--json", "as_json", is_flag=True, help="Figures by language as the last line.")
@click.pass_context
@told
def leaflet(context: click.Context, every: bool, out: Path | None, as_json: bool) -> None:
    """Leaflets: list, make as PDF, set any text; with --all every leaflet in every language."""
    if context.invoked_subcommand is not None:
        return
    if not every or out is None:
        click.echo(context.get_help())
        return
    _make_all(out, as_json=as_json)


def _make_all(out: Path, *, as_json: bool) -> None:
    import json
    import time

    from fieldkit.files import write_whole
    from fieldkit.languages.messages import sentence
    from fieldkit.leaflets import batch
    from fieldkit.ui.world import real_world

    out.mkdir(parents=True, exist_ok=True)
    made, failed = real_world().today(), False
    figures: dict[str, dict[str, float]] = {}
    for tag in batch.languages():
        start = time.perf_counter()
        tally = batch.Tally()
        for one in batch.every_leaflet(tag, made):
            tally.add(one)
            if one.fault is not None:
                failed = True
                click.echo(f"{one.id} {tag}: {sentence(one.fault, words())}", err=True)
            elif one.pdf:
                write_whole(out / f"{one.id}.{tag}.pdf", one.pdf)
        figures[tag] = {**tally.figures(), "seconds": round(time.perf_counter() - start, 3)}
        if not as_json:
            click.echo(f"{tag}: {figures[tag]}")
    click.echo(json.dumps({"languages": figures}))
    if failed:
        sys.exit(1)


@leaflet.command("lines")
@click.option("--text-file", type=FILE, required=True, help="UTF-8 text; a paragraph ends with its line.")
@click.option("--language", "tag", required=True, help="Language of the text.")
@click.option("--width", type=click.FloatRange(20, 2000), default=300.0, help="Points of a line.")
@click.option("--size", type=click.FloatRange(4, 100), default=11.0, help="Points of the letters.")
@click.option("--out", type=OUT, required=True)
@click.option("--json", "as_json", is_flag=True, help="What stands on each line, as the last line.")
@told
def leaflet_lines(text_file: Path, tag: str, width: float, size: float, out: Path, as_json: bool) -> None:
    """Set any text in lines of a width, as PDF: to compare it with other programs."""
    import json

    from fieldkit.files import write_whole
    from fieldkit.leaflets.faults import LeafletFault
    from fieldkit.leaflets.pdf import write
    from fieldkit.leaflets.plain import MOST, line_texts, text_pages
    from fieldkit.ui.world import real_world

    with text_file.open("rb") as source:
        content = source.read(4 * MOST + 1)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise LeafletFault("leaflet.not_text", file=text_file.name) from fault
    pages = text_pages(text, tag, width, size=size)
    write_whole(out, write(pages, made=real_world().today()))
    lines = line_texts(pages)
    click.echo(f"{out}: {len(pages.pages)} pages, {len(lines)} lines")
    if as_json:
        click.echo(json.dumps({"pages": len(pages.pages), "lines": lines}, ensure_ascii=False))


@leaflet.command("list")
@told
def leaflet_list() -> None:
    """The leaflets there are, and how far each language can be trusted."""
    from fieldkit.services import counsel
    from fieldkit.services.booklet import booklets

    for offered in counsel.leaflets(language()):
        languages = ", ".join(f"{tag} {status}" for tag, status in offered.languages.items())
        click.echo(f"{offered.id} {offered.title}: {languages}")
    for booklet in booklets(language()):
        click.echo(
            f"{booklet.id} {booklet.title}: {', '.join(f'{t} {s}' for t, s in booklet.languages.items())}"
        )


@leaflet.command("make")
@click.argument("leaflet_id")
@click.option("--in", "tag", default="en", help="Language of the leaflet.")
@click.option("--beside", default="", help="A second language on facing columns.")
@click.option("--as", "form", type=click.Choice(_FORMS), default="page", help="How it is put on paper.")
@click.option("--large", is_flag=True, help="Large print.")
@click.option("--columns", type=click.IntRange(1, 3), default=1)
@click.option("--out", type=OUT, required=True)
@told
def leaflet_make(
    leaflet_id: str, tag: str, beside: str, form: str, large: bool, columns: int, out: Path
) -> None:
    """Make one leaflet as PDF, without a post's own contacts."""
    from dataclasses import replace

    from fieldkit.domain.document import Page
    from fieldkit.files import write_whole
    from fieldkit.languages import catalogues
    from fieldkit.leaflets import source
    from fieldkit.leaflets.facing import facing
    from fieldkit.leaflets.imposed import booklet, cards
    from fieldkit.leaflets.layout import lay_out
    from fieldkit.leaflets.pdf import write
    from fieldkit.ui.world import real_world

    document = source.leaflet(leaflet_id, tag, catalogues.load(tag, "leaflets"))
    if beside:
        document = facing(document, source.leaflet(leaflet_id, beside, catalogues.load(beside, "leaflets")))
    paper = {"booklet": Page.A5, "cards": Page.CARD}.get(form, Page.A4)
    pages = lay_out(replace(document, page=paper, large_print=large, columns=columns))
    pages = {"booklet": booklet, "cards": cards}.get(form, lambda same: same)(pages)
    write_whole(out, write(pages, made=real_world().today()))
    click.echo(f"{out}: {len(pages.pages)} pages")
