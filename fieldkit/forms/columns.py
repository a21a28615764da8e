"""What the columns of an XLSForm are called, and the other names under which they are found.

The names are those of xlsform.org and, for older forms, those its converter still accepts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from fieldkit.forms.workbook import Row, Sheet

SHEETS: Final = ("survey", "choices", "settings", "external_choices", "entities", "osm")

TEXT_PARTS: Final = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
MEDIA_PARTS: Final = ("image", "big-image", "audio", "video")
EXPRESSION_PARTS: Final = (
    "relevant",
    "constraint",
    "calculation",
    "required",
    "readonly",
    "choice_filter",
    "repeat_count",
    "default",
)

_SURVEY: Final = frozenset(
    {"type", "name", *TEXT_PARTS, *MEDIA_PARTS, *EXPRESSION_PARTS, "appearance", "parameters", "trigger"}
    | {
        "save_to",
        "disabled",
        "autoplay",
        "rows",
        "intent",
        "accuracythreshold",
        "comment",
        "comments",
        "notes",
    }
)
_CHOICES: Final = frozenset({"list_name", "name", "label", "hint", "order", *MEDIA_PARTS})
_SETTINGS: Final = frozenset(
    {"form_title", "form_id", "version", "default_language", "instance_name", "public_key", "submission_url"}
    | {"auto_send", "auto_delete", "style", "namespaces", "name", "allow_choice_duplicates", "prefix", "flat"}
    | {"omit_instanceid", "instance_id", "delimiter", "sms_keyword", "client_editable", "clean_text_values"}
    | {"instance_xmlns", "add_none_option"}
)
KNOWN: Final[Mapping[str, frozenset[str]]] = {"survey": _SURVEY, "choices": _CHOICES, "settings": _SETTINGS}

_ALIASES: Final[Mapping[str, Mapping[str, str]]] = {
    "survey": {
        "caption": "label",
        "command": "type",
        "tag": "name",
        "value": "name",
        "read_only": "readonly",
        "relevance": "relevant",
        "calculate": "calculation",
        "count": "repeat_count",
        "jr:count": "repeat_count",
        "constraining_message": "constraint_message",
        "requiredmsg": "required_message",
        "bind::relevant": "relevant",
        "bind::constraint": "constraint",
        "bind::calculate": "calculation",
        "bind::required": "required",
        "bind::readonly": "readonly",
        "bind::jr:constraintmsg": "constraint_message",
        "bind::jr:requiredmsg": "required_message",
        "control::appearance": "appearance",
        "body::appearance": "appearance",
    },
    "choices": {"list": "list_name", "list name": "list_name", "caption": "label", "value": "name"},
    "settings": {
        "title": "form_title",
        "set_form_title": "form_title",
        "id_string": "form_id",
        "set_form_id": "form_id",
    },
}
_ALIASES_LIKE: Final = {"external_choices": "choices", "osm": "choices"}
_GROUPING: Final = frozenset({"bind", "control", "body", "instance"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its `header` as written, the `part` it holds, and its `language` if it says one."""

    index: int
    header: str
    part: str
    language: str | None = None


class Table:
    """A sheet read by the meaning of its columns."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.kind = sheet.name.strip().lower()
        doubled = any("::" in header for header in sheet.header)
        self.columns = tuple(
            _column(self.kind, index, header, doubled) for index, header in enumerate(sheet.header) if header
        )
        self._first: dict[str, Column] = {}
        for column in self.columns:
            self._first.setdefault(column.part, column)

    def has(self, part: str) -> bool:
        """Whether there is a column for it, in whatever language."""
        return part in self._first

    def header(self, part: str) -> str:
        """The column as its author wrote it; the proper name when there is none."""
        column = self._first.get(part)
        return column.header if column else part

    def get(self, row: Row, part: str) -> str:
        """The text in the first column for it, without surrounding blanks; empty when there is none."""
        column = self._first.get(part)
        return cell(row, column.index).strip() if column else ""

    def raw(self, row: Row, part: str) -> str:
        """The same as it was typed."""
        column = self._first.get(part)
        return cell(row, column.index) if column else ""

    def says(self, row: Row, parts: tuple[str, ...]) -> bool:
        """Whether the row has something in one of these columns, in whatever language."""
        return any(cell(row, column.index).strip() for column in self.columns if column.part in parts)


def cell(row: Row, index: int) -> str:
    """The text of a cell; empty beyond the end of the row."""
    return row.cells[index] if index < len(row.cells) else ""


def nearest(word: str, known: Mapping[str, object] | frozenset[str] | set[str] | tuple[str, ...]) -> str:
    """The known word that was probably meant, or an empty string."""
    spelled = {name.lower(): name for name in known}
    close = get_close_matches(word.lower(), sorted(spelled), n=1, cutoff=0.75)
    return spelled[close[0]] if close else ""


def _column(kind: str, index: int, header: str, doubled: bool) -> Column:
    delimiter = "::" if doubled or "::" in header else ":"
    tokens = [token.strip() for token in header.split(delimiter)]
    if tokens[0] == "jr":  # "jr:count" with the single colon of old forms
        tokens = [":".join(tokens[:2]), *tokens[2:]]
    first = "_".join(tokens[0].split()).lower()
    rest = tokens[1:]
    if first == "media" and rest:
        first, rest = rest[0].lower(), rest[1:]
    elif first in _GROUPING and rest:
        first, rest = f"{first}::{rest[0]}", rest[1:]
    aliases = _ALIASES.get(_ALIASES_LIKE.get(kind, kind), {})
    known = KNOWN.get(_ALIASES_LIKE.get(kind, kind), frozenset())
    part = aliases.get(first.lower(), first)
    if part.lower() in known:
        part = part.lower()
    elif "::" not in part:
        part = header if not rest else part  # an unknown column keeps its spelling: filters refer to it
    return Column(index, header, part, rest[0] if rest else None)
