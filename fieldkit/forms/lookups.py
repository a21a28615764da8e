"""Choices that come from tables beside a form in the two older ways of ODK: `search()` and external choices.

1. `search('fruits', 'matches', 'kind', ${kind})` in an appearance lists the rows of `fruits.csv`; the question's
   own choices whose value is a whole number stay in front, the other one names the columns of value and label.
2. `select_one_external` names a list of `itemsets.csv`, whose rows have `list_name`, `name`, `label` and columns
   for the filter.
3. Both become an itemset, so that everything that holds for lists holds for them.
"""

import re
from collections.abc import Iterable

from fieldkit.forms.definition import Control, Formula, Itemset, StaticChoice, TextSource
from fieldkit.forms.expressions.reads import Read
from fieldkit.forms.expressions.syntax import Literal
from fieldkit.forms.formulas import Formulas
from fieldkit.forms.itext import Texts, language_tag
from fieldkit.forms.nodes import ELEMENT, Node, document
from fieldkit.forms.problems import Problem, warning
from fieldkit.forms.secondary import Lists
from fieldkit.forms.shapes import TemplatePath, template_path

EXTERNAL_FILE = "itemsets.csv"
SEARCH = "fk:search"
"""The name under which `search` is a function: elsewhere in a form there is none."""
_SEARCH = re.compile(r"(?<![\w:.-])search\s*\(")
_WHOLE_NUMBER = re.compile(r"[+-]?\d+")
_LIST = re.compile(r"instance\(\s*(['\"])([^'\"]+)\1\s*\)")
_PLAIN = re.compile(r"[^\W\d][\w.\-]*")
_LABEL = re.compile(r"label(?:::?(?P<language>.+))?")


def search_call(appearance: str) -> tuple[str, str | None]:
    """The appearance without `search(…)`, and that call as an expression; None when there is none."""
    found = _SEARCH.search(appearance)
    if found is None:
        return appearance, None
    end = _closing(appearance, found.end())
    rest = f"{appearance[: found.start()]} {appearance[end:]}"
    return " ".join(rest.split()), f"{SEARCH}({appearance[found.end() : end]}"


def _closing(text: str, at: int) -> int:
    """The place behind the bracket that closes the one before `at`; the end when it is never closed."""
    depth, quote = 1, ""
    for place in range(at, len(text)):
        letter = text[place]
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif letter in "()":
            depth += 1 if letter == "(" else -1
            if depth == 0:
                return place + 1
    return len(text)


def columns_choice(
    choices: Iterable[StaticChoice],
) -> tuple[tuple[StaticChoice, ...], StaticChoice | None]:
    """Rule 1: the choices that stay, and the one that names columns."""
    kept, columns = [], None
    for choice in choices:
        if _WHOLE_NUMBER.fullmatch(choice.value):
            kept.append(choice)
        elif columns is None:
            columns = choice
    return tuple(kept), columns


def list_of(query: str) -> str:
    """The list that an external question's `query` names."""
    found = _LIST.search(query)
    return found[2] if found is not None else ""


def external_list(rows: Node | None, name: str) -> Node:
    """Rule 2: the rows of the list `name`, as a list of its own."""
    root = Node(ELEMENT, "root")
    for top in rows.children if rows is not None else ():
        for item in top.children:
            named = item.named.get("list_name", ())
            if named and named[0].value == name:
                root.append(item)
    return document(root)


def external_label(header: Iterable[str]) -> TextSource:
    """The label columns of `itemsets.csv`, by language."""
    columns: list[tuple[str | None, str]] = []
    for column in header:
        found = _LABEL.fullmatch(column)
        if found is not None:
            language = found["language"]
            columns.append((language_tag(language) if language else None, column))
    return TextSource(columns=tuple(columns) or ((None, "label"),))


class Lookups:
    """Gives the questions of one form their itemsets (rule 3)."""

    def __init__(self, formulas: Formulas, texts: Texts, lists: Lists) -> None:
        self.formulas = formulas
        self.texts = texts
        self.lists = lists

    def give(self, control: Control) -> None:
        """Make the itemset of a question that has `search()` or an external list; others stay as they are."""
        if control.search is not None:
            control.choices, named = columns_choice(control.choices)
            value = named.value if named is not None else "name"
            label = self._label(named.label) if named is not None else TextSource(columns=((None, "label"),))
            self._itemset(control, control.search, value, label)
        elif control.query is not None and control.path is not None:
            control.kind = "select1"
            name = list_of(control.query)
            self.lists.add_rows_of(EXTERNAL_FILE, name, external_list)
            label = external_label(self.lists.header(EXTERNAL_FILE))
            self._itemset(control, control.query, "name", label)
        control.search, control.query = None, None

    def missing_columns(self, control: Control) -> list[Problem]:
        """A warning when the answers shall come from a column that the table beside the form does not have."""
        itemset = control.itemset
        if itemset is None:
            return []
        column = itemset.value.text.strip()
        names = [name for name in itemset.nodeset.reads.instances if _PLAIN.fullmatch(column)]
        headers = {name: self.lists.columns.get(name) for name in names}
        return [
            warning("form.list_column_missing", list=name, wanted=column)
            for name, header in headers.items()
            if header is not None and column not in header
        ]

    def _itemset(self, control: Control, query: str, value: str, label: TextSource) -> None:
        place = control.path or ()
        nodeset = self.formulas.make(query, place, "itemset")
        column = self.formulas.make(value, place, "itemset", self.formulas.scope(place).inside_foreign())
        if nodeset is None or column is None:
            return
        for name in nodeset.reads.instances:
            self.lists.need_table(name)
        control.itemset = Itemset(nodeset, column, label)

    def _label(self, label: TextSource) -> TextSource:
        """The columns that the label of the naming choice spells, in each language its own."""
        if label.itext is None:
            text = "".join(part for part in label.parts if isinstance(part, str))
            return TextSource(columns=((None, text.strip()),))
        found: list[tuple[str | None, str]] = []
        for tag in self.texts.languages:
            entry = self.texts.entry(tag, label.itext)
            pieces = entry.pieces("") if entry is not None else None
            if pieces:
                found.append((tag, "".join(text for _, text in pieces).strip()))
        return TextSource(columns=tuple(found))


class NamedLists:
    """What `jr:choice-name(value, '/data/question')` reads besides its arguments: the list of that question."""

    def __init__(self, controls: Iterable[Control]) -> None:
        self._itemsets = {
            control.path: control.itemset for control in controls if control.itemset is not None
        }

    def reads_of(self, formula: Formula, place: TemplatePath) -> set[Read]:
        """The reads of all lists that `formula`, which stands at `place`, names; of any row."""
        found: set[Read] = set()
        for question in formula.reads.choices_of:
            path = template_path(question.text, place) if isinstance(question, Literal) else ()
            itemset = self._itemsets.get(path)
            if itemset is not None:
                labels = itemset.label.parts if itemset.label is not None else ()
                formulas = [
                    itemset.nodeset,
                    itemset.value,
                    *(one for one in labels if isinstance(one, Formula)),
                ]
                found |= {Read(read.path, 0, read.kind) for one in formulas for read in one.reads.reads}
        return found
