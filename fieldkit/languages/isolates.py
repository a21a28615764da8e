"""Numbers that keep their order inside right-to-left text.

1. In right-to-left text the Unicode rules show "+33 1 42 34" with its groups reversed: a wrong number
   to call. So phone numbers, case numbers, times, dates, ranges and web addresses stand between
   U+2066 (left-to-right isolate) and U+2069 (pop directional isolate).
2. Spaces inside become no-break spaces: a number is not split over two lines. A no-break space is also a
   "common separator" (UAX 9, W4), so that groups of Arabic-Indic digits hold together.
3. Between Arabic-Indic digits a hyphen or dash, with or without spaces, would still turn the groups round
   (W4 leaves it, N1 gives it the digits' direction): a left-to-right mark after it stops that.
4. What already stands in an isolate, and what is a placeholder, is left as it is: twice is as once. So what
   follows an isolate directly is no number of its own either; it was not before the isolate stood there.
"""

import re

LRI, FSI, PDI = "\u2066", "\u2068", "\u2069"
LRM, NO_BREAK_SPACE = "\u200e", "\u00a0"

_SPACE = "[ \u00a0\u2009\u202f]"
_NUMBER_BREAKS = re.compile(_SPACE)
_TURNING_DASH = re.compile("(?<=[\u0660-\u0669])(\u00a0?[-\u2010-\u2015+])(?=\u00a0?[\u0660-\u0669])")
_INVISIBLE = str.maketrans({LRI: None, PDI: None, LRM: None, NO_BREAK_SPACE: " "})

_NO_LETTERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

_MIN_PHONE_DIGITS = 6
"""Shorter groups of digits side by side may be two numbers of a sentence (a year, a count)."""

_LEFT_ALONE = r"(?P<kept>[\u2066-\u2068][^\u2069]*\u2069|\$\{[^}]*\}|\{\{[^}]*\}\}|\{[^}]*\})"
_WEB = (
    r"https?://[^\s<>\"\u0600-\u06ff]+|www\.[^\s<>\"\u0600-\u06ff]+"
    r"|(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?<![\w.\u2069])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,12}(?:/[^\s<>\"\u0600-\u06ff]*)?(?![\w])"
)
_END = rf"(?!\w|{_SPACE}?[-./]?{_SPACE}?\d)"
"""No further digits: what looks like a date or a range may be the head of a longer phone number."""
_MOMENT = (
    r"(?<![\w.\u2069])\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?"
    + _END
    + r"|(?<![\w.\u2069])\d{1,4}[./]\d{1,2}[./]\d{2,4}"
    + _END
)
_CASE = r"(?<![\w\u2069-])[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4})+(?![\w-])"
_TIME = r"\d{1,2}[:.]\d{2}(?::\d{2})?"
_TIMES = rf"(?<![\w.:\u2069]){_TIME}(?:{_SPACE}?[-\u2010-\u2015]{_SPACE}?{_TIME})?(?!:)" + _END
_COUNT = r"\d+(?:[.,]\d+)?"
_RANGE = rf"(?<![\w.\u2069]){_COUNT}{_SPACE}?[-\u2010-\u2015/]{_SPACE}?{_COUNT}" + _END
_PHONE = (
    rf"(?P<phone>(?<![\w.,\u2069])(?:\+{_SPACE}?)?(?:\(\+?\d+\)(?:{_SPACE}|-)?)?\d+"
    rf"(?:(?:{_SPACE}|[-./\u2010-\u2015]|{_SPACE}?\(|\){_SPACE}?|{_SPACE}[-\u2010-\u2015]{_SPACE})\d+)*(?!\w))"
)
_ANYTHING = re.compile("|".join((_LEFT_ALONE, _WEB, _MOMENT, _CASE, _TIMES, _RANGE, _PHONE)))


def isolate(text: str) -> str:
    """`text` as one left-to-right unit that neither turns round nor breaks (rules 1 to 3)."""
    inner = _NUMBER_BREAKS.sub(NO_BREAK_SPACE, without_isolates(text))
    return LRI + _TURNING_DASH.sub(rf"\1{LRM}", inner) + PDI


def isolate_numbers(text: str) -> str:
    """`text` with every phone number, case number, time, date, range and web address isolated."""
    return _ANYTHING.sub(_handled, text)


def isolate_words(text: str) -> str:
    """A name or another inserted text, isolated in its own direction (U+2068); its spaces stay."""
    return text if not text or text.startswith((LRI, FSI)) else FSI + text + PDI


def shown_name(text: str) -> str:
    """A name that came from outside, such as a file's on a stick, as it can be shown: what would command a
    terminal, end the line, turn the text round or stand for no letter at all is seen as "�", not obeyed."""
    return _NO_LETTERS.sub(lambda found: " " if found[0] in "\t\n\r" else "\ufffd", text)


def without_isolates(text: str) -> str:
    """`text` as it was typed, for search, comparison and copying."""
    return text.translate(_INVISIBLE).replace(FSI, "")


def _handled(match: re.Match[str]) -> str:
    found = match.group()
    if match["kept"] is not None or (match["phone"] is not None and not _is_worth_isolating(found)):
        return found
    kept = found.rstrip(".,;:!?)»”'\"") if match["phone"] is None else found
    return isolate(kept) + found[len(kept) :]


def _is_worth_isolating(found: str) -> bool:
    """A lone run of digits keeps its order by itself; two small numbers side by side may be two numbers."""
    groups = re.findall(r"\d+", found)
    if found.startswith(("+", "(")):
        return True
    if len(groups) == 1:
        return False
    separators = set(re.sub(r"\d", "", found))
    if separators <= set(" \u00a0\u2009\u202f") and not found.startswith("0") and len(groups) == 2:
        return len(groups[1]) == 3
    return sum(map(len, groups)) >= _MIN_PHONE_DIGITS or len(groups) > 2 or not separators <= set(" ")
