"""A screen with one of everything, in the place of a real one."""

import sys
from collections.abc import Iterator, Mapping
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from fieldkit.ui import places
from fieldkit.ui.context import Context
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.screen import Do, Screen, Way
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered


class Sample(Screen):
    """A screen with one of everything."""

    rail: str = "home"

    def __init__(self, context: Context, note: str = "") -> None:
        super().__init__(context)
        self.note = note
        self.done: list[str] = []
        self.label = QLabel(note)
        self.may = True

    @property
    def title(self) -> str:
        return f"Sample {self.note}".strip()

    def build(self) -> QWidget:
        self.line = QLineEdit()
        self.line.setAccessibleName("A line")
        self.inner = button("Inner", lambda: self.done.append("inner"))
        self.grid = ChoiceGrid([Offered("a", "A"), Offered("b", "B")], name="Letters")
        return column(self.line, self.inner, self.grid)

    def main_action(self) -> Way:
        return Way("Do it", lambda: self.done.append("main"), "done", self.may, "Not yet")

    def commands(self) -> Mapping[str, Do]:
        return {"person_language": lambda: self.done.append("language")}

    def left(self) -> None:
        self.done.append("left")


@pytest.fixture(autouse=True)
def sample_screens(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "fieldkit.ui.screens.sample", SimpleNamespace(Sample=Sample))
    monkeypatch.setattr(places, "PLACES", {**places.PLACES, "sample": "sample:Sample"})
    yield


def sample(window: MainWindow, note: str = "") -> Sample:
    window.context.go("sample", note=note)
    assert isinstance(window.screen_shown, Sample)
    QApplication.processEvents()
    return window.screen_shown
