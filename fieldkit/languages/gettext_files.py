"""The one reader of gettext sources, which knows what Babel's leaves among the remarks.

An entry whose sentence was changed carries the former one in `#|` lines. Babel writes them and does not read
them back: they come as remarks that begin with "|". Here they are the entry's `previous_id` again.
"""

import io
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, denormalize
from babel.messages.pofile import read_po as _read

from fieldkit.domain.errors import ForeignFault
from fieldkit.languages.plurals import locale_of

_FORMER = "|"


def read_catalogue(path: Path) -> Catalog:
    """`<tag>/<domain>.po` (or a template) with its plural forms. Raises ForeignFault `po.unreadable`, OSError."""
    tag = path.parent.name
    locale = None if path.suffix == ".pot" else locale_of(tag)
    return _catalogue(path.read_bytes(), locale, path.name, tag)


def read_content(content: bytes, tag: str, name: str) -> Catalog:
    """The same for the bytes of a `.po` of a language. Raises ForeignFault `po.unreadable`."""
    return _catalogue(content, locale_of(tag), name, tag)


def _catalogue(content: bytes, locale: Locale | None, name: str, tag: str) -> Catalog:
    try:
        catalogue = _read(io.BytesIO(content), locale=locale, abort_invalid=True)
        for message in catalogue:
            _find_former(message)
    except (PoFileError, ValueError, LookupError) as fault:
        raise ForeignFault("po.unreadable", name=name, language=tag) from fault
    return catalogue


def is_usable(message: Message) -> bool:
    """Whether an entry is a whole translation of the sentence that stands now."""
    texts = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return bool(message.id) and all(texts) and not message.previous_id


def _find_former(message: Message) -> None:
    former = [remark for remark in message.user_comments if remark.startswith(_FORMER)]
    if not former:
        return
    message.user_comments = [remark for remark in message.user_comments if remark not in former]
    texts: list[list[str]] = []
    for line in (remark.removeprefix(_FORMER).strip() for remark in former):
        keyword, quote, rest = line.partition('"')
        if keyword.startswith("msgid"):
            texts.append([])
        if texts and quote and not keyword.startswith("msgctxt"):
            texts[-1].append(quote + rest)
    message.previous_id = [denormalize("\n".join(lines)) for lines in texts] or [""]
