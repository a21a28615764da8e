"""Which forms open only to people with a training, where headquarters sets so (R-158).

1. A form that no row names asks for no training beyond its roles (`form_roles`). A pack may bring its own table.
2. What trainings there are stands in the codebook's list `trainings`.
"""

from collections.abc import Collection, Mapping

from fieldkit.content.tables import read_table
from fieldkit.domain.shelf import Folder

LIST = "trainings"
_COLUMNS = ("form", "training")


def load(resources: Folder, known: Collection[str]) -> Mapping[str, frozenset[str]]:
    """For each form that is named, the trainings it asks for. Raises ContentFault."""
    found: dict[str, frozenset[str]] = {}
    for row in read_table(resources / "forms" / "training.csv", _COLUMNS, key=("form", "training")):
        form = row.needed("form")
        found[form] = found.get(form, frozenset()) | {row.name("training", known)}
    return found
