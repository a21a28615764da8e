"""Which libraries the packed ones load: each is packed too, or the system's (rule 5)."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from installers.tools import Stopped, tool


def needed_libraries(folder: Path) -> dict[str, frozenset[str]]:
    """For every library and program in `folder`, by its path: the names of the libraries it loads."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and is_binary(path):
            said = tool(["objdump", "-p", str(path)])
            names = re.findall(r"^\s*(?:NEEDED|DLL Name:)\s+(\S+)", said, re.MULTILINE)
            found[path.relative_to(folder).as_posix()] = frozenset(names)
    return found


def unmet_libraries(needed: Mapping[str, frozenset[str]], is_system: Callable[[str], bool]) -> list[str]:
    """A line for every library that is needed, is not packed and does not belong to the system."""
    packed = {PurePosixPath(path).name.lower() for path in needed}
    return [
        f"{path} needs {name}"
        for path, names in sorted(needed.items())
        for name in sorted(names)
        if name.lower() not in packed and not is_system(name)
    ]


def stop_when_unmet(lines: Sequence[str]) -> None:
    """Raises Stopped when `unmet_libraries` found any."""
    if lines:
        raise Stopped("Packed libraries need others that nothing brings: " + "; ".join(lines))


def is_binary(path: Path) -> bool:
    """Whether it is a library or a program of Linux or Windows, by its first bytes."""
    with path.open("rb") as file:
        start = file.read(4)
    return start == b"\x7fELF" or (start[:2] == b"MZ" and path.suffix.lower() in (".exe", ".dll", ".pyd"))
