"""Turns what the converter says into problems with sheet, row, column and a remedy of this program.

The converter writes finished English sentences, some with a code and some without. A sentence is recognised
by its template, so that its facts (row, name, other row) can be taken out again; only a sentence that is in
no table is passed on as it is (`form.converter_says`), never dropped.
"""

import re
from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Final

from fieldkit.forms.columns import Table
from fieldkit.forms.problems import Problem, Severity
from fieldkit.forms.workbook import Sheet

_ROW: Final = re.compile(r"^\[row : (\d+)\]\s*")

_REASON_LENGTH: Final = 500  # characters of the converter's own words that are passed on

_BY_CODE: Final[dict[str, tuple[str, str | None, str | None]]] = {
    # the converter's code -> ours, sheet, column (None: the sentence says it)
    "HEADER_001": ("form.header_missing", None, None),
    "HEADER_002": ("form.column_twice", None, None),
    "HEADER_003": ("form.columns_missing", None, None),
    "HEADER_004": ("form.choice_column_name", "choices", None),
    "HEADER_005": ("form.entity_columns", "entities", None),
    "LABEL_001": ("form.choice_without_label", "choices", "label"),
    "NAMES_001": ("form.name_twice_in_group", "survey", "name"),
    "NAMES_002": ("form.name_nearly_twice_in_group", "survey", "name"),
    "NAMES_003": ("form.repeat_named_as_form", "survey", "name"),
    "NAMES_004": ("form.repeat_name_twice_in_form", "survey", "name"),
    "NAMES_005": ("form.name_reserved_meta", "survey", "name"),
    "NAMES_006": ("form.choice_without_name", "choices", "name"),
    "NAMES_007": ("form.choice_twice_in_list", "choices", "name"),
    "NAMES_008": ("form.name_not_allowed", None, None),
    "NAMES_009": ("form.file_name_as_form_name", None, None),
    "NAMES_010": ("form.entity_name", None, None),
    "NAMES_011": ("form.entity_name", None, None),
    "NAMES_012": ("form.entity_name", None, None),
    "NAMES_013": ("form.sheet_misspelled", None, None),
    "NAMES_014": ("form.entity_twice", "entities", "list_name"),
    "NAMES_015": ("form.entity_unnamed", "entities", "list_name"),
    "PYREF_001": ("form.reference_not_closed", None, None),
    "PYREF_002": ("form.references_need_comma", None, None),
    "PYREF_003": ("form.reference_leads_nowhere", None, None),
    "PYREF_004": ("form.reference_to_several", None, None),
    "RANGE_001": ("form.range_not_number", "survey", "parameters"),
    "RANGE_002": ("form.range_zero", "survey", "parameters"),
    "RANGE_003": ("form.range_step_too_large", "survey", "parameters"),
    "RANGE_004": ("form.range_not_multiple", "survey", "parameters"),
    "RANGE_005": ("form.range_outside", "survey", "parameters"),
    "RANGE_006": ("form.range_labels_missing", "survey", "parameters"),
    "RANGE_007": ("form.range_labels_two", "survey", "parameters"),
    "RANGE_008": ("form.range_appearance", "survey", "appearance"),
    "RANGE_009": ("form.range_labels_numbers", "survey", "parameters"),
    "RANGE_010": ("form.range_labels_numbers", "survey", "parameters"),
    "RANGE_011": ("form.range_labels_numbers", "survey", "parameters"),
    "RANGE_012": ("form.range_labels_two", "survey", "parameters"),
    "SURVEY_001": ("form.end_alone", "survey", "type"),
    "SURVEY_002": ("form.begin_alone", "survey", "type"),
    "SURVEY_003": ("form.geo_parameter", None, None),
    "SURVEY_004": ("form.parameters_unreadable", "survey", "parameters"),
    "SURVEY_005": ("form.parameters_unknown", "survey", "parameters"),
    "SURVEY_006": ("form.geo_parameter", "survey", "parameters"),
    "SURVEY_007": ("form.geo_parameter", "survey", "parameters"),
    "SURVEY_008": ("form.geo_parameter", "survey", "parameters"),
    "SURVEY_009": ("form.geo_parameter", "survey", "parameters"),
} | {
    f"ENTITY_{number:03}": ("form.entity_declaration", None, None) for number in range(1, 14) if number != 10
}

