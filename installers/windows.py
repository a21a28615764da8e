"""The installer for Windows: the program and its libraries around the embeddable Python."""

import py_compile
import re
import shutil
import sys
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from installers.libraries import needed_libraries, stop_when_unmet, unmet_libraries
from installers.packed import FILES_LEFT_OUT, MODULES_LEFT_OUT, QT_PLUGINS, program_data
from installers.prepared import DIST, ICON, PINNED, SUMMARY, WORK, Prepared, prepare, settle
from installers.tools import Stopped, copy, matches, need_tools, sha256_of, tool, write_inside

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


def build_windows(embedded: Path, sha256: str) -> Path:
    """Lay the program around the embeddable Python, and make the installer. Raises Stopped."""
    check_embedded(embedded, sha256)
    prepared = prepare()
    layout = lay_windows(embedded, prepared)
    DIST.mkdir(exist_ok=True)
    target = DIST / f"fieldkit-{prepared.version}-windows-x64.exe"
    script = WORK / "fieldkit.nsi"
    script.write_text(nsis_text(layout, prepared.version, target), encoding="utf-8", newline="\n")
    need_tools({"makensis": "nsis"})
    print("Packing …", flush=True)
    tool(["makensis", "-NOCD", "-V2", "-WX", str(script)], env=prepared.environment)
    return target


def check_embedded(embedded: Path, sha256: str) -> str:
    """The version ("3.12") of the embeddable Python. Raises Stopped when it is not the pinned file."""
    if not re.fullmatch(r"[0-9a-fA-F]{64}", sha256):
        raise Stopped("--sha256 takes the 64 hexadecimal digits that the publisher of Python names.")
    if not embedded.is_file():
        raise Stopped(f"There is no file {embedded}. It is the 'embeddable package (64-bit)' of Python.")
    if sha256_of(embedded) != sha256.lower():
        raise Stopped(
            f"{embedded.name} is not the file that was pinned: it has sha256 {sha256_of(embedded)}."
        )
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
                write_inside(stage / "python", member.filename, packed.read(member))
    (stage / "python" / f"python{number.replace('.', '')}._pth").write_bytes(pth_text(number).encode())
    for path in sorted((prepared.source / "fieldkit").rglob("*.py")):
        copy(path, stage / "app" / path.relative_to(prepared.source))
    for name, path in program_data(prepared.source, prepared.built):
        copy(path, stage / "app" / name)
    for name in ("LICENSE", "NOTICE"):
        text = (prepared.source / name).read_text(encoding="utf-8")
        (stage / f"{name}.txt").write_bytes(text.replace("\n", "\r\n").encode())
    (stage / "fieldkit.cmd").write_bytes(COMMAND_FILE.encode())
    _write_icon(stage / "fieldkit.ico", prepared)
    _compile(stage)
    stop_when_unmet(unmet_libraries(needed_libraries(stage), _is_windows_library))
    settle(stage, prepared.epoch)
    return stage


def collect_wheels(python: Path, lock: Path, number: str, target: Path) -> None:
    """Fetch the locked libraries as they are published for Windows. Raises Stopped."""
    platform = ("--platform", "win_amd64", "--implementation", "cp", "--python-version", number)
    command = (str(python), "-m", "pip", "download", "--quiet", "--disable-pip-version-check")
    tool([*command, *platform, *PINNED, "-r", str(lock), "-d", str(target)])


def unpack_wheel(wheel: Path, target: Path) -> None:
    """Lay a wheel's libraries out as an installed one, without scripts and what is left out."""
    with zipfile.ZipFile(wheel) as packed:
        for member in packed.infolist():
            name = installed_name(member.filename)
            if not member.is_dir() and name and is_packed_on_windows(name):
                write_inside(target, name, packed.read(member))


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
        return matches(inner.removeprefix("plugins/"), QT_PLUGINS)
    if inner != name:
        return matches(inner, WINDOWS_PYSIDE)
    module = PurePosixPath(name).with_suffix("").as_posix().replace("/", ".")
    left_out = any(module == one or module.startswith(f"{one}.") for one in MODULES_LEFT_OUT)
    return not left_out and not matches(name, FILES_LEFT_OUT) and not name.endswith((".exe", ".lib", ".h"))


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
    tool([str(prepared.python), "-c", code, str(drawing), str(target)], env=environment)


def _is_windows_library(name: str) -> bool:
    return matches(name.lower(), [f"{one}*" if "." in one else f"{one}.dll" for one in WINDOWS_LIBRARIES])


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
