"""What the forms page decides: what a form from outside would be, and what stands in its way.

1. A check changes nothing; a form with an error is refused and changes nothing either.
2. Warnings are shown before a person offers the form as a survey (`protection.md` 13).
3. A problem is told with its place as the author sees it: sheet, row, column.
4. What can be repaired without guessing is repaired in a copy; every change is shown before the copy is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.autonyms import language
from fieldkit.services import administer, intake
from fieldkit.services.form_files import FormFiles, form_files, media_named
from fieldkit.ui.presenters.files import read_file, write_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldkit.domain.ports import Progress
    from fieldkit.forms.checks import Report
    from fieldkit.forms.problems import Problem
    from fieldkit.forms.repaired import Repaired
    from fieldkit.services.forms_held import OfferedForm
    from fieldkit.services.vault import OpenVault

MAX_BYTES = 128 * 1024 * 1024
"""The check has its own, finer limits; this one only keeps a wrong file out of the memory."""

_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

NO_FILES = FormFiles("", b"", {})


@dataclass(frozen=True, slots=True)
class Found:
    """One problem: where, in the author's spelling, and the error whose sentence says what to do."""

    sheet: str
    row: int
    column: str
    path: str
    error: FieldkitError
    is_error: bool


@dataclass(frozen=True, slots=True)
class Mended:
    """One repair: where, why (an error whose sentence says it), what it was and what it is."""

    sheet: str
    row: int
    column: str
    error: FieldkitError
    was: str
    now: str


class Forms:
    """The forms of this vault, and the one that is being looked at."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.may_import = vault.may(Action.IMPORT_FORM)
        self.report: Report | None = None
        self.repaired: Repaired | None = None
        self.name = ""
        self._files = NO_FILES
        self._media: Mapping[str, bytes] = {}
        self.read()

    def read(self) -> None:
        """Read which forms there are now."""
        self.offered: tuple[OfferedForm, ...] = intake.offered_forms(self.vault)

    def check(self, path: Path, progress: Progress) -> Report:
        """Read a file, or an archive, with what lies beside the form, and check it; for the background.

        Raises ForeignFault, DeviceFault when the file cannot be read.
        """
        progress(0, 0)
        content = read_file(path, MAX_BYTES)
        files = form_files(path, content)
        report = administer.check_form(files.content, files.name, files.lists)
        progress(0, 0)
        media = files.media(report.xform)
        self._files, self._media, self.name = files, media, files.name
        self.repaired = None
        return report

    @property
    def may_repair(self) -> bool:
        """Whether a copy of what is looked at could be repaired: a refused spreadsheet, not repaired yet."""
        refused = self.report is not None and not self.report.is_usable
        return refused and self.repaired is None and self._files.content.startswith(_SPREADSHEETS)

    def repair(self, progress: Progress) -> Repaired:
        """Repair a copy; for the background. Nothing is kept. Raises FormFault."""
        progress(0, 0)
        files = self._files
        repaired = administer.repair_form(files.content, files.name, files.lists)
        self._media = files.media(repaired.report.xform)
        return repaired

    def look_at(self, repaired: Repaired) -> None:
        """From now on the copy is what is looked at."""
        self.repaired, self.report = repaired, repaired.report
        self._files = replace(self._files, content=repaired.content)

    def save_copy(self, folder: Path) -> Path:
        """Write the repaired copy; its path. Raises DeviceFault."""
        return write_file(folder, f"{Path(self.name).stem}-repaired.xlsx", self._files.content)

    def install(self, progress: Progress) -> Report:
        """Offer the form as a survey. Raises ContentRefused `form.built_in_id`, PersonFault."""
        progress(0, 0)
        files = self._files
        return administer.install_form(self.vault, files.content, files.name, files.lists, self._media)

    def forget(self) -> None:
        """Let go of what was looked at."""
        self.report, self.name, self._files, self._media = None, "", NO_FILES, {}
        self.repaired = None

    @property
    def lists_beside(self) -> tuple[str, ...]:
        """Names of the lists that lie beside the form."""
        return tuple(self._files.lists)

    @property
    def media(self) -> tuple[str, ...]:
        """Names of the pictures, sounds and films that come with the form."""
        return tuple(self._media)

    @property
    def media_missing(self) -> tuple[str, ...]:
        """Names of those that the form asks for and that do not come with it."""
        asked = media_named(self.report.xform or b"") if self.report else ()
        return tuple(name for name in asked if name not in self._media)

    @property
    def mended(self) -> tuple[Mended, ...]:
        """What was changed in the copy."""
        changes = self.repaired.changes if self.repaired is not None else ()
        return tuple(
            Mended(one.sheet, one.row, one.column, one.as_error(), one.was, one.now) for one in changes
        )

    @property
    def errors(self) -> tuple[Found, ...]:
        """What must be mended first."""
        return tuple(map(_found, self.report.errors)) if self.report else ()

    @property
    def warnings(self) -> tuple[Found, ...]:
        """What should be looked at."""
        return tuple(map(_found, self.report.warnings)) if self.report else ()


def known_languages(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Those of a form's languages that have an autonym here; a form from elsewhere may name others."""
    return tuple(tag for tag in tags if language(tag) is not None)


def _found(problem: Problem) -> Found:
    return Found(
        problem.sheet or "",
        problem.row or 0,
        problem.column or "",
        str(problem.data.get("path", "")),
        problem.as_error(),
        problem.is_error,
    )
