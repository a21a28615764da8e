"""What a language is called in another language: for the officer beside the name its speakers give it.

Babel knows most; where it does not, the English name of our own table stands.
"""

from fieldkit.languages.autonyms import language


def own_name(tag: str, in_language: str) -> str:
    """What its speakers call a language; where nobody wrote that down, what it is called in `in_language`."""
    known = language(tag)
    return known.autonym if known else called(tag, in_language)


def called(tag: str, in_language: str) -> str:
    """The name of the language `tag` in `in_language`, such as "arabe"; the tag itself when nobody knows it."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 (slow to load; not needed at start)

    known = language(tag)
    fallback = known.english if known else tag
    if in_language == "en" and known:
        return fallback
    try:
        names = Locale.parse(in_language).languages
    except (UnknownLocaleError, ValueError):
        return fallback
    return (
        str(names.get(tag) or names.get(tag.partition("_")[0]) or fallback) if _is_its_own(tag) else fallback
    )


def _is_its_own(tag: str) -> bool:
    """A script or region of a language would get the name of the language itself: then our own name is clearer."""
    return "_" not in tag
