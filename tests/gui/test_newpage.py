"""The form for a new assessment."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.gui.conftest import OpenWindow

RIGHT, WRONG = "91000000MA0DEM013N", "91000000MA0DEM013P"


def test_credit_code__wrong_is_refused_beside_the_field_and_start_waits(
    qtbot: QtBot, open_window: OpenWindow, start: Callable[..., int]
) -> None:
    window = open_window()
    window.show_new(start())
    page = window.new
    assert page is not None
    assert page.form is not None
    assert page.start.isEnabled()
    line = page.form.rows["uscc"]
    field = line.field.first()
    assert isinstance(field, QLineEdit)
    asked = line.message.text()

    field.selectAll()
    qtbot.keyClicks(field, WRONG)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert line.message.isVisible()
    assert line.message.text() != asked
    assert field.text() == WRONG, "what was typed stays"
    assert not page.start.isEnabled()
    assert "统一社会信用代码" in page.missing.text()

    field.selectAll()
    qtbot.keyClicks(field, RIGHT)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert line.message.text() == asked
    assert page.start.isEnabled()
    qtbot.mouseClick(page.start, Qt.MouseButton.LeftButton)
    assert window.work is not None
    assert window.work.session.answers.fact("uscc") == RIGHT


def test_start__is_disabled_on_an_empty_form(open_window: OpenWindow) -> None:
    window = open_window()
    window.show_new()
    assert window.new is not None
    assert not window.new.start.isEnabled()
    assert window.new.missing.text().startswith("还缺")
