"""A disk that loses its power: what may lie on it after the calls of a trace were cut off.

1. What a file was synced with lies there. Of what was written to it since, any part may: nothing, all, some
   writes without the earlier ones, single sectors of a write.
2. Names (made, renamed, removed) last once their folder was synced. Of those since, the first few may.
"""

import random
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path, PurePosixPath

from benchmarks.endure.trace import Call

SECTOR = 512
WAYS = ("nothing", "all", "some", "torn", "reordered")


@dataclass(slots=True)
class _File:
    lasting: bytearray = field(default_factory=bytearray)
    loose: list[Call] = field(default_factory=list)


class Disk:
    """The state of a disk while calls come in."""

    def __init__(self, lasting_folders: set[str]) -> None:
        self._files: dict[int, _File] = {}
        self._numbers = count()
        self._names: dict[str, int] = {}
        self._lasting: dict[str, int | None] = dict.fromkeys(lasting_folders)
        self._loose: list[tuple[Call, int | None]] = []

    def take(self, call: Call) -> None:
        """One more call."""
        match call.what:
            case "write" | "size":
                self._files[self._names[call.path]].loose.append(call)
            case "sync" if call.path in self._names:
                file = self._files[self._names[call.path]]
                for loose in file.loose:
                    _apply(file.lasting, loose)
                file.loose.clear()
            case "sync":
                self._sync_folder(call.path)
            case _:
                self._name(call)

    def _name(self, call: Call) -> None:
        number = None
        if call.what == "make":
            number = self._names[call.path] = next(self._numbers)
            self._files[number] = _File()
        elif call.what == "rename":
            number = self._names[call.other] = self._names.pop(call.path)
        elif call.what == "remove":
            self._names.pop(call.path, None)
        self._loose.append((call, number))

    def _sync_folder(self, folder: str) -> None:
        kept = []
        for call, number in self._loose:
            if str(PurePosixPath(call.path).parent) == folder:
                _apply_name(self._lasting, call, number)
            else:
                kept.append((call, number))
        self._loose = kept

    def image(self, at: str, target: Path, way: str, rng: random.Random) -> None:
        """Write what may lie below `at` after a power cut now into `target`."""
        names = dict(self._lasting)
        survive = {"nothing": 0, "all": len(self._loose)}.get(way, rng.randint(0, len(self._loose)))
        for call, number in self._loose[:survive]:
            _apply_name(names, call, number)
        for path, number in sorted(names.items()):
            if not _reachable(path, names, at):
                continue
            place = target / PurePosixPath(path).relative_to(at)
            if number is None:
                place.mkdir(parents=True, exist_ok=True)
            else:
                place.write_bytes(_content(self._files[number], way, rng))


def _reachable(path: str, names: dict[str, int | None], at: str) -> bool:
    """Whether every folder above it lies there."""
    above = [str(folder) for folder in PurePosixPath(path).parents]
    return all(folder in names for folder in above[: above.index(at)]) if at in above else False


def _apply_name(names: dict[str, int | None], call: Call, number: int | None) -> None:
    if call.what == "remove":
        names.pop(call.path, None)
    elif call.what == "rename":
        names.pop(call.path, None)
        names[call.other] = number
    else:
        names[call.path] = number


def _content(file: _File, way: str, rng: random.Random) -> bytes:
    content = bytearray(file.lasting)
    loose = list(file.loose)
    if way == "nothing":
        return bytes(content)
    if way != "all":
        loose = [call for call in loose if rng.random() < rng.choice((0.2, 0.5, 0.9))]
    if way == "reordered":
        rng.shuffle(loose)
    for call in loose:
        if way in ("torn", "reordered") and call.what == "write" and rng.random() < 0.5:
            for torn in _torn(call, rng):
                _apply(content, torn)
        else:
            _apply(content, call)
    return bytes(content)


def _torn(call: Call, rng: random.Random) -> list[Call]:
    """Some of the sectors of a write."""
    cuts = range(0, len(call.content), SECTOR)
    return [
        Call("write", call.path, call.place + cut, call.content[cut : cut + SECTOR])
        for cut in cuts
        if rng.random() < 0.5
    ]


def _apply(content: bytearray, call: Call) -> None:
    if call.what == "size":
        del content[call.place :]
        content.extend(bytes(call.place - len(content)))
        return
    if len(content) < call.place:
        content.extend(bytes(call.place - len(content)))
    content[call.place : call.place + len(call.content)] = call.content
