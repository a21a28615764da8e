"""The laws of the house, as sentences. Each test names the law it keeps."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "fieldkit"

LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"beside"}),
    frozenset({"files", "logs"}),
    frozenset({"domain"}),
    frozenset({"languages", "crypto"}),
    frozenset({"forms", "storage", "leaflets", "sync", "content"}),
    frozenset({"headquarters"}),
    frozenset({"services"}),
    frozenset({"ui"}),
    frozenset({"cli"}),  # beside ui; it opens the windows, so it alone may reach across
)

DOORS: dict[str, frozenset[str]] = {
    "PySide6": frozenset({"ui"}),
    "sqlcipher3": frozenset({"storage/database.py"}),
    "cryptography": frozenset({"crypto"}),
    "nacl": frozenset({"crypto"}),
    "pyrage": frozenset({"crypto"}),
    "mnemonic": frozenset({"crypto"}),
    "zxcvbn": frozenset({"crypto"}),
    "reportlab": frozenset({"leaflets/pdf.py"}),
    "miniaudio": frozenset({"ui/audio.py"}),
    "pypdfium2": frozenset({"leaflets/pages.py"}),
    "pyxform": frozenset({"forms/authoring.py"}),
    "lxml": frozenset({"forms"}),
    "icu": frozenset({"leaflets", "languages/calendars.py", "languages/names.py"}),
    "hijridate": frozenset({"languages/calendars.py"}),
    "uharfbuzz": frozenset({"leaflets"}),
    "babel": frozenset({"languages"}),
    "rfc8785": frozenset({"domain/entries.py"}),
    "click": frozenset({"cli"}),
    "tuf": frozenset({"sync/packs/verified.py", "sync/packs/signing.py"}),
    "securesystemslib": frozenset({"sync/packs/signing.py"}),
}

NAMES = ast.Assign | ast.AnnAssign
WORLD_MAKERS = (
    "datetime.now",
    "datetime.utcnow",
    "date.today",
    "time.time",
    "os.urandom",
    "uuid.uuid4",
    "uuid4",
)


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def level(name: str) -> int | None:
    return next((height for height, names in enumerate(LEVELS) if name in names), None)


@cache
def tree(path: Path) -> ast.Module:
    """What a file says, read once."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Every module that a file imports anywhere in it, in full."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{place(path)}: relative imports hide the layers"
            module = node.module or ""
            yield module
            if module == "fieldkit":
                yield from (f"fieldkit.{alias.name}" for alias in node.names)


def own_parts(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imports(path) if name.startswith("fieldkit.") and "." in name}


def test_imports_go_down_the_house_only() -> None:
    wrong = []
    for path in sources():
        here = level(part(path))
        for name in own_parts(path) - {part(path), "__version__"}:
            there = level(name)
            if here is not None and (there is None or there >= here):
                wrong.append(f"{place(path)} imports {name}")
    assert wrong == []


def test_every_package_has_a_level() -> None:
    known = {"__init__", "__main__"}.union(*LEVELS)
    assert {part(path) for path in sources()} <= known


@pytest.mark.parametrize("library", sorted(DOORS))
def test_each_dangerous_library_has_one_door(library: str) -> None:
    doors = DOORS[library]
    used = {place(path) for path in sources() for name in imports(path) if name.split(".")[0] == library}
    outside = {name for name in used if name not in doors and name.split("/")[0] not in doors}
    assert outside == set()


def test_the_field_desk_never_imports_sqlalchemy() -> None:
    used = {place(path) for path in sources() if "sqlalchemy" in {n.split(".")[0] for n in imports(path)}}
    assert {name.split("/")[0] for name in used} <= {"headquarters"}


def test_everything_below_the_windows_loads_without_qt() -> None:
    modules = [
        "fieldkit." + place(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in sources()
        if part(path) not in {"ui", "__main__", "__init__"}
    ]
    program = (
        "import importlib, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "loaded = sorted(name for name in sys.modules if name.startswith(('PySide6', 'shiboken6')))\n"
        "sys.exit(', '.join(loaded[:3]) or 0)\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert result.returncode == 0, result.stderr


def test_clock_and_randomness_are_made_only_in_cli_and_ui() -> None:
    wrong = []
    for path in sources():
        if part(path) in {"cli", "ui"}:
            continue
        for node in ast.walk(tree(path)):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if called.endswith(WORLD_MAKERS):
                wrong.append(f"{place(path)}:{getattr(node, 'lineno', 0)} calls {called}")
    assert wrong == []


def test_presenters_decide_without_qt() -> None:
    for path in sorted((PACKAGE / "ui" / "presenters").rglob("*.py")):
        assert not any(name.startswith("PySide6") for name in imports(path)), place(path)


def test_packages_say_nothing_but_names() -> None:
    for path in PACKAGE.rglob("__init__.py"):
        logic = [
            n for n in tree(path).body if not isinstance(n, ast.Expr | ast.Import | ast.ImportFrom | NAMES)
        ]
        # One package gathers the tables of its modules: the catalogue of sentences.
        if path.parent.name != "messages":
            assert logic == [], f"{place(path)} holds logic"


def test_no_lock_or_source_names_a_package_registry() -> None:
    hosts = ("pypi." + "org", "pythonhosted." + "org", "registry.npmjs." + "org", "deb.debian." + "org")
    for path in [
        *ROOT.glob("*.lock"),
        *ROOT.glob("*.toml"),
        *ROOT.glob("*.py"),
        *sources(),
        *ROOT.glob(".ci/**/*"),
    ]:
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not any(host in text for host in hosts), path.name
