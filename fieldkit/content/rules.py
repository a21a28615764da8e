"""The table of rules that suggest categories (R-038). It is read and checked here, and evaluated elsewhere.

1. No rule suggests C26 (no specific need): only a person can choose it (`protection.md` 1).
2. A rule names a category, facts, an actor, documents and leaflets that exist; otherwise the whole table is
   refused, with row and column.
3. Categories overlap: several rules may speak, none cancels another (R-018). The order is that of the table,
   never one of severity.
4. The version of the table is a digest of its text, so that a suggestion can name the rules it came from.
5. A target time is set only where it is "at once" (0 hours): the sources give no other number, a country's
   pack does (R-019).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from fieldkit.content import codebook as codebooks
from fieldkit.content.codebook import Codebook
from fieldkit.content.tables import Row, parse_table, read_text
from fieldkit.content.texts import SourceText
from fieldkit.domain.entries import digest
from fieldkit.domain.outcome import NEVER_SUGGESTED
from fieldkit.domain.shelf import Folder

_COLUMNS = (
    *("rule", "category", "when", "because", "procedure"),
    *("actor", "target_hours", "documents", "leaflets"),
)
_REFERENCE = re.compile(r"\$\{([^}]*)\}")
MAX_RULES = 2000
MAX_EXPRESSION = 4000
"""Characters. The longest shipped has about 600."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. `because` and `procedure` are ids of codebook texts; `when` is an expression over facts."""

    id: str
    category: str
    when: str
    because: str
    procedure: str
    actor: str
    target_hours: int | None
    documents: tuple[str, ...]
    leaflets: tuple[str, ...]

    @property
    def names(self) -> frozenset[str]:
        """The facts that the rule reads."""
        return frozenset(_REFERENCE.findall(self.when))


@dataclass(frozen=True, slots=True)
class RuleTable:
    """All rules, their own sentences, and the digest that names this table."""

    rules: tuple[Rule, ...]
    texts: tuple[SourceText, ...]
    version: str

    @property
    def names(self) -> frozenset[str]:
        """The facts that any rule reads."""
        return frozenset(name for rule in self.rules for name in rule.names)

    def of(self, category: str) -> tuple[Rule, ...]:
        """The rules that can suggest a category."""
        return tuple(rule for rule in self.rules if rule.category == category)


def load(resources: Folder) -> RuleTable:
    """The shipped rules, checked against the shipped codebook. Raises ContentFault."""
    leaflets = frozenset(path.stem for path in (resources / "leaflets").glob("L*.md"))
    text = read_text(resources / "codebook" / "rules.csv")
    return read_rules(text, "rules.csv", codebooks.load(resources), leaflets)


def read_rules(text: str, file: str, codebook: Codebook, leaflets: Collection[str]) -> RuleTable:
    """A table of rules from the text of a CSV file. Raises ContentFault; then no rule of it is taken."""
    rows = parse_table(text, file, _COLUMNS, key=("rule",))
    for row in rows[MAX_RULES:]:
        raise row.fault("content.too_many_rows", "rule", limit=MAX_RULES)
    rules = tuple(_rule(row, codebook, leaflets) for row in rows)
    own = tuple(text for row in rows for text in _texts(row))
    return RuleTable(rules, own, digest(text.encode("utf-8")))


def row_of(folder: Folder, rule: str) -> int:
    """The row of a rule in its table, as a spreadsheet counts; 1 when it is not there. Raises ContentFault."""
    rows = parse_table(read_text(folder / "codebook" / "rules.csv"), "rules.csv", _COLUMNS, key=("rule",))
    return next((row.number for row in rows if row.text("rule") == rule), 1)


def _rule(row: Row, codebook: Codebook, leaflets: Collection[str]) -> Rule:
    identifier = row.needed("rule")
    category = codebook.categories[row.name("category", codebook.categories)]
    if category.id in NEVER_SUGGESTED:
        raise row.fault("content.never_suggested", "category", value=category.id)
    row.needed("because")
    procedure = f"rule/{identifier}" if row.text("procedure") else f"category/{category.id}"
    return Rule(
        identifier,
        category.id,
        expression(row, codebook),
        f"rule/{identifier}/because",
        f"{procedure}/procedure",
        row.name("actor", _values(codebook, "actors")) if row.text("actor") else category.actor,
        row.hours_or_none("target_hours"),
        row.names("documents", _values(codebook, "documents")),
        row.names("leaflets", leaflets),
    )


def expression(row: Row, codebook: Codebook) -> str:
    """The text of the condition in the column `when`: names that exist, brackets and quotes that close.

    It is compiled by the forms' own engine, which finds every other mistake; this package may not import it.
    Raises ContentFault.
    """
    when = row.needed("when")
    if len(when) > MAX_EXPRESSION:
        raise row.fault("content.long_expression", "when", limit=MAX_EXPRESSION)
    names = _REFERENCE.findall(when)
    if not names or not _closes(when):
        raise row.fault("content.broken_expression", "when")
    for name in names:
        if name not in codebook.facts:
            raise row.fault("content.unknown_name", "when", value=name)
    return when


def _closes(expression: str) -> bool:
    """Whether quotes and brackets close in order."""
    without_quotes = re.sub(r"'[^']*'|\"[^\"]*\"", "", _REFERENCE.sub("", expression))
    depth = 0
    for sign in without_quotes:
        depth += (sign == "(") - (sign == ")")
        if depth < 0 or sign in "'\"{}$":
            return False
    return depth == 0


def _values(codebook: Codebook, name: str) -> frozenset[str]:
    return frozenset(choice.name for choice in codebook.lists.get(name, ()))


def _texts(row: Row) -> tuple[SourceText, ...]:
    identifier = row.needed("rule")
    because = SourceText(f"rule/{identifier}/because", row.needed("because"), "Why a pathway is suggested.")
    own = row.text("procedure")
    return (because, SourceText(f"rule/{identifier}/procedure", own)) if own else (because,)
