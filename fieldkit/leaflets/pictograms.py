"""Pictograms: our own drawings in `resources/pictograms`, each an SVG file that any drawing program opens.

1. A drawing is a square of 48 units with paths (M, L, H, V, C, Z, capital letters), circles and rectangles; each
   has black or white, or none, as `fill` and `stroke`. Anything else is refused with the file and its line.
2. A pictogram says nothing alone: whoever prints it gives words beside it and for readers (`Picture.alt`).
3. No sign that belongs to others: no red cross or crescent, no sign of an organisation, no flag.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from fieldkit.domain.shelf import Folder
from fieldkit.files import resources
from fieldkit.leaflets.faults import LeafletFault
from fieldkit.leaflets.fixed import held
from fieldkit.leaflets.placed import Stroke

UNITS = 48.0
MAX_BYTES = 32 * 1024
_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
_SHAPE = re.compile(r"<(?P<kind>path|circle|rect)(?P<words>(?: [a-z-]+=\"[^\"]*\")+)/>")
_WORD = re.compile(r" ([a-z-]+)=\"([^\"]*)\"")
_STEP = re.compile(r"([MLHVCZ])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_GREYS = {"black": 0.0, "white": 1.0, "none": None}
_ROUND = 0.5523
"""How far a quarter of a circle's handles reach, in radii."""
_POINTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Z": 0}
Step = tuple[str, tuple[float, ...]]


def pictogram_names(folder: Folder | None = None) -> tuple[str, ...]:
    """The pictograms there are, in order."""
    return tuple(sorted(path.stem for path in ((folder or resources()) / "pictograms").glob("*.svg")))


def pictogram(name: str, folder: Folder | None = None) -> tuple[Stroke, ...]:
    """A drawing in a square of `UNITS`. Raises LeafletFault when there is none or it is not as they are drawn."""
    if name not in pictogram_names(folder):  # so a name from outside never becomes a path
        raise LeafletFault("leaflet.pictogram_unknown", name=name)
    path = (folder or resources()) / "pictograms" / f"{name}.svg"
    content = held(path, MAX_BYTES)
    if content is None:
        raise LeafletFault("leaflet.too_long", file=path.name, limit=MAX_BYTES)
    return _drawn(content, path.name)


@lru_cache(maxsize=128)
def _drawn(content: bytes, file: str) -> tuple[Stroke, ...]:
    lines = [line.strip() for line in content.decode("utf-8", "replace").splitlines()]
    strokes: list[Stroke] = []
    for number, line in enumerate(lines, 1):
        if number in (1, len(lines)):
            if line != (_HEAD if number == 1 else "</svg>"):
                raise LeafletFault("leaflet.pictogram_drawing", file=file, line=number)
            continue
        shape = _SHAPE.fullmatch(line)
        try:
            if shape is None:
                raise ValueError(line)
            strokes.append(_stroke(shape["kind"], dict(_WORD.findall(shape["words"]))))
        except (KeyError, ValueError) as fault:
            raise LeafletFault("leaflet.pictogram_drawing", file=file, line=number) from fault
    return tuple(strokes)


def _stroke(kind: str, words: dict[str, str]) -> Stroke:
    fill = _GREYS[words.pop("fill", "none")]
    line = _GREYS[words.pop("stroke", "none")]
    width = float(words.pop("stroke-width", "3"))
    if kind == "path":
        steps = tuple(_path(words.pop("d")))
    elif kind == "circle":
        steps = tuple(_circle(*(float(words.pop(name)) for name in ("cx", "cy", "r"))))
    else:
        steps = tuple(_rectangle(*(float(words.pop(name)) for name in ("x", "y", "width", "height"))))
    if words or not steps:
        raise ValueError(sorted(words))
    return Stroke(steps, fill, line, width)


def _path(text: str) -> Iterator[Step]:
    if _STEP.sub("", text).strip():
        raise ValueError(text)
    x = y = 0.0
    for letter, written in _STEP.findall(text):
        numbers = tuple(map(float, _NUMBER.findall(written)))
        count = _POINTS[letter]
        if (count == 0) != (not numbers) or (count and len(numbers) % count):
            raise ValueError(text)
        if letter == "Z":
            yield "h", ()
        for start in range(0, len(numbers), count or 1):
            points = numbers[start : start + count]
            if letter == "H":
                points = (points[0], y)
            elif letter == "V":
                points = (x, points[0])
            x, y = points[-2:]
            yield ("c" if letter == "C" else "m" if letter == "M" and start == 0 else "l"), points


def _circle(x: float, y: float, r: float) -> Iterator[Step]:
    k = r * _ROUND
    yield "m", (x + r, y)
    yield "c", (x + r, y + k, x + k, y + r, x, y + r)
    yield "c", (x - k, y + r, x - r, y + k, x - r, y)
    yield "c", (x - r, y - k, x - k, y - r, x, y - r)
    yield "c", (x + k, y - r, x + r, y - k, x + r, y)
    yield "h", ()


def _rectangle(x: float, y: float, width: float, height: float) -> Iterator[Step]:
    yield "m", (x, y)
    yield "l", (x + width, y)
    yield "l", (x + width, y + height)
    yield "l", (x, y + height)
    yield "h", ()
