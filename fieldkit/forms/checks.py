"""Checks a form before it is used, and says everything that is wrong with sheet, row and column.

1. An *error* refuses the form: it would ask or calculate something else than its author meant.
2. What this version cannot do yet, and what `protection.md` 13 asks to look at, are *warnings*: named, never
   skipped.
3. Nothing is changed by a check.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from fieldkit.forms.authoring import TIME_LIMIT, convert_xlsform
from fieldkit.forms.beside_findings import list_findings, partly_findings
from fieldkit.forms.definition import Bind, Control, Form, Formula
from fieldkit.forms.expression_checks import author_words
from fieldkit.forms.expressions.reads import Kind
from fieldkit.forms.places import Places
from fieldkit.forms.portability import portability_findings
from fieldkit.forms.problems import FormFault, Problem, error, warning
from fieldkit.forms.protection_findings import RECORDS, protection_findings
from fieldkit.forms.reach_findings import reach_findings
from fieldkit.forms.reader import read_form
from fieldkit.forms.supported import NOT_YET, appearances_not_yet, not_yet
from fieldkit.languages.autonyms import language

_RULES: Final = {
    # part of a bind -> column of the survey sheet
    "relevant": "relevant",
    "calculate": "calculation",
    "required": "required",
    "readonly": "readonly",
    "constraint": "constraint",
    "itemset": "choice_filter",
    "count": "repeat_count",
    "label": "label",
    "hint": "hint",
    "output": "label",
    "setvalue": "default",
}
_UNNAMED_LANGUAGE: Final = "default"  # what the converter calls texts without a language
_TEXT_PARTS: Final = {"jr:constraintMsg": "constraint_message", "jr:requiredMsg": "required_message"}
_TAG: Final = re.compile(r"[a-z]{2,3}(?:_\w+)*")


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. `xform` is None when the form is refused."""

    problems: tuple[Problem, ...]
    xform: bytes | None = None
    resources: Mapping[str, bytes] = field(default_factory=dict)
    form_id: str = ""
    version: str = ""
    title: str = ""
    languages: tuple[str, ...] = ()
    questions: int = 0

    @property
    def is_usable(self) -> bool:
        """Whether the form can be offered."""
        return self.xform is not None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be mended first."""
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What should be looked at."""
        return tuple(problem for problem in self.problems if not problem.is_error)


def form_check(
    content: bytes, name: str, beside: Mapping[str, bytes] | None = None, *, seconds: float = TIME_LIMIT
) -> Report:
    """Convert and check a form from outside; a form that cannot be used is a report too, not an error."""
    try:
        converted = convert_xlsform(content, name, beside, seconds=seconds)
    except FormFault as fault:
        return Report(_in_order(fault.problems))
    try:
        form = read_form(converted.xform, converted.resources)
    except FormFault as fault:
        told = (_told(problem, converted.places) for problem in fault.problems)
        return Report(_in_order((*converted.warnings, *told)))
    found = check(form, converted.places)
    problems = _in_order((*converted.warnings, *found, *list_findings(converted.resources)))
    usable = not any(problem.is_error for problem in problems)
    return Report(
        problems,
        converted.xform if usable else None,
        converted.resources if usable else {},
        form.id,
        form.version,
        form.title,
        form.languages,
        sum(1 for control in form.controls if control.kind not in {"group", "repeat"}),
    )


def check(form: Form, places: Places | None = None) -> tuple[Problem, ...]:
    """Every problem of a form that could be read."""
    known = places or Places()
    return (
        *(_told(problem, known) for problem in form.problems),
        *_encryption(form, known),
        *_unknown_paths(form, known),
        *_not_yet(form, known),
        *_languages(form, known),
        *partly_findings(form, known),
        *reach_findings(form, known),
        *portability_findings(form, known),
        *protection_findings(form, known),
    )


def _in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Errors first, then by sheet and row; nothing twice."""
    apart = {str(problem): problem for problem in problems}.values()
    return tuple(
        sorted(apart, key=lambda problem: (not problem.is_error, problem.sheet or "", problem.row or 0))
    )


def _told(problem: Problem, places: Places) -> Problem:
    """What the reader found at a path, with its place in the sheets and in an author's words."""
    data = dict(problem.data)
    path = str(data.pop("path", ""))
    what = _RULES.get(str(data.pop("what", "")))
    place: dict[str, Any] = places.question(path, what) if path else {}
    code, data = author_words(problem.code, data)
    found = {name: place.pop(name, None) for name in ("sheet", "row", "column")}
    return Problem(code, problem.severity, data={**data, **place}, **found)


