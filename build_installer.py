#!/usr/bin/env python3
"""Makes what people install: a Debian package, and an installer for Windows. For maintainers.

    python3 build_installer.py deb
    python3 build_installer.py windows --embedded-python FILE.zip --sha256 HEX

1. Only what is committed is packed, from a copy of the last commit; work in progress never slips in.
2. The same commit with the same Python gives the same bytes: hash seed fixed, every time is that of the commit.
3. Everything packed is pinned: libraries by the hashes of `requirements-installer.lock` and
   `requirements.lock`, the embeddable Python by the SHA-256 given on the command line.
4. Installing and uninstalling touch the program's own files and nothing else. A vault is never deleted: no
   folder is removed with its contents, only files that the installer laid, each by its name.
5. A package that cannot work is not written: every library that a packed one needs is packed too or is named
   as the system's, and the frozen program must answer before it is packed.

Standard library only. Tools: git; for Debian dpkg-deb and binutils; for Windows makensis (package nsis).
"""

import argparse
import ast
import dataclasses
import fnmatch
import gzip
import hashlib
import json
import os
import py_compile
import re
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

import run

ROOT = Path(__file__).resolve().parent
WORK = ROOT / "build" / "installer"
DIST = ROOT / "dist"
SUMMARY = "protection interviews and leaflets without a network"
MAINTAINER = "fieldkit contributors <fieldkit@localhost>"

# --- what is packed -----------------------------------------------------------------------------------

MODULES_LEFT_OUT = (
    *(
        "tkinter",
        "unittest",
        "doctest",
        "pydoc",
        "pdb",
        "lib2to3",
        "setuptools",
        "pkg_resources",
        "distutils",
    ),
    *("PIL.ImageQt", "PIL.ImageTk", "PIL._avif", "PIL._webp", "PIL._imagingtk", "PIL._imagingcms"),
    *("ssl", "_ssl", "_hashlib", "_uuid", "sqlite3", "_sqlite3", "readline", "curses", "_curses"),
    *("PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL"),
    *("babel.messages.frontend", "babel.messages.setuptools_frontend", "cffi.recompiler", "pycparser"),
    *("lxml.objectify", "lxml.html", "lxml.isoschematron", "lxml.sax", "uharfbuzz._harfbuzz_test"),
)
"""Never needed by the program. It opens no socket and has one door to cryptography, so Python's own copy of
OpenSSL stays out: a second one would only wait for its security updates."""

QT_PLUGINS = (
    *("platforms/*xcb.*", "platforms/*wayland.*", "platforms/*wayland-*", "platforms/*offscreen.*"),
    *("platforms/qwindows.dll", "styles/*", "wayland-shell-integration/*xdg-shell.*"),
    *("wayland-decoration-client/*", "platforminputcontexts/*compose*", "platforminputcontexts/*ibus*"),
    *("platformthemes/*xdgdesktopportal*", "iconengines/*svg*", "imageformats/*svg*", "imageformats/*jpeg*"),
)
"""The Qt plugins that widgets on a screen need; of the rest (SQL, QML, 3D, printers) nothing is packed."""

LIBRARY_DATA = ("pyxform/validators/pyxform/iana_subtags/*.txt",)
"""What libraries read while they run and PyInstaller does not find by itself."""

FILES_LEFT_OUT = (
    *("PySide6/translations/*", "PySide6/Qt/translations/*", "PySide6/Qt/qml/*", "PySide6/Qt/metatypes/*"),
    *("PySide6/Qt/lib/libQt6EglF*", "PySide6/Qt/lib/libQt6Network.*", "PySide6/Qt/lib/libQt6OpenGL.*"),
    *("shiboken6/vcamp140.dll", "shiboken6/vccorlib140.dll", "shiboken6/vcomp140.dll", "reportlab/fonts/*"),
    *("pyxform/validators/odk_validate/*", "pyxform/validators/xlsform_spec_test.xml", "PIL/_avif.*"),
    *("PIL/_webp.*", "PIL/_imagingcms.*", "PIL/_imagingtk.*", "uharfbuzz/_harfbuzz_test.*"),
    *("lxml/isoschematron/*", "lxml/includes/*"),
    *("*.pyi", "*.pyx", "*.pxd", "*.pxi", "*/py.typed", "*/tests/*", "charset_normalizer/cli/*"),
    *("*/INSTALLER", "*/RECORD", "*/REQUESTED", "*/direct_url.json"),
)
"""Data that libraries bring for jobs that the program does not do."""

RESOURCES_LEFT_OUT = ("*/README.md", "resources/readme.png")

PYTHON_LIBRARIES = ("libpython3*", "libffi.so*", "libz.so*", "liblzma.so*", "libbz2.so*")
"""Libraries of the building machine that Python itself needs: packed, so that any later Debian will do."""

