"""Language tags in both spellings, and the direction in which a language runs.

Inside the program a tag has Babel's spelling (`fa_AF`); XForms, PDFs and HTML have BCP 47 (`fa-AF`).
"""

import re
import unicodedata

LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
_ISOLATES, _END_OF_ISOLATE = ("LRI", "RLI", "FSI"), "PDI"

_RTL_SCRIPTS = frozenset({"Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"})
_RTL_LANGUAGES = frozenset(
    {"ar", "arc", "aii", "azb", "bal", "ckb", "dv", "fa", "haz", "he", "ks", "lrc", "mzn", "nqo", "ps", "rhg"}
    | {"sd", "sdh", "syr", "ug", "ur", "yi"}
)
_SUBTAG = re.compile(r"[A-Za-z0-9]{1,8}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}")
_SAME_LANGUAGE = {"prs": "fa_AF", "iw": "he", "in": "id", "tl": "fil", "cmn": "zh", "kmr": "ku", "gaz": "om"}
"""Tags that forms from elsewhere use, and the one that CLDR (and so this program) uses for the language."""


def is_rtl(tag: str) -> bool:
    """Whether text of the language runs from right to left; a script subtag decides when there is one."""
    language, *rest = re.split("[-_]", tag)
    script = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), None)
    if script is not None:
        return script in _RTL_SCRIPTS
    return language.lower() in _RTL_LANGUAGES


def in_direction(text: str, tag: str) -> str:
    """`text` so that it runs as the language does also where an inserted name or number stands at its beginning.

    A toolkit takes the direction of a line from its first letter outside isolates. Where that would turn the line
    round, an invisible mark comes first; text wholly in the other direction (a foreign name) stays as it is.
    """
    rtl = is_rtl(tag)
    depth, first, found = 0, "", set()
    for kind in map(unicodedata.bidirectional, text):
        if kind in _ISOLATES:
            depth += 1
        elif kind == _END_OF_ISOLATE:
            depth = max(depth - 1, 0)
        elif kind in ("L", "R", "AL"):
            strong = "L" if kind == "L" else "R"
            found.add(strong)
            first = first or (strong if not depth else "")
    if rtl and first != "R" and "R" in found:
        return RIGHT_TO_LEFT_MARK + text
    return LEFT_TO_RIGHT_MARK + text if not rtl and first == "R" and "L" in found else text


def bcp47(tag: str) -> str:
    """The tag as XForms, HTML and PDF spell it: `fa_AF` -> `fa-AF`."""
    return tag.replace("_", "-")


def from_bcp47(text: str) -> str:
    """The tag as the program spells it: `fa-af` -> `fa_AF`, `prs` -> `fa_AF`.

    A text that is no tag, such as a form's language name "Somali", comes back as it is.
    """
    parts = re.split("[-_]", text.strip())
    if not _LANGUAGE.fullmatch(parts[0]) or not all(_SUBTAG.fullmatch(part) for part in parts):
        return text
    language = parts[0].lower()
    rest = [_subtag(part) for part in parts[1:]]
    return (
        "_".join([_SAME_LANGUAGE.get(language, language), *rest])
        if rest
        else _SAME_LANGUAGE.get(language, language)
    )


def _subtag(part: str) -> str:
    if len(part) == 4 and part.isalpha():
        return part.title()
    return part.upper() if len(part) <= 3 else part.lower()
