r"""Texts that a regular expression takes, for automatic walks: `[A-Z]{2}-\d{4}` gives `QX-0381`.

Only what patterns of forms use: classes, counts, groups, alternatives, anchors. What is not understood stands
for itself; the walk tries the text against the question's own rule anyway.
"""

import re
import string
from typing import Final, Protocol

MOST: Final = 3
"""How often an unbounded part is repeated beyond its least."""
_CLASSES: Final = {
    "d": string.digits,
    "w": string.ascii_letters + string.digits + "_",
    "s": " ",
    "D": string.ascii_letters,
    "W": " -",
    "S": string.ascii_letters + string.digits,
}
_ANY: Final = string.ascii_lowercase + string.digits
_COUNT: Final = re.compile(r"\{(\d*)(,?)(\d*)\}")
_RANGE: Final = 3  # signs of `a-z`
_LITTLE: Final = {"t": "\t", "n": "\n"}


class Drawing(Protocol):
    """Something that draws whole numbers."""

    def below(self, count: int) -> int:
        """A whole number from 0 up to, not including, `count`."""
        ...


def matching(pattern: str, dice: Drawing) -> str:
    """A text that `pattern` probably takes."""
    return _Sampler(pattern, dice).alternatives()


class _Sampler:
    def __init__(self, pattern: str, dice: Drawing) -> None:
        self.pattern, self.dice, self.at = pattern, dice, 0

    def alternatives(self) -> str:
        """From here to the end of the group: one of its alternatives."""
        found = [self._sequence()]
        while self._peek() == "|":
            self.at += 1
            found.append(self._sequence())
        return found[self.dice.below(len(found))]

    def _peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def _sequence(self) -> str:
        made = ""
        while self._peek() and self._peek() not in "|)":
            start = self.at
            part = self._part()
            after = self.at
            for number in range(self._times()):
                if number:
                    end, self.at = self.at, start
                    part = self._part()
                    self.at = end
                made += part
            self.at = max(self.at, after)
        return made

    def _part(self) -> str:
        sign = self._peek()
        self.at += 1
        if sign == "(":
            if self._peek() == "?":
                self.at = min((i for i in (self.pattern.find(":", self.at) + 1,) if i), default=self.at + 1)
            made = self.alternatives()
            self.at += 1
            return made
        if sign == "[":
            return self._one(self._class())
        if sign == "\\":
            escaped = self._peek()
            self.at += 1
            return self._one(_CLASSES.get(escaped, _LITTLE.get(escaped, escaped)))
        if sign == ".":
            return self._one(_ANY)
        return "" if sign in "^$" else sign

    def _one(self, signs: str) -> str:
        return signs[self.dice.below(len(signs))] if signs else ""

    def _class(self) -> str:
        denied = self._peek() == "^"
        self.at += denied
        signs = ""
        while self._peek() and (self._peek() != "]" or not signs):
            first, rest = self._peek(), self.pattern[self.at : self.at + _RANGE]
            if first == "\\":
                escaped = self.pattern[self.at + 1 : self.at + 2]
                signs += _CLASSES.get(escaped, _LITTLE.get(escaped, escaped))
                self.at += 2
            elif len(rest) == _RANGE and rest[1] == "-" and rest[2] != "]":
                signs += "".join(map(chr, range(ord(first), min(ord(rest[2]), ord(first) + 200) + 1)))
                self.at += _RANGE
            else:
                signs += first
                self.at += 1
        self.at += 1
        return "".join(sign for sign in _ANY if sign not in signs) if denied else signs

    def _times(self) -> int:
        sign = self._peek()
        count = _COUNT.match(self.pattern, self.at)
        if sign in ("*", "+", "?") and sign:
            least, most = {"*": (0, MOST), "+": (1, 1 + MOST), "?": (0, 1)}[sign]
            self.at += 1
        elif count:
            least = int(count[1] or 0)
            most = int(count[3]) if count[3] else least + MOST if count[2] else least
            self.at = count.end()
        else:
            return 1
        self.at += self._peek() == "?"
        return least + self.dice.below(min(most, least + 20) - least + 1)
