"""The head of a gettext file: language, encoding and plural forms, and no date."""

from babel import Locale, UnknownLocaleError
from babel.messages.plurals import get_plural

from fieldkit.languages.direction import bcp47


def locale_of(tag: str) -> Locale | None:
    """Babel's locale of a tag; None where Babel has none, such as Krio."""
    try:
        return Locale.parse(tag)
    except (UnknownLocaleError, ValueError):
        return None


def header(tag: str | None = None) -> bytes:
    """The first entry of a .po, or of a template when no language is given."""
    lines = [f"Language: {bcp47(tag)}" if tag else "Project-Id-Version: fieldkit"]
    lines += [
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    if tag:
        lines.append(f"Plural-Forms: {get_plural(locale_of(tag)).plural_forms}")
    quoted = "".join(f'"{line}\\n"\n' for line in lines)
    return f'msgid ""\nmsgstr ""\n{quoted}\n'.encode()
