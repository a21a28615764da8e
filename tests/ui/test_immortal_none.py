"""The Qt binding must not use up `None` (see `ui/immortal_none.py`)."""

import sys

from PySide6.QtWidgets import QApplication, QLabel

from fieldkit.ui.immortal_none import keep_none_alive


def test_more_calls_than_there_were_references_leave_none_alive(qapp: QApplication) -> None:
    keep_none_alive()
    label = QLabel()
    calls = 30_000
    for _ in range(calls):
        label.update()
    assert sys.getrefcount(None) > calls
