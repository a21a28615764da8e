"""The rows of the survey sheet: types, names, groups that close, lists and references that lead somewhere."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from fieldkit.forms.columns import EXPRESSION_PARTS, MEDIA_PARTS, TEXT_PARTS, Column, Table, cell, nearest
from fieldkit.forms.expression_checks import check_expression
from fieldkit.forms.problems import Problem, error, warning
from fieldkit.forms.workbook import Row

NAME: Final = re.compile(r"[^\W\d][\w.\-]*")  # an XML name without a prefix
BEGIN: Final = re.compile(
    r"begin[ _](group|lgroup|repeat|loop|looped group)(?: (?:over )?(\S+))?", re.IGNORECASE
)
END: Final = re.compile(r"end[ _](group|lgroup|repeat|loop|looped group)", re.IGNORECASE)
SELECT: Final = re.compile(
    r"(?P<command>select_one_from_file|select_multiple_from_file|select one from file"
    r"|select multiple from file|select_one_external|select_one|select_multiple|select1|select one from"
    r"|select all that apply from"
    r"|select all that apply|select one|add select one prompt using|add select multiple prompt using|rank)"
    r" (?P<list>\S+)(?P<other> (?:or specify other|or_other|or other))?"
)
_SELECT_WORDS: Final = (
    "select_one",
    "select_multiple",
    "rank",
    "select_one_from_file",
    "select_multiple_from_file",
)
REFERENCE: Final = re.compile(r"\$\{([^}]*)\}?")
_WRONG_REFERENCE: Final = re.compile(r"\$\s+\{\s*[\w.\-]+\s*\}|\$\([\w.\-]+\)|\$\[[\w.\-]+\]")
INVISIBLE: Final = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]")
CURLY: Final = re.compile("[\u2018\u2019\u201c\u201d]")  # the converter makes these straight
_FOREIGN_QUOTES: Final = re.compile("[\u201a\u201b\u201e\u201f\u00ab\u00bb\u2039\u203a\u2032\u2033`\u00b4]")
_LOOSE: Final = re.compile(r"^\s|\s$|\s{2,}")
FILE_ENDINGS: Final = (".csv", ".xml", ".geojson")
MADE_BY_CONVERTER: Final = ("instanceID", "instanceName")
SETTINGS_TYPES: Final = frozenset({"form_title", "set_form_title", "form_id", "set_form_id", "prefix"})
SHOWN: Final = (
    "label",
    "hint",
    *MEDIA_PARTS,
    "calculation",
    "trigger",
)  # the last two: a hidden calculation
REPEATS: Final = frozenset({"repeat", "lgroup", "looped group"})


@dataclass(slots=True)
class _Open:
    kind: str
    name: str
    row: int
    names: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Walk:
    """What has been seen on the way down the sheet."""

    table: Table
    tables: Mapping[str, Table]
    types: Mapping[str, bool]
    stack: list[_Open]
    names: Counter[str] = field(default_factory=Counter)
    repeats: dict[str, int] = field(default_factory=dict)

    def at(self, row: Row, code: str, part: str, **data: str | int) -> Problem:
        return error(
            code, sheet=self.table.sheet.name, row=row.number, column=self.table.header(part), **data
        )

    def told(self, row: Row, code: str, part: str, **data: str | int) -> Problem:
        return warning(
            code, sheet=self.table.sheet.name, row=row.number, column=self.table.header(part), **data
        )


def check_survey(tables: Mapping[str, Table], types: Mapping[str, bool]) -> Iterator[Problem]:
    """Every problem in the survey sheet's rows."""
    table = tables["survey"]
    if not table.sheet.rows:
        yield error("form.survey_empty", sheet=table.sheet.name, row=2)
        return
    walk = _Walk(table, tables, types, [_Open("form", "", 1)])
    for row in table.sheet.rows:
        if table.get(row, "disabled").lower() in {"yes", "true"}:
            continue
        yield from _row(walk, row)
    for left_open in walk.stack[1:]:
        yield error(
            "form.group_not_closed",
            sheet=table.sheet.name,
            row=left_open.row,
            column=table.header("type"),
            kind=left_open.kind,
            name=left_open.name,
        )
    yield from _references(walk)


