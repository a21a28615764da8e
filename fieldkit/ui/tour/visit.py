"""What lies there when every screen is walked through: a post on a busy day, its headquarters, a put-back disk."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fieldkit.domain.errors import FieldkitError
from fieldkit.services import enrolment, exchange, homeward, importing, receipts
from fieldkit.services.case_file import read_case
from fieldkit.services.vault import OpenVault
from fieldkit.ui.tour.busy_day import Day, busy_day, told_by_office


@dataclass(frozen=True, slots=True)
class Visit:
    """A post and its headquarters, with somebody signed in who may do everything, and a folder without a vault.
    `sent` came from the post, `home` from headquarters; `morning` is the post's disk put back to before the day."""

    post: OpenVault
    office: OpenVault
    empty: Path
    day: Day
    sent: Path
    home: Path
    morning: OpenVault

    def close(self) -> None:
        """Close every vault of it."""
        for vault in (self.post, self.office, self.morning):
            vault.close()


def prepare(post: OpenVault, office: OpenVault, place: Path, reopen: Callable[[Path], OpenVault]) -> Visit:
    """Of an enrolled post: the day, what was sent to headquarters and came home. `reopen` signs in at a folder."""
    sent, home, morning = place / "sent", place / "home", place / "morning"
    for folder in (sent, home):
        folder.mkdir()
    post.database.checkpoint()
    shutil.copytree(post.folder, morning, ignore=shutil.ignore_patterns("lock"))
    day = busy_day(post)
    (bundle,) = exchange.export(post, sent).files
    importing.import_bundle(office, sent / bundle)
    told_by_office(office, day.adult, read_case(post.journal, day.adult).referrals()[0].id)
    device = enrolment.own_identity(post).device
    said = tuple(receipts.to_send(office, device))
    for content in said:
        receipts.accept(post, content)
    (back,) = homeward.send_back(office, [device], home)
    put_back = reopen(morning)
    for content in said:
        with suppress(FieldkitError):  # it says more than is here: that is what its screen tells of
            receipts.accept(put_back, content)
    return Visit(post, office, place / "none", day, sent / bundle, home / back.file, put_back)