_BY_WORDS: Final[tuple[tuple[str, str | None, str | None, str | None], ...]] = (
    # a sentence without code -> our code (None: told better by a check of our own), sheet, column
    (r"Duplicate column header: (?P<column>.+)", "form.column_written_twice", None, None),
    (r"Question with no type\..*", "form.type_missing", "survey", "type"),
    (r"Question or group with no name\.", "form.name_missing_here", "survey", "name"),
    (r"Missing calculation\.", "form.calculation_missing_here", "survey", "calculation"),
    (r"List name not in choices sheet: (?P<list>.+)", "form.list_not_there", "survey", "type"),
    (r"List name not in external choices sheet: (?P<list>.+)", "form.list_not_there", "survey", "type"),
    (r"List name not in columns sheet: (?P<list>.+)", "form.list_not_there", "survey", "type"),
    (r"There should be a choices sheet.*", "form.choices_sheet_missing", "choices", None),
    (
        r"There should be an external_choices sheet.*",
        "form.external_choices_missing",
        "external_choices",
        None,
    ),
    (r"Choice filter not supported with or_other\.", "form.or_other_with_filter", "survey", "choice_filter"),
    (r"Choice filter not supported for table-list.*", "form.table_list_filter", "survey", "choice_filter"),
    (
        r"Badly formatted table list.*: (?P<one>\S+) vs\. (?P<other>\S+)",
        "form.table_list_mixed",
        "survey",
        "type",
    ),
    (r"File name for '(?P<file>.+)' should end with .*", "form.choice_file_ending", "survey", "type"),
    (
        r"Choice names with spaces cannot .*\[(?P<name>.+)\] in \[(?P<list>.+)\]",
        "form.choice_name_with_space",
        "choices",
        "name",
    ),
    (r"Unknown question type '(?P<type>.+)'\..*", "form.type_unknown", "survey", "type"),
    (r"Audits must always be named 'audit\.'.*", "form.audit_name", "survey", "name"),
    (r"Repeat loop without list name\.", "form.loop_without_list", "survey", "type"),
    (r"Invalid value for quality\.", "form.audio_quality", "survey", "parameters"),
    (
        r"Parameter (?P<name>\S+) must have an integer value\.",
        "form.parameter_number",
        "survey",
        "parameters",
    ),
    (r"(?P<name>\S+) must be set to true or false.*", "form.parameter_truth", "survey", "parameters"),
    (r"Parameters must include randomize=true .*", "form.seed_without_randomize", "survey", "parameters"),
    (r"seed value must be a number or a reference.*", "form.seed_not_number", "survey", "parameters"),
    (r"The survey element named '(?P<name>.+)' has no label .*", "form.label_missing", "survey", "label"),
    (r"To use big-image, .* survey element named (?P<name>.+)\.", "form.image_missing", "survey", "image"),
    (r"There is no survey element named '(?P<name>.+)'\.", "form.reference_unknown", "survey", None),
    (r"There are multiple survey elements named '(?P<name>.+)'.", "form.reference_to_one_of", "survey", None),
    (
        r"The question \$\{(?P<hidden>.+)\} is not user-visible .* question \$\{(?P<name>.+)\}\.",
        "form.trigger_hidden",
        "survey",
        "trigger",
    ),
    (r"Question '(?P<name>.+)' is a select from file .*", "form.search_in_file", "survey", "appearance"),
    (r"Question '(?P<name>.+)' uses 'search\(\)', .*", "form.search_mixed", "survey", "appearance"),
    (r"The same instance id will .*Instance name: '(?P<file>.+?)'.*", "form.file_twice", "survey", None),
    # its warnings
    (r"Repeat has no label.*", "form.repeat_without_label", "survey", "label"),
    (r"Row without name, text, or label is being skipped.*", "form.row_skipped", "survey", None),
    (r"The 'disabled' column header is not part.*", "form.disabled_column", "survey", "disabled"),
    (r"(?P<type>\S+) is no longer supported on most devices.*", "form.type_of_old_phones", "survey", "type"),
    (r"select one external is only meant for .*", "form.external_without_filter", "survey", "choice_filter"),
    (r"This form uses or_other and translations.*", "form.or_other_in_languages", "survey", "type"),
    (r"Language '.*' is missing the .*", None, None, None),
    (r"The following language declarations do not contain valid machine-readable codes.*", None, None, None),
    (r"Use the max-pixels parameter.*", None, None, None),
    (r"The form_id and id_string column headers are both.*", None, None, None),
)
_PATTERNS: Final = tuple((re.compile(rule[0], re.DOTALL), *rule[1:]) for rule in _BY_WORDS)
_WITH_REASON: Final = frozenset({"form.geo_parameter", "form.entity_declaration", "form.entity_name"})
_OWN_WARNINGS: Final = frozenset({"NAMES_002", "LABEL_001"})  # this program's checks tell them with more


