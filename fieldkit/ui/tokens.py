"""The measures and colours of the program (`look.md`), without Qt, so that they can be tested as numbers.

1. Every text colour stands on its grounds with a contrast of at least 4.5:1, and every edge that shows where
   one can press or write with at least 3:1 (WCAG 2.2, 1.4.3 and 1.4.11).
2. Three sets with the same roles: light, dark, high contrast.
3. Every size scales with the text, from 80 to 250 per cent.
"""

from dataclasses import dataclass
from enum import StrEnum

SPACES = (4, 8, 12, 16, 24, 32)
"""The only distances, in pixels at 100 %."""

TARGET = 40
"""The least height of anything to press, in pixels at 100 %; `look.md` asks for at least 36."""

CONTENT_WIDTH = 1100
"""The greatest width of a screen's content, in pixels."""

CORNER = 6
LINE_LENGTH = 70
"""Characters in a line of running text, at most."""

SCALE_LEAST, SCALE_MOST, SCALE_STEP = 80, 250, 10
"""Text size in per cent."""

STACK_ABOVE = 150
"""Above this text size two languages stand one below the other."""


class Size(StrEnum):
    """What a text is; its size follows."""

    TEXT = "text"
    QUESTION = "question"
    PERSON = "person"
    TITLE = "title"


POINTS: dict[Size, int] = {Size.TEXT: 11, Size.QUESTION: 13, Size.PERSON: 18, Size.TITLE: 22}
"""Points at 100 %."""


class Appearance(StrEnum):
    """The sets of colours."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high contrast"


class Tone(StrEnum):
    """How a banner or a mark speaks; each has a shape and a word of its own besides its colour."""

    NOTE = "note"
    DONE = "done"
    CAREFUL = "careful"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Colours:
    """One set. `edge` draws what can be pressed or written in; `line` only divides.

    `pressed` is the ground of a chosen answer.
    """

    paper: str
    ground: str
    line: str
    edge: str
    ink: str
    quiet: str
    main: str
    main_over: str
    on_main: str
    pressed: str
    done: str
    done_ground: str
    careful: str
    careful_ground: str
    urgent: str
    urgent_ground: str

    def tone(self, tone: Tone) -> tuple[str, str]:
        """Ink and ground of a tone."""
        return {
            Tone.NOTE: (self.main, self.paper),
            Tone.DONE: (self.done, self.done_ground),
            Tone.CAREFUL: (self.careful, self.careful_ground),
            Tone.URGENT: (self.urgent, self.urgent_ground),
        }[tone]


COLOURS: dict[Appearance, Colours] = {
    Appearance.LIGHT: Colours(
        paper="#FFFFFF",
        ground="#F4F6F8",
        line="#D5DCE3",
        edge="#76848F",
        ink="#17212B",
        quiet="#51606E",
        main="#0B5FA5",
        main_over="#094E88",
        on_main="#FFFFFF",
        pressed="#E7F0F9",
        done="#1E6B3A",
        done_ground="#E9F5EE",
        careful="#8A5A00",
        careful_ground="#FFF4DB",
        urgent="#A8201A",
        urgent_ground="#FDECEA",
    ),
    Appearance.DARK: Colours(
        paper="#1A222A",
        ground="#11171D",
        line="#36434F",
        edge="#7A8A99",
        ink="#EDF1F5",
        quiet="#AEBBC7",
        main="#7CB9F2",
        main_over="#A3CFF7",
        on_main="#0B1620",
        pressed="#1D3448",
        done="#82CF9D",
        done_ground="#16301F",
        careful="#F0C66B",
        careful_ground="#35290B",
        urgent="#FFA49D",
        urgent_ground="#431A17",
    ),
    Appearance.HIGH_CONTRAST: Colours(
        paper="#000000",
        ground="#000000",
        line="#FFFFFF",
        edge="#FFFFFF",
        ink="#FFFFFF",
        quiet="#FFFFFF",
        main="#FFE600",
        main_over="#FFFFFF",
        on_main="#000000",
        pressed="#333000",
        done="#7CFFA0",
        done_ground="#000000",
        careful="#FFD34D",
        careful_ground="#000000",
        urgent="#FFB0AA",
        urgent_ground="#000000",
    ),
}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def within_scale(percent: int) -> int:
    """`percent` brought into what is offered."""
    return max(SCALE_LEAST, min(SCALE_MOST, percent))


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
