"""Two languages nobody speaks, which show what a translation will do to a window.

`en_XA` is longer by two fifths and accented: cut text and untranslated text stand out. `ar_XB` also runs from
right to left. The tags are CLDR's own for pseudo-locales.
"""

import gettext
import re
from typing import Final

PSEUDO_LANGUAGES: Final = ("en_XA", "ar_XB")

_STRETCH = 0.4
_ACCENTS = str.maketrans("aceinouyACEINOUY", "áçéíñóúýÁÇÉÍÑÓÚÝ")
_KEPT = re.compile(r"(\$?\{+[^{}]*\}+|\*\*|\n)")
_PADDING = "one two three four five six seven eight nine ten "
_RTL_OVERRIDE, _POP = "\u202e", "\u202c"


class Stretched(gettext.NullTranslations):
    """Answers every text with its pseudo-translation."""

    def __init__(self, *, mirrored: bool) -> None:
        super().__init__()
        self._mirrored = mirrored

    def gettext(self, message: str) -> str:
        """The text, stretched."""
        return stretched(message, mirrored=self._mirrored)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The right English form, stretched."""
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """The text, stretched."""
        return self.gettext(message)


def stretched(text: str, *, mirrored: bool = False) -> str:
    """`text` accented and longer by two fifths, its placeholders and marks untouched."""
    if not text:
        return text
    pieces = _KEPT.split(text)
    changed = [piece if odd % 2 else _changed(piece, mirrored) for odd, piece in enumerate(pieces)]
    length = max(1, round(len(text) * _STRETCH) - 3)
    padding = (_PADDING * (length // len(_PADDING) + 1))[:length].rstrip()
    return f"[{''.join(changed)} {_changed(padding, mirrored)}]"


def _changed(piece: str, mirrored: bool) -> str:
    accented = piece.translate(_ACCENTS)
    return f"{_RTL_OVERRIDE}{accented}{_POP}" if mirrored and accented else accented
