"""Reads and writes gettext sources at build time, with the flag that a plain reader drops.

`fuzzy` means *draft* here: nobody who speaks the language has reviewed the text. Drafts are used, and shown
as drafts. An entry that carries its former source translates another sentence and is left out. At run time
no .po is parsed (see `catalogues`).
"""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po as _write

from fieldkit.languages.gettext_files import is_usable, read_catalogue


@dataclass(frozen=True, slots=True)
class Translated:
    """One translation; `draft` until a named speaker has reviewed it."""

    text: str
    draft: bool


def read_po(path: Path) -> Mapping[tuple[str, str], Translated]:
    """Translations by (context, English source); the context is empty where there is none.

    A missing file has no translations. Raises ForeignFault `po.unreadable` when it cannot be read.
    """
    if not path.is_file():
        return {}
    return {
        (message.context or "", message.id): Translated(message.string, message.fuzzy)
        for message in read_catalogue(path)
        if is_usable(message) and isinstance(message.id, str) and isinstance(message.string, str)
    }


def write_pot(texts: Iterable[tuple[str, str, str]]) -> bytes:
    """A template of (context, text, remark to translators), in the order given; the same bytes every time."""
    catalogue = Catalog(project="fieldkit", charset="utf-8", fuzzy=False)
    catalogue.header_comment = "# English texts to translate, made from their sources; do not edit."
    for context, text, remark in texts:
        catalogue.add(text, context=context or None, auto_comments=[remark] if remark else [])
    output = io.BytesIO()
    _write(output, catalogue, width=0, omit_header=False, sort_output=False)
    lines = output.getvalue().splitlines(keepends=True)
    # The moment of extraction would change the file at every run.
    return b"".join(line for line in lines if not line.startswith(b'"POT-Creation-Date'))
