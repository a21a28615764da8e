"""Text on the screen: in its language's font and direction, never cut, never read as markup."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from fieldkit.forms.marked_text import MarkedLine, Span
from fieldkit.languages.direction import in_direction, is_rtl
from fieldkit.languages.isolates import isolate_numbers
from fieldkit.ui import fonts, theme
from fieldkit.ui.tokens import LINE_LENGTH, Size, Tone

_OVERHANG = 6
"""Pixels for the last letter of a line, whose tail may reach beyond where a line of Arabic is said to end."""

_HEADINGS = {
    1: "font-size: x-large; font-weight: bold",
    2: "font-size: large; font-weight: bold",
    **dict.fromkeys((3, 4), "font-weight: bold"),
    **dict.fromkeys((5, 6), "font-size: small; font-weight: bold"),
}


def words(
    text: str,
    size: Size = Size.TEXT,
    *,
    quiet: bool = False,
    bold: bool = False,
    tone: Tone | None = None,
    wrap: bool = True,
) -> QLabel:
    """A text of the interface."""
    return words_in(text, theme.current().language, size, quiet=quiet, bold=bold, tone=tone, wrap=wrap)


def words_in(
    text: str,
    tag: str,
    size: Size = Size.TEXT,
    *,
    quiet: bool = False,
    bold: bool = False,
    tone: Tone | None = None,
    wrap: bool = True,
) -> QLabel:
    """A text in the language `tag`, which may run the other way than the interface."""
    label = QLabel()
    label.setProperty("kind", size.value)
    label.setProperty("quiet", "true" if quiet else "false")
    label.setProperty("bold", "true" if bold else "false")
    if tone is not None:
        label.setProperty("tone", tone.value)
    label.setTextFormat(Qt.TextFormat.PlainText)
    set_words(label, text, tag)
    label.setWordWrap(wrap)
    if wrap:
        label.setMinimumWidth(1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        label.setSizePolicy(policy)
    return label


def set_words(label: QLabel, text: str, tag: str | None = None) -> None:
    """Give a label another text, in the interface's language or in `tag`; it starts where `tag` starts."""
    tag = tag or theme.current().language
    dress(label, tag)
    start_at(label, is_rtl(tag))
    shown = isolate_numbers(text) if is_rtl(tag) else text
    label.setText(in_direction(shown, tag))
    label.setAccessibleName(text)


def show_marked(label: QLabel, marked: Sequence[MarkedLine]) -> None:
    """Show headings, strong words and emphasis of a form's own text; what is read aloud stays plain."""
    direction = "rtl" if label.alignment() & Qt.AlignmentFlag.AlignRight else "ltr"
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setText(f'<div dir="{direction}">' + "<br>".join(_marked_line(line) for line in marked) + "</div>")


def _marked_line(line: MarkedLine) -> str:
    said = "".join(_marked_span(span) for span in line.spans)
    return f'<span style="{_HEADINGS[line.level]}">{said}</span>' if line.level else said


def _marked_span(span: Span) -> str:
    text = escape(span.text).replace("  ", "&nbsp; ")
    text = f"<b>{text}</b>" if span.strong else text
    return f"<i>{text}</i>" if span.emphasis else text


def start_at(label: QLabel, right: bool) -> None:
    """Let lines start at the right or the left, whatever the first letter of the text says."""
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    label.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
    label.setContentsMargins(_OVERHANG if right else 0, 0, 0, 0)


def at_start(label: QLabel) -> QLabel:
    """A text of another direction, such as a number, that starts where the interface starts."""
    start_at(label, theme.current().mirrored)
    return label


def dress(widget: QWidget, tag: str) -> None:
    """Give a widget the font and direction of a language; its size comes from the stylesheet."""
    if widget.property("tag") == tag:
        return
    widget.setProperty("tag", tag)
    widget.setFont(fonts.font_for(tag))
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)  # a font set late would hide the stylesheet's size
        widget.style().polish(widget)
    widget.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if is_rtl(tag) else Qt.LayoutDirection.LeftToRight
    )


def readable(label: QLabel) -> QWidget:
    """Keep lines at most 70 characters long, at the reading start of what room there is."""
    label.ensurePolished()
    label.setMaximumWidth(label.fontMetrics().averageCharWidth() * LINE_LENGTH)
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label, 1)
    row.addStretch(0)
    return box
