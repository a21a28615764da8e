"""The shipped files, and over them those of a content pack: one tree to read content from.

1. A file of the pack stands instead of the shipped one of the same name; everything else is as shipped.
2. A pack's files lie in memory: nothing of them is written beside the vault.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath


@dataclass(frozen=True)
class Shelf:
    """A place in the tree: `at` counts from its top, such as `codebook/rules.csv`."""

    shipped: Path
    over: Mapping[str, bytes]
    at: str = ""

    def __truediv__(self, name: str) -> "Shelf":
        return Shelf(self.shipped, self.over, f"{self.at}/{name}" if self.at else name)

    @property
    def name(self) -> str:
        """The last part, with its ending."""
        return PurePosixPath(self.at).name

    @property
    def stem(self) -> str:
        """The last part, without its ending."""
        return PurePosixPath(self.at).stem

    @property
    def beneath(self) -> Path:
        """Where the shipped file lies."""
        return self.shipped / self.at

    def held(self) -> bytes | None:
        """The pack's file of this name, or None."""
        return self.over.get(self.at)

    def glob(self, pattern: str) -> Iterator["Shelf"]:
        """The files right here that match."""
        prefix = f"{self.at}/" if self.at else ""
        names = {path.name for path in self.beneath.glob(pattern)}
        for key in self.over:
            name = key.removeprefix(prefix)
            if key.startswith(prefix) and "/" not in name and fnmatchcase(name, pattern):
                names.add(name)
        return (self / name for name in sorted(names))


Folder = Path | Shelf
"""Where content is read from: the shipped files alone, or with a pack over them."""
