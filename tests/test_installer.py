"""What people install: only the program's own files come and go, and the same commit gives the same bytes."""

import ast
import hashlib
import io
import re
import sys
import zipfile
from pathlib import Path

import pytest

import fieldkit
import run
from fieldkit.forms import authoring
from installers.debian import lay_deb, sort_archive, spec_text
from installers.libraries import unmet_libraries
from installers.packed import (
    CONVERTER,
    LIBRARY_DATA,
    PROGRAMS,
    is_packed,
    library_data,
    program_data,
    program_modules,
)
from installers.prepared import SUMMARY, Prepared, locked_names, version
from installers.tools import ROOT, Stopped
from installers.windows import check_embedded, nsis_text, pth_text, remove_lines, unpack_wheel

NAMES = ("fieldkit.cmd", "python/pythonw.exe", "app/fieldkit/cli/program.py", "app/resources/fonts/OFL.txt")


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    folder = tmp_path / "layout"
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    return folder


def wheel(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in members.items():
            packed.writestr(name, text)
    return path


def embedded_python(path: Path, pth: str) -> tuple[Path, str]:
    wheel(path, {"python.exe": "", pth: ""})
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


# --- a vault is never deleted -------------------------------------------------------------------------


def test_uninstalling_on_windows_removes_only_what_was_laid(layout: Path) -> None:
    text = nsis_text(layout, "1.2.3", layout / "out.exe")
    removing = text.partition('Section "Uninstall"')[2]
    laid = {f"$INSTDIR\\{name}".replace("/", "\\") for name in NAMES}
    deleted = set(re.findall(r'^  Delete "(.+)"$', removing, re.MULTILINE))
    assert deleted - laid == {"$INSTDIR\\uninstall.exe", "$SMPROGRAMS\\fieldkit.lnk"}
    assert laid <= deleted


def test_no_folder_is_removed_with_its_contents(layout: Path) -> None:
    text = nsis_text(layout, "1.2.3", layout / "out.exe")
    folders = re.findall(r"^\s*RMDir (.+)$", text, re.MULTILINE)
    assert folders
    assert all(folder.startswith('"$INSTDIR') for folder in folders), "no /r, and nothing elsewhere"
    assert "*" not in "".join(re.findall(r"^\s*Delete .+$", text, re.MULTILINE))


@pytest.mark.parametrize("place", ["APPDATA", "PROFILE", "DOCUMENTS", "FIELDKIT_HOME", "$DESKTOP"])
def test_the_installer_knows_no_folder_of_a_person(layout: Path, place: str) -> None:
    assert place not in nsis_text(layout, "1.2.3", layout / "out.exe")


def test_inner_folders_go_before_outer_ones() -> None:
    lines = list(remove_lines(["a/b/c/file", "a/other"]))
    assert [line for line in lines if "RMDir" in line] == [
        '  RMDir "$INSTDIR\\a\\b\\c"',
        '  RMDir "$INSTDIR\\a\\b"',
        '  RMDir "$INSTDIR\\a"',
    ]


def test_the_debian_package_runs_nothing_when_it_comes_or_goes(tmp_path: Path) -> None:
    stage = lay(tmp_path, "one")
    assert {path.name for path in (stage / "DEBIAN").iterdir()} == {"control", "md5sums"}


# --- the Debian package -------------------------------------------------------------------------------


def lay(folder: Path, name: str) -> Path:
    """A package around a program of one file, as the builder lays it."""
    work = folder / name
    frozen = work / "frozen"
    (frozen / "_internal").mkdir(parents=True)
    (frozen / "fieldkit").write_text("program", encoding="utf-8")
    (frozen / CONVERTER).write_text("program", encoding="utf-8")
    (frozen / "_internal" / "data").write_text("data", encoding="utf-8")
    prepared = Prepared(ROOT, work, Path(sys.executable), version(), 1_795_236_892)
    return lay_deb(frozen, prepared, "amd64", ["libzstd.so.1", "libGL.so.1"], work / "stage")


def control(stage: Path) -> dict[str, str]:
    lines = (stage / "DEBIAN/control").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines if not line.startswith(" "))


