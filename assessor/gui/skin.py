"""How does the window look now? Light or dark, the style sheet, fonts and icons, all from `looks.yaml`.

The skin hangs on the application as the palette does, so that whatever paints itself can ask it.
"""

from typing import Literal, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from assessor import shipped
from assessor.gui.icons import icon, pixmap
from assessor.gui.sheet import style_sheet
from assessor.report.looks import Looks, Theme, load_looks

Choice = Literal["system", "light", "dark"]
# Roles of the palette that Fusion has little use for carry the colours it has no role for.
INK = QPalette.ColorRole.WindowText
QUIET = QPalette.ColorRole.PlaceholderText
RED = QPalette.ColorRole.BrightText
AMBER = QPalette.ColorRole.LinkVisited
GREEN = QPalette.ColorRole.Shadow
PANEL = QPalette.ColorRole.AlternateBase
_PROPERTY = "assessor_skin"
_WINDOWS_FAMILY = "Microsoft YaHei UI"


class Skin(QObject):
    """The look in force; `changed` tells those who hold pictures of their own.

    `changing` comes before: whoever keeps hidden pages lets them go, for dressing them anew is slow.
    """

    changing = Signal()
    changed = Signal()

    def __init__(self, app: QApplication, looks: Looks) -> None:
        super().__init__(app)
        self.looks = looks
        self.choice: Choice = "system"
        self.theme: Theme = looks.light
        self.family = _family(looks)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow)

    def choose(self, choice: Choice) -> None:
        """Light, dark, or as the system has it."""
        self.choice = choice
        self.apply()

    def _follow(self) -> None:
        if self.choice == "system":
            self.apply()

    @property
    def is_dark(self) -> bool:
        """Whether the dark theme is on."""
        if self.choice != "system":
            return self.choice == "dark"
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def apply(self) -> None:
        """Dress the whole application."""
        app = cast(QApplication, self.parent())
        self.theme = self.looks.theme(self.is_dark)
        self.changing.emit()
        app.setPalette(_palette(self.theme))
        app.setStyleSheet(style_sheet(self.looks, self.theme))
        for widget in app.allWidgets():
            if isinstance(widget, QAbstractButton | QLabel) and widget.property("icon_name"):
                _tint(widget, self.theme)
        self.changed.emit()

    def font(self, size: float | None = None, *, bold: bool = False) -> QFont:
        """The window's family in a size of `looks.yaml`, body by default."""
        font = QFont(self.family)
        font.setPixelSize(round(size or self.looks.window.body))
        font.setBold(bold)
        return font

    def colour(self, name: str) -> QColor:
        """A colour of the theme by name, such as `quiet` or `level_2`."""
        return QColor(self.theme.colours()[name])


def _family(looks: Looks) -> str:
    """Our own cut, or on Windows the system's Chinese interface font; ours is loaded either way."""
    for name in ("WRTSansSC-Regular.ttf", "WRTSansSC-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(shipped("reports") / "fonts" / name))
    families = QFontDatabase.families()
    return _WINDOWS_FAMILY if _WINDOWS_FAMILY in families else looks.family


def _palette(theme: Theme) -> QPalette:
    roles = QPalette.ColorRole
    colours = {
        roles.Window: theme.ground,
        roles.Base: theme.ground,
        roles.Button: theme.panel,
        roles.Text: theme.ink,
        roles.ButtonText: theme.ink,
        roles.ToolTipBase: theme.panel,
        roles.ToolTipText: theme.ink,
        roles.Highlight: theme.accent,
        roles.HighlightedText: theme.on_accent,
        roles.Link: theme.accent,
        roles.Mid: theme.line,
        roles.Dark: theme.outline,
        INK: theme.ink,
        QUIET: theme.quiet,
        RED: theme.red,
        AMBER: theme.amber,
        GREEN: theme.green,
        PANEL: theme.panel,
    }
    palette = QPalette()
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.outline))
    return palette


def dress(app: QApplication) -> Skin:
    """Give the application its skin, once; the skin."""
    found = app.property(_PROPERTY)
    if isinstance(found, Skin):
        return found
    skin = Skin(app, load_looks())
    app.setProperty(_PROPERTY, skin)
    app.setStyle("Fusion")
    app.setFont(skin.font())
    skin.apply()
    return skin


def skin() -> Skin:
    """The skin of the running application."""
    app = QApplication.instance()
    assert app is not None
    return cast(Skin, app.property(_PROPERTY))


def set_icon(widget: QAbstractButton | QLabel, name: str, role: str = "quiet", size: int = 20) -> None:
    """Put an icon on a button or label; it follows the theme."""
    widget.setProperty("icon_name", name)
    widget.setProperty("icon_role", role)
    widget.setProperty("icon_size", size)
    _tint(widget, skin().theme)


def _tint(widget: QAbstractButton | QLabel, theme: Theme) -> None:
    colours = theme.colours()
    name, role = str(widget.property("icon_name")), str(widget.property("icon_role"))
    size = int(widget.property("icon_size"))
    if isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, colours[role], size))
    else:
        widget.setIcon(icon(name, colours[role], colours["line"], size))
