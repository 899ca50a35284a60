"""`python -m scripts.packing.icons`: draws the icon in all sizes and forms, after a change of its SVG."""

from __future__ import annotations

import struct

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from scripts.packing.components import ROOT
from scripts.packing.deb import DESKTOP, NAME

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)  # pixels
WINDOWS_SIZES = (16, 24, 32, 48, 64, 128, 256)
MACOS_KINDS = {32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}
SVG = ROOT / "resources" / "icons" / f"{NAME}.svg"


def picture(size: int) -> bytes:
    """Draw the icon as PNG."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SVG)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def windows_icon(pictures: dict[int, bytes]) -> bytes:
    """Put PNGs into an .ico."""
    offset = 6 + 16 * len(pictures)
    table, data = bytearray(struct.pack("<HHH", 0, 1, len(pictures))), b""
    for size, png in pictures.items():
        table += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(png), offset + len(data))
        data += png
    return bytes(table) + data


def macos_icon(pictures: dict[int, bytes]) -> bytes:
    """Put PNGs into an .icns."""
    parts = b"".join(
        MACOS_KINDS[size] + struct.pack(">I", len(png) + 8) + png for size, png in pictures.items()
    )
    return b"icns" + struct.pack(">I", len(parts) + 8) + parts


def main() -> None:
    """Write all of them."""
    application = QGuiApplication([])
    pictures = {size: picture(size) for size in SIZES}
    for size, png in pictures.items():
        (DESKTOP / "icons" / f"{size}.png").write_bytes(png)
    windows = {size: pictures[size] for size in WINDOWS_SIZES}
    (ROOT / "packaging/windows" / f"{NAME}.ico").write_bytes(windows_icon(windows))
    macos = {size: pictures[size] for size in MACOS_KINDS}
    (ROOT / "packaging/macos" / f"{NAME}.icns").write_bytes(macos_icon(macos))
    application.shutdown()


if __name__ == "__main__":
    main()
