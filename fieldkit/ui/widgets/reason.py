"""A line for a reason, and the button that keeps it. What is missing is said beside the line."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.ui import theme
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import row
from fieldkit.ui.widgets.field import Field


class Reason(QWidget):
    """`keep` gets what was written; an empty line is refused with the sentence `missing`. `close`, with the
    word `cancel`, takes the question away again."""

    def __init__(
        self,
        question: str,
        *,
        hint: str,
        action: str,
        missing: str,
        keep: Callable[[str], object],
        cancel: str = "",
        close: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._keep = keep
        self._missing = missing
        self.field = Field(question, hint=hint)
        self.field.line.textEdited.connect(lambda _text: self.field.show_problem(""))
        self.button = button(action, self.press, icon="check")
        ways = [self.button]
        if close is not None:
            ways.append(button(cancel, close, role="plain"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().px(12))
        layout.addWidget(self.field)
        layout.addWidget(row(*ways))

    def press(self) -> None:
        """Keep the reason, or say that it is missing."""
        if self.field.value.strip():
            self._keep(self.field.value.strip())
        else:
            self.field.show_problem(self._missing)
            self.field.line.setFocus()