def _row(walk: _Walk, row: Row) -> Iterator[Problem]:
    kind, name = " ".join(walk.table.get(row, "type").split()), walk.table.get(row, "name")
    yield from _blanks(walk, row)
    if not kind:
        if name or walk.table.says(row, TEXT_PARTS):
            yield walk.at(row, "form.type_missing", "type")
        return
    if kind in SETTINGS_TYPES:
        return
    begin, end = BEGIN.fullmatch(kind), END.fullmatch(kind)
    if (begin or end) and kind != kind.lower():
        yield walk.at(row, "form.type_unknown_meant", "type", type=kind, meant=kind.lower())
    if end:
        yield from _end(walk, row, kind)
        return
    yield from _name(walk, row, kind, name)
    if begin:
        yield from _begin(walk, row, begin[1].lower(), name)
        return
    yield from _type(walk, row, kind)
    if kind == "calculate" and not walk.table.get(row, "calculation") and not walk.table.get(row, "default"):
        yield walk.at(row, "form.calculation_missing", "calculation", name=name)


def _blanks(walk: _Walk, row: Row) -> Iterator[Problem]:
    for part in ("type", "name"):
        text = walk.table.raw(row, part)
        if INVISIBLE.search(text):
            yield walk.at(row, "form.invisible_character", part, value=INVISIBLE.sub("\N{OPEN BOX}", text))
        elif _LOOSE.search(text):
            yield walk.told(row, "form.stray_space", part, value=text.strip())


def _name(walk: _Walk, row: Row, kind: str, name: str) -> Iterator[Problem]:
    if not name:
        if kind not in {"note", "audit"}:
            yield walk.at(row, "form.name_missing", "name", type=kind)
        return
    if not NAME.fullmatch(name):
        yield walk.at(row, "form.name_bad", "name", name=name, better=_better_name(name))
        return
    walk.names[name] += 1
    siblings = walk.stack[-1].names
    same_letters = {other.lower(): other for other in siblings}
    if name == "meta":
        yield walk.at(row, "form.name_reserved", "name", name=name)
    elif name in siblings:
        yield walk.at(row, "form.name_twice", "name", name=name, first=siblings[name])
    elif name.lower() in same_letters:
        other = same_letters[name.lower()]
        yield walk.told(row, "form.name_nearly_twice", "name", name=name, other=other, first=siblings[other])
    siblings.setdefault(name, row.number)


def _better_name(name: str) -> str:
    plain = re.sub(r"[^\w.\-]+", "_", name.strip()).strip("_")
    return plain if NAME.fullmatch(plain) else f"q_{plain}" if plain else "question"


def _begin(walk: _Walk, row: Row, kind: str, name: str) -> Iterator[Problem]:
    kind = "repeat" if kind in REPEATS else kind
    if kind == "repeat" and name:
        if name in walk.repeats:
            yield walk.at(row, "form.repeat_name_twice", "name", name=name, first=walk.repeats[name])
        walk.repeats.setdefault(name, row.number)
    walk.stack.append(_Open(kind, name, row.number))


def _end(walk: _Walk, row: Row, kind: str) -> Iterator[Problem]:
    match = END.fullmatch(kind)
    ended = match[1].lower() if match else ""
    ended = "repeat" if ended in REPEATS else ended
    opened = walk.stack[-1]
    if len(walk.stack) == 1:
        yield walk.at(row, "form.end_without_begin", "type", kind=ended)
        return
    if opened.kind != ended:
        yield walk.at(
            row,
            "form.end_of_other",
            "type",
            kind=ended,
            opened=opened.kind,
            name=opened.name,
            first=opened.row,
        )
    walk.stack.pop()


