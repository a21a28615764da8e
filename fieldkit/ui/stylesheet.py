"""The one stylesheet, made from the tokens. Fonts' families are not in it: each text has its language's.

Widgets say what they are by the properties `role`, `kind` and `tone`; nothing else sets a colour or a size.
Inner distances are the same on both sides, because a stylesheet does not mirror.
"""

from fieldkit.ui.tokens import CORNER, POINTS, TARGET, Colours, Tone

_TEMPLATE = """
QWidget {{ color: {ink}; font-size: {text}pt; }}
QWidget[role="window"], QWidget[role="page"] {{ background: {ground}; }}
QScrollArea, QScrollArea > QWidget > QWidget[role="page"] {{ background: {ground}; border: none; }}
QToolTip {{ background: {paper}; color: {ink}; border: 1px solid {edge}; padding: {s4}px; }}

QLabel {{ background: transparent; }}
QLabel[kind="question"] {{ font-size: {question}pt; }}
QLabel[kind="person"] {{ font-size: {person}pt; }}
QLabel[kind="title"] {{ font-size: {title}pt; font-weight: 700; }}
QLabel[quiet="true"] {{ color: {quiet}; }}
QLabel[bold="true"] {{ font-weight: 700; }}

QFrame[role="bar"], QFrame[role="rail"], QFrame[role="footer"] {{ background: {paper}; border: none; }}
QWidget[role="places"] {{ background: {paper}; }}
QFrame[role="bar"] {{ border-bottom: 1px solid {line}; }}
QFrame[role="footer"] {{ border-top: 1px solid {line}; }}
QFrame[role="divider"] {{ background: {line}; border: none; min-width: 1px; max-width: 1px; }}
QFrame[role="card"], QFrame[role="banner"] {{
    background: {paper}; border: 1px solid {line}; border-radius: {corner}px; }}

QPushButton, QToolButton {{
    background: {paper}; border: 1px solid {edge}; border-radius: {corner}px;
    padding: {s4}px {s12}px; min-height: {target}px; }}
QPushButton:hover, QToolButton:hover {{ background: {pressed}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {main}; padding: {s4_1}px {s12_1}px; }}
QPushButton:disabled, QToolButton:disabled {{
    color: {quiet}; border: 1px dashed {edge}; background: {ground}; }}
QPushButton[role="main"] {{
    background: {main}; color: {on_main}; border: 1px solid {main}; font-weight: 700;
    padding: {s4}px {s24}px; }}
QPushButton[role="main"]:hover {{ background: {main_over}; border-color: {main_over}; }}
QPushButton[role="main"]:focus {{ border: 2px solid {ink}; padding: {s4_1}px {s24_1}px; }}
QPushButton[role="main"]:disabled {{
    background: {ground}; color: {quiet}; border: 1px dashed {edge}; }}
QPushButton[role="plain"], QToolButton[role="plain"] {{
    background: transparent; border: 1px solid transparent; }}
QPushButton[role="plain"]:hover, QToolButton[role="plain"]:hover {{ background: {pressed}; }}
QPushButton[role="plain"]:focus, QToolButton[role="plain"]:focus {{ border: 2px solid {main}; }}
QToolButton::menu-indicator {{ image: none; width: 0px; }}
QToolButton[role="rail"] {{
    background: transparent; border: 1px solid transparent; padding: {s4}px {s8}px; min-height: {target}px; }}
QToolButton[role="rail"]:hover {{ background: {pressed}; }}
QToolButton[role="rail"]:focus {{ border: 2px solid {main}; padding: {s4_1}px {s8_1}px; }}
QToolButton[role="rail"]:checked {{ background: {pressed}; color: {main}; font-weight: 700;
    border: 1px solid {main}; }}
QPushButton[role="picture"] {{ padding: 0px; min-height: 0px; background: transparent;
    border: 1px solid transparent; }}
QPushButton[role="picture"]:focus {{ border: 2px solid {main}; padding: 0px; }}
QPushButton[role="big"] {{ padding: 0px; min-height: {target}px; }}
QPushButton[role="big"]:focus {{ border: 2px solid {main}; padding: 0px; }}
QPushButton[role="big"]:checked {{ background: {pressed}; border: 2px solid {main}; padding: 0px; }}
QLabel[role="number"] {{ color: {quiet}; border: 1px solid {line}; border-radius: {s4}px;
    padding: 0px {s4}px; background: {ground}; }}
QPushButton[role="step"] {{ background: transparent; border: 1px solid transparent;
    border-bottom: 2px solid {line}; border-radius: 0px; padding: {s4}px {s8}px; }}
QPushButton[role="step"]:hover {{ background: {pressed}; }}
QPushButton[role="step"]:focus {{ border: 2px solid {main}; }}
QPushButton[role="step"][state="current"] {{ color: {main}; font-weight: 700;
    border-bottom: 2px solid {main}; }}
QPushButton[role="step"]:disabled {{ color: {quiet}; background: transparent;
    border: 1px solid transparent; border-bottom: 2px solid {line}; }}

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit, QTimeEdit, QDateTimeEdit {{
    background: {paper}; border: 1px solid {edge}; border-radius: {corner}px; padding: {s4}px {s8}px;
    min-height: {field}px; selection-background-color: {main}; selection-color: {on_main}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus,
QTimeEdit:focus, QDateTimeEdit:focus {{ border: 2px solid {main}; padding: {s4_1}px {s8_1}px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QLineEdit:read-only {{ background: {ground}; }}
QLineEdit[kind="question"] {{ font-size: {question}pt; }}
QLineEdit[kind="person"] {{ font-size: {person}pt; }}
QComboBox QAbstractItemView {{ background: {paper}; border: 1px solid {edge};
    selection-background-color: {main}; selection-color: {on_main}; }}
QComboBox::drop-down {{ border: none; width: {s24}px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox[role="drop"]::drop-down {{ border: none; width: {s16}px; }}
QComboBox[role="drop"]:disabled {{ background: {ground}; color: {quiet}; }}
QCheckBox, QRadioButton {{ spacing: {s8}px; min-height: {target}px; background: transparent; }}
QCheckBox:focus, QRadioButton:focus {{ color: {main}; }}
QMenu {{ background: {paper}; border: 1px solid {edge}; padding: {s4}px; }}
QMenu::item {{ padding: {s8}px {s24}px; }}
QMenu::item:selected {{ background: {main}; color: {on_main}; }}
QProgressBar {{ background: {ground}; border: 1px solid {edge}; border-radius: {s4}px; min-height: {s8}px;
    max-height: {s8}px; }}
QProgressBar::chunk {{ background: {main}; border-radius: {s4}px; }}
QListView, QTableView, QTreeView {{ background: {paper}; border: 1px solid {line};
    border-radius: {corner}px; gridline-color: {line}; alternate-background-color: {ground};
    selection-background-color: {pressed}; selection-color: {ink}; }}
QTableView::item {{ padding: {s4}px {s8}px; }}
QTableView[role="days"]::item {{ padding: 0px; border-radius: {corner}px; }}
QTableView[role="days"]::item:selected {{ background: {main}; color: {on_main}; }}
QHeaderView::section {{ background: {ground}; color: {quiet}; border: none;
    border-bottom: 1px solid {line}; padding: {s8}px; }}
QScrollBar:vertical {{ background: {ground}; width: {s16}px; }}
QScrollArea[role="rail"] QScrollBar:vertical {{ background: {paper}; width: {s8}px; }}
QScrollArea[role="rail"] QScrollBar::handle:vertical {{ margin: 1px; }}
QScrollBar:horizontal {{ background: {ground}; height: {s16}px; }}
QScrollBar::handle {{ background: {edge}; border-radius: {s4}px; margin: {s4}px; }}
QScrollBar::handle:vertical {{ min-height: {target}px; }}
QScrollBar::handle:horizontal {{ min-width: {target}px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    background: transparent; border: none; width: 0px; height: 0px; }}
"""

