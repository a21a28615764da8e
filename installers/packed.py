"""What is packed of the program and its libraries, and what is left out. PyInstaller asks this too."""

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from installers.tools import Stopped, matches

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

CONVERTER = "fieldkit-converter"
"""The second program beside the first; `fieldkit.forms.authoring` starts it by this name."""

PROGRAMS = ("fieldkit", CONVERTER)


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
            if path.is_file() and not matches(packed, RESOURCES_LEFT_OUT):
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
        return matches(packed.name, PYTHON_LIBRARIES)
    if "/plugins/" in str(packed):
        return matches(str(packed).partition("/plugins/")[2], QT_PLUGINS)
    return not matches(str(packed), FILES_LEFT_OUT)
