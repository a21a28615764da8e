"""Where one is among several pages: names on top, done ones with a check mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from fieldkit.ui import icons, theme
from fieldkit.ui.widgets.layouts import Flow


class State(StrEnum):
    """How a step stands. A closed one has a reason, said in its tooltip."""

    OPEN = "open"
    CURRENT = "current"
    DONE = "done"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Step:
    """`said` is the state in words for screen readers and the tooltip ("done", "closed: ...")."""

    name: str
    state: State = State.OPEN
    said: str = ""


_ICONS = {State.DONE: "check", State.CLOSED: "lock"}


class Steps(QWidget):
    """Emits `pressed` with the place (from 0) of the step that somebody wants to go to."""

    pressed = Signal(int)

    def __init__(self, steps: Sequence[Step], *, name: str, can_go: bool = True) -> None:
        super().__init__()
        self.setAccessibleName(name)
        layout = Flow(self, gap=theme.current().px(4))
        self.buttons: list[QPushButton] = []
        for place, step in enumerate(steps):
            made = _button(step, place + 1)
            made.setEnabled(can_go and step.state is not State.CLOSED)
            made.clicked.connect(lambda _=False, place=place: self.pressed.emit(place))
            layout.addWidget(made)
            self.buttons.append(made)


def _button(step: Step, number: int) -> QPushButton:
    colours = theme.current().colours
    drawn = _ICONS.get(step.state)
    made = QPushButton(step.name.replace("&", "&&") if drawn else f"{number}. {step.name}".replace("&", "&&"))
    made.setProperty("role", "step")
    made.setProperty("state", step.state.value)
    made.setAccessibleName(step.name)
    made.setAccessibleDescription(step.said)
    made.setToolTip(step.said)
    if drawn:
        made.setIcon(icons.icon(drawn, colours.done if step.state is State.DONE else colours.quiet))
        made.setIconSize(icons.size())
    return made
