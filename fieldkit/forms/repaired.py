"""A repaired copy of a form, with the list of what was changed and the check of what came of it.

1. The form itself is never changed; the copy is bytes until somebody keeps it.
2. The workbook is opened and written in the converter's process, with its limits.
3. What could not be repaired without guessing stands in the copy's report.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fieldkit.forms.authoring import REPAIR, TIME_LIMIT, ask_child, problem_of
from fieldkit.forms.checks import Report, form_check
from fieldkit.forms.problems import FormFault, error
from fieldkit.forms.repair.bench import Change
from fieldkit.forms.workbook import MAX_FILE_BYTES, OLE, kind_of, measure_workbook

MAX_REPAIRED_ROWS: Final = 1_100_000
"""Rows that a workbook may have here: a sheet full of formatted empty rows is one of the repairs."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """The copy, what was changed in it, and its check. `is_changed` is False when there was nothing to repair."""

    content: bytes
    changes: tuple[Change, ...]
    report: Report

    @property
    def is_changed(self) -> bool:
        """Whether the copy differs from the form."""
        return bool(self.changes)


def repair_form(
    content: bytes, name: str, beside: Mapping[str, bytes] | None = None, *, seconds: float = TIME_LIMIT
) -> Repaired:
    """Repair a copy of an .xlsx (or an old .xls, which becomes one) and check it.

    Raises FormFault when the file is no spreadsheet that can be read.
    """
    if not _is_old(content):
        if kind_of(content, name) != "xlsx":
            raise FormFault([error("form.repair_needs_spreadsheet")])
        measure_workbook(content, MAX_REPAIRED_ROWS)
    reply = ask_child(REPAIR, name, content, seconds)
    problems = tuple(problem_of(item) for item in reply["problems"])
    if problems:
        raise FormFault(problems)
    copy = base64.b64decode(reply["content"])
    changes = tuple(Change(**item) for item in reply["changes"])
    return Repaired(copy, changes, form_check(copy, name, beside, seconds=seconds))


def _is_old(content: bytes) -> bool:
    """Whether it is an .xls that is neither locked by a password nor too large."""
    is_locked = "EncryptedPackage".encode("utf-16-le") in content
    return content.startswith(OLE) and not is_locked and len(content) <= MAX_FILE_BYTES
