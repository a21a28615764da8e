"""What screens ask about sharing, hand-overs and alerts. Reading only."""

import json
from dataclasses import dataclass

from fieldkit.storage.database import Database

_SHARE = "share, case_id, contact, protocol, how, fields, agreement, told, day"


@dataclass(frozen=True, slots=True)
class ShareRow:
    """That something of a case left: under which protocol, which fields, with agreement or by which rule."""

    share: str
    case: str
    contact: str
    protocol: str
    how: str
    fields: tuple[str, ...]
    agreement: str
    told: bool
    day: str


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """That another post took a case over."""

    share: str
    by: str
    day: str


@dataclass(frozen=True, slots=True)
class TakenOverRow:
    """A case that came from another post, with the number it has there."""

    share: str
    case: str
    contact: str
    number: str
    day: str


@dataclass(frozen=True, slots=True)
class AlertRow:
    """A child's alert, made here or received."""

    alert: str
    way: str
    contact: str
    number: str
    age_band: str
    sex: str
    call: str
    day: str


class Shared:
    """The lists of one vault."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_case(self, case: str) -> tuple[ShareRow, ...]:
        """What of a case left, the oldest first."""
        rows = self._database.rows(
            f"SELECT {_SHARE} FROM shares WHERE case_id = ? ORDER BY entry",  # noqa: S608
            (case,),
        )
        return tuple(_share(row) for row in rows)

    def handed_over(self) -> tuple[ShareRow, ...]:
        """Every hand-over, the newest first."""
        rows = self._database.rows(
            f"SELECT {_SHARE} FROM shares WHERE how = 'hand_over' ORDER BY entry DESC"  # noqa: S608
        )
        return tuple(_share(row) for row in rows)

    def receipts(self) -> dict[str, ReceiptRow]:
        """The receipts that came back, by the share they are for; the first one counts."""
        rows = self._database.rows("SELECT share, by, day FROM hand_over_receipts ORDER BY entry DESC")
        return {row[0]: ReceiptRow(*row) for row in rows}

    def taken_over(self) -> tuple[TakenOverRow, ...]:
        """The cases that came from other posts, the newest first."""
        rows = self._database.rows(
            "SELECT share, case_id, contact, number, day FROM taken_over ORDER BY entry DESC"
        )
        return tuple(TakenOverRow(*row) for row in rows)

    def alerts(self) -> tuple[AlertRow, ...]:
        """Alerts, the newest first."""
        rows = self._database.rows(
            "SELECT alert, way, contact, number, age_band, sex, call, day FROM alerts ORDER BY entry DESC"
        )
        return tuple(AlertRow(*row) for row in rows)

    def agreements(self, case: str) -> dict[str, bool]:
        """What the person said to each recipient; a no that was ever said counts."""
        rows = self._database.rows(
            "SELECT recipient, MIN(agreed) FROM agreements WHERE case_id = ? GROUP BY recipient", (case,)
        )
        return {recipient: bool(agreed) for recipient, agreed in rows}


def _share(row: tuple[str, str, str, str, str, str, str, int, str]) -> ShareRow:
    share, case, contact, protocol, how, fields, agreement, told, day = row
    return ShareRow(
        share, case, contact, protocol, how, tuple(json.loads(fields)), agreement, bool(told), day
    )
