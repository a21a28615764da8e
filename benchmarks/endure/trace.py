"""What a process wrote, in order: its system calls as `strace` saw them, below one folder.

Descriptors are followed by the paths that `strace -y` prints beside them. Only calls that change files or make
changes last are kept. The shared-memory file of SQLite's log is not: it is rebuilt after a power cut.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.endure.core import CannotRun

_CALLS = (
    "openat,open,creat,write,pwrite64,writev,pwritev,pwritev2,lseek,fsync,fdatasync,sync_file_range,"
    "ftruncate,truncate,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,"
    "fallocate,copy_file_range,sendfile"
)
_LINE = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_PATHS = re.compile(r'(?:<((?:\\x[0-9a-f]{2})*)>)|"((?:\\x[0-9a-f]{2})*)"')
_UNFINISHED = " <unfinished ...>\n"
_RESUMED = re.compile(r"<\.\.\. \w+ resumed>")
_UNFOLLOWED = {"writev", "pwritev", "pwritev2", "truncate", "link", "linkat", "fallocate", "copy_file_range"}
"""Calls that nothing here makes; if one is seen, the images would be wrong, so the trace is refused."""


@dataclass(frozen=True, slots=True)
class Call:
    """One change: `make`, `write`, `size`, `sync`, `rename` (to `other`), `remove`, `folder`.

    `place` is the offset of a write or the new size.
    """

    what: str
    path: str
    place: int = 0
    content: bytes = b""
    other: str = ""


def traced(
    words: Sequence[str],
    below: Path,
    report: Path,
    environment: Mapping[str, str] | None = None,
    *,
    here: Path | None = None,
    may_crash: bool = False,
) -> list[Call]:
    """Run this interpreter with `words`, working in `here`, and give what it changed below a folder.

    Raises CannotRun without `strace`, or where it may not trace.
    """
    program = shutil.which("strace")
    if program is None:
        raise CannotRun(
            "There is no strace here, which records what is written. On Debian: apt-get install strace"
        )
    command = [program, "-f", "--seccomp-bpf", "-y", "-xx", "-s", str(1 << 24), "-e", "signal=none"]
    command += ["-e", f"trace={_CALLS}", "-o", str(report), sys.executable, *words]
    ran = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=here)
    if not report.is_file() or report.stat().st_size == 0:
        raise CannotRun(f"strace may not trace here: {ran.stderr.strip()[-200:]}")
    if ran.returncode != 0 and not may_crash:
        raise RuntimeError(ran.stderr)
    return list(_calls(report, str(below)))


def _calls(report: Path, below: str) -> Iterator[Call]:
    reader = _Reader()
    with report.open(encoding="ascii") as lines:
        for line in whole(lines):
            for call in reader.line(line):
                if call.path.startswith(below) and not call.path.endswith("-shm"):
                    if call.what == "unfollowed":
                        raise RuntimeError(f"the trace has a call that is not followed: {line[:80]}")
                    yield call


def whole(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a report, a call that another thread cut in two joined again where it came to its end."""
    begun: dict[str, str] = {}
    for line in lines:
        process = line.partition(" ")[0]
        resumed = _RESUMED.search(line)
        if line.endswith(_UNFINISHED):
            begun[process] = line.removesuffix(_UNFINISHED)
        elif resumed is not None:
            yield begun.pop(process, "") + line[resumed.end() :]
        else:
            yield line


class _Reader:
    """Follows where each file is being written, and which files there are."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._there: set[str] = set()

    def line(self, line: str) -> Iterator[Call]:
        found = _LINE.match(line)
        if found is None or found[3].startswith("-"):
            return
        name, words, result = found[1], found[2], int(found[3])
        held = _PATHS.findall(words)
        beside = [_text(path).decode() for path, _ in held if path]
        quoted = [_text(text) for _, text in held if text]
        if name in ("write", "pwrite64", "lseek", "ftruncate", "fsync", "fdatasync"):
            yield from self._data(name, words, result, beside[0] if beside else "", b"".join(quoted))
        elif name in _UNFOLLOWED:
            yield Call("unfollowed", beside[0] if beside else quoted[0].decode())
        else:
            yield from self._names(name, words, [text.decode() for text in quoted])

    def _data(self, name: str, words: str, result: int, path: str, content: bytes) -> Iterator[Call]:
        match name:
            case "lseek":
                self._places[path] = result
            case "write":
                place = self._places.get(path, 0)
                self._places[path] = place + result
                yield Call("write", path, place, content[:result])
            case "pwrite64":
                yield Call("write", path, int(words.rsplit(",", 1)[1]), content[:result])
            case "ftruncate":
                yield Call("size", path, int(words.rsplit(",", 1)[1]))
            case _:
                yield Call("sync", path)

    def _names(self, name: str, words: str, paths: list[str]) -> Iterator[Call]:
        if name.startswith("open") or name == "creat":
            self._places[paths[0]] = 0
            if "O_CREAT" in words and paths[0] not in self._there:
                self._there.add(paths[0])
                yield Call("make", paths[0])
            elif "O_TRUNC" in words:
                yield Call("size", paths[0])
        elif name.startswith("rename"):
            self._there.discard(paths[0])
            self._there.add(paths[1])
            yield Call("rename", paths[0], other=paths[1])
        elif name.startswith("mkdir"):
            yield Call("folder", paths[0])
        else:
            self._there.discard(paths[0])
            yield Call("remove", paths[0])


def _text(spelled: str) -> bytes:
    return bytes.fromhex(spelled.replace("\\x", ""))
