"""The repairs in their order: first what the others read by (sheets, headers, types), then names, then values."""

from collections.abc import Callable
from typing import Final

from fieldkit.forms.repair.bench import Bench
from fieldkit.forms.repair.characters import mend_characters
from fieldkit.forms.repair.choices import mend_choices
from fieldkit.forms.repair.expressions import mend_expressions
from fieldkit.forms.repair.groups import mend_groups
from fieldkit.forms.repair.headers import (
    mend_columns,
    mend_doubled_columns,
    mend_header_rows,
    mend_languages,
    mend_list_columns,
    mend_namespaces,
    mend_sheet_names,
)
from fieldkit.forms.repair.lists import mend_list_names
from fieldkit.forms.repair.names import mend_doubled_names, mend_names
from fieldkit.forms.repair.offered import mend_offered
from fieldkit.forms.repair.references import mend_reference_marks, mend_references
from fieldkit.forms.repair.rest import mend_errors, mend_filters, mend_labels, mend_parameters, mend_settings
from fieldkit.forms.repair.types import mend_kobo_rows, mend_truths, mend_types
from fieldkit.forms.repair.words import mend_bare_words

STEPS: Final[tuple[Callable[[Bench], None], ...]] = (
    mend_sheet_names,
    mend_header_rows,
    mend_columns,
    mend_doubled_columns,
    mend_languages,
    mend_doubled_columns,
    mend_list_columns,
    mend_errors,
    mend_characters,
    mend_settings,
    mend_namespaces,
    mend_list_names,
    mend_kobo_rows,
    mend_types,
    mend_truths,
    mend_groups,
    mend_expressions,
    mend_reference_marks,
    mend_names,
    mend_references,
    mend_expressions,
    mend_bare_words,
    mend_doubled_names,
    mend_filters,
    mend_offered,
    mend_choices,
    mend_parameters,
    mend_labels,
)


def repair(bench: Bench) -> None:
    """Every repair, once and in order; `bench.changes` says what was done."""
    if bench.page("survey") is None:
        mend_sheet_names(bench)
    if bench.page("survey") is None:
        return
    for step in STEPS:
        step(bench)
