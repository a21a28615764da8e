"""Asking for a folder or a file, leaving no trace of where somebody looked.

Qt's own dialog writes the folders it showed into QtProject.conf (`vault-and-bundles.md`, Traces): what it
wrote is taken out again each time.
"""

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget


def choose_folder(window: QWidget, title: str, start: Path | None = None) -> Path | None:
    """A folder somebody picked, or None."""
    picked = QFileDialog.getExistingDirectory(window, title, str(start or Path.home()))
    forget_folders()
    return Path(picked) if picked else None


def choose_file(window: QWidget, title: str, kind: str, start: Path | None = None) -> Path | None:
    """A file somebody picked, or None. `kind` is Qt's filter, such as `Bundles (*.fkb)`."""
    picked, _ = QFileDialog.getOpenFileName(window, title, str(start or Path.home()), kind)
    forget_folders()
    return Path(picked) if picked else None


def forget_folders() -> None:
    """Take out of Qt's own settings what its file dialog remembers."""
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    if kept.contains("FileDialog/history") or "FileDialog" in kept.childGroups():
        kept.remove("FileDialog")
        kept.sync()
