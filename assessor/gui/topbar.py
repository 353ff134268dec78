"""The bar across the top: back to the list, what is open, its four pages, saved or not, and the look."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QWidget

from assessor.gui.parts import Text, button, row, tool
from assessor.gui.skin import Choice, set_icon, skin
from assessor.language import NAMES, Language
from assessor.words import _, language

THEMES: Mapping[Choice, str] = {"system": "跟随系统", "light": "浅色", "dark": "深色"}
TABS = {"questions": "答题", "results": "结果", "roadmap": "路线图", "report": "报告"}


class TopBar(QFrame):
    """Only shows and tells; the window decides."""

    def __init__(
        self,
        go_home: Callable[[], object],
        go: Callable[[str], object],
        show_keys: Callable[[], object],
        show_more: Callable[[], object],
        speak: Callable[[Language], object],
    ) -> None:
        super().__init__()
        self.setFixedHeight(52)
        self._speak = speak
        self.home = tool("home", _("回到诊断列表"), go_home)
        self.title = Text("", "section", wrap=False, typed=True)
        self.tabs: Mapping[str, QPushButton] = {
            name: button(_(words), partial(go, name), "tab") for name, words in TABS.items()
        }
        for made in self.tabs.values():
            made.setCheckable(True)
        self._tabs = QWidget()
        self._tabs.setLayout(row(*self.tabs.values(), gap=4))
        self.saved = Text("", "note", wrap=False)
        self.saved.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.keys = tool("keys", _("键盘"), show_keys, _("键盘（?）"))
        self.theme = tool(
            "dark", _("外观和语言"), self._open_looks, _("外观：浅色、深色或跟随系统；语言：中文、English")
        )
        self.more = button(
            _("更多"), show_more, "quiet", icon="menu", name=_("更多：导入、导出、备份、回收站")
        )
        self.more.setToolTip(_("导入、导出、备份、回收站（F10）"))
        self._lay_out()
        skin().changed.connect(self._show_theme)
        self._show_theme()
        self.show_nothing()

    def _lay_out(self) -> None:
        self._line = row(
            self.home,
            self.title,
            None,
            self._tabs,
            None,
            self.saved,
            self.more,
            self.keys,
            self.theme,
            gap=8,
            margin=(10, 0, 10, 0),
        )
        self.setLayout(self._line)

    def show_nothing(self) -> None:
        """No assessment is open."""
        self._line.setContentsMargins(32, 0, 20, 0)
        self.home.hide()
        self._tabs.hide()
        self.keys.hide()
        self.saved.setText("")
        self.title.setText(_("万企融合诊断"))

    def show_title(self, title: str) -> None:
        """The way back and what is open, without pages of its own."""
        self.show_nothing()
        self._line.setContentsMargins(10, 0, 10, 0)
        self.home.show()
        self.title.setText(title)

    def show_assessment(self, title: str) -> None:
        """The way back, the firm and the four pages."""
        self._line.setContentsMargins(10, 0, 10, 0)
        self.home.show()
        self._tabs.show()
        self.keys.show()
        self.title.setText(title)

    def show_tab(self, name: str) -> None:
        """Which page is open."""
        for each, made in self.tabs.items():
            made.setChecked(each == name)

    def show_saved(self, moment: datetime | None, unsaved: int) -> None:
        """When the last answer was safe, or how many are not."""
        self.saved.set_kind("red" if unsaved else "note")
        if unsaved:
            self.saved.setText(_("{count} 项未保存").format(count=unsaved))
        elif moment is not None:
            self.saved.setText(_("已保存 {time}").format(time=f"{moment:%H:%M:%S}"))

    def _open_looks(self) -> None:
        menu = self.looks_menu()
        menu.popup(self.theme.mapToGlobal(QPoint(0, self.theme.height())))

    def looks_menu(self) -> QMenu:
        """Light or dark, and the language; made anew each time."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for choice, words in THEMES.items():
            action = menu.addAction(_(words), partial(skin().choose, choice))
            action.setCheckable(True)
            action.setChecked(skin().choice == choice)
        menu.addSeparator()
        for wanted, name in NAMES.items():
            action = menu.addAction(name, partial(self._speak, wanted))
            action.setCheckable(True)
            action.setChecked(language() == wanted)
        return menu

    def _show_theme(self) -> None:
        set_icon(self.theme, "dark" if skin().is_dark else "light")
