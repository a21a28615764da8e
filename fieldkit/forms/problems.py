"""What is wrong with a form, where it stands, and how grave it is.

1. A problem names its place as the author sees it: the sheet, the row counted as the spreadsheet counts it
   (the header is row 1), the column as it is written in the header. A form that is no spreadsheet has the
   path of the question instead (`data["path"]`).
2. A problem carries a code and data; the sentence with the remedy is in `languages/messages`.
3. An *error* refuses the form; a *warning* is told and the form opens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from fieldkit.domain.errors import Datum, FieldkitError, ForeignFault


class Severity(StrEnum):
    """How grave a problem is."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a form. `row` counts from 1, the header included."""

    code: str
    severity: Severity = Severity.ERROR
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    data: Mapping[str, Datum] = field(default_factory=dict, hash=False)

    @property
    def is_error(self) -> bool:
        """Whether the form is refused because of it."""
        return self.severity is Severity.ERROR

    def as_error(self) -> FieldkitError:
        """The same as an error, for whoever turns codes into sentences."""
        place = {"sheet": self.sheet, "row": self.row, "column": self.column}
        known = {name: value for name, value in place.items() if value is not None}
        return FieldkitError(self.code, **{**known, **self.data})

    def __str__(self) -> str:
        place = " ".join(str(part) for part in (self.sheet, self.row, self.column) if part is not None)
        facts = ", ".join(f"{name}={value}" for name, value in sorted(self.data.items()))
        return ": ".join(part for part in (place, self.code, facts) if part)


def error(
    code: str, *, sheet: str | None = None, row: int | None = None, column: str | None = None, **data: Datum
) -> Problem:
    """A problem that refuses the form."""
    return Problem(code, Severity.ERROR, sheet, row, column, data)


def warning(
    code: str, *, sheet: str | None = None, row: int | None = None, column: str | None = None, **data: Datum
) -> Problem:
    """A problem that is told; the form opens."""
    return Problem(code, Severity.WARNING, sheet, row, column, data)


class FormFault(ForeignFault):
    """A form cannot be used; `problems` says what to mend and where. Nothing was changed."""

    def __init__(self, problems: Sequence[Problem], code: str = "form.refused") -> None:
        super().__init__(code, count=len(problems))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "; ".join(str(problem) for problem in self.problems) or self.code
