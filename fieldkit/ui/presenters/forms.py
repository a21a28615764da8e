"""What the forms page decides: what a form from outside would be, and what stands in its way.

1. A check changes nothing; a form with an error is refused and changes nothing either.
2. Warnings are shown before a person offers the form as a survey (`protection.md` 13).
3. A problem is told with its place as the author sees it: sheet, row, column.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.autonyms import language
from fieldkit.services import administer, intake
from fieldkit.ui.presenters.files import read_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldkit.domain.ports import Progress
    from fieldkit.forms.checks import Report
    from fieldkit.forms.problems import Problem
    from fieldkit.services.forms_held import OfferedForm
    from fieldkit.services.vault import OpenVault

MAX_BYTES = 64 * 1024 * 1024
"""The check has its own, finer limits; this one only keeps a wrong file out of the memory."""


@dataclass(frozen=True, slots=True)
class Found:
    """One problem: where, in the author's spelling, and the error whose sentence says what to do."""

    sheet: str
    row: int
    column: str
    path: str
    error: FieldkitError
    is_error: bool


class Forms:
    """The forms of this vault, and the one that is being looked at."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.may_import = vault.may(Action.IMPORT_FORM)
        self.report: Report | None = None
        self.name = ""
        self._content = b""
        self._beside: Mapping[str, bytes] = {}
        self.read()

    def read(self) -> None:
        """Read which forms there are now."""
        self.offered: tuple[OfferedForm, ...] = intake.offered_forms(self.vault)

    def check(self, path: Path, progress: Progress) -> Report:
        """Read a file with the lists beside it, and check it; for the background.

        Raises ForeignFault, DeviceFault when the file cannot be read.
        """
        progress(0, 0)
        self._content = read_file(path, MAX_BYTES)
        self._beside = administer.files_beside(path)
        self.name = path.name
        return administer.check_form(self._content, self.name, self._beside)

    def install(self, progress: Progress) -> Report:
        """Offer the form as a survey. Raises ContentRefused `form.built_in_id`, PersonFault."""
        progress(0, 0)
        return administer.install_form(self.vault, self._content, self.name, self._beside)

    def forget(self) -> None:
        """Let go of what was looked at."""
        self.report, self.name, self._content, self._beside = None, "", b"", {}

    @property
    def lists_beside(self) -> tuple[str, ...]:
        """Names of the lists that lie beside the form."""
        return tuple(self._beside)

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