def test_the_control_file_says_what_dpkg_needs(tmp_path: Path) -> None:
    said = control(lay(tmp_path, "one"))
    assert said["Package"] == "fieldkit"
    assert said["Version"] == fieldkit.__version__
    assert said["Architecture"] == "amd64"
    assert int(said["Installed-Size"]) > 0
    assert said["Description"] == SUMMARY


def test_it_depends_on_every_library_that_a_window_loads(tmp_path: Path) -> None:
    named = control(lay(tmp_path, "one"))["Depends"].split(", ")
    assert {*run.QT_LIBRARIES.values(), *run.WINDOW_LIBRARIES.values(), "libzstd1"} <= set(named)
    assert named == sorted(set(named))
    assert not {"python3-venv", "libfreetype6"} & set(named), "and on nothing that is not needed"


def test_the_sums_cover_every_file(tmp_path: Path) -> None:
    stage = lay(tmp_path, "one")
    lines = (stage / "DEBIAN/md5sums").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    files = [path for path in (stage / "usr").rglob("*") if path.is_file() and not path.is_symlink()]
    assert set(sums) == {path.relative_to(stage).as_posix() for path in files}
    for path in files:
        digest = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
        assert sums[path.relative_to(stage).as_posix()] == digest


@pytest.mark.skipif(sys.platform == "win32", reason="a Debian package is made on Debian")
def test_two_layouts_of_one_commit_are_the_same(tmp_path: Path) -> None:
    first, second = (tree(lay(tmp_path, name)) for name in ("one", "two"))
    assert first == second
    assert first["usr/lib/fieldkit/fieldkit"][0] & 0o777 == 0o755
    assert first[f"usr/lib/fieldkit/{CONVERTER}"][0] & 0o777 == 0o755
    assert first["usr/lib/fieldkit/_internal/data"][0] & 0o777 == 0o644
    assert {moment for _, moment, _ in first.values()} == {1_795_236_892}


