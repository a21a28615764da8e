"""Pages as they will come out of the printer: white sheets with their number, beside each other as they fit."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from fieldkit.ui import theme
from fieldkit.ui.widgets.layouts import Flow
from fieldkit.ui.widgets.text import words


class PageView(QWidget):
    """`images` are the pages' pictures, `names` what is said of each ("Page 1 of 2")."""

    def __init__(self, images: Sequence[QImage], names: Sequence[str]) -> None:
        super().__init__()
        layout = Flow(self, gap=theme.current().px(16))
        self.sheets: list[QLabel] = []
        for image, name in zip(images, names, strict=True):
            layout.addWidget(self._page(image, name))

    def _page(self, image: QImage, name: str) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(4))
        sheet = QLabel()
        sheet.setObjectName("sheet")
        sheet.setProperty("role", "sheet")
        sheet.setPixmap(QPixmap.fromImage(image))
        sheet.setFixedSize((image.deviceIndependentSize()).toSize())
        sheet.setAccessibleName(name)
        self.sheets.append(sheet)
        column.addWidget(words(name, quiet=True))
        column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignTop)
        return box


def to_image(width: int, height: int, pixels: bytes, ratio: float = 1.0) -> QImage:
    """A picture from pixels of four bytes (red, green, blue, opacity), sharp on a screen of this ratio."""
    image = QImage(pixels, width, height, width * 4, QImage.Format.Format_RGBA8888).copy()
    image.setDevicePixelRatio(ratio)
    return image
