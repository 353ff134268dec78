"""Which signs stand beside words? Line icons of one stroke, tinted with the theme's colours."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

PATHS = {
    "home": "M4 11 12 4l8 7M6 10v9h4.5v-5h3v5H18v-9",
    "back": "M14.5 5.5 8 12l6.5 6.5",
    "next": "M9.5 5.5 16 12l-6.5 6.5",
    "search": "M10.5 4.5a6 6 0 1 0 0 12a6 6 0 1 0 0-12M15 15l5 5",
    "plus": "M12 5v14M5 12h14",
    "minus": "M5 12h14",
    "close": "M6 6l12 12M18 6 6 18",
    "check": "M5 12.5 10 17.5 19 7",
    "error": "M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM9 9l6 6M15 9l-6 6",
    "doubt": "M12 4 21 19.5H3zM12 10v4.5M12 16.9v.2",
    "info": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17M12 11v5.5M12 7.6v.2",
    "firm": "M4 20V9l5 3V9l5 3V4h6v16zM8 16h1M12 16h1M16 16h1",
    "remark": "M4.5 5.5h15v10.5H11l-4 3.5V16H4.5zM8 9.5h8M8 12.5h5",
    "evidence": (
        "M18.5 11 12 17.5a3.9 3.9 0 0 1-5.5-5.5L13 5.5a2.6 2.6 0 0 1 3.7 3.7L10.2 15.7"
        "a1.3 1.3 0 0 1-1.9-1.9L14 8"
    ),
    "more": "M6 12v.01M12 12v.01M18 12v.01",
    "menu": "M4.5 7h15M4.5 12h15M4.5 17h15",
    "import": "M12 4v10M7.5 9.5 12 14l4.5-4.5M4.5 15v4.5h15V15",
    "export": "M12 14V4M7.5 8.5 12 4l4.5 4.5M4.5 15v4.5h15V15",
    "part": "M4 6.5h9v12H4zM13 9.5h7M16.5 6l3.5 3.5-3.5 3.5",
    "backup": "M5 6.5c0-3.3 14-3.3 14 0v11c0 3.3-14 3.3-14 0zM5 6.5c0 3.3 14 3.3 14 0M5 12c0 3.3 14 3.3 14 0",
    "restore": "M5 12a7 7 0 1 0 2.2-5.1M4.7 4v4.2h4.2M12 8.5V12l2.5 2",
    "pack": "M4 8 12 4l8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8",
    "trash": "M5 7h14M9.5 7V4.5h5V7M6.5 7l1 12.5h9l1-12.5M10 10.5v6M14 10.5v6",
    "help": (
        "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17M9.6 9.6"
        "a2.4 2.4 0 1 1 3.3 2.3c-.7.3-.9.8-.9 1.6M12 16.6v.1"
    ),
    "keys": "M3.5 6.5h17v11h-17zM7 10h.1M10.5 10h.1M14 10h.1M17 10h.1M8 14h8",
    "light": (
        "M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8M12 2.8v2M12 19.2v2M2.8 12h2M19.2 12h2M5.5 5.5l1.4 1.4"
        "M17.1 17.1l1.4 1.4M18.5 5.5l-1.4 1.4M6.9 17.1l-1.4 1.4"
    ),
    "dark": "M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7z",
    "pane": "M3.5 5.5h17v13h-17zM14.5 5.5v13",
    "folder": "M3.5 6.5h6l2 2.5h9v9.5h-17z",
    "file": "M6 3.5h8l4 4.5v12.5H6zM13.5 3.8V8.5H18",
    "retry": "M19 12a7 7 0 1 1-2.2-5.1M19.3 4v4.2h-4.2",
    "undo": "M8.5 5 4 9.5 8.5 14M4.5 9.5h9.5a5 5 0 0 1 0 10h-4",
    "redo": "M15.5 5 20 9.5 15.5 14M19.5 9.5H10a5 5 0 0 0 0 10h4",
    "history": "M12 4a8 8 0 1 1-7.4 5M4.3 4.5V9h4.4M12 8v4.3l3 1.8",
    "camera": "M3.5 7.5h4l1.6-2.5h5.8l1.6 2.5h4v11.5h-17zM12 9.5a3.7 3.7 0 1 0 0 7.4a3.7 3.7 0 1 0 0-7.4",
    "leave": "M10 4.5H5v15h5M10 12h9.5M15.5 8l4 4-4 4",
    "save": "M5 12.5 10 17.5 19 7",
    "play": "M8 5.5v13l10.5-6.5z",
    "list": "M8.5 6.5h11M8.5 12h11M8.5 17.5h11M4.5 6.5h.1M4.5 12h.1M4.5 17.5h.1",
    "same": "M5 9h14M5 15h14",
    "why": "M6 4.5v11h4M6 9h4M13 6h6v6h-6zM13 13h6v5h-6z",
    "jump": "M9 6h9v9M18 6 6.5 17.5",
    "up": "M12 19V6M6 11.5 12 5.5l6 6",
    "down": "M12 5v13M6 12.5l6 6 6-6",
}


def svg_of(name: str, colour: str, weight: float = 1.7) -> str:
    """The icon as an SVG text."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
        f'<path d="{PATHS[name]}" fill="none" stroke="{colour}" stroke-width="{weight}"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(svg_of(name, colour).encode()))


def paint_icon(painter: QPainter, name: str, colour: str, box: QRectF) -> None:
    """Draw an icon into a box."""
    _renderer(name, colour).render(painter, box)


def pixmap(name: str, colour: str, size: int, ratio: float = 2.0) -> QPixmap:
    """The icon as a picture, sharp on dense screens."""
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(picture)
    paint_icon(painter, name, colour, QRectF(0, 0, size, size))
    painter.end()
    return picture


def icon(name: str, colour: str, faint: str, size: int = 20) -> QIcon:
    """The icon in its colour, and fainter where it can't be clicked."""
    found = QIcon(pixmap(name, colour, size))
    found.addPixmap(pixmap(name, faint, size), QIcon.Mode.Disabled)
    return found
