"""Repairs references: written in another way, to a name that was changed in one place, or to a renamed one.

A name that is not there is taken for another only when a single question can be meant: the same letters in
another case or with other separators, the only close one, or the only one of which it is a part. A question
that chooses must offer the values that the expression compares it with.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from fieldkit.forms.columns import EXPRESSION_PARTS, MEDIA_PARTS, TEXT_PARTS, Column
from fieldkit.forms.repair.bench import Bench, Line, View
from fieldkit.forms.repair.lists import alike, choices_of, selects
from fieldkit.forms.repair.spellings import plain, squeezed
from fieldkit.forms.survey_checks import MADE_BY_CONVERTER, NAME, REFERENCE

READING: Final = (*TEXT_PARTS, *MEDIA_PARTS, *EXPRESSION_PARTS, "trigger", "parameters", "type")
_LOOSE: Final = re.compile(r"\$\s*[{(\[]\s*(?P<name>[^{}()\[\]<>=$'\"]+?)\s*[})\]](?!\})")
_UNCLOSED: Final = re.compile(r"\$\{\s*(?P<name>[\w.\-]+)(?=\s*(?:[=!<>+*,)\s]|$))(?![^${}]*\})")
_LOST_DOLLAR: Final = re.compile(r"(?<![$\w])\{\s*(?P<name>[\w.\-]+)\s*\}")
_DOUBLED: Final = re.compile(r"\$+\{\{*\s*(?P<name>[\w.\-]+)\s*\}+")
_COMPARED: Final = r"\$\{%s\}\s*,?\s*(?:!?=)?\s*['\"]([^'\"]*)['\"]"
_MARK: Final = re.compile(r"\$\{(last-saved#)?([^}]*)\}")
_STEP: Final = re.compile(r"(?<=/)[^\W\d][\w.\-]*")
_MIN_PART: Final = 3  # letters that a part of a name must have to be taken for it


def readers(bench: Bench) -> Iterator[tuple[View, Line, Column, str]]:
    """Every cell that may hold a reference."""
    for kind in ("survey", "choices", "settings", "entities"):
        view = bench.view(kind)
        for line in view.lines if view else ():
            for column in view.columns if view else ():
                text = line.text(column.index)
                if text and view and (kind == "entities" or column.part in (*READING, "instance_name")):
                    yield view, line, column, text


def question_names(bench: Bench) -> tuple[str, ...]:
    """The names of all questions and groups, in their order."""
    survey = bench.view("survey")
    names = (survey.get(line, "name") for line in survey.lines) if survey else ()
    return tuple(dict.fromkeys(name for name in names if name))


def mend_reference_marks(bench: Bench) -> None:
    """`$(name)`, `${ name }`, `${name`, and in expressions `{name}`: a dollar sign and curly brackets."""
    known = {squeezed(name): name for name in question_names(bench)}

    def written(match: re.Match[str]) -> str:
        name = match["name"].strip()
        if name.startswith("last-saved#"):
            return f"${{{name}}}"
        meant = name if NAME.fullmatch(name) else known.get(squeezed(name), "")
        is_meant = squeezed(name) in known or (NAME.fullmatch(name) and "$" in match[0])
        return f"${{{meant}}}" if is_meant else match[0]

    for view, line, column, text in readers(bench):
        now = _DOUBLED.sub(written, text)
        now = _LOOSE.sub(written, now)
        if column.part in EXPRESSION_PARTS:
            now = _UNCLOSED.sub(lambda match: f"${{{match['name']}}}", now)
            now = _LOST_DOLLAR.sub(written, now)
        if now != text:
            view.put(line, column, now, "repair.reference_marks")


def mend_references(bench: Bench) -> None:
    """`${nmae}` where there is a question `name`."""
    names = question_names(bench)
    lists = selects(bench)
    for view, line, column, text in readers(bench):
        own = view.get(line, "name") if view.table.kind == "survey" else ""

        def meant(match: re.Match[str], own: str = own, text: str = text) -> str:
            prefix = "last-saved#" if match[1].startswith("last-saved#") else ""
            name = match[1].removeprefix("last-saved#")
            if not match[0].endswith("}") or name in names or name in MADE_BY_CONVERTER:
                return match[0]
            found = _meant(bench, name, tuple(one for one in names if one != own), text, lists)
            return f"${{{prefix}{found}}}" if found else match[0]

        now = REFERENCE.sub(meant, text)
        if now != text:
            view.put(line, column, now, "repair.reference")


def _meant(bench: Bench, name: str, names: tuple[str, ...], text: str, lists: dict[str, str]) -> str:
    values = re.findall(_COMPARED % re.escape(name), text)
    fitting = tuple(one for one in names if _offers(bench, lists.get(one), values))
    found = alike(name, fitting)
    if found or len(squeezed(name)) < _MIN_PART:
        return found
    parts = _parts(name)
    # The rest of a longer name may be a number of its own kind (`q1`, `q12`): whole parts only.
    longer = [one for one in fitting if parts and (parts < _parts(one) or set() < _parts(one) < parts)]
    return longer[0] if len(longer) == 1 else ""


def _parts(name: str) -> frozenset[str]:
    words = re.split(r"[_.\-]+|(?<=[a-z])(?=[A-Z])", name)
    return frozenset(plain(word) for word in words if len(word) >= _MIN_PART)


def _offers(bench: Bench, list_name: str | None, values: list[str]) -> bool:
    if list_name is None or not values:
        return True
    choices = bench.view("choices")
    offered = {choices.get(line, "name") for line in choices_of(bench, list_name)} if choices else set()
    return not offered or all(value in offered for value in values if value)


def rename_references(
    bench: Bench, renamed_to: Mapping[str, str], code: str, within: frozenset[int] | None = None
) -> None:
    """Write the new name wherever an old one stands (in survey rows `within` only, if given), and list it."""
    if not renamed_to:
        return

    def mark(match: re.Match[str]) -> str:
        prefix, name = match[1] or "", match[2].strip()
        return f"${{{prefix}{renamed_to[name]}}}" if name in renamed_to else match[0]

    for view, line, column, text in readers(bench):
        if within is not None and not (view.table.kind == "survey" and line.number in within):
            continue
        renamed = _MARK.sub(mark, text)
        if column.part in EXPRESSION_PARTS and "/" in renamed:
            renamed = _STEP.sub(lambda match: renamed_to.get(match[0], match[0]), renamed)
        if renamed != text:
            view.put(line, column, renamed, code)