class Refusals:
    """Recognises the converter's sentences. `messages` are its templates by code."""

    def __init__(self, messages: Mapping[str, str], sheets: Sequence[Sheet]) -> None:
        self._templates = tuple((code, _template(message)) for code, message in messages.items())
        self._tables = {table.kind: table for table in map(Table, sheets)}

    def errors(self, said: str) -> tuple[Problem, ...]:
        """The problems in an error, which may tell several, one a line."""
        lines = said.strip().splitlines()
        apart = lines if all(_ROW.match(line) for line in lines) else [said.strip()]
        found = tuple(problem for line in apart for problem in self._read(line, Severity.ERROR))
        return found or (Problem("form.converter_says", data={"reason": said[:_REASON_LENGTH]}),)

    def warnings(self, said: Sequence[str]) -> tuple[Problem, ...]:
        """The problems in its warnings, without those that this program's own checks tell."""
        return tuple(problem for text in said for problem in self._read(text.strip(), Severity.WARNING))

    def _read(self, sentence: str, severity: Severity) -> tuple[Problem, ...]:
        for name, template in self._templates:
            match = template.fullmatch(sentence)
            if match and name in _BY_CODE:
                if severity is Severity.WARNING and name in _OWN_WARNINGS:
                    return ()
                return (self._coded(name, sentence, match.groupdict(), severity),)
        row, text = _without_row(sentence)
        for pattern, code, sheet, column in _PATTERNS:
            match = pattern.fullmatch(text)
            if match:
                if code is None:
                    return ()
                facts = match.groupdict()
                row = row or self._row_of(facts.get("name"))
                written = self._as_written(sheet, facts.pop("column", None) or column)
                return (Problem(code, severity, sheet, row, written, facts),)
        return (Problem("form.converter_says", severity, None, row, None, {"reason": text[:_REASON_LENGTH]}),)

    def _coded(self, name: str, sentence: str, facts: dict[str, str], severity: Severity) -> Problem:
        code, sheet, column = _BY_CODE[name]
        row = facts.pop("row", "")
        sheet = facts.pop("sheet", None) or facts.pop("sheet_name", None) or sheet
        column = facts.pop("column", None) or facts.get("header") or column
        if code in _WITH_REASON:
            facts["reason"] = _without_row(sentence)[1]
        number = int(row) if row.isdigit() else None
        return Problem(code, severity, sheet, number, self._as_written(sheet, column), facts)

    def _row_of(self, name: str | None) -> int | None:
        survey = self._tables.get("survey")
        rows = survey.sheet.rows if survey and name else ()
        return next((row.number for row in rows if survey and survey.get(row, "name") == name), None)

    def _as_written(self, kind: str | None, part: str | None) -> str | None:
        table = self._tables.get(kind or "")
        return table.header(part) if table and part else part


def _template(message: str) -> re.Pattern[str]:
    """A pattern that takes the facts out of a sentence made from this template."""
    parts, seen = [], set()
    for text, name, _, _ in Formatter().parse(message):
        parts.append(re.escape(text))
        if name:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>.*?)")
            seen.add(name)
    return re.compile("".join(parts), re.DOTALL)


def _without_row(sentence: str) -> tuple[int | None, str]:
    match = _ROW.match(sentence)
    return (int(match[1]), sentence[match.end() :].strip()) if match else (None, sentence)
