"""The last commit, laid out clean with the locked libraries and its build outputs: both packages are made of it."""

import ast
import dataclasses
import os
import re
import shutil
import sys
import tarfile
import venv
from collections.abc import Iterable
from pathlib import Path

import run
from installers.packed import PROGRAMS
from installers.tools import ROOT, Stopped, copy, need_tools, sha256_of, tool

WORK = ROOT / "build" / "installer"
DIST = ROOT / "dist"
SUMMARY = "protection interviews and leaflets without a network"

PINNED = ("--require-hashes", "--only-binary=:all:", "--no-deps")
"""How pip takes what a lock names, and nothing else."""


@dataclasses.dataclass(frozen=True)
class Prepared:
    """A copy of the last commit, an environment with the locked libraries, and the build outputs."""

    source: Path
    built: Path
    python: Path
    version: str
    epoch: int  # seconds since 1970 UTC: the moment of the commit

    @property
    def environment(self) -> dict[str, str]:
        """For every tool that is run: nothing of the builder's own settings, nothing random."""
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
            "PYTHONHASHSEED": "0",
            "PYTHONUTF8": "1",
            "PYTHONPATH": str(self.source),
            "PYTHONDONTWRITEBYTECODE": "1",
            "SOURCE_DATE_EPOCH": str(self.epoch),
            "FIELDKIT_BUILT": str(self.built),
            "PYINSTALLER_CONFIG_DIR": str(WORK / "cache"),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
        }


def prepare() -> Prepared:
    """Lay out a clean copy of the last commit, and build its catalogues and forms. Raises Stopped."""
    need_tools({"git": "git"})
    os.umask(0o022)
    source, built = WORK / "source", WORK / "built"
    for folder in (source, built):
        shutil.rmtree(folder, ignore_errors=True)
    source.mkdir(parents=True)
    archive = WORK / "source.tar"
    tool(["git", "-C", str(ROOT), "archive", "--output", str(archive), "HEAD"])
    with tarfile.open(archive) as packed:
        packed.extractall(source, filter="data")
    epoch = int(tool(["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]))
    prepared = Prepared(source, built, _environment(source), version(source), epoch)
    print("Preparing languages and forms …", flush=True)
    tool([str(prepared.python), "-m", "fieldkit", "build"], cwd=source, env=prepared.environment)
    return prepared


def version(source: Path = ROOT) -> str:
    """The program's version as `fieldkit/__init__.py` says it. Raises Stopped when it says none."""
    tree = ast.parse((source / "fieldkit" / "__init__.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__version__":
            return str(ast.literal_eval(node.value))
    raise Stopped("fieldkit/__init__.py names no version.")


def _environment(source: Path) -> Path:
    """The Python of an environment with exactly the locked libraries, made anew when the lock changed."""
    lock = source / "requirements-installer.lock"
    folder, stamp = WORK / "venv", WORK / "venv" / "stamp"
    python = folder / ("Scripts/python.exe" if run.WINDOWS else "bin/python")
    wanted = f"{sha256_of(lock)} {sys.version}"
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        print("Installing the locked libraries …", flush=True)
        venv.create(folder, clear=True, with_pip=True)
        command = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        tool([*command, *PINNED, "-r", str(lock)])
        stamp.write_text(wanted, encoding="utf-8")
    return python


def settle(folder: Path, epoch: int) -> None:
    """Give everything in `folder` one time, and modes that do not depend on who built it."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.name in PROGRAMS else 0o644)
        os.utime(path, (epoch, epoch), follow_symlinks=False)
    folder.chmod(0o755)
    os.utime(folder, (epoch, epoch))


def lay_licences(packages: Path, names: Iterable[str], target: Path) -> None:
    """Copy the licence texts that the packed libraries were published with."""
    for name in names:
        stem = name.replace("-", "_")
        for info in sorted(packages.glob("*.dist-info")):
            if info.name.lower().startswith(f"{stem}-"):
                for path in sorted(info.rglob("*")):
                    inner = path.relative_to(info)
                    if path.is_file() and re.search(r"(?i)licen[cs]e|copying|notice", str(inner)):
                        copy(path, target / info.name.removesuffix(".dist-info") / inner)


def locked_names(source: Path, lock: str = "requirements.lock") -> tuple[str, ...]:
    """The names of the libraries in a lock, in small letters."""
    text = (source / lock).read_text(encoding="utf-8")
    return tuple(sorted(name.lower() for name in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)))


def site_packages(python: Path) -> Path:
    """Where the libraries of an environment lie."""
    said = tool([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"])
    return Path(said.strip())


ICON = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
<rect x="2" y="2" width="60" height="60" rx="13" fill="#1f4e5f"/>
<g fill="none" stroke="#ffffff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round">
<path d="M13 16h26v19H24l-7 7v-7h-4z"/>
<path d="M45 25h6v19h-4v7l-7-7H29v-3"/>
</g>
</svg>
"""
