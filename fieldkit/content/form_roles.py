"""Which roles may open which form (`protection.md` 4), and whether a lawyer has read its sentences about law.

1. A form that no row names is opened by nobody as a protection form; forms from elsewhere are surveys
   (`protection.md` 13).
2. An empty review means that no lawyer has read the text, and the program says so (`protection.md` 11).
3. A post form counts and describes a place or an event and names nobody. Nobody's yes is needed, so what it holds
   goes to headquarters; `tests/content/test_post_forms.py` looks that none asks for a person.
4. A paper form is printed blank and never opened here: what is written on it is not for this laptop.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fieldkit.content.tables import Row, read_table
from fieldkit.domain.access import Role
from fieldkit.domain.shelf import Folder

_COLUMNS = ("form", "kind", "roles", "law_reviewed_by", "law_reviewed_on")


class FormKind(StrEnum):
    """A protection form belongs to a case and feeds rules; the others do neither (rules 3 and 4)."""

    PROTECTION = "protection"
    SURVEY = "survey"
    POST = "post"
    PAPER = "paper"

    @property
    def has_case(self) -> bool:
        """Whether what is answered belongs to a case."""
        return self is FormKind.PROTECTION


@dataclass(frozen=True, slots=True)
class FormAccess:
    """One row: who may open the form, and who has read what it says about law (None: no lawyer)."""

    form: str
    kind: FormKind
    roles: frozenset[Role]
    law_reviewed_by: str | None
    law_reviewed_on: date | None

    def may_open(self, roles: frozenset[Role]) -> bool:
        """Whether somebody who holds `roles` may open it."""
        return not roles.isdisjoint(self.roles)


def load(resources: Folder) -> Mapping[str, FormAccess]:
    """The shipped forms by id. Raises ContentFault."""
    rows = read_table(resources / "forms" / "roles.csv", _COLUMNS, key=("form",))
    return {row.needed("form"): _access(row) for row in rows}


def _access(row: Row) -> FormAccess:
    row.needed("roles")
    reviewed_on = row.day_or_none("law_reviewed_on")
    if (reviewed_on is None) != (not row.text("law_reviewed_by")):
        raise row.fault("content.half_review", "law_reviewed_on")
    return FormAccess(
        row.needed("form"),
        FormKind(row.name("kind", frozenset(FormKind))),
        frozenset(Role(name) for name in row.names("roles", frozenset(Role))),
        row.text("law_reviewed_by") or None,
        reviewed_on,
    )
