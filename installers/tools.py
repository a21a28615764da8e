"""What every part of the build needs: other programs, files, sums."""

import fnmatch
import hashlib
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Stopped(Exception):
    """The build cannot go on; the text says what to do."""


def need_tools(packages: Mapping[str, str]) -> None:
    """See that programs are there; `packages` says which Debian package brings each. Raises Stopped."""
    missing = sorted({package for program, package in packages.items() if shutil.which(program) is None})
    if missing:
        raise Stopped("Some tools are missing. Run: sudo apt-get install " + " ".join(missing))


def tool(command: Sequence[str], cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> str:
    """What a tool says on its standard output. Raises Stopped with its last words when it fails."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, check=False)
    if done.returncode != 0:
        words = (done.stdout + done.stderr).decode("utf-8", "replace").strip()[-2000:]
        raise Stopped(f"{Path(command[0]).name} failed with exit code {done.returncode}:\n{words}")
    return done.stdout.decode("utf-8", "replace")


def matches(name: str, patterns: Iterable[str]) -> bool:
    """Whether one of the patterns with `*` fits; small and capital letters differ."""
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def write_inside(folder: Path, name: str, content: bytes) -> None:
    """Write what an archive holds under `name`. Raises Stopped when that lies outside `folder`."""
    target = folder / name
    if not target.resolve().is_relative_to(folder.resolve()):
        raise Stopped(f"An archive names a place outside its folder: {name}")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def copy(path: Path, target: Path) -> None:
    """Copy a file, and make the folders above it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)


def digest(path: Path, algorithm: str) -> str:
    """The sum of a file in hexadecimal."""
    return hashlib.new(algorithm, path.read_bytes(), usedforsecurity=False).hexdigest()


def sha256_of(path: Path) -> str:
    """Its SHA-256 in hexadecimal."""
    return digest(path, "sha256")
