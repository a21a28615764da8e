"""Pictures in memory: read within bounds, made smaller, written without anything but the picture.

1. What a picture is, is decided by its bytes; only the few kinds in KINDS are ever handed to a decoder.
2. Nothing larger than MOST_MEGABYTES is unpacked. A picture says its size before it is read: what would be larger
   is read smaller where the format can do that (JPEG), and refused otherwise.
3. Drawings (SVG) are read only where they came with a form, never where somebody attached them.
4. A clean picture (`services/pictures`) that is small enough and stands upright is not encoded anew.
"""

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageIOHandler, QImageReader, QImageWriter
from PySide6.QtSvg import QSvgRenderer

from fieldkit.services.errors import ContentRefused
from fieldkit.services.media_types import medium_of
from fieldkit.services.uploads import is_clean_picture

MOST_MEGABYTES: Final = 192
MOST_POINTS: Final = MOST_MEGABYTES * 1024 * 1024 // 4
LONGEST: Final = 4096
"""Points of the longer side of any picture that is kept; a form may ask for fewer (`max-pixels`)."""

KINDS: Final = {
    "image/png": b"png",
    "image/jpeg": b"jpeg",
    "image/gif": b"gif",
    "image/webp": b"webp",
    "image/bmp": b"bmp",
    "image/tiff": b"tiff",
}
_DRAWN: Final = {"image/svg+xml": b"svg"}
_QUALITY: Final = 88
_MOST_DRAWING_BYTES: Final = 1024 * 1024


def read_picture(content: bytes, longest: int = LONGEST, *, drawn: bool = False) -> QImage:
    """A picture of at most `longest` points on its longer side, upright; with `drawn` an SVG too.

    Raises ContentRefused `attach.picture_kind`, `attach.picture_damaged`, `attach.picture_huge`.
    """
    reader, buffer = _reader(content, drawn)
    try:
        size = reader.size()
        if not size.isValid() or size.isEmpty():
            raise ContentRefused("attach.picture_damaged")
        if max(size.width(), size.height()) > longest:
            size = size.scaled(longest, longest, Qt.AspectRatioMode.KeepAspectRatio)
            reader.setScaledSize(size.expandedTo(QSize(1, 1)))
        elif reader.format() == _DRAWN["image/svg+xml"]:
            reader.setScaledSize(size)
        image = reader.read()
    finally:
        buffer.close()
    if image.isNull():
        raise ContentRefused("attach.picture_damaged")
    return image


def read_drawing(content: bytes) -> QSvgRenderer:
    """A drawing (SVG) of which parts can be told apart. Raises ContentRefused as `read_picture`."""
    _, buffer = _reader(content, drawn=True)
    buffer.close()
    if medium_of(content).media_type not in _DRAWN:
        raise ContentRefused("attach.picture_kind")
    drawing = QSvgRenderer(QByteArray(content))
    if not drawing.isValid() or drawing.defaultSize().isEmpty() or drawing.viewBoxF().isEmpty():
        raise ContentRefused("attach.picture_damaged")
    return drawing


def prepared_picture(content: bytes, max_pixels: int | None = None) -> bytes:
    """The bytes of a picture as they may be kept: JPEG or PNG, upright, no larger than asked (rule 4).

    Raises as `read_picture`.
    """
    longest = min(max_pixels or LONGEST, LONGEST)
    reader, buffer = _reader(content, drawn=False)
    turned = reader.transformation() != QImageIOHandler.Transformation.TransformationNone
    size = reader.size()
    buffer.close()
    image = read_picture(content, longest)  # also proves that it can be painted
    fits = max(size.width(), size.height()) <= longest
    if fits and not turned and is_clean_picture(medium_of(content)):
        return content
    return encoded(image)


def encoded(image: QImage) -> bytes:
    """A picture as PNG where points may be see-through or few, as JPEG otherwise; in plain sRGB, without texts."""
    if image.colorSpace().isValid():
        image = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
        image.setColorSpace(QColorSpace())
    for key in image.textKeys():
        image.setText(key, "")
    kind = b"png" if image.hasAlphaChannel() or image.format() in _FEW_COLOURS else b"jpeg"
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind))
    writer.setQuality(_QUALITY if kind == b"jpeg" else 50)
    written = writer.write(image)
    buffer.close()
    if not written:
        raise ContentRefused("attach.picture_damaged")
    return bytes(content.data())


_FEW_COLOURS: Final = (
    QImage.Format.Format_Mono,
    QImage.Format.Format_MonoLSB,
    QImage.Format.Format_Indexed8,
    QImage.Format.Format_Grayscale8,
)


def _reader(content: bytes, drawn: bool) -> tuple[QImageReader, QBuffer]:
    medium = medium_of(content)
    kind = KINDS.get(medium.media_type) or (_DRAWN.get(medium.media_type) if drawn else None)
    if kind is None or (kind == b"svg" and len(content) > _MOST_DRAWING_BYTES):
        raise ContentRefused("attach.picture_kind")
    QImageReader.setAllocationLimit(MOST_MEGABYTES)
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind))
    reader.setDecideFormatFromContent(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if kind not in (b"jpeg", b"svg") and size.width() * size.height() > MOST_POINTS:
        buffer.close()
        raise ContentRefused("attach.picture_huge")
    return reader, buffer