SYSTEM_LIBRARIES = {
    **run.QT_LIBRARIES,
    **run.WINDOW_LIBRARIES,
    "libc.so.6": "libc6 (>= 2.34)",
    "libm.so.6": "libc6 (>= 2.34)",
    "libmvec.so.1": "libc6 (>= 2.34)",
    "libdl.so.2": "libc6 (>= 2.34)",
    "librt.so.1": "libc6 (>= 2.34)",
    "libpthread.so.0": "libc6 (>= 2.34)",
    "ld-linux-x86-64.so.2": "libc6 (>= 2.34)",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-util.so.1": "libxcb-util1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libzstd.so.1": "libzstd1",
    "libfreetype.so.6": "libfreetype6",
}
"""What packed libraries load from the system, and the Debian package that brings it."""

WINDOWS_PYSIDE = (
    *("__init__.py", "_config.py", "_git_pyside_version.py", "support/*", "pyside6.abi3.dll"),
    *("QtCore.pyd", "QtGui.pyd", "QtWidgets.pyd", "QtSvg.pyd"),
    *("Qt6Core.dll", "Qt6Gui.dll", "Qt6Widgets.dll", "Qt6Svg.dll"),
    *("msvcp140*.dll", "vcruntime140*.dll", "concrt140.dll"),
)
"""Of PySide6 on Windows, where everything lies in one folder: what is packed, besides plugins."""

WINDOWS_LIBRARIES = (
    *("kernel32", "user32", "gdi32", "advapi32", "shell32", "ole32", "oleaut32", "ws2_32", "winmm", "mpr"),
    *(
        "netapi32",
        "userenv",
        "version",
        "bcrypt",
        "bcryptprimitives",
        "crypt32",
        "ntdll",
        "dwmapi",
        "uxtheme",
    ),
    *("imm32", "comdlg32", "winspool.drv", "shlwapi", "wtsapi32", "rpcrt4", "setupapi", "iphlpapi", "dwrite"),
    *("d2d1", "d3d9", "d3d11", "d3d12", "dxgi", "dcomp", "shcore", "authz", "runtimeobject", "cfgmgr32"),
    *(
        "comctl32",
        "propsys",
        "msi",
        "cabinet",
        "powrprof",
        "psapi",
        "dbghelp",
        "secur32",
        "oleacc",
        "ucrtbase",
    ),
    *("opengl32", "uiautomationcore", "dnsapi", "winhttp", "normaliz", "msimg32", "dxva2", "wldap32", "pdh"),
    *("icuuc", "icuin", "icu", "mscms", "usp10", "api-ms-win-*", "ext-ms-*"),
)
"""What Windows 10 itself brings."""

# --- templates ----------------------------------------------------------------------------------------

SPEC = """\
# Written by build_installer.py; run by PyInstaller.
import sys
sys.path.insert(0, {root!r})
from build_installer import is_packed, MODULES_LEFT_OUT

analysis = Analysis(
    [{script!r}],
    pathex=[{source!r}],
    datas={datas!r},
    hiddenimports={modules!r},
    excludes=list(MODULES_LEFT_OUT),
)
binaries = sorted(entry for entry in analysis.binaries if is_packed(entry[0], entry[1]))
datas = sorted(entry for entry in analysis.datas if is_packed(entry[0], entry[1]))
modules = PYZ(analysis.pure)
# The converter is the same program with a fixed hash seed: a frozen one does not read PYTHONHASHSEED.
options = {{"fieldkit": [], "{converter}": [("hash_seed=0", None, "OPTION")]}}
programs = [
    EXE(
        modules,
        analysis.scripts,
        [("X utf8", None, "OPTION"), *more],
        exclude_binaries=True,
        name=name,
        console=True,
        upx=False,
    )
    for name, more in options.items()
]
COLLECT(*programs, binaries, datas, upx=False, name="fieldkit")
"""

CONTROL = """\
Package: fieldkit
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {kibibytes}
Depends: {depends}
Section: misc
Priority: optional
Description: {summary}
 Holds protection interviews in two languages side by side, prints leaflets in
 the languages of arrivals, and exchanges sealed bundles with headquarters.
 Everything is kept in an encrypted vault in the person's own folder, which
 installing, upgrading and removing this package never touch.
"""

DESKTOP = f"""\
[Desktop Entry]
Type=Application
Name=fieldkit
Comment={SUMMARY[0].upper() + SUMMARY[1:]}
Comment[fr]=Entretiens de protection et dépliants, sans réseau
Comment[es]=Entrevistas de protección y folletos, sin red
Exec=fieldkit
Icon=fieldkit
Terminal=false
Categories=Office;
"""