def _type(walk: _Walk, row: Row, kind: str) -> Iterator[Problem]:
    select = SELECT.fullmatch(kind)
    if (select or walk.types.get(kind)) and not walk.table.says(row, SHOWN):
        yield walk.at(row, "form.label_missing", "label", name=walk.table.get(row, "name"))
    if select:
        yield from _list(walk, row, select["command"], select["list"], bool(select["other"]))
        return
    if kind in walk.types or kind.startswith("osm "):
        return
    if kind in _SELECT_WORDS:
        yield walk.at(row, "form.list_not_named", "type", type=kind)
        return
    first = kind.split(maxsplit=1)[0]
    meant = nearest(kind, {*walk.types, "begin_group", "end_group", "begin_repeat", "end_repeat"})
    if not meant and nearest(first, _SELECT_WORDS):
        meant = " ".join([nearest(first, _SELECT_WORDS), *kind.split()[1:]])
    yield walk.at(
        row, "form.type_unknown_meant" if meant else "form.type_unknown", "type", type=kind, meant=meant
    )


def _list(walk: _Walk, row: Row, command: str, name: str, or_other: bool) -> Iterator[Problem]:
    if "file" in command:
        if not name.lower().endswith(FILE_ENDINGS):
            yield walk.at(row, "form.choice_file_ending", "type", file=name)
        return
    if "${" in name:
        return
    sheet = "external_choices" if command == "select_one_external" else "choices"
    lists = _lists(walk.tables.get(sheet))
    if name not in lists:
        meant = nearest(name, lists)
        code = "form.list_missing_meant" if meant else "form.list_missing"
        yield walk.at(row, code, "type", list=name, choices_sheet=sheet, meant=meant)
    if or_other and walk.table.get(row, "choice_filter"):
        yield walk.at(row, "form.or_other_with_filter", "choice_filter")


def _lists(table: Table | None) -> frozenset[str]:
    rows = table.sheet.rows if table else ()
    return frozenset(table.get(row, "list_name") for row in rows if table) - {""}


def _references(walk: _Walk) -> Iterator[Problem]:
    for kind in ("survey", "choices", "settings"):
        table = walk.tables.get(kind)
        for row in table.sheet.rows if table else ():
            for column in table.columns if table else ():
                text = cell(row, column.index)
                if table and text and _is_read(kind, column):
                    yield from _text(walk, table, row, column, text)


def _is_read(kind: str, column: Column) -> bool:
    part = column.part
    if kind == "settings":
        return part == "instance_name"
    read = (*TEXT_PARTS, *MEDIA_PARTS, *EXPRESSION_PARTS, "trigger", "type", "parameters")
    return part in read if kind == "survey" else part in ("label", *MEDIA_PARTS)


def _text(walk: _Walk, table: Table, row: Row, column: Column, text: str) -> Iterator[Problem]:
    def at(code: str, **data: str | int) -> Problem:
        return error(code, sheet=table.sheet.name, row=row.number, column=column.header, **data)

    known = walk.names
    for match in REFERENCE.finditer(text):
        name = match[1].removeprefix("last-saved#")
        if not match[0].endswith("}") or not NAME.fullmatch(name):
            yield at("form.reference_malformed", value=match[0])
        elif name in MADE_BY_CONVERTER:
            continue
        elif known[name] == 0:
            meant = nearest(name, known)
            yield at(
                "form.reference_unknown_meant" if meant else "form.reference_unknown", name=name, meant=meant
            )
        elif known[name] > 1:
            yield at("form.reference_ambiguous", name=name, count=known[name])
    if column.part in EXPRESSION_PARTS and column.part != "default":
        yield from _expression(at, table, row, column, text)


def _expression(
    at: Callable[..., Problem], table: Table, row: Row, column: Column, text: str
) -> Iterator[Problem]:
    wrong = _WRONG_REFERENCE.search(text)
    if wrong:
        yield at("form.reference_malformed", value=wrong[0])
    if INVISIBLE.search(text):
        yield at("form.invisible_character", value=INVISIBLE.sub("\N{OPEN BOX}", text))
    foreign = _FOREIGN_QUOTES.search(text)
    if foreign:
        yield at("form.foreign_quotes", value=foreign[0])
    elif not wrong:
        # The converter makes curly quotes straight before anybody reads the expression.
        yield from (at(code, **data) for code, data in check_expression(CURLY.sub("'", text)))
    if CURLY.search(text):
        place = {"sheet": table.sheet.name, "column": column.header}
        yield warning("form.curly_quotes", row=row.number, **place)
