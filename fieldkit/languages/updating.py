"""Brings catalogues up to date with their templates, and loses no translator's work that still fits.

1. A text that stands unchanged keeps its translation, its flag and its remarks.
2. A new text has an empty entry, which is shown in English.
3. A text that was changed keeps the old translation as a help for the translator: flagged, with the former
   text beside it. Such an entry is not used until somebody has looked (`compiling`, rule 2).
4. What the template no longer has is dropped; the history keeps it.
"""

from difflib import get_close_matches
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message

from fieldkit.files import write_whole
from fieldkit.languages.extract import to_bytes
from fieldkit.languages.gettext_files import read_catalogue

_ALIKE: Final = 0.8
"""How alike a text without context must be to count as the former one, as `difflib` measures it."""

_Key = tuple[str | None, str]


def update_catalogues(templates: Path, translations: Path) -> None:
    """Merge `templates/<domain>.pot` into every `translations/<tag>/<domain>.po` that exists.

    Raises ForeignFault `po.unreadable` and changes nothing of that file; OSError.
    """
    for template in sorted(templates.glob("*.pot")):
        wanted = read_catalogue(template)
        for path in sorted(translations.glob(f"*/{template.stem}.po")):
            write_whole(path, to_bytes(merged(wanted, read_catalogue(path)), path.parent.name))


def merged(template: Catalog, held: Catalog) -> Catalog:
    """The template's entries with the translations that are held."""
    by_key = {_key(message): message for message in held if message.id}
    wanted = {_key(message) for message in template if message.id}
    gone = {key: message for key, message in by_key.items() if key not in wanted and message.string}
    result = Catalog(locale=held.locale)
    for message in template:
        if not message.id:
            continue
        kept = by_key.get(_key(message))
        if kept is not None and not _same_shape(kept, message):
            _add_changed(result, message, None)  # it counts now, or counts no more: another text
        elif kept is not None:
            _add(result, message, kept, previous=tuple(kept.previous_id))
        else:
            _add_changed(result, message, _former(message, gone))
    return result


def _same_shape(one: Message, other: Message) -> bool:
    """Whether both have one text, or both a singular and a plural."""
    return isinstance(one.id, str) == isinstance(other.id, str)


def _add_changed(result: Catalog, message: Message, former: Message | None) -> None:
    if former is None or not _same_shape(former, message):
        result.add(
            message.id,
            locations=message.locations,
            auto_comments=message.auto_comments,
            context=message.context,
        )
        return
    previous = (former.id,) if isinstance(former.id, str) else tuple(former.id)
    _add(result, message, former, previous)


def _add(result: Catalog, message: Message, kept: Message, previous: tuple[str, ...]) -> None:
    flags = {*message.flags, *kept.flags} | ({"fuzzy"} if previous else set())
    result.add(
        message.id,
        kept.string,
        locations=message.locations,
        flags=flags,
        auto_comments=message.auto_comments,
        user_comments=kept.user_comments,
        previous_id=previous,
        context=message.context,
    )


def _former(message: Message, gone: dict[_Key, Message]) -> Message | None:
    """The entry that this text replaces: the one in its place, or without a place the most alike."""
    if message.context:
        here = [one for (context, _), one in gone.items() if context == message.context]
        return here[0] if len(here) == 1 else None
    texts = {text: one for (context, text), one in gone.items() if not context}
    alike = get_close_matches(_key(message)[1], list(texts), n=1, cutoff=_ALIKE)
    return texts[alike[0]] if alike else None


def _key(message: Message) -> _Key:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]