CONVERTER = "fieldkit-converter"
"""The second program beside the first; `fieldkit.forms.authoring` starts it by this name."""
PROGRAMS = ("fieldkit", CONVERTER)
WINDOW_SECONDS = 5  # that a window stays open when nobody closes it

ICON = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
<rect x="2" y="2" width="60" height="60" rx="13" fill="#1f4e5f"/>
<g fill="none" stroke="#ffffff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round">
<path d="M13 16h26v19H24l-7 7v-7h-4z"/>
<path d="M45 25h6v19h-4v7l-7-7H29v-3"/>
</g>
</svg>
"""

COPYRIGHT = """\
Name: fieldkit
Comment:
 The licences of packed libraries lie beside this file in the folder licences,
 each under the name and version it was published as. Qt {qt}, PySide6 and
 Shiboken are used under the LGPL-3 as separate shared libraries in
 /usr/lib/fieldkit/_internal/PySide6, which may be replaced. Python {python} is
 under the PSF licence. Fonts: see the OFL-1.1 in
 /usr/lib/fieldkit/_internal/resources/fonts/OFL.txt.

Files: *
Copyright: 2026 the fieldkit contributors
License: Apache-2.0
 On Debian systems the full text is in /usr/share/common-licenses/Apache-2.0.

Files: usr/lib/fieldkit/_internal/PySide6/* usr/lib/fieldkit/_internal/shiboken6/*
Copyright: The Qt Company Ltd. and other contributors
License: LGPL-3
 On Debian systems the full text is in /usr/share/common-licenses/LGPL-3.
"""

COMMAND_FILE = """\
@"%~dp0python\\python.exe" -X utf8 -m fieldkit %*\r
"""

NSIS = """\
; Written by build_installer.py. Removes only what it laid, file by file; folders only when they are empty.
Target amd64-unicode
SetCompressor /SOLID lzma
SetDateSave off
Name "fieldkit {version}"
OutFile "{output}"
InstallDir "$PROGRAMFILES64\\fieldkit"
InstallDirRegKey HKLM "Software\\fieldkit" "Folder"
RequestExecutionLevel admin
VIProductVersion "{version}.0"
VIAddVersionKey "ProductName" "fieldkit"
VIAddVersionKey "ProductVersion" "{version}"
VIAddVersionKey "FileVersion" "{version}"
VIAddVersionKey "FileDescription" "{summary}"
VIAddVersionKey "LegalCopyright" "fieldkit contributors, Apache-2.0"
LicenseData "{folder}/LICENSE.txt"
Page license
Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles
UninstallText "The program is removed. Vaults, bundles and papers stay where they are."

Function .onInit
  SetShellVarContext all
  ReadRegStr $0 HKLM "Software\\Microsoft\\Windows NT\\CurrentVersion" "CurrentBuildNumber"
  IntCmp $0 {oldest_windows} enough 0 enough
  MessageBox MB_OK|MB_ICONSTOP "fieldkit needs Windows 10, version 1903 or newer. Nothing was changed." /SD IDOK
  SetErrorLevel 2
  Quit
enough:
FunctionEnd

Function un.onInit
  SetShellVarContext all
FunctionEnd

Section
  IfFileExists "$INSTDIR\\uninstall.exe" 0 +2
  ExecWait '"$INSTDIR\\uninstall.exe" /S _?=$INSTDIR'
{lay}
  WriteUninstaller "$INSTDIR\\uninstall.exe"
  SetOutPath "$INSTDIR"
  StrCpy $1 "$INSTDIR\\python\\pythonw.exe"
  CreateShortcut "$SMPROGRAMS\\fieldkit.lnk" $1 "-X utf8 -m fieldkit" "$INSTDIR\\fieldkit.ico"
  WriteRegStr HKLM "Software\\fieldkit" "Folder" "$INSTDIR"
  WriteRegStr HKLM "{uninstall_key}" "DisplayName" "fieldkit"
  WriteRegStr HKLM "{uninstall_key}" "DisplayVersion" "{version}"
  WriteRegStr HKLM "{uninstall_key}" "Publisher" "fieldkit contributors"
  WriteRegStr HKLM "{uninstall_key}" "UninstallString" '"$INSTDIR\\uninstall.exe"'
  WriteRegStr HKLM "{uninstall_key}" "QuietUninstallString" '"$INSTDIR\\uninstall.exe" /S'
  WriteRegDWORD HKLM "{uninstall_key}" "EstimatedSize" {kibibytes}
  WriteRegDWORD HKLM "{uninstall_key}" "NoModify" 1
  WriteRegDWORD HKLM "{uninstall_key}" "NoRepair" 1
SectionEnd

Section "Uninstall"
{remove}
  Delete "$SMPROGRAMS\\fieldkit.lnk"
  Delete "$INSTDIR\\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKLM "{uninstall_key}"
  DeleteRegKey HKLM "Software\\fieldkit"
SectionEnd
"""
OLDEST_WINDOWS = 18362  # the build number of Windows 10 version 1903, the oldest that Qt 6.12 runs on
UNINSTALL_KEY = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\fieldkit"


class Stopped(Exception):
    """The build cannot go on; the text says what to do."""


# --- the command --------------------------------------------------------------------------------------


def main(words: Sequence[str]) -> int:
    """Build what `words` names. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Make what people install, into dist/.")
    kinds = parser.add_subparsers(dest="kind", required=True)
    kinds.add_parser("deb", help="a package for Debian 12 or newer")
    windows = kinds.add_parser("windows", help="an installer for 64-bit Windows 10 or newer")
    windows.add_argument("--embedded-python", type=Path, required=True, help="the official embeddable zip")
    windows.add_argument("--sha256", required=True, help="its SHA-256 as its publisher names it")
    asked = parser.parse_args(words)
    try:
        made = build_deb() if asked.kind == "deb" else build_windows(asked.embedded_python, asked.sha256)
    except Stopped as stop:
        print(stop, file=sys.stderr)
        return 1
    print(f"{made.relative_to(ROOT)}: {made.stat().st_size:,} bytes, sha256 {_sha256(made)}")
    return 0


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
    _need_tools({"git": "git"})
    os.umask(0o022)
    source, built = WORK / "source", WORK / "built"
    for folder in (source, built):
        shutil.rmtree(folder, ignore_errors=True)
    source.mkdir(parents=True)
    archive = WORK / "source.tar"
    _tool(["git", "-C", str(ROOT), "archive", "--output", str(archive), "HEAD"])
    with tarfile.open(archive) as packed:
        packed.extractall(source, filter="data")
    epoch = int(_tool(["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]))
    prepared = Prepared(source, built, _environment(source), version(source), epoch)
    print("Preparing languages and forms …", flush=True)
    _tool([str(prepared.python), "-m", "fieldkit", "build"], cwd=source, env=prepared.environment)
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
    wanted = f"{_sha256(lock)} {sys.version}"
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        print("Installing the locked libraries …", flush=True)
        venv.create(folder, clear=True, with_pip=True)
        command = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        _tool([*command, *_PINNED, "-r", str(lock)])
        stamp.write_text(wanted, encoding="utf-8")
    return python


_PINNED = ("--require-hashes", "--only-binary=:all:", "--no-deps")

# --- the Debian package -------------------------------------------------------------------------------


def build_deb() -> Path:
    """Freeze the program, see that it works, and pack it. Returns the package. Raises Stopped."""
    _need_tools({"dpkg-deb": "dpkg", "dpkg": "dpkg", "objdump": "binutils", "strip": "binutils"})
    prepared = prepare()
    frozen = freeze(prepared)
    sort_archive(frozen / "_internal" / "base_library.zip")
    strip_symbols(frozen)
    needed = needed_libraries(frozen)
    _stop_when_unmet(unmet_libraries(needed, SYSTEM_LIBRARIES.__contains__))
    prove(frozen, prepared)
    names = {name for names in needed.values() for name in names}
    architecture = _tool(["dpkg", "--print-architecture"]).strip()
    stage = lay_deb(frozen, prepared, architecture, names, WORK / "deb")
    DIST.mkdir(exist_ok=True)
    target = DIST / f"fieldkit_{prepared.version}_{architecture}.deb"
    print("Packing …", flush=True)
    # One thread: xz cuts its blocks by the number of threads, and so would differ from machine to machine.
    options = ("--root-owner-group", "-Zxz", "-z9", "--threads-max=1")
    _tool(["dpkg-deb", *options, "--build", str(stage), str(target)], env=prepared.environment)
    return target


def freeze(prepared: Prepared) -> Path:
    """Run PyInstaller. Returns the folder with the program and everything it needs."""
    print("Freezing the program …", flush=True)
    spec = WORK / "fieldkit.spec"
    packages = _site_packages(prepared.python)
    spec.write_text(spec_text(prepared.source, prepared.built, packages), encoding="utf-8")
    folders = ("--distpath", str(WORK / "frozen"), "--workpath", str(WORK / "pyinstaller"))
    options = ("--noconfirm", "--clean", "--log-level", "WARN")
    command = [str(prepared.python), "-m", "PyInstaller", *options, *folders, str(spec)]
    _tool(command, cwd=WORK, env=prepared.environment)
    return WORK / "frozen" / "fieldkit"


def spec_text(source: Path, built: Path, packages: Path) -> str:
    """The instructions for PyInstaller: every module of the program, its resources, its build outputs."""
    datas = [
        (str(path), str(PurePosixPath(name).parent))
        for name, path in sorted([*program_data(source, built), *library_data(packages)])
    ]
    return SPEC.format(
        root=str(ROOT),
        source=str(source),
        script=str(source / "fieldkit" / "__main__.py"),
        datas=datas,
        modules=program_modules(source),
        converter=CONVERTER,
    )


def program_modules(source: Path) -> list[str]:
    """Every module of the program, by name; some are only found by name at run time."""
    names = (path.relative_to(source).with_suffix("") for path in (source / "fieldkit").rglob("*.py"))
    return sorted(".".join(name.parts).removesuffix(".__init__") for name in names)


def program_data(source: Path, built: Path) -> Iterable[tuple[str, Path]]:
    """Name in the package and place now of every file of data, as `fieldkit.files` looks for it."""
    for name, folder in (
        ("resources", source / "resources"),
        ("build/translations", built / "translations"),
        ("build/forms", built / "forms"),
    ):
        for path in sorted(folder.rglob("*")):
            packed = f"{name}/{path.relative_to(folder).as_posix()}"
            if path.is_file() and not _matches(packed, RESOURCES_LEFT_OUT):
                yield packed, path


def library_data(packages: Path) -> Iterable[tuple[str, Path]]:
    """Name in the package and place now of `LIBRARY_DATA`. Raises Stopped when a library has none any more."""
    for pattern in LIBRARY_DATA:
        found = sorted(packages.glob(pattern))
        if not found:
            raise Stopped(f"No library brings {pattern} any more.")
        yield from ((path.relative_to(packages).as_posix(), path) for path in found)


def is_packed(name: str, origin: str) -> bool:
    """Whether PyInstaller's find `name`, which lies at `origin`, goes into the package."""
    packed = PurePosixPath(name)
    if not origin.startswith("/"):  # a link; it goes with what it leads to
        return is_packed(origin, "/")
    if origin.startswith(("/lib/", "/usr/lib/")):
        return _matches(packed.name, PYTHON_LIBRARIES)
    if "/plugins/" in str(packed):
        return _matches(str(packed).partition("/plugins/")[2], QT_PLUGINS)
    return not _matches(str(packed), FILES_LEFT_OUT)


def needed_libraries(folder: Path) -> dict[str, frozenset[str]]:
    """For every library and program in `folder`, by its path: the names of the libraries it loads."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and _is_binary(path):
            said = _tool(["objdump", "-p", str(path)])
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


def _stop_when_unmet(lines: Sequence[str]) -> None:
    if lines:
        raise Stopped("Packed libraries need others that nothing brings: " + "; ".join(lines))


def sort_archive(archive: Path) -> None:
    """Put the members of a zip in order: PyInstaller's order depends on the folder it works in."""
    with zipfile.ZipFile(archive) as packed:
        members = {member.filename: packed.read(member) for member in packed.infolist()}
    with zipfile.ZipFile(archive, "w") as packed:
        for name, content in sorted(members.items()):
            packed.writestr(zipfile.ZipInfo(name), content)


def strip_symbols(frozen: Path) -> None:
    """Take symbols for debuggers out of shared libraries: 45 MB. Qt's have none; programs carry data behind."""
    for path in sorted((frozen / "_internal").rglob("*.so*")):
        inner = path.relative_to(frozen / "_internal")
        if path.is_file() and not path.is_symlink() and inner.parts[0] not in ("PySide6", "shiboken6"):
            _tool(["strip", "--strip-unneeded", str(path)])


def prove(frozen: Path, prepared: Prepared) -> None:
    """Let the frozen program answer: version, a form through its child, a leaflet, a window. Raises Stopped."""
    print("Trying the frozen program …", flush=True)
    program, built, home = str(frozen / "fieldkit"), prepared.built / "forms", WORK / "home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    bare = {"PATH": os.environ["PATH"], "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    if prepared.version not in _tool([program, "--version"], env=bare):
        raise Stopped(f"The frozen program does not say that it is {prepared.version}.")
    for form in sorted(built.glob("*.xlsx")):
        _tool([program, "form", "check", str(form)], env=bare)
        _prove_conversion(frozen / CONVERTER, form, bare)
    paper = str(home / "leaflet.pdf")
    _tool([program, "leaflet", "make", "L01", "--in", "ar", "--out", paper], env=bare)
    _prove_window([program], bare)


def _prove_conversion(converter: Path, form: Path, environment: Mapping[str, str]) -> None:
    request = json.dumps({"kind": "xlsx", "name": form.name}).encode() + b"\n" + form.read_bytes()
    command = [str(converter), "convert-form-in-child"]
    done = subprocess.run(command, input=request, env=environment, capture_output=True, check=False)
    expected = form.with_suffix(".xml").read_text(encoding="utf-8")
    if done.returncode != 0 or json.loads(done.stdout)["xform"] != expected:
        raise Stopped(f"The frozen converter does not make of {form.name} what the build made of it.")


def _prove_window(command: Sequence[str], environment: Mapping[str, str]) -> None:
    window = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
    try:
        _, said = window.communicate(timeout=WINDOW_SECONDS)
    except subprocess.TimeoutExpired:
        window.kill()
        window.communicate()
        return
    raise Stopped("The frozen window closed by itself:\n" + said.decode("utf-8", "replace")[-2000:])


def depends(needed: Iterable[str]) -> str:
    """The Debian packages that bring what is `needed`, and what Qt loads by name when it starts a window."""
    loaded = {**run.QT_LIBRARIES, **run.WINDOW_LIBRARIES}
    named = {SYSTEM_LIBRARIES[name] for name in needed if name in SYSTEM_LIBRARIES}
    return ", ".join(sorted(named | set(loaded.values())))


def control_text(version_: str, architecture: str, kibibytes: int, needed: Iterable[str]) -> str:
    """The control file of the Debian package."""
    return CONTROL.format(
        version=version_,
        architecture=architecture,
        maintainer=MAINTAINER,
        kibibytes=kibibytes,
        depends=depends(needed),
        summary=SUMMARY,
    )


def lay_deb(frozen: Path, prepared: Prepared, architecture: str, needed: Iterable[str], stage: Path) -> Path:
    """Lay out the package as a folder tree in `stage`, owners aside. Returns `stage`."""
    shutil.rmtree(stage, ignore_errors=True)
    shutil.copytree(frozen, stage / "usr/lib/fieldkit", symlinks=True)
    (stage / "usr/bin").mkdir()
    (stage / "usr/bin/fieldkit").symlink_to("../lib/fieldkit/fieldkit")
    papers = stage / "usr/share/doc/fieldkit"
    texts = {
        "usr/share/applications/fieldkit.desktop": DESKTOP.encode(),
        "usr/share/icons/hicolor/scalable/apps/fieldkit.svg": ICON.encode(),
        "usr/share/doc/fieldkit/copyright": _copyright(prepared).encode(),
        "usr/share/doc/fieldkit/NOTICE": (prepared.source / "NOTICE").read_bytes(),
        "usr/share/doc/fieldkit/changelog.gz": gzip.compress(
            (prepared.source / "CHANGELOG.md").read_bytes(), mtime=0
        ),
    }
    for name, content in texts.items():
        (stage / name).parent.mkdir(parents=True, exist_ok=True)
        (stage / name).write_bytes(content)
    lay_licences(_site_packages(prepared.python), locked_names(prepared.source), papers / "licences")
    files = sorted(path for path in stage.rglob("*") if path.is_file() and not path.is_symlink())
    kibibytes = sum(-(-path.stat().st_size // 1024) for path in files)
    (stage / "DEBIAN").mkdir()
    (stage / "DEBIAN/control").write_text(
        control_text(prepared.version, architecture, kibibytes, needed), encoding="utf-8"
    )
    sums = (f"{_digest(path, 'md5')}  {path.relative_to(stage).as_posix()}\n" for path in files)
    (stage / "DEBIAN/md5sums").write_text("".join(sums), encoding="utf-8")
    settle(stage, prepared.epoch)
    return stage


def _copyright(prepared: Prepared) -> str:
    lock = (prepared.source / "requirements.lock").read_text(encoding="utf-8")
    found = re.search(r"^pyside6-essentials==(\S+)", lock, re.MULTILINE)
    python = ".".join(str(part) for part in sys.version_info[:3])
    return COPYRIGHT.format(qt=found[1] if found else "6", python=python)


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
                        _copy(path, target / info.name.removesuffix(".dist-info") / inner)


def locked_names(source: Path, lock: str = "requirements.lock") -> tuple[str, ...]:
    """The names of the libraries in a lock, in small letters."""
    text = (source / lock).read_text(encoding="utf-8")
    return tuple(sorted(name.lower() for name in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)))


def _site_packages(python: Path) -> Path:
    said = _tool([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"])
    return Path(said.strip())


# --- the installer for Windows ------------------------------------------------------------------------


def build_windows(embedded: Path, sha256: str) -> Path:
    """Lay the program around the embeddable Python, and make the installer. Raises Stopped."""
    check_embedded(embedded, sha256)
    prepared = prepare()
    layout = lay_windows(embedded, prepared)
    DIST.mkdir(exist_ok=True)
    target = DIST / f"fieldkit-{prepared.version}-windows-x64.exe"
    script = WORK / "fieldkit.nsi"
    script.write_text(nsis_text(layout, prepared.version, target), encoding="utf-8", newline="\n")
    _need_tools({"makensis": "nsis"})
    print("Packing …", flush=True)
    _tool(["makensis", "-NOCD", "-V2", "-WX", str(script)], env=prepared.environment)
    return target


def check_embedded(embedded: Path, sha256: str) -> str:
    """The version ("3.12") of the embeddable Python. Raises Stopped when it is not the pinned file."""
    if not re.fullmatch(r"[0-9a-fA-F]{64}", sha256):
        raise Stopped("--sha256 takes the 64 hexadecimal digits that the publisher of Python names.")
    if not embedded.is_file():
        raise Stopped(f"There is no file {embedded}. It is the 'embeddable package (64-bit)' of Python.")
    if _sha256(embedded) != sha256.lower():
        raise Stopped(f"{embedded.name} is not the file that was pinned: it has sha256 {_sha256(embedded)}.")
    with zipfile.ZipFile(embedded) as packed:
        found = [re.fullmatch(r"python3(\d+)\._pth", name) for name in packed.namelist()]
    minors = [int(match[1]) for match in found if match]
    if len(minors) != 1 or (3, minors[0]) != sys.version_info[:2]:
        here = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Stopped(f"{embedded.name} is not the embeddable Python {here}; build with the same Python.")
    return f"3.{minors[0]}"


def lay_windows(embedded: Path, prepared: Prepared) -> Path:
    """Python, libraries, program and data as they will lie on the disk. Returns the folder."""
    number = f"{sys.version_info[0]}.{sys.version_info[1]}"
    stage, wheels = WORK / "windows", WORK / "wheels"
    for folder in (stage, wheels):
        shutil.rmtree(folder, ignore_errors=True)
    print("Collecting the libraries for Windows …", flush=True)
    collect_wheels(prepared.python, prepared.source / "requirements.lock", number, wheels)
    for wheel in sorted(wheels.glob("*.whl")):
        unpack_wheel(wheel, stage / "packages")
    with zipfile.ZipFile(embedded) as packed:
        for member in packed.infolist():
            if not member.is_dir():
                _write(stage / "python", member.filename, packed.read(member))
    (stage / "python" / f"python{number.replace('.', '')}._pth").write_bytes(pth_text(number).encode())
    for path in sorted((prepared.source / "fieldkit").rglob("*.py")):
        _copy(path, stage / "app" / path.relative_to(prepared.source))
    for name, path in program_data(prepared.source, prepared.built):
        _copy(path, stage / "app" / name)
    for name in ("LICENSE", "NOTICE"):
        text = (prepared.source / name).read_text(encoding="utf-8")
        (stage / f"{name}.txt").write_bytes(text.replace("\n", "\r\n").encode())
    (stage / "fieldkit.cmd").write_bytes(COMMAND_FILE.encode())
    _write_icon(stage / "fieldkit.ico", prepared)
    _compile(stage)
    _stop_when_unmet(unmet_libraries(needed_libraries(stage), _is_windows_library))
    settle(stage, prepared.epoch)
    return stage


def collect_wheels(python: Path, lock: Path, number: str, target: Path) -> None:
    """Fetch the locked libraries as they are published for Windows. Raises Stopped."""
    platform = ("--platform", "win_amd64", "--implementation", "cp", "--python-version", number)
    command = (str(python), "-m", "pip", "download", "--quiet", "--disable-pip-version-check")
    _tool([*command, *platform, *_PINNED, "-r", str(lock), "-d", str(target)])


def unpack_wheel(wheel: Path, target: Path) -> None:
    """Lay a wheel's libraries out as an installed one, without scripts and what is left out."""
    with zipfile.ZipFile(wheel) as packed:
        for member in packed.infolist():
            name = installed_name(member.filename)
            if not member.is_dir() and name and is_packed_on_windows(name):
                _write(target, name, packed.read(member))


def installed_name(name: str) -> str | None:
    """Where a wheel's member lies when installed; None for scripts and headers (PEP 427)."""
    first, _, rest = name.partition("/")
    if not first.endswith(".data"):
        return name
    kind, _, inner = rest.partition("/")
    return inner if kind in ("purelib", "platlib") else None


def is_packed_on_windows(name: str) -> bool:
    """Whether a library's file goes into the installer for Windows."""
    inner = name.removeprefix("PySide6/")
    if inner.startswith("plugins/"):
        return _matches(inner.removeprefix("plugins/"), QT_PLUGINS)
    if inner != name:
        return _matches(inner, WINDOWS_PYSIDE)
    module = PurePosixPath(name).with_suffix("").as_posix().replace("/", ".")
    left_out = any(module == one or module.startswith(f"{one}.") for one in MODULES_LEFT_OUT)
    return not left_out and not _matches(name, FILES_LEFT_OUT) and not name.endswith((".exe", ".lib", ".h"))


def pth_text(number: str) -> str:
    """Where the embedded Python looks for modules; nothing of the computer's own Python, no site folder."""
    return f"python{number.replace('.', '')}.zip\r\n.\r\n..\\app\r\n..\\packages\r\n"


def _compile(stage: Path) -> None:
    # People cannot write into the program's folder: what is not compiled now would be at every start.
    for path in sorted([*(stage / "app").rglob("*.py"), *(stage / "packages").rglob("*.py")]):
        name = path.relative_to(stage).as_posix()
        mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
        py_compile.compile(str(path), dfile=name, doraise=True, invalidation_mode=mode)


def _write_icon(target: Path, prepared: Prepared) -> None:
    """The icon as Windows wants it, drawn by the Qt of the build environment."""
    drawing = WORK / "fieldkit.svg"
    drawing.write_text(ICON, encoding="utf-8")
    code = (
        "import sys; from PySide6.QtGui import QGuiApplication, QIcon; a = QGuiApplication([]); "
        "sys.exit(not QIcon(sys.argv[1]).pixmap(64, 64).save(sys.argv[2], 'ICO'))"
    )
    environment = {**prepared.environment, "QT_QPA_PLATFORM": "offscreen"}
    _tool([str(prepared.python), "-c", code, str(drawing), str(target)], env=environment)


def _is_windows_library(name: str) -> bool:
    return _matches(name.lower(), [f"{one}*" if "." in one else f"{one}.dll" for one in WINDOWS_LIBRARIES])


def nsis_text(layout: Path, version_: str, output: Path) -> str:
    """The script of the installer: each file by name, to lay it and to remove it."""
    names = sorted(path.relative_to(layout).as_posix() for path in layout.rglob("*") if path.is_file())
    size = sum((layout / name).stat().st_size for name in names)
    return NSIS.format(
        version=version_,
        output=output,
        folder=layout,
        summary=SUMMARY,
        kibibytes=-(-size // 1024),
        uninstall_key=UNINSTALL_KEY,
        oldest_windows=OLDEST_WINDOWS,
        lay="\n".join(lay_lines(layout, names)),
        remove="\n".join(remove_lines(names)),
    )


def lay_lines(layout: Path, names: Sequence[str]) -> Iterable[str]:
    """NSIS commands that lay the files, folder by folder."""
    current = None
    for name in sorted(names, key=lambda one: (_folder_of(one), one)):
        if _folder_of(name) != current:
            current = _folder_of(name)
            yield f'  SetOutPath "{_installed(current)}"'
        yield f'  File "{layout / name}"'


def remove_lines(names: Sequence[str]) -> Iterable[str]:
    """NSIS commands that remove those files and then the folders that are empty, inner ones first."""
    yield from (f'  Delete "{_installed(name)}"' for name in names)
    folders = {str(parent) for name in names for parent in PurePosixPath(name).parents} - {"."}
    for folder in sorted(folders, key=lambda one: (-one.count("/"), one)):
        yield f'  RMDir "{_installed(folder)}"'


def _folder_of(name: str) -> str:
    parent = str(PurePosixPath(name).parent)
    return "" if parent == "." else parent


def _installed(name: str) -> str:
    escaped = name.replace("$", "$$").replace("/", "\\")
    return f"$INSTDIR\\{escaped}".rstrip("\\")


# --- small tools --------------------------------------------------------------------------------------


def _need_tools(packages: Mapping[str, str]) -> None:
    missing = sorted({package for tool, package in packages.items() if shutil.which(tool) is None})
    if missing:
        raise Stopped("Some tools are missing. Run: sudo apt-get install " + " ".join(missing))


def _tool(command: Sequence[str], cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> str:
    """What a tool says on its standard output. Raises Stopped with its last words when it fails."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, check=False)
    if done.returncode != 0:
        words = (done.stdout + done.stderr).decode("utf-8", "replace").strip()[-2000:]
        raise Stopped(f"{Path(command[0]).name} failed with exit code {done.returncode}:\n{words}")
    return done.stdout.decode("utf-8", "replace")


def _is_binary(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(4)
    return start == b"\x7fELF" or (start[:2] == b"MZ" and path.suffix.lower() in (".exe", ".dll", ".pyd"))


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def _write(folder: Path, name: str, content: bytes) -> None:
    target = folder / name
    if not target.resolve().is_relative_to(folder.resolve()):
        raise Stopped(f"An archive names a place outside its folder: {name}")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)


def _digest(path: Path, algorithm: str) -> str:
    return hashlib.new(algorithm, path.read_bytes(), usedforsecurity=False).hexdigest()


def _sha256(path: Path) -> str:
    return _digest(path, "sha256")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