def _encryption(form: Form, places: Places) -> Iterator[Problem]:
    if form.encrypted:
        yield error("form.public_key", sheet=places.sheets.get("settings"))


def _formulas(form: Form) -> Iterator[tuple[tuple[str, ...], str, Formula]]:
    for path, bind in form.binds.items():
        for part in ("relevant", "calculate", "required", "readonly", "constraint"):
            formula: Formula | None = getattr(bind, part)
            if formula is not None:
                yield path, part, formula
    for control in form.controls:
        if control.path is not None and control.itemset is not None:
            yield control.path, "itemset", control.itemset.nodeset
        if control.path is not None and control.count is not None:
            yield control.path, "count", control.count
        for text, part in ((control.label, "label"), (control.hint, "hint")):
            for piece in text.parts if text is not None and control.path is not None else ():
                if not isinstance(piece, str):
                    yield control.path or (), part, piece
    for action in form.actions:
        if action.value is not None:
            yield action.target, "setvalue", action.value


def _unknown_paths(form: Form, places: Places) -> Iterator[Problem]:
    for path, part, formula in _formulas(form):
        for read in sorted(formula.reads.reads):
            if read.kind in (Kind.VALUE, Kind.STRUCTURE) and read.path not in form.shapes:
                name = "/" + "/".join(read.path)
                yield error("form.path_unknown", name=name, **places.question(_path(path), _RULES[part]))


def _path(path: tuple[str, ...] | None) -> str:
    return "/" + "/".join(path or ())


def _not_yet(form: Form, places: Places) -> Iterator[Problem]:
    for control in form.controls:
        place = places.question(_path(control.path), "type")
        missing = not_yet(control, _answer_type(form, control))
        if missing:
            yield warning("form.type_not_yet", type=missing, missing=NOT_YET[missing], **place)
        for appearance in appearances_not_yet(control.appearance):
            shown = places.question(_path(control.path), "appearance")
            yield warning("form.appearance_not_yet", appearance=appearance, **shown)
    for name in form.unsupported:
        if name not in ("external choices", RECORDS):  # told with their rows, and as what protection asks
            yield warning("form.action_not_yet", name=name)


def _answer_type(form: Form, control: Control) -> str:
    bind: Bind | None = form.binds.get(control.path) if control.path is not None else None
    return bind.type if bind is not None else "string"


def _languages(form: Form, places: Places) -> Iterator[Problem]:
    if not form.languages or form.languages == (_UNNAMED_LANGUAGE,):
        yield warning("form.no_language_named", sheet=places.sheets.get("survey"), row=_header_row(places))
        return
    for tag in form.languages:
        declared = form.texts.declared[tag]
        if tag != _UNNAMED_LANGUAGE and language(tag) is None and not _TAG.fullmatch(tag):
            yield warning("form.language_without_tag", language=declared, sheet=places.sheets.get("survey"))
        missing = tuple(name for name in _text_ids(form) if _is_missing(form, tag, name))
        if missing:
            yield _incomplete(declared, missing, places)


def _header_row(places: Places) -> int | None:
    return 1 if places.sheets else None


def _text_ids(form: Form) -> tuple[str, ...]:
    """Every text that stands in some language, in the order of the form."""
    ids = dict.fromkeys(name for tag in form.languages for name in form.texts.ids(tag))
    return tuple(name for name in ids if not all(_is_missing(form, tag, name) for tag in form.languages))


def _is_missing(form: Form, tag: str, name: str) -> bool:
    entry = form.texts.entry(tag, name)
    return entry is None or entry.pieces(*entry.forms) is None


def _incomplete(language_name: str, missing: tuple[str, ...], places: Places) -> Problem:
    path, _, part = missing[0].partition(":")
    place = places.question(path, _TEXT_PARTS.get(part, part)) if path.startswith("/") else places.item(path)
    if "row" in place:
        count = len(missing)
        return warning(
            "form.language_incomplete", language=language_name, count=count, first=place["row"], **place
        )
    first = place.pop("path", path)
    return warning(
        "form.language_incomplete_in_form", language=language_name, count=len(missing), first=first
    )