def tree(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    found = {}
    for path in folder.rglob("*"):
        status = path.lstat()
        is_link = path.is_symlink()
        content = str(path.readlink()).encode() if is_link else path.read_bytes() if path.is_file() else b""
        found[path.relative_to(folder).as_posix()] = (status.st_mode, int(status.st_mtime), content)
    return found


# --- what is frozen -----------------------------------------------------------------------------------


def test_the_version_is_the_programs() -> None:
    assert version() == fieldkit.__version__


def test_a_program_without_a_version_is_not_packed(tmp_path: Path) -> None:
    (tmp_path / "fieldkit").mkdir()
    (tmp_path / "fieldkit/__init__.py").write_text("", encoding="utf-8")
    with pytest.raises(Stopped, match="no version"):
        version(tmp_path)


def test_every_module_is_named_and_no_test() -> None:
    modules = program_modules(ROOT)
    assert {"fieldkit", "fieldkit.cli", "fieldkit.forms.converter_child", "fieldkit.ui.places"} <= set(
        modules
    )
    assert len(modules) == len(set(modules)) == len(list((ROOT / "fieldkit").rglob("*.py")))
    assert not [name for name in modules if "test" in name.split(".")]


def test_resources_and_build_outputs_lie_where_the_program_looks(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms/screening.xml").write_text("<x/>", encoding="utf-8")
    names = {name for name, _ in program_data(ROOT, tmp_path)}
    assert {
        "resources/fonts/manifest.json",
        "resources/leaflets/L01.md",
        "build/forms/screening.xml",
    } <= names


def test_the_instructions_to_freeze_are_valid_and_always_the_same(tmp_path: Path) -> None:
    for pattern in LIBRARY_DATA:
        path = tmp_path / pattern.replace("*", "x")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    text = spec_text(ROOT, tmp_path, tmp_path)
    ast.parse(text)
    assert text == spec_text(ROOT, tmp_path, tmp_path)
    assert f'"{authoring.FROZEN_CONVERTER}": [("hash_seed=0", None, "OPTION")]' in text


def test_data_that_a_library_no_longer_brings_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(Stopped, match="No library brings"):
        list(library_data(tmp_path))


def test_the_program_starts_the_converter_by_the_name_it_is_packed_under() -> None:
    assert CONVERTER == authoring.FROZEN_CONVERTER
    assert CONVERTER in PROGRAMS


@pytest.mark.parametrize(
    ("name", "origin", "packed"),
    [
        ("libstdc++.so.6", "/usr/lib/x86_64-linux-gnu/libstdc++.so.6", False),
        ("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/v/PySide6/x.so", True),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", "/v/PySide6/x.so", False),
        ("PySide6/Qt/lib/libQt6Gui.so.6", "/v/PySide6/x.so", True),
        ("libQt6Network.so.6", "PySide6/Qt/lib/libQt6Network.so.6", False),
        ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", True),
        ("pyxform/validators/odk_validate/bin/ODK_Validate.jar", "/v/x.jar", False),
        ("babel/locale-data/so.dat", "/v/babel/locale-data/so.dat", True),
    ],
)
def test_what_is_packed(name: str, origin: str, packed: bool) -> None:
    assert is_packed(name, origin) is packed


def test_a_library_that_nothing_brings_is_named() -> None:
    needed = {"a/one.so": frozenset({"two.so", "libc.so.6", "lost.so"}), "b/two.so": frozenset[str]()}
    assert unmet_libraries(needed, lambda name: name == "libc.so.6") == ["a/one.so needs lost.so"]


def test_the_members_of_an_archive_are_put_in_order(tmp_path: Path) -> None:
    members = {"re/b.pyc": "b", "a.pyc": "a"}
    one = wheel(tmp_path / "one.zip", members)
    two = wheel(tmp_path / "two.zip", dict(reversed(members.items())))
    sort_archive(one)
    sort_archive(two)
    assert one.read_bytes() == two.read_bytes()
    assert zipfile.ZipFile(io.BytesIO(one.read_bytes())).read("re/b.pyc") == b"b"


# --- Windows ------------------------------------------------------------------------------------------


def test_a_python_that_is_not_the_pinned_one_is_refused(tmp_path: Path) -> None:
    here = f"python{sys.version_info[0]}{sys.version_info[1]}._pth"
    file, digest = embedded_python(tmp_path / "python.zip", here)
    assert check_embedded(file, digest.upper()) == f"3.{sys.version_info[1]}"
    with pytest.raises(Stopped, match="not the file that was pinned"):
        check_embedded(file, "0" * 64)
    with pytest.raises(Stopped, match="64 hexadecimal digits"):
        check_embedded(file, "")
    other, digest = embedded_python(tmp_path / "other.zip", "python399._pth")
    with pytest.raises(Stopped, match="build with the same Python"):
        check_embedded(other, digest)


def test_the_embedded_python_looks_only_into_the_programs_own_folders() -> None:
    assert pth_text("3.12").split("\r\n") == ["python312.zip", ".", "..\\app", "..\\packages", ""]


def test_a_wheel_is_laid_out_as_installed_and_trimmed(tmp_path: Path) -> None:
    kept = ["babel/core.py", "PySide6/QtGui.pyd", "PySide6/plugins/platforms/qwindows.dll"]
    dropped = ["PySide6/Qt6Quick.dll", "PySide6/designer.exe", "PySide6/plugins/sqldrivers/qsqlite.dll"]
    members = [*kept, *dropped, "one-1.data/scripts/tool.exe", "one-1.data/platlib/one/__init__.py"]
    file = wheel(tmp_path / "one.whl", dict.fromkeys(members, ""))
    unpack_wheel(file, tmp_path / "out")
    found = {
        path.relative_to(tmp_path / "out").as_posix()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    assert found == {*kept, "one/__init__.py"}


def test_an_archive_cannot_write_outside_its_folder(tmp_path: Path) -> None:
    file = wheel(tmp_path / "one.whl", {"../outside.py": ""})
    with pytest.raises(Stopped, match="outside its folder"):
        unpack_wheel(file, tmp_path / "out")
    assert not (tmp_path / "outside.py").exists()


# --- pinned -------------------------------------------------------------------------------------------


def test_the_lock_covers_everything_that_runs() -> None:
    runtime = pinned("requirements.lock")
    assert runtime.items() <= pinned("requirements-installer.lock").items()
    assert "pyinstaller" in locked_names(ROOT, "requirements-installer.lock")


def test_the_lock_pins_every_line_by_hash() -> None:
    text = (ROOT / "requirements-installer.lock").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text


def pinned(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, re.MULTILINE))
