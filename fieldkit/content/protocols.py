"""Protocols under which protection forms may be forwarded: each names one server and one form (`protection.md` 13).

None is shipped. Rows come with a pack that headquarters signs; without one, only surveys are ever forwarded.
"""

from dataclasses import dataclass
from pathlib import Path

from fieldkit.content.tables import read_table

_COLUMNS = ("server", "form")


@dataclass(frozen=True, slots=True)
class Protocol:
    """One form to one server, by the server's host name."""

    server: str
    form: str


def load(resources: Path) -> frozenset[Protocol]:
    """The protocols that are held. Raises ContentFault."""
    rows = read_table(resources / "forms" / "protocols.csv", _COLUMNS, key=_COLUMNS)
    return frozenset(Protocol(row.needed("server"), row.needed("form")) for row in rows)
