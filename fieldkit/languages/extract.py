"""Templates from sources: what there is to translate, in a stable order, the same bytes every time.

1. Interface texts are literals inside `say`, `count` (first two arguments) and `mark` in the program's code.
2. Other domains hand in (context, English text, remark to translators): a context and text stand once.
3. No dates, no line numbers: a template changes when a text changes and at no other time.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import normalize, write_po

from fieldkit.languages.plurals import header

KEYWORDS: Final[Mapping[str, tuple[int, ...] | None]] = {"say": None, "count": (1, 2), "mark": None}
REMARK: Final = "Translators:"
"""A comment that begins so, right above a text, reaches the translators."""

_WIDTH: Final = 100
_FORMER: Final = "former text {}"
"""Stands for a former text until Babel has written all the rest."""
_ID: Final = re.compile(r"[a-z0-9_]+(/[A-Za-z0-9_]+)+")
"""The id of a text that stands in resources, such as `slip/title`: found there, not here."""
_BYTES: Final = re.compile(r"(?<=\bcount\()b(?=[\"'])")
"""Before what is counted in bytes: `content.count(b"<")` is no text, and Babel fails on it."""
_OUTSIDE: Final = ("languages/extract.py", "languages/pseudo.py")

Text = tuple[str, str, str]
"""Context (or nothing), English text, remark (or nothing)."""


def interface_template(package: Path) -> Catalog:
    """Every text of the interface, with the files in which it stands."""
    template = Catalog()
    for path in sorted(package.rglob("*.py")):
        place = path.relative_to(package).as_posix()
        if place in _OUTSIDE:
            continue
        for _, found, remarks, _ in _literals(path):
            template.add(
                found, locations=[(f"{package.name}/{place}", 0)], auto_comments=_without_prefix(remarks)
            )
    return _sorted(template)


def template_of(texts: Iterable[Text]) -> Catalog:
    """A template of texts handed in, in their order."""
    template = Catalog()
    for context, text, remark in texts:
        template.add(text, context=context or None, auto_comments=[remark] if remark else [])
    return template


def to_bytes(catalogue: Catalog, tag: str | None = None) -> bytes:
    """The gettext file of a template, or of a language's catalogue when `tag` names it."""
    output = io.BytesIO()
    held = [(message, message.previous_id) for message in catalogue if message.previous_id]
    try:
        for number, (message, _) in enumerate(held):
            message.previous_id = [_FORMER.format(number)]
        write_po(
            output, catalogue, width=_WIDTH, omit_header=True, include_lineno=False, include_previous=True
        )
    finally:
        for message, texts in held:
            message.previous_id = texts
    content = output.getvalue()
    for number, (_, texts) in enumerate(held):
        content = content.replace(f'#| msgid "{_FORMER.format(number)}"\n'.encode(), _former(texts))
    return header(tag) + content


def _former(texts: Iterable[str]) -> bytes:
    """The former text, or texts, in lines of their own. Babel writes them as a remark: it joins their lines and
    breaks them anywhere, also between quotes, so that no program reads them back."""
    lines = []
    for keyword, text in zip(("msgid", "msgid_plural"), texts, strict=False):
        lines += f"{keyword} {normalize(text, width=_WIDTH)}".splitlines()
    return "".join(f"#| {line}\n" for line in lines).encode()


def _literals(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    source = io.BytesIO(_BYTES.sub("", path.read_text(encoding="utf-8")).encode())
    for line, found, remarks, context in extract(
        "python", source, keywords=dict(KEYWORDS), comment_tags=(REMARK,)
    ):
        if found and not (isinstance(found, str) and _ID.fullmatch(found)):
            yield line, found, remarks, context


def _without_prefix(remarks: Iterable[str]) -> list[str]:
    return [remark.removeprefix(REMARK).strip() for remark in remarks]


def _sorted(template: Catalog) -> Catalog:
    """By text: moving code about does not move texts about."""
    ordered = Catalog()
    for message in sorted((one for one in template if one.id), key=lambda one: str(one.id)):
        ordered.add(message.id, locations=sorted(set(message.locations)), auto_comments=message.auto_comments)
    return ordered
