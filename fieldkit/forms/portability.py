"""What one program for ODK forms does and another does not: functions, appearances, patterns, questions.

For authors whose form is also filled in elsewhere: on phones (ODK Collect), in a browser (Enketo, which
KoBoToolbox uses, and ODK Web Forms). Warnings with the name of the programs; the form runs here.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from fieldkit.forms.columns import nearest
from fieldkit.forms.definition import Control, Form, Formula
from fieldkit.forms.expressions.syntax import Call, Literal
from fieldkit.forms.places import Places
from fieldkit.forms.problems import Problem, warning

_PHONES: Final = "ODK Collect"
_BROWSERS: Final = "Enketo (KoBoToolbox)"
_HERE: Final = "fieldkit"

FUNCTIONS_OF_ONE: Final[Mapping[str, str]] = {
    # function -> the only programs that have it
    **dict.fromkeys(("extract-signed", "intersects", "geofence", "base64-decode", "property"), _PHONES),
    **dict.fromkeys(("name", "local-name", "namespace-uri", "lang", "id"), _BROWSERS),
    **dict.fromkeys(("depend", "is-selected"), _PHONES),
    "fk:search": _HERE,
}
APPEARANCES_OF_ONE: Final[Mapping[str, str]] = {
    **dict.fromkeys(("bearing", "counter", "masked", "printer", "ex"), _PHONES),
    **dict.fromkeys(("ethiopian", "coptic", "islamic", "persian", "bikram-sambat"), _PHONES),
    **dict.fromkeys(("myanmar", "buddhist", "search"), _PHONES),
    **dict.fromkeys(("horizontal", "horizontal-compact", "distress", "no-buttons"), _BROWSERS),
    **dict.fromkeys((*(f"w{width}" for width in range(1, 13)), "hide-input", "show-scale"), _BROWSERS),
}
_EVERYWHERE: Final = frozenset(
    {"minimal", "quick", "quickcompact", "compact", "columns", "columns-pack", "no-buttons", "autocomplete"}
    | {"likert", "list", "list-nolabel", "label", "image-map", "field-list", "table-list", "map", "rating"}
    | {"multiline", "numbers", "thousands-sep", "url", "signature", "draw", "annotate", "new", "new-front"}
    | {"selfie", "no-calendar", "month-year", "year", "gregorian", "vertical", "no-ticks", "picker", "maps"}
    | {"placement-map", "hidden-answer", "streets", "satellite", "terrain", "hybrid", "randomized", "short"}
    | {f"columns-{count}" for count in range(1, 11)}
    | {f"compact-{count}" for count in range(1, 11)}
    | {f"quickcompact-{count}" for count in range(1, 11)}
)
_KNOWN: Final = _EVERYWHERE | APPEARANCES_OF_ONE.keys()
_CALLED: Final = re.compile(r"([\w.\-]+)\s*\([^)]*\)|(ex|printer):\S+")
ELSEWHERE: Final[Mapping[str, str]] = {
    # functions of other makers' dialects, which no ODK program knows
    **dict.fromkeys(("choice-label", "jr:choice-label", "linebreak", "format-number", "sum-if"), "SurveyCTO"),
    **dict.fromkeys(("count-if", "min-if", "max-if", "join-if", "item-at", "item-index"), "SurveyCTO"),
    **dict.fromkeys(("item-present", "number-of-items", "de-duplicate", "rank-index"), "SurveyCTO"),
    **dict.fromkeys(("rank-value", "duration", "device-info", "phone-call-log", "hash"), "SurveyCTO"),
    **dict.fromkeys(("plug-in-metadata", "short-geopoint", "distance-between", "geo-scatter"), "SurveyCTO"),
    **dict.fromkeys(("collect-is-phone-app", "relevance-status", "index"), "SurveyCTO"),
    **dict.fromkeys(("cond", "double", "checksum", "distinct-values", "id-compress", "here"), "CommCare"),
}


def portability_findings(form: Form, places: Places) -> tuple[Problem, ...]:
    """The findings in a form, in the order of its questions; a function once a form."""
    return (*_functions(form, places), *_appearances(form, places), *_actions(form, places))


def _functions(form: Form, places: Places) -> Iterator[Problem]:
    told: set[str] = set()
    for path, part, formula in _formulas(form):
        for call in formula.reads.calls:
            place = places.question("/" + "/".join(path), part)
            only = FUNCTIONS_OF_ONE.get(call.name)
            if only is not None and call.name not in told:
                told.add(call.name)
                yield warning("form.function_of_one", name=call.name, only=only, **place)
            pattern = _open_pattern(call)
            if pattern:
                yield warning("form.pattern_open", pattern=pattern, **place)


def _open_pattern(call: Call) -> str:
    """A pattern that means the whole text on phones and any part of it in browsers."""
    match call:
        case Call("regex", [_, Literal(pattern)]) if not (pattern.startswith("^") and pattern.endswith("$")):
            return pattern
        case _:
            return ""


def _formulas(form: Form) -> Iterator[tuple[tuple[str, ...], str, Formula]]:
    columns = ("relevant", "constraint", "required", "readonly")
    for path, bind in form.binds.items():
        for part in (*columns, "calculate"):
            formula: Formula | None = getattr(bind, part)
            if formula is not None:
                yield path, "calculation" if part == "calculate" else part, formula
    for control in form.controls:
        if control.path is not None and control.itemset is not None:
            yield control.path, "choice_filter", control.itemset.nodeset


def _appearances(form: Form, places: Places) -> Iterator[Problem]:
    for control in form.controls:
        place: dict[str, Any] = places.question("/" + "/".join(control.path or ()), "appearance")
        for word in _words(control):
            only = APPEARANCES_OF_ONE.get(word)
            meant = nearest(word, _KNOWN) if only is None and word not in _KNOWN else ""
            if only is not None:
                yield warning("form.appearance_of_one", appearance=word, only=only, **place)
            elif meant:
                yield warning("form.appearance_meant", appearance=word, meant=meant, **place)


def _words(control: Control) -> Iterator[str]:
    text = control.appearance
    for match in _CALLED.finditer(text):
        yield match[1] or match[2]
    yield from _CALLED.sub(" ", text).split()


def _actions(form: Form, places: Places) -> Iterator[Problem]:
    for name in form.unsupported:
        if name in ("setgeopoint", "recordaudio"):
            yield warning("form.action_of_one", name=name, only=_PHONES)
    for path in form.shapes:
        if path[-1] == "audit" and len(path) > 1 and path[-2] == "meta":
            yield warning(
                "form.action_of_one", name="audit", only=_PHONES, **places.question("/" + "/".join(path))
            )
