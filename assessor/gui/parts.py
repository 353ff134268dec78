"""The small parts every page is made of: texts, buttons, fields, boxes. Each has a name for the blind."""

from collections.abc import Callable
from typing import Literal, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from assessor.gui.icons import paint_icon
from assessor.gui.skin import AMBER, GREEN, INK, PANEL, QUIET, RED, set_icon, skin
from assessor.report.spacing import spaced

TextType = Literal[
    "body", "note", "quiet", "strong", "section", "page", "verdict", "red", "amber", "green", "chip"
]
Look = Literal["plain", "primary", "quiet", "link", "tab", "chip", "small"]
Tone = Literal["amber", "red", "accent", "green"]
Box = TypeVar("Box", bound=QBoxLayout)
ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
SIGNS = {"amber": "doubt", "red": "error", "accent": "info", "green": "check"}


class Text(QLabel):
    """A text that wraps by words and may be selected with the mouse."""

    def __init__(
        self, text: str = "", kind: TextType = "body", *, wrap: bool = True, typed: bool = False
    ) -> None:
        super().__init__()
        self._typed = typed
        self.setText(text)
        self.set_kind(kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def set_kind(self, kind: TextType) -> None:
        """Size, weight and colour of a kind of text; colours are roles of the palette."""
        sizes = skin().looks.window
        size, bold, role = {
            "note": (sizes.note, False, QUIET),
            "quiet": (sizes.body, False, QUIET),
            "strong": (sizes.body, True, INK),
            "section": (sizes.section, True, INK),
            "page": (sizes.page, True, INK),
            "verdict": (sizes.verdict, True, INK),
            "red": (sizes.note, False, RED),
            "amber": (sizes.note, False, AMBER),
            "green": (sizes.note, False, GREEN),
            "chip": (sizes.note, False, INK),
        }.get(kind, (sizes.body, False, INK))
        if (size, bold) != (sizes.body, False):
            self.setFont(skin().font(size, bold=bold))
        self.setForegroundRole(role)

    def setText(self, text: str) -> None:
        """The text with the thin gap of Chinese print; what people typed is shown as they typed it."""
        super().setText(text if self._typed else spaced(text))

    def selectable(self) -> "Text":
        """Let the mouse mark the text for copying; the keyboard passes it by."""
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return self


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at, and dress the widget anew if it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    QWidget.update(widget)  # views have another `update` of their own, and before 6.10 only that


def chip(text: str, tone: Tone | None = None) -> Text:
    """A short word in a small box."""
    made = Text(text, "chip", wrap=False)
    made.setProperty("type", "chip")
    made.setProperty("tone", tone or "")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


class Push(QPushButton):
    """Enter presses it as Space does; arrows are left to the page; the mouse doesn't take the focus."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)


def button(
    text: str, done: Callable[[], object], look: Look = "plain", *, icon: str = "", name: str = ""
) -> QPushButton:
    """A push button; `name` is what a screen reader says where the text is not enough."""
    made = Push(text)
    made.setProperty("look", look)
    made.setAccessibleName(name or text)
    if icon:
        roles = {"primary": "on_accent", "link": "accent"}
        set_icon(made, icon, roles.get(look, "quiet"), 18)
        made.setIconSize(QSize(18, 18))
    made.clicked.connect(lambda _checked=False: done())
    return made


def tool(icon: str, name: str, done: Callable[[], object], tip: str = "") -> QToolButton:
    """A button that is only an icon."""
    made = QToolButton()
    made.setProperty("look", "icon")
    made.setAccessibleName(name)
    made.setToolTip(tip or name)
    made.setIconSize(QSize(20, 20))
    made.setFixedSize(34, 34)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    set_icon(made, icon)
    made.clicked.connect(lambda _checked=False: done())
    return made


def sign(name: str, role: str, size: int = 16) -> QLabel:
    """An icon that says something beside a text."""
    made = QLabel()
    made.setFixedSize(size, size + 4)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    made.setContentsMargins(0, 3, 0, 0)
    set_icon(made, name, role, size)
    return made


def field(name: str, hint: str = "") -> QLineEdit:
    """A line to type into."""
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made


class Combo(QComboBox):
    """A list to choose from, with an arrow of our own; the wheel scrolls the page, not the choice."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        box = QRectF(self.width() - 26, (self.height() - 14) / 2, 14, 14)
        painter.translate(box.center())
        painter.rotate(90)
        painter.translate(-box.center())
        paint_icon(painter, "next", skin().theme.quiet, box)
        painter.end()

    def wheelEvent(self, event: object) -> None:
        if hasattr(event, "ignore"):
            event.ignore()


def rule(*, vertical: bool = False) -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setProperty("rule", "true")
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def column(
    *items: QWidget | QLayout | int | None, gap: int = 8, margin: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """Things under each other; a number is a gap, None takes the rest."""
    return _fill(QVBoxLayout(), items, gap, margin)


def row(
    *items: QWidget | QLayout | int | None, gap: int = 8, margin: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Things beside each other; a number is a gap, None takes the rest."""
    return _fill(QHBoxLayout(), items, gap, margin)


def _fill(
    layout: Box,
    items: tuple[QWidget | QLayout | int | None, ...],
    gap: int,
    margin: tuple[int, int, int, int],
) -> Box:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margin)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)
    return layout


def panel(layout: QLayout, surface: Literal["ground", "panel"] = "ground") -> QWidget:
    """A plain surface that holds a layout."""
    made = QWidget()
    fill(made, surface)
    made.setLayout(layout)
    return made


def fill(widget: QWidget, surface: Literal["ground", "panel"]) -> None:
    """Paint a widget's whole surface."""
    widget.setAutoFillBackground(True)
    widget.setBackgroundRole(PANEL if surface == "panel" else QPalette.ColorRole.Window)


def card(layout: QLayout, *, soft: bool = False) -> QFrame:
    """A box with rounded corners."""
    made = QFrame()
    made.setProperty("card", "soft" if soft else "true")
    made.setLayout(layout)
    return made


class Notice(QFrame):
    """One sentence with its sign, in a soft colour."""

    def __init__(self, text: str, tone: Tone, *, typed: bool = False) -> None:
        super().__init__()
        self.setProperty("notice", tone)
        self.text = Text(text, typed=typed).selectable()
        mark = sign(SIGNS[tone], tone)
        line = row(mark, self.text, gap=8, margin=(12, 6, 12, 6))
        line.setStretch(1, 1)
        line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.setAccessibleName(text)


class Scroller(QScrollArea):
    """An area that leaves all keys but the page keys to whoever it lies in."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()


def scroll(content: QWidget, name: str, *, keys: bool = False) -> QScrollArea:
    """A page that scrolls up and down; with `keys` by the arrows too."""
    made = QScrollArea() if keys else Scroller()
    made.setWidget(content)
    made.setWidgetResizable(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if keys else Qt.FocusPolicy.NoFocus)
    made.setFrameShape(QFrame.Shape.NoFrame)
    return made


def add(layout: QBoxLayout, widget: QWidget) -> None:
    """Put a widget at the end of a layout that is on the screen; it is seen at once, not a moment later."""
    layout.addWidget(widget)
    if widget.parentWidget() is not None:
        widget.show()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            clear(inner)
        if widget is not None:
            widget.hide()
            widget.deleteLater()
