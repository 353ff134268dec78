"""The window opens on nothing and says what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.conftest import OpenWindow


def test_window__opens_on_an_empty_folder_and_says_what_to_do(open_window: OpenWindow) -> None:
    window = open_window(load=True)
    assert window.home is not None
    assert window.stack.currentWidget() is window.home
    said = " ".join(label.text() for label in window.home.findChildren(QLabel) if label.isVisible())
    assert "还没有诊断" in said
    assert "新建一份诊断" in said
    offered = [made.text() for made in window.home.findChildren(QPushButton) if made.isVisible()]
    assert sorted(offered) == sorted(["试用示例企业", "导入文件", "新建诊断"])


def test_sample__is_added_and_opened_and_listed_afterwards(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    assert window.home is not None
    sample = next(
        made
        for made in window.home.findChildren(QPushButton)
        if made.isVisible() and made.text() == "试用示例企业"
    )
    qtbot.mouseClick(sample, Qt.MouseButton.LeftButton)
    assert window.work is not None
    assert window.stack.currentWidget() is window.work
    firm = window.work.session.firm_name
    assert firm
    window.show_home()
    assert [line.firm_name for line in window.home.model.lines] == [firm]
    qtbot.keyClick(window.home.table, Qt.Key.Key_Return)
    assert window.work is not None
    assert window.work.session.firm_name == firm
