"""Protocols: under which answers leave a post for somebody else than its headquarters.

1. Forms are forwarded to a server only under a row that names server and form (`protection.md` 13).
2. Answers are shared with a recipient only under a row of `codebook/protocols.csv` (`domain/sharing.py`):
   fields and categories by name, a last day, agreement or a named rule.
3. A field that the codebook allows nobody to receive goes nowhere, and one that it allows to others not to this
   recipient; such a row is refused as a whole.
4. None is shipped. Rows come with a pack that headquarters signs. The invented ones load only for training and the
   tour (`protection.md` 10).
"""

from dataclasses import dataclass
from pathlib import Path

from fieldkit.content.codebook import Codebook, Fact
from fieldkit.content.tables import Row, read_table
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.sharing import Purpose, Rule, SharingProtocol
from fieldkit.domain.shelf import Folder

_COLUMNS = ("server", "form")
_SHARING = (
    *("id", "name", "recipient", "abroad", "purpose", "basis", "fields"),
    *("categories", "excluded", "sealed", "agreement", "rule", "expires", "sample"),
)
_ALL = "all"


@dataclass(frozen=True, slots=True)
class Protocol:
    """One form to one server, by the server's host name."""

    server: str
    form: str


def load(resources: Path) -> frozenset[Protocol]:
    """The protocols for forms that are held. Raises ContentFault."""
    rows = read_table(resources / "forms" / "protocols.csv", _COLUMNS, key=_COLUMNS)
    return frozenset(Protocol(row.needed("server"), row.needed("form")) for row in rows)


def load_sharing(resources: Folder, codebook: Codebook) -> tuple[SharingProtocol, ...]:
    """The sharing protocols in force. Raises ContentFault, also for an invented one (rule 4)."""
    return _read(resources / "codebook" / "protocols.csv", codebook, sample=False)


def load_sample(resources: Path, codebook: Codebook) -> tuple[SharingProtocol, ...]:
    """The invented protocols, for training and the tour only. Raises ContentFault."""
    return _read(resources / "directory" / "sample_protocols.csv", codebook, sample=True)


def _read(path: Folder, codebook: Codebook, *, sample: bool) -> tuple[SharingProtocol, ...]:
    return tuple(_protocol(row, codebook, sample) for row in read_table(path, _SHARING, key=("id",)))


def _protocol(row: Row, codebook: Codebook, sample: bool) -> SharingProtocol:
    if row.yes("sample") is not sample:
        raise row.fault("content.sample_protocol", "sample")
    expires = row.day_or_none("expires")
    if expires is None:
        raise row.fault("content.empty_cell", "expires")
    recipient = row.name("recipient", codebook.recipients) if row.text("recipient") else ""
    countries = [choice.name for choice in codebook.lists["countries"] if choice.parent == "country"]
    purpose = Purpose(row.name("purpose", frozenset(Purpose)))
    return SharingProtocol(
        id=row.needed("id"),
        name=row.needed("name"),
        recipient=recipient,
        abroad=row.name("abroad", countries) if row.text("abroad") else "",
        purpose=purpose,
        basis=row.needed("basis"),
        fields=_fields(row, codebook, recipient, purpose),
        categories=_categories(row, "categories", codebook),
        excluded=_categories(row, "excluded", codebook),
        sealed=frozenset(SealedClass(name) for name in row.names("sealed", frozenset(SealedClass))),
        rule=_rule(row),
        expires=expires,
        sample=sample,
    )


def _rule(row: Row) -> Rule | None:
    """The rule in the place of agreement: exactly one of the two stands there."""
    if not row.yes("agreement"):
        return Rule(row.name("rule", frozenset(Rule)))
    if row.text("rule"):
        raise row.fault("content.rule_and_agreement", "rule")
    return None


def _fields(row: Row, codebook: Codebook, recipient: str, purpose: Purpose) -> tuple[str, ...]:
    row.needed("fields")
    names = row.names("fields", codebook.facts)
    for name in names:
        if not _may_receive(codebook.facts[name], recipient, purpose):
            raise row.fault("content.field_not_for_recipient", "fields", value=name)
    return names


def _may_receive(fact: Fact, recipient: str, purpose: Purpose) -> bool:
    if fact.purpose == "family" and purpose is not Purpose.FAMILY and recipient != "child_protection":
        return False
    return recipient in fact.recipients if recipient else bool(fact.recipients)


def _categories(row: Row, column: str, codebook: Codebook) -> frozenset[str]:
    if row.text(column) == _ALL:
        return frozenset(codebook.categories)
    return frozenset(row.names(column, codebook.categories))
