"""Compiles gettext sources, drafts included, and lists which entries are drafts. At build time, and when a content
pack with translations is taken in.

1. Entries flagged `fuzzy` are compiled (they are drafts) and named in `<domain>.drafts.json`.
2. Entries that carry their former source are translations of another sentence and are left out.
3. The same sources give the same bytes: no date is written.
"""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from fieldkit.files import write_whole
from fieldkit.languages.catalogues import DOMAINS, Compiled, key
from fieldkit.languages.gettext_files import is_usable, read_catalogue, read_content
from fieldkit.languages.plurals import locale_of

_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def compile_catalogues(source: Path, target: Path) -> None:
    """`source/<tag>/<domain>.po` -> `target/<tag>/<domain>.mo` and `.drafts.json`.

    Outputs without a source are removed. Raises ForeignFault `po.unreadable`, OSError.
    """
    kept = set()
    for domain in DOMAINS:
        for path in sorted(source.glob(f"*/{domain}.po")):
            kept.add(_compile(path, target / path.parent.name))
    for stale in set(target.glob("*/*.mo")) - kept:
        stale.unlink()
        stale.with_suffix(".drafts.json").unlink(missing_ok=True)


def compile_content(content: bytes, tag: str, name: str) -> Compiled:
    """The bytes of one `.po`, compiled. Raises ForeignFault `po.unreadable`."""
    return _compiled(read_content(content, tag, name), tag)


def _compile(path: Path, folder: Path) -> Path:
    made = _compiled(read_catalogue(path), path.parent.name)
    drafts = json.dumps(sorted(made.drafts), ensure_ascii=False).encode()
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / f"{path.stem}.drafts.json", drafts)
    write_whole(folder / f"{path.stem}.mo", made.content)
    return folder / f"{path.stem}.mo"


def _compiled(read: Catalog, tag: str) -> Compiled:
    compiled = Catalog(locale=locale_of(tag), creation_date=_NO_DATE, revision_date=_NO_DATE)
    entries, drafts = set(), set()
    for message in read:
        if not is_usable(message):
            continue
        compiled.add(message.id, message.string, context=message.context)
        one = key(message.id if isinstance(message.id, str) else message.id[0], message.context)
        entries.add(one)
        if message.fuzzy:
            drafts.add(one)
    output = io.BytesIO()
    write_mo(output, compiled, use_fuzzy=True)
    return Compiled(output.getvalue(), frozenset(entries), frozenset(drafts))
