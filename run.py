#!/usr/bin/env python3
"""The one command: sets everything up, then starts.

    python3 run.py            set up and open the program (without a screen: the tour, into ./tour)
    python3 run.py test       set up and pass all checks and tests, offscreen
    python3 run.py bench …    a harness of benchmarks/ (a checkout only)
    python3 run.py fuzz …     the fuzzers of tests/fuzz (a checkout only)
    python3 run.py WORD …     any other word goes to the program's own command line

Standard library only. Setting up means: shared libraries that Qt needs (installed when this is Debian and
we are root, otherwise named in one line), a `.venv` with the pinned lock, catalogues and forms built. Each
part leaves a stamp, so that a second start costs next to nothing.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = sys.platform == "win32"
OLDEST_PYTHON = (3, 11)

# What Qt loads at run time, and the Debian package that brings it.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
}
HARNESS_WORDS = ("bench", "endure", "conformance", "fuzz")
# Stock tools with which the tests open what fieldkit seals, and read what it prints.
TEST_PROGRAMS = {
    "age": "age",
    "jq": "jq",
    "xxd": "xxd",
    "minisign": "minisign",
    "pdftotext": "poppler-utils",
    "git": "git",
    "strace": "strace",  # `endure power` cuts the power between two system calls
}


def main(words: list[str]) -> int:
    """Set up what `words` needs, then hand over. Returns the exit code."""
    if sys.version_info < OLDEST_PYTHON:
        return _say_and_stop("fieldkit needs Python 3.11 or newer. Install it, then run this command again.")
    testing = words[:1] == ["test"]
    proving = testing or words[:1] in (["endure"], ["fuzz"])  # they sit at the desks of the tests
    try:
        _need_system_packages(proving)
        _need_venv(proving)
        _need_built()
    except _Stopped as stop:
        return _say_and_stop(str(stop))
    if testing:
        return _test(words[1:])
    return _start(words)


class _Stopped(Exception):
    """Set-up cannot go on; the text says what to do."""


# --- shared libraries ---------------------------------------------------------------------------------


def _need_system_packages(testing: bool) -> None:
    if not sys.platform.startswith("linux"):
        return
    missing = _missing_packages(testing)
    if not missing:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise _Stopped("Some system libraries are missing. Run: sudo " + " ".join(command))
    print("Installing system libraries:", " ".join(missing), flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-q"], command):
        if subprocess.run(step, env=environment, stdout=subprocess.DEVNULL).returncode != 0:
            raise _Stopped("Installing system libraries failed. Run: sudo " + " ".join(command))


def _missing_packages(testing: bool) -> list[str]:
    libraries = {**QT_LIBRARIES, **(WINDOW_LIBRARIES if _has_screen() and not testing else {})}
    missing = [package for name, package in libraries.items() if not _loads(name)]
    if testing:
        missing += [package for name, package in TEST_PROGRAMS.items() if shutil.which(name) is None]
    try:
        import ensurepip  # noqa: F401 (Debian splits it off; without it there is no venv)
    except ImportError:
        missing.append("python3-venv")
    return missing


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_screen() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen in ("offscreen", "minimal"):
        return False
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


# --- the environment ----------------------------------------------------------------------------------


def _python() -> Path:
    return VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


def _need_venv(testing: bool) -> None:
    lock = ROOT / ("requirements-test.lock" if testing else "requirements.lock")
    wanted = _digest([lock]) + f" {sys.version_info[0]}.{sys.version_info[1]} {ROOT}"
    stamps = [VENV / "stamp-test"] if testing else [VENV / "stamp", VENV / "stamp-test"]
    held = [stamp.read_text(encoding="utf-8") for stamp in stamps if stamp.is_file()]
    test_wanted = _digest([ROOT / "requirements-test.lock"]) + wanted[64:]
    if _python().is_file() and (wanted in held or test_wanted in held):
        return
    print("Setting up fieldkit (once; about half a minute) …", flush=True)
    if not _python().is_file() or not any(text[64:] == wanted[64:] for text in held):
        shutil.rmtree(VENV, ignore_errors=True)
        _run_setup([sys.executable, "-m", "venv", str(VENV)], "python3 -m venv failed.")
    _run_setup(
        [
            *(str(_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--require-hashes", "--only-binary=:all:", "--no-deps", "-r", str(lock)),
        ],
        "The pinned packages could not be installed. Is there a network for this first set-up?",
    )
    stamps[0].write_text(wanted, encoding="utf-8")


def _run_setup(command: list[str], sentence: str) -> None:
    if subprocess.run(command, cwd=ROOT).returncode != 0:
        raise _Stopped(sentence)


# --- build outputs ------------------------------------------------------------------------------------


def _need_built() -> None:
    sources = sorted([*_files("translations", ".po"), *_files("resources", ".md", ".csv")])
    code = [*_files("fieldkit/forms", ".py"), *_files("fieldkit/languages", ".py")]
    wanted = _state([*sources, *code])
    stamp = ROOT / "build" / "stamp"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    print("Preparing languages and forms …", flush=True)
    _run_setup([str(_python()), "-m", "fieldkit", "build"], "Languages and forms could not be prepared.")
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(wanted, encoding="utf-8")


def _files(folder: str, *endings: str) -> list[Path]:
    return [path for path in (ROOT / folder).rglob("*") if path.suffix in endings]


def _digest(paths: list[Path]) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def _state(paths: list[Path]) -> str:
    """Sizes and times, not contents: this runs at every start."""
    lines = []
    for path in sorted(paths):
        status = path.stat()
        lines.append(f"{path.relative_to(ROOT).as_posix()} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


# --- handing over -------------------------------------------------------------------------------------


def _start(words: list[str]) -> int:
    if not words and not _has_screen():
        print(
            "There is no screen here, so this runs the tour without windows. Pictures go to ./tour",
            flush=True,
        )
        words = ["tour", "--out", str(ROOT / "tour")]
    module = "benchmarks" if words[:1] and words[0] in HARNESS_WORDS else "fieldkit"
    return _hand_over([str(_python()), "-m", module, *words])


def _hand_over(command: list[str]) -> int:
    environment = {**os.environ, "PYTHONPATH": _python_path(), "PYTHONUTF8": "1"}
    if WINDOWS:
        return subprocess.run(command, env=environment).returncode
    return os.execve(command[0], command, environment)


def _python_path() -> str:
    held = os.environ.get("PYTHONPATH", "")
    return str(ROOT) + (os.pathsep + held if held else "")


def _test(words: list[str]) -> int:
    environment = {
        **os.environ,
        "PYTHONPATH": _python_path(),
        "PYTHONUTF8": "1",
        "QT_QPA_PLATFORM": "offscreen",
        "FIELDKIT_TESTS_BUILT": str(ROOT / "build"),  # just made anew where a source changed (`_need_built`)
    }
    if environment.pop("PYTHONDONTWRITEBYTECODE", ""):
        # Tests start dozens of programs, each of which would compile all it loads. Not among the sources then.
        environment["PYTHONPYCACHEPREFIX"] = str(ROOT / "build" / "pycache")
    python = str(_python())
    if words:  # a part of the tests, by name: no checks around it
        return subprocess.run([python, "-m", "pytest", *words], cwd=ROOT, env=environment).returncode
    for command in (["check", "."], ["format", "--check", "."]):
        code = subprocess.run([python, "-m", "ruff", *command], cwd=ROOT, env=environment).returncode
        if code != 0:
            return code
    # Types are checked beside the tests. Whole files go to one worker, so that what a file sets up once is set up
    # once, and in the order that the tests ask for: the dear ones first.
    tests = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
    mypy = [python, "-m", "mypy"]
    with subprocess.Popen(mypy, cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8") as types:
        code = subprocess.run([python, "-m", "pytest", *tests], cwd=ROOT, env=environment).returncode
        print(types.communicate()[0], end="", flush=True)
    return code or types.returncode


def _say_and_stop(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