_TONE = """
QFrame[role="banner"][tone="{tone}"] {{ background: {ground}; border: 1px solid {ink}; }}
QLabel[tone="{tone}"] {{ color: {ink}; }}
QLineEdit[tone="{tone}"] {{ border: 2px solid {ink}; }}
"""


def stylesheet(colours: Colours, scale: int) -> str:
    """The whole stylesheet for a set of colours and a text size in per cent."""

    def px(measure: int) -> int:
        return round(measure * scale / 100)

    spaces = {f"s{step}": px(step) for step in (4, 8, 12, 16, 24)}
    # A focused edge is one pixel thicker; the room inside gives it back, so that nothing moves.
    inner = {f"s{step}_1": max(0, px(step) - 1) for step in (4, 8, 12, 24)}
    sizes = {size.value: f"{points * scale / 100:.1f}" for size, points in POINTS.items()}
    names = {name: getattr(colours, name) for name in Colours.__slots__}
    # A button's height is its content's height, its inner room and its edges.
    heights = {"target": px(TARGET) - 2 * px(4) - 2, "field": px(TARGET) - 2 * px(4) - 2}
    return _TEMPLATE.format(**names, **spaces, **inner, **sizes, **heights, corner=CORNER) + "".join(
        _TONE.format(tone=tone.value, ink=ink, ground=ground)
        for tone in Tone
        for ink, ground in (colours.tone(tone),)
    )
