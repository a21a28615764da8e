"""The Debian package: the program frozen by PyInstaller, tried, and packed."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

import run
from installers.libraries import needed_libraries, stop_when_unmet, unmet_libraries
from installers.packed import CONVERTER, library_data, program_data, program_modules
from installers.prepared import (
    DIST,
    ICON,
    SUMMARY,
    WORK,
    Prepared,
    lay_licences,
    locked_names,
    prepare,
    settle,
    site_packages,
)
from installers.tools import ROOT, Stopped, digest, need_tools, tool

MAINTAINER = "fieldkit contributors <fieldkit@localhost>"

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

WINDOW_SECONDS = 5  # that a window stays open when nobody closes it

SPEC = """\
# Written by build_installer.py; run by PyInstaller.
import sys
sys.path.insert(0, {root!r})
from installers.packed import MODULES_LEFT_OUT, is_packed

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


def build_deb() -> Path:
    """Freeze the program, see that it works, and pack it. Returns the package. Raises Stopped."""
    need_tools({"dpkg-deb": "dpkg", "dpkg": "dpkg", "objdump": "binutils", "strip": "binutils"})
    prepared = prepare()
    frozen = freeze(prepared)
    sort_archive(frozen / "_internal" / "base_library.zip")
    strip_symbols(frozen)
    needed = needed_libraries(frozen)
    stop_when_unmet(unmet_libraries(needed, SYSTEM_LIBRARIES.__contains__))
    prove(frozen, prepared)
    names = {name for names in needed.values() for name in names}
    architecture = tool(["dpkg", "--print-architecture"]).strip()
    stage = lay_deb(frozen, prepared, architecture, names, WORK / "deb")
    DIST.mkdir(exist_ok=True)
    target = DIST / f"fieldkit_{prepared.version}_{architecture}.deb"
    print("Packing …", flush=True)
    # One thread: xz cuts its blocks by the number of threads, and so would differ from machine to machine.
    options = ("--root-owner-group", "-Zxz", "-z9", "--threads-max=1")
    tool(["dpkg-deb", *options, "--build", str(stage), str(target)], env=prepared.environment)
    return target


def freeze(prepared: Prepared) -> Path:
    """Run PyInstaller. Returns the folder with the program and everything it needs."""
    print("Freezing the program …", flush=True)
    spec = WORK / "fieldkit.spec"
    packages = site_packages(prepared.python)
    spec.write_text(spec_text(prepared.source, prepared.built, packages), encoding="utf-8")
    folders = ("--distpath", str(WORK / "frozen"), "--workpath", str(WORK / "pyinstaller"))
    options = ("--noconfirm", "--clean", "--log-level", "WARN")
    command = [str(prepared.python), "-m", "PyInstaller", *options, *folders, str(spec)]
    tool(command, cwd=WORK, env=prepared.environment)
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
            tool(["strip", "--strip-unneeded", str(path)])


def prove(frozen: Path, prepared: Prepared) -> None:
    """Let the frozen program answer: version, a form through its child, a leaflet, a window. Raises Stopped."""
    print("Trying the frozen program …", flush=True)
    program, built, home = str(frozen / "fieldkit"), prepared.built / "forms", WORK / "home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    bare = {"PATH": os.environ["PATH"], "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    if prepared.version not in tool([program, "--version"], env=bare):
        raise Stopped(f"The frozen program does not say that it is {prepared.version}.")
    for form in sorted(built.glob("*.xlsx")):
        tool([program, "form", "check", str(form)], env=bare)
        _prove_conversion(frozen / CONVERTER, form, bare)
    paper = str(home / "leaflet.pdf")
    tool([program, "leaflet", "make", "L01", "--in", "ar", "--out", paper], env=bare)
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
    lay_licences(site_packages(prepared.python), locked_names(prepared.source), papers / "licences")
    files = sorted(path for path in stage.rglob("*") if path.is_file() and not path.is_symlink())
    kibibytes = sum(-(-path.stat().st_size // 1024) for path in files)
    (stage / "DEBIAN").mkdir()
    (stage / "DEBIAN/control").write_text(
        control_text(prepared.version, architecture, kibibytes, needed), encoding="utf-8"
    )
    sums = (f"{digest(path, 'md5')}  {path.relative_to(stage).as_posix()}\n" for path in files)
    (stage / "DEBIAN/md5sums").write_text("".join(sums), encoding="utf-8")
    settle(stage, prepared.epoch)
    return stage


def _copyright(prepared: Prepared) -> str:
    lock = (prepared.source / "requirements.lock").read_text(encoding="utf-8")
    found = re.search(r"^pyside6-essentials==(\S+)", lock, re.MULTILINE)
    python = ".".join(str(part) for part in sys.version_info[:3])
    return COPYRIGHT.format(qt=found[1] if found else "6", python=python)
