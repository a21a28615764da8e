"""Two ways of laying out that Qt lacks: one that wraps, one with as many equal columns as fit."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget

from fieldkit.ui import theme


class _Wrapping(QLayout):
    """Keeps items and answers Qt's questions; `_arrange` says where each goes and how high it all is."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self._held: list[QLayoutItem] = []
        self._arranged: dict[int, tuple[list[QRect], int]] = {}
        self._least_size: QSize | None = None
        self._best_size: QSize | None = None
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)

    def addItem(self, item: QLayoutItem) -> None:
        self._held.append(item)
        self._forget()

    def invalidate(self) -> None:
        """What was worked out holds no more: Qt says so when an item changes, shows, hides or goes."""
        self._forget()
        super().invalidate()

    def _forget(self) -> None:
        self._arranged.clear()
        self._least_size = self._best_size = None

    def count(self) -> int:
        return len(self._held)

    def itemAt(self, index: int) -> QLayoutItem:
        return self._held[index] if 0 <= index < len(self._held) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        return self._held.pop(index) if 0 <= index < len(self._held) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        inner = width - margins.left() - margins.right()
        return self._places_at(inner)[1] + margins.top() + margins.bottom()

    def setGeometry(self, rectangle: QRect) -> None:
        super().setGeometry(rectangle)
        inner = rectangle.marginsRemoved(self.contentsMargins())
        places, _ = self._places_at(inner.width())
        direction = self._direction()
        for item, place in zip(self._shown(), places, strict=True):
            placed = place.translated(inner.topLeft())
            item.setGeometry(QStyle.visualRect(direction, inner, placed))

    def sizeHint(self) -> QSize:
        if self._best_size is None:
            self._best_size = self._best()
        return QSize(self._best_size)  # Qt and Python may both change a size that they share

    def minimumSize(self) -> QSize:
        if self._least_size is None:
            self._least_size = self._least()
        return QSize(self._least_size)

    def _best(self) -> QSize:
        return self.minimumSize()

    def _least(self) -> QSize:
        widest = max((item.minimumSize().width() for item in self._shown()), default=0)
        margins = self.contentsMargins()
        return QSize(widest + margins.left() + margins.right(), 0).expandedTo(QSize(0, self._least_height()))

    def _least_height(self) -> int:
        margins = self.contentsMargins()
        highest = max((item.minimumSize().height() for item in self._shown()), default=0)
        return highest + margins.top() + margins.bottom()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._held if not item.isEmpty()]

    def _direction(self) -> Qt.LayoutDirection:
        parent = self.parentWidget()
        return parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight

    def _places_at(self, width: int) -> tuple[list[QRect], int]:
        """Nested layouts ask each other for the same width again and again, a hundred thousand times a form."""
        held = self._arranged.get(width)
        if held is None:
            held = self._arranged[width] = self._arrange(width)
        return held

    def _arrange(self, width: int) -> tuple[list[QRect], int]:
        raise NotImplementedError


class Flow(_Wrapping):
    """One after another in reading direction, wrapping to the next row; each in the middle of its row."""

    def _best(self) -> QSize:
        wide = sum(item.sizeHint().width() for item in self._shown())
        gaps = self.spacing() * max(0, len(self._shown()) - 1)
        return QSize(wide + gaps, self._least_height())

    def _arrange(self, width: int) -> tuple[list[QRect], int]:
        rows: list[list[QSize]] = [[]]
        used = 0
        for item in self._shown():
            size = _size_within(item, width)
            if rows[-1] and used + size.width() > width:
                rows.append([])
                used = 0
            rows[-1].append(size)
            used += size.width() + self.spacing()
        places: list[QRect] = []
        top = 0
        for row in rows:
            height = max((size.height() for size in row), default=0)
            start = 0
            for size in row:
                places.append(QRect(QPoint(start, top + (height - size.height()) // 2), size))
                start += size.width() + self.spacing()
            top += height + self.spacing()
        return places, max(0, top - self.spacing())


def flow(*parts: QWidget, gap: int = 12) -> QWidget:
    """Widgets side by side from the reading start; what has no room goes to the next row."""
    box = QWidget()
    layout = Flow(box, gap=theme.current().px(gap))
    for part in parts:
        layout.addWidget(part)
    return box


class Columns(_Wrapping):
    """As many equal columns as fit, each at least `least` pixels wide; rows as high as their highest."""

    def __init__(
        self, parent: QWidget | None = None, *, least: int = 220, most: int = 0, gap: int = 8
    ) -> None:
        super().__init__(parent, gap=gap)
        self._narrowest = least
        self._most = most

    def columns(self, width: int) -> int:
        """How many columns fit into `width` pixels."""
        widest = max([self._narrowest, *(item.minimumSize().width() for item in self._shown())])
        fit = max(1, (width + self.spacing()) // (widest + self.spacing()))
        return min(fit, self._most) if self._most else fit

    def _best(self) -> QSize:
        across = min(len(self._shown()), self._most or 3)
        wide = max([self._narrowest, *(item.sizeHint().width() for item in self._shown())])
        return QSize(across * (wide + self.spacing()), self._least_height())

    def _arrange(self, width: int) -> tuple[list[QRect], int]:
        across = self.columns(width)
        cell = (width - (across - 1) * self.spacing()) // across
        items = self._shown()
        places: list[QRect] = []
        top = 0
        for first in range(0, len(items), across):
            row = items[first : first + across]
            height = max(_height_at(item, cell) for item in row)
            for place in range(len(row)):
                places.append(QRect(place * (cell + self.spacing()), top, cell, height))
            top += height + self.spacing()
        return places, max(0, top - self.spacing())


def _size_within(item: QLayoutItem, width: int) -> QSize:
    hint = item.sizeHint().expandedTo(item.minimumSize())
    wide = max(item.minimumSize().width(), min(hint.width(), width))
    return QSize(wide, _height_at(item, wide))


def _height_at(item: QLayoutItem, width: int) -> int:
    least = item.minimumSize().height()
    if item.hasHeightForWidth():
        return max(least, item.heightForWidth(width))
    return max(least, item.sizeHint().height())
